"""The list of conclusions, submission and files of a notice."""

from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeVar

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from tracker import clock
from tracker.committees.queries import committees_of
from tracker.conclusions import (
    actions,
    comparison_views,
    entry_views,
    import_views,
    issue_views,
    meeting_views,
    queries,
    review_queries,
    review_views,
    rule_views,
)
from tracker.conclusions.blueprint import bp
from tracker.conclusions.forms import FilesForm
from tracker.conclusions.rules import NoticeState, SourceKind
from tracker.conclusions.taking import keep_files
from tracker.db import db, transaction
from tracker.errors import N_, BadInput, NotAllowed, RuleViolation
from tracker.evidence.views import send_evidence, take_uploads
from tracker.permissions import Permission, may
from tracker.web import an_id, current_actor, label, needs, say, sentence

if TYPE_CHECKING:
    pass

__all__ = [
    "bp",
    "comparison_views",
    "entry_views",
    "import_views",
    "issue_views",
    "meeting_views",
    "review_views",
    "rule_views",
]

E = TypeVar("E", bound=StrEnum)
Page = str | Response | tuple[str, int]
SEE_OTHER = 303
FILTERS = ("q", "state", "kind", "committee", "year")


@bp.get("/conclusions")
@needs(Permission.CONCLUSION_READ)
def index() -> Page:
    """List the notices that the reader may see."""
    actor, asked = current_actor(), request.args
    filters = queries.NoticeFilters(
        words=asked.get("q", "").replace("\0", "").strip()[:200],
        state=_member(NoticeState, asked.get("state")),
        committee_id=asked.get("committee", type=an_id),
        kind=_member(SourceKind, asked.get("kind")),
        year=_year(asked.get("year", type=int)),
    )
    page = queries.list_notices(db.session, actor, filters, page=asked.get("page", 1, type=int))
    kept: dict[str, Any] = {key: asked[key] for key in FILTERS if asked.get(key)}
    committees = committees_of(db.session, actor)

    def address(number: int) -> str:
        return url_for("conclusions.index", **kept, page=number)

    return render_template(
        "conclusions/index.html",
        page=page,
        filters=filters,
        kept=kept,
        committees=committees,
        state_options=[(state.value, label(state)) for state in NoticeState],
        kind_options=[(kind.value, label(kind)) for kind in SourceKind],
        committee_options=[(row.id, row.short_name or row.name) for row in committees],
        before=address(page.page - 1) if page.page > 1 else "",
        after=address(page.page + 1) if page.page < page.pages else "",
        may_record=any(
            may(actor, Permission.CONCLUSION_RECORD, committee_id=committee_id)
            for committee_id in actor.committee_ids
        ),
    )


@bp.post("/conclusions/<int:notice_id>/submission")
@needs(Permission.CONCLUSION_RECORD)
def submission(notice_id: int) -> Page:
    """Note that the draft went to be signed."""
    actor = current_actor()
    with transaction() as session:
        notice = review_queries.notice_for_review(session, actor, notice_id, lock=True)
        actions.submit(session, notice, by=actor, at=clock.now())
    say(_("Submitted for signature."))
    return redirect(url_for("pages.conclusion", notice_id=notice_id), SEE_OTHER)


@bp.post("/conclusions/<int:notice_id>/files")
@needs(Permission.CONCLUSION_RECORD)
def files(notice_id: int) -> Page:
    """Attach a signed file or a scan."""
    form, actor = FilesForm(), current_actor()
    review_queries.notice_for_review(db.session, actor, notice_id)
    try:
        uploads = take_uploads([form.file.data] if form.file.data else [])
        if not uploads:
            raise BadInput(N_("Choose a file."), field="file")
        with transaction() as session:
            notice = review_queries.notice_for_review(session, actor, notice_id, lock=True)
            keep_files(session, notice, uploads[:1], by=actor, at=clock.now())
    except NotAllowed:
        raise
    except RuleViolation as refusal:
        flash(sentence(refusal), "alert")
    return redirect(url_for("pages.conclusion", notice_id=notice_id), SEE_OTHER)


@bp.get("/conclusions/<int:notice_id>/files/<int:evidence_id>")
@needs(Permission.CONCLUSION_READ)
def file(notice_id: int, evidence_id: int) -> Response:
    """Hand out a file of a notice that the reader may see."""
    notice = queries.notice_by_id(db.session, current_actor(), notice_id)
    for evidence in notice.files:
        if evidence.id == evidence_id:
            return send_evidence(evidence)
    return Response(status=404)


def _member(words: type[E], value: str | None) -> E | None:
    try:
        return words(value) if value else None
    except ValueError:
        return None


def _year(year: int | None) -> int | None:
    return year if year is not None and 1990 <= year <= 2200 else None
