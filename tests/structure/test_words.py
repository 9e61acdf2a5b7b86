"""Every string shown exists in Vietnamese and English, with the same placeholders."""

import re
from io import BytesIO

from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from tests.paths import ROOT

CATALOGUE = ROOT / "tracker" / "translations" / "vi" / "LC_MESSAGES" / "messages.po"
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "N_": None,
    "_l": None,
    "lazy_gettext": None,
}
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")


def collected():
    for folder, methods in (
        ("tracker", [("**.py", "python")]),
        ("templates", [("**.html", "jinja2"), ("**.txt", "jinja2")]),
    ):
        for file, line, message, _, _ in extract_from_dir(
            str(ROOT / folder), methods, keywords=KEYWORDS
        ):
            yield f"{folder}/{file}:{line}", message if isinstance(message, tuple) else (message,)


def test_every_string_has_its_vietnamese():
    catalogue = read_po(BytesIO(CATALOGUE.read_bytes()))
    missing, unequal = [], []
    for place, message in collected():
        entry = catalogue.get(message[0])
        text = entry.string if entry else ""
        translation = text if isinstance(text, str) else (text[0] if text else "")
        if not translation:
            missing.append(f"{place} {message[0]!r}")
        elif set(PLACEHOLDER.findall(translation)) - {
            name for form in message for name in PLACEHOLDER.findall(form)
        }:
            unequal.append(f"{place} {message[0]!r}")

    assert missing == []
    assert unequal == []
