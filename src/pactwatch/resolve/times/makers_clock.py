"""Makers of times of day in words, and of parts of years and months in figures."""

import re

from pactwatch.resolve.times.grammar import Match
from pactwatch.resolve.times.lexicon import neighbours
from pactwatch.resolve.times.makers import Made, day_of, edge_of, year_of
from pactwatch.resolve.times.meaning import Meaning
from pactwatch.resolve.times.moment import Moment
from pactwatch.resolve.times.resolver_near import HALF_DAY

_HOURS = 12


def _on_the_dial(hour: int, minute: int, half: str) -> Made:
    """A time on a dial of twelve hours; without its half of the day both are meant."""
    if not 1 <= hour <= _HOURS or not 0 <= minute < 60:
        return None
    hour %= _HOURS
    moment = Moment(hour=hour + (_HOURS if half.startswith("p") else 0), minute=minute)
    return Meaning(op="clock", type="TIME", moment=moment, name="" if half else HALF_DAY)


def clock_words(match: Match) -> Made:
    """ "Half past four", "a quarter to six", "ten past seven"."""
    hour = match.value("hr", "hournum", "number")
    if hour is None or not 1 <= hour <= _HOURS:
        return None
    minutes = 30 if match.has("half") else 15 if match.has("quarter") else match.value("n", "integer", "number")
    if minutes is None or not 0 < minutes < 60:
        return None
    if match.has("to", "of", "before"):
        hour, minutes = (hour - 1) or _HOURS, 60 - minutes
    return _on_the_dial(int(hour), int(minutes), match.words("ap").replace(".", ""))


def clock_part(match: Match) -> Made:
    """A clock time with the part of the day: "5 in the morning", "half past six this evening"."""
    clock, named = match.inner("c"), match.inner("q")
    if clock is None or clock.meaning.op != "clock":
        return None
    part = named.meaning.part if named else match.value("p", "part") or ""
    return _with_day(_in_half(clock.meaning, part), named.meaning if named else None)


def part_hour(match: Match) -> Made:
    """ "Yesterday evening at 7"."""
    named, clock = match.inner("q"), match.inner("c")
    hour = match.value("hr", "hournum", "number")
    said = clock.meaning if clock else _on_the_dial(int(hour or 0), 0, "")
    if named is None or said is None or said.op != "clock" or not named.meaning.part:
        return None
    return _with_day(_in_half(said, named.meaning.part), named.meaning)


def hour_in_part(match: Match) -> Made:
    """ "At 6 in the morning"."""
    said = _on_the_dial(int(match.value("hr", "hournum", "number") or 0), 0, "")
    return _in_half(said, match.value("p", "part") or "") if said else None


def day_part_clock(match: Match) -> Made:
    """ "Monday evening at half past nine"."""
    day, clock = match.inner("x"), match.inner("c")
    if day is None or clock is None or clock.meaning.op != "clock":
        return None
    said = _in_half(clock.meaning, match.value("p", "part") or "")
    return Meaning(op="clock_on", type="TIME", moment=said.moment, inner=day.meaning)


def monthly(match: Match) -> Made:
    """ "On the 1st of each month": how often, not when."""
    first = day_of(match)
    both = day_of(match, "b")
    value = f"XXXX-XX-{first:02d}" if first and not both and first <= 31 else "XXXX-XX"
    return Meaning(op="set", type="SET", value=value)


def _in_half(clock: Meaning, part: str) -> Meaning:
    """The clock time in the half of the day in which the part lies; a night holds the small hours too."""
    hour = clock.moment.hour or 0
    late = part in ("AF", "EV") or (part == "NI" and 6 <= hour < _HOURS)
    return clock.at(name="", moment=clock.moment.at(hour=hour + _HOURS if late and hour < _HOURS else hour))


def _with_day(clock: Meaning, named: Meaning | None) -> Made:
    """The clock time on the day of a named part: "this morning", "the night of 9 May"; a bare part names no day."""
    if named is None or named.op == "part":
        return clock
    if named.op == "part_of":
        return Meaning(op="clock_on", type="TIME", moment=clock.moment, inner=named.inner)
    if named.op not in ("near", "same", "follow") or named.unit != "day":
        return None
    return Meaning(op="clock_on", type="TIME", moment=clock.moment, inner=named.at(part="", type="DATE"))


