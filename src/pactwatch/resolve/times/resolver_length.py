"""Resolving lengths of time, and what is counted by them: three days ago, the past few weeks, six days from 22 June."""

import datetime as dt
from functools import partial

from pactwatch.model import Agreement, Precision
from pactwatch.resolve.times.answer import Answer, of_days, of_moment
from pactwatch.resolve.times.days import plus_days, plus_months
from pactwatch.resolve.times.meaning import ISO_UNITS, Found, Meaning
from pactwatch.resolve.times.moment import Moment, spell, week_of
from pactwatch.resolve.times.reference import Context, Reference
from pactwatch.resolve.times.resolver_near import (
    NO_MENTION,
    NO_REFERENCE,
    Operation,
    Resolve,
    by,
    from_mention,
    mention_for,
)

_ROUGH = {
    "APPROX": (0.75, 1.25),
    "LESS_THAN": (0.75, 1.0),
    "EQUAL_OR_LESS": (0.0, 1.0),
    "MORE_THAN": (1.0, 1.0),
    "EQUAL_OR_MORE": (1.0, 1.0),
}
"""What share of the length that is said may be meant: "about" is a quarter either way."""

A_LENGTH = "a length of time, not a date"
_DAY_UNITS = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "weekend": 7}


def length_value(meaning: Meaning) -> str:
    """Return the TIMEX3 value of a length of time."""
    if meaning.value:
        return meaning.value
    time, letter = ISO_UNITS[meaning.unit]
    if meaning.count is None:
        return f"P{time}X{letter}"
    count = meaning.count * {"fortnight": 2, "quarter": 3}.get(meaning.unit, 1)
    if meaning.unit == "hour" and count == 0.5:
        count, letter = 30, "M"
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
        return plus_days(
            day, int(days) if abs(days) >= 1 else (0 if days >= 0 else -1) if abs(count) > per_day / 4 else 0
        )
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
    longest = abs((back(reference.last, meaning, -meaning.high) - reference.last).days)
    if longest < (reference.last - reference.first).days:
        days = (reference.first, reference.last)  # no more than the period of writing itself can be said
    elif meaning.step < 0:
        days = (back(reference.first, meaning, -meaning.high), reference.last)
    else:
        days = (reference.first, back(reference.last, meaning, meaning.high))
    reason = "how many is not said" if meaning.count is None else ""
    open_end = (days[0], None) if meaning.count is None and meaning.step > 0 else days
    return by(made.at(days=open_end, precision=precision, reason=reason), reference)


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
        if meaning.inner.op == "near" and base.moment.date and meaning.count and meaning.unit in ("month", "year"):
            day = back(base.moment.date, meaning, meaning.step * meaning.count)
            return of_moment(Moment.of(day), anchor=base.anchor, anchor_words=base.anchor_words)
        return _moved(meaning, base.moment).at(anchor=base.anchor, anchor_words=base.anchor_words)
    mention = mention_for(context, "day" if meaning.unit in _DAY_UNITS else meaning.unit)
    if mention is None and meaning.step < 0 and not context.narrative and context.last is None:
        return _ago(meaning, context)  # "a year earlier", where no date was named before: than the day of writing
    if mention is None:
        return Answer(value=_vague_value(meaning), reason=NO_MENTION)
    return from_mention(_moved(meaning, mention.moment), mention, context)


def _vague_value(meaning: Meaning) -> str:
    return {"day": "XXXX-XX-XX", "night": "XXXX-XX-XX", "week": "XXXX-WXX", "month": "XXXX-XX"}.get(
        meaning.unit, "XXXX"
    )


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
    if meaning.name == "to the day" and base.date is not None:
        moved = Moment.of(back(base.date, meaning, meaning.step * meaning.count))
    return _roughly(of_moment(moved, mod=meaning.mod), meaning, base)


