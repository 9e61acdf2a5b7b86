"""What the domain can refuse: a message id with parameters, translated at the edge by `web`."""

from collections.abc import Sequence
from dataclasses import dataclass, field


def N_(message: str) -> str:  # noqa: N802  # gettext's customary name for a marker
    """Mark `message` as a message id to be collected for translation; return it unchanged."""
    return message


class Refusal(Exception):
    """The program says no. `message` is an English message id, `params` fill its placeholders."""

    def __init__(self, message: str, **params: object) -> None:
        super().__init__(message % params if params else message)
        self.message = message
        self.params = params


class NotAllowed(Refusal):
    """The actor lacks the permission (HTTP 403)."""

    def __init__(
        self, message: str = N_("You do not have the permission for this."), **params: object
    ) -> None:
        super().__init__(message, **params)


class RuleViolation(Refusal):
    """A rule of the office forbids the act in this state (HTTP 409)."""


class BadInput(RuleViolation):
    """What was given cannot be understood (HTTP 422). `field` names the form field, if one."""

    def __init__(self, message: str, *, field: str | None = None, **params: object) -> None:
        super().__init__(message, **params)
        self.field = field


class EditedByAnother(RuleViolation):
    """Somebody else changed the same thing first; `theirs` is what they wrote, `yours` is kept."""

    def __init__(self, *, theirs: str, yours: str) -> None:
        super().__init__(
            N_("Somebody else changed this while you were writing. Both texts are shown below.")
        )
        self.theirs = theirs
        self.yours = yours


@dataclass(frozen=True)
class RowError:
    """One bad row of an import: `line` as a spreadsheet counts (the header is line 1)."""

    line: int
    column: str | None
    message: str
    params: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        where = f"line {self.line}" + (f", {self.column}" if self.column else "")
        return f"{where}: {self.message % self.params if self.params else self.message}"


class RowErrors(RuleViolation):
    """An import refused as a whole; `rows` lists every bad row."""

    def __init__(self, rows: Sequence[RowError]) -> None:
        super().__init__(
            N_("The file was refused, nothing was changed. Rows to correct: %(count)s."),
            count=len({row.line for row in rows}),
        )
        self.rows = list(rows)
