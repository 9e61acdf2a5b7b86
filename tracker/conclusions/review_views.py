"""The review: clause and proposal side by side, and “Giao việc”."""

from dataclasses import dataclass, field

from flask import redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.conclusions import actions, queries, review_page
from tracker.conclusions.blueprint import bp
from tracker.conclusions.forms import (
    ClauseForm,
    ProposalForm,
    SignatureForm,
    an_id,
    clause_edit,
    clause_form,
    concluding,
    proposal_form,
    proposal_prefix,
)
from tracker.conclusions.models import Clause, Notice
from tracker.conclusions.review_page import ClauseView, ReviewPage
from tracker.conclusions.review_rules import ClauseLack, Lack, NotReady
from tracker.conclusions.rules import ClauseVerdict
from tracker.db import db, transaction
from tracker.deadlines.queries import working_calendar
from tracker.errors import BadInput, EditedByAnother, NotAllowed, Refusal
from tracker.evidence.actions import add_evidence
from tracker.evidence.rules import Upload
from tracker.evidence.views import file_store, take_uploads
from tracker.extraction.letterhead import read_letterhead
from tracker.permissions import Permission
from tracker.web import current_actor, needs, refused, say, sentence, settings

Page = str | Response | tuple[str, int]
SEE_OTHER = 303
HEAD_LENGTH = 8_000


@dataclass
class Card:
    """A clause with its forms open."""

    view: ClauseView
    form: ClauseForm
    proposals: dict[int, ProposalForm]
    theirs: str = ""
    yours: str = ""


@dataclass
class Refused:
    """What came of a refused act: forms with what was typed, and what to say."""

    cards: dict[int, Card] = field(default_factory=dict)
    signature: SignatureForm | None = None
    lacks: list[ClauseLack] | None = None
    message: str = ""


@bp.get("/conclusions/<int:notice_id>/review")
@needs(Permission.CONCLUSION_RECORD)
def review(notice_id: int) -> Page:
    """Show the notice's clauses beside what was read from them."""
    notice = queries.notice_for_review(db.session, current_actor(), notice_id)
    if notice.assigned_at is not None or notice.secret:
        return redirect(url_for("pages.conclusion", notice_id=notice_id))
    return _page(
        notice,
        page=request.args.get("page", 1, type=int),
        opened=request.args.get("clause", type=an_id),
    )


@bp.post("/conclusions/<int:notice_id>/clauses/<int:clause_id>")
@needs(Permission.CONCLUSION_RECORD)
def clause(notice_id: int, clause_id: int) -> Page:
    """Keep what was typed for one clause; confirm it, split it, add or remove a task."""
    actor, at = current_actor(), clock.now()
    act, _mark, number = request.form.get("act", "confirm").partition("-")
    shown = queries.notice_for_review(db.session, actor, notice_id)
    found = _clause_of(shown, clause_id)
    if found is None:
        return redirect(url_for("conclusions.review", notice_id=notice_id), SEE_OTHER)
    card = _typed(found)
    forms = [card.form, *card.proposals.values()]
    if [form for form in forms if not form.validate()]:
        return _page(shown, opened=clause_id, refused_as=Refused({clause_id: card})), 422
    try:
        with transaction() as session:
            edit = clause_edit(clause_id, card.form, card.proposals)
            actions.save_clause(session, edit, by=actor, at=at, confirm=act == "confirm")
            if act == "split":
                actions.split_proposal(session, clause_id, int(number), by=actor, at=at)
            elif act == "remove":
                actions.remove_proposal(session, clause_id, int(number), by=actor, at=at)
            elif act == "add":
                actions.add_proposal(session, clause_id, by=actor, at=at)
    except NotAllowed:
        raise
    except EditedByAnother as refusal:
        return _both_texts(notice_id, card, refusal)
    except Refusal as refusal:
        _put(card, refusal)
        status = 422 if isinstance(refusal, BadInput) else 409
        return _page(shown, opened=clause_id, refused_as=Refused({clause_id: card})), status
    page = request.args.get("page", type=int)
    if act != "confirm":
        return redirect(
            url_for("conclusions.review", notice_id=notice_id, clause=clause_id, page=page), 303
        )
    return redirect(url_for("conclusions.review", notice_id=notice_id, page=page), SEE_OTHER)


@bp.post("/conclusions/<int:notice_id>/clear")
@needs(Permission.CONCLUSION_RECORD)
def accept_clear(notice_id: int) -> Page:
    """Confirm at once what was read clearly and was on the page."""
    actor = current_actor()
    with transaction() as session:
        notice = queries.notice_for_review(session, actor, notice_id)
        count = actions.accept_clear(
            session,
            notice,
            by=actor,
            at=clock.now(),
            clause_ids=request.form.getlist("clauses", type=an_id),
            reasons={
                ClauseVerdict.GUIDANCE: _("Assessment or general direction, given to no unit"),
                ClauseVerdict.NO_TASK: _("Introduction, account or closing words"),
            },
        )
    say(ngettext("%(num)s item confirmed.", "%(num)s items confirmed.", count))
    page = request.args.get("page", type=int)
    return redirect(url_for("conclusions.review", notice_id=notice_id, page=page), SEE_OTHER)


