"""Train the network on prepared windows.

python training/fit.py PREPARED.pickle… --model FOLDER --out FILE.pt [--all] [--epochs N] [--frozen N] [--minutes N]
"""

import argparse
import json
import pickle
import random
import sys
import time
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

sys.path.insert(0, str(Path(__file__).resolve().parent))
from network import BITS, DOER, SIDES, VOICES, Heads, vocabulary

KINDS = ("none", "accusation", "admission", "denial", "compliance", "commitment", "threat", "demand", "report")
ROLES = ("agent", "target", "places", "time", "speaker")
ACTS: list[str] = []


def arguments() -> argparse.Namespace:
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("prepared", type=Path, nargs="+")
    p.add_argument("--dev", type=Path)
    p.add_argument("--gold", type=Path, nargs="*", default=[])
    p.add_argument("--scorer", type=Path)
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--all", action="store_true")
    p.add_argument("--epochs", type=int, default=10)
    p.add_argument("--frozen", type=int, default=3)
    p.add_argument("--rate", type=float, default=1.5e-4)
    p.add_argument("--every", type=int, default=2)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--tokens", type=int, default=1100)
    p.add_argument("--predict", type=Path)
    return p.parse_args()


class Encoder(nn.Module):
    def __init__(self, folder: Path, frozen: int) -> None:
        super().__init__()
        from transformers import AutoModel

        self.base = AutoModel.from_pretrained(str(folder), attn_implementation="sdpa")
        self.frozen = frozen
        self.upper = self.base.encoder.layer[frozen:]
        self.drop = nn.Dropout(0.1)

    @torch.no_grad()
    def lower(self, ids: Any, mask: Any) -> Any:
        self.base.eval()
        h = self.base.embeddings(ids)
        return self._through(self.base.encoder.layer[: self.frozen], h, mask)

    def forward(self, h: Any, mask: Any) -> Any:
        return self._through(self.upper, self.drop(h), mask)

    @staticmethod
    def _through(layers: Any, h: Any, mask: Any) -> Any:
        additive = (1 - mask[:, None, None, :].float()) * -1e9
        for layer in layers:
            out = layer(h, additive)
            h = out[0] if isinstance(out, tuple) else out
        return h


def batches(rows: list[Any], tokens: int, rng: random.Random) -> list[list[Any]]:
    order = sorted(rows, key=lambda r: len(r["ids"]) + rng.random() * 24)
    found, now = [], []
    for row in order:
        if now and (len(now) + 1) * max(len(row["ids"]), len(now[0]["ids"])) > tokens:
            found.append(now)
            now = []
        now.append(row)
    found.append(now)
    rng.shuffle(found)
    return found


def padded(rows: list[Any]) -> tuple[Any, Any]:
    size = max(len(r["ids"]) for r in rows)
    mask = torch.zeros(len(rows), size, dtype=torch.long)
    h = torch.zeros(len(rows), size, 384)
    for n, r in enumerate(rows):
        k = len(r["ids"])
        mask[n, :k] = 1
        h[n, :k] = torch.from_numpy(r["h"]).float()
    return h, mask


