"""What is done by a one-tap link: receipt, or a report; recorded with the way "link"."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from tracker import history
from tracker.errors import N_, RuleViolation
from tracker.people.models import Person
from tracker.people.queries import actor_in, posts_held
from tracker.permissions import Actor, Permission, Way
from tracker.tasks.guards import may_over, takes_acts
from tracker.tasks.link_models import LinkUse
from tracker.tasks.links import LINK_DAYS, Link, read_token
from tracker.tasks.models import Task
from tracker.tasks.rules import Workflow
from tracker.tasks.working import receive_task, report_progress
from tracker.workdays import office_day


class Void(StrEnum):
    """Why a link does nothing."""

    FALSE = "false"
    EXPIRED = "expired"
    USED = "used"
    ENDED = "ended"
    NOT_YOURS = "not-yours"


WORDS = {
    Void.FALSE: N_("This link was called back, or was not copied in full."),
    Void.EXPIRED: N_("This link is older than %(days)s days. The newest email has a fresh one."),
    Void.USED: N_("This link was used on %(moment)s: it works once."),
    Void.ENDED: N_("This task is completed or withdrawn and takes no more changes."),
    Void.NOT_YOURS: N_("This task is no longer with you or your unit."),
}


class LinkVoid(RuleViolation):
    """The link does nothing; `why` says the reason, `task` is known unless the link is false."""

    def __init__(
        self, why: Void, task: Task | None = None, used_at: datetime | None = None
    ) -> None:
        super().__init__(WORDS[why], days=LINK_DAYS, moment=used_at or "")
        self.why, self.task, self.used_at = why, task, used_at


@dataclass(frozen=True)
class Opened:
    """A link that works: whose it is and what may be done by it."""

    link: Link
    task: Task
    by: Actor
    may_receive: bool
    may_report: bool


def open_link(session: Session, token: str, *, at: datetime) -> Opened:
    """Return what a link allows. LinkVoid says why it allows nothing. Changes nothing."""
    link = read_token(token)
    person = session.get(Person, link.person_id) if link else None
    if link is None or person is None or not link.is_genuine(person.link_key):
        raise LinkVoid(Void.FALSE)
    task = session.get(Task, link.task_id, options=[joinedload(Task.lead_unit)])
    if task is None:
        raise LinkVoid(Void.FALSE)
    use = session.scalar(select(LinkUse.at).where(LinkUse.token == token))
    if use is not None:
        raise LinkVoid(Void.USED, task, use)
    today = office_day(at)
    if link.has_expired(today):
        raise LinkVoid(Void.EXPIRED, task)
    if not takes_acts(task):
        raise LinkVoid(Void.ENDED, task)
    gone = person.left_on is not None and person.left_on <= today
    posts = [] if gone else posts_held(person, at=at)
    actors = [actor_in(session, person, post, posts).through(Way.LINK) for post in posts]
    receiver = _who_may(actors, Permission.TASK_RECEIVE, task)
    reporter = _who_may(actors, Permission.TASK_REPORT, task)
    by = receiver or reporter
    if by is None:
        raise LinkVoid(Void.NOT_YOURS, task)
    waiting = task.workflow is Workflow.ASSIGNED
    return Opened(link, task, by, may_receive=waiting and by is receiver, may_report=True)


def receive_by_link(session: Session, token: str, *, at: datetime) -> Task:
    """Confirm receipt by a link and use it up. LinkVoid."""
    opened = open_link(session, token, at=at)
    _use_up(session, token, opened, at)
    receive_task(session, opened.task, by=opened.by, at=at)
    return opened.task


def report_by_link(session: Session, token: str, *, at: datetime, text: str, percent: int) -> Task:
    """Report progress by a link and use it up. LinkVoid. BadInput as in `report_progress`."""
    opened = open_link(session, token, at=at)
    report_progress(session, opened.task, by=opened.by, at=at, text=text, percent=percent)
    _use_up(session, token, opened, at)
    return opened.task


def call_back_links(session: Session, *, by: Actor, at: datetime) -> None:
    """Make every link that was sent to the actor void."""
    person = session.get_one(Person, by.person_id)
    person.renew_link_key()
    history.record(session, "person.call-back-links", person, by=by, at=at, label=person.name)


def _who_may(actors: Sequence[Actor], permission: Permission, task: Task) -> Actor | None:
    unit_side = (actor for actor in actors if actor.unit_id is not None)
    return next((actor for actor in unit_side if may_over(actor, permission, task)), None)


def _use_up(session: Session, token: str, opened: Opened, at: datetime) -> None:
    """Note the use; the unique token stops a second use at the same moment."""
    use = LinkUse(token=token, person_id=opened.link.person_id, task_id=opened.task.id, at=at)
    session.add(use)
    session.flush()
