"""Tables of a PDF page, found by their drawn lines. Pure."""

from collections import defaultdict
from collections.abc import Iterable

from tracker.evidence.pdf_lines import Char, Page, Row, Rule, joined, lines_of

TOUCH = 3.0  # points within which lines meet
FEWEST_LINES = 3
MOST_LINES = 400


def take_tables(page: Page) -> tuple[list[Row], list[Char]]:
    """Return the rows of all tables on `page`, and the letters that stand in none."""
    rows: list[Row] = []
    rest = page.chars
    for rules in _connected(_merged(page.rules)):
        xs = sorted({rule.at for rule in rules if not rule.level})
        ys = sorted({rule.at for rule in rules if rule.level}, reverse=True)
        if len(xs) < FEWEST_LINES or len(ys) < FEWEST_LINES - 1:
            continue
        inside = [c for c in rest if xs[0] <= _x(c) <= xs[-1] and ys[-1] <= _y(c) <= ys[0]]
        if not inside:
            continue
        taken = set(map(id, inside))
        rest = [char for char in rest if id(char) not in taken]
        rows += _rows(xs, ys, rules, inside)
    return rows, rest


def _x(char: Char) -> float:
    return (char.left + char.right) / 2


def _y(char: Char) -> float:
    return (char.bottom + char.top) / 2


def _merged(rules: Iterable[Rule]) -> list[Rule]:
    """Return the lines with pieces joined and both edges of a thick line made one."""
    found: list[Rule] = []
    for level in (True, False):
        kept: list[Rule] = []
        for rule in sorted((r for r in rules if r.level is level), key=lambda r: (r.at, r.start)):
            at = next((k.at for k in reversed(kept[-40:]) if rule.at - k.at <= TOUCH), rule.at)
            kept.append(Rule(level, at, rule.start, rule.end))
        by_place: dict[float, list[Rule]] = defaultdict(list)
        for rule in kept:
            by_place[rule.at].append(rule)
        for at, pieces in by_place.items():
            pieces.sort(key=lambda r: r.start)
            start, end = pieces[0].start, pieces[0].end
            for piece in pieces[1:]:
                if piece.start > end + TOUCH:
                    found.append(Rule(level, at, start, end))
                    start = piece.start
                end = max(end, piece.end)
            found.append(Rule(level, at, start, end))
    return [rule for rule in found if rule.end - rule.start > 2 * TOUCH][:MOST_LINES]


def _connected(rules: list[Rule]) -> list[list[Rule]]:
    """Return the lines in groups that touch one another."""
    group = list(range(len(rules)))

    def root(index: int) -> int:
        while group[index] != index:
            group[index] = group[group[index]]
            index = group[index]
        return index

    for i, level in enumerate(rules):
        for j, upright in enumerate(rules):
            if level.level and not upright.level and _meet(level, upright):
                group[root(i)] = root(j)
    groups: dict[int, list[Rule]] = defaultdict(list)
    for index, rule in enumerate(rules):
        groups[root(index)].append(rule)
    return list(groups.values())


def _meet(level: Rule, upright: Rule) -> bool:
    across = level.start - TOUCH <= upright.at <= level.end + TOUCH
    return across and upright.start - TOUCH <= level.at <= upright.end + TOUCH


def _rows(xs: list[float], ys: list[float], rules: list[Rule], chars: list[Char]) -> list[Row]:
    """Return the rows; the words of merged cells stand in their first cell."""
    width, height = len(xs) - 1, len(ys) - 1
    owner = {(row, column): (row, column) for row in range(height) for column in range(width)}
    for row in range(height):
        for column in range(width):
            x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
            if column and not _ruled(rules, level=False, at=xs[column], through=y):
                owner[row, column] = owner[row, column - 1]
            elif row and not _ruled(rules, level=True, at=ys[row], through=x):
                owner[row, column] = owner[row - 1, column]
    cells: dict[tuple[int, int], list[Char]] = defaultdict(list)
    for char in chars:
        row = next((r for r in range(height) if _y(char) >= ys[r + 1]), height - 1)
        column = next((c for c in range(width) if _x(char) <= xs[c + 1]), width - 1)
        cells[owner[row, column]].append(char)
    return [
        Row(ys[row + 1], cells=[_cell(cells[row, column]) for column in range(width)])
        for row in range(height)
    ]


def _ruled(rules: list[Rule], *, level: bool, at: float, through: float) -> bool:
    return any(
        rule.level is level and rule.at == at and rule.start - TOUCH <= through <= rule.end + TOUCH
        for rule in rules
    )


def _cell(chars: list[Char]) -> str:
    words = ""
    for line in lines_of(chars):
        text = " ".join(chunk.text for chunk in line).replace("|", "/")
        words = joined(words, text) if words else text
    return words
