"""Open tasks of the same unit and matter from before: found and asked about, never just joined."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker import history
from tracker.conclusions.models import Clause, EarlierTask, Notice, Proposal
from tracker.conclusions.rules import Fate
from tracker.folding import fold
from tracker.permissions import Actor
from tracker.tasks import actions as tasks
from tracker.tasks.models import Task
from tracker.tasks.queries import open_, visible_to
from tracker.tasks.rules import LeftWhy, TimeKind
from tracker.units.models import Unit
from tracker.workdays import office_day

MOST_TASKS = 2_000
"""How many open tasks are looked through, the newest first, so that a page stays quick."""

SHARED_WORDS = 5
SHARED_PART = 0.7
_WORD = re.compile(r"\w+")
_EMPTY = frozenset(
    [
        "va",
        "cac",
        "cua",
        "cho",
        "de",
        "theo",
        "ve",
        "trong",
        "tai",
        "voi",
        "la",
        "nhung",
        "duoc",
        "nam",
        "bao",
        "cao",
        "ket",
        "qua",
        "thuc",
        "hien",
        "nhiem",
        "vu",
        "to",
        "chuc",
        "trien",
        "khai",
        "tham",
        "muu",
        "hoan",
        "thanh",
    ]
)


@dataclass(frozen=True)
class OpenTask:
    """An open task as the review shows it beside a proposal."""

    id: int
    code: str
    title: str
    unit_id: int
    unit: str
    group_id: int | None
    time: TimeKind
    due_on: date | None
    effective_on: date | None


@dataclass(frozen=True)
class Similar:
    """One earlier order of the same matter: its task, or all its tasks when it went to a group."""

    tasks: tuple[OpenTask, ...]

    @property
    def first(self) -> OpenTask:
        """Return the task that stands for all."""
        return self.tasks[0]


def fates_of(session: Session, proposal_ids: Iterable[int]) -> dict[int, Fate]:
    """Return proposal id → what was said of its earlier tasks."""
    rows = session.execute(
        select(EarlierTask.proposal_id, EarlierTask.fate).where(
            EarlierTask.proposal_id.in_(list(proposal_ids))
        )
    )
    return {proposal_id: fate for proposal_id, fate in rows}  # noqa: C416


def same_matter(one: str, other: str) -> bool:
    """Tell whether two titles speak of one matter: most words of the shorter are in the longer.

    At least five words (syllables) must be shared; accents, case and the words of every order count
    not.
    """
    words, others = _words(one), _words(other)
    shared = len(words & others)
    shorter = min(len(words), len(others))
    return shared >= SHARED_WORDS and shared >= SHARED_PART * shorter


def _words(title: str) -> set[str]:
    return set(_WORD.findall(fold(title))) - _EMPTY


def open_tasks_of(
    session: Session, actor: Actor, unit_ids: Iterable[int], *, committee_id: int
) -> list[OpenTask]:
    """Return the open tasks of a committee that units lead and `actor` may read, newest first."""
    wanted = set(unit_ids)
    if not wanted:
        return []
    rows = session.execute(
        select(
            Task.id,
            Task.code,
            Task.title,
            Task.lead_unit_id,
            Unit.short_name,
            Task.group_id,
            Task.time,
            Task.due_on,
            Task.effective_on,
        )
        .join(Unit, Unit.id == Task.lead_unit_id)
        .where(
            open_(),
            visible_to(actor),
            Task.committee_id == committee_id,
            Task.lead_unit_id.in_(wanted),
        )
        .order_by(Task.id.desc())
        .limit(MOST_TASKS)
    )
    return [OpenTask(*row) for row in rows]


def open_among(session: Session, task_ids: Iterable[int], *, committee_id: int) -> set[int]:
    """Return which of these tasks (ids) are open and the committee's own."""
    return set(
        session.scalars(
            select(Task.id).where(
                Task.id.in_(set(task_ids)), Task.committee_id == committee_id, open_()
            )
        )
    )


def similar_to(title: str, unit_ids: Iterable[int], tasks_open: list[OpenTask]) -> list[Similar]:
    """Return the earlier orders of the same units and matter, tasks of one group together."""
    units = set(unit_ids)
    found: dict[tuple[str, int], list[OpenTask]] = {}
    for task in tasks_open:
        if task.unit_id in units and same_matter(title, task.title):
            key = ("group", task.group_id) if task.group_id else ("task", task.id)
            found.setdefault(key, []).append(task)
    return [Similar(tuple(group)) for group in found.values()]


def carry_out(
    session: Session,
    clause: Clause,
    proposal: Proposal,
    made: list[Task],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Do what was said of the earlier tasks of a proposal, now that its tasks exist.

    A replaced task leaves the count with the notice as its reference and the task that took its
    place; one that stays gets a line in its history. Tasks that ended meanwhile are left alone.
    """
    notice = clause.notice
    fates = {link.task_id: link.fate for link in proposal.earlier}
    if not fates or not made:
        return
    earlier = session.scalars(select(Task).where(Task.id.in_(fates), open_()).order_by(Task.id))
    by_unit = {task.lead_unit_id: task for task in reversed(made)}
    for task in earlier:
        new = by_unit.get(task.lead_unit_id)
        if new is None:
            continue
        if fates[task.id] is Fate.REPLACED and not task.tracked_in:
            tasks.withdraw(
                session,
                task,
                by=by,
                at=at,
                why=LeftWhy.SUPERSEDED,
                reason=f"{new.code}: {new.title}",
                left_on=office_day(at),
                reference=document_of(notice),
                other_task_id=new.id,
            )
        else:
            history.record(
                session,
                "task.stay-beside",
                task,
                by=by,
                at=at,
                before={},
                after={"other": new.code, "document": document_of(notice)},
            )


def document_of(notice: Notice) -> str:
    """Return a notice's number and date, as a reference to it."""
    return ", ".join(
        part
        for part in (notice.number, f"{notice.issued_on:%d/%m/%Y}" if notice.issued_on else "")
        if part
    )
