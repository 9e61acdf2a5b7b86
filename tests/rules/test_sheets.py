"""Sheets: what people send is read or refused with a sentence; what is written reads back."""

import csv
import io
import unicodedata
import zipfile
from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.files import hostile
from tracker.errors import BadInput, RowErrors
from tracker.sheets import (
    BadRows,
    Column,
    Row,
    cell_bool,
    cell_choice,
    cell_date,
    cell_decimal,
    cell_int,
    cell_list,
    read_sheet,
    write_csv,
    write_xlsx,
)

CODE = Column("code", ("Mã", "Code"), required=True)
NAME = Column("name", ("Tên đơn vị", "Name"))
POINTS = Column("max_points", ("Điểm tối đa", "Maximum"))
DUE = Column("due_on", ("Thời hạn", "Due"))
COLUMNS = (CODE, NAME, POINTS, DUE)


def cells(data: bytes, file_name: str = "f.csv", columns=COLUMNS) -> list[dict[str, str]]:
    return [row.cells for row in read_sheet(data, file_name=file_name, columns=columns)]


def refusal(data: bytes, file_name: str = "f.xlsx") -> str:
    with pytest.raises(BadInput) as caught:
        read_sheet(data, file_name=file_name, columns=COLUMNS)
    return str(caught.value)


MOMENT = datetime(2026, 6, 30, 8, 30)  # noqa: DTZ001  # a sheet's cell has no time zone

# CSV


@pytest.mark.parametrize("bom", ["", "\ufeff"])
@pytest.mark.parametrize("delimiter", [";", ","])
def test_csv_is_read_with_and_without_bom_and_with_both_delimiters(bom, delimiter):
    text = f"{bom}code{delimiter}name\r\nSTC{delimiter}Sở Tài chính\r\n"

    assert cells(text.encode()) == [
        {"code": "STC", "name": "Sở Tài chính", "max_points": "", "due_on": ""}
    ]


def test_delimiter_is_decided_by_the_header_and_not_by_commas_in_the_rows():
    rows = cells("code;name\nA;một, hai, ba, bốn\n".encode())

    assert rows[0]["name"] == "một, hai, ba, bốn"


def test_single_column_csv_keeps_its_commas():
    assert cells(b"code\nA,B\n")[0]["code"] == "A,B"


def test_headings_may_be_names_or_labels_in_any_case_and_composition():
    header = unicodedata.normalize("NFD", "mã *;TÊN  ĐƠN VỊ;Maximum;due on")

    assert cells(f"{header}\nA;b;1;2026-06-30".encode())[0] == {
        "code": "A",
        "name": "b",
        "max_points": "1",
        "due_on": "2026-06-30",
    }


def test_lines_count_rows_as_a_spreadsheet_does_when_cells_hold_newlines_and_rows_are_blank():
    data = 'code;name\nA;"hai\ndòng"\n\n;;\nB;một\n'.encode()

    sheet = read_sheet(data, file_name="f.csv", columns=COLUMNS)

    assert [(row.line, row.cells["code"]) for row in sheet] == [(2, "A"), (5, "B")]
    assert sheet.rows[0].cells["name"] == "hai\ndòng"


def test_apostrophe_before_a_formula_sign_is_taken_off_and_others_stay():
    rows = cells(b"code;name\n'=1;'+84\n'-x;'@y\n''=z;'quoted'\n")

    assert [(r["code"], r["name"]) for r in rows] == [
        ("=1", "+84"),
        ("-x", "@y"),
        ("'=z", "'quoted'"),
    ]


def test_control_characters_are_removed_and_decomposed_text_is_composed():
    assert cells("code;name\nA;So\u031b\u0309\u0000 Y\u0007 te\u0302\u0301".encode("utf-16"))[0][
        "name"
    ] == ("Sở Y tế")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("code;name;wrong\nA;b;c\n", "Unknown columns: wrong"),
        ("code;name;Mã\nA;b;c\n", "is there twice"),
        ("name\nb\n", "columns are missing: code"),
        ("Danh sách đơn vị\ncode;name\nA;b\n", "does not name the columns"),
        ("\ncode;name\nA;b\n", "first row is blank"),
        ('code;name\nA;"không đóng\nB;c\n', "Line 2 cannot be read"),
        ("", "The file is empty"),
        ("  \r\n ", "The file is empty"),
        ("<html><table><tr><td>code</td></tr></table>", "neither an Excel workbook"),
        (";".join(f"c{n}" for n in range(101)) + "\n", "more than 100 columns"),
    ],
)
def test_csv_that_cannot_be_read_is_refused_with_a_sentence(text, says):
    assert says in refusal(text.encode(), "f.csv")


