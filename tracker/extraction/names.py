"""Lists of units in running text: where one ends, and which names it holds."""

import re
from dataclasses import dataclass

from tracker.extraction.vocabulary import (
    CAPITAL,
    GROUP,
    HEADS,
    NAMED_HEADS,
    SMALL,
    any_of,
    exact,
    pattern,
)
from tracker.extraction.words import NAMED_VERBS, STOP

# A list of units is a few lines at most.
REACH = 420
LONGEST_LIST = 3_000
SHORTEST_NAME, LONGEST_NAME = 2, 200

_NOT_HEADS = (
    r"tổ\s+(?:chức|hợp)|ban\s+(?:hành|bố)|báo\s+(?:cáo|chí)|hội\s+(?:nghị|thảo|họp|đàm|nhập)"
    r"|đoàn\s+kết|xã\s+hội|bản\s+(?:đồ|sao|án|tin|thân|chất|quyền|cam)|ấp\s+ủ|bộ\s+(?:chỉ\s+số"
    r"|tiêu|máy|phận(?!\s+(?:một\s+cửa|tiếp\s+nhận|văn|kế))|luật)|vụ\s+(?:việc|án)|viện\s+trợ|trường\s+hợp|phòng\s*,"
    r"|phòng\s+(?:chống|ngừa|cháy)|quỹ\s+đất|đội\s+ngũ"
    r"|cục\s+bộ|ngành\s+nghề|khối\s+lượng|đài\s+thọ|cấp\s+(?:phép|phát)|thanh\s+tra\s*,"
    r"|lực\s+lượng\s+sản|ông\s+nghệ"
)
_HEAD = pattern(
    rf"(?:(?:{GROUP}) (?:tổ chức|cá nhân)"
    rf"|(?:{GROUP} )?(?:đồng chí )?(?!(?:{_NOT_HEADS})(?!\w))(?:{HEADS})(?!\w))"
)
_END = re.compile(
    r"[:;!?…\"“”]|\.(?=\s|$|/)|\n\s*\n"
    r"|\s[-–]\s(?=(?:[Tt]rưởng|[Pp]hó|[Cc]ơ\s+quan|[Tt]hư\s+ký|[Tt]hành\s+viên"
    r"|[ỦủUu][ỷy]?\s*viên)(?!\w))|\Z"
)
_FIELDS = any_of(
    """Nội vụ, Tài chính, Xây dựng, Công Thương, Y tế, Tư pháp, Giáo dục và Đào tạo,
    Khoa học và Công nghệ, Nông nghiệp và Môi trường, Văn hóa; Thể thao và Du lịch,
    Văn hóa - Xã hội, Văn hóa và Thể thao, Dân tộc và Tôn giáo, Ngoại vụ, Du lịch, Kinh tế,
    Kinh tế; Hạ tầng và Đô thị, Kế hoạch và Đầu tư, Thông tin và Truyền thông, Ngoại giao,
    Tài nguyên và Môi trường, Giao thông vận tải, Lao động - Thương binh và Xã hội, Công an,
    Quốc phòng, Quản lý đô thị, KH&CN, NN&MT, GD&ĐT, LĐTBXH, VHTTDL, TN&MT, TT&TT, KH&ĐT, GTVT"""
).replace(";", ",")
_NAME_GOES_ON = any_of(
    """và, cùng, với, các, tỉnh, thành, xã, phường, huyện, thuộc, trên, tại, chủ, là, thị, quận,
    nêu, liên, có, nói, ở, khu, khác, được, đóng, đã, đang, sẽ, cấp, trực, nơi, từ, đến, cho,
    phụ, địa, nhân"""
)
_KNOWN_NAME = exact(
    rf"(?:(?:Sở|Bộ|[Pp]hòng)\s+(?:{_FIELDS})|Công\s+an|Thanh\s+tra|Trạm\s+Y\s+tế"
    r"|Trung\s+tâm\s+(?:Y\s+tế|Phục\s+vụ\s+hành\s+chính\s+công)|Hội\s+(?:Nông\s+dân|Phụ\s+nữ)"
    r"|Văn\s+phòng\s+(?:UBND|HĐND)"
    r"|(?:UBND|Ủy\s+ban\s+nhân\s+dân|Uỷ\s+ban\s+nhân\s+dân)(?=\s+(?:tỉnh|thành|xã|phường|huyện)))"
    rf"(?:\s+(?:tỉnh|thành\s+phố|xã|phường|huyện)(?:\s+[{CAPITAL}][{SMALL}]*){{0,4}})?"
    rf"(?=\s+(?!(?:{_NAME_GOES_ON})\s)"
    rf"[{SMALL}]+\s+[{SMALL}{CAPITAL}])"
)
# In small letters these are acts, not bodies.
_SMALL_HEAD = re.compile(r"(?:thanh\s+tra|kiểm\s+toán|báo|đài|hải\s+quan|kho\s+bạc|tổ)$")
_ABBREVIATED = re.compile(r"\b(?:TP|Tp|TX|TT|P|Q|H|Ông|Bà|đ/c)\.$")
_PARENTHESES = re.compile(r"\s*\([^()]{0,200}\)?")
_MARKUP = re.compile(r"[*_#|]+|\[\d{1,3}\]")
_WHITE = re.compile(r"\s+")
_ITEMS = re.compile(r"\n\s*[-+•]\s+|;\s*[-+•]\s+|^\s*[-+•]\s+")
_EDGE = " \t\n.,;:-–*_"
# Plurals of places and matters: part of a name ("Ban Quản lý … và các khu công nghiệp").
_NO_BODIES = any_of(
    "khu công nghiệp, khu kinh tế, khu chế xuất, công trình, dự án, cụm công nghiệp, khu"
)
_PREVENTION = r"phòng\s*,?\s*(?:chống|ngừa|cháy|thủ)"
_SPLIT = pattern(
    rf"\s*;\s*(?:và )?"
    rf"|\s*,\s*(?:và )?(?=(?:{GROUP} |đồng chí )?(?!{_PREVENTION})(?:{NAMED_HEADS})(?!\w))"
    rf"| (?:và|cùng) (?!{_PREVENTION})(?=(?:{NAMED_HEADS}|cơ quan|đơn vị|địa phương)(?!\w))"
    rf"|\s*,? (?:và|cùng) (?={GROUP} (?!{_NO_BODIES})\w)|\s*,\s*(?={GROUP} (?!{_NO_BODIES})\w)"
)
_OPEN_GROUP = re.compile(
    rf"^(?i:{GROUP}\s+)?(?i:sở|bộ|ban|ngành|cơ\s+quan|đơn\s+vị|địa\s+phương)\b(?!\s+[{CAPITAL}])"
)
_GROUP_WORDS = any_of(
    """ban, ngành, sở, bộ, cơ quan, đơn vị, địa phương, tổ chức, xã, phường, thị trấn, huyện,
    thành phố, thị xã, quận, tỉnh, đặc khu, đoàn thể, cá nhân, doanh nghiệp, trường, cấp, cục, vụ,
    viện, phòng, tổng công ty, tổng cục"""
)
_GROUP_WORD = pattern(rf"^(?:các )?(?:{_GROUP_WORDS})(?: (?:\w+ ){{0,4}}?\w+)?$")
# "các Tổng cục" and "Cục, Vụ chuyên ngành": no proper name on either side of the comma.
_PLURAL = re.compile(rf"(?i:các|những|từng)\s+\w[^{CAPITAL},]*(?:,\s*\w[^{CAPITAL},]*)*$")
_COMMON = re.compile(rf"(?!(?i:ubnd|ủy\s+ban|uỷ\s+ban|chủ\s+tịch|hđnd))\w[^{CAPITAL}]*")
_ADMIN = any_of("xã, phường, thị trấn, huyện, thành phố, thị xã, quận, tỉnh, đặc khu")
_ADMIN_GROUP = pattern(rf"\b(?:các|những) (?:{_ADMIN})(?:,\s*[\w\s]+)?$")
_ADMIN_WORD = exact(
    rf"(?:{_ADMIN})(?:\s+(?:trực\s+thuộc.*|(?:có\s+)?liên\s+quan|trên\s+địa\s+bàn.*|từ\s.*"
    r"|nêu\s+trên))?(?:\s*:.*)?$"
)
_NEXT_CUT = re.compile(r"[,;]|\s+và\s+")
_GROUPED = pattern(rf"{GROUP} ")
_NEW_NAME = pattern(rf"(?:{GROUP}|ubnd|ủy ban|uỷ ban|sở|bộ) ")
_BARE_GROUP = pattern(rf"{GROUP} (?:sở|bộ|ban|ngành)(?:,\s*\w+)*")
_ALL_OTHERS = pattern(r"các (?:địa phương|cơ quan)")
# "Bộ Văn hóa, Thể thao và Du lịch", "Báo và Phát thanh, Truyền hình".
_COMMA_NAMES = pattern(r"(?:văn hó?o?á?a?|giáo dục|nông nghiệp|khoa học|báo)$")
_LEADING = pattern(
    r"^(?:(?:và|cùng|với|cho|giao|yêu cầu|đề nghị|chỉ đạo|phân công|đến|tới) "
    r"|đồng chí (?=(?:các|phó|chủ tịch|giám đốc|trưởng|chánh|bí thư|tổ trưởng|thủ trưởng|hiệu"
    r"|ủy viên|uỷ viên|lãnh đạo|bộ trưởng|thứ trưởng|cục trưởng|vụ trưởng|chỉ huy|đội trưởng) ))"
)
_PERSON = exact(rf"(?i:ông|bà|đồng chí)\.? [{CAPITAL}][{SMALL}]*(?: [{CAPITAL}][{SMALL}]*)+$")
_TITLE = pattern(
    r"(?:phó|chủ tịch|giám đốc|trưởng|chánh|bí thư|tổ trưởng|thủ trưởng|hiệu trưởng|ủy viên) "
)
# Two words that make one body or one address: "Văn phòng HĐND và UBND", "cấp ủy, chính quyền".
_ONE_BODY = pattern(
    r"(?:văn phòng (?:hđnd|hội đồng nhân dân|đoàn đbqh|đoàn đại biểu quốc hội|tỉnh ủy|đảng ủy)"
    r"|^(?:các )?cấp [uủ][ỷy]?(?: đảng)?|^(?:các )?bộ trưởng"
    r"|^(?:phó )?bí thư(?: (?:tỉnh|thành|đảng|huyện) [uủ][ỷy])?)$"
)
_ITS_OTHER_HALF = pattern(
    r"(?:hđnd|hội đồng nhân dân|ubnd|[uủ][ỷy]? ban nhân dân|chính quyền|thủ trưởng (?:các )?cơ quan"
    r"|(?:phó )?chủ tịch (?:ubnd|hđnd|[uủ][ỷy]? ban nhân dân)?)"
)
_COLON_LIST = re.compile(
    rf"(?i:các|những)\s+(?:\w+\s+){{0,5}}?\w+(?:,\s*thành\s+phố)?\s*:\s*(?=[{CAPITAL}])"
)
_ROLE = pattern(r"\s*[-–]\s*(?:cơ quan|trưởng|phó|thư ký|thành viên|ủy viên|uỷ viên)\b.*$")


