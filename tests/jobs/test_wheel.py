"""The built wheel runs the product by itself: templates, migrations, translations inside."""

import subprocess
import sys
import zipfile

import pytest

from tests.paths import ROOT

JOURNEY = """
import pathlib, sys
import tracker
assert pathlib.Path(tracker.__file__).parent.parent == pathlib.Path(sys.argv[1]), tracker.__file__
from tracker.app import alembic, create_app
app = create_app()
with app.app_context():
    alembic.upgrade()
page = app.test_client().get("/sign-in")
assert page.status_code == 200, page.status_code
assert "Đăng nhập" in page.text
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable, "-m", "pip", "wheel", "--quiet", "--no-build-isolation", "--no-deps",
            "--no-index", "-w", str(folder), str(ROOT),
        ],
        check=True,
    )  # fmt: skip
    return next(folder.glob("*.whl"))


def test_the_wheel_holds_everything_and_nothing_else(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    tops = {name.split("/")[0] for name in names}

    assert {"tracker", "config.py", "run.py"} <= tops
    assert "tests" not in tops
    for part in (
        "tracker/templates/layout.html",
        "tracker/migrations/0001_create_the_tables_of_the_office.py",
        "tracker/translations/vi/LC_MESSAGES/messages.mo",
        "tracker/static/look.css",
    ):
        assert part in names


def test_the_wheel_runs_far_from_the_checkout(wheel, tmp_path):
    house = tmp_path / "house"
    zipfile.ZipFile(wheel).extractall(house)

    subprocess.run(
        [sys.executable, "-c", JOURNEY, str(house)],
        check=True,
        cwd=tmp_path,
        env={
            "PATH": "",
            "PYTHONPATH": str(house),
            "TRACKER_INSTANCE": str(tmp_path / "instance"),
            "TRACKER_SECRET_KEY": "only-for-this-test",
        },
    )
