"""Tasks in and out as a sheet."""

import time
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests import factories
from tests.conftest import empty_database
from tests.factories import (
    JUNE_1,
    CommitteeFactory,
    PersonFactory,
    PostFactory,
    UnitFactory,
    actor_of,
)
from tracker.conclusions.imports import clause_for_import
from tracker.conclusions.models import Clause, Notice
from tracker.db import db, transaction
from tracker.errors import NotAllowed, RowErrors
from tracker.history import HistoryEntry
from tracker.outbox import OutboxMessage
from tracker.people.queries import command_actor
from tracker.permissions import Role
from tracker.sheets import read_sheet, write_csv, write_xlsx
from tracker.tasks import actions, queries
from tracker.tasks.exchange import COLUMNS, task_rows
from tracker.tasks.imports import Counts, import_tasks
from tracker.tasks.models import ClosedTally, Task
from tracker.tasks.rules import DeadlineClass, LeftWhy, TimeKind, Workflow
from tracker.tasks.tally import recount
from tracker.workdays import WorkCalendar

CALENDAR = WorkCalendar()
JULY_10 = JUNE_1.replace(month=7, day=10)


def take(text, *, by=None, at=JULY_10, name="tasks.csv"):
    data = text if isinstance(text, bytes) else text.encode()
    sheet = read_sheet(data, file_name=name, columns=COLUMNS)
    with transaction() as session:
        return import_tasks(
            session,
            sheet,
            by=by or command_actor(session),
            at=at,
            calendar=CALENDAR,
            find_clause=clause_for_import,
        )


def rows_of(session, as_of=date(2026, 7, 10), **more):
    session.expire_all()
    return list(
        task_rows(session, command_actor(session), as_of=as_of, today=date(2026, 7, 10), **more)
    )


@pytest.fixture
def office(session):
    class Office:
        committee = CommitteeFactory(code="CCHC")
        unit = UnitFactory(code="SNV", name="Sở Nội vụ")
        other = UnitFactory(code="STP", name="Sở Tư pháp")
        person = PersonFactory(email="quan@office.example", name="Đỗ Minh Quân")

    return Office()


@pytest.fixture
def one(session):
    def only_task():
        session.expire_all()
        return session.scalars(sa.select(Task)).one()

    return only_task


def refused(text, **more):
    with pytest.raises(RowErrors) as refusal:
        take(text, **more)
    return [(row.line, row.column) for row in refusal.value.rows]


def test_a_row_becomes_a_task_with_its_notice_and_clause(office, one, session):
    counts = take(
        "code;document_number;document_date;clause;title;lead_unit;coordinating_units;officer;"
        "star;due_on;assigned_on;percent\n"
        "NV-7;41/TB-BCĐ;05/06/2026;III.4;Lập kế hoạch;Sở Nội vụ;STP;Đỗ Minh Quân;"
        "x;2026-07-12;06/06/2026;40\n"
    )

    task = one()
    assert counts == Counts(1, 0, 0)
    assert (task.code, task.lead_unit_id, task.officer_id) == (
        "NV-7",
        office.unit.id,
        office.person.id,
    )
    assert [part.unit_id for part in task.coordinations] == [office.other.id]
    assert task.star
    assert (task.time, task.due_on, task.first_due_on) == (
        TimeKind.DATED,
        date(2026, 7, 12),
        date(2026, 7, 12),
    )
    assert task.effective_on == date(2026, 7, 13)  # the 12th is a Sunday
    assert (task.workflow, task.percent) == (Workflow.IN_PROGRESS, 40)
    notice = session.scalars(sa.select(Notice)).one()
    assert (notice.number, notice.issued_on) == ("41/TB-BCĐ", date(2026, 6, 5))
    assert session.scalars(sa.select(Clause)).one().label == "III.4"


