"""Codes in their order, kinds of rules, maxima that do not add up."""

from decimal import Decimal

import pytest

from tracker.criteria.rules import (
    Mismatch,
    Node,
    RuleKind,
    check_points,
    circle,
    code_order,
    mismatches,
    settled_kind,
)
from tracker.errors import BadInput, RuleViolation


@pytest.mark.parametrize(
    "ordered",
    [
        ["1", "1.1", "1.2", "1.2.1", "1.10", "2", "10"],
        ["I", "I.1", "I.1.a", "I.1.b", "II", "IV", "IX", "X"],
        ["II.5.2.a", "II.5.2.d", "II.5.2.đ", "II.5.2.e", "II.5.2.g"],
    ],
)
def test_codes_stand_as_a_reader_counts(ordered):
    backwards = ordered[::-1]

    assert sorted(backwards, key=code_order) == ordered


def test_what_is_not_said_is_judged_on_a_leaf_and_a_group_above():
    assert settled_kind(None, has_parts=False) is RuleKind.JUDGED
    assert settled_kind(None, has_parts=True) is RuleKind.GROUP
    assert settled_kind(RuleKind.RATIO, has_parts=False) is RuleKind.RATIO


def test_what_is_scored_itself_cannot_have_parts():
    with pytest.raises(RuleViolation, match="group"):
        settled_kind(RuleKind.STEPPED, has_parts=True)


@pytest.mark.parametrize("points", ["0", "2", "0.25", "1.9999"])
def test_points_from_0_to_the_maximum_are_taken(points):
    assert check_points(Decimal(points), most=Decimal(2)) == Decimal(points)


@pytest.mark.parametrize("points", ["-0.01", "2.0001", "1.00001", "200"])
def test_points_outside_are_refused(points):
    with pytest.raises(BadInput):
        check_points(Decimal(points), most=Decimal(2))


def node(code, parent, points, kind=RuleKind.JUDGED):
    return Node(code, parent, Decimal(points), kind)


def test_maxima_that_do_not_add_up_are_named_with_both_numbers():
    nodes = [
        node("1", None, "5", RuleKind.GROUP),
        node("1.1", "1", "1.25"),
        node("1.2", "1", "3.5"),
        node("2", None, "95"),
    ]

    assert mismatches(nodes, Decimal(100)) == [Mismatch("1", Decimal(5), Decimal("4.75"))]


def test_a_scale_that_the_fields_do_not_fill_is_named_first():
    found = mismatches([node("1", None, "59")], Decimal(60))

    assert found == [Mismatch("", Decimal(60), Decimal(59))]


def test_bonus_and_penalty_stand_beside_the_maximum():
    nodes = [
        node("1", None, "100"),
        node("T", None, "5", RuleKind.BONUS),
        node("P", None, "5", RuleKind.PENALTY),
    ]

    assert mismatches(nodes, Decimal(100)) == []


def test_a_circle_is_seen_only_by_those_on_it():
    parents = {"a": "b", "b": "c", "c": "b", "d": None}

    assert circle(parents, "b")
    assert circle(parents, "c")
    assert not circle(parents, "a")
    assert not circle(parents, "d")
