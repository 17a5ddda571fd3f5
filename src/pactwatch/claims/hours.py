"""Hours of the day in a text: "0915", "14:30", "3 p.m.", "ten past four this morning", "1400 hours".

An hour is taken only where its half of the day is plain: "ten past four" alone is none. Errs towards leaving out.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_HOURS = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
_MINUTES = {
    "five": 5, "ten": 10, "quarter": 15, "a quarter": 15, "fifteen": 15, "twenty": 20, "twenty-five": 25, "half": 30,
    "thirty": 30, "forty": 40, "forty-five": 45, "fifty": 50,
}  # fmt: skip
_HOUR = rf"(?:{'|'.join(_HOURS)}|1[0-2]|0?[1-9])"
_BEFORE = r"(?<![\w:.,/°$€£-])"
_HALF = r"(?P<half>[ap])(?:\. ?m\.|m\b)"
_SUFFIX = r"(?: ?(?:hours|hrs|hr|h)\b)?"
_PART = (
    r"(?:(?:(?:this|that|the same|the next|the following|yesterday|tomorrow|(?:on )?[A-Za-z]+day|in the|of the|every"
    r"|each) )(?P<part>morning|afternoon|evening|night)|(?:at|last) (?P<night>night)|(?P<tonight>tonight))\b"
)
_PREPOSITION = re.compile(
    r"(?:^|\W)(?P<at>at|by|from|until|till|since|to|before|after|around|about|between|and|through|towards?)"
    r"(?: (?:about|around|approximately|roughly|some|circa|exactly|precisely))? ?$",
    re.IGNORECASE,
)
_DAYPART_BEFORE = re.compile(r"\b(morning|afternoon|evening|night|tonight),? (?:at|around|by|about)(?: about)? $", re.I)
_STARTS = re.compile(r"(?:^|[.!?;:(\[–—-]) ?$")

_CLOCK = re.compile(
    rf"{_BEFORE}(?P<hour>[01]?[0-9]|2[0-3]):(?P<minute>[0-5][0-9])(?::[0-5][0-9])?(?![\w:]|[.,][0-9])"
    rf"(?: ?{_HALF}|{_SUFFIX})"
)
_FRENCH = re.compile(rf"{_BEFORE}(?P<hour>[01]?[0-9]|2[0-3])[hH](?P<minute>[0-5][0-9])(?![\w:])")
_HALVED = re.compile(rf"{_BEFORE}(?P<hour>{_HOUR})(?:[:.](?P<minute>[0-5][0-9]))? ?{_HALF}", re.IGNORECASE)
_MILITARY = re.compile(
    rf"{_BEFORE}(?P<hour>[01][0-9]|2[0-4])(?P<minute>[0-5][0-9])(?P<hours> ?(?:hours|hrs|hr|h)\b|Z\b| (?:UTC|GMT)\b)?"
    r"(?![\w:/]|[.,][0-9]|[- ]?(?:mm|cm|m|km|kg|t|met(?:er|re)s?|kilomet(?:er|re)s?|tonnes?|tons?|ha|hectares?|miles?|%"
    r"|per ?cent|dollars?)\b)"
)
_SPOKEN = re.compile(
    rf"\b(?:(?P<minutes>{'|'.join(sorted(_MINUTES, key=len, reverse=True))}|[0-9]{{1,2}})(?: minutes?)? "
    rf"(?P<way>past|to|after|before) )?(?P<hour>{_HOUR})(?:[- ](?P<more>fifteen|twenty|thirty|forty-five|forty|fifty))?"
    rf"(?P<clock> o'clock)?(?:,? {_PART}|(?![\w-]))",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\b(?:(?:12 )?(?P<noon>noon|midday)|midnight)\b(?! [a-z]+s\b)", re.IGNORECASE)
_JOINED = re.compile(r" ?(?P<word>to|and|until|till|-|–|—) ?$")


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the day, or a range of two, at `[start, end)` of the parser's text: "09:15"."""

    start: int
    end: int
    value: str | tuple[str, str]


