"""The pages of tasks, driven like people drive them."""

import io
from datetime import date

import pytest
import sqlalchemy as sa
import time_machine

from tests.conftest import counted_queries
from tests.factories import (
    JUNE_1,
    ClauseFactory,
    CommitteeFactory,
    NoticeFactory,
    PersonFactory,
    PostFactory,
    TaskFactory,
    UnitFactory,
)
from tracker.db import db
from tracker.evidence.models import Evidence
from tracker.outbox import MessageState, OutboxMessage
from tracker.permissions import Role
from tracker.reminders.models import LedgerRow
from tracker.reminders.queries import delivered_counts
from tracker.reminders.rules import Rule
from tracker.tasks.models import Coordination, LeaderDecision, Task, TaskGroup
from tracker.tasks.rules import Workflow

PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + b"0" * 40


@pytest.fixture(autouse=True)
def on_june_1():
    with time_machine.travel(JUNE_1, tick=False):
        yield


@pytest.fixture
def office(session, client_as):
    """A committee's secretary and chairperson, a unit's head, focal point and officer."""

    class Office:
        def __init__(self):
            self.committee = CommitteeFactory()
            self.unit = UnitFactory(name="Phòng Nội vụ")
            inside = {"committee_id": self.committee.id}
            self.posts = {
                "secretary": PostFactory(role=Role.SECRETARIAT, **inside),
                "chair": PostFactory(role=Role.CHAIRPERSON, **inside),
                "head": PostFactory(unit=self.unit),
                "focal": PostFactory(role=Role.FOCAL_POINT, unit=self.unit),
                "officer": PostFactory(role=Role.OFFICER, unit=self.unit),
                "viewer": PostFactory(role=Role.VIEWER, **inside),
                "stranger": PostFactory(unit=UnitFactory()),
                "elsewhere": PostFactory(role=Role.SECRETARIAT, committee_id=CommitteeFactory().id),
            }

        def task(self, **said):
            return TaskFactory(committee=self.committee, lead_unit=self.unit, **said)

        def client(self, name):
            return client_as(self.posts[name], at=JUNE_1)

    return Office()


@pytest.fixture
def read(session):
    def task(task_id):
        session.expire_all()
        return session.get(Task, task_id)

    return task


def page_of(client, address, status=200):
    answer = client.get(address)
    assert answer.status_code == status
    return answer.get_data(as_text=True)


