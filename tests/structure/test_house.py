"""The house keeps its shape: routes, permissions, commits, licence, settings."""

import re

import pytest

from tests.conftest import make_config
from tests.paths import ROOT
from tracker.app import create_app
from tracker.permissions import GRANTS, Permission, Role

ALWAYS_OPEN = {"static", "bootstrap.static"}
KEBAB = re.compile(r"/|(/[a-z0-9.-]+|/<(int|any|string)(\([^)]*\))?:[a-z_]+>)+")
CODE = [*sorted((ROOT / "tracker").rglob("*.py")), ROOT / "config.py", ROOT / "run.py"]


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    instance = tmp_path_factory.mktemp("house")
    return create_app(make_config(f"sqlite:///{instance / 'house.sqlite3'}", instance))


def test_every_route_declares_its_permission(app):
    undeclared = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in ALWAYS_OPEN
        and not hasattr(app.view_functions[rule.endpoint], "needs")
        and not getattr(app.view_functions[rule.endpoint], "public", False)
    ]

    assert undeclared == []


def test_every_address_is_a_kebab_case_noun_with_typed_ids(app):
    odd = [
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint not in ALWAYS_OPEN
        and not re.fullmatch(
            r"(/|(/[a-z0-9.-]+|/<(int|any|string)(\([^)]*\))?:[a-z_]+>)+)", rule.rule
        )
    ]

    assert odd == []


FIXED = [
    "/sign-in",
    "/healthz",
    "/readyz",
    "/metrics",
    "/",
    "/overdue",
    "/my-work",
    "/inbox",
    "/tasks",
    "/tasks/<int:task_id>",
    "/conclusions",
    "/conclusions/new",
    "/conclusions/<int:notice_id>",
    "/conclusions/<int:notice_id>/review",
    "/criteria",
    "/scores",
    "/scores/<int:score_id>/remediation",
    "/reminders",
    "/reports",
    "/units",
    "/people",
    "/calendar",
    "/history",
]


@pytest.mark.parametrize("address", FIXED)
def test_every_fixed_address_exists(app, address):
    assert address in {rule.rule for rule in app.url_map.iter_rules()}


def test_every_permission_is_granted_to_somebody_and_used():
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in CODE if path.name != "permissions.py"
    )
    templates = "\n".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "templates").rglob("*.html")
    )
    unused = [
        permission.name
        for permission in Permission
        if f"Permission.{permission.name}" not in code and f'"{permission.value}"' not in templates
    ]

    assert unused == []
    assert all(GRANTS[permission] for permission in Permission)
    assert set(GRANTS) == set(Permission)
    assert {role for grants in GRANTS.values() for role in grants} == set(Role)


def test_only_the_database_room_commits():
    committing = [
        path.relative_to(ROOT).as_posix()
        for path in CODE
        if ".commit(" in path.read_text(encoding="utf-8")
    ]

    assert committing == ["tracker/db.py"]


def test_every_setting_is_documented():
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    settings = set(re.findall(r"TRACKER_[A-Z_]+", (ROOT / "config.py").read_text("utf-8")))

    assert {name for name in settings if name not in example} == set()


def test_every_direct_dependency_says_why_it_is_there():
    reasons = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").lower()
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    names = re.findall(r'^\s+"([A-Za-z0-9_.-]+)(?:\[[a-z]+\])?==', project, re.MULTILINE)

    assert [name for name in names if f"**{name.lower()}**" not in reasons] == []


def test_the_locks_hold_hashes_and_no_address():
    for name in ("requirements.lock", "requirements-dev.lock"):
        lock = (ROOT / name).read_text(encoding="utf-8")
        assert "--hash=sha256:" in lock
        assert "://" not in lock
        assert "index-url" not in lock
