"""GeoNames country dumps (`AF.txt`, or the zip it comes in): 19 columns, tabs, no header, UTF-8.

Format: the readme of the GeoNames export (CC BY 4.0). Alternate names are in column 4, in any script.
"""

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pactwatch.errors import UnreadableFile
from pactwatch.model import Place, Problem
from pactwatch.resolve.places.added.entry import Entry, point_problem, row_problem
from pactwatch.resolve.places.kinds import extent
from pactwatch.resolve.places.units import city_radius_km

CELLS = 19
_CITY_PEOPLE, _TOWN_PEOPLE = 100_000, 5_000

# GeoNames feature codes (the first letters decide): https://www.geonames.org/export/codes.html
_CODES = {
    "PCL": "country",
    "ADM1": "province",
    "ADM2": "district",
    "ADM3": "municipality",
    "ADM4": "municipality",
    "PPLC": "capital",
    "STM": "river",
    "LK": "lake",
    "SEA": "sea",
    "MT": "mountain",
    "PK": "mountain",
    "PASS": "pass",
    "VAL": "valley",
    "AIRB": "air base",
    "AIRP": "airport",
    "AIRF": "airport",
    "BDG": "bridge",
    "CMP": "camp",
    "RD": "road",
}


def is_dump(line: str) -> bool:
    """Return True where a file's first line is a GeoNames record rather than a header."""
    cells = line.rstrip("\r\n").split("\t")
    return len(cells) == CELLS and cells[0].isdigit()


@contextmanager
def opened(path: Path) -> Iterator[io.TextIOBase]:
    """Open a dump, or the one text file in a zip, as UTF-8; a byte that is none is read as U+FFFD."""
    if path.suffix.lower() != ".zip":
        with path.open(encoding="utf-8-sig", errors="replace", newline="\n") as file:
            yield file
        return
    try:
        with zipfile.ZipFile(path) as packed:
            texts = [one for one in packed.infolist() if one.filename.lower().endswith((".txt", ".tsv", ".csv"))]
            if not texts:
                raise UnreadableFile(f"{path}: there is no text file in this zip; GeoNames' have one, such as AF.txt")
            with packed.open(max(texts, key=lambda one: one.file_size)) as raw:
                yield io.TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="\n")
    except zipfile.BadZipFile:
        raise UnreadableFile(f"{path}: this is no zip file, or it is damaged; get it again") from None


def read_dump(path: Path) -> Iterator[Entry | Problem]:
    """Yield the places of a dump, each with all its names; a problem for each line left out."""
    where = str(path)
    with opened(path) as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield _entry(line.rstrip("\r\n").split("\t"), where, number)


def _entry(cells: list[str], where: str, line: int) -> Entry | Problem:
    if len(cells) != CELLS:
        what = f"the line has {len(cells)} cells; GeoNames' records have {CELLS}"
        return row_problem("place-row-broken", where, line, what, "Get the dump again; the line was left out.")
    geonameid, name, ascii_name, others, lat, lon, _, code, country, _, admin1, *_ = cells
    if not geonameid.isdigit():
        what = f"{geonameid!r} is no GeoNames id"
        return row_problem("place-row-broken", where, line, what, "Get the dump again; the line was left out.")
    if not name.strip():
        return row_problem("place-without-name", where, line, "the record has no name", "The line was left out.")
    point = point_problem(name, lat, lon, where, line)
    if isinstance(point, Problem):
        return point
    population = int(cells[14]) if cells[14].isdigit() else 0
    kind = _kind(cells[6], code, population)
    settled = kind in ("village", "town", "city", "capital")
    place = Place(
        id=f"geonames:{geonameid}",
        name=name,
        kind=kind,
        gazetteer="geonames",
        lat=point[0],
        lon=point[1],
        radius_km=city_radius_km(population) if settled and population else extent(kind).radius_km,
        where_prec=extent(kind).where_prec,
        country=country,
        geonameid=int(geonameid),
        population=population,
    )
    names = tuple(other.strip() for other in (ascii_name, *others.split(",")) if other.strip())
    return Entry(place=place, names=names, line=line, region=f"{country}.{admin1}" if admin1 else "")


def _kind(feature_class: str, code: str, population: int) -> str:
    known = next((kind for start, kind in _CODES.items() if code.startswith(start)), "")
    if known or feature_class != "P":
        return known or "place"
    if population >= _CITY_PEOPLE:
        return "city"
    return "town" if population >= _TOWN_PEOPLE else "village"
