"""Resolving what is told from the day of writing or from an earlier mention: yesterday, that night, two days later."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from pactwatch.model import Precision
from pactwatch.resolve.times.answer import Answer, of_days, of_moment
from pactwatch.resolve.times.days import plus_days, plus_months, week_start
from pactwatch.resolve.times.meaning import Found, Meaning
from pactwatch.resolve.times.moment import Moment, precision_of, week_of
from pactwatch.resolve.times.reference import Context, Mentioned, Reference
from pactwatch.resolve.times.story import year_for
from pactwatch.resolve.times.years import fits, nearest, weekday_near

Resolve = Callable[[Meaning, Context, str, Found], Answer]
Operation = Callable[[Meaning, Context, str, Found], Answer]

NO_REFERENCE = "nothing says when the text was written"
NO_MENTION = "no earlier date in the text to count from"
A_LENGTH = "a length of time, not a date"
_DAY_UNITS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "weekend": 7}
_ISO_UNITS = {
    "second": ("T", "S"),
    "minute": ("T", "M"),
    "hour": ("T", "H"),
    "day": ("", "D"),
    "night": ("", "D"),
    "weekend": ("", "W"),
    "week": ("", "W"),
    "fortnight": ("", "W"),
    "month": ("", "M"),
    "quarter": ("", "M"),
    "year": ("", "Y"),
    "decade": ("", "DE"),
    "century": ("", "CE"),
}


def unknown(moment: Moment, reason: str) -> Answer:
    """Return the answer that there is none, with the TIMEX3 value as far as the words go."""
    return Answer(value=moment.value(), type="TIME" if moment.part or moment.hour is not None else "DATE", reason=reason)


def carried(moment: Moment, context: Context) -> Answer:
    """Return a date whose year is that of the last date named, with those words as its anchor."""
    if context.story is None:
        return unknown(moment, "the year is not said, and no earlier date says it")
    placed = moment.at(year=year_for(context.story, moment), weekday=None)
    return of_moment(placed, anchor="expression", anchor_words=context.story_quote())


def _by(answer: Answer, reference: Reference) -> Answer:
    return answer.at(anchor=reference.anchor, anchor_words=reference.words)


def _from(answer: Answer, mention: Mentioned, context: Context) -> Answer:
    return answer.at(anchor="expression", anchor_words=context.quote(mention))


# ---- from the day of writing ---------------------------------------------------------------------------------------


def _near(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    if context.narrative:
        return _near_in_history(meaning, context)
    reference = context.reference
    if reference is None:
        return Answer(value=_open_value(meaning), type=meaning.type, reason=NO_REFERENCE)
    if meaning.unit == "day":
        return _by(_near_day(meaning, reference), reference)
    first, last = (_unit_at(day, meaning) for day in (reference.first, reference.last))
    if first == last:
        return _by(of_moment(first.at(mod=meaning.mod or first.mod)), reference)
    days = (first.days(), last.days())
    if not (days[0] and days[1]):
        return _by(Answer(value=_open_value(meaning), reason="outside the calendar"), reference)
    whole = of_days((days[0][0], days[1][1]), _open_value(meaning), precision_of(first))
    if meaning.step == 0:  # "this week" of a text that is dated to a month lies near that month, not outside it
        whole = of_moment(reference.moment) if reference.moment.year else whole
    return _by(whole.at(reason="the day of writing is not known"), reference)


def _near_day(meaning: Meaning, reference: Reference) -> Answer:
    if reference.a_day:
        moment = Moment.of(plus_days(reference.first, meaning.step)).at(part=meaning.part or None, mod=meaning.mod)
        return of_moment(moment)
    if meaning.step == 0 and reference.moment.year is not None:
        made = of_moment(reference.moment)
    else:
        days = (plus_days(reference.first, meaning.step), plus_days(reference.last, meaning.step))
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
    plain = {"day": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX", "weekend": "XXXX-WXX-WE"}.get(meaning.unit, "XXXX")
    return f"{plain}T{meaning.part}" if meaning.part else plain


def _near_in_history(meaning: Meaning, context: Context) -> Answer:
    """In a history "this year" is the year that is being told; "today" is the reader's."""
    if meaning.unit == "day" and meaning.step == 0 and not meaning.part:
        return Answer(value="PRESENT_REF", reason="a history has no day of its own")
    return _follow(meaning, context, "", None)


# ---- from an earlier mention ---------------------------------------------------------------------------------------


