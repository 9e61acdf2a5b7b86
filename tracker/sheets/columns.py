"""What a sheet is: named columns, and rows that know their line."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from tracker.errors import N_, BadInput

Language = Literal["vi", "en"]


@dataclass(frozen=True)
class Column:
    """A column: its technical name, and its labels: Vietnamese, English, others that are read.

    `width` is in characters, as Excel counts; without it the content decides.
    """

    name: str
    labels: tuple[str, ...] = ()
    required: bool = False
    width: int | None = None

    def label(self, language: Language) -> str:
        """Return the heading in `language`; the technical name where there is no label."""
        if not self.labels:
            return self.name
        return self.labels[0] if language == "vi" else (self.labels[1:2] or (self.name,))[0]


@dataclass(frozen=True)
class Row:
    """One row of a sheet; `line` counts as the spreadsheet does, the header being line 1.

    `cells` has every column that was asked for; an absent column or empty cell is "".
    """

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """A sheet that was read: the names of the columns it has, and its rows that are not blank."""

    columns: tuple[str, ...]
    rows: list[Row] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def place_columns(header: Sequence[str], columns: Sequence[Column]) -> dict[int, str]:
    """Return position → name for a header row; blank headings stay out.

    BadInput: nothing recognised, a heading unknown or there twice, a required column missing.
    """
    known = _known(columns)
    placed: dict[int, str] = {}
    unknown: list[str] = []
    for position, heading in enumerate(header):
        if not heading.strip():
            continue
        name = known.get(_key(heading))
        if name is None:
            unknown.append(heading.strip()[:60])
        elif name in placed.values():
            raise BadInput(
                N_("The column “%(column)s” is there twice. Keep one of the two."),
                column=heading.strip(),
            )
        else:
            placed[position] = name
    names = ", ".join(column.name for column in columns)
    if not placed:
        raise BadInput(
            N_(
                "The first row does not name the columns. Put these names, or their labels, into"
                " line 1: %(columns)s."
            ),
            columns=names,
        )
    if unknown:
        raise BadInput(
            N_("Unknown columns: %(unknown)s. Rename or remove them. Known columns: %(columns)s."),
            unknown=", ".join(unknown[:10]),
            columns=names,
        )
    missing = [c.name for c in columns if c.required and c.name not in placed.values()]
    if missing:
        raise BadInput(
            N_("These columns are missing: %(columns)s. Add them to the first row."),
            columns=", ".join(missing),
        )
    return placed


def recognised(header: Sequence[str], columns: Sequence[Column]) -> int:
    """Return how many headings of `header` are known."""
    known = _known(columns)
    return sum(_key(heading) in known for heading in header)


def _known(columns: Sequence[Column]) -> dict[str, str]:
    """Return every accepted heading → name; a technical name wins over a label."""
    known = {_key(label): column.name for column in columns for label in column.labels}
    return known | {_key(column.name): column.name for column in columns}


def _key(heading: str) -> str:
    composed = unicodedata.normalize("NFC", heading).casefold()
    return " ".join(composed.replace("_", " ").replace("*", " ").split())
