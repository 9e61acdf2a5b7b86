"""What a unit is: its kind, its names and its validity. Pure."""

import re
from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from typing import TypeVar

from tracker.errors import N_, BadInput
from tracker.folding import fold, settle
from tracker.words import name_words

T = TypeVar("T", int, str)

_EMAIL = re.compile(r"[^@\s,;<>()\"]{1,64}@[^@\s,;<>()\"]+\.[^@\s,;<>()\".]{2,}")
_EMAIL_LENGTH = 254
_CODE = re.compile(r"[^\W_][\w./-]{0,39}")


class UnitKind(StrEnum):
    """The kinds of bodies that receive orders (DOMAIN: two-tier government since 01/07/2025)."""

    DEPARTMENT = "department"
    OFFICE = "office"
    SECTOR = "sector"
    COMMUNE = "commune"
    DISTRICT = "district"
    PROVINCE = "province"
    PARTY = "party"
    FRONT = "front"
    PUBLIC_SERVICE = "public_service"
    OTHER = "other"


name_words(
    {
        UnitKind.DEPARTMENT: N_("Department"),
        UnitKind.OFFICE: N_("Office"),
        UnitKind.SECTOR: N_("Sector agency"),
        UnitKind.COMMUNE: N_("Commune, ward"),
        UnitKind.DISTRICT: N_("District"),
        UnitKind.PROVINCE: N_("Province"),
        UnitKind.PARTY: N_("Party body"),
        UnitKind.FRONT: N_("Fatherland Front and unions"),
        UnitKind.PUBLIC_SERVICE: N_("Public service unit"),
        UnitKind.OTHER: N_("Other unit"),
    }
)


NAME_BREAK = " | "


def folded_names(code: str, name: str, short_name: str, aliases: Iterable[str] = ()) -> str:
    """Return what search without accents looks through: code and every name, folded."""
    names = dict.fromkeys(fold(text) for text in (code, name, short_name, *aliases))
    return NAME_BREAK.join(text for text in names if text)


def is_valid_on(valid_from: date | None, valid_to: date | None, day: date) -> bool:
    """Tell whether a unit exists on `day`; both ends are inside, an open end is unlimited."""
    return (valid_from is None or valid_from <= day) and (valid_to is None or day <= valid_to)


def check_code(code: str, *, field: str = "code") -> None:
    """Refuse a code that a sheet or an address could not carry. BadInput names `field`."""
    if not _CODE.fullmatch(code):
        raise BadInput(
            N_(
                "“%(value)s” cannot be a code. Use up to 40 letters, digits, dots, hyphens,"
                " underscores or slashes, without spaces."
            ),
            field=field,
            value=code[:60],
        )


def check_mail(email: str, *, field: str = "email") -> None:
    """Refuse what cannot be an e-mail address. BadInput names `field`."""
    if len(email) > _EMAIL_LENGTH or not _EMAIL.fullmatch(email):
        raise BadInput(
            N_("“%(value)s” is not an e-mail address. Write it as name@office.gov.vn."),
            field=field,
            value=email[:60],
        )


def check_validity(valid_from: date | None, valid_to: date | None) -> None:
    """Refuse a validity that ends before it begins. BadInput at `valid_to`."""
    if valid_from and valid_to and valid_to < valid_from:
        raise BadInput(N_("The last day lies before the first day."), field="valid_to")


def check_length(text: str, limit: int, *, field: str) -> None:
    """Refuse a text longer than `limit` characters. BadInput names `field`."""
    if len(text) > limit:
        raise BadInput(N_("At most %(limit)s characters fit here."), field=field, limit=limit)


def one_alias_each(aliases: Iterable[str], *names: str) -> tuple[str, ...]:
    """Return `aliases` without blanks, doubles (whatever their case) and the unit's own names."""
    own = {settle(name) for name in names}
    kept: dict[str, str] = {}
    for alias in aliases:
        text = " ".join(alias.split())
        if text and settle(text) not in own:
            kept.setdefault(settle(text), text)
    return tuple(kept.values())


def closes_circle(parents: Mapping[T, T | None], start: T) -> bool:
    """Tell whether going up from `start` through `parents` (child → parent) comes back to it."""
    seen: set[T] = set()
    here = parents.get(start)
    while here is not None and here not in seen:
        if here == start:
            return True
        seen.add(here)
        here = parents.get(here)
    return False