def _mention(context: Context, unit: str) -> Mentioned | None:
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
    mention = _mention(context, unit)
    if mention is None:
        return _no_mention(meaning, context)
    made = _coarse(mention.moment, unit)
    if made is None:
        return _from(Answer(value=_open_value(meaning), type=meaning.type, reason=NO_MENTION), mention, context)
    made = made.at(part=meaning.part or None, mod=meaning.mod)
    return _from(of_moment(made), mention, context)


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
    mention = _mention(context, unit)
    if mention is None:
        return _no_mention(meaning, context)
    moment = mention.moment
    if unit in ("decade", "century"):
        whole = _coarse(moment, unit)
        moved = whole and _stepped(whole, meaning.step)
        return _from(of_moment(moved), mention, context) if moved else _no_mention(meaning, context)
    if _coarse(moment, unit) is None:
        return _no_mention(meaning, context)
    moved = (_coarse(moment, unit) or moment).shifted(unit, meaning.step)
    return _from(of_moment(moved.at(part=meaning.part or None)), mention, context)


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
        return _from(of_moment(Moment.of(weekday_near(weekday, base, direction, strict=strict))), mention, context)
    reference = context.reference
    if not reference.a_day:
        return _by(_weekday_open(meaning, reference), reference)
    day = weekday_near(weekday, reference.first, direction, strict=strict)
    made = of_moment(Moment.of(day))
    if reference.first.isoweekday() == weekday and not strict:
        other = plus_days(day, 7 if direction == "future" else -7)
        made = made.at(reason=f"the text was written on a {day:%A}: {other.isoformat()} could be meant too; the same day is preferred")
    return _by(made, reference)


def _weekday_open(meaning: Meaning, reference: Reference) -> Answer:
    value = Moment(weekday=meaning.moment.weekday).value()
    if reference.moment.month is None:
        return Answer(value=value, reason="the text is dated to no single week")
    days = reference.moment.days() or (reference.first, reference.last)
    made = of_days(days, value, Precision.MONTH)
    return made.at(reason="the text is dated to a month: which of its weeks is open")