class Net:
    def __init__(self, args: argparse.Namespace, train: list[Any]) -> None:
        seen, pairs = Counter(), Counter()
        acts = set()
        for row in train:
            for c in row["candidates"]:
                seen.update(c["features"])
                if c["kind"] > 0:
                    for p in c["partners"]:
                        pairs.update(p["features"])
        self.names, self.pair_names = vocabulary(seen, 12), vocabulary(pairs, 15)
        self.acts = (
            json.loads(args.model.joinpath("acts.json").read_text())
            if args.model.joinpath("acts.json").exists()
            else None
        )
        self.encoder = Encoder(args.model, args.frozen)
        self.heads = Heads(len(self.names) + 1, len(self.pair_names) + 1, 8, 32, len(ROLES))
        self.heads.trust_rules(self.names, ACTS)
        print(len(self.names), "features", len(self.pair_names), "pair features", flush=True)

    def index(self, rows: list[Any]) -> None:
        for row in rows:
            for c in row["candidates"]:
                c["bag"] = [self.names[f] for f in c["features"] if f in self.names] or [0]
                c["partners"] = [
                    p
                    for p in c["partners"]
                    if p["at"] is not None or any(f.startswith("rule.") and f.count(".") == 1 for f in p["features"])
                ]
                c["voice"] = next((n for n, v in enumerate(VOICES) if f"voice.{v}" in c["features"]), 4)
                for p in c["partners"]:
                    p["side"] = next((n for n, v in enumerate(SIDES) if f"side.{v}" in p["features"]), -1)
                    p["bag"] = [self.pair_names[f] for f in p["features"] if f in self.pair_names] or [0]
        order = sorted(rows, key=lambda r: len(r["ids"]))
        for at in range(0, len(order), 24):
            some = order[at : at + 24]
            size = max(len(r["ids"]) for r in some)
            ids, mask = torch.zeros(len(some), size, dtype=torch.long), torch.zeros(len(some), size, dtype=torch.long)
            for n, r in enumerate(some):
                ids[n, : len(r["ids"])] = torch.tensor(r["ids"])
                mask[n, : len(r["ids"])] = 1
            h = self.encoder.lower(ids, mask)
            for n, r in enumerate(some):
                r["h"] = h[n, : len(r["ids"])].half().numpy()

    def run(self, rows: list[Any], which: Any) -> Any:
        h, mask = padded(rows)
        h = self.encoder(h, mask)
        chosen = [(n, c) for n, r in enumerate(rows) for c in r["candidates"] if which(c)]
        if not chosen:
            return None
        n = torch.tensor([x for x, _ in chosen])
        first, last = (
            h[n, torch.tensor([c["at"][0] for _, c in chosen])],
            h[n, torch.tensor([c["at"][1] for _, c in chosen])],
        )
        bag, offsets = bags([c["bag"] for _, c in chosen])
        return h, chosen, first, last, self.heads.candidates(first, last, h[n, 0], bag, offsets)

    def roles(self, h: Any, chosen: list[Any], keep: list[int], first: Any, last: Any, z: Any) -> tuple[Any, list[Any]]:
        pairs = [(k, n, p) for k in keep for n, c in [chosen[k]] for p in c["partners"]]
        if not pairs:
            return None, []
        k = torch.tensor([x for x, _, _ in pairs])
        n = torch.tensor([x for _, x, _ in pairs])
        there = torch.tensor([[float(p["at"] is not None)] for _, _, p in pairs])
        low = h[n, torch.tensor([p["at"][0] if p["at"] else 0 for _, _, p in pairs])] * there
        high = h[n, torch.tensor([p["at"][1] if p["at"] else 0 for _, _, p in pairs])] * there
        bag, offsets = bags([p["bag"] for _, _, p in pairs])
        return self.heads.pairs(z[k], first[k], last[k], low, high, bag, offsets), pairs


def bags(lists: list[list[int]]) -> tuple[Any, Any]:
    flat = torch.tensor([i for one in lists for i in one])
    sizes = torch.tensor([0] + [len(one) for one in lists[:-1]])
    return flat, sizes.cumsum(0)


def kinds_of(net: Net, keep: list[int], chosen: list[Any], role: Any, pairs: list[Any], bit: Any, z: Any) -> Any:
    """Return the kinds' log-odds of some candidates, judged from who does it."""
    at = torch.tensor(keep)
    where = {k: n for n, k in enumerate(keep)}
    doers = torch.zeros(len(keep), len(SIDES))
    if role is not None:
        probable = role[:, 0].sigmoid().detach()
        flat = torch.zeros(len(keep) * len(SIDES))
        index = [where[k] * len(SIDES) + p["side"] for k, _, p in pairs if p["side"] >= 0]
        rows = [n for n, (_, _, p) in enumerate(pairs) if p["side"] >= 0]
        if index:
            flat = flat.scatter_reduce(0, torch.tensor(index), probable[torch.tensor(rows)], "amax")
        doers = flat.view(len(keep), len(SIDES))
    doers = torch.cat([doers, bit[at].sigmoid().detach()], -1)
    voices = functional.one_hot(torch.tensor([chosen[k][1]["voice"] for k in keep]), len(VOICES)).float()
    bag, offsets = bags([chosen[k][1]["bag"] for k in keep])
    return net.heads.kinds(z[at], doers, voices, bag, offsets)


def loss_of(net: Net, rows: list[Any]) -> Any:
    made = net.run(rows, lambda c: c["kind"] >= 0)
    if made is None:
        return None
    h, chosen, first, last, (there, act, bit, quick, z) = made
    gold = torch.tensor([float(c["kind"] > 0) for _, c in chosen])
    total = 1.5 * functional.binary_cross_entropy_with_logits(there, gold)
    total = total + 0.3 * functional.binary_cross_entropy_with_logits(quick, gold)
    keep = [k for k, (_, c) in enumerate(chosen) if c["kind"] > 0]
    if keep:
        at = torch.tensor(keep)
        total = total + 0.4 * functional.cross_entropy(
            act[at], torch.tensor([chosen[k][1]["act"] for k in keep]), label_smoothing=0.05
        )
        bits = torch.tensor([[float(chosen[k][1][b]) for b in BITS] for k in keep])
        total = total + 0.4 * functional.binary_cross_entropy_with_logits(bit[at], bits)
        role, pairs = net.roles(h, chosen, keep, first, last, z)
        if role is not None:
            y = torch.tensor([[0.0 if v is None else float(v) for v in p["roles"]] for _, _, p in pairs])
            w = torch.tensor([[float(v is not None) for v in p["roles"]] for _, _, p in pairs])
            total = total + 4.0 * (functional.binary_cross_entropy_with_logits(role, y, reduction="none") * w).mean()
        kind = kinds_of(net, keep, chosen, role, pairs, bit, z)
        total = total + 0.5 * functional.cross_entropy(
            kind, torch.tensor([chosen[k][1]["kind"] - 1 for k in keep]), label_smoothing=0.05
        )
    return total


