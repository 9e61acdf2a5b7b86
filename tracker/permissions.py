"""THE permission table: role × act × scope, and `Actor`, a person in one post. Pure."""

from dataclasses import dataclass, field, replace
from enum import StrEnum

from tracker.errors import N_, NotAllowed
from tracker.words import name_words


class Role(StrEnum):
    """The roles of the office, named as on the command line."""

    SECRETARIAT = "secretariat"
    CHAIRPERSON = "chairperson"
    UNIT_HEAD = "unit-head"
    FOCAL_POINT = "focal-point"
    OFFICER = "officer"
    APPRAISER = "appraiser"
    ADVISER = "adviser"
    VIEWER = "viewer"
    ADMIN = "admin"


name_words(
    {
        Role.SECRETARIAT: N_("Secretariat"),
        Role.CHAIRPERSON: N_("Chairperson"),
        Role.UNIT_HEAD: N_("Unit head"),
        Role.FOCAL_POINT: N_("Focal point"),
        Role.OFFICER: N_("Officer"),
        Role.APPRAISER: N_("Appraiser"),
        Role.ADVISER: N_("Adviser (helper team)"),
        Role.VIEWER: N_("Viewer"),
        Role.ADMIN: N_("Administrator"),
    }
)


class Scope(StrEnum):
    """Over which things a permission holds."""

    EVERYWHERE = "everywhere"
    OWN_COMMITTEES = "own-committees"
    OWN_UNITS = "own-units"
    OWN_TASKS = "own-tasks"


class Way(StrEnum):
    """By which way an act reached the program."""

    SCREEN = "screen"
    IMPORT = "import"
    LINK = "link"
    API = "api"
    COMMAND = "command"
    MACHINE = "machine"


name_words(
    {
        Scope.EVERYWHERE: N_("everywhere"),
        Scope.OWN_COMMITTEES: N_("own committees"),
        Scope.OWN_UNITS: N_("own unit and the units below it"),
        Scope.OWN_TASKS: N_("tasks and criteria given to the person"),
        Way.SCREEN: N_("on screen"),
        Way.IMPORT: N_("by import"),
        Way.LINK: N_("by link"),
        Way.API: N_("by API"),
        Way.COMMAND: N_("by command line"),
        Way.MACHINE: N_("automatically"),
    }
)


class Permission(StrEnum):
    """What can be done, `<noun>.<act>`."""

    CONCLUSION_READ = "conclusion.read"
    CONCLUSION_RECORD = "conclusion.record"
    CONCLUSION_ASSIGN = "conclusion.assign"
    TASK_READ = "task.read"
    TASK_MANAGE = "task.manage"
    TASK_RECEIVE = "task.receive"
    TASK_REPORT = "task.report"
    TASK_HAND_IN = "task.hand-in"
    TASK_NAME_OFFICER = "task.name-officer"
    TASK_ASK_EXTENSION = "task.ask-extension"
    TASK_SET_PARTS = "task.set-parts"
    TASK_ACCEPT = "task.accept"
    TASK_WITHDRAW = "task.withdraw"
    TASK_DECIDE_DEADLINE = "task.decide-deadline"
    TASK_IMPORT = "task.import"
    LEADER_DECISION_RECORD = "leader-decision.record"
    OVERDUE_READ = "overdue.read"
    REPORT_READ = "report.read"
    LEDGER_READ = "ledger.read"
    LADDER_MANAGE = "ladder.manage"
    ABSENCE_NOTE = "absence.note"
    TASK_URGE = "task.urge"
    EXPLANATION_ASK = "explanation.ask"
    EXPLANATION_ANSWER = "explanation.answer"
    INBOX_READ = "inbox.read"
    MY_WORK_READ = "my-work.read"
    CRITERIA_READ = "criteria.read"
    CRITERIA_MANAGE = "criteria.manage"
    SCORE_READ = "score.read"
    SCORE_ENTER = "score.enter"
    SCORE_SELF = "score.self"
    SCORE_APPRAISE = "score.appraise"
    REMEDY_WRITE = "remedy.write"
    UNIT_READ = "unit.read"
    UNIT_MANAGE = "unit.manage"
    PEOPLE_MANAGE = "people.manage"
    COMMITTEE_MANAGE = "committee.manage"
    CALENDAR_READ = "calendar.read"
    CALENDAR_MANAGE = "calendar.manage"
    HISTORY_READ = "history.read"
    FEED_OWN = "feed.own"
    SYSTEM_READ = "system.read"
    ACCOUNT_OWN = "account.own"


