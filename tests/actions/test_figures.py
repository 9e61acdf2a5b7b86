"""The figures as of any day: they sum, and each is as long as its list."""

from collections import Counter
from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.factories import (
    JUNE_1,
    ClauseFactory,
    CommitteeFactory,
    MeetingFactory,
    NoticeFactory,
    TaskFactory,
    UnitFactory,
)
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.reports.queries import Scope, figures, figures_by, list_of
from tracker.reports.rules import By, Figure, Figures
from tracker.tasks.models import DeadlineVersion, Task
from tracker.tasks.rules import DeadlineClass, LeftWhy, TimeKind, Workflow, deadline_class
from tracker.tasks.tally import count_accepted

YEAR = [date(2026, 1, 1) + timedelta(days=number) for number in range(365)]
TODAY = date(2026, 9, 1)

days = st.integers(min_value=0, max_value=360)
times = st.sampled_from(list(TimeKind))
lives = st.lists(
    st.fixed_dictionaries(
        {
            "assigned": days,
            "times": st.lists(st.tuples(times, days, days), min_size=1, max_size=3),
            "end": st.sampled_from(["open", "accepted", "left"]),
            "end_after": days,
            "handed_in_before": st.none() | st.integers(min_value=0, max_value=40),
        }
    ),
    min_size=1,
    max_size=12,
)


def live(session, life, committee, unit):
    """Write one task with its deadline versions; return it with them."""
    assigned = min(YEAR[0] + timedelta(days=life["assigned"]), TODAY)
    versions = []
    decided = assigned
    for number, (time, due_after, decided_after) in enumerate(life["times"], start=1):
        if number > 1:
            decided = decided + timedelta(days=decided_after)
        due = assigned + timedelta(days=due_after)
        dated = time in {TimeKind.DATED, TimeKind.PROPOSED}
        if number == 1 or decided <= TODAY:
            versions.append((decided, time, due if dated else None))
    end = min(assigned + timedelta(days=life["end_after"]), TODAY)
    if life["end"] != "open":
        versions = [version for version in versions if version[0] <= end] or versions[:1]
    _, time, due = versions[-1]
    task = Task(
        code=f"{committee.code}-{len(session.info.setdefault('made', []))}",
        committee_id=committee.id,
        lead_unit_id=unit.id,
        title="Việc",
        time=time,
        deadline_kind=DeadlineKind.DATE,
        deadline_basis=DeadlineBasis.NOTICE,
        due_on=due,
        effective_on=due,
        deadline_version=len(versions),
        assigned_on=assigned,
        accepted_on=end if life["end"] == "accepted" else None,
        left_on=end if life["end"] == "left" else None,
        left_why=LeftWhy.WITHDRAWN if life["end"] == "left" else None,
        workflow=Workflow.CLOSED if life["end"] == "accepted" else Workflow.ASSIGNED,
    )
    if task.accepted_on and life["handed_in_before"] is not None:
        before = task.accepted_on - timedelta(days=life["handed_in_before"])
        task.handed_in_on = max(before, assigned)
    session.info["made"].append(task)
    session.add(task)
    session.flush()
    for number, (decided, time, due) in enumerate(versions, start=1):
        session.add(
            DeadlineVersion(
                task_id=task.id,
                version=number,
                time=time,
                kind=DeadlineKind.DATE,
                due_on=due,
                effective_on=due,
                decided_on=decided,
                decided_at=JUNE_1,
            )
        )
    return task, versions


def told(task, versions, day):
    """Return the class of a task on `day` by the pure rule, or None where it does not count."""
    if task.assigned_on > day or (task.left_on and task.left_on <= day):
        return None
    known = [version for version in versions if version[0] <= day] or versions[:1]
    _, time, due = known[-1]
    done = task.accepted_on is not None and task.accepted_on <= day
    return deadline_class(
        time=time,
        effective_on=due,
        judged_on=(task.handed_in_on or task.accepted_on) if done else None,
        today=day,
    )


