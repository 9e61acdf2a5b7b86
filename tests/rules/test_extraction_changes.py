"""The same tasks are read when a text is written otherwise: other units, verbs, dates, marks.

The marks of the gold change with the words, so that every change is scored like the text itself.
"""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.files.gold import FOLDER, parse, score, wrap
from tests.rules.test_extraction_readings import read

MARKED = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.txt"))}
FLOOR = 0.95


def words(**pairs: str) -> Callable[[str], str]:
    """Return a change of words; a name is given with _ for its spaces."""
    swaps = {old.replace("_", " "): new for old, new in pairs.items()}
    sought = re.compile("|".join(sorted(map(re.escape, swaps), key=len, reverse=True)))
    return lambda text: sought.sub(lambda found: swaps[found[0]], text)


def pattern(expression: str, by: str) -> Callable[[str], str]:
    return lambda text: re.sub(expression, by, text)


CHANGES: dict[str, Callable[[str], str]] = {
    "other departments": words(
        Sở_Nội_vụ="Sở Ngoại vụ",
        Sở_Y_tế="Sở Công Thương",
        Sở_Tài_chính="Sở Văn hóa, Thể thao và Du lịch",
        Sở_Xây_dựng="Sở Tư pháp",
    ),
    "other agencies": words(
        Thuế_tỉnh="Kho bạc Nhà nước tỉnh",
        Bảo_hiểm_xã_hội_tỉnh="Ngân hàng Nhà nước chi nhánh tỉnh",
        Công_an_xã="Ban Chỉ huy Quân sự xã Tân Mỹ",
        Phòng_Kinh_tế="Phòng Tư pháp",
    ),
    "long names": words(UBND="Ủy ban nhân dân", HĐND="Hội đồng nhân dân"),
    "the other tone placement": words(Hòa="Hoà", hóa="hoá", Hóa="Hoá", khỏe="khoẻ", Ủy="Uỷ"),
    "phân công for giao": pattern(r"(?<!\w)[Gg]iao (?=Sở |Ban )", "phân công "),
    "đề nghị for yêu cầu": words(Yêu_cầu_các="Đề nghị các", Yêu_cầu_Thuế="Đề nghị Thuế"),
    "làm đầu mối for chủ trì": pattern(
        r"chủ trì, phối hợp với", "làm đầu mối, phối hợp chặt chẽ với"
    ),
    "chậm nhất for trước": pattern(r"trước ngày (?=\d)", "chậm nhất ngày "),
    "dates in words": pattern(
        r"ngày (\d{1,2})/(\d{1,2})/(20\d\d)(?! của| về)", r"ngày \1 tháng \2 năm \3"
    ),
    "dates with dots": pattern(r"(\d{1,2})/(\d{1,2})/(20\d\d)", r"\1.\2.\3"),
    "numbers with a bracket": pattern(r"(?m)^(\d)\. ", r"\1) "),
    "letters with a point": pattern(r"(?m)^([a-d])\) ", r"\1. "),
    "plus signs for bullets": pattern(r"(?m)^- (?=⟪)", "+ "),
    "bold marks": pattern(r"(?m)^(\d\. )(Sở [^\n⟪:]{3,30})$", r"**\1\2**"),
    "decomposed white space": pattern(r"(?<=Sở) ", "\u00a0"),
    "narrow pages": lambda text: text,
    "wide pages": lambda text: text,
}
WIDTHS = {"narrow pages": 45, "wide pages": 120}


@pytest.mark.parametrize("change", CHANGES)
def test_what_changes_no_sense_changes_no_task(change: str) -> None:
    golds = [parse(name, CHANGES[change](text)) for name, text in MARKED.items()]
    width = WIDTHS.get(change, 0)
    figures = score([replace(gold, text=wrap(gold.text, width)) for gold in golds], read)
    assert min(figures.task_f1, figures.lead_f1, figures.dated_share) >= FLOOR, figures.wrong
