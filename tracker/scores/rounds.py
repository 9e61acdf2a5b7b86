"""The rounds of an assessment: who enters what until when, and what closing one asks for. Pure.

Self-score with evidence or a written explanation → appraisal 1 → explanation and additions →
appraisal 2 → final (DOMAIN 2.3). A closed round refuses its columns and those of rounds before.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.criteria.rules import RuleKind
from tracker.errors import N_
from tracker.words import name_words


class Round(StrEnum):
    """The rounds, in their order."""

    SELF = "self"
    APPRAISAL_1 = "appraisal-1"
    ADDITIONS = "additions"
    APPRAISAL_2 = "appraisal-2"
    FINAL = "final"


name_words(
    {
        Round.SELF: N_("Self-score"),
        Round.APPRAISAL_1: N_("Appraisal 1"),
        Round.ADDITIONS: N_("Explanation and additions"),
        Round.APPRAISAL_2: N_("Appraisal 2"),
        Round.FINAL: N_("Final score"),
    }
)

ORDER = list(Round)

COLUMNS: dict[Round, tuple[str, ...]] = {
    Round.SELF: ("self_score", "explanation", "part", "whole"),
    Round.APPRAISAL_1: ("appraised_1", "note_1"),
    Round.ADDITIONS: ("addition",),
    Round.APPRAISAL_2: ("appraised_2", "note_2"),
    Round.FINAL: ("survey_score", "final_score", "not_applicable"),
}
"""Which columns of a score are written in which round."""

ROUND_OF = {name: round_ for round_, names in COLUMNS.items() for name in names}


@dataclass(frozen=True)
class Entry:
    """What closing a round looks at, of one leaf; `evidence` counts the pieces attached."""

    code: str
    kind: RuleKind
    survey: bool
    not_applicable: bool = False
    self_score: Decimal | None = None
    appraised_1: Decimal | None = None
    appraised_2: Decimal | None = None
    survey_score: Decimal | None = None
    final_score: Decimal | None = None
    explanation: str = ""
    evidence: int = 0

    @property
    def surveyed(self) -> bool:
        """Tell whether the points come from a survey: nobody scores themselves there."""
        return self.survey or self.kind is RuleKind.SURVEY

    @property
    def settled(self) -> Decimal | None:
        """The final score: as entered, else the survey's, else the last appraised one."""
        given = (
            (self.final_score, self.survey_score)
            if self.surveyed
            else (self.final_score, self.appraised_2, self.appraised_1)
        )
        return next((points for points in given if points is not None), None)


def next_round(closed: Collection[Round]) -> Round | None:
    """Return the round that runs: the first that is not closed; None when all are."""
    return next((round_ for round_ in ORDER if round_ not in closed), None)


def refuses(column: str, closed: Collection[Round]) -> Round | None:
    """Return the closed round that keeps `column` from being written, if there is one."""
    own = ROUND_OF[column]
    later = ORDER[ORDER.index(own) :]
    return next((round_ for round_ in later if round_ in closed), None)


def lacking(round_: Round, entries: Iterable[Entry]) -> list[str]:
    """Return the codes of the leaves that keep a round from closing, in their order.

    Self-score: a leaf without a score, or with neither evidence nor an explanation. Appraisal 1:
    a self-scored leaf that nobody appraised. Final: a leaf without any score to settle on.
    """
    return [item.code for item in entries if not item.not_applicable and _lacks(round_, item)]


def _lacks(round_: Round, item: Entry) -> bool:
    beside = item.kind in {RuleKind.BONUS, RuleKind.PENALTY}
    match round_:
        case Round.SELF:
            if item.surveyed or (beside and item.self_score is None):
                return False
            return item.self_score is None or not (item.evidence or item.explanation.strip())
        case Round.APPRAISAL_1:
            return item.self_score is not None and item.appraised_1 is None and not item.surveyed
        case Round.FINAL:
            return item.settled is None and not beside
        case _:
            return False
