"""The pages of extensions, driven like people drive them."""

import re

import pytest
import time_machine

from tests.factories import JUNE_1, CommitteeFactory, PostFactory, TaskFactory, UnitFactory
from tracker.permissions import Role


@pytest.fixture(autouse=True)
def on_june_1():
    with time_machine.travel(JUNE_1, tick=False):
        yield


def test_a_unit_asks_on_its_phone_and_the_secretary_answers_from_the_inbox(session, client_as):
    committee, unit = CommitteeFactory(), UnitFactory(name="Phòng Nội vụ")
    task = TaskFactory(committee=committee, lead_unit=unit, title="Rà soát thủ tục")
    head = client_as(PostFactory(unit=unit), at=JUNE_1)
    secretary = client_as(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id), at=JUNE_1)
    ask, decide = f"/tasks/{task.id}/extension", f"/tasks/{task.id}/extension/decision"

    refused = head.post(
        ask, data={"due_on": "15/6/2026", "reason": "Chờ số liệu", "done_so_far": "½"}
    )
    assert refused.status_code == 422
    assert "Đề nghị một ngày muộn hơn thời hạn hiện nay." in refused.text
    assert "Chờ số liệu" in refused.text

    asked = head.post(
        ask, data={"due_on": "15/7/2026", "reason": "Chờ số liệu", "done_so_far": "Đã rà 7/9"}
    )
    assert asked.status_code == 303
    assert "đang chờ quyết định" in head.get(f"/tasks/{task.id}").text
    assert f'href="{ask}"' not in head.get(f"/tasks/{task.id}").text

    inbox = secretary.get("/inbox").text
    assert re.search(r"30/06/2026 → <b>15/07/2026</b>", inbox)
    assert decide in inbox
    page = secretary.get(decide).text
    assert "Đã rà 7/9" in page
    answered = secretary.post(decide, data={"verdict": "granted"})
    assert answered.status_code == 303

    shown = head.get(f"/tasks/{task.id}").text
    assert "đã gia hạn 1 lần" in shown
    assert "Gia hạn: Đồng ý, 15/07/2026." in shown
    assert decide not in secretary.get("/inbox").text
    assert secretary.get(decide).status_code == 200
    assert secretary.post(decide, data={"verdict": "granted"}).status_code == 409
