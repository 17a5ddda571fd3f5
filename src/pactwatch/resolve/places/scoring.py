"""Which place of many a name means: features that explain themselves, weighed by the whole document.

Each feature is 0 to 1. Weights were set by hand and checked on news texts (`bench/places.py`); population is the last
resort, and names of one document are weighed together, so that none of them is read alone.
"""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from pactwatch.model import Place, PlaceCandidate
from pactwatch.resolve.places.geometry import distance_km
from pactwatch.resolve.places.kinds import level
from pactwatch.resolve.places.mention import Spoken
from pactwatch.resolve.places.names import DISTRICT_WORDS, REGION_WORDS, TOWN_WORDS, key, split_unit

WEIGHTS = {
    "case": 3.0,
    "unit_word": 1.2,
    "asked_country": 1.0,
    "container": 1.5,
    "document_country": 0.9,
    "near_others": 0.8,
    "list_level": 0.7,
    "rank": 0.9,
    "population": 1.0,
    "own_name": 0.3,
}
NEAR_HALF_KM = 150.0
"""Distance at which another place of the document speaks half as much for a candidate."""

MAX_POPULATION = 2e7
MAX_VOICES = 100
"""Names that speak for the others, the surest ones: a text of 2,000 places stays a matter of seconds."""

ROUNDS = 3
"""Rounds in which the names of a document influence each other; the fourth changed no answer in the news texts."""


@dataclass(slots=True)
class Toponym:
    """One name at one place of the text, with what it may mean."""

    start: int
    end: int
    words: str
    spoken: Spoken
    places: tuple[Place, ...]
    neighbours: tuple[int, ...] = ()
    in_list: tuple[int, ...] = ()
    followed_by: int | None = None
    ranked: tuple[PlaceCandidate, ...] = ()

    @property
    def best(self) -> PlaceCandidate | None:
        """The candidate in front, None where there is none."""
        return self.ranked[0] if self.ranked else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one name says to the others: where its best candidate lies, and how far to trust it."""

    name: str
    place: Place
    weight: float


@dataclass(slots=True)
class Context:
    """What a document says about where it is: its names' voices, summed, and the countries asked for."""

    asked: frozenset[str]
    voices: Sequence[Voice] = ()
    total: float = 0.0
    countries: Mapping[str, float] = field(default_factory=dict)
    regions: Mapping[tuple[str, str], float] = field(default_factory=dict)
    own: Mapping[str, Sequence[Voice]] = field(default_factory=dict)


def rank_all(toponyms: Sequence[Toponym], asked: frozenset[str]) -> None:
    """Fill `ranked` of every toponym, best first; each round weighs it against the best of the others."""
    context = Context(asked=asked)
    for _ in range(ROUNDS):
        for toponym in toponyms:
            toponym.ranked = _ranked(toponym, toponyms, context)
        context = _context(toponyms, asked)


def _ranked(toponym: Toponym, toponyms: Sequence[Toponym], context: Context) -> tuple[PlaceCandidate, ...]:
    some = [_candidate(place, toponym, toponyms, context) for place in toponym.places]
    return tuple(sorted(some, key=lambda c: (-c.score, -c.place.population, c.place.id)))


def _candidate(place: Place, toponym: Toponym, toponyms: Sequence[Toponym], context: Context) -> PlaceCandidate:
    features = {name: feature(place, toponym, toponyms, context) for name, feature in FEATURES.items()}
    score = sum(WEIGHTS[name] * value for name, value in features.items())
    shown = tuple((name, round(value, 3)) for name, value in features.items() if value)
    return PlaceCandidate(place=place, score=round(score, 4), features=shown)


def _context(toponyms: Sequence[Toponym], asked: frozenset[str]) -> Context:
    voices = _voices(toponyms)
    countries: defaultdict[str, float] = defaultdict(float)
    regions: defaultdict[tuple[str, str], float] = defaultdict(float)
    own: defaultdict[str, list[Voice]] = defaultdict(list)
    for voice in voices:
        countries[voice.place.country] += voice.weight
        regions[voice.place.country, voice.place.admin1] += voice.weight
        own[voice.name].append(voice)
    total = sum(voice.weight for voice in voices)
    return Context(asked=asked, voices=voices, total=total, countries=countries, regions=regions, own=own)


def _voices(toponyms: Sequence[Toponym]) -> list[Voice]:
    """One voice for each name and place: a name said often says no more than once."""
    seen, voices = set(), []
    for toponym in toponyms:
        best, name = toponym.best, key(toponym.spoken.head)
        if toponym.spoken.rule == "spelling":
            continue
        if best is not None and (name, best.place.id) not in seen:
            seen.add((name, best.place.id))
            voices.append(Voice(name=name, place=best.place, weight=_confidence(toponym)))
    return sorted(voices, key=lambda voice: -voice.weight)[:MAX_VOICES]


def _confidence(toponym: Toponym) -> float:
    """How far a toponym may be trusted to speak for others: the lead of its best candidate, at least a tenth."""
    if len(toponym.ranked) == 1:
        return 1.0
    lead = toponym.ranked[0].score - toponym.ranked[1].score
    return min(1.0, max(0.1, lead))


