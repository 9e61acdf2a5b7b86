"""The first pages of the roles: what they show, whom they show it to, at what cost."""

import html
import re
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
import time_machine

from tests.conftest import counted_queries
from tests.factories import (
    JUNE_1,
    ClauseFactory,
    CommitteeFactory,
    MeetingFactory,
    NoticeFactory,
    PersonFactory,
    PostFactory,
    TaskFactory,
    UnitFactory,
)
from tracker.db import db
from tracker.history import HistoryEntry
from tracker.outbox import MessageState, OutboxMessage
from tracker.permissions import Role
from tracker.tasks.models import Coordination, DeadlineVersion, HandIn, Receipt, Task, TaskGroup
from tracker.tasks.rules import TimeKind, Workflow
from tracker.tasks.tally import count_accepted
from tracker.units.models import Unit

NOW = datetime(2026, 7, 20, 1, 30, tzinfo=UTC)
"""Monday 20 July 2026, 08:30 in the office."""
TODAY = date(2026, 7, 20)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def committee(session):
    return CommitteeFactory(code="CCHC", name="Ban Chỉ đạo cải cách hành chính")


@pytest.fixture
def chair(committee, client_as):
    return client_as(PostFactory(role=Role.CHAIRPERSON, committee_id=committee.id))


@pytest.fixture
def secretary(committee, client_as):
    return client_as(PostFactory(role=Role.SECRETARIAT, committee_id=committee.id))


