"""The reminders and mails of the past weeks, made by the real planner and the real delivery."""

from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy.orm import Session

from tracker.deadlines.queries import working_calendar
from tracker.demo.stage import Stage, address
from tracker.outbox import OutboxMessage, PermanentFailure
from tracker.reminders.actions import plan_reminders
from tracker.reminders.delivery import deliver_waiting

PLANNED_DAYS = 120
"""How many past working days the planner is run for."""

LEASE = timedelta(minutes=1)
FULL_BOXES = ("bqlkkt",)
UNKNOWN_BOXES = ("vanthu.caudat",)
BAD_DAYS = 8
"""In the last working days these boxes take no mail."""


class PastServer:
    """Takes the mails of the past as a mail server would have answered then."""

    def __init__(self, *, refuses: bool) -> None:
        self.refuses = refuses

    def __enter__(self) -> "PastServer":
        return self

    def __exit__(self, *error: object) -> None:
        pass

    def send(self, message: OutboxMessage) -> str:
        """Answer as the server did; PermanentFailure for boxes that took no mail."""
        if self.refuses and message.recipient in map(address, FULL_BOXES):
            raise PermanentFailure("552 5.2.2 Mailbox full")
        if self.refuses and message.recipient in map(address, UNKNOWN_BOXES):
            raise PermanentFailure("550 5.1.1 No such user here")
        return "250 2.0.0 OK"


def plan_reminding(stage: Stage) -> None:
    """Put the planner's runs and the deliveries of the past working days on the agenda.

    What the last working day and the day of loading bring still waits in the outbox.
    """
    days = stage.days
    for ago in range(days.calendar.between(stage.first, days.today), 0, -1):
        day = days.day(-ago)
        if ago <= PLANNED_DAYS:
            stage.plan(days.moment(day, 7), partial(_plan_day, stage, day))
        if ago > 1:
            server = PastServer(refuses=ago <= BAD_DAYS)
            stage.plan_run(days.moment(day, 17, 30), partial(_deliver, server))


def _plan_day(stage: Stage, day: date, session: Session, at: datetime) -> None:
    plan_reminders(
        session,
        as_of=day,
        at=at,
        calendar=working_calendar(session),
        public_url=stage.public_url,
    )


def _deliver(server: PastServer, moment: datetime) -> None:
    deliver_waiting(server, now=lambda: moment, lease=LEASE)
