"""States of a notice and verdicts of a clause. Pure."""

import re
from enum import StrEnum

from tracker.errors import N_
from tracker.words import name_words


class SourceKind(StrEnum):
    """Where conclusions come from."""

    SESSION = "session"
    CONFERENCE = "conference"
    INSPECTION = "inspection"
    PLAN = "plan"
    LETTER = "letter"
    ORAL = "oral"


class NoticeState(StrEnum):
    """How far a notice has come; derived from its dates."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    SIGNED = "signed"
    ASSIGNED = "assigned"


class ClauseVerdict(StrEnum):
    """What a clause is; `open` is unaccounted for and forbids assigning."""

    OPEN = "open"
    TASK = "task"
    TARGET = "target"
    GUIDANCE = "guidance"
    NO_TASK = "no_task"


WORKED = frozenset({ClauseVerdict.TASK, ClauseVerdict.TARGET})
"""Verdicts that make something: what else a clause is needs a reason."""


class Fate(StrEnum):
    """What a new order does to an open task of the same unit and matter."""

    STAYS = "stays"
    REPLACED = "replaced"


class Attendance(StrEnum):
    """In what capacity somebody took part."""

    CHAIR = "chair"
    STATE_LEADER = "state_leader"
    PARTY_LEADER = "party_leader"
    TEAM = "team"
    ATTENDEE = "attendee"


class RaisedKind(StrEnum):
    """What a unit raised."""

    DIFFICULTY = "difficulty"
    PROPOSAL = "proposal"


name_words(
    {
        SourceKind.SESSION: N_("Committee session"),
        SourceKind.CONFERENCE: N_("Conference"),
        SourceKind.INSPECTION: N_("Inspection"),
        SourceKind.PLAN: N_("Year's plan"),
        SourceKind.LETTER: N_("Letter"),
        SourceKind.ORAL: N_("Order by word"),
        NoticeState.DRAFT: N_("Draft"),
        NoticeState.SUBMITTED: N_("Submitted for signature"),
        NoticeState.SIGNED: N_("Signed"),
        NoticeState.ASSIGNED: N_("Work assigned"),
        ClauseVerdict.OPEN: N_("To be looked at"),
        ClauseVerdict.TASK: N_("Task"),
        ClauseVerdict.TARGET: N_("Target"),
        ClauseVerdict.GUIDANCE: N_("General guidance"),
        ClauseVerdict.NO_TASK: N_("No task arises"),
        Fate.STAYS: N_("It stays as it is, with its own deadline"),
        Fate.REPLACED: N_("The new order replaces it and its deadline"),
        Attendance.CHAIR: N_("Chairs"),
        Attendance.STATE_LEADER: N_("State leader"),
        Attendance.PARTY_LEADER: N_("Party leader"),
        Attendance.TEAM: N_("Inspection team"),
        Attendance.ATTENDEE: N_("Attends"),
        RaisedKind.DIFFICULTY: N_("Difficulty"),
        RaisedKind.PROPOSAL: N_("Proposal"),
    }
)

_PARTY = re.compile(
    r"bí\s+thư|thường\s+vụ|(?:tỉnh|thành|huyện|quận|thị|đảng)\s+[uủ][ỷy]", re.IGNORECASE
)


def attendance_of(title: str, *, concludes: bool) -> Attendance:
    """Return in what capacity somebody of that title most likely took part; it can be changed."""
    if not concludes:
        return Attendance.ATTENDEE
    state = re.search(r"chủ\s+tịch|giám\s+đốc|trưởng\s+ban", title, re.IGNORECASE)
    if _PARTY.search(title) and not state:
        return Attendance.PARTY_LEADER
    return Attendance.STATE_LEADER


def read_persons(text: str) -> list[tuple[str, str]]:
    """Return (name, title) of each line "Nguyễn Văn A – Chủ tịch UBND xã"."""
    persons = []
    for line in text.splitlines():
        name, *rest = re.split(r"\s+[-–—]\s+|\s*[,;]\s+", line.strip(), maxsplit=1)
        if name:
            persons.append((name, rest[0].strip() if rest else ""))
    return persons
