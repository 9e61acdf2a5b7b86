"""What a unit is: its kind, its names and its validity. Pure."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from tracker.errors import N_
from tracker.folding import fold
from tracker.words import name_words


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