def test_csv_in_another_encoding_is_refused_and_utf8_is_asked_for():
    assert "CSV UTF-8" in refusal("code;name\nA;Sở".encode("cp1258", "replace") + b"\xff", "f.csv")


def test_values_beside_the_named_columns_name_their_lines():
    with pytest.raises(RowErrors) as caught:
        read_sheet(b"code;name\nA;b\nB;c;d\nC;e;f\n", file_name="f.csv", columns=COLUMNS)

    assert [error.line for error in caught.value.rows] == [3, 4]


# XLSX


def test_xlsx_gives_dates_as_iso_and_numbers_as_exact_decimals():
    data = hostile.xlsx(
        [
            ["code", "name", "max_points", "due_on"],
            ["A", True, 2.2999999999999998, date(2026, 6, 30)],
            [None, None, None, None],
            [17, 0.1 + 0.2, 1e-7, MOMENT],
        ]
    )

    sheet = read_sheet(data, file_name="f.xlsx", columns=COLUMNS)

    assert [row.line for row in sheet] == [2, 4]
    assert sheet.rows[0].cells == {
        "code": "A",
        "name": "1",
        "max_points": "2.3",
        "due_on": "2026-06-30",
    }
    assert sheet.rows[1].cells == {
        "code": "17",
        "name": "0.3",
        "max_points": "0.0000001",
        "due_on": "2026-06-30 08:30:00",
    }


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [
        (1.1, "0.00", "1.10"),
        (7, "000", "007"),
        (0.95, "0%", "95%"),
        (9.456, "0.0", "9.456"),
    ],
)
def test_zeros_that_a_cell_shows_belong_to_its_text(value, number_format, text):
    book = openpyxl.Workbook()
    book.active.append(["code"])
    book.active["A2"] = value
    book.active["A2"].number_format = number_format
    out = io.BytesIO()
    book.save(out)

    assert cells(out.getvalue(), columns=[CODE])[0]["code"] == text


def test_xlsx_is_read_whole_when_it_states_a_wrong_dimension():
    data = hostile.xlsx([["code", "name"], ["A", "b"], ["B", "c"]])
    sheet = hostile.part(data, "xl/worksheets/sheet1.xml").replace(b"A1:B3", b"A1")

    assert len(cells(hostile.rebuilt(data, {"xl/worksheets/sheet1.xml": sheet}))) == 2


def test_spreadsheet_errors_in_cells_are_named_by_line():
    with pytest.raises(RowErrors) as caught:
        read_sheet(
            hostile.xlsx([["code", "name"], ["A", "#REF!"]]),
            file_name="f.xlsx",
            columns=COLUMNS,
        )

    assert (caught.value.rows[0].line, caught.value.rows[0].column) == (2, "name")


HONEST = hostile.xlsx([["code", "name"], ["A", "b"]])
SHEET = "xl/worksheets/sheet1.xml"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "The file is empty"),
        (hostile.cut_off(HONEST), "The file is damaged"),
        (hostile.bit_rot(HONEST), "The file is damaged"),
        (b"PK\x03\x04" + b"x" * 500, "The file is damaged"),
        (
            hostile.rebuilt(HONEST, {SHEET: b"<worksheet><broken"}),
            "The file is damaged",
        ),
        (hostile.rebuilt(HONEST, {"xl/workbook.xml": b"<a/>"}), "The file is damaged"),
        (b"no workbook at all", "The file is damaged"),
        (hostile.locked_zip(HONEST), "protected with a password"),
        (hostile.locked_office(), "protected with a password"),
        (hostile.old_office(), "old Excel format"),
        (hostile.zip_bomb(), "far too large when unpacked"),
        (hostile.office_bomb(HONEST, SHEET), "far too large when unpacked"),
        (
            hostile.entity_bomb(HONEST, SHEET),
            "definitions that office programs do not write",
        ),
        (
            hostile.entity_bomb(HONEST, SHEET, encoding="utf-16"),
            "definitions that office",
        ),
        (
            hostile.entity_bomb(HONEST, SHEET, encoding="cp037"),
            "definitions that office",
        ),
        (hostile.with_macros(HONEST, "xl"), "holds macros"),
        (hostile.word("a"), "neither an Excel workbook"),
        (hostile.zip_of({"a.txt": "a"}), "neither an Excel workbook"),
    ],
)
def test_hostile_or_broken_workbooks_are_refused_with_a_sentence(data, says):
    assert says in refusal(data)


