"""Every page, as every role: a GET changes no row, refuses whom it must, and stays small."""

import re
import secrets
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import counted_queries, empty_database
from tracker import tables
from tracker.db import db
from tracker.demo.loading import Preset, load_demo
from tracker.evidence.storage import FileStore
from tracker.people.models import Person, Post, SignInSession
from tracker.people.queries import token_digest
from tracker.permissions import GRANTS, Role

NOW = datetime(2026, 9, 16, 3, 0, tzinfo=UTC)
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
LARGEST_PAGE = 100 * 1024
TABLES = {
    "task_id": "tasks", "notice_id": "notices", "score_id": "scores", "unit_id": "units",
    "person_id": "persons", "committee_id": "committees", "meeting_id": "meetings",
    "clause_id": "clauses", "edition_id": "editions", "evidence_id": "evidence",
    "message_id": "outbox", "finding_id": "findings", "post_id": "posts",
    "criterion_id": "criteria", "participant_id": "participants", "indicator_id": "indicators",
    "object_id": "tasks", "other_id": "editions", "absence_id": "absences",
    "version_id": "ladder_versions", "request_id": "explanation_requests",
    "feed_id": "calendar_feeds",
}  # fmt: skip

pytestmark = pytest.mark.xdist_group("every-page")
"""One worker runs this module, so that the demo is loaded once for each kind of database."""


@pytest.fixture(scope="module")
def living(migrated_app, tmp_path_factory):
    """Load the commune's demo once for each kind of database, and sign in one of each role."""
    migrated_app.config["WTF_CSRF_ENABLED"] = False
    store = FileStore(tmp_path_factory.mktemp("evidence"))
    with migrated_app.app_context(), time_machine.travel(NOW, tick=False):
        assert load_demo(
            Preset.COMMUNE, at=NOW, password="mở cửa", store=store, public_url="http://localhost"
        )
        with Session(db.engine) as session:
            clients = {role: enter(migrated_app, session, role) for role in Role}
            ids = {
                name: session.scalar(select(tables.metadata.tables[table].c.id).limit(1)) or 1
                for name, table in TABLES.items()
            }
    yield migrated_app, clients, ids
    with migrated_app.app_context():
        empty_database(db.engine)


def enter(app, session, role):
    """Return a client signed in as the demo's holder of `role`, or as a new one."""
    post = session.scalars(select(Post).where(Post.role == role).limit(1)).first()
    if post is None:
        person = Person(email=f"{role}@new.example", name=role, created_at=NOW)
        person.must_change_password = False
        post = Post(person=person, role=role, starts_on=NOW.date())
        session.add(post)
        session.flush()
    token = secrets.token_hex(8)
    session.add(
        SignInSession(
            token_digest=token_digest(token),
            person_id=post.person_id,
            post_id=post.id,
            started_at=NOW,
            expires_at=NOW + timedelta(days=1),
        )
    )
    session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
        cookie["_fresh"] = True
    return client


def addresses(app, ids):
    """Return (address, permission or None) of every page that answers GET."""
    for rule in app.url_map.iter_rules():
        if "GET" not in rule.methods or rule.endpoint in {"static", "bootstrap.static"}:
            continue
        address = re.sub(
            r"<(?:int:)?([a-z_]+)>", lambda name: str(ids.get(name[1], "tasks")), rule.rule
        )
        address = re.sub(r"<any\(([a-z]+)[^>]*>", r"\1", address)
        address = address.replace("<string:word>", "deadline")
        address = re.sub(r"<string:[a-z_]+>", "tasks", address)
        yield address, getattr(app.view_functions[rule.endpoint], "needs", None)


@pytest.mark.parametrize("role", Role)
def test_no_page_changes_a_row_or_opens_to_whom_it_must_not(living, role):
    app, clients, ids = living
    with time_machine.travel(NOW, tick=False):
        for address, permission in addresses(app, ids):
            with app.app_context():
                engine = db.engine
            with counted_queries(engine) as statements:
                answer = clients[role].get(address)
            assert answer.status_code < 500, address
            assert [s for s in statements if WRITES.match(s)] == [], address
            if permission is not None and role not in GRANTS[permission]:
                assert answer.status_code == 403, (address, answer.location)
            if answer.mimetype == "text/html":
                assert len(answer.data) <= LARGEST_PAGE, (address, len(answer.data))


def test_a_visitor_is_sent_to_the_door_before_anything_is_looked_up(living):
    app, _, ids = living
    for address, permission in addresses(app, ids):
        if permission is None:
            continue
        with app.app_context():
            engine = db.engine
        with counted_queries(engine) as statements:
            answer = app.test_client().get(address)
        assert (answer.status_code, answer.location.split("?")[0]) == (302, "/sign-in"), address
        assert statements == [], address
