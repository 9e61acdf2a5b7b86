"""Meetings and notices of the demo: entered, read, reviewed, signed, assigned like real ones."""

from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.conclusions import actions
from tracker.conclusions.models import Clause, Meeting, Notice, Participant, Proposal
from tracker.conclusions.review_rules import Said
from tracker.conclusions.rules import ClauseVerdict
from tracker.deadlines.queries import working_calendar
from tracker.demo.gauging import plan_measurements
from tracker.demo.script import (
    ALL_COMMUNES,
    ALL_DEPARTMENTS,
    Aim,
    Gathering,
    Order,
    Point,
)
from tracker.demo.stage import Stage
from tracker.demo.stories import plan_story
from tracker.permissions import Actor
from tracker.scores.models import Target
from tracker.tasks.models import Task

GUIDANCE_REASON = "Chỉ đạo chung đối với tất cả các đơn vị; theo dõi qua báo cáo định kỳ."
OPENING_REASON = "Phần mở đầu, kết thúc của văn bản; không giao việc."
_UNDATED = {
    "awaiting": Said.AWAITING,
    "reference": Said.AWAITING,
    "without": Said.WITHOUT,
    "standing": Said.STANDING,
    "monthly": Said.STANDING,
}


def plan_gathering(stage: Stage, gathering: Gathering) -> None:
    """Put a meeting and the way of its notice on the agenda."""
    days = stage.days
    if gathering.title:
        held = days.moment(days.day(gathering.held), 11)
        stage.plan(held, partial(_record_meeting, stage, gathering))
    drafted = days.moment(days.day(gathering.issued - 1), 11, 30)
    stage.plan(drafted, partial(_draft, stage, gathering))
    stage.plan(drafted + timedelta(minutes=20), partial(_read, stage, gathering))
    if gathering.assigned is None:
        return
    issued = days.moment(days.day(gathering.issued), 16)
    assigned = days.moment(days.day(gathering.assigned), 8, 30)
    stage.plan(drafted + timedelta(hours=2), partial(_review, stage, gathering))
    stage.plan(drafted + timedelta(hours=5), partial(_submit, stage, gathering))
    stage.plan(issued, partial(_sign, stage, gathering))
    stage.plan(assigned, partial(_assign, stage, gathering))


def notice_text(stage: Stage, gathering: Gathering) -> str:
    """Return the notice as it stands on paper, its dates filled."""
    over, body = gathering.letterhead
    lines = [
        f"{over}\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        f"{body}\tĐộc lập - Tự do - Hạnh phúc",
        "",
        "THÔNG BÁO",
        gathering.notice_title,
        "",
        gathering.opening,
        "",
    ]
    for section in gathering.sections:
        lines.append(f"{section.number}. {section.heading}")
        lines.extend(
            f"{point.label.removeprefix(section.number + '.')}. {point.text}"
            for point in section.points
        )
        lines.append("")
    lines.append(gathering.closing)
    return stage.days.fill("\n".join(lines)) + "\n"


def _record_meeting(stage: Stage, gathering: Gathering, session: Session, at: datetime) -> None:
    by = stage.secretary(session, at)
    meeting = actions.record_meeting(
        session,
        actions.NewMeeting(
            committee_ids=tuple(stage.boards[code] for code in gathering.boards),
            kind=gathering.kind,
            title=stage.days.fill(gathering.title),
            held_on=stage.days.day(gathering.held),
            place=gathering.place,
            inspected_unit_id=stage.units.get(gathering.inspected),
            summary=stage.days.fill(gathering.summary),
            participants=tuple(
                actions.NewParticipant(who.name, who.title, who.attendance, who.concludes)
                for who in gathering.attendees
            ),
        ),
        by=by,
        at=at,
    )
    stage.meetings[gathering.key] = meeting.id
    for raised in gathering.raised:
        actions.raise_matter(
            session,
            meeting,
            by=by,
            at=at,
            kind=raised.kind,
            text=raised.text,
            unit_id=stage.units[raised.unit],
        )
    for finding in gathering.findings:
        actions.record_finding(session, meeting, by=by, at=at, text=finding.text, good=finding.good)


