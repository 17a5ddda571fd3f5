"""Keys of place names: one key for all usual spellings of one name, so that look-up is an index and never a scan.

`Kunduz`, `KUNDUZ` and `Kundūz` share a key; `Qunduz`, `Konduz` and `قندوز` share its skeleton (consonants, with the
letters that transliterations confuse folded together).
"""

import re
from functools import lru_cache

from anyascii import anyascii

_APOSTROPHES = re.compile(r"['`’‘ʻʼʿʾ´\"“”]")
_NO_LETTER = re.compile(r"[^a-z0-9]+")
_BRACKETED = re.compile(r"\s*\([^)]*\)")

_SHORT_FORMS = {"saint": "st", "sankt": "st", "mount": "mt", "fort": "ft"}
_ARTICLES = frozenset({"al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ed", "es", "the"})


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


REGION_WORDS = _words(
    "province provinces governorate governorates oblast region state states prefecture department wilaya wilayat "
    "canton krai republic territory emirate division voivodeship"
)
DISTRICT_WORDS = _words(
    "district districts county counties raion municipality subdistrict sub-district parish township borough commune "
    "locality arrondissement"
)
TOWN_WORDS = _words("city town village cities towns villages settlement")
UNIT_WORDS = REGION_WORDS | DISTRICT_WORDS | TOWN_WORDS

_BEHIND = re.compile(rf"^(?P<core>.+?)[\s-]+(?P<unit>{'|'.join(sorted(UNIT_WORDS, key=len, reverse=True))})$", re.I)
_BEFORE = re.compile(
    rf"^(?:the\s+)?(?P<unit>{'|'.join(sorted(UNIT_WORDS, key=len, reverse=True))})\s+of\s+(?P<core>.+)$", re.I
)


@lru_cache(maxsize=65_536)
def key(name: str) -> str:
    """Return the look-up key: ASCII, lower case, without punctuation and article; empty where no letter is left."""
    plain = name if name.isascii() else anyascii(name)
    words = _NO_LETTER.sub(" ", _APOSTROPHES.sub("", plain).casefold()).split()
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    return " ".join(_SHORT_FORMS.get(word, word) for word in words)


def bare(name: str) -> str:
    """Return the name without a bracketed addition, as in `Kamen (Upper Seln)`."""
    return _BRACKETED.sub("", name).strip()


def split_unit(name: str) -> tuple[str, str]:
    """Return name and unit word of `Vesk district`, `province of Dray`; the unit is empty where none is written."""
    for pattern in (_BEFORE, _BEHIND):
        found = pattern.match(name.strip())
        if found:
            return found["core"].strip(), found["unit"].lower()
    return name.strip(), ""


_FOLDS = (
    ("sch", "s"),
    ("kh", "k"),
    ("gh", "g"),
    ("dh", "d"),
    ("th", "t"),
    ("sh", "s"),
    ("ch", "s"),
    ("zh", "z"),
    ("ph", "f"),
    ("ts", "s"),
)
_SINGLE = str.maketrans({"q": "k", "c": "k", "x": "k", "j": "z", "w": None, "y": None, "h": None})
_VOWELS = re.compile(r"[aeiou]")
_DOUBLE = re.compile(r"(.)\1+")

SKELETON_MIN_CONSONANTS = 3
"""Shorter skeletons join names that have nothing to do with each other (`Bari`, `Abra`, `Bor`)."""


def skeleton(folded: str, least: int = SKELETON_MIN_CONSONANTS) -> str:
    """Return the skeleton of a key: `kndz` for `kunduz`, `qunduz` and `qndwz`; empty below `least` letters."""
    words = folded.split()
    if len(words) > 1 and words[0] in _ARTICLES:
        words = words[1:]
    text = "".join(words)
    for digraph, letter in _FOLDS:
        text = text.replace(digraph, letter)
    initial = "a" if text[:1] in tuple("aeiouy") else ""
    text = initial + _DOUBLE.sub(r"\1", _VOWELS.sub("", text.translate(_SINGLE)))
    return text if len(text) >= least else ""
