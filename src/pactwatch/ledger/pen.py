"""The writing hand: appends to the log inside one transaction."""

import sqlite3
from typing import Any

import msgspec

from pactwatch.errors import TamperedLedger
from pactwatch.ledger import projection
from pactwatch.ledger.chain import FIRST_PREV, as_json, digest
from pactwatch.ledger.head import Head
from pactwatch.ledger.vault import Vault


class Pen:
    """Appends to the log inside one transaction: rows, tables, head and bytes together."""

    def __init__(self, connection: sqlite3.Connection, vault: Vault, by: str, at: str) -> None:
        self._connection, self._vault, self._by, self._at = connection, vault, by, at
        self._seq, self._hash, self._first = 0, FIRST_PREV, 0
        self._kept: list[str] = []

    def begin(self) -> None:
        """Take up the chain at its end; `TamperedLedger` where the log does not end where its head says."""
        row = self._connection.execute("SELECT seq, hash FROM head").fetchone()
        last = self._connection.execute("SELECT seq, hash FROM log ORDER BY seq DESC LIMIT 1").fetchone()
        if row is None or row != (last or (0, FIRST_PREV)):
            raise TamperedLedger("the log does not end where its head says; run `pactwatch case verify`")
        self._seq, self._hash = row
        self._first = self._seq

    def add(self, kind: str, subject: str, value: Any) -> None:
        """Append one entry and enter it into the tables."""
        body = as_json(value)
        fields = (self._at, self._by, kind, subject, body, self._hash)
        self._seq += 1
        self._hash = digest(self._seq, *(field.encode() for field in fields))
        self._connection.execute("INSERT INTO log VALUES (?, ?, ?, ?, ?, ?, ?, ?)", (self._seq, *fields, self._hash))
        decoded = msgspec.json.decode(body)
        projection.apply(self._connection, self._seq, kind, subject, decoded)
        projection.index(self._connection, self._seq, kind, decoded)

    def keep(self, sha256: str, data: bytes) -> None:
        """Bring bytes to the disk; they get their name when the entries are committed."""
        self._kept.append(sha256)
        self._vault.draft(sha256, data)

    def has(self, sql: str, value: str) -> bool:
        """Return True where a query has a row."""
        return self._connection.execute(sql, (value,)).fetchone() is not None

    def finish(self) -> Head | None:
        """Move the head to the last entry and return it, None where nothing was added."""
        if self._seq == self._first:
            return None
        end = Head(seq=self._seq, hash=self._hash, count=self._seq)
        row = (end.seq, end.hash, end.count)
        self._connection.execute("UPDATE head SET seq = ?, hash = ?, count = ? WHERE id = 1", row)
        return end

    def settle(self) -> None:
        """Give the bytes that were kept their own names."""
        for sha256 in self._kept:
            self._vault.settle(sha256)

    def drop(self) -> None:
        """Remove the bytes that were kept for entries that were not written."""
        for sha256 in self._kept:
            self._vault.drop(sha256)
