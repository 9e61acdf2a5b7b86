"""What the review page shows: the text with its marks, what to look at first, what is clear."""

from dataclasses import dataclass, field

from tracker.conclusions.assigning import lacks_of_notice
from tracker.conclusions.earlier import Similar
from tracker.conclusions.editing import counted, is_clear, leads_of
from tracker.conclusions.models import Clause, Notice, Proposal
from tracker.conclusions.readings import Fields, confidence_of, fields_of, spans_of
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
from tracker.conclusions.review_text import Span, Stretch, pages_of, stretches
from tracker.conclusions.rules import WORKED, ClauseVerdict
from tracker.extraction.findings import Confidence, least

MOST_CLAUSES = 60
MOST_CHARACTERS = 22_000
CLIPPED = 3_000
MOST_OPEN = 4
"""Forms that are open at once: the page stays light, and the next one moves up."""


@dataclass(frozen=True)
class ProposalView:
    """A proposal with the names of its units, what is clear of it and how it was read.

    `named` are all lead units of a group as (id, name, is left out); `earlier` are open tasks of
    the same units and matter, for a proposal whose form is open.
    """

    proposal: Proposal
    leads: list[str]
    named: list[tuple[int, str, bool]]
    coordinating: list[str]
    outside: list[str]
    clear: tuple[bool, bool, bool, bool, bool]
    group: bool
    read: Fields
    confidence: Confidence | None
    earlier: list[Similar] = field(default_factory=list)

    @property
    def clear_count(self) -> int:
        """Return how many of the five are clear."""
        return sum(self.clear)


@dataclass(frozen=True)
class ClauseView:
    """A clause on the page: its stretches of text, and what to say of it."""

    clause: Clause
    verdict: ClauseVerdict
    segments: list[Stretch]
    clipped: int
    proposals: list[ProposalView]
    doubts: list[Doubt]
    lacks: list[Lack]
    clear: bool
    confidence: Confidence | None = None

    @property
    def confirmed(self) -> bool:
        """Tell whether the clause is accounted for and lacks nothing."""
        return self.clause.verdict is not ClauseVerdict.OPEN and not self.lacks


@dataclass(frozen=True)
class Frame:
    """Words that belong to no clause: letterhead, recipients."""

    segments: list[Stretch]


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

    @property
    def next_doubtful(self) -> ClauseView | None:
        """Return the first clause that should be looked at."""
        return next(iter((*self.cards, *self.waiting)), None)


def build(
    notice: Notice,
    units: dict[int, UnitName],
    readings: dict[tuple[int, int], Fields],
    *,
    page: int = 1,
    opened: int | None = None,
) -> ReviewPage:
    """Return a page of the review; `opened` is the id of a clause whose form is asked for.

    Forms are open for the first doubtful clauses; an `opened` one that was read clearly has its
    form where its line stands.
    """
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
    shown = clauses[first:last]
    spans = [span for clause in shown for span in spans_of(clause, _read(clause, readings))]
    views = [view_of(clause, units, readings, spans) for clause in shown]
    asked = [view for view in views if not view.clause.heading or view.clause.id == opened]
    look = [view for view in asked if not view.clear and not view.confirmed]
    cards = [view for view in look if view.clause.id == opened]
    cards += [view for view in look if view.clause.id != opened][: MOST_OPEN - len(cards)]
    return ReviewPage(
        notice=notice,
        pieces=_pieces(notice, views, spans, first=page == 1, last=page == len(cuts)),
        cards=cards,
        waiting=[view for view in look if view not in cards],
        clear=[view for view in asked if view.clear],
        confirmed=[view for view in asked if view.confirmed],
        counts=_counts(clauses),
        lacks=lacks_of_notice(notice),
        page=page,
        pages=len(cuts),
    )


def _read(clause: Clause, readings: dict[tuple[int, int], Fields]) -> list[tuple[Proposal, Fields]]:
    return [(proposal, fields_of(proposal, readings)) for proposal in clause.proposals]


def view_of(
    clause: Clause,
    units: dict[int, UnitName],
    readings: dict[tuple[int, int], Fields],
    spans: list[Span],
) -> ClauseView:
    """Return a clause as the page shows it, its text cut where `spans` begin and end."""
    open_ = clause.verdict is ClauseVerdict.OPEN
    verdict = clause.suggested if open_ else clause.verdict
    text = clause.text.strip()
    start = clause.start + len(clause.text) - len(clause.text.lstrip())
    doubts = {
        Doubt(word): None for proposal in clause.proposals for word in proposal.doubts.split()
    }
    lacks = lacks_of(verdict, clause.reason or ("-" if open_ else ""), counted(clause))
    proposals = [
        _proposal_view(proposal, units, fields) for proposal, fields in _read(clause, readings)
    ]
    steps = [view.confidence for view in proposals if view.confidence]
    return ClauseView(
        clause=clause,
        verdict=verdict,
        segments=stretches(text[:CLIPPED], start, spans),
        clipped=max(0, len(text) - CLIPPED),
        proposals=proposals,
        doubts=list(doubts),
        lacks=list(lacks),
        clear=open_ and not clause.heading and is_clear(clause),
        confidence=least(steps) if steps else None,
    )


def _proposal_view(proposal: Proposal, units: dict[int, UnitName], fields: Fields) -> ProposalView:
    leads = leads_of(proposal)
    coordinating = [part.unit_id for part in proposal.units if not part.lead]
    known = {units[unit_id].name.casefold() for unit_id in coordinating if unit_id in units}
    known |= {units[unit_id].short_name.casefold() for unit_id in coordinating if unit_id in units}
    outside = [name for name in names_in(proposal.coordinate_text) if name.casefold() not in known]
    named = [part for part in proposal.units if part.lead and part.unit_id in units]
    return ProposalView(
        proposal=proposal,
        leads=[units[unit_id].name for unit_id in leads if unit_id in units],
        named=[(part.unit_id, units[part.unit_id].name, part.left_out) for part in named],
        coordinating=[units[unit_id].name for unit_id in coordinating if unit_id in units],
        outside=[] if coordinating else outside,
        clear=clarities(proposal, len(leads)),
        group=is_group(proposal.lead_text, len(named)),
        read=fields,
        confidence=confidence_of(fields),
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
    notice: Notice, views: list[ClauseView], spans: list[Span], *, first: bool, last: bool
) -> list[ClauseView | Frame]:
    """Return the clauses with what lies before, between and after them, so that nothing is lost."""

    def frame(start: int, end: int) -> list[Frame]:
        words = notice.text[start:end].strip()
        begin = start + notice.text[start:end].find(words)
        return [Frame(stretches(words[:CLIPPED], begin, spans))] if words else []

    pieces: list[ClauseView | Frame] = []
    position = 0 if first else (views[0].clause.start if views else 0)
    for view in views:
        pieces += [*frame(position, view.clause.start), view]
        position = max(position, view.clause.end)
    return [*pieces, *frame(position, len(notice.text))] if last else pieces
