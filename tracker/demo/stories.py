"""What happens to a task of the demo after it was assigned, put on the agenda as acts."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import partial
from zlib import crc32

from sqlalchemy.orm import Session

from tracker.deadlines.queries import working_calendar
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.demo.papers import Paper, paper
from tracker.demo.script import Asked, Moved, Order, Story
from tracker.demo.stage import Stage
from tracker.evidence.actions import add_evidence
from tracker.evidence.models import Evidence
from tracker.evidence.rules import check_upload
from tracker.permissions import Actor, Role
from tracker.tasks import actions
from tracker.tasks.models import Task
from tracker.tasks.rules import DecisionKind, LeftWhy, TimeKind

_KINDS = tuple(Paper)
_ENDED = frozenset({"done", "late"})
_PART_DONE = "Đã phối hợp, gửi ý kiến bằng văn bản."
Step = Callable[[Session, datetime, Task], None]


@dataclass(frozen=True)
class Teller:
    """Who tells the story of one task, and on which days."""

    stage: Stage
    order: Order
    story: Story
    task_id: int
    lead: str
    due_on: date | None
    start: date

    @property
    def head(self) -> str:
        """Return the account of the lead unit's head."""
        return self.lead.lower()

    @property
    def chance(self) -> int:
        """Return a number that is always the same for this task and spreads over tasks."""
        return crc32(f"{self.lead} {self.order.title}".encode())

    def plan(self, day: date, hour: int, minute: int, step: Step) -> None:
        """Let `step` happen to the task."""

        def act(session: Session, at: datetime) -> None:
            step(session, at, session.get_one(Task, self.task_id))

        self.stage.plan(self.stage.days.moment(day, hour, minute), act)

    def later(self, day: date, workdays: int) -> date:
        """Return the day that many working days after `day`, never before the assignment."""
        return max(self.start, self.stage.days.calendar.add(day, workdays))

    def writer(self, session: Session, at: datetime, *, officer: bool = False) -> tuple[Actor, str]:
        """Return who writes for the unit, and on whose behalf when it has no account."""
        if officer and self.order.officer:
            return self.stage.actor(session, self.order.officer, at, Role.OFFICER), ""
        if self.stage.has_account(self.head):
            return self.stage.actor(session, self.head, at, Role.UNIT_HEAD), ""
        names = {place.code: place.short for place in self.stage.office.units}
        return self.stage.secretary(session, at), names[self.lead]


def plan_story(
    stage: Stage,
    order: Order,
    story: Story,
    *,
    task_id: int,
    lead: str,
    due_on: date | None,
    assigned: int,
) -> None:
    """Put the whole story of a task on the agenda."""
    teller = Teller(stage, order, story, task_id, lead, due_on, stage.days.day(assigned))
    if story is order.story and order.lead.startswith("*") and story.kind == "done":
        teller = replace(teller, story=replace(story, days=story.days + teller.chance % 6))
    for code in order.remedies:
        stage.tasks_by_remedy.setdefault((lead, code), []).append(task_id)
    if teller.story.kind == "returned":
        teller.plan(stage.days.day(-story.ago), 9, 50, partial(_return, teller))
    elif teller.story.kind != "new":
        _plan_receipt(teller)
    _plan_orders(teller)
    end = _plan_end(teller)
    _plan_reports(teller, end)


def _plan_orders(teller: Teller) -> None:
    """Put on the agenda what is said and asked of the task between its receipt and its end."""
    order, days = teller.order, teller.stage.days
    if order.shares:
        teller.plan(teller.later(teller.start, 1), 16, 40, partial(_share, teller))
    if order.asked is not None:
        teller.plan(days.day(-order.asked.ago), 10, 45, partial(_ask, teller, order.asked))
    if order.moved is not None:
        teller.plan(days.day(-order.moved.ago), 15, 0, partial(_move, teller, order.moved))
    if order.instructed is not None:
        ago, words = order.instructed
        teller.plan(days.day(-ago), 15, 40, partial(_instruct, teller, words))
    if order.elsewhere is not None:
        teller.plan(teller.start, 10, 30, partial(_note_elsewhere, teller))
    for part in order.below:
        teller.plan(teller.later(teller.start, 2), 9, 15, partial(_assign_below, teller, part))


