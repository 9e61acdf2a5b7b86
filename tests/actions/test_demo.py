"""The demo office is alive on the day of its loading, whole, and there only once."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tests.conftest import empty_database
from tracker import history
from tracker.conclusions.models import Clause, Finding, Meeting, Notice
from tracker.conclusions.rules import ClauseVerdict, NoticeState
from tracker.criteria.models import Criterion, Edition
from tracker.db import db
from tracker.demo.indices import DTI_TREE, PAR_TREE, PROVINCE_BOOK, coded
from tracker.demo.loading import Preset, load_demo
from tracker.demo.scoring import lost_by
from tracker.evidence.storage import FileStore
from tracker.history import HistoryEntry
from tracker.outbox import MessageState, OutboxMessage
from tracker.people.models import Person
from tracker.people.queries import demo_accounts
from tracker.permissions import Role
from tracker.reminders.models import LedgerRow
from tracker.reports.queries import Scope, figures
from tracker.scores.models import IndexResult, Measurement, Remedy, Score, Target
from tracker.tasks.models import Task, TaskGroup
from tracker.tasks.queries import overdue
from tracker.tasks.rules import TimeKind, Workflow
from tracker.units.models import Office, Unit
from tracker.workdays import office_day

WEDNESDAY = datetime(2026, 9, 16, 3, 0, tzinfo=UTC)
"""Wednesday 16 September 2026, 10:00 in the office."""

pytestmark = pytest.mark.xdist_group("demo-office")
"""One worker runs this module, so that the demo is loaded once for each kind of database."""


@pytest.fixture(scope="module")
def loaded(migrated_app, tmp_path_factory):
    """Load the province once for each kind of database."""
    store = FileStore(tmp_path_factory.mktemp("evidence"))
    with migrated_app.app_context():
        assert load(Preset.PROVINCE, store)
    yield migrated_app, store
    with migrated_app.app_context():
        empty_database(db.engine)


@pytest.fixture
def office(loaded):
    """Return a reading session on the loaded province."""
    app, _ = loaded
    with app.app_context(), Session(db.engine) as session:
        yield session


def load(preset, store, at=WEDNESDAY):
    return load_demo(preset, at=at, password="mở cửa", store=store, public_url="http://localhost")


def count(session, model, *conditions):
    return session.scalar(select(func.count()).select_from(model).where(*conditions))


def test_there_are_about_150_tasks_in_every_state_and_of_every_kind_of_time(office):
    states = Counter(office.scalars(select(Task.workflow)))
    times = Counter(office.scalars(select(Task.time)))

    assert 140 <= states.total() <= 160
    assert set(states) == set(Workflow)
    assert set(times) == set(TimeKind)


def test_the_day_of_loading_has_tasks_overdue_due_today_soon_and_later(office):
    today = office_day(WEDNESDAY)
    due = office.scalars(
        select(Task.effective_on).where(
            Task.accepted_on.is_(None), Task.left_on.is_(None), Task.time == TimeKind.DATED
        )
    ).all()

    late = [day for day in due if day < today]
    assert 15 <= len(late) <= 30
    assert count(office, Task, overdue(today)) == len(late)
    assert max(today - day for day in late) > timedelta(days=90)
    assert today in due
    assert any(today < day <= today + timedelta(days=7) for day in due)
    assert any(day > today + timedelta(days=14) for day in due)


def test_the_five_figures_sum(office):
    today = office_day(WEDNESDAY)
    counted = figures(office, Scope(), as_of=today, today=today)

    assert counted.total == (
        counted.done_on_time + counted.done_late + counted.open_in_time + counted.open_overdue
    )
    assert min(counted.done_on_time, counted.done_late, counted.open_overdue) > 10
    assert min(counted.undated, counted.standing) >= 5


def test_the_order_to_all_communes_is_open_in_two_of_23(office):
    group = office.scalars(
        select(TaskGroup).where(TaskGroup.addressee == "UBND các xã, phường")
    ).one()
    parts = office.scalars(select(Task).where(Task.group_id == group.id)).all()

    assert len(parts) == 23
    assert sum(part.accepted_on is None for part in parts) == 2


def test_five_meetings_are_recorded_and_every_assigned_notice_is_accounted_for(office):
    meetings = Counter(office.scalars(select(Meeting.kind)))
    assert (meetings["session"], meetings["conference"], meetings["inspection"]) == (2, 2, 1)

    open_ones = set(
        office.scalars(
            select(Clause.notice_id).where(
                Clause.verdict == ClauseVerdict.OPEN, Clause.heading.is_(False)
            )
        )
    )
    states = {notice.id: notice.state for notice in office.scalars(select(Notice))}
    assert {states.pop(notice_id) for notice_id in open_ones} == {NoticeState.DRAFT}
    assert set(states.values()) == {NoticeState.ASSIGNED}


def test_findings_of_the_inspection_link_to_the_tasks_that_mend_them(office):
    findings = office.scalars(select(Finding).order_by(Finding.number)).all()

    assert [bool(finding.tasks) for finding in findings] == [False, True, True, True, True]


def test_the_figures_of_the_sources_stand_in_the_editions(office):
    results = {
        (unit, edition.split("-")[0]): result
        for unit, edition, result in office.execute(
            select(Unit.code, Edition.code, IndexResult)
            .join(Unit, Unit.id == IndexResult.unit_id)
            .join(Edition, Edition.id == IndexResult.edition_id)
            .where(IndexResult.criterion_id.is_(None), Edition.year == 2025)
        )
    }
    ward, commune = results["TANTHINH", "PAR"], results["LONGKHE", "PAR"]

    assert (ward.value, ward.change, ward.rank, ward.ranked) == (
        Decimal("73.63"),
        Decimal("-4.30"),
        11,
        15,
    )
    assert (commune.value, commune.change, commune.rank, commune.ranked, commune.rank_change) == (
        Decimal("90.99"),
        Decimal("4.09"),
        2,
        8,
        3,
    )
    assert results["TANTHINH", "DTI"].value == Decimal("409.66")
    assert results["HOALAC", "PAR"].value == Decimal("80.37")
    assert results["HOALAC", "SIPAS"].value == Decimal("95.12")
    assert (results["DONGSON", "PAR"].rank, results["DONGSON", "PAR"].rank_change) == (2, 5)


def test_the_ward_lost_26_37_points_and_has_remedies_for_17_12(office):
    lost = office.execute(
        select(Criterion.max_points, Score.final_score)
        .select_from(Score)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Edition, Edition.id == Criterion.edition_id)
        .join(Unit, Unit.id == Score.unit_id)
        .where(Unit.code == "TANTHINH", Edition.code == "PAR-2025")
    ).all()
    remedies = office.scalars(
        select(Remedy)
        .join(Score, Score.id == Remedy.score_id)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Edition, Edition.id == Criterion.edition_id)
        .join(Unit, Unit.id == Score.unit_id)
        .where(Unit.code == "TANTHINH", Edition.code == "PAR-2025")
    ).all()

    assert sum(most - final for most, final in lost) == Decimal("26.37")
    assert sum(remedy.expected_points for remedy in remedies) == Decimal("17.12")
    assert any(remedy.tasks for remedy in remedies)
    assert any(remedy.evidence_complete_on for remedy in remedies)


def test_targets_are_measured_over_months(office):
    targets = {target.value for target in office.scalars(select(Target))}

    assert {Decimal(50), Decimal(80), Decimal(90), Decimal(6)} == targets
    assert count(office, Measurement) >= 18


def test_reminders_were_planned_and_mails_sent_some_in_vain(office):
    states = Counter(office.scalars(select(OutboxMessage.state)))

    assert count(office, LedgerRow) > 100
    assert states[MessageState.SENT] > 100
    assert states[MessageState.FAILED] >= 2
    assert states[MessageState.WAITING] >= 1


def test_every_role_has_a_demo_account_that_need_not_change_its_password(office):
    accounts = demo_accounts(office)

    assert [role for role, _ in accounts] == list(Role)
    assert not count(office, Person, ~Person.demo | Person.must_change_password)
    assert office.get(Office, 1).demo


def test_the_history_is_whole_and_in_the_order_of_time(office):
    read, broken = history.verify(office)
    moments = office.scalars(select(HistoryEntry.at).order_by(HistoryEntry.id)).all()

    assert (read > 1500, broken) == (True, None)
    assert moments == sorted(moments)
    assert moments[-1] <= WEDNESDAY


def test_a_second_loading_changes_nothing(loaded, office):
    _, store = loaded
    before = count(office, HistoryEntry)

    assert not load(Preset.PROVINCE, store, at=WEDNESDAY + timedelta(days=3))
    assert count(office, HistoryEntry) == before


@pytest.mark.parametrize(("tree", "scale"), [(PAR_TREE, 100), (DTI_TREE, 600)])
def test_the_maxima_of_an_index_sum_to_its_scale(tree, scale):
    assert sum(most for _, _, _, leaf, most in coded(tree) if leaf) == scale


@pytest.mark.parametrize("unit", PROVINCE_BOOK.scored)
def test_points_lost_leaf_by_leaf_make_the_published_total(unit):
    lost = lost_by(PROVINCE_BOOK, unit, before=False)

    assert 100 - sum(lost.values()) == Decimal(PROVINCE_BOOK.results[unit][0])
