"""Words of the trail: what an act, an object and a column are called."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from flask_babel import gettext as _

from tracker.conclusions.rules import ClauseVerdict, NoticeState, RaisedKind, SourceKind
from tracker.deadlines.rules import DeadlineBasis, DeadlineKind
from tracker.errors import N_
from tracker.permissions import Role
from tracker.scores.rules import CauseClass
from tracker.tasks.rules import LeftWhy, Stage, TimeKind, Verdict, Workflow
from tracker.units.rules import UnitKind
from tracker.web import NO_BREAK, day, label, moment

ACTS = {
    "calendar.remove-day": N_("Removed a day of the calendar"),
    "calendar.set-day": N_("Set a day of the calendar"),
    "committee.add": N_("Added a committee"),
    "committee.change": N_("Changed a committee's settings"),
    "committee.set-members": N_("Set a committee's members"),
    "criterion-owner.name": N_("Named who answers for a criterion"),
    "criterion-owner.remove": N_("Took off who answers for a criterion"),
    "criterion.add": N_("Added a criterion"),
    "criterion.edit": N_("Corrected a criterion"),
    "edition.open": N_("Opened an edition of an index"),
    "edition.edit": N_("Corrected an edition of an index"),
    "evidence.add": N_("Added evidence"),
    "indicator.open": N_("Opened an indicator"),
    "measurement.add": N_("Added a measurement"),
    "target.set": N_("Set a target"),
    "meeting.record": N_("Recorded a meeting"),
    "meeting.change": N_("Corrected a meeting"),
    "meeting.add-participant": N_("Added a participant"),
    "meeting.remove-participant": N_("Removed a participant"),
    "meeting.raise-matter": N_("Recorded what a unit raised"),
    "meeting.record-finding": N_("Recorded a finding"),
    "meeting.link-finding": N_("Linked a finding to tasks"),
    "message.try-again": N_("Sent an email again"),
    "notice.draft": N_("Entered a notice"),
    "notice.read": N_("Read a notice into sections"),
    "notice.replace-text": N_("Replaced a notice's text"),
    "notice.review-clause": N_("Reviewed a section"),
    "notice.accept-clear": N_("Accepted clear proposals"),
    "notice.add-proposal": N_("Added a proposed task"),
    "notice.remove-proposal": N_("Removed a proposed task"),
    "notice.merge-proposals": N_("Merged proposed tasks"),
    "notice.part-leads": N_("Made one proposed task for each lead"),
    "notice.learn-name": N_("Took a further name of a unit into a proposed task"),
    "notice.undo": N_("Took a step of the review back"),
    "task.stay-beside": N_("Left an earlier task as it is beside a new one"),
    "notice.split-proposal": N_("Split a proposed task"),
    "notice.submit": N_("Submitted a notice for signature"),
    "notice.record-signature": N_("Recorded signature, number and date"),
    "notice.attach-file": N_("Attached a file to a notice"),
    "notice.keep-secret": N_("Kept only number and date of a secret notice"),
    "notice.assign": N_("Assigned the work of a notice"),
    "notice.import": N_("Found or created a notice by import"),
    "notice.import-clause": N_("Created a section by import"),
    "office.begin-demo": N_("Began loading the demonstration"),
    "office.load-demo": N_("Loaded the demonstration"),
    "person.add": N_("Added an account"),
    "person.change": N_("Changed an account"),
    "person.change-password": N_("Changed the own password"),
    "person.reset-password": N_("Gave a new one-time password"),
    "person.leave": N_("Ended an account"),
    "person.prefer": N_("Changed language or theme"),
    "person.choose-channel": N_("Chose how messages come"),
    "person.call-back-links": N_("Called back the links in emails"),
    "feed.add": N_("Made a calendar address"),
    "feed.revoke": N_("Revoked a calendar address"),
    "post.add": N_("Added a post"),
    "post.end": N_("Ended a post"),
    "remedy.open": N_("Opened a remediation form"),
    "remedy.edit": N_("Changed a remediation form"),
    "remedy.report": N_("Reported progress of a remedy"),
    "remedy.evidence-complete": N_("Marked the evidence as complete"),
    "remedy.evidence-missing": N_("Marked the evidence as incomplete"),
    "result.save": N_("Saved index results"),
    "round.close": N_("Closed a round of the assessment"),
    "round.reopen": N_("Opened a round of the assessment again"),
    "round.set-day": N_("Set the day of a round"),
    "score.attach": N_("Attached evidence to a score"),
    "score.enter": N_("Entered scores"),
    "task-group.open": N_("Opened an order to many units"),
    "task.assign": N_("Assigned a task"),
    "task.receive": N_("Confirmed receipt"),
    "task.name-officer": N_("Named the officer"),
    "task.return": N_("Returned the task as not the unit's own"),
    "task.answer-return": N_("Answered a returned task"),
    "task.report": N_("Reported progress"),
    "task.set-parts": N_("Said what coordinating units contribute"),
    "task.report-part": N_("Reported a coordinating unit's part"),
    "task.hand-in": N_("Reported completion"),
    "task.accept": N_("Confirmed completion"),
    "task.send-back": N_("Sent back to be done again"),
    "task.set-deadline": N_("Decided on the deadline"),
    "task.ask-extension": N_("Asked for an extension"),
    "task.decide-extension": N_("Decided on an extension"),
    "task.leader-decides": N_("Recorded a leader's decision"),
    "task.withdraw": N_("Took the task out of the count"),
    "task.edit": N_("Corrected a task"),
    "task.refresh-effective-date": N_("Worked out a deadline anew after a change of the calendar"),
    "unit.add": N_("Added a unit"),
    "unit.add-alias": N_("Added a further name of a unit"),
    "unit.change": N_("Changed a unit"),
}

NOUNS = {
    "tasks": N_("Task"),
    "task_groups": N_("Order to many units"),
    "notices": N_("Notice"),
    "meetings": N_("Meeting"),
    "clauses": N_("Section"),
    "units": N_("Unit"),
    "persons": N_("Account"),
    "posts": N_("Post"),
    "committees": N_("Committee"),
    "calendar_days": N_("Day of the calendar"),
    "evidence": N_("Evidence"),
    "editions": N_("Edition of an index"),
    "criteria": N_("Criterion"),
    "assessment_rounds": N_("Round of an assessment"),
    "round_closings": N_("Closing of a round"),
    "scores": N_("Score"),
    "remedies": N_("Remediation form"),
    "targets": N_("Target"),
    "indicators": N_("Indicator"),
    "measurements": N_("Measurement"),
    "outbox": N_("Email"),
    "office": N_("This office"),
}

COLUMNS = {
    "title": N_("title"),
    "name": N_("name"),
    "product": N_("product"),
    "field": N_("field"),
    "due_on": N_("deadline"),
    "first_due_on": N_("first deadline"),
    "effective_on": N_("effective deadline"),
    "deadline_text": N_("words of the deadline"),
    "deadline_basis": N_("basis of the deadline"),
    "basis_reference": N_("reference"),
    "time": N_("kind of time"),
    "workflow": N_("state"),
    "percent": N_("percent"),
    "stage": N_("stage"),
    "updated_on": N_("updated on"),
    "last_update": N_("last update"),
    "handed_in_on": N_("completion reported on"),
    "accepted_on": N_("completion confirmed on"),
    "left_on": N_("left the count on"),
    "verdict": N_("decision"),
    "parts": N_("parts"),
    "left_why": N_("why it left"),
    "note": N_("note"),
    "star": N_("priority task"),
    "leader": N_("directing leader"),
    "code": N_("code"),
    "number": N_("number of the document"),
    "issued_on": N_("date of the document"),
    "signer": N_("signer"),
    "email": N_("e-mail"),
    "short_name": N_("short name"),
    "kind": N_("kind"),
    "valid_from": N_("valid from"),
    "valid_to": N_("valid to"),
    "assigned_on": N_("assigned on"),
    "assigned_at": N_("assigned at"),
    "signed_at": N_("signed at"),
    "submitted_at": N_("submitted at"),
    "held_on": N_("held on"),
    "final_score": N_("final score"),
    "self_score": N_("self-score"),
    "text": N_("text"),
    "clauses": N_("sections"),
    "proposals": N_("proposed tasks"),
    "tasks": N_("tasks"),
    "characters": N_("characters"),
    "file_name": N_("file"),
    "tracked_in": N_("tracked in another system"),
    "deadline_kind": N_("kind of deadline"),
    "reference": N_("reference"),
    "lead_unit_id": N_("lead unit (number)"),
    "officer_id": N_("officer (number)"),
}


def act_words(act: str) -> str:
    """Return what an act is called; an act that has no words yet shows its name."""
    return str(_(ACTS[act])) if act in ACTS else act


def noun_words() -> dict[str, str]:
    """Return table → what its rows are called."""
    return {name: str(_(words)) for name, words in NOUNS.items()}


def column_words() -> dict[str, str]:
    """Return column → what it is called."""
    return {name: str(_(words)) for name, words in COLUMNS.items()}


SETS: dict[str, tuple[type[StrEnum], ...]] = {
    "workflow": (Workflow,),
    "time": (TimeKind,),
    "stage": (Stage,),
    "left_why": (LeftWhy,),
    "deadline_basis": (DeadlineBasis,),
    "deadline_kind": (DeadlineKind,),
    "state": (NoticeState,),
    "verdict": (ClauseVerdict, Verdict),
    "suggested": (ClauseVerdict,),
    "kind": (UnitKind, SourceKind, RaisedKind),
    "cause_class": (CauseClass,),
    "role": (Role,),
}
"""Columns that hold a word of a closed set; a reader sees the set's label."""


def shown_value(value: Any, column: str = "") -> str:
    """Return a stored value as people write it: dates dd/mm/yyyy, yes and no, a dash for none."""
    for words in SETS.get(column, ()):
        if value in set(words):
            return label(words(value))
    match value:
        case None | "" | []:
            return "–"
        case bool():
            return str(_("yes") if value else _("no"))
        case str():
            return _shown_text(value)
        case _:
            return str(value)


def _shown_text(text: str) -> str:
    try:
        if len(text) == 10:
            return day(date.fromisoformat(text))
        if len(text) > 19 and text[10] == "T":
            return moment(datetime.fromisoformat(text)).replace(" ", NO_BREAK)
    except ValueError:
        pass
    return text if len(text) <= 200 else text[:200] + "…"
