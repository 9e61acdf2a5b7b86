"""What became of the criteria of one edition in the next: continued, moved, new, gone. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from tracker.errors import N_
from tracker.folding import fold
from tracker.words import name_words


class Fate(StrEnum):
    """What became of a criterion."""

    CONTINUES = "continues"
    MOVED = "moved"
    NEW = "new"
    GONE = "gone"


name_words(
    {
        Fate.CONTINUES: N_("continues"),
        Fate.MOVED: N_("moved"),
        Fate.NEW: N_("new"),
        Fate.GONE: N_("gone"),
    }
)


@dataclass(frozen=True)
class Item:
    """A criterion as comparing sees it."""

    code: str
    name: str
    max_points: Decimal


@dataclass(frozen=True)
class Change:
    """A criterion of either edition with its counterpart, if it has one."""

    fate: Fate
    old: Item | None
    new: Item | None

    @property
    def points_changed(self) -> bool:
        """Tell whether both are there with different maxima."""
        both = self.old is not None and self.new is not None
        return both and self.old.max_points != self.new.max_points  # type: ignore[union-attr]


def compare(old: Sequence[Item], new: Sequence[Item]) -> list[Change]:
    """Return every criterion of `new` in its order, then those of `old` that are gone.

    A name that stands once in both editions is the same criterion, wherever it stands now;
    otherwise the same code is.
    """
    by_name = _only_once(old)
    in_new = _only_once(new)
    pairs = {item.code: by_name[name] for name, item in in_new.items() if name and name in by_name}
    taken = {item.code for item in pairs.values()}
    by_code = {item.code: item for item in old if item.code not in taken}
    changes = []
    for item in new:
        before = pairs.get(item.code) or by_code.pop(item.code, None)
        if before is None:
            changes.append(Change(Fate.NEW, None, item))
        else:
            fate = Fate.CONTINUES if before.code == item.code else Fate.MOVED
            changes.append(Change(fate, before, item))
    kept = {change.old.code for change in changes if change.old}
    return changes + [Change(Fate.GONE, item, None) for item in old if item.code not in kept]


def _only_once(items: Sequence[Item]) -> dict[str, Item]:
    counts = Counter(fold(item.name) for item in items)
    return {name: item for item in items if counts[name := fold(item.name)] == 1}
