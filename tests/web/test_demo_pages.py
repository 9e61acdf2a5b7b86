"""Every kind of page to which an account of the demo is led opens for it."""

import re
from collections import deque
from datetime import UTC, datetime
from html import unescape

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from tests.conftest import empty_database
from tracker.db import db
from tracker.demo.loading import Preset, load_demo
from tracker.evidence.storage import FileStore
from tracker.people.models import Person, Post
from tracker.permissions import Role

LINK = re.compile(r'<a\b[^>]*?\bhref="(/[^"#]*)')
PAGES_OF_A_KIND = 3
"""How many addresses of one route are opened for one account."""

pytestmark = pytest.mark.xdist_group("demo-pages")
"""One worker runs this module, so that the demo is loaded once for each kind of database."""


@pytest.fixture(scope="module")
def demo_app(migrated_app):
    """Load the small demo office once for each kind of database."""
    store = FileStore(migrated_app.config["TRACKER"].evidence_folder)
    migrated_app.config["WTF_CSRF_ENABLED"] = False
    with migrated_app.app_context():
        load_demo(
            Preset.COMMUNE,
            at=datetime.now(UTC),
            password="mở cửa",
            store=store,
            public_url="http://localhost",
        )
    yield migrated_app
    with migrated_app.app_context():
        empty_database(db.engine)


def signed_in(app, role):
    with app.app_context(), Session(db.engine) as session:
        email = session.scalars(
            select(Person.email).join(Post).where(Post.role == role).order_by(Post.id)
        ).first()
    client = app.test_client()
    client.post("/sign-in", data={"email": email, "password": "mở cửa"})
    return client


def route_of(app, address):
    adapter = app.url_map.bind("localhost")
    return adapter.match(address.split("?")[0])[0]


@pytest.mark.parametrize("role", list(Role))
def test_every_page_that_links_lead_to_opens(demo_app, role):
    client = signed_in(demo_app, role)
    waiting, seen, opened, broken = deque(["/"]), {"/"}, {}, []

    while waiting:
        address = waiting.popleft()
        response = client.get(address, follow_redirects=True)
        if response.status_code != 200:
            broken.append((address, response.status_code))
            continue
        if response.mimetype != "text/html":
            continue
        for found in LINK.findall(response.text):
            link = unescape(found)
            route = route_of(demo_app, link)
            if link not in seen and opened.get(route, 0) < PAGES_OF_A_KIND:
                seen.add(link)
                opened[route] = opened.get(route, 0) + 1
                waiting.append(link)

    assert broken == []
    assert len(opened) > 3
