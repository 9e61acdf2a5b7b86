"""Two criteria tables as two provinces printed them, oddities included (shortened names).

Cà Mau 1880/QĐ-UBND of 2013, districts, first pages; Hải Phòng 212/2025/QĐ-UBND, annex 1, heads.
"""

PLAN = "> 90 %: 2; 70–90 %: 1; < 70 %: 0"

# code, parent, maximum, kind, rule
CA_MAU = [
    ("1", "", "20", "", ""),
    ("1.1", "1", "5", "", ""),
    ("1.1.1", "1.1", "1", "stepped", "kịp thời 1; không kịp thời 0,5; không ban hành 0"),
    ("1.1.2", "1.1", "1", "yes_no", "đầy đủ, có kinh phí 1; không 0"),
    ("1.1.3", "1.1", "1", "yes_no", "đạt 1; không 0"),
    ("1.1.4", "1.1", "2", "stepped", PLAN),
    ("1.2", "1", "2", "", ""),
    ("1.2.1", "1.2", "1", "yes_no", "đủ, đúng 1; không 0"),
    ("1.2.2", "1.2", "1", "yes_no", "đạt 1; không 0"),
    ("1.3", "1", "3", "judged", ""),
]


def _letters(parent: str, letters: str, points: str) -> list[tuple[str, str, str, str, str]]:
    return [(f"{parent}.{letter}", parent, points, "judged", "") for letter in letters]


HAI_PHONG = [
    ("I", "", "20", "", ""),
    *[(f"I.{number}", "I", "5", "", "") for number in (1, 2, 3, 4)],
    *[row for number in (1, 2, 3, 4) for row in _letters(f"I.{number}", "abcd", "1,25")],
    ("II", "", "80", "", ""),
    ("II.1", "II", "5", "", ""),
    *_letters("II.1", "abcde", "1"),
    ("II.2", "II", "5", "", ""),
    *_letters("II.2", "abcde", "1"),
    ("II.3", "II", "20", "", ""),
    ("II.3.a", "II.3", "5", "ratio", "hoàn thành / được giao × 100 % × 5"),
    ("II.3.b", "II.3", "10", "ratio", "đạt yêu cầu / được giao × 100 % × 10"),
    ("II.3.c", "II.3", "5", "ratio", "đạt tiến độ / được giao × 100 % × 5"),
    ("II.4", "II", "30", "", ""),
    *[(f"II.4.{letter}", "II.4", "10", "ratio", "") for letter in "abc"],
    ("II.5", "II", "20", "", ""),
    ("II.5.1.a", "II.5", "2", "stepped", "từ mức trung bình: 2; dưới: 0"),
    ("II.5.1.b", "II.5", "2", "stepped", "từ mức trung bình: 1; dưới: 0"),
    ("II.5.1.c", "II.5", "1", "yes_no", "đạt 1; không 0; không được giao: không chấm"),
    ("II.5.2.a", "II.5", "2,5", "stepped", "≥ 95 %: 2,5; < 95 %: 0; không giao: không chấm"),
    *[
        (f"II.5.2.{letter}", "II.5", "2,5", "yes_no", "đạt 2,5; không 0; không giao: không chấm")
        for letter in "bcdeg"
    ],
]


def sheet_rows(
    edition: str, scale: str, table: list[tuple[str, str, str, str, str]]
) -> list[dict[str, object]]:
    """Return the rows of an import sheet."""
    return [
        {
            "edition": edition,
            "year": "2025",
            "index": edition,
            "scale": scale,
            "code": code,
            "name": f"Tiêu chí {code}",
            "parent_code": parent,
            "max_points": most,
            "rule_kind": kind,
            "rule_text": rule,
        }
        for code, parent, most, kind, rule in table
    ]
