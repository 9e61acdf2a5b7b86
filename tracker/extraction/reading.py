"""Read a notice: its clauses, and for each the tasks that it seems to give."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tracker.deadlines.rules import Deadline
from tracker.extraction.blocks import Block, Level, find_blocks
from tracker.extraction.directory import UnitDirectory
from tracker.extraction.drafts import Draft, Named, Timed
from tracker.extraction.edges import Stretch
from tracker.extraction.findings import Confidence, Field, Finding, least, trust
from tracker.extraction.grammar import Reader
from tracker.extraction.letterhead import Letterhead, read_letterhead
from tracker.extraction.matches import Match
from tracker.extraction.names import clean
from tracker.extraction.passing import NoTask, why_no_task
from tracker.extraction.source import Source
from tracker.extraction.timing import Timing
from tracker.extraction.titles import short_title
from tracker.workdays import WorkCalendar

TITLE_LENGTH = 300


class ClauseKind(StrEnum):
    """What a clause is at first sight; the secretary decides."""

    HEADING = "heading"
    TASK = "task"
    TARGET = "target"
    GUIDANCE = "guidance"
    TEXT = "text"


class ProposalKind(StrEnum):
    """What a proposal would become."""

    TASK = "task"
    TARGET = "target"
    GUIDANCE = "guidance"


@dataclass(frozen=True)
class Proposal:
    """One proposed task; `original[start:end]` is its quote, names stand as written.

    `lead_matches` and `coordinate_matches` answer the names in order when a directory was given.
    `findings` say of each field by which rule and from which words it was read.
    """

    start: int
    end: int
    quote: str
    title: str
    lead: tuple[str, ...]
    coordinate: tuple[str, ...]
    deadline: Deadline
    kind: ProposalKind
    clause: str
    product: str = ""
    lead_matches: tuple[Match, ...] = ()
    coordinate_matches: tuple[Match, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def confidence(self) -> Confidence:
        """Return how sure the reading is as a whole: as its least sure field."""
        return least([finding.confidence for finding in self.findings])

    def found(self, field: Field) -> tuple[Finding, ...]:
        """Return the findings of one field, in the order of the text."""
        return tuple(finding for finding in self.findings if finding.field is field)


@dataclass(frozen=True)
class Clause:
    """One numbered item or paragraph: `original[start:end]` is its text.

    `why` says of a clause that is no heading and holds no proposal what it is instead.
    """

    label: str
    start: int
    end: int
    text: str
    kind: ClauseKind
    depth: int
    proposals: tuple[Proposal, ...] = ()
    why: NoTask | None = None


@dataclass(frozen=True)
class Span:
    """A stretch of the file's characters that belongs to no clause: letterhead, recipients."""

    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """A text as read. Clauses and frame together hold every character exactly once."""

    clauses: tuple[Clause, ...]
    frame: tuple[Span, ...]
    letterhead: Letterhead

    @property
    def proposals(self) -> tuple[Proposal, ...]:
        """Return the proposals of all clauses, in the order of the text."""
        return tuple(proposal for clause in self.clauses for proposal in clause.proposals)


def read_notice(
    text: str,
    *,
    issued_on: date | None = None,
    directory: UnitDirectory | None = None,
    calendar: WorkCalendar | None = None,
    before_excludes_day: bool = False,
) -> Reading:
    """Read a notice, news item, letter or plan.

    All offsets count characters of `text` itself. `issued_on` resolves dates without a year; left
    out, the date of the letterhead does. Names are never guessed: a match says how sure it is.
    """
    source = Source.of(text)
    letterhead = read_letterhead(source.text)
    words = _without(source.text, letterhead.frame)
    blocks = find_blocks(words)
    timing = Timing(
        words, issued_on or letterhead.issued_on, calendar or WorkCalendar(), before_excludes_day
    )
    reader = Reader(words, timing)
    drafts = reader.read(blocks)
    clauses: list[Clause] = []
    frame: list[Span] = []
    stretches = [*letterhead.frame]
    position = 0
    for index, block in enumerate(blocks):
        last = index + 1 == len(blocks)
        stop = len(source.text) if last else blocks[index + 1].start
        while stretches and stretches[0].start < block.start:
            begins = max(position, source.start_of(stretches[0].start))
            position = max(position, source.start_of(stretches.pop(0).end))
            frame.append(Span(begins, position))
        end = source.start_of(min(stop, stretches[0].start) if stretches else stop)
        start, position = position, end
        if index in reader.frames:
            frame.append(Span(start, end))
            continue
        proposals = tuple(_proposal(source, draft, directory) for draft in drafts[index])
        heading = index in reader.headings or (not last and _heads(block, blocks[index + 1]))
        kind = _kind(block, proposals, heading=heading)
        words_of = text[start:end]
        why = None if proposals or kind is ClauseKind.HEADING else why_no_task(words_of)
        clauses.append(Clause(block.label, start, end, words_of, kind, block.depth, proposals, why))
    if position < len(text):
        frame.append(Span(position, len(text)))
    return Reading(tuple(clauses), tuple(frame), letterhead)


