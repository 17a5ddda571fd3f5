"""A denial beside the accusation that it denies; an answer beside what it answers."""

from collections.abc import Sequence

from pactwatch.link.likeness import UNKNOWN
from pactwatch.link.pairs import Pair, denies_it
from pactwatch.model import Kind

_BLAMES = {Kind.ACCUSATION: 2, Kind.REPORT: 1}
"""What a denial can deny: a blame before a bare report of the act."""


def denied(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the claims that a denial denies: in each document the one that says most directly what it denies."""
    fit = [pair for pair in pairs if _denies(pair)]
    return _best_of_each_document(fit)


def _denies(pair: Pair) -> bool:
    """Another side said that the denier's side (or somebody unnamed) did it; same act, and nothing sets them apart."""
    later, earlier = pair.later, pair.earlier
    if later.claim.kind is not Kind.DENIAL or pair.same_speaker or denies_it(earlier):
        return False
    if earlier.claim.kind not in _BLAMES or pair.alike.apart or pair.alike.act == 0.0:
        return False
    blamed = earlier.agent_sides
    if blamed and not blamed & (later.agent_sides | {later.side}):
        return False
    return pair.same_event or (pair.one_document and pair.alike.act == 1.0)


def _directness(pair: Pair) -> tuple[float, float, int]:
    """Same act first, then a named author, then the likest, then the nearest in the text."""
    blame = _BLAMES.get(pair.earlier.claim.kind, 0) + (1 if pair.earlier.agent_sides else 0)
    return pair.alike.act * 2 + blame, round(pair.score, 1), pair.earlier.order


def _best_of_each_document(pairs: Sequence[Pair]) -> list[Pair]:
    best: dict[str, Pair] = {}
    for pair in pairs:
        held = best.get(pair.earlier.document.id)
        if held is None or _directness(pair) > _directness(held):
            best[pair.earlier.document.id] = pair
    return [best[key] for key in sorted(best)]


_ANSWERS = frozenset({Kind.DENIAL, Kind.ADMISSION, Kind.ACCUSATION, Kind.COMPLIANCE, Kind.REPORT, Kind.COMMITMENT})
_ASKS = frozenset({Kind.ACCUSATION, Kind.DEMAND, Kind.REPORT, Kind.COMMITMENT})


def answered(pairs: Sequence[Pair]) -> Pair | None:
    """Return what a claim answers: the nearest earlier claim of another speaker in one exchange, about its own side."""
    fit = [pair for pair in pairs if _answers(pair)]
    return max(fit, key=lambda pair: (round(pair.score, 2), pair.earlier.order), default=None)


def _answers(pair: Pair) -> bool:
    later, earlier = pair.later, pair.earlier
    if pair.same_speaker or not pair.one_document or later.order < earlier.order:
        return False
    if later.claim.kind not in _ANSWERS or earlier.claim.kind not in _ASKS:
        return False
    if later.issuer_speaks or pair.alike.apart or pair.alike.act == 0.0:
        return False
    concerned = later.side in earlier.agent_sides
    return concerned and (pair.alike.place > UNKNOWN or pair.alike.time > UNKNOWN or pair.alike.target > UNKNOWN)
