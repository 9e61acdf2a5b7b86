"""Rows for tests: valid by default, fixed dates, each test names only what it is about."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal

import factory
from factory.alchemy import SQLAlchemyModelFactory
from sqlalchemy.orm import Session

from tracker.committees.models import Committee
from tracker.conclusions.models import Clause, Meeting, Notice
from tracker.conclusions.rules import ClauseVerdict, SourceKind
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.rules import RuleKind
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.people.models import Person, Post
from tracker.people.queries import actor_in
from tracker.permissions import Actor, Role
from tracker.scores.models import Score
from tracker.tasks.models import DeadlineVersion, Task
from tracker.tasks.rules import TimeKind
from tracker.units.models import Unit
from tracker.units.rules import UnitKind

JUNE_1 = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
"""Monday 1 June 2026, 09:00 in the office: when a test's acts happen unless it says otherwise."""

_bound: list[Session] = []


@contextmanager
def bound_to(session: Session) -> Iterator[None]:
    """Let the factories write through `session`."""
    _bound.append(session)
    try:
        yield
    finally:
        _bound.pop()


class RowFactory(SQLAlchemyModelFactory):
    class Meta:
        abstract = True
        sqlalchemy_session_factory = lambda: _bound[-1]  # noqa: E731
        sqlalchemy_session_persistence = "commit"


class UnitFactory(RowFactory):
    class Meta:
        model = Unit

    code = factory.Sequence("U{:03d}".format)
    name = factory.Sequence("Phòng số {}".format)
    short_name = factory.SelfAttribute("name")
    kind = UnitKind.DEPARTMENT
    email = factory.LazyAttribute(lambda unit: f"{unit.code.lower()}@office.example")
    folded = factory.LazyAttribute(lambda unit: unit.name.lower())


class CommitteeFactory(RowFactory):
    class Meta:
        model = Committee

    code = factory.Sequence("BCD{}".format)
    name = factory.Sequence("Ban Chỉ đạo số {}".format)


class PersonFactory(RowFactory):
    class Meta:
        model = Person

    email = factory.Sequence("person{}@office.example".format)
    name = factory.Sequence("Nguyễn Văn {}".format)
    must_change_password = False
    created_at = datetime(2026, 1, 1, tzinfo=UTC)


class PostFactory(RowFactory):
    """A post since 1 January 2026; give `role` and `unit` or `committee_id`."""

    class Meta:
        model = Post

    person = factory.SubFactory(PersonFactory)
    role = Role.UNIT_HEAD
    starts_on = date(2026, 1, 1)


class TaskFactory(RowFactory):
    """An open task of a new unit: assigned 1 June 2026, due 30 June 2026 by the notice."""

    class Meta:
        model = Task

    code = factory.Sequence("NV-2026-{:04d}".format)
    committee = factory.SubFactory(CommitteeFactory)
    lead_unit = factory.SubFactory(UnitFactory)
    title = factory.Sequence("Việc số {}".format)
    time = TimeKind.DATED
    deadline_kind = DeadlineKind.DATE
    deadline_text = "trước ngày 30/6/2026"
    deadline_basis = DeadlineBasis.NOTICE
    due_on = date(2026, 6, 30)
    first_due_on = factory.SelfAttribute("due_on")
    effective_on = factory.SelfAttribute("due_on")
    assigned_on = date(2026, 6, 1)

    @factory.post_generation
    def first_version(self, create, extracted, **kwargs):
        session = _bound[-1]
        session.add(
            DeadlineVersion(
                task_id=self.id,
                version=1,
                time=self.time,
                kind=self.deadline_kind,
                text=self.deadline_text,
                due_on=self.due_on,
                effective_on=self.effective_on,
                basis=self.deadline_basis,
                decided_on=self.assigned_on,
                decided_at=JUNE_1,
            )
        )
        session.commit()


class MeetingFactory(RowFactory):
    class Meta:
        model = Meeting

    committee = factory.SubFactory(CommitteeFactory)
    kind = SourceKind.SESSION
    title = factory.Sequence("Phiên họp số {}".format)
    held_on = date(2026, 5, 28)


class NoticeFactory(RowFactory):
    class Meta:
        model = Notice

    committee = factory.SubFactory(CommitteeFactory)
    title = factory.Sequence("Kết luận số {}".format)
    number = factory.Sequence("{}/TB-BCĐ".format)
    issued_on = date(2026, 5, 30)
    created_at = JUNE_1


class ClauseFactory(RowFactory):
    class Meta:
        model = Clause

    notice = factory.SubFactory(NoticeFactory)
    position = 1
    label = "III.1"
    text = "Phòng Nội vụ tham mưu kế hoạch."
    start = 0
    end = 31
    verdict = ClauseVerdict.TASK


class EditionFactory(RowFactory):
    class Meta:
        model = Edition

    code = factory.Sequence("PAR-2025-{}".format)
    index = "PAR Index"
    year = 2025
    scale = Decimal(100)


class CriterionFactory(RowFactory):
    class Meta:
        model = Criterion

    edition = factory.SubFactory(EditionFactory)
    code = factory.Sequence("1.{}".format)
    name = factory.Sequence("Tiêu chí {}".format)
    max_points = Decimal(2)
    rule_kind = RuleKind.JUDGED


class ScoreFactory(RowFactory):
    class Meta:
        model = Score

    unit = factory.SubFactory(UnitFactory)
    criterion = factory.SubFactory(CriterionFactory)
    final_score = Decimal("1.25")


def actor_of(post: Post) -> Actor:
    """Return the holder of `post` acting in it."""
    session = _bound[-1]
    return actor_in(session, post.person, post, list(post.person.posts))
