"""The index of a register: every name, demonym and seat by its words, found longest first inside a mention."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pactwatch.model import Alias, Party
from pactwatch.resolve.parties.words import TOKEN, fold, tokens

MAX_SHOUTED_LETTERS = 6
"""Names of so many capitals at most (`US`, `ISAF`) are met only by capitals: "us" is a pronoun."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """One name of one party as it is looked up: its folded words, and those that must stand in capitals."""

    words: tuple[str, ...]
    shouted: frozenset[int]
    party: Party
    alias: Alias


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A name found in a mention: words [first, last) and who may be meant."""

    first: int
    last: int
    named: tuple[Named, ...]


class NameIndex:
    """A register, indexed. Built once for each register and kept."""

    def __init__(self, register: Sequence[Party]) -> None:
        self.by_id = {party.id: party for party in register}
        self._by_first: dict[str, list[Named]] = defaultdict(list)
        self.demonyms: dict[tuple[str, ...], list[Party]] = defaultdict(list)
        self.seats: dict[tuple[str, ...], list[Party]] = defaultdict(list)
        self.governs: dict[str, list[Party]] = defaultdict(list)
        self._by_end: dict[tuple[str, ...], list[Party]] = defaultdict(list)
        self.choices: dict[str, str] = {}
        for party in register:
            self._add(party)
        for some in self._by_first.values():
            some.sort(key=lambda named: -len(named.words))

    def _add(self, party: Party) -> None:
        own = Alias(name=party.own_name)
        for alias in dict.fromkeys([own, Alias(name=party.label), *party.aliases]):
            words = tuple(w for w in tokens(alias.name) if w not in "(),;:&")
            if not words:
                continue
            self._by_first[words[0]].append(
                Named(words=words, shouted=_shouted(alias.name, len(words)), party=party, alias=alias)
            )
            if not alias.loaded:
                self.choices.setdefault(fold(alias.name), party.id)
            for size in range(1, min(4, len(words))):
                self._by_end[words[-size:]].append(party)
        for code, value in party.codes:
            if code == "demonym":
                self.demonyms[tuple(tokens(value))].append(party)
            elif code == "seat":
                self.seats[tuple(tokens(value))].append(party)
            elif code == "governs":
                self.governs[value].append(party)

    def matches(
        self, words: Sequence[str], written: Sequence[str], allowed: Callable[[Named], bool] = lambda _: True
    ) -> Iterator[Match]:
        """Yield the names in a mention from left to right, the longest at each place, never overlapping.

        `words` are folded, `written` the same words as they stand in the text; names not `allowed` are passed over.
        """
        at = 0
        while at < len(words):
            here = [n for n in self._by_first.get(words[at], ()) if _stands(n, words, written, at) and allowed(n)]
            if not here:
                at += 1
                continue
            size = len(here[0].words)
            yield Match(first=at, last=at + size, named=tuple(n for n in here if len(n.words) == size))
            at += size

    def ending_in(self, words: tuple[str, ...]) -> list[Party]:
        """Return parties one of whose longer names ends in these words: `the Front` of a People's Front."""
        return list({party.id: party for party in self._by_end.get(words, ())}.values())


def _shouted(name: str, count: int) -> frozenset[int]:
    written = [w for w in TOKEN.findall(name) if w not in "(),;:&" and w.casefold().rstrip(".") in tokens(w)]
    if len(written) != count:
        return frozenset()
    return frozenset(
        at for at, word in enumerate(written) if word.isupper() and word.isalpha() and len(word) <= MAX_SHOUTED_LETTERS
    )


def _stands(named: Named, words: Sequence[str], written: Sequence[str], at: int) -> bool:
    if tuple(words[at : at + len(named.words)]) != named.words:
        return False
    return all(written[at + offset].isupper() for offset in named.shouted)


def split(mention: str) -> tuple[list[str], list[str]]:
    """Return the folded words of a mention (with punctuation) and the same words as written."""
    folded, written = [], []
    for word in TOKEN.findall(mention):
        some = tokens(word)
        if some:
            folded.append(some[0])
            written.append(word)
    return folded, written


@lru_cache(maxsize=8)
def index(register: tuple[Party, ...]) -> NameIndex:
    """Return the index of a register; the same register is indexed once."""
    return NameIndex(register)


def only(parties: Iterable[Party]) -> Party | None:
    """Return the party if it is one and the same, else None."""
    found = {party.id: party for party in parties}
    return next(iter(found.values())) if len(found) == 1 else None
