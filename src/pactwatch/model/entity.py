"""Parties under neutral labels and places with their uncertainty; and what a mention was resolved to."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pactwatch.model.fact import Made
from pactwatch.model.text import Quote


class PartyKind(StrEnum):
    """What sort of actor an entry of the register is."""

    STATE = "state"
    GOVERNMENT = "government"
    FORCES = "forces"
    ARMED_GROUP = "armed_group"
    MILITIA = "militia"
    MONITOR = "monitor"
    MEDIATOR = "mediator"
    INTERNATIONAL = "international"
    PRESS = "press"
    OFFICE = "office"
    PERSON = "person"
    POPULATION = "population"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alias:
    """A name that somebody uses. `used_by` is a party id, empty where the name is everybody's or the party's own.

    `loaded` is True for an epithet: it may identify the party in that user's mouth, and never becomes a label.
    """

    name: str
    used_by: str = ""
    loaded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Membership:
    """`party` belongs to (or acts under) `of` from `since` until `until` (both days included; None is open)."""

    of: str
    since: dt.date | None = None
    until: dt.date | None = None
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """One entry of the register. `label` is the neutral label, the only name that Pactwatch uses itself."""

    id: str
    label: str
    own_name: str
    kind: PartyKind
    aliases: tuple[Alias, ...] = ()
    member_of: tuple[Membership, ...] = ()
    codes: tuple[tuple[str, str], ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place of a gazetteer: a point with the radius in km within which the true one lies.

    `gazetteer` names where it comes from (`case`, `added`, `geonames`, `iso3166-2`); `where_prec` is UCDP GED's
    precision of the place *itself* (1 exact, 3 second-order unit, 4 first-order unit, 6 country).
    """

    id: str
    name: str
    kind: str
    gazetteer: str
    lat: float
    lon: float
    radius_km: float
    where_prec: int
    country: str = ""
    admin1: str = ""
    admin2: str = ""
    iso_3166_2: str = ""
    geonameid: int | None = None
    population: int = 0
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCandidate:
    """One reading of a place name, with the features that speak for it."""

    place: Place
    score: float
    features: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Where words lie that describe a place by others: "6 km north-west of Karsa", "between Toma and Sveta Ana".

    `kind` is a GeoJSON type: `Point`, `LineString`, `Polygon` or `MultiPolygon`; `parts` are its point, line or rings
    as (longitude, latitude), each ring a polygon of its own, which may overlap. The true place lies in the shape or at
    most `error_km` outside. `anchors` are the ids of the places, or of the agreement's areas, that it rests on.
    """

    quote: Quote
    rule: str
    kind: str
    parts: tuple[tuple[tuple[float, float], ...], ...]
    error_km: float
    anchors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceResolution:
    """Which places a mention may mean, best first. No candidate, or none chosen: `reason` says why.

    `index` counts within `Claim.places`. `chosen` is the candidate taken, None where the program abstains.
    `shape` is there where the words around the mention describe a place by others.
    """

    claim_id: str
    index: int
    words: str
    candidates: tuple[PlaceCandidate, ...]
    chosen: PlaceCandidate | None
    rule: str
    reason: str = ""
    shape: Shape | None = None
    made: Made


@dataclass(frozen=True, slots=True, kw_only=True)
class PartyResolution:
    """Which party of the register a mention means: `party` is its id, None where nothing fits or several do.

    `field` is `speaker`, `agent` or `target`, `index` counts within it. `suggestions` are ids of similar names, for a
    person to review; they are never taken by the program.
    """

    claim_id: str
    field: str
    index: int
    words: str
    party: str | None
    rule: str
    reason: str = ""
    suggestions: tuple[str, ...] = ()
    made: Made
