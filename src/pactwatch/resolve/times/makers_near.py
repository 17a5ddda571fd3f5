"""Makers of times that are told from another time: today, last week, that night, two days later, the end of May."""

from pactwatch.resolve.times.grammar import Match
from pactwatch.resolve.times.makers import Made, edge_of, month_of, weekday_of
from pactwatch.resolve.times.meaning import Meaning
from pactwatch.resolve.times.moment import Moment


def unit_of(match: Match) -> str:
    """Return the unit that a match names, in the singular; a fixed one where the rule gives it."""
    return match.rule.given.get("unit") or match.value("u", "unit", "units") or "day"


def part_of_words(match: Match) -> str:
    """Return TIMEX3's part of the day that a match names; empty for none."""
    return match.rule.given.get("part") or match.value("p", "part") or ""


def near(match: Match) -> Made:
    """So many units from the day of writing: "yesterday", "last week", "this year"."""
    unit = unit_of(match)
    if unit in ("night", "second", "minute", "hour") and not match.rule.given.get("unit"):
        return None
    if unit == "day" and match.has("next"):
        return Meaning(op="follow", unit="day", step=1)
    part = part_of_words(match)
    kind = "TIME" if part else "DATE"
    return Meaning(op="near", type=kind, unit=unit, step=match.rule.given.get("step", 0), part=part, mod=edge_of(match))


def span(match: Match) -> Made:
    """ "The past week": a length of time that ends at the day of writing."""
    step = match.rule.given["step"]
    return duration_meaning(unit_of(match), 1.0).at(op="span", step=step)


def same(match: Match) -> Made:
    """The unit in which the last named day lies: "that year", "the same night"."""
    unit, part = unit_of(match), part_of_words(match)
    if unit in ("second", "minute", "hour", "quarter"):
        return None
    if unit == "night":
        unit, part = "day", "NI"
    return Meaning(op="same", type="TIME" if part else "DATE", unit=unit, part=part)


def that_time(match: Match) -> Made:
    """ "At the same time", "the dry season": a time with no date of its own; marked in histories only."""
    return Meaning(op="reference", type="DATE", value="PRESENT_REF" if match.has("this") else "XXXX", name="adjective")


def within(match: Match) -> Made:
    """A part of the unit in which the last named day lies: "later that year", "the end of the month"."""
    unit = unit_of(match)
    if unit in ("night", "second", "minute", "hour", "day", "quarter"):
        return None
    mod = edge_of(match)
    if match.has("late", "latter"):
        mod = "END"
    elif match.has("early"):
        mod = "START"
    op = "near" if match.has("this") else "same"
    base = "" if match.has("that", "same") else "reference"
    return Meaning(op=op, unit=unit, mod=mod, base=base)


def follow(match: Match) -> Made:
    """One unit after or before the last named day: "the next day", "the previous year"."""
    unit, part = unit_of(match), part_of_words(match)
    if unit in ("second", "minute", "hour", "night"):
        return None
    return Meaning(op="follow", type="TIME" if part else "DATE", unit=unit, step=match.rule.given["step"], part=part)


def weekday(match: Match) -> Made:
    """A weekday; which one, the tense of the sentence says."""
    if match.value("w", "weekday_name") and _names_on(match):
        return None
    moment = Moment(weekday=weekday_of(match))
    strict = "strict" if match.words("w") and match.has("last", "next", "past") else ""
    return Meaning(op="weekday", moment=moment, hint=match.rule.given.get("hint", ""), base=strict)


def _names_on(match: Match) -> bool:
    """ "On Sun Street": a word that is also a name goes on as one."""
    at = match.items.last[match.found.end() - 1] + 1
    after = match.tokens.words(at) if at < len(match.tokens.spans) else ""
    return match.tokens.groups[at - 1] == "word" and after[:1].isupper() and len(after) > 1


def near_month(match: Match) -> Made:
    """ "Last April": the latest one before the day of writing."""
    step = match.rule.given["step"]
    side = "past" if step < 0 else "future"
    return Meaning(op="calendar", moment=Moment(month=month_of(match)), hint=side, base="strict")


