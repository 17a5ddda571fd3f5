"""Makers of clock times, lengths of time, sets and vague references; and the table of all makers by name."""

import inspect
import re
import sys
from collections.abc import Callable
from types import ModuleType

from pactwatch.resolve.times import makers, makers_clock, makers_near, makers_week
from pactwatch.resolve.times.grammar import Match
from pactwatch.resolve.times.lexicon import words
from pactwatch.resolve.times.makers import Made
from pactwatch.resolve.times.makers_near import duration_meaning, part_of_words, unit_of
from pactwatch.resolve.times.meaning import ISO_UNITS, Meaning
from pactwatch.resolve.times.moment import Moment
from pactwatch.resolve.times.resolver_near import HALF_DAY

_CLOCK = re.compile(r"(\d{1,2})[:.h](\d\d)(?::(\d\d))?(\+\d\d:\d\d)?")
_QUALIFIERS = {
    "least": "EQUAL_OR_MORE",
    "most": "EQUAL_OR_LESS",
    "more": "MORE_THAN",
    "over": "MORE_THAN",
    "less": "LESS_THAN",
    "fewer": "LESS_THAN",
    "under": "LESS_THAN",
    "nearly": "LESS_THAN",
    "almost": "LESS_THAN",
    "about": "APPROX",
    "around": "APPROX",
    "approximately": "APPROX",
    "roughly": "APPROX",
    "some": "APPROX",
}
_BEFORE_QUARTERS = {"for", "in", "over", "past", "last", "next", "of"}
_AFTER_CLOCK = {"on", "of", "hours", "hrs", "h", "local", "to", "and", "until", "till", "in", "today", "tomorrow"}
_SET_VALUES = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "year": "XXXX", "night": "XXXX-XX-XXTNI"}
_OFTEN_VALUES = {"P1D": "XXXX-XX-XX", "P1W": "XXXX-WXX", "P1M": "XXXX-XX", "P1Y": "XXXX"}


def _at_clock(hour: int, minute: int, second: int | None, half: str, zone: str = "") -> Made:
    if half.startswith("p") and hour < 12:
        hour += 12
    elif half.startswith("a") and hour == 12:
        hour = 0
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return None
    moment = Moment(hour=hour, minute=minute, second=second, zone=zone)
    return Meaning(op="clock", type="TIME", moment=moment)


def clock(match: Match) -> Made:
    """A time of day in figures or on the hour."""
    half = match.words("ap").replace(".", "")
    zone = _zone(match)
    if match.index("hr") is not None:
        hour = match.value("hr", "hournum", "number")
        made = _at_clock(hour, 0, None, half, zone) if 1 <= hour <= 12 or not half else None
        return made.at(name=HALF_DAY) if made and not half and 1 <= hour <= 12 else made
    found = _CLOCK.fullmatch(match.words("x"))
    if found is None:
        return None
    return _at_clock(int(found[1]), int(found[2]), int(found[3]) if found[3] else None, half, found[4] or zone)


def _zone(match: Match) -> str:
    """The zone beside a clock time; "GMT+2" is two hours east of it."""
    at = match.index("z")
    if at is None:
        return ""
    if match.tokens.lower(at + 1) == "+" and match.tokens.lower(at + 2).isdigit():
        return f"+{int(match.tokens.lower(at + 2)):02d}:00"
    return str(words()[match.words("z")]["zone"])


def military(match: Match) -> Made:
    """A time of day in four figures. "At 2031" may be a year as well: without "hours" only minutes tell it from one."""
    figures = match.words("x")
    at = match.index("x") or 0
    before, after = match.tokens.lower(at - 1), match.tokens.words(at + 1) if at + 1 < len(match.tokens.spans) else ""
    if before in ("about", "around", "from", "to") and after.isalpha() and after.lower() not in _AFTER_CLOCK:
        return None  # "about 1500 people"
    plain = match.index("z") is None and not match.has("hours", "hrs", "h")
    looks_like_year = figures[:2] in ("19", "20") and plain
    if looks_like_year and match.tokens.lower((match.index("x") or 0) - 1) != "at":
        return None
    return _at_clock(int(figures[:2]), int(figures[2:]), None, "", _zone(match))


def noon(match: Match) -> Made:
    """Noon, midnight, dawn, dusk."""
    named = match.words("p")
    if named in ("noon", "midday"):
        return Meaning(op="clock", type="TIME", moment=Moment(hour=12, minute=0))
    if named == "midnight":
        return Meaning(op="clock", type="TIME", moment=Moment(hour=24, minute=0), name="midnight")
    return Meaning(op="part", type="TIME", part=match.value("p", "noonish"))


def part(match: Match) -> Made:
    """A part of no named day: "at night" says how the act was done rather than when."""
    named = part_of_words(match) or ("DT" if match.has("daytime") else "NI" if match.has("night") else "MO")
    return Meaning(op="part", type="TIME", part=named, mod=makers.edge_of(match), name="manner")


def _count(match: Match, name: str = "n") -> float | None:
    at = match.index(name)
    if at is None:
        return None
    if match.tokens.groups[at] == "dotted":
        return float(match.tokens.words(at))
    found = match.value(name, "integer", "number", "hundreds")
    if found is not None and (scale := match.value("n2", "hundreds")):
        found *= scale
    return float(found) if found is not None else None


def _quality(match: Match) -> str:
    return _QUALIFIERS.get(match.words("q"), "")


