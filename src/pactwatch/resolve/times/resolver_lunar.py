"""Resolving months and days of the Islamic lunar calendar, which come about eleven days earlier each year."""

import datetime as dt
from functools import partial

from pactwatch.model import Precision
from pactwatch.resolve.times.answer import Answer, of_days
from pactwatch.resolve.times.days import hijri, hijri_year, plus_days
from pactwatch.resolve.times.meaning import Found, Meaning
from pactwatch.resolve.times.moment import Days, Moment
from pactwatch.resolve.times.reference import Context
from pactwatch.resolve.times.resolver_near import NO_REFERENCE, Operation, Resolve, by, unknown

SIGHTED = "the sighting of the moon may move it by a day"
_SHORTEST_MONTH = 29
_REACH_YEARS = 2


def _hijri(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    """A day or month with its year; without it, the nearest on the side that the verb shows."""
    moment = meaning.moment
    if moment.year is not None:
        made = _of_year(moment, moment.year)
        return made.at(anchor="calendar", explicit=True) if made else unknown(Moment(), "no such day in that calendar")
    reference = context.reference
    if reference is None or context.narrative:
        reason = NO_REFERENCE if reference is None else "the year of the Islamic calendar is not said"
        return unknown(Moment(), reason)
    some = [_nearest(moment, day, direction) for day in (reference.first, reference.last)]
    if some[0] is None or some[0] != some[1]:
        return by(unknown(Moment(), "the period of writing leaves several years open"), reference)
    return by(_of_year(moment, some[0]) or unknown(Moment(), NO_REFERENCE), reference)


def _of_year(moment: Moment, year: int) -> Answer | None:
    """The day or month in a year of the Islamic calendar, a day wider at both ends."""
    days, first = _days(moment, year), hijri(year, moment.month or 1, moment.day or 1)
    if days is None or first is None:
        return None
    value = first.isoformat() if moment.day else f"{first:%Y-%m}"
    made = of_days(days, value, Precision.DAY if moment.day else Precision.MONTH, reason=SIGHTED)
    return made.at(moment=Moment.of(first))


def _days(moment: Moment, year: int) -> Days | None:
    first = hijri(year, moment.month or 1, moment.day or 1)
    last = first if moment.day else hijri(year, moment.month or 1, _SHORTEST_MONTH)
    if first is None or last is None:
        return None
    return plus_days(first, -1), plus_days(last, 1 if moment.day else 2)


def _nearest(moment: Moment, at: dt.date, direction: str) -> int | None:
    """The year of the Islamic calendar in which it lies nearest to a day, on the side that `direction` names."""
    here = hijri_year(at)
    found = [
        (days, year) for year in range(here - _REACH_YEARS, here + _REACH_YEARS + 1) if (days := _days(moment, year))
    ]
    if direction == "past":
        return max((year for days, year in found if days[0] <= at), default=None)
    if direction in ("future", "bound"):
        return min((year for days, year in found if days[1] >= at), default=None)
    gaps = [(max((days[0] - at).days, (at - days[1]).days, 0), year) for days, year in found]
    return min(gaps)[1] if gaps else None


def _in_year(meaning: Meaning, context: Context, direction: str, found: Found, resolve: Resolve) -> Answer:
    """ "Ramadan this year": the one that begins in that year of the common calendar, where only one does."""
    year = resolve(meaning.inner or Meaning(op="near", unit="year"), context, direction, found)
    if year.moment is None or year.moment.year is None or not dt.MINYEAR < year.moment.year < dt.MAXYEAR:
        return unknown(Moment(), year.reason or NO_REFERENCE)
    wanted = year.moment.year
    first = hijri_year(dt.date(wanted, 1, 1))
    begins = [lunar for lunar in (first, first + 1) if _begins(meaning.moment, lunar) == wanted]
    made = _of_year(meaning.moment, begins[0]) if len(begins) == 1 else None
    if made is None:
        return unknown(Moment(year=wanted), f"{wanted} has it twice" if begins else f"{wanted} does not have it")
    return made.at(anchor=year.anchor, anchor_words=year.anchor_words)


def _begins(moment: Moment, lunar: int) -> int | None:
    first = hijri(lunar, moment.month or 1, moment.day or 1)
    return first.year if first else None


def operations(resolve: Resolve) -> dict[str, Operation]:
    """Return the operations of this module; `resolve` is how they resolve a time inside their own."""
    return {"hijri": _hijri, "hijri_in_year": partial(_in_year, resolve=resolve)}
