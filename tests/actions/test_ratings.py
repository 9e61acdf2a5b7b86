"""Heads are rated by the tasks of their units: quantity, quality, punctuality."""

from datetime import date
from decimal import Decimal

from tests.factories import (
    JUNE_1,
    CommitteeFactory,
    PostFactory,
    TaskFactory,
    UnitFactory,
    actor_of,
)
from tracker.permissions import Role
from tracker.scores.rating_rules import Rating, Weights
from tracker.scores.ratings import rated_tasks, ratings
from tracker.tasks.models import HandIn, HandInDecision
from tracker.tasks.rules import Verdict

TODAY = date(2026, 12, 1)


def test_each_part_is_a_share_of_what_was_assigned():
    rated = Rating(3, 3, 2, 1, Weights(Decimal(5), Decimal(10), Decimal(5)))

    assert (rated.quantity, rated.quality, rated.punctuality) == (
        Decimal("5.00"),
        Decimal("6.67"),
        Decimal("1.67"),
    )
    assert rated.total == Decimal("13.34")
    assert Rating(0, 0, 0, 0).total is None


def test_numbers_and_the_tasks_behind_them_agree(session):
    unit, committee = UnitFactory(), CommitteeFactory()

    def task(**given):
        return TaskFactory(lead_unit=unit, committee=committee, **given)

    task(accepted_on=date(2026, 6, 20), handed_in_on=date(2026, 6, 20))
    task(accepted_on=date(2026, 7, 20), handed_in_on=date(2026, 7, 18))  # late
    redone = task(accepted_on=date(2026, 6, 30), handed_in_on=date(2026, 6, 30))
    given = HandIn(
        task_id=redone.id, handed_in_on=date(2026, 6, 10), at=JUNE_1, by_name="x", way="screen",
        result="x", by_post="", on_behalf_of="",
    )  # fmt: skip
    given.decision = HandInDecision(
        verdict=Verdict.REDO, decided_on=date(2026, 6, 12), at=JUNE_1, by_name="y"
    )
    session.add(given)
    session.commit()
    task()  # open
    task(due_on=date(2027, 1, 5))  # next year
    task(left_on=date(2026, 6, 2))  # withdrawn
    TaskFactory(committee=committee)  # another unit's
    head = actor_of(PostFactory(unit=unit))
    reader = actor_of(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))

    (row,) = ratings(session, 2026, head, today=TODAY, weights=Weights())

    rated = row.rating
    assert (rated.assigned, rated.done, rated.as_required, rated.in_time) == (4, 3, 2, 2)
    assert len(rated_tasks(session, 2026, unit.id, head, today=TODAY)) == rated.assigned
    assert len(ratings(session, 2026, reader, today=TODAY, weights=Weights())) == 2
