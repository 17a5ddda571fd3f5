"""What the words of a text allow as the day of its writing: each constraint is a set of intervals of days."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pactwatch.model import Agreement, Quote, Span
from pactwatch.resolve.times.days import day_or_none, plus_days
from pactwatch.resolve.times.lexer import Tokens
from pactwatch.resolve.times.moment import Days, Moment
from pactwatch.resolve.times.tagger import Tagged

_REACH_TOKENS = 14  # how far from a date the words of the agreement that it dates may stand
_SAME_YEAR_DAYS = 364  # a date without its year is taken to lie within a year of writing
_PACT_CLASSES = ("pact", "signing")


@dataclass(frozen=True, slots=True)
class Constraint:
    """Words, what they mean for the day of writing, and the days that they leave.

    `narrows` is False for a mere lower bound, which cannot speak for a header. `weak` gives way where it contradicts
    all others. `fixed` where an agreement file dates the words.
    """

    words: Quote
    says: str
    allowed: tuple[Days, ...]
    rule: str
    narrows: bool = True
    weak: bool = False
    fixed: bool = False


def constraints(
    text: str, tokens: Tokens, tagged: Sequence[Tagged], agreements: Sequence[Agreement], years: range, head_end: int
) -> list[Constraint]:
    """Return the constraints of a text's body, strongest first. `years` are the years that come into question."""
    found: list[Constraint] = []
    for one in tagged:
        if one.found.start < head_end:
            continue
        found += _of_this_year(text, tokens, one, agreements, years)
        found += _of_weekday(text, one, years)
        found += _of_mention(text, one)
        found += _of_signing(text, one)
    found += _of_today(text, tagged, years)
    return sorted(found, key=lambda one: (not one.fixed, one.weak, not one.narrows))


def _quote(text: str, one: Tagged) -> Quote:
    return Quote(span=Span(start=one.found.start, end=one.found.end), text=text[one.found.start : one.found.end])


def _of_this_year(
    text: str, tokens: Tokens, one: Tagged, agreements: Sequence[Agreement], years: range
) -> Iterator[Constraint]:
    """A day of "this year": the year of writing has that day; where an agreement was signed on it, it is that one."""
    meaning = one.found.meaning
    inner = meaning.inner
    if meaning.op != "of_year" or inner is None or inner.op != "near" or inner.step != 0:
        return
    moment, words = meaning.moment, _quote(text, one)
    if moment.day is None or moment.month is None:
        return
    past = one.direction != "future"
    signed = _signed_on(moment, agreements) if _speaks_of_pact(tokens, one) else None
    if signed:
        agreement, day = signed
        allowed = _rest_of_year(day, past)
        says = f"{agreement.title} was signed on {day.isoformat()}, and the text calls that this year"
        yield Constraint(
            words=words, says=says, allowed=(allowed,), rule=f"agreement-this-year:{agreement.id}", fixed=True
        )
    fitting = [leap for year in years if (leap := day_or_none(year, moment.month, moment.day))]
    if len(fitting) < len(years):
        says = "only a leap year has that day, and the text calls it this year"
        yield Constraint(
            words=words,
            says=says,
            allowed=tuple(_rest_of_year(leap, past) for leap in fitting),
            rule="leap-day-this-year",
        )


def _rest_of_year(day: dt.date, past: bool) -> Days:
    """A day that is past and yet of this year leaves the days after it."""
    first = plus_days(day, 1) if past and (day.month, day.day) != (12, 31) else day
    return (first if past else day.replace(month=1, day=1)), day.replace(month=12, day=31)


def _signed_on(moment: Moment, agreements: Sequence[Agreement]) -> tuple[Agreement, dt.date] | None:
    for agreement in agreements:
        for instrument in agreement.instruments:
            if (instrument.signed.month, instrument.signed.day) == (moment.month, moment.day):
                return agreement, instrument.signed
    return None


def _speaks_of_pact(tokens: Tokens, one: Tagged) -> bool:
    low = max(one.found.first_token - _REACH_TOKENS, 0)
    high = min(one.found.last_token + _REACH_TOKENS, len(tokens.spans))
    return any(tokens.value(at, name) is not None for at in range(low, high) for name in _PACT_CLASSES)


def _of_weekday(text: str, one: Tagged, years: range) -> Iterator[Constraint]:
    """A weekday with its day and month: only some years have it, and one of them is within a year of writing."""
    moment = one.found.meaning.moment
    if one.found.meaning.op != "calendar" or not (moment.weekday and moment.day and moment.month) or moment.year:
        return
    days = [day for year in years if (day := day_or_none(year, moment.month, moment.day))]
    fitting = [day for day in days if day.isoweekday() == moment.weekday]
    if not fitting or len(fitting) == len(days):
        return
    allowed = tuple((plus_days(day, -_SAME_YEAR_DAYS), plus_days(day, _SAME_YEAR_DAYS)) for day in fitting)
    says = "only some years have that day on that weekday"
    yield Constraint(words=_quote(text, one), says=says, allowed=allowed, rule="weekday-and-day", weak=True)


def _of_mention(text: str, one: Tagged) -> Iterator[Constraint]:
    """A full date told as past: the text is not older than it."""
    day = one.answer.moment.date if one.answer.moment else None
    if not one.answer.explicit or day is None or one.direction != "past" or one.answer.type == "DURATION":
        return
    says = f"the text tells of {day.isoformat()} as past"
    yield Constraint(
        words=_quote(text, one), says=says, allowed=((day, dt.date.max),), rule="told-as-past", narrows=False, weak=True
    )


def _of_signing(text: str, one: Tagged) -> Iterator[Constraint]:
    """The signing of an agreement that a file dates, told as past."""
    if one.found.meaning.op != "event" or one.answer.moment is None or one.direction == "future":
        return
    day = one.answer.moment.date
    if day is not None:
        says = f"the text speaks of a signing, which was on {day.isoformat()}"
        yield Constraint(
            words=_quote(text, one),
            says=says,
            allowed=((day, dt.date.max),),
            rule="after-signing",
            narrows=False,
            weak=True,
        )


def _of_today(text: str, tagged: Sequence[Tagged], years: range) -> Iterator[Constraint]:
    """ "Today, 14 May": the day of writing, in words."""
    for one, after in pairwise(tagged):
        meaning, moment = one.found.meaning, after.found.meaning.moment
        gap = text[one.found.end : after.found.start].strip()
        if meaning.op != "near" or meaning.unit != "day" or meaning.step or gap not in (",", "", "(", "the"):
            continue
        if after.found.meaning.op != "calendar" or moment.day is None or moment.month is None:
            continue
        wanted = [moment.year] if moment.year else list(years)
        days = [day for year in wanted if year > 0 and (day := day_or_none(year, moment.month, moment.day))]
        fitting = [day for day in days if moment.weekday is None or day.isoweekday() == moment.weekday]
        words = Quote(
            span=Span(start=one.found.start, end=after.found.end), text=text[one.found.start : after.found.end]
        )
        if fitting:
            allowed = tuple((day, day) for day in fitting)
            yield Constraint(words=words, says="the text calls that day today", allowed=allowed, rule="today-named")
