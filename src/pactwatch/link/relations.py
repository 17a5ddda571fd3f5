"""Claim to claim: denies, repeats, reprints, revises, responds to, agrees with, contradicts. The later points back."""

from collections.abc import Iterable, Iterator, Sequence

from pactwatch.link.blocks import Blocks
from pactwatch.link.denials import answered, denied
from pactwatch.link.pairs import Pair, authors_differ, counts_differ, denies_it
from pactwatch.link.reprints import reprint_pairs
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
    pairs = {view.order: found for view, found in _pairs(seen)}
    reprints = reprint_pairs([pair for found in pairs.values() for pair in found])
    links: list[ClaimLink] = []
    for view in seen:
        links.extend(_of_one(view, pairs[view.order], reprints.get(view.order)))
    return tuple(links)


def _pairs(seen: Sequence[View]) -> Iterator[tuple[View, list[Pair]]]:
    """Each claim with earlier ones; inside a document a denial may stand before the accusation that it quotes."""
    blocks = Blocks()
    by_document: dict[str, list[View]] = {}
    for view in seen:
        by_document.setdefault(view.document.id, []).append(view)
    for view in seen:
        found = [Pair(later=view, earlier=other) for other in blocks.earlier(view)]
        if view.claim.kind is Kind.DENIAL:
            later_in_text = by_document[view.document.id][view.index + 1 :]
            found += [Pair(later=view, earlier=other) for other in later_in_text if other.side != view.side]
        blocks.add(view)
        yield view, found


def _of_one(view: View, pairs: Sequence[Pair], reprint: Pair | None) -> Iterator[ClaimLink]:
    if reprint is not None:
        yield _link(reprint, Relation.REPRINTS)
        return
    before = [pair for pair in pairs if pair.earlier.order < view.order]
    own = [pair for pair in before if pair.same_speaker]
    revised = _revised(own)
    yield from (_link(pair, Relation.REVISES) for pair in revised)
    if not revised:
        yield from (_link(pair, Relation.REPEATS) for pair in _repeated(own))
    denials = denied(pairs)
    yield from (_link(pair, Relation.DENIES) for pair in denials)
    others = [pair for pair in before if not pair.same_speaker]
    for relation, pair in _beside(others):
        yield _link(pair, relation)
    if not denials and (answer := answered(others)) is not None:
        yield _link(answer, Relation.RESPONDS_TO)


def _revised(pairs: Sequence[Pair]) -> list[Pair]:
    """The latest own claim about the event whose figure, author or denial this one changes."""
    changed = [pair for pair in pairs if pair.same_event and _changes(pair)]
    return _nearest_in_best_document(changed)


def _changes(pair: Pair) -> bool:
    if denies_it(pair.earlier) and pair.later.claim.kind is Kind.ADMISSION and pair.alike.act == 1.0:
        return True
    if not pair.same_polarity or pair.later.claim.kind not in _TOLD or pair.earlier.claim.kind not in _TOLD:
        return False
    return pair.alike.act > 0 and (counts_differ(pair) or authors_differ(pair))


def _repeated(pairs: Sequence[Pair]) -> list[Pair]:
    """The own earlier claim that says the same act again; inside one document only at a distance."""
    same = [pair for pair in pairs if pair.same_event and _says_again(pair)]
    return _best(same)[:1]


def _says_again(pair: Pair) -> bool:
    if not pair.same_polarity or authors_differ(pair) or pair.later.claim.kind is not pair.earlier.claim.kind:
        return False
    if pair.one_document:
        return pair.alike.act == 1.0 and pair.score >= 0.8 and pair.later.index - pair.earlier.index > 1
    return True


def _beside(pairs: Sequence[Pair]) -> Iterator[tuple[Relation, Pair]]:
    """What another speaker says of the same event: the same, or another figure or author."""
    fit = [
        pair
        for pair in pairs
        if pair.same_event and pair.same_polarity and {pair.later.claim.kind, pair.earlier.claim.kind} <= _TOLD
    ]
    against = [pair for pair in fit if authors_differ(pair) or counts_differ(pair)]
    with_it = [pair for pair in fit if pair.alike.act == 1.0 and pair not in against]
    for pair in _best(with_it)[:1]:
        yield Relation.AGREES_WITH, pair
    for pair in _best(against)[:1]:
        yield Relation.CONTRADICTS, pair


def _best(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.score, -pair.earlier.order))


def _nearest_in_best_document(pairs: Sequence[Pair]) -> list[Pair]:
    ordered = sorted(pairs, key=lambda pair: (-round(pair.score, 1), -pair.earlier.order))
    return ordered[:1]


def _link(pair: Pair, relation: Relation) -> ClaimLink:
    return ClaimLink(
        claim_id=pair.later.id,
        relation=relation,
        to_claim_id=pair.earlier.id,
        score=pair.score,
        features=pair.alike.features,
        made=Made(by="link.relations", version=VERSION, certainty=pair.score),
    )
