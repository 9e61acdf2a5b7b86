"""What head and foot of a document say of it, and where they stand: the frame of the text.

The lay-out is that of Decree 30/2020/ND-CP, article 8 and appendix I, and of the Party's
Instruction 05-HD/VPTW; columns may stand side by side (a bar, a tab, wide space or, in copied
text, a single space before the national motto).
"""

import re
from dataclasses import dataclass
from datetime import date

from tracker.extraction.closing import read_closing
from tracker.extraction.edges import Line, Stretch, is_rule, lines_of, part_texts, shouts
from tracker.extraction.vocabulary import CAPITAL
from tracker.folding import fold

MOST_HEAD_LINES = 60
LONGEST_HEAD_LINE = 400
LONGEST_EXCERPT = 700
MOST_LEFT_OVER = 60
MOST_ABOUT_LINES = 8

_MOTTO = re.compile(
    r"C[ỘO]NG\s+H(?:[OÒ][ÀAÁ]|OÀ)\s+X[ÃA]\s+H[ỘO]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆE]T(?:\s+NAM)?"
    r"|Đ[ộo]c\s+l[ậa]p\s*[-–—]+\s*T[ựu]\s+do\s*[-–—]+\s*H[ạa]nh\s+ph[úu]c"
    r"|Đ[ẢA]NG\s+C[ỘO]NG\s+S[ẢA]N\s+VI[ỆE]T\s+NAM",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"(?<!\w)[Ss](?:ố|Ố|ô)\s*:?\s*(?P<blank>[.…_\s]*)"
    r"(?P<digits>\d{1,6})?\s*(?:/\s*(?P<year>\d{4})\s*)?(?P<join>[/-])\s*"
    rf"(?P<symbol>[{CAPITAL}][{CAPITAL}a-z0-9&.]*"
    rf"(?:\s?[-–/]\s?[{CAPITAL}][{CAPITAL}a-z0-9&.]*){{0,4}})"
)
_DATED = re.compile(
    r"(?:(?P<place>[^\W\d][^\d:;|]{0,60}?)\s*,\s*|^)[Nn]gày\s+"
    r"(?:(?P<day>\d{1,2})|[.…_\s]*)\s*tháng\s+(?:(?P<month>\d{1,2})|[.…_\s]*)\s*"
    r"năm\s+(?P<year>\d{4}|20[.…_\s]*)?\s*[.;,]?$"
)
_SHORT_DATED = re.compile(
    r"(?P<place>[^\W\d][^\d:;|]{1,60}?)\s*,\s*(?:[Nn]gày\s+)?"
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})\s*$"
)
_HALF_DATED = re.compile(r"^[^\W\d][^\d:;|]{1,40},\s*ngày\s+[\d.…_\s]*(?:tháng\s*[\d.…_\s]*)?$")
_KINDS = {
    "thong bao ket luan": "Thông báo",
    "thong bao": "Thông báo",
    "ket luan": "Kết luận",
    "ket luan thanh tra": "Kết luận",
    "ket luan kiem tra": "Kết luận",
    "chi thi": "Chỉ thị",
    "ke hoach": "Kế hoạch",
    "quyet dinh": "Quyết định",
    "nghi quyet": "Nghị quyết",
    "bao cao": "Báo cáo",
    "bien ban": "Biên bản",
    "cong dien": "Công điện",
    "chuong trinh": "Chương trình",
    "chuong trinh hanh dong": "Chương trình",
    "huong dan": "Hướng dẫn",
    "to trinh": "Tờ trình",
    "phuong an": "Phương án",
    "de an": "Đề án",
    "giay moi": "Giấy mời",
    "quy che": "Quy chế",
    "quy dinh": "Quy định",
    "cong van": "Công văn",
}
_SUBJECT = re.compile(r"\(?\s*(?:V/v|V\.v|[Vv]ề\s+việc)\b\s*:?", re.IGNORECASE)
_ABOUT = re.compile(r"\s*(?:V/v|V\.v)\s*:?\s*")
_SECRET = re.compile(r"(?:tuyet mat|toi mat|mat)")
_STAMPS = re.compile(
    r"(?:ky boi|nguoi ky|ky so boi|chu ky so|email|co quan|to chuc|thoi gian ky|ngay ky|signature"
    r"|cong van den|van ban den|so den|ngay den|den so|chuyen|luu ho so)\s*:"
    r"|(?:du thao(?: lan)?\b.{0,30}|hoa toc.{0,20}|khan|thuong khan|thuong hoa toc|ban sao.{0,20}"
    r"|luu hanh noi bo|tuyet mat|toi mat|mat|signature (?:not verified|valid).{0,20}"
    r"|(?:cong van|van ban)? ?den)$"
)
_BODY_OPENERS = re.compile(
    r"(?:can cu|ngay|sang ngay|chieu ngay|sang|chieu|thuc hien|theo|tai|de|trong|kinh gui|xet"
    r"|tiep theo|nham|vua qua|tu ngay|trien khai|sau khi|qua|hom nay|duoc su|tren co so)\b"
    r"(?!.{0,40}:?$)"
)
_ADDRESS = re.compile(r"kinh (?:gui|chuyen)|[^a-z]*[a-z ]{3,60} dien ?:$")
_BLANK = re.compile(r"(?<=[Ss]ố:)\s{2,}(?=/)|(?<=[Nn]gày)\s{2,}(?=tháng)|(?<=tháng)\s{2,}(?=năm)")
_ITEM = re.compile(r"[*_\s]*(?:[IVX]{1,5}|\d{1,2}|[A-E]|[a-z])\s?[.)]\s|[-–+•]\s")
_UNIT_HEADS = re.compile(
    r"(?:\*\s*)?(?:ubnd|uy ban|hdnd|hoi dong|ban|bo|so|van phong|phong|dang bo|dang uy|tinh uy"
    r"|thanh uy|huyen uy|quan uy|xa uy|phuong uy|chi bo|to|doan|cuc|chi cuc|tong cuc|vu|trung tam"
    r"|cong an|truong|thanh tra|chinh phu|thu tuong|bch|mttq|mat tran|lien doan|hoi|benh vien"
    r"|vien|kho bac|bao hiem|tong cong ty|cong ty|tap doan|thuong truc|quoc hoi|chu tich|kiem toan"
    r"|toa an|vien kiem sat|bi thu|bch)\b"
)
_PREFIX = re.compile(r"^(?:ĐƠN VỊ|CƠ QUAN|TÊN CƠ QUAN|TÊN ĐƠN VỊ)\s*:\s*", re.IGNORECASE)
_WHITE = re.compile(r"\s+")
_LOOSE = " \t*_#>-–—.…"


