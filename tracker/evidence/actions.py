"""Acts on evidence."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import history
from tracker.errors import N_, BadInput
from tracker.evidence.models import Evidence, StoredFile
from tracker.evidence.rules import Upload
from tracker.evidence.storage import FileStore
from tracker.permissions import Actor


def add_evidence(
    session: Session,
    store: FileStore,
    *,
    upload: Upload | None,
    by: Actor,
    at: datetime,
    document_number: str = "",
    document_date: date | None = None,
    issuer: str = "",
    note: str = "",
    unit_id: int | None = None,
) -> Evidence:
    """Keep a piece of evidence: a file that `store` already holds, or a document's number.

    Whoever calls it for an act has asked for that act's permission. BadInput: neither file nor
    number, or the file's content is not in the store.
    """
    number = document_number.strip()
    if upload is None and not number:
        raise BadInput(N_("Choose a file, or give the document's number."), field="file")
    if upload is not None:
        if not store.exists(upload.digest):
            raise BadInput(N_("The file did not arrive. Choose it again."), field="file")
        if session.get(StoredFile, upload.digest) is None:
            session.add(
                StoredFile(
                    digest=upload.digest,
                    size=upload.size,
                    media_type=upload.media_type.value,
                    created_at=at,
                )
            )
            session.flush()
    evidence = Evidence(
        digest=upload.digest if upload else None,
        file_name=upload.file_name if upload else "",
        document_number=number,
        document_date=document_date,
        issuer=issuer.strip(),
        note=note.strip(),
        unit_id=unit_id,
        added_by_id=by.person_id,
        added_at=at,
    )
    session.add(evidence)
    session.flush()
    history.record(
        session,
        "evidence.add",
        evidence,
        by=by,
        at=at,
        label=evidence.file_name or evidence.document_number,
    )
    return evidence
