"""What the stories share: an office with its people, and how a person works on a page.

Nobody here posts a bare request: a page is opened, its own form filled in and sent, so that a
field that is missing, or a choice that is not offered, stops the story.
"""

import io
import itertools
import re
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import lxml.html
import sqlalchemy as sa
import time_machine
from argon2 import PasswordHasher
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage, MultiDict

from tests.factories import CommitteeFactory, PersonFactory, PostFactory, UnitFactory
from tracker.commands.tasks import take_tasks
from tracker.committees.models import Committee
from tracker.conclusions.models import Clause, Notice, Participant
from tracker.conclusions.rules import ClauseVerdict
from tracker.criteria.models import Criterion, Edition
from tracker.people.models import Person as Account
from tracker.permissions import Role
from tracker.scores.models import Indicator, Score
from tracker.tasks.models import Task
from tracker.units.models import Unit
from tracker.units.rules import UnitKind

PASSWORD = "một con ngựa vằn"
DIGEST = PasswordHasher(time_cost=1, memory_cost=256, parallelism=1).hash(PASSWORD)
HERE = ZoneInfo("Asia/Ho_Chi_Minh")


def on(day: str, hour: int = 9) -> time_machine.travel:
    """Live the block on `day` (dd/mm/yyyy), at `hour` in the office."""
    moment = datetime.strptime(day, "%d/%m/%Y").replace(hour=hour, tzinfo=HERE)
    return time_machine.travel(moment, tick=False)


def seed(shared: Path, number: str) -> str:
    """Return the source document whose file name begins with `number`."""
    (path,) = (shared / "seeds").glob(f"{number}_*.txt")
    return path.read_text(encoding="utf-8")


def words_of(text: str) -> str:
    return " ".join(text.split())


class Page:
    """An answer as a reader sees it."""

    def __init__(self, answer):
        self.address = answer.request.path
        self.status = answer.status_code
        self.tree = lxml.html.fromstring(answer.get_data(as_text=True))
        for script in self.tree.iter("script", "style"):
            script.drop_tree()
        body = self.tree.xpath("//main") or [self.tree]
        self.words = words_of(body[0].text_content())

    def form(self, address):
        """Return the one form that is posted to `address`, whatever its query."""
        found = self._forms(address)
        assert len(found) == 1, f"{len(found)} forms for {address} on {self.address}: {self.words}"
        return found[0]

    def has_form(self, address):
        return bool(self._forms(address))

    def _forms(self, address):
        posted = (form for form in self.tree.forms if form.method == "POST")
        return [form for form in posted if (form.action or self.address).split("?")[0] == address]

    def links(self, beginning):
        """Return where the links to single things lead that begin so, without ? or # and after."""
        found = (link.get("href", "") for link in self.tree.iter("a"))
        single = re.compile(re.escape(beginning) + r"\d")
        return {re.split("[?#]", link)[0] for link in found if single.match(link)}

    def link(self, beginning):
        """Return the whole address of the one link that begins so."""
        found = {link.get("href", "") for link in self.tree.iter("a")}
        (address,) = (link for link in found if link.startswith(beginning))
        return address

    def has_chart(self):
        return bool(self.tree.xpath("//svg[@class='chart']"))

    def part(self, mark):
        """Return the words of the element with the id `mark`."""
        return words_of(self.tree.get_element_by_id(mark).text_content())


def fill(form, name, value):
    """Fill in one field as its kind allows; boxes take the values to tick, or yes and no."""
    boxes = form.xpath(".//input[@type='checkbox'][@name=$name]", name=name)
    if not boxes:
        form.fields[name] = value
        return
    wanted = {boxes[0].get("value")} if value is True else set(value or ())
    assert wanted <= {box.get("value") for box in boxes}, (name, value)
    for box in boxes:
        box.checked = box.get("value") in wanted


class Person:
    """Somebody at a browser."""

    def __init__(self, client):
        self.client = client

    def open(self, address, status=200):
        answer = self.client.get(address, follow_redirects=status == 200)
        page = Page(answer)
        assert page.status == status, (address, page.status, page.words)
        return page

    def send(self, page, address="", *, button=None, status=200, files=(), **typed):
        """Fill `typed` into the page's form for `address` (its own by default) and send it."""
        form = page.form(address or page.address)
        for name, value in typed.items():
            fill(form, name, value)
        data = MultiDict((name, value or "") for name, value in form.form_values())
        if button is not None:
            names = {(item.get("name"), item.get("value")) for item in form.iter("button")}
            assert button in names, (button, names)
            data.add(*button)
        for name, file_name, content in files:
            assert form.inputs[name].type == "file"
            data.add(name, FileStorage(io.BytesIO(content), file_name))
        target = (form.action or "") or page.address
        answer = self.client.post(
            target, data=data, content_type=form.get("enctype"), follow_redirects=True
        )
        page = Page(answer)
        assert page.status == status, (target, page.status, page.words)
        return page