@dataclass(frozen=True)
class UnitList:
    """Names found in the text, where they begin and where what follows begins.

    `acts`: what follows is something that they shall do.
    """

    names: tuple[str, ...]
    start: int
    end: int
    acts: bool = False


def clean(name: str) -> str:
    """Return a name as written, without the marks of layout and what stands in parentheses."""
    plain = _PARENTHESES.sub(" ", _MARKUP.sub("", name))
    return _WHITE.sub(" ", plain).strip(_EDGE)


def starts_with_unit(text: str, position: int) -> bool:
    """Tell whether a body, post or group is named at `position`."""
    return _HEAD.match(text, position) is not None


def read_units(text: str, position: int, limit: int, *, acting: bool = False) -> UnitList | None:
    """Read the list of units at `position`; what they shall do begins at its `end`.

    None when no unit is named there, or when the words that follow are no names; with `acting`,
    also when nothing follows that they shall do.
    """
    head = _HEAD.match(text, position)
    if head is None or _SMALL_HEAD.match(head[0]):
        return None
    end = _end_of_list(text, head.end(), min(limit, position + REACH))
    acts = STOP.match(text, end) is not None
    known = _KNOWN_NAME.search(text, position, end)
    if known is not None and known.end() < len(text[:end].rstrip()):
        # A verb outside the vocabulary behind a name that is known to end there.
        end, acts = known.end(), True
    if acting and not acts:
        return None
    names = split_names(text[position:end])
    return UnitList(names, position, end, acts) if names else None