def near_season(match: Match) -> Made:
    """ "Last winter", "this spring", "next summer"."""
    moment = Moment(season=match.value("s", "season", "season_weak"))
    return Meaning(op="near_season", moment=moment, step=match.rule.given["step"])


def edge(match: Match) -> Made:
    """A beginning, middle or end of something longer than a day."""
    inner = match.inner("x")
    if inner is None or inner.meaning.type == "TIME" or inner.meaning.op == "reference" or inner.meaning.unit == "day":
        return None
    mod = edge_of(match)
    return inner.meaning.at(mod=mod, moment=inner.meaning.moment.at(mod=mod))


def edge_day(match: Match) -> Made:
    """ "Early Tuesday": the day, with TIMEX3's mod; the interval stays the whole day."""
    found = match.inner("x")
    return (
        None
        if found is None or found.meaning.op not in ("weekday", "calendar")
        else found.meaning.at(mod=edge_of(match))
    )


def inner(match: Match) -> Made:
    """Words about a time that change nothing in it: "later in 2031", "2031 alone"."""
    found = match.inner("x")
    return None if found is None or found.meaning.op == "reference" else found.meaning


def about(match: Match) -> Made:
    """A time that is only roughly so."""
    found = match.inner("x")
    if found is None:
        return None
    return found.meaning.at(mod="APPROX", moment=found.meaning.moment.at(mod="APPROX"))


def of_year(match: Match) -> Made:
    """A day or month whose year stands beside it as "this year", "of the same year"."""
    day, year = match.inner("x"), match.inner("v")
    if day is None or year is None or year.meaning.unit != "year" or day.meaning.op not in ("calendar", "hijri"):
        return None
    if day.meaning.moment.year is not None:
        return None
    if day.meaning.op == "hijri":
        return Meaning(op="hijri_in_year", moment=day.meaning.moment, inner=year.meaning)
    return Meaning(op="of_year", moment=day.meaning.moment, inner=year.meaning)


def part_of(match: Match) -> Made:
    """A part of a day that is named: "the night of 9 May", "Tuesday evening"."""
    day = match.inner("x")
    part = match.value("p", "part") or ("MO" if match.has("early", "small") else "")
    if day is not None and day.meaning.part == part == "MO" and match.has("early", "small"):
        return day.meaning  # "the early hours of this morning"
    if day is None or not part or day.meaning.part or (day.kind == "relative" and day.meaning.unit != "day"):
        return None
    if day.meaning.op == "calendar" and day.meaning.moment.day is None:
        return None
    if match.words("p") in ("noon", "midday"):
        return Meaning(op="clock_on", type="TIME", moment=Moment(hour=12, minute=0), inner=day.meaning)
    return Meaning(op="part_of", type="TIME", part=part, inner=day.meaning)


def clock_on(match: Match) -> Made:
    """A clock time with its day beside it."""
    day, clock = match.inner("x"), match.inner("c")
    if day is None or clock is None:
        return None
    if clock.meaning.op == "near" and clock.meaning.part and day.kind in ("day", "weekday"):
        return Meaning(op="part_of", type="TIME", part=clock.meaning.part, inner=day.meaning)  # "overnight on Friday"
    if clock.meaning.op not in ("clock", "part"):
        return None
    if day.kind == "relative" and (day.meaning.unit != "day" or day.meaning.op == "reference"):
        return None
    said = clock.meaning
    return Meaning(op="clock_on", type="TIME", moment=said.moment, part=said.part, name=said.name, inner=day.meaning)


def duration_meaning(unit: str, count: float | None, low: float = 0.0, high: float = 0.0, mod: str = "") -> Meaning:
    """Return a length of time; `low` and `high` bound a vague count."""
    type_ = "DURATION"
    return Meaning(
        op="duration", type=type_, unit=unit, count=count, low=low or (count or 0), high=high or (count or 0), mod=mod
    )


def _length(match: Match, name: str = "x") -> Meaning | None:
    found = match.inner(name)
    return found.meaning if found is not None and found.meaning.op == "duration" else None


def _shift(match: Match, sign: int, base: str, inner: Meaning | None = None, name: str = "") -> Made:
    length = _length(match)
    if length is None:
        return None
    return length.at(op="shift", type="DATE", step=sign, base=base, inner=inner, name=name, value="")


