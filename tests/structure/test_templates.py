"""Every template compiles, obeys the content security policy and leaves colours to look.css."""

import re
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from tracker.icons import cut_sprite, used_icons
from tracker.web import FILTERS

TEMPLATES = Path(__file__).parents[2] / "templates"
STATIC = Path(__file__).parents[2] / "tracker" / "static"
# Mails and documents are read outside the program: no policy and no stylesheet reach them.
OUTSIDE = {"emails", "documents"}

ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.*"))
PAGES = [name for name in ALL if name.endswith(".html") and name.split("/")[0] not in OUTSIDE]


def source(name: str) -> str:
    text = (TEMPLATES / name).read_text(encoding="utf-8")
    return re.sub(r"\{#.*?#\}", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("name", [name for name in ALL if name.endswith((".html", ".txt"))])
def test_template_compiles(name):
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    environment.filters.update(FILTERS)
    environment.compile(environment.loader.get_source(environment, name)[0])


@pytest.mark.parametrize("name", PAGES)
def test_page_has_no_inline_style_or_script(name):
    text = source(name)
    assert not re.search(r"\bstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"\son[a-z]+\s*=\s*[\"']", text)
    assert not re.search(r"javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)


@pytest.mark.parametrize("name", PAGES)
def test_page_escapes_everything(name):
    assert not re.search(r"\|\s*safe\b|\{%-?\s*autoescape", source(name))


@pytest.mark.parametrize("name", PAGES)
def test_page_holds_no_colour(name):
    text = source(name)
    assert not re.search(r"\b(?:rgba?|hsla?)\(", text)
    assert not re.search(r"\b(?:stroke|color|bgcolor|stop-color)\s*=\s*[\"']", text)
    assert not re.search(r"\bfill\s*=\s*[\"'](?!none|url\()", text)


@pytest.mark.parametrize("name", [name for name in PAGES if name.startswith("macros/")])
def test_macro_file_is_small(name):
    macros = re.findall(r"\{%-?\s*macro\s+\w+\((.*?)\)\s*-?%\}", source(name))
    assert len(macros) <= 3, "three macros at most in a file"
    for arguments in macros:
        assert len([part for part in arguments.split(",") if part.strip()]) <= 5


@pytest.mark.parametrize("name", PAGES)
def test_page_imports_no_macro_that_it_does_not_use(name):
    imports = re.compile(r"\{%-?\s*from\s+\S+\s+import\s+(.*?)\s*-?%\}")
    text = source(name)
    rest = imports.sub("", text)
    for imported in imports.findall(text):
        for macro in imported.removesuffix("with context").split(","):
            assert re.search(rf"\b{macro.split()[-1]}\(", rest), macro


def test_every_form_that_posts_carries_the_token():
    for name in PAGES:
        for form in re.findall(r"<form\b[^>]*method=\"post\".*?</form>", source(name), re.DOTALL):
            assert re.search(r"\bcsrf\(\)|hidden_tag\(\)|csrf_token", form), (
                name,
                form[:80],
            )


def test_every_icon_in_use_is_in_the_sprite():
    names = used_icons(TEMPLATES)
    sprite = cut_sprite(names)

    assert names
    assert set(re.findall(r'id="([^"]+)"', sprite)) == set(names)
    assert len(sprite) < 40_000


def test_an_icon_that_does_not_exist_is_named():
    with pytest.raises(ValueError, match="no-such-icon"):
        cut_sprite(("bell", "no-such-icon"))


def test_icons_are_found_in_calls_arguments_and_mappings(tmp_path):
    (tmp_path / "page.html").write_text(
        '{{ icon("bell") }}{{ act(icon="key") }}{% set step_icons = {"a": "people"} %}',
        encoding="utf-8",
    )

    assert used_icons(tmp_path) == ("bell", "key", "people")


def test_every_class_of_the_macros_and_the_layout_is_known_to_a_stylesheet():
    known = set(re.findall(r"\.([a-z][a-z0-9-]*)", (STATIC / "look.css").read_text("utf-8")))
    shipped = {"visually-hidden", "visually-hidden-focusable", "invalid-feedback"}
    bootstrap = re.compile(
        r"^(?:btn|form|col|row|m|p|d|gap|flex|fw|text)(?:-|$)|^g-\d$|^[mp][bxyte]-\d$"
    )
    names = [
        "layout.html",
        *(name for name in PAGES if name.startswith(("macros/", "errors/"))),
    ]
    for name in names:
        for value in re.findall(r'class="([^"{]*)"', source(name)):
            for word in value.split():
                assert word in known | shipped or bootstrap.match(word), (name, word)
