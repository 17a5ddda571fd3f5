"""Makers of weekdays and weeks that are told from another time: the following Monday, the last Friday of April."""

import re

from pactwatch.resolve.times.grammar import Match
from pactwatch.resolve.times.makers import Made, day_of, weekday_of
from pactwatch.resolve.times.meaning import Meaning
from pactwatch.resolve.times.moment import Moment

_LAST = {"last", "final"}
_MOST_WEEKS = 5  # that a month can have of one weekday


def weekday_from(match: Match) -> Made:
    """ "The following Monday", "the previous Sunday", "that Friday": from the last named day."""
    moment = Moment(weekday=weekday_of(match))
    return Meaning(op="weekday_from", moment=moment, step=match.rule.given["step"])


def weekday_ago(match: Match) -> Made:
    """ "Two Fridays ago", "the Friday before last"."""
    weekday = match.value("w", "weekdays") or weekday_of(match)
    count = int(match.value("n", "integer", "number") or 2)
    return Meaning(op="weekday_ago", moment=Moment(weekday=weekday), step=count) if 1 <= count <= 52 else None


def weekday_of_month(match: Match) -> Made:
    """ "The last Friday of April", "the first Monday in May"; -1 stands for the last."""
    found, whole = match.inner("x"), match.inner("d")
    if found is None or whole is None or found.meaning.op != "weekday":
        return None
    last = found.rule == "last-weekday" or match.has(*_LAST)
    number = -1 if last else _number(match)
    if number is None or (found.rule == "last-weekday" and match.index("o") is not None):
        return None
    if found.rule not in ("weekday", "last-weekday") or (whole.kind == "relative" and whole.meaning.unit != "month"):
        return None
    return Meaning(op="weekday_of_month", moment=found.meaning.moment, step=number, inner=whole.meaning)


def week_of_month(match: Match) -> Made:
    """ "The second week of April": days 8–14."""
    whole, number = match.inner("d"), _number(match)
    if whole is None or number is None or (whole.kind == "relative" and whole.meaning.unit != "month"):
        return None
    return Meaning(op="week_of_month", step=number, inner=whole.meaning)


def _number(match: Match) -> int | None:
    number = match.value("o", "ordinal") or int(re.sub(r"\D", "", match.words("o")) or 0)
    return number if 1 <= number <= _MOST_WEEKS else None


def week_on(match: Match) -> Made:
    """ "A week on Monday": a length of time after the Monday to come."""
    length, day = match.inner("x"), match.inner("d")
    if length is None or day is None or day.meaning.op != "weekday" or length.meaning.unit not in ("week", "fortnight"):
        return None
    coming = day.meaning.at(hint="future")
    return length.meaning.at(op="shift", type="DATE", step=1, base="inner", inner=coming, value="")


def week_by_day(match: Match) -> Made:
    """ "The week of 5 May", "the week ending 11 May", "the week beginning on Monday"."""
    day = match.inner("x")
    if day is None:
        return None
    name = (
        "end" if match.has("ending", "ended") else "start" if match.has("beginning", "starting", "commencing") else ""
    )
    return Meaning(op="week_by_day", name=name, inner=day.meaning)


def day_of_month(match: Match) -> Made:
    """ "The 25th of last month"."""
    day, month = match.inner("x"), match.inner("v")
    number = day_of(match) if day is None else day.meaning.moment.day
    if month is None or month.meaning.unit != "month" or number is None:
        return None
    if day is not None and (day.meaning.op != "calendar" or day.meaning.moment != Moment(day=number)):
        return None
    return Meaning(op="day_of_month", moment=Moment(day=number), inner=month.meaning)


def last_year_today(match: Match) -> Made:
    """ "This day last year": a year before the day of writing; "this time last year" is only roughly so."""
    unit = match.value("u", "unit") or "year"
    rough = match.has("time")
    return Meaning(
        op="shift", unit=unit, count=1.0, low=1.0, high=1.0, step=-1, base="reference", name="to the day"
    ).at(mod="APPROX" if rough else "")


def weekdays(match: Match) -> Made:
    """ "On Mondays", "on weekdays": how often, not when."""
    weekday = match.value("w", "weekdays")
    value = f"XXXX-WXX-{weekday}" if weekday else "XXXX-WXX-WE" if match.has("weekends") else "XXXX-WXX"
    return Meaning(op="set", type="SET", value=value)