@bp.post("/conclusions/<int:notice_id>/signature")
@needs(Permission.CONCLUSION_RECORD)
def signature(notice_id: int) -> Page:
    """Record number and date as the registry gave them, with the signed file."""
    actor, at, form = current_actor(), clock.now(), SignatureForm()
    issued_on = form.issued_on.data
    try:
        if not form.validate() or issued_on is None:
            return _page(_shown(notice_id), refused_as=Refused(signature=form)), 422
        uploads = _uploads(form)
        with transaction() as session:
            notice = queries.notice_for_review(session, actor, notice_id)
            if notice.submitted_at is None:
                actions.submit(session, notice, by=actor, at=at)
            actions.record_signature(
                session,
                notice,
                by=actor,
                at=at,
                number=form.number.data or "",
                issued_on=issued_on,
                signer=form.signer.data or "",
                calendar=working_calendar(session),
            )
            for upload in uploads:
                evidence = add_evidence(
                    session,
                    file_store(),
                    upload=upload,
                    by=actor,
                    at=at,
                    document_number=notice.number,
                    document_date=notice.issued_on,
                )
                actions.attach_file(session, notice, evidence, by=actor, at=at)
    except NotAllowed:
        raise
    except Refusal as refusal:
        refused(form, refusal)
        status = 422 if isinstance(refusal, BadInput) else 409
        return _page(_shown(notice_id), refused_as=Refused(signature=form)), status
    say(_("The signature is recorded."))
    return redirect(url_for("conclusions.review", notice_id=notice_id), SEE_OTHER)


@bp.post("/conclusions/<int:notice_id>/assignment")
@needs(Permission.CONCLUSION_ASSIGN)
def assignment(notice_id: int) -> Page:
    """“Giao việc”, or the list of what forbids it."""
    actor = current_actor()
    try:
        with transaction() as session:
            notice = queries.notice_for_review(session, actor, notice_id)
            assigned = actions.assign_work(
                session,
                notice,
                by=actor,
                at=clock.now(),
                public_url=settings().public_url,
            )
    except NotReady as refusal:
        notice = _shown(notice_id)
        return _page(notice, refused_as=Refused(lacks=refusal.lacks)), 409
    except NotAllowed:
        raise
    except Refusal as refusal:
        return _page(_shown(notice_id), refused_as=Refused(message=sentence(refusal))), 409
    tasks = ngettext("%(num)s task assigned.", "%(num)s tasks assigned.", len(assigned.tasks))
    mails = ngettext("%(num)s email queued.", "%(num)s emails queued.", assigned.told)
    say(f"{tasks} {mails}")
    if assigned.untold:
        say(_("No e-mail address is known for: %(units)s.", units="; ".join(assigned.untold)))
    return redirect(url_for("pages.conclusion", notice_id=notice_id), SEE_OTHER)


def excerpt_of(words: str) -> str:
    """Return the excerpt (trích yếu) that the head of a text gives, if any."""
    return read_letterhead(words).excerpt


def signature_form(notice: Notice) -> SignatureForm:
    """Return the form of the signature, filled with what the text's letterhead says."""
    head = read_letterhead(notice.text[:HEAD_LENGTH] + "\n" + notice.text[-HEAD_LENGTH:])
    return SignatureForm(
        formdata=None,
        data={"number": head.number, "issued_on": head.issued_on, "signer": head.signer},
    )


def _page(
    notice: Notice,
    *,
    page: int = 1,
    opened: int | None = None,
    refused_as: Refused | None = None,
) -> str:
    refused_as = refused_as or Refused()
    units = queries.unit_names(db.session)
    shown = review_page.build(notice, units, page=page, opened=opened)
    cards = [refused_as.cards.get(view.clause.id) or _card(view, notice) for view in shown.cards]
    for card in cards:
        card.view = next(view for view in shown.cards if view.clause.id == card.view.clause.id)
    return render_template(
        "conclusions/review.html",
        notice=notice,
        shown=shown,
        cards=cards,
        units=sorted({unit.short_name or unit.name for unit in units.values()}),
        signature=refused_as.signature or (None if notice.signed_at else signature_form(notice)),
        signature_refused=refused_as.signature is not None,
        refusal=refused_as.message,
        refused_lacks=refused_as.lacks,
        parts=_parts(shown),
        sentence=_sentence(shown),
        focus=_focus(cards),
        open_views=[card.view for card in cards],
        lack_groups=_lack_groups(shown),
        before=_address(notice, shown.page - 1) if shown.page > 1 else "",
        after=_address(notice, shown.page + 1) if shown.page < shown.pages else "",
    )