def _end_of_list(text: str, position: int, limit: int) -> int:
    """Return where a list of units stops: at a verb, or at punctuation that closes it."""
    stop = position
    while True:
        found = STOP.search(text, stop, limit)
        verb = found.start() if found else limit
        named = _named_until(text, found) if found else None
        if named is None:
            break
        stop = named
    end = position
    while True:
        mark = _END.search(text, end, verb)
        if mark is None or mark.start() >= verb:
            return verb
        if mark[0] == "." and _ABBREVIATED.search(text, max(0, mark.start() - 4), mark.end()):
            end = mark.end()
            continue
        if mark[0] == ";" or (mark[0] == ":" and _opens_list(text, mark.start())):
            end = mark.end()
            continue
        return mark.start()


def _opens_list(text: str, colon: int) -> bool:
    """Tell "các Sở: Tài chính, Xây dựng …" from a heading that ends in a colon."""
    return _COLON_LIST.search(text, max(0, colon - 40), colon + 4) is not None


def _named_until(text: str, verb: re.Match[str]) -> int | None:
    """Return where a verb ends that is part of a name: "Ban chỉ đạo", "Bộ Ngoại giao"."""
    start = max(0, verb.start() - 60)
    for before, named in NAMED_VERBS:
        part = named.match(text, verb.start())
        if part and before.search(text, start, verb.start()):
            return max(part.end(), verb.end())
    if verb[0].startswith("tổ"):
        # "các cơ quan, tổ chức, cá nhân" against "các đơn vị, tổ chức triển khai".
        after = text[verb.end() : verb.end() + 14]
        if re.match(
            r"\s*(?:,\s*(?:cá|đoàn|đơn|doanh)|và\s+cá|có\s+liên|liên|chính\s+trị|xã\s+hội)",
            after,
        ):
            return verb.end()
    return None