def test_from_receipt_to_confirmation_through_the_pages(office, read):
    task = office.task(title="Ban hành kế hoạch cải cách")
    head, secretary = office.client("head"), office.client("secretary")
    here = f"/tasks/{task.id}"

    assert "xác nhận tiếp nhận nhiệm vụ" in page_of(head, here)
    assert head.post(f"{here}/receipt").status_code == 303
    assert head.post(f"{here}/officer", data={"officer": office.posts["officer"].person_id})
    officer = office.client("officer")
    answer = officer.post(
        f"{here}/progress",
        data={"text": "Xong dự thảo", "percent": "100", "files": (io.BytesIO(PNG), "ảnh.png")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303
    assert "kiểm tra nội dung chuyên viên đã chuẩn bị" in page_of(head, here)
    assert "Xong dự thảo" in page_of(head, f"{here}/hand-in")
    answer = head.post(
        f"{here}/hand-in",
        data={"result": "Đã ban hành Kế hoạch", "document_number": "12/KH-UBND"},
    )
    assert answer.status_code == 303
    assert read(task.id).workflow is Workflow.HANDED_IN
    assert "Đã ban hành Kế hoạch" in page_of(secretary, f"{here}/decision")
    answer = secretary.post(f"{here}/decision", data={"verdict": "redo", "reason": "Thiếu phụ lục"})
    assert answer.status_code == 303
    assert "Thiếu phụ lục" in page_of(head, here)
    head.post(f"{here}/hand-in", data={"result": "Đã bổ sung", "document_number": "12/KH-UBND"})
    assert secretary.post(f"{here}/decision", data={"verdict": "accepted"}).status_code == 303

    assert read(task.id).workflow is Workflow.CLOSED
    page = page_of(head, here)
    for words in ("Xong dự thảo", "12/KH-UBND", "Hoàn thành đúng hạn", "ảnh.png"):
        assert words in page


def test_progress_needs_three_fields_and_keeps_what_was_typed(office, read):
    task = office.task()
    head = office.client("head")

    answer = head.post(f"/tasks/{task.id}/progress", data={"text": "", "percent": "60"})
    assert answer.status_code == 422
    assert 'value="60"' in answer.get_data(as_text=True)
    answer = head.post(
        f"/tasks/{task.id}/progress",
        data={"text": "Một nửa", "percent": "60", "files": (io.BytesIO(b""), "rỗng.pdf")},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 422
    assert "Một nửa" in answer.get_data(as_text=True)
    assert read(task.id).percent == 0

    answer = head.post(
        f"/tasks/{task.id}/progress", data={"text": "Một nửa", "percent": "60", "exact": "55"}
    )
    assert answer.status_code == 303
    assert read(task.id).percent == 55


def test_a_head_may_finish_from_the_progress_form(office, read):
    task = office.task()

    office.client("head").post(
        f"/tasks/{task.id}/progress", data={"text": "Đã ban hành", "finished": "y"}
    )

    assert read(task.id).workflow is Workflow.HANDED_IN


@pytest.mark.parametrize("name", ["stranger", "elsewhere"])
def test_who_has_nothing_to_do_with_a_task_does_not_find_it(office, name):
    task = office.task(title="Việc kín")
    client = office.client(name)

    page_of(client, f"/tasks/{task.id}", 404)
    assert "Việc kín" not in page_of(client, "/tasks")


def test_an_officer_sees_only_what_is_given_to_them(office):
    mine = office.task(officer_id=office.posts["officer"].person_id, title="Việc của tôi")
    office.task(title="Việc của người khác")

    page = page_of(office.client("officer"), "/tasks")

    assert "Việc của tôi" in page
    assert "Việc của người khác" not in page
    page_of(office.client("officer"), f"/tasks/{mine.id}")


ACTS = ("receipt", "progress", "hand-in", "officer", "decision", "deadline", "departure",
        "leader-decision", "text")  # fmt: skip
MAY = {
    "secretary": {"progress", "hand-in", "deadline", "departure", "leader-decision", "text",
                  "decision"},
    "chair": {"decision", "deadline"},
    "head": {"progress", "hand-in", "officer"},
    "focal": {"progress", "hand-in", "officer"},
    "officer": {"progress"},
    "viewer": set(),
}  # fmt: skip


@pytest.mark.parametrize("name", MAY)
def test_each_role_opens_only_the_forms_of_its_acts(office, name):
    task = office.task(officer_id=office.posts["officer"].person_id)
    client = office.client(name)

    opened = {
        act
        for act in ACTS
        if act != "receipt" and client.get(f"/tasks/{task.id}/{act}").status_code == 200
    }

    assert opened == MAY[name]


def test_the_task_page_offers_what_may_be_done_and_nothing_else(office):
    task = office.task()

    assert f"/tasks/{task.id}/progress" in page_of(office.client("head"), f"/tasks/{task.id}")
    page = page_of(office.client("viewer"), f"/tasks/{task.id}")
    for act in ACTS:
        assert f"/tasks/{task.id}/{act}" not in page


def test_a_refused_hand_in_says_what_is_missing(office, session):
    office.unit.hand_in_needs_document = True
    session.commit()
    task = office.task()

    answer = office.client("head").post(f"/tasks/{task.id}/hand-in", data={"result": "Xong rồi"})

    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Đề nghị ghi số của văn bản đã ký." in page
    assert "Xong rồi" in page


def test_a_deadline_is_set_with_its_basis(office, read):
    task = office.task()
    chair = office.client("chair")
    said = {"time": "dated", "due_on": "15/07/2026", "reason": "chờ ý kiến", "kind": "date"}

    answer = chair.post(f"/tasks/{task.id}/deadline", data=said)
    assert answer.status_code == 422
    answer = chair.post(
        f"/tasks/{task.id}/deadline", data=said | {"basis": "leader", "reference": "7/TB"}
    )

    assert answer.status_code == 303
    page = page_of(chair, f"/tasks/{task.id}")
    assert "Hạn đầu 30/06/2026" in page
    assert "15/07/2026" in page
    assert read(task.id).due_on == date(2026, 7, 15)


def test_a_deadline_later_than_the_superiors_is_shown_with_a_warning(office):
    task = office.task(superior_due_on=date(2026, 6, 15))

    page = page_of(office.client("secretary"), f"/tasks/{task.id}")

    assert "thời hạn giao sau thời hạn cấp trên" in page


def test_a_leaders_decision_with_a_photo_is_shown_as_recorded(office, session):
    task = office.task()
    secretary = office.client("secretary")
    said = {"leader": "Chủ tịch A", "kind": "instruction", "text": "Làm trước phần I"}

    assert secretary.post(f"/tasks/{task.id}/leader-decision", data=said).status_code == 422
    answer = secretary.post(
        f"/tasks/{task.id}/leader-decision",
        data=said | {"files": (io.BytesIO(PNG), "bút phê.png")},
        content_type="multipart/form-data",
    )

    assert answer.status_code == 303
    decision = session.scalars(sa.select(LeaderDecision)).one()
    assert decision.note_id is not None
    page = page_of(secretary, f"/tasks/{task.id}")
    assert "Làm trước phần I" in page
    assert f"{office.posts['secretary'].person.name} ghi nhận" in page
    photo = secretary.get(f"/tasks/{task.id}/evidence/{decision.note_id}")
    assert photo.data == PNG


def test_two_editors_lose_nothing(office, read):
    task = office.task(title="Bản đầu")
    secretary = office.client("secretary")
    said = {"title": "Bản của A", "edition": "1"}

    assert secretary.post(f"/tasks/{task.id}/text", data=said).status_code == 303
    answer = secretary.post(f"/tasks/{task.id}/text", data=said | {"title": "Bản của B"})

    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "Bản của A" in page
    assert "Bản của B" in page
    assert read(task.id).title == "Bản của A"
    again = secretary.post(
        f"/tasks/{task.id}/text", data={"title": "Bản của A và B", "edition": "2"}
    )
    assert again.status_code == 303


def test_a_withdrawn_task_shows_its_reason(office, read):
    task = office.task()
    secretary = office.client("secretary")

    answer = secretary.post(
        f"/tasks/{task.id}/departure",
        data={"why": "exempt", "reason": "Đi biệt phái", "left_on": "01/06/2026"},
    )

    assert answer.status_code == 303
    assert "Đi biệt phái" in page_of(secretary, f"/tasks/{task.id}")
    assert read(task.id).left_on == date(2026, 6, 1)


def test_evidence_is_served_inert_and_only_to_readers_of_its_task(office, session):
    task = office.task()
    other = office.task()
    office.client("head").post(
        f"/tasks/{task.id}/progress",
        data={
            "text": "kèm ảnh",
            "percent": "40",
            "files": (io.BytesIO(b"<script>x</script>"), "a.txt"),
        },
        content_type="multipart/form-data",
    )
    piece = session.scalars(sa.select(Evidence)).one()

    answer = office.client("viewer").get(f"/tasks/{task.id}/evidence/{piece.id}")

    assert answer.data == b"<script>x</script>"
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    page_of(office.client("stranger"), f"/tasks/{task.id}/evidence/{piece.id}", 404)
    page_of(office.client("head"), f"/tasks/{other.id}/evidence/{piece.id}", 404)


def test_a_coordinating_unit_reports_its_part(office, session, client_as):
    post = PostFactory(unit=UnitFactory(name="Sở Tư pháp"))
    task = office.task()
    session.add(Coordination(task_id=task.id, unit_id=post.unit_id))
    session.commit()
    client = client_as(post, at=JUNE_1)

    assert client.get(f"/tasks/{task.id}/progress").status_code == 302
    client.post(f"/tasks/{task.id}/part", data={"text": "Đã góp ý", "done": "y"})

    page = page_of(office.client("head"), f"/tasks/{task.id}")
    assert "Phần phối hợp: Đã góp ý" in page
    assert "Đã phối hợp 01/06/2026" in page


# The list ---------------------------------------------------------------------------------------


def listed(client, **filters):
    answer = client.get("/tasks", query_string=filters)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def codes_in(page, tasks):
    return {task.code for task in tasks if task.code in page}


def test_the_list_is_searched_without_accents(office):
    office.task(title="Số hóa hồ sơ đất đai")
    office.task(title="Đào tạo cán bộ")

    page = listed(office.client("secretary"), q="ho so dat")

    assert "Số hóa hồ sơ đất đai" in page
    assert "Đào tạo cán bộ" not in page
    assert "<h1>1 nhiệm vụ</h1>" in page


def test_a_percent_sign_is_looked_for_as_itself(office):
    office.task(title="Đạt 80% hồ sơ")
    office.task(title="Đạt 80 hồ sơ")

    assert "<h1>1 nhiệm vụ</h1>" in listed(office.client("secretary"), q="80%")


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"overdue": "1"}, {"late"}),
        ({"class": "open_overdue"}, {"late"}),
        ({"class": "open_in_time"}, {"soon", "later", "star"}),
        ({"class": "undated"}, {"proposed", "awaiting"}),
        ({"class": "standing"}, {"standing"}),
        ({"class": "done_on_time"}, {"done"}),
        ({"class": "done_late"}, {"done late"}),
        ({"due_within": "7"}, {"soon", "proposed"}),
        ({"star": "1"}, {"star"}),
        ({"workflow": "left"}, {"left"}),
        ({"time": "awaiting"}, {"awaiting"}),
        ({"class": "nonsense", "unit": "x", "due_within": "-1"}, None),
        ({"class": "open_overdue", "as_of": "2026-05-20"}, set()),
        ({"class": "open_overdue", "as_of": "2026-05-26"}, {"late", "done late", "left"}),
    ],
)
def test_filters_of_the_address_narrow_the_list(office, filters, expected):
    may = {"assigned_on": date(2026, 5, 1)}
    done = {"workflow": Workflow.CLOSED, "accepted_on": date(2026, 5, 30), **may}
    tasks = {
        "late": office.task(due_on=date(2026, 5, 25), **may),
        "soon": office.task(due_on=date(2026, 6, 8), **may),
        "later": office.task(due_on=date(2026, 6, 9), **may),
        "star": office.task(star=True, due_on=date(2026, 7, 1), **may),
        "proposed": office.task(time="proposed", due_on=date(2026, 6, 5), **may),
        "awaiting": office.task(time="awaiting", due_on=None, **may),
        "standing": office.task(time="standing", due_on=None, **may),
        "done": office.task(due_on=date(2026, 6, 5), handed_in_on=date(2026, 5, 29), **done),
        "done late": office.task(due_on=date(2026, 5, 25), handed_in_on=date(2026, 5, 29), **done),
        "left": office.task(
            due_on=date(2026, 5, 25),
            workflow=Workflow.LEFT,
            left_on=date(2026, 5, 27),
            left_why="withdrawn",
            **may,
        ),
    }

    page = listed(office.client("secretary"), **filters)

    shown = {name for name, task in tasks.items() if f'/tasks/{task.id}"' in page}
    assert shown == (set(tasks) if expected is None else expected)


