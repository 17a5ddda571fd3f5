"""Finding what was changed: the chain, the head, the tables and the raw bytes, each place by name."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from pactwatch.ledger import database, head, projection
from pactwatch.ledger.chain import FIRST_PREV, digest
from pactwatch.ledger.head import Head
from pactwatch.ledger.vault import FOLDER, Vault
from pactwatch.model import Problem, Severity

_LOG = f"{database.FILE_NAME}, log"
_FROM_COPY = "Compare the case with a copy from before."
_SHOWN_DAMAGES = 10  # SQLite lists up to a hundred lines for one bad page


def problems_of(connection: sqlite3.Connection, case: Path) -> list[Problem]:
    """Return everything that is not as it was written; an empty list where nothing was changed.

    What stands beside the database is listed before the log is read: another program may write meanwhile, and then the
    log holds more than the list, never less.
    """
    vault = Vault(case)
    anchor, files = _anchor(case), list(vault.names())
    found: list[Problem] = []
    connection.execute("BEGIN")
    try:
        found += _steps(connection, anchor, files, vault)
    finally:
        connection.execute("ROLLBACK")
    return found


def _steps(connection: sqlite3.Connection, anchor: Head | Problem, files: list[str], vault: Vault) -> Iterator[Problem]:
    steps = (
        _damaged_pages(connection),
        _broken_links(connection),
        _wrong_heads(connection, anchor),
        _wrong_tables(connection),
        _wrong_bytes(connection, vault, files),
    )
    for step in steps:
        try:
            yield from step
        except sqlite3.DatabaseError as error:
            yield _problem("database-damaged", database.FILE_NAME, f"the database cannot be read to its end: {error}")


def _anchor(case: Path) -> Head | Problem:
    try:
        outer = head.read(case)
    except (ValueError, OSError) as error:
        return _problem("head-changed", head.FILE_NAME, f"this file is not as it was written: {error}")
    return outer or _problem("head-missing", head.FILE_NAME, "this file is missing; it says where the log ends")


def _damaged_pages(connection: sqlite3.Connection) -> Iterator[Problem]:
    lines = [row[0] for row in connection.execute(f"PRAGMA integrity_check({_SHOWN_DAMAGES})")]
    for line in lines:
        if line != "ok":
            yield _problem("database-damaged", database.FILE_NAME, f"SQLite finds damage: {line}")


def _broken_links(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Walk the log once; each entry must be the hash it bears, and follow the entry before it."""
    last_seq, last_hash, last_whole = 0, FIRST_PREV.encode(), True
    columns = ", ".join(f"CAST({name} AS BLOB)" for name in ("at", "by", "kind", "subject", "body", "prev", "hash"))
    for seq, *fields, own in connection.execute(f"SELECT seq, {columns} FROM log ORDER BY seq"):
        whole = digest(seq, *fields).encode() == own
        if seq != last_seq + 1:
            yield _removed(last_seq + 1, seq - 1)
        elif fields[-1] != last_hash and last_whole and whole:
            what = f"entry {seq} does not follow entry {seq - 1}: one of the two was replaced"
            yield _problem("log-row-changed", _LOG, what, line=seq)
        if not whole:
            who = f"{_shown(fields[2])} {_shown(fields[3])}, by {_shown(fields[1])} at {_shown(fields[0])}"
            yield _problem("log-row-changed", _LOG, f"entry {seq} ({who}) is not what was written", line=seq)
        last_seq, last_hash, last_whole = seq, own, whole


