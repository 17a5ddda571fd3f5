"""Outlines of countries from the packaged TopoJSON, for orientation only."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any

Ring = tuple[tuple[float, float], ...]
"""A closed line of (lon, lat) in degrees."""

Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""


@lru_cache(maxsize=1)
def outlines() -> tuple[Ring, ...]:
    """Return every ring of every country; empty where the file is not in the package."""
    file = files("pactwatch.data") / "outlines" / "countries-110m.json"
    if not file.is_file():
        return ()
    topology = json.loads(file.read_text(encoding="utf-8"))
    arcs = _arcs(topology)
    return tuple(_ring(ring, arcs) for ring in _rings(topology["objects"]["countries"]))


def _arcs(topology: dict[str, Any]) -> list[list[tuple[float, float]]]:
    """Undo TopoJSON's quantisation and its differences from point to point (TopoJSON 2.1, sections 2.1.2 and 2.1.3)."""
    (scale_x, scale_y), (move_x, move_y) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale_x + move_x, y * scale_y + move_y))
        arcs.append(points)
    return arcs


def _rings(collection: dict[str, Any]) -> Iterator[list[int]]:
    for geometry in collection["geometries"]:
        if geometry["type"] == "Polygon":
            yield from geometry["arcs"]
        elif geometry["type"] == "MultiPolygon":
            for polygon in geometry["arcs"]:
                yield from polygon


def _ring(indexes: Iterable[int], arcs: list[list[tuple[float, float]]]) -> Ring:
    """Join arcs; a negative index is the arc `~index` backwards, and the first point of each repeats the last one."""
    points: list[tuple[float, float]] = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points += arc[1:] if points else arc
    return tuple(points)


def within(box: Box) -> Iterator[Ring]:
    """Yield the rings that may touch a box. Rings over the 180th meridian are left out: they would cross the map."""
    west, south, east, north = box
    for ring in outlines():
        lons, lats = [lon for lon, _ in ring], [lat for _, lat in ring]
        if max(lons) - min(lons) > 180:
            continue
        if max(lons) >= west and min(lons) <= east and max(lats) >= south and min(lats) <= north:
            yield ring
