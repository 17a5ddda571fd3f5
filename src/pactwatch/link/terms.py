"""Terms: words and phrases by which a claim and a clause are compared, with the concepts that make two of them one."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import msgspec

from pactwatch.handwritten import decode

_GAP = r"[\s\-–]+"


class _Concept(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    terms: list[str]
    maybe: list[str] = []


class _ConceptFile(msgspec.Struct, forbid_unknown_fields=True):
    concept: list[_Concept]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A term found in a text, at `[start, end)` of that text; `term` is the clause's or the concept's word."""

    start: int
    end: int
    term: str


@lru_cache(maxsize=1)
def concepts() -> dict[str, frozenset[str]]:
    """Return the concepts of `concepts.toml`: name → terms, the name being a term too."""
    file = resources.files("pactwatch.data") / "concepts.toml"
    read = decode(file.read_text(encoding="utf-8"), "concepts.toml", _ConceptFile)
    return {one.name: frozenset((*one.terms, one.name)) for one in read.concept}


def find(terms: tuple[str, ...], text: str) -> tuple[Hit, ...]:
    """Return where the terms themselves or their concepts' terms stand in `text`, in order; nothing for no terms."""
    if not terms or not text:
        return ()
    return tuple(Hit(start=m.start(), end=m.end(), term=m[0].lower()) for m in _pattern(widened(terms)).finditer(text))


def find_exact(terms: tuple[str, ...], text: str) -> tuple[Hit, ...]:
    """Return where these very terms stand in `text`, without their concepts."""
    if not terms or not text:
        return ()
    return tuple(Hit(start=m.start(), end=m.end(), term=m[0].lower()) for m in _pattern(_plain(terms)).finditer(text))


def in_concept(name: str, text: str) -> tuple[Hit, ...]:
    """Return where the terms of one concept stand in `text`."""
    return find_exact(tuple(sorted(concepts()[name])), text)


@lru_cache(maxsize=1)
def _maybe() -> dict[str, tuple[str, ...]]:
    """Terms that only may belong to a concept ("depot" may be a civilian object): concept name → terms."""
    file = resources.files("pactwatch.data") / "concepts.toml"
    read = decode(file.read_text(encoding="utf-8"), "concepts.toml", _ConceptFile)
    return {one.name: tuple(sorted(one.maybe)) for one in read.concept}


def find_maybe(terms: tuple[str, ...], text: str) -> tuple[Hit, ...]:
    """Return where terms stand in `text` that only may belong to the concepts that `terms` name."""
    wanted = tuple(sorted({word for term in _plain(terms) for word in _maybe().get(term, ())}))
    return find_exact(wanted, text)


@lru_cache(maxsize=4096)
def widened(terms: tuple[str, ...]) -> tuple[str, ...]:
    """Return the terms and those of every concept that goes by one of them as its name, sorted."""
    out = set(_plain(terms))
    for term in _plain(terms):
        out |= concepts().get(term, frozenset())
    return tuple(sorted(out))


def _plain(terms: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted({term.strip().lower() for term in terms if term.strip()}))


@lru_cache(maxsize=4096)
def _pattern(terms: tuple[str, ...]) -> re.Pattern[str]:
    """One alternation, longest first, so that "night raid" is found before "raid"."""
    ordered = sorted(terms, key=lambda term: (-len(term), term))
    return re.compile("|".join(_one(term) for term in ordered), re.IGNORECASE)


def _one(term: str) -> str:
    body = _GAP.join(re.escape(part).replace(r"\*", r"[\w’']*") for part in re.split(r"[\s\-]+", term))
    ending = "" if term.endswith("*") else r"(?:e?s)?(?!\w)"
    return rf"(?<!\w){body}{ending}"
