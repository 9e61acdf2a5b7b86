"""What the pages of acts share: a refused act shows its form again with what was typed."""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from tracker.errors import BadInput, RuleViolation
from tracker.web import Form, back_to, refused, say

REFUSED_INPUT, REFUSED_ACT = 422, 409


@contextmanager
def refusals(form: Form) -> Iterator[None]:
    """Put a refusal on the form instead of raising it; the lines after it run only then."""
    try:
        yield
    except RuleViolation as refusal:
        form.refused_with = REFUSED_INPUT if isinstance(refusal, BadInput) else REFUSED_ACT
        refused(form, refusal)


def form_page(template: str, form: Form, **values: object) -> tuple[str, int]:
    """Return the page of a form: as it is first shown, or with what is wrong with it."""
    wrong = bool(form.errors or form.form_errors)
    status = getattr(form, "refused_with", REFUSED_INPUT if wrong else 200)
    return render_template(template, form=form, **values), status


def back_to_task(task_id: int, message: str) -> Response:
    """Say what was done and lead back to the page that sent here (`back`), else to the task."""
    say(message)
    page = back_to(request.args.get("back"), url_for("pages.task", task_id=task_id))
    return redirect(page, 303)
