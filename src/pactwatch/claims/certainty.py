"""How certain a claim is, and which kind its evidence speaks for.

Each feature of `evidence.py` has a weight that was fitted on the training part of the gold set (`bench/certainty.py`
writes `weights.toml`). No feature names a party, a place or a document.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pactwatch.claims.lexicon import Lexicon
from pactwatch.model import Kind


@dataclass(frozen=True, slots=True)
class Decision:
    """The kind that the evidence speaks for, and the probability that a claim of that kind is there."""

    kind: Kind
    there: float
    kind_share: float

    @property
    def certainty(self) -> float:
        """Probability between 0.01 and 0.99 that the claim is there and its kind is right."""
        return round(min(0.99, max(0.01, self.there * self.kind_share)), 3)


def decide(features: Iterable[str], words: Lexicon) -> Decision:
    """Return the decision on one candidate; the caller drops it where `there` is below `words.least`."""
    names = tuple(features)
    there = 1 / (1 + math.exp(-_score(names, words.there)))
    scores = {kind: _score(names, table) for kind, table in words.kinds.items()}
    best = max(scores, key=lambda kind: (scores[kind], kind))
    share = 1 / sum(math.exp(score - scores[best]) for score in scores.values())
    return Decision(Kind(best), there, share)


def _score(names: tuple[str, ...], table: Mapping[str, float]) -> float:
    return table["bias"] + sum(table.get(name, 0.0) for name in names)
