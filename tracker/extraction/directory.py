"""The unit directory as plain data, and matching of written names against it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from rapidfuzz import fuzz, process

from tracker.extraction.words import CAPITAL
from tracker.folding import fold, settle

SURE = 100
ALIKE = 60

_PEOPLES = r"\b(?:ubnd|chu tich|chinh quyen)\b.*"
# Folded names of groups, and the kinds of units that these mean.
_GROUPS: tuple[tuple[re.Pattern[str], frozenset[str]], ...] = (
    (re.compile(_PEOPLES + r"\b(?:xa|phuong|dac khu|thi tran)\b"), frozenset({"commune"})),
    (re.compile(_PEOPLES + r"\b(?:huyen|thi xa|thanh pho|quan)\b"), frozenset({"district"})),
    (
        re.compile(r"^(?:thu truong |truong |giam doc )?(?:cac )?(?:so|phong|ban)\b.*"),
        frozenset({"department", "office"}),
    ),
    (re.compile(r"\bnganh doc\b"), frozenset({"sector"})),
    (re.compile(r"^(?:cac )?(?:xa|phuong|dia phuong)\b.*"), frozenset({"commune"})),
    (
        re.compile(r"^(?:thu truong )?(?:cac )?(?:co quan|don vi)\b.*"),
        frozenset({"department", "office", "public_service"}),
    ),
)
_PLURAL = re.compile(r"^(?:tat ca )?(?:cac|nhung|toan bo|tung|moi)\b|\bcac\b|\bcap xa\b")
_VAGUE = re.compile(r"\blien quan\b|\bneu tren\b|\bco lien quan\b|\btheo\b|\bkhac\b")
_LIST = re.compile(
    r"^(?:các|những)\s+(?P<head>[^:,]{2,60}?)\s*:\s*(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_INNER_LIST = re.compile(
    r"^(?P<head>.{2,40}?)\s+các\s+(?P<kind>[^:,]{2,20})\s*:\s*(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_POST = re.compile(
    r"^(?:thu truong|(?:pho )?giam doc|(?:pho )?chu tich|truong|lanh dao|chanh|nguoi dung dau"
    r"|bo truong)\s+"
)


@dataclass(frozen=True)
class DirectoryUnit:
    """One unit that can be addressed."""

    code: str
    name: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = "other"


@dataclass(frozen=True)
class Match:
    """What a written name stands for: units, how sure (0 to 100), and the next best code.

    Several codes mean a group that fans out. No code: nobody is guessed, `runner_up` may help
    the secretary to choose.
    """

    name: str
    codes: tuple[str, ...] = ()
    confidence: int = 0
    runner_up: str = ""
    group: bool = False


@dataclass(frozen=True)
class UnitDirectory:
    """All units of the office, looked up by any of their names."""

    units: tuple[DirectoryUnit, ...]
    _names: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)
    _folded: dict[str, tuple[str, ...]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names: dict[str, list[str]] = {}
        folded: dict[str, list[str]] = {}
        for unit in self.units:
            for name in {unit.name, unit.short_name, *unit.aliases} - {""}:
                _put(names, _key(name), unit.code)
                _put(folded, fold(_key(name)), unit.code)
        object.__setattr__(self, "_names", {key: tuple(codes) for key, codes in names.items()})
        object.__setattr__(self, "_folded", {key: tuple(codes) for key, codes in folded.items()})

    def match(self, name: str) -> Match:
        """Return what `name` stands for; two units of one name are nobody's guess."""
        exact = self._exact(name)
        if exact is not None:
            return exact
        listed = self._listed(name)
        if listed is not None:
            return listed
        group = self._group(name)
        if group is not None:
            return group
        bare = _POST.sub("", fold(_key(name)))
        if bare != fold(_key(name)) and bare in self._folded:
            return self._found(name, self._folded[bare], SURE - 5)
        return self._near(name)

    def _exact(self, name: str) -> Match | None:
        codes = self._names.get(_key(name))
        if codes:
            return self._found(name, codes, SURE)
        codes = self._folded.get(fold(_key(name)))
        return self._found(name, codes, SURE - 2) if codes else None

    @staticmethod
    def _found(name: str, codes: tuple[str, ...], confidence: int) -> Match:
        if len(codes) == 1:
            return Match(name, codes, confidence)
        return Match(name, (), 0, codes[0])

    def _listed(self, name: str) -> Match | None:
        """Expand "các Sở: Nội vụ, Tài chính" and "UBND các xã: A, B" name by name."""
        found = _INNER_LIST.match(name) or _LIST.match(name)
        if found is None:
            return None
        parts = found.groupdict()
        kind = f" {parts['kind']}" if parts.get("kind") else ""
        codes: list[str] = []
        for piece in _pieces(parts["rest"]):
            match = self._exact(f"{parts['head']}{kind} {piece}")
            if match is None or not match.codes:
                return Match(name)
            codes.extend(match.codes)
        return Match(name, tuple(codes), SURE - 2, group=True)

    def _group(self, name: str) -> Match | None:
        words = fold(_key(name))
        if not _PLURAL.search(words):
            return None
        for pattern, kinds in _GROUPS:
            if pattern.search(words):
                codes = tuple(unit.code for unit in self.units if unit.kind in kinds)
                if not codes:
                    return Match(name, group=True)
                # "… liên quan" does not say which: a proposal to choose from, never sure.
                return Match(name, codes, 40 if _VAGUE.search(words) else 80, group=True)
        return Match(name, group=True)

    def _near(self, name: str) -> Match:
        """Name the unit that is written most alike; one letter makes another commune."""
        best = process.extractOne(
            fold(_key(name)), self._folded.keys(), scorer=fuzz.ratio, score_cutoff=ALIKE
        )
        return Match(name, (), 0, self._folded[best[0]][0]) if best else Match(name)


def _put(names: dict[str, list[str]], key: str, code: str) -> None:
    if code not in names.setdefault(key, []):
        names[key].append(code)


def _key(name: str) -> str:
    """Return a name in the form in which all ways of writing it agree."""
    key = settle(name)
    for long, short in (
        ("ủy ban nhân dân", "ubnd"),
        ("hội đồng nhân dân", "hđnd"),
        ("đồng chí ", ""),
    ):
        key = key.replace(long, short)
    return re.sub(r"\s*[-–]\s*", " - ", key).strip(" .,;:")


def _pieces(rest: str) -> Iterable[str]:
    """Cut a list of bare names at commas; a name with a comma of its own is left to the reader."""
    return [
        piece.strip(" .;")
        for piece in re.split(rf"\s*[,;]\s*(?:và\s+)?|\s+và\s+(?=[{CAPITAL}])", rest)
        if piece.strip()
    ]
