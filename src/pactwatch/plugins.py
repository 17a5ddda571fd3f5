"""The four plug-in points, by entry point and name: readers, gazetteers, event sources, engines.

Built-ins are declared in the package's own metadata and take the same road as anybody else's.
"""

from collections.abc import Iterable, Mapping, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any, Protocol, runtime_checkable

from pactwatch.errors import UnknownName
from pactwatch.model import Claim, Document, Event, Mark, Party, Place, Problem, Statement

GROUPS = {
    "reader": "pactwatch.readers",
    "gazetteer": "pactwatch.gazetteers",
    "event source": "pactwatch.event_sources",
    "engine": "pactwatch.engines",
}


@runtime_checkable
class Reader(Protocol):
    """Finds claims in one document's statements. What it returns still has to pass the quote gate.

    A reader that opens connections says so with `connects = True`: then no case keeps its name, and it is named for
    each run (law 11).
    """

    name: str
    version: str

    def read(
        self, document: Document, statements: Sequence[Statement], marks: Sequence[Mark], register: Sequence[Party]
    ) -> tuple[list[Claim], list[Problem]]:
        """Return claims in the order of the text, and what was odd."""
        ...


@runtime_checkable
class Gazetteer(Protocol):
    """Knows places by name."""

    name: str

    def lookup(self, name: str) -> list[Place]:
        """Return every place of that name or alias (homonyms kept), most populous first; empty where there is none."""
        ...


@runtime_checkable
class EventSource(Protocol):
    """Reads one format of event files."""

    name: str

    def recognises(self, path: Path, columns: Sequence[str]) -> bool:
        """Return True where a file with these columns is of this format."""
        ...

    def read(self, path: Path, mapping: Path | None) -> tuple[Iterable[Event], list[Problem]]:
        """Return the events of a file, and a problem for each row left out. `mapping` is for plain CSV only."""
        ...


@runtime_checkable
class Engine(Protocol):
    """Runs the relational text of the event join. One SQL for every engine."""

    name: str

    def load(self, table: str, columns: Mapping[str, str], rows: Sequence[Sequence[Any]]) -> None:
        """Create `table` with `columns` (name → `BIGINT`, `DOUBLE`, `VARCHAR`, `DATE`, `BOOLEAN`) and fill it."""
        ...

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        ...

    def close(self) -> None:
        """Let go of memory and files."""
        ...


def names(point: str) -> list[str]:
    """Return the names that are installed at a plug-in point, sorted."""
    return sorted({entry.name for entry in metadata.entry_points(group=GROUPS[point])})


def load(point: str, name: str) -> Any:
    """Return the object that `name` stands for at a plug-in point; `UnknownName` lists what there is."""
    for entry in metadata.entry_points(group=GROUPS[point]):
        if entry.name == name:
            return entry.load()
    raise UnknownName(f"there is no {point} named {name!r}; installed: {', '.join(names(point)) or 'none'}")
