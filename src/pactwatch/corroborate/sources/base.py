"""What the built-in sources share: they read a file as a table, and give its events to who asks by the protocol."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from pactwatch.corroborate.table import EventTable
from pactwatch.model import Event, Problem

FETCH_ROWS = 5_000


class TableSource:
    """An event source that reads tables. Whoever wants events gets them a few thousand at a time."""

    name = ""

    def table(self, path: Path, mapping: Path | None, name: str | None) -> EventTable:
        """Return the file as a table named `name` (by default the file's own name without its ending)."""
        raise NotImplementedError

    def read(self, path: Path, mapping: Path | None) -> tuple[Iterable[Event], list[Problem]]:
        """Return the events of a file, and what was odd about it."""
        table = self.table(path, mapping, None)
        return _events(table), list(table.problems)


def _events(table: EventTable) -> Iterator[Event]:
    for begin in range(0, len(table.columns), FETCH_ROWS):
        yield from table.fetch(range(begin, min(begin + FETCH_ROWS, len(table.columns))))


def has_most(columns: Sequence[str], signature: Iterable[str]) -> bool:
    """Return True where at least three of the columns that mark a format are there.

    Three, not all: a file that lacks one must still be recognised, so that the missing one can be named.
    """
    return len(set(columns) & set(signature)) >= 3
