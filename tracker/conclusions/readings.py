"""Where and by which rule each field of a proposal was read, as the review says it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.conclusions.models import Clause, Proposal
from tracker.conclusions.review_models import ReadField
from tracker.conclusions.review_rules import names_in
from tracker.conclusions.review_text import Span, found_spans
from tracker.extraction.findings import Confidence, Field, Rule, least
from tracker.extraction.matches import MatchRule

Fields = dict[str, "ReadShown"]


@dataclass(frozen=True)
class ReadShown:
    """One field as it was read: the rules in words, and the key of its marks in the text."""

    key: str
    field: Field
    rules: tuple[StrEnum, ...]
    confidence: Confidence
    stretches: tuple[tuple[int, int], ...]

    @property
    def spans(self) -> list[Span]:
        """Return the words in the notice from which it was read."""
        return [
            Span(start, end, self.key, anchor=place == 0)
            for place, (start, end) in enumerate(self.stretches)
        ]


def readings_of(session: Session, notice_id: int) -> dict[tuple[int, int], Fields]:
    """Return (clause id, ordinal of the proposal as read) → its fields, by the field's name."""
    found: dict[tuple[int, int], Fields] = {}
    for read in session.scalars(
        select(ReadField)
        .join(Clause, Clause.id == ReadField.clause_id)
        .where(Clause.notice_id == notice_id)
    ):
        shown = ReadShown(
            key=f"r{read.id}",
            field=Field(read.field),
            rules=tuple(rules_named([read.rule, *read.ways.split()])),
            confidence=Confidence(read.confidence),
            stretches=tuple(read.stretches),
        )
        found.setdefault((read.clause_id, read.ordinal), {})[read.field] = shown
    return found


def rules_named(ids: Iterable[str]) -> list[StrEnum]:
    """Return the rules of these ids; one that has gone since is left out."""
    known: dict[str, StrEnum] = {rule.value: rule for words in (Rule, MatchRule) for rule in words}
    return [known[rule_id] for rule_id in ids if rule_id in known]


def fields_of(proposal: Proposal, readings: dict[tuple[int, int], Fields]) -> Fields:
    """Return what was read of a proposal; nothing of one that a person added."""
    if proposal.read_as is None:
        return {}
    return readings.get((proposal.clause_id, proposal.read_as), {})


def confidence_of(fields: Fields) -> Confidence | None:
    """Return how sure the reading of a proposal is: as its least sure field. None: not read."""
    steps = [field.confidence for field in fields.values()]
    return least(steps) if steps else None


def spans_of(clause: Clause, proposals: Iterable[tuple[Proposal, Fields]]) -> list[Span]:
    """Return what of the text the proposals of a clause were read from."""
    spans: list[Span] = []
    for proposal, fields in proposals:
        spans.append(
            Span(proposal.start, proposal.end, f"q{proposal.id}", plain=True, anchor=False)
        )
        for field in fields.values():
            spans += field.spans
        if not fields:
            names = [(name, f"l{proposal.id}") for name in names_in(proposal.lead_text)]
            words = [*names, (proposal.deadline_text, f"d{proposal.id}")]
            spans += found_spans(clause.text, clause.start, words)
    return spans