def text_of(response):
    """Return what a reader sees: no tags, single spaces."""
    body = re.sub(r"<(script|style).*?</\1>", " ", response.text, flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def links(response, words):
    return [
        html.unescape(address)
        for address, inner in re.findall(
            r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', response.text, re.DOTALL
        )
        if words in inner
    ]


def accept(session, task):
    """Count a task made as accepted, as the accepting act does."""
    count_accepted(session, [task])
    session.commit()


def rows_of(response):
    return response.text.count('<tr role="row">') - response.text.count('<thead role="rowgroup">')


# The chairperson ----------------------------------------------------------------------------


def test_the_heading_of_the_chairpersons_page_is_the_answer(committee, chair):
    meeting = MeetingFactory(committee=committee, title="Phiên họp quý II")
    notice = NoticeFactory(
        meeting=meeting, committee=committee, number="12/TB-BCĐ", issued_on=date(2026, 3, 20)
    )
    clause = ClauseFactory(notice=notice, label="III.4")
    TaskFactory(
        committee=committee,
        title="Rà soát văn bản hết hiệu lực",
        lead_unit=UnitFactory(name="Sở Tư pháp"),
        clause_id=clause.id,
        due_on=date(2026, 6, 30),
        first_due_on=date(2026, 5, 31),
        percent=70,
        updated_on=date(2026, 7, 13),
    )
    TaskFactory(committee=committee, due_on=date(2026, 7, 20))
    TaskFactory(committee=committee, due_on=None, time=TimeKind.AWAITING)

    seen = text_of(chair.get("/overdue"))

    assert "Quá hạn: 1 nhiệm vụ" in seen
    assert "Quá hạn 20 ngày" in seen
    assert "hạn hạn đầu 31/05/2026 → 30/06/2026" in seen
    assert "mục III.4 · 12/TB-BCĐ (20/03/2026)" in seen
    assert "Sở Tư pháp" in seen
    assert "13/07/2026 · 70\N{NO-BREAK SPACE}%".replace("\N{NO-BREAK SPACE}", " ") in seen
    assert "2 = 0 + 0 + 1 + 1" in seen
    assert "1 việc chưa có hạn" in seen
    assert "chưa có cập nhật nào" not in seen


def test_a_reported_completion_that_waits_is_not_laid_at_the_units_door(committee, chair):
    TaskFactory(
        committee=committee,
        workflow=Workflow.HANDED_IN,
        handed_in_on=date(2026, 6, 29),
        percent=100,
    )

    page = text_of(chair.get("/overdue"))

    assert "Quá hạn: 1 nhiệm vụ" in page
    assert "đã báo cáo hoàn thành, chờ xác nhận từ 29/06/2026" in page


def test_every_figure_opens_a_list_of_its_length(session, committee, chair):
    closed = {"workflow": Workflow.CLOSED, "accepted_on": date(2026, 7, 1)}
    for number in range(2):
        TaskFactory(committee=committee, due_on=date(2026, 7, 1 + number))
        TaskFactory(committee=committee, due_on=date(2026, 9, 1))
    TaskFactory(committee=committee, due_on=None, time=TimeKind.STANDING)
    accept(session, TaskFactory(committee=committee, **closed))
    addresses = set(re.findall(r'href="(/reports/list[^"]+)"', chair.get("/overdue").text))

    lengths = {}
    for address in addresses:
        page = chair.get(html.unescape(address))
        figure = re.search(r"figure=(\w+)", address)[1]
        lengths[figure] = rows_of(page)
        assert f": {lengths[figure]} nhiệm vụ" in text_of(page)

    assert lengths == {
        "total": 5,
        "done_on_time": 0,
        "done_late": 1,
        "open_in_time": 2,
        "undated": 0,
        "standing": 1,
    }


def test_an_order_to_many_units_is_one_row_that_opens(session, committee, chair):
    group = TaskGroup(title="Xây dựng kế hoạch khắc phục", addressee="các xã, phường")
    session.add(group)
    session.commit()
    for number in range(3):
        TaskFactory(committee=committee, group_id=group.id, due_on=date(2026, 7, 1 + number))
    TaskFactory(
        committee=committee,
        group_id=group.id,
        workflow=Workflow.CLOSED,
        accepted_on=date(2026, 7, 1),
    )
    TaskFactory(committee=committee, due_on=date(2026, 7, 2))

    page = chair.get("/overdue")

    seen = text_of(page)
    assert "Quá hạn: 4 nhiệm vụ" in seen
    assert "2 dòng: nội dung giao nhiều đơn vị gộp thành một dòng" in seen
    assert "3/4 đơn vị chưa hoàn thành" in seen
    assert rows_of(page) == 2
    assert rows_of(chair.get(links(page, "Xây dựng kế hoạch")[0])) == 3


def test_the_page_is_narrowed_by_unit_meeting_and_field_in_the_address(committee, chair):
    meeting = MeetingFactory(committee=committee)
    clause = ClauseFactory(notice=NoticeFactory(meeting=meeting, committee=committee))
    unit = UnitFactory(name="Sở Y tế")
    due = {"committee": committee, "due_on": date(2026, 7, 1)}
    TaskFactory(**due, title="Việc của sở", lead_unit=unit)
    TaskFactory(**due, title="Việc của phiên họp", clause_id=clause.id)
    TaskFactory(**due, title="Việc của lĩnh vực", field="Thể chế")

    for query, title in {
        f"unit={unit.id}": "Việc của sở",
        f"meeting={meeting.id}": "Việc của phiên họp",
        "field=Thể chế": "Việc của lĩnh vực",
    }.items():
        seen = text_of(chair.get(f"/overdue?{query}"))
        assert "Quá hạn: 1 nhiệm vụ" in seen
        assert title in seen
    assert "Quá hạn: 3 nhiệm vụ" in text_of(chair.get("/overdue?unit=&meeting=&field="))


def test_an_empty_page_claims_no_more_than_was_counted(committee, chair):
    assert "chưa thể kết luận" in text_of(chair.get("/overdue"))

    TaskFactory(committee=committee, due_on=date(2026, 9, 1))
    TaskFactory(committee=committee, due_on=None, time=TimeKind.AWAITING)

    seen = text_of(chair.get("/overdue"))
    assert "không có nhiệm vụ nào quá hạn trong 1 nhiệm vụ chưa hoàn thành có thời hạn" in seen
    assert "1 việc chưa có hạn nên không tính quá hạn" in seen


def test_another_committees_tasks_are_neither_shown_nor_counted(committee, chair):
    TaskFactory(due_on=date(2026, 7, 1), title="Việc của Ban khác")

    for address in ("/overdue", "/reports", "/reports/list?figure=open_overdue"):
        seen = text_of(chair.get(address))
        assert "Việc của Ban khác" not in seen
        assert "Quá hạn: 1" not in seen


@pytest.fixture
def thousand(session, committee):
    """1,000 tasks of 200 units, 120 of them overdue, half of these within orders to many."""
    session.execute(
        sa.insert(Unit),
        [
            {
                "code": f"X{number:03d}",
                "name": f"Ủy ban nhân dân xã số {number}",
                "short_name": f"UBND xã số {number}",
                "kind": "commune",
            }
            for number in range(200)
        ],
    )
    units = session.scalars(sa.select(Unit.id)).all()
    group = TaskGroup(title="Một chỉ đạo giao nhiều đơn vị", addressee="các xã")
    session.add(group)
    meeting = MeetingFactory(committee=committee)
    clauses = [
        ClauseFactory(
            notice=NoticeFactory(meeting=meeting, committee=committee), label=f"III.{number}"
        ).id
        for number in range(10)
    ]
    session.flush()
    rows = []
    for number in range(1000):
        late = number % 100 < 12
        due = TODAY - timedelta(days=number % 300 + 1) if late else TODAY + timedelta(days=40)
        closed = number % 100 >= 40
        rows.append(
            {
                "code": f"NV-{number}",
                "committee_id": committee.id,
                "lead_unit_id": units[number % len(units)],
                "clause_id": clauses[number % 10],
                "group_id": group.id if late and number % 2 else None,
                "title": f"Rà soát, hoàn thiện quy trình nội bộ và công khai kết quả số {number}",
                "time": TimeKind.DATED,
                "deadline_kind": "date",
                "deadline_basis": "notice",
                "due_on": due,
                "first_due_on": due - timedelta(days=30),
                "effective_on": due,
                "assigned_on": date(2025, 1, 6),
                "updated_on": TODAY - timedelta(days=20),
                "last_update": "Đang lấy ý kiến các đơn vị, dự kiến trình trong tuần tới",
                "percent": 40,
                "field": f"Lĩnh vực {number % 8}",
                "accepted_on": date(2026, 6, 1) if closed else None,
                "workflow": Workflow.CLOSED if closed else Workflow.IN_PROGRESS,
                "folded": "",
            }
        )
    session.execute(sa.insert(Task), rows)
    session.commit()


def test_the_chairpersons_page_takes_eight_queries_at_most_and_stays_small(
    app, thousand, chair, session
):
    session.execute(sa.update(Task).where(Task.group_id.is_not(None)).values(star=True))
    session.commit()
    with app.app_context():
        engine = db.engine
    with counted_queries(engine) as statements:
        page = chair.get("/overdue")
    asked = [text for text in statements if not text.startswith(("BEGIN", "COMMIT", "ROLLBACK"))]

    assert rows_of(page) == 50
    assert len(asked) <= 8, "\n".join(text[:90].replace("\n", " ") for text in asked)
    assert len(page.data) <= 100_000


def test_paging_shows_every_row_once(thousand, chair):
    seen, address = [], "/overdue"
    while address:
        page = chair.get(address)
        seen += re.findall(r'<a class="what" href="([^"]+)"', page.text)
        address = next(iter(links(page, "Sau")), "").removesuffix("#list")

    assert len(seen) == len(set(seen)) == 61


@pytest.mark.parametrize("place", ["x", "2026-01-01", "2026-01-01_2026-99-01_3", "'"])
def test_a_place_that_cannot_be_read_starts_from_the_top(thousand, chair, place):
    assert rows_of(chair.get("/overdue", query_string={"after": place})) == 50


# The unit -----------------------------------------------------------------------------------


@pytest.fixture
def unit(session):
    return UnitFactory(name="UBND xã Long Khê")


@pytest.fixture
def head(unit, client_as):
    return client_as(PostFactory(role=Role.UNIT_HEAD, unit=unit))


def test_my_work_stands_in_the_order_of_what_to_do(session, unit, head):
    mine = {"lead_unit": unit}
    received = {**mine, "workflow": Workflow.RECEIVED}
    TaskFactory(**mine, title="Mới giao")
    TaskFactory(**received, title="Đã quá hạn", due_on=date(2026, 7, 19))
    TaskFactory(**received, title="Hôm nay đến hạn", due_on=TODAY)
    TaskFactory(**received, title="Bảy ngày nữa", due_on=TODAY + timedelta(days=7))
    TaskFactory(**received, title="Tám ngày nữa", due_on=TODAY + timedelta(days=8))
    TaskFactory(**received, title="Chưa ấn định", due_on=None, time=TimeKind.AWAITING)
    TaskFactory(
        **mine, title="Đã báo cáo", workflow=Workflow.HANDED_IN, handed_in_on=date(2026, 7, 17)
    )
    helped = TaskFactory(title="Phối hợp với sở")
    session.add(Coordination(task_id=helped.id, unit_id=unit.id))
    TaskFactory(title="Việc của xã khác")
    session.commit()

    page = head.get("/my-work")

    titles = re.findall(r'<a class="what"[^>]*>(.*?)</a>', page.text, re.DOTALL)
    assert [title.strip() for title in titles] == [
        "Mới giao",
        "Đã quá hạn",
        "Hôm nay đến hạn",
        "Bảy ngày nữa",
        "Đã báo cáo",
        "Tám ngày nữa",
        "Chưa ấn định",
        "Phối hợp với sở",
    ]
    assert "7 việc đang mở" in text_of(page)
    assert len(page.data) <= 100_000


def test_a_head_confirms_receipt_of_several_tasks_at_once(session, unit, head):
    ours = [TaskFactory(lead_unit=unit) for _ in range(3)]

    answer = head.post("/my-work/receipts", data={"task": [ours[0].id, ours[2].id]})

    assert answer.status_code == 303
    assert "Đã xác nhận tiếp nhận 2 việc." in text_of(head.get(answer.location))
    assert set(session.scalars(sa.select(Receipt.task_id))) == {ours[0].id, ours[2].id}


def test_a_head_confirms_nothing_of_another_unit(session, head):
    other = TaskFactory()

    assert head.post("/my-work/receipts", data={"task": [other.id]}).status_code == 404
    assert session.scalars(sa.select(Receipt.task_id)).all() == []


def test_an_officer_sees_only_what_is_given_to_them(unit, client_as):
    person = PersonFactory()
    officer = client_as(PostFactory(role=Role.OFFICER, unit=unit, person=person))
    TaskFactory(lead_unit=unit, title="Việc được phân công", officer_id=person.id)
    TaskFactory(lead_unit=unit, title="Việc của người khác")

    page = officer.get("/my-work")

    assert "Việc được phân công" in page.text
    assert "Việc của người khác" not in page.text
    assert "/my-work/receipts" not in page.text


def test_a_unit_head_neither_reads_nor_counts_other_units(unit, head):
    TaskFactory(lead_unit=unit, due_on=date(2026, 7, 1), title="Việc của xã ta")
    TaskFactory(due_on=date(2026, 7, 1), title="Việc của xã khác")

    page = head.get("/reports/list?figure=open_overdue&as_of=20/7/2026")

    assert rows_of(page) == 1
    assert "Việc của xã khác" not in page.text
    assert head.get("/overdue").status_code == 403
    assert head.get("/inbox").status_code == 403
    assert head.get("/history").status_code == 403


# The secretariat ----------------------------------------------------------------------------


def test_the_inbox_counts_what_it_lists(session, committee, secretary):
    waiting = TaskFactory(
        committee=committee, workflow=Workflow.HANDED_IN, handed_in_on=date(2026, 7, 17)
    )
    session.execute(
        sa.text(
            "INSERT INTO hand_ins (task_id, handed_in_on, at, by_name, by_post, on_behalf_of, way,"
            " result, document_number) VALUES (:task, '2026-07-17', '2026-07-17 03:00:00+00:00',"
            " 'A', '', '', 'screen', 'Đã ban hành quyết định', '214/QĐ-UBND')"
        ),
        {"task": waiting.id},
    )
    TaskFactory(
        committee=committee, due_on=None, time=TimeKind.AWAITING, assigned_on=date(2026, 7, 15)
    )
    TaskFactory(committee=committee, updated_on=date(2026, 7, 6), title="Im lặng 14 ngày")
    TaskFactory(committee=committee, updated_on=date(2026, 7, 7), title="Mới 13 ngày")
    session.add(
        OutboxMessage(
            key="k",
            recipient="x@office.example",
            subject="s",
            body="b",
            created_at=JUNE_1,
            next_at=JUNE_1,
            state=MessageState.FAILED,
            answer="550 no such user",
            attempts=3,
        )
    )
    NoticeFactory(committee=committee, title="Kết luận chưa giao việc")
    NoticeFactory(title="Kết luận của Ban khác")
    TaskFactory(due_on=None, time=TimeKind.AWAITING, title="Việc của Ban khác")
    session.commit()

    page = secretary.get("/inbox")

    seen = text_of(page)
    assert "214/QĐ-UBND" in seen
    assert "báo cáo ngày 17/07/2026, sau thời hạn" in seen
    assert "Im lặng 14 ngày" in seen
    assert "Mới 13 ngày" not in seen
    assert "Kết luận chưa giao việc" in seen
    assert "Ban khác" not in seen
    counts = dict(re.findall(r'<a href="#([a-z-]+)"[^>]*><b>(?:<svg.*?</svg> )?(\d+)', page.text))
    listed = {
        part: block.count('<tr role="row">') - 1
        for part, block in re.findall(
            r'<h2 id="([a-z-]+)">(.*?)(?=<h2|</main>)', page.text, re.DOTALL
        )
        if '<tr role="row">' in block
    }
    assert {part: int(number) for part, number in counts.items() if int(number)} == listed


def test_the_inbox_offers_no_answer_that_is_not_the_secretarys_to_give(
    session, committee, secretary
):
    committee.unit = UnitFactory()
    session.commit()
    handed = {"workflow": Workflow.HANDED_IN, "handed_in_on": date(2026, 6, 29)}
    theirs = TaskFactory(committee=committee, **handed)
    own = TaskFactory(committee=committee, lead_unit=committee.unit, **handed)
    for task in (theirs, own):
        session.add(
            HandIn(
                task=task, handed_in_on=date(2026, 6, 29), at=JUNE_1, by_name="Lan", way="screen",
                result="Đã ban hành",
            )
        )  # fmt: skip
    session.commit()

    page = secretary.get("/inbox")

    assert f"/tasks/{theirs.id}/decision" in page.text
    assert f"/tasks/{own.id}/decision" not in page.text
    assert secretary.get(links(page, "Ghi nhận ý kiến")[0]).status_code == 200


def test_a_long_list_of_the_inbox_is_read_page_by_page(committee, secretary):
    for number in range(53):
        TaskFactory(
            committee=committee,
            due_on=None,
            time=TimeKind.AWAITING,
            assigned_on=date(2026, 7, 15),
            title=f"Chờ ấn định {number}",
        )

    first = secretary.get("/inbox")
    assert rows_of(first) == 15
    whole = secretary.get(
        links(first, "Xem cả 53")[0] if links(first, "Xem cả 53") else "/inbox?show=undated"
    )
    rest = secretary.get(links(whole, "Sau")[0])

    assert (rows_of(whole), rows_of(rest)) == (50, 3)
    assert len(whole.data) <= 100_000


# Everybody ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.CHAIRPERSON, "/overdue"),
        (Role.VIEWER, "/overdue"),
        (Role.ADVISER, "/overdue"),
        (Role.SECRETARIAT, "/inbox"),
        (Role.UNIT_HEAD, "/my-work"),
        (Role.FOCAL_POINT, "/my-work"),
        (Role.OFFICER, "/my-work"),
        (Role.APPRAISER, "/scores"),
        (Role.ADMIN, "/people"),
    ],
)
def test_everybody_begins_at_the_page_of_their_role(committee, unit, client_as, role, address):
    client = client_as(PostFactory(role=role, unit=unit, committee_id=committee.id))

    assert client.get("/").location == address


