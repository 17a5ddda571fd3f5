"""What the network reads at once: some sentences of one speaker, with a few before them, names hidden."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

from pactwatch.claims.party_names import Known
from pactwatch.claims.trained.names import names_in, own_names, sign

CLS, SEP = 101, 102
LONGEST_HEAD = 20  # word pieces that say who speaks
LONGEST_HOME = 180  # word pieces of sentences that a window decides about; a longer sentence has a window of its own
LONGEST_SENTENCE = 200
LONGEST_BEFORE = 96  # word pieces of the sentences before
SENTENCES_BEFORE = 8


@dataclass(slots=True)
class Window:
    """Word pieces with their places in the document.

    `body` is the first piece of the text, `home` that of the sentences decided about; `sentences` holds their numbers.
    """

    ids: list[int]
    places: list[tuple[int, int]]
    body: int
    home: int
    sentences: list[int] = field(default_factory=list)

    def pieces(self, start: int, end: int) -> tuple[int, int] | None:
        """Return the first and last piece of a stretch of the document; None where the window does not hold it."""
        first = bisect_right(self.places, start, self.body, len(self.places), key=_end_of)
        last = bisect_left(self.places, end, first, len(self.places), key=_start_of) - 1
        return (first, last) if first <= last else None


def _start_of(place: tuple[int, int]) -> int:
    return place[0]


def _end_of(place: tuple[int, int]) -> int:
    return place[1]


@cache
def tokenizer() -> Any:
    """Return the word-piece tokenizer of the package."""
    from tokenizers import Tokenizer

    path = resources.files("pactwatch.data").joinpath("reader", "tokenizer.json")
    made = Tokenizer.from_str(path.read_text(encoding="utf-8"))
    made.no_truncation()
    made.no_padding()
    return made


@dataclass(slots=True)
class Speaker:
    """Who speaks in a statement, as the network is told: the sort of issuer, the issuer, the quoted voice."""

    issuer_type: str
    issuer: str
    voice: str = ""
    known: Known = field(default_factory=Known)

    def own(self) -> frozenset[str]:
        """Return the words and the register's entries that name the speaker's own side."""
        who = self.voice or self.issuer
        return own_names(who) | self.known.own(who)


def windows(text: str, sentences: Sequence[tuple[int, int]], speaker: Speaker, start: int = 0) -> list[Window]:
    """Return the windows of a statement's sentences from number `start` on; each has its home in one, in order.

    The sentences before `start` are only looked back at.
    """
    own, made = speaker.own(), []
    head = _head(speaker, own)
    pieces = [_pieces(text, low, high, speaker.known) for low, high in sentences]
    at = start
    while at < len(pieces):
        until, size = at + 1, len(pieces[at])
        while until < len(pieces) and size + len(pieces[until]) <= LONGEST_HOME:
            size += len(pieces[until])
            until += 1
        before = [p for sentence in pieces[max(0, at - SENTENCES_BEFORE) : at] for p in sentence][-LONGEST_BEFORE:]
        made.append(_window(head, before, pieces[at:until], range(at, until), own))
        at = until
    return made


Piece = tuple[int, int, int, str]  # vocabulary id, start and end in the document; for a name -1 and what it names


def _pieces(text: str, start: int, end: int, known: Known) -> list[Piece]:
    """Cut a sentence into word pieces; a name is one piece, whatever its length."""
    found: list[Piece] = []
    at = start
    for low, high, name in names_in(text, start, end, known):
        found += _encoded(text, at, low)
        found.append((-1, low, high, name))
        at = high
    return (found + _encoded(text, at, end))[:LONGEST_SENTENCE]


def _encoded(text: str, start: int, end: int) -> list[Piece]:
    if end <= start:
        return []
    made = tokenizer().encode(text[start:end], add_special_tokens=False)
    return [(i, start + a, start + b, "") for i, (a, b) in zip(made.ids, made.offsets, strict=True)]


def _head(speaker: Speaker, own: frozenset[str]) -> list[int]:
    """Say who speaks, in word pieces; the names in it are hidden as everywhere."""
    who = f"{speaker.issuer_type.replace('_', ' ')} {speaker.issuer}"
    said = f"{who} : {speaker.voice}" if speaker.voice else who
    pieces = _pieces(said, 0, len(said), speaker.known)[:LONGEST_HEAD]
    seen: dict[str, int] = {}
    return [CLS, *(i if i >= 0 else sign(name, own, seen) for i, _, _, name in pieces), SEP]


def _window(head: list[int], before: list[Piece], home: list[list[Piece]], which: range, own: frozenset[str]) -> Window:
    seen: dict[str, int] = {}
    body = [*before, *(p for sentence in home for p in sentence)]
    ids = [i if i >= 0 else sign(name, own, seen) for i, _, _, name in body]
    places = [(-1, -1)] * len(head) + [(a, b) for _, a, b, _ in body]
    return Window([*head, *ids, SEP], places, len(head), len(head) + len(before), list(which))