@torch.no_grad()
def predict(net: Net, rows: list[Any]) -> dict[str, list[dict[str, Any]]]:
    net.encoder.eval()
    net.heads.eval()
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    order = sorted(rows, key=lambda r: len(r["ids"]))
    for at in range(0, len(order), 12):
        some = order[at : at + 12]
        made = net.run(some, lambda c: True)
        if made is None:
            continue
        h, chosen, first, last, (there, act, bit, quick, z) = made
        there, act, quick = there.sigmoid(), act.softmax(-1), quick.sigmoid()
        keep = [k for k in range(len(chosen)) if there[k] >= 0.15]
        if not keep:
            continue
        role, pairs = net.roles(h, chosen, keep, first, last, z)
        kind = kinds_of(net, keep, chosen, role, pairs, bit, z).softmax(-1)
        bit = bit.sigmoid()
        by: dict[int, list[Any]] = defaultdict(list)
        if role is not None:
            for (k, _, p), r in zip(pairs, role.sigmoid().numpy(), strict=True):
                by[k].append((p, r))
        for row, k in enumerate(keep):
            n, c = chosen[k]
            found[some[n]["doc"]].append(
                {
                    "c": c,
                    "there": float(there[k]),
                    "kind": kind[row].numpy(),
                    "act": act[k].numpy(),
                    "bits": bit[k].numpy(),
                    "quick": float(quick[k]),
                    "partners": by[k],
                }
            )
    return found


def claims_of(
    found: dict[str, list[Any]], least: float, role_least: Any = (0.45, 0.45, 0.5, 0.5, 0.5)
) -> dict[str, Any]:
    out = {}
    for doc, items in found.items():
        items = sorted((i for i in items if i["there"] >= least), key=lambda i: -i["there"])
        taken, claims = [], []
        for i in items:
            a, b = i["c"]["trigger"]
            if any(a < d and b > c for c, d in taken):
                continue
            taken.append((a, b))
            claims.append(claim_of(i, role_least))
        out[doc] = {"claims": claims}
    return out


def claim_of(i: Any, role_least: Any) -> dict[str, Any]:
    c = i["c"]
    roles: dict[str, list[str]] = {}
    for r, name in enumerate(ROLES):
        best: dict[str, float] = {}
        for p, v in i["partners"]:
            best[p["text"]] = max(best.get(p["text"], 0.0), float(v[r]))
        roles[name] = [t for t, v in best.items() if v >= role_least[r]]
    speaker = c["rule"]["speaker"]
    agent = roles["agent"]
    if i["bits"][2] >= 0.5 and not any(a == c["rule"]["own"] for a in agent):
        agent = [c["rule"]["own"], *agent]
    return {
        "kind": KINDS[int(i["kind"].argmax()) + 1],
        "act": ACTS[int(i["act"].argmax())],
        "trigger": list(c["trigger"]),
        "quote": list(c["quote"]),
        "speaker": speaker,
        "agent": agent,
        "target": roles["target"],
        "places": roles["places"],
        "negated": bool(i["bits"][0] >= 0.5),
        "period": None,
    }


def items_of(net: Net, rows: list[Any]) -> dict[str, list[dict[str, Any]]]:
    """Return what the network thinks of every likely claim, small enough to be kept."""
    made: dict[str, list[dict[str, Any]]] = {}
    for doc, items in predict(net, rows).items():
        made[doc] = [
            {
                **{name: i[name] for name in ("there", "kind", "act", "bits")},
                "trigger": i["c"]["trigger"],
                "quote": i["c"]["quote"],
                "rule": i["c"]["rule"],
                "voice": VOICES[i["c"]["voice"]],
                "partners": [(p["text"], p["side"], "near.True" in p["features"], v) for p, v in i["partners"]],
            }
            for i in items
        ]
    return made


