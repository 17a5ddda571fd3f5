"""Distances on the map, good to a few metres over the distances that clauses speak of (tens of kilometres)."""

import math
from collections.abc import Sequence
from itertools import pairwise

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""


def distance_km(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Return the great-circle distance of two (lat, lon) points."""
    lat_a, lon_a, lat_b, lon_b = map(math.radians, (*a, *b))
    half = math.sin((lat_b - lat_a) / 2) ** 2 + math.cos(lat_a) * math.cos(lat_b) * math.sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(half)))


def distance_to_line_km(point: tuple[float, float], line: Sequence[tuple[float, float]]) -> float:
    """Return the distance from a (lat, lon) point to the nearest part of a chain of points; inf for an empty chain."""
    return along_line(point, line)[0]


def along_line(point: tuple[float, float], line: Sequence[tuple[float, float]]) -> tuple[float, int, float]:
    """Return the distance in km to a chain of points, the nearest segment's index, and how far along it (0 to 1).

    An empty chain is infinitely far.
    """
    if len(line) == 1:
        return distance_km(point, line[0]), 0, 0.0
    found = [(*_to_segment(point, a, b), index) for index, (a, b) in enumerate(pairwise(line))]
    away_km, share, index = min(found, default=(math.inf, 0.0, 0))
    return away_km, index, share


def _to_segment(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float]:
    """In a plane that touches the Earth at the point; a segment of 100 km is wrong by less than 0.1 %."""
    ax, ay = _plane_km(point, a)
    bx, by = _plane_km(point, b)
    dx, dy = bx - ax, by - ay
    length2 = dx * dx + dy * dy
    along = 0.0 if length2 == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / length2))
    return math.hypot(ax + along * dx, ay + along * dy), along


def _plane_km(origin: tuple[float, float], point: tuple[float, float]) -> tuple[float, float]:
    lat, lon = math.radians(point[0] - origin[0]), math.radians((point[1] - origin[1] + 180) % 360 - 180)
    return EARTH_RADIUS_KM * lon * math.cos(math.radians(origin[0])), EARTH_RADIUS_KM * lat
