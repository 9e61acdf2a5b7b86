"""The pages of returned tasks, driven like people drive them."""

from datetime import date

import time_machine

from tests.factories import JUNE_1, CommitteeFactory, PostFactory, TaskFactory, UnitFactory
from tracker.permissions import Role


@time_machine.travel(JUNE_1, tick=False)
def test_a_unit_returns_a_task_and_the_secretary_gives_it_to_another(session, client_as):
    committee, unit = CommitteeFactory(), UnitFactory(name="Phòng Nội vụ")
    other = UnitFactory(name="Phòng Tài chính", short_name="P. Tài chính")
    task = TaskFactory(committee=committee, lead_unit=unit, due_on=date(2026, 6, 4))
    head = client_as(PostFactory(unit=unit), at=JUNE_1)
    other_head = client_as(PostFactory(unit=other), at=JUNE_1)
    secretary = client_as(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id), at=JUNE_1)
    here = f"/tasks/{task.id}"

    assert f"{here}/return" in head.get(here).text
    kept = head.post(f"{here}/return", data={"reason": "", "proposed_unit": other.id})
    assert kept.status_code == 422
    assert f'selected value="{other.id}"' in kept.text
    sent = head.post(
        f"{here}/return", data={"reason": "Thuộc tài chính", "proposed_unit": other.id}
    )
    assert sent.status_code == 303
    waiting = head.get(here).text
    assert "Trả lại vì không thuộc thẩm quyền, chờ trả lời" in waiting
    assert f"{here}/hand-in" not in waiting

    work = head.get("/my-work").text
    assert task.title in work
    assert f"{here}/progress" not in work

    inbox = secretary.get("/inbox").text
    assert "(đề xuất: P. Tài chính)" in inbox
    assert f"{here}/return/answer" in inbox
    page = secretary.get(f"{here}/return/answer").text
    assert f'selected value="{other.id}"' in page
    answered = secretary.post(
        f"{here}/return/answer", data={"answer": "reassigned", "lead_unit": other.id}
    )
    assert answered.status_code == 303

    assert head.get(here).status_code == 404
    assert "Giao đơn vị khác chủ trì: Phòng Tài chính." in other_head.get(here).text
    assert f"{here}/receipt" in other_head.get(here).text
    assert f"{here}/return/answer" not in secretary.get("/inbox").text
