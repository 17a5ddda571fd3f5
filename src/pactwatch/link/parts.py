"""Which part of a clause a claim means, where a clause says several things."""

from functools import lru_cache

from pactwatch.link import terms
from pactwatch.link.view import View
from pactwatch.model import Act, Clause, Modality, Part


def meant(view: View, clause: Clause) -> Part | None:
    """Return the part that fits the claim best by act, words and target; None where the clause is one thing."""
    if not clause.parts:
        return None
    return max(clause.parts, key=lambda part: _fit(view, part))


def modality(view: View, clause: Clause) -> Modality:
    """Return what the meant part (or the clause) does to its obligor."""
    part = meant(view, clause)
    return part.modality if part else clause.modality


def _fit(view: View, part: Part) -> tuple[int, int]:
    words = len(terms.find((*part.words, *part.targets), view.deed))
    return (2 if view.claim.act in part.acts else 0) + min(words, 3), words


def required_area(view: View, clause: Clause) -> str:
    """Return the id of the area in which an act must lie to be covered; empty where none is required."""
    part = meant(view, clause)
    return (part.requires_area if part else "") or clause.requires_area


def names_act(view: View, clause: Clause, act: Act) -> bool:
    """Return True where the clause names the act; an act of a part that has words needs one of them in the claim."""
    if act not in clause.acts:
        return False
    naming = [part for part in clause.parts if act in part.acts]
    if not naming or terms.find(clause.words, view.deed):
        return True
    return any(not part.words or terms.find(part.words, view.deed) for part in naming)


@lru_cache(maxsize=1024)
def all_words(clause: Clause) -> tuple[str, ...]:
    """Return the clause's words and those of its parts."""
    return (*clause.words, *(word for part in clause.parts for word in part.words))


@lru_cache(maxsize=1024)
def all_targets(clause: Clause) -> tuple[str, ...]:
    """Return the clause's targets and those of its parts; none where one part has none."""
    if clause.targets or not clause.parts:
        return clause.targets
    return () if any(not part.targets for part in clause.parts) else tuple(t for p in clause.parts for t in p.targets)
