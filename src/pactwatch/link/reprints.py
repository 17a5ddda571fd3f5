"""One statement, many appearances: sentences that another document prints again, with small edits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from pactwatch.link.names import jaccard, share
from pactwatch.link.pairs import Pair, counts_differ
from pactwatch.link.view import View
from pactwatch.model import Kind

ALONE_SHARE = 0.7
"""A single sentence is a reprint where at least this share of its content words stands in the other."""

ALIGNED_SHARE = 0.5
"""Inside two documents that print several same sentences, so much is enough."""

FIGURES_SHARE = 0.25
"""With the same figures for the same act, so much is enough."""

ALIGNED_SENTENCES = 3
"""So many same sentences make two documents printings of one statement."""

_MIN_WORDS = 6
"""Shorter sentences are alike by chance."""


def reprint_pairs(pairs: Sequence[Pair], documents: Mapping[str, Sequence[View]]) -> dict[int, Pair]:
    """Return for each later claim (by its order) the earlier one of which it is a printing.

    Only the same speaker, kind, polarity and act family, in another document: first the sentences that are plainly the
    same, then those that stand between such.
    """
    fit = [pair for pair in pairs if _may_be(pair)]
    plain = [pair for pair in fit if _alone(pair)]
    by_documents: dict[tuple[str, str], set[int]] = defaultdict(set)
    for pair in fit:
        if _alone(pair) or _same_words(pair):
            by_documents[_documents(pair)].add(pair.later.order)
    aligned = [key for key, found in sorted(by_documents.items()) if len(found) >= ALIGNED_SENTENCES]
    whole = [
        Pair(later=a, earlier=b) for later, earlier in aligned for a in documents[later] for b in documents[earlier]
    ]
    more = [pair for pair in whole if _may_be(pair) and (alike(pair) >= ALIGNED_SHARE or _same_figures(pair))]
    return _best(plain + more)


def _same_words(pair: Pair) -> bool:
    """A short sentence in the very same content words: nothing alone, a sign among others."""
    words = pair.later.stems, pair.earlier.stems
    return min(map(len, words)) > 1 and share(*words) == 1.0


def _same_figures(pair: Pair) -> bool:
    """The same act with the same figures, in words that were changed more."""
    later, earlier = pair.later.claim, pair.earlier.claim
    return bool(later.counts) and set(later.counts) == set(earlier.counts) and alike(pair) > FIGURES_SHARE


def _documents(pair: Pair) -> tuple[str, str]:
    return pair.later.document.id, pair.earlier.document.id


def _may_be(pair: Pair) -> bool:
    if pair.one_document or not pair.same_speaker or not pair.same_polarity or pair.alike.apart:
        return False
    if counts_differ(pair):
        return False
    later, earlier = pair.later.claim, pair.earlier.claim
    return later.kind is earlier.kind and pair.alike.act > 0 and later.kind is not Kind.POSITION


def _alone(pair: Pair) -> bool:
    words = pair.later.stems, pair.earlier.stems
    return min(map(len, words)) >= _MIN_WORDS and share(*words) >= ALONE_SHARE and jaccard(*words) >= 0.4


def alike(pair: Pair) -> float:
    """Return how much of the shorter sentence's content words stands in the other."""
    return share(pair.later.stems, pair.earlier.stems)


def _best(pairs: Sequence[Pair]) -> dict[int, Pair]:
    """Each claim is a printing of one other, and of each other in one document there is one printing."""
    taken: dict[int, Pair] = {}
    used: set[tuple[str, int]] = set()
    for pair in sorted(pairs, key=lambda p: (-alike(p), p.later.order, p.earlier.order)):
        mark = (pair.later.document.id, pair.earlier.order)
        if pair.later.order in taken or mark in used:
            continue
        taken[pair.later.order] = pair
        used.add(mark)
    return taken
