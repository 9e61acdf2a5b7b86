"""Why a clause gives no task: what its words are instead of an order."""

from enum import StrEnum

from tracker.errors import N_
from tracker.extraction.vocabulary import pattern
from tracker.extraction.words import APPROVAL, CLOSING, EXHORTATION, TELLING
from tracker.words import name_words


class NoTask(StrEnum):
    """What a clause without a task is."""

    APPROVAL = "approval"
    CLOSING = "closing"
    PROPOSAL = "proposal"
    PROMISE = "promise"
    REPORT = "report"
    EXHORTATION = "exhortation"
    OTHER = "other"


name_words(
    {
        NoTask.APPROVAL: N_("agrees or praises"),
        NoTask.CLOSING: N_("closing formula"),
        NoTask.PROPOSAL: N_("asks somebody above"),
        NoTask.PROMISE: N_("a promise of the speaker"),
        NoTask.REPORT: N_("tells what was done or is"),
        NoTask.EXHORTATION: N_("exhorts in general"),
        NoTask.OTHER: N_("no order was read"),
    }
)

GLANCE = 600
_MARKER = pattern(r"\s*(?:[-+•*]+|\(?\w{1,4}[.)])?\s*")
_CLOSES = pattern(
    r"thông báo (?:để|đến)|trên đây là|yêu cầu (?:các|toàn)[^.;]{0,80}?(?:nghiêm túc|khẩn trương) "
    r"(?:tổ chức )?(?:triển khai |thực hiện)|nhận được (?:văn bản|thông báo)"
)
_PROPOSES = pattern(r"(?:kiến nghị|đề xuất|xin ý kiến|trình) (?:với )?(?:các )?\w")
_PROMISES = pattern(r"\bsẽ \w")
_REPORTS = pattern(r"\b(?:đã|đang|đạt|còn|chưa|tuy nhiên|hiện nay|trong (?:quý|năm|tháng))\b")


def why_no_task(words: str) -> NoTask:
    """Return what a clause is in which no order was read; the first sign that fits decides."""
    start = _MARKER.match(words)
    body = words[start.end() if start else 0 :][:GLANCE]
    signs = (
        (APPROVAL.match(body), NoTask.APPROVAL),
        (CLOSING.fullmatch(body) or _CLOSES.match(body), NoTask.CLOSING),
        (_PROPOSES.match(body), NoTask.PROPOSAL),
        (EXHORTATION.match(body), NoTask.EXHORTATION),
        (_PROMISES.search(body), NoTask.PROMISE),
        (TELLING.match(body) or _REPORTS.search(body), NoTask.REPORT),
    )
    return next((kind for sign, kind in signs if sign), NoTask.OTHER)
