"""Counting days: shifts by calendar units, weekdays, feasts that move, and calendars that are not the Gregorian one.

Sources: Meeus, *Astronomical Algorithms* (Easter); the arithmetic ("civil") Islamic calendar, leap years 2, 5, 7, 10,
13, 16, 18, 21, 24, 26 and 29 of 30; Borkowski, *The Persian calendar for 3000 years* (the rule of 33 years).
"""

import datetime as dt

ONE_DAY = dt.timedelta(days=1)
_HIJRI_EPOCH = 227015  # ordinal of 1 Muharram 1 AH, civil reckoning: 16 July 622 (Julian)
_LUNAR_CYCLE_YEARS = 30
_LUNAR_LEAPS_A_CYCLE = 11
_SOLAR_LEAP_REMAINDERS = {1, 5, 9, 13, 17, 22, 26, 30}  # of the year modulo 33, valid for 1244–1472 (1865–2093)


def day_or_none(year: int, month: int, day: int) -> dt.date | None:
    """Return the date, or None where the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> dt.date:
    """Return the last day of a month."""
    if (year, month) == (dt.MAXYEAR, 12):
        return dt.date.max
    return dt.date(year + month // 12, month % 12 + 1, 1) - ONE_DAY


def clamp(year: int, month: int, day: int) -> dt.date:
    """Return the date, or the month's last day where it is shorter. The year is kept within what dates can hold."""
    year = min(max(year, dt.MINYEAR), dt.MAXYEAR)
    return day_or_none(year, month, day) or month_end(year, month)


def plus_days(day: dt.date, days: int) -> dt.date:
    """Return the date `days` later, kept within what dates can hold."""
    wanted = day.toordinal() + days
    return dt.date.fromordinal(min(max(wanted, dt.date.min.toordinal()), dt.date.max.toordinal()))


def plus_months(day: dt.date, months: int) -> dt.date:
    """Return the date `months` later: the same day of the month, or the month's last where there is none."""
    count = day.year * 12 + day.month - 1 + months
    return clamp(count // 12, count % 12 + 1, day.day)


def month_span(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the months in which two days lie."""
    return first.replace(day=1), month_end(last.year, last.month)


def year_span(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """Return the first and last day of the years in which two days lie."""
    return first.replace(month=1, day=1), last.replace(month=12, day=31)


def week_start(day: dt.date) -> dt.date:
    """Return the Monday of the day's week."""
    return plus_days(day, 1 - day.isoweekday())


def easter(year: int, *, julian: bool = False) -> dt.date:
    """Return Easter Sunday; with `julian` that of the Orthodox churches, as a Gregorian date."""
    if julian:
        moon = (19 * (year % 19) + 15) % 30
        sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
        month, day = divmod(moon + sunday + 114, 31)
        shift = year // 100 - year // 400 - 2
        return plus_days(clamp(year, month, day + 1), shift)
    century, rest = divmod(year, 100)
    leap, centuries = divmod(century, 4)
    moon = (19 * (year % 19) + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    step = (32 + 2 * centuries + 2 * (rest // 4) - moon - rest % 4) % 7
    fix = (year % 19 + 11 * moon + 22 * step) // 451
    month, day = divmod(moon + step - 7 * fix + 114, 31)
    return clamp(year, month, day + 1)


def hijri(year: int, month: int, day: int) -> dt.date | None:
    """Return the day of the arithmetic Islamic calendar; the sighted one may lie a day before or after it."""
    if not (1 <= year <= 9000 and 1 <= month <= 12 and 1 <= day <= 30):
        return None
    cycle_leaps = (11 * year + 3) // _LUNAR_CYCLE_YEARS
    ordinal = _HIJRI_EPOCH + day + (59 * (month - 1) + 1) // 2 + (year - 1) * 354 + cycle_leaps - 1
    return dt.date.fromordinal(ordinal) if 1 <= ordinal <= dt.date.max.toordinal() else None


def hijri_year(day: dt.date) -> int:
    """Return the year of the arithmetic Islamic calendar in which a day falls."""
    return (_LUNAR_CYCLE_YEARS * (day.toordinal() - _HIJRI_EPOCH) + 10646) // 10631


def solar_hijri(year: int, month: int, day: int) -> dt.date | None:
    """Return the day of the Solar Hijri calendar; None outside 1244–1472, for which its rule of leap years is valid."""
    longest = 31 if month <= 6 else 30
    if not (1244 <= year <= 1472 and 1 <= month <= 12 and 1 <= day <= longest):
        return None
    leaps = sum(1 for y in range(1399, year) if y % 33 in _SOLAR_LEAP_REMAINDERS)
    leaps -= sum(1 for y in range(year, 1399) if y % 33 in _SOLAR_LEAP_REMAINDERS)
    new_year = dt.date(2020, 3, 20).toordinal() + 365 * (year - 1399) + leaps
    days = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return dt.date.fromordinal(new_year + days + day - 1)
