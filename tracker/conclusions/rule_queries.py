"""How often the rules of reading were overruled, by rule and field, with examples."""

import dataclasses
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker.conclusions.models import Clause, Notice
from tracker.conclusions.readings import rules_named
from tracker.conclusions.review_models import ReadField
from tracker.conclusions.review_rules import Outcome
from tracker.extraction.findings import Field
from tracker.permissions import Actor

MOST_EXAMPLES = 3
LOOKED_THROUGH = 500
"""How many of the newest corrections are looked through for examples."""


@dataclass(frozen=True)
class Example:
    """One correction: what was read, what was issued instead, and where."""

    notice_id: int
    notice: str
    clause: str
    read: str
    issued: str
    outcome: Outcome


@dataclass
class RuleRow:
    """What became of everything that one rule read."""

    field: Field
    rule: str
    counts: dict[Outcome, int] = dataclasses.field(default_factory=dict)
    examples: list[Example] = dataclasses.field(default_factory=list)

    @property
    def total(self) -> int:
        """Return how many fields the rule read in notices whose work is assigned."""
        return sum(self.counts.values())

    @property
    def overruled(self) -> int:
        """Return how many of them were corrected or removed."""
        return self.total - self.counts.get(Outcome.KEPT, 0)

    @property
    def words(self) -> object:
        """Return the rule itself, or its id if it is known no more."""
        return next(iter(rules_named([self.rule])), None)


def rules_judged(session: Session, actor: Actor) -> list[RuleRow]:
    """Return the rules that read the notices of the actor's committees, the most overruled first.

    Only notices whose work is assigned count: before that nothing is decided.
    """
    own = Notice.committee_id.in_(actor.committee_ids)
    counted = session.execute(
        select(ReadField.field, ReadField.rule, ReadField.outcome, func.count())
        .join(Clause, Clause.id == ReadField.clause_id)
        .join(Notice, Notice.id == Clause.notice_id)
        .where(own, ReadField.outcome.is_not(None))
        .group_by(ReadField.field, ReadField.rule, ReadField.outcome)
    )
    rows: dict[tuple[str, str], RuleRow] = {}
    for name, rule, outcome, count in counted:
        row = rows.setdefault((name, rule), RuleRow(Field(name), rule))
        if outcome is not None:
            row.counts[outcome] = count
    for name, rule, example in _corrections(session, actor):
        examples = rows[name, rule].examples
        if len(examples) < MOST_EXAMPLES:
            examples.append(example)
    return sorted(rows.values(), key=lambda row: (-row.overruled, row.field, row.rule))


def _corrections(session: Session, actor: Actor) -> list[tuple[str, str, Example]]:
    rows = session.execute(
        select(ReadField, Clause.label, Clause.position, Notice.id, Notice.number)
        .join(Clause, Clause.id == ReadField.clause_id)
        .join(Notice, Notice.id == Clause.notice_id)
        .where(
            Notice.committee_id.in_(actor.committee_ids),
            ReadField.outcome.in_((Outcome.CHANGED, Outcome.REMOVED)),
        )
        .order_by(ReadField.id.desc())
        .limit(LOOKED_THROUGH)
    )
    return [
        (
            read.field,
            read.rule,
            Example(
                notice_id,
                number,
                label or f"¶{position}",
                read.value,
                read.issued,
                read.outcome or Outcome.CHANGED,
            ),
        )
        for read, label, position, notice_id, number in rows
    ]
