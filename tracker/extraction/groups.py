"""Names of groups ("các sở, ban, ngành", "UBND các xã, phường") and the kinds that they mean."""

import re

from tracker.folding import fold

_PEOPLES = r"(?:ubnd|chu tich|chinh quyen|hdnd)\b[^,;]*"
# Folded words of a group's name, and the kinds of units that these mean; all that match count.
_KINDS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (
        re.compile(_PEOPLES + r"\b(?:xa|phuong|dac khu|thi tran|cap xa|co so)\b"),
        frozenset({"commune"}),
    ),
    (re.compile(_PEOPLES + r"\b(?:huyen|thi xa|thanh pho|quan)\b"), frozenset({"district"})),
    (re.compile(r"\bnganh doc\b"), frozenset({"sector"})),
    (
        re.compile(r"^(?:cac )?(?:xa|phuong|dia phuong|dac khu|thi tran)\b"),
        frozenset({"commune"}),
    ),
    (
        re.compile(r"\b(?:doan the|to chuc chinh tri|mttq|mat tran)\b"),
        frozenset({"front"}),
    ),
    (re.compile(r"\b(?:dang uy|cap uy|chi bo)\b"), frozenset({"party"})),
    (re.compile(r"\bdon vi su nghiep\b"), frozenset({"public_service"})),
    (
        re.compile(
            r"^(?:cac )?(?:so|phong|ban)\b|^(?:cac )?co quan chuyen mon\b|\bbo phan chuyen mon\b"
        ),
        frozenset({"department", "office"}),
    ),
    (
        re.compile(r"^(?:cac )?(?:co quan|don vi)(?! (?:su nghiep|chuyen mon))\b"),
        frozenset({"department", "office", "public_service"}),
    ),
)
_HEADS_OF = re.compile(
    r"^(?:(?:tat ca|toan the|toan bo) )?(?:thu truong|nguoi dung dau|truong|giam doc|lanh dao)"
    r" (?=cac |toan bo |tat ca )"
)
_ALL = re.compile(r"^(?:tat ca|toan bo|toan the) ")
_PLURAL = re.compile(r"^(?:tat ca )?(?:cac|nhung|toan bo|tung|moi)\b|\bcac\b|\bcap xa\b")
_VAGUE = re.compile(r"\blien quan\b|\bneu tren\b|\btren day\b|\btheo\b|\bkhac\b|\bnoi tren\b")
_NEXT = re.compile(
    r"\s*[,;]\s*(?:va )?(?=(?:cac |ubnd |chu tich |dang uy ))|\s+(?:va|cung) (?=cac |ubnd )"
)


def is_plural(name: str) -> bool:
    """Tell whether a written name speaks of several units."""
    return _PLURAL.search(fold(name)) is not None


def is_vague(name: str) -> bool:
    """Tell whether a group leaves open which of its units are meant ("… liên quan")."""
    return _VAGUE.search(fold(name)) is not None


def kinds_of(name: str) -> frozenset[str]:
    """Return the kinds of units that a group's name speaks of; empty when it names none known."""
    found: set[str] = set()
    for part in _NEXT.split(_ALL.sub("", fold(name))):
        words = _HEADS_OF.sub("", part)
        found.update(next((kinds for sign, kinds in _KINDS if sign.search(words)), frozenset()))
    return frozenset(found)
