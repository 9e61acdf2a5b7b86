"""`tracker extract` prints what the grammar reads, in the fixed shape, without a database."""

import json

import pytest
from click.testing import CliRunner

from tests.files import hostile
from tracker.commands import cli
from tracker.errors import BadInput

TEXT = "1. Giao Sở Nội vụ chủ trì, phối hợp Sở Tài chính trình kế hoạch trước ngày 15/12/2026.\n"


@pytest.fixture
def run(tmp_path):
    def extract(name, data, *options):
        path = tmp_path / name
        path.write_bytes(data)
        return CliRunner().invoke(cli, ["extract", str(path), *options])

    return extract


def tasks(result):
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)["tasks"]


def test_a_task_is_printed_with_its_span_in_the_files_own_characters(run):
    text = "\ufeffMở đầu.\r\n" + TEXT

    (task,) = tasks(run("notice.txt", text.encode()))

    start, end = task["span"]
    assert text.removeprefix("\ufeff")[start:end] == task["quote"]
    assert task["lead"] == ["Sở Nội vụ"]
    assert task["coordinate"] == ["Sở Tài chính"]
    assert task["deadline"] == "2026-12-15"
    assert task["deadline_kind"] == "date"
    assert task["kind"] == "task"
    assert task["clause"] == "1"


def test_a_date_without_a_year_is_read_near_the_date_given(run):
    text = TEXT.replace("/2026", "").encode()

    (task,) = tasks(run("notice.txt", text, "--issued", "2025-11-01"))

    assert task["deadline"] == "2025-12-15"


def test_days_are_counted_past_the_public_holidays(run):
    text = (
        "1. Giao Sở Nội vụ báo cáo trong 02 ngày làm việc kể từ ngày ban hành thông báo.".encode()
    )

    (task,) = tasks(run("notice.txt", text, "--issued", "2026-04-29"))

    assert task["deadline"] == "2026-05-05"


def test_a_word_document_and_a_list_of_units_are_read(run, tmp_path):
    units = tmp_path / "units.csv"
    units.write_text("code;name;kind\nSNV;Sở Nội vụ;Sở\n", encoding="utf-8-sig")

    (task,) = tasks(run("notice.docx", hostile.word(TEXT), "--units", str(units)))

    assert task["lead"] == ["Sở Nội vụ"]


def test_a_file_that_is_no_notice_is_refused(run):
    result = run("notice.docx", hostile.old_office())

    assert isinstance(result.exception, BadInput)


def test_a_date_that_is_none_is_wrong_use(run):
    assert run("notice.txt", TEXT.encode(), "--issued", "yesterday").exit_code == 2
