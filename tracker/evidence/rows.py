"""How the rows of a table become lines of text. Pure."""

import re
from collections.abc import Sequence

from tracker.folding import fold

# Words of the tables without lines in which letterhead and signature stand side by side.
_LAYOUT = re.compile(
    r"cong hoa xa hoi chu nghia viet nam|doc lap ?[-–] ?tu do|dang cong san viet nam|noi nhan ?:?"
    r"|(?:^|\W)so ?:[^|]{0,30}/|^(?:tm|kt|tl|tuq|t/m)\W|, ngay [\d .…]*thang [\d .…]*nam"
)
LONGEST_LAYOUT_CELL = 1_200


def row_lines(cells: Sequence[Sequence[str]]) -> list[str]:
    """Return the lines of one row, given the lines of its cells.

    Cells are joined by " | "; a lone cell is a mere frame, and the two columns of a letterhead
    or of a signature are set one below the other.
    """
    filled = [[line for line in cell if line.strip()] for cell in cells]
    if len(cells) == 1:
        return list(cells[0])
    if is_layout(filled):
        return [line for cell in filled for line in cell]
    return [" | ".join(" ".join(" ".join(cell).split()) for cell in filled)]


def is_layout(cells: Sequence[Sequence[str]]) -> bool:
    """Tell a row that only sets things side by side from one of a table."""
    texts = [" ".join(cell) for cell in cells if cell]
    return (
        0 < len(texts) <= 2
        and len(cells) <= 3
        and all(len(text) < LONGEST_LAYOUT_CELL for text in texts)
        and any(_LAYOUT.search(fold(text)) for text in texts)
    )