def hours(text: str, taken: list[tuple[int, int]]) -> list[Hour]:
    """Return the hours of the day in a text that do not touch what is `taken`, in order; "0915 to 0940" is one."""
    found: list[Hour] = []
    for pattern, read in _READERS:
        for match in pattern.finditer(text):
            value = read(text, match)
            ends = match.start(), match.end()
            if value and not any(a < ends[1] and ends[0] < b for a, b in [*taken, *((h.start, h.end) for h in found)]):
                found.append(Hour(*ends, value))
    return list(_ranges(text, sorted(found, key=lambda hour: hour.start)))


def _ranges(text: str, found: list[Hour]) -> Iterator[Hour]:
    at = 0
    while at < len(found):
        here, after = found[at], found[at + 1] if at + 1 < len(found) else None
        at += 1
        if after and isinstance(here.value, str) and isinstance(after.value, str):
            joined = _JOINED.match(text[here.end : after.start])
            between = text[max(0, here.start - 8) : here.start].casefold() == "between "
            if joined and (joined["word"] != "and" or between):
                yield Hour(here.start, after.end, (here.value, after.value))
                at += 1
                continue
        yield here


def _written(hour: int, minute: int) -> str:
    return f"{hour % 24:02d}:{minute:02d}"


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _HOURS.index(word.casefold()) + 1


def _clock(text: str, match: re.Match[str]) -> str | None:
    return _halved(text, match) if match["half"] else _written(int(match["hour"]), int(match["minute"]))


def _french(text: str, match: re.Match[str]) -> str | None:
    return _written(int(match["hour"]), int(match["minute"]))


def _halved(text: str, match: re.Match[str]) -> str | None:
    hour = _number(match["hour"])
    if not 1 <= hour <= 12:
        return _written(hour, int(match["minute"] or 0))
    return _written(hour % 12 + (12 if match["half"] in "pP" else 0), int(match["minute"] or 0))


def _military(text: str, match: re.Match[str]) -> str | None:
    """Four figures: safe with "hours" or after "at"; with a leading zero after any preposition or at the beginning."""
    before = text[max(0, match.start() - 30) : match.start()]
    word = _PREPOSITION.search(before)
    zero = match["hour"].startswith("0")
    if match["hour"] == "24" and match["minute"] != "00":
        return None
    if match["hours"] or (word and (zero or word["at"].casefold() == "at")) or (zero and _STARTS.search(before)):
        return _written(int(match["hour"]), int(match["minute"]))
    return None


def _spoken(text: str, match: re.Match[str]) -> str | None:
    """Hours in words: only with a part of the day beside them, and with "at", "past" or "o'clock"."""
    before = text[max(0, match.start() - 30) : match.start()]
    if not (match["way"] or match["clock"] or _PREPOSITION.search(before)):
        return None
    part = match["part"] or match["night"] or match["tonight"]
    if part is None:
        said = _DAYPART_BEFORE.search(before)
        part = said[1] if said else None
    if part is None or (match["minutes"] and match["more"]) or (match["minutes"] == "half" and match["way"] != "past"):
        return None
    hour = _of_day(_number(match["hour"]), part.casefold())
    if hour is None:
        return None
    words = (match["minutes"] or match["more"] or "").casefold()
    minute = int(words) if words.isdigit() else _MINUTES.get(words, 0)
    if minute > 59:
        return None
    total = hour * 60 + (-minute if (match["way"] or "").casefold() in ("to", "before") else minute)
    return _written(total // 60 % 24, total % 60)


def _of_day(hour: int, part: str) -> int | None:
    """The hour on a clock of 24; None where hour and part of the day do not fit."""
    if part == "morning":
        return hour if hour < 12 else None
    if part == "afternoon":
        return 12 if hour == 12 else hour + 12 if hour <= 7 else None
    if part == "evening":
        return hour + 12 if 4 <= hour < 12 else None
    return 0 if hour == 12 else hour + 12 if hour >= 6 else None if part == "tonight" else hour


def _named(text: str, match: re.Match[str]) -> str | None:
    if not _PREPOSITION.search(text[max(0, match.start() - 30) : match.start()]):
        return None
    return "12:00" if match["noon"] else "00:00"


_READERS: tuple[tuple[re.Pattern[str], Callable[[str, re.Match[str]], str | None]], ...] = (
    (_CLOCK, _clock),
    (_FRENCH, _french),
    (_HALVED, _halved),
    (_MILITARY, _military),
    (_SPOKEN, _spoken),
    (_NAMED, _named),
)
