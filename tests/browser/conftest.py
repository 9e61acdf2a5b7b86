"""A real server and Debian's Chromium; skipped where there is no browser, never in CI."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, sync_playwright
from waitress import create_server

from tests.conftest import make_config
from tracker import clock
from tracker.app import alembic, create_app
from tracker.channels import sender_for
from tracker.db import db
from tracker.reminders.delivery import deliver_waiting

T = TypeVar("T")
PHONE = {"width": 360, "height": 740}
DESK = {"width": 1200, "height": 900}
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Return a headless Chromium, gone with its module: while its driver keeps an event loop in
    this thread, no other test could close an application context in it.
    """
    path = os.environ.get("TRACKER_CHROMIUM") or shutil.which("chromium")
    if not path:
        pytest.skip("no Chromium on this machine")
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


def aside(work: Callable[[], T]) -> T:
    """Run `work` in a thread of its own: the browser's driver keeps an event loop in this one,
    in which Flask cannot close an application context."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(work).result()


@pytest.fixture(scope="module")
def served_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """Return an application on an empty SQLite database of its own, forms guarded as in life."""
    instance = tmp_path_factory.mktemp("served")

    def build() -> Flask:
        app = create_app(make_config(f"sqlite:///{instance / 'tracker.sqlite3'}", instance))
        with app.app_context():
            alembic.upgrade()
        return app

    def close() -> None:
        with app.app_context():
            db.engine.dispose()

    app = aside(build)
    yield app
    aside(close)


@pytest.fixture(scope="module")
def site(served_app: Flask) -> Iterator[str]:
    """Return the address at which `served_app` is served."""
    server = create_server(served_app, host="127.0.0.1", port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()
    thread.join()


def is_complaint(note: ConsoleMessage) -> bool:
    """Tell whether the console complains; an answer that refuses (409) is meant."""
    return note.type == "error" and "status of 409" not in note.text


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a page of desk size in a fresh browser context; console errors fail the test."""
    context = browser.new_context(viewport=DESK, locale="vi-VN")
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    complaints: list[str] = []
    opened.on("console", lambda note: is_complaint(note) and complaints.append(note.text))
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    yield opened
    context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def pictures() -> Path | None:
    """Return where to keep screenshots, if somebody wants to look at them."""
    folder = os.environ.get("TRACKER_PICTURES")
    return Path(folder) if folder else None


@pytest.fixture
def deliver(served_app: Flask) -> Callable[[], None]:
    """Return a function that sends all that waits in the outbox, as `tracker deliver` does."""

    def send() -> None:
        with served_app.app_context():
            config = served_app.config["TRACKER"]
            deliver_waiting(
                sender_for(config), now=clock.now, lease=timedelta(seconds=60), hurry=True
            )

    return lambda: aside(send)
