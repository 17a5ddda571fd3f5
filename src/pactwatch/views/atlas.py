"""The map's data: named places as circles of their uncertainty, never a point finer than its evidence (law 10)."""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pactwatch.model import Checked, Event
from pactwatch.views.findings import Finding, findings, is_rejected
from pactwatch.views.sides import Side
from pactwatch.views.wording import counted

PUBLISHED_GRID_DEGREES = 0.2
"""A page for publication moves every centre to a grid of a fifth of a degree, about 22 km of latitude."""

PUBLISHED_RADIUS_KM = 20.0
"""The least radius of a published circle."""

PUBLISHED_SHIFT_KM = 16.0
"""Added to the radius: half the diagonal of a grid cell (15.7 km), so that the moved circle still holds the place."""

LEAST_RADIUS_KM = 0.5
"""No circle is smaller than half a kilometre: a name in a text never says more, whatever a gazetteer's point says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place that claims name: a circle within which the true place lies. `sides` are those said to act there."""

    name: str
    lat: float
    lon: float
    radius_km: float
    numbers: tuple[str, ...]
    sides: tuple[Side, ...]
    region: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSpot:
    """A record near some claim, with the radius of its own imprecision."""

    text: str
    lat: float
    lon: float
    radius_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class WorldMap:
    """Places and records. `base` is False where an agreement is invented: no real land is drawn under it.

    `unresolved` names each place that nothing resolves, with the claims that name it; `coarsened` is True on a
    page for publication.
    """

    spots: tuple[Spot, ...]
    records: tuple[RecordSpot, ...]
    unresolved: tuple[tuple[str, tuple[str, ...]], ...]
    base: bool
    coarsened: bool

    @property
    def text(self) -> str:
        """The map in words, for whoever does not see it."""
        return (
            f"{counted(len(self.spots), 'place')} named in claims and {counted(len(self.records), 'record')} near them"
        )


def world_map(checked: Checked, *, published: bool = False) -> WorldMap:
    """Return the places of a check; `published` moves centres to a coarse grid and widens the circles."""
    return map_of(checked, findings(checked), published=published)


def map_of(checked: Checked, found: tuple[Finding, ...], *, published: bool) -> WorldMap:
    """Return the map of findings that are at hand already."""
    kept = [one for one in found if not is_rejected(one)]
    spots = tuple(_spots(kept, published=published))
    return WorldMap(
        spots=tuple(sorted(spots, key=lambda one: (-one.radius_km, one.name, one.lat, one.lon))),
        records=tuple(_records(checked.events, published=published)),
        unresolved=_unresolved(kept),
        base=not any(agreement.invented for agreement in checked.agreements),
        coarsened=published,
    )


def _spots(found: list[Finding], *, published: bool) -> Iterable[Spot]:
    by_place: defaultdict[tuple[str, str], list[Finding]] = defaultdict(list)
    circles: dict[tuple[str, str], tuple[float, float, float]] = {}
    regions: set[tuple[str, str]] = set()
    for finding in found:
        for place in finding.places:
            if place.lat is not None and place.lon is not None and place.radius_km is not None:
                key = (place.place_id, place.name)
                by_place[key].append(finding)
                regions |= {key} if place.region else set()
                circles[key] = coarse(place.lat, place.lon, place.radius_km, published=published)
    for key, here in by_place.items():
        lat, lon, radius_km = circles[key]
        sides = {one.side.id: one.side for one in here}
        yield Spot(
            name=key[1],
            lat=lat,
            lon=lon,
            radius_km=radius_km,
            numbers=tuple(dict.fromkeys(one.number for one in here)),
            sides=tuple(sorted(sides.values(), key=lambda one: (one.index, one.label))),
            region=key in regions,
        )


def coarse(lat: float, lon: float, radius_km: float, *, published: bool) -> tuple[float, float, float]:
    """Return the circle to draw: never below the least radius, and on the published grid where that is asked."""
    if not published:
        return lat, lon, max(radius_km, LEAST_RADIUS_KM)
    step = PUBLISHED_GRID_DEGREES
    return (
        round(round(lat / step) * step, 6),
        round(round(lon / step) * step, 6),
        max(radius_km + PUBLISHED_SHIFT_KM, PUBLISHED_RADIUS_KM),
    )


def _records(events: Iterable[Event], *, published: bool) -> Iterable[RecordSpot]:
    for event in sorted(events, key=lambda one: (one.dataset, one.id)):
        if not (math.isfinite(event.lat) and math.isfinite(event.lon)):
            continue
        lat, lon, radius_km = coarse(event.lat, event.lon, event.radius_km, published=published)
        text = f"{event.dataset} {event.id}: {event.event_type or 'event'}, {event.place or 'unnamed place'}"
        yield RecordSpot(text=text, lat=lat, lon=lon, radius_km=radius_km)


def _unresolved(found: list[Finding]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    by_words: defaultdict[str, list[str]] = defaultdict(list)
    for finding in found:
        for place in finding.places:
            if not place.resolved and finding.number not in by_words[place.words]:
                by_words[place.words].append(finding.number)
    return tuple((words, tuple(numbers)) for words, numbers in sorted(by_words.items()) if numbers)
