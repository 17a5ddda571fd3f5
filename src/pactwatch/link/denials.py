"""A denial beside the accusation that it denies; an answer beside what it answers."""

from collections.abc import Sequence

from pactwatch.link.likeness import UNKNOWN
from pactwatch.link.names import share
from pactwatch.link.pairs import Pair, denies_it
from pactwatch.link.utterance import earlier_saying
from pactwatch.link.view import View
from pactwatch.model import ISSUER, Kind

_BLAMES = {Kind.ACCUSATION: 2, Kind.REPORT: 1}
"""What a denial can deny: a blame before a bare report of the act."""


def denied(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the claims that a denial denies: in each document the one that says most directly what it denies."""
    fit = [pair for pair in pairs if _denies(pair)]
    return _best_of_each_document(fit)


def _denies(pair: Pair) -> bool:
    """Another side said that the denier's side (or somebody unnamed) did it; same act, and nothing sets them apart."""
    later, earlier = pair.later, pair.earlier
    if not _is_denial(pair) or pair.same_speaker or denies_it(earlier):
        return False
    if pair.one_document and earlier_saying(later):
        return False
    if earlier.claim.kind not in _BLAMES or pair.alike.apart or pair.alike.act < 1.0:
        return False
    blamed = earlier.agent_sides
    if blamed and later.claim.kind is Kind.DENIAL and not blamed & (later.agent_sides | {later.side}):
        return False
    return pair.same_event or (pair.one_document and pair.alike.target > 0.0)


def _is_denial(pair: Pair) -> bool:
    """A denial; or a report that the very one named as a victim is none."""
    claim = pair.later.claim
    return claim.kind is Kind.DENIAL or (
        claim.kind is Kind.REPORT and claim.negated and pair.one_document and pair.alike.target > UNKNOWN
    )


def _directness(pair: Pair) -> tuple[float, float, int]:
    """A named author first, named in the quote itself, then the likest, then the nearest in the text."""
    blame = _BLAMES.get(pair.earlier.claim.kind, 0) + (1 if pair.earlier.agent_sides else 0)
    return blame + (1 if names_author(pair.earlier) else 0), round(pair.score, 1), pair.earlier.order


def names_author(view: View) -> bool:
    """Return True where the quote itself names who did it, not only its neighbours."""
    return any(m.text != ISSUER and m.text in view.claim.quote.text for m in view.claim.agent)


def _best_of_each_document(pairs: Sequence[Pair]) -> list[Pair]:
    best: dict[str, Pair] = {}
    for pair in pairs:
        held = best.get(pair.earlier.document.id)
        if held is None or _directness(pair) > _directness(held):
            best[pair.earlier.document.id] = pair
    return [best[key] for key in sorted(best)]


_ANSWERS = frozenset({Kind.DENIAL, Kind.ADMISSION, Kind.ACCUSATION, Kind.COMPLIANCE, Kind.REPORT, Kind.COMMITMENT})
_ASKS = frozenset({Kind.ACCUSATION, Kind.DEMAND, Kind.REPORT, Kind.COMMITMENT})

_REACH = 10
"""How many claims back an exchange goes."""

_ENOUGH = 1.5
"""Points that make an answer: the same act and one more thing in common, or the like."""


def answered(pairs: Sequence[Pair]) -> Pair | None:
    """Return what a claim answers: an earlier claim of another speaker, in one exchange, that concerns its own side."""
    fit = [(points, pair) for pair in pairs if (points := _points(pair)) >= _ENOUGH]
    return max(fit, key=lambda one: (one[0], one[1].earlier.order), default=(0.0, None))[1]


def _points(pair: Pair) -> float:
    later, earlier = pair.later, pair.earlier
    if not _may_answer(pair):
        return 0.0
    alike = pair.alike
    points = alike.act + (0.7 if alike.target > UNKNOWN else 0.0) + (0.5 if alike.place > UNKNOWN else 0.0)
    points += 0.3 if alike.time > UNKNOWN else 0.0
    points += share(later.stems, earlier.stems)
    return points + (0.5 if later.side in earlier.agent_sides else 0.0)


def _may_answer(pair: Pair) -> bool:
    later, earlier = pair.later, pair.earlier
    if pair.same_speaker or later.claim.kind not in _ANSWERS or earlier.claim.kind not in _ASKS:
        return False
    if earlier_saying(later):
        return False
    if not pair.one_document:
        return _meets_demand(pair)
    if later.issuer_speaks or not 0 < later.index - earlier.index <= _REACH:
        return False
    if later.speaker is None:
        return pair.alike.target > UNKNOWN
    return not earlier.agent_sides or later.side in earlier.agent_sides


def _meets_demand(pair: Pair) -> bool:
    """What a demand asked for is told as done by the one who was asked, of the same person or thing."""
    later, earlier = pair.later, pair.earlier
    if earlier.claim.kind is not Kind.DEMAND or later.claim.kind not in (Kind.COMPLIANCE, Kind.COMMITMENT):
        return False
    asked = later.side in earlier.agent_sides and pair.alike.act == 1.0
    return asked and pair.alike.names > UNKNOWN and not pair.alike.apart
