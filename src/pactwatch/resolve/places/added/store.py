"""Files of places that a user adds, each an indexed SQLite file in the user's cache, and look-up in all of them."""

import contextlib
import errno
import os
import re
import sqlite3
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pactwatch.config import cache_folder
from pactwatch.errors import InputError, PactwatchError
from pactwatch.model import Place, Problem, Severity
from pactwatch.resolve.places.added.dump import is_dump, read_dump
from pactwatch.resolve.places.added.entry import Entry, row_problem
from pactwatch.resolve.places.added.tables import first_line, read_table
from pactwatch.resolve.places.build import INDEXES, SCHEMA_VERSION, TABLES, PlaceTable, Progress, graded
from pactwatch.resolve.places.gazetteer import WorldGazetteer
from pactwatch.resolve.places.isocodes import iso_by_code
from pactwatch.resolve.places.names import bare, split_unit
from pactwatch.resolve.places.units import Unit, read_units

MAX_PROBLEMS = 40
"""Rows left out that are named one by one; the others are counted."""

PROGRESS_ROWS = 5_000
_NOTES = "CREATE TABLE note (name TEXT PRIMARY KEY, value TEXT NOT NULL)"
_NAME = re.compile(r"[^\w.-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedFile:
    """One file as added: its name here, where it came from, how many places and names it has, and what was odd.

    Nothing is kept where `places` is 0. `replaced` is True where a file of that name was there before.
    """

    name: str
    source: str
    places: int
    names: int
    left_out: int = 0
    replaced: bool = False
    problems: tuple[Problem, ...] = ()


def added_folder() -> Path:
    """Return the folder of added gazetteers, in the user's cache; it may not exist yet."""
    return cache_folder() / "gazetteers"


def add_file(path: Path, *, name: str | None = None, progress: Progress | None = None) -> AddedFile:
    """Read a file of places into the user's cache and return what became of it.

    GeoNames dumps (`.txt`, `.zip`), OCHA p-code tables and plain tables (CSV, TSV, XLSX), and GeoJSON. `InputError`
    where the file cannot be read at all; a row that cannot be used is a problem with its line. A file of the same name
    is replaced, once the new one is whole.
    """
    if not path.is_file():
        raise InputError(
            f"{path}: there is no such file" if not path.is_dir() else f"{path}: name a file, not a folder"
        )
    name = _NAME.sub("-", name or path.stem).strip("-.") or "places"
    goal = added_folder() / f"{name}.sqlite"
    try:
        goal.parent.mkdir(parents=True, exist_ok=True)
        with _beside(goal) as made:
            added = _written(made, path, name, progress)
            if not added.places:
                return added
            replaced = goal.is_file()
            made.replace(goal)
    except (OSError, sqlite3.OperationalError) as error:
        full = getattr(error, "errno", None) == errno.ENOSPC or "full" in str(error)
        what = "the disk is full" if full else str(error)
        raise PactwatchError(f"{goal}: {what}; nothing was changed") from error
    return replace(added, replaced=replaced)


@contextlib.contextmanager
def _beside(goal: Path) -> Iterator[Path]:
    handle, part = tempfile.mkstemp(prefix=goal.stem, suffix=".part", dir=goal.parent)
    os.close(handle)
    try:
        yield Path(part)
    finally:
        Path(part).unlink(missing_ok=True)


@dataclass(slots=True)
class _Tally:
    """What was read so far: ids with their lines, problems, and counts."""

    ids: dict[str, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    names: int = 0
    left_out: int = 0

    def problem(self, problem: Problem) -> None:
        about_row = problem.code.startswith("place-")
        self.left_out += about_row
        if not about_row or self.left_out <= MAX_PROBLEMS:
            self.problems.append(problem)


def _written(made: Path, path: Path, name: str, progress: Progress | None) -> AddedFile:
    tally = _Tally()
    dump = _is_dump(path)
    regions = {unit.code: unit for unit in read_units() if unit.level == 1} if dump else {}
    with contextlib.closing(sqlite3.connect(made)) as connection:
        connection.executescript(TABLES)
        connection.execute(_NOTES)
        table = PlaceTable(connection)
        for number, item in enumerate(read_dump(path) if dump else read_table(path)):
            if progress and number % PROGRESS_ROWS == 0:
                progress(number, None, path.name)
            if isinstance(item, Problem):
                tally.problem(item)
            else:
                _add(table, item, name, path, regions, tally)
        table.flush()
        codes = _iso_codes(connection, regions)
        connection.executemany("INSERT INTO iso VALUES (?, ?)", codes)
        connection.executescript(INDEXES)
        notes = {"schema": SCHEMA_VERSION, "source": path.resolve(), "places": len(tally.ids), "names": tally.names}
        connection.executemany("INSERT INTO note VALUES (?, ?)", [(k, str(v)) for k, v in notes.items()])
        connection.commit()
    return AddedFile(
        name=name,
        source=str(path),
        places=len(tally.ids),
        names=tally.names,
        left_out=tally.left_out,
        problems=(*tally.problems, *_further(tally, path)),
    )


def _is_dump(path: Path) -> bool:
    """True for a GeoNames dump: only its name's ending tells a workbook or GeoJSON, its first line the rest."""
    return path.suffix.lower() not in (".xlsx", ".xlsm", ".json", ".geojson") and is_dump(first_line(path))


def _further(tally: _Tally, path: Path) -> Iterator[Problem]:
    if tally.left_out > MAX_PROBLEMS:
        what = f"{tally.left_out - MAX_PROBLEMS} more rows were left out"
        yield Problem(code="place-rows-left-out", where=str(path), what=what, severity=Severity.WARNING)
    if not tally.ids and not tally.problems:
        yield Problem(code="empty", where=str(path), what="there is no place in this file", severity=Severity.ERROR)


def _add(table: PlaceTable, entry: Entry, name: str, path: Path, regions: dict[str, Unit], tally: _Tally) -> None:
    place = entry.place if entry.place.id else replace(entry.place, id=f"added:{name}:{entry.line}")
    if place.id in tally.ids:
        what = f"{place.name}: the id {place.id} stands already in line {tally.ids[place.id]}"
        tally.problem(row_problem("place-twice", str(path), entry.line, what, "Keep one of the two."))
        return
    tally.ids[place.id] = entry.line
    region = regions.get(entry.region)
    if region and not place.admin1:
        place = replace(place, admin1=region.name)
    names = list(_all_names(place, entry.names))
    tally.names += len(names)
    table.add(place, names, entry.region)


def _all_names(place: Place, others: Sequence[str]) -> Iterator[tuple[str, int]]:
    """Names with their grades; a unit is found without its unit word too, a place without its bracketed addition."""
    for own in dict.fromkeys((place.name, bare(place.name))):
        yield own, 0
    for name in (place.name, *others):
        core, unit = split_unit(bare(name))
        if unit and place.where_prec in (3, 4):
            yield core, 1
    yield from graded(name for name in others if name)


def _iso_codes(connection: sqlite3.Connection, regions: dict[str, Unit]) -> list[tuple[str, str]]:
    """ISO 3166-2 codes of the regions in which the file's places lie."""
    used = [code for (code,) in connection.execute("SELECT DISTINCT region FROM place WHERE region != ''")]
    some = [regions[code] for code in used if code in regions]
    if not some:
        return []
    import pycountry  # late: a quarter of a second

    countries = {unit.country for unit in some}
    units = [unit for unit in regions.values() if unit.country in countries]
    found = iso_by_code(units, [s for s in pycountry.subdivisions if s.country_code in countries])
    return [(code, found[code].code) for code in used if code in found]


def added_files() -> tuple[AddedFile, ...]:
    """Return the files that were added, by name; one that cannot be used has its problem and no places."""
    return tuple(_described(path) for path in sorted(added_folder().glob("*.sqlite")))


def _described(path: Path) -> AddedFile:
    try:
        with contextlib.closing(_opened(path)) as connection:
            notes = dict(connection.execute("SELECT name, value FROM note"))
        usable = notes["schema"] == str(SCHEMA_VERSION)
    except (sqlite3.Error, KeyError):
        notes, usable = {}, False
    if not usable:
        problem = Problem(
            code="gazetteer-unusable",
            where=str(path),
            what=f"the added gazetteer {path.stem!r} is damaged or was made by another version, and is not used",
            advice=f"Add its file again: pactwatch gazetteer add {notes.get('source', 'FILE')} --name {path.stem}",
        )
        source = notes.get("source", "")
        return AddedFile(name=path.stem, source=source, places=0, names=0, problems=(problem,))
    return AddedFile(name=path.stem, source=notes["source"], places=int(notes["places"]), names=int(notes["names"]))


def remove_added(name: str) -> None:
    """Take an added gazetteer out of the cache; `InputError` lists what there is where none has that name."""
    path = added_folder() / f"{name}.sqlite"
    there = [one.name for one in added_files()]
    if name not in there:
        raise InputError(f"no added gazetteer is called {name!r}; there are: {', '.join(there) or 'none'}")
    path.unlink()


def _opened(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)


class AddedGazetteer(WorldGazetteer):
    """One added file: the same look-up as in the world's gazetteer, in a file that is never made anew by itself."""

    name = "added"

    def _connected(self) -> sqlite3.Connection:
        return _opened(self.path)


class JoinedGazetteer:
    """The world's gazetteer together with those that were added: a name's places are those of all of them.

    The same GeoNames record counts once, as the added file has it.
    """

    name = "geonames"

    def __init__(self, world: WorldGazetteer, added: Sequence[AddedGazetteer], problems: Sequence[Problem]) -> None:
        self.world, self.added, self._odd = world, tuple(added), tuple(problems)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is odd about the files themselves."""
        return (*self._odd, *self.world.problems)

    def lookup(self, name: str) -> list[Place]:
        """Return every place of that name or spelling, most populous first; empty where there is none."""
        return self._joined(lambda gazetteer: gazetteer.lookup(name))

    def spelled(self, name: str) -> list[Place]:
        """Return places whose own name, or Latin spelling, that is; empty where there is none."""
        return self._joined(lambda gazetteer: gazetteer.spelled(name))

    def similar(self, name: str) -> list[Place]:
        """Return places whose name has the same consonants, most populous first."""
        return self._joined(lambda gazetteer: gazetteer.similar(name))

    def by_id(self, place_id: str) -> Place | None:
        """Return the place of that id, or None."""
        found = (gazetteer.by_id(place_id) for gazetteer in (*self.added, self.world))
        return next((place for place in found if place), None)

    def prepare(self) -> None:
        """Make the world's file now, so that its progress is shown at a moment of the caller's choice."""
        self.world.prepare()

    def _joined(self, look: Callable[[WorldGazetteer], list[Place]]) -> list[Place]:
        places: dict[str, Place] = {}
        for gazetteer in (*self.added, self.world):
            for place in look(gazetteer):
                places.setdefault(place.id, place)
        return sorted(places.values(), key=lambda place: -place.population)


def with_added(world: Any) -> Any:
    """Return a gazetteer joined with all that were added; itself where none was, or where it is not the world's."""
    if not isinstance(world, WorldGazetteer):
        return world
    files = added_files()
    if not files:
        return world
    usable = [AddedGazetteer(added_folder() / f"{one.name}.sqlite") for one in files if one.places]
    return JoinedGazetteer(world, usable, [problem for one in files for problem in one.problems])
