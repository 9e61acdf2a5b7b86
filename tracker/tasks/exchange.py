"""Tasks out as a sheet, and the columns that the import reads."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, String, column, func, or_, select, table
from sqlalchemy.orm import Session

from tracker.committees.models import Committee
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.people.models import Person
from tracker.permissions import Actor
from tracker.sheets import CellValue, Column
from tracker.tasks.models import Coordination, DeadlineVersion, Task
from tracker.tasks.queries import class_as_of, counts_as_of, visible_to
from tracker.tasks.rules import DeadlineClass, TimeKind
from tracker.units.models import Unit

COLUMNS = (
    Column("code", ("Mã nhiệm vụ", "Task code", "Mã")),
    Column("committee", ("Ban Chỉ đạo", "Committee", "Mã Ban Chỉ đạo")),
    Column("document_number", ("Số, ký hiệu văn bản", "Document number", "Số/Ký hiệu văn bản")),
    Column("document_date", ("Ngày văn bản", "Document date")),
    Column("clause", ("Mục", "Clause", "Điểm, mục")),
    Column("external_code", ("Mã trên hệ thống khác", "External code")),
    Column("title", ("Nhiệm vụ", "Task", "Nội dung nhiệm vụ", "Tên nhiệm vụ"), width=60),
    Column("product", ("Sản phẩm", "Product"), width=40),
    Column("lead_unit", ("Cơ quan chủ trì", "Lead unit", "Đơn vị chủ trì", "Chủ trì")),
    Column(
        "coordinating_units",
        ("Cơ quan phối hợp", "Coordinating units", "Đơn vị phối hợp", "Phối hợp"),
    ),
    Column("officer", ("Người thực hiện", "Officer", "Chuyên viên")),
    Column("star", ("Nhiệm vụ trọng tâm", "Priority", "Trọng tâm", "Gắn sao")),
    Column("field", ("Lĩnh vực", "Field")),
    Column("deadline_kind", ("Loại thời hạn", "Deadline kind")),
    Column("deadline_text", ("Thời hạn (nguyên văn)", "Deadline in words", "Thời hạn")),
    Column("deadline_basis", ("Căn cứ thời hạn", "Deadline basis")),
    Column("due_on", ("Hạn hoàn thành", "Due on", "Hạn")),
    Column("first_due_on", ("Hạn đầu", "First due on")),
    Column("superior_due_on", ("Hạn cấp trên giao", "Superior's deadline")),
    Column("assigned_on", ("Ngày giao", "Assigned on")),
    Column("percent", ("Tiến độ (%)", "Percent", "Tiến độ")),
    Column("handed_in_on", ("Ngày báo cáo hoàn thành", "Handed in on")),
    Column("accepted_on", ("Ngày xác nhận hoàn thành", "Accepted on")),
    Column("note", ("Ghi chú", "Note"), width=40),
)

KIND_WORDS: dict[str, DeadlineKind] = {
    **{kind.value: kind for kind in DeadlineKind},
    "Ngày cụ thể": DeadlineKind.DATE,
    "Ngày": DeadlineKind.DATE,
    "Theo tháng": DeadlineKind.MONTH,
    "Tháng": DeadlineKind.MONTH,
    "Theo quý": DeadlineKind.QUARTER,
    "Quý": DeadlineKind.QUARTER,
    "Theo 6 tháng": DeadlineKind.HALF_YEAR,
    "6 tháng": DeadlineKind.HALF_YEAR,
    "Theo năm": DeadlineKind.YEAR,
    "Năm": DeadlineKind.YEAR,
    "Số ngày làm việc": DeadlineKind.WORKING_DAYS,
    "Ngày làm việc": DeadlineKind.WORKING_DAYS,
    "Định kỳ": DeadlineKind.RECURRING,
    "Theo văn bản khác": DeadlineKind.REFERENCE,
    "Thường xuyên": DeadlineKind.STANDING,
    "Không thời hạn": DeadlineKind.NONE,
    "Không có hạn": DeadlineKind.NONE,
}
BASIS_WORDS: dict[str, DeadlineBasis] = {
    **{basis.value: basis for basis in DeadlineBasis},
    "Thông báo": DeadlineBasis.NOTICE,
    "Nêu trong thông báo": DeadlineBasis.NOTICE,
    "Lãnh đạo phê duyệt": DeadlineBasis.LEADER,
    "Văn bản sau": DeadlineBasis.LETTER,
    "Theo văn bản sau": DeadlineBasis.LETTER,
    "Đề xuất": DeadlineBasis.PROPOSED,
    "Hạn đề xuất": DeadlineBasis.PROPOSED,
    "Thư ký đề xuất": DeadlineBasis.PROPOSED,
}

# Rooms above this one; only what a sheet says of them.
CLAUSES = table("clauses", column("id"), column("notice_id"), column("label", String))
NOTICES = table("notices", column("id"), column("number", String), column("issued_on", Date))


@dataclass(frozen=True)
class SaidAsOf:
    """What was said of a task's time as of a day."""

    time: TimeKind
    kind: DeadlineKind
    text: str
    basis: DeadlineBasis | None
    due_on: date | None