def test_importing_sends_no_mail_but_leaves_a_trail(office, session):
    take("title;lead_unit\nA;SNV\nB;SNV\n")

    assert session.scalar(sa.select(sa.func.count(OutboxMessage.id))) == 0
    acts = session.scalars(sa.select(HistoryEntry.act).where(HistoryEntry.noun == "tasks")).all()
    assert acts == ["task.import", "task.import"]


def test_codes_are_given_where_the_file_has_none(office, session):
    take(
        "code;title;lead_unit;assigned_on\nNV-2026-0002;A;SNV;2026-06-01\n;B;SNV;2026-06-01\n"
        ";C;SNV;2026-06-01\n"
    )

    codes = list(session.scalars(sa.select(Task.code)))
    assert len(set(codes)) == 3
    assert all(code.startswith("NV-2026-000") for code in codes)


@pytest.mark.parametrize(
    ("cells", "time", "deadline_class"),
    [
        ("date;2026-07-09;", TimeKind.DATED, DeadlineClass.OPEN_OVERDUE),
        ("date;2026-07-10;notice", TimeKind.DATED, DeadlineClass.OPEN_IN_TIME),
        ("date;2026-07-09;leader", TimeKind.DATED, DeadlineClass.OPEN_OVERDUE),
        ("date;2026-07-09;Hạn đề xuất", TimeKind.PROPOSED, DeadlineClass.UNDATED),
        (";;", TimeKind.AWAITING, DeadlineClass.UNDATED),
        ("reference;;", TimeKind.AWAITING, DeadlineClass.UNDATED),
        ("Không thời hạn;;", TimeKind.WITHOUT, DeadlineClass.UNDATED),
        ("none;;", TimeKind.WITHOUT, DeadlineClass.UNDATED),
        ("thường xuyên;;", TimeKind.STANDING, DeadlineClass.STANDING),
        ("recurring;;", TimeKind.STANDING, DeadlineClass.STANDING),
    ],
)
def test_what_a_row_says_of_time(office, one, session, cells, time, deadline_class):
    take(f"title;lead_unit;deadline_kind;due_on;deadline_basis\nA;SNV;{cells}\n")

    assert one().time is time
    found = session.scalar(sa.select(queries.deadline_class(date(2026, 7, 10))))
    assert found is deadline_class


@pytest.mark.parametrize(
    ("handed_in", "accepted", "verdict"),
    [
        ("2026-06-30", "2026-07-05", DeadlineClass.DONE_ON_TIME),
        ("2026-07-01", "2026-07-05", DeadlineClass.DONE_LATE),
        ("", "2026-06-30", DeadlineClass.DONE_ON_TIME),
        ("", "2026-07-01", DeadlineClass.DONE_LATE),
    ],
)
def test_a_row_with_accepted_on_is_closed_and_counted(
    office, one, session, handed_in, accepted, verdict
):
    take(
        "title;lead_unit;due_on;assigned_on;handed_in_on;accepted_on\n"
        f"A;SNV;2026-06-30;2026-06-01;{handed_in};{accepted}\n"
    )

    assert (one().workflow, one().percent) == (Workflow.CLOSED, 100)
    kept = {
        (row.committee_id, row.unit_id, row.accepted_on, row.verdict): row.tasks
        for row in session.scalars(sa.select(ClosedTally))
    }
    assert kept == recount(session)
    assert [key[3] for key in kept] == [verdict]


def test_a_row_that_was_handed_in_waits_and_can_be_confirmed(office, one, session):
    take("title;lead_unit;assigned_on;handed_in_on\nA;SNV;2026-06-01;2026-06-20\n")
    secretary = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=office.committee.id))

    assert one().workflow is Workflow.HANDED_IN
    with transaction() as writing:
        actions.accept(writing, writing.get(Task, one().id), by=secretary, at=JULY_10)

    assert (one().accepted_on, one().handed_in_on) == (date(2026, 7, 10), date(2026, 6, 20))


