"""Load a demo office into an empty instance, once."""

from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from tracker import history
from tracker.db import transaction
from tracker.deadlines.queries import working_calendar
from tracker.demo.commune import COMMUNE_OFFICE
from tracker.demo.days import Days
from tracker.demo.house import build_house, fill_boards
from tracker.demo.notices import plan_gathering
from tracker.demo.province.office import PROVINCE_OFFICE
from tracker.demo.reminding import plan_reminding
from tracker.demo.scoring import plan_scoring
from tracker.demo.stage import Stage
from tracker.errors import N_, RuleViolation
from tracker.evidence.storage import FileStore
from tracker.history import HistoryEntry
from tracker.people.models import Person
from tracker.people.passwords import digest
from tracker.people.queries import command_actor
from tracker.permissions import Role
from tracker.units.models import Office, Unit
from tracker.workdays import office_day

BUILT_DAYS = 185
FIRST_MEETING_DAYS = 170
LOADED = "office.load-demo"
NOT_EMPTY = N_(
    "This instance already holds units or accounts that are no demonstration; the demo can only"
    " be loaded into an empty one."
)
HALF_LOADED = N_(
    "An earlier loading of the demo did not come to its end. Remove the database and load again."
)


class Preset(StrEnum):
    """Which demo office is loaded."""

    PROVINCE = "province"
    COMMUNE = "commune"


OFFICES = {Preset.PROVINCE: PROVINCE_OFFICE, Preset.COMMUNE: COMMUNE_OFFICE}


def load_demo(
    preset: Preset, *, at: datetime, password: str, store: FileStore, public_url: str
) -> bool:
    """Load the office of `preset` as if it had worked for months; return False if it is there.

    Every date hangs on the office's day of `at`. RuleViolation: the instance holds people or
    units that are no demonstration, or an earlier loading was cut off.
    """
    with transaction() as session:
        if is_loaded(session):
            return False
        office = OFFICES[preset]
        calendar = working_calendar(session)
        today = office_day(at)
        year = calendar.add(today, -FIRST_MEETING_DAYS).year
        days = Days(today, calendar, year)
        built = days.moment(days.day(-BUILT_DAYS), 9)
        stage = Stage(office, days, store, public_url, at, first=built.date())
        row = Office(id=1, name=office.name, demo=True)
        session.add(row)
        by = command_actor(session, Role.ADMIN)
        history.record(session, "office.begin-demo", row, by=by, at=built)
        build_house(session, stage, built, password_hash=digest(password))
    stage.plan(built + timedelta(hours=1), lambda session, at: fill_boards(session, stage, at))
    for gathering in office.gatherings:
        plan_gathering(stage, gathering)
    plan_scoring(stage)
    plan_reminding(stage)
    stage.run()
    with transaction() as session:
        row = session.get_one(Office, 1)
        history.record(session, LOADED, row, by=command_actor(session, Role.ADMIN), at=at)
    return True


def is_loaded(session: Session) -> bool:
    """Tell whether the demo is there, whole; refuse an instance that is not empty."""
    office = session.get(Office, 1)
    if office is None or not office.demo:
        strangers = session.scalar(select(func.count()).where(~Person.demo))
        if strangers or session.scalar(select(func.count()).select_from(Unit)):
            raise RuleViolation(NOT_EMPTY)
        return False
    if session.scalar(select(HistoryEntry.id).where(HistoryEntry.act == LOADED)) is None:
        raise RuleViolation(HALF_LOADED)
    return True
