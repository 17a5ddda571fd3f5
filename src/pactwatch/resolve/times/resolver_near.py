"""Resolving what is told from the day of writing or from an earlier mention: yesterday, that night, two days later."""

import datetime as dt
from collections.abc import Callable

from pactwatch.model import Precision
from pactwatch.resolve.times.answer import Answer, of_days, of_moment
from pactwatch.resolve.times.days import plus_days, plus_months, week_start
from pactwatch.resolve.times.meaning import Found, Meaning
from pactwatch.resolve.times.moment import Moment, precision_of, spell, week_of
from pactwatch.resolve.times.reference import Context, Mentioned, Reference
from pactwatch.resolve.times.story import year_for
from pactwatch.resolve.times.years import fits, nearest, weekday_near

Resolve = Callable[[Meaning, Context, str, Found], Answer]
Operation = Callable[[Meaning, Context, str, Found], Answer]

_BULLET = 4  # code points before the hour of an entry, with its line break
_MIDWEEK = 3
_REPORTED_DAYS = 7
HALF_DAY = "half of the day open"
"""The name of a time of day that is said on a dial of twelve hours."""

NO_REFERENCE = "nothing says when the text was written"
NO_MENTION = "no earlier date in the text to count from"


def unknown(moment: Moment, reason: str) -> Answer:
    """Return the answer that there is none, with the TIMEX3 value as far as the words go."""
    return Answer(
        value=moment.value(), type="TIME" if moment.part or moment.hour is not None else "DATE", reason=reason
    )


def carried(moment: Moment, context: Context) -> Answer:
    """Return a date whose year is that of the last date named, with those words as its anchor."""
    if context.story is None:
        return unknown(moment, "the year is not said, and no earlier date says it")
    placed = moment.at(year=year_for(context.story, moment), weekday=None)
    return of_moment(placed, anchor="expression", anchor_words=context.story_quote())


def by(answer: Answer, reference: Reference) -> Answer:
    """Return the answer with the period of writing as its anchor."""
    return answer.at(anchor=reference.anchor, anchor_words=reference.words)


def from_mention(answer: Answer, mention: Mentioned, context: Context) -> Answer:
    """Return the answer with an earlier mention as its anchor."""
    return answer.at(anchor="expression", anchor_words=context.quote(mention))


# ---- from the day of writing ---------------------------------------------------------------------------------------


