"""How words describe a place by others: "6 km north-west of Karsa", "on the Selnford–Gradik road".

The names are masked before anything is matched: every letter of a place is `PLACE`, of an agreement's line `LINE`, of
an agreement's area `AREA`, so that no pattern depends on a name, and offsets stay those of the text.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pactwatch.resolve.places.mention import bearing

PLACE, LINE, AREA = "\ue000", "\ue001", "\ue002"
"""Private-use characters, which stand in no text that people write."""


class Way(StrEnum):
    """What the words say about where a place lies; also the rule that a shape names."""

    WITHIN = "within"
    OFFSET = "distance_and_direction"
    TOWARD = "distance_toward"
    ON_ROAD = "distance_on_road"
    DISTANCE = "distance"
    HALFWAY = "halfway"
    ROAD = "road"
    BETWEEN = "between"
    PART = "part"
    OUTSKIRTS = "outskirts"
    SIDE = "side"
    NEAR = "near"
    ITSELF = "itself"


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """Words that a relation rests on: a masked name, or words such as `the town` that point back to one."""

    start: int
    end: int
    back: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One description: how, by which anchors, at which distance (`low_km` to `high_km`) and bearing (degrees).

    `rough` is True for "about 6 km", `close` for "just north of".
    """

    way: Way
    start: int
    end: int
    anchors: tuple[Anchor, ...]
    low_km: float = 0.0
    high_km: float = 0.0
    rough: bool = False
    close: bool = False
    bearing: float | None = None


_WORDS = {
    "half a": 0.5, "one": 1.0, "a": 1.0, "two": 2.0, "three": 3.0, "four": 4.0, "five": 5.0, "six": 6.0, "seven": 7.0,
    "eight": 8.0, "nine": 9.0, "ten": 10.0, "eleven": 11.0, "twelve": 12.0, "fifteen": 15.0, "twenty": 20.0,
    "thirty": 30.0, "forty": 40.0, "fifty": 50.0, "a hundred": 100.0,
}  # fmt: skip
_VAGUE = {"a couple of": (1.5, 3.0), "a few": (2.0, 5.0), "several": (3.0, 8.0)}
"""Units that a vague number stands for, lowest and highest."""

_KM = {"k": 1.0, "mi": 1.609344, "m": 0.001}
_NUMBER = rf"\d+(?:[.,]\d+)?|{'|'.join(sorted([*_WORDS, *_VAGUE], key=len, reverse=True))}"
_HOW_FAR = (
    r"(?P<rough>(?:about|around|some|roughly|approximately|approx\.|nearly|almost|circa)\s+)?"
    rf"\b(?P<low>{_NUMBER})(?:\s*(?:[-–—]|to|or|and)\s*(?P<high>{_NUMBER}))?[\s\-]*"
    r"(?P<unit>km|kms|kilomet(?:re|er)s?|met(?:re|er)s?|m|miles?)\b(?:\s+(?:away|off))?"
)
_POINTS = (
    r"(?:north|south)(?:[\s-]?(?:north|south))?(?:[\s-]?(?:east|west))?|(?:east|west)(?:[\s-]?(?:north|south)[\s-]?"
    r"(?:east|west))?"
)
_LETTERS = r"(?-i:[NS](?:[NS]?[EW])?|[EW](?:[NS][EW])?)"
_DIRECTION = rf"(?P<direction>(?:{_POINTS})(?:ern|erly)?|{_LETTERS})"
_BACK = r"town|village|city|settlement|hamlet|bridge|airport|airfield|air\s+base|pass|camp|district|province"
_ROAD = r"(?:road|highway|motorway|route|axis|track)"
_UNIT_OF = r"(?:(?:village|town|city|settlement|hamlet|district|province|centre|center)\s+of\s+(?:the\s+)?)?"


def _anchor(number: int = 1) -> str:
    name = rf"(?P<p{number}>{PLACE}+|{LINE}+|{AREA}+)"
    return rf"(?:(?:the\s+)?{_UNIT_OF}{name}|the\s+(?P<b{number}>{_BACK})\b(?!\s+of\b))"


