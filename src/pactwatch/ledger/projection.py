"""From the log to the tables that are asked: every table here follows from the log and can be made anew."""

import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec

from pactwatch.ledger.chain import as_json

TABLES = ("sources", "documents", "facts", "judgements")
"""The tables that follow from the log, each ordered by `seq`."""


def apply(connection: sqlite3.Connection, seq: int, kind: str, subject: str, body: Any) -> None:
    """Enter one log entry into the tables; entries of other kinds (`case`, `settings`) stand in the log alone."""
    if kind == "source":
        connection.execute("INSERT INTO sources VALUES (?, ?)", (seq, subject))
    elif kind == "document":
        connection.execute("INSERT INTO documents VALUES (?, ?, ?)", (seq, subject, body["source_sha256"]))
    elif kind == "run":
        rows = [(seq, old) for old in body["superseded"]]
        connection.executemany("UPDATE facts SET superseded_by_seq = ? WHERE seq = ?", rows)
    elif kind == "fact":
        _enter_fact(connection, seq, body)
    elif kind == "judgement":
        connection.execute("INSERT INTO judgements VALUES (?, ?)", (seq, subject))


def _enter_fact(connection: sqlite3.Connection, seq: int, body: Any) -> None:
    names = ("id", "kind", "subject", "document", "room")
    row = (*(body[name] for name in names), as_json(body["body"]), body["made_by"], body["made_version"], seq)
    connection.execute("INSERT INTO facts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)", row)


def index(connection: sqlite3.Connection, seq: int, kind: str, body: Any) -> None:
    """Make the words of a document findable."""
    if kind == "document":
        row = (seq, body["title"] or "", body["text"])
        connection.execute("INSERT INTO words (rowid, title, text) VALUES (?, ?, ?)", row)


def clear(connection: sqlite3.Connection) -> None:
    """Empty every table that follows from the log."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")
    connection.execute("INSERT INTO words (words) VALUES ('delete-all')")


def replay(log: sqlite3.Connection, into: sqlite3.Connection, *, words: bool = False) -> None:
    """Enter the whole log of one database into the empty tables of another, or of the same.

    With `words` the search index is filled too.
    """
    rows = log.execute("SELECT seq, kind, subject, body FROM log ORDER BY seq")
    for seq, kind, subject, body in rows:
        decoded = msgspec.json.decode(body)
        apply(into, seq, kind, subject, decoded)
        if words:
            index(into, seq, kind, decoded)


def rows_of(connection: sqlite3.Connection, table: str) -> Iterator[tuple[Any, ...]]:
    """Yield a table's rows by `seq`, which comes first in each."""
    cursor = connection.execute(f"SELECT seq, * FROM {table} ORDER BY seq")
    yield from cursor
