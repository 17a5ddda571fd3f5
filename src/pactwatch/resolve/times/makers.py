"""From a match of the grammar to a meaning. A maker returns None where the words turn out to be no time after all.

Makers of days, months and years are here; those of lengths of time, of sets and of clock times in `makers_more`.
"""

import re
from typing import Any

from pactwatch.resolve.times.days import day_or_none, hijri, solar_hijri
from pactwatch.resolve.times.feasts import feasts
from pactwatch.resolve.times.grammar import Match
from pactwatch.resolve.times.lexicon import neighbours
from pactwatch.resolve.times.meaning import Meaning
from pactwatch.resolve.times.moment import Moment

_CENTURY_PIVOT = 68  # of a year in two figures: POSIX takes 69–99 as 19xx and 00–68 as 20xx
_LONGEST_DAY = 31
_LUNAR_PAIRS = (3, 5)
_LONGEST_MONTH = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ISO = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?")
_DTG = re.compile(r"(\d\d)(\d\d)(\d\d)([A-Z]?) ?([A-Z]{3}) ?(\d\d)")
_NUMERIC = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BARE_YEARS = (1400, 2100)  # a bare number of four figures outside these is more often a count than a year

Made = Any
"""A `Meaning`, a list of (start, end, Meaning) of items, or None."""


def year_of(match: Match, name: str = "y", era: str = "era") -> int | None:
    """Return the astronomical year that a part names; None where it names none."""
    at = match.index(name)
    if at is None:
        return None
    words = match.tokens.words(at)
    figures = int(words.strip("'’"))
    short = len(words) == 2 and match.tokens.groups[at] == "number" and match.index(era) is None
    if match.tokens.groups[at] == "twoyear" or short:
        figures += 2000 if figures <= _CENTURY_PIVOT else 1900
    return 1 - figures if match.words(era).startswith("b") else figures


def _integer(match: Match, name: str, *classes: str) -> int | None:
    found = match.value(name, *classes)
    return None if found is None else int(found)


def month_of(match: Match, name: str = "m") -> int | None:
    """Return the month that a part names."""
    found = match.value(name, "month_abbr", "month_sure", "month_name", "month_lower", "monthnum")
    return int(found) if found is not None else None


def day_of(match: Match, name: str = "d") -> int | None:
    """Return the day of the month that a part names; None where it names none that exists."""
    at = match.index(name)
    if at is None:
        return None
    if match.tokens.groups[at] == "ordnum":
        return int(match.tokens.words(at)[:-2])
    return _integer(match, name, "daynum", "ordinal")


def weekday_of(match: Match) -> int | None:
    """Return the ISO weekday that a match names."""
    return _integer(match, "w", "weekday_abbr", "weekday_sure", "weekday_name", "weekday_lower")


def edge_of(match: Match) -> str:
    """Return TIMEX3's `mod` of "early", "the end of" and the like; empty for none."""
    return match.value("e", "early", "beginning") or ""


def calendar(match: Match) -> Made:
    """A day, month or year that is written out, as far as it is."""
    month, day = month_of(match), day_of(match)
    if match.index("d") is not None and (day is None or not 1 <= day <= _LONGEST_DAY):
        return None
    year = year_of(match)
    if day is not None and month is not None and not _exists(year, month, day):
        return Meaning(op="no_day", moment=Moment(year=year, month=month, day=day))
    if month is None and day is not None and _is_numbered(match):
        return None
    if match.rule.id == "month" and not _stands_alone(match):
        return None
    season = match.value("s", "season", "season_weak")
    weekday = weekday_of(match)
    before_era = year is not None and year <= 0
    moment = Moment(year=year, month=month, day=day, season=season, weekday=weekday, mod=edge_of(match), bc=before_era)
    at = match.index("y")
    name = "two figures" if at is not None and match.tokens.groups[at] == "twoyear" else ""
    return Meaning(op="calendar", moment=moment, name=name)


def _exists(year: int | None, month: int, day: int) -> bool:
    if day > _LONGEST_MONTH[month]:
        return False
    return year is None or year <= 0 or day_or_none(year, month, day) is not None


