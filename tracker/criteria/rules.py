"""Kinds of scoring rules. Pure."""

from enum import StrEnum

from tracker.errors import N_
from tracker.words import name_words


class RuleKind(StrEnum):
    """How a criterion is scored (DOMAIN 2.6)."""

    GROUP = "group"
    STEPPED = "stepped"
    YES_NO = "yes_no"
    RATIO = "ratio"
    JUDGED = "judged"
    SURVEY = "survey"
    BONUS = "bonus"
    PENALTY = "penalty"


name_words(
    {
        RuleKind.GROUP: N_("Sum of its parts"),
        RuleKind.STEPPED: N_("Stepped"),
        RuleKind.YES_NO: N_("Yes or no"),
        RuleKind.RATIO: N_("Ratio"),
        RuleKind.JUDGED: N_("Judged"),
        RuleKind.SURVEY: N_("Survey"),
        RuleKind.BONUS: N_("Bonus"),
        RuleKind.PENALTY: N_("Penalty"),
    }
)
