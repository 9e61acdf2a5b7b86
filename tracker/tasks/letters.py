"""Who is told what was decided of a task: its lead unit and its officer, never the actor."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from tracker import mail, outbox
from tracker.people.models import Person
from tracker.people.queries import Recipient, unit_recipients
from tracker.permissions import Actor
from tracker.tasks.models import Task
from tracker.units.rules import UnitKind
from tracker.workdays import office_day


def concerned(session: Session, task: Task, *, by: Actor, at: datetime) -> list[Recipient]:
    """Return who is written to about a task: the lead unit and the named officer, not `by`."""
    found = list(unit_recipients(session, [task.lead_unit_id], on=office_day(at)).values())
    officer = session.get(Person, task.officer_id) if task.officer_id else None
    if officer is not None:
        found.append(Recipient(officer.email, officer.id, officer.name, officer.language))
    by_address = {
        recipient.address: recipient
        for recipient in found
        if recipient.person_id is None or recipient.person_id != by.person_id
    }
    return list(by_address.values())


def tell_lead(
    session: Session,
    name: str,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    key: str,
    public_url: str,
    only_person_id: int | None = None,
    **values: object,
) -> None:
    """Queue the mail `name` to those concerned, once for each under `key`.

    `values` are what the letter shows beside the task; `only_person_id` leaves out the others.
    """
    for recipient in concerned(session, task, by=by, at=at):
        if only_person_id is not None and recipient.person_id != only_person_id:
            continue
        letter = mail.render(
            name,
            language=recipient.language,
            recipient=recipient.address,
            person_id=recipient.person_id,
            public_url=public_url.rstrip("/"),
            code=task.code,
            title=task.title,
            task_id=task.id,
            due_on=task.due_on,
            handed_in_on=task.handed_in_on,
            **values,
        )
        outbox.enqueue(
            session,
            f"{key}:{recipient.address}",
            letter,
            at=at,
            committee_id=task.committee_id,
            join=outbox.ACTS,
        )


def tell_word(
    session: Session,
    what: str,
    task: Task,
    *,
    by: Actor,
    at: datetime,
    key: str,
    public_url: str,
    text: str = "",
    document: str = "",
    day: date | None = None,
    only_person_id: int | None = None,
) -> None:
    """Queue the mail that says in one sentence what happened to a task: see `told/_words.txt`.

    A sector agency is asked where others are urged or ordered.
    """
    tell_lead(
        session,
        "told",
        task,
        by=by,
        at=at,
        key=key,
        public_url=public_url,
        only_person_id=only_person_id,
        what=what,
        sector=task.lead_unit.kind is UnitKind.SECTOR,
        text=text,
        document=document,
        day=day,
    )
