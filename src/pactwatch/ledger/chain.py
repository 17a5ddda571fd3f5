"""The hash chain: every entry's hash covers its own words and the hash before it."""

import hashlib
from dataclasses import dataclass
from typing import Any

import msgspec

from pactwatch.errors import CaseError

FIRST_PREV = "0" * 64
"""Stands in `prev` of the first entry, which has none before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of the log. `at` is ISO 8601 with zone, `body` what JSON can hold, `hash` and `prev` SHA-256 in hex."""

    seq: int
    at: str
    by: str
    kind: str
    subject: str
    body: Any
    prev: str
    hash: str


def digest(seq: int, *fields: bytes) -> str:
    """Return the hash of an entry: SHA-256 over the netstrings of its number and of `fields`, in hex.

    `fields` are `at`, `by`, `kind`, `subject`, `body`, `prev` as UTF-8. A netstring (`5:Karsa,`) says its own length,
    so that no two entries can have the same encoding.
    """
    whole = hashlib.sha256()
    for field in (str(seq).encode(), *fields):
        whole.update(b"%d:%s," % (len(field), field))
    return whole.hexdigest()


def as_json(value: Any) -> str:
    """Return `value` as the JSON that is logged: no spaces, keys sorted; `CaseError` where it is no UTF-8 text."""
    try:
        return msgspec.json.encode(value, order="deterministic").decode()
    except UnicodeEncodeError as error:
        raise CaseError(f"this cannot be stored, for it is no valid Unicode: {error.reason}") from None
