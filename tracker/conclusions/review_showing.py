"""The review page, drawn: its cards with their forms, the checks, where typing goes on."""

from dataclasses import dataclass, field
from datetime import datetime

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from werkzeug.datastructures import MultiDict

from tracker import clock
from tracker.conclusions import checks, drafts, readings, review_page, review_queries, steps
from tracker.conclusions.earlier import fates_of, open_tasks_of, similar_to
from tracker.conclusions.forms import (
    ClauseForm,
    ProposalForm,
    SignatureForm,
    clause_form,
    proposal_form,
)
from tracker.conclusions.models import Notice
from tracker.conclusions.review_models import ClauseDraft
from tracker.conclusions.review_page import ClauseView, ReviewPage
from tracker.conclusions.review_queries import UnitName
from tracker.conclusions.review_rules import ClauseLack
from tracker.conclusions.rules import ClauseVerdict, Fate
from tracker.db import db
from tracker.extraction.letterhead import read_letterhead
from tracker.people.queries import unit_recipients
from tracker.web import current_actor

HEAD_LENGTH = 8_000


@dataclass
class Card:
    """A clause with its forms open; `drafted_at` is when what stands in them was kept."""

    view: ClauseView
    form: ClauseForm
    proposals: dict[int, ProposalForm]
    theirs: str = ""
    yours: str = ""
    drafted_at: datetime | None = None
    others: list[tuple[str, datetime]] = field(default_factory=list)


@dataclass
class Refused:
    """What came of a refused act: forms with what was typed, and what to say."""

    cards: dict[int, Card] = field(default_factory=dict)
    signature: SignatureForm | None = None
    lacks: list[ClauseLack] | None = None
    message: str = ""


@dataclass(frozen=True)
class NewName:
    """A question: whether a unit shall be known under a name that was not known before."""

    name: str
    unit_id: int
    unit: str


def signature_form(notice: Notice) -> SignatureForm:
    """Return the form of the signature, filled with what the text's letterhead says."""
    head = read_letterhead(notice.text[:HEAD_LENGTH] + "\n" + notice.text[-HEAD_LENGTH:])
    return SignatureForm(
        formdata=None,
        data={"number": head.number, "issued_on": head.issued_on, "signer": head.signer},
    )


def usual_reasons() -> dict[ClauseVerdict, str]:
    """Return the reason that is written where nobody gives another."""
    return {
        ClauseVerdict.GUIDANCE: str(_("Assessment or general direction, given to no unit")),
        ClauseVerdict.NO_TASK: str(_("Introduction, account or closing words")),
    }


def page_of(
    notice: Notice,
    *,
    page: int = 1,
    opened: int | None = None,
    learn: tuple[str, int] | None = None,
    refused_as: Refused | None = None,
) -> str:
    """Return the review page; `learn` is a name in the text and the unit (id) put for it."""
    refused_as = refused_as or Refused()
    units = review_queries.unit_names(db.session)
    read = readings.readings_of(db.session, notice.id)
    shown = review_page.build(notice, units, read, page=page, opened=opened)
    cards = _cards(notice, [*shown.cards, *_opened(shown, opened)], refused_as)
    by_id = {card.view.clause.id: card for card in cards}
    reached = _reached(notice)
    focus = _focus([by_id[opened]] if opened in by_id else cards)
    return render_template(
        "conclusions/review.html",
        notice=notice,
        shown=shown,
        cards=[by_id[view.clause.id] for view in shown.cards],
        opened_cards=by_id,
        reached=reached,
        units=sorted({unit.short_name or unit.name for unit in units.values()}),
        signature=refused_as.signature or (None if notice.signed_at else signature_form(notice)),
        signature_refused=refused_as.signature is not None,
        refusal=refused_as.message,
        refused=refused_as.lacks is not None or bool(refused_as.message),
        parts=_parts(shown),
        sentence=_sentence(shown),
        focus=focus,
        learn=_question(learn, units),
        last_step=steps.last_step(db.session, notice.id),
        checks=checks.list_of(notice, shown.lacks, units, reached),
        usual_reasons=usual_reasons(),
        before=_address(notice, shown.page - 1) if shown.page > 1 else "",
        after=_address(notice, shown.page + 1) if shown.page < shown.pages else "",
    )


