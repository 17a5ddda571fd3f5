"""A speaker's later words beside its own earlier ones: said again, or changed. The old stays visible."""

from collections.abc import Sequence

from pactwatch.link.pairs import Pair, authors_differ, counts_differ, denies_it
from pactwatch.link.utterance import corrected, earlier_saying, said_anew, withdrawn
from pactwatch.model import Kind

_TOLD = frozenset({Kind.ACCUSATION, Kind.REPORT, Kind.ADMISSION, Kind.COMPLIANCE})
_SAME_FORM = (frozenset({Kind.ACCUSATION, Kind.REPORT}), frozenset({Kind.DENIAL, Kind.COMPLIANCE}))
"""Kinds between which the reading of one sentence may waver; a repetition may cross them."""


def revised(own: Sequence[Pair]) -> list[Pair]:
    """Return the latest own claim about the event whose figure, author or denial this one changes; none or one."""
    owned = any(pair.same_event and _owns_again(pair) for pair in own)
    changed = [pair for pair in own if _takes_back(pair) or (pair.same_event and _changes(pair))]
    changed = [pair for pair in changed if not (owned and pair.earlier.claim.kind is Kind.DENIAL)]
    return sorted(changed, key=lambda pair: (-round(pair.score, 1), -pair.earlier.order))[:1]


def _owns_again(pair: Pair) -> bool:
    """The denial was given up by an earlier admission already: owning it again changes nothing."""
    kinds = {pair.later.claim.kind, pair.earlier.claim.kind}
    return kinds == {Kind.ADMISSION} and pair.same_polarity and pair.alike.act == 1.0


def _takes_back(pair: Pair) -> bool:
    """The claim says that a saying was wrong: the nearest own denial in the same text is meant."""
    later, earlier = pair.later, pair.earlier
    return pair.one_document and withdrawn(later) and not denies_it(later) and earlier.claim.kind is Kind.DENIAL


def _changes(pair: Pair) -> bool:
    later, earlier = pair.later.claim, pair.earlier.claim
    apart_in_time = not pair.one_document or earlier_saying(pair.earlier)
    if earlier.kind is Kind.DENIAL and later.kind is Kind.ADMISSION:
        return apart_in_time and pair.alike.act == 1.0 and not denies_it(pair.later)
    if earlier.kind is Kind.ACCUSATION and denies_it(pair.later) and not denies_it(pair.earlier):
        return pair.alike.act == 1.0 and pair.alike.agent == 1.0 and pair.surely_same_event
    if not pair.same_polarity or later.kind not in _TOLD or earlier.kind not in _TOLD:
        return False
    if authors_differ(pair):
        both_blame = later.kind is earlier.kind is Kind.ACCUSATION
        return not pair.one_document and both_blame and pair.alike.act == 1.0 and pair.alike.time >= 0.8
    return pair.alike.act >= 0.7 and counts_differ(pair) and (apart_in_time or corrected(pair.later))


def repeated(own: Sequence[Pair], changed: Sequence[Pair]) -> list[Pair]:
    """Return the own earlier claim that says the same act again; inside one document only where it is marked so."""
    if changed:
        return []
    same = [pair for pair in own if pair.same_event and _says_again(pair)]
    return sorted(same, key=lambda pair: (-_likest(pair), -pair.earlier.order))[:1]


def _likest(pair: Pair) -> float:
    return round(pair.score + (0.1 if pair.later.claim.kind is pair.earlier.claim.kind else 0.0), 2)


def _says_again(pair: Pair) -> bool:
    if not pair.same_polarity or authors_differ(pair) or not _same_form(pair):
        return False
    if pair.one_document:
        return pair.alike.act == 1.0 and said_anew(pair.later)
    return pair.alike.act >= 0.7


def _same_form(pair: Pair) -> bool:
    kinds = {pair.later.claim.kind, pair.earlier.claim.kind}
    return len(kinds) == 1 or any(kinds <= form for form in _SAME_FORM)
