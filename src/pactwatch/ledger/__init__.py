"""The case file: raw bytes by SHA-256, an append-only hash-chained log, and the current facts as its projection.

`Ledger.create` and `Ledger.open` are the two ways in. How the chain is computed, what is kept and what `verify` can and
cannot find are in `docs/reference/ledger.md`.
"""

from pactwatch.ledger.book import Ledger
from pactwatch.ledger.chain import Entry

__all__ = ["Entry", "Ledger"]
