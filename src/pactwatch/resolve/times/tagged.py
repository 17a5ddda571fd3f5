"""An expression as found and as resolved; and what only the expression after it can say of it."""

import datetime as dt
import re
from dataclasses import dataclass

from pactwatch.resolve.times.answer import Answer, of_moment
from pactwatch.resolve.times.days import plus_days
from pactwatch.resolve.times.lexer import Tokens
from pactwatch.resolve.times.meaning import Found, Meaning
from pactwatch.resolve.times.moment import Moment
from pactwatch.resolve.times.resolver_near import HALF_DAY, either_half
from pactwatch.resolve.times.years import weekday_near

_RANGE = frozenset(["to", "and", "until", "till", "-", "–", "—", ",", "through", "until the", "to the", "till the"])
_THEN_ON = re.compile(r"[^.;:!?\n]{0,60}?\bon(?:\s+the)?\s*")
_NEW_CLAUSE = re.compile(r"\b(?:and|but|while|then|who|which|after|before|until|since)\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[.;:!?](?=\s)|\n")
_LOOK_BACK = 4  # expressions before a clock time among which a day of its sentence is looked for


@dataclass(frozen=True, slots=True)
class Tagged:
    """An expression as found and as resolved."""

    found: Found
    answer: Answer
    direction: str

    @property
    def day(self) -> dt.date | None:
        """The day that it names; None where it names none."""
        return self.answer.moment.date if self.answer.moment else None


def in_order(tokens: Tokens, tagged: list[Tagged]) -> list[Tagged]:
    """Return the expressions, those set right that only the one after them explains. The list is changed."""
    for at in range(len(tagged) - 2, -1, -1):
        one, after = tagged[at], tagged[at + 1]
        gap = tokens.text[one.found.end : after.found.start]
        if one.found.meaning.op == "clock":
            if (placed := _on_later_day(tokens.text, tagged, at, gap)) is not None:
                tagged[at] = placed
        elif " ".join(gap.split()).lower() in _RANGE:
            tagged[at + 1] = _after_its_start(one, after)
    return tagged


def _on_later_day(text: str, tagged: list[Tagged], at: int, gap: str) -> Tagged | None:
    """ "From 09:10 to 16:40 on 30 June", "at 05:40 (local time) on 9 May": the day stands behind the clock time.

    From ten in the evening to two in the morning on the 9th is from the evening of the 8th.
    """
    one, after = tagged[at], tagged[at + 1]
    day = after.day
    if day is None:
        return None
    if after.found.meaning.op == "clock_on":
        if " ".join(gap.split()).lower() not in _RANGE:
            return None
        later = after.answer.moment
        if later is not None and later.hour is not None and (one.found.meaning.moment.hour or 0) > later.hour:
            day = plus_days(day, -1)
    elif not _leads_on(gap) or after.found.meaning.op != "calendar" or _day_before(text, tagged, at):
        return None
    return _placed(one, Moment.of(day), after.answer)


def _leads_on(gap: str) -> bool:
    return _THEN_ON.fullmatch(gap) is not None and not _NEW_CLAUSE.search(gap)


def _day_before(text: str, tagged: list[Tagged], at: int) -> bool:
    """True where the sentence has named a day before the clock time: that is its day."""
    here = tagged[at].found.start
    for before in reversed(tagged[max(at - _LOOK_BACK, 0) : at]):
        if _SENTENCE.search(text[before.found.end : here]):
            return False
        if before.day is not None:
            return True
    return False


def _placed(one: Tagged, day: Moment, answer: Answer) -> Tagged:
    said = one.found.meaning
    clock = said.moment
    moment = day.at(hour=clock.hour, minute=clock.minute, second=clock.second, zone=clock.zone)
    made = of_moment(moment, anchor=answer.anchor, anchor_words=answer.anchor_words)
    made = either_half(made) if said.name == HALF_DAY else made
    return Tagged(found=one.found, answer=made, direction=one.direction)


def _after_its_start(one: Tagged, after: Tagged) -> Tagged:
    """ "From dusk on Monday until dawn on Tuesday": a weekday that ends a range follows its beginning."""
    said = _weekday_of(after.found.meaning)
    start, end, moment = one.day, after.day, after.answer.moment
    if said is None or start is None or end is None or moment is None or after.direction != "bound":
        return after
    day = Moment.of(weekday_near(said, start, "future", strict=True))
    placed = day.at(part=moment.part, hour=moment.hour, minute=moment.minute, second=moment.second, zone=moment.zone)
    made = of_moment(placed, anchor="expression", anchor_words=one.answer.anchor_words)
    return Tagged(found=after.found, answer=made, direction=after.direction)


def _weekday_of(meaning: Meaning) -> int | None:
    """The weekday that is open in a meaning; None where it is pinned or there is none."""
    inner = meaning.inner if meaning.op in ("part_of", "clock_on") and meaning.inner else meaning
    return inner.moment.weekday if inner.op == "weekday" else None
