"""The SQLite file of a case: opening, migrating, transactions, and errors in words that say what to do."""

import errno
import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import resources
from pathlib import Path

import msgspec

from pactwatch.errors import CaseError

FILE_NAME = "case.sqlite"
BUSY_TIMEOUT_MS = 30_000  # adding a large file takes seconds; a writer that waits longer has met a program that hangs
_APPLICATION_ID = 0x50414354  # "PACT": what `file` and SQLite show of a case


def migrations() -> list[str]:
    """Return the SQL of every version, oldest first; version n is the n-th."""
    folder = resources.files("pactwatch") / "ledger" / "migrations"
    named = sorted(entry.name for entry in folder.iterdir() if re.fullmatch(r"\d{4}_\w+\.sql", entry.name))
    return [(folder / name).read_text(encoding="utf-8") for name in named]


def connect(file: Path, *, read_only: bool) -> sqlite3.Connection:
    """Return a connection in autocommit mode; `CaseError` where the file cannot be opened as a database."""
    with told(file):
        if not read_only:
            connection = _opened(f"{file.as_uri()}?mode=rwc")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            return connection
        try:
            connection = _opened(f"{file.as_uri()}?mode=ro")
            connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()
        except sqlite3.OperationalError:
            # A folder that cannot be written holds no room for SQLite's shared memory; without a WAL none is needed.
            if file.with_name(file.name + "-wal").exists():
                raise
            connection = _opened(f"{file.as_uri()}?mode=ro&immutable=1")
        return connection


def _opened(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(uri, uri=True, isolation_level=None)
    connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
    return connection


def version_of(connection: sqlite3.Connection) -> int:
    """Return the schema version of a database, 0 where it has none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: sqlite3.Connection) -> None:
    """Bring the schema to the newest version, inside the caller's transaction."""
    steps = migrations()
    for number in range(version_of(connection), len(steps)):
        for statement in _statements(steps[number]):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number + 1}")
    connection.execute(f"PRAGMA application_id = {_APPLICATION_ID}")


def _statements(script: str) -> Iterator[str]:
    """One statement after the other; `executescript` would end the transaction that they must share."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


@contextmanager
def transaction(connection: sqlite3.Connection, file: Path) -> Iterator[None]:
    """Hold the write lock; commit at the end, and leave nothing behind where anything fails."""
    with told(file):
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                connection.execute("ROLLBACK")
            raise


@contextmanager
def told(file: Path) -> Iterator[None]:
    """Turn what SQLite and the system say into a `CaseError` that says what happened and what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise CaseError(f"{file}: {_explained(str(error))}") from error
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise CaseError(f"{file}: {_explained('full')}") from error
        raise CaseError(f"{error.filename or file}: {error.strerror or error}") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise CaseError(f"{file}: an entry cannot be read ({error}); run `pactwatch case verify`") from error


def _explained(message: str) -> str:
    if "locked" in message or "busy" in message:
        return "another program is writing to this case; nothing of this was written, try again when it is done"
    if "full" in message:
        return "the disk is full; nothing of this was written, make room and try again"
    if "readonly" in message:
        return "this case may not be written here; copy the folder to a place where it may"
    if "unable to open" in message:
        return "this file cannot be opened; check that it is there and may be read and written"
    if "malformed" in message or "not a database" in message or "decode" in message:
        return f"this file is damaged ({message}); take a copy of the case from before, and compare the two"
    return message
