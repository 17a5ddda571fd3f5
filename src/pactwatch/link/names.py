"""Words of a claim that are likely to name the same thing again: persons, objects, numbers."""

import re
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_STOP_WORDS = """
    a about above after again against all also an and any are as at be because been before being between both but by
    can could did do does doing down during each few for from further had has have having he her here hers him his how
    i if in into is it its itself more most my no nor not of off on once only or other our ours out over own said same
    say says she should so some such than that the their theirs them then there these they this those through to too
    under until up very was we were what when where which while who whom why will with would you your yours one two
    three four five six seven eight nine ten been has among upon without within which whose told has called
"""
"""Function words and number words, which any two sentences share."""

_STOP = frozenset(_STOP_WORDS.split())


_CALENDAR_WORDS = """
    january february march april may june july august september october november december
    monday tuesday wednesday thursday friday saturday sunday
"""
_CALENDAR = frozenset(_CALENDAR_WORDS.split())
"""Capitalised words that name no person and no thing."""


@lru_cache(maxsize=65536)
def content(text: str) -> frozenset[str]:
    """Return the content words of a text, cut to their stems."""
    return frozenset(stem(w.lower()) for w in _WORD.findall(text) if w.lower() not in _STOP and len(w) > 2)


def stem(word: str) -> str:
    """Return a word without its commonest English endings; crude, and the same for every form of a word."""
    word = word.replace("’", "'").removesuffix("'s")
    while True:
        ending = next((one for one in _ENDINGS if word.endswith(one) and len(word) - len(one) >= _SHORTEST), "")
        if not ending:
            return word
        word = word[: -len(ending)]


_ENDINGS = ("ations", "ation", "ings", "ing", "edly", "ies", "ied", "ers", "ed", "es", "er", "s", "e", "y")
_SHORTEST = 3
"""Letters that a stem keeps at least."""


@lru_cache(maxsize=65536)
def proper(text: str) -> frozenset[str]:
    """Return words with a capital inside a sentence: names of persons and things, lower-cased."""
    found = set()
    for match in _WORD.finditer(text):
        word = match[0].lower()
        if match[0][0].isupper() and match.start() > 0 and word not in _STOP | _CALENDAR and len(word) > 2:
            found.add(match[0].lower().removesuffix("'s"))
    return frozenset(found)


def share(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the shared part of the smaller set, 0 where one is empty."""
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def jaccard(a: frozenset[str], b: frozenset[str]) -> float:
    """Return the shared part of both sets together, 0 where both are empty."""
    return len(a & b) / len(a | b) if a or b else 0.0
