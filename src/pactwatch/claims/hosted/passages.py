"""A statement cut into passages that one question can hold, at the ends of paragraphs and sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pactwatch.model import Document, IssuerType, Span, Statement

MOST = 3_000
"""Characters: some twenty claims, whose answer fits into what a small model writes without losing its thread."""

LEAST = 400
"""Characters below which a passage is not cut again where its answer was too long."""

_BORDERS = (
    re.compile(r"\n[^\S\n]*\n\s*"),
    re.compile(r"[.!?…][\"'”’»)\]]*\s+"),
    re.compile(r"\n\s*"),
    re.compile(r"\s+"),
)
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one statement that is asked about at once."""

    span: Span
    statement: Statement


def passages(document: Document, statements: Sequence[Statement]) -> Iterator[Passage]:
    """Yield the passages of a document in order. The press asks and claims nothing: its questions are left out."""
    for statement in statements:
        if statement.voice is None or statement.voice_type is not IssuerType.PRESS:
            for span in cut(document.text, statement.span, MOST):
                yield Passage(span, statement)


def halves(document: Document, passage: Passage) -> list[Passage]:
    """Return a passage as two or more smaller ones; itself alone where it is short already."""
    length = len(passage.span)
    if length <= LEAST:
        return [passage]
    return [Passage(span, passage.statement) for span in cut(document.text, passage.span, length // 2 + length // 8)]


def cut(text: str, span: Span, most: int) -> Iterator[Span]:
    """Yield stretches of at most `most` characters that together hold every word of the span, each once."""
    start = span.start
    while start < span.end:
        end = span.end if span.end - start <= most else _border(text, start, start + most)
        if _WORD.search(text, start, end):
            yield Span(start=start, end=end)
        start = end


def _border(text: str, start: int, limit: int) -> int:
    """The best place to cut in the second half of what may be taken."""
    for border in _BORDERS:
        found = [m.end() for m in border.finditer(text, start + (limit - start) // 2, limit)]
        if found:
            return found[-1]
    return limit
