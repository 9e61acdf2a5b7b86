"""Two editions are compared by names first, then by codes."""

from decimal import Decimal

from tracker.criteria.comparing import Fate, Item, compare


def items(*rows):
    return [Item(code, name, Decimal(most)) for code, name, most in rows]


def test_criteria_continue_move_come_and_go():
    old = items(("1", "Chỉ đạo", 5), ("2", "Thể chế", 5), ("3", "Dịch vụ công", 3), ("4", "Cũ", 1))
    new = items(
        ("1", "Chỉ  đạo", 4), ("2", "Dịch vụ công", 3), ("3", "Mới", 2), ("5", "Thể chế", 5)
    )

    found = [(c.fate, c.old and c.old.code, c.new and c.new.code) for c in compare(old, new)]

    assert found == [
        (Fate.CONTINUES, "1", "1"),
        (Fate.MOVED, "3", "2"),
        (Fate.NEW, None, "3"),
        (Fate.MOVED, "2", "5"),
        (Fate.GONE, "4", None),
    ]
    assert compare(old, new)[0].points_changed


def test_where_names_repeat_codes_decide():
    old = items(("1.a", "Đạt", 1), ("1.b", "Đạt", 1))

    assert {c.fate for c in compare(old, items(("1.a", "Đạt", 1), ("1.b", "Đạt", 1)))} == {
        Fate.CONTINUES
    }