def _case(place: Place, *_: object) -> float:
    """It stands in the case's own file."""
    return 1.0 if place.gazetteer == "case" else 0.0


def _unit_word(place: Place, toponym: Toponym, *_: object) -> float:
    """The unit word at the name (`Vesk district`, `Tarvan City`) is of its rank, or it bears the whole name itself."""
    unit = toponym.spoken.unit
    if not unit:
        return 0.0
    rank = level(place.kind, place.where_prec)
    words = {"region": REGION_WORDS, "district": DISTRICT_WORDS, "town": TOWN_WORDS, "spot": TOWN_WORDS}
    return 1.0 if unit in words.get(rank, ()) else 0.0


def _asked_country(place: Place, _: Toponym, __: object, context: Context) -> float:
    """It lies in a country of the agreement or of the case."""
    return 1.0 if place.country and key(place.country) in context.asked else 0.0


def _container(place: Place, toponym: Toponym, toponyms: Sequence[Toponym], _: Context) -> float:
    """The name is followed by the unit or country in which it lies (`Ustin, Upper Seln`)."""
    if toponym.followed_by is None:
        return 0.0
    return max((_contains(outer, place) for outer in _leading(toponyms[toponym.followed_by])), default=0.0)


def _leading(toponym: Toponym) -> list[Place]:
    return [candidate.place for candidate in toponym.ranked[:8]] or list(toponym.places[:8])


def _contains(outer: Place, inner: Place) -> float:
    if outer.id == inner.id or outer.country != inner.country or outer.where_prec <= inner.where_prec:
        return 0.0
    if outer.where_prec == 6:
        return 1.0
    if outer.where_prec == 4:
        return 1.0 if key(outer.admin1 or outer.name) == key(inner.admin1) else 0.0
    if outer.where_prec == 3:
        return 1.0 if distance_km(outer.lat, outer.lon, inner.lat, inner.lon) <= outer.radius_km else 0.0
    return 0.0


def _document_country(place: Place, toponym: Toponym, __: object, context: Context) -> float:
    """Share of the document's other places in its country and region."""
    own = context.own.get(key(toponym.spoken.head), ())
    total = context.total - sum(v.weight for v in own)
    if total <= 0 or not place.country:
        return 0.0
    mine = [v for v in own if v.place.country == place.country]
    country = context.countries.get(place.country, 0.0) - sum(v.weight for v in mine)
    region = 0.0
    if place.admin1:
        region = context.regions.get((place.country, place.admin1), 0.0)
        region -= sum(v.weight for v in mine if v.place.admin1 == place.admin1)
    return math.sqrt(max(0.0, 0.5 * country + 0.5 * region) / total)


def _near_others(place: Place, toponym: Toponym, _: object, context: Context) -> float:
    """How near the document's other places are (half at 150 km); wide units have no say."""
    name = key(toponym.spoken.head)
    total = weights = 0.0
    for voice in context.voices:
        if voice.name == name or voice.place.where_prec >= 4:
            continue
        away_km = distance_km(place.lat, place.lon, voice.place.lat, voice.place.lon)
        total += voice.weight / (1 + (away_km / NEAR_HALF_KM) ** 2)
        weights += voice.weight
    return total / weights if weights else 0.0


def _list_level(place: Place, toponym: Toponym, toponyms: Sequence[Toponym], _: Context) -> float:
    """Share of the names of its list that can be of its rank and country: a list of provinces names provinces."""
    if not toponym.in_list:
        return 0.0
    rank = level(place.kind, place.where_prec)
    mates = [toponyms[i].places for i in toponym.in_list]
    fit = sum(any(level(p.kind, p.where_prec) == rank and p.country == place.country for p in some) for some in mates)
    return (fit / len(mates)) ** 2 if mates else 0.0


_CAPITAL_RANK = 0.7
_RANKS = {"continent": 1.0, "country": 1.0, "region": 0.55, "town": 0.3, "spot": 0.3, "district": 0.0}


def _rank(place: Place, *_: object) -> float:
    """Countries and regions are named more often than towns of their name, capitals as often, districts less."""
    if place.kind == "capital":
        return _CAPITAL_RANK
    return _RANKS[level(place.kind, place.where_prec)]


def _population(place: Place, *_: object) -> float:
    """Logarithm of its people."""
    return math.log1p(place.population) / math.log1p(MAX_POPULATION) if place.population > 0 else 0.0


def _own_name(place: Place, toponym: Toponym, *_: object) -> float:
    """It bears that very name, rather than as another spelling."""
    return 1.0 if key(toponym.spoken.head) in {key(place.name), key(split_unit(place.name)[0])} else 0.0


FEATURES: dict[str, Callable[..., float]] = {
    "case": _case,
    "unit_word": _unit_word,
    "asked_country": _asked_country,
    "container": _container,
    "document_country": _document_country,
    "near_others": _near_others,
    "list_level": _list_level,
    "rank": _rank,
    "population": _population,
    "own_name": _own_name,
}
