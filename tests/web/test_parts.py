"""The page of parts, and the late part shown wherever the task is late."""

from datetime import UTC, datetime

import time_machine

from tests.factories import JUNE_1, CommitteeFactory, PostFactory, TaskFactory, UnitFactory
from tracker.permissions import Role
from tracker.tasks.models import Coordination

JULY_6 = datetime(2026, 7, 6, 2, 0, tzinfo=UTC)


def test_a_late_part_is_the_shown_reason_and_the_lead_stays_answerable(session, client_as):
    committee, unit = CommitteeFactory(), UnitFactory()
    helper = UnitFactory(name="Phòng Tài chính", short_name="P. Tài chính")
    task = TaskFactory(committee=committee, lead_unit=unit)
    session.add(Coordination(task_id=task.id, unit_id=helper.id))
    session.commit()
    here = f"/tasks/{task.id}"
    chair = PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id)
    with time_machine.travel(JUNE_1, tick=False):
        head = client_as(PostFactory(unit=unit), at=JUNE_1)
        assert 'value="20/06/2026"' in head.get(f"{here}/parts").text
        said = {
            "parts-0-unit_id": helper.id,
            "parts-0-part": "Số liệu",
            "parts-0-due_on": "9/7/2026",
        }
        late = head.post(f"{here}/parts", data=said)
        assert late.status_code == 422
        assert "trước thời hạn của đơn vị chủ trì" in late.text
        assert "Số liệu" in late.text
        said["parts-0-due_on"] = "27/6/2026"
        assert head.post(f"{here}/parts", data=said).status_code == 303
    with time_machine.travel(JULY_6, tick=False):
        page = client_as(PostFactory(unit=unit), at=JULY_6).get(here).text
        assert "chờ P. Tài chính 9 ngày" in page
        assert "Đơn vị chủ trì vẫn chịu trách nhiệm." in page
        seen = " ".join(client_as(chair, at=JULY_6).get("/overdue").text.split())
        assert "chờ P. Tài chính 9 ngày" in seen
