"""The network: MiniLM reads a window once; small heads decide about each word that may name an act and each partner.

Is a claim there → who takes part → of which kind, given who does it, seen from whose side, in whose voice. So the kind
is judged from its factors, as the annotation guide defines it.
"""

from collections import Counter
from typing import Any

import torch
from torch import nn

WIDTH = 384
HIDDEN = 256
PAIR = 128
BITS = ("negated", "agent_none", "agent_issuer", "speaker_issuer")
SIDES = ("own", "ally", "other")
VOICES = ("party", "monitor", "press", "third_party", "unknown", "quoted")
DOER = len(SIDES) + len(BITS)
FACTORS = DOER * (1 + len(VOICES))
NAMED_BY_RULES = 2.5  # log-odds that the rules' own act starts with


class Heads(nn.Module):
    """Everything above the encoder. `features` and `pair_features` count the names; 0 stands for none of them."""

    def __init__(self, features: int, pair_features: int, kinds: int, acts: int, roles: int) -> None:
        super().__init__()
        self.words = nn.Linear(3 * WIDTH, HIDDEN)
        self.bag = nn.EmbeddingBag(features, HIDDEN, mode="sum")
        self.there = nn.Linear(HIDDEN, 1)
        self.there_skip = nn.EmbeddingBag(features, 1, mode="sum")
        self.kind = nn.Linear(HIDDEN + FACTORS, kinds)
        self.kind_skip = nn.EmbeddingBag(features, kinds, mode="sum")
        self.act = nn.Linear(HIDDEN, acts)
        self.act_skip = nn.EmbeddingBag(features, acts, mode="sum")
        self.bits = nn.Linear(HIDDEN, len(BITS))
        self.quick = nn.Linear(2 * WIDTH, 1)
        self.of_candidate = nn.Linear(HIDDEN + WIDTH, PAIR)
        self.of_partner = nn.Linear(2 * WIDTH, PAIR)
        self.key = nn.Linear(2 * WIDTH, PAIR)
        self.query = nn.Linear(2 * WIDTH, PAIR)
        self.pair_bag = nn.EmbeddingBag(pair_features, PAIR, mode="sum")
        self.pair_skip = nn.EmbeddingBag(pair_features, roles, mode="sum")
        self.role = nn.Linear(2 * PAIR, roles)
        self.first = nn.Linear(2 * PAIR, roles)
        self.first_skip = nn.EmbeddingBag(pair_features, roles, mode="sum")
        self.nobody = nn.Linear(HIDDEN, roles + 1)  # one column a role; the last: the speaker's own side is the agent
        self.drop = nn.Dropout(0.25)
        of_acts, of_pairs = (self.bag, self.there_skip, self.kind_skip, self.act_skip), (self.pair_bag, self.pair_skip)
        for bag in (*of_acts, *of_pairs, self.first_skip):
            nn.init.normal_(bag.weight, std=0.02)

    def trust_rules(self, names: dict[str, int], acts: list[str]) -> None:
        """Start from the act that the rules name; training moves it."""
        with torch.no_grad():
            for column, act in enumerate(acts):
                if f"act.{act}" in names and act != "other":
                    self.act_skip.weight[names[f"act.{act}"], column] += NAMED_BY_RULES

    def candidates(self, first: Any, last: Any, whole: Any, bag: Any, offsets: Any) -> tuple[Any, ...]:
        """Return there, act, bits, first sight and state of each candidate."""
        ends = torch.cat([first, last], -1)
        z = nn.functional.gelu(self.words(self.drop(torch.cat([ends, whole], -1))) + self.bag(bag, offsets))
        z = self.drop(z)
        there = (self.there(z) + self.there_skip(bag, offsets))[:, 0]
        return there, self.act(z) + self.act_skip(bag, offsets), self.bits(z), self.quick(self.drop(ends))[:, 0], z

    def pairs(self, z: Any, first: Any, last: Any, low: Any, high: Any, bag: Any, offsets: Any) -> tuple[Any, Any]:
        """Return for pairs of candidate and partner the log-odds of each role, and the weight as its first holder."""
        partner = torch.cat([low, high], -1)
        u = nn.functional.gelu(
            self.of_candidate(torch.cat([z, first], -1)) + self.of_partner(partner) + self.pair_bag(bag, offsets)
        )
        both = self.query(torch.cat([first, last], -1)) * self.key(partner) / 8.0
        seen = self.drop(torch.cat([u, both], -1))
        role = self.role(seen) + self.pair_skip(bag, offsets)
        return role, self.first(seen) + self.first_skip(bag, offsets)

    def kinds(self, z: Any, doers: Any, voices: Any, bag: Any, offsets: Any) -> Any:
        """Return the log-odds of each kind, from how probable a doer on each side is, the bits, and the voice."""
        factors = torch.cat([doers, (doers[:, :, None] * voices[:, None, :]).flatten(1)], -1)
        return self.kind(torch.cat([z, factors], -1)) + self.kind_skip(bag, offsets)


def vocabulary(seen: Counter[str], least: int) -> dict[str, int]:
    """Return the features seen often enough, in a fixed order; 0 is kept for a bag without any."""
    return {name: n + 1 for n, name in enumerate(sorted(f for f, times in seen.items() if times >= least))}
