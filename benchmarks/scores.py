"""Measure the pages of scores for a province: 150 communes × 100 leaves × 5 years.

    python -m benchmarks.scores

Beside each page stands a plain one: bare Flask that reads the same scores with one statement and
writes them into a list. Only ratios of one run mean anything: machines drift.
"""

import logging
import random
import time
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from benchmarks.__main__ import database, folder, median
from benchmarks.office import sign_in
from config import Config
from tracker import clock
from tracker.app import alembic, create_app
from tracker.committees.models import Committee
from tracker.criteria.models import Criterion, Edition
from tracker.criteria.rules import RuleKind
from tracker.db import db, transaction
from tracker.people.queries import command_actor
from tracker.scores.exchange import COLUMNS, import_scores
from tracker.scores.models import Remedy, Score
from tracker.scores.rules import CauseClass
from tracker.sheets import read_sheet, write_csv
from tracker.units.models import Unit

HALF = Decimal("0.5")
COMMUNES, FIELDS, LEAVES, YEARS = 150, 8, 100, 5
BARE = (
    "SELECT u.name, c.code, c.max_points, s.final_score FROM scores s JOIN criteria c"
    " ON c.id = s.criterion_id JOIN units u ON u.id = s.unit_id WHERE c.edition_id = :edition"
)


def main() -> None:
    """Run both engines and print a table in Markdown."""
    logging.disable(logging.INFO)
    print("| engine | province overview ms | ÷ bare | heat table ms | unit page ms | ÷ bare |"
          " import of 15,000 scores s | ÷ reading the file |")  # fmt: skip
    print("|---|---|---|---|---|---|---|---|")
    for engine in ("sqlite", "postgresql"):
        with database(engine) as url, folder() as instance:
            app = create_app(Config(database_url=url, secret_key="bench", instance=instance))
            with app.app_context():
                alembic.upgrade()
                edition_id, unit_id, token = fill()
            row(engine, app, edition_id, unit_id, token)
            with app.app_context():
                db.engine.dispose()


