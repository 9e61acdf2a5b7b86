"""What a unit is: its kind and its validity. Pure."""

from enum import StrEnum

from tracker.errors import N_
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
