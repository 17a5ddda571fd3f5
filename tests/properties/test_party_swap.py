"""Law 9 on whole documents of the built-in case's conflict: exchange the two parties, and the same claims come out."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from test_laws import swap

from pactwatch.model import Document, IssuerType, Reading
from pactwatch.pipeline import Context, Options, load_context, read_document
from pactwatch.sources import read_bytes

LEAST_SHARE = 0.9
MOST_APART = 0.05


@pytest.fixture(scope="module")
def context() -> Context:
    """The built-in agreement with its register, which knows both parties' names."""
    return load_context(Options(agreements=("harrow-bridge-2031",)))


def read(text: str, issuer: str | None, issuer_type: str, context: Context) -> Reading:
    """One document, by the default reader."""
    intake = read_bytes(text.encode(), "document.txt", issuer=issuer, issuer_type=IssuerType(issuer_type))
    document: Document = intake.documents[0]
    return read_document(intake.source, document, context)


def shape(reading: Reading, *, swapped: bool) -> dict[tuple[str, str, str, int], float]:
    """Certainties by kind, act and trigger, the names exchanged back; the number tells equal ones apart."""
    seen: Counter[tuple[str, str, str]] = Counter()
    found = {}
    for claim in reading.claims:
        words = swap(claim.trigger.text) if swapped else claim.trigger.text
        key = (claim.kind.value, claim.act.value, words)
        found[(*key, seen[key])] = claim.made.certainty
        seen[key] += 1
    return found


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_documents_with_the_parties_exchanged_give_the_same_claims(shared: Path, context: Context) -> None:
    """Most claims are the same, with certainties nearly so, over all documents of the conflict together.

    The exchange is of the main names alone: "the Varanan army", "in Varana", "SPF-Renewal" stay as they were, so that
    the exchanged text is at odds with itself in places and cannot give the same everywhere.
    """
    documents: list[dict[str, Any]] = [
        json.loads(line) for line in (shared / "gold" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    same = total = 0
    apart: list[float] = []
    for one in (d for d in documents if d["doc"].startswith("twin-")):
        there = shape(read(one["text"], one["issuer"], one["issuer_type"], context), swapped=False)
        issuer = swap(one["issuer"]) if one["issuer"] else None
        back = shape(read(swap(one["text"]), issuer, one["issuer_type"], context), swapped=True)
        total += max(len(there), len(back))
        same += len(there.keys() & back.keys())
        apart += [abs(there[key] - back[key]) for key in there.keys() & back.keys()]
    assert total > 100
    assert same / total >= LEAST_SHARE, f"{same} of {total}"
    assert sum(apart) / len(apart) <= MOST_APART