def row(engine: str, app: Flask, edition_id: int, unit_id: int, token: str) -> None:
    """Measure one engine and print its row."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    overview = timed(client, f"/scores?edition={edition_id}")
    heat = timed(client, f"/scores/heat?edition={edition_id}")
    unit = timed(client, f"/scores/account/{edition_id}/{unit_id}")
    with app.app_context():
        whole = median(bare(edition_id, None))
        one = median(bare(edition_id, unit_id))
        taking, reading = importing()
    print(
        f"| {engine} | {overview:.0f} | {overview / whole:.1f} | {heat:.0f} | {unit:.0f} |"
        f" {unit / one:.1f} | {taking:.1f} | {taking / reading:.1f} |",
        flush=True,
    )


def timed(client: FlaskClient, address: str) -> float:
    """Return the median of one page in ms."""
    assert client.get(address).status_code == 200, address
    return median(lambda: client.get(address))


def bare(edition_id: int, unit_id: int | None) -> Callable[[], object]:
    """Return the plain page: one statement, one list."""
    plain = Flask("plain")
    page = (
        "{% for row in rows %}<li>{{ row[0] }} {{ row[1] }} {{ row[2] }} {{ row[3] }}{% endfor %}"
    )
    engine = db.engine
    statement = BARE + (" AND u.id = :unit" if unit_id else "")

    @plain.get("/")
    def show() -> str:
        with engine.connect() as connection:
            values = {"edition": edition_id, "unit": unit_id}
            rows = connection.execute(sa.text(statement), values).all()
        return render_template_string(page, rows=rows)

    client = plain.test_client()
    return lambda: client.get("/").status_code


def importing() -> tuple[float, float]:
    """Return (seconds to take 15,000 scores in, seconds to read the file alone)."""
    with Session(db.engine) as session:
        fresh = edition(session, YEARS)
        units = session.scalars(sa.select(Unit.code).order_by(Unit.id)).all()
        codes = session.scalars(
            sa.select(Criterion.code).where(
                Criterion.edition_id == fresh, Criterion.rule_kind != RuleKind.GROUP
            )
        ).all()
        session.commit()
    rows = [
        {
            "edition": f"PAR-{2020 + YEARS}",
            "unit": unit,
            "code": code,
            "final_score": Decimal("0.5"),
        }
        for unit in units
        for code in codes
    ]
    data = write_csv(COLUMNS, rows)
    start = time.perf_counter()
    sheet = read_sheet(data, file_name="diem.csv", columns=COLUMNS)
    reading = time.perf_counter() - start
    start = time.perf_counter()
    with transaction() as session:
        done = import_scores(session, sheet, by=command_actor(session), at=clock.now())
    assert done.added == len(rows)
    return reading + time.perf_counter() - start, reading


def fill() -> tuple[int, int, str]:
    """Fill the empty database; return (newest edition, a unit, a session's token)."""
    rng = random.Random(7)
    with Session(db.engine, expire_on_commit=False) as session:
        committee = Committee(code="CCHC", name="Ban Chỉ đạo cải cách hành chính")
        session.add(committee)
        session.execute(
            sa.insert(Unit),
            [
                {
                    "code": f"U{number:03d}", "name": f"Ủy ban nhân dân xã số {number}",
                    "short_name": f"UBND xã số {number}", "kind": "commune", "email": "",
                }
                for number in range(COMMUNES)
            ],
        )  # fmt: skip
        session.flush()
        units = session.scalars(sa.select(Unit.id).order_by(Unit.id)).all()
        for year in range(YEARS):
            edition_id = edition(session, year)
            leaves = session.scalars(
                sa.select(Criterion.id).where(
                    Criterion.edition_id == edition_id, Criterion.rule_kind != RuleKind.GROUP
                )
            ).all()
            session.execute(
                sa.insert(Score),
                [
                    {
                        "unit_id": unit, "criterion_id": leaf, "not_applicable": False,
                        "explanation": "", "final_score": Decimal(rng.choice(["1", "1", "0.5"])),
                    }
                    for unit in units
                    for leaf in leaves
                ],
            )  # fmt: skip
        lost = session.execute(
            sa.select(Score.id, Score.unit_id)
            .join(Criterion, Criterion.id == Score.criterion_id)
            .where(Criterion.edition_id == edition_id, Score.final_score < 1)
        ).all()
        session.execute(
            sa.insert(Remedy),
            [
                {
                    "score_id": score, "cause_class": CauseClass.LATE, "solution": "…",
                    "owner_unit_id": unit, "expected_points": Decimal("0.25"),
                    "due_on": date(2026, 12, 31),
                }
                for score, unit in lost[::2]
            ],
        )  # fmt: skip
        token = sign_in(session, committee.id)
    engine = db.engine.execution_options(isolation_level="AUTOCOMMIT")
    with engine.connect() as apart:
        apart.exec_driver_sql("ANALYZE")
    return edition_id, units[0], token


def edition(session: Session, year: int) -> int:
    """Add an edition of 8 fields and 100 leaves; return its id."""
    made = Edition(
        code=f"PAR-{2020 + year}", index="PAR Index", year=2020 + year, level="commune",
        scale=Decimal(LEAVES),
    )  # fmt: skip
    fields = [
        Criterion(
            edition=made, code=str(number + 1), name=f"Lĩnh vực {number + 1}",
            max_points=Decimal(LEAVES // FIELDS), rule_kind=RuleKind.GROUP, position=number * 100,
        )
        for number in range(FIELDS)
    ]  # fmt: skip
    session.add_all([made, *fields])
    session.flush()
    session.add_all(
        Criterion(
            edition=made, parent_id=fields[number % FIELDS].id, max_points=Decimal(1),
            code=f"{number % FIELDS + 1}.{number // FIELDS + 1}", rule_kind=RuleKind.JUDGED,
            name=f"Tiêu chí thành phần số {number}", position=number % FIELDS * 100 + number,
        )
        for number in range(LEAVES)
    )  # fmt: skip
    session.flush()
    return made.id


if __name__ == "__main__":
    main()
