"""Reading the rows of a task import: cells to values, every bad one noted with its line."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.committees.models import Committee
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.errors import N_, BadInput
from tracker.folding import settle
from tracker.people.models import Person
from tracker.sheets import (
    BadRows,
    Row,
    cell_bool,
    cell_choice,
    cell_date,
    cell_int,
    cell_list,
)
from tracker.tasks.exchange import BASIS_WORDS, KIND_WORDS
from tracker.units.models import Unit

T = TypeVar("T")

LONGEST = {
    "code": 60,
    "document_number": 100,
    "clause": 40,
    "external_code": 100,
    "title": 5000,
    "product": 20_000,
    "field": 200,
    "deadline_text": 5000,
    "note": 20_000,
}


@dataclass(frozen=True)
class TaskLine:
    """One row as read; None or "" is a blank cell, which says nothing."""

    row: Row
    code: str
    committee_id: int | None
    document_number: str
    document_date: date | None
    clause: str
    external_code: str
    title: str
    product: str
    lead_unit_id: int | None
    coordinating_unit_ids: tuple[int, ...] | None
    officer_id: int | None
    star: bool | None
    field: str
    deadline_kind: DeadlineKind | None
    deadline_text: str
    deadline_basis: DeadlineBasis | None
    due_on: date | None
    first_due_on: date | None
    superior_due_on: date | None
    assigned_on: date | None
    percent: int | None
    handed_in_on: date | None
    accepted_on: date | None
    note: str


class Names:
    """Units, persons and committees by the words with which a sheet names them."""

    def __init__(self, session: Session) -> None:
        committees = session.execute(select(Committee.code, Committee.id))
        self.committees = {row[0]: row[1] for row in committees}
        self._units: dict[str, set[int]] = defaultdict(set)
        self._unit_names: dict[str, set[int]] = defaultdict(set)
        for unit_id, code, name in session.execute(select(Unit.id, Unit.code, Unit.name)):
            self._units[code].add(unit_id)
            self._unit_names[settle(name)].add(unit_id)
        self._persons: dict[str, set[int]] = defaultdict(set)
        self._person_names: dict[str, set[int]] = defaultdict(set)
        for person_id, email, name in session.execute(select(Person.id, Person.email, Person.name)):
            self._persons[email.casefold()].add(person_id)
            self._person_names[settle(name)].add(person_id)

    def unit(self, text: str) -> int | None:
        """Return the unit of that code or exact name. BadInput: none, or several."""
        if not text:
            return None
        found = self._units.get(text) or self._unit_names.get(settle(text), set())
        return _only(
            found,
            text,
            N_("No unit has the code or the exact name “%(name)s”."),
            N_("Several units are named “%(name)s”. Write the code."),
        )

    def units(self, text: str) -> tuple[int, ...] | None:
        """Return the units of a list separated by `;`; None for a blank cell."""
        if not text:
            return None
        found = [self.unit(part) for part in cell_list(text)]
        return tuple(dict.fromkeys(unit_id for unit_id in found if unit_id is not None))

    def person(self, text: str) -> int | None:
        """Return the person of that e-mail or exact name. BadInput: none, or several."""
        if not text:
            return None
        found = self._persons.get(text.casefold()) or self._person_names.get(settle(text), set())
        return _only(
            found,
            text,
            N_("Nobody has the e-mail or the exact name “%(name)s”."),
            N_("Several persons are named “%(name)s”. Write the e-mail."),
        )

    def committee(self, text: str) -> int | None:
        """Return the committee of that code; for a blank cell the only one there is.

        BadInput: no such committee; blank while there are none or several.
        """
        if text:
            if text not in self.committees:
                raise BadInput(N_("No committee has the code “%(code)s”."), code=text)
            return self.committees[text]
        if len(self.committees) == 1:
            return next(iter(self.committees.values()))
        if not self.committees:
            raise BadInput(N_("There is no committee yet. Add one before importing tasks."))
        raise BadInput(N_("There are several committees. Write the code of one."))


def _only(found: set[int], name: str, none: str, several: str) -> int:
    if not found:
        raise BadInput(none, name=name[:60])
    if len(found) > 1:
        raise BadInput(several, name=name[:60])
    return next(iter(found))


def read_line(bad: BadRows, row: Row, names: Names, *, known: bool) -> TaskLine:
    """Return the row's values; what cannot be read is noted in `bad`.

    A new task (`known` false) needs a title, a lead unit and a committee.
    """

    def cell(column: str, parse: Callable[[str], T]) -> T | None:
        return bad.read(row, column, parse)

    for column, most in LONGEST.items():
        if len(row.cells.get(column, "")) > most:
            bad.add(row, column, N_("At most %(most)s characters can be kept here."), most=most)
    if not known:
        bad.required(row, "title")
        bad.required(row, "lead_unit")
    needs_committee = bool(row.cells.get("committee")) or not known
    return TaskLine(
        row=row,
        code=row.cells.get("code", ""),
        committee_id=cell("committee", names.committee) if needs_committee else None,
        document_number=row.cells.get("document_number", ""),
        document_date=cell("document_date", cell_date),
        clause=" ".join(row.cells.get("clause", "").split()),
        external_code=row.cells.get("external_code", ""),
        title=row.cells.get("title", ""),
        product=row.cells.get("product", ""),
        lead_unit_id=cell("lead_unit", names.unit),
        coordinating_unit_ids=cell("coordinating_units", names.units),
        officer_id=cell("officer", names.person),
        star=cell("star", lambda text: cell_bool(text) if text else None),
        field=row.cells.get("field", ""),
        deadline_kind=cell("deadline_kind", lambda text: cell_choice(text, KIND_WORDS)),
        deadline_text=row.cells.get("deadline_text", ""),
        deadline_basis=cell("deadline_basis", lambda text: cell_choice(text, BASIS_WORDS)),
        due_on=cell("due_on", cell_date),
        first_due_on=cell("first_due_on", cell_date),
        superior_due_on=cell("superior_due_on", cell_date),
        assigned_on=cell("assigned_on", cell_date),
        percent=cell("percent", _percent),
        handed_in_on=cell("handed_in_on", cell_date),
        accepted_on=cell("accepted_on", cell_date),
        note=row.cells.get("note", ""),
    )


def _percent(text: str) -> int | None:
    number = cell_int(text)
    if number is not None and not 0 <= number <= 100:
        raise BadInput(N_("Give the progress as a number from 0 to 100."))
    return number


def check_days(bad: BadRows, line: TaskLine, assigned_on: date, today: date) -> None:
    """Note days that cannot be: results in the future, confirmed before they were reported."""
    for column, day in (("handed_in_on", line.handed_in_on), ("accepted_on", line.accepted_on)):
        if day is not None and day > today:
            bad.add(line.row, column, N_("This day is still to come."))
    accepted_on = line.accepted_on
    if accepted_on is None:
        return
    if line.handed_in_on is not None and line.handed_in_on > accepted_on:
        bad.add(
            line.row,
            "accepted_on",
            N_("Completion was confirmed before it was reported: one of the two days is wrong."),
        )
    if accepted_on < assigned_on:
        bad.add(
            line.row,
            "accepted_on",
            N_("Completion was confirmed before the task was assigned: one of the days is wrong."),
        )
