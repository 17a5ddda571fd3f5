"""Feast days by rule, read from `data/times/feasts.toml`."""

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from pactwatch.resolve.times.days import clamp, easter, hijri, hijri_year, plus_days

_SIGHTING_DAYS = 1  # the moon may be seen a day earlier or later than the arithmetic calendar says


@dataclass(frozen=True, slots=True)
class Feast:
    """A feast: the first and the last day of it in a year, and whether the days are only known within one."""

    name: str
    day: str = ""
    easter: int | None = None
    last: int | None = None
    julian: bool = False
    hijri: str = ""

    @property
    def uncertain(self) -> bool:
        """True where the sighting of the moon decides."""
        return bool(self.hijri)

    def days(self, year: int) -> tuple[dt.date, dt.date] | None:
        """Return its first and last day in a year; None where it does not fall in that year."""
        if self.day:
            month, day = map(int, self.day.split("-"))
            return clamp(year, month, day), clamp(year, month, day)
        if self.easter is not None:
            sunday = easter(year, julian=self.julian)
            return plus_days(sunday, self.easter), plus_days(sunday, self.easter if self.last is None else self.last)
        month, day = map(int, self.hijri.split("-"))
        first = hijri_year(dt.date(year, 1, 1))
        for lunar in range(first, first + 3):
            found = hijri(lunar, month, day)
            if found and found.year == year:
                return plus_days(found, -_SIGHTING_DAYS), plus_days(found, _SIGHTING_DAYS)
        return None


@lru_cache(maxsize=1)
def feasts() -> dict[str, Feast]:
    """Return lower-case name → feast."""
    raw = tomllib.loads((files("pactwatch.data") / "times" / "feasts.toml").read_text(encoding="utf-8"))
    return {
        name: Feast(name=name, **{key: value for key, value in line.items() if key != "names"})
        for line in raw["feast"]
        for name in line["names"]
    }


@lru_cache(maxsize=1)
def feast_pattern() -> str:
    """Return the alternatives of the grammar's macro `{feast}`, longest names first."""
    names = sorted(feasts(), key=lambda name: -len(name.split()))
    return "( " + " | ".join(names) + " )"