def test_a_known_code_updates_an_equal_row_does_not_and_blank_erases_nothing(office, one):
    head = "code;title;lead_unit;due_on;product;note\n"
    take(head + "K1;A;SNV;2026-07-20;kế hoạch;ghi chú\n")

    assert take(head + "K1;A;SNV;20/07/2026;kế hoạch;ghi chú\n") == Counts(0, 0, 1)
    assert take(head + "K1;;;;;\n") == Counts(0, 0, 1)
    assert take(head + "K1;A mới;;;;\n") == Counts(0, 1, 0)

    task = one()
    assert (task.title, task.product, task.note) == ("A mới", "kế hoạch", "ghi chú")
    assert "a moi" in task.folded


def test_a_moved_deadline_keeps_the_first_and_holds_from_the_assignment(office, one):
    head = "code;title;lead_unit;due_on;assigned_on\n"
    take(head + "K1;A;SNV;2026-06-20;2026-06-01\n")

    take(head + "K1;;;2026-07-20;\n")

    task = one()
    assert (task.first_due_on, task.due_on, task.deadline_version) == (
        date(2026, 6, 20),
        date(2026, 7, 20),
        2,
    )
    assert [version.decided_on for version in task.deadlines] == [date(2026, 6, 1)] * 2
    assert refused("code;first_due_on\nK1;2026-06-21\n") == [(2, "first_due_on")]


def test_a_closed_task_is_refused_unless_its_row_is_equal(office):
    head = "code;title;lead_unit;assigned_on;accepted_on\n"
    row = "K1;A;SNV;2026-06-01;2026-06-20\n"
    take(head + row)

    assert take(head + row) == Counts(0, 0, 1)
    assert refused(head + row.replace("K1;A", "K1;B")) == [(2, "code")]


def test_a_known_open_task_is_closed_by_its_row(office, one, session):
    take("code;title;lead_unit;due_on;assigned_on\nK1;A;SNV;2026-06-20;2026-06-01\n")

    take("code;handed_in_on;accepted_on\nK1;2026-06-19;2026-06-25\n")

    assert one().workflow is Workflow.CLOSED
    assert session.scalars(sa.select(ClosedTally)).one().verdict is DeadlineClass.DONE_ON_TIME
    assert take("code;handed_in_on;accepted_on\nK1;2026-06-19;2026-06-25\n") == Counts(0, 0, 1)
    assert session.scalars(sa.select(ClosedTally)).one().tasks == 1


BAD = [
    ("title;lead_unit\n;SNV\n", (2, "title")),
    ("title;lead_unit\nA;\n", (2, "lead_unit")),
    ("title;lead_unit\nA;Sở Lạ\n", (2, "lead_unit")),
    ("title;lead_unit;coordinating_units\nA;SNV;STP|Lạ\n", (2, "coordinating_units")),
    ("title;lead_unit;officer\nA;SNV;ai đó\n", (2, "officer")),
    ("title;lead_unit;committee\nA;SNV;XYZ\n", (2, "committee")),
    ("title;lead_unit;due_on\nA;SNV;31/02/2026\n", (2, "due_on")),
    ("title;lead_unit;star\nA;SNV;maybe\n", (2, "star")),
    ("title;lead_unit;percent\nA;SNV;101\n", (2, "percent")),
    ("title;lead_unit;percent\nA;SNV;-1\n", (2, "percent")),
    ("title;lead_unit;deadline_kind\nA;SNV;soon\n", (2, "deadline_kind")),
    ("title;lead_unit;deadline_basis\nA;SNV;ý tôi\n", (2, "deadline_basis")),
    ("title;lead_unit;accepted_on\nA;SNV;2026-07-11\n", (2, "accepted_on")),
    ("title;lead_unit;handed_in_on;accepted_on\nA;SNV;2026-07-02;2026-07-01\n", (2, "accepted_on")),
    ("title;lead_unit;assigned_on;accepted_on\nA;SNV;2026-07-02;2026-07-01\n", (2, "accepted_on")),
    ("title;lead_unit;clause\nA;SNV;III.1\n", (2, "document_number")),
    ("title;lead_unit;document_number\nA;SNV;9/TB\n", (2, "document_date")),
    ("code;title;lead_unit\nK;A;SNV\nK;B;SNV\n", (3, "code")),
    (f"title;lead_unit;field\nA;SNV;{'x' * 201}\n", (2, "field")),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), BAD)
