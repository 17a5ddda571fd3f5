"""The smallest contiguous passage inside one sentence that holds the trigger and its own participants, place and
time.
"""

from typing import Any

_EDGE = frozenset(["and", "or", "but", ",", ";", ":", "-", "–", "—", ")", "]", "."])


def bounds(trigger: tuple[Any, Any], parts: list[tuple[Any, Any]], sentence: Any) -> tuple[Any, Any]:
    """Return first and last token of the quote; parts outside the sentence do not stretch it."""
    low, high = trigger[0].i, trigger[1].i
    for first, last in parts:
        if sentence.start <= first.i and last.i < sentence.end:
            low, high = min(low, first.i), max(high, last.i)
    doc = sentence.doc
    while low < trigger[0].i and doc[low].text in _EDGE:
        low += 1
    while high > trigger[1].i and doc[high].text in _EDGE:
        high -= 1
    return doc[low], doc[high]
