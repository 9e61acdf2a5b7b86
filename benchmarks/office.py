"""An office of any size: 200 units, one committee, N tasks, of which 12 % are overdue."""

import random
import secrets
from datetime import UTC, date, datetime, timedelta

import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from tracker.committees.models import Committee
from tracker.conclusions.models import Clause, Meeting, Notice
from tracker.conclusions.rules import SourceKind
from tracker.db import db
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.people.models import Person, Post, SignInSession
from tracker.people.queries import token_digest
from tracker.permissions import Role
from tracker.tasks.models import Task
from tracker.tasks.rules import TimeKind, Workflow
from tracker.tasks.tally import count_accepted
from tracker.units.models import Unit

UNITS = 200
BATCH = 5_000


def fill(app: Flask, tasks: int, today: date) -> FlaskClient:
    """Fill the application's empty database; return a client signed in as the chairperson."""
    rng = random.Random(7)
    with app.app_context(), Session(db.engine, expire_on_commit=False) as session:
        committee = Committee(code="CCHC", name="Ban Chỉ đạo cải cách hành chính")
        session.add(committee)
        session.execute(
            sa.insert(Unit),
            [
                {
                    "code": f"U{number:03d}", "name": f"Ủy ban nhân dân xã số {number}",
                    "short_name": f"UBND xã số {number}", "kind": "commune",
                    "email": f"u{number}@office.example",
                }
                for number in range(UNITS)
            ],
        )  # fmt: skip
        units = session.scalars(sa.select(Unit.id)).all()
        session.flush()
        meeting = Meeting(
            committee_id=committee.id, kind=SourceKind.SESSION, title="Phiên họp", held_on=today
        )
        notice = Notice(
            committee_id=committee.id, meeting=meeting, title="Kết luận", number="12/TB-BCĐ",
            issued_on=today, created_at=datetime.now(UTC),
        )  # fmt: skip
        clauses = [
            Clause(notice=notice, position=n, label=f"III.{n}", text="…", start=n, end=n + 1)
            for n in range(1, 21)
        ]
        session.add_all([meeting, notice, *clauses])
        session.flush()
        places = [clause.id for clause in clauses]
        for first in range(0, tasks, BATCH):
            rows = [
                a_task(number, rng, today, committee.id, rng.choice(units), rng.choice(places))
                for number in range(first, min(first + BATCH, tasks))
            ]
            session.execute(sa.insert(Task), rows)
        session.commit()
        closed = session.scalars(sa.select(Task).where(Task.accepted_on.is_not(None)))
        for part in closed.partitions(BATCH):
            count_accepted(session, list(part))
        session.commit()
        token = sign_in(session, committee.id)
        if db.engine.dialect.name == "postgresql":
            with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as apart:
                apart.exec_driver_sql("VACUUM ANALYZE")
        else:
            session.execute(sa.text("ANALYZE"))
            session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client


def a_task(number, rng, today, committee_id, unit_id, clause_id):
    """Return one row: 12 % overdue, 28 % open and later, 60 % done."""
    k = number % 100
    if k < 12:
        due = today - timedelta(days=rng.randint(5, 365))
    elif k < 40:
        due = today + timedelta(days=rng.randint(2, 365))
    else:
        due = today - timedelta(days=rng.randint(1, 700))
    done = due if k >= 40 else None
    return {
        "code": f"NV-{number:07d}", "committee_id": committee_id, "lead_unit_id": unit_id,
        "clause_id": clause_id,
        "title": f"Rà soát, hoàn thiện quy trình nội bộ và công khai kết quả số {number}",
        "folded": "", "time": TimeKind.DATED, "deadline_kind": DeadlineKind.DATE,
        "deadline_basis": DeadlineBasis.NOTICE, "due_on": due, "first_due_on": due,
        "effective_on": due, "assigned_on": min(due, today) - timedelta(days=60), "percent": 40,
        "updated_on": due - timedelta(days=30), "last_update": "Đang lấy ý kiến các đơn vị",
        "field": f"Lĩnh vực {number % 8}", "handed_in_on": done, "accepted_on": done,
        "workflow": Workflow.CLOSED if done else Workflow.IN_PROGRESS,
    }  # fmt: skip


def sign_in(session: Session, committee_id: int) -> str:
    """Make a chairperson with a session; return its token."""
    now = datetime.now(UTC)
    person = Person(email="chair@office.example", name="Trưởng ban", created_at=now)
    person.must_change_password = False
    post = Post(
        person=person, role=Role.CHAIRPERSON, committee_id=committee_id, starts_on=now.date()
    )
    session.add(post)
    session.flush()
    token = secrets.token_hex(8)
    session.add(
        SignInSession(
            token_digest=token_digest(token), person_id=person.id, post_id=post.id,
            started_at=now, expires_at=now + timedelta(days=1),
        )
    )  # fmt: skip
    session.commit()
    return token
