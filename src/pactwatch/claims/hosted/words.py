"""Where words stand in a text, letter for letter. Only white space may differ: a line break of a file is a space in an
answer.
"""

import re

from pactwatch.model import Document, Quote, Span


def places_of(text: str, words: str, inside: Span) -> list[Span]:
    """Return where whole words stand inside a stretch of text, in order."""
    parts = words.split()
    if not parts:
        return []
    pattern = r"\s+".join(map(re.escape, parts))
    before = r"(?<!\w)" if re.match(r"\w", parts[0]) else ""
    after = r"(?!\w)" if re.search(r"\w\Z", parts[-1]) else ""
    found = re.compile(before + pattern + after).finditer(text, inside.start, inside.end)
    return [Span(start=m.start(), end=m.end()) for m in found]


def nearest(document: Document, words: str, near: Span, inside: Span | None = None) -> Quote | None:
    """Return the place of words nearest to a span, or None where they stand nowhere in the document (or `inside`)."""
    found = places_of(document.text, words, inside or Span(start=0, end=len(document.text)))
    if not found:
        return None
    best = min(found, key=lambda at: max(0, near.start - at.end, at.start - near.end))
    return document.quote(best.start, best.end)
