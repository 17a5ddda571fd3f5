"""Ids of claims: made of what was claimed and where, never of the method, so that judgements outlive upgrades."""

import hashlib

from pactwatch.model import Kind


def content_id(document_id: str, quote: tuple[int, int], trigger: tuple[int, int], kind: Kind) -> str:
    """Return an id made of the document, the places of quote and trigger, and the kind; the same for every reader."""
    content = f"{document_id}|{quote}|{trigger}|{kind}"
    return "claim:" + hashlib.sha256(content.encode()).hexdigest()[:16]
