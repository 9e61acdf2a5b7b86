"""The timeline of a task: every record in order, the newest first."""

from dataclasses import dataclass, field
from datetime import date, datetime, time

from flask_babel import gettext as _
from flask_babel import ngettext

from tracker.evidence.models import Evidence
from tracker.pages.task_queries import Reminded, TaskFacts
from tracker.tasks.extension_models import ExtensionDecision, ExtensionRequest
from tracker.tasks.models import DeadlineVersion, HandIn, Progress
from tracker.tasks.return_models import TaskReturn, TaskReturnAnswer
from tracker.tasks.rules import DecisionKind, TimeKind, Verdict
from tracker.web import day, label
from tracker.workdays import OFFICE_ZONE


@dataclass(frozen=True)
class Entry:
    """One line of the timeline, in the reader's language."""

    at: datetime
    kind: str
    text: str
    by: str
    evidence: list[Evidence] = field(default_factory=list)


def timeline(facts: TaskFacts) -> list[Entry]:
    """Return every record of the task, the newest first."""
    task = facts.task
    entries = [_version(version) for version in task.deadlines]
    entries += [
        Entry(receipt.at, "received", _("Receipt confirmed."), receipt.by_name)
        for receipt in facts.receipts
    ]
    entries += [_progress(report) for report in task.progress]
    for given in task.hand_ins:
        entries.append(_hand_in(given))
        if given.decision is not None:
            entries.append(_decision(given))
    for returned in task.returns:
        entries.append(_returned(returned))
        if returned.answer is not None:
            entries.append(_answered(returned.answer))
    for request in task.extensions:
        entries.append(_asked(request))
        if request.decision is not None:
            entries.append(_extension(request.decision))
    entries += [
        Entry(
            decision.at,
            "decided",
            f"{label(DecisionKind(decision.kind))}: {decision.text}",
            _("%(leader)s; recorded by %(name)s", leader=decision.leader, name=decision.recorded_by)
            + _reference(decision.reference),
        )
        for decision in facts.leader_decisions
        if decision.kind in {DecisionKind.INSTRUCTION, DecisionKind.WITHDRAW}
    ]
    entries += [
        Entry(
            left.at,
            "left",
            f"{label(left.why)} ({day(left.left_on)}): {left.reason}",
            _by(left.by_name, left.on_behalf_of) + _reference(left.reference),
        )
        for left in facts.departures
    ]
    entries.sort(key=lambda entry: entry.at, reverse=True)
    return _with_reminders(entries, facts.reminders)


def _with_reminders(entries: list[Entry], reminders: list[Reminded]) -> list[Entry]:
    """Put the reminders between the records, those that follow one another as one line."""
    shown: list[Entry] = []
    waiting = list(reminders)
    for entry in [*entries, None]:
        run = [one for one in waiting if entry is None or one.at > entry.at]
        waiting = waiting[len(run) :]
        if run:
            shown.append(_reminded(run))
        if entry is not None:
            shown.append(entry)
    return shown


def _reminded(run: list[Reminded]) -> Entry:
    """Return one line for reminders that follow one another, the newest first."""
    sent, arrived = sum(one.addresses for one in run), sum(one.delivered for one in run)
    text = ngettext("Reminded %(num)s time.", "Reminded %(num)s times.", sent)
    by = _("automatic; %(delivered)s of %(all)s delivered", delivered=arrived, all=sent)
    if len(run) > 1:
        by += " · " + _("since %(day)s", day=day(run[-1].at.astimezone(OFFICE_ZONE).date()))
    return Entry(run[0].at, "reminded", text, by)


def _version(version: DeadlineVersion) -> Entry:
    said = label(version.time)
    if version.due_on is not None:
        word = _("deadline") if version.time is TimeKind.DATED else said
        said = f"{word} {day(version.due_on)}"
    rests = f", {label(version.basis)}" if version.basis else ""
    by = _by(version.decided_by, version.on_behalf_of) + _reference(version.reference)
    if version.version == 1:
        at = datetime.combine(version.decided_on, time.min, tzinfo=OFFICE_ZONE)
        same_day = version.decided_at.astimezone(OFFICE_ZONE).date() == version.decided_on
        return Entry(
            version.decided_at if same_day else at,
            "assigned",
            _("Assigned: %(said)s.", said=said + rests),
            by,
        )
    text = _("Time decided: %(said)s.", said=said + rests)
    return Entry(version.decided_at, "decided", f"{text} {version.reason}".strip(), by)


