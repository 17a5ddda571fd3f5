"""A case's own places: a CSV table or GeoJSON points that a person brings, and look-up in them.

A row that cannot be used is left out and named in a `Problem` with its line; the others stay.
"""

import csv
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pactwatch.handwritten import read_text
from pactwatch.model import Place, Problem, Severity
from pactwatch.resolve.places.geometry import distance_km
from pactwatch.resolve.places.kinds import extent
from pactwatch.resolve.places.names import bare, key, skeleton, split_unit

COLUMNS = ("name", "kind", "admin1", "admin2", "lat", "lon", "aliases", "country", "radius_km", "iso_3166_2")
_VARIANTS = {
    "name": "name asciiname placename place_name place toponym title",
    "kind": "kind type place_type feature_type class",
    "admin1": "admin1 adm1 adm1_en province state region governorate",
    "admin2": "admin2 adm2 adm2_en district county",
    "lat": "lat latitude y",
    "lon": "lon lng long longitude x",
    "aliases": "aliases alias alternatenames alternate_names alt_names other_names also_called names",
    "country": "country country_name adm0 adm0_en",
    "radius_km": "radius_km radius uncertainty_km",
    "iso_3166_2": "iso_3166_2 iso iso3166_2",
}
COLUMN_OF = {variant: column for column, variants in _VARIANTS.items() for variant in variants.split()}

UNKNOWN_KIND = "place"
MARGIN_KM = 5.0
"""Added to the distance of a unit's farthest place: the border lies beyond it, by about half a day's walk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One place as written, with its line (its number in the list of features for GeoJSON)."""

    values: Mapping[str, str]
    line: int


def read_places(path: Path) -> tuple[tuple[Place, ...], tuple[Problem, ...]]:
    """Return the places of a case's own file, and a problem for each row left out.

    CSV with a header (`name,kind,admin1,admin2,lat,lon,aliases`; usual other spellings are understood, aliases are
    separated by `|`), or GeoJSON with points. Degrees are WGS 84. `InputError` where the file cannot be read at all.
    """
    text = read_text(path)
    where = str(path)
    is_json = path.suffix.lower() in {".json", ".geojson"} or text.lstrip().startswith("{")
    rows, problems = _geojson_rows(text, where) if is_json else _csv_rows(text, where)
    found: list[tuple[Place, int]] = []
    for row in rows:
        read = _place(row, where)
        if isinstance(read, Problem):
            problems.append(read)
        else:
            found.append((read, row.line))
    places, doubles = _without_doubles(found, where)
    return tuple(_placed_in_countries(_with_extents(places))), tuple(problems + doubles)


def _csv_rows(text: str, where: str) -> tuple[list[Row], list[Problem]]:
    header_line = text.split("\n", 1)[0]
    separator = max(",;\t", key=header_line.count)
    reader = csv.reader(text.splitlines(), delimiter=separator)
    header = [COLUMN_OF.get(h.strip().lstrip("#").lower(), "") for h in next(reader, [])]
    missing = [column for column in ("name", "lat", "lon") if column not in header]
    if missing:
        what = f"the column {' and '.join(missing)} is missing; the header is {header_line.strip()!r}"
        return [], [
            _problem("places-missing-column", where, 1, what, "Name the columns as in docs/reference/places.md.")
        ]
    problems = []
    if "aliases" not in header:
        what = "there is no column of aliases: other spellings of these places will not be found"
        note = _problem("places-no-aliases", where, 1, what, "Add a column `aliases`, names separated by `|`.")
        problems.append(replace(note, severity=Severity.NOTE))
    rows = []
    for cells in reader:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) > len(header):
            what = f"the row has {len(cells)} cells, the header {len(header)}"
            problems.append(
                _problem("place-row-broken", where, reader.line_num, what, "Quote cells that hold a comma.")
            )
            continue
        values = {column: cell.strip() for column, cell in zip(header, cells, strict=False) if column}
        rows.append(Row(values=values, line=reader.line_num))
    return rows, problems


def _geojson_rows(text: str, where: str) -> tuple[list[Row], list[Problem]]:
    try:
        data: Any = json.loads(text)
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        return [], [_problem("places-not-json", where, line, f"not valid JSON: {error}", "Save it as GeoJSON or CSV.")]
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list):
        return [], [
            _problem("places-not-geojson", where, 1, "there is no list `features`", "Save a FeatureCollection.")
        ]
    rows, problems = [], []
    for number, feature in enumerate(features, start=1):
        values = _feature_values(feature)
        if values is None:
            what = f"feature {number} is not a point with properties"
            problems.append(_problem("place-not-a-point", where, number, what, "Give a point; its extent by `kind`."))
        else:
            rows.append(Row(values=values, line=number))
    return rows, problems


def _feature_values(feature: Any) -> dict[str, str] | None:
    if not isinstance(feature, dict):
        return None
    geometry, properties = feature.get("geometry"), feature.get("properties")
    if not isinstance(geometry, dict) or geometry.get("type") != "Point" or not isinstance(properties, dict):
        return None
    point = geometry.get("coordinates")
    if not isinstance(point, list) or len(point) < 2:
        return None
    values = {"lon": str(point[0]), "lat": str(point[1])}
    for name, value in properties.items():
        column = COLUMN_OF.get(str(name).lower())
        if column and column not in values and value is not None:
            values[column] = "|".join(map(str, value)) if isinstance(value, list) else str(value)
    return values


