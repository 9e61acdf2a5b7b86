"""Acts on notices from the draft to the signature; re-stated in `actions`."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import history
from tracker.conclusions.models import Clause, Meeting, Notice, Proposal, folded_notice
from tracker.conclusions.rules import NoticeState
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind, parse_deadline
from tracker.errors import N_, BadInput, RuleViolation
from tracker.evidence.models import Evidence
from tracker.permissions import Actor, Permission, require
from tracker.tasks.rules import TimeKind
from tracker.workdays import WorkCalendar, office_day

SECRET_TEXT = N_(
    "This document is marked secret: only its number and date may be entered here. Take its text"
    " out; it must not be stored in this program."
)
FROZEN = N_("Work has been assigned: this notice cannot be changed. Enter a supplement instead.")


@dataclass(frozen=True)
class NewNotice:
    """A notice to be drafted. `text` is as read; `file_name` says from which file, if any."""

    committee_id: int
    title: str
    text: str = ""
    file_name: str = ""
    meeting_id: int | None = None
    supplements_id: int | None = None
    secret: bool = False
    number: str = ""
    issued_on: date | None = None


def draft_notice(session: Session, new: NewNotice, *, by: Actor, at: datetime) -> Notice:
    """Draft a notice, or keep only number and date of a secret one.

    BadInput: no title or text; text of a secret document; a supplement to what is not assigned.
    """
    require(by, Permission.CONCLUSION_RECORD, committee_id=new.committee_id)
    if new.meeting_id is not None:
        meeting = session.get_one(Meeting, new.meeting_id)
        require(by, Permission.CONCLUSION_RECORD, committee_id=meeting.committee_id)
    if new.supplements_id is not None:
        _check_supplement(session, new.supplements_id, by)
    if new.secret:
        return _keep_secret(session, new, by=by, at=at)
    if not new.title.strip():
        raise BadInput(N_("Give the notice its excerpt (trích yếu)."), field="title")
    if not new.text.strip():
        raise BadInput(N_("Type or paste the text, or choose a file."), field="text")
    notice = Notice(
        committee_id=new.committee_id,
        meeting_id=new.meeting_id,
        supplements_id=new.supplements_id,
        title=new.title.strip(),
        text=new.text,
        file_name=new.file_name,
        created_at=at,
        created_by=by.name,
    )
    session.add(notice)
    session.flush()
    after = {"title": notice.title, "file_name": notice.file_name, "characters": len(new.text)}
    history.record(session, "notice.draft", notice, by=by, at=at, before={}, after=after)
    return notice


def replace_text(
    session: Session, notice: Notice, *, by: Actor, at: datetime, text: str, file_name: str = ""
) -> Notice:
    """Replace a draft's text; its clauses must be read again. RuleViolation: frozen, or secret."""
    require(by, Permission.CONCLUSION_RECORD, committee_id=notice.committee_id)
    require_editable(notice)
    if not text.strip():
        raise BadInput(N_("Type or paste the text, or choose a file."), field="text")
    before = {"file_name": notice.file_name, "characters": len(notice.text)}
    notice.text, notice.file_name = text, file_name
    notice.edition += 1
    after = {"file_name": file_name, "characters": len(text)}
    history.record(session, "notice.replace-text", notice, by=by, at=at, before=before, after=after)
    return notice


def submit(session: Session, notice: Notice, *, by: Actor, at: datetime) -> Notice:
    """Note that the draft was submitted for signature. RuleViolation: it was before."""
    require(by, Permission.CONCLUSION_RECORD, committee_id=notice.committee_id)
    if notice.state is not NoticeState.DRAFT:
        raise RuleViolation(N_("This notice has already been submitted for signature."))
    notice.submitted_at = at
    notice.edition += 1
    history.record(session, "notice.submit", notice, by=by, at=at)
    return notice


def record_signature(
    session: Session,
    notice: Notice,
    *,
    by: Actor,
    at: datetime,
    number: str,
    issued_on: date,
    signer: str,
    calendar: WorkCalendar,
    signed_file: Evidence | None = None,
) -> Notice:
    """Record number and date as the registry gave them after signing; both are written once.

    Deadlines that count days from the notice take their date from `issued_on`.
    RuleViolation: not submitted, or signed before. BadInput: number missing or already recorded
    for that day, a date in the future.
    """
    require(by, Permission.CONCLUSION_RECORD, committee_id=notice.committee_id)
    if notice.signed_at is not None:
        raise RuleViolation(
            N_("The signature is recorded already: number and date are written once.")
        )
    if notice.state is NoticeState.DRAFT:
        raise RuleViolation(N_("Submit the notice for signature first."))
    _check_number(session, notice.committee_id, number, issued_on, at=at)
    notice.number, notice.issued_on, notice.signer = number.strip(), issued_on, signer.strip()
    notice.folded = folded_notice(notice.number, notice.title)
    notice.signed_at = at
    notice.edition += 1
    if signed_file is not None:
        _attach(notice, signed_file)
    for proposal in _counted_from_notice(session, notice):
        _count(proposal, issued_on, calendar)
    history.record(session, "notice.record-signature", notice, by=by, at=at)
    return notice


