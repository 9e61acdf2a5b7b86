"""What the grammar builds: drafts of tasks, in offsets of the text as read."""

from dataclasses import dataclass, field, replace

from tracker.deadlines.rules import NO_DEADLINE, Deadline
from tracker.extraction.findings import Rule, Stretch

Names = tuple[str, ...]


@dataclass(frozen=True)
class Named:
    """Names read together: their words stand at `at`, found by `rule`."""

    names: Names = ()
    rule: Rule = Rule.ASSIGNED
    at: tuple[Stretch, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.names)

    def by(self, rule: Rule) -> "Named":
        """Return the same names as handed on by another rule."""
        return replace(self, rule=rule)

    def without(self, names: Names) -> "Named":
        """Return what is left when `names` are taken out."""
        return replace(self, names=tuple(name for name in self.names if name not in names))


NOBODY = Named()


@dataclass(frozen=True)
class Timed:
    """A deadline, where its words stand and the rule that tied it to the task."""

    deadline: Deadline = NO_DEADLINE
    rule: Rule = Rule.TIME_IN_SENTENCE
    at: tuple[Stretch, ...] = ()

    def __bool__(self) -> bool:
        return self.deadline is not NO_DEADLINE

    def by(self, rule: Rule) -> "Timed":
        """Return the same deadline as handed on by another rule."""
        return replace(self, rule=rule)


NO_TIME = Timed()


@dataclass
class Draft:
    """One proposed task: `text[start:end]`, the work itself from `action` on."""

    start: int
    end: int
    lead: Named
    coordinate: Named = NOBODY
    time: Timed = NO_TIME
    product: Named = field(default=NOBODY)
    kind: Rule = Rule.ORDER
    action: int = 0
    label: str = ""

    @property
    def target(self) -> bool:
        """Tell whether the draft is a measure to reach."""
        return self.kind is Rule.TARGET