def test_figures_as_of_a_past_day_keep_that_days_deadline(session, committee, chair):
    task = TaskFactory(committee=committee, due_on=date(2026, 6, 30), deadline_version=2)
    task.due_on = task.effective_on = date(2026, 8, 31)
    session.add(
        DeadlineVersion(
            task_id=task.id,
            version=2,
            time=TimeKind.DATED,
            kind=task.deadline_kind,
            due_on=task.due_on,
            effective_on=task.due_on,
            decided_on=date(2026, 7, 10),
            decided_at=JUNE_1,
        )
    )
    session.commit()

    past = text_of(chair.get("/reports/list?figure=open_overdue&as_of=2026-07-05"))

    assert "Quá hạn 5 ngày" in past
    assert "hạn 30/06/2026" in past
    assert rows_of(chair.get("/reports/list?figure=open_overdue")) == 0


@pytest.mark.parametrize("by", ["unit", "meeting", "field"])
def test_every_number_of_a_report_opens_its_list(committee, chair, by):
    clause = ClauseFactory(
        notice=NoticeFactory(meeting=MeetingFactory(committee=committee), committee=committee)
    )
    TaskFactory(committee=committee, due_on=date(2026, 7, 1), field="Thể chế")
    TaskFactory(committee=committee, due_on=date(2026, 7, 1), clause_id=clause.id)
    page = chair.get(f"/reports?by={by}")
    table = page.text[page.text.index("<tbody") : page.text.index("</tbody>")]
    numbers = re.findall(r'<a href="([^"]+)">(\d+)</a>', table)

    assert len(numbers) == 4
    for address, number in numbers:
        assert rows_of(chair.get(html.unescape(address))) == int(number)


