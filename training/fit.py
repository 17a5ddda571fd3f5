"""Train the network on prepared windows.

    python training/fit.py PREPARED.pickle… --out TRAINED.pt [--start TRAINED.pt] [--epochs N] [--stop N] [--seed N]

The reader is made in two runs. The first weighs who takes part most; its learning rate falls towards nothing over so
many epochs, and it stops before it gets there, since held-out documents gained nothing from the rest. The second starts
from its weights (`--start`) and weighs kinds and acts more. Weighing who takes part ten times as much in the second
gave 0.02 to places and took 0.02 from kinds: it was left out.

What is kept is a running average of the weights. The same input and number of threads give the same file on the same
machine.
"""

import argparse
import pickle
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

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
NEVER = -1e4
AGENT = ROLES.index("agent")
Row = dict[str, Any]


class Weights(NamedTuple):
    """What the parts of the loss weigh; that of a claim being there weighs 1.5."""

    act: float
    roles: float
    kind: float


# Who takes part is learned first, from everything; kinds and acts, which are judged from it, weigh more afterwards.
FIRST, SECOND = Weights(act=0.4, roles=1.0, kind=0.5), Weights(act=0.8, roles=0.4, kind=1.0)


def main() -> None:
    """Train, and write the weights."""
    args = _arguments()
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    rows = [row for path in args.prepared for row in pickle.loads(path.read_bytes())]
    learned, held = [r for r in rows if not r["held"]], [r for r in rows if r["held"]]
    print(
        f"{len(learned)} windows to learn from, {_claims(learned)} claims; {len(held)} held out, {_claims(held)} claims"
    )
    trainer = Trainer(learned, args)
    for some in (learned, held):
        trainer.keep_lower(some)
    for _ in trainer.train(learned, held, args.epochs):
        torch.save(trainer.state(), args.out)  # after each epoch, so that a run that is stopped is not lost


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
        self.stop, self.rate = args.stop, args.rate
        self.weights = SECOND if args.start else FIRST
        self.encoder = Encoder(args.frozen)
        self.heads = Heads(len(self.names) + 1, len(self.pair_names) + 1, len(KINDS), len(ACTS), len(ROLES))
        self.heads.trust_rules(self.names, list(ACTS))
        self.parameters = [*self.encoder.upper.parameters(), *self.heads.parameters()]
        if args.start:
            self._go_on(torch.load(args.start, map_location="cpu", weights_only=False))

    def _go_on(self, state: Row) -> None:
        if (state["names"], state["pair_names"], state["frozen"]) != (self.names, self.pair_names, self.encoder.frozen):
            raise SystemExit("--start was trained on other documents: its features are others")
        self.encoder.upper.load_state_dict(state["encoder"])
        self.heads.load_state_dict(state["heads"])

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

    def train(self, rows: list[Row], held: list[Row], epochs: int) -> Iterator[int]:
        """Learn; after each epoch, its number is yielded while the running average of the weights is in place."""
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
                    group["lr"] = self.rate * rate * share
                total += self._step(batch, optimiser)
                step += 1
                with torch.no_grad():
                    for kept, now in zip(average, self.parameters, strict=True):
                        kept.lerp_(now, 1 - min(AVERAGE, step / (step + 19)))
            said = f"epoch {epoch + 1}: {time.time() - start:.0f} s, loss {total * epochs / steps:.3f}"
            self._exchange(average)
            print(said, self.judged(held), flush=True)
            yield epoch + 1
            self._exchange(average)

    @torch.no_grad()
    def _exchange(self, others: list[Any]) -> None:
        """Put other weights in the place of those in use, and keep these in theirs."""
        for now, other in zip(self.parameters, others, strict=True):
            kept = now.clone()
            now.copy_(other)
            other.copy_(kept)

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
        total = total + self.weights.act * functional.cross_entropy(seen.act[keep], acts, label_smoothing=0.05)
        total = total + 0.4 * functional.binary_cross_entropy_with_logits(seen.bits[keep], bits)
        roles = seen.roles(keep)
        if roles.pairs:
            right = torch.tensor([[0.0 if v is None else float(v) for v in p["roles"]] for _, _, p in roles.pairs])
            known = torch.tensor([[float(v is not None) for v in p["roles"]] for _, _, p in roles.pairs])
            wrong = functional.binary_cross_entropy_with_logits(roles.each, right, reduction="none")
            total = total + 2.0 * self.weights.roles * (wrong * known).mean()
        total = total + self.weights.roles * roles.wrong(claims)
        return total + self.weights.kind * functional.cross_entropy(
            seen.kinds(keep, roles), kinds, label_smoothing=0.05
        )

    @torch.no_grad()
    def judged(self, rows: list[Row]) -> dict[str, float]:
        """Return how many claims are missed or invented, and have their kind, act and first holders right: shares."""
        self.encoder.eval(), self.heads.eval()
        right: Counter[str] = Counter()
        for at in range(0, len(rows), 12):
            seen = Seen(self, rows[at : at + 12], judged_only=True)
            for k, (_, c) in enumerate(seen.chosen):
                right["missed" if c["kind"] > 0 else "invented"] += bool(seen.there[k] > 0) != (c["kind"] > 0)
            keep = [k for k, (_, c) in enumerate(seen.chosen) if c["kind"] > 0]
            if keep:
                claims, roles = [seen.chosen[k][1] for k in keep], seen.roles(keep)
                kinds = seen.kinds(keep, roles).argmax(-1)
                right["claims"] += len(keep)
                right["kind"] += sum(int(k) == c["kind"] - 1 for k, c in zip(kinds, claims, strict=True))
                right["act"] += sum(int(seen.act[k].argmax()) == c["act"] for k, c in zip(keep, claims, strict=True))
                for row, claim in enumerate(claims):
                    right.update(firsts(roles.table[row], claim))
        self.encoder.train(), self.heads.train()
        return {name: round(n / max(1, right["claims"]), 3) for name, n in right.items()}


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

    def roles(self, keep: list[int]) -> "Roles":
        """Return what is thought of the kept words' partners."""
        nobody = self.heads.nobody(self.state[keep])
        most = max(len(self.chosen[k][1]["partners"]) for k in keep)
        table = nobody.new_full((len(keep), 2 + most, len(ROLES)), NEVER)
        table = torch.cat([nobody[:, None, : len(ROLES)], table[:, 1:]], 1)
        own = functional.pad(nobody[:, len(ROLES) :], (0, len(ROLES) - 1), value=NEVER)
        table = torch.cat([table[:, :-1], own[:, None]], 1)
        pairs = [(n, c, p) for n, k in enumerate(keep) for c, p in enumerate(self.chosen[k][1]["partners"], 1)]
        if not pairs:
            return Roles([], None, table)
        of = torch.tensor([keep[n] for n, _, _ in pairs])
        where = torch.tensor([self.chosen[keep[n]][0] for n, _, _ in pairs])
        there = torch.tensor([[float(p["at"] is not None)] for _, _, p in pairs])
        low = self.rows[where, torch.tensor([(p["at"] or (0, 0))[0] for _, _, p in pairs])] * there
        high = self.rows[where, torch.tensor([(p["at"] or (0, 0))[1] for _, _, p in pairs])] * there
        bag = bags([p["bag"] for _, _, p in pairs])
        each, first = self.heads.pairs(self.state[of], self.first[of], self.last[of], low, high, *bag)
        cells = tuple(torch.tensor([pair[n] for pair in pairs]) for n in (0, 1))
        return Roles(pairs, each, table.index_put(cells, first))

    def kinds(self, keep: list[int], roles: "Roles") -> Any:
        """Return the log-odds of the kept words' kinds, judged from who does it."""
        factors = torch.cat([roles.doers(), self.bits[keep].sigmoid()], -1).detach()
        voices = torch.tensor([self.chosen[k][1]["voice"] for k in keep])
        bag = bags([self.chosen[k][1]["bag"] for k in keep])
        return self.heads.kinds(self.state[keep], factors, functional.one_hot(voices, len(VOICES)).float(), *bag)


