"""The icon sprite: only the icons in use, cut from the one inside the installed Bootstrap-Flask.

The whole set weighs 231 KB compressed; what the templates use weighs about four.
"""

import re
from importlib.util import find_spec
from pathlib import Path

# An icon is named in a template by the macro's call, by an argument `icon="…"` that a macro
# hands on to it, or by a value of a mapping whose name ends in `icons`.
_CALL = re.compile(r"""\bicon(?:\(\s*|\s*=\s*)["']([a-z0-9-]+)["']""")
_MAPPING = re.compile(r"\{%-?\s*set\s+\w*icons\s*=\s*\{(.*?)\}\s*-?%\}", re.DOTALL)
_VALUE = re.compile(r""":\s*["']([a-z0-9-]+)["']""")
_SYMBOL = re.compile(r'<symbol class="[^"]*" viewBox="([^"]+)" id="([^"]+)">(.*?)</symbol>')


def used_icons(templates: Path) -> tuple[str, ...]:
    """Return the sorted names of the icons that the templates in this folder use."""
    names: set[str] = set()
    for path in templates.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        names.update(_CALL.findall(text))
        for mapping in _MAPPING.findall(text):
            names.update(_VALUE.findall(mapping))
    return tuple(sorted(names))


def cut_sprite(names: tuple[str, ...]) -> str:
    """Return one SVG with a symbol for each name. ValueError lists names that do not exist."""
    wanted = set(names)
    symbols = {
        name: f'<symbol viewBox="{box}" id="{name}">{paths}</symbol>'
        for box, name, paths in _SYMBOL.findall(_whole_sprite())
        if name in wanted
    }
    unknown = sorted(wanted - symbols.keys())
    if unknown:
        msg = f"No such Bootstrap icons: {', '.join(unknown)}"
        raise ValueError(msg)
    body = "\n".join(symbols[name] for name in sorted(symbols))
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{body}\n</svg>\n'


def _whole_sprite() -> str:
    """Read the sprite of the installed package, without importing it (it would bring Flask)."""
    spec = find_spec("flask_bootstrap")
    if spec is None or spec.origin is None:
        msg = "Bootstrap-Flask is not installed"
        raise FileNotFoundError(msg)
    folder = Path(spec.origin).parent / "static" / "bootstrap5" / "icons"
    return (folder / "bootstrap-icons.svg").read_text(encoding="utf-8")
