"""Words of mentions: how a name is folded for comparison, and what the noun at a party's name says."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

import msgspec

from pactwatch.handwritten import decode

TOKEN = re.compile(r"@?\w+(?:[.\-/]\w+)*|['’]s\b|[(),;:&]")
_SKIPPED = frozenset({"the", "a", "an", "so-called", "called", "self-styled", "self-proclaimed", "said"})
_POSSESSIVE = "'s"


class HeadWords(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """The lists of `data/registers/words/heads.toml`."""

    forces: list[str]
    organs: list[str]
    government: list[str]
    armed: list[str]
    hostile: list[str]
    insurgent: list[str]
    people: list[str]
    several: list[str]


@cache
def head_words(name: str) -> frozenset[str]:
    """Return one list of nouns, lower case."""
    file = "heads.toml"
    text = files("pactwatch.data").joinpath("registers", "words", file).read_text(encoding="utf-8")
    return frozenset(getattr(decode(text, file, HeadWords), name))


def tokens(text: str) -> list[str]:
    """Return the words of a mention, folded: lower case, possessive apart, articles and "so-called" taken out."""
    found = (_POSSESSIVE if w in {"'s", "’s"} else w.casefold().rstrip(".") for w in TOKEN.findall(text))
    return [word for word in found if word not in _SKIPPED]


def fold(name: str) -> str:
    """Return a name as it is compared: its words without articles, marks and case."""
    return " ".join(word for word in tokens(name) if word not in "(),;:&")


def is_organ(words: Sequence[str]) -> bool:
    """True where one of the words names an organ of a party: its forces, its offices, its spokesman."""
    organs = head_words("forces") | head_words("organs") | head_words("government")
    return any(word in organs for word in words)


def is_people(words: Sequence[str]) -> bool:
    """True where the words name people rather than an organ: civilians, families, prisoners."""
    return any(word in head_words("people") for word in words)
