"""Pages of criteria, scores, remediation forms and indicators, as people meet them."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import sqlalchemy as sa
import time_machine

from tests.conftest import counted_queries
from tests.factories import (
    CriterionFactory,
    EditionFactory,
    PersonFactory,
    PostFactory,
    ScoreFactory,
    TaskFactory,
    UnitFactory,
)
from tracker.commands.moving import Wanted
from tracker.commands.scores import take_criteria, take_scores, write_criteria, write_scores
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.rules import RuleKind
from tracker.db import db
from tracker.errors import RowErrors
from tracker.history import HistoryEntry
from tracker.permissions import Role, Way
from tracker.scores.models import CriterionOwner, IndexResult, Indicator, Measurement, Remedy, Score

NOW = datetime(2026, 6, 1, 2, 0, tzinfo=UTC)
PNG = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f"
    b"\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xff\xff?\x00\x05\xfe\x02\xfe\xa75\x81\x84\x00\x00"
    b"\x00\x00IEND\xaeB`\x82"
)


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel(NOW, tick=False):
        yield


class Town:
    """A ward with 26,37 points lost of 100, its people, and its remedies' criteria."""

    def __init__(self):
        self.unit = UnitFactory(code="KT", name="UBND phường Kiến Tường")
        self.edition = EditionFactory(code="PAR-2023", name="Chỉ số CCHC năm 2023", year=2023)
        self.group = CriterionFactory(
            edition=self.edition,
            code="1",
            name="Công tác lãnh đạo",
            max_points=Decimal(20),
            rule_kind=RuleKind.GROUP,
            position=1,
        )
        self.leaves = [
            CriterionFactory(
                edition=self.edition,
                code=code,
                name=f"Tiêu chí {code}",
                parent_id=self.group.id if "." in code else None,
                max_points=Decimal(most),
                position=position,
            )
            for position, (code, most) in enumerate(
                [("1.1", "12.5"), ("1.2", "7.5"), ("2", "80")], start=2
            )
        ]
        self.scores = [
            ScoreFactory(unit=self.unit, criterion=leaf, final_score=Decimal(final))
            for leaf, final in zip(self.leaves, ("5", "7.5", "61.13"), strict=True)
        ]
        self.secretary = PostFactory(role=Role.SECRETARIAT)
        self.head = PostFactory(unit=self.unit)
        self.officer = PostFactory(role=Role.OFFICER, unit=self.unit)
        self.account = f"/scores/account/{self.edition.id}/{self.unit.id}"
        self.form = f"/scores/{self.scores[0].id}/remediation"

    def remedy(self, **given):
        return {
            "edition": "0",
            "cause_class": "no_evidence",
            "cause": "Thiếu báo cáo",
            "solution": "Lập báo cáo từng quý",
            "owner_unit_id": str(self.unit.id),
            "officer_id": "0",
            "due_on": "06/11/2026",
            "expected_points": "7,12",
            "evidence_needed": "Báo cáo quý",
        } | given


@pytest.fixture
def town(session):
    return Town()


def test_the_account_says_what_is_lost_and_what_is_covered(town, client_as):
    head = client_as(town.head)
    assert head.post(town.form, data=town.remedy()).status_code == 303

    page = head.get(town.account).text

    assert "UBND phường Kiến Tường: mất 26,37 điểm, đã có kế hoạch cho 7,12" in page
    assert "73,63/100" in page
    for number in ("26,37", "7,12", "19,25"):
        assert f'<span class="val">{number}</span>' in page


def test_each_number_of_the_account_opens_its_list(town, client_as):
    head = client_as(town.head)
    head.post(town.form, data=town.remedy())
    address = f"/scores/criteria?edition={town.edition.id}&unit={town.unit.id}&show="

    assert head.get(address + "lost").text.count('class="what"') == 2
    covered = head.get(address + "covered").text
    assert covered.count('class="what"') == 1
    assert "Tiêu chí 1.1" in covered
    assert head.get(address + "open").text.count('class="what"') == 2
    assert head.get(address + "no-owner").text.count('class="what"') == 3


