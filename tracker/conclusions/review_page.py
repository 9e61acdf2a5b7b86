"""What the review page shows: the text with its marks, what to look at first, what is clear."""

from dataclasses import dataclass

from tracker.conclusions.assigning import lacks_of_notice
from tracker.conclusions.editing import counted, is_clear, leads_of
from tracker.conclusions.models import Clause, Notice, Proposal
from tracker.conclusions.review_queries import UnitName
from tracker.conclusions.review_rules import (
    ClauseLack,
    Doubt,
    Lack,
    clarities,
    is_group,
    lacks_of,
    names_in,
)
from tracker.conclusions.review_text import marked, pages_of
from tracker.conclusions.rules import WORKED, ClauseVerdict

MOST_CLAUSES = 60
MOST_CHARACTERS = 22_000
CLIPPED = 3_000
MOST_OPEN = 6
"""Forms that are open at once: the page stays light, and the next one moves up."""


@dataclass(frozen=True)
class ProposalView:
    """A proposal with the names of its units and what is clear of it."""

    proposal: Proposal
    leads: list[str]
    coordinating: list[str]
    outside: list[str]
    clear: tuple[bool, bool, bool, bool, bool]
    group: bool

    @property
    def clear_count(self) -> int:
        """Return how many of the five are clear."""
        return sum(self.clear)


@dataclass(frozen=True)
class ClauseView:
    """A clause on the page: its stretches of text, and what to say of it."""

    clause: Clause
    verdict: ClauseVerdict
    segments: list[tuple[str, bool]]
    clipped: int
    proposals: list[ProposalView]
    doubts: list[Doubt]
    lacks: list[Lack]
    clear: bool

    @property
    def confirmed(self) -> bool:
        """Tell whether the clause is accounted for and lacks nothing."""
        return self.clause.verdict is not ClauseVerdict.OPEN and not self.lacks


@dataclass(frozen=True)
class Frame:
    """A stretch of the text that belongs to no clause: letterhead, recipients."""

    text: str


@dataclass(frozen=True)
class Counts:
    """What of the whole notice is accounted for, and what it would become."""

    clauses: int
    confirmed: int
    tasks: int
    targets: int
    look: int
    clear: int
    guidance: int

    @property
    def open(self) -> int:
        """Return how many clauses are not yet accounted for."""
        return self.clauses - self.confirmed


@dataclass(frozen=True)
class ReviewPage:
    """One page of the review."""

    notice: Notice
    pieces: list[ClauseView | Frame]
    cards: list[ClauseView]
    waiting: list[ClauseView]
    clear: list[ClauseView]
    confirmed: list[ClauseView]
    counts: Counts
    lacks: list[ClauseLack]
    page: int
    pages: int


def build(
    notice: Notice, units: dict[int, UnitName], *, page: int = 1, opened: int | None = None
) -> ReviewPage:
    """Return a page of the review; `opened` is the id of a clause whose form is asked for."""
    clauses = list(notice.clauses)
    lengths = [min(len(clause.text), CLIPPED) + 120 for clause in clauses]
    cuts = pages_of(lengths, most=MOST_CLAUSES, characters=MOST_CHARACTERS)
    page_of = {
        clause.id: number
        for number, (first, last) in enumerate(cuts, start=1)
        for clause in clauses[first:last]
    }
    page = page_of.get(opened, page) if opened is not None else page
    page = min(max(page, 1), len(cuts))
    first, last = cuts[page - 1]
    views = [_view(clause, units) for clause in clauses[first:last]]
    asked = [view for view in views if not view.clause.heading]
    look = [view for view in asked if not view.clear and not view.confirmed]
    cards = [view for view in views if view.clause.id == opened]
    cards += [view for view in look if view.clause.id != opened][: MOST_OPEN - len(cards)]
    lacks = lacks_of_notice(notice)
    return ReviewPage(
        notice=notice,
        pieces=_pieces(notice, views, first=page == 1, last=page == len(cuts)),
        cards=cards,
        waiting=[view for view in look if view not in cards],
        clear=[view for view in asked if view.clear and view not in cards],
        confirmed=[view for view in asked if view.confirmed and view not in cards],
        counts=_counts(clauses),
        lacks=lacks,
        page=page,
        pages=len(cuts),
    )


