"""What pages that take sheets in and send them out share, here and in the room of scores."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Protocol, TypeVar

from flask import Response, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from sqlalchemy.orm import Session
from wtforms import BooleanField

from tracker import clock
from tracker.db import transaction
from tracker.errors import N_, BadInput
from tracker.permissions import Actor
from tracker.sheets import CellValue, Column, Sheet, read_sheet, write_csv, write_xlsx
from tracker.web import Form, current_actor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
T_co = TypeVar("T_co", covariant=True)


class ImportForm(Form):
    """A sheet to be taken in."""

    file = FileField(
        _l("Spreadsheet (.xlsx or .csv)"), description=_l("The first row names the columns.")
    )
    check_only = BooleanField(_l("Only check the file, change nothing"))


class Take(Protocol[T_co]):
    """An act that takes a sheet in."""

    def __call__(self, session: Session, sheet: Sheet, *, by: Actor, at: datetime) -> T_co:
        """Return what was done."""


class _OnlyChecked(Exception):
    """The file was checked; its transaction is rolled back."""


def take_sheet(
    form: ImportForm,
    columns: Sequence[Column],
    take: Take[T_co],
) -> T_co:
    """Take the form's sheet in, or only check it. Refusals are raised."""
    upload = request.files.get("file")
    if upload is None or not upload.filename:
        raise BadInput(N_("Choose a file."), field="file")
    sheet = read_sheet(upload.read(), file_name=upload.filename, columns=columns)
    found: list[T_co] = []
    with suppress(_OnlyChecked), transaction() as session:
        found.append(take(session, sheet, by=current_actor(), at=clock.now()))
        if form.check_only.data:
            raise _OnlyChecked
    return found[0]


def said(form: ImportForm, added: int, changed: int, unchanged: int) -> str:
    """Return what an import did, in words."""
    words: str = _(
        "Added: %(added)s. Changed: %(changed)s. Unchanged: %(unchanged)s.",
        added=added,
        changed=changed,
        unchanged=unchanged,
    )
    if form.check_only.data:
        words += " " + _("This was a check: nothing was saved.")
    return words


def send_sheet(
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, CellValue]],
    *,
    kind: str,
    name: str,
    title: str,
) -> Response:
    """Return the rows as a download; `name` is the file's, without ending."""
    if kind == "csv":
        data, mimetype = write_csv(columns, rows), "text/csv"
    else:
        data, mimetype = write_xlsx(columns, rows, sheet_name=title), XLSX
    file_name = f"{name}-{clock.today():%Y-%m-%d}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{file_name}"'}
    return Response(data, mimetype=mimetype, headers=headers)
