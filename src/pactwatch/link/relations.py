"""Claim to claim: denies, repeats, reprints, revises, responds to, agrees with, contradicts. The later points back."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pactwatch.link.blocks import Blocks
from pactwatch.link.denials import answered, denied
from pactwatch.link.own_words import repeated, revised
from pactwatch.link.pairs import Pair, authors_differ, counts_differ
from pactwatch.link.reprints import reprint_pairs
from pactwatch.link.utterance import earlier_saying
from pactwatch.link.view import Register, View, views
from pactwatch.model import ClaimLink, Kind, Made, Party, Reading, Relation

VERSION = "1"
"""Changes when the answers may change."""

_TOLD = frozenset({Kind.ACCUSATION, Kind.REPORT, Kind.ADMISSION, Kind.COMPLIANCE})
"""Kinds that tell of an act as done, by whomever."""


def link_claims(readings: Sequence[Reading], register: Sequence[Party]) -> tuple[ClaimLink, ...]:
    """Return how claims stand to earlier ones, in the order of the later claims.

    Nothing is ever a repetition or a reprint over speakers or polarity; blocks by place, day and name keep the number
    of pairs that are looked at in proportion to the number of claims.
    """
    seen = views(readings, Register(register))
    documents: dict[str, list[View]] = defaultdict(list)
    for view in seen:
        documents[view.document.id].append(view)
    pairs = _pairs(seen, documents)
    reprints = reprint_pairs([pair for found in pairs.values() for pair in found], documents)
    return tuple(link for view in seen for link in _of_one(pairs[view.order], reprints.get(view.order)))


def _pairs(seen: Sequence[View], documents: Mapping[str, Sequence[View]]) -> dict[int, list[Pair]]:
    """Each claim with those said before it; what a text tells as said earlier was said before the text's own words."""
    blocks = Blocks()
    found: dict[int, list[Pair]] = defaultdict(list)
    for view in seen:
        for other in blocks.earlier(view):
            swapped = other.document.id == view.document.id and earlier_saying(view) and not earlier_saying(other)
            later, earlier = (other, view) if swapped else (view, other)
            found[later.order].append(Pair(later=later, earlier=earlier))
        if view.claim.kind is Kind.DENIAL:
            after = documents[view.document.id][view.index + 1 :]
            found[view.order] += [Pair(later=view, earlier=other) for other in after if other.side != view.side]
        blocks.add(view)
    return found


def _of_one(pairs: Sequence[Pair], reprint: Pair | None) -> Iterator[ClaimLink]:
    if reprint is not None:
        yield _link(reprint, Relation.REPRINTS)
        return
    own = [pair for pair in pairs if pair.same_speaker]
    changed = revised(own)
    yield from (_link(pair, Relation.REVISES) for pair in changed)
    yield from (_link(pair, Relation.REPEATS) for pair in repeated(own, changed))
    denials = denied(pairs)
    yield from (_link(pair, Relation.DENIES) for pair in denials)
    others = [pair for pair in pairs if not pair.same_speaker]
    beside = _beside(others)
    yield from (_link(pair, relation) for relation, pair in beside)
    if not denials and not beside and (answer := answered(others)) is not None:
        yield _link(answer, Relation.RESPONDS_TO)


def _beside(pairs: Sequence[Pair]) -> list[tuple[Relation, Pair]]:
    """What another speaker says of the same event: the same, or else another figure or author."""
    fit = [
        pair
        for pair in pairs
        if pair.same_event and pair.same_polarity and {pair.later.claim.kind, pair.earlier.claim.kind} <= _TOLD
    ]
    agreeing = [pair for pair in fit if _agrees(pair)]
    if agreeing:
        return [(Relation.AGREES_WITH, max(agreeing, key=_closest))]
    against = [pair for pair in fit if _contradicts(pair)]
    return [(Relation.CONTRADICTS, max(against, key=_closest))] if against else []


def _agrees(pair: Pair) -> bool:
    return pair.alike.act == 1.0 and not authors_differ(pair) and not counts_differ(pair)


def _contradicts(pair: Pair) -> bool:
    """Another figure for the same act of the same author; or another author, where each side blames the other."""
    if pair.alike.act < 0.7:
        return False
    if authors_differ(pair):
        return pair.later.claim.kind in (Kind.ACCUSATION, Kind.ADMISSION) and pair.earlier.claim.kind is Kind.ACCUSATION
    return counts_differ(pair)


def _closest(pair: Pair) -> tuple[float, int]:
    return round(pair.score, 2), pair.earlier.order


def _link(pair: Pair, relation: Relation) -> ClaimLink:
    return ClaimLink(
        claim_id=pair.later.id,
        relation=relation,
        to_claim_id=pair.earlier.id,
        score=pair.score,
        features=pair.alike.features,
        made=Made(by="link.relations", version=VERSION, certainty=pair.score),
    )
