"""Annotated documents as the program's own documents, for benches and training that call the rooms one by one."""

from typing import Any

from pactwatch.model import Document, IssuerType


def document_of(gold: dict[str, Any]) -> Document:
    """Return an annotated document without its annotation."""
    return Document(
        id=gold["doc"],
        source_sha256="",
        text=gold["text"],
        issuer=gold.get("issuer"),
        issuer_type=IssuerType(gold.get("issuer_type") or "unknown"),
        published=gold.get("published"),
    )