name_words(
    {
        Permission.CONCLUSION_READ: N_("Read conclusions"),
        Permission.CONCLUSION_RECORD: N_("Record conclusions"),
        Permission.CONCLUSION_ASSIGN: N_("Assign tasks from a conclusion"),
        Permission.TASK_READ: N_("Read tasks"),
        Permission.TASK_MANAGE: N_("Add and correct tasks"),
        Permission.TASK_RECEIVE: N_("Confirm receipt, or ask for another lead"),
        Permission.TASK_REPORT: N_("Report progress"),
        Permission.TASK_HAND_IN: N_("Report completion"),
        Permission.TASK_NAME_OFFICER: N_("Name the responsible officer"),
        Permission.TASK_ASK_EXTENSION: N_("Ask for an extension"),
        Permission.TASK_SET_PARTS: N_("Say what coordinating units contribute, and by when"),
        Permission.TASK_ACCEPT: N_("Confirm completion, or ask for it to be done again"),
        Permission.TASK_WITHDRAW: N_("Withdraw a task"),
        Permission.TASK_DECIDE_DEADLINE: N_("Decide deadlines"),
        Permission.TASK_IMPORT: N_("Import tasks"),
        Permission.LEADER_DECISION_RECORD: N_("Record a leader's decision"),
        Permission.OVERDUE_READ: N_("Read the list of overdue tasks"),
        Permission.REPORT_READ: N_("Read reports"),
        Permission.LEDGER_READ: N_("Read the reminder ledger"),
        Permission.LADDER_MANAGE: N_("Decide when reminders go out"),
        Permission.ABSENCE_NOTE: N_("Note who is absent and who stands in"),
        Permission.TASK_URGE: N_("Urge a unit by a document"),
        Permission.EXPLANATION_ASK: N_("Ask for an explanation or a commitment, and judge it"),
        Permission.EXPLANATION_ANSWER: N_("Answer a request for explanation"),
        Permission.INBOX_READ: N_("Open the list of what is to be handled"),
        Permission.MY_WORK_READ: N_("Open the own work"),
        Permission.CRITERIA_READ: N_("Read criteria"),
        Permission.CRITERIA_MANAGE: N_("Load and correct criteria"),
        Permission.SCORE_READ: N_("Read index results"),
        Permission.SCORE_ENTER: N_("Enter index results"),
        Permission.SCORE_SELF: N_("Enter the own unit's self-assessment"),
        Permission.SCORE_APPRAISE: N_("Appraise scores"),
        Permission.REMEDY_WRITE: N_("Write remediation forms"),
        Permission.UNIT_READ: N_("Read the list of units"),
        Permission.UNIT_MANAGE: N_("Add and change units"),
        Permission.PEOPLE_MANAGE: N_("Look after accounts"),
        Permission.COMMITTEE_MANAGE: N_("Set up steering committees"),
        Permission.CALENDAR_READ: N_("Read the working calendar"),
        Permission.CALENDAR_MANAGE: N_("Change the working calendar"),
        Permission.HISTORY_READ: N_("Read the history of acts"),
        Permission.FEED_OWN: N_("Take deadlines into the own calendar"),
        Permission.SYSTEM_READ: N_("See how the scheduler and the mail do"),
        Permission.ACCOUNT_OWN: N_("Change the own password, language and theme"),
    }
)


