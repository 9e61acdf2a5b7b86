"""Computing points from a criterion's rule, and saying how. Pure."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from tracker.criteria.rules import RuleKind, plain
from tracker.errors import N_, BadInput

HUNDRED = Decimal(100)
CENT = Decimal("0.01")

_NUMBER = r"\d+(?:[.,]\d+)?"
_POINTS = re.compile(rf"^(?P<words>.*\S)\s*[:\s]\s*(?P<points>{_NUMBER})\s*(?:đ|điểm)?$")
_RANGE = re.compile(
    rf"(?P<low>{_NUMBER})\s*%?\s*(?:–|-|đến)\s*(?:dưới\s+|<\s*)?(?P<high>{_NUMBER})\s*%"
)
_BOUND = re.compile(rf"(?P<sign>≥|>=|>|≤|<=|<|trên|dưới|từ)\s*(?P<value>{_NUMBER})\s*%")
_ABOVE = {"≥": True, ">=": True, "từ": True, ">": True, "trên": True}
_STRICT = frozenset({">", "<", "trên", "dưới"})


@dataclass(frozen=True)
class Step:
    """One step of a stepped or yes/no rule: its words as printed and the points it gives."""

    words: str
    points: Decimal

    def holds(self, percent: Decimal) -> bool:
        """Tell whether a percentage lies on this step; False where the words name none."""
        if found := _RANGE.search(self.words):
            return _decimal(found["low"]) <= percent <= _decimal(found["high"])
        if found := _BOUND.search(self.words.lower()):
            value, sign = _decimal(found["value"]), found["sign"]
            if percent == value:
                return sign not in _STRICT
            return (percent > value) is (sign in _ABOVE)
        return False


@dataclass(frozen=True)
class Computed:
    """Points that follow from the rule, and the sentence (message id and parameters) saying how."""

    points: Decimal
    how: str
    params: dict[str, str]


def steps_of(rule_text: str) -> list[Step]:
    """Return the steps of a printed rule ("> 90 %: 2; 70–90 %: 1; < 70 %: 0"), else an empty list.

    A part without points ("không giao: không chấm") is no step; one step alone is no rule.
    """
    found = []
    for part in re.split(r"\s*[;\n]\s*", rule_text.strip().rstrip(".")):
        match = _POINTS.match(part)
        if match:
            found.append(Step(match["words"].rstrip(" :"), _decimal(match["points"])))
    return found if len(found) > 1 else []


def computed(
    kind: RuleKind,
    rule_text: str,
    max_points: Decimal,
    numerator: Decimal | None,
    denominator: Decimal | None,
) -> Computed | None:
    """Return what `numerator` of `denominator` gives by the rule; None: it does not compute.

    Where the rule prints steps, the step on which the percentage lies gives its points; else a
    ratio gives a/b × the maximum, at most the maximum, rounded half up to the cent. BadInput:
    nothing to divide by.
    """
    if numerator is None or denominator is None:
        return None
    if denominator <= 0 or numerator < 0:
        raise BadInput(N_("Give how many there are in all, more than 0."), field="denominator")
    percent = numerator * HUNDRED / denominator
    words = {
        "part": plain(numerator),
        "whole": plain(denominator),
        "percent": plain(percent.quantize(CENT, ROUND_HALF_UP)),
        "most": plain(max_points),
    }
    step = next((step for step in steps_of(rule_text) if step.holds(percent)), None)
    if kind in {RuleKind.RATIO, RuleKind.STEPPED} and step is not None:
        return Computed(
            min(step.points, max_points),
            N_("%(part)s of %(whole)s = %(percent)s %%, on the step “%(step)s”"),
            words | {"step": step.words},
        )
    if kind is RuleKind.RATIO:
        share = min(numerator / denominator, Decimal(1)) * max_points
        return Computed(
            share.quantize(CENT, ROUND_HALF_UP),
            N_("%(part)s of %(whole)s = %(percent)s %%, times the maximum of %(most)s"),
            words,
        )
    return None


def attainable(kind: RuleKind, rule_text: str, max_points: Decimal) -> list[Decimal]:
    """Return the scores that a rule can give, rising; empty where any score is possible."""
    if kind is RuleKind.YES_NO:
        return [Decimal(0), max_points]
    if kind is RuleKind.STEPPED:
        return sorted({min(step.points, max_points) for step in steps_of(rule_text)})
    return []


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))