def twelve(match: Match) -> Made:
    """ "12 noon", "twelve midnight"."""
    late = match.words("p") == "midnight"
    return Meaning(op="clock", type="TIME", moment=Moment(hour=24 if late else 12, minute=0))


def part_year(match: Match) -> Made:
    """ "Q3 2030", "H1 2031": the letter and the figure stand together."""
    at = match.index("o") or 0
    number = match.value("o", "integer")
    if match.tokens.spans[at][0] != match.tokens.spans[at - 1][1] or not match.tokens.words(at - 1).isupper():
        return None
    halves = match.tokens.lower(at - 1) == "h"
    if not 1 <= number <= (2 if halves else 4):
        return None
    year = year_of(match)
    return Meaning(
        op="calendar", moment=Moment(year=year, half=number) if halves else Moment(year=year, quarter=number)
    )


def half_of(match: Match) -> Made:
    """ "The second half of last year"."""
    whole = match.inner("v")
    number = 2 if match.words("o") == "latter" else match.value("o", "ordinal")
    if whole is None or whole.meaning.unit != "year" or number not in (1, 2):
        return None
    return Meaning(op="of_year", moment=Moment(half=number), inner=whole.meaning)


def decade_words(match: Match) -> Made:
    """ "The late nineties": of the twentieth century, but for decades that would lie within the lives of no reader."""
    first = match.value("x", "tens")
    return Meaning(op="calendar", moment=Moment(decade=190 + first // 10, mod=edge_of(match)))


def figures_month(match: Match) -> Made:
    """ "2031-05", "05/2031": a month in figures. "2003-05" may be three years and is left to the years."""
    words = match.words("x")
    year, month = year_of(match), int(words)
    spans = match.tokens.spans
    first, last = match.items.first[match.found.start()], match.items.last[match.found.end() - 1]
    glued = all(spans[at][1] == spans[at + 1][0] for at in range(first, last))
    if year is None or len(words) != 2 or not 1 <= month <= _HOURS or not glued:
        return None
    if (match.index("y") or 0) == first and month > year % 100:
        return None
    before = match.tokens.lower(first - 1)
    if before in ("/", "-", ".") or before in neighbours()["counted"]:
        return None
    return Meaning(op="calendar", moment=Moment(year=year, month=month))


def days_of_month(match: Match) -> Made:
    """ "On the 5th and 7th": two days of a month that is not named here."""
    first, second = day_of(match, "a"), day_of(match, "b")
    if first is None or second is None or not first < second <= 31:
        return None
    start, end = match.found.span()
    at = match.position("b") or 0
    return [
        (start, (match.position("a") or 0) + 1, Meaning(op="calendar", moment=Moment(day=first))),
        (at, end, Meaning(op="calendar", moment=Moment(day=second))),
    ]


def vague_past(match: Match) -> Made:
    """ "Some time ago", "long ago", "the other day"."""
    return Meaning(op="reference", type="DATE", value="PAST_REF")


def spaced_date(match: Match) -> Made:
    """ "2031/04/25": year first."""
    found = re.fullmatch(r"(\d{4})([/.])(\d\d)\2(\d\d)", match.words("x"))
    if found is None:
        return None
    moment = Moment(year=int(found[1]), month=int(found[3]), day=int(found[4]))
    return Meaning(op="calendar" if moment.date else "no_day", moment=moment)


def season_pair(match: Match) -> Made:
    """ "The winter of 2029-30": named by its first year."""
    year, second = year_of(match), int(match.words("b"))
    season = match.value("s", "season", "season_weak")
    if year is None or season != "WI" or second % 100 != (year + 1) % 100:
        return None
    return Meaning(op="calendar", moment=Moment(year=year, season=season, mod=edge_of(match)))


def in_force(match: Match) -> Made:
    """The entry into force of an agreement, as a day to count from."""
    return Meaning(op="event", unit="day", name="in_force")


def after_force(match: Match) -> Made:
    """A length of time after the entry into force."""
    length = match.inner("x")
    if length is None or length.meaning.op != "duration":
        return None
    return length.meaning.at(op="shift", type="DATE", step=1, base="event", name="in_force", value="")
