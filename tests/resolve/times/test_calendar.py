"""Calendars and feasts, against dates that are public."""

import datetime as dt

import pytest

from pactwatch.errors import HandwrittenFileError, InputError
from pactwatch.resolve.times import grammar
from pactwatch.resolve.times.days import easter, hijri, hijri_year, plus_days, plus_months, solar_hijri
from pactwatch.resolve.times.feasts import feasts
from pactwatch.resolve.times.makers_more import MAKERS
from pactwatch.resolve.times.moment import Moment, spell


@pytest.mark.parametrize(
    ("year", "western", "eastern"),
    [
        (2008, "2008-03-23", "2008-04-27"),
        (2019, "2019-04-21", "2019-04-28"),
        (2024, "2024-03-31", "2024-05-05"),
        (2025, "2025-04-20", "2025-04-20"),
    ],
)
def test_easter_falls_where_the_churches_keep_it(year: int, western: str, eastern: str) -> None:
    """Easter by the Gregorian and by the Julian rule."""
    assert easter(year).isoformat() == western
    assert easter(year, julian=True).isoformat() == eastern


@pytest.mark.parametrize(
    ("date", "day"), [((1441, 7, 5), "2020-02-29"), ((1445, 9, 1), "2024-03-11"), ((1400, 1, 1), "1979-11-20")]
)
def test_the_arithmetic_islamic_calendar_is_within_a_day_of_the_sighted(date: tuple[int, int, int], day: str) -> None:
    """Known days of the lunar calendar come out within one day."""
    found = hijri(*date)
    assert found is not None
    assert abs((found - dt.date.fromisoformat(day)).days) <= 1
    assert hijri_year(found) == date[0]


@pytest.mark.parametrize(
    ("date", "day"),
    [
        ((1398, 12, 10), "2020-02-29"),
        ((1399, 1, 1), "2020-03-20"),
        ((1403, 12, 30), "2025-03-20"),
        ((1357, 11, 22), "1979-02-11"),
    ],
)
def test_the_solar_hijri_calendar_is_exact(date: tuple[int, int, int], day: str) -> None:
    """Known days of the solar calendar come out to the day."""
    assert solar_hijri(*date) == dt.date.fromisoformat(day)


@pytest.mark.parametrize("date", [(1441, 13, 1), (0, 1, 1), (1441, 1, 31)])
def test_days_that_no_islamic_calendar_has_are_none(date: tuple[int, int, int]) -> None:
    """A month 13 or a day 31 gives no date."""
    assert hijri(*date) is None


def test_days_beyond_the_calendar_are_held_at_its_ends() -> None:
    """Counting past what dates can hold stops at the first or the last day, and raises nothing."""
    assert plus_days(dt.date.max, 5) == dt.date.max
    assert plus_days(dt.date.min, -5) == dt.date.min
    assert plus_months(dt.date(2031, 1, 31), 1) == dt.date(2031, 2, 28)


def test_feasts_that_the_moon_decides_are_three_days_wide() -> None:
    """A feast of the lunar calendar keeps the uncertainty of the sighting."""
    days = feasts()["ashura"].days(2024)
    assert days is not None
    assert (days[1] - days[0]).days == 2
    assert days[0] <= dt.date(2024, 7, 17) <= days[1]


@pytest.mark.parametrize(
    ("moment", "value", "edtf"),
    [
        (Moment(year=2031, month=5), "2031-05", "2031-05"),
        (Moment(year=-489, bc=True), "BC0490", "-0489"),
        (Moment(year=2031, season="WI"), "2031-WI", "2031-24"),
        (Moment(decade=199), "199", "199X"),
        (Moment(month=5, day=3), "XXXX-05-03", None),
        (Moment(year=2031, week=20), "2031-W20", "2031-05-12/2031-05-18"),
        (Moment(year=2031, month=5, mod="END"), "2031-05", "2031-05-21/2031-05-31"),
    ],
)
def test_a_moment_is_spelled_as_timex3_and_as_edtf(moment: Moment, value: str, edtf: str | None) -> None:
    """Both spellings say the same as far as each can."""
    assert moment.value() == value
    assert moment.edtf() == edtf


def test_intervals_are_written_as_short_as_they_can_be() -> None:
    """Whole months and years are written as such; open ends as `..`."""
    assert spell(dt.date(2020, 3, 1), dt.date(2020, 12, 31)) == "2020-03/2020-12"
    assert spell(dt.date(2020, 1, 1), dt.date(2020, 12, 31)) == "2020"
    assert spell(dt.date(2020, 2, 29), None) == "2020-02-29/.."


RULE = """
[macro]
[[rule]]
id = "market-day"
stage = 1
pattern = "the? market day"
make = "often"
kind = "set"
example = "market day"
"""


def test_a_rule_of_ones_own_is_read() -> None:
    """Five lines make a rule."""
    own = grammar.load(RULE.replace('make = "often"', 'make = "that_time"'), "own.toml", MAKERS)
    _, found = own.parse("On the market day they came.")
    assert [one.rule for one in found] == ["market-day"]


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("example =", "exmaple =", "example"),
        ("the? market day", "( the? market day", "bracket"),
        ("the? market day", "the?", "match nothing"),
        ('make = "often"', 'make = "oftn"', "maker"),
    ],
)
def test_a_mistake_in_a_rule_is_named(old: str, new: str, word: str) -> None:
    """A wrong field, bracket or maker stops with words that name it."""
    with pytest.raises((HandwrittenFileError, InputError), match=word):
        grammar.load(RULE.replace(old, new), "own.toml", MAKERS)