def test_a_day_that_is_none_is_named_and_kept(chair):
    page = chair.get("/reports?as_of=31/02/2026")

    assert page.status_code == 422
    assert 'value="31/02/2026"' in page.text


def test_a_list_is_sent_as_a_sheet_with_the_columns_of_the_import(committee, chair):
    TaskFactory(committee=committee, due_on=date(2026, 7, 1), title="Việc quá hạn")
    TaskFactory(committee=committee, due_on=date(2026, 9, 1), title="Việc còn hạn")
    TaskFactory(due_on=date(2026, 7, 1), title="Việc của Ban khác")

    sheet = chair.get("/reports/export?figure=open_overdue&format=csv")

    lines = sheet.data.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Mã nhiệm vụ;")
    assert len(lines) == 2
    assert "Việc quá hạn" in lines[1]
    assert "attachment" in sheet.headers["Content-Disposition"]
    assert chair.get("/reports/export?figure=total&format=xlsx").data[:2] == b"PK"
    assert chair.get("/reports/export?figure=total&format=exe").status_code == 404


def entry(number, committee_id, **values):
    usual = {
        "name": "Lê Thị Hằng",
        "role": "secretariat",
        "post_title": "Văn phòng",
        "on_behalf_of": "",
        "way": "screen",
        "act": "task.accept",
        "noun": "tasks",
        "object_id": 7,
        "label": "NV-2026-0007",
        "before": None,
        "after": {"accepted_on": "2026-06-30"},
        "reason": "",
    }
    return HistoryEntry(
        id=number,
        at=JUNE_1 + timedelta(days=number),
        committee_id=committee_id,
        link=f"{number:064d}",
        **usual | values,
    )