def _draft(stage: Stage, gathering: Gathering, session: Session, at: datetime) -> None:
    notice = actions.draft_notice(
        session,
        actions.NewNotice(
            committee_id=stage.boards[gathering.boards[0]],
            title=stage.days.fill(gathering.notice_title),
            text=notice_text(stage, gathering),
            meeting_id=stage.meetings.get(gathering.supplements or gathering.key),
            supplements_id=stage.notices.get(gathering.supplements),
        ),
        by=stage.secretary(session, at),
        at=at,
    )
    stage.notices[gathering.key] = notice.id


def _read(stage: Stage, gathering: Gathering, session: Session, at: datetime) -> None:
    notice = session.get_one(Notice, stage.notices[gathering.key])
    actions.read_clauses(session, notice, by=stage.secretary(session, at), at=at)


def _review(stage: Stage, gathering: Gathering, session: Session, at: datetime) -> None:
    """Decide on every clause as the script says; RuntimeError: a clause was read otherwise."""
    by = stage.secretary(session, at)
    notice = session.get_one(Notice, stage.notices[gathering.key])
    points = _points_by_clause(stage, gathering, notice)
    speakers = {person.name: person.id for person in _participants(session, stage, gathering)}
    for clause in list(notice.clauses):
        if clause.heading:
            continue
        point = points.get(clause.id)
        if point is None:
            edit = actions.ClauseEdit(
                clause.id, notice.edition, ClauseVerdict.NO_TASK, OPENING_REASON
            )
            actions.save_clause(session, edit, by=by, at=at)
        else:
            _decide(stage, session, clause, point, speakers.get(point.by), by=by, at=at)


def _points_by_clause(stage: Stage, gathering: Gathering, notice: Notice) -> dict[int, Point]:
    """Return clause id → what the script says of it. RuntimeError: one was read otherwise."""
    found = {}
    for point in (point for section in gathering.sections for point in section.points):
        words = stage.days.fill(point.text)
        ids = [
            clause.id
            for clause in notice.clauses
            if clause.label == point.label and clause.text.rstrip().endswith(words)
        ]
        if len(ids) != 1:
            msg = f"{gathering.key}: {point.label} was not read as one clause"
            raise RuntimeError(msg)
        found[ids[0]] = point
    return found


def _participants(session: Session, stage: Stage, gathering: Gathering) -> list[Participant]:
    meeting_id = stage.meetings[gathering.key]
    return list(session.scalars(select(Participant).where(Participant.meeting_id == meeting_id)))


