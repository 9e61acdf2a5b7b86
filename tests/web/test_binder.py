"""The evidence binder: every listed file is there with its digest, and it is streamed."""

import hashlib
import io
import tracemalloc
import zipfile
from decimal import Decimal

import docx
import pytest

from tests.factories import (
    JUNE_1,
    CriterionFactory,
    EditionFactory,
    PostFactory,
    ScoreFactory,
    UnitFactory,
)
from tracker.criteria.rules import RuleKind
from tracker.evidence.models import Evidence, StoredFile
from tracker.evidence.views import file_store
from tracker.permissions import Role
from tracker.scores.binder import Binder, Piece, stream
from tracker.scores.models import Score

MEGABYTE = 1_000_000


@pytest.fixture
def ward(session):
    """A ward with three leaves: 1 and 2 share a plan, 2 has a report, 3 has nothing, 4 a survey."""
    unit, edition = UnitFactory(code="TT"), EditionFactory(code="PAR-2026")
    scores = [
        ScoreFactory(
            unit=unit,
            criterion=CriterionFactory(
                edition=edition, code=code, rule_kind=kind, max_points=Decimal(5), position=place
            ),
            explanation="diễn giải" if code == "3" else "",
        )
        for place, (code, kind) in enumerate(
            [
                ("1", RuleKind.JUDGED),
                ("2", RuleKind.JUDGED),
                ("3", RuleKind.JUDGED),
                ("4", RuleKind.SURVEY),
            ]
        )
    ]
    files = {}
    for name, served in (("ke-hoach.pdf", scores[:2]), ("bao-cao.pdf", scores[1:2])):
        data = name.encode() * 40_000
        files[name] = digest = file_store().put(data)
        session.add(
            StoredFile(
                digest=digest, size=len(data), media_type="application/pdf", created_at=JUNE_1
            )
        )
        piece = Evidence(digest=digest, file_name=name, document_number="15/KH", added_at=JUNE_1)
        for score in served:
            session.get(Score, score.id).evidence.append(piece)
    session.commit()
    return unit, edition, files


def test_every_listed_file_is_in_the_binder_with_its_digest(ward, client_as):
    unit, edition, files = ward
    head = client_as(PostFactory(unit=unit))
    address = f"/scores/account/{edition.id}/{unit.id}/binder"

    page = head.get(address).text
    answer = head.get(f"{address}.zip")

    archive = zipfile.ZipFile(io.BytesIO(answer.data))
    assert archive.testzip() is None
    table = docx.Document(io.BytesIO(archive.read("00-danh-muc.docx"))).tables[0]
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert [(row[4], row[5]) for row in rows] == [
        ("1, 2", "001-ke-hoach.pdf"),
        ("2", "002-bao-cao.pdf"),
    ]
    for row in rows:
        assert hashlib.sha256(archive.read(row[5])).hexdigest() == row[6] in files.values()
    assert "1 tiêu chí chưa có tài liệu" in page
    assert "diễn giải" in page


def test_another_units_head_gets_no_binder(ward, client_as):
    unit, edition, _ = ward
    other = client_as(PostFactory(unit=UnitFactory()))

    assert other.get(f"/scores/account/{edition.id}/{unit.id}/binder.zip").status_code == 403
    assert (
        client_as(PostFactory(role=Role.VIEWER))
        .get(f"/scores/account/{edition.id}/{unit.id}/binder.zip?criterion=0")
        .mimetype
        == "application/zip"
    )


def test_a_large_file_goes_out_in_small_pieces(tmp_path):
    path = tmp_path / "large"
    with path.open("wb") as out:
        out.truncate(60 * MEGABYTE)
    pieces = [Piece(number, "", None, "", "lon.pdf", "d" * 64) for number in (1, 2)]
    tracemalloc.start()

    sent = sum(len(part) for part in stream(Binder(pieces, []), b"", "l", lambda _: path))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent > 120 * MEGABYTE
    assert peak < 4 * MEGABYTE
