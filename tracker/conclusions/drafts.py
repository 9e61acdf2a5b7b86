"""Drafts: what somebody has typed for a clause and not yet confirmed; re-stated in `actions`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from tracker.conclusions.models import Clause
from tracker.conclusions.notices import require_editable
from tracker.conclusions.review_models import ClauseDraft
from tracker.permissions import Actor, Permission, require

LONGEST = 20_000


@dataclass(frozen=True)
class Drafts:
    """The drafts of some clauses, by clause id: one's own, and who else is typing since when."""

    own: dict[int, ClauseDraft]
    others: dict[int, list[tuple[str, datetime]]]


def keep_draft(
    session: Session,
    clause_id: int,
    typed: Mapping[str, list[str]],
    *,
    edition: int,
    by: Actor,
    at: datetime,
) -> list[str]:
    """Keep what `by` has typed for a clause (field → values); return who else has drafts of it.

    Nothing of the notice changes and nothing is checked. NoResultFound: no such clause.
    NotAllowed, RuleViolation: not yours, or frozen.
    """
    clause = session.scalars(
        select(Clause).where(Clause.id == clause_id).options(joinedload(Clause.notice))
    ).one()
    require(by, Permission.CONCLUSION_RECORD, committee_id=clause.notice.committee_id)
    require_editable(clause.notice)
    drafts = session.scalars(
        select(ClauseDraft)
        .where(ClauseDraft.clause_id == clause_id)
        .options(joinedload(ClauseDraft.person))
    ).all()
    if by.person_id is not None:
        own = next((draft for draft in drafts if draft.person_id == by.person_id), None)
        if own is None:
            own = ClauseDraft(clause_id=clause_id, person_id=by.person_id)
            session.add(own)
        own.at, own.edition = at, edition
        own.typed = {name: [text[:LONGEST] for text in texts] for name, texts in typed.items()}
    return [draft.person.name for draft in drafts if draft.person_id != by.person_id]


def drop_draft(session: Session, clause_id: int, by: Actor) -> None:
    """Forget one's own draft of a clause: it is confirmed, or not wanted any more."""
    session.execute(
        delete(ClauseDraft).where(
            ClauseDraft.clause_id == clause_id, ClauseDraft.person_id == by.person_id
        )
    )


def drafts_of(session: Session, actor: Actor, clause_ids: Iterable[int]) -> Drafts:
    """Return the drafts of some clauses of a notice that `actor` may record."""
    own: dict[int, ClauseDraft] = {}
    others: dict[int, list[tuple[str, datetime]]] = {}
    for draft in session.scalars(
        select(ClauseDraft)
        .where(ClauseDraft.clause_id.in_(list(clause_ids)))
        .options(joinedload(ClauseDraft.person))
        .order_by(ClauseDraft.at)
    ):
        if draft.person_id == actor.person_id:
            own[draft.clause_id] = draft
        else:
            others.setdefault(draft.clause_id, []).append((draft.person.name, draft.at))
    return Drafts(own, others)
