"""How a place is spoken of: `near Karsa`, `5 km east of Toma`, `the Vesk district`, `the outskirts of Velm`.

The head name is looked up; the words around it say how far from it the act may be, or what kind of unit is meant.
"""

import re
from dataclasses import dataclass

from pactwatch.resolve.places.names import split_unit

BEARINGS_DEGREES = {
    "north": 0.0,
    "north-northeast": 22.5,
    "northeast": 45.0,
    "east-northeast": 67.5,
    "east": 90.0,
    "east-southeast": 112.5,
    "southeast": 135.0,
    "south-southeast": 157.5,
    "south": 180.0,
    "south-southwest": 202.5,
    "southwest": 225.0,
    "west-southwest": 247.5,
    "west": 270.0,
    "west-northwest": 292.5,
    "northwest": 315.0,
    "north-northwest": 337.5,
}
_LETTERS = {"n": "north", "e": "east", "s": "south", "w": "west"}
KM_PER_UNIT = {"km": 1.0, "m": 0.001, "mile": 1.609344, "mi": 1.609344}
NEAR_KM = 10.0
"""How far off "near X" may be. UCDP GED codes such places as within about 25 km; ceasefire reports use it for less."""

DIRECTION_ERROR_SHARE = 0.4
"""Half an eighth of the compass (22.5 degrees) either way is 0.4 of the distance sideways."""

_DIRECTION = (
    r"(?:north|south|east|west)(?:[\s-]?(?:north|south)?[\s-]?(?:east|west))?(?:ern)?"
    r"|[NS](?:[NS]?[EW])?|[EW](?:[NS][EW])?"
)
_NUMBER = r"\d+(?:[.,]\d+)?"
_DISTANCE = re.compile(
    rf"(?:(?P<low>{_NUMBER})\s*(?:[-–—]|to|and)\s*)?(?P<km>{_NUMBER})[\s-]*"
    rf"(?P<unit>km|kms|kilomet(?:re|er)s?|metres?|meters?|m|miles?|mi)\.?\s*"
    rf"(?:to\s+the\s+)?(?P<direction>{_DIRECTION})?\s*(?:of|from|off)\s+(?:the\s+)?"
    rf"(?:(?:village|town|city|centre|center)\s+of\s+)?$",
    re.I,
)
_BESIDE = re.compile(rf"(?:to\s+the\s+)?\b(?P<direction>{_DIRECTION})\s+of\s+(?:the\s+)?$", re.I)
_NEAR = re.compile(
    r"\b(?:near|close to|around|outside|not far from|in the (?:vicinity|area|direction|neighbourhood|neighborhood) of|"
    r"(?:the )?(?:outskirts|vicinity|surroundings|environs|approaches) of|towards?|off|next to|adjacent to)\s+"
    r"(?:the\s+)?(?:(?:village|town|city|district|province)\s+of\s+)?$",
    re.I,
)
_WITHIN = re.compile(
    rf"\bwithin\s+(?P<km>{_NUMBER}|two|three|five|ten)\s*(?P<unit>km|kilomet(?:re|er)s?|miles?)\s+of\s+(?:the\s+)?$",
    re.I,
)
_NUMBER_WORDS = {"two": 2.0, "three": 3.0, "five": 5.0, "ten": 10.0}
_PART = re.compile(
    r"^(?:the\s+)?(?P<part>(?:north|south|east|west)(?:[\s-]?(?:east|west))?(?:ern)?|central|rural|downtown|greater|"
    r"outer|inner|mid)[\s-]+(?P<core>.+)$",
    re.I,
)
_LEADS = re.compile(
    r"^(?:(?:in|at|on|inside|across|throughout|other|different|various|several|many|some|most|all|the|parts?|areas?|"
    r"provinces?|regions?|districts?|villages?|towns?|cit(?:y|ies)|country(?:side)?|whole|rest|of|entire|complete|territory|"
    r"so-called|said)\s+)+(?=[^\W\d_a-z])",
)
_TAILS = re.compile(
    r"\s+(?:areas?|fronts?|sectors?|axis|outpost|checkpoint|frontier|countryside|suburbs?|outskirts|road|highway|"
    r"airport|airfield|crossing|border|line|valley|itself|proper)$",
    re.I,
)
_TAIL_SLACK_KM = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """What a mention says: the name, a unit word, and how far off its point the act may be.

    `away_km` and `bearing_degrees` move the point; `slack_km` adds to the radius. `rule` names what was read.
    """

    head: str
    unit: str = ""
    away_km: float = 0.0
    bearing_degrees: float | None = None
    slack_km: float = 0.0
    part: bool = False
    rule: str = "name"
    words: str = ""


