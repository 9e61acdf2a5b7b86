"""The reader's words for closed sets: a StrEnum member → its label's message id. Pure."""

from collections.abc import Mapping
from enum import StrEnum

_LABELS: dict[tuple[type[StrEnum], str], str] = {}


def name_words(labels: Mapping[StrEnum, str]) -> None:
    """Register the label (an English message id) of each member; called beside the StrEnum."""
    for member, label in labels.items():
        _LABELS[type(member), member.value] = label


def label_of(member: StrEnum) -> str:
    """Return the message id of `member`'s label. KeyError: its set was never named."""
    return _LABELS[type(member), member.value]


def labels_of(words: type[StrEnum]) -> dict[str, str]:
    """Return value → label of every member of `words`, in its order."""
    return {member.value: label_of(member) for member in words}