def split_names(phrase: str) -> tuple[str, ...]:
    """Split a list into names as written; a group ("các sở, ban, ngành") stays one string."""
    phrase = _PARENTHESES.sub(" ", _MARKUP.sub("", phrase[:LONGEST_LIST]))
    names: list[str] = []
    for item in _ITEMS.split(phrase):
        line = _WHITE.sub(" ", item)
        position = 0
        for found in [*_SPLIT.finditer(line), None]:
            piece = line[position : found.start() if found else len(line)]
            separator = line[found.start() : found.end()] if found else ""
            if found is not None and _holds_together(
                line[position : found.start()], separator, line[found.end() :]
            ):
                continue
            _add(names, piece)
            position = found.end() if found else len(line)
    return tuple(names)


def _holds_together(before: str, separator: str, after: str) -> bool:
    """Tell whether a comma or "và" is part of one group or name."""
    if ";" in separator:
        return False
    head = before.strip()
    if _ONE_BODY.search(head) and _ITS_OTHER_HALF.match(after):
        return True
    following = _NEXT_CUT.split(after, maxsplit=1)[0].strip()
    grouped = _GROUPED.match(following) is not None
    return (
        before.count("(") > before.count(")")
        or (":" in head and not _NEW_NAME.match(after))
        or _is_one_group(head, separator, following, grouped=grouped)
        or (_COMMA_NAMES.search(head) is not None and not _NEW_NAME.match(following))
    )


def _is_one_group(head: str, separator: str, following: str, *, grouped: bool) -> bool:
    """Tell "các sở, ban, ngành" and "UBND các xã, phường" from two names."""
    if _ADMIN_GROUP.search(head) and _ADMIN_WORD.match(following):
        return True
    if _OPEN_GROUP.match(head) and _GROUP_WORD.match(following) and not grouped:
        return following[0].islower()
    if "và" in separator:
        return _BARE_GROUP.fullmatch(head) is not None and _ALL_OTHERS.match(following) is not None
    return bool(not grouped and _PLURAL.search(head) and _COMMON.fullmatch(following))


def _add(names: list[str], piece: str) -> None:
    name = _ROLE.sub("", _LEADING.sub("", clean(piece)))
    name = clean(name)
    if not SHORTEST_NAME <= len(name) <= LONGEST_NAME:
        return
    if not _HEAD.match(name) and names:
        # "Bộ Văn hóa, Thể thao và Du lịch" cut in two.
        names[-1] = f"{names[-1]}, {name}"
    elif _HEAD.match(name) and not (names and _PERSON.match(names[-1]) and _TITLE.match(name)):
        # "bà X, Chánh Văn phòng" is one person.
        names.append(name)
