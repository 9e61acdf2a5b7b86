"""The review: clause and proposal side by side; confirm, split, merge, take back."""

from typing import Any

from flask import jsonify, redirect, request, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from tracker import clock
from tracker.conclusions import actions, new_names, review_queries
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
from tracker.conclusions.review_showing import (
    Card,
    Refused,
    card_page,
    page_of,
    shown_notice,
    usual_reasons,
)
from tracker.db import db, transaction
from tracker.errors import BadInput, EditedByAnother, NotAllowed, Refusal
from tracker.permissions import Permission, may
from tracker.web import an_id, current_actor, edition_in, moment, needs, say, sentence
from tracker.workdays import office_day

Page = str | Response | tuple[str, int]
SEE_OTHER = 303
LONGEST_NAME = 300


@bp.get("/conclusions/<int:notice_id>/review")
@needs(Permission.CONCLUSION_RECORD)
def review(notice_id: int) -> Page:
    """Show the notice's clauses beside what was read from them."""
    notice = review_queries.notice_for_review(db.session, current_actor(), notice_id)
    if notice.assigned_at is not None or notice.secret:
        return redirect(url_for("pages.conclusion", notice_id=notice_id))
    name, unit_id = request.args.get("name", ""), request.args.get("unit", type=an_id)
    return page_of(
        notice,
        page=request.args.get("page", 1, type=int),
        opened=request.args.get("clause", type=an_id),
        learn=(name[:LONGEST_NAME], unit_id) if name and unit_id else None,
    )


@bp.get("/conclusions/<int:notice_id>/clauses/<int:clause_id>/form")
@needs(Permission.CONCLUSION_RECORD)
def clause_form_part(notice_id: int, clause_id: int) -> Page:
    """Return the form of one clause alone: a page that is open puts it where the line stands."""
    notice = review_queries.notice_for_review(db.session, current_actor(), notice_id)
    if notice.assigned_at is not None or _clause_of(notice, clause_id) is None:
        return Response(status=404)
    return card_page(notice, clause_id)


@bp.post("/conclusions/<int:notice_id>/clauses/<int:clause_id>")
@needs(Permission.CONCLUSION_RECORD)
def clause(notice_id: int, clause_id: int) -> Page:
    """Keep what was typed for one clause; confirm it, keep a draft, split, merge, add, remove."""
    actor, at = current_actor(), clock.now()
    act, _mark, number = request.form.get("act", "confirm").partition("-")
    shown = review_queries.notice_for_review(db.session, actor, notice_id)
    found = _clause_of(shown, clause_id)
    if found is None:
        return redirect(url_for("conclusions.review", notice_id=notice_id), SEE_OTHER)
    if act in {"draft", "discard"}:
        return _draft_kept(notice_id, clause_id, discard=act == "discard")
    card = _typed(found)
    forms = [card.form, *card.proposals.values()]
    if [form for form in forms if not form.validate()]:
        return page_of(shown, opened=clause_id, refused_as=Refused({clause_id: card})), 422
    learn = None
    try:
        with transaction() as session:
            edit = clause_edit(found, card.form, card.proposals)
            saved = actions.save_clause(session, edit, by=actor, at=at, confirm=act == "confirm")
            opened = _part(session, act, number, card, saved)
            if may(actor, Permission.UNIT_MANAGE):
                learn = new_names.name_to_learn(session, saved, on=office_day(at))
    except NotAllowed:
        raise
    except EditedByAnother as refusal:
        return _both_texts(notice_id, card, refusal)
    except Refusal as refusal:
        _put(card, refusal)
        status = 422 if isinstance(refusal, BadInput) else 409
        return page_of(shown, opened=clause_id, refused_as=Refused({clause_id: card})), status
    asked = {"name": learn[0], "unit": learn[1]} if learn else {}
    return _back(notice_id, None if act == "confirm" else opened, **asked)


@bp.post("/conclusions/<int:notice_id>/clauses/<int:clause_id>/draft")
@needs(Permission.CONCLUSION_RECORD)
def draft(notice_id: int, clause_id: int) -> Response:
    """Keep what was typed for one clause as a draft, and say so; called while somebody types."""
    others = _keep_draft(notice_id, clause_id)
    said = _("Draft saved at %(time)s", time=moment(clock.now())[-5:])
    also = _("%(names)s is typing here too.", names=", ".join(others)) if others else ""
    return jsonify(said=f"{said}. {also}".strip() if also else said)


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
            reasons=usual_reasons(),
        )
    say(ngettext("%(num)s item confirmed.", "%(num)s items confirmed.", count))
    return _back(notice_id)


