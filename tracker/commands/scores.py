"""Criteria and scores in and out on the command line."""

from collections.abc import Mapping, Sequence

import click

from tracker import clock
from tracker.commands.moving import Wanted, rehearsal
from tracker.criteria import exchange as criteria
from tracker.criteria.rules import Mismatch, plain
from tracker.db import db
from tracker.people.queries import command_actor
from tracker.scores import exchange as scores
from tracker.sheets import CellValue, Column, read_sheet, write_csv, write_xlsx


def take_criteria(  # an Importer
    data: bytes, file_name: str, dry_run: bool, *, as_printed: bool = False
) -> str:
    """Take criteria in; return what changed. Maxima that do not add up are named on stderr."""
    sheet = read_sheet(data, file_name=file_name, columns=criteria.COLUMNS)
    with rehearsal(dry_run=dry_run) as session:
        done = criteria.import_criteria(
            session, sheet, by=command_actor(session), at=clock.now(), as_printed=as_printed
        )
    for edition, found in done.mismatches.items():
        for item in found:
            click.echo(f"warning: {edition}: {_words(item)}", err=True)
    return _said("criteria", (done.added, done.changed, done.unchanged), dry_run=dry_run)


def take_scores(data: bytes, file_name: str, dry_run: bool) -> str:  # an Importer
    """Take scores in; return what changed."""
    sheet = read_sheet(data, file_name=file_name, columns=scores.COLUMNS)
    with rehearsal(dry_run=dry_run) as session:
        done = scores.import_scores(session, sheet, by=command_actor(session), at=clock.now())
    return _said("scores", (done.added, done.changed, done.unchanged), dry_run=dry_run)


def write_criteria(wanted: Wanted) -> bytes:
    """Return the criteria of every edition as a sheet."""
    return _sheet(criteria.COLUMNS, criteria.criteria_rows(db.session), wanted, "criteria")


def write_scores(wanted: Wanted) -> bytes:
    """Return every score as a sheet."""
    return _sheet(scores.COLUMNS, scores.score_rows(db.session), wanted, "scores")


def _sheet(
    columns: Sequence[Column],
    rows: Sequence[Mapping[str, CellValue]],
    wanted: Wanted,
    name: str,
) -> bytes:
    if wanted.sheet_format == "csv":
        return write_csv(columns, rows)
    return write_xlsx(columns, rows, sheet_name=name)


def _said(noun: str, counts: tuple[int, int, int], *, dry_run: bool) -> str:
    added, changed, unchanged = counts
    said = f"{added} {noun} added, {changed} changed, {unchanged} unchanged."
    return f"{said} Dry run: nothing was written." if dry_run else said


def _words(item: Mismatch) -> str:
    what = f"{item.code}: maximum" if item.code else "scale"
    return f"{what} {plain(item.printed)}, but its parts sum to {plain(item.parts)}"
