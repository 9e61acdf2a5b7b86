"""Index editions, scores, published results and remediation forms of the demo."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial

from sqlalchemy import select
from sqlalchemy.orm import Session

from tracker.criteria.actions import CriterionData, EditionData, save_criterion, save_edition
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.rules import RuleKind
from tracker.demo.days import Days
from tracker.demo.indices import DTI_TREE, PAR_TREE, Leaf, Root, coded, spread_lost
from tracker.demo.papers import Paper, paper
from tracker.demo.script import IndexBook, Plan
from tracker.demo.stage import Stage
from tracker.evidence.actions import add_evidence
from tracker.evidence.rules import check_upload
from tracker.permissions import Actor, Role
from tracker.scores import actions
from tracker.scores.models import Score
from tracker.scores.rules import Measure
from tracker.tasks.models import Task

D = Decimal
HUNDRED = D(100)
PUBLISHED = -172
OPENED = -80
"""The remedies are written down ten working days after the session that asked for them."""

BANDS = ((D(90), "Xuất sắc"), (D(80), "Tốt"), (D(70), "Khá"), (D(0), "Trung bình"))


def par_code(days: Days, before: int = 0) -> str:
    """Return the code of the PAR Index edition of the year looked at, or `before` it."""
    return f"PAR-{days.year - 1 - before}"


def dti_code(days: Days) -> str:
    """Return the code of the digital index edition of the year looked at."""
    return f"DTI-{days.year - 1}"


def plan_scoring(stage: Stage) -> None:
    """Put editions, scores, results and remedies on the agenda."""
    book, days = stage.office.book, stage.days
    at = days.moment(days.day(PUBLISHED), 8)
    for step, act in enumerate(
        (
            partial(_open_par, stage, 1),
            partial(_open_par, stage, 0),
            partial(_open_dti, stage),
            partial(_score_all, stage, book),
            partial(_publish_par, stage, book),
            partial(_publish_others, stage, book),
            partial(_close_before, stage),
        )
    ):
        stage.plan(at + timedelta(minutes=30 * step), act)
    for unit, plans in book.plans.items():
        for number, plan in enumerate(plans):
            opened = min(plan.due - 8, max(OPENED, book.opened.get(unit, OPENED)))
            first = min((day for day, _, _ in plan.told), default=0)
            opened = min(opened, first - 1)
            moment = days.moment(days.day(opened), 14) + timedelta(minutes=number)
            stage.plan(moment, partial(_open_remedy, stage, unit, plan))
            if plan.index == "PAR":
                act = partial(_link_tasks, stage, unit, plan)
                stage.plan(moment + timedelta(hours=2), act)
            _plan_told(stage, unit, plan)


def _plan_told(stage: Stage, unit: str, plan: Plan) -> None:
    days = stage.days
    for number, (day, percent, words) in enumerate(plan.told):
        act = partial(_report, stage, unit, plan, percent, words, number)
        stage.plan(days.moment(days.day(day), 15, 45), act)
    if plan.complete is not None:
        act = partial(_vouch, stage, unit, plan)
        stage.plan(days.moment(days.day(plan.complete), 16, 30), act)


def _open_par(stage: Stage, before: int, session: Session, at: datetime) -> None:
    data = EditionData(
        code=par_code(stage.days, before),
        index="PAR Index",
        year=stage.days.year - 1 - before,
        scale=HUNDRED,
        level="commune",
        name=f"Chỉ số cải cách hành chính cấp xã năm {stage.days.year - 1 - before}",
    )
    _open_edition(stage, data, PAR_TREE, session, at)


def _open_dti(stage: Stage, session: Session, at: datetime) -> None:
    data = EditionData(
        code=dti_code(stage.days),
        index="DTI",
        year=stage.days.year - 1,
        scale=D(600),
        level="commune",
        name=f"Chỉ số chuyển đổi số cấp xã năm {stage.days.year - 1}",
    )
    _open_edition(stage, data, DTI_TREE, session, at)


def _open_edition(
    stage: Stage, data: EditionData, tree: tuple[Root, ...], session: Session, at: datetime
) -> None:
    by = stage.secretary(session, at)
    edition = save_edition(session, None, data, by=by, at=at)
    ids: dict[str, int] = {}
    for code, name, above, leaf, most in coded(tree):
        criterion = save_criterion(
            session,
            edition,
            None,
            CriterionData(
                code=code,
                name=name,
                max_points=most,
                parent_id=ids[above] if above else None,
                kind=leaf.kind if leaf else RuleKind.GROUP,
                rule_text=leaf.rule if leaf else "",
                survey=leaf is not None and leaf.kind is RuleKind.SURVEY,
            ),
            by=by,
            at=at,
        )
        ids[code] = criterion.id


def lost_by(book: IndexBook, unit: str, *, before: bool) -> dict[str, Decimal]:
    """Return the points that a unit lost on each leaf of the PAR Index."""
    if unit == book.ward:
        return {
            code: D(leaf.lost_before if before else leaf.lost)
            for code, _, _, leaf, _ in coded(PAR_TREE)
            if leaf is not None
        }
    total = D(book.results[unit][1 if before else 0])
    sure = {plan.code: D(plan.expected) for plan in book.plans.get(unit, ())}
    return spread_lost(PAR_TREE, HUNDRED - total, seed=unit, sure={} if before else sure)


def _score_all(stage: Stage, book: IndexBook, session: Session, at: datetime) -> None:
    by = stage.secretary(session, at)
    for before in (1, 0):
        criteria = _criteria(session, par_code(stage.days, before))
        for unit in (book.ward, *book.scored):
            lost = lost_by(book, unit, before=bool(before))
            _enter(stage, session, criteria, PAR_TREE, unit, lost, by=by, at=at)
    lost = {code: D(leaf.lost) for code, _, _, leaf, _ in coded(DTI_TREE) if leaf is not None}
    criteria = _criteria(session, dti_code(stage.days))
    _enter(stage, session, criteria, DTI_TREE, book.ward, lost, by=by, at=at)


def _criteria(session: Session, edition: str) -> dict[str, Criterion]:
    found = session.scalars(select(Criterion).join(Edition).where(Edition.code == edition))
    return {criterion.code: criterion for criterion in found}


def _enter(
    stage: Stage,
    session: Session,
    criteria: dict[str, Criterion],
    tree: tuple[Root, ...],
    unit: str,
    lost: dict[str, Decimal],
    *,
    by: Actor,
    at: datetime,
) -> None:
    cells = {
        criteria[code].id: _cells(leaf, most, lost[code])
        for code, _, _, leaf, most in coded(tree)
        if leaf is not None
    }
    edition_id = next(iter(criteria.values())).edition_id
    actions.enter_scores(
        session,
        edition_id=edition_id,
        unit_id=stage.units[unit],
        cells=cells,
        by=by,
        at=at,
    )


def _cells(leaf: Leaf, most: Decimal, lost: Decimal) -> dict[str, actions.Cell]:
    """Return what is typed for a leaf: surveyed, or self-scored a little high and then settled."""
    final = most - lost
    if leaf.kind is RuleKind.SURVEY:
        typed = {"survey_score": final, "final_score": final}
    else:
        hoped = min(most, final + D("0.25")) if lost else final
        typed = {"self_score": hoped, "appraised_1": final, "final_score": final}
    return {name: actions.Cell(None, value) for name, value in typed.items()}


def _publish_par(stage: Stage, book: IndexBook, session: Session, at: datetime) -> None:
    by = stage.secretary(session, at)
    for block, units in book.blocks.items():
        for before in (True, False):
            place = _ranks(book, units, before=before)
            older = _ranks(book, units, before=True)
            code = par_code(stage.days, int(before))
            edition_id = session.scalars(select(Edition.id).where(Edition.code == code)).one()
            for unit in units:
                now, then = (D(value) for value in book.results[unit])
                value = then if before else now
                actions.save_result(
                    session,
                    edition_id=edition_id,
                    unit_id=stage.units[unit],
                    value=value,
                    measure=Measure.PERCENT if unit in book.in_percent else Measure.POINTS,
                    by=by,
                    at=at,
                    change=None if before else now - then,
                    rank=place[unit],
                    ranked=len(units),
                    rank_change=None if before else older[unit] - place[unit],
                    block=block,
                    band=next(word for least, word in BANDS if value >= least),
                )
    edition = session.scalars(select(Edition.id).where(Edition.code == par_code(stage.days))).one()
    for unit, (rank, ranked, rank_change) in book.places.items():
        now, then = (D(value) for value in book.results[unit])
        actions.save_result(
            session,
            edition_id=edition,
            unit_id=stage.units[unit],
            value=now,
            measure=Measure.POINTS,
            by=by,
            at=at,
            change=now - then,
            rank=rank,
            ranked=ranked,
            rank_change=rank_change,
            band=next(word for least, word in BANDS if now >= least),
        )
    _publish_fields(stage, book, session, by=by, at=at)


def _ranks(book: IndexBook, units: tuple[str, ...], *, before: bool) -> dict[str, int]:
    """Return the place of each unit in its block."""
    totals = {unit: D(book.results[unit][1 if before else 0]) for unit in units}
    ordered = sorted(totals.values(), reverse=True)
    return {unit: ordered.index(total) + 1 for unit, total in totals.items()}


def _publish_fields(
    stage: Stage, book: IndexBook, session: Session, *, by: Actor, at: datetime
) -> None:
    criteria = _criteria(session, par_code(stage.days))
    block_of = {unit: (name, len(units)) for name, units in book.blocks.items() for unit in units}
    for unit in (book.ward, *book.scored):
        lost, older = (lost_by(book, unit, before=before) for before in (False, True))
        block, ranked = block_of.get(unit, ("", 0))
        for number, root in enumerate(PAR_TREE, start=1):
            start = f"{number}."
            whole = criteria[str(number)].max_points
            now = whole - sum((p for code, p in lost.items() if code.startswith(start)), D(0))
            then = whole - sum((p for code, p in older.items() if code.startswith(start)), D(0))
            first = root.name and number in book.first_fields.get(unit, ())
            actions.save_result(
                session,
                edition_id=criteria["1"].edition_id,
                unit_id=stage.units[unit],
                criterion_id=criteria[str(number)].id,
                value=now,
                measure=Measure.POINTS,
                by=by,
                at=at,
                change=now - then,
                rank=1 if first else None,
                ranked=ranked if first else None,
                block=block,
            )


def _publish_others(stage: Stage, book: IndexBook, session: Session, at: datetime) -> None:
    """Publish the digital index of some units, and the satisfaction index (SIPAS) in percent."""
    by = stage.secretary(session, at)
    year = stage.days.year - 1
    dti = session.scalars(select(Edition.id).where(Edition.code == dti_code(stage.days))).one()
    for unit, (value, rank, ranked) in book.dti.items():
        actions.save_result(
            session,
            edition_id=dti,
            unit_id=stage.units[unit],
            value=D(value),
            measure=Measure.POINTS,
            by=by,
            at=at,
            rank=rank,
            ranked=ranked,
        )
    if not book.sipas:
        return
    data = EditionData(
        code=f"SIPAS-{year}",
        index="SIPAS",
        year=year,
        scale=HUNDRED,
        level="commune",
        name=f"Chỉ số hài lòng của người dân, tổ chức năm {year}",
    )
    edition = save_edition(session, None, data, by=by, at=at)
    for unit, (value, change) in book.sipas.items():
        actions.save_result(
            session,
            edition_id=edition.id,
            unit_id=stage.units[unit],
            value=D(value),
            measure=Measure.PERCENT,
            by=by,
            at=at,
            change=D(change),
        )


def _close_before(stage: Stage, session: Session, at: datetime) -> None:
    code = par_code(stage.days, 1)
    edition = session.scalars(select(Edition).where(Edition.code == code)).one()
    data = EditionData(
        code=edition.code,
        index=edition.index,
        year=edition.year,
        scale=edition.scale,
        level=edition.level,
        name=edition.name,
        closed=True,
    )
    save_edition(session, edition, data, by=stage.secretary(session, at), at=at)


def _score_of(stage: Stage, session: Session, unit: str, plan: Plan) -> Score:
    edition = dti_code(stage.days) if plan.index == "DTI" else par_code(stage.days)
    return session.scalars(
        select(Score)
        .join(Criterion, Criterion.id == Score.criterion_id)
        .join(Edition, Edition.id == Criterion.edition_id)
        .where(
            Score.unit_id == stage.units[unit],
            Criterion.code == plan.code,
            Edition.code == edition,
        )
    ).one()


def _writer(stage: Stage, session: Session, unit: str, at: datetime) -> Actor:
    """Return the unit's head, or the secretary where the head has no account."""
    head = stage.office.heads.get(unit, unit.lower())
    if stage.has_account(head):
        return stage.actor(session, head, at, Role.UNIT_HEAD)
    return stage.secretary(session, at)