def card_page(notice: Notice, clause_id: int) -> str:
    """Return only the form of one clause, to be put where its line stands."""
    units = review_queries.unit_names(db.session)
    read = readings.readings_of(db.session, notice.id)
    shown = review_page.build(notice, units, read, opened=clause_id)
    views = [*shown.cards, *_opened(shown, clause_id)]
    cards = _cards(notice, [view for view in views if view.clause.id == clause_id], Refused())
    return render_template(
        "conclusions/card.html",
        notice=notice,
        shown=shown,
        card=cards[0],
        reached=_reached(notice),
        focus=_focus(cards),
        usual_reasons=usual_reasons(),
    )


def shown_notice(notice_id: int) -> Notice:
    """Return the notice as it stands now, not as this request read it before."""
    db.session.expire_all()
    return review_queries.notice_for_review(db.session, current_actor(), notice_id)


def _opened(shown: ReviewPage, opened: int | None) -> list[ClauseView]:
    """Return the clause that was asked for where it is one that was read clearly or confirmed."""
    return [view for view in (*shown.clear, *shown.confirmed) if view.clause.id == opened]


def _cards(notice: Notice, views: list[ClauseView], refused_as: Refused) -> list[Card]:
    """Open the forms of some clauses: with what was refused, with one's draft, else as stored."""
    actor = current_actor()
    kept = drafts.drafts_of(db.session, actor, [view.clause.id for view in views])
    leads = {unit_id for view in views for part in view.proposals for unit_id, *_rest in part.named}
    known = open_tasks_of(db.session, actor, leads, committee_id=notice.committee_id)
    parts = [part for view in views for part in view.proposals if not part.proposal.target]
    for part in parts if known else ():
        ids = [unit_id for unit_id, *_rest in part.named]
        part.earlier.extend(similar_to(part.proposal.title, ids, known))
    asked = [part.proposal.id for part in parts if part.earlier]
    fates = fates_of(db.session, asked) if asked else {}
    cards = []
    for view in views:
        clause_id = view.clause.id
        card = refused_as.cards.get(clause_id)
        card = card or card_of(view, notice, kept.own.get(clause_id), fates)
        card.view, card.others = view, kept.others.get(clause_id, [])
        cards.append(card)
    return cards


def card_of(
    view: ClauseView, notice: Notice, draft: ClauseDraft | None, fates: dict[int, Fate]
) -> Card:
    """Return a clause with its forms, filled with what is stored or was kept as a draft."""
    typed = None if draft is None else MultiDict(draft.typed)
    edition = notice.edition if draft is None else draft.edition
    form = clause_form(view.clause, edition=edition, verdict=view.verdict, typed=typed)
    if not form.reason.data:
        form.reason.data = usual_reasons().get(ClauseVerdict(form.verdict.data), "")
    return Card(
        view,
        form,
        {
            item.proposal.id: proposal_form(
                item.proposal, typed, fates.get(item.proposal.id, Fate.STAYS)
            )
            for item in view.proposals
        },
        drafted_at=None if draft is None else draft.at,
    )


def _reached(notice: Notice) -> set[int]:
    """Return the ids of the lead units whose head has an account or which have a mail address."""
    leads = {
        part.unit_id
        for clause in notice.clauses
        for proposal in clause.proposals
        for part in proposal.units
        if part.lead
    }
    return set(unit_recipients(db.session, leads, on=clock.today()))


def _question(learn: tuple[str, int] | None, units: dict[int, UnitName]) -> NewName | None:
    if learn is None or learn[1] not in units:
        return None
    return NewName(learn[0], learn[1], units[learn[1]].name)


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


def _parts(shown: ReviewPage) -> list[tuple[str, int, str]]:
    counts = shown.counts
    worked = counts.confirmed - counts.guidance
    return [
        ("sure", worked, _("with confirmed tasks or targets")),
        ("rest", counts.guidance, _("general guidance or without a task")),
        ("open", counts.clear, _("read clearly, not yet confirmed")),
        ("going", counts.look, _("to be looked at")),
    ]


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
