"""Shapes of described places: points, lines and polygons on a sphere, each with how far it may be off, in km."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pactwatch.resolve.places.geometry import bearing_degrees, distance_km, shifted
from pactwatch.resolve.places.relations import Relation, Way

Point = tuple[float, float]
"""Latitude and longitude, in degrees; a shape's own parts are (longitude, latitude), as GeoJSON has them."""

NEAR_KM = 10.0
"""How far off "near X" and "north of X" may be, beyond X itself: what ceasefire reports use them for."""

EDGE_KM = 3.0
"""How far the outskirts of a place reach beyond it."""

BEND_SHARE = 0.15
"""How far a road leaves the straight line between its ends: share of the distance, either side. With a detour of a
quarter (usual for roads between towns) the bow is 0.15 to 0.35 of it at the worst and half of that on the average."""

DIRECTION_SHARE = 0.4
"""Half an eighth of the compass (22.5 degrees) either way is 0.4 of the distance sideways."""

DISTANCE_SHARE = 0.1
"""How far a stated distance is rounded; a rough one ("about") twice as far."""

HALF_SECTOR_DEGREES = 45.0
QUARTER_DEGREES = 90.0
CIRCLE_STEPS = 36


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What an anchor means on the ground: a disc (one point), an agreement's line, or an area of discs."""

    id: str
    points: tuple[Point, ...]
    radii_km: tuple[float, ...]
    kind: str = "place"
    error_km: float = 0.0

    @property
    def point(self) -> Point:
        """The first point: the middle of a place."""
        return self.points[0]

    @property
    def radius_km(self) -> float:
        """The greatest radius: that of a place."""
        return max(self.radii_km, default=0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A GeoJSON type, its parts as (longitude, latitude), and the error in km."""

    kind: str
    parts: tuple[tuple[Point, ...], ...]
    error_km: float


def draw(relation: Relation, grounds: Sequence[Ground]) -> Drawn | None:
    """Return the shape of a relation between its anchors' grounds; None where such words say nothing of the ground."""
    first = grounds[0]
    if len(grounds) > 1:
        return _among(relation, grounds)
    if first.kind == "line":
        return _by_line(relation, first)
    if first.kind == "area":
        return _area(first) if relation.way in (Way.ITSELF, Way.NEAR) else None
    return _by_place(relation, first)


def _drawn(kind: str, parts: Sequence[Sequence[Point]], error_km: float) -> Drawn:
    turned = tuple(tuple((lon, lat) for lat, lon in part) for part in parts)
    return Drawn(kind=kind, parts=turned, error_km=round(error_km, 1))


def _by_place(relation: Relation, ground: Ground) -> Drawn | None:
    """One place, and where from it."""
    at, radius = ground.point, ground.radius_km
    turn, km = relation.bearing, (relation.low_km + relation.high_km) / 2
    match relation.way:
        case Way.OFFSET if turn is not None:
            error = radius + max(_spread(relation), DIRECTION_SHARE * km)
            return _drawn("Point", [[shifted(*at, turn, km)]], error)
        case Way.WITHIN if turn is not None:
            return _drawn("Polygon", [_sector(at, turn, HALF_SECTOR_DEGREES, relation.high_km)], radius)
        case Way.WITHIN:
            return _drawn("Polygon", [_circle(at, relation.high_km)], radius)
        case Way.DISTANCE:
            return _drawn("LineString", [_circle(at, km)], radius + _spread(relation))
        case Way.SIDE if turn is not None:
            reach = radius + (EDGE_KM if relation.close else NEAR_KM)
            return _drawn("Polygon", [_sector(at, turn, HALF_SECTOR_DEGREES, reach)], radius)
        case Way.OUTSKIRTS if turn is not None:
            return _drawn("Polygon", [_sector(at, turn, HALF_SECTOR_DEGREES, radius + EDGE_KM)], EDGE_KM)
        case Way.OUTSKIRTS:
            return _drawn("Polygon", [_circle(at, radius + EDGE_KM)], EDGE_KM)
        case Way.PART if turn is not None:
            return _drawn("Polygon", [_sector(at, turn, QUARTER_DEGREES, radius)], radius / 4)
        case Way.PART:
            return _drawn("Polygon", [_circle(at, radius / 2)], radius / 4)
        case Way.NEAR:
            return _drawn("Polygon", [_circle(at, radius + NEAR_KM)], radius)
    return None


def _spread(relation: Relation) -> float:
    """Half of a range, or how far a single distance is rounded, whichever is more."""
    share = DISTANCE_SHARE * (2 if relation.rough else 1)
    return max((relation.high_km - relation.low_km) / 2, share * relation.high_km)


def _among(relation: Relation, grounds: Sequence[Ground]) -> Drawn | None:
    """Several places, and where among them."""
    if any(ground.kind != "place" for ground in grounds):
        return None
    if len({ground.id for ground in grounds[:2]}) < 2:
        return None
    first, second = grounds[0], grounds[1]
    apart = distance_km(*first.point, *second.point)
    radius, bend = max(first.radius_km, second.radius_km), BEND_SHARE * apart
    km = (relation.low_km + relation.high_km) / 2
    match relation.way:
        case Way.HALFWAY:
            return _drawn("Point", [[_along(first.point, second.point, apart / 2)]], radius + bend)
        case Way.TOWARD:
            error = first.radius_km + max(_spread(relation), DIRECTION_SHARE * km)
            return _drawn("Point", [[_along(first.point, second.point, km)]], error)
        case Way.ON_ROAD:
            return _on_road(relation, grounds, km)
        case Way.ROAD:
            return _drawn("LineString", [[first.point, second.point]], radius + bend)
        case Way.BETWEEN if len(grounds) > 2:
            ring = [ground.point for ground in grounds]
            return _drawn("Polygon", [[*ring, ring[0]]], max(ground.radius_km for ground in grounds))
        case Way.BETWEEN:
            return _drawn("LineString", [[first.point, second.point]], radius + bend)
    return None


def _on_road(relation: Relation, grounds: Sequence[Ground], km: float) -> Drawn | None:
    """A distance from one end of a road; None where the third place is neither end, or beyond the other one."""
    first, second, start = grounds
    ends = [ground for ground in (first, second) if ground.id == start.id]
    other = [ground for ground in (first, second) if ground.id != start.id]
    if len(ends) != 1 or km > distance_km(*first.point, *second.point):
        return None
    error = start.radius_km + max(_spread(relation), DIRECTION_SHARE * km)
    return _drawn("Point", [[_along(start.point, other[0].point, km)]], error)


def _along(one: Point, other: Point, km: float) -> Point:
    return shifted(*one, bearing_degrees(*one, *other), km)


def _by_line(relation: Relation, ground: Ground) -> Drawn | None:
    """A line of the agreement: itself, the ground within some km of it, or beside it."""
    line, error, turn = ground.points, ground.error_km, relation.bearing
    km = (relation.low_km + relation.high_km) / 2
    match relation.way:
        case Way.WITHIN | Way.DISTANCE if turn is None:
            spread = _spread(relation) if relation.way is Way.DISTANCE else 0.0
            return _drawn("MultiPolygon", _buffer(line, relation.high_km), error + spread)
        case Way.OFFSET if turn is not None:
            moved = [shifted(*point, turn, km) for point in line]
            return _drawn("LineString", [moved], error + max(_spread(relation), DIRECTION_SHARE * km))
        case Way.SIDE | Way.WITHIN if turn is not None:
            reach = relation.high_km or NEAR_KM
            moved = [shifted(*point, turn, reach) for point in line]
            return _drawn("Polygon", [[*line, *reversed(moved), line[0]]], error)
        case Way.NEAR:
            return _drawn("MultiPolygon", _buffer(line, NEAR_KM), error)
        case Way.ITSELF:
            return _drawn("LineString", [line], error)
    return None


def _area(ground: Ground) -> Drawn:
    """An area of the agreement: a disc for each unit or point of it. Units are no discs, so the error is theirs."""
    pairs = zip(ground.points, ground.radii_km, strict=True)
    return _drawn("MultiPolygon", [_circle(point, km) for point, km in pairs], ground.error_km)


def _circle(at: Point, km: float) -> list[Point]:
    """A ring, anticlockwise as GeoJSON asks, closed."""
    turns = [-360.0 * step / CIRCLE_STEPS for step in range(CIRCLE_STEPS)]
    ring = [shifted(*at, turn % 360, km) for turn in turns]
    return [*ring, ring[0]]


def _sector(at: Point, turn: float, half: float, km: float) -> list[Point]:
    """A slice of a disc around a bearing; its tip is the point itself."""
    steps = math.ceil(2 * half / (360.0 / CIRCLE_STEPS))
    bow = [shifted(*at, (turn + half - 2 * half * step / steps) % 360, km) for step in range(steps + 1)]
    return [at, *bow, at]


def _buffer(line: Sequence[Point], km: float) -> list[list[Point]]:
    """For each stretch of a line the ground within `km` of it, round at both ends; the stretches overlap."""
    return [_capsule(one, other, km) for one, other in pairwise(line)]


def _capsule(one: Point, other: Point, km: float) -> list[Point]:
    out, back = bearing_degrees(*one, *other), bearing_degrees(*other, *one)
    steps = CIRCLE_STEPS // 2
    far = [shifted(*other, (out + 90 - 180 * step / steps) % 360, km) for step in range(steps + 1)]
    near = [shifted(*one, (back + 90 - 180 * step / steps) % 360, km) for step in range(steps + 1)]
    return [*far, *near, far[0]]
