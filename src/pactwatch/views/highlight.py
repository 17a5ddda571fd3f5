"""A document's text cut into pieces, each with the claims whose quotes cover it. Not a code point is lost or moved."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pactwatch.model import Claim

WHOLE_TEXT_POINTS = 60_000
"""Longer texts are shown only around their claims: a page of many 5 MB documents could not be opened."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of text. `numbers` are the claims that quote it, innermost first; `ends` those whose quote ends with it."""

    text: str
    numbers: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """A line of the text as stored, without its line end. `skipped` counts lines left out of the page before it."""

    pieces: tuple[Piece, ...]
    skipped: int = 0


def highlighted(text: str, claims: Sequence[Claim], number: Mapping[str, str]) -> tuple[Paragraph, ...]:
    """Return the text by lines, with quotes marked; lines far from any quote are left out of very long texts."""
    spans = sorted(
        ((c.quote.span.start, c.quote.span.end, number[c.id]) for c in claims), key=lambda one: one[1] - one[0]
    )
    paragraphs: list[Paragraph] = []
    start, skipped = 0, 0
    for line in text.split("\n"):
        end = start + len(line)
        here = [span for span in spans if span[0] < end and span[1] > start]
        if here or len(text) <= WHOLE_TEXT_POINTS:
            paragraphs.append(Paragraph(pieces=_pieces(text, start, end, here), skipped=skipped))
            skipped = 0
        else:
            skipped += 1
        start = end + 1
    if skipped:
        paragraphs.append(Paragraph(pieces=(), skipped=skipped))
    return tuple(paragraphs)


def _pieces(text: str, start: int, end: int, spans: list[tuple[int, int, str]]) -> tuple[Piece, ...]:
    cuts = {start, end}
    for first, last, _ in spans:
        cuts |= {max(first, start), min(last, end)}
    edges = sorted(cuts)
    return tuple(
        Piece(
            text=text[left:right],
            numbers=tuple(name for first, last, name in spans if first <= left and right <= last),
            ends=tuple(sorted((name for _, last, name in spans if last == right), key=_by_number)),
        )
        for left, right in pairwise(edges)
    )


def _by_number(number: str) -> tuple[int, ...]:
    return tuple(int(part) for part in number.split("."))
