"""What is too long, too large or no number is refused with a sentence, alike on both databases."""

import pytest
import sqlalchemy as sa

from tests.factories import CommitteeFactory, EditionFactory, PostFactory, UnitFactory
from tracker.committees.models import Committee
from tracker.criteria.models import Edition
from tracker.people import people_views
from tracker.people.models import Person
from tracker.permissions import Role
from tracker.units.models import Unit

LONG = "dài" * 200
HUGE = "9" * 30
ENDLESS = "9" * 5000
"""More digits than Python reads."""


@pytest.mark.parametrize(
    ("role", "address", "typed", "model"),
    [
        (
            Role.ADMIN,
            "/people/new",
            {"name": LONG, "email": "a@b.example", "role": "admin", "starts_on": "01/06/2026"},
            Person,
        ),
        (Role.ADMIN, "/committees/new", {"code": "M", "name": LONG, "unit_id": "0"}, Committee),
        (Role.SECRETARIAT, "/units/new", {"code": "M", "name": LONG, "kind": "department"}, Unit),
        (
            Role.SECRETARIAT,
            "/criteria/new",
            {"index": "PAR", "code": LONG, "year": "2025", "scale": "100"},
            Edition,
        ),
        (
            Role.SECRETARIAT,
            "/criteria/new",
            {"index": "PAR", "code": "P", "year": HUGE, "scale": "100"},
            Edition,
        ),
        (
            Role.SECRETARIAT,
            "/criteria/new",
            {"index": "PAR", "code": "P", "year": "2025", "scale": "1e400"},
            Edition,
        ),
    ],
)
def test_what_does_not_fit_is_refused_and_kept_in_the_form(
    session, client_as, role, address, typed, model
):
    client = client_as(PostFactory(role=role, committee_id=CommitteeFactory().id))
    before = session.scalar(sa.select(sa.func.count()).select_from(model))

    answer = client.post(address, data=typed)

    assert answer.status_code == 422
    assert max(typed.values(), key=len) in answer.text
    assert session.scalar(sa.select(sa.func.count()).select_from(model)) == before


def test_the_second_of_two_who_add_the_same_at_once_is_told_so(session, client_as, monkeypatch):
    admin = client_as(PostFactory(role=Role.ADMIN))

    def both_looked_before_either_wrote(writing, **given):
        writing.add_all([UnitFactory.build(code="X"), UnitFactory.build(code="X")])
        writing.flush()

    monkeypatch.setattr(people_views, "add_person", both_looked_before_either_wrote)
    typed = {"name": "Lan", "email": "a@b.example", "role": "admin", "starts_on": "01/06/2026"}
    typed |= {"unit_id": "0", "committee_id": "0"}
    answer = admin.post("/people/new", data=typed)

    assert answer.status_code == 409
    assert "cùng lúc" in answer.text


@pytest.mark.parametrize("number", [HUGE, ENDLESS, "-1", "²"])
def test_a_number_that_no_row_has_finds_nothing_and_breaks_nothing(session, client_as, number):
    unit, committee, edition = UnitFactory(), CommitteeFactory(), EditionFactory()
    secretary = client_as(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))
    head = client_as(PostFactory(unit=unit))
    asked = dict.fromkeys(
        ("unit", "committee", "meeting", "group", "edition", "field", "officer", "from", "page",
         "year", "before", "supplements", "clause", "due_within"),
        number,
    ) | {"figure": "total"}  # fmt: skip
    places = {"after": f"2026-06-01_2026-06-01_{number}"}, {"after": f"2026-06-01_{number}"}
    codes = [
        secretary.get(address, query_string=asked | place).status_code
        for address in (
            "/overdue", "/tasks", "/conclusions", "/conclusions/new", "/scores", "/calendar",
            "/scores/criteria", "/reminders", "/reminders/mails", "/reports", "/history", "/units",
            "/reports/list", f"/scores/account/{edition.id}/{unit.id}/entry",
        )
        for place in (*places, {"after": f"2026-06-01.{number}"})
    ]  # fmt: skip
    ticked = head.post("/my-work/receipts", data={"task": number}).status_code
    chosen = head.post("/post", data={"post": number}).status_code

    assert {code for code in codes if code >= 500} == set()
    assert {ticked, chosen} <= {303, 403, 404}