def test_a_bad_cell_is_named_by_line_and_column(office, session, text, expected):
    assert refused(text) == [expected]
    assert session.scalar(sa.select(sa.func.count(Task.id))) == 0
    assert session.scalar(sa.select(sa.func.count(Notice.id))) == 0


def test_all_bad_rows_are_named_at_once(office):
    text = "title;lead_unit;due_on\nA;SNV;x\n;SNV;\nC;Lạ;y\nD;SNV;\n"

    assert refused(text) == [(2, "due_on"), (3, "title"), (4, "lead_unit"), (4, "due_on")]


def test_a_blank_committee_needs_exactly_one(office, one):
    take("title;lead_unit\nA;SNV\n")
    assert one().committee_id == office.committee.id

    CommitteeFactory(code="CDS")

    assert refused("title;lead_unit\nB;SNV\n") == [(2, "committee")]


def test_only_a_secretariat_imports_and_only_into_its_committees(office, session):
    head = actor_of(PostFactory(unit=office.unit))
    with pytest.raises(NotAllowed):
        take("title;lead_unit\nA;SNV\n", by=head)
    stranger = actor_of(
        PostFactory(role=Role.SECRETARIAT, committee_id=CommitteeFactory(code="CDS").id)
    )

    assert refused("title;lead_unit;committee\nA;SNV;CCHC\n", by=stranger) == [(2, "committee")]


def test_an_import_does_not_confirm_the_work_of_ones_own_unit(office):
    person = PersonFactory()
    PostFactory(person=person, role=Role.OFFICER, unit=office.unit)
    secretary = PostFactory(person=person, role=Role.SECRETARIAT, committee_id=office.committee.id)

    found = refused(
        "title;lead_unit;assigned_on;accepted_on\nA;SNV;2026-06-01;2026-07-01\n",
        by=actor_of(secretary),
    )

    assert found == [(2, "accepted_on")]


def test_an_export_leaves_out_what_has_left_and_looks_back(office, session):
    take(
        "code;title;lead_unit;due_on;assigned_on;handed_in_on;accepted_on\n"
        "late;A;SNV;2026-06-20;2026-06-01;;\n"
        "done;B;SNV;2026-06-20;2026-06-01;2026-06-25;2026-06-26\n"
        "new;C;SNV;2026-07-30;2026-07-01;;\n"
        "gone;D;SNV;2026-06-20;2026-06-01;;\n"
    )
    secretary = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=office.committee.id))
    with transaction() as writing:
        actions.withdraw(
            writing,
            writing.scalars(sa.select(Task).where(Task.code == "gone")).one(),
            by=secretary,
            at=JULY_10,
            why=LeftWhy.WITHDRAWN,
            reason="không còn",
            left_on=date(2026, 7, 1),
        )

    def codes(**more):
        return [row["code"] for row in rows_of(session, **more)]

    assert codes() == ["late", "done", "new"]
    assert codes(as_of=date(2026, 6, 22)) == ["late", "done", "gone"]
    assert codes(only_overdue=True) == ["late"]
    # The 20th is a Saturday: the 22nd is still in time.
    assert codes(only_overdue=True, as_of=date(2026, 6, 22)) == []
    assert codes(only_overdue=True, as_of=date(2026, 6, 23)) == ["late", "done", "gone"]
    assert rows_of(session, as_of=date(2026, 6, 25))[1]["handed_in_on"] == date(2026, 6, 25)
    assert rows_of(session, as_of=date(2026, 6, 25))[1]["accepted_on"] is None


