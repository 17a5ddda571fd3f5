"""How certain a claim is: the probability that it is there and its kind is right, from what speaks for it.

Each feature's weight was fitted on the training part of the gold set (`bench/certainty.py` writes `weights.toml`); no
feature names a party, a place or a document.
"""

import math
from collections.abc import Iterable

from pactwatch.claims.lexicon import Lexicon

LEAST = 0.0  # below it a candidate is no claim: the best F1 of held-out issuers in training


def certainty(features: Iterable[str], lexicon: Lexicon) -> float:
    """Return a probability between 0.01 and 0.99."""
    score = lexicon.weights.get("bias", 0.0) + sum(lexicon.weights.get(name, 0.0) for name in features)
    return round(min(0.99, max(0.01, 1 / (1 + math.exp(-score)))), 3)