def _is_numbered(match: Match) -> bool:
    """ "By the 4th Brigade": an ordinal before a name or a noun that is counted through is no day."""
    at = match.items.last[match.found.end() - 1] + 1
    if at >= len(match.tokens.spans) or match.tokens.groups[at] != "word":
        return False
    after = match.tokens.words(at)
    named = after[0].isupper() and match.tokens.value(at, "month_sure") is None
    return named or after.lower() in neighbours()["numbered"]


def _stands_alone(match: Match) -> bool:
    """A month's name is no month in "April Smith said"; a capital after it, with no stop between, tells."""
    at = match.items.last[match.found.end() - 1]
    after = match.tokens.words(at + 1) if at + 1 < len(match.tokens.spans) else ""
    surname = after[:1].isupper() and after[1:].islower() and match.tokens.groups[at + 1] == "word" and len(after) > 2
    return not (surname and match.tokens.lower(at - 1) in ("", ".", ",", "mr", "mrs", "ms"))


def iso(match: Match) -> Made:
    """An ISO 8601 date, with or without a time."""
    found = _ISO.fullmatch(match.words("x").upper())
    if found is None:
        return None
    moment = Moment(year=int(found[1]), month=int(found[2]), day=int(found[3]))
    if moment.date is None:
        return Meaning(op="no_day", moment=moment)
    if found[4] is None:
        return Meaning(op="calendar", moment=moment)
    return _clocked(moment, int(found[4]), int(found[5]), found[7] or "", second=int(found[6]) if found[6] else None)


def _clocked(day: Moment, hour: int, minute: int, zone: str, second: int | None = None) -> Made:
    if hour > 24 or minute > 59:
        return None
    moment = day.at(hour=hour, minute=minute, second=second, zone=zone)
    return Meaning(op="calendar", type="TIME", moment=moment)


def date_time_group(match: Match) -> Made:
    """A military date-time group, DDHHMM, a letter for the zone (Z is UTC), month, year."""
    found = _DTG.fullmatch(match.tokens.words(match.index("x") or 0))
    if found is None or found[5].lower() not in _MONTHS:
        return None
    year = 2000 + int(found[6]) if int(found[6]) <= _CENTURY_PIVOT else 1900 + int(found[6])
    month = _MONTHS.index(found[5].lower()) + 1
    if day_or_none(year, month, int(found[1])) is None:
        return None
    day = Moment(year=year, month=month, day=int(found[1]))
    return _clocked(day, int(found[2]), int(found[3]), _military_zone(found[4]))


def _military_zone(letter: str) -> str:
    """Zulu is UTC, A–M (without J) run east, N–Y west, one hour a letter; J is local time, as no letter is."""
    if letter in ("", "J"):
        return ""
    if letter == "Z":
        return "Z"
    east = "ABCDEFGHIKLM".find(letter) + 1
    return f"+{east:02d}:00" if east else f"-{'NOPQRSTUVWXY'.find(letter) + 1:02d}:00"


def numeric(match: Match) -> Made:
    """A date in figures. Where day and month could be changed about, both are kept: the words do not say which."""
    found = _NUMERIC.fullmatch(match.words("x"))
    if found is None:
        return None
    first, second, year = int(found[1]), int(found[3]), int(found[4])
    if len(found[4]) == 2:
        year += 2000 if year <= _CENTURY_PIVOT else 1900
    if found[2] == "." and len(found[4]) == 2 and second > 12:
        return None
    readings = {day for day in (day_or_none(year, second, first), day_or_none(year, first, second)) if day}
    if not readings:
        return None
    if len(readings) == 1:
        return Meaning(op="calendar", moment=Moment.of(readings.pop()))
    day_first = Moment(year=year, month=second, day=first)
    return Meaning(
        op="either", moment=day_first, inner=Meaning(op="calendar", moment=Moment(year=year, month=first, day=second))
    )


def slashed(match: Match) -> Made:
    """A day and a month in figures, "19/05": taken day first, for the month could not be 19; else both are kept."""
    words = [match.words("d"), match.words("m")]
    if not all(len(w) == 2 for w in words) or match.tokens.lower((match.index("d") or 0) - 1) in (
        "/",
        "-",
        "no",
        "nr",
        "article",
    ):
        return None
    day, month = int(words[0]), int(words[1])
    if day > _LONGEST_MONTH[month]:
        return None
    return Meaning(op="calendar", moment=Moment(month=month, day=day))


