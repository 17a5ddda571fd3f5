"""The year that a history is telling. A year that is named adopts itself as the story's unless it is an aside.

Asides are told by how far they leap and where they stand: in brackets, in the middle of a sentence, or as something
still to come. Errs towards keeping the year: an aside taken for the story moves all that follows.
"""

import re
from dataclasses import dataclass

from pactwatch.resolve.times.moment import Moment

_LEAP_YEARS = 2  # forwards, in the middle of a sentence; a story told in order seldom leaps further there
_ROLL_MONTHS = 8  # a month so much earlier than the last one is of the next year: December, then January
_BOUNDS = (
    "until",
    "till",
    "to",
    "through",
)  # "effective until 14 September 1978" ends an act of the story, not the story
_HEADING = 90  # code points: a line so short without a full stop is a heading
_INITIAL = 25  # code points from the beginning of the sentence: "In early 1942", "By the end of 1942"
_SENTENCE_END = re.compile(r"[.!?][\"”')\]]*\s+(?=[A-Z\"“(])|\n")


@dataclass(frozen=True, slots=True)
class Story:
    """The year being told, the last month told of it, and where in the text that stands."""

    year: int
    month: int | None
    start: int
    end: int


def told(
    story: Story | None, moment: Moment, start: int, end: int, text: str, *, explicit: bool, direction: str
) -> Story | None:
    """Return the story after a date has been told: the old one where the date is an aside."""
    year = moment.year
    if year is None:
        return story
    new = Story(
        year=year, month=moment.month or (story.month if story and story.year == year else None), start=start, end=end
    )
    if story is None or year == story.year or not explicit:
        return new
    if _in_brackets(text, start):
        return story
    if _leads(text, start, end):
        return new
    if direction == "future":
        return story
    leap = year - story.year
    if moment.month is not None:
        bound = leap > _LEAP_YEARS and text[max(start - 10, 0) : start].lower().rstrip().endswith(_BOUNDS)
        return new if leap >= -_LEAP_YEARS and not bound else story
    return new if 0 < leap <= _LEAP_YEARS else story


def _in_brackets(text: str, start: int) -> bool:
    before = text[max(start - 40, 0) : start]
    opened = before.rfind("(")
    return opened > before.rfind(")") and "\n" not in before[opened:] if opened >= 0 else False


def _leads(text: str, start: int, end: int) -> bool:
    """True in a heading, and at the beginning of a sentence."""
    low = max(start - _HEADING, 0)
    before = text[low:start]
    cuts = [found.end() for found in _SENTENCE_END.finditer(before)]
    since = start - (low + cuts[-1]) if cuts else (start if low == 0 else _HEADING)
    if since <= _INITIAL:
        return True
    line_start = text.rfind("\n", low, start) + 1
    if line_start == 0 and low > 0:
        return False
    line_end = text.find("\n", end, end + _HEADING)
    return (
        line_end >= 0
        and line_end - line_start <= _HEADING
        and not text[line_start:line_end].rstrip().endswith((".", ":", ","))
    )


def year_for(story: Story, moment: Moment) -> int:
    """Return the year in which a story goes on with a date that has none."""
    if moment.month is None or story.month is None:
        return story.year
    return story.year + 1 if story.month - moment.month >= _ROLL_MONTHS else story.year