def _near(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    if context.narrative:
        return _near_in_history(meaning, context)
    reference = context.reference
    if reference is None:
        return Answer(value=_open_value(meaning), type=meaning.type, reason=NO_REFERENCE)
    if meaning.unit == "day":
        return by(_near_day(meaning, reference), reference)
    if (
        meaning.unit == "weekend"
        and meaning.step == 0
        and direction == "past"
        and reference.last.isoweekday() <= _MIDWEEK
    ):
        meaning = meaning.at(step=-1)  # "this weekend they fired", said on a Monday
    first, last = (_unit_at(day, meaning) for day in (reference.first, reference.last))
    if first == last:
        return by(of_moment(first.at(mod=meaning.mod or first.mod)), reference)
    days = (first.days(), last.days())
    if not (days[0] and days[1]):
        return by(Answer(value=_open_value(meaning), reason="outside the calendar"), reference)
    whole = of_days((days[0][0], days[1][1]), _open_value(meaning), precision_of(first))
    if meaning.step == 0:  # "this week" of a text that is dated to a month lies near that month, not outside it
        whole = of_moment(reference.moment) if reference.moment.year else whole
    return by(whole.at(reason="the day of writing is not known"), reference)


def _near_day(meaning: Meaning, reference: Reference) -> Answer:
    if reference.a_day:
        moment = Moment.of(plus_days(reference.first, meaning.step)).at(part=meaning.part or None, mod=meaning.mod)
        return of_moment(moment)
    if meaning.step == 0 and reference.moment.year is not None:
        made = of_moment(reference.moment)
    else:
        over = 1 if meaning.part == "NI" else 0  # a night ends on the day after
        days = (plus_days(reference.first, meaning.step), plus_days(reference.last, meaning.step + over))
        made = of_days(days, reference.moment.value(), precision_of(reference.moment), moment=reference.moment)
    return made.at(reason="the text is dated to no single day")


def _unit_at(day: dt.date, meaning: Meaning) -> Moment:
    """The unit, `step` units on from the one in which `day` lies."""
    step = meaning.step
    if meaning.unit in ("week", "fortnight"):
        return week_of(plus_days(week_start(day), 7 * step))
    if meaning.unit == "month":
        moved = plus_months(day.replace(day=1), step)
        return Moment(year=moved.year, month=moved.month)
    if meaning.unit == "quarter":
        moved = plus_months(day.replace(day=1), 3 * step)
        return Moment(year=moved.year, quarter=(moved.month + 2) // 3)
    if meaning.unit == "weekend":
        saturday = plus_days(week_start(day), 5 + 7 * step)
        return week_of(saturday).at(part="WE")
    if meaning.unit == "decade":
        return Moment(decade=day.year // 10 + step)
    if meaning.unit == "century":
        return Moment(century=day.year // 100 + step)
    return Moment(year=min(max(day.year + step, 1), 9998))


def _open_value(meaning: Meaning) -> str:
    plain = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "weekend": "XXXX-WXX-WE"}.get(
        meaning.unit, "XXXX"
    )
    return f"{plain}T{meaning.part}" if meaning.part else plain


def _near_in_history(meaning: Meaning, context: Context) -> Answer:
    """In a history "this year" is the year that is being told; "today" is the reader's."""
    if meaning.unit == "day" and meaning.step == 0 and not meaning.part:
        return Answer(value="PRESENT_REF", reason="a history has no day of its own")
    return _follow(meaning, context, "", None)


# ---- from an earlier mention ---------------------------------------------------------------------------------------


def mention_for(context: Context, unit: str) -> Mentioned | None:
    """The last date named that is fine enough for the unit."""
    last = context.last
    if unit == "day":
        day = context.last_day
        if day is None or (last is not None and last.start > day.start and not _same_month(last, day)):
            return None
        return day
    return last if last is not None and last.moment.year is not None else context.last_year


def _same_month(one: Mentioned, other: Mentioned) -> bool:
    return one.moment.year == other.moment.year and one.moment.month in (None, other.moment.month)


def _same(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    unit = "week" if meaning.unit in ("fortnight", "weekend") else meaning.unit
    if meaning.base == "reference" and not context.narrative and context.reference is not None:
        return _near(meaning, context, direction, found)  # "the end of the month", of no month named: of this one
    mention = mention_for(context, unit)
    if mention is None:
        return _no_mention(meaning, context)
    made = _coarse(mention.moment, unit)
    if made is None:
        return from_mention(Answer(value=_open_value(meaning), type=meaning.type, reason=NO_MENTION), mention, context)
    made = made.at(part=meaning.part or None, mod=meaning.mod)
    return from_mention(of_moment(made), mention, context)


def _coarse(moment: Moment, unit: str) -> Moment | None:
    if unit in ("decade", "century"):
        if moment.decade is not None or moment.century is not None:
            return moment
        year = moment.year or 0
        return Moment(decade=year // 10) if unit == "decade" else Moment(century=year // 100)
    if unit == "week":
        days = moment.days()
        return week_of(days[0]) if days and moment.unit in ("day", "week", "part", "minute") else None
    if unit == "month" and moment.month is None:
        return None
    return moment.coarse(unit) if moment.year is not None else None


def _no_mention(meaning: Meaning, context: Context) -> Answer:
    return Answer(value=_open_value(meaning), type=meaning.type, reason=NO_MENTION)


def _follow(meaning: Meaning, context: Context, direction: str, found: Found | None) -> Answer:
    unit = "week" if meaning.unit in ("fortnight", "weekend") else meaning.unit
    mention = mention_for(context, unit)
    if mention is None:
        return _no_mention(meaning, context)
    moment = mention.moment
    if unit in ("decade", "century"):
        whole = _coarse(moment, unit)
        moved = whole and _stepped(whole, meaning.step)
        return from_mention(of_moment(moved), mention, context) if moved else _no_mention(meaning, context)
    if _coarse(moment, unit) is None:
        return _no_mention(meaning, context)
    moved = (_coarse(moment, unit) or moment).shifted(unit, meaning.step)
    return from_mention(of_moment(moved.at(part=meaning.part or None)), mention, context)


def _stepped(moment: Moment, step: int) -> Moment | None:
    if moment.decade is not None:
        return Moment(decade=moment.decade + step) if moment.decade + step >= 0 else None
    return Moment(century=(moment.century or 0) + step) if (moment.century or 0) + step >= 0 else None


def _weekday(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    weekday = meaning.moment.weekday or 1
    strict = meaning.base == "strict"
    mention = context.last_day
    if context.narrative or context.reference is None:
        base = mention.moment.date if mention else None
        if base is None or mention is None:
            return unknown(meaning.moment, NO_REFERENCE)
        return from_mention(
            of_moment(Moment.of(weekday_near(weekday, base, direction, strict=strict))), mention, context
        )
    reference = context.reference
    if not reference.a_day:
        return by(_weekday_open(meaning, reference, direction), reference)
    day = weekday_near(weekday, reference.first, direction, strict=strict)
    made = of_moment(Moment.of(day))
    if direction == "bound":
        back = plus_days(day, -7).isoformat()
        return by(made.at(reason=f"{back} could be meant too; the one to come is preferred"), reference)
    if reference.first.isoweekday() == weekday and not strict:
        other = plus_days(day, 7 if direction == "future" else -7)
        made = made.at(
            reason=f"written on a {day:%A}: {other.isoformat()} could be meant too; the same day is preferred"
        )
    return by(made, reference)


def _weekday_open(meaning: Meaning, reference: Reference, direction: str) -> Answer:
    value = Moment(weekday=meaning.moment.weekday).value()
    if reference.moment.month is None:
        return Answer(value=value, reason="the text is dated to no single week")
    ahead = direction in ("future", "bound")
    days = (
        (reference.first, plus_days(reference.last, 6)) if ahead else (plus_days(reference.first, -6), reference.last)
    )
    made = of_days(days, value, Precision.MONTH)
    return made.at(reason="the text is dated to a month: which of its weeks is open")


def _near_season(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    season = Moment(season=meaning.moment.season)
    if context.narrative:
        mention = mention_for(context, "year")
        if mention is None or mention.moment.year is None:
            return unknown(season, NO_MENTION)
        shift = meaning.step if meaning.step > 0 else 0
        return from_mention(of_moment(season.at(year=mention.moment.year + shift)), mention, context)
    if context.reference is None:
        return unknown(season, NO_REFERENCE)
    at = context.reference.last
    side = {-1: "past", 0: "", 1: "future"}[meaning.step]
    days = nearest(fits(season), plus_days(at, 30 * meaning.step), side)
    return by(of_moment(season.at(year=days[0].year)), context.reference) if days else unknown(season, NO_REFERENCE)


# ---- sets, references, times of an unnamed day ---------------------------------------------------------------------


def _set(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    return Answer(value=meaning.value, type="SET", reason="how often, not when")


def _reference(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    made = Answer(value=meaning.value, reason="no more than that it is past, present or to come")
    if meaning.value != "PRESENT_REF" or context.narrative or context.reference is None:
        return made
    reference = context.reference
    if meaning.name == "to date":
        return by(
            made.at(days=(None, reference.last), precision=Precision.VAGUE, reason="nothing says since when"), reference
        )
    days = (reference.first, reference.last)
    return by(
        made.at(days=days, precision=Precision.VAGUE, reason='"now" is the time of writing, how wide is not said'),
        reference,
    )


def _clock(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    """A time of day without its day: of the day last named in the paragraph, else of the day of writing."""
    moment = meaning.moment
    placed, answer = _day_for(context, found)
    if placed is None:
        reason = "nothing says on which day"
        return Answer(value=moment.value(), type="TIME", reason=reason)
    day = placed.coarse("day").at(hour=moment.hour, minute=moment.minute, second=moment.second, zone=moment.zone)
    made = of_moment(day, anchor=answer.anchor, anchor_words=answer.anchor_words)
    return either_half(made) if meaning.name == HALF_DAY else made


def either_half(answer: Answer) -> Answer:
    """Return an hour of a dial of twelve as what it is: a day, before or after noon."""
    if answer.days is None:
        return answer
    return answer.at(
        edtf=spell(*answer.days), precision=Precision.DAY, reason="before noon or after it: which half is not said"
    )


def _day_for(context: Context, found: Found) -> tuple[Moment | None, Answer]:
    mention = mention_for(context, "day")
    reference = context.reference
    if (
        reference is not None
        and reference.a_day
        and context.text[max(found.start - _BULLET, 0) : found.start].rstrip(" •-*").endswith("\n")
    ):
        mention = None  # an entry of a log that begins with its hour
    if mention is not None and (context.narrative or mention.start >= context.paragraph or _recent(mention, reference)):
        return mention.moment, from_mention(Answer(value=""), mention, context)
    if reference is not None and reference.a_day and not context.narrative:
        return Moment.of(reference.first), by(Answer(value=""), reference)
    if reference is not None and not context.narrative:
        return None, Answer(value="")
    return None, Answer(value="")


def _recent(mention: Mentioned, reference: Reference | None) -> bool:
    """A report of the last days tells their hours: the day that it named last, not that of writing."""
    day = mention.moment.date
    return reference is None or (day is not None and 0 <= (reference.first - day).days <= _REPORTED_DAYS)


def _part(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    if meaning.name == "manner":
        return Answer(value=f"XXXX-XX-XXT{meaning.part}", type="TIME", reason="a part of no named day")
    placed, answer = _day_for(context, found)
    if placed is None:
        return Answer(value=f"XXXX-XX-XXT{meaning.part}", type="TIME", reason="nothing says on which day")
    made = of_moment(placed.coarse("day").at(part=meaning.part))
    return made.at(anchor=answer.anchor, anchor_words=answer.anchor_words)


OPERATIONS: dict[str, Operation] = {
    "near": _near,
    "same": _same,
    "follow": _follow,
    "weekday": _weekday,
    "near_season": _near_season,
    "set": _set,
    "reference": _reference,
    "clock": _clock,
    "part": _part,
}
"""What this module resolves, by the `op` of the meaning."""
