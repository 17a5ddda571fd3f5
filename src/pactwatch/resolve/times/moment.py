"""A place on the calendar at the fineness in which it was said, and its three spellings: TIMEX3, EDTF, days."""

import datetime as dt
from dataclasses import dataclass, replace

from pactwatch.model import Precision
from pactwatch.resolve.times.days import clamp, day_or_none, month_end, plus_days, plus_months, week_start

_SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}  # of the northern hemisphere
_SEASON_EDTF = {"SP": 21, "SU": 22, "FA": 23, "WI": 24}
_MONTH_PARTS = {"START": (1, 10), "MID": (11, 20), "END": (21, 31)}
_YEAR_PARTS = {"START": (1, 4), "MID": (5, 8), "END": (9, 12)}
LAST_YEAR = 9999
_DAY_HOURS = 24

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Moment:
    """A calendar date or a coarser or finer part of the calendar; a field that was not said is None.

    `year` counts astronomically (0 is 1 BC). `decade` and `century` are its first figures (193, 18); `part` is TIMEX3's
    part of a day. `mod` is TIMEX3's START, MID, END or APPROX. `until` is the last day of a span of days that was said
    as one ("the night of 6 to 7 February").
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    season: str | None = None
    quarter: int | None = None
    half: int | None = None
    week: int | None = None
    weekday: int | None = None
    decade: int | None = None
    century: int | None = None
    bc: bool = False
    part: str | None = None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: str = ""
    mod: str = ""

    @staticmethod
    def of(day: dt.date) -> "Moment":
        """Return the moment that is one day."""
        return Moment(year=day.year, month=day.month, day=day.day)

    @property
    def date(self) -> dt.date | None:
        """The day, where it is one."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return day_or_none(self.year, self.month, self.day)

    @property
    def unit(self) -> str:
        """The calendar unit that it is: minute, part, day, week, month, season, quarter, half, year, decade or so."""
        for unit, there in (
            ("minute", self.hour is not None),
            ("part", self.part is not None and self.part != "WE"),
            ("day", self.day is not None or self.weekday is not None),
            ("week", self.week is not None),
            ("month", self.month is not None),
            ("season", self.season is not None),
            ("quarter", self.quarter is not None),
            ("half", self.half is not None),
            ("decade", self.decade is not None),
            ("century", self.century is not None),
        ):
            if there:
                return unit
        return "year"

    def at(self, **changes: object) -> "Moment":
        """Return a copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]

    def coarse(self, unit: str) -> "Moment":
        """Return the day, month or year that it lies in."""
        if unit == "day":
            return Moment(year=self.year, month=self.month, day=self.day)
        if unit == "month":
            return Moment(year=self.year, month=self.month)
        return Moment(year=self.year)

    # TIMEX3 ---------------------------------------------------------------------------------------------------------

    def value(self) -> str:
        """Return the TIMEX3 value, with WikiWars' spelling of years before our era."""
        date = self._value_date()
        if self.hour is not None:
            minute = f":{self.minute or 0:02d}" + (f":{self.second:02d}" if self.second is not None else "")
            return f"{date}T{self.hour:02d}{minute}{self.zone.removesuffix(':00')}"
        if self.part == "WE":
            return f"{date}-WE"
        return f"{date}T{self.part}" if self.part else date

    def _value_date(self) -> str:
        era = "BC" if self.bc else ""
        if self.century is not None:
            return f"{era}{self.century:02d}"
        if self.decade is not None:
            return f"{era}{self.decade:03d}"
        year = "XXXX" if self.year is None else f"BC{1 - self.year:04d}" if self.year <= 0 else f"{self.year:04d}"
        if self.weekday is not None and self.day is None:
            return f"{year}-WXX-{self.weekday}"
        if self.week is not None:
            return f"{year}-W{self.week:02d}"
        if self.season or self.quarter or self.half:
            return f"{year}-" + (self.season or (f"Q{self.quarter}" if self.quarter else f"H{self.half}"))
        if self.month is None and self.day is None and (self.hour is not None or self.part):
            return f"{year}-XX-XX"
        month = "" if self.month is None and self.day is None else f"-{self._two(self.month)}"
        return year + month + ("" if self.day is None else f"-{self._two(self.day)}")

    @staticmethod
    def _two(number: int | None) -> str:
        return "XX" if number is None else f"{number:02d}"

    # Days -----------------------------------------------------------------------------------------------------------

    def days(self) -> Days | None:
        """Return the first and the last day that it may cover; None where its year is unknown or before our era."""
        whole = self._whole_days()
        if whole is None or self.mod not in _MONTH_PARTS:
            return whole
        return self._part_of(whole)

    def _whole_days(self) -> Days | None:
        if self.century is not None:
            return None if self.bc else _years(self.century * 100 or 1, self.century * 100 + 99)
        if self.decade is not None:
            return None if self.bc else _years(self.decade * 10 or 1, self.decade * 10 + 9)
        if self.year is None or not dt.MINYEAR <= self.year < dt.MAXYEAR:
            return None
        return self._days_in(self.year)

    def _days_in(self, year: int) -> Days | None:
        if self.season:
            first, last = _SEASON_MONTHS[self.season]
            return dt.date(year, first, 1), month_end(year + (last - 1) // 12, (last - 1) % 12 + 1)
        if self.quarter:
            return dt.date(year, 3 * self.quarter - 2, 1), month_end(year, 3 * self.quarter)
        if self.half:
            return dt.date(year, 6 * self.half - 5, 1), month_end(year, 6 * self.half)
        if self.week is not None:
            week = _week(year, self.week)
            return (plus_days(week[0], 5), week[1]) if week and self.part == "WE" else week
        if self.month is None:
            return _years(year, year) if self.day is None and self.weekday is None else None
        if self.day is None:
            return dt.date(year, self.month, 1), month_end(year, self.month)
        day = day_or_none(year, self.month, self.day)
        return self._night(day) if day else None

    def _night(self, day: dt.date) -> Days:
        """A night begins on its day and ends on the next: nothing pins on which side of midnight the act was."""
        return (day, plus_days(day, 1)) if self.part == "NI" and self.hour is None else (day, day)

    def _part_of(self, whole: Days) -> Days:
        """The beginning, middle or end of it: a third, of a month with days 1–10, 11–20 and 21 to the last."""
        first, last = whole
        if self.unit in ("decade", "century"):
            return self._years_of(first.year, last.year)
        if self.unit == "month":
            low, high = _MONTH_PARTS[self.mod]
            return clamp(first.year, first.month, low), clamp(first.year, first.month, high)
        if self.unit == "year":
            low, high = _YEAR_PARTS[self.mod]
            return dt.date(first.year, low, 1), month_end(first.year, high)
        third = (last - first).days // 3
        low_day = {"START": 0, "MID": third, "END": 2 * third}[self.mod]
        high_day = {"START": third, "MID": 2 * third, "END": (last - first).days}[self.mod]
        return plus_days(first, low_day), plus_days(first, high_day)

    def _years_of(self, first: int, last: int) -> Days:
        third = (last - first + 1) // 3
        low = {"START": first, "MID": first + third, "END": last - third}[self.mod]
        return _years(low, last if self.mod == "END" else low + third)

    # EDTF -----------------------------------------------------------------------------------------------------------

    @property
    def beyond(self) -> bool:
        """True for a year of more than four figures: no text about agreements means one."""
        return self.year is not None and abs(self.year) > LAST_YEAR

    def edtf(self) -> str | None:
        """Return the EDTF string; None where the year is unknown or has more than four figures."""
        if self.century is not None or self.decade is not None:
            return self._edtf_years()
        if self.year is None or self.beyond:
            return None
        if self.mod in _MONTH_PARTS and (days := self.days()):
            return spell(*days)
        tail = "~" if self.mod == "APPROX" else ""
        return self._edtf_in(f"{self.year:04d}" if self.year >= 0 else f"-{-self.year:04d}", tail)

    def _edtf_in(self, year: str, tail: str) -> str | None:
        if self.season:
            return f"{year}-{_SEASON_EDTF[self.season]}{tail}"
        if self.month is None and self.day is None and self.unit == "year":
            return year + tail
        days = self._whole_days()
        if days is None:
            return f"{year}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "") if self.month else None
        if self.hour is not None and self.hour < 24 and days[0] == days[1]:  # 24:00 is the end of its day, not the next
            return f"{days[0]}T{self.hour:02d}:{self.minute or 0:02d}:{self.second or 0:02d}"
        return spell(*days) + (tail if days[0] == days[1] or self.unit == "month" else "")

    def _edtf_years(self) -> str | None:
        figures, width = (self.century, 2) if self.century is not None else (self.decade, 3)
        if figures is None or self.bc:
            return None
        return spell(*days) if self.mod and (days := self.days()) else f"{figures:0{width}d}" + "X" * (4 - width)

    # Steps ----------------------------------------------------------------------------------------------------------

    def shifted(self, unit: str, count: float) -> "Moment":
        """Return the moment `count` units later, as fine as the unit allows; the year unknown stays unknown."""
        if self.year is None:
            return Moment(decade=None) if unit != "day" else Moment(month=None, day=None)
        if unit in ("year", "decade", "century"):
            return self._by_years(round(count * {"year": 1, "decade": 10, "century": 100}[unit]), unit)
        base = self.days()
        if base is None:
            return Moment(year=self.year)
        if unit in ("month", "quarter"):
            moved = plus_months(base[0], round(count * (3 if unit == "quarter" else 1)))
            return Moment(year=moved.year, month=moved.month)
        per_day = {"day": 1.0, "night": 1.0, "week": 7.0, "fortnight": 14.0, "weekend": 7.0}.get(unit, 0.0)
        if unit in ("week", "fortnight", "weekend") and self.unit != "day":
            return week_of(plus_days(base[0], round(count * per_day)))
        if not per_day or self.unit not in ("day", "part", "minute"):
            return self._by_hours(unit, count)
        return Moment.of(plus_days(base[0], round(count * per_day)))

    def _by_years(self, years: int, unit: str) -> "Moment":
        year = (self.year or 0) + years
        if unit == "decade":
            return Moment(year=year) if self.unit != "decade" else Moment(decade=year // 10)
        return Moment(year=year)

    def _by_hours(self, unit: str, count: float) -> "Moment":
        day = self.date
        if day is not None and self.hour is None and unit == "hour" and abs(count) >= _DAY_HOURS:
            return Moment.of(plus_days(day, round(count / _DAY_HOURS)))
        if day is None or self.hour is None or unit not in ("hour", "minute", "second"):
            return self.coarse("day") if day else self.coarse("month") if self.month else Moment(year=self.year)
        start = dt.datetime(day.year, day.month, day.day, min(self.hour, 23), self.minute or 0)
        seconds = count * {"hour": 3600, "minute": 60, "second": 1}[unit]
        try:
            moved = start + dt.timedelta(seconds=seconds)
        except OverflowError:
            return self.coarse("day")
        return Moment.of(moved.date()).at(hour=moved.hour, minute=moved.minute)


NOWHEN = Moment()
"""The moment of which nothing is said."""


def precision_of(moment: Moment) -> Precision:
    """Return how fine a moment is, on the model's scale."""
    unit = moment.unit
    if unit == "minute":
        return Precision.MINUTE if moment.minute is not None else Precision.HOUR
    return {
        "part": Precision.DAY,
        "day": Precision.DAY,
        "week": Precision.WEEK,
        "month": Precision.MONTH,
        "season": Precision.SEASON,
        "quarter": Precision.SEASON,
        "half": Precision.SEASON,
        "year": Precision.YEAR,
    }.get(unit, Precision.VAGUE)


def week_of(day: dt.date) -> Moment:
    """Return the ISO week in which a day lies."""
    year, week, _ = day.isocalendar()
    return Moment(year=year, week=week)


def spell(first: dt.date | None, last: dt.date | None) -> str:
    """Return the shortest EDTF of an interval: whole years and months are written as such; None is an open end."""
    if first and last:
        if first.month == first.day == 1 and (last.month, last.day) == (12, 31):
            return _joined(f"{first.year:04d}", f"{last.year:04d}")
        if first.day == 1 and last == month_end(last.year, last.month):
            return _joined(f"{first:%Y-%m}".zfill(7), f"{last:%Y-%m}".zfill(7))
        return _joined(first.isoformat(), last.isoformat())
    return f"{first.isoformat() if first else '..'}/{last.isoformat() if last else '..'}"


def _joined(first: str, last: str) -> str:
    return first if first == last else f"{first}/{last}"


def _years(first: int, last: int) -> Days:
    return clamp(first, 1, 1), clamp(last, 12, 31)


def _week(year: int, week: int) -> Days | None:
    try:
        monday = dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None
    return week_start(monday), plus_days(monday, 6)