def _data(stage: Stage, unit: str, plan: Plan, task_ids: tuple[int, ...]) -> actions.RemedyData:
    owner = stage.office.book.owners.get((unit, plan.code), unit)
    return actions.RemedyData(
        cause_class=plan.cause_class,
        cause=plan.cause,
        solution=plan.solution,
        owner_unit_id=stage.units[owner],
        officer_id=stage.people.get(plan.officer),
        due_on=stage.days.day(plan.due),
        expected_points=D(plan.expected),
        evidence_needed=plan.evidence,
        task_ids=task_ids,
    )


def _open_remedy(stage: Stage, unit: str, plan: Plan, session: Session, at: datetime) -> None:
    score = _score_of(stage, session, unit, plan)
    by = _writer(stage, session, unit, at)
    actions.save_remedy(session, score, _data(stage, unit, plan, ()), edition=0, by=by, at=at)
    if plan.officer:
        actions.name_criterion_owner(
            session,
            criterion_id=score.criterion_id,
            unit_id=score.unit_id,
            person_id=stage.people[plan.officer],
            by=by,
            at=at,
        )


def _link_tasks(stage: Stage, unit: str, plan: Plan, session: Session, at: datetime) -> None:
    """Link the open tasks that mend the criterion: the unit's own, and those of the province."""
    plans = stage.office.book.plans
    wanted = [
        task_id
        for (lead, code), ids in stage.tasks_by_remedy.items()
        if code == plan.code
        and (lead == unit or (unit == stage.office.book.ward and lead not in plans))
        for task_id in ids
    ]
    found = session.scalars(
        select(Task.id).where(
            Task.id.in_(wanted), Task.accepted_on.is_(None), Task.left_on.is_(None)
        )
    )
    if not (task_ids := tuple(found)):
        return
    score = _score_of(stage, session, unit, plan)
    remedy = score.remedy
    edition = remedy.edition if remedy else 0
    data = _data(stage, unit, plan, task_ids)
    by = stage.secretary(session, at)
    actions.save_remedy(session, score, data, edition=edition, by=by, at=at)


def _report(
    stage: Stage,
    unit: str,
    plan: Plan,
    percent: int,
    words: str,
    number: int,
    session: Session,
    at: datetime,
) -> None:
    score = _score_of(stage, session, unit, plan)
    by = _writer(stage, session, unit, at)
    pieces = []
    if percent == HUNDRED or number == 0:
        name = f"tieu-chi-{plan.code}-{number + 1}"
        kind = Paper.PICTURE if number % 2 else Paper.TEXT
        file_name, content = paper(kind, name, (plan.solution, words))
        upload = check_upload(file_name, content)
        stage.store.put(content)
        pieces.append(
            add_evidence(
                session,
                stage.store,
                upload=upload,
                by=by,
                at=at,
                unit_id=stage.units[unit],
            )
        )
    actions.report_remedy(
        session, score, text=words, percent=percent, by=by, at=at, evidence=pieces
    )


def _vouch(stage: Stage, unit: str, plan: Plan, session: Session, at: datetime) -> None:
    score = _score_of(stage, session, unit, plan)
    by = _writer(stage, session, unit, at)
    actions.mark_evidence(session, score, complete=True, by=by, at=at)
