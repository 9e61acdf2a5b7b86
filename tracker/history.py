"""The append-only trail: who did what, when, on whose behalf, by which way; hash-chained.

An act calls `record`; `write_pending` writes the rows as the last thing before the commit (flush
everything, take the lock, insert), so that the chain can neither fork nor hold up the office.
"""

import hashlib
import json
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

from sqlalchemy import JSON, Index, String, event, insert, inspect, select, text
from sqlalchemy.orm import Mapped, Session, mapped_column

from tracker.db import Base, Word, is_postgresql
from tracker.permissions import Actor, Way

CHAIN_LOCK = 7_205_001
"""The PostgreSQL advisory lock that keeps the chain in one line; any number not used elsewhere."""

FIRST_LINK = "0" * 64
_SILENT = {"password_hash", "link_key", "token_digest"}


class HistoryEntry(Base):
    """One act. `link` is SHA-256 over the row's other columns and the link before."""

    __tablename__ = "history"
    __table_args__ = (Index("ix_history_noun_object_id", "noun", "object_id"),)
    recorded = False

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(index=True)
    name: Mapped[str]
    role: Mapped[str] = mapped_column(String(20))
    post_title: Mapped[str]
    on_behalf_of: Mapped[str]
    way: Mapped[Way] = mapped_column(Word(Way))
    act: Mapped[str] = mapped_column(String(60))
    noun: Mapped[str] = mapped_column(String(40))
    object_id: Mapped[int | None]
    committee_id: Mapped[int | None] = mapped_column(index=True)
    label: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    reason: Mapped[str]
    link: Mapped[str] = mapped_column(String(64))


class JobRun(Base):
    """One run of a job of the timetable, so that a missed or failed run shows."""

    __tablename__ = "job_runs"
    recorded = False

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), index=True)
    started_at: Mapped[datetime]
    finished_at: Mapped[datetime | None] = mapped_column(index=True)
    done: Mapped[int | None]
    error: Mapped[str] = mapped_column(default="")


@dataclass(frozen=True)
class _Act:
    act: str
    subject: Base
    by: Actor
    at: datetime
    on_behalf_of: str
    reason: str
    label: str
    before: dict[str, Any] | None
    after: dict[str, Any] | None
    committee_id: int | None


def record(
    session: Session,
    act: str,
    subject: Base,
    *,
    by: Actor,
    at: datetime,
    on_behalf_of: str = "",
    reason: str = "",
    label: str = "",
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    committee_id: int | None = None,
) -> None:
    """Note one act on `subject`, to be written with the commit.

    `act` is `<noun>.<verb>`. Without `before` and `after` the subject's own changed columns in
    this transaction are taken. `label` names the subject for a reader (a code, a name).
    """
    committee = committee_id if committee_id is not None else getattr(subject, "committee_id", None)
    session.info.setdefault("acts", []).append(
        _Act(
            act,
            subject,
            by,
            at,
            on_behalf_of,
            reason,
            label or _label(subject),
            before,
            after,
            committee,
        )
    )


def write_pending(session: Session) -> None:
    """Write the acts noted in `session`; refuse a change of recorded rows that has no act.

    RuntimeError: rows of a recorded table changed and nobody called `record`: a bug.
    """
    session.flush()
    acts: list[_Act] = session.info.pop("acts", [])
    changes: dict[int, tuple[dict[str, Any], dict[str, Any]]] = session.info.pop("changes", {})
    touched = session.info.pop("touched", set())
    if touched and not acts:
        msg = f"changed without history: {', '.join(sorted(touched))}"
        raise RuntimeError(msg)
    if not acts:
        return
    if is_postgresql(session):
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": CHAIN_LOCK})
    last = session.execute(
        select(HistoryEntry.id, HistoryEntry.link).order_by(HistoryEntry.id.desc()).limit(1)
    ).first()
    number, link = (last.id, last.link) if last else (0, FIRST_LINK)
    rows = []
    for act in acts:
        number += 1
        row = _row(act, number, changes)
        link = row["link"] = _link(row, link)
        rows.append(row)
    # One statement for all rows, also where some columns are empty in some of them.
    session.execute(insert(HistoryEntry), rows, execution_options={"render_nulls": True})