def test_the_account_of_another_unit_is_refused(town, client_as):
    stranger = client_as(PostFactory(unit=UnitFactory()))

    assert stranger.get(town.account).status_code == 403
    assert stranger.get(town.form).status_code == 404
    assert stranger.post(town.form, data=town.remedy()).status_code == 404
    assert "UBND phường Kiến Tường" not in stranger.get("/scores").text
    listed = stranger.get(f"/scores/criteria?edition={town.edition.id}&show=lost").text
    assert "Tiêu chí 1.1" not in listed
    assert "Kiến Tường" not in stranger.get(f"/scores/export/{town.edition.id}/csv").text


@pytest.mark.parametrize("role", [Role.VIEWER, Role.CHAIRPERSON, Role.ADVISER])
def test_readers_see_and_do_not_write(town, client_as, role):
    reader = client_as(PostFactory(role=role))

    assert reader.get(town.account).status_code == 200
    assert reader.get(town.form).status_code == 200
    assert reader.post(town.form, data=town.remedy()).status_code == 403
    assert "Nhập điểm" not in reader.get(town.account).text


def test_the_pages_ask_few_questions_whatever_the_number_of_criteria(town, client_as):
    secretary = client_as(town.secretary)
    addresses = {
        "/criteria": 8,
        f"/criteria/{town.edition.id}": 8,
        "/scores": 8,
        town.account: 8,
        f"/scores/criteria?edition={town.edition.id}": 8,
        "/indicators": 8,
    }
    counts = {}
    for address, most in addresses.items():
        with counted_queries(db.engine) as statements:
            assert secretary.get(address).status_code == 200
        counts[address] = len([s for s in statements if s.lstrip()[:6].upper() == "SELECT"])
        assert counts[address] <= most, (address, statements)
    for number in range(30):
        leaf = CriterionFactory(edition=town.edition, code=f"3.{number}", position=10 + number)
        ScoreFactory(unit=town.unit, criterion=leaf)
        ScoreFactory(criterion=leaf)
    for address, before in counts.items():
        with counted_queries(db.engine) as statements:
            secretary.get(address)
        assert len([s for s in statements if s.lstrip()[:6].upper() == "SELECT"]) == before


def test_the_remediation_form_keeps_what_was_typed_and_says_what_is_wrong(town, client_as, session):
    head = client_as(town.head)

    answer = head.post(town.form, data=town.remedy(expected_points="7,51", solution="Giữ lời tôi"))

    assert answer.status_code == 422
    assert "Điểm lấy lại không thể nhiều hơn điểm mất: 7,5 điểm." in answer.text
    assert "Giữ lời tôi" in answer.text
    assert session.scalars(sa.select(Remedy)).all() == []


def test_tasks_are_linked_from_the_form(town, client_as, session):
    head, task = client_as(town.head), TaskFactory(lead_unit=town.unit, title="Lập báo cáo quý")

    assert "Lập báo cáo quý" in head.get(town.form).text
    head.post(town.form, data=town.remedy(task_ids=[str(task.id)]))

    page = head.get(town.form).text
    assert f'href="/tasks/{task.id}"' in page
    assert "Còn 29 ngày" in page


def test_the_later_of_two_editors_sees_both_texts_and_loses_nothing(town, client_as, session):
    head, secretary = client_as(town.head), client_as(town.secretary)
    head.post(town.form, data=town.remedy())
    head.post(town.form, data=town.remedy(edition="1", solution="Lời của trưởng đơn vị"))

    answer = secretary.post(town.form, data=town.remedy(edition="1", solution="Lời của thư ký"))

    assert answer.status_code == 409
    assert "Lời của trưởng đơn vị" in answer.text
    assert "Lời của thư ký" in answer.text
    assert session.scalars(sa.select(Remedy.solution)).one() == "Lời của trưởng đơn vị"
    again = secretary.post(town.form, data=town.remedy(edition="2", solution="Hai lời ghép lại"))
    assert again.status_code == 303


