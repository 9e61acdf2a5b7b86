"""Parts of coordinating units: written down, and dated before the lead's deadline."""

from datetime import date

import pytest

from tests.factories import (
    JUNE_1,
    CommitteeFactory,
    PostFactory,
    TaskFactory,
    UnitFactory,
    actor_of,
)
from tracker.db import transaction
from tracker.errors import BadInput, NotAllowed, RuleViolation
from tracker.history import HistoryEntry
from tracker.permissions import Role
from tracker.tasks import actions
from tracker.tasks.actions import SaidPart
from tracker.tasks.models import Coordination, Task
from tracker.tasks.parts import usual_part_date


@pytest.fixture
def office(session):
    class Office:
        committee = CommitteeFactory()
        unit, helper = UnitFactory(), UnitFactory()
        secretary = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))
        head = actor_of(PostFactory(unit=unit))
        helping_head = actor_of(PostFactory(unit=helper))
        task = TaskFactory(committee=committee, lead_unit=unit)
        session.add(Coordination(task_id=task.id, unit_id=helper.id))
        session.commit()

        def say(self, by=None, unit_id=None, part="Số liệu thu chi", due_on=date(2026, 6, 20)):
            said = SaidPart(unit_id or self.helper.id, part, due_on)
            with transaction() as writing:
                task = writing.get(Task, self.task.id)
                actions.set_parts(writing, task, [said], by=by or self.secretary, at=JUNE_1)

        def part(self):
            session.expire_all()
            return session.get(Task, self.task.id).coordinations[0]

    return Office()


def test_a_part_has_its_words_and_its_own_date(office, session):
    office.say()
    office.say(by=office.head, part="Số liệu thu, chi năm 2025")
    office.say(by=office.head, part="Số liệu thu, chi năm 2025")

    assert (office.part().part, office.part().due_on) == (
        "Số liệu thu, chi năm 2025",
        date(2026, 6, 20),
    )
    assert session.query(HistoryEntry).filter_by(act="task.set-parts").count() == 2


@pytest.mark.parametrize("day", [date(2026, 5, 31), date(2026, 6, 30), date(2026, 7, 1)])
def test_the_date_of_a_part_lies_before_the_leads(office, day):
    with pytest.raises(BadInput):
        office.say(due_on=day)

    assert office.part().due_on is None


def test_only_the_secretariat_and_the_lead_unit_say_it_of_units_that_coordinate(office):
    with pytest.raises(NotAllowed):
        office.say(by=office.helping_head)
    with pytest.raises(RuleViolation):
        office.say(unit_id=office.unit.id)


def test_two_thirds_of_the_leads_time_are_proposed():
    assert usual_part_date(date(2026, 6, 1), date(2026, 7, 1)) == date(2026, 6, 21)
    assert usual_part_date(date(2026, 6, 1), date(2026, 6, 1)) is None
    assert usual_part_date(date(2026, 6, 1), None) is None