def _address(notice: Notice, page: int) -> str:
    return url_for("conclusions.review", notice_id=notice.id, page=page)


def _sentence(shown: ReviewPage) -> str:
    counts = shown.counts
    tasks = ngettext("%(num)s task", "%(num)s tasks", counts.tasks)
    targets = ngettext("%(num)s target", "%(num)s targets", counts.targets)
    return str(
        _(
            "%(done)s/%(all)s items confirmed; they give %(tasks)s and %(targets)s",
            done=counts.confirmed,
            all=counts.clauses,
            tasks=tasks,
            targets=targets,
        )
    )


def _lack_groups(shown: ReviewPage) -> list[tuple[Lack, list[ClauseLack]]]:
    """Return what is lacking → where, for the bar at the foot."""
    groups: dict[Lack, list[ClauseLack]] = {}
    for lack in shown.lacks:
        for kind in lack.kinds:
            groups.setdefault(kind, []).append(lack)
    return list(groups.items())


def _parts(shown: ReviewPage) -> list[tuple[str, int, str]]:
    counts = shown.counts
    worked = counts.confirmed - counts.guidance
    return [
        ("sure", worked, _("with confirmed tasks or targets")),
        ("rest", counts.guidance, _("general guidance or without a task")),
        ("open", counts.clear, _("read clearly, not yet confirmed")),
        ("going", counts.look, _("to be looked at")),
    ]


def _card(view: ClauseView, notice: Notice) -> Card:
    return Card(
        view,
        clause_form(view.clause, edition=notice.edition, verdict=view.verdict),
        {item.proposal.id: proposal_form(item.proposal) for item in view.proposals},
    )


def _typed(found: Clause) -> Card:
    """Return the forms of a clause with what was sent."""
    form = ClauseForm(prefix=f"c{found.id}-", meta={"csrf": False})
    form.concluded_by.choices = concluding(found)
    return Card(
        ClauseView(found, found.verdict, [], 0, [], [], [], clear=False),
        form,
        {
            proposal.id: ProposalForm(prefix=proposal_prefix(proposal.id), meta={"csrf": False})
            for proposal in found.proposals
            if f"{proposal_prefix(proposal.id)}title" in request.form
        },
    )


def _put(card: Card, refusal: Refusal) -> None:
    """Put a refusal at the field that it names, else above the clause's form."""
    number, _mark, name = (getattr(refusal, "field", None) or "").partition(":")
    form = card.proposals.get(int(number)) if number.isdecimal() else None
    target = form[name] if form is not None and name in form else None
    if target is None and not number.isdecimal() and number in card.form:
        target = card.form[number]
    if target is None:
        card.form.form_errors.append(sentence(refusal))
    else:
        target.errors = [*target.errors, sentence(refusal)]


def _both_texts(notice_id: int, card: Card, refusal: EditedByAnother) -> Page:
    """Show the other's text beside what was typed; sending again keeps what was typed."""
    db.session.expire_all()
    notice = _shown(notice_id)
    card.theirs, card.yours = refusal.theirs, refusal.yours
    card.form.edition.data = str(notice.edition)
    card.form.form_errors.append(sentence(refusal))
    clause_id = card.view.clause.id
    return _page(notice, opened=clause_id, refused_as=Refused({clause_id: card})), 409


def _focus(cards: list[Card]) -> str:
    """Return the id of the field where typing goes on: an error, else the first thing lacking."""
    for card in cards[:1]:
        for proposal_id, form in card.proposals.items():
            for item in form:
                if item.errors:
                    return str(item.id)
            proposal = next(p for p in card.view.clause.proposals if p.id == proposal_id)
            if not any(part.lead for part in proposal.units) and not proposal.target:
                return str(form.lead.id)
            if proposal.time is None and not proposal.target:
                return str(form.said.id)
        return f"confirm-{card.view.clause.id}"
    return ""


def _clause_of(notice: Notice, clause_id: int) -> Clause | None:
    return next((clause for clause in notice.clauses if clause.id == clause_id), None)


def _shown(notice_id: int) -> Notice:
    db.session.expire_all()
    return queries.notice_for_review(db.session, current_actor(), notice_id)


def _uploads(form: SignatureForm) -> list[Upload]:
    """Look into the file of the form; a refusal names its field."""
    try:
        return take_uploads([form.file.data] if form.file.data else [])
    except BadInput as refusal:
        raise BadInput(refusal.message, field="file", **refusal.params) from refusal
