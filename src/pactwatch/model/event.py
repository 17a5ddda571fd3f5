"""What others recorded: event rows, who looked where and when, and how much a match is worth."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pactwatch.model.fact import Made


class Independence(StrEnum):
    """The route of a record's information as seen from the claim's speaker (law 6); it is not about neutrality."""

    INDEPENDENT = "independent"
    SAME_OUTLET = "same_outlet"
    SAME_PARTY = "same_party"
    DERIVED = "derived"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One row of an event data set. Dates are inclusive; `date_prec` and `where_prec` are UCDP GED's 1–5 and 1–7.

    `acts` are the acts that its type may be in our vocabulary (a crosswalk), `deaths` the best estimate, None where
    the data set does not say. `informant` is whose word the row rests on, as the data set names it. `row` is its line.
    `citations` are its sources as (outlet, day as YYYY-MM-DD, title), each part empty where the data set does not give
    it; `source_kind` is the data set's own word for what sort of source it is.
    """

    id: str
    dataset: str
    first: dt.date
    last: dt.date
    date_prec: int
    lat: float
    lon: float
    where_prec: int
    radius_km: float
    place: str
    country: str = ""
    admin1: str = ""
    acts: tuple[str, ...] = ()
    event_type: str = ""
    actor1: str = ""
    actor2: str = ""
    deaths: int | None = None
    injured: int | None = None
    outlet: str = ""
    informant: str = ""
    headline: str = ""
    notes: str = ""
    row: int = 0
    citations: tuple[tuple[str, str, str], ...] = ()
    source_kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroboration:
    """An event near a claim. `distance_km` and `days` apart are lower bounds: zero where the uncertainties overlap.

    `chance` is the share of claims equally vague, moved in time and place, that find as good a match (0 to 1): a match
    with chance 0.6 is worth next to nothing. `supports` is True only for an independent record (law 6). `contradicts`
    lists what the record says otherwise (a toll, an actor), in plain words.
    """

    claim_id: str
    event_id: str
    dataset: str
    score: float
    distance_km: float
    days: int
    independence: Independence
    independence_reason: str
    chance: float
    supports: bool
    features: tuple[tuple[str, float], ...] = ()
    contradicts: tuple[str, ...] = ()
    made: Made


@dataclass(frozen=True, slots=True, kw_only=True)
class Exposure:
    """One day and sector of an observer's log: planned and done patrols, hours, and who denied access.

    `places` names the places that the sector is known to hold and `within` the unit that it is a part of, where a
    sectors file says so; without one the sector's own name is compared with the names of units.
    """

    day: dt.date
    sector: str
    planned: int
    done: int
    hours: float
    access: str
    denied_by: str = ""
    reason: str = ""
    observer: str = ""
    places: tuple[str, ...] = ()
    within: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What observers saw of a claim's place and days: `observed` is None where no log covers it (law 7)."""

    claim_id: str
    observed: bool | None
    hours: float
    days_observed: int
    days: int
    denied: tuple[str, ...] = ()
    note: str = ""
