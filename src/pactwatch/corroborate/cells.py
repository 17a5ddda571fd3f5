"""One cell at a time: days, coordinates and counts, each distinct text parsed once, each fault in words."""

import datetime as dt
import math
import re
from collections.abc import Callable, Hashable
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

FIRST_YEAR, LAST_YEAR = 1800, 2199
"""Event data sets begin in 1946 (UCDP) at the earliest known; a year outside this is a slip of the pen."""

_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ].*)?$")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")


class Memo(dict[K, V]):
    """What each distinct text means. A text that means nothing gets `fault`, and `why` keeps the reason."""

    def __init__(self, parse: Callable[[K], V], fault: V) -> None:
        self._parse, self._fault = parse, fault
        self.why: dict[K, str] = {}

    def __missing__(self, key: K) -> V:
        try:
            value = self._parse(key)
        except ValueError as error:
            value, self.why[key] = self._fault, str(error)
        self[key] = value
        return value


class Codes(dict[K, int]):
    """Numbers distinct values from 0 in the order in which they are met."""

    def __missing__(self, key: K) -> int:
        self[key] = code = len(self)
        return code


def iso_day(text: str) -> int:
    """Return the ordinal of `2031-05-09`, `2031-05-09T00:00:00` or `20310509`; ValueError says what is wrong."""
    found = _ISO.match(text.strip()) or _COMPACT.match(text.strip())
    if not found:
        raise ValueError("is no date (YYYY-MM-DD)" if text.strip() else "is empty")
    return plausible_day(int(found[1]), int(found[2]), int(found[3]))


def plausible_day(year: int, month: int, day: int) -> int:
    """Return the ordinal of a day; ValueError where the calendar has no such day, or no data set could have it."""
    try:
        found = dt.date(year, month, day)
    except ValueError:
        raise ValueError("is a day that the calendar does not have") from None
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"has an impossible year (expected {FIRST_YEAR} to {LAST_YEAR})")
    return found.toordinal()


def day_as(pattern: str) -> Callable[[str], int]:
    """Return a parser for dates written by a `strptime` pattern such as `%d/%m/%Y`."""

    def parse(text: str) -> int:
        if not text.strip():
            raise ValueError("is empty")
        try:
            found = dt.datetime.strptime(text.strip(), pattern)
        except ValueError:
            raise ValueError(f"does not fit the date format {pattern}, or is a day that does not exist") from None
        return plausible_day(found.year, found.month, found.day)

    return parse


def number(text: str) -> float:
    """Return a number; a decimal comma is read as one. ValueError where it is none."""
    try:
        found = float(text.replace(",", ".") if "." not in text else text)
    except ValueError:
        raise ValueError("is no number" if text.strip() else "is empty") from None
    if not math.isfinite(found):
        raise ValueError("is no number")
    return found


def latitude(text: str) -> float:
    """Return degrees north; ValueError outside -90 to 90."""
    found = number(text)
    if not -90.0 <= found <= 90.0:
        raise ValueError("is no latitude (-90 to 90)")
    return found


def longitude(text: str) -> float:
    """Return degrees east; ValueError outside -180 to 180."""
    found = number(text)
    if not -180.0 <= found <= 180.0:
        raise ValueError("is no longitude (-180 to 180)")
    return found


def count(text: str) -> int:
    """Return a number of people, -1 where the cell is empty or holds no number (the data set does not say)."""
    try:
        return max(-1, int(number(text)))
    except ValueError:
        return -1


def grade(text: str) -> int:
    """Return a precision code written as `1` or `1.0`, 0 where there is none."""
    return max(0, count(text))


def identifier(text: str) -> str:
    """Return an id as written, less the `.0` that spreadsheets append to whole numbers; ValueError where empty."""
    found = text.strip()
    if not found:
        raise ValueError("is empty")
    return found[:-2] if found.endswith(".0") and found[:-2].isdigit() else found
