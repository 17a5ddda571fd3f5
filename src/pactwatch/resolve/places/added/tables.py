"""CSV, TSV, XLSX and GeoJSON files of places as entries, whatever their columns are called."""

import csv
import json
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pactwatch.model import Place, Problem, Severity
from pactwatch.resolve.places.added.columns import PCODE_KINDS, Header, header_of
from pactwatch.resolve.places.added.dump import opened
from pactwatch.resolve.places.added.entry import Entry, file_problem, point_problem, row_problem
from pactwatch.resolve.places.added.workbook import sheets
from pactwatch.resolve.places.geometry import distance_km
from pactwatch.resolve.places.kinds import extent
from pactwatch.resolve.places.names import key

SAME_AREA_FACTOR = 1.5
"""Radius of a unit from its area: a disc of the area, widened because units are no discs (a square needs 1.25)."""

MAX_CELL_CHARACTERS = 1_000_000
UNKNOWN_KIND = "place"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Where a GeoJSON feature lies: the middle of its corners' box, and how far its farthest corner is, in km."""

    lat: float
    lon: float
    radius_km: float


def read_table(path: Path) -> Iterator[Entry | Problem]:
    """Yield the places of a table with a header, of every sheet of a workbook, or of a GeoJSON file."""
    where, suffix = str(path), path.suffix.lower()
    if suffix in (".xlsx", ".xlsm"):
        for name, rows in sheets(path):
            yield from _read_rows(rows, f"{where} ({name})", optional=True)
    elif suffix in (".json", ".geojson"):
        yield from _read_features(path)
    else:
        with opened(path) as file:
            yield from _read_rows(_csv_rows(file), where)


def _csv_rows(file: Iterable[str]) -> Iterator[tuple[int, list[str]]]:
    csv.field_size_limit(MAX_CELL_CHARACTERS)
    lines = iter(file)
    first = next(lines, "")
    reader = csv.reader(_chained(first, lines), delimiter=max(",;\t", key=first.count))
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            yield reader.line_num, [f"\0{error}"]
            continue
        yield reader.line_num, cells


def _chained(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


def _read_rows(
    rows: Iterator[tuple[int, list[str]]], where: str, *, optional: bool = False
) -> Iterator[Entry | Problem]:
    """Rows under a header. `optional`: a sheet without places among others (a readme) is passed over with a note."""
    columns = next((cells for _, cells in rows if any(cell.strip() for cell in cells)), [])
    header = header_of(columns)
    if header.missing:
        what = f"the column {' and '.join(header.missing)} is missing; the header is {', '.join(columns)[:200]!r}"
        found = file_problem(
            "places-missing-column", where, what, "Name the columns as in docs/how-to/add-a-gazetteer.md."
        )
        yield _noted(found) if optional else found
        return
    yield from _no_aliases(header, where)
    for line, cells in rows:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(columns) or cells[0].startswith("\0"):
            what = cells[0][1:] if cells[0].startswith("\0") else f"the row has {len(cells)} cells, not {len(columns)}"
            yield row_problem("place-row-broken", where, line, what, "Quote cells that hold the separator.")
            continue
        values = {name: cell.strip() for name, cell in zip(columns, cells, strict=False)}
        yield _entry(values, header, where, line, None)


def _noted(problem: Problem) -> Problem:
    return Problem(
        code=problem.code,
        where=problem.where,
        line=problem.line,
        what=problem.what,
        advice=problem.advice,
        severity=Severity.NOTE,
    )


def _no_aliases(header: Header, where: str) -> Iterator[Problem]:
    if not header.aliases and len(header.names) < 2:
        what = "there is no column of other names: other spellings of these places will not be found"
        yield _noted(row_problem("places-no-aliases", where, 1, what, "Add a column `aliases`, separated by `|`."))


def _read_features(path: Path) -> Iterator[Entry | Problem]:
    where = str(path)
    try:
        data: Any = json.loads(path.read_text(encoding="utf-8-sig", errors="replace"))
    except (ValueError, RecursionError) as error:
        yield file_problem("places-not-json", where, f"not valid JSON: {error}", "Save it as GeoJSON, CSV or XLSX.")
        return
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not features:
        yield file_problem("places-not-geojson", where, "there is no list `features`", "Save a FeatureCollection.")
        return
    columns = dict.fromkeys(str(name) for one in features for name in _properties(one))
    header = header_of(list(columns), outlined=True)
    if header.missing:
        what = f"no property is a name; there are {', '.join(columns)[:200]!r}"
        yield file_problem("places-missing-column", where, what, "Name one `name`, or as in OCHA's tables.")
        return
    yield from _no_aliases(header, where)
    for number, feature in enumerate(features, start=1):
        outline = _outline(feature)
        if outline is None:
            what = f"feature {number} has no point and no outline"
            yield row_problem("place-not-a-point", where, number, what, "Give a Point, Polygon or MultiPolygon.")
            continue
        values = {name: _text(value) for name, value in _properties(feature).items()}
        yield _entry(values, header, where, number, outline)


def _properties(feature: Any) -> Mapping[str, Any]:
    found = feature.get("properties") if isinstance(feature, dict) else None
    return found if isinstance(found, dict) else {}


def _text(value: Any) -> str:
    if isinstance(value, list):
        return "|".join(str(one) for one in value)
    return "" if value is None else str(value).strip()


def _outline(feature: Any) -> Outline | None:
    geometry = feature.get("geometry") if isinstance(feature, dict) else None
    corners = list(_corners(geometry.get("coordinates"))) if isinstance(geometry, dict) else []
    if not corners:
        return None
    lons, lats = [lon for lon, _ in corners], [lat for _, lat in corners]
    lat, lon = (min(lats) + max(lats)) / 2, (min(lons) + max(lons)) / 2
    radius = max(distance_km(lat, lon, y, x) for x, y in corners) if len(corners) > 1 else 0.0
    return Outline(lat=lat, lon=lon, radius_km=radius)


def _corners(coordinates: Any) -> Iterator[tuple[float, float]]:
    """The points of a geometry, however deep they lie; what is no number is passed over."""
    waiting = [coordinates]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, list) or not one:
            continue
        if all(isinstance(x, int | float) and not isinstance(x, bool) and math.isfinite(x) for x in one[:2]):
            if len(one) > 1:
                yield float(one[0]), float(one[1])
        else:
            waiting += one