def test_paging_by_key_shows_every_task_once_in_both_directions(office):
    tasks = [office.task(due_on=date(2026, 7, 1 + n % 9)) for n in range(120)]
    client = office.client("secretary")
    seen, address = [], "/tasks?class=open_in_time"
    while address:
        page = page_of(client, address)
        seen += [task.id for task in tasks if f'/tasks/{task.id}"' in page]
        back = _link(page, "prev")
        address = _link(page, "next")

    assert len(seen) == len(set(seen)) == 120
    assert "class=open_in_time" in back
    first = page_of(client, _link(page_of(client, back), "prev"))
    assert sum(f'/tasks/{task.id}"' in first for task in tasks) == 50


def _link(page, rel):
    start = page.find(f'rel="{rel}" href="')
    if start < 0:
        return ""
    return page[start:].split('href="')[1].split('"')[0].replace("&amp;", "&")


def test_tasks_of_a_notice_and_of_a_group_are_listed(office, session):
    clause = ClauseFactory(notice=NoticeFactory(committee=office.committee))
    group = TaskGroup(title="Lập kế hoạch", addressee="các xã")
    session.add(group)
    session.commit()
    tasks = [
        office.task(clause_id=clause.id),
        office.task(group_id=group.id),
        office.task(),
    ]
    client = office.client("secretary")

    assert codes_in(listed(client, notice=clause.notice_id), tasks) == {tasks[0].code}
    assert codes_in(listed(client, group=group.id), tasks) == {tasks[1].code}
    page = page_of(client, f"/tasks/{tasks[0].id}")
    assert f"/conclusions/{clause.notice_id}#clause-{clause.id}" in page