def test_the_officer_reports_with_a_file_and_the_head_vouches(town, client_as, session):
    head, officer = client_as(town.head), client_as(town.officer)
    head.post(town.form, data=town.remedy(officer_id=str(town.officer.person_id)))

    reported = officer.post(
        town.form + "/progress",
        data={
            "text": "Đã lập báo cáo quý I",
            "percent": "25",
            "files": (io.BytesIO(PNG), "bao-cao.png"),
        },
    )
    refused = officer.post(town.form + "/evidence-complete", data={"complete": "1"})
    marked = head.post(town.form + "/evidence-complete", data={"complete": "1"})

    assert (reported.status_code, refused.status_code, marked.status_code) == (303, 403, 303)
    page = head.get(town.form).text
    assert "bao-cao.png" in page
    assert "Đã đủ tài liệu kiểm chứng" in page
    file = town.form + "/evidence/"
    piece = page.split(file)[1].split('"')[0]
    assert officer.get(file + piece).data == PNG
    assert client_as(PostFactory(unit=UnitFactory())).get(file + piece).status_code == 404


def test_an_overdue_remedy_is_at_risk_by_its_date(town, client_as):
    head = client_as(town.head)
    head.post(town.form, data=town.remedy(due_on="31/05/2026"))

    assert "Quá hạn 1 ngày" in head.get(town.form).text
    assert "Có nguy cơ (quá hạn)" in head.get(town.account).text


def test_an_officer_finds_the_criteria_given_to_them(town, client_as, session):
    head, officer = client_as(town.head), client_as(town.officer)
    first = town.leaves[0]
    head.post(
        f"{town.account}/owners?field={town.group.id}",
        data={f"owner-{first.id}": str(town.officer.person_id)},
    )

    assert session.scalars(sa.select(CriterionOwner.person_id)).all() == [town.officer.person_id]
    assert officer.get("/scores").location == "/scores/criteria"
    page = officer.get(f"/scores/criteria?edition={town.edition.id}").text
    assert page.count('class="what"') == 1
    assert f'href="{town.form}"' in page
    assert officer.get(town.account).status_code == 403


def test_an_owner_from_elsewhere_is_refused(town, client_as, session):
    answer = client_as(town.head).post(
        f"{town.account}/owners?field={town.group.id}",
        data={f"owner-{town.leaves[0].id}": str(PersonFactory().id)},
    )

    assert answer.status_code == 422
    assert session.scalars(sa.select(CriterionOwner)).all() == []


def entry(town, **cells):
    """Return what the form of scores sends for criterion 1.1: column=(shown, typed)."""
    key = town.leaves[0].id
    data = {}
    for name, (shown, typed) in cells.items():
        data |= {f"was-{key}-{name}": shown, f"now-{key}-{name}": typed}
    return data


def test_scores_are_typed_with_comma_or_point(town, client_as, session):
    secretary = client_as(town.secretary)
    address = f"{town.account}/entry?field={town.group.id}"

    answer = secretary.post(
        address, data=entry(town, self_score=("", "6,25"), final_score=("5", "6.13"))
    )

    assert answer.status_code == 303
    session.expire_all()
    score = session.get(Score, town.scores[0].id)
    assert (score.self_score, score.final_score) == (Decimal("6.25"), Decimal("6.13"))


def test_a_wrong_score_is_said_at_its_cell_and_nothing_is_lost(town, client_as, session):
    secretary = client_as(town.secretary)

    answer = secretary.post(
        f"{town.account}/entry?field={town.group.id}",
        data=entry(town, self_score=("", "sáu"), final_score=("5", "12,6")),
    )

    assert answer.status_code == 422
    assert 'value="sáu"' in answer.text
    assert 'value="12,6"' in answer.text
    assert "aria-invalid" in answer.text
    session.expire_all()
    assert session.get(Score, town.scores[0].id).final_score == 5


def test_a_head_enters_the_own_columns_only(town, client_as, session):
    head = client_as(town.head)
    address = f"{town.account}/entry?field={town.group.id}"

    page = head.get(address).text
    head.post(address, data=entry(town, self_score=("", "7"), final_score=("5", "12,5")))

    assert "self_score" in page
    assert "final_score" not in page
    session.expire_all()
    score = session.get(Score, town.scores[0].id)
    assert (score.self_score, score.final_score) == (7, 5)


