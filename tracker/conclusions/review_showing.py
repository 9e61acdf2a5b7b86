"""The review page, drawn."""

from dataclasses import dataclass, field

from flask import render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.conclusions import review_page, review_queries
from tracker.conclusions.forms import (
    ClauseForm,
    ProposalForm,
    SignatureForm,
    clause_form,
    proposal_form,
)
from tracker.conclusions.models import Notice
from tracker.conclusions.review_page import ClauseView, ReviewPage
from tracker.conclusions.review_rules import ClauseLack, Lack
from tracker.db import db
from tracker.extraction.letterhead import read_letterhead
from tracker.web import current_actor

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


def signature_form(notice: Notice) -> SignatureForm:
    """Return the form of the signature, filled with what the text's letterhead says."""
    head = read_letterhead(notice.text[:HEAD_LENGTH] + "\n" + notice.text[-HEAD_LENGTH:])
    return SignatureForm(
        formdata=None,
        data={"number": head.number, "issued_on": head.issued_on, "signer": head.signer},
    )


def page_of(
    notice: Notice,
    *,
    page: int = 1,
    opened: int | None = None,
    refused_as: Refused | None = None,
) -> str:
    refused_as = refused_as or Refused()
    units = review_queries.unit_names(db.session)
    shown = review_page.build(notice, units, page=page, opened=opened)
    cards = [refused_as.cards.get(view.clause.id) or card_of(view, notice) for view in shown.cards]
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


def card_of(view: ClauseView, notice: Notice) -> Card:
    return Card(
        view,
        clause_form(view.clause, edition=notice.edition, verdict=view.verdict),
        {item.proposal.id: proposal_form(item.proposal) for item in view.proposals},
    )


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


def shown_notice(notice_id: int) -> Notice:
    """Return the notice as it stands now, not as this request read it before."""
    db.session.expire_all()
    return review_queries.notice_for_review(db.session, current_actor(), notice_id)
