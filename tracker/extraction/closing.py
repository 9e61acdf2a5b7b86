"""The foot of a document: recipients, signature, what was carried along from page and stamp."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tracker.extraction.edges import Line, Stretch, is_rule, lines_of, part_texts, shouts
from tracker.extraction.vocabulary import CAPITAL, SMALL
from tracker.folding import fold

MOST_FOOT_LINES = 60
LONGEST_FOOT_LINE = 220

PAGE_HEAD, PAGE_FOOT = "[Đầu trang]", "[Chân trang]"
PAGE_NOTE, TEXT_BOX = "[Chú thích]", "[Khung chữ]"
CARRIED = (PAGE_HEAD, PAGE_FOOT, PAGE_NOTE, TEXT_BOX)
"""How lines begin that stood outside the running text of a file, as the file readers write them."""

_AUTHORITY = re.compile(r"(?:T\s?/?\s?M|K\s?/?\s?T|T\s?/?\s?L|TUQ|Q)\s?\.\s*(?=\S)|T/M\s+(?=\S)")
_POSTS = re.compile(
    r"(?:pho )?(?:chu tich|truong ban|bi thu|giam doc|tong giam doc|chanh van phong|truong phong"
    r"|bo truong|thu truong|truong doan|to truong|cuc truong|vu truong|chi cuc truong|thu ky"
    r"|chanh thanh tra|thu tuong|chu nhiem|hieu truong|vien truong|tong thanh tra|chanh an"
    r"|chu toa|chu tri|nguoi chu tri|nguoi ghi bien ban|thuong truc|uy vien|tham muu truong"
    r"|chi huy truong|truong cong an|thong doc|tong bi thu|truong tieu ban)\b"
)
_RECIPIENTS = re.compile(r"[*_\s]*N[ơƠ][iI]\s+[nN][hH][ậẬ][nN]\s*[*_]*\s*:?", re.IGNORECASE)
_APPENDIX = re.compile(r"(?:phu luc|danh muc|bieu|bang phan cong|phu bieu|de cuong)\b")
_ATTACHED = re.compile(r"\(?\s*(?:ban hanh )?kem theo\b")
_SIGNED = re.compile(r"\(?(?:da ky|ky ten|ky, dong dau|da ky so|ky, ghi ro ho ten).*")
_STAMP = re.compile(
    r"(?:ky boi|nguoi ky|ky so boi|chu ky so|email|thoi gian ky|ngay ky|co quan|signature)\s*:"
)
_NAME = re.compile(
    rf"(?:(?:TS|ThS|PGS|GS|BS|KS|CN|Ths|Đ/c|Ông|Bà)\.?\s+)*"
    rf"(?P<name>[{CAPITAL}][{SMALL}]*(?:\s+[{CAPITAL}][{SMALL}]*){{1,5}})$"
)
_ITEM = re.compile(r"[-–+•*]\s*\S")
_NUMBERED = re.compile(r"[*_\s]*(?:[IVX]{1,5}|\d{1,2})\s?[.)]\s|[a-zđ]\)\s|\|")
_WHITE = re.compile(r"\s+")
_LOOSE = " \t*_"


@dataclass
class Closing:
    """Who signed in which post, to whom it goes, and the stretches of the foot."""

    signer: str = ""
    post: str = ""
    recipients: tuple[str, ...] = ()
    frame: list[Stretch] = field(default_factory=list)


def read_closing(text: str, *, after: int) -> Closing:
    """Read the foot of `text`, which begins behind character `after`.

    Behind the signature an appendix may follow: its title belongs to the frame, its tables do not.
    """
    lines = list(lines_of(text, start=after))
    closing = Closing()
    carried = next((i for i, line in enumerate(lines) if line.words.startswith(CARRIED)), None)
    if carried is not None:
        closing.frame.append(Stretch(lines[carried].start, len(text)))
        lines = lines[:carried]
    titles = list(_appendix_titles(lines))
    last = titles[0][0] if titles else len(lines)
    first = _foot_begins(lines, last)
    if first is not None:
        closing.frame.insert(0, Stretch(lines[first].start, lines[last - 1].end))
        _read_foot(lines[first:last], closing)
    closing.frame.extend(Stretch(lines[a].start, lines[b].end) for a, b in titles)
    closing.frame.sort(key=lambda stretch: stretch.start)
    return closing


def _foot_begins(lines: list[Line], last: int) -> int | None:
    """Return the first line of the foot that ends before line `last`."""
    begins = None
    filled = 0
    named = before = False
    for index in range(last - 1, -1, -1):
        words = lines[index].words
        if not words:
            continue
        filled += 1
        if filled > MOST_FOOT_LINES or len(words) > LONGEST_FOOT_LINE or _NUMBERED.match(words):
            break
        if words.rstrip(_LOOSE).endswith("./."):
            if not _ITEM.match(words):
                break
            continue
        parts = part_texts(words)
        named = named or any(_NAME.match(part.strip(_LOOSE)) for part in parts)
        if any(_opens_foot(part, named=before) for part in parts):
            begins = index
        before = named
    return begins


def _opens_foot(part: str, *, named: bool = True) -> bool:
    """Tell a part with which a foot begins; a mere post needs a name below it."""
    part = part.strip(_LOOSE)
    if _RECIPIENTS.match(part) or (_AUTHORITY.match(part) and shouts(part)):
        return True
    folded = fold(part)
    if _STAMP.match(folded):
        return True
    return named and shouts(part) and len(part) < 80 and _POSTS.match(folded) is not None


def _read_foot(lines: list[Line], closing: Closing) -> None:
    recipients: list[str] = []
    signing: list[str] = []
    goes_on = False
    for line in lines:
        for part in part_texts(line.words):
            words = _RECIPIENTS.sub("", part.strip(_LOOSE), count=1).strip(_LOOSE)
            if not words or is_rule(words):
                continue
            if _ITEM.match(words):
                recipients.append(words)
                goes_on = not words.endswith((";", "."))
            elif goes_on and not shouts(words):
                recipients[-1] += " " + words
                goes_on = not words.endswith((";", "."))
            else:
                signing.append(words)
    closing.recipients = tuple(_recipients(recipients))
    closing.signer, closing.post = _signature(signing)


def _recipients(words: Iterable[str]) -> Iterator[str]:
    for each in words:
        name = _WHITE.sub(" ", each.lstrip("-–+•* ")).rstrip(" ;.,/")
        if name and not is_rule(name):
            yield name


def _signature(words: list[str]) -> tuple[str, str]:
    """Return the name and the post of who signed: the last name below capitals."""
    post: list[str] = []
    signer = signed_post = ""
    on_behalf = False  # "KT. CHỦ TỊCH": the next line is the signer's own post
    for each in words:
        folded = fold(each)
        in_capitals = _is_name_in_capitals(each, post)
        if _SIGNED.fullmatch(folded) or _STAMP.match(folded):
            continue
        if _AUTHORITY.match(each) and shouts(each):
            on_behalf = True
            post = [_AUTHORITY.sub("", each, count=1)]
        elif shouts(each) and not in_capitals and not _initials(each):
            post = [each] if on_behalf or not post else [*post, each]
            on_behalf = False
        elif post and (in_capitals or _NAME.match(each)):
            found = _NAME.match(each)
            signer = found["name"] if found and not in_capitals else each.title()
            signed_post, post = " ".join(post), []
    return _WHITE.sub(" ", signer), _WHITE.sub(" ", signed_post).strip(" ,;")


def _initials(words: str) -> bool:
    """Tell a name of which only the first letters are written out: "A", "N.V.A"."""
    return sum(char.isalpha() for char in words) < 3


def _is_name_in_capitals(words: str, post: list[str]) -> bool:
    """Tell a name in capitals from a further line of the post."""
    folded = fold(words)
    return (
        bool(post)
        and shouts(words)
        and 2 <= len(words.split()) <= 4
        and not _POSTS.match(folded)
        and folded.split()[0] in _FAMILIES
        and "." not in words
    )


_FAMILIES = frozenset(
    "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh luong trinh"  # noqa: SIM905
    " mai ha cao lam to ta chu trieu vuong doan dao thai nong la lo quach kieu luu".split()
)


def _appendix_titles(lines: list[Line]) -> Iterator[tuple[int, int]]:
    """Yield first and last line of every appendix title: capitals and "(Kèm theo …)"."""
    index = 0
    while index < len(lines):
        words = lines[index].words.strip(_LOOSE)
        if len(words) < 200 and shouts(words) and _APPENDIX.match(fold(words)):
            last = index
            for ahead in range(index + 1, min(index + 12, len(lines))):
                following = lines[ahead].words.strip(_LOOSE)
                open_bracket = lines[last].words.count("(") > lines[last].words.count(")")
                if not following:
                    continue
                if "|" in following:
                    break
                titled = shouts(following) and len(following) < 300
                if not (titled or _ATTACHED.match(fold(following)) or open_bracket):
                    break
                if re.match(r"(?:[IVX]{1,5}|\d{1,2}|[A-H])[.)]", following):
                    break
                last = ahead
            yield index, last
            index = last
        index += 1