def kind_cell(time: TimeKind, kind: DeadlineKind) -> str:
    """Return how a time is written in the kind's cell, so that reading gives it back.

    Blank says that the deadline is awaited; `none` that there is none by decision.
    """
    match time:
        case TimeKind.WITHOUT:
            return DeadlineKind.NONE.value
        case TimeKind.STANDING:
            recurs = kind is DeadlineKind.RECURRING
            return (kind if recurs else DeadlineKind.STANDING).value
        case _:
            return "" if kind is DeadlineKind.NONE else kind.value


def task_rows(
    session: Session,
    actor: Actor,
    *,
    as_of: date,
    today: date,
    only_overdue: bool = False,
    also: Iterable[ColumnElement[bool]] = (),
) -> Iterator[dict[str, CellValue]]:
    """Yield the tasks that `actor` may read as rows of the sheet, by code's age.

    Tasks that have left the count stay out. For a past day: what counted then, with the deadline
    decided and the results confirmed by then. `also` narrows further.
    """
    past = as_of < today
    wanted = [*also, visible_to(actor), or_(Task.left_on.is_(None), Task.left_on > as_of)]
    if past:
        wanted.append(counts_as_of(as_of))
    if only_overdue:
        wanted.append(counts_as_of(as_of))
        wanted.append(class_as_of(as_of) == DeadlineClass.OPEN_OVERDUE)
    columns: tuple[Any, ...] = (
        Task,
        Committee.code,
        NOTICES.c.number,
        NOTICES.c.issued_on,
        CLAUSES.c.label,
        Unit.code,
        Person.email,
    )
    parts = _coordinating(session)
    versions = _versions(session, as_of) if past else {}
    rows = session.execute(
        select(*columns)
        .join(Committee, Committee.id == Task.committee_id)
        .join(Unit, Unit.id == Task.lead_unit_id)
        .outerjoin(Person, Person.id == Task.officer_id)
        .outerjoin(CLAUSES, CLAUSES.c.id == Task.clause_id)
        .outerjoin(NOTICES, NOTICES.c.id == CLAUSES.c.notice_id)
        .where(*wanted)
        .order_by(Task.id)
        .execution_options(yield_per=1000)
    )
    for task, committee, number, issued_on, label, unit, email in rows:
        said = versions.get(task.id) or said_now(task)
        accepted = task.accepted_on is not None and (not past or task.accepted_on <= as_of)
        handed_in = task.handed_in_on if not past or accepted else _by(task.handed_in_on, as_of)
        yield {
            "code": task.code,
            "committee": committee,
            "document_number": number or "",
            "document_date": issued_on,
            "clause": label or "",
            "external_code": task.external_code,
            "title": task.title,
            "product": task.product,
            "lead_unit": unit,
            "coordinating_units": parts.get(task.id, []),
            "officer": email or "",
            "star": "1" if task.star else "",
            "field": task.field,
            "deadline_kind": kind_cell(said.time, said.kind),
            "deadline_text": said.text,
            "deadline_basis": said.basis.value if said.basis and said.due_on else "",
            "due_on": said.due_on,
            "first_due_on": task.first_due_on,
            "superior_due_on": task.superior_due_on,
            "assigned_on": task.assigned_on,
            "percent": task.percent,
            "handed_in_on": handed_in,
            "accepted_on": task.accepted_on if accepted else None,
            "note": task.note,
        }


def said_now(task: Task) -> SaidAsOf:
    """Return what is said of the task's time now."""
    return SaidAsOf(
        task.time, task.deadline_kind, task.deadline_text, task.deadline_basis, task.due_on
    )


def _by(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None


def _coordinating(session: Session) -> dict[int, list[str]]:
    """Return task id → codes of its coordinating units."""
    found: dict[int, list[str]] = {}
    rows = session.execute(
        select(Coordination.task_id, Unit.code)
        .join(Unit, Unit.id == Coordination.unit_id)
        .order_by(Coordination.id)
    )
    for task_id, code in rows:
        found.setdefault(task_id, []).append(code)
    return found


def _versions(session: Session, as_of: date) -> dict[int, SaidAsOf]:
    """Return task id → what was said by `as_of`, of tasks whose time was decided again since."""
    newest = (
        select(DeadlineVersion.task_id, func.max(DeadlineVersion.version).label("version"))
        .where(or_(DeadlineVersion.decided_on <= as_of, DeadlineVersion.version == 1))
        .group_by(DeadlineVersion.task_id)
        .subquery()
    )
    versions = session.scalars(
        select(DeadlineVersion)
        .join(
            newest,
            (newest.c.task_id == DeadlineVersion.task_id)
            & (newest.c.version == DeadlineVersion.version),
        )
        .join(Task, Task.id == DeadlineVersion.task_id)
        .where(Task.deadline_version > DeadlineVersion.version)
    )
    return {
        one.task_id: SaidAsOf(one.time, one.kind, one.text, one.basis, one.due_on)
        for one in versions
    }
