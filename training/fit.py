"""Train the network on prepared windows.

    python training/fit.py PREPARED.pickle… --out TRAINED.pt [--epochs N] [--stop N] [--seed N]

The learning rate falls towards nothing over so many epochs; training stops before it gets there, since held-out
documents gained nothing from the rest. Weighing who takes part ten times as much, in a second run, gave 0.02 to places
and took 0.02 from kinds: it was left out.

Beside TRAINED.pt a file TRAINED.items is written: what the network thinks of the held-out documents, for
`calibrate.py`. What is kept is a running average of the weights. One thread: the same input gives the same file on the
same machine.
"""

import argparse
import pickle
import random
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import torch
from torch import nn
from torch.nn import functional

from encoder import WIDTH, Encoder, padded
from labels import ACTS, KINDS, ROLES
from network import BITS, SIDES, VOICES, Heads, vocabulary

LEAST_SEEN, LEAST_SEEN_PAIRS = 12, 15  # a feature seen less often tells more about its documents than about claims
RATE_ENCODER, RATE_HEADS = 1.5e-4, 8e-4
WARM_UP_STEPS = 80
PIECES_A_STEP = 1_100
AVERAGE = 0.997
LIKELY = 0.15
Row = dict[str, Any]


def main() -> None:
    """Train, and write the weights and the items."""
    args = _arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    rows = [row for path in args.prepared for row in pickle.loads(path.read_bytes())]
    learned, held = [r for r in rows if not r["held"]], [r for r in rows if r["held"]]
    print(
        f"{len(learned)} windows to learn from, {_claims(learned)} claims; {len(held)} held out, {_claims(held)} claims"
    )
    trainer = Trainer(learned, args)
    for some in (learned, held):
        trainer.keep_lower(some)
    trainer.train(learned, args.epochs)
    args.out.with_suffix(".items").write_bytes(pickle.dumps(trainer.items(held)))
    torch.save(trainer.state(), args.out)


def _claims(rows: list[Row]) -> int:
    return sum(c["kind"] > 0 for row in rows for c in row["candidates"])


