"""Countries and administrative units as places: names and codes from tables, points derived where no table has one.

A derived point is the middle of the smallest circle that holds 95 % of the unit's own places. A population-weighted
middle was tried first: it lies in the biggest town, so the circle that still holds the unit is far larger, and it is
farther from where gazetteers put the unit (median 67 km against 41 km for 39 units named in news texts).
"""

import csv
import gzip
import io
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import numpy as np

from pactwatch.model import Place
from pactwatch.resolve.places.cities import City
from pactwatch.resolve.places.geometry import KM_PER_DEGREE
from pactwatch.resolve.places.names import split_unit

REACH_SHARE = 0.95
"""Share of a unit's places within its radius; the last few are often islands far off or wrongly coded."""

MIN_UNIT_RADIUS_KM = 10.0
MAX_CIRCLE_POINTS = 600
CIRCLE_STEPS = 80
"""Its error falls with the number of steps; after 80 it is about 1 % of the radius."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One row of the shipped table: level 0 country, 1 first-order, 2 second-order; the point may be missing."""

    level: int
    country: str
    code: str
    name: str
    lat: float | None
    lon: float | None
    radius_km: float


@dataclass(slots=True)
class Middle:
    """Places of one unit, gathered while the cities pass by."""

    points: list[tuple[float, float]] = field(default_factory=list)
    population: int = 0

    def add(self, city: City) -> None:
        """Count a place in."""
        self.points.append((city.lat, city.lon))
        self.population += city.population

    def circle(self) -> tuple[float, float, float]:
        """Return latitude, longitude and radius in km of the smallest circle around `REACH_SHARE` of the places.

        Badoiu and Clarkson's iteration on a plane through the places; a unit across the antimeridian is unrolled.
        """
        degrees = np.array(self.points[:: max(1, len(self.points) // MAX_CIRCLE_POINTS)])
        if np.ptp(degrees[:, 1]) > 180:
            degrees[:, 1] %= 360
        stretch = np.array([1.0, math.cos(math.radians(float(degrees[:, 0].mean())))])
        flat = degrees * stretch
        middle = flat.mean(axis=0)
        reach = min(len(flat) - 1, int(REACH_SHARE * len(flat)))
        for step in range(2, CIRCLE_STEPS):
            away = np.hypot(*(flat - middle).T)
            middle = middle + (flat[np.argpartition(away, reach)[reach]] - middle) / step
        radius_km = float(np.partition(np.hypot(*(flat - middle).T), reach)[reach]) * KM_PER_DEGREE
        lat, lon = (middle / stretch).tolist()
        return round(lat, 4), round((lon + 180) % 360 - 180, 4), round(max(radius_km, MIN_UNIT_RADIUS_KM), 1)


def read_units() -> Iterator[Unit]:
    """Yield the rows of the shipped table of units."""
    packed = files("pactwatch.data").joinpath("gazetteer", "units.csv.gz").read_bytes()
    for row in csv.DictReader(io.StringIO(gzip.decompress(packed).decode("utf-8"))):
        yield Unit(
            level=int(row["level"]),
            country=row["country"],
            code=row["code"],
            name=row["name"],
            lat=float(row["lat"]) if row["lat"] else None,
            lon=float(row["lon"]) if row["lon"] else None,
            radius_km=float(row["radius_km"]) if row["radius_km"] else 0.0,
        )


def region_names(unit_name: str, subdivision: Any | None) -> list[str]:
    """Return the names of a first-order unit: GeoNames', ISO's, and both without their unit word."""
    names = [unit_name]
    if subdivision is not None:
        names += [part.strip() for part in subdivision.name.split("/")]
    cores = [split_unit(name)[0] for name in names]
    return list(dict.fromkeys(name for name in [*names, *cores] if name))


def region_kind(subdivision: Any | None) -> str:
    """Return the kind in our words (`province`, `governorate`, `state`, `region`) of an ISO subdivision type."""
    kind = (subdivision.type if subdivision is not None else "").casefold()
    return next((word for word in ("province", "governorate", "state") if word in kind), "region")


def pointed(unit: Unit, middle: Middle | None) -> tuple[float, float, float] | None:
    """Return point and radius of a unit: its table's, else derived from its places, else None."""
    if unit.lat is not None and unit.lon is not None:
        return unit.lat, unit.lon, unit.radius_km
    return middle.circle() if middle and middle.points else None


def city_radius_km(population: int) -> float:
    """Return the usual radius in km of a town: one km at a thousand inhabitants, about 14 at a million, 30 at most.

    The exponent is the areal growth of towns with their people (about 0.8 of the people, so 0.4 for a radius).
    """
    return round(min(30.0, max(1.0, float((max(population, 1) / 1000) ** 0.38))), 1)


def country_place(country: Mapping[str, Any], unit: Unit | None, middle: Middle | None) -> Place | None:
    """Return a country as a place, or None where nothing gives it a point."""
    if unit is None:
        unit = Unit(level=0, country="", code=country["iso"], name=country["name"], lat=None, lon=None, radius_km=0.0)
    point = pointed(unit, middle)
    if point is None:
        return None
    lat, lon, radius_km = point
    return Place(
        id=f"geonames:{country['geonameid']}",
        name=country["name"],
        kind="country",
        gazetteer="geonames",
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        where_prec=6,
        country=country["iso"],
        geonameid=country["geonameid"],
        population=country["population"],
    )