_P1, _P2, _P3 = _anchor(1), _anchor(2), _anchor(3)
_PAIR = rf"(?P<p1>{PLACE}+)\s*(?:[-–—/]|to)\s*(?P<p2>{PLACE}+)\s+{_ROAD}"
_ROAD_PAIR = (
    rf"{_ROAD}\s+(?:running\s+|leading\s+)?(?:between|from|linking|connecting|joining|that\s+(?:links|connects))\s+"
    rf"{_P1}\s+(?:and|to|with|towards?)\s+{_P2}"
)
_LESS = r"(?:within|less\s+than|under|up\s+to|no\s+more\s+than|not\s+more\s+than)\s+"
_MORE = re.compile(r"(?:more\s+than|over|at\s+least|not\s+less\s+than|beyond|exceeding|no\s+closer\s+than)\s+$", re.I)
_EDGE = r"(?:outskirts|edges?|suburbs?|fringes?|approaches)"
_NEAR = (
    r"(?:near|close\s+to|around|outside|beside|not\s+far\s+from|next\s+to|adjacent\s+to|in\s+the\s+(?:immediate\s+)?"
    r"(?:vicinity|area|neighbou?rhood|surroundings)\s+of)"
)
_INSIDE = rf"(?P<direction>(?:{_POINTS})(?:ern)?|central)"

_PATTERNS = tuple(
    (way, re.compile(pattern, re.I))
    for way, pattern in (
        (Way.WITHIN, rf"{_LESS}(?:a\s+radius\s+of\s+)?{_HOW_FAR}\s*(?:{_DIRECTION}\s+)?"
                     rf"(?:of|from|around|off|to)\s+{_P1}"),
        (Way.WITHIN, rf"within\s+a\s+{_HOW_FAR}\s+(?:radius|distance)\s+of\s+{_P1}"),
        (Way.ON_ROAD, rf"(?:on|along)\s+the\s+{_PAIR}\s*,?\s*{_HOW_FAR}\s+(?:from|outside|out\s+of)\s+{_P3}"),
        (Way.ON_ROAD, rf"{_HOW_FAR}\s+(?:from|outside|out\s+of)\s+{_P3}\s*,?\s*(?:on|along)\s+the\s+{_PAIR}"),
        (Way.TOWARD, rf"{_HOW_FAR}\s+(?:from|outside|out\s+of|beyond)\s+{_P1}\s*,?\s*"
                     rf"(?:on\s+the\s+{_ROAD}\s+(?:to|towards?)|towards?|in\s+the\s+direction\s+of)\s+{_P2}"),
        (Way.OFFSET, rf"{_HOW_FAR}\s*,?\s*(?:to\s+the\s+|due\s+|directly\s+)?{_DIRECTION}\s*(?:of|from)\s+{_P1}"),
        (Way.OFFSET, rf"{_HOW_FAR}\s+(?:from|of|outside)\s+{_P1}\s*,?\s*(?:to\s+the\s+|due\s+|in\s+an?\s+|in\s+the\s+)"
                     rf"{_DIRECTION}\b(?:\s+direction)?"),
        (Way.DISTANCE, rf"{_HOW_FAR}\s+(?:from|outside|off|beyond|out\s+of)\s+{_P1}"),
        (Way.HALFWAY, rf"(?:half[\s-]?way|mid[\s-]?way)\s+between\s+{_P1}\s+and\s+{_P2}"),
        (Way.ROAD, rf"(?:on\s+|along\s+)?(?:the\s+)?{_PAIR}"),
        (Way.ROAD, rf"(?:on\s+|along\s+)?(?:the\s+)?{_ROAD_PAIR}"),
        (Way.BETWEEN, rf"between\s+{_P1}(?:\s*,\s*{_P2})?,?\s+and\s+{_P3}"),
        (Way.OUTSKIRTS, rf"(?:on\s+)?(?:the\s+)?(?:{_DIRECTION}\s+)?{_EDGE}\s+(?:of|to)\s+{_P1}"),
        (Way.PART, rf"(?:in\s+)?(?:the\s+)?{_INSIDE}\s+(?:parts?|half|areas?|countryside|sector)\s+of\s+{_P1}"),
        (Way.PART, rf"\bin\s+the\s+{_INSIDE}\s+of\s+{_P1}"),
        (Way.SIDE, rf"(?P<just>just\s+|immediately\s+)?(?:to\s+the\s+)?\b{_DIRECTION}\s+of\s+{_P1}"),
        (Way.PART, rf"\b{_INSIDE}\s+(?P<p1>{PLACE}+)"),
        (Way.NEAR, rf"{_NEAR}\s+{_P1}"),
        (Way.ITSELF, rf"(?:(?:on|along|at|across)\s+)?(?:the\s+)?(?P<p1>{LINE}+|{AREA}+)"),
    )
)  # fmt: skip
"""The ways in the order in which they are tried: the one that says most comes first and keeps its words."""

_NO_GROUND = re.compile(
    r"\b(?:talks?|agreements?|cease-?fires?|truces?|relations?|negotiations|deals?|dialogue|contacts?|calls?|meetings?|"
    r"trade|ties|differences?|war|rivalry|treat(?:y|ies)|cooperation|matche?s?|games?|choose|distinguish)\s+$",
    re.I,
)
"""What lies before "between A and B" where it is between two parties and not between two places."""

