"""The world gazetteer: an SQLite file in the user's cache, made at first use, and look-up in it."""

import contextlib
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pactwatch.config import cache_folder
from pactwatch.model import Place, Problem, Severity
from pactwatch.resolve.places.build import COLUMNS, SCHEMA_VERSION, Progress, build
from pactwatch.resolve.places.names import key, skeleton

FILE_NAME = f"gazetteer-{SCHEMA_VERSION}.sqlite"
MAX_HOMONYMS = 120
"""Places of one name that are looked at, most populous first; the commonest name of the world has about 300."""

MIN_TRANSLITERATED_LETTERS = 5
"""Shorter Latin words meet other scripts' transliterations by chance: they are mostly abbreviations."""

MAX_CACHED_NAMES = 20_000
_SELECT = f"SELECT {', '.join('place.' + column for column in COLUMNS)} FROM place"
_BY_KEY = (
    f"{_SELECT} JOIN name ON name.row = place.row WHERE name.key = ? AND name.grade <= ? "
    f"ORDER BY place.population DESC, place.id LIMIT {MAX_HOMONYMS}"
)
_BY_SKELETON = (
    f"{_SELECT} JOIN bones ON bones.row = place.row WHERE bones.skeleton = ? "
    f"ORDER BY place.population DESC, place.id LIMIT {MAX_HOMONYMS}"
)
_LATIN_GRADE, _ANY_GRADE = 1, 2


class WorldGazetteer:
    """Towns of at least 500 people, countries and administrative units of the world (GeoNames, ISO 3166-2).

    The file is made at the first look-up, within a minute, and kept under the user's cache folder. Where that cannot be
    written, the gazetteer is made in memory for this run; `problems` then says so.
    """

    name = "geonames"

    def __init__(self, path: Path | None = None, progress: Progress | None = None) -> None:
        self.path = path or cache_folder() / FILE_NAME
        self.problems: tuple[Problem, ...] = ()
        self._progress = progress
        self._connection: sqlite3.Connection | None = None
        self._process = 0
        self._cached: dict[tuple[str, int], tuple[Place, ...]] = {}

    def lookup(self, name: str) -> list[Place]:
        """Return every place of that name or spelling, most populous first; empty where there is none.

        A name in Latin letters is not held against other scripts' transliterations unless nothing else answers.
        """
        folded = key(name)
        if not folded:
            return []
        found = self._found(folded, _LATIN_GRADE if name.isascii() else _ANY_GRADE)
        if found or len(folded) < MIN_TRANSLITERATED_LETTERS:
            return list(found)
        return list(self._found(folded, _ANY_GRADE))

    def spelled(self, name: str) -> list[Place]:
        """Return places whose own name, or Latin spelling, that is; empty where there is none."""
        folded = key(name)
        return list(self._found(folded, _LATIN_GRADE)) if folded else []

    def similar(self, name: str) -> list[Place]:
        """Return places whose name has the same consonants (`Qondoz`, `Kunduz`), most populous first."""
        bones = skeleton(key(name))
        if not bones:
            return []
        return [_place(row) for row in self._open().execute(_BY_SKELETON, (bones,))]

    def by_id(self, place_id: str) -> Place | None:
        """Return the place of that id, or None."""
        row = self._open().execute(f"{_SELECT} WHERE place.id = ?", (place_id,)).fetchone()
        return _place(row) if row else None

    def prepare(self) -> None:
        """Make the file now, so that its progress is shown at a moment of the caller's choice."""
        self._open()

    def _found(self, folded: str, grade: int) -> tuple[Place, ...]:
        known = self._cached.get((folded, grade))
        if known is None:
            if len(self._cached) >= MAX_CACHED_NAMES:
                self._cached.clear()
            known = tuple(_place(row) for row in self._open().execute(_BY_KEY, (folded, grade)))
            self._cached[folded, grade] = known
        return known

    def _open(self) -> sqlite3.Connection:
        """The connection of this process; a forked worker opens its own."""
        if self._connection is None or (self._process != os.getpid() and not self.problems):
            self._connection = self._connected()
            self._process = os.getpid()
        return self._connection

    def _connected(self) -> sqlite3.Connection:
        try:
            if not self.path.is_file():
                _make(self.path, self._progress)
            return _read_only(self.path)
        except (OSError, sqlite3.Error) as error:
            self.problems = (
                Problem(
                    code="gazetteer-not-kept",
                    where=str(self.path),
                    what=f"the gazetteer cannot be kept there ({error}); it is made in memory for this run",
                    advice="Free the disk, or name another folder with PACTWATCH_CACHE.",
                    severity=Severity.NOTE,
                ),
            )
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        build(connection, self._progress)
        return connection

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_connection": None, "_cached": {}, "_progress": None}


def _place(row: tuple[Any, ...]) -> Place:
    return Place(**dict(zip(COLUMNS, row, strict=True)))


def _read_only(path: Path) -> sqlite3.Connection:
    """Open a finished file; one that is damaged or of no use is made again."""
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)
    try:
        connection.execute("SELECT row FROM place LIMIT 1").fetchone()
    except sqlite3.DatabaseError:
        connection.close()
        path.unlink()
        _make(path, None)
        return _read_only(path)
    return connection


def _make(path: Path, progress: Progress | None) -> None:
    """Build beside the goal and rename: nobody ever sees a half-made file. A second process waits for the first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with _alone(path.with_suffix(".lock")):
        if path.is_file():
            return
        handle, name = tempfile.mkstemp(prefix=path.stem, suffix=".part", dir=path.parent)
        os.close(handle)
        made = Path(name)
        try:
            connection = sqlite3.connect(made)
            try:
                build(connection, progress)
            finally:
                connection.close()
            made.replace(path)
        finally:
            made.unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(lock: Path) -> Iterator[None]:
    """Hold an advisory lock; where the system has none, two processes both build, and either file is good."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with lock.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