def _progress(report: Progress) -> Entry:
    words = {
        "part": _("Part of a coordinating unit: %(text)s", text=report.text),
        "prepared": _("Prepared for completion: %(text)s", text=report.text),
    }
    text = words.get(
        report.kind,
        _("Progress %(percent)s %%. %(text)s", percent=report.percent, text=report.text),
    )
    if report.stage is not None:
        text += f" ({label(report.stage)})"
    kind = "coordinated" if report.kind == "part" else "progress"
    by = _by(report.by_name, report.on_behalf_of, report.by_post)
    return Entry(report.at, kind, text, by, list(report.evidence))


def _hand_in(given: HandIn) -> Entry:
    text = _("Completion reported: %(result)s", result=given.result)
    if given.document_number:
        text += f" ({given.document_number}{_date(given.document_date)})"
    by = _by(given.by_name, given.on_behalf_of, given.by_post)
    return Entry(given.at, "handed_in", text, by, list(given.evidence))


def _decision(given: HandIn) -> Entry:
    decision = given.decision
    if decision is None:
        raise ValueError("the hand-in waits for its decision")
    accepted = decision.verdict is Verdict.ACCEPTED
    text = (
        _("Completion confirmed.")
        if accepted
        else _("To be done again: %(reason)s", reason=decision.reason)
    )
    by = _decider(decision.by_name, decision.on_behalf_of)
    return Entry(
        decision.at, "accepted" if accepted else "redo", text, by + _reference(decision.reference)
    )


def _returned(returned: TaskReturn) -> Entry:
    text = _("Returned as not the unit's own: %(reason)s", reason=returned.reason)
    if returned.proposed_unit is not None:
        text += " " + _("(proposed: %(unit)s)", unit=returned.proposed_unit.name)
    by = _by(returned.by_name, returned.unit.name)
    return Entry(returned.at, "moved", text, by)


def _answered(answer: TaskReturnAnswer) -> Entry:
    text = f"{label(answer.answer)}: {answer.lead_unit.name}. {answer.reason}".strip()
    by = _decider(answer.by_name, answer.on_behalf_of) + _reference(answer.reference)
    return Entry(answer.at, "moved", text, by)


def _asked(request: ExtensionRequest) -> Entry:
    text = _(
        "Extension asked for, to %(day)s: %(reason)s",
        day=day(request.due_on),
        reason=request.reason,
    )
    if request.asked_late:
        text += f" ({_('asked after the deadline had passed')})"
    by = _by(request.by_name, request.on_behalf_of, request.by_post)
    return Entry(request.at, "asked", text, by, list(request.evidence))


def _extension(decision: ExtensionDecision) -> Entry:
    said = label(decision.verdict)
    if decision.due_on is not None:
        said += f", {day(decision.due_on)}"
    text = _("Extension: %(said)s.", said=said)
    return Entry(
        decision.at,
        "decided",
        f"{text} {decision.reason}".strip(),
        _decider(decision.by_name, decision.on_behalf_of) + _reference(decision.reference),
    )


def _decider(name: str, leader: str) -> str:
    if leader:
        return str(_("%(leader)s; recorded by %(name)s", leader=leader, name=name))
    return name


def _by(name: str, on_behalf_of: str, post: str = "") -> str:
    who = f"{name}, {post}" if post else name
    if on_behalf_of:
        return str(_("%(who)s on behalf of %(name)s", who=who, name=on_behalf_of))
    return who


def _reference(reference: str) -> str:
    return f" · {reference}" if reference else ""


def _date(value: date | None) -> str:
    return f", {day(value)}" if value else ""