def test_the_number_of_queries_is_pinned(office):
    task = office.task(officer_id=office.posts["officer"].person_id)
    for _ in range(60):
        office.task()
    client = office.client("head")
    client.post(f"/tasks/{task.id}/progress", data={"text": "x", "percent": "20"})

    with counted_queries(db.engine) as statements:
        listed(client)
    assert len(real(statements)) <= 8
    with counted_queries(db.engine) as statements:
        page_of(client, f"/tasks/{task.id}")
    assert len(real(statements)) <= 18


def real(statements):
    return [one for one in statements if not one.startswith(("BEGIN", "PRAGMA", "SET", "SHOW"))]


def test_long_names_and_hostile_text_do_not_break_the_pages(office):
    title = "<script>alert(1)</script> " + "rất dài " * 200
    task = office.task(title=title)
    person = PersonFactory(name="<b>Tên</b>")
    task.officer_id = person.id
    client = office.client("secretary")

    for address in ("/tasks", f"/tasks/{task.id}", "/tasks?q=%3Cscript%3E"):
        assert "<script>alert" not in page_of(client, address)


def test_reminders_are_told_in_one_line_and_counted_as_on_the_overdue_page(office, session):
    task = office.task(due_on=date(2026, 5, 20), assigned_on=date(2026, 5, 1))
    messages = [
        OutboxMessage(
            key=f"k{number}",
            recipient="a@office.example",
            subject="x",
            body="x",
            created_at=JUNE_1,
            next_at=JUNE_1,
            state=state,
        )
        for number, state in enumerate(
            [MessageState.SENT, MessageState.SENT, MessageState.FAILED, MessageState.SENT]
        )
    ]
    session.add_all(messages)
    session.commit()
    rules = [Rule.BEFORE, Rule.DUE, Rule.AFTER, Rule.CHAIR_LIST]
    session.add_all(
        LedgerRow(
            task_id=task.id,
            recipient="a@office.example",
            unit_id=office.unit.id,
            rule=rule.value,
            step=number,
            deadline_version=1,
            due_on=task.due_on,
            as_of=date(2026, 5, 18 + number),
            at=JUNE_1.replace(month=5, day=18 + number),
            message_id=message.id,
        )
        for number, (rule, message) in enumerate(zip(rules, messages, strict=True))
    )
    session.commit()

    page = page_of(office.client("secretary"), f"/tasks/{task.id}")

    assert "nhắc tự động 2 lần (đã gửi được)" in page
    assert "Nhắc việc tự động 3 lần." in page
    assert "đã gửi được 2/3" in page
    assert delivered_counts(session, [task.id]) == {task.id: 2}


@pytest.mark.parametrize(("day", "in_time"), [(30, True), (31, False)])
def test_waiting_for_confirmation_is_not_held_against_a_unit_that_was_in_time(office, day, in_time):
    task = office.task(
        due_on=date(2026, 5, 30),
        assigned_on=date(2026, 5, 1),
        workflow=Workflow.HANDED_IN,
        handed_in_on=date(2026, 5, day),
    )

    page = page_of(office.client("chair"), f"/tasks/{task.id}")

    assert ("Đơn vị đã báo cáo trong hạn" in page) is in_time
