"""Uploads: the content decides; each refusal says what to do; a notice's text is read whole."""

import time
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.files import hostile, notices
from tracker.errors import BadInput
from tracker.evidence.reading import read_text
from tracker.evidence.rules import MediaType, check_upload, clean_name
from tracker.evidence.storage import FileStore

WORD = hostile.word("Thông báo kết luận")
EXCEL = hostile.xlsx([["a"]])
DOCUMENT = "word/document.xml"


def refusal(name: str, data: bytes, take=check_upload) -> str:
    with pytest.raises(BadInput) as caught:
        take(name, data)
    return str(caught.value)


# What is taken


@pytest.mark.parametrize(
    ("name", "data", "media"),
    [
        ("Báo cáo.pdf", hostile.PDF, MediaType.PDF),
        ("a.DOCX", WORD, MediaType.DOCX),
        ("a.xlsx", EXCEL, MediaType.XLSX),
        ("a.pptx", hostile.presentation(), MediaType.PPTX),
        ("a.jpg", hostile.JPEG, MediaType.JPEG),
        ("a.jpeg", hostile.JPEG, MediaType.JPEG),
        ("a.png", hostile.PNG, MediaType.PNG),
        ("IMG_1.HEIC", hostile.HEIC, MediaType.HEIC),
        ("a.txt", "Sở Nội vụ".encode(), MediaType.TXT),
        ("a.txt", "Sở Nội vụ".encode("utf-16"), MediaType.TXT),
        ("a.csv", b"a;b\n1;2\n", MediaType.CSV),
    ],
)
def test_office_files_pictures_and_texts_are_taken_by_their_content(name, data, media):
    upload = check_upload(name, data)

    assert (upload.media_type, upload.size, len(upload.digest)) == (media, len(data), 64)


def test_digest_is_the_sha_256_of_the_content():
    assert check_upload("a.txt", b"abc").digest == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


# What is refused


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.pdf", b"", "The file is empty"),
        ("a.pdf", b"\0" * 4096, "The file is empty"),
        ("a.docx", hostile.old_office(), "Save it as .docx in Word and upload it again"),
        ("a.doc", hostile.old_office(), "Save it as .docx in Word and upload it again"),
        ("a.xls", hostile.old_office(), "Save it as .xlsx in Excel and upload it again"),
        ("a.msg", hostile.old_office(), "Files of this type are not taken"),
        ("a.docx", hostile.locked_office(), "protected with a password"),
        ("a.pdf", hostile.LOCKED_PDF, "protected with a password"),
        ("a.docx", hostile.locked_zip(WORD), "protected with a password"),
        ("a.docx", hostile.cut_off(WORD), "The file is damaged"),
        ("a.docx", hostile.bit_rot(WORD), "The file is damaged"),
        ("a.docx", hostile.zip_bomb(), "far too large when unpacked"),
        ("a.docx", hostile.office_bomb(WORD, DOCUMENT), "far too large when unpacked"),
        ("a.docx", hostile.entity_bomb(WORD, DOCUMENT), "definitions that office programs"),
        ("a.docx", hostile.entity_bomb(WORD, DOCUMENT, encoding="utf-16"), "definitions that"),
        ("a.docx", hostile.entity_bomb(WORD, DOCUMENT, encoding="cp037"), "definitions that"),
        ("a.docx", hostile.with_macros(WORD, "word"), "holds macros"),
        ("a.docm", WORD, "holds macros"),
        ("a.zip", hostile.zip_of({"a.txt": "a"}), "Unpack it"),
        ("a.rar", b"Rar!\x1a\x07\x00", "Unpack it"),
        ("a.pdf", WORD, "named “.pdf”, but its content is that of a .docx file"),
        ("a.png", hostile.JPEG, "named “.png”, but its content is that of a .jpg file"),
        ("a.txt", hostile.PDF, "named “.txt”, but its content is that of a .pdf file"),
        ("a.pdf", b"<html>not found</html>", "named “.pdf”, but its content is something else"),
        ("a.pdf", hostile.PROGRAM, "named “.pdf”, but its content is something else"),
        ("a.txt", hostile.PROGRAM, "named “.txt”, but its content is something else"),
        ("a.exe", hostile.PROGRAM, "Files of this type are not taken"),
        ("a.html", b"<script>alert(1)</script>", "Files of this type are not taken"),
        ("a.svg", b"<svg onload='alert(1)'/>", "Files of this type are not taken"),
        ("scan", hostile.PDF, "Add “.pdf” to its name"),
    ],
)
def test_what_is_not_taken_is_refused_with_a_sentence_that_says_what_to_do(name, data, says):
    assert says in refusal(name, data)


