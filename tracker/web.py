"""The edge: current actor, `@needs`, base Form and fields, filters, translating refusals."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, TypeVar, cast
from urllib.parse import urlsplit

import flask_login
from flask import (
    Flask,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext, lazy_gettext
from flask_wtf import FlaskForm
from flask_wtf.csrf import CSRFError
from markupsafe import Markup
from sqlalchemy.exc import IntegrityError, NoResultFound
from werkzeug.wrappers import Response
from wtforms import Field, FieldList, FormField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]
from wtforms.validators import ValidationError
from wtforms.widgets import TextInput

from config import Config
from tracker.clock import today
from tracker.errors import N_, BadInput, NotAllowed, Refusal, RowErrors, RuleViolation
from tracker.permissions import Actor, Permission, Role, may_anywhere
from tracker.words import label_of
from tracker.workdays import OFFICE_ZONE

P = ParamSpec("P")
R = TypeVar("R")

AT_ONCE = N_(
    "Somebody else saved the same thing at this moment. Look at what is there now, and send yours"
    " again if it is still needed."
)
LARGEST_ID = 2**31 - 1
LANGUAGES = ("vi", "en")
THEMES = ("light", "dark")
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass
class SignedIn(flask_login.UserMixin):  # type: ignore[misc]
    """Who is signed in: the actor and the person's preferences. `token` identifies the session."""

    token: str
    actor: Actor
    language: str = "vi"
    theme: str = "light"
    must_change_password: bool = False
    posts: list[tuple[int, str, Role]] = field(default_factory=list)

    def get_id(self) -> str:
        """Return what the session cookie holds."""
        return self.token


def settings() -> Config:
    """Return the running application's settings."""
    return cast(Config, current_app.config["TRACKER"])


def signed_in() -> SignedIn | None:
    """Return who is signed in, or None."""
    user = flask_login.current_user._get_current_object()  # noqa: SLF001  # not the proxy
    return user if isinstance(user, SignedIn) else None


def current_actor() -> Actor:
    """Return the signed-in actor. NotAllowed when nobody is signed in."""
    user = signed_in()
    if user is None:
        raise NotAllowed
    return user.actor


def needs(permission: Permission) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Let a view run only for actors who hold `permission` over something."""

    def decorate(view: Callable[P, R]) -> Callable[P, R]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
            if not may_anywhere(current_actor(), permission):
                raise NotAllowed
            return view(*args, **kwargs)

        guarded.needs = permission  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(view: Callable[P, R]) -> Callable[P, R]:
    """Mark a view as open to anybody."""
    view.public = True  # type: ignore[attr-defined]
    return view


def send_to_sign_in() -> Response | None:
    """Before every request: anonymous visitors go to the sign-in page, whatever the address."""
    view = current_app.view_functions.get(request.endpoint or "")
    if request.endpoint in {"static", "bootstrap.static"} or getattr(view, "public", False):
        return None
    user = signed_in()
    if user is None:
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        target = wanted if wanted and wanted != "/" else None
        return redirect(url_for("people.sign_in", next=target))
    if user.must_change_password and request.endpoint not in {
        "people.password",
        "people.password_submit",
        "people.sign_out",
        "people.language",
        "people.theme",
    }:
        return redirect(url_for("people.password"))
    return None


def language() -> str:
    """Return the reader's language: the person's, else the visitor's choice, else Vietnamese."""
    user = signed_in()
    if user is not None:
        return user.language
    chosen = session.get("language")
    return chosen if chosen in LANGUAGES else "vi"


def theme() -> str:
    """Return the reader's theme."""
    user = signed_in()
    chosen = user.theme if user is not None else session.get("theme")
    return str(chosen) if chosen in THEMES else "light"


def an_id(text: str) -> int:
    """Return an id. ValueError: it is none, or larger than the database counts."""
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 10 else 0
    if not 0 < number <= LARGEST_ID:
        raise ValueError("not an id")
    return number


def edition_in(text: str | None) -> int:
    """Return the edition in a form's hidden field; 0, which no row has, for anything else."""
    try:
        return an_id(text or "")
    except ValueError:
        return 0


def back_to(target: str | None, otherwise: str) -> str:
    """Return `target` if it is an address on this site, else `otherwise` (no open redirect)."""
    if not target:
        return otherwise
    parts = urlsplit(target)
    safe = not parts.scheme and not parts.netloc and target.startswith("/")
    return target if safe and not target.startswith(("//", "/\\")) else otherwise