class Trainer:
    """Encoder, heads and the names of the features, while they learn."""

    def __init__(self, learned: list[Row], args: argparse.Namespace) -> None:
        seen: Counter[str] = Counter()
        pairs: Counter[str] = Counter()
        for candidate in (c for row in learned for c in row["candidates"]):
            seen.update(candidate["features"])
            if candidate["kind"] > 0:
                for partner in candidate["partners"]:
                    pairs.update(partner["features"])
        self.names, self.pair_names = vocabulary(seen, LEAST_SEEN), vocabulary(pairs, LEAST_SEEN_PAIRS)
        self.random = random.Random(args.seed)
        self.stop = args.stop
        self.encoder = Encoder(args.frozen)
        self.heads = Heads(len(self.names) + 1, len(self.pair_names) + 1, len(KINDS), len(ACTS), len(ROLES))
        self.heads.trust_rules(self.names, list(ACTS))
        self.parameters = [*self.encoder.upper.parameters(), *self.heads.parameters()]

    def state(self) -> Row:
        """Return everything that `export.py` needs."""
        return {
            "encoder": self.encoder.upper.state_dict(),
            "heads": self.heads.state_dict(),
            "names": self.names,
            "pair_names": self.pair_names,
            "frozen": self.encoder.frozen,
        }

    def keep_lower(self, rows: list[Row]) -> None:
        """Number the features, drop partners that nobody sees, keep what the frozen layers make of each window."""
        for candidate in (c for row in rows for c in row["candidates"]):
            self._number(candidate)
        order = sorted(rows, key=lambda r: len(r["ids"]))
        for at in range(0, len(order), 24):
            some = order[at : at + 24]
            made = self.encoder.lower(*padded([r["ids"] for r in some]))
            for row, one in zip(some, made, strict=True):
                row["rows"] = one[: len(row["ids"])].half().clone()

    def _number(self, candidate: Row) -> None:
        candidate["bag"] = [self.names[f] for f in candidate["features"] if f in self.names] or [0]
        candidate["voice"] = next((n for n, v in enumerate(VOICES) if f"voice.{v}" in candidate["features"]), 4)
        named_by_rules = {f"rule.{role}" for role in ROLES}
        candidate["partners"] = [
            p for p in candidate["partners"] if p["at"] is not None or named_by_rules & set(p["features"])
        ]
        for partner in candidate["partners"]:
            partner["side"] = next((n for n, v in enumerate(SIDES) if f"side.{v}" in partner["features"]), -1)
            partner["bag"] = [self.pair_names[f] for f in partner["features"] if f in self.pair_names] or [0]

    def train(self, rows: list[Row], epochs: int) -> None:
        """Learn, and end with the running average of the weights."""
        groups = [(self.encoder.upper, RATE_ENCODER), (self.heads, RATE_HEADS)]
        optimiser = torch.optim.AdamW(
            [{"params": list(part.parameters()), "lr": rate} for part, rate in groups], weight_decay=0.02
        )
        average = [p.detach().clone() for p in self.parameters]
        steps = epochs * len(batches(rows, random.Random(0)))
        start, step = time.time(), 0
        self.encoder.train(), self.heads.train()
        for epoch in range(min(epochs, self.stop)):
            total = 0.0
            for batch in batches(rows, self.random):
                share = min(1.0, (step + 1) / WARM_UP_STEPS) * max(0.02, 1 - step / steps)
                for group, (_, rate) in zip(optimiser.param_groups, groups, strict=True):
                    group["lr"] = rate * share
                total += self._step(batch, optimiser)
                step += 1
                with torch.no_grad():
                    for kept, now in zip(average, self.parameters, strict=True):
                        kept.lerp_(now, 1 - min(AVERAGE, step / (step + 19)))
            print(f"epoch {epoch + 1}: {time.time() - start:.0f} s, loss {total * epochs / steps:.3f}", flush=True)
        with torch.no_grad():
            for now, kept in zip(self.parameters, average, strict=True):
                now.copy_(kept)

    def _step(self, batch: list[Row], optimiser: Any) -> float:
        loss = self.loss(batch)
        if loss is None:
            return 0.0
        loss.backward()
        nn.utils.clip_grad_norm_(self.parameters, 1.0)
        optimiser.step()
        optimiser.zero_grad()
        return float(loss.item())

    def loss(self, rows: list[Row]) -> Any:
        """Return how wrong the network is about some windows: there, first sight, act, bits, roles, kind."""
        seen = Seen(self, rows, judged_only=True)
        if not seen.chosen:
            return None
        gold = torch.tensor([float(c["kind"] > 0) for _, c in seen.chosen])
        total = 1.5 * functional.binary_cross_entropy_with_logits(seen.there, gold)
        total = total + 0.3 * functional.binary_cross_entropy_with_logits(seen.quick, gold)
        keep = [k for k, (_, c) in enumerate(seen.chosen) if c["kind"] > 0]
        if not keep:
            return total
        claims = [seen.chosen[k][1] for k in keep]
        acts, kinds = torch.tensor([c["act"] for c in claims]), torch.tensor([c["kind"] - 1 for c in claims])
        bits = torch.tensor([[float(c[b]) for b in BITS] for c in claims])
        total = total + 0.4 * functional.cross_entropy(seen.act[keep], acts, label_smoothing=0.05)
        total = total + 0.4 * functional.binary_cross_entropy_with_logits(seen.bits[keep], bits)
        role, pairs = seen.roles(keep)
        if role is not None:
            right = torch.tensor([[0.0 if v is None else float(v) for v in p["roles"]] for _, _, p in pairs])
            known = torch.tensor([[float(v is not None) for v in p["roles"]] for _, _, p in pairs])
            wrong = functional.binary_cross_entropy_with_logits(role, right, reduction="none")
            total = total + 4.0 * (wrong * known).mean()
        return total + 0.5 * functional.cross_entropy(seen.kinds(keep, role, pairs), kinds, label_smoothing=0.05)

    @torch.no_grad()
    def items(self, rows: list[Row]) -> dict[str, list[Row]]:
        """Return by document what the network thinks of every likely claim."""
        self.encoder.eval(), self.heads.eval()
        found: dict[str, list[Row]] = defaultdict(list)
        for at in range(0, len(rows), 12):
            seen = Seen(self, rows[at : at + 12], judged_only=False)
            keep = [k for k in range(len(seen.chosen)) if seen.there[k].sigmoid() >= LIKELY]
            if not keep:
                continue
            role, pairs = seen.roles(keep)
            kinds = seen.kinds(keep, role, pairs).softmax(-1).numpy()
            for kind, k in zip(kinds, keep, strict=True):
                n, candidate = seen.chosen[k]
                found[rows[at + n]["doc"]].append(
                    {
                        "there": float(seen.there[k].sigmoid()),
                        "kind": kind,
                        "act": seen.act[k].softmax(-1).numpy(),
                        "bits": seen.bits[k].sigmoid().numpy(),
                        "voice": VOICES[candidate["voice"]],
                        "partners": [
                            (p["text"], p["side"], r.sigmoid().numpy())
                            for (of, _, p), r in zip(pairs, role if role is not None else (), strict=True)
                            if of == k
                        ],
                        **{name: candidate[name] for name in ("trigger", "quote", "rule")},
                    }
                )
        return found


