"""Whether the name at the head of a turn is the issuer's own voice."""

import re
from enum import Enum

from pactwatch.model import Document, IssuerType

_SMALL = frozenset(["the", "of", "and", "for", "in", "a", "an", "to", "de", "la", "al", "el"])


class Owner(Enum):
    """Who speaks a turn."""

    ISSUER = "issuer"
    OTHER = "other"


def owner_of(name: str, document: Document, *, alone: bool) -> Owner:
    """Return whose voice a turn is.

    The issuer's: its name, its acronym, its handle; or, in an interview that a party publishes, the one who answers
    (`alone`).
    """
    issuer = document.issuer or ""
    if _same(name, issuer):
        return Owner.ISSUER
    answers_for_party = document.issuer_type in (IssuerType.PARTY, IssuerType.THIRD_PARTY, IssuerType.MONITOR)
    return Owner.ISSUER if alone and answers_for_party and not name.startswith("@") else Owner.OTHER


def _same(name: str, issuer: str) -> bool:
    mine, theirs = _words(name), _words(issuer)
    if not mine or not theirs:
        return False
    if mine <= theirs or theirs <= mine:
        return True
    squashed = "".join(re.findall(r"[a-z0-9]", issuer.casefold()))
    handle = "".join(re.findall(r"[a-z0-9]", name.casefold()))
    acronym = "".join(word[0] for word in re.findall(r"[^\W\d_]+", issuer.casefold()) if word not in _SMALL)
    if name.startswith("@") and len(handle) > 4 and (handle in squashed or squashed in handle):
        return True
    return len(acronym) > 1 and (handle == acronym or (handle.startswith(acronym) and name.startswith("@")))


def _words(name: str) -> set[str]:
    return {w for w in re.findall(r"\w+", name.casefold()) if w not in _SMALL and len(w) > 1}