_HINT = re.compile(
    r"\b(?:km|kms|kilomet(?:re|er)s?|met(?:re|er)s?|m|miles?|between|mid-?way|half-?way|near|close to|around|"
    r"outside|beside|next to|adjacent|far from|vicinity|area|neighbou?rhood|surroundings|outskirts|edges?|suburbs?|"
    r"fringes?|approaches|road|highway|motorway|route|axis|track|central)\b|\b(?:north|south|east|west)|\b[NSEW]{1,3}\s+of\b",
    re.I,
)
_COMPOUND = re.compile(rf"\b([^\W\d_a-z]\w+)[-–—]([^\W\d_a-z]\w+)(?=\s+{_ROAD}\b)")


_SPOKEN_OF = re.compile(rf"[{LINE}{AREA}]|(?={_HINT.pattern})", re.I)
_SENTENCE_END = re.compile(r"[.!?;]\s+(?=[^\W\d_a-z])|\n\s*\n")


def says_anything(text: str) -> bool:
    """Return False where no word of the text could describe a place by another."""
    return _HINT.search(text) is not None


def compounds(text: str) -> Iterator[tuple[int, int]]:
    """Yield the halves of `Selnford-Gradik` before a word for a road: two names that a hyphen joins."""
    for found in _COMPOUND.finditer(text):
        yield found.span(1)
        yield found.span(2)


def masked(text: str, spans: Sequence[tuple[int, int, str]]) -> str:
    """Return `text` with each span (start, end, mask) written over by its mask; earlier spans win."""
    letters = list(text)
    for start, end, mask in spans:
        if not any(letter in (PLACE, LINE, AREA) for letter in letters[start:end]):
            letters[start:end] = mask * (end - start)
    return "".join(letters)


def find_relations(text: str) -> list[Relation]:
    """Return every description in a masked text, in its order; none shares words with another."""
    taken: list[tuple[int, int]] = []
    relations: list[Relation] = []
    segments = [span for span in _segments(text) if _SPOKEN_OF.search(text, *span)]
    for way, pattern in _PATTERNS:
        for found in (found for span in segments for found in pattern.finditer(text, *span)):
            if any(found.start() < end and start < found.end() for start, end in taken):
                continue
            # What is refused keeps its words too: "more than 5 km north of Karsa" is not "north of Karsa".
            taken.append(found.span())
            relation = _relation(way, found, text)
            if relation:
                relations.append(relation)
    return sorted(relations, key=lambda one: one.start)


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """Sentences, roughly: a description does not run over the end of one."""
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield start, end.end()
        start = end.end()
    yield start, len(text)


def _relation(way: Way, found: re.Match[str], text: str) -> Relation | None:
    """A match as values; None where the words before it say that it is something else."""
    groups = found.groupdict()
    before = text[max(0, found.start() - 40) : found.start()]
    if groups.get("low") and _MORE.search(before):
        return None
    if way is Way.BETWEEN and _NO_GROUND.search(before):
        return None
    turn = bearing(groups["direction"].removesuffix("erly").strip()) if groups.get("direction") else None
    low, high = _distance(groups)
    return Relation(
        way=way,
        start=found.start(),
        end=found.end(),
        anchors=tuple(_anchors(found, groups)),
        low_km=low,
        high_km=high,
        rough=bool(groups.get("rough")),
        close=bool(groups.get("just")),
        bearing=turn,
    )


def _anchors(found: re.Match[str], groups: dict[str, str | None]) -> Iterator[Anchor]:
    for number in (1, 2, 3):
        if groups.get(f"p{number}"):
            start, end = found.span(f"p{number}")
            yield Anchor(start=start, end=end)
        elif back := groups.get(f"b{number}"):
            start, end = found.span(f"b{number}")
            yield Anchor(start=start, end=end, back=" ".join(back.lower().split()))


def _distance(groups: dict[str, str | None]) -> tuple[float, float]:
    low, high, unit = groups.get("low"), groups.get("high"), (groups.get("unit") or "").lower()
    if low is None:
        return 0.0, 0.0
    scale = _KM["mi"] if unit.startswith("mi") else _KM[unit[:1]]
    least, most = _number(low)
    if high is not None:
        most = _number(high)[1]
    return min(least, most) * scale, max(least, most) * scale


def _number(words: str) -> tuple[float, float]:
    folded = " ".join(words.lower().split())
    if folded in _VAGUE:
        return _VAGUE[folded]
    value = _WORDS[folded] if folded in _WORDS else float(folded.replace(",", "."))
    return value, value
