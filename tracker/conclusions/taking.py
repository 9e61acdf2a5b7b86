"""How the text of a notice comes in: typed, pasted, or from a file; and what its head fills in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from itsdangerous import BadData, URLSafeTimedSerializer
from sqlalchemy.orm import Session

from tracker.conclusions import actions
from tracker.conclusions.forms import NoticeForm, TextForm
from tracker.conclusions.models import Notice
from tracker.errors import N_, BadInput
from tracker.evidence.reading import read_text
from tracker.evidence.rules import MediaType, Upload, check_upload, ending_of
from tracker.evidence.views import file_store, keep_evidence
from tracker.extraction.letterhead import Letterhead, read_letterhead
from tracker.permissions import Actor

NAME_LENGTH = 200
KEPT_SECONDS = 24 * 60 * 60
_ONLY_READ = {"txt", "html", "htm"}

MARKED_SECRET = N_(
    "The document bears a mark of secrecy, so its text was not taken. Tick “secret” and give only"
    " its number and date."
)


@dataclass(frozen=True)
class TakenText:
    """The text of a notice as it came: from which file, and that file if it is to be kept."""

    text: str
    file_name: str = ""
    upload: Upload | None = None

    @property
    def uploads(self) -> list[Upload]:
        """Return the file to keep, if there is one."""
        return [self.upload] if self.upload else []


@dataclass(frozen=True)
class Filled:
    """What was read from a file: its head and foot, and which fields of the form they filled."""

    head: Letterhead
    fields: frozenset[str]
    file_name: str
    characters: int


def take(form: NoticeForm, actor: Actor) -> TakenText:
    """Return the typed text or the file's; of a secret document neither is even read."""
    if form.secret.data:
        has_file = bool(form.file.data and form.file.data.filename)
        if has_file or (form.text.data or "").strip():
            raise BadInput(actions.SECRET_TEXT, field="text")
        return TakenText("")
    kept = _kept(form.kept.data or "", actor)
    taken = take_text(form)
    if kept and not taken.file_name:
        return TakenText(taken.text, kept.file_name, kept)
    return taken


def take_text(form: NoticeForm | TextForm) -> TakenText:
    """Return the chosen file's text, else the typed one. BadInput: neither, or unreadable."""
    storage = form.file.data
    if storage is None or not storage.filename:
        typed = (form.text.data or "").replace("\r\n", "\n")
        if not typed.strip():
            raise BadInput(N_("Type or paste the text, or choose a file."), field="text")
        return TakenText(_in_field("text", "typed.txt", typed.encode("utf-8", "replace")))
    data = storage.read()
    words = _in_field("file", storage.filename, data)
    try:
        upload = check_upload(storage.filename, data)
    except BadInput:
        # A web page, or a text with stray control characters, is read but not kept as a file.
        if ending_of(storage.filename) not in _ONLY_READ:
            raise
        return TakenText(words, storage.filename[:NAME_LENGTH])
    file_store().put(data)
    return TakenText(words, upload.file_name, upload)


def fill(form: NoticeForm, taken: TakenText, actor: Actor) -> Filled:
    """Put the text and what its head says into the fields that are blank.

    Number, date and signer are those of a signed notice: while the number is blank it is a draft,
    and all three stay blank.
    """
    head = read_letterhead(taken.text)
    values = {"title": head.excerpt}
    if head.number:
        values |= {"number": head.number, "signer": head.signer}
    filled = set()
    for name, value in values.items():
        if value and not form[name].data:
            form[name].data = value
            filled.add(name)
    if head.number and head.issued_on and not (form.issued_on.data or form.issued_on.typed):
        form.issued_on.data = head.issued_on
        filled.add("issued_on")
    form.text.data = taken.text
    if taken.upload:
        form.kept.data = _ticket(taken.upload, actor)
    return Filled(head, frozenset(filled), taken.file_name, len(taken.text))


def _in_field(field: str, file_name: str, data: bytes) -> str:
    """Return the text of `data`; a refusal names the field it came from."""
    try:
        text = read_text(file_name, data)
    except BadInput as refusal:
        raise BadInput(refusal.message, field=field, **refusal.params) from refusal
    if read_letterhead(text).secret:
        raise BadInput(MARKED_SECRET, field=field)
    return text


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.config["SECRET_KEY"], salt="kept upload")


def _ticket(upload: Upload, actor: Actor) -> str:
    """Return what stands for a file that is kept until the form is sent; only for `actor`."""
    words = [upload.file_name, upload.media_type.value, upload.size, upload.digest]
    return str(_signer().dumps([actor.person_id, *words]))


def _kept(ticket: str, actor: Actor) -> Upload | None:
    if not ticket:
        return None
    try:
        person_id, name, media, size, digest = _signer().loads(ticket, max_age=KEPT_SECONDS)
    except BadData:
        return None
    if person_id != actor.person_id or not file_store().exists(digest):
        return None
    return Upload(name, MediaType(media), size, digest)


def keep_files(
    session: Session, notice: Notice, uploads: Sequence[Upload], *, by: Actor, at: datetime
) -> None:
    """Attach the files to the notice, each as evidence under its number and date."""
    pieces = keep_evidence(
        session,
        uploads,
        by=by,
        at=at,
        document_number=notice.number,
        document_date=notice.issued_on,
    )
    for piece in pieces:
        actions.attach_file(session, notice, piece, by=by, at=at)
