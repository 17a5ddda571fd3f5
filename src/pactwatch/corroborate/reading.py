"""Which event source reads a file: the one asked for by a mapping, else the first that knows its columns."""

import difflib
from collections.abc import Sequence
from pathlib import Path

from pactwatch import plugins
from pactwatch.corroborate.delimited import look
from pactwatch.corroborate.sources.base import TableSource
from pactwatch.corroborate.table import EventTable, of_events
from pactwatch.errors import UnreadableFile
from pactwatch.plugins import EventSource

POINT = "event source"
BY_MAPPING = "csv"


def read_events(path: Path, *, mapping: Path | None = None, name: str | None = None) -> EventTable:
    """Return an event file as a table named `name` (by default the mapping's or the file's own name).

    The format is told by the columns, over all event sources that are installed; with a `mapping` file it is a plain
    CSV. Rows that cannot be used are named in `problems` and counted in `event_set.left_out`.
    Raises `InputError` (no such file, a missing column), `UnreadableFile` (no format knows these columns, no text) and
    `HandwrittenFileError` (a mistake in the mapping file).
    """
    if mapping is not None:
        return _table(_source(BY_MAPPING), path, mapping, name)
    columns = look(path).first
    # The mapping file beside a CSV was written for it by a person, and goes before what its columns look like.
    for known in sorted(plugins.names(POINT), key=lambda one: one != BY_MAPPING):
        source = _source(known)
        if source.recognises(path, columns):
            return _table(source, path, None, name)
    raise UnreadableFile(_unknown(path, columns))


def _source(name: str) -> EventSource:
    source: EventSource = plugins.load(POINT, name)()
    return source


def _table(source: EventSource, path: Path, mapping: Path | None, name: str | None) -> EventTable:
    if isinstance(source, TableSource):
        return source.table(path, mapping, name)
    events, problems = source.read(path, mapping)
    return of_events(list(events), name=name or path.stem, format=source.name, problems=problems)


def _unknown(path: Path, columns: Sequence[str]) -> str:
    known = ", ".join(plugins.names(POINT))
    marks = ("type_of_violence", "where_prec", "sub_event_type", "event_id_cnty", "GLOBALEVENTID", "SQLDATE")
    near = [f"`{one[0]}` for `{mark}`" for mark in marks if (one := difflib.get_close_matches(mark, columns, 1, 0.8))]
    hint = f" It has {', '.join(near)}: is a column misspelt?" if near else ""
    shown = ", ".join(f"`{column}`" for column in columns[:8])
    return (
        f"{path}: no event source ({known}) knows a file with the columns {shown}.{hint} "
        f"For a table of your own write a mapping file, `{path.stem}.mapping.toml`, beside it."
    )