def test_the_trail_is_narrowed_to_own_committees_and_shown_in_words(session, committee, chair):
    other = CommitteeFactory()
    session.add_all([entry(1, committee.id), entry(2, other.id, act="task.withdraw")])
    session.add(entry(3, None, act="unit.change"))
    session.add(entry(4, None, act="unit.add", noun="units"))
    session.add(entry(5, None, act="person.add", noun="persons"))
    session.commit()

    seen = text_of(chair.get("/history"))

    assert "Xác nhận hoàn thành" in seen
    assert "30/06/2026" in seen
    assert "Đưa nhiệm vụ" not in seen
    assert "Thêm đơn vị" in seen  # what belongs to no committee, and everybody reads
    assert "Sửa đơn vị" not in seen
    assert "Thêm tài khoản" not in seen


def test_the_history_of_one_object_stands_at_its_own_address(session, committee, chair):
    session.add_all([entry(1, committee.id), entry(2, committee.id, object_id=8)])
    session.commit()

    page = chair.get("/history/tasks/7")

    assert "NV-2026-0007" in text_of(page)
    assert rows_of(page) == 1


def test_an_administrator_reads_the_whole_trail_page_by_page(session, committee, client_as):
    session.add_all(
        [entry(number, committee.id if number % 2 else None) for number in range(1, 54)]
    )
    session.commit()
    admin = client_as(PostFactory(role=Role.ADMIN))

    first = admin.get("/history")
    rest = admin.get(links(first, "Cũ hơn")[0])

    assert (rows_of(first), rows_of(rest)) == (50, 3)
