"""The signed file beside the draft that was read: what differs, and what to do about it."""

from dataclasses import dataclass

from flask import abort, render_template

from tracker.conclusions.blueprint import bp
from tracker.conclusions.comparing import Comparison, Difference, compare
from tracker.conclusions.models import Clause, Notice
from tracker.conclusions.queries import notice_by_id
from tracker.conclusions.rules import ClauseVerdict
from tracker.db import db
from tracker.errors import BadInput
from tracker.evidence.models import Evidence
from tracker.evidence.reading import read_text
from tracker.evidence.views import file_store
from tracker.extraction.reading import read_notice
from tracker.permissions import Permission
from tracker.web import current_actor, needs, sentence

_WORKED = {ClauseVerdict.TASK, ClauseVerdict.TARGET}


@dataclass(frozen=True)
class Line:
    """One clause that differs, and whether work hangs on its wording."""

    clause: Clause | None
    difference: Difference
    gives: ClauseVerdict | None

    @property
    def worked(self) -> bool:
        """Tell whether the clause gives work, or will when nobody decides otherwise."""
        return self.gives in _WORKED


@bp.get("/conclusions/<int:notice_id>/files/<int:evidence_id>/comparison")
@needs(Permission.CONCLUSION_RECORD)
def comparison(notice_id: int, evidence_id: int) -> str:
    """Show what differs between the text that was read and a file of the notice."""
    notice = notice_by_id(db.session, current_actor(), notice_id)
    evidence = next((file for file in notice.files if file.id == evidence_id), None)
    if evidence is None or evidence.digest is None or not file_store().exists(evidence.digest):
        abort(404)
    clauses = list(notice.clauses)
    found, unread = None, ""
    try:
        found = _compared(clauses, evidence)
    except BadInput as refusal:
        unread = sentence(refusal)
    lines = [_line(clauses, difference) for difference in found.differences] if found else []
    return render_template(
        "conclusions/comparison.html",
        notice=notice,
        evidence=evidence,
        found=found,
        unread=unread,
        lines=lines,
        touched=sum(line.worked for line in lines),
        frozen=_is_frozen(notice),
    )


def _compared(clauses: list[Clause], evidence: Evidence) -> Comparison:
    text = read_text(evidence.file_name, file_store().read(evidence.digest or ""))
    signed = [clause.text for clause in read_notice(text).clauses]
    return compare([clause.text for clause in clauses], signed)


def _line(clauses: list[Clause], difference: Difference) -> Line:
    if difference.index < 0:
        return Line(None, difference, None)
    clause = clauses[difference.index]
    undecided = clause.verdict is ClauseVerdict.OPEN
    return Line(clause, difference, clause.suggested if undecided else clause.verdict)


def _is_frozen(notice: Notice) -> bool:
    return notice.assigned_at is not None
