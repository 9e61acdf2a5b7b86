"""The page of one criterion of one unit: rule, scores of every round, notes, evidence, history."""

from typing import Any

from flask import Response as Download
from flask import redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers import Response

from tracker import clock
from tracker.criteria.computing import attainable, computed, steps_of
from tracker.criteria.models import Criterion
from tracker.criteria.queries import criterion_of, edition_by_id
from tracker.db import db, transaction
from tracker.errors import RowErrors, RuleViolation
from tracker.evidence.rules import Upload
from tracker.evidence.views import keep_evidence, send_evidence, take_uploads
from tracker.permissions import Actor, Permission
from tracker.scores import actions, queries
from tracker.scores.actions import Cell
from tracker.scores.blueprint import bp
from tracker.scores.entering import POINT_COLUMNS, Value, surveyed
from tracker.scores.forms import SheetForm
from tracker.scores.models import Score
from tracker.scores.remedies import lost_on
from tracker.scores.round_queries import closed_rounds, due_days, score_history
from tracker.scores.rounds import COLUMNS, Round, refuses
from tracker.sheets import cell_decimal
from tracker.units.queries import unit_by_id
from tracker.web import current_actor, needs, points, refused, say, sentence

Page = str | Response | tuple[str, int]

SEE_OTHER = 303
NUMBERS = frozenset({*POINT_COLUMNS, "part", "whole"})


@bp.route(
    "/scores/account/<int:edition_id>/<int:unit_id>/criteria/<int:criterion_id>",
    methods=["GET", "POST"],
)
@needs(Permission.SCORE_READ)
def sheet(edition_id: int, unit_id: int, criterion_id: int) -> Page:
    """Show one criterion of a unit, and take what the rounds that are open allow."""
    actor = current_actor()
    criterion = criterion_of(db.session, edition_id, criterion_id)
    score = _score(unit_id, criterion_id)
    if score is not None:
        queries.score_of(db.session, score.id, actor)
    else:
        queries.require_unit(actor, unit_id)
    writable = _writable(actor, criterion, unit_id)
    form, status = SheetForm(), 200
    if not form.is_submitted():
        form.show(score)
    else:
        status = 422
        if form.validate():
            try:
                uploads = take_uploads(form.files.data)
                with transaction() as session:
                    _save(session, form, uploads, criterion, unit_id, writable, actor)
            except RowErrors as refusal:
                for row in refusal.rows:
                    form[row.column].errors = [sentence(RuleViolation(row.message, **row.params))]
            except RuleViolation as refusal:
                refused(form, refusal)
            else:
                say(_("Saved: %(name)s.", name=criterion.code))
                return redirect(request.path, SEE_OTHER)
    return _page(form, criterion, score, unit_id, writable), status


@bp.get(
    "/scores/account/<int:edition_id>/<int:unit_id>/criteria/<int:criterion_id>"
    "/evidence/<int:evidence_id>"
)
@needs(Permission.SCORE_READ)
def score_evidence(edition_id: int, unit_id: int, criterion_id: int, evidence_id: int) -> Download:
    """Send a file that a score has."""
    criterion_of(db.session, edition_id, criterion_id)
    score = _score(unit_id, criterion_id)
    if score is None:
        return Download(status=404)
    found = queries.score_of(db.session, score.id, current_actor())
    pieces = [piece for piece in found.evidence if piece.id == evidence_id]
    return send_evidence(pieces[0]) if pieces else Download(status=404)


def _score(unit_id: int, criterion_id: int) -> Score | None:
    return db.session.scalars(
        select(Score).where(Score.unit_id == unit_id, Score.criterion_id == criterion_id)
    ).first()


def _writable(actor: Actor, criterion: Criterion, unit_id: int) -> list[str]:
    if criterion.edition.closed:
        return []
    open_ones = queries.open_columns(actor, unit_id)
    closed = closed_rounds(db.session, criterion.edition_id, unit_id)
    by_survey = {"self_score", "part", "whole"} if surveyed(criterion) else {"survey_score"}
    return [
        name
        for names in COLUMNS.values()
        for name in names
        if name in open_ones and name not in by_survey and not refuses(name, closed)
    ]


def _save(
    session: Any,
    form: SheetForm,
    uploads: list[Upload],
    criterion: Criterion,
    unit_id: int,
    writable: list[str],
    actor: Actor,
) -> None:
    at = clock.now()
    cells = {
        name: Cell(_was(name), _typed(form, name))
        for name in writable
        if f"was-{name}" in request.form
    }
    actions.enter_scores(
        session,
        edition_id=criterion.edition_id,
        unit_id=unit_id,
        cells={criterion.id: cells},
        by=actor,
        at=at,
    )
    number = (form.document_number.data or "").strip()
    given: list[Upload | None] = [*uploads] or ([None] if number else [])
    if given:
        pieces = keep_evidence(
            session,
            given,
            by=actor,
            at=at,
            document_number=number,
            document_date=form.document_date.data,
            issuer=form.issuer.data or "",
            unit_id=unit_id,
        )
        actions.attach_evidence(
            session,
            edition_id=criterion.edition_id,
            unit_id=unit_id,
            criterion_id=criterion.id,
            pieces=pieces,
            by=actor,
            at=at,
        )


def _was(name: str) -> Value:
    text = request.form.get(f"was-{name}", "").strip().replace("\r\n", "\n")
    if name == "not_applicable":
        return bool(text)
    return cell_decimal(text) if name in NUMBERS else text


def _typed(form: SheetForm, name: str) -> Value:
    data = form[name].data
    if name in NUMBERS or name == "not_applicable":
        return data  # type: ignore[no-any-return]
    return (data or "").strip().replace("\r\n", "\n")


def _page(
    form: SheetForm, criterion: Criterion, score: Score | None, unit_id: int, writable: list[str]
) -> str:
    was = {name: _shown(getattr(score, name) if score else None) for name in writable}
    return render_template(
        "scores/sheet.html",
        form=form,
        criterion=criterion,
        edition=edition_by_id(db.session, criterion.edition_id),
        unit=unit_by_id(db.session, unit_id),
        field_of=queries.criterion_field(db.session, criterion),
        score=score,
        lost=lost_on(score) if score else None,
        writable=writable,
        was=was,
        rounds=[(round_, names) for round_, names in COLUMNS.items()],
        closed=closed_rounds(db.session, criterion.edition_id, unit_id),
        days=due_days(db.session, criterion.edition_id),
        steps=steps_of(criterion.rule_text),
        attainable=attainable(criterion.rule_kind, criterion.rule_text, criterion.max_points),
        how=_how(criterion, score),
        acts=score_history(db.session, score.id) if score else [],
        may_read_unit=queries.may_read_unit(current_actor(), unit_id),
        attaches="addition" in queries.open_columns(current_actor(), unit_id)
        and ("explanation" in writable or "addition" in writable),
        Round=Round,
    )


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "1" if value else ""
    return value if isinstance(value, str) else points(value)  # type: ignore[arg-type]


def _how(criterion: Criterion, score: Score | None) -> str:
    """Return the sentence that says what the rule gives, and from which numbers."""
    if score is None:
        return ""
    found = computed(
        criterion.rule_kind, criterion.rule_text, criterion.max_points, score.part, score.whole
    )
    if found is None:
        return ""
    return f"{_(found.how, **found.params)}: {points(found.points, 2)}"