def _entry(
    values: Mapping[str, str], header: Header, where: str, line: int, outline: Outline | None
) -> Entry | Problem:
    names = list(dict.fromkeys(n for column in header.names if (n := values.get(column, "").strip())))
    if not names or not key(names[0]):
        return row_problem("place-without-name", where, line, "the row has no name", "Give one or take it out.")
    written = (
        (str(outline.lat), str(outline.lon)) if outline else (values.get(header.lat, ""), values.get(header.lon, ""))
    )
    point = point_problem(names[0], *written, where, line)
    if isinstance(point, Problem):
        return point
    kind = _kind(values, header)
    pcode = values.get(header.pcode, "") if header.pcode else ""
    place = Place(
        id=f"pcode:{pcode}" if pcode else "",
        name=names[0],
        kind=kind,
        gazetteer="added",
        lat=point[0],
        lon=point[1],
        radius_km=_radius_km(values, header, outline, kind),
        where_prec=extent(kind).where_prec,
        country=_country(values, header),
        admin1=_unit(values, header, 1, "admin1"),
        admin2=_unit(values, header, 2, "admin2"),
        iso_3166_2=_plain(values, header, "iso_3166_2"),
    )
    return Entry(place=place, names=(*names[1:], *_aliases(values, header)), line=line)


def _aliases(values: Mapping[str, str], header: Header) -> Iterator[str]:
    for column in header.aliases:
        for name in values.get(column, "").replace(";", "|").split("|"):
            if name.strip():
                yield name.strip()


def _plain(values: Mapping[str, str], header: Header, column: str) -> str:
    return values.get(header.plain.get(column, ""), "")


def _kind(values: Mapping[str, str], header: Header) -> str:
    if header.level is not None:
        return PCODE_KINDS[header.level]
    return _plain(values, header, "kind").lower() or UNKNOWN_KIND


def _unit(values: Mapping[str, str], header: Header, level: int, column: str) -> str:
    return values.get(header.units.get(level, ""), "") or _plain(values, header, column)


def _country(values: Mapping[str, str], header: Header) -> str:
    """The ISO 3166-1 code where the table says it or names a country that has one, else the name as written."""
    code = values.get(header.country_code, "") if header.country_code else ""
    if len(code) == 2 and code.isalpha():
        return code.upper()
    return _country_code(_unit(values, header, 0, "country"))


@cache
def _country_code(name: str) -> str:
    import pycountry  # late: a quarter of a second

    try:
        return str(pycountry.countries.lookup(name).alpha_2) if name else ""
    except LookupError:
        return name


def _radius_km(values: Mapping[str, str], header: Header, outline: Outline | None, kind: str) -> float:
    """As given, else as far as the outline reaches, else from the area, else that of the kind."""
    given = _positive(_plain(values, header, "radius_km"))
    if given or (outline and outline.radius_km):
        return round(given or (outline.radius_km if outline else 0.0), 1)
    area = _positive(values.get(header.area, "")) if header.area else 0.0
    return round(SAME_AREA_FACTOR * math.sqrt(area / math.pi), 1) if area else extent(kind).radius_km


def _positive(text: str) -> float:
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        return 0.0
    return value if 0 < value < math.inf else 0.0


def first_line(path: Path) -> str:
    """Return the first line that is not blank, at most a thousand characters; empty where there is none."""
    with opened(path) as file:
        for line in _short(file):
            if line.strip():
                return line
    return ""


def _short(file: Any) -> Sequence[str]:
    return [file.readline(MAX_CELL_CHARACTERS) for _ in range(20)]
