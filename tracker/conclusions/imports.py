"""The notice and clause that an imported task names."""

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import history
from tracker.conclusions.models import Clause, Notice
from tracker.conclusions.rules import ClauseVerdict
from tracker.errors import N_, BadInput
from tracker.permissions import Actor, Permission, require

NEEDS_DATE = N_("Give the date of the document %(number)s.")
STILL_DRAFT = N_(
    "Work of the document %(number)s has not been assigned here yet: assign it on its own page."
)


def clause_for_import(
    session: Session,
    committee_id: int,
    number: str,
    issued_on: date | None,
    clause_label: str,
    *,
    by: Actor,
    at: datetime,
) -> int:
    """Return the id of a clause of an issued notice; both are made when they are not there.

    BadInput: no date and the number alone is not known, or the notice is still being prepared.
    """
    number, label = number.strip(), " ".join(clause_label.split())
    known: dict[tuple[object, ...], int] = session.info.setdefault("imported_clauses", {})
    key = (committee_id, number, issued_on, label.casefold())
    if key not in known:
        require(by, Permission.TASK_IMPORT, committee_id=committee_id)
        notice = _notice(session, committee_id, number, issued_on, by=by, at=at)
        known[key] = _clause(session, notice, label, by=by, at=at)
    return known[key]


def _notice(
    session: Session,
    committee_id: int,
    number: str,
    issued_on: date | None,
    *,
    by: Actor,
    at: datetime,
) -> Notice:
    query = select(Notice).where(Notice.committee_id == committee_id, Notice.number == number)
    if issued_on is not None:
        query = query.where(Notice.issued_on == issued_on)
    found = list(session.scalars(query.order_by(Notice.id).limit(2)))
    if issued_on is None and len(found) != 1:
        raise BadInput(NEEDS_DATE, field="document_date", number=number)
    if found:
        if found[0].assigned_at is None or found[0].secret:
            raise BadInput(STILL_DRAFT, field="document_number", number=number)
        return found[0]
    notice = Notice(
        committee_id=committee_id,
        title=number,
        number=number,
        issued_on=issued_on,
        created_at=at,
        created_by=by.name,
        submitted_at=at,
        signed_at=at,
        assigned_at=at,
    )
    session.add(notice)
    session.flush()
    history.record(session, "notice.import", notice, by=by, at=at)
    return notice


def _clause(session: Session, notice: Notice, label: str, *, by: Actor, at: datetime) -> int:
    clauses = session.execute(
        select(Clause.id, Clause.label).where(Clause.notice_id == notice.id).order_by(Clause.id)
    )
    for clause_id, known in clauses:
        if known.casefold() == label.casefold():
            return clause_id
    last = session.scalar(select(func.max(Clause.position)).where(Clause.notice_id == notice.id))
    clause = Clause(
        notice_id=notice.id,
        position=(last or 0) + 1,
        label=label[:40],
        text="",
        start=0,
        end=0,
        suggested=ClauseVerdict.TASK,
        verdict=ClauseVerdict.TASK,
    )
    session.add(clause)
    session.flush()
    history.record(session, "notice.import-clause", notice, by=by, at=at, after={"clause": label})
    return clause.id