def ago(match: Match) -> Made:
    """A length of time before the day of writing; "two years ago tomorrow" counts from tomorrow."""
    base = match.inner("r")
    if base is None:
        return _shift(match, -1, "reference")
    return (
        _shift(match, -1, "inner", base.meaning) if base.meaning.op == "near" and base.meaning.unit == "day" else None
    )


def hence(match: Match) -> Made:
    """A length of time after the day of writing."""
    return _shift(match, 1, "reference")


def later(match: Match) -> Made:
    """A length of time after the last named day."""
    return _shift(match, 1, "focus")


def earlier(match: Match) -> Made:
    """A length of time before the last named day."""
    return _shift(match, -1, "focus")


def after_date(match: Match) -> Made:
    """A length of time after a day that is named."""
    return _from_date(match, 1)


def before_date(match: Match) -> Made:
    """A length of time before a day that is named."""
    return _from_date(match, -1)


def eve(match: Match) -> Made:
    """The day before a day that is named."""
    day = match.inner("d")
    return (
        None
        if day is None
        else duration_meaning("day", 1.0).at(op="shift", type="DATE", step=-1, base="inner", inner=day.meaning)
    )


def _from_date(match: Match, sign: int) -> Made:
    day = match.inner("d")
    if day is not None and day.meaning.value == "PRESENT_REF" and match.has("from") and sign > 0:
        return _shift(match, 1, "reference")  # "three months from now"
    if day is None or day.meaning.op == "reference":
        return None
    if match.has("from") and day.kind == "day":
        length = _length(match)
        return None if length is None else length.at(op="run", inner=day.meaning)
    return _shift(match, sign, "inner", day.meaning)


def after_event(match: Match) -> Made:
    """A length of time after the signing of an agreement: the agreement file says when that was."""
    return _shift(match, 1, "event", name="signed")


def event(match: Match) -> Made:
    """The signing of an agreement, as a day to count from."""
    signing = match.index("s") is not None
    pact = match.value("p", "pact") or "agreement"
    if not signing and pact == "truce":
        return None  # when a truce began is a matter of its clauses, not of the signing
    return Meaning(op="event", unit="day", name=pact)


def d_plus(match: Match) -> Made:
    """ "D+10": ten days after the day from which an agreement counts."""
    days = float(match.value("n", "integer"))
    return Meaning(op="shift", unit="day", count=days, low=days, high=days, step=1, base="event", name="signed")


def past_span(match: Match) -> Made:
    """A length of time that ends at the day of writing."""
    return _near_span(match, -1)


def next_span(match: Match) -> Made:
    """A length of time that begins at the day of writing."""
    return _near_span(match, 1)


def _near_span(match: Match, sign: int) -> Made:
    length = _length(match)
    if length is None:
        unit = match.value("u", "units")
        length = duration_meaning(unit, None, 2.0, 5.0) if unit else None
    if length is None:
        return None
    name = "recent" if match.has("recent") else ""
    base = "focus" if match.has("previous", "preceding", "following") else "reference"
    return length.at(op="span", step=sign, name=name, base=base)


def inner_span(match: Match) -> Made:
    """ "The first two months of 2031": so much at the beginning or the end of something."""
    whole, length = match.inner("d"), _length(match)
    if whole is None:
        return None
    unit = match.value("u", "units") or "week"
    length = length or duration_meaning(unit, None if match.has(*_plurals(match)) else 1.0, 1.0, 5.0)
    return length.at(op="inner_span", step=-1 if match.has("last") else 1, inner=whole.meaning)


def _plurals(match: Match) -> tuple[str, ...]:
    return (match.words("u"),) if match.words("u") else ()


def first_unit(match: Match) -> Made:
    """ "The last day of May"."""
    whole = match.inner("d")
    unit = match.value("u", "unit")
    if whole is None or unit not in ("day", "week", "month", "weekend"):
        return None
    if whole.meaning.op == "hijri":
        first = unit == "day" and not match.has("last")
        return whole.meaning.at(moment=whole.meaning.moment.at(day=1)) if first else None
    return Meaning(op="first_unit", unit=unit, step=-1 if match.has("last") else 1, inner=whole.meaning)
