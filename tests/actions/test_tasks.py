"""The life of a task through its acts."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.factories import (
    JUNE_1,
    CommitteeFactory,
    PersonFactory,
    PostFactory,
    TaskFactory,
    UnitFactory,
    actor_of,
)
from tracker.db import transaction
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.errors import BadInput, EditedByAnother, NotAllowed, RuleViolation
from tracker.history import HistoryEntry
from tracker.outbox import OutboxMessage
from tracker.permissions import Role
from tracker.tasks import actions
from tracker.tasks.actions import NewTask
from tracker.tasks.guards import TaskEnded, TrackedElsewhere
from tracker.tasks.models import (
    ClosedTally,
    DeadlineVersion,
    HandInDecision,
    LeaderDecision,
    Receipt,
    Task,
)
from tracker.tasks.rules import DeadlineClass, DecisionKind, LeftWhy, TimeKind, Workflow
from tracker.tasks.tally import recount
from tracker.workdays import WorkCalendar

CALENDAR = WorkCalendar(exceptions={date(2026, 9, 2): False})


def on(day, month=6):
    return JUNE_1.replace(day=day, month=month)


@pytest.fixture
def office(session):
    """A committee, its secretary, a unit with head, focal point and officer."""

    class Office:
        committee = CommitteeFactory()
        unit = UnitFactory()
        secretary = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))
        chair = actor_of(PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id))
        head_post = PostFactory(unit=unit)
        head = actor_of(head_post)
        focal = actor_of(PostFactory(role=Role.FOCAL_POINT, unit=unit))
        officer = actor_of(PostFactory(role=Role.OFFICER, unit=unit))

        def new(self, **said):
            facts = {
                "committee_id": self.committee.id,
                "title": "Tham mưu kế hoạch",
                "lead_unit_id": self.unit.id,
                "time": TimeKind.DATED,
                "deadline_text": "trước ngày 30/6/2026",
                "deadline_basis": DeadlineBasis.NOTICE,
                "due_on": date(2026, 6, 30),
            }
            return NewTask(**(facts | said))

        def assign(self, by=None, at=JUNE_1, assigned_on=None, **said):
            with transaction() as writing:
                return actions.assign_task(
                    writing,
                    self.new(**said),
                    by=by or self.secretary,
                    at=at,
                    calendar=CALENDAR,
                    assigned_on=assigned_on,
                ).id

        def act(self, verb, task_id, by, at=JUNE_1, **said):
            with transaction() as writing:
                task = writing.get(Task, task_id)
                return verb(writing, task, by=by, at=at, **said)

        def handed_in(self, at=JUNE_1, **said):
            task_id = self.assign(**said)
            self.act(actions.hand_in, task_id, self.head, at=at, result="Đã trình ký")
            return task_id

    return Office()


@pytest.fixture
def read(session):
    def task(task_id):
        session.expire_all()
        return session.get(Task, task_id)

    return task


def test_a_task_is_assigned_with_code_first_deadline_and_version(office, read):
    task = read(office.assign())

    assert task.code == "NV-2026-0001"
    assert (task.due_on, task.first_due_on) == (date(2026, 6, 30), date(2026, 6, 30))
    assert task.workflow is Workflow.ASSIGNED
    assert [version.version for version in task.deadlines] == [1]
    assert "tham muu ke hoach" in task.folded


def test_codes_run_on_within_a_year_even_past_9999(office, read):
    TaskFactory(code="NV-2026-9999")
    TaskFactory(code="NV-2026-10000")
    TaskFactory(code="NV-2026-xx")

    assert read(office.assign()).code == "NV-2026-10001"
    assert read(office.assign()).code == "NV-2026-10002"


def test_a_deadline_on_a_rest_day_takes_effect_on_the_next_working_day(office, read):
    task = read(office.assign(due_on=date(2026, 9, 2)))

    assert (task.due_on, task.effective_on) == (date(2026, 9, 2), date(2026, 9, 3))


def test_a_committee_may_read_its_dates_as_fixed(office, read, session):
    office.committee.rolls_to_workday = False
    session.commit()

    assert read(office.assign(due_on=date(2026, 9, 2))).effective_on == date(2026, 9, 2)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"deadline_basis": None}, "basis"),
        ({"deadline_basis": DeadlineBasis.PROPOSED}, "basis"),
        ({"deadline_basis": DeadlineBasis.LEADER}, "reference"),
        ({"deadline_basis": DeadlineBasis.LETTER, "basis_reference": " "}, "reference"),
        ({"due_on": None}, "due_on"),
        ({"time": TimeKind.PROPOSED, "due_on": None}, "due_on"),
        ({"time": TimeKind.AWAITING}, "due_on"),
        ({"time": TimeKind.WITHOUT}, "due_on"),
        ({"time": TimeKind.STANDING}, "due_on"),
        ({"title": " "}, "title"),
    ],
)
def test_what_is_said_of_time_must_hold_together(office, session, said, field):
    with pytest.raises(BadInput) as refusal:
        office.assign(**said)

    assert refusal.value.field == field
    assert session.scalar(sa.select(sa.func.count(Task.id))) == 0


def test_a_proposed_date_is_not_yet_the_first_deadline(office, read):
    task = read(office.assign(time=TimeKind.PROPOSED, deadline_basis=None))

    assert task.deadline_basis is DeadlineBasis.PROPOSED
    assert task.first_due_on is None


def test_the_lead_does_not_coordinate_with_itself(office, read):
    other = UnitFactory()
    task = read(office.assign(coordinating_unit_ids=(other.id, office.unit.id, other.id)))

    assert [part.unit_id for part in task.coordinations] == [other.id]


def test_only_the_committees_secretariat_assigns(office):
    stranger = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=CommitteeFactory().id))
    for by in (office.chair, office.head, office.officer, stranger):
        with pytest.raises(NotAllowed):
            office.assign(by=by)


def test_receiving_twice_is_noted_once(office, session):
    task_id = office.assign()

    office.act(actions.receive_task, task_id, office.head)
    office.act(actions.receive_task, task_id, office.focal)

    assert len(session.scalars(sa.select(Receipt)).all()) == 1


def test_a_report_of_progress_moves_the_task_on(office, read):
    task_id = office.assign()

    office.act(
        actions.report_progress, task_id, office.head, at=on(3), text="Đã lấy ý kiến", percent=60
    )

    task = read(task_id)
    assert (task.percent, task.workflow, task.updated_on) == (
        60,
        Workflow.IN_PROGRESS,
        date(2026, 6, 3),
    )
    assert task.last_update == "Đã lấy ý kiến"


@pytest.mark.parametrize("percent", [-1, 101])
def test_percent_lies_between_0_and_100(office, percent):
    with pytest.raises(BadInput):
        office.act(actions.report_progress, office.assign(), office.head, text="x", percent=percent)


def test_an_officer_prepares_but_does_not_hand_in(office, read):
    task_id = office.assign()
    with pytest.raises(NotAllowed):
        office.act(actions.report_progress, task_id, office.officer, text="Xong", percent=100)

    office.act(actions.name_officer, task_id, office.head, officer_id=office.officer.person_id)
    office.act(actions.report_progress, task_id, office.officer, text="Xong", percent=100)
    with pytest.raises(NotAllowed):
        office.act(actions.hand_in, task_id, office.officer, result="Xong")

    task = read(task_id)
    assert task.progress[-1].kind == "prepared"
    assert task.workflow is Workflow.IN_PROGRESS


def test_the_officer_comes_from_the_lead_unit_or_below_it(office, read):
    below = UnitFactory(parent=office.unit)
    inside = PostFactory(role=Role.OFFICER, unit=below)
    outside = PostFactory(role=Role.OFFICER, unit=UnitFactory())
    task_id = office.assign()

    office.act(actions.name_officer, task_id, office.head, officer_id=inside.person_id)
    with pytest.raises(BadInput):
        office.act(actions.name_officer, task_id, office.head, officer_id=outside.person_id)

    assert read(task_id).officer_id == inside.person_id


def test_the_focal_point_hands_in_unless_the_unit_keeps_it_for_the_head(office, session, read):
    office.act(actions.hand_in, office.assign(), office.focal, result="Đã ban hành")
    office.unit.hand_in_by_head_only = True
    session.commit()
    task_id = office.assign()

    with pytest.raises(NotAllowed):
        office.act(actions.hand_in, task_id, office.focal, result="Đã ban hành")
    office.act(actions.hand_in, task_id, office.head, result="Đã ban hành")

    assert read(task_id).workflow is Workflow.HANDED_IN


def test_a_unit_may_demand_the_number_of_the_signed_document(office, session, read):
    office.unit.hand_in_needs_document = True
    session.commit()
    task_id = office.assign()

    with pytest.raises(BadInput):
        office.act(actions.hand_in, task_id, office.head, result="Xong", document_number=" ")
    office.act(actions.hand_in, task_id, office.head, result="Xong", document_number="12/KH")

    assert read(task_id).hand_ins[0].document_number == "12/KH"


def test_a_hand_in_waits_and_is_not_made_twice(office):
    task_id = office.handed_in()

    with pytest.raises(RuleViolation):
        office.act(actions.hand_in, task_id, office.head, result="Lần nữa")


@pytest.mark.parametrize(
    ("handed_in", "verdict"),
    [
        (on(29), DeadlineClass.DONE_ON_TIME),
        (on(30), DeadlineClass.DONE_ON_TIME),
        (on(1, 7), DeadlineClass.DONE_LATE),
    ],
)
def test_the_day_of_the_hand_in_judges_not_the_click(office, session, handed_in, verdict):
    task_id = office.handed_in(at=handed_in)

    office.act(actions.accept, task_id, office.secretary, at=on(10, 7))

    tally = session.scalars(sa.select(ClosedTally)).one()
    assert (tally.verdict, tally.tasks, tally.accepted_on) == (verdict, 1, date(2026, 7, 10))


def test_the_tally_equals_a_recount(office, session):
    for at in (on(5), on(5), on(2, 7)):
        office.act(actions.accept, office.handed_in(at=at), office.secretary, at=on(10, 7))
    office.act(
        actions.accept,
        office.handed_in(time=TimeKind.WITHOUT, due_on=None, deadline_basis=None),
        office.secretary,
    )
    office.handed_in()

    kept = {
        (row.committee_id, row.unit_id, row.accepted_on, row.verdict): row.tasks
        for row in session.scalars(sa.select(ClosedTally))
    }
    assert kept == recount(session)
    assert sum(kept.values()) == 4


def test_accepting_keeps_a_snapshot_and_closes(office, read, session):
    task_id = office.handed_in()
    office.act(actions.accept, task_id, office.secretary)

    task = read(task_id)
    assert (task.workflow, task.accepted_on) == (Workflow.CLOSED, date(2026, 6, 1))
    assert "Đã trình ký" in session.scalars(sa.select(HandInDecision)).one().snapshot


def test_redo_needs_a_reason_and_gives_the_work_back(office, read):
    task_id = office.assign()
    office.act(actions.report_progress, task_id, office.head, text="gần xong", percent=80)
    office.act(actions.hand_in, task_id, office.head, result="Đã trình ký")
    with pytest.raises(BadInput):
        office.act(actions.send_back, task_id, office.secretary, reason=" ")

    office.act(actions.send_back, task_id, office.secretary, reason="Thiếu phụ lục")

    task = read(task_id)
    assert (task.workflow, task.percent, task.handed_in_on) == (Workflow.REDO, 80, None)
    office.act(actions.hand_in, task_id, office.head, at=on(4), result="Đã bổ sung")
    office.act(actions.accept, task_id, office.secretary, at=on(5))
    assert read(task_id).handed_in_on == date(2026, 6, 4)


def test_nothing_is_accepted_that_was_not_handed_in(office):
    with pytest.raises(RuleViolation):
        office.act(actions.accept, office.assign(), office.secretary)


def test_nobody_accepts_the_work_of_a_unit_in_which_they_hold_a_post(office):
    person = PersonFactory()
    PostFactory(person=person, role=Role.OFFICER, unit=office.unit)
    post = PostFactory(person=person, role=Role.SECRETARIAT, committee_id=office.committee.id)

    with pytest.raises(NotAllowed):
        office.act(actions.accept, office.handed_in(), actor_of(post))


def test_the_standing_units_own_work_is_accepted_by_the_chairperson(office, session, read):
    office.committee.unit_id = office.unit.id
    session.commit()
    task_id = office.handed_in()

    with pytest.raises(NotAllowed):
        office.act(actions.accept, task_id, office.secretary)
    office.act(actions.accept, task_id, office.chair)

    assert read(task_id).workflow is Workflow.CLOSED


def test_the_committee_may_name_another_acceptor(office, session, read):
    deputy = actor_of(PostFactory(role=Role.CHAIRPERSON, committee_id=office.committee.id))
    office.committee.unit_id = office.unit.id
    office.committee.acceptor_id = deputy.person_id
    session.commit()
    task_id = office.handed_in()

    with pytest.raises(NotAllowed):
        office.act(actions.accept, task_id, office.chair)
    office.act(actions.accept, task_id, deputy)

    assert read(task_id).workflow is Workflow.CLOSED


@pytest.mark.parametrize("role", ["head", "focal", "officer"])
def test_the_doer_never_closes(office, role):
    task_id = office.handed_in()

    for verb, said in ((actions.accept, {}), (actions.send_back, {"reason": "x"})):
        with pytest.raises(NotAllowed):
            office.act(verb, task_id, getattr(office, role), **said)


def test_a_leaders_decision_is_recorded_by_the_secretary_with_its_proof(office, session, read):
    office.committee.unit_id = office.unit.id
    session.commit()
    task_id = office.handed_in()
    said = {"leader": "Chủ tịch Trần Văn A", "kind": DecisionKind.ACCEPT, "text": ""}

    with pytest.raises(BadInput):
        office.act(actions.record_leader_decision, task_id, office.secretary, **said)
    office.act(
        actions.record_leader_decision,
        task_id,
        office.secretary,
        reference="12/TB ngày 02/6/2026",
        **said,
    )

    decision = session.scalars(sa.select(LeaderDecision)).one()
    assert (decision.leader, decision.recorded_by) == (
        "Chủ tịch Trần Văn A",
        office.secretary.name,
    )
    assert read(task_id).workflow is Workflow.CLOSED
    entry = session.scalars(sa.select(HistoryEntry).where(HistoryEntry.act == "task.accept")).one()
    assert entry.on_behalf_of == "Chủ tịch Trần Văn A"


@pytest.mark.parametrize("role", ["chair", "head", "focal", "officer"])
def test_nobody_else_records_a_leaders_decision(office, role):
    with pytest.raises(NotAllowed):
        office.act(
            actions.record_leader_decision,
            office.handed_in(),
            getattr(office, role),
            leader="A",
            kind=DecisionKind.INSTRUCTION,
            text="x",
            reference="1",
        )


def test_the_secretary_reports_for_a_unit_only_by_name_and_with_proof(office, read):
    task_id = office.assign()
    with pytest.raises(BadInput):
        office.act(actions.report_progress, task_id, office.secretary, text="x", percent=20)
    with pytest.raises(BadInput):
        office.act(actions.hand_in, task_id, office.secretary, result="x", on_behalf_of="Phòng A")

    office.act(
        actions.hand_in,
        task_id,
        office.secretary,
        at=on(3, 7),
        result="Báo cáo giấy",
        document_number="5/BC",
        on_behalf_of="Phòng A",
        handed_in_on=date(2026, 6, 30),
    )

    assert read(task_id).handed_in_on == date(2026, 6, 30)


@pytest.mark.parametrize("day", [date(2026, 5, 31), date(2026, 7, 4)])
def test_a_hand_in_lies_between_assignment_and_today(office, day):
    with pytest.raises(BadInput):
        office.act(
            actions.hand_in,
            office.assign(),
            office.secretary,
            at=on(3, 7),
            result="x",
            document_number="1",
            on_behalf_of="A",
            handed_in_on=day,
        )


def move(office, task_id, by=None, at=None, **said):
    facts = {
        "time": TimeKind.DATED,
        "kind": DeadlineKind.DATE,
        "text": "",
        "due_on": date(2026, 7, 15),
        "basis": DeadlineBasis.LEADER,
        "reference": "7/TB",
        "reason": "chờ ý kiến",
        "calendar": CALENDAR,
    }
    office.act(
        actions.set_deadline, task_id, by or office.secretary, at=at or on(20), **(facts | said)
    )


def test_a_new_deadline_is_a_version_and_the_first_one_stays(office, read):
    task_id = office.assign()

    move(office, task_id)

    task = read(task_id)
    assert (task.first_due_on, task.due_on) == (date(2026, 6, 30), date(2026, 7, 15))
    assert task.deadline_version == 2
    assert [(v.version, v.due_on, v.decided_on) for v in task.deadlines] == [
        (1, date(2026, 6, 30), date(2026, 6, 1)),
        (2, date(2026, 7, 15), date(2026, 6, 20)),
    ]


def test_moving_an_official_date_needs_a_reason_and_a_basis(office):
    task_id = office.assign()
    for said in ({"reason": ""}, {"reference": ""}, {"basis": None}):
        with pytest.raises(BadInput):
            move(office, task_id, **said)


def test_the_first_official_date_of_an_undated_order_becomes_its_first_deadline(office, read):
    task_id = office.assign(time=TimeKind.AWAITING, due_on=None, deadline_basis=None)

    move(office, task_id, reason="")
    move(office, task_id, due_on=date(2026, 8, 1))

    assert read(task_id).first_due_on == date(2026, 7, 15)


@pytest.mark.parametrize("role", ["head", "focal", "officer"])
def test_the_doer_never_moves_the_deadline(office, role):
    with pytest.raises(NotAllowed):
        move(office, office.assign(), by=getattr(office, role))


def test_a_withdrawn_task_leaves_and_takes_no_more_acts(office, read):
    task_id = office.assign()
    said = {"why": LeftWhy.WITHDRAWN, "reason": "không còn phù hợp", "left_on": date(2026, 6, 1)}
    with pytest.raises(NotAllowed):
        office.act(actions.withdraw, task_id, office.head, **said)
    with pytest.raises(BadInput):
        office.act(actions.withdraw, task_id, office.secretary, **(said | {"reason": ""}))

    office.act(actions.withdraw, task_id, office.secretary, **said)

    assert read(task_id).left_on == date(2026, 6, 1)
    for verb, by, more in acts(office):
        with pytest.raises(TaskEnded):
            office.act(verb, task_id, by, **more)


def acts(office):
    return [
        (actions.receive_task, office.head, {}),
        (actions.report_progress, office.head, {"text": "x", "percent": 20}),
        (actions.hand_in, office.head, {"result": "x"}),
        (actions.accept, office.secretary, {}),
        (actions.send_back, office.secretary, {"reason": "x"}),
        (actions.name_officer, office.head, {"officer_id": None}),
        (
            actions.withdraw,
            office.secretary,
            {"why": LeftWhy.EXEMPT, "reason": "x", "left_on": date(2026, 6, 1)},
        ),
        (
            actions.record_leader_decision,
            office.secretary,
            {"leader": "A", "kind": DecisionKind.INSTRUCTION, "text": "x", "reference": "1"},
        ),
    ]


def test_a_closed_task_takes_no_more_acts(office):
    task_id = office.handed_in()
    office.act(actions.accept, task_id, office.secretary)

    for verb, by, more in acts(office):
        with pytest.raises(TaskEnded):
            office.act(verb, task_id, by, **more)
    with pytest.raises(TaskEnded):
        move(office, task_id)


def test_a_task_followed_in_another_system_is_read_only(office):
    task_id = office.assign(tracked_in="Hệ thống của VPCP")

    for verb, by, more in acts(office):
        with pytest.raises(TrackedElsewhere):
            office.act(verb, task_id, by, **more)


def text_of(task, **said):
    names = [
        "title",
        "product",
        "field",
        "star",
        "leader",
        "external_code",
        "tracked_in",
        "superior_due_on",
        "note",
    ]
    return actions.TaskText(**({name: getattr(task, name) for name in names} | said))


def test_the_later_of_two_editors_is_shown_both_texts(office, read):
    task = read(office.assign())
    first = text_of(task, title="Bản của người thứ nhất")
    second = text_of(task, title="Bản của người thứ hai")

    office.act(actions.edit_task, task.id, office.secretary, new=first, edition=1)
    with pytest.raises(EditedByAnother) as refusal:
        office.act(actions.edit_task, task.id, office.secretary, new=second, edition=1)

    assert refusal.value.theirs == "Bản của người thứ nhất"
    assert refusal.value.yours == "Bản của người thứ hai"
    assert read(task.id).title == "Bản của người thứ nhất"
    assert "nguoi thu nhat" in read(task.id).folded


def test_a_coordinating_unit_reports_its_own_part_and_leaves_the_leads_percent(office, read):
    post = PostFactory(unit=UnitFactory())
    task_id = office.assign(coordinating_unit_ids=(post.unit_id,))
    by = actor_of(post)
    with pytest.raises(NotAllowed):
        office.act(actions.report_progress, task_id, by, text="x", percent=50)

    office.act(actions.report_part, task_id, by, unit_id=post.unit_id, text="Đã góp ý", done=True)

    task = read(task_id)
    assert task.coordinations[0].done_on == date(2026, 6, 1)
    assert (task.percent, task.workflow) == (0, Workflow.ASSIGNED)


def test_a_changed_calendar_moves_the_effective_dates_of_open_tasks(office, read, session):
    open_id = office.assign(due_on=date(2026, 6, 30))
    closed_id = office.handed_in(due_on=date(2026, 6, 30))
    office.act(actions.accept, closed_id, office.secretary)
    tet = WorkCalendar(exceptions={date(2026, 6, 30): False})

    with transaction() as writing:
        moved = actions.refresh_effective_dates(writing, tet, by=office.secretary, at=on(2))

    assert moved == 1
    assert read(open_id).effective_on == date(2026, 7, 1)
    assert read(closed_id).effective_on == date(2026, 6, 30)
    version = session.scalars(
        sa.select(DeadlineVersion).where(DeadlineVersion.task_id == open_id)
    ).one()
    assert version.effective_on == date(2026, 7, 1)


def test_an_actor_of_another_committee_or_unit_can_do_nothing(office):
    other = CommitteeFactory()
    strangers = [
        actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=other.id)),
        actor_of(PostFactory(role=Role.CHAIRPERSON, committee_id=other.id)),
        actor_of(PostFactory(unit=UnitFactory())),
        actor_of(PostFactory(role=Role.ADVISER, committee_id=office.committee.id)),
        actor_of(PostFactory(role=Role.VIEWER, committee_id=office.committee.id)),
        actor_of(PostFactory(role=Role.ADMIN)),
    ]
    task_id = office.handed_in()

    for stranger in strangers:
        for verb, _, more in acts(office):
            with pytest.raises(NotAllowed):
                office.act(verb, task_id, stranger, **more)


def test_refused_acts_leave_no_trace(office, session):
    task_id = office.handed_in()
    before = session.scalar(sa.select(sa.func.count(HistoryEntry.id)))

    with pytest.raises(NotAllowed):
        office.act(actions.accept, task_id, office.head)

    assert session.scalar(sa.select(sa.func.count(HistoryEntry.id))) == before


def test_the_unit_and_the_officer_are_told_of_redo_but_never_the_actor(office, session):
    task_id = office.assign()
    office.act(actions.name_officer, task_id, office.head, officer_id=office.officer.person_id)
    office.act(actions.hand_in, task_id, office.head, result="Xong")

    office.act(
        actions.send_back,
        task_id,
        office.secretary,
        reason="Thiếu phụ lục",
        public_url="https://tracker.example",
    )

    letters = session.scalars(
        sa.select(OutboxMessage).where(OutboxMessage.key.like("redo:%"))
    ).all()
    assert {letter.person_id for letter in letters} == {
        office.head.person_id,
        office.officer.person_id,
    }
    assert all("Thiếu phụ lục" in letter.body for letter in letters)
    assert all(f"https://tracker.example/tasks/{task_id}" in letter.html for letter in letters)


def test_accepting_tells_the_unit_once(office, session):
    office.act(actions.accept, office.handed_in(), office.secretary)

    assert len(session.scalars(sa.select(OutboxMessage)).all()) == 1