_S, _C, _H, _F, _O, _A, _D, _V, _M = Role
_COMMITTEE = Scope.OWN_COMMITTEES
_UNIT = Scope.OWN_UNITS
_TASKS = Scope.OWN_TASKS
_ALL = Scope.EVERYWHERE

GRANTS: dict[Permission, dict[Role, Scope]] = {
    Permission.CONCLUSION_READ: {
        _S: _COMMITTEE,
        _C: _COMMITTEE,
        _D: _COMMITTEE,
        _V: _COMMITTEE,
        _H: _UNIT,
        _F: _UNIT,
    },
    Permission.CONCLUSION_RECORD: {_S: _COMMITTEE},
    Permission.CONCLUSION_ASSIGN: {_S: _COMMITTEE},
    Permission.TASK_READ: {
        _S: _COMMITTEE,
        _C: _COMMITTEE,
        _D: _COMMITTEE,
        _V: _COMMITTEE,
        _H: _UNIT,
        _F: _UNIT,
        _O: _TASKS,
    },
    Permission.TASK_MANAGE: {_S: _COMMITTEE},
    Permission.TASK_RECEIVE: {_H: _UNIT, _F: _UNIT},
    Permission.TASK_REPORT: {_S: _COMMITTEE, _H: _UNIT, _F: _UNIT, _O: _TASKS},
    Permission.TASK_HAND_IN: {_H: _UNIT, _F: _UNIT},
    Permission.TASK_NAME_OFFICER: {_H: _UNIT, _F: _UNIT},
    Permission.TASK_ASK_EXTENSION: {_S: _COMMITTEE, _H: _UNIT, _F: _UNIT},
    Permission.TASK_SET_PARTS: {_S: _COMMITTEE, _H: _UNIT, _F: _UNIT},
    Permission.TASK_ACCEPT: {_S: _COMMITTEE, _C: _COMMITTEE},
    Permission.TASK_WITHDRAW: {_S: _COMMITTEE},
    Permission.TASK_DECIDE_DEADLINE: {_S: _COMMITTEE, _C: _COMMITTEE},
    Permission.TASK_IMPORT: {_S: _COMMITTEE},
    Permission.LEADER_DECISION_RECORD: {_S: _COMMITTEE},
    Permission.OVERDUE_READ: {_S: _COMMITTEE, _C: _COMMITTEE, _D: _COMMITTEE, _V: _COMMITTEE},
    Permission.REPORT_READ: {
        _S: _COMMITTEE,
        _C: _COMMITTEE,
        _D: _COMMITTEE,
        _V: _COMMITTEE,
        _H: _UNIT,
        _F: _UNIT,
    },
    Permission.LEDGER_READ: {
        _S: _COMMITTEE,
        _C: _COMMITTEE,
        _D: _COMMITTEE,
        _V: _COMMITTEE,
        _H: _UNIT,
        _F: _UNIT,
    },
    Permission.LADDER_MANAGE: {_S: _COMMITTEE, _M: _ALL},
    Permission.ABSENCE_NOTE: {_S: _ALL, _M: _ALL, _H: _UNIT, _F: _UNIT},
    Permission.TASK_URGE: {_S: _COMMITTEE},
    Permission.EXPLANATION_ASK: {_S: _COMMITTEE, _C: _COMMITTEE},
    Permission.EXPLANATION_ANSWER: {_H: _UNIT, _F: _UNIT},
    Permission.INBOX_READ: {_S: _COMMITTEE},
    Permission.MY_WORK_READ: {_H: _UNIT, _F: _UNIT, _O: _TASKS},
    Permission.CRITERIA_READ: dict.fromkeys((_S, _C, _H, _F, _O, _A, _D, _V), _ALL),
    Permission.CRITERIA_MANAGE: {_S: _ALL},
    Permission.SCORE_READ: {
        _S: _ALL,
        _C: _ALL,
        _D: _ALL,
        _V: _ALL,
        _A: _UNIT,
        _H: _UNIT,
        _F: _UNIT,
        _O: _TASKS,
    },
    Permission.SCORE_ENTER: {_S: _ALL},
    Permission.SCORE_SELF: {_H: _UNIT, _F: _UNIT},
    Permission.SCORE_APPRAISE: {_A: _UNIT},
    Permission.REMEDY_WRITE: {_S: _ALL, _H: _UNIT, _F: _UNIT, _O: _TASKS},
    Permission.UNIT_READ: dict.fromkeys(Role, _ALL),
    Permission.UNIT_MANAGE: {_S: _ALL, _M: _ALL},
    Permission.PEOPLE_MANAGE: {_M: _ALL},
    Permission.COMMITTEE_MANAGE: {_M: _ALL},
    Permission.CALENDAR_READ: dict.fromkeys(Role, _ALL),
    Permission.CALENDAR_MANAGE: {_S: _ALL, _M: _ALL},
    Permission.HISTORY_READ: {_S: _COMMITTEE, _C: _COMMITTEE, _M: _ALL},
    Permission.FEED_OWN: dict.fromkeys((_S, _H, _F, _O), _ALL),
    Permission.SYSTEM_READ: {_S: _ALL, _M: _ALL},
    Permission.ACCOUNT_OWN: dict.fromkeys(Role, _ALL),
}


