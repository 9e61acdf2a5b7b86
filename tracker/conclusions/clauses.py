"""Reading a notice into clauses with proposals; re-stated in `actions`."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from tracker import history
from tracker.conclusions.earlier import open_tasks_of, similar_to
from tracker.conclusions.learning import fields_read, forget_review
from tracker.conclusions.models import Clause, EarlierTask, Notice, Proposal, ProposalUnit
from tracker.conclusions.notices import require_editable
from tracker.conclusions.review_rules import Doubt
from tracker.conclusions.rules import ClauseVerdict
from tracker.conclusions.target_words import target_words
from tracker.deadlines.queries import working_calendar
from tracker.deadlines.rules import Deadline, DeadlineBasis, DeadlineKind
from tracker.errors import N_, RuleViolation
from tracker.extraction import reading as reader
from tracker.extraction.directory import UnitDirectory
from tracker.extraction.findings import Confidence
from tracker.extraction.matches import Match
from tracker.extraction.reading import ClauseKind, ProposalKind, Reading
from tracker.permissions import Actor, Permission, require
from tracker.tasks.rules import TimeKind
from tracker.units.models import Unit
from tracker.units.queries import unit_directory
from tracker.workdays import office_day

CERTAIN = 95
NAMED = 60
"""Below this a name says too little ("các cơ quan liên quan") to make units coordinate."""

_SUGGESTED = {
    ClauseKind.TASK: ClauseVerdict.TASK,
    ClauseKind.TARGET: ClauseVerdict.TARGET,
    ClauseKind.GUIDANCE: ClauseVerdict.GUIDANCE,
    ClauseKind.TEXT: ClauseVerdict.NO_TASK,
    ClauseKind.HEADING: ClauseVerdict.NO_TASK,
}
_ORDER = re.compile(
    r"\b(?:giao|yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|phân\s+công)\s+(?:các|cho|đồng\s+chí|sở|phòng|ban"
    r"|ubnd|ủy\s+ban|uỷ\s+ban|văn\s+phòng|thủ\s+trưởng|chủ\s+tịch|đơn\s+vị|cơ\s+quan)",
    re.IGNORECASE,
)

# "Giao" before a name: capital letters tell, so that "giao diện" and "giao lưu" are not meant.
_GIVES = re.compile(r"\b[Gg]iao\s+[A-ZĐÀ-Ỹ]")

_MARKER = re.compile(r"^(?:\(?[0-9a-zđ]{1,3}[.)]|[-+•*]|[IVX]{1,5}\.)\s+")
_AIM = re.compile(r"phấn\s+đấu|trở\s+lên|tối\s+thiểu|ít\s+nhất|mục\s+tiêu", re.IGNORECASE)


def read_clauses(
    session: Session, notice: Notice, *, by: Actor, at: datetime, discard: bool = False
) -> Reading:
    """Cut the notice's text into clauses and propose tasks for each.

    What was decided on an earlier reading is lost only on request: RuleViolation says how many
    clauses unless `discard`. Dates without a year are read near the notice's date, else the
    meeting's, else today.
    """
    require(by, Permission.CONCLUSION_RECORD, committee_id=notice.committee_id)
    require_editable(notice)
    before = _decided(session, notice)
    if before and not discard:
        raise RuleViolation(
            N_(
                "%(count)s items have been confirmed already. Reading the text again discards"
                " that: tick the box if you want it."
            ),
            count=len(before),
        )
    forget_review(session, notice)
    for table in (EarlierTask, ProposalUnit):
        session.execute(delete(table).where(table.proposal_id.in_(_proposal_ids(notice))))
    session.execute(delete(Proposal).where(Proposal.id.in_(_proposal_ids(notice))))
    session.execute(delete(Clause).where(Clause.notice_id == notice.id))
    session.expire(notice, ["clauses"])
    today = office_day(at)
    directory = unit_directory(session, today)
    reading = _read(session, notice, directory, today)
    ids = unit_ids(session)
    labels = _told_apart(found.label for found in reading.clauses)
    for position, (label, found) in enumerate(zip(labels, reading.clauses, strict=True), start=1):
        clause = _clause(notice.id, position, label, found, ids)
        session.add_all([clause, *fields_read(clause, found)])
    session.flush()
    _doubt_repeats(session, notice, by)
    notice.edition += 1
    history.record(
        session,
        "notice.read",
        notice,
        by=by,
        at=at,
        before={"confirmed": before} if before else {},
        after={"clauses": len(reading.clauses), "proposals": len(reading.proposals)},
    )
    session.flush()
    return reading


def _doubt_repeats(session: Session, notice: Notice, by: Actor) -> None:
    """Mark the proposals that seem to repeat a task that is still open."""
    proposals = [proposal for clause in notice.clauses for proposal in clause.proposals]
    units = {part.unit_id for proposal in proposals for part in proposal.units if part.lead}
    known = open_tasks_of(session, by, units, committee_id=notice.committee_id)
    for proposal in proposals if known else ():
        leads = [part.unit_id for part in proposal.units if part.lead]
        if not proposal.target and similar_to(proposal.title, leads, known):
            proposal.doubts = f"{proposal.doubts} {Doubt.EARLIER_TASK.value}".strip()


def _read(session: Session, notice: Notice, directory: UnitDirectory, today: date) -> Reading:
    calendar = working_calendar(session)
    before_excludes_day = notice.committee.before_excludes_day
    reading = reader.read_notice(
        notice.text,
        issued_on=notice.issued_on,
        directory=directory,
        calendar=calendar,
        before_excludes_day=before_excludes_day,
    )
    if notice.issued_on or reading.letterhead.issued_on:
        return reading
    return reader.read_notice(
        notice.text,
        issued_on=notice.meeting.held_on if notice.meeting else today,
        directory=directory,
        calendar=calendar,
        before_excludes_day=before_excludes_day,
    )


def _proposal_ids(notice: Notice) -> Select[int]:
    return select(Proposal.id).join(Clause).where(Clause.notice_id == notice.id)


def _decided(session: Session, notice: Notice) -> list[str]:
    rows = session.execute(
        select(Clause.label, Clause.position, Clause.verdict)
        .where(
            Clause.notice_id == notice.id,
            Clause.heading.is_(False),
            Clause.verdict != ClauseVerdict.OPEN,
        )
        .order_by(Clause.position)
    )
    return [f"{label or position}: {verdict.value}" for label, position, verdict in rows]


def _told_apart(labels: Iterable[str]) -> list[str]:
    """Return the labels, those of a further paragraph of the same item told apart."""
    seen: dict[str, int] = {}
    apart = []
    for label in labels:
        seen[label] = seen.get(label, 0) + 1
        again = label and seen[label] > 1
        apart.append(f"{label}, đoạn {seen[label]}"[:40] if again else label)
    return apart


def _clause(
    notice_id: int, position: int, label: str, found: reader.Clause, ids: dict[str, int]
) -> Clause:
    heading = found.kind is ClauseKind.HEADING
    clause = Clause(
        notice_id=notice_id,
        position=position,
        label=label,
        text=found.text,
        start=found.start,
        end=found.end,
        heading=heading,
        suggested=_SUGGESTED[found.kind],
        verdict=ClauseVerdict.NO_TASK if heading else ClauseVerdict.OPEN,
        proposals=[],
    )
    for place, proposal in enumerate(found.proposals):
        clause.proposals.append(_proposal(place, proposal, ids))
    if not heading and not found.proposals:
        _look_closer(clause)
    return clause


def _look_closer(clause: Clause) -> None:
    """Propose a target or task where the grammar read none but the words sound like one."""
    value = target_words(clause.text) if _AIM.search(clause.text) else ""
    if value:
        clause.suggested = ClauseVerdict.TARGET
        proposal = unread_proposal(clause)
        proposal.target, proposal.target_value = True, value
        proposal.doubts = Doubt.UNREAD_TARGET.value
        clause.proposals.append(proposal)
    elif _ORDER.search(clause.text) or _GIVES.search(clause.text):
        clause.suggested = ClauseVerdict.TASK
        clause.proposals.append(unread_proposal(clause))


def unread_proposal(clause: Clause, position: int = 0) -> Proposal:
    """Return an empty proposal for a clause in which none was read."""
    words = _MARKER.sub("", " ".join(clause.text.split())).rstrip(" .;")
    title = words if len(words) <= reader.TITLE_LENGTH else ""
    return Proposal(
        position=position,
        title=title,
        deadline_kind=DeadlineKind.NONE,
        doubts=Doubt.UNREAD_ORDER.value,
        start=clause.start,
        end=clause.end,
        units=[],
    )


def _proposal(place: int, found: reader.Proposal, ids: dict[str, int]) -> Proposal:
    deadline = found.deadline
    time, basis = _time(deadline)
    leads = units_of(found.lead_matches, ids)
    sure = [match for match in found.coordinate_matches if match.confidence >= NAMED]
    coordinates = [unit for unit in units_of(sure, ids) if unit not in leads]
    target = found.kind is ProposalKind.TARGET
    return Proposal(
        position=place,
        read_as=place,
        title=found.title,
        product=found.product,
        lead_text="; ".join(found.lead),
        coordinate_text="; ".join(found.coordinate),
        time=time,
        deadline_kind=deadline.kind,
        deadline_text=deadline.text,
        deadline_basis=basis,
        due_on=deadline.due_on,
        target=target,
        target_value=target_words(found.quote) if target else "",
        doubts=" ".join(_doubts(found, leads, target=target)),
        start=found.start,
        end=found.end,
        units=[
            *(ProposalUnit(unit_id=unit_id, lead=True) for unit_id in leads),
            *(ProposalUnit(unit_id=unit_id, lead=False) for unit_id in coordinates),
        ],
    )


def _time(deadline: Deadline) -> tuple[TimeKind | None, DeadlineBasis | None]:
    """Return what the notice says of the time; nothing is invented where it says nothing."""
    if deadline.due_on is not None:
        return TimeKind.DATED, DeadlineBasis.NOTICE
    if deadline.kind in {DeadlineKind.RECURRING, DeadlineKind.STANDING}:
        return TimeKind.STANDING, None
    return None, None


def unit_ids(session: Session) -> dict[str, int]:
    """Return code → id of every unit."""
    rows = session.execute(select(Unit.code, Unit.id))
    return {code: unit_id for code, unit_id in rows}  # noqa: C416


def units_of(matches: Iterable[Match], ids: dict[str, int]) -> list[int]:
    """Return the ids of all matched units, each once, in the order of the names."""
    found = (ids[code] for match in matches for code in match.codes if code in ids)
    return list(dict.fromkeys(found))


def _doubts(found: reader.Proposal, leads: list[int], *, target: bool) -> list[Doubt]:
    doubts = []
    if not target:
        doubts = _lead_doubts(found, leads)
    if any(not match.codes for match in found.coordinate_matches):
        doubts.append(Doubt.UNKNOWN_COORDINATE)
    if found.deadline.inferred_year and found.deadline.due_on:
        doubts.append(Doubt.INFERRED_YEAR)
    if not doubts and found.confidence is Confidence.DOUBTFUL:
        doubts.append(Doubt.UNSURE_READING)
    return doubts


def _lead_doubts(found: reader.Proposal, leads: list[int]) -> list[Doubt]:
    matches = found.lead_matches
    if not found.lead:
        return [Doubt.NO_LEAD]
    if any(not match.codes for match in matches):
        return [Doubt.UNKNOWN_LEAD]
    if any(match.confidence < CERTAIN for match in matches):
        return [Doubt.UNSURE_LEAD if len(leads) < 2 else Doubt.MANY_LEADS]
    if len(leads) == 2:
        return [Doubt.TWO_LEADS]
    return [Doubt.MANY_LEADS] if len(leads) > 2 else []