@dataclass(frozen=True)
class Letterhead:
    """Fields found at the edge of a document; empty where it does not say.

    `number` is whole ("45/TB-UBND") or empty while the registry's part is blank; `above` is the
    body that stands over the issuer. `end` is where the head ends, `frame` every stretch of
    head and foot, in characters of the text as read.
    """

    number: str = ""
    issued_on: date | None = None
    place: str = ""
    kind: str = ""
    excerpt: str = ""
    issuer: str = ""
    above: str = ""
    signer: str = ""
    signer_post: str = ""
    recipients: tuple[str, ...] = ()
    secret: bool = False
    end: int = 0
    frame: tuple[Stretch, ...] = ()


def read_letterhead(text: str) -> Letterhead:
    """Find number, date, kind, excerpt, issuer at the head, signer and recipients at the foot."""
    head = _Head()
    for line in lines_of(text, most=MOST_HEAD_LINES):
        if not head.takes(line):
            break
    closing = read_closing(text, after=head.end)
    frames = ([Stretch(0, head.end)] if head.end else []) + list(closing.frame)
    return Letterhead(
        number=head.number,
        issued_on=head.issued_on,
        place=head.place,
        kind=head.kind,
        excerpt=head.excerpt,
        issuer=head.units[-1] if head.units else "",
        above="; ".join(head.units[:-1]),
        signer=closing.signer,
        signer_post=closing.post,
        recipients=closing.recipients,
        secret=head.secret,
        end=head.end,
        frame=tuple(frames),
    )


