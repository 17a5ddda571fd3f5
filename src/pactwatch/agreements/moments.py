"""Times of an agreement file: its zone, its moments, and deadlines counted from another day by the file's own rule."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d{2}))?")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}))?")
_HOURS = re.compile(r"(\d{2}:\d{2})\s*[-–]\s*(\d{2}:\d{2})")
_COUNTED = re.compile(r"(\d+) (hour|day|week|month|year)s?")
_AFTER = re.compile(r"(?P<steps>\d+ [a-z]+(?: and \d+ [a-z]+)*) after (?P<anchor>\S.*)")

DAY_END = dt.time(23, 59, 59)
"""The last moment of a day: 24:00 of a day belongs to that day, not to the next."""


class NotATime(ValueError):
    """The words are no time that the file format knows; the text says what is expected."""


def zone(name: str) -> dt.tzinfo:
    """Return the zone of an IANA name or a fixed offset (`UTC+02:00`); `NotATime` where there is none of that name."""
    offset = _OFFSET.fullmatch(name)
    if offset:
        size = dt.timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0))
        if size < dt.timedelta(hours=24):
            return dt.timezone(size if offset[1] == "+" else -size)
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise NotATime(f"there is no zone {name!r}; write an IANA name such as Asia/Kabul or UTC+02:00") from None


def day(words: str) -> dt.date | None:
    """Return a day written `YYYY-MM-DD`, None for no words; `NotATime` for anything else."""
    if not words:
        return None
    try:
        return dt.date.fromisoformat(words) if len(words) == len("2031-03-14") else _refuse(words)
    except ValueError:
        return _refuse(words)


def _refuse(words: str) -> dt.date:
    raise NotATime(f"{words!r} is no day; write YYYY-MM-DD")


def hour(words: str) -> dt.time:
    """Return an hour written `HH:MM`; `24:00` is the last second of the day."""
    if words == "24:00":
        return DAY_END
    try:
        return dt.time.fromisoformat(words) if len(words) == len("07:00") else _refuse_hour(words)
    except ValueError:
        return _refuse_hour(words)


def _refuse_hour(words: str) -> dt.time:
    raise NotATime(f"{words!r} is no hour; write HH:MM, at most 24:00")


def hours(words: str) -> tuple[dt.time, dt.time] | None:
    """Return the two hours of `07:00-18:00`, None for no words; over midnight where the second is earlier."""
    if not words:
        return None
    found = _HOURS.fullmatch(words)
    if found is None:
        raise NotATime(f"{words!r} are no daily hours; write HH:MM-HH:MM, as in 07:00-18:00")
    return hour(found[1]), hour(found[2])


def moment(words: str, tz: dt.tzinfo, *, default: dt.time) -> dt.datetime | None:
    """Return a day, or a day with an hour, as a moment in `tz`; a bare day is taken at `default`; None for no words."""
    if not words:
        return None
    found = _MOMENT.fullmatch(words)
    if found is None:
        raise NotATime(f"{words!r} is no time; write YYYY-MM-DD or YYYY-MM-DD HH:MM")
    on = day(found[1])
    assert on is not None
    return dt.datetime.combine(on, hour(found[2]) if found[2] else default, tz)


def deadline(words: str, clock: "Clock", anchor: Callable[[str], dt.datetime]) -> dt.datetime:
    """Return the moment that a deadline means; `anchor` gives the moment that `after …` names.

    `135 days after signature` ends at the hour at which the file's days end; hours are counted hour by hour, or to
    midnight where the file says so. `NotATime` says what is expected.
    """
    found = _AFTER.fullmatch(words)
    if found is None:
        return _plain_deadline(words, clock)
    steps = [_COUNTED.fullmatch(step) for step in found["steps"].split(" and ")]
    if any(step is None for step in steps):
        raise NotATime(f"{found['steps']!r} is no length of time; write hours, days, weeks, months or years")
    start = anchor(found["anchor"])
    return clock.after(start, [(int(step[1]), step[2]) for step in steps if step])


def _plain_deadline(words: str, clock: "Clock") -> dt.datetime:
    try:
        found = moment(words, clock.tz, default=clock.day_ends)
    except NotATime:
        found = None
    if found is None:
        raise NotATime(
            f"{words!r} is no deadline; write YYYY-MM-DD, YYYY-MM-DD HH:MM, or a length of time after "
            "`signature`, `entry into force`, a day or a clause id, as in `135 days after signature`"
        )
    return found


class Clock:
    """How one agreement counts: its zone, which day is the first, when a day ends, whether hours run to midnight."""

    def __init__(self, zone_name: str, day_count: str, day_ends: str, hour_count: str) -> None:
        self.tz = zone(zone_name)
        self.day_ends = hour(day_ends)
        self._first_day_counts = day_count == "from_signature"
        self._to_midnight = hour_count == "to_midnight"

    def after(self, start: dt.datetime, steps: list[tuple[int, str]]) -> dt.datetime:
        """Return the moment that lies `steps` (number and unit) after `start`; `NotATime` beyond the year 9999."""
        try:
            return self._after(start, steps)
        except OverflowError:
            raise NotATime("that deadline lies beyond the year 9999") from None

    def _after(self, start: dt.datetime, steps: list[tuple[int, str]]) -> dt.datetime:
        if all(unit == "hour" for _, unit in steps):
            end = start + dt.timedelta(hours=sum(number for number, _ in steps))
            return dt.datetime.combine(end.date(), DAY_END, self.tz) if self._to_midnight else end
        on = start.date()
        for number, unit in steps:
            on = _stepped(on, number, unit)
        if self._first_day_counts:
            on -= dt.timedelta(days=1)
        return dt.datetime.combine(on, self.day_ends, self.tz)


def _stepped(on: dt.date, number: int, unit: str) -> dt.date:
    if unit == "hour":
        raise NotATime("hours cannot be added to days, weeks or months; count all in hours")
    if unit in ("month", "year"):
        return _months_later(on, number * (12 if unit == "year" else 1))
    return on + dt.timedelta(days=number * (7 if unit == "week" else 1))


def _months_later(on: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day where it has none of that number."""
    year, month = divmod(on.year * 12 + on.month - 1 + months, 12)
    if year > dt.MAXYEAR:
        raise OverflowError
    return dt.date(year, month + 1, min(on.day, calendar.monthrange(year, month + 1)[1]))
