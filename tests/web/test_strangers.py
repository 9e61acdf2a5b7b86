"""Whoever has nothing to do with a thing neither reads, changes nor hears of it.

The routes are walked, not listed: a new one whose address names a thing that no stranger is tried
on here fails, as does one that lets a stranger in.
"""

import inspect
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from sqlalchemy.orm import Session

from tests.conftest import counted_queries, empty_database
from tests.factories import (
    JUNE_1,
    ClauseFactory,
    CommitteeFactory,
    CriterionFactory,
    MeetingFactory,
    NoticeFactory,
    PostFactory,
    ScoreFactory,
    TaskFactory,
    UnitFactory,
    bound_to,
)
from tracker.conclusions.models import Finding, Participant, RaisedMatter
from tracker.conclusions.rules import Attendance, RaisedKind, SourceKind
from tracker.db import db
from tracker.evidence.models import Evidence, StoredFile
from tracker.evidence.storage import FileStore
from tracker.outbox import OutboxMessage
from tracker.people.models import Absence, SignInSession
from tracker.people.queries import token_digest
from tracker.permissions import GRANTS, Role, Scope
from tracker.reminders.feed_models import CalendarFeed
from tracker.reminders.ladders import LadderKind
from tracker.reminders.models import LadderVersion, LedgerRow
from tracker.reminders.rules import Rule
from tracker.reminders.urging_models import AskedFor, ExplanationRequest
from tracker.scores.models import Indicator, Remedy, RemedyProgress, Target
from tracker.scores.rules import CauseClass, Direction, Measure
from tracker.tasks.models import Progress, TaskGroup

NOW = datetime(2026, 7, 20, 1, 30, tzinfo=UTC)
WRITES = re.compile(r"\s*(INSERT|UPDATE|DELETE)\b", re.IGNORECASE)
PLACED = (Role.UNIT_HEAD, Role.FOCAL_POINT, Role.OFFICER, Role.APPRAISER)
SECRET = "chuyện riêng"
"""Stands in every text of the strangers' office."""

NO_THING = {"kind"}
"""Arguments of addresses that name no thing."""
SHARED = {"scores.indicator", "scores.export", "reminders.unit_text"}
"""What readers share: indicators, editions, units; the values and tasks of others stay out."""