@settings(
    max_examples=3,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(lives=lives)
def test_on_every_day_of_a_year_the_figures_follow_the_rule_and_equal_their_lists(session, lives):
    committee, unit = CommitteeFactory(), UnitFactory()
    written = [live(session, life, committee, unit) for life in lives]
    count_accepted(session, [task for task, _ in written if task.accepted_on])
    session.commit()
    scope = Scope(committee_ids=frozenset({committee.id}))

    for number, day in enumerate(YEAR):
        expected = Counter(told(task, versions, day) for task, versions in written)
        expected.pop(None, None)
        found = figures(session, scope, as_of=day, today=date(2027, 6, 1))
        assert found == Figures.counted(expected)
        assert found.total == sum(
            found[figure]
            for figure in (
                Figure.DONE_ON_TIME,
                Figure.DONE_LATE,
                Figure.OPEN_IN_TIME,
                Figure.OPEN_OVERDUE,
            )
        )
        if number % 60 == 0:
            for figure in Figure:
                assert len(list_of(session, figure, scope, as_of=day)) == found[figure]

    assert figures(session, scope, as_of=TODAY, today=TODAY) == figures(
        session, scope, as_of=TODAY, today=TODAY + timedelta(days=1)
    )
    by_unit = figures_by(session, scope, By.UNIT, as_of=TODAY, today=TODAY)
    assert [part.figures for part in by_unit] == (
        [figures(session, scope, as_of=TODAY, today=TODAY)] if by_unit else []
    )


def test_the_due_day_itself_is_in_time_and_the_next_is_overdue(session):
    task = TaskFactory(due_on=date(2026, 6, 30))
    scope = Scope(committee_ids=frozenset({task.committee_id}))

    def late(day):
        return figures(session, scope, as_of=day, today=day).open_overdue

    assert late(date(2026, 6, 30)) == 0
    assert late(date(2026, 7, 1)) == 1


def test_a_past_day_keeps_the_deadline_that_was_decided_by_then(session):
    task = TaskFactory(due_on=date(2026, 6, 30), deadline_version=2)
    task.due_on = task.effective_on = date(2026, 8, 31)
    session.add(
        DeadlineVersion(
            task_id=task.id,
            version=2,
            time=TimeKind.DATED,
            kind=DeadlineKind.DATE,
            due_on=task.due_on,
            effective_on=task.due_on,
            decided_on=date(2026, 7, 10),
            decided_at=JUNE_1,
        )
    )
    session.commit()

    def late(day):
        return figures(session, Scope(), as_of=day, today=date(2026, 12, 1)).open_overdue

    assert [late(date(2026, 7, day)) for day in (1, 9, 10)] == [1, 1, 0]


def test_a_task_that_left_is_out_from_that_day_on(session):
    TaskFactory(left_on=date(2026, 6, 10), left_why=LeftWhy.WITHDRAWN)

    def total(day):
        return figures(session, Scope(), as_of=day, today=date(2026, 12, 1)).total

    assert [total(date(2026, 6, day)) for day in (9, 10)] == [1, 0]


def test_parts_by_meeting_and_field_sum_to_the_whole(session):
    meeting = MeetingFactory(title="Phiên họp quý II")
    clause = ClauseFactory(notice=NoticeFactory(meeting=meeting))
    TaskFactory(clause_id=clause.id, field="Cải cách thể chế")
    TaskFactory(clause_id=clause.id)
    TaskFactory()
    day = date(2026, 7, 5)

    meetings = figures_by(session, Scope(), By.MEETING, as_of=day, today=day)
    fields = figures_by(session, Scope(), By.FIELD, as_of=day, today=day)

    assert [(part.name, part.figures.open_overdue) for part in meetings] == [
        ("Phiên họp quý II", 2),
        ("", 1),
    ]
    assert [(part.name, part.figures.total) for part in fields] == [
        ("Cải cách thể chế", 1),
        ("", 2),
    ]
    for part in meetings:
        narrowed = Scope().narrowed(meeting_id=int(part.key))
        rows = list_of(session, Figure.OPEN_OVERDUE, narrowed, as_of=day)
        assert len(rows) == part.figures.open_overdue


def test_without_a_hand_in_the_acceptance_judges(session):
    TaskFactory(accepted_on=date(2026, 7, 1), workflow=Workflow.CLOSED)
    TaskFactory(
        accepted_on=date(2026, 7, 1), handed_in_on=date(2026, 6, 30), workflow=Workflow.CLOSED
    )
    day = date(2026, 7, 2)

    found = figures(session, Scope(), as_of=day, today=date(2026, 8, 1))

    assert (found.done_late, found.done_on_time) == (1, 1)
    assert DeadlineClass.DONE_LATE.value == Figure.DONE_LATE.value