def report(name: str, net: Net, rows: list[Any], gold: dict[str, Any], scorer: Any) -> Any:
    found = predict(net, rows)
    docs = {d: gold[d] for d in {r["doc"] for r in rows}}
    best = None
    for least in (0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55):
        s = scorer.score(docs, claims_of(found, least))
        if best is None or s["kind+act"]["f1"] + s["kind"]["f1"] + s["found"]["f1"] > best[0]:
            best = (s["kind+act"]["f1"] + s["kind"]["f1"] + s["found"]["f1"], least, s)
    _, least, s = best
    f = s["fields"]
    print(
        f"   {name} at {least}: found {s['found']['f1']:.3f} ({s['found']['p']:.2f}/{s['found']['r']:.2f}) kind {s['kind']['f1']:.3f} k+a {s['kind+act']['f1']:.3f} | of found: "
        + " ".join(f"{k} {f[k]:.2f}" for k in ("kind", "act", "speaker", "agent", "target", "places", "negated")),
        flush=True,
    )
    return found


def main() -> None:
    args = arguments()
    torch.manual_seed(args.seed)
    np.random.seed(args.seed)
    rng = random.Random(args.seed)
    torch.set_num_threads(1)
    rows = [r for p in args.prepared for r in pickle.loads(p.read_bytes())]
    train = [r for r in rows if args.all or not r["held"]]
    val = [r for r in rows if r["held"]]
    dev = pickle.loads(args.dev.read_bytes()) if args.dev else []
    import importlib.util

    spec = importlib.util.spec_from_file_location("score", args.scorer)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    gold = {d["doc"]: d for p in args.gold for d in map(json.loads, p.open(encoding="utf-8"))}
    ACTS.extend(
        "killing armed_attack shelling air_strike bombing prohibited_weapon raid abduction detention torture sexual_violence abuse displacement destruction obstruction troop_movement withdrawal territory arms_supply recruitment ceasefire agreement negotiation prisoner_release amnesty protection aid monitoring investigation sanction governance other".split()
    )
    print(
        f"{len(train)} windows to learn from, {sum(len(r['ids']) for r in train)} tokens; {len(val)} held out; {sum(c['kind'] > 0 for r in train for c in r['candidates'])} claims",
        flush=True,
    )
    net = Net(args, train)
    start = time.time()
    net.index(train)
    net.index(val)
    net.index(dev)
    print("cached", round(time.time() - start), flush=True)
    body = list(net.encoder.upper.parameters())
    heads = list(net.heads.parameters())
    optimiser = torch.optim.AdamW([{"params": body, "lr": args.rate}, {"params": heads, "lr": 8e-4}], weight_decay=0.02)
    rates = [args.rate, 8e-4]
    steps = args.epochs * len(batches(train, args.tokens, random.Random(0)))
    step = 0
    average = None
    for epoch in range(args.epochs):
        net.encoder.train()
        net.heads.train()
        total = 0.0
        for batch in batches(train, args.tokens, rng):
            share = min(1.0, (step + 1) / 80) * max(0.02, 1 - step / steps)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * share
            loss = loss_of(net, batch)
            step += 1
            if loss is None:
                continue
            loss.backward()
            nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimiser.step()
            optimiser.zero_grad()
            total += loss.item()
            with torch.no_grad():
                everything = [*body, *heads]
                if average is None:
                    average = [p.detach().clone() for p in everything]
                keep_share = min(0.997, (step + 1) / (step + 20))
                for kept, now in zip(average, everything, strict=True):
                    kept.lerp_(now, 1 - keep_share)
        print(epoch + 1, round(time.time() - start), "loss", round(total / max(1, steps // args.epochs), 4), flush=True)
        if (epoch + 1) % args.every == 0 or epoch + 1 == args.epochs:
            current = [p.detach().clone() for p in everything]
            with torch.no_grad():
                for p, kept in zip(everything, average, strict=True):
                    p.copy_(kept)
            if val and not args.all:
                report("val", net, val, gold, scorer)
            if dev:
                report("dev", net, dev, gold, scorer)
            if epoch + 1 == args.epochs:
                dump = {"val": items_of(net, val), "dev": items_of(net, dev)}
                args.out.with_suffix(".items").write_bytes(pickle.dumps(dump))
            torch.save(
                {
                    "encoder": net.encoder.upper.state_dict(),
                    "heads": net.heads.state_dict(),
                    "names": net.names,
                    "pair_names": net.pair_names,
                    "frozen": args.frozen,
                    "args": vars(args),
                },
                args.out,
            )
            if epoch + 1 < args.epochs:
                with torch.no_grad():
                    for p, now in zip(everything, current, strict=True):
                        p.copy_(now)


main()