def sentence(refusal: Refusal) -> str:
    """Return the refusal in the reader's language."""
    params = {
        key: gettext(label_of(value)) if isinstance(value, StrEnum) else value
        for key, value in refusal.params.items()
    }
    return str(gettext(refusal.message, **params))


def row_sentences(refusal: RowErrors) -> list[tuple[int, str, str]]:
    """Return (line, column, sentence) of every bad row in the reader's language."""
    return [
        (row.line, row.column or "", sentence(Refusal(row.message, **row.params)))
        for row in refusal.rows
    ]


def refused(form: "Form", refusal: Refusal) -> None:
    """Put a refusal on the form: at the field it names, else above the form."""
    name = getattr(refusal, "field", None)
    if isinstance(refusal, BadInput) and name and name in form:
        form[name].errors = [*form[name].errors, sentence(refusal)]
    else:
        form.form_errors.append(sentence(refusal))


def say(message: str) -> None:
    """Show `message` (already translated) once, on the next page."""
    flash(message, "status")


def offered(*pairs: tuple[Any, Any]) -> list[SelectChoice]:
    """Return (value, words) pairs as the choices of a field."""
    return [SelectChoice(value, words) for value, words in pairs]


def _without_nul(value: Any) -> Any:
    """Take out the one character that PostgreSQL cannot keep."""
    return value.replace("\0", "") if isinstance(value, str) else value


class _Sentences:
    """What WTForms itself says, by our catalogue; it fills the placeholders."""

    KNOWN = (
        N_("Not a valid choice."),
        N_("Invalid Choice: could not coerce."),
        N_("Not a valid integer value."),
        N_("This field is required."),
        N_("Number must be at least %(min)s."),
        N_("Number must be at most %(max)s."),
        N_("Number must be between %(min)s and %(max)s."),
        N_("Field cannot be longer than %(max)d character."),
        N_("Field cannot be longer than %(max)d characters."),
    )

    def gettext(self, message: str) -> str:
        """Return the reader's sentence."""
        return str(gettext(message))

    def ngettext(self, one: str, many: str, count: int) -> str:
        """Return the reader's sentence for `count`."""
        return str(gettext(one if count == 1 else many))


class Form(FlaskForm):  # type: ignore[misc]
    """Base of every form: shape and wording only; rules live in actions."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """How fields are made: each is read without NUL."""

        def get_translations(self, form: Any) -> _Sentences:  # noqa: ARG002
            """Return how WTForms finds its sentences."""
            return _Sentences()

        def bind_field(self, form: Any, unbound_field: Any, options: dict[str, Any]) -> Any:
            """Return the field bound to its form."""
            if not issubclass(unbound_field.field_class, FieldList | FormField):
                filters = [_without_nul, *unbound_field.kwargs.get("filters", ())]
                options = {**options, "filters": filters}
            return unbound_field.bind(form=form, **options)


class DayField(Field):
    """A date typed dd/mm/yyyy (ISO is accepted too); `data` is a date or None."""

    widget = TextInput()
    typed = ""
    data: date | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; keep it when it cannot be read."""
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not self.typed:
            return
        for pattern in ("%d/%m/%Y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y"):
            try:
                self.data = datetime.strptime(self.typed, pattern).date()  # noqa: DTZ007
            except ValueError:
                continue
            return
        raise ValueError(gettext("Write the date as dd/mm/yyyy, for example 30/04/2026."))

    def _value(self) -> str:
        return self.typed if self.typed and self.data is None else day(self.data)


