"""What a written name stands for in the unit directory, by which rule, and how sure that is."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.errors import N_
from tracker.extraction.findings import Confidence
from tracker.words import name_words

SURE = 95
LIKELY = 60
"""From these on a match counts as sure, and as likely."""


class MatchRule(StrEnum):
    """How a written name was tied to units, or why it was not."""

    NAME = "unit.name"
    SPELLING = "unit.spelling"
    POST = "unit.post"
    ABBREVIATION = "unit.abbreviation"
    PLACE = "unit.place"
    SUCCESSOR = "unit.successor"
    LIST = "unit.list"
    GROUP = "unit.group"
    KINDS = "unit.kinds"
    VAGUE = "unit.vague"
    TWINS = "unit.twins"
    ENDED = "unit.ended"
    NEAREST = "unit.nearest"
    UNKNOWN = "unit.unknown"


name_words(
    {
        MatchRule.NAME: N_("Written as in the list of units."),
        MatchRule.SPELLING: N_("Written as in the list of units but for accents."),
        MatchRule.POST: N_("A person by post: the unit that the post belongs to."),
        MatchRule.ABBREVIATION: N_("Initials that only one unit has."),
        MatchRule.PLACE: N_("Only one unit has this name; the place is said by one of the two."),
        MatchRule.SUCCESSOR: N_("This unit had ended by then; its successor was taken."),
        MatchRule.LIST: N_("A list written in one: every name in it is known."),
        MatchRule.GROUP: N_("A group that is defined."),
        MatchRule.KINDS: N_("A group: all units of the kinds that it names."),
        MatchRule.VAGUE: N_("A group that does not say which of its units are meant."),
        MatchRule.TWINS: N_("Several units have this name."),
        MatchRule.ENDED: N_("This unit had ended by then, and several or no successors are known."),
        MatchRule.NEAREST: N_("Not in the list of units; the most similar name is shown."),
        MatchRule.UNKNOWN: N_("Not in the list of units."),
    }
)


@dataclass(frozen=True)
class Match:
    """What a written name stands for: units, how sure (0 to 100), and the next best code.

    Several codes mean a group that fans out. No code: nobody is guessed, `runner_up` may help
    the secretary to choose. `former` is the code of an ended unit whose successor was taken.
    """

    name: str
    codes: tuple[str, ...] = ()
    confidence: int = 0
    runner_up: str = ""
    group: bool = False
    rule: MatchRule = MatchRule.UNKNOWN
    former: str = ""

    @property
    def step(self) -> Confidence:
        """Return the confidence in three steps."""
        if not self.codes or self.confidence < LIKELY:
            return Confidence.DOUBTFUL
        return Confidence.SURE if self.confidence >= SURE else Confidence.LIKELY
