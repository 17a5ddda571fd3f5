"""Resolving weekdays and weeks that are told from another time."""

from functools import partial

from pactwatch.model import Precision
from pactwatch.resolve.times.answer import Answer, of_days, of_moment
from pactwatch.resolve.times.days import plus_days, week_start
from pactwatch.resolve.times.meaning import Found, Meaning
from pactwatch.resolve.times.moment import Moment, week_of
from pactwatch.resolve.times.reference import Context
from pactwatch.resolve.times.resolver_near import (
    NO_MENTION,
    NO_REFERENCE,
    Operation,
    Resolve,
    by,
    from_mention,
    mention_for,
    unknown,
)
from pactwatch.resolve.times.years import weekday_near

_WEEK = 7


def _from_mention(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    """The next or the previous such weekday after the day last named; "that Friday" may be that very day."""
    mention = mention_for(context, "day")
    base = mention.moment.date if mention else None
    if mention is None or base is None:
        return unknown(meaning.moment, NO_MENTION)
    side = "past" if meaning.step < 0 else "future"
    day = weekday_near(meaning.moment.weekday or 1, base, side, strict=bool(meaning.step))
    return from_mention(of_moment(Moment.of(day)), mention, context)


def _ago(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    """So many such weekdays back from the day of writing, which is not counted itself."""
    reference = context.reference
    if reference is None or context.narrative:
        return unknown(meaning.moment, NO_REFERENCE)
    if not reference.a_day:
        return by(unknown(meaning.moment, "the text is dated to no single day"), reference)
    last = weekday_near(meaning.moment.weekday or 1, reference.first, "past", strict=True)
    return by(of_moment(Moment.of(plus_days(last, -_WEEK * (meaning.step - 1)))), reference)


def _whole(meaning: Meaning, context: Context, direction: str, found: Found, resolve: Resolve) -> Answer:
    return resolve(meaning.inner or Meaning(op="near", unit="month"), context, direction, found)


def _of_month(meaning: Meaning, context: Context, direction: str, found: Found, resolve: Resolve) -> Answer:
    month = _whole(meaning, context, direction, found, resolve)
    days = month.days
    if month.moment is None or month.moment.month is None or days is None or not (days[0] and days[1]):
        return unknown(meaning.moment, month.reason or "no month is named")
    weekday = meaning.moment.weekday or 1
    if meaning.step < 0:
        day = weekday_near(weekday, days[1], "past")
    else:
        day = plus_days(weekday_near(weekday, days[0], "future"), _WEEK * (meaning.step - 1))
    if day > days[1]:
        return unknown(meaning.moment, f"{month.edtf} has no such weekday")
    return of_moment(Moment.of(day), anchor=month.anchor, anchor_words=month.anchor_words)


def _week_of_month(meaning: Meaning, context: Context, direction: str, found: Found, resolve: Resolve) -> Answer:
    month = _whole(meaning, context, direction, found, resolve)
    days = month.days
    if month.moment is None or month.moment.month is None or days is None or not (days[0] and days[1]):
        return Answer(value="XXXX-WXX", reason=month.reason or "no month is named")
    first = plus_days(days[0], _WEEK * (meaning.step - 1))
    if first > days[1]:
        return Answer(value="XXXX-WXX", reason=f"{month.edtf} has no such week")
    last = min(plus_days(first, _WEEK - 1), days[1])
    value = week_of(plus_days(first, _WEEK // 2)).value()
    made = of_days((first, last), value, Precision.WEEK, moment=Moment(year=first.year, month=first.month))
    return made.at(anchor=month.anchor, anchor_words=month.anchor_words, reason="weeks are counted from the 1st")


def _week_by_day(meaning: Meaning, context: Context, direction: str, found: Found, resolve: Resolve) -> Answer:
    base = _whole(meaning, context, direction, found, resolve)
    day = base.moment.date if base.moment else None
    if day is None:
        return Answer(value="XXXX-WXX", reason=base.reason or "no day is named")
    first = {"start": day, "end": plus_days(day, 1 - _WEEK)}.get(meaning.name, week_start(day))
    made = of_days((first, plus_days(first, _WEEK - 1)), week_of(day).value(), Precision.WEEK, moment=week_of(day))
    return made.at(anchor=base.anchor, anchor_words=base.anchor_words)


def _day_of_month(meaning: Meaning, context: Context, direction: str, found: Found, resolve: Resolve) -> Answer:
    month = _whole(meaning, context, direction, found, resolve)
    if month.moment is None or month.moment.month is None:
        return unknown(meaning.moment, month.reason or "no month is named")
    placed = month.moment.coarse("month").at(day=meaning.moment.day)
    if placed.date is None:
        return unknown(meaning.moment, f"{month.edtf} has no such day")
    return of_moment(placed, anchor=month.anchor, anchor_words=month.anchor_words)


def operations(resolve: Resolve) -> dict[str, Operation]:
    """Return the operations of this module; `resolve` is how they resolve a time inside their own."""
    return {
        "weekday_from": _from_mention,
        "weekday_ago": _ago,
        "weekday_of_month": partial(_of_month, resolve=resolve),
        "week_of_month": partial(_week_of_month, resolve=resolve),
        "week_by_day": partial(_week_by_day, resolve=resolve),
        "day_of_month": partial(_day_of_month, resolve=resolve),
    }
