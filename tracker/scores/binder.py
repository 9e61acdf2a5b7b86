"""The evidence binder of a unit: which pieces prove which criteria, and what is missing."""

import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from tracker.criteria.models import Criterion
from tracker.criteria.rules import RuleKind
from tracker.evidence.models import Evidence
from tracker.scores.models import (
    Remedy,
    RemedyProgress,
    Score,
    remedy_progress_evidence,
    remedy_tasks,
    score_evidence,
)
from tracker.tasks.models import HandIn, hand_in_evidence

CHUNK = 1 << 18


@dataclass
class Piece:
    """One piece of evidence and the codes of the criteria that it serves, each named once."""

    number: int
    document_number: str
    document_date: date | None
    issuer: str
    file_name: str
    digest: str
    codes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of its file inside the binder; empty where only a document is named."""
        return f"{self.number:03d}-{self.file_name or 'tai-lieu'}" if self.digest else ""


@dataclass(frozen=True)
class Missing:
    """A criterion without any piece of evidence, with the explanation given instead."""

    code: str
    name: str
    explanation: str


@dataclass(frozen=True)
class Binder:
    """What the list of a binder holds."""

    pieces: list[Piece]
    missing: list[Missing]


def binder_of(
    session: Session, edition_id: int, unit_id: int, criterion_id: int | None = None
) -> Binder:
    """Return the evidence of a unit in an edition, or of one criterion, in the order of codes.

    It comes from the self-score, from the progress of remedies and from what was handed in for
    their tasks. Survey leaves and what does not apply need none.
    """
    leaves: Sequence[Any] = session.execute(
        select(Criterion, Score)
        .outerjoin(Score, and_(Score.criterion_id == Criterion.id, Score.unit_id == unit_id))
        .where(
            Criterion.edition_id == edition_id,
            Criterion.rule_kind != RuleKind.GROUP,
            *([Criterion.id == criterion_id] if criterion_id is not None else []),
        )
        .order_by(Criterion.position, Criterion.id)
    ).all()
    found = _evidence(session, edition_id, unit_id)
    pieces: dict[int, Piece] = {}
    missing = []
    for criterion, score in leaves:
        here = found.get(score.id, []) if score is not None else []
        for item in here:
            piece = pieces.setdefault(item.id, _piece(len(pieces) + 1, item))
            if criterion.code not in piece.codes:
                piece.codes.append(criterion.code)
        surveyed = criterion.survey or criterion.rule_kind is RuleKind.SURVEY
        if not here and not surveyed and not (score is not None and score.not_applicable):
            words = score.explanation if score is not None else ""
            missing.append(Missing(criterion.code, criterion.name, words))
    return Binder(list(pieces.values()), missing)


def stream(
    binder: Binder, listing: bytes, list_name: str, path_of: Callable[[str], Path]
) -> Iterator[bytes]:
    """Return the binder as a zip, piece by piece, never holding more than one chunk of a file.

    `path_of` says where a digest is kept; a file that is lost there stays out.
    """
    sink = _Sink()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(list_name, listing)
        yield sink.taken()
        for piece in binder.pieces:
            if not piece.digest or not (path := path_of(piece.digest)).is_file():
                continue
            with path.open("rb") as source, archive.open(piece.name, "w", force_zip64=True) as out:
                while chunk := source.read(CHUNK):
                    out.write(chunk)
                    yield sink.taken()
            yield sink.taken()
    yield sink.taken()


class _Sink:
    """Takes what the archive writes and hands it on; it cannot be sought in."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        """Take `data`."""
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def close(self) -> None:
        """Nothing is held here."""

    def taken(self) -> bytes:
        """Return what was written since the last call."""
        data, self._parts = b"".join(self._parts), []
        return data


def _evidence(session: Session, edition_id: int, unit_id: int) -> dict[int, list[Evidence]]:
    own = select(Score.id).join(Criterion, Criterion.id == Score.criterion_id)
    scores = own.where(Criterion.edition_id == edition_id, Score.unit_id == unit_id)
    ways = (
        select(score_evidence.c.score_id, Evidence)
        .join(Evidence, Evidence.id == score_evidence.c.evidence_id)
        .where(score_evidence.c.score_id.in_(scores)),
        select(Remedy.score_id, Evidence)
        .join(RemedyProgress, RemedyProgress.remedy_id == Remedy.id)
        .join(remedy_progress_evidence, remedy_progress_evidence.c.progress_id == RemedyProgress.id)
        .join(Evidence, Evidence.id == remedy_progress_evidence.c.evidence_id)
        .where(Remedy.score_id.in_(scores)),
        select(Remedy.score_id, Evidence)
        .join(remedy_tasks, remedy_tasks.c.remedy_id == Remedy.id)
        .join(HandIn, HandIn.task_id == remedy_tasks.c.task_id)
        .join(hand_in_evidence, hand_in_evidence.c.hand_in_id == HandIn.id)
        .join(Evidence, Evidence.id == hand_in_evidence.c.evidence_id)
        .where(Remedy.score_id.in_(scores), Evidence.unit_id == unit_id),
    )
    found: dict[int, list[Evidence]] = {}
    for query in ways:
        for score_id, item in session.execute(query.order_by(Evidence.id)):
            found.setdefault(score_id, []).append(item)
    return found


def _piece(number: int, item: Evidence) -> Piece:
    return Piece(
        number,
        item.document_number,
        item.document_date,
        item.issuer,
        item.file_name,
        item.digest or "",
    )