def days(match: Match) -> Made:
    """Several days of one month, each an expression of its own; the last takes month and year with it."""
    month, year = month_of(match), year_of(match)
    places = [at for name in "abce" if (at := match.position(name)) is not None]
    numbers = [day for name in "abce" if (day := day_of(match, name)) is not None]
    if len(places) < 2 or len(places) != len(numbers) or any(not 1 <= n <= _LONGEST_MONTH[month or 1] for n in numbers):
        return None
    at_month = match.position("m") or 0
    moments = [Meaning(op="calendar", moment=Moment(year=year, month=month, day=number)) for number in numbers]
    spans = [(at, at + 1) for at in places]
    start, end = match.found.span()
    if at_month < places[0]:
        spans[0] = (start, spans[0][1])
        if year is not None:
            spans[-1] = (spans[-1][0], end)
    else:
        spans[-1] = (spans[-1][0], end)
        spans[0] = (start, spans[0][1])
    return [(low, high, moment) for (low, high), moment in zip(spans, moments, strict=True)]


def night(match: Match) -> Made:
    """The night between two days that follow one another: told by its first."""
    month, year = month_of(match), year_of(match)
    first, second = day_of(match, "a"), day_of(match, "b")
    if first is None or second is None or month is None or (second != first + 1 and second != 1):
        return None
    if second == 1 and first >= 28:
        month = month - 1 or 12
    day = Meaning(op="calendar", moment=Moment(year=year, month=month, day=first))
    return Meaning(op="part_of", type="TIME", part="NI", inner=day)


def part_of_day(match: Match) -> Made:
    """ "The night of the 23rd": its month is open."""
    day = day_of(match)
    if day is None or not 1 <= day <= _LONGEST_DAY:
        return None
    inner = Meaning(op="calendar", moment=Moment(day=day))
    return Meaning(op="part_of", type="TIME", part=match.value("p", "part") or "", inner=inner)


def months(match: Match) -> Made:
    """Several months, each an expression; a year after the last holds for all."""
    year = year_of(match)
    names = [name for name in "abc" if match.position(name) is not None]
    found = []
    for name in names:
        at = match.position(name) or 0
        end = match.found.end() if name == names[-1] else at + 1
        found.append((at, end, Meaning(op="calendar", moment=Moment(year=year, month=month_of(match, name)))))
    return found


def bare_year(match: Match) -> Made:
    """A number of four figures that stands as a year would."""
    year = match.value("y", "year")
    at = match.index("y") or 0
    before, after = match.tokens.lower(at - 1), match.tokens.lower(at + 1)
    if (
        not _BARE_YEARS[0] <= year <= _BARE_YEARS[1]
        or before in neighbours()["counted"]
        or (before == "." and at and _glued(match, at))
    ):
        return None
    if before in ("-", "–", "/") and match.tokens.groups[at - 2] == "word" and _glued(match, at):
        return (
            Meaning(op="calendar", moment=Moment(year=year))
            if match.tokens.lower(at - 2) in neighbours()["hyphened"]
            else None
        )
    if before in ("at", "yesterday", "tomorrow", "today") or after in ("hours", "hrs", "h"):
        return None
    if after == "on" and before in ("after", "by", "before", "until", "since", "from", "till"):
        return None
    if (
        after[:1].isalpha()
        and before not in neighbours()["before_year"]
        and after not in neighbours()["after_year"]
        and after.endswith("s")
    ):
        return None
    return Meaning(op="calendar", moment=Moment(year=year))


def _glued(match: Match, at: int) -> bool:
    return match.tokens.spans[at - 1][1] == match.tokens.spans[at][0]


def bare_year_bc(match: Match) -> Made:
    """A number that is a year only in a text that counts before our era: the resolver decides."""
    value = match.value("y", "shortyear")
    return Meaning(op="bare_bc", moment=Moment(year=1 - value, bc=True)) if value >= 100 else None