def _plan_receipt(teller: Teller) -> None:
    if not teller.stage.has_account(teller.head):
        return
    delay = 1 + teller.chance % 2
    day = min(teller.later(teller.start, delay), teller.stage.days.today)
    teller.plan(day, 8, teller.chance % 50, partial(_receive, teller))
    if teller.order.officer:
        teller.plan(day, 10, 5, partial(_name_officer, teller))


def _plan_end(teller: Teller) -> date:
    """Put hand-in and decision on the agenda; return the day of the last report before them."""
    story, days = teller.story, teller.stage.days
    match story.kind:
        case "done" | "late":
            due_on = teller.due_on or days.today
            shift = -story.days if story.kind == "done" else story.days
            handed = teller.later(due_on, shift)
            if story.again:
                first = teller.later(handed, -6)
                teller.plan(first, 15, 10, partial(_hand_in, teller))
                reason = "Cần bổ sung tài liệu kiểm chứng và số liệu từng đơn vị."
                teller.plan(teller.later(handed, -4), 9, 40, partial(_send_back, teller, reason))
            teller.plan(handed, 16, 20, partial(_hand_in, teller))
            decided = min(teller.later(handed, 2), days.today)
            teller.plan(decided, 17, 5, partial(_accept, teller))
            return teller.later(handed, -7 if story.again else -1)
        case "waiting":
            handed = days.day(-story.ago)
            teller.plan(handed, 15, 30, partial(_hand_in, teller))
            return teller.later(handed, -1)
        case "redo":
            handed = days.day(-story.ago - 3)
            teller.plan(handed, 15, 30, partial(_hand_in, teller))
            teller.plan(days.day(-story.ago), 10, 15, partial(_send_back, teller, story.reason))
            return teller.later(handed, -1)
        case "left":
            teller.plan(days.day(-story.ago), 9, 30, partial(_withdraw, teller))
    return days.day(-story.ago)