def test_a_file_of_20_mb_is_taken_and_one_byte_more_is_refused():
    room = 20 * 1024 * 1024 - len(hostile.PDF)

    assert check_upload("a.pdf", hostile.PDF + b"\n" * room).size == 20 * 1024 * 1024
    assert "larger than 20 MB" in refusal("a.pdf", hostile.PDF + b"\n" * (room + 1))


@pytest.mark.parametrize(
    ("given_name", "clean"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\an\\Báo cáo.docx", "Báo cáo.docx"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("ann\u202efdp.exe", "annfdp.exe"),
        (unicodedata.normalize("NFD", "Sở Nội vụ.pdf"), "Sở Nội vụ.pdf"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ("...", "file"),
        ("", "file"),
    ],
)
def test_names_are_cleaned_of_paths_and_tricks(given_name, clean):
    assert clean_name(given_name) == clean


@given(st.text(max_size=400))
def test_every_clean_name_is_short_plain_and_stays_as_it_is(text):
    name = clean_name(text)

    assert 0 < len(name) <= 200
    assert not set(name) & set('/\\<>:"|?*\r\n\t\0\u202e')
    assert clean_name(name) == name


# The store


def test_store_keeps_content_once_under_its_digest(tmp_path: Path):
    store = FileStore(tmp_path / "files")

    digest = store.put(b"abc")
    again = store.put(b"abc")

    assert digest == again
    assert store.read(digest) == b"abc"
    assert store.exists(digest)
    assert store.verify(digest)
    assert [p.name for p in tmp_path.rglob("*") if p.is_file()] == [digest]


def test_store_notices_altered_and_lost_content(tmp_path: Path):
    store = FileStore(tmp_path)
    digest = store.put(b"abc")
    store.path(digest).chmod(0o600)
    store.path(digest).write_bytes(b"abd")

    assert not store.verify(digest)
    assert not store.exists("0" * 64)
    assert not store.verify("0" * 64)
    with pytest.raises(FileNotFoundError):
        store.read("0" * 64)


@pytest.mark.parametrize("digest", ["../" * 10, "", "A" * 64, "0" * 63, "0" * 64 + "\n"])
def test_store_touches_no_path_outside_its_root(tmp_path: Path, digest):
    store = FileStore(tmp_path)

    assert not store.exists(digest)
    with pytest.raises(ValueError, match="digest"):
        store.read(digest)


# The text of a notice


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_keeps_its_own_characters_and_line_ends(encoding):
    text = unicodedata.normalize("NFD", "1. Sở Nội vụ\r\n2. Sở Tài chính\n")

    assert read_text("a.txt", text.encode(encoding)) == text


def test_control_characters_leave_the_text_one_for_one():
    assert read_text("a.txt", b"a\x00b\x0cc\x0bd\x07e\tf\x1eg") == "a b\nc\nd e\tf-g"


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "The file is empty"),
        ("a.docx", b"", "The file is empty"),
        ("a.docx", hostile.word(), "There is no text"),
        ("a.txt", b"S\x00\x00\x00" * 50, "save it as Unicode (UTF-8)"),
        ("a.txt", b"S\xea N\xe9i v\xf4", "save it as Unicode (UTF-8)"),
        ("a.pdf", hostile.PDF, "damaged"),
        ("a.xlsx", EXCEL, "from a .docx, .pdf, .html or .txt file"),
        ("a.doc", hostile.old_office(), "Save it as .docx in Word"),
        ("a.docx", hostile.old_office(), "Save it as .docx in Word"),
        ("a.docx", hostile.locked_office(), "protected with a password"),
        ("a.docx", hostile.cut_off(WORD), "damaged"),
        ("a.docx", b"plain text", "its content is something else"),
        ("a.docx", hostile.rebuilt(WORD, {DOCUMENT: b"<w:broken"}), "damaged"),
        ("a.docx", hostile.rebuilt(WORD, {DOCUMENT: b"<a/>"}), "damaged"),
        ("a.docx", hostile.entity_bomb(WORD, DOCUMENT), "definitions that office programs"),
        ("a.docx", hostile.office_bomb(WORD, DOCUMENT), "far too large when unpacked"),
        ("a.txt", b"a" * 20_000_000, "larger than a notice can be"),
        ("a.txt", b"a" * 5_000_001, "larger than a notice can be"),
    ],
)
def test_notices_that_cannot_be_read_are_refused_with_a_sentence(name, data, says):
    assert says in refusal(name, data, take=read_text)


