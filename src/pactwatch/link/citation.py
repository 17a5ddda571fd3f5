"""Articles that a claim names itself ("Article 5, paragraph 3")."""

import re

from pactwatch.model import Clause

_CITED = re.compile(
    r"\bArt(?:icles?|\.)?\s*(?P<article>\d+)"
    r"(?:\s*,?\s*(?:paragraph|para\.?|§)\s*(?P<paragraph>\d+)|\s*\(?(?P<point>\d+|[a-z])\))?"
    r"(?P<other>\s+of\s+the\s+(?!agreement|accord|protocol|ceasefire|truce|present)\w+)?",
    re.IGNORECASE,
)


def cited(text: str) -> tuple[tuple[str, str], ...]:
    """Return (article, paragraph or point) for each article named; those of other texts ("of the Charter") left out."""
    return tuple(
        (m["article"], (m["paragraph"] or m["point"] or "").lower()) for m in _CITED.finditer(text) if not m["other"]
    )


def strength(clause: Clause, text: str) -> float:
    """Return 1 where the claim names this very clause, 0.5 where it names only its article, else 0."""
    steps = clause.id.split("/")[1:]
    best = 0.0
    for article, point in cited(text):
        if steps and steps[0] == article:
            exact = len(steps) < 2 or (point and point == steps[1].lower())
            best = max(best, 1.0 if exact else (0.0 if point else 0.5))
    return best