def years(match: Match) -> Made:
    """Two years with a dash between: each an expression of its own."""
    second = match.value("b", "year", "shortyear")
    first = match.value("a", "year", "shortyear")
    bc = match.words("era").startswith("b")
    if not bc and match.value("a", "year") is None:
        return None
    if not bc and second is not None and match.value("b", "year") is None:
        second = first - first % 100 + second if second < 100 else None
    if first is None or second is None or (not bc and not first < second <= first + 200):
        return None
    low, high = match.position("a") or 0, match.position("b") or 0
    ends = [(low, low + 1, first), (high, match.found.end(), second)]
    return [(at, end, Meaning(op="calendar", moment=Moment(year=1 - y if bc else y, bc=bc))) for at, end, y in ends]


def fiscal(match: Match) -> Made:
    """A fiscal year: whose, nothing says, so only the year that it is named after."""
    year = year_of(match)
    return Meaning(op="calendar", moment=Moment(year=year, mod="APPROX"))


def decade(match: Match) -> Made:
    """Ten years named by their first."""
    words = match.words("x").strip("'’s").rstrip("'’s")
    figures = int(re.sub(r"\D", "", words))
    if figures < 100:
        figures += 1900
    bc = match.words("era").startswith("b")
    if figures < 1000 and not bc:
        return None
    return Meaning(op="calendar", moment=Moment(decade=figures // 10, bc=bc, mod=edge_of(match)))


def century(match: Match) -> Made:
    """A century by its number."""
    number = match.value("o", "ordinal") or int(re.sub(r"\D", "", match.words("o")) or 0)
    if not 1 <= number <= 30:
        return None
    return Meaning(
        op="calendar", moment=Moment(century=number - 1, bc=match.words("era").startswith("b"), mod=edge_of(match))
    )


def season(match: Match) -> Made:
    """A season without its year."""
    return Meaning(op="calendar", moment=Moment(season=match.value("s", "season", "season_weak"), mod=edge_of(match)))


def quarter(match: Match) -> Made:
    """A quarter of a year."""
    number = match.value("o", "ordinal") or int(re.sub(r"\D", "", match.words("o")) or 0)
    return Meaning(op="calendar", moment=Moment(year=year_of(match), quarter=number)) if 1 <= number <= 4 else None


def half(match: Match) -> Made:
    """A half of a year."""
    number = 2 if match.words("o") == "latter" else match.value("o", "ordinal")
    return Meaning(op="calendar", moment=Moment(year=year_of(match), half=number)) if number in (1, 2) else None


def half_month(match: Match) -> Made:
    """A half of a month: days 1–15 or from the 16th."""
    number = 2 if match.words("o") == "latter" else match.value("o", "ordinal")
    if number not in (1, 2):
        return None
    moment = Moment(year=year_of(match), month=month_of(match))
    return Meaning(op="half_month", moment=moment, step=number)


def hijri_day(match: Match) -> Made:
    """A day or month of the Islamic lunar calendar, within a day of what the moon was seen to be."""
    month, day, year = match.value("h", "hijri_sure", "hijri"), day_of(match), match.value("y", "year", "integer")
    if month is None or (match.index("d") is not None and day is None):
        return None
    if month in _LUNAR_PAIRS and not match.has("al"):
        return None  # "Rabi" alone is a name, or one of two months
    if match.has("thani", "thania", "akhir", "akhira"):
        month += 1
    return (
        Meaning(op="hijri", moment=Moment(year=year, month=month, day=day)) if _hijri_fits(year, month, day) else None
    )


def _hijri_fits(year: int | None, month: int, day: int | None) -> bool:
    return year is None or hijri(year, month, day or 1) is not None


def solar_day(match: Match) -> Made:
    """A day of the Solar Hijri calendar."""
    found = solar_hijri(year_of(match) or 0, match.value("h", "solar_sure", "solar_name"), day_of(match) or 0)
    return Meaning(op="calendar", moment=Moment.of(found)) if found else None


def feast(match: Match) -> Made:
    """A feast day; its year may stand beside it."""
    words = re.sub(r"(?: ,)?(?: of)? \d{4}$", "", match.text().replace("’", "'"))
    known = feasts().get(words)
    if known is None or not match.tokens.words(match.items.first[match.found.start()])[:1].isupper():
        return None
    return Meaning(op="feast", name=words, moment=Moment(year=match.value("y", "year")))
