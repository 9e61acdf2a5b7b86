"""Kinds of scoring rules, the order of codes, maxima that do not add up. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.errors import N_, BadInput, RuleViolation
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


ALPHABET = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
"""Vietnamese order of letters: item đ) stands between d) and e)."""

BESIDE_THE_MAXIMUM = frozenset({RuleKind.BONUS, RuleKind.PENALTY})
"""Kinds whose points are outside the maximum of an edition."""

POINT_PLACES = 4
MOST_POINTS = Decimal(100_000)

_ROMAN = re.compile(r"M{0,3}(CM|CD|D?C{0,3})(XC|XL|L?X{0,3})(IX|IV|V?I{0,3})")
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_TOKEN = re.compile(r"[0-9]+|[^\W\d_]+")


@dataclass(frozen=True)
class Node:
    """One criterion as its tree sees it; `parent` is the code above it."""

    code: str
    parent: str | None
    max_points: Decimal
    kind: RuleKind


@dataclass(frozen=True)
class Mismatch:
    """A maximum as printed that differs from the sum of its parts; blank `code`: the scale."""

    code: str
    printed: Decimal
    parts: Decimal


def code_order(code: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key: 1.2 before 1.10, II before IX, d before đ before e."""
    return tuple(_token_order(token) for token in _TOKEN.findall(code))


def _token_order(token: str) -> tuple[int, int, str]:
    if token.isdecimal():
        return 0, int(token), ""
    if _ROMAN.fullmatch(token):
        return 0, _roman(token), token
    low = token.lower()
    return 1, ALPHABET.find(low) if len(low) == 1 else len(ALPHABET), low


def _roman(token: str) -> int:
    values = [_ROMAN_VALUES[letter] for letter in token]
    following = [*values[1:], 0]
    return sum(-one if one < two else one for one, two in zip(values, following, strict=True))


def settled_kind(said: RuleKind | None, *, has_parts: bool) -> RuleKind:
    """Return the kind of a rule; what is not said is judged on a leaf, a group above.

    RuleViolation: something scored itself has parts.
    """
    if not has_parts:
        return said or RuleKind.JUDGED
    if said not in {None, RuleKind.GROUP}:
        raise RuleViolation(
            N_("This criterion has parts, so its rule is “group” (the sum of its parts).")
        )
    return RuleKind.GROUP


def check_points(points: Decimal, *, most: Decimal = MOST_POINTS) -> Decimal:
    """Return `points`. BadInput: below 0, above `most`, or more than four decimal places."""
    if points < 0:
        raise BadInput(N_("Points cannot be below 0."))
    if points != round(points, POINT_PLACES):
        raise BadInput(N_("Write points with at most four decimal places."))
    if points > most:
        raise BadInput(
            N_("%(points)s is more than the maximum of %(most)s."),
            points=plain(points),
            most=plain(most),
        )
    return points


def plain(points: Decimal) -> str:
    """Return points as a sentence shows them: without trailing zeros, with decimal comma."""
    text = format(points.normalize(), "f")
    return text.replace(".", ",")


def mismatches(nodes: Sequence[Node], scale: Decimal) -> list[Mismatch]:
    """Return every maximum that differs from the sum of its parts, the scale first.

    Printed tables do have such differences (DOMAIN 2.6, II.5), so they are shown, never mended.
    Bonus and penalty stand beside the maximum.
    """
    sums: dict[str | None, Decimal] = {}
    for node in nodes:
        if node.kind not in BESIDE_THE_MAXIMUM:
            sums[node.parent] = sums.get(node.parent, Decimal(0)) + node.max_points
    found = [
        Mismatch(node.code, node.max_points, sums[node.code])
        for node in nodes
        if node.code in sums and sums[node.code] != node.max_points
    ]
    whole = sums.get(None, Decimal(0))
    return [Mismatch("", scale, whole), *found] if nodes and whole != scale else found


def circle(parents: Mapping[str, str | None], code: str) -> bool:
    """Tell whether `code` is above itself."""
    seen = {code}
    above = parents.get(code)
    while above is not None:
        if above in seen:
            return above == code
        seen.add(above)
        above = parents.get(above)
    return False