def test_pictures_and_programs_named_csv_are_refused():
    for data in (hostile.PNG, hostile.PDF, hostile.PROGRAM):
        assert "neither an Excel workbook" in refusal(data, "f.csv")


def test_file_above_20_mb_is_refused_before_it_is_read():
    assert "larger than 20 MB" in refusal(b"code\n" + b"a" * 20 * 1024 * 1024, "f.csv")


def test_too_many_columns_and_rows_far_below_are_refused():
    assert "more than 100 columns" in refusal(hostile.xlsx([[f"c{n}" for n in range(150)]]))
    far = hostile.part(HONEST, SHEET).replace(b'r="2"', b'r="999999999"')
    assert "damaged" in refusal(hostile.rebuilt(HONEST, {SHEET: far}))


def test_more_than_200_000_rows_are_refused():
    assert "more than 200000 rows" in refusal(b"code\n" + b"a\n" * 200_001, "f.csv")


# Cells


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("2026-06-30", date(2026, 6, 30)),
        ("2026-06-30 08:30:00", date(2026, 6, 30)),
        ("30/06/2026", date(2026, 6, 30)),
        ("1/7/2026", date(2026, 7, 1)),
        ("29/02/2028", date(2028, 2, 29)),
    ],
)
def test_dates_are_read_as_iso_or_day_first(text, value):
    assert cell_date(text) == value


@pytest.mark.parametrize("text", ["29/02/2026", "31/6/2026", "06/30/2026", "30/6/26", "0206-01-01"])
def test_dates_that_do_not_exist_or_are_unclear_are_refused(text):
    with pytest.raises(BadInput):
        cell_date(text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("9,5", "9.5"),
        ("9.50", "9.50"),
        ("-0,25", "-0.25"),
        ("1.234,5", "1234.5"),
        ("1,234,567.25", "1234567.25"),
        ("1.234", "1.234"),
        ("95%", "95"),
        ("1\u00a0000", "1000"),
    ],
)
def test_decimals_take_comma_and_point(text, value):
    assert cell_decimal(text) == (Decimal(value) if value else None)


@pytest.mark.parametrize("text", ["chín", "1e5", "NaN", "Infinity", "1,2,3", "--1", "١", "1.2.3,4"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(BadInput):
        cell_decimal(text)


def test_whole_numbers_refuse_a_fraction():
    assert cell_int("50") == 50
    assert cell_int("50,0") == 50
    with pytest.raises(BadInput):
        cell_int("50,5")


def test_yes_and_no_are_read_in_the_words_of_the_interface():
    assert all(cell_bool(word) for word in ("1", "x", "X", "true", "TRUE", "có", "Có", "CO"))
    assert not any(cell_bool(word) for word in ("", "0", "false", "không", "Không", "khong"))
    with pytest.raises(BadInput):
        cell_bool("maybe")


def test_choices_and_lists():
    words = {"department": 1, "Sở, phòng": 1, "commune": 2}
    assert cell_choice("sở,  phòng".replace(",  ", ", "), words) == 1
    assert cell_choice("COMMUNE", words) == 2
    assert cell_choice("", words) is None
    with pytest.raises(BadInput):
        cell_choice("làng", words)
    assert cell_list(" A; B ;;C") == ["A", "B", "C"]


def test_every_bad_row_is_named_in_one_refusal():
    bad = BadRows()
    rows = [Row(n, {"due_on": "x" if n % 2 else "2026-06-30", "code": ""}) for n in range(2, 8)]
    for row in rows:
        bad.read(row, "due_on", cell_date)
    bad.required(rows[0], "code")

    with pytest.raises(RowErrors) as caught:
        bad.refuse()

    assert [(e.line, e.column) for e in caught.value.rows] == [
        (2, "code"),
        (3, "due_on"),
        (5, "due_on"),
        (7, "due_on"),
    ]


# Writing

TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), max_size=40
).map(lambda text: unicodedata.normalize("NFC", text).strip())
ROW = st.fixed_dictionaries(
    {
        "code": TEXT.filter(lambda text: text and not text.startswith("#")),
        "name": TEXT | st.sampled_from(["=1+1", "'=1", "''-x", "-5", "@a", "+84", "_x000D_", "'"]),
        "max_points": st.none() | st.decimals(-999, 999, places=4),
        "due_on": st.none() | st.dates(date(1901, 1, 1), date(2199, 12, 31)),
    }
)