@dataclass
class Office:
    """A committee with a unit and one of everything; `word` stands in every text."""

    word: str
    ids: dict[str, int] = field(default_factory=dict)

    def __post_init__(self):
        self.unit = UnitFactory(name=f"Phòng {secrets.token_hex(3)}")
        self.committee = CommitteeFactory()
        self.posts = {
            role: PostFactory(role=role, unit=self.unit)
            if role in PLACED
            else PostFactory(
                role=role, committee_id=None if role is Role.ADMIN else self.committee.id
            )
            for role in Role
        }

    def fill(self, session, store):
        """Give the office a thing of each kind, and remember the ids by the addresses' names."""
        said, officer = self.word, self.posts[Role.OFFICER].person
        meeting = MeetingFactory(
            committee=self.committee, kind=SourceKind.INSPECTION, title=said, summary=said,
            inspected_unit_id=self.unit.id,
        )  # fmt: skip
        meeting.committees = [self.committee]
        person = Participant(name=said, attendance=Attendance.ATTENDEE)
        meeting.participants = [person]
        meeting.raised = [RaisedMatter(kind=RaisedKind.DIFFICULTY, text=said, unit_id=self.unit.id)]
        notice = NoticeFactory(
            committee=self.committee, meeting=meeting, title=said, text=said,
            submitted_at=JUNE_1, signed_at=JUNE_1, assigned_at=JUNE_1,
        )  # fmt: skip
        draft = NoticeFactory(committee=self.committee, title=said, text=said, number="")
        clause = ClauseFactory(notice=notice, text=said)
        ClauseFactory(notice=draft, text=said)
        group = TaskGroup(title=said, addressee=said, clause_id=clause.id)
        session.add(group)
        session.flush()
        task = TaskFactory(
            committee=self.committee, lead_unit=self.unit, title=said, clause_id=clause.id,
            group=group, officer_id=officer.id, last_update=said,
        )  # fmt: skip
        meeting.findings = [Finding(number=1, text=said, tasks=[task])]
        piece = self._file(session, store)
        session.add(
            Progress(
                task=task, at=JUNE_1, by_name=said, way="screen", text=said, percent=10,
                evidence=[piece],
            )
        )  # fmt: skip
        notice.files = [piece]
        score = ScoreFactory(unit=self.unit, criterion=CriterionFactory(), explanation=said)
        remedy = Remedy(
            score=score, cause_class=CauseClass.NO_EVIDENCE, cause=said, solution=said,
            owner_unit_id=self.unit.id, officer_id=officer.id, expected_points=Decimal("0.5"),
            due_on=date(2026, 9, 1), tasks=[task],
        )  # fmt: skip
        remedy.progress = [
            RemedyProgress(at=JUNE_1, by_name=said, text=said, percent=5, evidence=[piece])
        ]
        indicator = Indicator(
            code=secrets.token_hex(4), name="Tỷ lệ", measure=Measure.PERCENT,
            direction=Direction.UP,
        )  # fmt: skip
        indicator.targets = [Target(unit_id=self.unit.id, value=Decimal(50), words=said)]
        mail = OutboxMessage(
            key=secrets.token_hex(4), recipient=officer.email, person_id=officer.id, subject=said,
            body=said, created_at=JUNE_1, next_at=JUNE_1, committee_id=self.committee.id,
        )  # fmt: skip
        asked = ExplanationRequest(
            task_id=task.id, asked_for=AskedFor.EXPLANATION, asked_on=JUNE_1.date(), at=JUNE_1,
            by_name=said, question=said, due_on=date(2026, 8, 1), effective_on=date(2026, 8, 1),
        )  # fmt: skip
        absence = Absence(
            person_id=officer.id, first_on=JUNE_1.date(), last_on=date(2026, 8, 1), reason=said
        )
        ladder = LadderVersion(
            committee_id=self.committee.id, kind=LadderKind.DEADLINE, steps="{}", saved_at=JUNE_1,
            saved_by=said,
        )  # fmt: skip
        feed = CalendarFeed(
            person_id=officer.id, token_digest=secrets.token_hex(32), created_at=JUNE_1
        )  # fmt: skip
        session.add_all([meeting, remedy, indicator, mail, absence, ladder, asked, feed])
        session.flush()
        session.add(
            LedgerRow(
                task_id=task.id, recipient=officer.email, person_id=officer.id,
                unit_id=self.unit.id, rule=Rule.BEFORE, step=1, deadline_version=1,
                due_on=task.due_on, as_of=task.due_on, at=JUNE_1, message_id=mail.id,
            )
        )  # fmt: skip
        session.commit()
        self.task, self.draft, self.group = task, draft, group
        self.ids = {
            "task_id": task.id, "object_id": task.id, "notice_id": notice.id,
            "clause_id": clause.id, "meeting_id": meeting.id, "participant_id": person.id,
            "finding_id": meeting.findings[0].id, "evidence_id": piece.id,
            "score_id": score.id, "criterion_id": score.criterion_id,
            "edition_id": score.criterion.edition_id, "unit_id": self.unit.id,
            "indicator_id": indicator.id, "message_id": mail.id,
            "committee_id": self.committee.id, "person_id": officer.id,
            "post_id": self.posts[Role.OFFICER].id, "noun": "tasks",
            "absence_id": absence.id, "version_id": ladder.id, "word": "deadline",
            "request_id": asked.id, "other_id": score.criterion.edition_id,
            "feed_id": feed.id,
        }  # fmt: skip

    def _file(self, session, store):
        digest = store.put(f"nội dung {self.word} {self.unit.id}".encode())
        session.add(StoredFile(digest=digest, size=9, media_type="text/plain", created_at=JUNE_1))
        piece = Evidence(
            digest=digest, file_name=f"{self.word}.txt", unit_id=self.unit.id, added_at=JUNE_1
        )
        session.add(piece)
        return piece

    @property
    def filters(self):
        """Return what the addresses of lists may ask for of this office."""
        return {
            "committee": self.committee.id, "unit": self.unit.id,
            "meeting": self.ids["meeting_id"], "notice": self.ids["notice_id"],
            "group": self.group.id, "officer": self.ids["person_id"],
            "edition": self.ids["edition_id"], "supplements": self.ids["notice_id"],
            "task": self.task.code, "person": self.posts[Role.OFFICER].person.email,
            "q": self.word, "noun": "tasks", "name": self.word,
        }  # fmt: skip


@dataclass
class Two:
    """Two offices side by side, and clients signed in as the people of the first."""

    app: object
    own: Office
    other: Office
    dialect: str
    clients: dict = field(default_factory=dict)

    def enter(self, session, post):
        """Return a client signed in as the holder of `post`."""
        token = secrets.token_hex(8)
        session.add(
            SignInSession(
                token_digest=token_digest(token),
                person_id=post.person_id,
                post_id=post.id,
                started_at=NOW,
                expires_at=NOW + timedelta(days=3650),
            )
        )
        session.commit()
        client = self.app.test_client()
        with client.session_transaction() as cookie:
            cookie["_user_id"], cookie["_fresh"] = token, True
        return client