def duration(match: Match) -> Made:
    """A number of units; no length of time where the number is an age or the words go on "old"."""
    unit, count = unit_of(match), _count(match)
    if count is None:
        count = 1.0
    at = match.items.last[match.found.end() - 1]
    if _is_age(match, at, unit) or count > 10_000:
        return None
    if unit == "hour" and match.value("n", "military") and match.tokens.groups[match.index("n") or 0] == "number":
        return None  # "1500 hrs" is a time of day
    if unit == "second" and match.value("u", "unit"):
        return None
    if unit == "quarter" and match.tokens.lower(match.items.first[match.found.start()] - 1) not in _BEFORE_QUARTERS:
        return None  # "three quarters of the men"
    halves = 0.5 if match.has("half") else 0.0
    return duration_meaning(unit, count + halves, mod=_quality(match))


def _is_age(match: Match, at: int, unit: str) -> bool:
    """ "23 years old", "aged five years", "under 18 years of age", "a 59-year-old": no time of an act."""
    after = [match.tokens.lower(at + step) for step in (1, 2)]
    before = match.tokens.lower(match.items.first[match.found.start()] - 1)
    old = after[0] == "old" or after == ["-", "old"] or after == ["of", "age"] or after[0] == "‑"
    return unit in ("year", "month", "day", "week") and (old or before in ("aged", "age"))


def duration_a(match: Match) -> Made:
    """One unit: "a week", "almost a year"."""
    unit = unit_of(match)
    if unit in ("second", "night", "quarter", "weekend"):
        return None
    return duration_meaning(unit, 1.5 if match.has("half") else 1.0, mod=_quality(match))


def duration_half(match: Match) -> Made:
    """Half a unit."""
    return duration_meaning(unit_of(match), 0.5)


def duration_few(match: Match) -> Made:
    """A vague number of units: "a few days", "several weeks", "for decades"."""
    bounds = match.value("f", "few") or ([2, 5] if match.has("few") else [2, 20])
    if match.words("f") == "couple":
        return duration_meaning(unit_of(match), 2.0, mod="APPROX")
    if match.words("f") == "some" and (match.has("of") or unit_of(match) == "quarter"):
        return None
    return duration_meaning(unit_of(match), None, float(bounds[0]), float(bounds[1]))


def duration_two(match: Match) -> Made:
    """ "1 hour 50 minutes"."""
    big, small = unit_of(match), match.value("u2", "unit", "units")
    per = {("hour", "minute"): 60, ("day", "hour"): 24, ("year", "month"): 12, ("minute", "second"): 60}.get(
        (big, small)
    )
    first, second = _count(match), match.value("n2", "integer", "number")
    if per is None or first is None or second is None:
        return None
    return duration_meaning(small, first * per + second).at(value=_two_values(big, small, first, second))


def _two_values(big: str, small: str, first: float, second: float) -> str:
    time = "T" if big in ("hour", "minute") else ""
    middle = "T" if not time and small == "hour" else ""
    return f"P{time}{int(first)}{big[0].upper()}{middle}{int(second)}{small[0].upper()}"


def often(match: Match) -> Made:
    """ "Daily": how often, not when."""
    value = match.value("o", "often")
    return Meaning(op="set", type="SET", value=_OFTEN_VALUES.get(value, value))


def every(match: Match) -> Made:
    """ "Every Tuesday", "per month"."""
    weekday = makers.weekday_of(match)
    if weekday is not None:
        part = match.value("p", "part")
        return Meaning(op="set", type="SET", value=f"XXXX-WXX-{weekday}" + (f"T{part}" if part else ""))
    if (named := match.value("u", "part") or "") and not match.value("u", "unit"):
        return Meaning(op="set", type="SET", value=f"XXXX-XX-XXT{named}")
    unit, count = unit_of(match), _count(match)
    if count is not None:
        return Meaning(op="set", type="SET", value=f"P{int(count)}{unit[0].upper()}")
    if match.has("per"):
        return Meaning(
            op="set", type="SET", value=f"P{'T' if unit in ('hour', 'minute', 'second') else ''}1{unit[0].upper()}"
        )
    return Meaning(op="set", type="SET", value=_SET_VALUES.get(unit, f"P1{unit[0].upper()}"))


def to_date(match: Match) -> Made:
    """ "To date", "until now": up to the day of writing, nothing says since when."""
    return Meaning(op="reference", value="PRESENT_REF", name="to date")


def per(match: Match) -> Made:
    """ "Twice a week": how often."""
    time, letter = ISO_UNITS[unit_of(match)]
    return Meaning(op="set", type="SET", value=f"P{time}1{letter}")


def era(match: Match) -> Made:
    """ "The past", "the future" as nouns."""
    named = match.words("r")
    return Meaning(op="reference", value=match.value("r", "adjective")) if named in ("past", "future") else None


def reference(match: Match) -> Made:
    """ "Now", "recently": an era seen from the writer, no day."""
    return Meaning(op="reference", type="DATE", value=match.value("r", "reference") or "PRESENT_REF")


def adjective(match: Match) -> Made:
    """ "Former", "recent": marked in histories, where readers of dates expect them; they date no act."""
    if match.text() in ("present", "past"):
        return None
    return Meaning(op="reference", type="DATE", value=match.value("r", "adjective"), name="adjective")


def _public(module: ModuleType) -> dict[str, Callable[[Match], Made]]:
    """The makers that a module defines: its public functions that return `Made`."""
    return {
        name: one
        for name, one in vars(module).items()
        if inspect.isfunction(one)
        and one.__module__ == module.__name__
        and not name.startswith("_")
        and one.__annotations__.get("return") == Made
    }


MAKERS: dict[str, Callable[[Match], Made]] = {
    **_public(makers),
    **_public(makers_near),
    **_public(makers_clock),
    **_public(makers_week),
    **_public(sys.modules[__name__]),
}
"""The makers by the name that a rule of the grammar gives."""
