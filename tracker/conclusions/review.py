"""The secretary's acts on clauses and proposals; re-stated in `actions`."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from tracker import history
from tracker.conclusions.clauses import unit_ids
from tracker.conclusions.drafts import drop_draft
from tracker.conclusions.earlier import open_among
from tracker.conclusions.editing import (
    Before,
    clause_for_edit,
    in_words,
    is_clear,
    name_of,
    note_change,
)
from tracker.conclusions.models import Clause, Notice, Proposal
from tracker.conclusions.notices import require_editable
from tracker.conclusions.review_rules import (
    NEEDS_REASON,
)
from tracker.conclusions.rules import WORKED, ClauseVerdict
from tracker.conclusions.steps import remember, set_earlier, state_of
from tracker.conclusions.typed import ClauseEdit, keep, typed_words
from tracker.deadlines.queries import working_calendar
from tracker.errors import N_, BadInput, EditedByAnother
from tracker.permissions import Actor, Permission, require
from tracker.units.queries import unit_directory
from tracker.workdays import office_day


def save_clause(
    session: Session, edit: ClauseEdit, *, by: Actor, at: datetime, confirm: bool = True
) -> Clause:
    """Keep what was typed for a clause and, with `confirm`, take it as accounted for.

    EditedByAnother: somebody changed this clause since `edition`; nothing is lost. BadInput: an
    unknown unit, or words that give no date (`field` is `<proposal id>:<name>`).
    """
    clause = clause_for_edit(session, edit.clause_id, by)
    notice = clause.notice
    if clause.changed_in > edit.edition:
        raise EditedByAnother(theirs=in_words(clause), yours=typed_words(edit))
    before = Before.of(clause)
    today = office_day(at)
    directory = unit_directory(session, today)
    calendar = working_calendar(session)
    ids = unit_ids(session)
    near = notice.issued_on or (notice.meeting.held_on if notice.meeting else today)
    named = {task_id for typed in edit.proposals for task_id in typed.earlier}
    known = open_among(session, named, committee_id=notice.committee_id) if named else set()
    proposals = {proposal.id: proposal for proposal in clause.proposals}
    for typed in edit.proposals:
        proposal = proposals.get(typed.proposal_id)
        if proposal is not None and edit.verdict not in NEEDS_REASON:
            keep(proposal, typed, directory, ids, calendar, near)
            if typed.earlier:
                fates = dict.fromkeys(known.intersection(typed.earlier), typed.fate)
                set_earlier(proposal, fates if typed.fate else {})
    _decide(clause, edit, confirm=confirm)
    if confirm or state_of(clause) != before.states[clause.id]:
        note_change(session, "notice.review-clause", clause, by=by, at=at, before=before)
    drop_draft(session, clause.id, by)
    return clause


def accept_clear(
    session: Session,
    notice: Notice,
    *,
    by: Actor,
    at: datetime,
    reasons: Mapping[ClauseVerdict, str],
    clause_ids: Iterable[int] | None = None,
) -> int:
    """Confirm every clause that was read clearly (of `clause_ids`, or all); return how many.

    `reasons` are written for general guidance and for clauses without a task. A clause with a
    doubt or a lack stays as it is.
    """
    require(by, Permission.CONCLUSION_RECORD, committee_id=notice.committee_id)
    require_editable(notice)
    wanted = None if clause_ids is None else set(clause_ids)
    clauses = session.scalars(
        select(Clause)
        .where(Clause.notice_id == notice.id, Clause.verdict == ClauseVerdict.OPEN)
        .options(
            selectinload(Clause.proposals).selectinload(Proposal.units),
            selectinload(Clause.proposals).selectinload(Proposal.earlier),
        )
        .order_by(Clause.position)
    )
    accepted, states = [], {}
    for clause in clauses:
        reason = reasons.get(clause.suggested, "")
        if (wanted is None or clause.id in wanted) and is_clear(clause, reason):
            states[clause.id] = state_of(clause)
            clause.verdict = clause.suggested
            clause.reason = reason if clause.suggested in NEEDS_REASON else ""
            accepted.append(clause)
    if not accepted:
        return 0
    notice.edition += 1
    for clause in accepted:
        clause.changed_in = notice.edition
    where = ", ".join(name_of(clause) for clause in accepted)
    remember(session, notice, "notice.accept-clear", where, states, by=by, at=at)
    history.record(
        session,
        "notice.accept-clear",
        notice,
        by=by,
        at=at,
        before={},
        after={"confirmed": [f"{name_of(c)}: {c.verdict.value}" for c in accepted]},
    )
    return len(accepted)


def _decide(clause: Clause, edit: ClauseEdit, *, confirm: bool) -> None:
    verdict = edit.verdict
    if verdict in WORKED and clause.proposals:
        if len(clause.proposals) == 1:
            clause.proposals[0].target = verdict is ClauseVerdict.TARGET
        all_targets = all(proposal.target for proposal in clause.proposals)
        verdict = ClauseVerdict.TARGET if all_targets else ClauseVerdict.TASK
    meeting = clause.notice.meeting
    persons = {person.id for person in meeting.participants} if meeting else set()
    if edit.concluded_by_id is not None and edit.concluded_by_id not in persons:
        raise BadInput(N_("Choose somebody who took part in the meeting."), field="concluded_by")
    clause.reason = edit.reason.strip() if verdict in NEEDS_REASON else ""
    clause.concluded_by_id = edit.concluded_by_id
    clause.heading = clause.heading and verdict not in WORKED
    if verdict is not ClauseVerdict.OPEN:
        clause.suggested = verdict
    clause.verdict = verdict if confirm else ClauseVerdict.OPEN
