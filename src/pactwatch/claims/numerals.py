"""Numbers in figures and in words, what stands around them ("at least", "up to"), and figures that count nothing.

All patterns are matched against the text that the parser was given.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pactwatch.claims.counts import number_in
from pactwatch.model import QuantityMark

LARGEST = 10**15
"""A number above is a string of digits that counts nothing; it would not fit into JSON's exact numbers either."""

_ONE = "one|two|three|four|five|six|seven|eight|nine"
_TEEN = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_SMALL = rf"(?:(?:{_TENS})(?:[- ](?:{_ONE}))?|{_TEEN}|{_ONE})"
_HUNDREDS = rf"(?:(?:{_SMALL}|an?) hundred(?: (?:and )?{_SMALL})?|{_SMALL})"
_WORDS = rf"(?:(?:{_HUNDREDS}|an?) (?:thousand|million|billion)(?:,? (?:and )?{_HUNDREDS})?|{_HUNDREDS}|zero)"
_DOZEN = rf"(?:(?:(?:{_SMALL}|half an?|an?|\d{{1,3}}) )dozen)"
_MM = r"(?![0-9.]*[ -]?mm\b)"
_FIGURES = (
    rf"(?:[0-9]{{1,3}}(?:,[0-9]{{3}}){{1,4}}|[0-9]{{1,3}}(?: [0-9]{{3}}{_MM}){{1,4}}|[0-9]{{1,15}})(?:\.[0-9]{{1,6}})?"
)
_SCALED = rf"{_FIGURES}(?: ?-?(?:hundred|thousand|million|billion|bn)\b)?"
NUMBER = rf"(?:{_DOZEN}|{_WORDS}|{_SCALED})"
_VAGUE = (
    r"(?:(?:tens|dozens|scores|hundreds|thousands|millions)(?: of (?:thousands|millions))?"
    r"|several(?: (?:dozen|hundred|thousand))?|many|numerous|countless|a few|a handful|a couple)"
)
_BEFORE = r"(?<![\w/.,:°#№-])(?<![A-Za-z][-–])"
_AFTER = r"(?![\w°]|[.,:/][0-9]|-(?:old|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)\b)"
_GLUED = r"(?<=[0-9])(?=(?:mm|cm|m|km|kg|t|h|min|ha|km2|m2|km²|m²)(?![\w/]))"

_NUMERAL = re.compile(
    rf"{_BEFORE}(?:"
    rf"(?:between (?P<b1>{NUMBER}) and (?P<b2>{NUMBER})"
    rf"|(?P<r1>{NUMBER})(?: (?:to|or) | ?[-–—] ?(?=[0-9]))(?P<r2>{NUMBER})"
    rf"|(?P<single>{NUMBER})(?P<half> and a half)?(?: \((?:{_WORDS}|{_FIGURES})\))?)(?:{_GLUED}|{_AFTER})"
    rf"|(?P<vague>{_VAGUE})\b)",
    re.IGNORECASE,
)

_AT_LEAST = (
    r"at least|(?:no|not) (?:less|fewer) than|more than|greater than|larger than|longer than|upwards? of|over|above"
    r"|beyond|exceeding|in excess of|a minimum of|minimum|well over"
)
_AT_MOST = (
    r"at (?:the )?most|up to|(?:no|not) (?:more|greater|larger|longer) than|less than|fewer than|smaller than|under"
    r"|below|within|not exceeding|a maximum of|maximum"
)
_ABOUT = (
    r"about|around|approximately|approx\.?|roughly|nearly|almost|some|circa|ca?\.|~|close to|an estimated"
    r"|in the order of|on the order of"
)
_LEADING = re.compile(
    rf"(?:^|(?<=[\s(\"'–—]))(?:(?P<most>{_AT_MOST})|(?P<least>{_AT_LEAST})|(?P<about>{_ABOUT})) ?"
    r"(?:(?:a|the) (?:(?:total|distance|depth|range|radius|further) )?(?:of )?)?$",
    re.IGNORECASE,
)
_MORE, _LESS = "more|over|above|larger|greater|longer|higher|beyond", "less|fewer|under|below|smaller|shorter"
_GOES_ON = r"(?= ?(?:[.,;:)]|$)| (?:of|in|from|to|at|on|is|are|was|were|must|shall|will|may|can|have|has|had|be)\b)"
_TRAILING = re.compile(
    rf" (?:(?P<about>or so)|(?:or (?:(?P<least>{_MORE})|(?P<most>{_LESS}))(?! than| an?\b| the\b| ?[0-9]| {_WORDS}\b))"
    rf"|and (?:(?P<least2>{_MORE})|(?P<most2>{_LESS})){_GOES_ON})\b",
    re.IGNORECASE,
)
AS_PREPOSITIONS = frozenset({"over", "under", "above", "below", "beyond", "within", "around", "about"})
"""Words that mark a number in "over 300 shells" and place an act in "over two villages"."""

