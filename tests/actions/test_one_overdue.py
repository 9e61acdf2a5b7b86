"""The overdue page, the figures, the export and the mails name the same overdue tasks."""

import random
from datetime import date, timedelta

import sqlalchemy as sa

from tests.factories import JUNE_1, CommitteeFactory, PostFactory, UnitFactory, actor_of
from tracker.db import transaction
from tracker.deadlines.queries import working_calendar
from tracker.outbox import OutboxMessage
from tracker.pages.overdue_queries import overdue_rows
from tracker.permissions import Role
from tracker.reminders.actions import plan_reminders
from tracker.reports.queries import counted_for, figures, listed
from tracker.reports.rules import Figure
from tracker.tasks.exchange import task_rows
from tracker.tasks.models import Task
from tracker.tasks.rules import TimeKind, Workflow

DAYS = (date(2026, 2, 13), date(2026, 2, 23), date(2026, 8, 24))  # around Tết and a make-up day


def test_page_figures_export_and_mails_name_the_same_tasks(session):
    committee = CommitteeFactory()
    chair = actor_of(PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id))
    chance, calendar = random.Random(7), working_calendar(session)  # noqa: S311
    for number in range(90):
        due = chance.choice(DAYS) + timedelta(days=chance.randint(-20, 12))
        done = due if chance.random() < 0.2 else None
        session.add(
            Task(
                code=f"NV-{number:03d}",
                committee=committee,
                title=f"việc-{number:03d}.",
                lead_unit=UnitFactory(),
                time=TimeKind.PROPOSED if chance.random() < 0.15 else TimeKind.DATED,
                deadline_kind="date",
                due_on=due,
                effective_on=calendar.next_workday(due),
                assigned_on=due - timedelta(days=60),
                accepted_on=done,
                workflow=Workflow.CLOSED if done else Workflow.IN_PROGRESS,
            )
        )
    session.commit()
    scope = counted_for(chair)
    for day in DAYS:
        page = {row[16] for row in overdue_rows(session, scope, day, after=None, limit=999)}
        also = listed(Figure.OPEN_OVERDUE, scope, day)
        sheet = {row["code"] for row in task_rows(session, chair, as_of=day, today=day, also=also)}
        counted = figures(session, scope, as_of=day, today=day).open_overdue

        assert page == sheet
        assert counted == len(page)
        assert page & mailed_as_overdue(session, day) == mailed_as_overdue(session, day)


def mailed_as_overdue(session, day):
    """Return the codes of the tasks that the units' digests of `day` call overdue."""
    with transaction() as writing:
        plan_reminders(
            writing,
            as_of=day,
            at=JUNE_1,
            calendar=working_calendar(writing),
            public_url="https://x.example",
        )
    bodies = session.scalars(
        sa.select(OutboxMessage.body).where(OutboxMessage.key.like(f"digest:u%:{day}"))
    )
    return {f"NV-{body.split('việc-')[1][:3]}" for body in bodies if "QUÁ HẠN (" in body}
