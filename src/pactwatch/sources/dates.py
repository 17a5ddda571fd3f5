"""Publication dates as headers state them. No date is ever made up: what is not a full, unambiguous date is none."""

import datetime as dt
import re
from dataclasses import dataclass

_MONTHS = {
    name: at
    for at, names in enumerate(
        (
            *(("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun")),
            *(("july", "jul"), ("august", "aug"), ("september", "sept", "sep"), ("october", "oct")),
            *(("november", "nov"), ("december", "dec")),
        ),
        start=1,
    )
    for name in names
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+|(?:mon|tue|wed|thu|fri|sat|sun)\.?,?\s+)?"
_LABEL = r"(?:(?:date|dated|published|issued|released|posted)(?:\s+on)?\s*:?\s*)?"
_CLOCK = r"(?:,?\s+(?:at\s+)?\d{1,2}[:.]\d{2}(?:\s*[ap]\.?m\.?)?(?:\s*\(?[A-Z]{2,4}\)?)?)?"
_FORMS = [
    re.compile(rf"{_LABEL}{_WEEKDAY}{body}{_CLOCK}\.?", re.I)
    for body in (
        rf"{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})",
        rf"(?:the\s+)?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s+(?:of\s+)?{_MONTH},?\s+(?P<year>\d{{4}})",
        rf"(?P<day>\d{{1,2}})-{_MONTH}-(?P<year>\d{{4}})",
        r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})",
    )
]
_NUMBERS = re.compile(
    rf"{_LABEL}{_WEEKDAY}(?P<a>\d{{1,2}})(?P<sep>[./-])(?P<b>\d{{1,2}})(?P=sep)(?P<year>\d{{4}}){_CLOCK}\.?", re.I
)
_EDTF_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_ISO_START = re.compile(r"(\d{4}-\d{2}-\d{2})(?=$|[T ])")
_HEADER_LINES = 3
_LONGEST_LINE = 60  # code points; a date alone on its line is never longer


@dataclass(frozen=True, slots=True, kw_only=True)
class HeaderLine:
    """A date alone on one of a text's first lines. `date` is None where the figures may be read in two ways."""

    words: str
    date: str | None


def header_line(text: str) -> HeaderLine | None:
    """Return the full date that stands alone on one of the first three lines that are not blank, if one does."""
    top = (line.strip() for line in text[:4000].split("\n"))
    for line in [line for line in top if line][:_HEADER_LINES]:
        if len(line) <= _LONGEST_LINE and (found := _alone(line)) is not None:
            return found
    return None


def is_date_line(line: str) -> bool:
    """Return True where `line` is a date and nothing else."""
    return len(line) <= _LONGEST_LINE and _alone(line.strip()) is not None


def valid_edtf(value: str) -> str | None:
    """Return `value` (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`) where it is a day, month or year that exists, else None."""
    found = _EDTF_DATE.fullmatch(value.strip())
    if found is None:
        return None
    return value.strip() if _day(int(found[1]), int(found[2] or 1), int(found[3] or 1)) else None


def from_header(value: str) -> str | None:
    """Return the date of a metadata field (ISO 8601 with or without a time, or a date written out), else None."""
    value = value.strip()
    if iso := _ISO_START.match(value):
        return valid_edtf(iso[1])
    if short := valid_edtf(value):
        return short
    found = _alone(value) if len(value) <= _LONGEST_LINE else None
    return found.date if found else None


def _alone(line: str) -> HeaderLine | None:
    for form in _FORMS:
        if found := form.fullmatch(line):
            month = _MONTHS.get(found["month"].lower()) or int(found["month"])
            date = _day(int(found["year"]), month, int(found["day"]))
            return HeaderLine(words=line, date=date) if date else None
    if numbers := _NUMBERS.fullmatch(line):
        return _numeric(line, int(numbers["a"]), int(numbers["b"]), int(numbers["year"]))
    return None


def _numeric(line: str, a: int, b: int, year: int) -> HeaderLine | None:
    """Day first or month first: only a number above twelve, or two equal ones, settles it."""
    readings = {date for date in (_day(year, b, a), _day(year, a, b)) if date}
    if not readings:
        return None
    return HeaderLine(words=line, date=readings.pop() if len(readings) == 1 else None)


def _day(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