_MONTH = (
    r"(?:[Jj]anuary|[Ff]ebruary|[Mm]arch|[Aa]pril|[Mm]ay|[Jj]une|[Jj]uly|[Aa]ugust|[Ss]eptember|[Oo]ctober"
    r"|[Nn]ovember|[Dd]ecember|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_DAY = r"[0-9]{1,2}(?:st|nd|rd|th)?"
_LEGAL = (
    r"article|paragraph|section|chapter|clause|item|rule|page|resolution|decision|decree|order|law|bulletin|communiqu[eé]"
    r"|statement|protocol|sheet|checkpoint|sector|phase|stage|step|zone|block|room|gate|hill|height|route|post|grid|square"
    r"|battery|berth|pier|ward|precinct|flat"
)
_SHORT = r"arts?\.|paras?\.?|annex(?:es)?|pp?\.|nos?\.|№|aged|calib(?:re|er)|highway|unit"
_NAMED = (
    r"No|Area|District|Region|Road|Company|Battalion|Brigade|Regiment|Division|Corps|Group|Team|Squad|Platoon|Channel"
    r"|Line|Corridor|Building|List|Map|Table|Figure|Point|Day|Week|Case|File|Log|Report|Version|Camp|School|Station|Bridge"
    r"|Position|Convoy|Flight|Kilomet(?:re|er)|Article|Sheet"
)
_FIGURE = r"[0-9][0-9.,/()]*+(?! ?-?(?:[ck]?m|mm|h|kg|t|hours?|(?:kilo)?met(?:re|er)s?|miles?|tonnes?)\b)"
_AND_MORE = rf"(?:(?:,| and| to| or| ?[-–—]) ?{_FIGURE})*"
_NO_COUNT = re.compile(
    rf"[0-9]{{4}}-[0-9]{{2}}(?:-[0-9]{{2}})?|\b[0-9]{{1,2}}[./][0-9]{{1,2}}[./][0-9]{{2,4}}\b"
    rf"|\b{_DAY}(?:(?:,| and| to| or| ?[-–—]) ?{_DAY})*(?: of)? {_MONTH}(?:,? [0-9]{{4}}\b)?"
    rf"|\b{_MONTH} {_DAY}(?![0-9])(?:(?:,| and| to| or| ?[-–—]) ?{_DAY}(?![0-9])(?! [a-z]))*(?:,? [0-9]{{4}}\b)?"
    rf"|\b{_MONTH},? [0-9]{{4}}\b"
    rf"|\b(?:(?i:{_LEGAL}|{_SHORT})|{_NAMED})\.? ?(?i:no\. ?)?(?:{_FIGURE}|(?i:{_ONE}|ten|eleven|twelve)\b)"
    rf"|\b(?i:(?:{_LEGAL})s|batteries|nos\.|arts\.|annexes) (?:{_FIGURE}{_AND_MORE}|(?i:{_ONE}|ten)\b)"
    r"|[0-9]{1,3} ?[-– ]?years?[- ]old|(?i:\b[a-z]+(?:-[a-z]+)?-years?-old)"
    rf"|\b(?i:{_ONE})[- ](?:thirds?|quarters?|fifths?|hal(?:f|ves)|tenths?)\b"
)
_YEAR = re.compile(r"(?:1[89]|20)[0-9]{2}$")

Value = int | float | str


@dataclass(frozen=True, slots=True)
class Numeral:
    """One number, range or vague word at `[start, end)` of the parser's text. `plain` is how it is written."""

    start: int
    end: int
    value: Value | tuple[Value, Value]
    plain: str

    @property
    def is_year(self) -> bool:
        """True for four figures that may as well be a year."""
        return bool(_YEAR.match(self.plain))


def masks(text: str) -> list[tuple[int, int]]:
    """Return where dates, ages, fractions and the numbers of articles, resolutions, posts and units stand."""
    return [found.span() for found in _NO_COUNT.finditer(text)]


def numerals(text: str, taken: list[tuple[int, int]]) -> Iterator[Numeral]:
    """Yield the numbers of a text that do not touch what is `taken`."""
    for found in _NUMERAL.finditer(text):
        if any(start < found.end() and found.start() < end for start, end in taken):
            continue
        value = _value(found)
        if value is not None:
            yield Numeral(found.start(), found.end(), value, found[0])


def _value(found: re.Match[str]) -> Value | tuple[Value, Value] | None:
    if found["vague"]:
        return " ".join(found["vague"].casefold().split())
    if found["single"]:
        one = number(found["single"])
        return one + 0.5 if one is not None and found["half"] else one
    words = (found["b1"] or found["r1"], found["b2"] or found["r2"])
    first, last = number(words[0]), number(words[1])
    if first is None or last is None or _YEAR.match(words[0]):
        return None
    return first, last


def number(words: str) -> int | float | None:
    """Return what figures or words spell; None for an identifier ("0417") and for what no number can be that large."""
    words = words.casefold()
    if "dozen" in words:
        times = 0.5 if words.startswith("half") else number(words.rsplit(" ", 1)[0])
        return 12 if times is None else int(times * 12)
    if not words[0].isdigit():
        return 0 if words == "zero" else _spelled(words)
    figures = re.match(r"[0-9., ]*[0-9]", words)
    plain = re.sub(r"[, ]", "", figures[0]) if figures else ""
    if not plain or (len(plain) > 1 and plain[0] == "0" and plain[1] != "."):
        return None
    scale = next((size for word, size in _SCALES if words.endswith(word)), 1)
    value = float(plain) if "." in plain else int(plain)
    value = round(value * scale, 6) if isinstance(value, float) else value * scale
    if isinstance(value, float) and scale > 1 and value.is_integer():
        value = int(value)
    return value if value <= LARGEST else None


_SCALES = (("hundred", 100), ("thousand", 1_000), ("million", 1_000_000), ("billion", 1_000_000_000), ("bn", 10**9))


def _spelled(words: str) -> int | None:
    billions = words.split("billion", 1)
    if len(billions) == 2:
        return (number_in(billions[0]) or 1) * 10**9 + (number_in(billions[1]) or 0)
    return 1 if words in ("a", "an") else number_in(words)


def mark_before(text: str, start: int) -> tuple[int, QuantityMark] | None:
    """Return where the words before a number begin that mark it, and what they say."""
    low = max(0, start - 40)
    found = _LEADING.search(text[low:start])
    if not found:
        return None
    return low + found.start(), _said(found)


def mark_after(text: str, end: int) -> tuple[int, QuantityMark] | None:
    """Return where "or more", "and above", "or so" after a quantity end, and what they say."""
    found = _TRAILING.match(text, end)
    return (found.end(), _said(found)) if found else None


def _said(found: re.Match[str]) -> QuantityMark:
    said = str(found.lastgroup)
    if said.startswith("most"):
        return QuantityMark.AT_MOST
    return QuantityMark.AT_LEAST if said.startswith("least") else QuantityMark.ABOUT
