"""What the grammar builds: drafts of tasks, in offsets of the text as read."""

from dataclasses import dataclass

from tracker.deadlines.rules import NO_DEADLINE, Deadline

Names = tuple[str, ...]


@dataclass
class Draft:
    """One proposed task: `text[start:end]`, the work itself from `action` on."""

    start: int
    end: int
    lead: Names
    coordinate: Names = ()
    deadline: Deadline = NO_DEADLINE
    product: str = ""
    target: bool = False
    action: int = 0
    label: str = ""
