"""The evidence binder: its page, and the .zip with a .docx list, streamed."""

from flask import Response, render_template, request
from flask_babel import gettext as _

from tracker.clock import today
from tracker.criteria.queries import criterion_of, edition_by_id
from tracker.db import db
from tracker.evidence.views import file_store
from tracker.permissions import Permission
from tracker.scores import queries
from tracker.scores.binder import Binder, binder_of, stream
from tracker.scores.blueprint import bp
from tracker.scores.paper import add_table, content, landscape
from tracker.units.queries import unit_by_id
from tracker.web import an_id, current_actor, day, needs


@bp.get("/scores/account/<int:edition_id>/<int:unit_id>/binder")
@needs(Permission.SCORE_READ)
def binder(edition_id: int, unit_id: int) -> str:
    """Show which piece proves which criterion, and which criteria have none."""
    queries.require_unit(current_actor(), unit_id)
    return render_template(
        "scores/binder.html",
        edition=edition_by_id(db.session, edition_id),
        unit=unit_by_id(db.session, unit_id),
        criterion=_criterion(edition_id),
        binder=binder_of(db.session, edition_id, unit_id, _criterion_id()),
    )


@bp.get("/scores/account/<int:edition_id>/<int:unit_id>/binder.zip")
@needs(Permission.SCORE_READ)
def binder_zip(edition_id: int, unit_id: int) -> Response:
    """Send the binder, piece by piece."""
    queries.require_unit(current_actor(), unit_id)
    edition, unit = edition_by_id(db.session, edition_id), unit_by_id(db.session, unit_id)
    found = binder_of(db.session, edition_id, unit_id, _criterion_id())
    title = f"{edition.name or edition.code} – {unit.name}"
    body = stream(found, _listing(found, title), "00-danh-muc.docx", file_store().path)
    name = f"minh-chung-{edition.code}-{unit.code}-{today():%Y-%m-%d}.zip"
    headers = {"Content-Disposition": f'attachment; filename="{_ascii(name)}"'}
    return Response(body, mimetype="application/zip", headers=headers)


def _criterion_id() -> int | None:
    return request.args.get("criterion", type=an_id)


def _criterion(edition_id: int) -> object:
    wanted = _criterion_id()
    return criterion_of(db.session, edition_id, wanted) if wanted is not None else None


def _ascii(name: str) -> str:
    return "".join(letter if letter.isascii() and letter not in '"\\/' else "-" for letter in name)


def _listing(binder: Binder, title: str) -> bytes:
    """Return the list as a .docx: number, date, issuer, criteria, file, digest; then the gaps."""
    paper = landscape()
    paper.add_heading(_("List of supporting documents"), level=1)
    paper.add_paragraph(f"{title}. {_('as of %(day)s', day=day(today()))}.")
    add_table(
        paper,
        (_("No."), _("Number"), _("Date"), _("Issued by"), _("Criteria"), _("File"), "SHA-256"),
        (
            (
                str(piece.number),
                piece.document_number,
                day(piece.document_date),
                piece.issuer,
                ", ".join(piece.codes),
                piece.name,
                piece.digest,
            )
            for piece in binder.pieces
        ),
    )
    if binder.missing:
        paper.add_heading(_("Criteria without evidence"), level=2)
        add_table(
            paper,
            (_("Code"), _("Criterion"), _("Explanation")),
            ((item.code, item.name, item.explanation or "–") for item in binder.missing),
        )
    return content(paper)