def test_one_megabyte_of_text_and_of_word_is_read_in_seconds():
    line = "Giao Sở Nội vụ chủ trì, phối hợp với các sở, ngành thực hiện. "
    started = time.perf_counter()

    assert len(read_text("a.txt", (line * 12_000).encode())) > 700_000
    assert len(read_text("a.docx", hostile.word(*[line * 4] * 3_000))) > 700_000
    assert time.perf_counter() - started < 10


def test_word_paragraphs_and_tables_come_in_order_before_headers_and_footers():
    data = notices.with_table(
        "Trước bảng", [["TT", "Nội dung"], ["1", "Rà soát\nbáo cáo"]], "Sau bảng"
    )

    assert read_text("a.docx", data).splitlines()[:4] == [
        "Trước bảng",
        "TT | Nội dung",
        "1 | Rà soát báo cáo",
        "Sau bảng",
    ]


def test_word_numbers_of_parts_points_and_letters_are_written_out():
    roman = notices.ROMAN_LIST
    data = notices.numbered(
        "THÔNG BÁO",
        ("Đánh giá chung", roman, 0),
        ("Nhiệm vụ", roman, 0),
        ("Sở Nội vụ", roman, 1),
        ("rà soát", roman, 2),
        ("báo cáo", roman, 2),
        ("Sở Tài chính", roman, 1),
        ("thẩm định", roman, 2),
        ("Tổ chức thực hiện", roman, 0),
        ("Các sở", roman, 1),
    )

    assert read_text("a.docx", data).splitlines() == [
        "THÔNG BÁO",
        "I. Đánh giá chung",
        "II. Nhiệm vụ",
        "1. Sở Nội vụ",
        "a) rà soát",
        "b) báo cáo",
        "2. Sở Tài chính",
        "a) thẩm định",
        "III. Tổ chức thực hiện",
        "1. Các sở",
    ]


def test_word_numbers_of_several_levels_restarts_bullets_and_legal_numbers():
    decimal, bullet = notices.DECIMAL_LIST, notices.BULLET_LIST
    data = notices.numbered(
        ("a", decimal, 0),
        ("b", decimal, 1),
        ("c", decimal, 2),
        ("", decimal, 0),
        ("d", decimal, 1),
        ("e", bullet, 0),
        ("f", bullet, 1),
        ("m", bullet, 2),
        ("n", bullet, 3),
        ("g", notices.RESTARTED, 0),
        ("h", decimal, 0),
        ("i", notices.LEGAL_LIST, 0),
        ("j", notices.LEGAL_LIST, 1),
        ("k", 0, 0),
        ("l", 99, 0),
    )

    assert read_text("a.docx", data).splitlines() == [
        "1. a",
        "1.1. b",
        "1.1.1. c",
        "",
        "2.1. d",
        "• e",
        "- f",
        "• m",
        "• n",
        "1. g",
        "2. h",
        "Phần II i",
        "2.1 j",
        "k",
        "l",
    ]


def test_word_numbers_given_by_a_style_are_written_out():
    data = notices.styled(("một", "List Number"), ("hai", "List Number"), ("ba", "List Bullet"))

    assert read_text("a.docx", data).splitlines() == ["1. một", "2. hai", "• ba"]


def test_word_text_holds_insertions_links_and_breaks_but_no_deletions_and_codes():
    data = notices.with_body(
        "<w:p><w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr>"
        "<w:r><w:t xml:space='preserve'>Giao </w:t></w:r>"
        "<w:ins><w:r><w:t>Sở Y tế</w:t></w:r></w:ins>"
        "<w:del><w:r><w:tab/><w:delText>Sở Cũ</w:delText></w:r></w:del>"
        "<w:r><w:tab/><w:instrText>PAGE</w:instrText><w:t>số 1</w:t><w:noBreakHyphen/></w:r>"
        "<w:hyperlink><w:r><w:t>UBND</w:t><w:br/><w:t>tỉnh</w:t></w:r></w:hyperlink></w:p>"
        "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p>"
        "</w:sdtContent></w:sdt>"
    )

    assert read_text("a.docx", data) == "Giao Sở Y tế\tsố 1-UBND\ntỉnh\nTrong khung"
