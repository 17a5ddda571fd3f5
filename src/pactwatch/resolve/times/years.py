"""Which year, which week: choosing among the dates that a word without a year may mean.

The tense of the sentence decides the side of the day of writing; on that side the nearest is taken. Where the period of
writing is wide enough for two of them, both are kept.
"""

import datetime as dt
from collections.abc import Callable

from pactwatch.resolve.times.days import day_or_none, plus_days
from pactwatch.resolve.times.moment import Days, Moment
from pactwatch.resolve.times.reference import Reference

_REACH_YEARS = 8  # a leap day comes back within eight years
_NEXT_DAYS = 20  # "not later than the 22nd", said on the 6th, means the one to come

_LONG_DAYS = 290
_SHORT_DAYS = 31
_SOON_DAYS = 75  # together one year: of two dates a year apart, the one that is so much nearer

Candidates = Callable[[int], Days | None]


def nearest(days_in: Candidates, at: dt.date, direction: str) -> Days | None:
    """Return the candidate (one a year) nearest to `at` on the side that `direction` names; None for none."""
    for reach in (
        1,
        _REACH_YEARS,
    ):  # nearly every date has its like within a year; only leap days and weekdays have not
        years = range(max(at.year - reach, 1), min(at.year + reach, 9998) + 1)
        found = _on_side([days for year in years if (days := days_in(year))], at, direction)
        if found is not None:
            return found
    return None


def _on_side(found: list[Days], at: dt.date, direction: str) -> Days | None:
    if direction == "past":
        return next((days for days in reversed(found) if days[0] <= at), None)
    if direction == "future":
        return next((days for days in found if days[1] >= at), None)
    return min(found, key=lambda days: _gap(days, at), default=None)


def _much_nearer(days_in: Candidates, at: dt.date, found: Days, direction: str) -> Days | None:
    """ "The vote was set for 12 December": past tense of a plan; nearly a year back is hardly meant. And so ahead."""
    other = nearest(days_in, at, "future" if direction == "past" else "past")
    far = _gap(found, at) >= _LONG_DAYS
    return other if other and far and _gap(other, at) <= _SOON_DAYS else None


def _gap(days: Days, at: dt.date) -> int:
    return max((days[0] - at).days, (at - days[1]).days, 0)


def both_ends(days_in: Candidates, reference: Reference, direction: str) -> list[Days]:
    """Return the candidates seen from the first and from the last day of writing: one, or two where they differ."""
    early = nearest(days_in, reference.first, direction)
    late = nearest(days_in, reference.last, direction)
    if reference.a_day and early and direction and (other := _much_nearer(days_in, reference.first, early, direction)):
        return [other]
    inside = [days for days in (early, late) if days and days[0] <= reference.last and reference.first <= days[1]]
    if inside and (reference.last - reference.first).days < _SHORT_DAYS:
        return inside[:1]  # a text dated to some days or a month that names a day among them means that one
    return list(dict.fromkeys(days for days in (early, late) if days))


def fits(moment: Moment) -> Candidates:
    """Return the days of a moment in a year; None where its day or its weekday does not exist then."""

    def days_in(year: int) -> Days | None:
        placed = moment.at(year=year)
        if moment.day is not None and moment.month is not None:
            day = day_or_none(year, moment.month, moment.day)
            if day is None or (moment.weekday and day.isoweekday() != moment.weekday):
                return None
        return placed.days()

    return days_in


def month_day(day: int, at: dt.date, direction: str, weekday: int | None = None) -> dt.date | None:
    """Return the nearest date with that day of the month (and weekday) on the side that `direction` names."""
    found = []
    for step in range(-14, 15):
        count = at.year * 12 + at.month - 1 + step
        here = day_or_none(count // 12, count % 12 + 1, day)
        if here and (weekday is None or here.isoweekday() == weekday):
            found.append(here)
    if direction == "bound":
        soon = [one for one in found if 0 <= (one - at).days <= _NEXT_DAYS]
        return soon[0] if soon else min(found, key=lambda one: abs((one - at).days), default=None)
    if direction == "past":
        found = [one for one in found if one <= at]
        return found[-1] if found else None
    if direction == "future":
        found = [one for one in found if one >= at]
        return found[0] if found else None
    return min(found, key=lambda one: abs((one - at).days)) if found else None


def weekday_near(weekday: int, at: dt.date, direction: str, *, strict: bool = False) -> dt.date:
    """Return the latest such weekday up to `at`, or the next from it; `strict` leaves `at` itself out."""
    if direction in ("future", "bound"):
        ahead = (weekday - at.isoweekday()) % 7
        return plus_days(at, ahead or (7 if strict else 0))
    back = (at.isoweekday() - weekday) % 7
    return plus_days(at, -(back or (7 if strict else 0)))