class Office:
    """An office: its committees, units and people, and the rows behind their pages."""

    def __init__(self, app, session: Session):
        self.app, self.session = app, session

    def committee(self, code: str, name: str, standing: Unit | None = None) -> Committee:
        return CommitteeFactory(
            code=code, name=name, short_name=name, unit_id=standing.id if standing else None
        )

    def unit(self, code: str, name: str, kind=UnitKind.DEPARTMENT, parent=None) -> Unit:
        return UnitFactory(code=code, name=name, kind=kind, parent_id=parent.id if parent else None)

    def hire(self, name: str, role: Role, *, unit=None, committees=(None,), title="") -> str:
        """Give somebody an account with a post, one in each committee; return the address."""
        number = self.session.scalar(sa.text("SELECT count(*) FROM persons"))
        person = PersonFactory(
            name=name, email=f"nguoi{number}@office.example", password_hash=DIGEST
        )
        for committee in committees:
            PostFactory(
                person=person,
                role=role,
                unit=unit,
                committee_id=committee.id if committee else None,
                title=title,
                starts_on=date(2020, 1, 1),
            )
        return person.email

    def sign_in(self, email: str) -> Person:
        """Sign in at the door, as everybody does each day."""
        person = Person(self.app.test_client())
        door = person.open("/sign-in")
        first = person.send(door, email=email, password=PASSWORD)
        assert first.address != "/sign-in"
        return person

    def take_over_tasks(self, *lines: str) -> str:
        """Import a list of tasks as the command does: an office takes over what it has."""
        with self.app.app_context():
            return take_tasks(sheet_of(*lines), "nhiem-vu.csv", dry_run=False)

    def rows(self, query):
        self.session.expire_all()
        return list(self.session.scalars(query))

    def tasks(self, *wanted) -> list[Task]:
        return self.rows(sa.select(Task).where(*wanted).order_by(Task.id))

    def person(self, email: str) -> Account:
        (person,) = self.rows(sa.select(Account).where(Account.email == email))
        return person

    def edition(self, code: str) -> Edition:
        (edition,) = self.rows(sa.select(Edition).where(Edition.code == code))
        return edition

    def score(self, edition: str, code: str) -> Score:
        """Return the only result on the criterion `code` of an edition."""
        found = sa.select(Score).join(Criterion).join(Edition)
        (score,) = self.rows(found.where(Edition.code == edition, Criterion.code == code))
        return score

    def indicator(self, anchor: str) -> Indicator:
        (indicator,) = self.rows(sa.select(Indicator).where(Indicator.name.contains(anchor)))
        return indicator

    def task(self, anchor: str, unit: Unit) -> Task:
        """Return the task of `unit` whose words contain `anchor`."""
        (task,) = self.tasks(Task.title.contains(anchor), Task.lead_unit_id == unit.id)
        return task


