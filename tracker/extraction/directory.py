"""The unit directory as plain data, and matching of written names against it.

A name is looked up as written, then without accents, then without the post, the place or behind
initials; a group is expanded by its definition or by the kinds that it names. What remains is
nobody: the nearest name is shown, never taken.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz, process

from tracker.extraction.groups import is_plural, is_vague, kinds_of
from tracker.extraction.matches import Match, MatchRule
from tracker.extraction.vocabulary import CAPITAL
from tracker.folding import fold, settle

SURE = 100
ALIKE = 60
# How sure the rules below the exact name are.
SPELT, POSTED, LISTED, PLACED, SHORTENED, SUCCEEDED, KINDRED, VAGUE = 98, 95, 98, 90, 85, 80, 80, 40
SHORTEST_INITIALS = 2
MANY = 300
_JOIN = " ,;."
# Ways of shortening that mean one thing only.
_SHORTER = (
    ("ủy ban nhân dân", "ubnd"),
    ("hội đồng nhân dân", "hđnd"),
    ("đồng chí ", ""),
    ("văn phòng ", "vp "),
    ("ban quản lý ", "bql "),
    ("ban chỉ huy ", "bch "),
    ("thành phố ", "tp "),
    ("tp. ", "tp "),
)

_LIST = re.compile(
    r"^(?:các|những)\s+(?P<head>[^:,]{2,60}?)\s*:\s*(?P<rest>.+)$",
    re.IGNORECASE | re.DOTALL,
)
_INNER_LIST = re.compile(
    r"^(?P<head>.{2,40}?)\s+các\s+(?P<kind>[^:,]{2,20}?)\s*(?::\s*|\s+(?=[A-ZĐ]))(?P<rest>.+)$",
    re.DOTALL,
)
_POST = re.compile(
    r"^(?:dong chi )?(?:thu truong|(?:pho )?giam doc|(?:pho )?chu tich|(?:pho )?(?:truong|chanh)"
    r"|lanh dao|nguoi dung dau|(?:pho )?bi thu|bo truong|thu truong co quan|dai dien)\s+"
)
_PLACE = re.compile(
    r" (?:tinh|thanh pho|tp|xa|phuong|dac khu|huyen|thi xa|thi tran)(?: [^,;]{2,40})?$"
)
_PEOPLES = re.compile(r"^ubnd (?=xa |phuong |dac khu |huyen |thi xa |thi tran |tinh |thanh pho )")
_INITIALS = re.compile(rf"[{CAPITAL}][{CAPITAL}&.\-]+(?:\s[{CAPITAL}&.\-]+)*$")
_SHORT_REST = re.compile(rf"(?P<head>\w+\.?)\s+(?P<rest>[{CAPITAL}][{CAPITAL}&.\-]+)(?:\s.*)?$")


@dataclass(frozen=True)
class DirectoryUnit:
    """One unit that can be addressed.

    `valid_to` is its last day; `successors` are the codes of the units that took over its work.
    """

    code: str
    name: str
    short_name: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = "other"
    valid_from: date | None = None
    valid_to: date | None = None
    successors: tuple[str, ...] = ()

    def exists(self, on: date | None) -> bool:
        """Tell whether the unit exists on a day; without a day, whether it has no end."""
        if on is None:
            return self.valid_to is None
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_to is None or on <= self.valid_to)


@dataclass(frozen=True)
class DirectoryGroup:
    """A group that a committee defined: its names and the codes of its units."""

    names: tuple[str, ...]
    codes: tuple[str, ...]


Index = dict[str, tuple[str, ...]]


@dataclass(frozen=True)
class UnitDirectory:
    """All units of the office, looked up by any of their names, as of the day `on`."""

    units: tuple[DirectoryUnit, ...]
    groups: tuple[DirectoryGroup, ...] = ()
    on: date | None = None
    _by_code: dict[str, DirectoryUnit] = field(init=False, repr=False, compare=False)
    _names: Index = field(init=False, repr=False, compare=False)
    _folded: Index = field(init=False, repr=False, compare=False)
    _bare: dict[str, tuple[tuple[str, str], ...]] = field(init=False, repr=False, compare=False)
    _initials: Index = field(init=False, repr=False, compare=False)
    _living: tuple[str, ...] = field(init=False, repr=False, compare=False)
    _by_word: Index = field(init=False, repr=False, compare=False)
    _matched: dict[str, Match] = field(init=False, repr=False, compare=False)
    _groups: Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        names: dict[str, list[str]] = {}
        folded: dict[str, list[str]] = {}
        bare: dict[str, list[tuple[str, str]]] = {}
        initials: dict[str, list[str]] = {}
        for unit in self.units:
            for name in {unit.code, unit.name, unit.short_name, *unit.aliases} - {""}:
                key = _key(name)
                plain = fold(key)
                _put(names, key, unit.code)
                _put(folded, plain, unit.code)
                for variant in {plain, _PEOPLES.sub("", plain)}:
                    rest, place = _parted(variant)
                    bare.setdefault(rest, []).append((place, unit.code))
                for short in _initials_of(plain):
                    _put(initials, short, unit.code)
        groups = {fold(_key(name)): group.codes for group in self.groups for name in group.names}
        self._keep("_by_code", {unit.code: unit for unit in self.units})
        self._keep("_names", _frozen(names))
        self._keep("_folded", _frozen(folded))
        self._keep("_bare", {rest: tuple(found) for rest, found in bare.items()})
        self._keep("_initials", _frozen(initials))
        self._keep("_groups", groups)
        exists = {unit.code for unit in self.units if unit.exists(self.on)}
        self._keep("_living", tuple(key for key in folded if exists.intersection(folded[key])))
        words: dict[str, list[str]] = {}
        for key in self._living:
            for word in set(key.split()):
                words.setdefault(word, []).append(key)
        self._keep("_by_word", _frozen(words))
        self._keep("_matched", {})

    def _keep(self, name: str, value: object) -> None:
        object.__setattr__(self, name, value)

    def knows(self, name: str) -> bool:
        """Tell whether a name stands in the directory, accents and tone placement aside."""
        return fold(_key(name)) in self._folded

    def match(self, name: str) -> Match:
        """Return what `name` stands for; two units of one name are nobody's guess."""
        known = self._matched.get(name)
        if known is None:
            known = self._matched[name] = self._looked_up(name)
        return known

    def _looked_up(self, name: str) -> Match:
        plain = fold(_key(name))
        return (
            self._exact(name)
            or self._listed(name)
            or self._defined(name, plain)
            or self._kinds(name)
            or self._altered(name, plain)
            or self._near(name, plain)
        )

    def _exact(self, name: str) -> Match | None:
        codes = self._names.get(_key(name))
        if codes:
            return self._found(name, codes, SURE, MatchRule.NAME)
        codes = self._folded.get(fold(_key(name)))
        return self._found(name, codes, SPELT, MatchRule.SPELLING) if codes else None

    def _found(self, name: str, codes: tuple[str, ...], sure: int, rule: MatchRule) -> Match:
        """Settle on the one unit of these that exists, or on the one that succeeded it."""
        living = [code for code in codes if self._by_code[code].exists(self.on)]
        if len(living) == 1:
            return Match(name, (living[0],), sure, rule=rule)
        if living:
            return Match(name, (), 0, living[0], rule=MatchRule.TWINS)
        heirs = list(dict.fromkeys(heir for code in codes for heir in self._heirs(code)))
        if len(heirs) == 1:
            sure = min(sure, SUCCEEDED)
            return Match(name, (heirs[0],), sure, rule=MatchRule.SUCCESSOR, former=codes[0])
        return Match(name, (), 0, next(iter(heirs), ""), rule=MatchRule.ENDED, former=codes[0])

    def _heirs(self, code: str) -> Iterator[str]:
        """Follow the successors of a unit, through several reorganisations, to those that exist."""
        seen, waiting = {code}, [code]
        while waiting:
            for heir in self._by_code[waiting.pop()].successors:
                if heir in seen or heir not in self._by_code:
                    continue
                seen.add(heir)
                if self._by_code[heir].exists(self.on):
                    yield heir
                else:
                    waiting.append(heir)

    def _listed(self, name: str) -> Match | None:
        """Expand "các Sở: Nội vụ, Tài chính" and "UBND các xã: A, B" name by name."""
        found = _INNER_LIST.match(name) or _LIST.match(name)
        if found is None:
            return None
        parts = found.groupdict()
        kind = f" {parts['kind']}" if parts.get("kind") else ""
        codes: list[str] = []
        waiting = ""
        for piece in _pieces(parts["rest"]):
            waiting += piece
            match = self._exact(f"{parts['head']}{kind} {waiting.strip(_JOIN)}")
            if match is not None and match.codes:
                codes.extend(match.codes)
                waiting = ""
        if waiting.strip(_JOIN):
            return Match(name, rule=MatchRule.LIST)
        return Match(name, tuple(codes), LISTED, group=True, rule=MatchRule.LIST)

    def _defined(self, name: str, plain: str) -> Match | None:
        codes = self._groups.get(plain)
        return Match(name, codes, SURE, group=True, rule=MatchRule.GROUP) if codes else None

    def _kinds(self, name: str) -> Match | None:
        """Expand a group by the kinds that it names; "… liên quan" says not which: never sure."""
        if not is_plural(name):
            return None
        kinds = kinds_of(name)
        codes = tuple(u.code for u in self.units if u.kind in kinds and u.exists(self.on))
        if not codes:
            return Match(name, group=True)
        if is_vague(name):
            return Match(name, codes, VAGUE, group=True, rule=MatchRule.VAGUE)
        return Match(name, codes, KINDRED, group=True, rule=MatchRule.KINDS)

    def _altered(self, name: str, plain: str) -> Match | None:
        """Look a name up without its post or place, or behind its initials."""
        bare = _POST.sub("", plain)
        if bare != plain and bare in self._folded:
            return self._found(name, self._folded[bare], POSTED, MatchRule.POST)
        for variant in (bare, _PEOPLES.sub("", bare)):
            placed = self._placed(variant)
            if placed:
                return self._found(name, placed, PLACED, MatchRule.PLACE)
        for short in _shortened(name):
            codes = self._initials.get(short)
            if codes:
                return self._found(name, codes, SHORTENED, MatchRule.ABBREVIATION)
        return None

    def _placed(self, plain: str) -> tuple[str, ...]:
        """Return the units of a name, where the text or the list leaves the place out."""
        rest, place = _parted(plain)
        found = self._bare.get(rest, ())
        fits = (code for other, code in found if other.startswith(place) or place.startswith(other))
        return tuple(dict.fromkeys(fits))

    def _like(self, plain: str) -> Iterable[str]:
        """Return the names worth comparing: in a large office, those that share a rare word."""
        if len(self._living) <= MANY:
            return self._living
        shared = (self._by_word.get(word, ()) for word in set(plain.split()))
        return {key for names in shared if len(names) <= MANY for key in names}

    def _near(self, name: str, plain: str) -> Match:
        """Name the unit that is written most alike; one letter makes another commune."""
        best = process.extractOne(plain, self._like(plain), scorer=fuzz.ratio, score_cutoff=ALIKE)
        if best is None:
            return Match(name)
        return Match(name, (), 0, self._folded[best[0]][0], rule=MatchRule.NEAREST)