class Seen:
    """Some windows after the encoder and the heads: one entry for each word that is asked about."""

    def __init__(self, trainer: Trainer, rows: list[Row], *, judged_only: bool) -> None:
        self.heads = trainer.heads
        size = max(len(r["ids"]) for r in rows)
        kept, mask = torch.zeros(len(rows), size, WIDTH), torch.zeros(len(rows), size, dtype=torch.long)
        for n, row in enumerate(rows):
            kept[n, : len(row["ids"])] = row["rows"].float()
            mask[n, : len(row["ids"])] = 1
        self.rows = trainer.encoder(kept, mask)
        self.chosen = [(n, c) for n, r in enumerate(rows) for c in r["candidates"] if not judged_only or c["kind"] >= 0]
        if self.chosen:
            where = torch.tensor([n for n, _ in self.chosen])
            self.first = self.rows[where, torch.tensor([c["at"][0] for _, c in self.chosen])]
            self.last = self.rows[where, torch.tensor([c["at"][1] for _, c in self.chosen])]
            bag = bags([c["bag"] for _, c in self.chosen])
            whole = self.rows[where, 0]
            self.there, self.act, self.bits, self.quick, self.state = self.heads.candidates(
                self.first, self.last, whole, *bag
            )

    def roles(self, keep: list[int]) -> tuple[Any, list[tuple[int, int, Row]]]:
        """Return the log-odds of the roles of the kept words' partners, and which they are."""
        pairs = [(k, self.chosen[k][0], p) for k in keep for p in self.chosen[k][1]["partners"]]
        if not pairs:
            return None, []
        of = torch.tensor([k for k, _, _ in pairs])
        where = torch.tensor([n for _, n, _ in pairs])
        there = torch.tensor([[float(p["at"] is not None)] for _, _, p in pairs])
        low = self.rows[where, torch.tensor([(p["at"] or (0, 0))[0] for _, _, p in pairs])] * there
        high = self.rows[where, torch.tensor([(p["at"] or (0, 0))[1] for _, _, p in pairs])] * there
        bag = bags([p["bag"] for _, _, p in pairs])
        return self.heads.pairs(self.state[of], self.first[of], self.last[of], low, high, *bag), pairs

    def kinds(self, keep: list[int], role: Any, pairs: list[tuple[int, int, Row]]) -> Any:
        """Return the log-odds of the kept words' kinds, judged from who does it."""
        row_of = {k: n for n, k in enumerate(keep)}
        doers = torch.zeros(len(keep) * len(SIDES))
        sided = [(n, row_of[k] * len(SIDES) + p["side"]) for n, (k, _, p) in enumerate(pairs) if p["side"] >= 0]
        if sided:
            probable = role[:, 0].sigmoid().detach()[torch.tensor([n for n, _ in sided])]
            doers = doers.scatter_reduce(0, torch.tensor([cell for _, cell in sided]), probable, "amax")
        factors = torch.cat([doers.view(len(keep), len(SIDES)), self.bits[keep].sigmoid().detach()], -1)
        voices = torch.tensor([self.chosen[k][1]["voice"] for k in keep])
        bag = bags([self.chosen[k][1]["bag"] for k in keep])
        return self.heads.kinds(self.state[keep], factors, functional.one_hot(voices, len(VOICES)).float(), *bag)


def batches(rows: list[Row], rng: random.Random) -> list[list[Row]]:
    """Return windows of like length together, so many that a step has about as many word pieces as another."""
    order = sorted(rows, key=lambda r: len(r["ids"]) + rng.random() * 24)
    found: list[list[Row]] = [[]]
    for row in order:
        now = found[-1]
        if now and (len(now) + 1) * max(len(row["ids"]), len(now[0]["ids"])) > PIECES_A_STEP:
            found.append([])
        found[-1].append(row)
    rng.shuffle(found)
    return found


def bags(lists: list[list[int]]) -> tuple[Any, Any]:
    """Return lists of different lengths as one, and where each begins."""
    flat = torch.tensor([i for one in lists for i in one])
    return flat, torch.tensor([0, *(len(one) for one in lists[:-1])]).cumsum(0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("prepared", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--frozen", type=int, default=3, help="how many of the six layers stay as they are")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--stop", type=int, default=5, help="stop after so many epochs of the schedule")
    return parser.parse_args()


if __name__ == "__main__":
    main()
