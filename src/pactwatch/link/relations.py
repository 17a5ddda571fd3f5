"""Claim to claim: denies, repeats, reprints, revises, responds to, agrees with, contradicts. The later points back."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pactwatch.link.beside import beside
from pactwatch.link.blocks import Blocks
from pactwatch.link.denials import answered, denied
from pactwatch.link.own_words import repeated, revised
from pactwatch.link.pairs import Pair, authors_differ
from pactwatch.link.reprints import reprint_pairs
from pactwatch.link.utterance import earlier_saying
from pactwatch.link.view import Register, View, views
from pactwatch.model import ClaimLink, Kind, Made, Party, Reading, Relation

VERSION = "1"
"""Changes when the answers may change."""


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
    links = [list(_of_one(pairs[view.order], reprints.get(view.order))) for view in seen]
    return tuple(link for found in _with_companions(seen, links) for link in found)


def _with_companions(seen: Sequence[View], links: Sequence[list[ClaimLink]]) -> Sequence[list[ClaimLink]]:
    """A denial of something else, said along with a denial of X, answers X: "not us; we have none there"."""
    by_id = {view.id: view for view in seen}
    for view, found in zip(seen, links, strict=True):
        if view.claim.kind is not Kind.DENIAL or any(link.relation is not Relation.RESPONDS_TO for link in found):
            continue
        before = [other for other in seen[max(0, view.order - _COMPANIONS) : view.order] if _together(other, view)]
        denied_ids = [
            link.to_claim_id
            for other in before
            for link in links[other.order]
            if link.relation is Relation.DENIES and other.claim.kind is Kind.DENIAL
        ]
        if denied_ids:
            first = min((by_id[one] for one in denied_ids), key=lambda one: one.order)
            if first.order < view.order:
                found[:] = [_link(Pair(later=view, earlier=first), Relation.RESPONDS_TO)]
    return links


_COMPANIONS = 3
"""How many claims back a denial may stand that another one goes with."""


def _together(a: View, b: View) -> bool:
    return a.document.id == b.document.id and a.side == b.side


def _pairs(seen: Sequence[View], documents: Mapping[str, Sequence[View]]) -> dict[int, list[Pair]]:
    """Each claim with those said before it; what a text tells as said earlier was said before the text's own words."""
    blocks = Blocks()
    found: dict[int, list[Pair]] = defaultdict(list)
    before = {view.order for view in seen if earlier_saying(view)}
    for view in seen:
        for other in blocks.earlier(view):
            same_text = other.document.id == view.document.id
            swapped = same_text and view.order in before and other.order not in before
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
    again = repeated(own, changed)
    yield from (_link(pair, Relation.REVISES) for pair in changed)
    yield from (_link(pair, Relation.REPEATS) for pair in again)
    denials = denied(pairs)
    yield from (_link(pair, Relation.DENIES) for pair in denials)
    told_before = bool(again) or any(authors_differ(pair) for pair in changed)
    others = [pair for pair in pairs if not pair.same_speaker and (pair.one_document or not told_before)]
    side_by_side = beside(others)
    yield from (_link(pair, relation) for relation, pair in side_by_side)
    if not denials and not side_by_side and (answer := answered(others)) is not None:
        yield _link(answer, Relation.RESPONDS_TO)


def _link(pair: Pair, relation: Relation) -> ClaimLink:
    return ClaimLink(
        claim_id=pair.later.id,
        relation=relation,
        to_claim_id=pair.earlier.id,
        score=pair.score,
        features=pair.alike.features,
        made=Made(by="link.relations", version=VERSION, certainty=pair.score),
    )