def verify(session: Session) -> tuple[int, int | None]:
    """Walk the chain. Return (rows read, id of the first broken row or None)."""
    link, read = FIRST_LINK, 0
    query = select(HistoryEntry).order_by(HistoryEntry.id).execution_options(yield_per=2000)
    with closing(session.scalars(query)) as entries:
        for read, entry in enumerate(entries, start=1):  # returned below
            row = {c.key: getattr(entry, c.key) for c in HistoryEntry.__table__.columns}
            if entry.id != read or _link(row, link) != entry.link:
                return read, entry.id
            link = entry.link
    return read, None


def _row(
    act: _Act, number: int, changes: dict[int, tuple[dict[str, Any], dict[str, Any]]]
) -> dict[str, Any]:
    before, after = act.before, act.after
    if before is None and after is None:
        before, after = changes.get(id(act.subject), ({}, {}))
    return {
        "id": number,
        "at": act.at.astimezone(UTC),
        "person_id": act.by.person_id,
        "name": act.by.name,
        "role": act.by.role.value,
        "post_title": act.by.post_title,
        "on_behalf_of": act.on_behalf_of,
        "way": act.by.way,
        "act": act.act,
        "noun": act.subject.__tablename__,
        "object_id": getattr(act.subject, "id", None),
        "committee_id": act.committee_id,
        "label": act.label,
        "before": _plain(before) if before else None,
        "after": _plain(after) if after else None,
        "reason": act.reason,
    }


def _link(row: dict[str, Any], previous: str) -> str:
    """Return the link of `row`: SHA-256 of the link before and every other column."""
    content = {key: _plain(value) for key, value in row.items() if key != "link"}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256((previous + canonical).encode()).hexdigest()


def _plain(value: Any) -> Any:  # noqa: PLR0911  # one line per kind of value
    """Return `value` as JSON knows it, the same before writing and after reading."""
    match value:
        case dict():
            return {str(key): _plain(item) for key, item in value.items()}
        case list() | tuple() | set() | frozenset():
            return [_plain(item) for item in value]
        case Enum():
            return value.value
        case datetime():
            return value.astimezone(UTC).isoformat(timespec="microseconds")
        case date():
            return value.isoformat()
        case Decimal():
            return format(value.normalize(), "f")
        case None | bool() | int() | str():
            return value
        case _:
            return str(value)


def _label(subject: Base) -> str:
    for name in ("code", "number", "name", "title", "email"):
        if value := getattr(subject, name, None):
            return str(value)
    return ""


@event.listens_for(Session, "before_flush")
def _collect_changes(session: Session, context: object, instances: object) -> None:  # noqa: ARG001
    """Gather what each object was and becomes: an act may be recorded after the flush."""
    if not session.info.get("writes"):
        return
    changes = session.info.setdefault("changes", {})
    touched = session.info.setdefault("touched", set())
    for obj in [*session.new, *session.dirty, *session.deleted]:
        before, after = changes.setdefault(id(obj), ({}, {}))
        changed = False
        for attribute in inspect(obj).mapper.column_attrs:
            change = inspect(obj).attrs[attribute.key].history
            if not change.has_changes() or attribute.key in _SILENT:
                changed = changed or change.has_changes()
                continue
            changed = True
            if change.deleted and change.deleted[0] is not None:
                before.setdefault(attribute.key, change.deleted[0])
            if change.added:
                after[attribute.key] = change.added[0]
        if (changed or obj in session.deleted) and obj.recorded:
            touched.add(obj.__tablename__)
        session.info.setdefault("kept", []).append(obj)
