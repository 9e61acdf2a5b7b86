"""The ledger as a spreadsheet."""

from flask import Response, request
from flask_babel import gettext as _

from tracker.clock import today
from tracker.db import db
from tracker.permissions import Permission
from tracker.reminders import queries
from tracker.reminders.blueprint import bp
from tracker.reminders.filters import read_filters
from tracker.reminders.queries import Result
from tracker.sheets import Column, Language, write_xlsx
from tracker.tasks.links import without_links
from tracker.web import current_actor, label, language, moment, needs

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
COLUMNS = (
    Column("as_of", ("Ngày", "Day")),
    Column("task", ("Mã nhiệm vụ", "Task")),
    Column("title", ("Nội dung", "Title")),
    Column("unit", ("Cơ quan chủ trì", "Lead unit")),
    Column("person", ("Người nhận", "Recipient")),
    Column("address", ("Email", "Address")),
    Column("instead_of", ("Thay cho", "In place of")),
    Column("rule", ("Lý do nhắc", "Rule")),
    Column("step", ("Bước (ngày làm việc)", "Step (working days)")),
    Column("due_on", ("Thời hạn", "Deadline")),
    Column("result", ("Kết quả", "Result")),
    Column("reason", ("Lý do không gửi", "Why skipped")),
    Column("channel", ("Kênh", "Channel")),
    Column("sent_at", ("Gửi lúc", "Sent at")),
    Column("answer", ("Máy chủ trả lời", "Server's answer")),
    Column("text", ("Nội dung đã gửi", "Text sent")),
)


@bp.get("/reminders/export")
@needs(Permission.LEDGER_READ)
def export() -> Response:
    """Send the rows of the ledger that the address narrows to, with the texts sent."""
    filters = read_filters(request.args, today())
    reader: Language = "en" if language() == "en" else "vi"
    rows = (
        {
            **row,
            "rule": label(row["rule"]),
            "result": label(Result(row["result"])),
            "reason": label(row["reason"]) if row["reason"] else "",
            "channel": "email" if row["address"] else "",
            "sent_at": moment(row["sent_at"]),
            "text": without_links(row["text"] or ""),
        }
        for row in queries.ledger_sheet(db.session, current_actor(), filters)
    )
    content = write_xlsx(COLUMNS, rows, sheet_name=_("Reminder ledger"), language=reader)
    name = f"so-nhac-viec-{today().isoformat()}.xlsx"
    return Response(
        content,
        mimetype=XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