def test_two_typists_in_one_cell_see_both_values(town, client_as):
    secretary = client_as(town.secretary)
    address = f"{town.account}/entry?field={town.group.id}"
    secretary.post(address, data=entry(town, final_score=("5", "6,13")))

    answer = secretary.post(address, data=entry(town, final_score=("5", "7")))

    assert answer.status_code == 422
    assert "6,13" in answer.text
    assert 'value="7"' in answer.text


def test_a_published_result_stands_in_the_head_line(town, client_as, session):
    secretary = client_as(town.secretary)

    answer = secretary.post(
        f"{town.account}/result",
        data={
            "criterion_id": "0",
            "value": "73.63",
            "measure": "points",
            "change": "-4,3",
            "rank": "11",
            "ranked": "15",
            "block": "Khối phường",
        },
    )

    assert answer.status_code == 303
    assert session.scalars(sa.select(IndexResult.value)).one() == Decimal("73.63")
    page = secretary.get(town.account).text
    assert "hạng 11/15" in page
    assert "−4,30" in page


def test_a_fields_result_does_not_begin_with_the_whole_indexs(town, client_as):
    secretary = client_as(town.secretary)
    whole = {"criterion_id": "0", "value": "73,63", "measure": "points", "band": "Khá"}
    assert secretary.post(f"{town.account}/result", data=whole).status_code == 303

    page = secretary.get(f"{town.account}/result?field={town.group.id}").text

    assert f'name="criterion_id" value="{town.group.id}"' in page
    assert "<h2>1 Công tác lãnh đạo</h2>" in page
    assert "73,63" not in page.split("Giá trị", 1)[0]
    assert 'value="Khá"' not in page
    assert 'value="Khá"' in secretary.get(f"{town.account}/result?field=0").text


def test_results_open_on_the_edition_that_lost_points(town, client_as):
    EditionFactory(code="DTI-2024", year=2024)

    assert "<h1>Chỉ số CCHC năm 2023" in client_as(town.secretary).get("/scores").text


def test_what_wtforms_says_itself_is_said_in_vietnamese(town, client_as):
    answer = client_as(town.secretary).post(
        f"{town.account}/result",
        data={"criterion_id": "0", "measure": "furlongs", "rank": "-4", "rank_change": "x"},
    )

    assert answer.status_code == 422
    for words in ("Không có trong các lựa chọn.", "Hãy ghi số nguyên."):
        assert words in answer.text
    assert "Number must" not in answer.text
    assert "Not a valid" not in answer.text


def test_a_target_is_set_measured_and_warned_about(town, client_as, session):
    secretary, head = client_as(town.secretary), client_as(town.head)
    secretary.post(
        "/indicators/new",
        data={
            "name": "Tỷ lệ thanh toán trực tuyến",
            "measure": "percent",
            "direction": "",
            "value": "50",
            "due_on": "31/12/2026",
            "unit_id": str(town.unit.id),
        },
    )
    address = f"/indicators/{session.scalars(sa.select(Indicator.id)).one()}"
    for on, value in (("31/03/2026", "22"), ("30/05/2026", "25,5")):
        data = {"unit_id": str(town.unit.id), "on": on, "value": value}
        assert head.post(address, data=data).status_code == 303

    page = head.get("/indicators").text

    assert session.scalar(sa.select(sa.func.count(Measurement.id))) == 2
    assert "<polyline" in page
    assert "điểm phần trăm so với chỉ tiêu" in page
    stranger = client_as(PostFactory(unit=UnitFactory()))
    assert "UBND phường Kiến Tường" not in stranger.get("/indicators").text


CRITERIA = (
    "edition;year;index;level;scale;code;name;parent_code;max_points;rule_kind;rule_text;survey\n"
    "SIPAS-2025;2025;SIPAS;phường;100;1.1;Con;1;39,5;stepped;;\n"
    "SIPAS-2025;;;;;1;Cha;;40;;;\n"
)