def _roughly(answer: Answer, meaning: Meaning, base: Moment) -> Answer:
    """ "About two weeks ago" is no single day, "more than a month ago" has an open end."""
    day, count = base.date, meaning.count or 0
    if not meaning.mod or day is None or answer.edtf is None:
        return answer
    near, far = (back(day, meaning, meaning.step * count * share) for share in _ROUGH[meaning.mod])
    first, last = min(near, far), max(near, far)
    open_end = meaning.mod in ("MORE_THAN", "EQUAL_OR_MORE")
    days = ((None, last) if meaning.step < 0 else (first, None)) if open_end else (first, last)
    fine = Precision.VAGUE if open_end else _length_precision(meaning)
    made = answer.at(days=days, edtf=spell(*days), precision=fine)
    return made.at(reason="only roughly so long")


def _ago(meaning: Meaning, context: Context) -> Answer:
    reference = context.reference
    if context.narrative and context.last is not None:
        return from_mention(_moved(meaning, context.last.moment), context.last, context)
    if reference is None:
        return Answer(value=_vague_value(meaning), reason=NO_REFERENCE)
    if meaning.count is None or not reference.a_day:
        return by(_ago_widely(meaning, reference), reference)
    if meaning.unit == "decade":
        return by(
            of_moment(Moment(year=max(reference.first.year + round(meaning.step * meaning.count * 10), 1))), reference
        )
    return by(_moved(meaning, reference.moment), reference)


def _ago_widely(meaning: Meaning, reference: Reference) -> Answer:
    """A vague count, or a day of writing that is known only within a period: the widest that both allow."""
    low, high = meaning.low, meaning.high
    first = back(reference.first, meaning, meaning.step * (high if meaning.step < 0 else low))
    last = back(reference.last, meaning, meaning.step * (low if meaning.step < 0 else high))
    precision = Precision.VAGUE if meaning.count is None else _length_precision(meaning)
    if meaning.unit in ("year", "decade", "century") and first.year == last.year:
        return of_moment(Moment(year=first.year))
    value = "FUTURE_REF" if meaning.step > 0 else "PAST_REF"
    if meaning.count is not None:
        value = Moment(year=first.year, month=first.month).value() if first.year == last.year else f"{first.year:04d}"
    made = of_days((min(first, last), max(first, last)), value, precision)
    return made.at(reason="how many is not said" if meaning.count is None else "the day of writing is not known")


def _from_event(meaning: Meaning, context: Context) -> Answer:
    if not context.agreements:
        return Answer(value=_vague_value(meaning), reason="no agreement file says when the signing was")
    if len(context.agreements) > 1:
        return Answer(value=_vague_value(meaning), reason="several agreement files could be meant")
    agreement = context.agreements[0]
    base = agreement.signed if meaning.name == "signed" else _in_force(agreement)
    if base is None:
        return Answer(value=_vague_value(meaning), reason="the agreement file does not say when it entered into force")
    return _moved(meaning, Moment.of(base)).at(anchor=f"agreement:{agreement.id}", base=base)


def _in_force(agreement: Agreement) -> dt.date | None:
    """The day on which an agreement entered into force, where its file says that."""
    days = [one.in_force for one in agreement.instruments if one.in_force]
    return min(days, default=None)


def _event(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    """The signing of an agreement: found only where an agreement file dates it."""
    if meaning.name == "in_force":
        return _force(context)
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


def _force(context: Context) -> Answer:
    """The entry into force of the one agreement at hand."""
    days = {(one.id, day) for one in context.agreements if (day := _in_force(one))}
    if len(days) != 1:
        return Answer(value="")
    ((name, day),) = days
    return of_moment(Moment.of(day), anchor=f"agreement:{name}")


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


def operations(resolve: Resolve) -> dict[str, Operation]:
    """Return the operations of this module; `resolve` is how they resolve a time inside their own."""
    return {
        "duration": _duration,
        "span": _span,
        "event": _event,
        "shift": partial(_shift, resolve=resolve),
        "run": partial(_run, resolve=resolve),
        "inner_span": partial(_inner_span, resolve=resolve),
        "first_unit": partial(_first_unit, resolve=resolve),
    }
