"""From a meaning to an answer: each way of pointing into the calendar has one function here or in `resolver_near`."""

from collections.abc import Callable

from pactwatch.model import Precision
from pactwatch.resolve.times import resolver_length as lengths
from pactwatch.resolve.times import resolver_lunar as lunar
from pactwatch.resolve.times import resolver_near as near
from pactwatch.resolve.times import resolver_week as weeks
from pactwatch.resolve.times.answer import Answer, of_days, of_moment
from pactwatch.resolve.times.days import month_end, plus_days
from pactwatch.resolve.times.feasts import feasts
from pactwatch.resolve.times.meaning import Found, Meaning
from pactwatch.resolve.times.moment import Days, Moment, precision_of, spell
from pactwatch.resolve.times.reference import Context, Mentioned, Reference
from pactwatch.resolve.times.years import both_ends, fits, month_day, nearest

MUCH_NEARER = "the verb is no safe sign here: the other year's date is so much nearer to the day of writing"
NO_REFERENCE = "nothing says when the text was written"
_CARRY_CODE_POINTS = 220  # about two sentences: so far a year that was written out is taken to hold for the next date
_TWO_MONTHS_DAYS = 62
_A_YEAR_DAYS = 370  # a day of the year, a week about
_TODAY = Meaning(op="near", unit="day")


def resolve(found: Found, context: Context, direction: str) -> Answer:
    """Return what an expression comes to at its place in the text. `direction` is `past`, `future` or empty."""
    return _resolve(found.meaning, context, direction, found)