def test_criteria_are_imported_on_screen_and_what_does_not_add_up_is_shown(
    town, client_as, session
):
    secretary = client_as(town.secretary)

    answer = secretary.post(
        "/criteria/import",
        data={"file": (io.BytesIO(CRITERIA.encode()), "bo.csv"), "as_printed": "1"},
    )

    assert answer.status_code == 303
    edition = session.scalars(sa.select(Edition).where(Edition.code == "SIPAS-2025")).one()
    assert edition.level == "commune"
    page = secretary.get(f"/criteria/{edition.id}").text
    assert "không khớp" in page
    assert "39,50" in page
    opened = session.scalars(sa.select(HistoryEntry).where(HistoryEntry.act == "edition.open"))
    assert opened.one().way is Way.IMPORT


def test_a_bad_file_lists_its_rows_and_a_check_changes_nothing(town, client_as, session):
    secretary = client_as(town.secretary)
    bad = CRITERIA + "SIPAS-2025;;;;;2;;;x;;;\n"

    refused = secretary.post(
        "/criteria/import", data={"file": (io.BytesIO(bad.encode()), "bo.csv")}
    )
    checked = secretary.post(
        "/criteria/import",
        data={
            "file": (io.BytesIO(CRITERIA.encode()), "bo.csv"),
            "as_printed": "1",
            "check_only": "1",
        },
    )

    assert refused.status_code == 422
    assert "max_points" in refused.text
    assert checked.status_code == 303
    assert session.scalars(sa.select(Edition.code)).all() == ["PAR-2023"]


def test_criteria_are_edited_one_by_one(town, client_as, session):
    secretary = client_as(town.secretary)
    item = f"/criteria/{town.edition.id}/items/"
    data = {
        "code": "3",
        "name": "Mới",
        "parent_id": "0",
        "max_points": "2.5",
        "kind": "bonus",
        "rule_text": "",
    }

    assert secretary.post(item + "new", data=data).status_code == 303
    assert secretary.post(item + "new", data=data).status_code == 422
    new = session.scalars(sa.select(Criterion).where(Criterion.code == "3")).one()
    assert (new.max_points, new.rule_kind) == (Decimal("2.5"), RuleKind.BONUS)
    assert client_as(town.head).post(item + "new", data=data).status_code == 403


def test_sheets_go_out_as_they_come_in(town, client_as):
    secretary = client_as(town.secretary)

    for address in (
        f"/criteria/{town.edition.id}/export/csv",
        f"/scores/export/{town.edition.id}/csv",
    ):
        answer = secretary.get(address)
        assert answer.mimetype == "text/csv"
        assert "PAR-2023" in answer.text
    again = secretary.post(
        "/scores/import",
        data={
            "file": (
                io.BytesIO(secretary.get(f"/scores/export/{town.edition.id}/xlsx").data),
                "diem.xlsx",
            )
        },
    )
    assert again.status_code == 303
    assert "Không đổi: 3" in secretary.get("/scores").text


def test_the_command_line_takes_in_and_writes_the_same(town, session, capsys):
    wanted = Wanted("csv", date(2026, 6, 1))
    said = take_criteria(CRITERIA.encode(), "bo.csv", False, as_printed=True)
    scores = (
        "edition;unit;code;self_score;appraised_1;appraised_2;survey_score;final_score;"
        "not_applicable;explanation\nSIPAS-2025;KT;1.1;;;;;30,25;;\n"
    )

    assert said == "2 criteria added, 0 changed, 0 unchanged."
    assert "warning: SIPAS-2025: 1: maximum 40, but its parts sum to 39,5" in (
        capsys.readouterr().err
    )
    assert take_scores(scores.encode(), "diem.csv", True).endswith("nothing was written.")
    assert take_scores(scores.encode(), "diem.csv", False).startswith("1 scores added")
    first = write_criteria(wanted), write_scores(wanted)
    assert "0 criteria added, 0 changed" in take_criteria(first[0], "x.csv", False)
    assert "0 scores added, 0 changed" in take_scores(first[1], "x.csv", False)
    assert (write_criteria(wanted), write_scores(wanted)) == first
    with pytest.raises(RowErrors):
        take_scores(scores.replace("30,25", "39,51").encode(), "diem.csv", False)