def _plan_reports(teller: Teller, end: date) -> None:
    """Spread the reports evenly between assignment and `end`, the last one on `end`."""
    if teller.story.kind in {"new", "returned", "received", "left"}:
        return
    told = teller.order.told
    first = teller.later(teller.start, 2)
    span = max(0, teller.stage.days.calendar.between(first, end))
    final = teller.story.percent if teller.story.kind == "going" else 80
    for number, words in enumerate(told, start=1):
        day = end if number == len(told) else teller.later(first, span * number // len(told))
        percent = final * number // len(told)
        percent = percent if percent == final else percent // 5 * 5
        minute = teller.chance % 60
        teller.plan(max(first, day), 14, minute, partial(_report, teller, words, percent, number))
    for place, code in enumerate(teller.order.joint):
        done = teller.story.kind in _ENDED or place == 0
        if done and teller.stage.has_account(code.lower()) and told:
            teller.plan(max(first, end), 11, 10 + place, partial(_report_part, teller, code))


def _receive(teller: Teller, session: Session, at: datetime, task: Task) -> None:
    by, _ = teller.writer(session, at)
    actions.receive_task(session, task, by=by, at=at)


def _name_officer(teller: Teller, session: Session, at: datetime, task: Task) -> None:
    by, _ = teller.writer(session, at)
    officer = teller.stage.people[teller.order.officer]
    actions.name_officer(session, task, officer, by=by, at=at)


def _return(teller: Teller, session: Session, at: datetime, task: Task) -> None:
    actions.return_task(
        session,
        task,
        by=teller.stage.actor(session, teller.head, at, Role.UNIT_HEAD),
        at=at,
        reason=teller.story.reason,
        proposed_unit_id=teller.stage.units[teller.story.to],
    )


def _share(teller: Teller, session: Session, at: datetime, task: Task) -> None:
    stage = teller.stage
    said = [
        actions.SaidPart(stage.units[share.unit], share.words, stage.days.day(share.due))
        for share in teller.order.shares
    ]
    actions.set_parts(session, task, said, by=stage.secretary(session, at), at=at)


def _ask(teller: Teller, asked: Asked, session: Session, at: datetime, task: Task) -> None:
    by, behalf = teller.writer(session, at)
    actions.ask_extension(
        session,
        task,
        by=by,
        at=at,
        due_on=teller.stage.days.day(asked.to),
        reason=asked.reason,
        done_so_far=asked.done,
        on_behalf_of=behalf,
    )


def _move(teller: Teller, moved: Moved, session: Session, at: datetime, task: Task) -> None:
    days = teller.stage.days
    actions.set_deadline(
        session,
        task,
        by=teller.stage.secretary(session, at),
        at=at,
        calendar=working_calendar(session),
        time=TimeKind.DATED,
        kind=DeadlineKind.DATE,
        text=days.fill(f"trước ngày {{{moved.to:+d}}}"),
        due_on=days.day(moved.to),
        basis=DeadlineBasis.LEADER,
        reference=days.fill(moved.reference),
        reason=moved.reason,
        on_behalf_of=moved.leader,
    )


def _instruct(teller: Teller, words: str, session: Session, at: datetime, task: Task) -> None:
    actions.record_leader_decision(
        session,
        task,
        by=teller.stage.secretary(session, at),
        at=at,
        leader=teller.stage.chair_title(),
        kind=DecisionKind.INSTRUCTION,
        text=words,
        reference=f"Ý kiến tại giao ban ngày {at:%d/%m/%Y}",
    )


def _note_elsewhere(teller: Teller, session: Session, at: datetime, task: Task) -> None:
    """Write down the task's code in another system, and the deadline that stands there."""
    if teller.order.elsewhere is None:
        return
    code, due = teller.order.elsewhere
    actions.edit_task(
        session,
        task,
        actions.TaskText(
            title=task.title,
            product=task.product,
            field=task.field,
            star=task.star,
            leader=task.leader,
            external_code=code,
            tracked_in=task.tracked_in,
            superior_due_on=teller.stage.days.day(due),
            note=task.note,
        ),
        by=teller.stage.secretary(session, at),
        at=at,
        edition=task.edition,
    )


def _assign_below(teller: Teller, part: Order, session: Session, at: datetime, task: Task) -> None:
    """Pass a piece of the task on to a part of the unit."""
    stage = teller.stage
    due_on = stage.days.day(part.when) if isinstance(part.when, int) else None
    made = actions.assign_task(
        session,
        actions.NewTask(
            committee_id=task.committee_id,
            title=part.title,
            lead_unit_id=stage.units[part.lead],
            time=TimeKind.DATED if due_on else TimeKind.AWAITING,
            product=part.product,
            deadline_kind=DeadlineKind.DATE if due_on else DeadlineKind.NONE,
            deadline_basis=DeadlineBasis.LETTER if due_on else None,
            basis_reference=part.basis[1] if part.basis else "",
            due_on=due_on,
            field=task.field,
            clause_id=task.clause_id,
            parent_id=task.id,
        ),
        by=stage.secretary(session, at),
        at=at,
        calendar=working_calendar(session),
    )
    plan_story(
        stage,
        part,
        part.story,
        task_id=made.id,
        lead=part.lead,
        due_on=due_on,
        assigned=-stage.days.calendar.between(at.date(), stage.days.today),
    )


def _report(
    teller: Teller,
    words: str,
    percent: int,
    number: int,
    session: Session,
    at: datetime,
    task: Task,
) -> None:
    by, behalf = teller.writer(session, at, officer=True)
    pieces = []
    if (teller.chance + number) % 3 == 0:
        pieces.append(_piece(teller, session, task, words, by=by, at=at, number=number))
    actions.report_progress(
        session,
        task,
        by=by,
        at=at,
        text=teller.stage.days.fill(words),
        percent=percent,
        stage=teller.order.stage,
        evidence=pieces,
        on_behalf_of=behalf,
    )


def _report_part(teller: Teller, code: str, session: Session, at: datetime, task: Task) -> None:
    by = teller.stage.actor(session, code.lower(), at, Role.UNIT_HEAD)
    actions.report_part(
        session, task, teller.stage.units[code], by=by, at=at, text=_PART_DONE, done=True
    )


def _hand_in(teller: Teller, session: Session, at: datetime, task: Task) -> None:
    by, behalf = teller.writer(session, at)
    words = teller.stage.days.fill(teller.order.result or "Đã hoàn thành nhiệm vụ được giao.")
    document = teller.order.document or (f"{teller.chance % 300 + 12}/BC" if behalf else "")
    piece = _piece(teller, session, task, words, by=by, at=at, number=0)
    actions.hand_in(
        session,
        task,
        by=by,
        at=at,
        result=words,
        document_number=document,
        document_date=teller.stage.days.calendar.add(at.date(), -1) if document else None,
        evidence=[piece],
        on_behalf_of=behalf,
    )


def _accept(teller: Teller, session: Session, at: datetime, task: Task) -> None:
    stage = teller.stage
    if teller.story.on_behalf:
        by = stage.secretary(session, at)
        actions.accept(
            session,
            task,
            by=by,
            at=at,
            note=_handwritten_note(teller, session, task, by=by, at=at),
            on_behalf_of=stage.chair_title(),
            reference=f"Bút phê ngày {at:%d/%m/%Y}",
            public_url=stage.public_url,
        )
        return
    own = task.lead_unit_id == task.committee.unit_id
    by = stage.chair(session, at) if own else stage.secretary(session, at)
    actions.accept(session, task, by=by, at=at, public_url=stage.public_url)


def _send_back(teller: Teller, reason: str, session: Session, at: datetime, task: Task) -> None:
    by = teller.stage.secretary(session, at)
    url = teller.stage.public_url
    actions.send_back(session, task, by=by, at=at, reason=reason, public_url=url)


def _withdraw(teller: Teller, session: Session, at: datetime, task: Task) -> None:
    actions.withdraw(
        session,
        task,
        by=teller.stage.secretary(session, at),
        at=at,
        why=LeftWhy.WITHDRAWN,
        reason=teller.story.reason,
        left_on=at.date(),
        reference="Ý kiến của Trưởng ban tại Phiếu trình",
    )


def _handwritten_note(
    teller: Teller, session: Session, task: Task, *, by: Actor, at: datetime
) -> Evidence:
    """Return the photo of the leader's note that the secretary keeps with the decision."""
    file_name, content = paper(Paper.PICTURE, f"{task.code}-but-phe", (f"{at:%d/%m/%Y}", task.code))
    upload = check_upload(file_name, content)
    teller.stage.store.put(content)
    return add_evidence(session, teller.stage.store, upload=upload, by=by, at=at)


def _piece(
    teller: Teller,
    session: Session,
    task: Task,
    words: str,
    *,
    by: Actor,
    at: datetime,
    number: int,
) -> Evidence:
    """Return a small made file as evidence, its content in the store."""
    kind = _KINDS[(teller.chance + number) % len(_KINDS)]
    kind = Paper.TEXT if kind is Paper.WORD and number else kind
    name = f"{task.code}-{'ket-qua' if number == 0 else f'tien-do-{number}'}"
    lines = (task.title, f"Số liệu đến ngày {at:%d/%m/%Y}", words)
    file_name, content = paper(kind, name, lines)
    upload = check_upload(file_name, content)
    teller.stage.store.put(content)
    return add_evidence(
        session,
        teller.stage.store,
        upload=upload,
        by=by,
        at=at,
        issuer=next(p.short for p in teller.stage.office.units if p.code == teller.lead),
        unit_id=teller.stage.units[teller.lead],
    )