def _resolve(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    return _OPERATIONS[meaning.op](meaning, context, meaning.hint or direction, found)


def _calendar(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    moment = meaning.moment
    if moment.year is not None or moment.decade is not None or moment.century is not None:
        odd = _weekday_differs(moment)
        return of_moment(moment.at(weekday=None), mod=meaning.mod, anchor="calendar", explicit=True, reason=odd)
    if moment.month is None and moment.day is not None:
        return _day_of_month(moment, context, direction)
    if context.narrative:
        return near.carried(moment, context)
    twin = context.twins.get((moment.month or 0, moment.day or 0))
    if twin is not None and (moment.weekday is None or twin.moment.date is None):
        placed = twin.moment.at(mod=moment.mod)
        return of_moment(placed, anchor="expression", anchor_words=context.quote(twin))
    if meaning.base == "strict" and context.reference is not None:
        return _other_month(moment, context.reference, direction)
    close = _close_year(context, found)
    if close is not None and moment.day is not None and direction != "future":
        return _after_mention(moment, context, close)
    return _by_reference(moment, context, direction)


def _other_month(moment: Moment, reference: Reference, direction: str) -> Answer:
    """ "Last May", "next March": the nearest one that is not the month of writing itself."""
    past = direction == "past"
    edge = (
        plus_days(reference.first.replace(day=1), -1) if past else month_end(reference.last.year, reference.last.month)
    )
    days = nearest(fits(moment), edge if past else plus_days(edge, 1), direction)
    if days is None:
        return near.unknown(moment, "no year near the day of writing has such a month")
    return _anchored(of_moment(moment.at(year=days[0].year)), reference)


def _no_day(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    return near.unknown(meaning.moment, "the calendar has no such day")


def _weekday_differs(moment: Moment) -> str:
    day = moment.date
    if day is None or moment.weekday is None or day.isoweekday() == moment.weekday:
        return ""
    return f"the weekday does not fit: that day is a {day:%A}"


def _close_year(context: Context, found: Found) -> Mentioned | None:
    """An earlier date with its year written out, near enough to hold, in another year than that of writing."""
    mention = context.last_year
    if mention is None or found.start - mention.end > _CARRY_CODE_POINTS or mention.moment.month is None:
        return None
    reference = context.reference
    year = mention.moment.year or 0
    return None if reference is not None and year >= reference.first.year else mention


def _after_mention(moment: Moment, context: Context, mention: Mentioned) -> Answer:
    """The first such day from an earlier date on: a story is told forwards."""
    base = mention.moment.days()
    days = nearest(fits(moment), base[0], "future") if base else None
    if days is None or not base:
        return near.unknown(moment, "the year is not said")
    placed = moment.at(year=days[0].year, weekday=None)
    return of_moment(placed, anchor="expression", anchor_words=context.quote(mention))


def _by_reference(moment: Moment, context: Context, direction: str) -> Answer:
    reference = context.reference
    if reference is None:
        return near.carried(moment, context) if context.last_year else _unyeared(moment)
    found = both_ends(fits(moment), reference, direction)
    if moment.weekday and moment.day and _far(found, reference):
        return _misfit(moment, reference, direction)
    if not found:
        return near.unknown(moment, "no year near the day of writing has such a day")
    placed = [moment.at(year=days[0].year, weekday=None) for days in found]
    if len(placed) == 1:
        made = _anchored(of_moment(placed[0]), reference)
        return made.at(reason=MUCH_NEARER) if found[0] != nearest(fits(moment), reference.last, direction) else made
    edtfs = ",".join(sorted(filter(None, (one.edtf() for one in placed))))
    whole = (found[0][0], found[-1][1])
    several = Answer(
        value=moment.value(),
        days=whole,
        edtf=f"[{edtfs}]" if "/" not in edtfs else spell(*whole),
        precision=precision_of(moment),
    )
    return _anchored(several, reference).at(reason="the period of writing leaves two years open")


def _far(found: list[Days], reference: Reference) -> bool:
    """No year near the day of writing has that day on that weekday."""
    if (reference.last - reference.first).days > _TWO_MONTHS_DAYS:
        return False
    return all(abs((days[0] - reference.first).days) > _A_YEAR_DAYS for days in found)


def _misfit(moment: Moment, reference: Reference, direction: str) -> Answer:
    """Weekday and day contradict each other near the day of writing: the day stands, and the contradiction is said."""
    days = nearest(fits(moment.at(weekday=None)), reference.last, direction)
    if days is None or days != nearest(fits(moment.at(weekday=None)), reference.first, direction):
        return near.unknown(moment, "no year near the day of writing has that day on that weekday")
    placed = moment.at(year=days[0].year)
    odd = f"{_weekday_differs(placed)}; no year near the day of writing has it on that weekday"
    return _anchored(of_moment(placed.at(weekday=None)), reference).at(reason=odd)


def _unyeared(moment: Moment) -> Answer:
    if moment.weekday and moment.day:
        return near.unknown(moment, "several years have that day on that weekday, and nothing dates the text")
    return near.unknown(moment, NO_REFERENCE + ": the year is open")


def _anchored(answer: Answer, reference: Reference) -> Answer:
    return answer.at(anchor=reference.anchor, anchor_words=reference.words)


def _day_of_month(moment: Moment, context: Context, direction: str) -> Answer:
    """ "The 19th": of the month last named, or of that of writing."""
    day, mention = moment.day or 1, context.last
    use_mention = mention is not None and mention.moment.month is not None and mention.moment.year is not None
    if use_mention and mention is not None and (context.narrative or context.reference is None):
        placed = mention.moment.coarse("month").at(day=day)
        if placed.date is not None or placed.bc:
            return of_moment(placed, anchor="expression", anchor_words=context.quote(mention))
    if context.reference is None:
        return near.unknown(moment, NO_REFERENCE + ": month and year are open")
    reference = context.reference
    late = month_day(day, reference.last, direction, moment.weekday)
    early = month_day(day, reference.first, direction, moment.weekday)
    if late is None or early is None:
        return near.unknown(moment, "no month near the day of writing has such a day")
    if early == late or (direction == "past" and late >= reference.first):
        return _anchored(of_moment(Moment.of(late)), reference)
    if (late - early).days > _TWO_MONTHS_DAYS:
        return near.unknown(moment, "the period of writing leaves several months open")
    both = of_days((min(early, late), max(early, late)), moment.value(), Precision.DAY)
    spelled = f"[{min(early, late).isoformat()},{max(early, late).isoformat()}]"
    return _anchored(both.at(edtf=spelled, reason="the period of writing leaves two months open"), reference)


def _either(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    """Day and month could be changed about: both are kept; the one nearer to the day of writing is preferred."""
    one, other = meaning.moment, meaning.inner.moment if meaning.inner else meaning.moment
    dates = sorted(day for day in (one.date, other.date) if day)
    preferred = one
    if context.reference and one.date and other.date:
        middle = context.reference.last
        preferred = min((one, other), key=lambda m: abs(((m.date or middle) - middle).days))
    spelled = ",".join(day.isoformat() for day in dates)
    return Answer(
        value=preferred.value(),
        moment=preferred,
        days=(dates[0], dates[-1]),
        edtf=f"[{spelled}]",
        precision=Precision.DAY,
        anchor="calendar",
        reason="day first or month first: the figures may be read in two ways",
    )


def _of_year(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    """A day or month of "this year", "that year"."""
    year = _resolve(meaning.inner or _TODAY, context, direction, found)
    if year.moment is None or year.moment.year is None:
        reason = "the year is that of writing, and nothing says which that is"
        return near.unknown(meaning.moment, year.reason or reason)
    placed = meaning.moment.at(year=year.moment.year, weekday=None)
    if placed.day is not None and not placed.bc and placed.days() is None:
        return near.unknown(meaning.moment, f"{placed.year} has no such day").at(anchor=year.anchor)
    return of_moment(placed, anchor=year.anchor, anchor_words=year.anchor_words)


def _feast(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    feast = feasts()[meaning.name]
    year = meaning.moment.year
    anchor, words = "calendar", None
    if year is None and context.narrative and context.last and context.last.moment.year:
        year, anchor, words = context.last.moment.year, "expression", context.quote(context.last)
    if year is not None:
        days = feast.days(year) if 1 <= year <= 9998 else None
    elif context.reference is not None:
        days = nearest(feast.days, context.reference.last, direction)
        anchor, words = context.reference.anchor, context.reference.words
    else:
        return near.unknown(Moment(month=None, day=None), NO_REFERENCE)
    if days is None:
        return Answer(value="XXXX", reason="the feast does not fall in that year")
    return _feast_days(days, feast.uncertain, anchor).at(anchor_words=words)


def _feast_days(days: tuple, uncertain: bool, anchor: str) -> Answer:  # type: ignore[type-arg]
    if days[0] == days[1]:
        return of_moment(Moment.of(days[0]), anchor=anchor)
    middle = plus_days(days[0], (days[1] - days[0]).days // 2)
    if uncertain:
        made = of_days(days, middle.isoformat(), Precision.DAY, anchor=anchor, moment=Moment.of(middle))
        return made.at(reason="the sighting of the moon may move it by a day")
    return of_days(days, days[0].isoformat(), Precision.WEEK, anchor=anchor, moment=Moment.of(days[0]))


def _named(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    """An event that the case or the user has dated."""
    first, last = meaning.moment, meaning.inner.moment if meaning.inner else meaning.moment
    anchor = f"event:{meaning.name}"
    if first == last or first.date is None or last.date is None:
        return of_moment(first, anchor=anchor)
    return of_days((first.date, last.date), first.value(), Precision.DAY, anchor=anchor, moment=first)


def _half_month(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    whole = _calendar(Meaning(op="calendar", moment=meaning.moment), context, direction, found)
    if whole.moment is None or whole.days is None or whole.moment.year is None:
        return whole
    year, month = whole.moment.year, whole.moment.month or 1
    first = whole.moment.at(day=1).date
    end = month_end(year, month)
    if first is None:
        return whole
    days = (first, first.replace(day=15)) if meaning.step == 1 else (first.replace(day=16), end)
    made = of_days(days, whole.value, Precision.WEEK, moment=whole.moment, reason=whole.reason)
    return made.at(anchor=whole.anchor, anchor_words=whole.anchor_words)


def _bare_bc(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    if not context.bc:
        return Answer(value="", reason="not a year")
    return of_moment(meaning.moment, anchor="expression", anchor_words=context.quote(context.last_year), explicit=True)


def _part_of(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    day = _resolve(meaning.inner or _TODAY, context, direction, found)
    if day.moment is None or day.moment.day is None:
        return day.at(type="TIME", value=f"{day.value}T{meaning.part}" if "T" not in day.value else day.value)
    placed = day.moment.at(part=meaning.part, hour=None, minute=None)
    return of_moment(placed, anchor=day.anchor, anchor_words=day.anchor_words, explicit=day.explicit)


def _clock_on(meaning: Meaning, context: Context, direction: str, found: Found) -> Answer:
    day = _resolve(meaning.inner or _TODAY, context, direction, found)
    if meaning.moment.hour is None:
        return _part_of(meaning.at(part=meaning.part or "MO"), context, direction, found)
    if day.moment is None or day.moment.day is None:
        return day.at(type="TIME", value=f"{day.value}T{meaning.moment.hour:02d}:{meaning.moment.minute or 0:02d}")
    clock = meaning.moment
    placed = day.moment.at(hour=clock.hour, minute=clock.minute, second=clock.second, zone=clock.zone, part=None)
    made = of_moment(placed, anchor=day.anchor, anchor_words=day.anchor_words, explicit=day.explicit)
    return near.either_half(made) if meaning.name == near.HALF_DAY else made


_OPERATIONS: dict[str, Callable[[Meaning, Context, str, Found], Answer]] = {
    "calendar": _calendar,
    "no_day": _no_day,
    "either": _either,
    "of_year": _of_year,
    "feast": _feast,
    "named": _named,
    "half_month": _half_month,
    "bare_bc": _bare_bc,
    "part_of": _part_of,
    "clock_on": _clock_on,
    **near.OPERATIONS,
    **lengths.operations(_resolve),
    **weeks.operations(_resolve),
    **lunar.operations(_resolve),
}
