"""The review: clause and proposal side by side, and “Giao việc”."""

from flask import redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.wrappers import Response

from tracker import clock
from tracker.conclusions import actions, review_queries
from tracker.conclusions.blueprint import bp
from tracker.conclusions.forms import (
    ClauseForm,
    ProposalForm,
    clause_edit,
    concluding,
    proposal_prefix,
)
from tracker.conclusions.models import Clause, Notice
from tracker.conclusions.review_page import ClauseView
from tracker.conclusions.review_showing import Card, Refused, page_of, shown_notice
from tracker.conclusions.rules import ClauseVerdict
from tracker.db import db, transaction
from tracker.errors import BadInput, EditedByAnother, NotAllowed, Refusal
from tracker.permissions import Permission
from tracker.web import an_id, current_actor, needs, say, sentence

Page = str | Response | tuple[str, int]
SEE_OTHER = 303


@bp.get("/conclusions/<int:notice_id>/review")
@needs(Permission.CONCLUSION_RECORD)
def review(notice_id: int) -> Page:
    """Show the notice's clauses beside what was read from them."""
    notice = review_queries.notice_for_review(db.session, current_actor(), notice_id)
    if notice.assigned_at is not None or notice.secret:
        return redirect(url_for("pages.conclusion", notice_id=notice_id))
    return page_of(
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
    shown = review_queries.notice_for_review(db.session, actor, notice_id)
    found = _clause_of(shown, clause_id)
    if found is None:
        return redirect(url_for("conclusions.review", notice_id=notice_id), SEE_OTHER)
    card = _typed(found)
    forms = [card.form, *card.proposals.values()]
    if [form for form in forms if not form.validate()]:
        return page_of(shown, opened=clause_id, refused_as=Refused({clause_id: card})), 422
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
        return page_of(shown, opened=clause_id, refused_as=Refused({clause_id: card})), status
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
        notice = review_queries.notice_for_review(session, actor, notice_id, lock=True)
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
    notice = shown_notice(notice_id)
    card.theirs, card.yours = refusal.theirs, refusal.yours
    card.form.edition.data = str(notice.edition)
    card.form.form_errors.append(sentence(refusal))
    clause_id = card.view.clause.id
    return page_of(notice, opened=clause_id, refused_as=Refused({clause_id: card})), 409


def _clause_of(notice: Notice, clause_id: int) -> Clause | None:
    return next((clause for clause in notice.clauses if clause.id == clause_id), None)