def firsts(table: Any, claim: Row) -> list[str]:
    """Return the roles whose likeliest first holder the annotation names, or rightly nobody."""
    found = []
    for number, role in enumerate(ROLES):
        best = int(table[:, number].argmax())
        own = best == len(table) - 1
        if best == 0:
            right = claim["empty"][number]
        else:
            right = claim["agent_issuer"] if own else claim["partners"][best - 1]["roles"][number] is not False
        found += [role] if right else []
    return found


class Roles:
    """What is thought of the partners of some acts.

    `pairs` says which act, its how manieth partner, and the partner; `each` judges every one by itself. `table` (act,
    partner, role) weighs them against each other: its first partner is nobody, its last the speaker's own side.
    """

    def __init__(self, pairs: list[tuple[int, int, Row]], each: Any, table: Any) -> None:
        self.pairs, self.each, self.table = pairs, each, table

    def wrong(self, claims: list[Row]) -> Any:
        """Return how improbable the first holders of the roles are held that the annotation names, any of them."""
        right = torch.zeros_like(self.table)
        for row, claim in enumerate(claims):
            right[row, 0] = torch.tensor([float(e) for e in claim["empty"]])
            right[row, -1, 0] = float(claim["agent_issuer"])
            if claim["partners"]:
                named = [[float(v is not False) for v in p["roles"]] for p in claim["partners"]]
                right[row, 1 : len(named) + 1] = torch.tensor(named)
        sure = torch.logsumexp(self.table.log_softmax(1) + (1 - right) * NEVER, 1)
        known = right.amax(1)
        return -(sure * known).sum() / known.sum().clamp(min=1)

    def doers(self) -> Any:
        """Return for each act how probable a doer on the speaker's own side is, on an ally's and on another one."""
        probable = self.table[:, :, AGENT].softmax(1)
        sides = torch.zeros(*probable.shape, len(SIDES))
        sides[:, -1, 0] = 1.0
        for row, column, partner in self.pairs:
            if partner["side"] >= 0:
                sides[row, column, partner["side"]] = 1.0
        return (probable[:, :, None] * sides).sum(1)


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
    parser.add_argument("--start", type=Path, metavar="TRAINED.pt", help="go on from these weights: the second stage")
    parser.add_argument("--rate", type=float, default=1.0, help="what the learning rates are multiplied by")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--stop", type=int, default=5, help="stop after so many epochs of the schedule")
    return parser.parse_args()


if __name__ == "__main__":
    main()