@pytest.fixture(scope="module")
def two(migrated_app):
    migrated_app.config["WTF_CSRF_ENABLED"] = False
    store = FileStore(migrated_app.config["TRACKER"].evidence_folder)
    with (
        migrated_app.app_context(),
        Session(db.engine, expire_on_commit=False) as session,
        bound_to(session),
        time_machine.travel(NOW, tick=False),
    ):
        own, other = Office("việc nhà"), Office(SECRET)
        both = Two(migrated_app, own, other, db.engine.dialect.name)
        both.own.fill(session, store)
        both.other.fill(session, store)
        both.clients = {role: both.enter(session, both.own.posts[role]) for role in Role}
        yield both
    with migrated_app.app_context():
        empty_database(db.engine)


@dataclass(frozen=True)
class Attempt:
    method: str
    address: str
    endpoint: str
    scope: Scope | None
    names: tuple[str, ...]


def attempts(app, role, ids, *, things=True):
    """Return every request on the things `ids`; without `things`, those on no thing."""
    for rule in app.url_map.iter_rules():
        needs = getattr(app.view_functions[rule.endpoint], "needs", None)
        names = tuple(sorted(rule.arguments - NO_THING))
        if needs is None or bool(names) is not things:
            continue
        address = re.sub(r"<any\([^>]*\b([a-z]+)\)[^>]*>", r"\1", rule.rule)
        address = re.sub(r"<\w+:([a-z_]+)>", lambda found: str(ids[found[1]]), address)
        for method in sorted(rule.methods & {"GET", "POST"}):
            yield Attempt(method, address, rule.endpoint, GRANTS[needs].get(role), names)


def made(two, role, attempt, **given):
    """Return the answer to an attempt and the statements that wrote."""
    with two.app.app_context():
        engine = db.engine
    with counted_queries(engine) as statements:
        answer = two.clients[role].open(attempt.address, method=attempt.method, **given)
    return answer, [statement for statement in statements if WRITES.match(statement)]


@pytest.mark.parametrize("role", Role)
def test_a_stranger_reaches_nothing_by_its_address(two, role):
    let_in = []
    for attempt in attempts(two.app, role, two.other.ids):
        if attempt.scope is Scope.EVERYWHERE:
            continue  # not a stranger
        answer, wrote = made(two, role, attempt)
        refused = {403} if attempt.scope is None else {403, 404}
        secret = SECRET.encode() in answer.data
        ok = answer.status_code in refused or attempt.endpoint in SHARED
        if wrote or secret or not ok:
            let_in.append((attempt.method, attempt.address, answer.status_code, wrote))

    assert let_in == []


@pytest.mark.parametrize("role", Role)
def test_a_strangers_thing_is_not_reached_by_way_of_an_own_one(two, role):
    let_in = []
    own, other = two.own.ids, two.other.ids
    for name in ("clause_id", "finding_id", "participant_id", "evidence_id", "unit_id"):
        for attempt in attempts(two.app, role, own | {name: other[name]}):
            if name not in attempt.names or len(attempt.names) < 2:
                continue
            if attempt.scope is Scope.EVERYWHERE:
                continue
            answer, wrote = made(two, role, attempt)
            if wrote or SECRET.encode() in answer.data or answer.status_code in {200, 500}:
                let_in.append((attempt.method, attempt.address, answer.status_code, wrote))

    assert let_in == []


@pytest.mark.parametrize("role", Role)
def test_no_list_speaks_of_a_stranger_whatever_is_asked_for(two, role):
    told = []
    asked = two.other.filters
    extra = {"state": "all", "figure": "total", "everything": "1", "retired": "1"}
    for attempt in attempts(two.app, role, {}, things=False):
        if attempt.method != "GET" or attempt.scope in {Scope.EVERYWHERE, None}:
            continue
        code = inspect.getsource(inspect.getmodule(two.app.view_functions[attempt.endpoint]))
        sqlite = two.dialect == "sqlite"
        read = [name for name in asked if sqlite and f'"{name}"' in code]  # once is enough
        for query in [asked, *({name: asked[name]} for name in read)]:
            answer, _ = made(two, role, attempt, query_string=extra | query)
            assert answer.status_code < 500, (attempt.address, query)
            # what was typed into the address comes back in the field it was typed into
            seen = re.sub(r'value="[^"]*"', "", answer.text) if "html" in answer.mimetype else ""
            if SECRET in seen:
                told.append((attempt.address, query))

    assert told == []


@pytest.mark.parametrize("role", Role)
def test_own_things_open_for_whom_the_table_lets_read(two, role):
    """The other side: what is refused above is refused for being strange, not for being broken."""
    shut = []
    for attempt in attempts(two.app, role, two.own.ids):
        if attempt.method != "GET" or attempt.endpoint.rpartition(".")[2] not in READING:
            continue
        answer, _ = made(two, role, attempt)
        expected = 403 if attempt.scope is None else 200
        if answer.status_code != expected:
            shut.append((attempt.address, answer.status_code))

    assert shut == []


READING = {"task", "conclusion", "meeting", "remediation"}