@bp.post("/conclusions/<int:notice_id>/undo")
@needs(Permission.CONCLUSION_RECORD)
def undo(notice_id: int) -> Page:
    """Take the last step of the review back."""
    actor = current_actor()
    with transaction() as session:
        notice = review_queries.notice_for_review(session, actor, notice_id, lock=True)
        step = actions.undo(session, notice.id, by=actor, at=clock.now())
    say(_("Taken back: %(items)s", items=step.label))
    clause_ids = [int(clause_id) for clause_id in step.before]
    return _back(notice_id, clause_ids[0] if len(clause_ids) == 1 else None)


@bp.post("/conclusions/<int:notice_id>/names")
@needs(Permission.UNIT_MANAGE)
def learn_name(notice_id: int) -> Page:
    """Let documents address a unit by a name that this notice used."""
    actor, at = current_actor(), clock.now()
    name, unit_id = request.form.get("name", ""), request.form.get("unit", type=an_id)
    if name and unit_id:
        with transaction() as session:
            notice = review_queries.notice_for_review(session, actor, notice_id, lock=True)
            count = actions.learn_name(session, notice, name, unit_id, by=actor, at=at)
        say(_("“%(name)s” is now a further name of the unit.", name=name))
        if count:
            say(
                ngettext(
                    "%(num)s further item got its lead by it.",
                    "%(num)s further items got their lead by it.",
                    count,
                )
            )
    return _back(notice_id)


def _part(session: Session, act: str, number: str, card: Card, saved: Clause) -> int:
    """Split, merge, add or remove as asked, and return the id of the clause to be shown."""
    actor, at = current_actor(), clock.now()
    clause_id, proposal_id = saved.id, int(number) if number.isdecimal() else 0
    match act:
        case "split":
            typed = card.proposals.get(proposal_id)
            cut = str(typed.cut.data or "") if typed else ""
            actions.split_proposal(
                session,
                clause_id,
                proposal_id,
                by=actor,
                at=at,
                cut=int(cut) if cut.isdecimal() else 0,
            )
        case "leads":
            actions.part_leads(session, clause_id, proposal_id, by=actor, at=at)
        case "merge":
            actions.merge_proposals(session, clause_id, proposal_id, by=actor, at=at)
        case "above":
            reason = _("Merged with the item above")
            above = actions.merge_with_above(session, clause_id, by=actor, at=at, reason=reason)
            return above.id
        case "remove":
            actions.remove_proposal(session, clause_id, proposal_id, by=actor, at=at)
        case "add":
            actions.add_proposal(session, clause_id, by=actor, at=at)
        case _:
            pass
    return clause_id


def _draft_kept(notice_id: int, clause_id: int, *, discard: bool) -> Response:
    """Keep or drop a draft by a button, and show the clause again."""
    if discard:
        actor = current_actor()
        with transaction() as session:
            review_queries.notice_for_review(session, actor, notice_id)
            actions.drop_draft(session, clause_id, actor)
    else:
        others = _keep_draft(notice_id, clause_id)
        say(_("Draft saved at %(time)s", time=moment(clock.now())[-5:]))
        if others:
            say(_("%(names)s is typing here too.", names=", ".join(others)))
    return _back(notice_id, clause_id)


def _keep_draft(notice_id: int, clause_id: int) -> list[str]:
    typed = request.form.to_dict(flat=False)
    edition = request.form.get(f"c{clause_id}-edition", "")
    for name in ("csrf_token", "act", f"c{clause_id}-edition"):
        typed.pop(name, None)
    actor = current_actor()
    with transaction() as session:
        review_queries.notice_for_review(session, actor, notice_id)
        return actions.keep_draft(
            session,
            clause_id,
            {name: [text.replace("\0", "") for text in texts] for name, texts in typed.items()},
            edition=edition_in(edition),
            by=actor,
            at=clock.now(),
        )


def _back(notice_id: int, opened: int | None = None, **asked: Any) -> Response:
    page = request.args.get("page", type=int)
    address = url_for("conclusions.review", notice_id=notice_id, clause=opened, page=page, **asked)
    return redirect(address, SEE_OTHER)


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
