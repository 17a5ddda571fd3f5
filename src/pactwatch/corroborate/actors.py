"""How far the actors of a record agree with the one whom a claim names: over distinct pairs only, not row by row."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pactwatch.corroborate.search import Sought
from pactwatch.corroborate.sides import Sides, plain

AGREES = 1.0
REVERSED = 0.6
"""The record has the named side on the other end: it suffered, or answered, what the claim says that it did."""
DIFFERS = 0.4
"""The record names another side. It may still be the same happening: who did it is what such disputes are about."""

Pair = tuple[str, str, bool]
"""The two actors as the data set writes them, and whether the first is the one who acted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doer:
    """Whom a claim names as acting: the sides in question on that day, and the words where none is resolved."""

    sides: frozenset[str]
    words: tuple[str, ...]
    day: int


def doer_of(sought: Sought, sides: Sides) -> Doer:
    """Return the doer of a claim; without sides and words where it names none."""
    day = sought.windows[0].first
    found = frozenset().union(*(sides.side(party, dt.date.fromordinal(day)) for party in sought.agents))
    loose = zip(sought.agents, sought.agent_words, strict=True)
    words = tuple(plain(word) for party, word in loose if party is None and plain(word))
    return Doer(sides=found, words=words, day=day)


def fits(doers: Sequence[Doer], pairs: Sequence[Pair], sides: Sides) -> Iterator[tuple[int, int, float]]:
    """Yield (doer, pair, fit) by position, where it is known; what is not yielded is unknown."""
    named = {words: sides.named(words) for pair in pairs for words in pair[:2]}
    plain_words = {words: f" {plain(words)} " for words in named}
    for number, doer in enumerate(doers):
        if not doer.sides and not doer.words:
            continue
        day = dt.date.fromordinal(doer.day)
        on_day = {words: sides.side(party, day) for words, party in named.items()}
        for code, (first, second, directed) in enumerate(pairs):
            ends = [_meets(doer, on_day[words], plain_words[words]) for words in (first, second)]
            fit = _fit(ends[0], ends[1], directed)
            if fit is not None:
                yield number, code, fit


def _meets(doer: Doer, side: frozenset[str], words: str) -> bool | None:
    """True where the doer is on that side, False where another side is named, None where that is not known."""
    if doer.sides & side or any(f" {word} " in words for word in doer.words):
        return True
    return False if doer.sides and side else None


def _fit(first: bool | None, second: bool | None, directed: bool) -> float | None:
    if first or (second and not directed):
        return AGREES
    if second:
        return REVERSED
    return DIFFERS if first is False else None