class _Head:
    """Takes the lines of a head one by one until a line is none of it."""

    def __init__(self) -> None:
        self.number = self.place = self.kind = ""
        self.issued_on: date | None = None
        self.units: list[str] = []
        self.secret = False
        self.end = 0
        self._excerpt: list[str] = []
        self._about: list[str] = []
        self._signs = 0  # marks that only a head has: motto, number, date, kind
        self._reach = 0  # behind the last line taken, before it is sure to be a head
        self._half_date = ""
        self._in_excerpt = self._in_about = self._numbered = False

    @property
    def excerpt(self) -> str:
        words = self._excerpt or self._about
        return _WHITE.sub(" ", _ABOUT.sub("", " ".join(words), count=1)).strip(' *_().:;"“”')

    def takes(self, line: Line) -> bool:
        """Take `line` if it belongs to the head."""
        words = line.words
        if not words or is_rule(words):
            self._in_about = False
            if self._in_excerpt and self._excerpt:
                self._in_excerpt = False
            if words and self.end:
                self.end = line.end
            return True
        if len(words) > LONGEST_HEAD_LINE or not self._reads(words):
            return False
        self._reach = line.end
        if self._signs >= 2 or self.kind:
            self.end = self._reach
        return True

    def _reads(self, words: str) -> bool:
        """Read the parts of one line; False: it is not of the head."""
        known = False
        if self._signs and words == "NAM":  # of a motto broken over two lines
            return True
        rest, mottoes = _MOTTO.subn("\t", _BLANK.sub(" ", words))
        if mottoes:
            known = True
            self._signs += 1
        for whole in part_texts(rest):
            part = self._without_date(self._without_number(whole))
            if part.strip(_LOOSE) and not self._one(part.strip(" *_#>")):
                return known and len(part) <= MOST_LEFT_OVER and not self.kind
            known = True
        return known

    def _without_number(self, part: str) -> str:
        found = None if self._numbered or self._in_excerpt else _NUMBER.search(part)
        if found is None or part[: found.start()].strip(_LOOSE + "|"):
            return part
        self._numbered = True
        self._signs += 1
        if found["digits"]:
            year = f"/{found['year']}" if found["year"] else ""
            symbol = re.sub(r"\s+", "", found["symbol"]).rstrip(".").replace("–", "-")
            self.number = f"{found['digits']}{year}{found['join']}{symbol}"
        return part[found.end() :]

    def _without_date(self, part: str) -> str:
        if self.issued_on or self.place or self._in_excerpt:
            return part
        words = f"{self._half_date} {part.strip(' *_()')}".strip()
        self._half_date = ""
        found = _DATED.search(words) or _SHORT_DATED.search(words)
        if found is None and _HALF_DATED.search(words):
            self._half_date = words  # "Hà An, ngày 05 tháng 3" and below it "năm 2026"
            return ""
        if found is None or (found["place"] is None and not self._signs):
            return part
        self._signs += 1
        self.place = _WHITE.sub(" ", found["place"] or "").strip(" *_")
        self.issued_on = _date(found)
        self._in_about = False
        return words[: found.start()]

    def _one(self, part: str) -> bool:
        """Read one part that is neither motto, number nor date; False: it is not of the head."""
        folded = fold(part.strip("*_ .:"))
        if _STAMPS.match(folded):
            self.secret = self.secret or _SECRET.fullmatch(folded) is not None
        elif _ADDRESS.match(fold(part)):
            return False
        elif not self.kind and folded in _KINDS and (shouts(part) or self._signs):
            self.kind = _KINDS[folded]
            self._signs += 1
            self._in_excerpt, self._in_about = True, False
        elif self._in_excerpt:
            return self._excerpt_goes_on(part, folded)
        elif not self.kind and _SUBJECT.match(part) and self._signs:
            self._about, self._in_about = [part], True
        elif self._in_about and not shouts(part) and len(self._about) < MOST_ABOUT_LINES:
            self._about.append(part)
        elif self.kind or self._about or not _is_issuer(part):
            return False
        else:
            self._add_unit(_PREFIX.sub("", part))
        return True

    def _excerpt_goes_on(self, part: str, folded: str) -> bool:
        length = len(" ".join(self._excerpt)) + len(part)
        opens_body = self._excerpt and (
            part.rstrip(" *_").endswith((".", ";", ":", "./."))
            or _BODY_OPENERS.match(folded)
            or (shouts(part) and not shouts(self._excerpt[0]))
        )
        begins = part[:1].islower() and bool(self._excerpt)
        if length > LONGEST_EXCERPT or _ITEM.match(part) or (opens_body and not begins):
            return False
        if not self._excerpt and part.rstrip(" *_").endswith((".", ":")) and len(part) > 200:
            return False
        self._excerpt.append(part)
        return True

    def _add_unit(self, part: str) -> None:
        words = _WHITE.sub(" ", part).strip(_LOOSE)
        if self.units and not _UNIT_HEADS.match(fold(words)):
            self.units[-1] += " " + words
        else:
            self.units.append(words)


def _is_issuer(part: str) -> bool:
    words = _PREFIX.sub("", part).strip(_LOOSE)
    return (
        bool(words) and shouts(words) and len(words) <= 120 and not words.endswith((".", ":", ";"))
    )


def _date(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except (TypeError, ValueError):
        return None