def _wrong_heads(connection: sqlite3.Connection, anchor: Head | Problem) -> Iterator[Problem]:
    """The two heads must agree with the log; the file may be behind it, as a process that died leaves it."""
    last = connection.execute("SELECT coalesce(max(seq), 0) FROM log").fetchone()[0]
    row = connection.execute("SELECT seq, hash, count FROM head").fetchone()
    inner = Head(seq=row[0], hash=row[1], count=row[2]) if row else None
    place = f"{database.FILE_NAME}, head"
    if inner is None:
        yield _problem("head-changed", place, "the record of where the log ends is missing")
    elif inner.seq <= last and (inner.seq < last or not _stands(connection, inner)):
        yield _problem("head-changed", place, f"it says that the log ends with {_end(inner)}; the log does not")
    if isinstance(anchor, Problem):
        yield anchor
    elif anchor.seq <= last and not _stands(connection, anchor):
        yield _problem("head-changed", head.FILE_NAME, f"it says that the log held {_end(anchor)}; the log does not")
    end = max(one.seq for one in (inner, anchor, Head(seq=last, hash="", count=last)) if isinstance(one, Head))
    if end > last:
        yield _removed(last + 1, end)


def _end(one: Head) -> str:
    return f"entry {one.seq}, {one.hash[:12]}…"


def _stands(connection: sqlite3.Connection, head: Head) -> bool:
    row = connection.execute("SELECT hash FROM log WHERE seq = ?", (head.seq,)).fetchone()
    return row is not None and row[0] == head.hash and head.count == head.seq


def _wrong_tables(connection: sqlite3.Connection) -> Iterator[Problem]:
    """Make the tables anew beside the case, on the disk, and lay the two side by side."""
    anew = sqlite3.connect("", isolation_level=None)
    try:
        database.migrate(anew)
        anew.execute("BEGIN")
        try:
            projection.replay(connection, anew)
        except (msgspec.DecodeError, sqlite3.Error, KeyError, TypeError):
            return  # an entry was changed so that it no longer reads; the chain has named it
        for table in projection.TABLES:
            yield from _differences(table, connection, anew)
    finally:
        anew.close()


def _differences(table: str, kept: sqlite3.Connection, anew: sqlite3.Connection) -> Iterator[Problem]:
    """Merge two tables by `seq` and name every row that only one has, or that they have differently."""
    left, right = projection.rows_of(kept, table), projection.rows_of(anew, table)
    a, b = next(left, None), next(right, None)
    while a is not None or b is not None:
        if a == b:
            a, b = next(left, None), next(right, None)
            continue
        seq = min(row[0] for row in (a, b) if row is not None)
        here, there = a is not None and a[0] == seq, b is not None and b[0] == seq
        yield _difference(table, seq, a if here else b, here=here, there=there)
        a = next(left, None) if here else a
        b = next(right, None) if there else b


def _difference(table: str, seq: int, row: Any, *, here: bool, there: bool) -> Problem:
    how = "is not what the log says" if here and there else "is in no log entry" if here else "is missing"
    what = f"the row of entry {seq} ({row[1] if table == 'facts' else row[2]}) {how}"
    advice = "The log decides; `Ledger.rebuild` makes the tables anew from it."
    return _problem("facts-differ", f"{database.FILE_NAME}, {table}", what, line=seq, advice=advice)


def _wrong_bytes(connection: sqlite3.Connection, vault: Vault, files: list[str]) -> Iterator[Problem]:
    logged = {row[0] for row in connection.execute("SELECT subject FROM log WHERE kind = 'source'")}
    for sha256 in sorted(logged):
        state = vault.state(sha256)
        if state != "whole":
            advice = "Bring it back from a copy of the case."
            what = "the bytes of this source are missing" if state == "missing" else "these bytes were changed"
            yield _problem(f"raw-{state}", f"{FOLDER}/{sha256[:2]}/{sha256}", what, advice=advice)
    for name in files:
        if name not in logged:
            what = "no log entry names this file; it was put here, or the entry was removed"
            yield _problem("raw-unlisted", f"{FOLDER}/{name[:2]}/{name}", what)


def _removed(first: int, last: int) -> Problem:
    rows = f"entry {first} is" if first == last else f"entries {first} to {last} are"
    return _problem("log-row-removed", _LOG, f"{rows} missing from the log", line=first)


def _shown(field: bytes) -> str:
    return field.decode("utf-8", errors="replace")[:60]


def _problem(code: str, where: str, what: str, *, line: int | None = None, advice: str = _FROM_COPY) -> Problem:
    return Problem(code=code, where=where, what=what, advice=advice, line=line, severity=Severity.ERROR)
