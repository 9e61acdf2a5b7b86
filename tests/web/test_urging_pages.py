"""Ladders, absences, urgings and explanations on screen."""

from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories import CommitteeFactory, PostFactory, TaskFactory, UnitFactory
from tracker.permissions import Role

JULY_8 = datetime(2026, 7, 8, 2, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(JULY_8, tick=False):
        yield


@pytest.fixture
def office(session, client_as):
    """Return (task, clients by role) of one committee and unit."""
    committee, unit = CommitteeFactory(), UnitFactory()
    posts = {
        "secretary": PostFactory(role=Role.SECRETARIAT, committee_id=committee.id),
        "chair": PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id),
        "head": PostFactory(unit=unit),
    }
    task = TaskFactory(committee=committee, lead_unit=unit)
    return task, {name: client_as(post) for name, post in posts.items()}


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status
    return response.get_data(as_text=True)


def test_a_ladder_is_changed_looked_at_and_switched_on(office):
    task, people = office
    secretary, address = people["secretary"], f"/reminders/ladders/{task.committee_id}/deadline"
    assert "Mặc định" in page(secretary, "/reminders/ladders")
    assert 'value="7, 3, 1"' in page(secretary, address)
    wrong = secretary.post(address, data={"on": "y", "before": "3, 3", "repeat_to": "head"})
    assert (wrong.status_code, "3, 3" in wrong.get_data(as_text=True)) == (422, True)

    saved = secretary.post(
        address,
        data={
            "on": "y",
            "before": "2",
            "after-0-days": "7",
            "after-0-to": "head",
            "repeat_to": "head",
        },
    )

    assert saved.status_code == 303
    text = page(secretary, saved.location)
    assert "lượt nhắc" in text
    assert "09/07/2026" in text
    assert secretary.post(f"{saved.location}/start").status_code == 303
    assert "chạy thử" in page(secretary, "/reminders/ladders")
    page(people["head"], "/reminders/ladders", 403)
    page(secretary, f"/reminders/ladders/{task.committee_id}/nothing", 404)
    page(secretary, "/reminders/ladders/999/deadline", 404)


def test_an_absence_is_noted_and_taken_back(office):
    head = office[1]["head"]
    text = page(head, "/absences")
    assert "Không có ai vắng mặt." in text
    person = text.split('name="person_id"')[1].split('value="')[1].split('"')[0]
    data = {"person_id": person, "first_on": "09/07/2026", "last_on": "01/07/2026"}
    assert head.post("/absences", data={**data, "substitute_id": "0"}).status_code == 422
    data["last_on"] = "10/07/2026"
    assert head.post("/absences", data={**data, "substitute_id": "0"}).status_code == 303

    text = page(head, "/absences")

    assert "09/07/2026 – 10/07/2026" in text
    end = text.split('action="')[1:]
    address = next(part.split('"')[0] for part in end if "/end" in part.split('"')[0])
    assert head.post(address).status_code == 303
    assert "Không có ai vắng mặt." in page(head, "/absences")


def test_an_urging_and_an_explanation_stand_on_the_tasks_page(office):
    task, people = office
    here = f"/tasks/{task.id}"
    for number in range(4):
        form = {"document_number": f"{number}/CV-BCĐ"}
        assert people["secretary"].post(f"{here}/urgings", data=form).status_code == 303
    assert people["secretary"].post(f"{here}/urgings", data={}).status_code == 422
    question = {"asked_for": "explanation", "question": "Vì sao chậm?", "due_on": "10/07/2026"}
    assert people["chair"].post(f"{here}/explanations", data=question).status_code == 303
    assert "3/CV-BCĐ" in page(people["secretary"], f"{here}/urgings")

    text = page(people["head"], here)
    answer = text.split('href="')
    address = next(part.split('"')[0] for part in answer if "/answer" in part.split('"')[0])
    assert "Vì sao chậm?" in page(people["head"], address)
    assert people["head"].post(address, data={"text": "Chờ thẩm định."}).status_code == 303
    judgement = address.replace("/answer", "/judgement")
    page(people["chair"], judgement)
    data = {"sufficient": "yes", "objective": "y"}
    assert people["chair"].post(judgement, data=data).status_code == 303

    text = page(people["chair"], here)
    assert "Chờ thẩm định." in text
    assert "đôn đốc 4 lần" in text
    overdue = page(people["chair"], "/overdue")
    assert "/overdue/urged" in overdue
    assert "lý do khách quan" in overdue
    assert task.title in page(people["chair"], "/overdue/urged")
