"""Whether words can be Vietnamese: the syllables that the spelling allows. Pure."""

import re
import unicodedata
from dataclasses import dataclass

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_RIMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây e ec
em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich iêc iêm iên iêng iêp iêt iêu im in inh
ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen
oeo oet oi om on ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uân uâng
uât uây uc uê uêch uênh ui um un ung uôc uôi uôm uôn uông uôt up ut uơ uy uya uych uyên
uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y yêm yên yêt
yêu
"""
_SYLLABLE = re.compile(
    r"(?:ngh?|ch|gh|gi|kh|nh|ph|qu|th|tr|[bcdđghklmnpqrstvx])?(?:"
    + "|".join(sorted(_RIMES.split(), key=len, reverse=True))
    + r")$"
)
_WORD = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u00a1-\u00be])*|[\u00a1-\u00be][^\W\d_]+")
MARKED_WORD = re.compile(r"[\u00a1-\u024f\u0300-\u036f\u1e00-\u1eff]")
LONGEST_SYLLABLE = 7


@dataclass(frozen=True, order=True)
class Evidence:
    """How many of the words with marked letters are syllables: share, different ones, all."""

    share: float
    kinds: int
    words: int


def share_of_syllables(text: str) -> Evidence:
    """Count how many words of `text` with letters beyond ASCII can be Vietnamese syllables."""
    marked = [word for word in _WORD.findall(text) if MARKED_WORD.search(word)]
    verdicts = {word: is_syllable(word) for word in set(marked)}
    good = sum(verdicts[word] for word in marked)
    kinds = sum(verdicts.values())
    return Evidence(good / len(marked) if marked else 0.0, kinds, len(marked))


def is_syllable(word: str) -> bool:
    """Tell whether `word` is spelt as a Vietnamese syllable, with at most one tone."""
    decomposed = unicodedata.normalize("NFD", word.lower())
    bare = "".join(char for char in decomposed if char not in _TONES)
    if len(decomposed) - len(bare) > 1:
        return False
    composed = unicodedata.normalize("NFC", bare)
    return len(composed) <= LONGEST_SYLLABLE and _SYLLABLE.match(composed) is not None
