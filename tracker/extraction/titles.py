"""A task's short title: what is to be done, without who leads, who helps and by when. Pure."""

import re
from collections.abc import Sequence

LEAST = 12
"""A title shorter than this many characters says too little: the whole words stay."""

_LEADS = re.compile(
    r"(chịu trách nhiệm\s+)?(chủ trì|làm đầu mối|là đầu mối)\b\s*[,;]?\s*", re.IGNORECASE
)
_HELPS = re.compile(r"phối hợp(\s+chặt chẽ)?(\s*(với|cùng))?(\s+các)?\s+", re.IGNORECASE)
_JOINS = re.compile(r"\s*(,|;|và|cùng)?\s*", re.IGNORECASE)
_DONE_BY = r"\s*[,;]?\s*(và\s+)?((phải\s+)?(hoàn thành|báo cáo kết quả|xong)\s*)?"


def short_title(words: str, coordinate: Sequence[str], deadline_text: str) -> str:
    """Return `words` without the lead's verb, the coordinating names and the deadline's words.

    `coordinate` are the names as they stand in the text, `deadline_text` the words of the time.
    """
    rest = words
    if leads := _LEADS.match(rest):
        rest = rest[leads.end() :]
    rest = _without_helpers(rest, coordinate)
    if deadline_text:
        ending = re.compile(_DONE_BY + re.escape(deadline_text) + r"\s*[.;,]?\s*$", re.IGNORECASE)
        rest = ending.sub("", rest)
    rest = rest.strip(" ,;:.-–")
    return rest if len(rest) >= LEAST else words


def _without_helpers(words: str, coordinate: Sequence[str]) -> str:
    """Cut "phối hợp với A, B và C" from the beginning, when all of it is names that are known."""
    helps = _HELPS.match(words)
    if not helps:
        return words
    rest, found = words[helps.end() :], False
    names = sorted(coordinate, key=len, reverse=True)
    while name := next((n for n in names if rest.lower().startswith(n.lower())), ""):
        rest, found = rest[len(name) :], True
        joined = _JOINS.match(rest)
        rest = rest[joined.end() :] if joined else rest
    return rest if found else words
