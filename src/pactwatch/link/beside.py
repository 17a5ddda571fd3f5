"""What another speaker says of the same event: the same, or another figure, author or victim."""

from collections.abc import Sequence

from pactwatch.link.denials import names_author
from pactwatch.link.pairs import Pair, authors_differ, counts_agree, counts_differ, targets_differ
from pactwatch.model import Kind, Relation

_TOLD = frozenset({Kind.ACCUSATION, Kind.REPORT, Kind.ADMISSION, Kind.COMPLIANCE})
"""Kinds that tell of an act as done, by whomever."""


def beside(pairs: Sequence[Pair]) -> list[tuple[Relation, Pair]]:
    """Return the claim of another speaker that says the same, or else the one that says otherwise; none or one."""
    disputed = [pair for pair in pairs if _against_denial(pair)]
    if disputed:
        return [(Relation.CONTRADICTS, max(disputed, key=_closest))]
    fit = [
        pair
        for pair in pairs
        if pair.surely_same_event and pair.same_polarity and {pair.later.claim.kind, pair.earlier.claim.kind} <= _TOLD
    ]
    against = [pair for pair in fit if pair.alike.act == 1.0 and targets_differ(pair)]
    agreeing = [pair for pair in fit if _agrees(pair)]
    if agreeing and not against:
        return [(Relation.AGREES_WITH, max(agreeing, key=_closest))]
    against = against or [pair for pair in fit if _contradicts(pair)]
    return [(Relation.CONTRADICTS, max(against, key=_closest))] if against else []


def _against_denial(pair: Pair) -> bool:
    """A blame told again, in another text, after its denial by the one who is blamed."""
    later, earlier = pair.later, pair.earlier
    if pair.one_document or later.claim.kind is not Kind.ACCUSATION or earlier.claim.kind is not Kind.DENIAL:
        return False
    return pair.surely_same_event and pair.alike.act == 1.0 and earlier.side in later.agent_sides


def _agrees(pair: Pair) -> bool:
    if pair.alike.act < 1.0 or authors_differ(pair) or counts_differ(pair):
        return False
    return not pair.one_document or pair.alike.agent == 1.0


def _contradicts(pair: Pair) -> bool:
    """Another figure for the same act of the same author; or another author, where each side blames the other."""
    if pair.alike.act < 0.7:
        return False
    if authors_differ(pair):
        return pair.later.claim.kind in (Kind.ACCUSATION, Kind.ADMISSION) and pair.earlier.claim.kind is Kind.ACCUSATION
    return counts_differ(pair) and not pair.one_document


def _closest(pair: Pair) -> tuple[float, bool, bool, int]:
    return (
        round(pair.score, 1),
        counts_agree(pair),
        pair.alike.agent == 0.0 and names_author(pair.earlier),
        pair.earlier.order,
    )