def read_mention(words: str, before: str = "") -> Spoken:
    """Return how `words` speak of a place; `before` is the text that stands just before them.

    A distance or "near" may stand in the words themselves or before them. Several readings are tried from the most
    explicit; nothing read leaves the plain name.
    """
    text = words.strip().strip("\"“”'.,;:")
    inner = _inside(text)
    lead, head = inner if inner else (before, text)
    spoken = _relative(lead) or Spoken(head="")
    head = _LEADS.sub("", head).strip() or head
    core, unit = split_unit(head)
    return Spoken(
        head=head,
        unit=unit if core else "",
        away_km=spoken.away_km,
        bearing_degrees=spoken.bearing_degrees,
        slack_km=spoken.slack_km,
        rule=spoken.rule,
        words=spoken.words,
    )


def shorter(spoken: Spoken) -> list[Spoken]:
    """Return further readings of the head, most explicit first: without unit word, part word, trailing noun."""
    readings = []
    core, unit = split_unit(spoken.head)
    if unit:
        readings.append(_with(spoken, head=core, unit=unit))
    found = _PART.match(core)
    if found:
        readings.append(_with(spoken, head=found["core"], unit=unit, part=True, rule="part"))
    cut = _TAILS.sub("", core)
    if cut != core:
        slack = max(spoken.slack_km, _TAIL_SLACK_KM)
        readings.append(_with(spoken, head=cut, unit=unit, slack_km=slack, rule="beside"))
    return readings


def _with(spoken: Spoken, **changes: object) -> Spoken:
    values = {name: getattr(spoken, name) for name in Spoken.__dataclass_fields__}
    values.update(changes)
    return Spoken(**values)


_INNER = re.compile(r"\b(?:of|from|near|around|outside|to|off|towards?)\s+(?:the\s+)?(?=[^\W\d_a-z])")


def _inside(text: str) -> tuple[str, str] | None:
    """Split `5 km east of Toma` before its name, where what stands before is a relation."""
    for cut in _INNER.finditer(text):
        if _relative(text[: cut.end()]):
            return text[: cut.end()], text[cut.end() :]
    return None


def _relative(lead: str) -> Spoken | None:
    """Read a relation at the end of `lead`; None where it holds none."""
    text = lead[-80:]
    if found := _WITHIN.search(text):
        number = _NUMBER_WORDS.get(found["km"].lower()) or float(found["km"].replace(",", "."))
        km = number * _unit_km(found["unit"])
        return Spoken(head="", slack_km=km, rule="within", words=found[0].strip())
    if found := _DISTANCE.search(text):
        return _shift(found)
    if found := _BESIDE.search(text):
        if bearing(found["direction"]) is None:
            return None
        return Spoken(head="", slack_km=NEAR_KM, rule="beside", words=found[0].strip())
    if found := _NEAR.search(text):
        return Spoken(head="", slack_km=NEAR_KM, rule="near", words=found[0].strip())
    return None


def _shift(found: re.Match[str]) -> Spoken:
    scale = _unit_km(found["unit"])
    high = float(found["km"].replace(",", ".")) * scale
    low = float(found["low"].replace(",", ".")) * scale if found["low"] else high
    km, spread = (low + high) / 2, (high - low) / 2
    turn = bearing(found["direction"] or "")
    if turn is None:
        return Spoken(head="", slack_km=high, rule="distance", words=found[0].strip())
    slack_km = max(spread, km * DIRECTION_ERROR_SHARE)
    return Spoken(
        head="",
        away_km=km,
        bearing_degrees=turn,
        slack_km=slack_km,
        rule="distance_and_direction",
        words=found[0].strip(),
    )


def _unit_km(unit: str) -> float:
    folded = unit.lower()
    if folded.startswith("k"):
        return KM_PER_UNIT["km"]
    return KM_PER_UNIT["mile"] if folded.startswith("mi") else KM_PER_UNIT["m"]


def bearing(direction: str) -> float | None:
    """Return degrees from north of `north-west`, `ESE`, `southern`; None where it is no direction."""
    folded = re.sub(r"[\s-]|ern$", "", direction.strip().lower())
    if folded and set(folded) <= set(_LETTERS):
        folded = "".join(_LETTERS[letter] for letter in folded)
    names = {name.replace("-", ""): degrees for name, degrees in BEARINGS_DEGREES.items()}
    return names.get(folded)