class PointsField(Field):
    """A decimal with comma or point; `data` is a Decimal or None."""

    widget = TextInput()
    typed = ""
    data: Decimal | None

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed; keep it when it cannot be read."""
        self.typed = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not self.typed:
            return
        try:
            number = Decimal(self.typed.replace("\N{NO-BREAK SPACE}", "").replace(",", "."))
        except InvalidOperation:
            raise ValueError(gettext("Write a number, for example 73,63.")) from None
        large = not number.is_finite() or abs(number) >= 10**9  # asked first: it cannot be rounded
        if large or number != round(number, 4):
            raise ValueError(gettext("Write a number with at most four decimal places."))
        self.data = number

    def _value(self) -> str:
        return self.typed if self.typed and self.data is None else points(self.data)


class OneLine:
    """Validator: no line breaks or control characters; surrounding space goes."""

    def __call__(self, form: FlaskForm, field: Field) -> None:  # noqa: ARG002
        """Raise ValidationError for a control character."""
        text = (field.data or "").strip()
        field.data = text
        if any(ord(char) < 32 or ord(char) == 127 for char in text):
            raise ValidationError(gettext("Write this on one line."))


def add_error_pages(app: Flask) -> None:
    """Map refusals and HTTP errors to pages, once."""

    def page(status: int, message: str = "") -> tuple[str, int]:
        return render_template(f"errors/{status}.html", message=message), status

    app.register_error_handler(NotAllowed, lambda error: page(403, sentence(error)))
    app.register_error_handler(RuleViolation, lambda error: page(409, sentence(error)))
    app.register_error_handler(NoResultFound, lambda _: page(404))
    app.register_error_handler(IntegrityError, lambda _: page(409, gettext(AT_ONCE)))
    app.register_error_handler(404, lambda _: page(404))
    app.register_error_handler(413, lambda _: page(413))
    app.register_error_handler(500, lambda _: page(500))
    app.register_error_handler(
        CSRFError, lambda _: page(409, gettext("The page was open for too long. Send it again."))
    )


# Filters of the templates --------------------------------------------------------------------


def day(value: date | None) -> str:
    """Return dd/mm/yyyy, or nothing."""
    return f"{value.day:02d}/{value.month:02d}/{value.year:04d}" if value else ""


def moment(value: datetime | None) -> str:
    """Return dd/mm/yyyy HH:MM in office time, or nothing."""
    if value is None:
        return ""
    local = value.astimezone(OFFICE_ZONE)
    return f"{day(local.date())} {local.hour:02d}:{local.minute:02d}"


def points(value: Decimal | None, places: int | None = None) -> str:
    """Return a decimal with comma in Vietnamese, point in English; a true minus sign."""
    if value is None:
        return ""
    text = f"{value:.{places}f}" if places is not None else _shortest(value)
    if language_for_numbers() == "vi":
        text = text.replace(".", ",")
    return text.replace("-", "\N{MINUS SIGN}")


def cents(value: Decimal | None) -> str:
    """Return points as columns show them: exactly, with at least two places (1,00; 0,625)."""
    if value is None:
        return ""
    exponent = value.normalize().as_tuple().exponent
    return points(value, max(2, -exponent if isinstance(exponent, int) else 2))


def percent(value: Decimal | float | None, places: int = 1) -> str:
    """Return a percentage with a no-break space before the sign."""
    return "" if value is None else f"{points(Decimal(str(value)), places)}{NO_BREAK}%"


def language_for_numbers() -> str:
    """Return the language in which numbers are written now."""
    return language()


def label(member: StrEnum | None) -> str:
    """Return the reader's word for a member of a closed set."""
    return "" if member is None else gettext(label_of(member))


def asset(name: str) -> str:
    """Return the address of a static file with its digest, so that it may be cached for long."""
    folder = Path(cast(str, current_app.static_folder))
    digests = current_app.extensions.setdefault("tracker-assets", {})
    if name not in digests:
        digests[name] = hashlib.sha256((folder / name).read_bytes()).hexdigest()[:12]
    return url_for("static", filename=name, v=digests[name])


def _shortest(value: Decimal) -> str:
    """Return at least two decimals when there are any: 73,63; 0,5 is 0,50; 100 stays 100."""
    if value == value.to_integral_value():
        return f"{value:.0f}"
    text = f"{value:.4f}".rstrip("0")
    decimals = len(text) - text.index(".") - 1
    return text + "0" * max(0, 2 - decimals)


FILTERS: dict[str, Callable[..., Any]] = {
    "day": day,
    "moment": moment,
    "points": points,
    "cents": cents,
    "percent": percent,
    "label": label,
}


def template_globals() -> dict[str, Any]:
    """Return what every template may use."""
    user = signed_in()
    actor = user.actor if user else None
    return {
        "actor": actor,
        "posts": user.posts if user else [],
        "language": language(),
        "theme": theme(),
        "today": today(),
        "asset": asset,
        "bootstrap_css": url_for("bootstrap.static", filename="css/bootstrap.min.css", v="5.3"),
        "may": lambda permission: actor is not None and may_anywhere(actor, Permission(permission)),
        "NBSP": Markup("&nbsp;"),
    }


__all__ = [
    "FILTERS",
    "DayField",
    "Form",
    "OneLine",
    "PointsField",
    "SignedIn",
    "an_id",
    "asset",
    "back_to",
    "current_actor",
    "edition_in",
    "label",
    "language",
    "lazy_gettext",
    "needs",
    "public",
    "refused",
    "row_sentences",
    "say",
    "send_to_sign_in",
    "sentence",
    "settings",
    "signed_in",
    "template_globals",
]
