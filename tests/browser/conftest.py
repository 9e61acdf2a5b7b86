"""A real server and Debian's Chromium; skipped where there is no browser, never in CI."""

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page, sync_playwright
from werkzeug.serving import make_server

from tests.conftest import make_config
from tracker.app import alembic, create_app
from tracker.db import db

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1200, "height": 900}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium."""
    path = os.environ.get("TRACKER_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def served_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an application on an empty SQLite database of its own, forms guarded as in life."""
    instance = tmp_path_factory.mktemp("served")
    app = create_app(make_config(f"sqlite:///{instance / 'tracker.sqlite3'}", instance))
    with app.app_context():
        alembic.upgrade()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="module")
def site(served_app: Flask) -> Iterator[str]:
    """Return the address at which `served_app` is served."""
    server = make_server("127.0.0.1", 0, served_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of desk size in a fresh browser context; console errors fail the test."""
    context = browser.new_context(viewport=DESK, locale="vi-VN")
    opened = context.new_page()
    complaints: list[str] = []
    opened.on("console", lambda note: note.type == "error" and complaints.append(note.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """Return where to keep screenshots, if somebody wants to look at them."""
    folder = os.environ.get("TRACKER_PICTURES")
    return Path(folder) if folder else None
