"""A text made ready for reading, with the way back to the characters of the file."""

import re
import unicodedata
from array import array
from dataclasses import dataclass

# Control characters (but not tab and newline), byte-order marks and zero-width characters.
_IGNORED = "\x00-\x08\x0b-\x1f\x7f-\x9f\ufeff\u200b-\u200f\u2028-\u202e\u2060"
_CHANGED = re.compile(rf"[{_IGNORED}]|[^\u0300-\u036f{_IGNORED}]?[\u0300-\u036f]+|[\u00a0\u202f]")
_SPACES = str.maketrans("\u00a0\u202f", "  ")


@dataclass(frozen=True)
class Source:
    """Text as read: composed, without control characters.

    `original` is the file's text; `start_of` and `end_of` lead from read offsets to its own.
    """

    original: str
    text: str
    _offsets: "array[int] | None"

    @classmethod
    def of(cls, original: str) -> "Source":
        """Compose `original` for reading; plain text costs one search and no map."""
        if _CHANGED.search(original) is None:
            return cls(original, original, None)
        pieces: list[str] = []
        offsets = array("I")
        position = 0
        for found in _CHANGED.finditer(original):
            pieces.append(original[position : found.start()])
            offsets.extend(range(position, found.start()))
            composed = _composed(found[0])
            pieces.append(composed)
            offsets.extend([found.start()] * len(composed))
            position = found.end()
        pieces.append(original[position:])
        offsets.extend(range(position, len(original)))
        return cls(original, "".join(pieces), offsets)

    def start_of(self, offset: int) -> int:
        """Return the file's offset of the read character at `offset`."""
        if self._offsets is None:
            return offset
        return self._offsets[offset] if offset < len(self._offsets) else len(self.original)

    def end_of(self, offset: int) -> int:
        """Return the file's offset behind the read character before `offset`.

        Marks that were composed into that character, and ignored characters behind it, belong
        to it only as far as the next read character does not begin before them.
        """
        if self._offsets is None or offset == 0:
            return offset
        end = self._offsets[offset - 1] + 1
        while end < len(self.original) and unicodedata.combining(self.original[end]):
            end += 1
        return end


def _composed(found: str) -> str:
    if found in "\u00a0\u202f":
        return found.translate(_SPACES)
    if len(found) == 1 and not unicodedata.combining(found):
        return ""
    return unicodedata.normalize("NFC", found)