def _without(text: str, frame: tuple[Stretch, ...]) -> str:
    """Return `text` with the letterhead and the like blanked, of the same length."""
    pieces, position = [], 0
    for stretch in frame:
        pieces += [text[position : stretch.start], "\n" * (stretch.end - stretch.start)]
        position = stretch.end
    return "".join([*pieces, text[position:]])


def _proposal(source: Source, draft: Draft, directory: UnitDirectory | None) -> Proposal:
    start, end = source.start_of(draft.start), source.end_of(draft.end)
    words = clean(source.text[draft.action : draft.end].replace("|", " "))
    words = short_title(words, draft.coordinate.names, clean(draft.time.deadline.text))
    title = words[:1].upper() + words[1:]
    if len(title) > TITLE_LENGTH:
        title = title[:TITLE_LENGTH].rsplit(" ", 1)[0] + "…"
    kind = ProposalKind.TARGET if draft.target else ProposalKind.TASK
    leads = tuple(directory.match(name) for name in draft.lead.names) if directory else ()
    others = tuple(directory.match(name) for name in draft.coordinate.names) if directory else ()
    return Proposal(
        start,
        end,
        source.original[start:end],
        title,
        draft.lead.names,
        draft.coordinate.names,
        draft.time.deadline,
        kind,
        draft.label,
        draft.product.names[0] if draft.product else "",
        leads,
        others,
        tuple(_findings(source, draft, {Field.LEAD: leads, Field.COORDINATE: others})),
    )


def _findings(
    source: Source, draft: Draft, matches: dict[Field, tuple[Match, ...]]
) -> Iterator[Finding]:
    """Say of each field of a draft which rule read it from which words.

    A name that is not surely a unit, and a year that the words leave out, make a field less sure.
    """
    parts: tuple[tuple[Field, Named | Timed], ...] = (
        (Field.LEAD, draft.lead),
        (Field.COORDINATE, draft.coordinate),
        (Field.DEADLINE, draft.time),
        (Field.PRODUCT, draft.product),
        (Field.KIND, Named((), draft.kind, ((draft.start, draft.start),))),
    )
    for name, part in parts:
        steps = [trust(part.rule), *(match.step for match in matches.get(name, ()))]
        if name is Field.DEADLINE and draft.time.deadline.inferred_year:
            steps.append(Confidence.LIKELY)
        for start, end in part.at:
            first, last = source.start_of(start), source.end_of(end)
            yield Finding(name, part.rule, first, max(first, last), least(steps))


def _heads(block: Block, following: Block) -> bool:
    """Tell whether the next block is an item of this one."""
    return (
        block.level is not Level.PLAIN
        and following.depth > block.depth
        and following.path[: block.depth] == block.path
    )


def _kind(block: Block, proposals: tuple[Proposal, ...], *, heading: bool) -> ClauseKind:
    if any(proposal.kind is ProposalKind.TASK for proposal in proposals):
        return ClauseKind.TASK
    if proposals:
        return ClauseKind.TARGET
    if heading:
        return ClauseKind.HEADING
    return ClauseKind.TEXT if block.level is Level.PLAIN else ClauseKind.GUIDANCE
