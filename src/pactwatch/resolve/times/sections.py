"""Date lines: the day that a text's head bears, and days that stand above the entries of a log or a thread."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pactwatch.model import Document, Quote, Span
from pactwatch.resolve.times.reference import Reference
from pactwatch.resolve.times.tagger import Tagged

_HEAD_LINES = 8
_TAIL_LINES = 4
_LONGEST_LINE = 220  # code points: a longer line is prose, and a date in it may be that of an event
_LONGEST_DATE_LINE = 60
_BULLET = 3  # code points before the date of an entry: "- ", "• "
_LOG_ENTRIES = 3  # lines that begin with a day make a log
_DATE_SHARE = 0.6  # of a date line's letters that are the date itself
_VERBS = frozenset(["was", "were", "had", "has", "have", "been", "is", "are", "will", "shall", "must"])
_LONGEST_PERIOD_DAYS = 31
_PERIOD = frozenset(["period", "data", "events"])
_REPORT = frozenset(
    ["bulletin", "report", "summary", "brief", "list", "review", "weekly", "daily", "monthly", "update", "digest"]
)
"""A report is written at the end of the days that its head names, a record of a talk during them."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text that is not blank, without the white space around it."""

    start: int
    end: int
    text: str


def lines_of(text: str) -> list[Line]:
    """Return the lines of a text that are not blank."""
    found, at = [], 0
    for raw in text.split("\n"):
        stripped = raw.strip()
        if stripped:
            start = at + raw.index(stripped)
            found.append(Line(start=start, end=start + len(stripped), text=stripped))
        at += len(raw) + 1
    return found


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date that a text bears itself, as its own: first and last day, and the words."""

    first: dt.date
    last: dt.date
    words: Quote


def date_line(document: Document, tagged: Sequence[Tagged]) -> DateLine | None:
    """Return the full date of the head of a text, or of its last lines; None where neither bears one."""
    return next(date_lines(document, tagged), None)


def date_lines(document: Document, tagged: Sequence[Tagged]) -> Iterator[DateLine]:
    """Yield the full dates that a text's first and last lines bear, the one that counts first."""
    lines = lines_of(document.text)
    head = [line for line in lines[:_HEAD_LINES] if len(line.text) <= _LONGEST_LINE]
    tail = [
        line for line in lines[max(len(lines) - _TAIL_LINES, _HEAD_LINES) :] if len(line.text) <= _LONGEST_DATE_LINE
    ]
    for line in [*head, *reversed(tail)]:
        found = _dated(document.text, line, tagged)
        if found is not None:
            yield found


def _dated(text: str, line: Line, tagged: Sequence[Tagged]) -> DateLine | None:
    inside = [one for one in tagged if line.start <= one.found.start and one.found.end <= line.end]
    full = [one for one in inside if one.answer.explicit and one.answer.moment and one.answer.moment.date]
    if not full or not _bears(text, line, full[0]):
        return None
    days = [one.answer.moment.date for one in inside if one.answer.moment and one.answer.moment.date]
    base = full[0].answer.moment.date if full[0].answer.moment else None
    near = [day for day in days if base and abs((day - base).days) <= _LONGEST_PERIOD_DAYS]
    words = Quote(span=Span(start=line.start, end=line.end), text=line.text)
    reports = bool(_REPORT & set(re.findall(r"\w+", line.text.lower())))
    return DateLine(first=max(near) if reports else min(near), last=max(near), words=words)


def _bears(text: str, line: Line, one: Tagged) -> bool:
    """A line bears its date where little else stands after it, or where a word such as "dated" leads to it.

    Errs towards True for short headings that name an event with its day.
    """
    before = text[line.start : one.found.start].lower().split()
    if _PERIOD & {word.strip(".,;:()") for word in before}:
        return False  # the days that a report is about
    after = text[one.found.end : line.end].split()
    if before and before[-1].strip(",;:") in ("dated", "of", "date:", "on") and len(before) > 8:
        return False
    if before[:1] == ["on"]:
        return False
    return not _VERBS & {word.strip(",.").lower() for word in [*before, *after]}


def sections(text: str, tagged: Sequence[Tagged], head_end: int) -> list[tuple[int, Reference]]:
    """Return the places from which the day of another date line holds, in order.

    A line that is a date and little else ("12 June", "Monday, 4 May") heads what follows until the next such line. So
    does a date at the beginning of a line, where several lines of the text begin so, as the entries of a log do.
    """
    heads: list[tuple[int, Reference]] = []
    entries: list[tuple[int, Reference]] = []
    days = [one for one in tagged if one.answer.moment and one.answer.moment.date and _written_out(one)]
    at = 0
    for line in lines_of(text):
        while at < len(days) and days[at].found.start < line.start:
            at += 1
        if line.start < head_end or at >= len(days) or days[at].found.end > line.end:
            continue
        place = (line.start, _reference_of(text, days[at]))
        if len(line.text) <= _LONGEST_DATE_LINE and _is_date_line(line, days[at]):
            heads.append(place)
        if days[at].found.start - line.start <= _BULLET:
            entries.append(place)
    return sorted({*heads, *(entries if len(entries) >= _LOG_ENTRIES else ())}, key=lambda place: place[0])


def _written_out(one: Tagged) -> bool:
    meaning = one.found.meaning.inner if one.found.meaning.op == "clock_on" else one.found.meaning
    return meaning is not None and meaning.op == "calendar"


def _reference_of(text: str, one: Tagged) -> Reference:
    first, last = one.answer.days or (None, None)
    day = (one.answer.moment.date if one.answer.moment else None) or first or last or dt.date.min
    words = Quote(span=Span(start=one.found.start, end=one.found.end), text=text[one.found.start : one.found.end])
    return Reference(first=day, last=day, anchor="written", words=words, rule="section-date")


def _is_date_line(line: Line, one: Tagged) -> bool:
    letters = sum(ch.isalnum() for ch in line.text)
    return (one.found.end - one.found.start) >= _DATE_SHARE * letters