@settings(max_examples=60, deadline=None)
@given(rows=st.lists(ROW, max_size=4), language=st.sampled_from(["vi", "en"]), kind=...)
@example(rows=[{"code": "_x0041_", "name": "=cmd|' /C calc'!A0"}], language="vi", kind=True)
def test_what_is_written_reads_back_equal(rows, language, kind: bool):
    if kind:
        data = write_csv(COLUMNS, rows, language=language)
    else:
        data = write_xlsx(COLUMNS, rows, sheet_name="Đơn vị: [1]", language=language)

    back = read_sheet(data, file_name="f", columns=COLUMNS)

    assert [
        (r.cells["code"], r.cells["name"], cell_decimal(r.cells["max_points"]),
         cell_date(r.cells["due_on"]))
        for r in back
    ] == [(r["code"], r["name"], r.get("max_points"), r.get("due_on")) for r in rows]  # fmt: skip


def test_csv_is_written_for_a_vietnamese_excel():
    data = write_csv(
        COLUMNS,
        [
            {
                "code": "=1",
                "name": "-x",
                "max_points": Decimal("-9.50"),
                "due_on": date(2026, 6, 30),
            }
        ],
    )

    assert data.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";")) == [
        ["Mã", "Tên đơn vị", "Điểm tối đa", "Thời hạn"],
        ["'=1", "'-x", "-9,50", "30/06/2026"],
    ]


def test_xlsx_has_real_dates_numbers_a_frozen_bold_header_and_no_formula():
    data = write_xlsx(
        (*COLUMNS, Column("aliases")),
        [
            {
                "code": "=1+1",
                "max_points": Decimal("9.5"),
                "due_on": date(2026, 6, 30),
                "aliases": ("a", "b"),
                "name": "x" * 40_000,
            }
        ],
        sheet_name="Tasks",
        language="en",
    )
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active

    assert [cell.value for cell in sheet[1]] == [
        "Code",
        "Name",
        "Maximum",
        "Due",
        "aliases",
    ]
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E2"
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("=1+1", "s")
    assert (sheet["C2"].value, sheet["C2"].data_type) == (9.5, "n")
    assert sheet["D2"].is_date
    assert sheet["D2"].number_format == "dd/mm/yyyy"
    assert sheet["E2"].value == "a; b"
    assert len(sheet["B2"].value) == 32_767


def test_a_formula_that_no_program_has_counted_is_refused_with_its_cell():
    book = openpyxl.Workbook()
    book.active.append(["code", "name"])
    book.active.append(["A", '=CONCATENATE("x", "y")'])
    out = io.BytesIO()
    book.save(out)

    with pytest.raises(BadInput, match="Cell B2 holds a formula"):
        cells(out.getvalue(), "f.xlsx")


@pytest.mark.parametrize("result", ["xy", ""])
def test_a_formula_with_its_result_reads_as_the_result(result):
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["code", "name"])
    sheet.write(1, 0, "A")
    sheet.write_formula(1, 1, '=CONCATENATE("x", "y")', None, "xy")
    book.close()
    data = io.BytesIO()
    with zipfile.ZipFile(out) as there, zipfile.ZipFile(data, "w") as mended:
        for name in there.namelist():
            content = there.read(name).replace(b"<v>xy</v>", f"<v>{result}</v>".encode())
            mended.writestr(name, content)

    (row,) = cells(data.getvalue(), "f.xlsx")

    assert row["name"] == result