def attach_file(
    session: Session, notice: Notice, evidence: Evidence, *, by: Actor, at: datetime
) -> Notice:
    """Attach the signed file or a scan: the first after the signature is the signed file.

    Allowed after work was assigned as well: it adds to the record and changes nothing in it.
    """
    require(by, Permission.CONCLUSION_RECORD, committee_id=notice.committee_id)
    if notice.secret:
        raise RuleViolation(SECRET_TEXT)
    _attach(notice, evidence)
    after = {"file_name": evidence.file_name, "digest": evidence.digest}
    history.record(session, "notice.attach-file", notice, by=by, at=at, before={}, after=after)
    return notice


def require_editable(notice: Notice) -> None:
    """Raise RuleViolation when the notice is frozen or holds a secret document's number only."""
    if notice.secret:
        raise RuleViolation(SECRET_TEXT)
    if notice.assigned_at is not None:
        raise RuleViolation(FROZEN)


def _keep_secret(session: Session, new: NewNotice, *, by: Actor, at: datetime) -> Notice:
    if new.text.strip() or new.file_name:
        raise BadInput(SECRET_TEXT, field="text")
    if new.issued_on is None:
        raise BadInput(N_("Give the date of the secret document."), field="issued_on")
    _check_number(session, new.committee_id, new.number, new.issued_on, at=at)
    notice = Notice(
        committee_id=new.committee_id,
        meeting_id=new.meeting_id,
        supplements_id=new.supplements_id,
        title="",
        number=new.number.strip(),
        issued_on=new.issued_on,
        secret=True,
        created_at=at,
        created_by=by.name,
        submitted_at=at,
        signed_at=at,
    )
    session.add(notice)
    session.flush()
    history.record(session, "notice.keep-secret", notice, by=by, at=at)
    return notice


def _check_supplement(session: Session, notice_id: int, by: Actor) -> None:
    first = session.get_one(Notice, notice_id)
    require(by, Permission.CONCLUSION_RECORD, committee_id=first.committee_id)
    if first.assigned_at is None:
        raise RuleViolation(
            N_("A supplement follows a notice whose work is assigned; correct the draft instead.")
        )


def _check_number(
    session: Session, committee_id: int, number: str, issued_on: date, *, at: datetime
) -> None:
    if not number.strip():
        raise BadInput(N_("Give the number that the registry gave."), field="number")
    if issued_on > office_day(at):
        raise BadInput(N_("The date of the notice lies in the future."), field="issued_on")
    known = session.scalar(
        select(Notice.id).where(
            Notice.committee_id == committee_id,
            Notice.number == number.strip(),
            Notice.issued_on == issued_on,
        )
    )
    if known is not None:
        raise BadInput(
            N_("A notice of this number and date has been recorded already."), field="number"
        )


def _attach(notice: Notice, evidence: Evidence) -> None:
    if evidence not in notice.files:
        notice.files.append(evidence)
    if notice.signed_at is not None and notice.signed_file_id is None:
        notice.signed_file_id = evidence.id


def _counted_from_notice(session: Session, notice: Notice) -> list[Proposal]:
    return list(
        session.scalars(
            select(Proposal)
            .join(Clause)
            .where(
                Clause.notice_id == notice.id,
                Proposal.deadline_kind == DeadlineKind.WORKING_DAYS,
                Proposal.deadline_text != "",
            )
        )
    )


def _count(proposal: Proposal, issued_on: date, calendar: WorkCalendar) -> None:
    """Date a deadline of N days from the notice, unless somebody gave it another basis."""
    if proposal.deadline_basis not in {None, DeadlineBasis.NOTICE}:
        return
    due_on = parse_deadline(proposal.deadline_text, issued_on, calendar).due_on
    if due_on is not None and proposal.time in {None, TimeKind.DATED}:
        proposal.due_on = due_on
        proposal.time, proposal.deadline_basis = TimeKind.DATED, DeadlineBasis.NOTICE