class Review:
    """One notice on its secretary's review page."""

    def __init__(self, office: Office, email: str, secretary: Person, page: Page):
        assert page.address.endswith("/review"), (page.address, page.words)
        self.office, self.email, self.secretary = office, email, secretary
        self.here = page.address
        self.notice_page = page.address.removesuffix("/review")
        self.notice_id = int(self.notice_page.rsplit("/", 1)[1])

    def again(self) -> None:
        """Let the secretary sign in anew and go on."""
        self.secretary = self.office.sign_in(self.email)

    @property
    def notice(self) -> Notice:
        (notice,) = self.office.rows(sa.select(Notice).where(Notice.id == self.notice_id))
        return notice

    @property
    def clauses(self) -> list[Clause]:
        """Return the clauses that ask for a verdict, in the text's order."""
        return self.office.rows(
            sa.select(Clause)
            .where(Clause.notice_id == self.notice_id, Clause.heading.is_(False))
            .order_by(Clause.position)
        )

    def clause(self, anchor: str) -> Clause:
        """Return the one clause in which `anchor` stands, in any wrapping."""
        (clause,) = (one for one in self.clauses if anchor in words_of(one.text))
        return clause

    def open(self, clause: Clause) -> Page:
        return self.secretary.open(f"{self.here}?clause={clause.id}")

    def decide(
        self,
        anchor: str,
        verdict: str = "task",
        *,
        reason: str = "",
        concluded_by: str = "",
        parts: Iterable[dict] = (),
    ) -> Page:
        """Say what the clause is and, for each part of it, what the part says; confirm.

        Parts are added or taken away until the clause has as many as `parts`.
        """
        clause, parts = self.clause(anchor), list(parts)
        address = f"{self.notice_page}/clauses/{clause.id}"
        page = self.open(clause)
        while len(clause.proposals) != len(parts) and verdict in {"task", "target"}:
            surplus = len(clause.proposals) > len(parts)
            act = f"remove-{clause.proposals[-1].id}" if surplus else "add"
            fields = _fields(clause, parts)
            if surplus:
                fields[f"p{clause.proposals[-1].id}-lead"] = ""
            page = self.secretary.send(page, address, button=("act", act), **fields)
            clause = self.clause(anchor)
        typed = {"verdict": verdict, "reason": reason}
        if concluded_by:
            typed["concluded_by"] = str(self.participant(concluded_by).id)
        fields = {f"c{clause.id}-{name}": value for name, value in typed.items()}
        fields |= _fields(clause, parts)
        return self.secretary.send(page, address, button=("act", "confirm"), **fields)

    def confirm_clear(self) -> int:
        """Confirm on every page what was read clearly; return how many items."""
        before = len([one for one in self.clauses if one.verdict is ClauseVerdict.OPEN])
        number = 1
        while True:
            page = self.secretary.open(f"{self.here}?page={number}")
            if page.has_form(f"{self.notice_page}/clear"):
                self.secretary.send(page, f"{self.notice_page}/clear")
                continue
            if f"{self.here}?page={number + 1}" not in {
                link.get("href") for link in page.tree.iter("a")
            }:
                break
            number += 1
        return before - len([one for one in self.clauses if one.verdict is ClauseVerdict.OPEN])

    def participant(self, name: str) -> Participant:
        (found,) = (one for one in self.notice.meeting.participants if one.name == name)
        return found

    def sign(self, number: str, issued_on: str, signer: str = "") -> Page:
        page = self.secretary.open(self.here)
        return self.secretary.send(
            page,
            f"{self.notice_page}/signature",
            number=number,
            issued_on=issued_on,
            signer=signer,
        )

    def assign(self, status: int = 200) -> Page:
        """Press “Giao việc”."""
        page = self.secretary.open(self.here)
        return self.secretary.send(page, f"{self.notice_page}/assignment", status=status)


def _fields(clause: Clause, parts: list[dict]) -> dict:
    """Return the fields of the parts that the clause has already, as they stand on its card."""
    return {
        f"p{proposal.id}-{name}": value
        for proposal, part in zip(clause.proposals, parts, strict=False)
        for name, value in part.items()
    }


def enter_conclusion(
    office: Office,
    email: str,
    *,
    text: str,
    committees: Iterable[Committee],
    as_file: str = "",
    **typed: str,
) -> Review:
    """Let the secretary `email` enter a text, pasted or as the file `as_file`, with its source."""
    secretary = office.sign_in(email)
    page = secretary.open("/conclusions/new")
    files = [("file", as_file, text.encode())] if as_file else []
    shown = secretary.send(
        page,
        committees=[str(committee.id) for committee in committees],
        text="" if as_file else text,
        files=files,
        **typed,
    )
    return Review(office, email, secretary, shown)


def pieces(text: str, *beginnings: str) -> list[str]:
    """Cut the words of `text` where each of `beginnings` stands; the last only ends the cut."""
    words = words_of(text)
    places = [words.index(beginning) for beginning in beginnings]
    assert places == sorted(places)
    return [words[place:end].strip(" .,…;/") for place, end in itertools.pairwise(places)]


def take_in(person: Person, address: str, *lines: str) -> Page:
    """Let the person import a sheet whose lines are given, columns parted by ` | `."""
    page = person.open(address)
    return person.send(page, files=[("file", "bang.csv", sheet_of(*lines))])


def sheet_of(*lines: str) -> bytes:
    """Return a CSV file of lines whose columns are parted by ` | `."""
    rows = (";".join(cell.strip() for cell in line.split("|")) for line in lines)
    return "\n".join(rows).encode("utf-8-sig")


def publish(person: Person, edition: Edition, unit: Unit, **result: str) -> Page:
    """Let the person record what was published of `unit` in `edition`; return the account."""
    page = person.open(f"/scores/account/{edition.id}/{unit.id}/result")
    return person.send(page, **result)


def plan_remedy(person: Person, score: Score, **form: str) -> Page:
    """Let the person fill in the remediation form of one result."""
    page = person.open(f"/scores/{score.id}/remediation")
    return person.send(page, **form)


def measure(person: Person, indicator: Indicator, *values: tuple[str, str], **more: str) -> Page:
    """Let the person enter (day, value) pairs of an indicator; return its page."""
    for day, value in values:
        page = person.open(f"/indicators/{indicator.id}")
        page = person.send(page, on=day, value=value, **more)
    return page