def _put(names: dict[str, list[str]], key: str, code: str) -> None:
    if code not in names.setdefault(key, []):
        names[key].append(code)


def _frozen(names: dict[str, list[str]]) -> Index:
    return {key: tuple(codes) for key, codes in names.items()}


def _key(name: str) -> str:
    """Return a name in the form in which all ways of writing it agree."""
    key = settle(name)
    for long, short in _SHORTER:
        key = key.replace(long, short)
    return re.sub(r"\s*[-–]\s*", " - ", key).strip(" .,;:")


def _parted(plain: str) -> tuple[str, str]:
    """Part a folded name from its place: "so noi vu tinh a" → "so noi vu", " tinh a"."""
    place = _PLACE.search(plain)
    return (plain[: place.start()], place[0]) if place else (plain, "")


def _initials_of(plain: str) -> set[str]:
    """Return how a folded name is shortened: "snv" and "so nv" for Sở Nội vụ."""
    words = [word for word in re.findall(r"\w+", plain) if word != "va"]
    if len(words) < SHORTEST_INITIALS:
        return set()
    letters = [word if word in {"ubnd", "hdnd"} else word[0] for word in words]
    rest = "".join(letters[1:])
    return {letters[0] + rest, f"{words[0]} {rest}"}


def _shortened(name: str) -> Iterator[str]:
    """Yield the keys under which a name in capitals may be kept: "SNV", "Sở KH&CN", "P.NV"."""
    if _INITIALS.match(name):
        yield re.sub(r"[^a-z]", "", fold(name))
    found = _SHORT_REST.match(name)
    if found:
        rest = re.sub(r"[^a-z]", "", fold(found["rest"]))
        yield f"{fold(found['head']).strip('.')} {rest}"
        yield fold(found["head"])[:1] + rest


def _pieces(rest: str) -> list[str]:
    """Cut a list of bare names at commas and "và", each piece with its separator behind it."""
    return re.findall(r".+?(?:\s*[,;]\s*(?:và\s+)?|\s+và\s+|$)", rest)