def _view(clause: Clause, units: dict[int, UnitName]) -> ClauseView:
    verdict = clause.verdict if clause.verdict is not ClauseVerdict.OPEN else clause.suggested
    text = clause.text.strip()
    phrases = [
        phrase
        for proposal in clause.proposals
        for phrase in (*names_in(proposal.lead_text), proposal.deadline_text)
    ]
    doubts = {
        Doubt(word): None for proposal in clause.proposals for word in proposal.doubts.split()
    }
    open_ = clause.verdict is ClauseVerdict.OPEN
    lacks = lacks_of(verdict, clause.reason or ("-" if open_ else ""), counted(clause))
    return ClauseView(
        clause=clause,
        verdict=verdict,
        segments=marked(text[:CLIPPED], phrases),
        clipped=max(0, len(text) - CLIPPED),
        proposals=[_proposal_view(proposal, units) for proposal in clause.proposals],
        doubts=list(doubts),
        lacks=list(lacks),
        clear=open_ and not clause.heading and is_clear(clause),
    )


def _proposal_view(proposal: Proposal, units: dict[int, UnitName]) -> ProposalView:
    leads = leads_of(proposal)
    coordinating = [part.unit_id for part in proposal.units if not part.lead]
    known = {units[unit_id].name.casefold() for unit_id in coordinating if unit_id in units}
    known |= {units[unit_id].short_name.casefold() for unit_id in coordinating if unit_id in units}
    outside = [name for name in names_in(proposal.coordinate_text) if name.casefold() not in known]
    return ProposalView(
        proposal=proposal,
        leads=[units[unit_id].name for unit_id in leads if unit_id in units],
        coordinating=[units[unit_id].name for unit_id in coordinating if unit_id in units],
        outside=[] if coordinating else outside,
        clear=clarities(proposal, len(leads)),
        group=is_group(proposal.lead_text, len(leads)),
    )


def _counts(clauses: list[Clause]) -> Counts:
    asked = [clause for clause in clauses if not clause.heading]
    confirmed = [c for c in asked if c.verdict is not ClauseVerdict.OPEN]
    clear = [c for c in asked if c.verdict is ClauseVerdict.OPEN and is_clear(c)]
    tasks = targets = 0
    for clause in asked:
        verdict = clause.verdict if clause.verdict is not ClauseVerdict.OPEN else clause.suggested
        if verdict not in WORKED:
            continue
        for proposal, leads in counted(clause):
            targets += proposal.target
            tasks += 0 if proposal.target else max(1, leads)
    return Counts(
        clauses=len(asked),
        confirmed=len(confirmed),
        tasks=tasks,
        targets=targets,
        look=len(asked) - len(confirmed) - len(clear),
        clear=len(clear),
        guidance=sum(clause.verdict not in {*WORKED, ClauseVerdict.OPEN} for clause in asked),
    )


def _pieces(
    notice: Notice, views: list[ClauseView], *, first: bool, last: bool
) -> list[ClauseView | Frame]:
    """Return the clauses with what lies before, between and after them, so that nothing is lost."""
    pieces: list[ClauseView | Frame] = []
    position = 0 if first else (views[0].clause.start if views else 0)
    for view in views:
        between = notice.text[position : view.clause.start].strip()
        if between:
            pieces.append(Frame(between[:CLIPPED]))
        pieces.append(view)
        position = max(position, view.clause.end)
    rest = notice.text[position:].strip() if last else ""
    return [*pieces, Frame(rest[:CLIPPED])] if rest else pieces