@dataclass(frozen=True)
class Actor:
    """A person in one post. Sets hold ids.

    `unit_ids` are the post's unit and every unit below it; `all_unit_ids` the units of every
    post that the person holds: nobody accepts a task led by one of them.
    """

    person_id: int | None
    name: str
    role: Role
    post_id: int | None = None
    post_title: str = ""
    unit_id: int | None = None
    unit_ids: frozenset[int] = field(default_factory=frozenset)
    all_unit_ids: frozenset[int] = field(default_factory=frozenset)
    committee_ids: frozenset[int] = field(default_factory=frozenset)
    language: str = "vi"
    way: Way = Way.SCREEN

    def through(self, way: Way) -> "Actor":
        """Return the same actor acting by another `way`."""
        return replace(self, way=way)


def scope_of(actor: Actor, permission: Permission) -> Scope | None:
    """Return over which things `actor` holds `permission`; None: over nothing."""
    return GRANTS[permission].get(actor.role)


def may(
    actor: Actor,
    permission: Permission,
    *,
    committee_id: int | None = None,
    unit_ids: frozenset[int] = frozenset(),
    person_ids: frozenset[int] = frozenset(),
) -> bool:
    """Tell whether `actor` holds `permission` over a thing.

    The thing is described by its committee, the units it belongs to (lead, coordinating) and the
    persons it is given to.
    """
    match scope_of(actor, permission):
        case Scope.EVERYWHERE:
            return True
        case Scope.OWN_COMMITTEES:
            return committee_id in actor.committee_ids
        case Scope.OWN_UNITS:
            return not actor.unit_ids.isdisjoint(unit_ids)
        case Scope.OWN_TASKS:
            return actor.person_id in person_ids
        case None:
            return False


def may_anywhere(actor: Actor, permission: Permission) -> bool:
    """Tell whether `actor` holds `permission` over anything at all (menus, routes)."""
    return scope_of(actor, permission) is not None


def require(
    actor: Actor,
    permission: Permission,
    *,
    committee_id: int | None = None,
    unit_ids: frozenset[int] = frozenset(),
    person_ids: frozenset[int] = frozenset(),
) -> None:
    """Raise NotAllowed unless `actor` holds `permission` over the thing; see `may`."""
    allowed = may(
        actor,
        permission,
        committee_id=committee_id,
        unit_ids=unit_ids,
        person_ids=person_ids,
    )
    if not allowed:
        raise NotAllowed