def _near_season(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    season = Moment(season=meaning.moment.season)
    if context.narrative:
        mention = _mention(context, "year")
        if mention is None or mention.moment.year is None:
            return unknown(season, NO_MENTION)
        shift = meaning.step if meaning.step > 0 else 0
        return _from(of_moment(season.at(year=mention.moment.year + shift)), mention, context)
    if context.reference is None:
        return unknown(season, NO_REFERENCE)
    at = context.reference.last
    side = {-1: "past", 0: "", 1: "future"}[meaning.step]
    days = nearest(fits(season), plus_days(at, 30 * meaning.step), side)
    return _by(of_moment(season.at(year=days[0].year)), context.reference) if days else unknown(season, NO_REFERENCE)


# ---- lengths of time -----------------------------------------------------------------------------------------------


def length_value(meaning: Meaning) -> str:
    """Return the TIMEX3 value of a length of time."""
    if meaning.value:
        return meaning.value
    time, letter = _ISO_UNITS[meaning.unit]
    if meaning.count is None:
        return f"P{time}X{letter if letter not in ('DE', 'CE') else letter}"
    count = meaning.count * {"fortnight": 2, "quarter": 3}.get(meaning.unit, 1)
    if meaning.unit == "decade":
        count, letter = count * 10, "Y"
    return f"P{time}{count:g}{letter}"


def _duration(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    return Answer(value=length_value(meaning), type="DURATION", mod=meaning.mod, reason=A_LENGTH)


def back(day: dt.date, meaning: Meaning, count: float) -> dt.date:
    """Return the day `count` of the meaning's units from `day` (negative: earlier)."""
    if meaning.unit in _DAY_UNITS:
        return plus_days(day, round(count * _DAY_UNITS[meaning.unit]))
    if meaning.unit in ("hour", "minute", "second"):
        per_day = {"hour": 24, "minute": 1440, "second": 86400}[meaning.unit]
        days = count / per_day
        return plus_days(day, int(days) if abs(days) >= 1 else (0 if days >= 0 else -1) if abs(count) > per_day / 4 else 0)
    months = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[meaning.unit]
    if not -100_000 < count * months < 100_000:
        return dt.date.max if count > 0 else dt.date.min
    return plus_months(day, round(count * months)) if 12 < day.year * 12 + count * months < 9998 * 12 else day


def _span(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    """ "The past week": from so long before the day of writing up to it. "Recent weeks" names no interval."""
    value = length_value(meaning)
    made = Answer(value=value, type="DURATION", mod=meaning.mod, reason=A_LENGTH)
    reference = context.reference
    if context.narrative or meaning.base == "focus":
        return made
    if reference is None or meaning.name == "recent":
        return made.at(reason=NO_REFERENCE if reference is None else "how recent is not said")
    precision = Precision.VAGUE if meaning.count is None else _length_precision(meaning)
    if not reference.a_day and meaning.unit not in ("year", "decade", "century", "month"):
        days = (reference.first, reference.last)
    elif meaning.step < 0:
        days = (back(reference.first, meaning, -meaning.high), reference.last)
    else:
        days = (reference.first, back(reference.last, meaning, meaning.high))
    reason = "how many is not said" if meaning.count is None else ""
    coarse = _coarsened(days, meaning)
    return _by(made.at(days=coarse, edtf=None, precision=precision, reason=reason), reference)


def _coarsened(days: tuple[dt.date, dt.date], meaning: Meaning) -> tuple[dt.date, dt.date]:
    return days


def _length_precision(meaning: Meaning) -> Precision:
    return {"week": Precision.WEEK, "month": Precision.MONTH, "year": Precision.YEAR}.get(meaning.unit, Precision.DAY)


def _shift(meaning: Meaning, context: Context, direction: str, found: Found, resolve: Resolve) -> Answer:
    """So long before or after the day of writing, an earlier mention, a named day, or the signing."""
    if meaning.base == "reference":
        return _ago(meaning, context)
    if meaning.base == "event":
        return _from_event(meaning, context)
    if meaning.base == "inner" and meaning.inner is not None:
        base = resolve(meaning.inner, context, direction, found)
        if base.moment is None:
            return base.at(reason=base.reason or NO_MENTION)
        return _moved(meaning, base.moment).at(anchor=base.anchor, anchor_words=base.anchor_words)
    mention = _mention(context, "day" if meaning.unit in _DAY_UNITS else meaning.unit)
    if mention is None:
        return Answer(value=_vague_value(meaning), reason=NO_MENTION)
    return _from(_moved(meaning, mention.moment), mention, context)


def _vague_value(meaning: Meaning) -> str:
    return {"day": "XXXX-XX-XX", "night": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}.get(meaning.unit, "XXXX")


def _moved(meaning: Meaning, base: Moment) -> Answer:
    if meaning.count is None:
        value = "FUTURE_REF" if meaning.step > 0 else "PAST_REF"
        days = base.days()
        if days is None:
            return Answer(value=value, reason="how many is not said")
        edges = sorted(back(days[0], meaning, meaning.step * count) for count in (meaning.low, meaning.high))
        made = of_days((edges[0], edges[1]), value, Precision.VAGUE)
        return made.at(reason="how many is not said")
    moved = base.shifted(meaning.unit, meaning.step * meaning.count)
    return of_moment(moved, mod=meaning.mod)


def _ago(meaning: Meaning, context: Context) -> Answer:
    reference = context.reference
    if context.narrative and context.last is not None:
        return _from(_moved(meaning, context.last.moment), context.last, context)
    if reference is None:
        return Answer(value=_vague_value(meaning), reason=NO_REFERENCE)
    if meaning.count is None or not reference.a_day:
        return _by(_ago_widely(meaning, reference), reference)
    if meaning.unit == "decade":
        return _by(of_moment(Moment(year=max(reference.first.year + round(meaning.step * meaning.count * 10), 1))), reference)
    return _by(_moved(meaning, reference.moment), reference)


def _ago_widely(meaning: Meaning, reference: Reference) -> Answer:
    """A vague count, or a day of writing that is known only within a period: the widest that both allow."""
    low, high = meaning.low, meaning.high
    first = back(reference.first, meaning, meaning.step * (high if meaning.step < 0 else low))
    last = back(reference.last, meaning, meaning.step * (low if meaning.step < 0 else high))
    precision = Precision.VAGUE if meaning.count is None else _length_precision(meaning)
    if meaning.unit in ("year", "decade", "century") and first.year == last.year:
        return of_moment(Moment(year=first.year))
    value = Moment(year=first.year, month=first.month).value() if first.year == last.year else f"{first.year:04d}"
    made = of_days((min(first, last), max(first, last)), value, precision)
    return made.at(reason="how many is not said" if meaning.count is None else "the day of writing is not known")


def _from_event(meaning: Meaning, context: Context) -> Answer:
    if not context.agreements:
        return Answer(value=_vague_value(meaning), reason="no agreement file says when the signing was")
    if len(context.agreements) > 1:
        return Answer(value=_vague_value(meaning), reason="several agreement files could be meant")
    agreement = context.agreements[0]
    base = Moment.of(agreement.signed)
    return _moved(meaning, base).at(anchor=f"agreement:{agreement.id}")


def _event(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    """The signing of an agreement: found only where an agreement file dates it."""
    wanted = [
        (agreement, instrument.signed)
        for agreement in context.agreements
        for instrument in agreement.instruments
        if ("protocol" in instrument.title.lower()) == (meaning.name == "protocol")
    ]
    if not wanted or len({agreement.id for agreement, _ in wanted}) > 1:
        return Answer(value="")
    agreement, signed = wanted[0]
    return of_moment(Moment.of(signed), anchor=f"agreement:{agreement.id}")


def _run(meaning: Meaning, context: Context, direction: str, found: Found, resolve: Resolve) -> Answer:
    """ "Six days from 22 June": so long, beginning with that day."""
    base = resolve(meaning.inner or Meaning(op="near", unit="day"), context, direction, found)
    if base.days is None or base.days[0] is None:
        return base
    last = plus_days(back(base.days[0], meaning, meaning.high), -1)
    days = (base.days[0], max(last, base.days[0]))
    made = of_days(days, length_value(meaning), Precision.DAY, type="DURATION", anchor=base.anchor)
    return made.at(anchor_words=base.anchor_words)


def _inner_span(meaning: Meaning, context: Context, direction: str, found: Found, resolve: Resolve) -> Answer:
    whole = resolve(meaning.inner or Meaning(op="near", unit="day"), context, direction, found)
    made = Answer(value=length_value(meaning), type="DURATION", reason=whole.reason)
    if whole.days is None or whole.days[0] is None or whole.days[1] is None:
        return made
    first, last = whole.days[0], whole.days[1]
    if meaning.step > 0:
        last = min(last, plus_days(back(first, meaning, meaning.high), -1))
    else:
        first = max(first, plus_days(back(last, meaning, -meaning.high), 1))
    if first > last:
        return made
    return made.at(days=(first, last), precision=Precision.VAGUE, anchor=whole.anchor, anchor_words=whole.anchor_words)


def _first_unit(meaning: Meaning, context: Context, direction: str, found: Found, resolve: Resolve) -> Answer:
    whole = resolve(meaning.inner or Meaning(op="near", unit="day"), context, direction, found)
    if whole.days is None or whole.days[0] is None or whole.days[1] is None:
        return whole
    day = whole.days[0] if meaning.step > 0 else whole.days[1]
    made = {"day": Moment.of(day), "month": Moment(year=day.year, month=day.month)}.get(meaning.unit, week_of(day))
    return of_moment(made, anchor=whole.anchor, anchor_words=whole.anchor_words)


# ---- sets, references, times of an unnamed day ---------------------------------------------------------------------


def _set(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    return Answer(value=meaning.value, type="SET", reason="how often, not when")


def _reference(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    made = Answer(value=meaning.value, reason="no more than that it is past, present or to come")
    if meaning.value != "PRESENT_REF" or context.narrative or context.reference is None:
        return made
    reference = context.reference
    days = (reference.first, reference.last)
    return _by(made.at(days=days, precision=Precision.VAGUE, reason='"now" is the time of writing, how wide is not said'), reference)


def _clock(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    """A time of day without its day: of the day last named in the paragraph, else of the day of writing."""
    moment = meaning.moment
    placed, answer = _day_for(context)
    if placed is None:
        reason = "nothing says on which day"
        return Answer(value=moment.value(), type="TIME", reason=reason)
    day = placed.coarse("day").at(hour=moment.hour, minute=moment.minute, second=moment.second, zone=moment.zone)
    return of_moment(day, anchor=answer.anchor, anchor_words=answer.anchor_words)


def _day_for(context: Context) -> tuple[Moment | None, Answer]:
    mention = _mention(context, "day")
    inside = mention is not None and mention.start >= context.paragraph
    if mention is not None and (inside or context.narrative):
        return mention.moment, _from(Answer(value=""), mention, context)
    reference = context.reference
    if reference is not None and reference.a_day and not context.narrative:
        return Moment.of(reference.first), _by(Answer(value=""), reference)
    if reference is not None and not context.narrative:
        return None, Answer(value="")
    return None, Answer(value="")


def _part(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    if meaning.name == "manner":
        return Answer(value=f"XXXX-XX-XXT{meaning.part}", type="TIME", reason="a part of no named day")
    placed, answer = _day_for(context)
    if placed is None:
        return Answer(value=f"XXXX-XX-XXT{meaning.part}", type="TIME", reason="nothing says on which day")
    made = of_moment(placed.coarse("day").at(part=meaning.part))
    return made.at(anchor=answer.anchor, anchor_words=answer.anchor_words)


def operations(resolve: Resolve) -> dict[str, Operation]:
    """Return the operations of this module; `resolve` is how they resolve a time inside their own."""
    return {
        "near": _near,
        "same": _same,
        "follow": _follow,
        "weekday": _weekday,
        "near_season": _near_season,
        "duration": _duration,
        "span": _span,
        "event": _event,
        "shift": partial(_shift, resolve=resolve),
        "run": partial(_run, resolve=resolve),
        "inner_span": partial(_inner_span, resolve=resolve),
        "first_unit": partial(_first_unit, resolve=resolve),
        "set": _set,
        "reference": _reference,
        "clock": _clock,
        "part": _part,
    }