def _decide(
    stage: Stage,
    session: Session,
    clause: Clause,
    point: Point,
    speaker: int | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    wanted = len(point.orders) + (point.aim is not None)
    while wanted and len(clause.proposals) > wanted:
        spare = clause.proposals[-1].id
        actions.remove_proposal(session, clause.id, spare, by=by, at=at)
    while len(clause.proposals) < wanted:
        actions.add_proposal(session, clause.id, by=by, at=at)
    reason = point.reason or (GUIDANCE_REASON if not wanted else "")
    proposals = [
        _order_edit(stage, proposal, order)
        for proposal, order in zip(clause.proposals, point.orders, strict=False)
    ]
    if point.aim is not None:
        proposals.append(_aim_edit(stage, clause.proposals[-1], point.aim))
    edit = actions.ClauseEdit(
        clause.id,
        clause.notice.edition,
        point.verdict,
        reason,
        speaker,
        tuple(proposals),
    )
    actions.save_clause(session, edit, by=by, at=at)


def _order_edit(stage: Stage, proposal: Proposal, order: Order) -> actions.ProposalEdit:
    said, due = _time(stage, order, proposal.due_on)
    group = {ALL_COMMUNES: stage.office.communes, ALL_DEPARTMENTS: stage.office.departments}
    leads = group.get(order.lead, (order.lead,))
    names = {place.code: place.short for place in stage.office.units}
    return actions.ProposalEdit(
        proposal_id=proposal.id,
        title=stage.days.fill(order.title),
        lead=stage.office.groups.get(order.lead, "; ".join(names[code] for code in leads)),
        coordinate="; ".join(names[code] for code in order.joint),
        said=said,
        due=due,
        reference=stage.days.fill(order.basis[1]) if order.basis else "",
        product=order.product,
        star=order.star,
        field=stage.office.fields[order.field - 1] if order.field else "",
    )


def _time(stage: Stage, order: Order, read: date | None) -> tuple[Said, str]:
    """Return what is said of an order's time, and its date; a counted one stays as `read`."""
    days = stage.days
    if isinstance(order.when, int):
        said = Said(order.basis[0]) if order.basis else Said.NOTICE
        return said, f"{days.day(order.when):%d/%m/%Y}"
    if order.when in _UNDATED:
        return _UNDATED[order.when], ""
    ends = {"month": days.month_end, "quarter": days.quarter_end, "year": days.year_end}
    if order.when in ends:
        return Said.NOTICE, f"{ends[order.when]():%d/%m/%Y}"
    return Said.NOTICE, f"{read:%d/%m/%Y}" if read else ""


def _aim_edit(stage: Stage, proposal: Proposal, aim: Aim) -> actions.ProposalEdit:
    words = f"hạng {aim.value}/{aim.ranked}" if aim.ranked else f"≥ {aim.value}%"
    return actions.ProposalEdit(
        proposal_id=proposal.id,
        title=next(g.name for g in stage.office.gauges if g.code == aim.indicator),
        lead=aim.unit,
        said=Said.WITHOUT,
        target=True,
        target_value=words,
    )


def _submit(stage: Stage, gathering: Gathering, session: Session, at: datetime) -> None:
    notice = session.get_one(Notice, stage.notices[gathering.key])
    actions.submit(session, notice, by=stage.secretary(session, at), at=at)


def _sign(stage: Stage, gathering: Gathering, session: Session, at: datetime) -> None:
    notice = session.get_one(Notice, stage.notices[gathering.key])
    actions.record_signature(
        session,
        notice,
        by=stage.secretary(session, at),
        at=at,
        number=gathering.number,
        issued_on=stage.days.day(gathering.issued),
        signer=gathering.signer,
        calendar=working_calendar(session),
    )


def _assign(stage: Stage, gathering: Gathering, session: Session, at: datetime) -> None:
    """Assign the work, and put on the agenda what the units then do."""
    by = stage.secretary(session, at)
    notice = session.get_one(Notice, stage.notices[gathering.key])
    made = actions.assign_work(session, notice, by=by, at=at, public_url=stage.public_url)
    codes = {unit_id: code for code, unit_id in stage.units.items()}
    for clause_id, point in _points_by_clause(stage, gathering, notice).items():
        own = {
            (task.title, codes[task.lead_unit_id]): task
            for task in made.tasks
            if task.clause_id == clause_id
        }
        _plan_point(stage, gathering, point, own)
        _note_target(session, stage, clause_id, point, at=at)
    if gathering.findings:
        stage.plan(at + timedelta(hours=1), partial(_link_findings, stage, gathering))


def _plan_point(
    stage: Stage,
    gathering: Gathering,
    point: Point,
    tasks: dict[tuple[str, str], Task],
) -> None:
    for order in point.orders:
        title = stage.days.fill(order.title)
        parts = dict(order.parts)
        for (named, lead), task in tasks.items():
            if named != title or not _leads(stage, order, lead):
                continue
            plan_story(
                stage,
                order,
                parts.get(lead, order.story),
                task_id=task.id,
                lead=lead,
                due_on=task.due_on,
                assigned=gathering.assigned or 0,
            )


def _leads(stage: Stage, order: Order, lead: str) -> bool:
    if order.lead == ALL_COMMUNES:
        return lead in stage.office.communes
    if order.lead == ALL_DEPARTMENTS:
        return lead in stage.office.departments
    return lead == order.lead


def _note_target(
    session: Session, stage: Stage, clause_id: int, point: Point, *, at: datetime
) -> None:
    if point.aim is None:
        return
    target = session.scalars(select(Target).where(Target.clause_id == clause_id)).one()
    gauge = next(gauge for gauge in stage.office.gauges if gauge.code == point.aim.indicator)
    plan_measurements(stage, gauge, indicator_id=target.indicator_id, at=at)


def _link_findings(stage: Stage, gathering: Gathering, session: Session, at: datetime) -> None:
    by = stage.secretary(session, at)
    meeting = session.get_one(Meeting, stage.meetings[gathering.key])
    notice = session.get_one(Notice, stage.notices[gathering.key])
    mending: dict[int, list[int]] = {}
    points = _points_by_clause(stage, gathering, notice)
    for clause in notice.clauses:
        point = points.get(clause.id)
        for number in point.mends if point else ():
            mending.setdefault(number, []).extend(task.id for task in clause.tasks)
    for finding in meeting.findings:
        if finding.number in mending:
            actions.link_finding(session, finding, mending[finding.number], by=by, at=at)