DAYS = st.dates(date(2026, 1, 1), date(2026, 7, 10))
WORDS = st.text(
    st.characters(exclude_categories=["C", "Z"]) | st.sampled_from(" \n;,\"'=+-@"),
    max_size=40,
).map(str.strip)


@st.composite
def sheet_rows(draw):
    rows = []
    for number in range(draw(st.integers(1, 5))):
        assigned, handed_in, accepted = sorted(draw(st.tuples(DAYS, DAYS, DAYS)))
        ended = draw(st.sampled_from(["", "handed in", "accepted", "both"]))
        rows.append(
            {
                "code": f"K{number}",
                "title": draw(WORDS) or "A",
                "product": draw(WORDS),
                "note": draw(WORDS),
                "external_code": draw(WORDS),
                "lead_unit": "SNV",
                "coordinating_units": draw(st.sampled_from([[], ["STP"]])),
                "officer": draw(st.sampled_from(["", "quan@office.example"])),
                "star": draw(st.sampled_from(["", "1"])),
                "document_number": draw(st.sampled_from(["", "41/TB"])),
                "document_date": date(2026, 1, 5),
                "deadline_kind": draw(
                    st.sampled_from(
                        ["", "date", "month", "reference", "standing", "recurring", "none"]
                    )
                ),
                "deadline_text": draw(WORDS),
                "deadline_basis": draw(st.sampled_from(["", "notice", "leader", "proposed"])),
                "due_on": draw(st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))),
                "first_due_on": draw(st.none() | DAYS),
                "superior_due_on": draw(st.none() | DAYS),
                "assigned_on": assigned,
                "percent": draw(st.none() | st.integers(0, 100)),
                "handed_in_on": handed_in if ended in {"handed in", "both"} else None,
                "accepted_on": accepted if ended in {"accepted", "both"} else None,
            }
        )
    return rows


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(rows=sheet_rows(), xlsx=st.booleans())
def test_export_import_export_gives_the_same_rows(app, rows, xlsx):
    def written(some):
        if xlsx:
            return write_xlsx(COLUMNS, some, sheet_name="tasks")
        return write_csv(COLUMNS, some)

    name = "tasks.xlsx" if xlsx else "tasks.csv"
    exported = []
    with app.app_context():
        for data in (written(rows), None):
            empty_database(db.engine)
            found = arrange_and_take(data or written(exported[-1]), name)
            exported.append(found)
            assert take(written(found), name=name) == Counts(0, 0, len(found))

    assert exported[0] == exported[1]
    assert len(exported[0]) == len(rows)


def arrange_and_take(data, name):
    with sa.orm.Session(db.engine, expire_on_commit=False) as opened, factories.bound_to(opened):
        CommitteeFactory(code="CCHC")
        UnitFactory(code="SNV", name="Sở Nội vụ")
        UnitFactory(code="STP", name="Sở Tư pháp")
        PersonFactory(email="quan@office.example")
    take(data, name=name)
    with sa.orm.Session(db.engine) as reading:
        return rows_of(reading)


def test_five_thousand_rows_are_taken_in_seconds_and_one_bad_one_refuses_all(office, session):
    head = (
        "title;lead_unit;coordinating_units;due_on;assigned_on;document_number;document_date;clause"
    )
    lines = [
        f"Việc số {n};SNV;STP;2026-08-{n % 28 + 1:02d};2026-06-01;"
        f"{n % 40}/TB;2026-05-30;III.{n % 9}"
        for n in range(5000)
    ]
    bad = [*lines[:4321], "Việc;Sở Lạ;;;;;;", *lines[4321:]]

    assert refused("\n".join([head, *bad])) == [(4323, "lead_unit")]
    assert session.scalar(sa.select(sa.func.count(Task.id))) == 0

    start = time.perf_counter()
    assert take("\n".join([head, *lines])).added == 5000
    assert time.perf_counter() - start < 60
