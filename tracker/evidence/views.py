"""Files in and out: uploads are looked into, downloads are served inert.

Whoever serves a file asks first whether the reader may see a thing that has it.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING
from urllib.parse import quote

from flask import Blueprint, Response
from werkzeug.datastructures import FileStorage

from tracker.evidence.actions import add_evidence
from tracker.evidence.models import Evidence
from tracker.evidence.rules import Upload, check_upload
from tracker.evidence.storage import FileStore
from tracker.permissions import Actor
from tracker.web import settings

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

bp = Blueprint("evidence", __name__)


def file_store() -> FileStore:
    """Return where this instance keeps its files."""
    return FileStore(settings().evidence_folder)


def take_uploads(files: Iterable[FileStorage] | None) -> list[Upload]:
    """Look into the files of a form, keep them and return what they are; blank fields fall out.

    BadInput: a file that is not taken (see `rules.check_upload`).
    """
    taken = []
    for file in files or ():
        if not file or not file.filename:
            continue
        data = file.read()
        taken.append(check_upload(file.filename, data))
        file_store().put(data)
    return taken


def keep_evidence(
    session: "Session",
    uploads: Sequence[Upload | None],
    *,
    by: Actor,
    at: datetime,
    document_number: str = "",
    document_date: date | None = None,
    issuer: str = "",
    note: str = "",
    unit_id: int | None = None,
) -> list[Evidence]:
    """Keep what a form brought as evidence, each alike; None: a document's number without a file.

    BadInput: see `actions.add_evidence`.
    """
    return [
        add_evidence(
            session,
            file_store(),
            upload=upload,
            by=by,
            at=at,
            document_number=document_number,
            document_date=document_date,
            issuer=issuer,
            note=note,
            unit_id=unit_id,
        )
        for upload in uploads
    ]


def send_evidence(evidence: Evidence) -> Response:
    """Return the file as a download that no browser opens, sniffs or runs."""
    if evidence.digest is None or not file_store().exists(evidence.digest):
        return Response(status=404)
    name = evidence.file_name or "file"
    response = Response(file_store().read(evidence.digest), mimetype="application/octet-stream")
    plain = name.encode("ascii", "ignore").decode().replace('"', "").replace("\\", "") or "file"
    response.headers["Content-Disposition"] = (
        f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}"
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
