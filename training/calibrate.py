"""Choose thresholds and certainties on held-out documents, and write the settings of the model.

    python training/calibrate.py TRAINED.items --gold GOLD.jsonl… --scorer score.py --out SETTINGS.json

Every choice is made on documents that were not learned from: the threshold of a claim by the sum of found, kind and
kind-and-act F1; the threshold of each role by its agreement on the claims found; a line through the log-odds of the
certainties by likelihood.
"""

import argparse
import json
import pickle
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
from claims import _jsonl, _module
from labels import ACTS, KINDS, OWN, ROLES

USUAL, NEARLY = 0.4, 0.004  # a few hundred claims tell no finer
STEPS = [round(0.2 + 0.05 * n, 2) for n in range(11)]


def main() -> int:
    """Choose, print what the choice is worth, write it."""
    args = _arguments()
    scorer = _module(args.scorer)
    items = pickle.loads(args.items.read_bytes())
    gold = {d["doc"]: d for path in args.gold for d in _jsonl(path) if d["doc"] in items}
    settings = {"least": 0.35, "doubt": 0.25, "thresholds": dict.fromkeys(ROLES, 0.45), "guess": 1.0}
    if args.settings:
        settings |= json.loads(args.settings.read_text(encoding="utf-8"))
    else:
        settings["least"] = best(settings, "least", STEPS, lambda s: whole(scorer.score(gold, claims(items, s))))
        for role in ("agent", "target", "places"):
            settings["thresholds"][role] = best(
                settings["thresholds"],
                role,
                STEPS,
                lambda _, role=role: scorer.score(gold, claims(items, settings))["fields"][role],
            )
        settings["guess"] = best(
            settings, "guess", [0.1, 0.2, 0.3, 1.0], lambda s: scorer.score(gold, claims(items, s))["fields"]["agent"]
        )
    settings["certainty"], reliability = certainty(scorer, gold, items, settings)
    settings["figures"] = figures(scorer, gold, claims(items, settings)) | {"reliability": reliability}
    settings |= {"name": "trained", "version": "1", "least_at_first_sight": 0.05}
    if args.out:
        args.out.write_text(json.dumps(settings, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    print(json.dumps(settings, indent=1))
    return 0


def figures(scorer: Any, gold: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
    """Return what the held-out documents say: F1 for all, by set, by length; by kind; by field of the found."""
    groups = {"all held-out documents": gold}
    for name, document in gold.items():
        size = "short (under 1,500 characters)" if len(document["text"]) < 1500 else "long"
        for group in (f"set {document.get('set', '')}", size):
            groups.setdefault(group, {})[name] = document
    scored = {group: scorer.score(documents, found) for group, documents in groups.items()}
    everything = scored["all held-out documents"]
    return {
        "groups": {
            group: {
                "documents": s["docs"],
                "claims": s["gold"],
                **{m: s[m]["f1"] for m in ("found", "kind", "kind+act")},
            }
            for group, s in scored.items()
        },
        "kinds": {kind: s | {} for kind, s in everything["kinds"].items()},
        "fields": everything["fields"],
    }


def whole(found: dict[str, Any]) -> float:
    """Return what the threshold of a claim is chosen by."""
    return float(found["found"]["f1"] + found["kind"]["f1"] + found["kind+act"]["f1"])


def best(where: dict[str, Any], name: str, values: Iterable[float], measure: Any) -> float:
    """Return the value of one setting that measures best; of those that measure nearly as well, the most usual one."""
    found = []
    for value in values:
        where[name] = value
        found.append((measure(where), value))
    top = max(found)[0]
    return min((abs(value - USUAL), value) for measured, value in found if measured >= top - NEARLY)[1]


def claims(items: dict[str, list[Any]], settings: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return the claims that these settings make of what the network thinks.

    `settle.py` decides the same and sees the parse besides: it keeps places of two acts apart, and the accuser out.
    """
    out = {}
    for doc, some in items.items():
        taken: list[tuple[int, int]] = []
        made = []
        for i in sorted((i for i in some if i["there"] >= settings["least"]), key=lambda i: -i["there"]):
            a, b = i["trigger"]
            if not any(a < d and b > c for c, d in taken):
                taken.append((a, b))
                made.append(claim(i, settings))
        out[doc] = {"claims": made}
    return out


def claim(i: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
    """Return one claim in the scorer's form."""
    kind = KINDS[int(i["kind"].argmax())]
    roles = {role: chosen(i["partners"], r, settings["thresholds"][role]) for r, role in enumerate(ROLES)}
    agent = roles["agent"]
    said = speaker(i)
    own = i["rule"]["own"] if said == i["rule"]["speaker"] else said
    if i["bits"][2] >= 0.5 and own not in agent:
        agent = [own, *agent]
    if not agent and kind == "accusation":
        others = [(v[0], text) for text, side, v in i["partners"] if side != 0]
        if others and max(others)[0] >= settings["guess"]:
            agent = [max(others)[1]]
    if not agent and kind in OWN and i["voice"] not in ("press", "monitor"):
        agent = [own]
    return {
        "kind": kind,
        "act": ACTS[int(i["act"].argmax())],
        "trigger": list(i["trigger"]),
        "quote": list(i["quote"]),
        "speaker": said,
        "agent": agent,
        "target": roles["target"],
        "places": roles["places"],
        "negated": bool(i["bits"][0] >= 0.5) or kind == "denial",
        "period": None,
        "sure": float(i["there"] * i["kind"].max()),
    }


def speaker(i: dict[str, Any]) -> str:
    """Return who says it, as `settle.py` decides it."""
    by_rules: str = i["rule"]["speaker"]
    best, text = max(((float(v[4]), text) for text, _, v in i["partners"]), default=(0.0, by_rules))
    least = 0.3 if by_rules == "issuer" else 0.7
    return text if i["bits"][3] <= 0.5 and best >= least else by_rules


def chosen(partners: list[Any], role: int, least: float) -> list[str]:
    """Return who is sure enough in a role, each once."""
    top: dict[str, float] = {}
    for text, _, v in partners:
        top[text] = max(top.get(text, 0.0), float(v[role]))
    return [text for text, value in top.items() if value >= least]


def certainty(scorer: Any, gold: dict[str, Any], items: dict[str, Any], settings: dict[str, Any]) -> tuple[Any, Any]:
    """Return the line through the log-odds, and how well the certainties hold that it gives."""
    sure, right = judged(scorer, gold, claims(items, settings))
    x = np.log(sure / (1 - sure))

    def loss(w: Any) -> float:
        p = 1 / (1 + np.exp(-(w[0] * x + w[1])))
        return float(-(right * np.log(p + 1e-9) + (1 - right) * np.log(1 - p + 1e-9)).mean() + 0.001 * (w[0] - 1) ** 2)

    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    line = {"slope": round(float(slope), 3), "shift": round(float(shift), 3)}
    return line, table(1 / (1 + np.exp(-(slope * x + shift))), right)


def judged(scorer: Any, gold: dict[str, Any], found: dict[str, Any]) -> tuple[Any, Any]:
    """Return each claim's certainty, and whether a claim of its kind is there."""
    sure, right = [], []
    for doc, document in gold.items():
        g = [dict(c) for c in document["claims"] if c["kind"] != "position"]
        p = [dict(c) for c in found.get(doc, {}).get("claims", [])]
        for c in g + p:
            c["_q"], c["_t"] = scorer.locate(document["text"], c)
        good = {id(b) for a, b in scorer.align(g, p) if a["kind"] == b["kind"]}
        sure += [min(0.999, max(0.001, c["sure"])) for c in p]
        right += [float(id(c) in good) for c in p]
    return np.array(sure), np.array(right)


def table(sure: Any, right: Any) -> dict[str, Any]:
    """Return expected calibration error over tenths, Brier score beside the base rate's, AUROC, and the tenths."""
    tenths, error = [], 0.0
    for low in range(10):
        inside = (sure >= low / 10) & (sure < (low + 1) / 10)
        if inside.any():
            said, was = float(sure[inside].mean()), float(right[inside].mean())
            error += float(inside.mean()) * abs(said - was)
            tenths.append([f"{low / 10:.1f}", int(inside.sum()), round(said, 2), round(was, 2)])
    base, positive = float(right.mean()), float(right.sum())
    ranks = np.empty(len(sure))
    ranks[np.argsort(sure, kind="stable")] = np.arange(1, len(sure) + 1)
    pairs = positive * (len(right) - positive)
    return {
        "expected calibration error": round(error, 3),
        "Brier score": round(float(((sure - right) ** 2).mean()), 3),
        "Brier score of the base rate": round(base * (1 - base), 3),
        "AUROC": round(float((ranks[right > 0].sum() - positive * (positive + 1) / 2) / max(1.0, pairs)), 3),
        "tenths": tenths,
    }


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("items", type=Path)
    parser.add_argument("--gold", type=Path, nargs="+", required=True)
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--settings", type=Path)
    parser.add_argument("--out", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