def _place(row: Row, where: str) -> Place | Problem:
    name = row.values.get("name", "")
    if not key(name):
        return _problem("place-without-name", where, row.line, "the row has no name", "Give one or take it out.")
    lat, lon = (_number(row.values.get(axis, "")) for axis in ("lat", "lon"))
    if lat is None or lon is None:
        what = f"{name}: latitude and longitude are {row.values.get('lat', '')!r}, {row.values.get('lon', '')!r}"
        return _problem("place-bad-point", where, row.line, what, "Write decimal degrees, with a point.")
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        swapped = " They look exchanged." if -90 <= lon <= 90 and -180 <= lat <= 180 else ""
        what = f"{name}: {lat}, {lon} is not on the globe."
        return _problem("place-out-of-range", where, row.line, what, f"Latitude is -90 to 90.{swapped}")
    kind = row.values.get("kind", "").lower() or UNKNOWN_KIND
    given = _number(row.values.get("radius_km", ""))
    return Place(
        id="",
        name=name,
        kind=kind,
        gazetteer="case",
        lat=lat,
        lon=lon,
        radius_km=given if given is not None and given > 0 else 0.0,
        where_prec=extent(kind).where_prec,
        country=row.values.get("country", ""),
        admin1=row.values.get("admin1", ""),
        admin2=row.values.get("admin2", ""),
        iso_3166_2=row.values.get("iso_3166_2", ""),
        aliases=tuple(a.strip() for a in row.values.get("aliases", "").split("|") if a.strip()),
    )


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if abs(value) < float("inf") else None


def _without_doubles(found: Sequence[tuple[Place, int]], where: str) -> tuple[list[Place], list[Problem]]:
    """Give every place an id of its own; the same name, kind and units a second time is left out."""
    kept, problems, ids = [], [], set()
    lines: dict[tuple[str, ...], int] = {}
    for place, line in found:
        same = (key(place.name), place.kind, key(place.admin1), key(place.admin2), key(place.country))
        if same in lines:
            what = f"{place.name} ({place.kind}) stands already in line {lines[same]}"
            problems.append(_problem("place-twice", where, line, what, "Keep one of the two."))
            continue
        lines[same] = line
        words = key(place.name).replace(" ", "-")
        choices = (words, f"{words}-{place.kind.replace(' ', '-')}", f"{words}-line-{line}")
        name = next(choice for choice in choices if choice not in ids)
        ids.add(name)
        kept.append(replace(place, id=f"case:{name}"))
    return kept, problems


def _with_extents(places: Sequence[Place]) -> Iterator[Place]:
    """Radius as given, else as far as the unit's own places reach, else that of the kind."""
    for place in places:
        if place.radius_km:
            yield place
            continue
        usual = extent(place.kind)
        reach = [distance_km(place.lat, place.lon, p.lat, p.lon) for p in places if _lies_in(p, place)]
        radius_km = max(usual.radius_km, max(reach) + MARGIN_KM) if reach else usual.radius_km
        yield replace(place, radius_km=round(radius_km, 1))


def _lies_in(inner: Place, outer: Place) -> bool:
    """True where the table says that `inner` is a part of the unit `outer`."""
    if inner is outer:
        return False
    if outer.where_prec == 4:
        return key(inner.admin1) == key(outer.name)
    if outer.where_prec == 3 and outer.admin2:
        return inner.where_prec < 3 and (key(inner.admin1), key(inner.admin2)) == (key(outer.admin1), key(outer.admin2))
    return False


def _placed_in_countries(places: Iterable[Place]) -> list[Place]:
    """Fill `country` where the table says it: a unit named like a country, or the only country left over."""
    some = list(places)
    countries = {key(p.name): p.name for p in some if p.where_prec == 6}
    abroad = {key(p.admin1) for p in some} & set(countries)
    home = [name for folded, name in countries.items() if folded not in abroad]
    made = []
    for place in some:
        own = place.name if place.where_prec == 6 else countries.get(key(place.admin1), "")
        made.append(replace(place, country=place.country or own or (home[0] if len(home) == 1 else "")))
    return made


def _problem(code: str, where: str, line: int, what: str, advice: str) -> Problem:
    return Problem(code=code, where=where, line=line, what=what, advice=advice)


class CaseGazetteer:
    """The places of a case, by name and alias. Homonyms are kept."""

    name = "case"

    def __init__(self, places: Sequence[Place]) -> None:
        self.places = tuple(places)
        self._by_id = {place.id: place for place in self.places}
        self._by_key: dict[str, list[Place]] = defaultdict(list)
        self._by_skeleton: dict[str, list[Place]] = defaultdict(list)
        for place in self.places:
            for folded in dict.fromkeys(_keys(place)):
                self._by_key[folded].append(place)
            for bones in dict.fromkeys(skeleton(folded) for folded in _keys(place)):
                if bones:
                    self._by_skeleton[bones].append(place)

    def lookup(self, name: str) -> list[Place]:
        """Return every place of that name, alias or spelling, in the order of the file; empty where there is none."""
        folded = key(bare(name) or name)
        if not folded:
            return []
        found = self._by_key.get(folded)
        if found is None and not name.isascii():
            found = self._by_skeleton.get(skeleton(folded))
        return list(found or ())

    def similar(self, name: str) -> list[Place]:
        """Return places whose name has the same skeleton (`Jelin`, `Zhelin`); empty where there is none."""
        return list(self._by_skeleton.get(skeleton(key(name)), ()))

    def by_id(self, place_id: str) -> Place | None:
        """Return the place of that id, or None."""
        return self._by_id.get(place_id)


def _keys(place: Place) -> Iterator[str]:
    """Keys under which a place is found: names with and without brackets, and a unit's name without its unit word."""
    for name in (place.name, *place.aliases):
        yield key(name)
        yield key(bare(name))
        core, unit = split_unit(bare(name))
        if unit and place.where_prec in (3, 4):
            yield key(core)
