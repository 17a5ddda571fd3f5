"""Choose thresholds and certainties on held-out documents, and write them beside the model, with the model card.

    python training/calibrate.py GOLD.jsonl… --scorer score.py --model src/pactwatch/data/reader [--held-out SET…]

The documents are read by the reader as it stands in the package; what the network thinks of them is kept and settled
under one choice after another. Every choice is made on documents that were not learned from: the threshold of a claim
by the sum of found, kind and kind-and-act F1; those of a role by its agreement on the claims found; a line through the
log-odds of the certainties by likelihood.
"""

import argparse
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from pactwatch import statements
from pactwatch.claims.trained.reader import TrainedReader
from pactwatch.claims.trained.settle import Judgement, settled
from pactwatch.model import Document
from pactwatch.pipeline import Context, Options, load_context
from pactwatch.resolve import times
from pactwatch.resolve.places import mark_places
from pactwatch.resolve.times.claims import TextTimes

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
from claims import _jsonl, _module
from gold_documents import document_of
from prepare import held_out

TEMPLATE = Path(__file__).parent / "CARD.md"
UNJUDGED = ("counts", "condition", "kind+act", "usable")  # the network has no part in these
USUAL, NEARLY = 0.45, 0.003  # a few hundred claims tell no finer
LEAST = 0.15
STEPS = [round(0.2 + 0.05 * n, 2) for n in range(13)]
GUESSES = (0.1, 0.2, 0.3, 1.0)


class Read:
    """A held-out document with what the network thinks of it."""

    def __init__(self, gold: dict[str, Any], reader: TrainedReader, context: Context) -> None:
        document: Document = document_of(gold)
        marks = (*times.mark_times(document), *mark_places(document, context.gazetteers))
        self.document = document
        self.when = TextTimes(document, times.date_document(document, ()), (), None)
        self.judged: list[Judgement] = list(
            reader.judged(document, statements.split(document)[0], marks, context.register, LEAST)
        )

    def claims(self, settings: dict[str, Any]) -> dict[str, Any]:
        """Return the claims that these settings make of it, in the scorer's form."""
        return {"claims": [self._claim(j, settings) for j in self.judged if j.there >= settings["least"]]}

    def _claim(self, judged: Judgement, settings: dict[str, Any]) -> dict[str, Any]:
        made = settled(judged, settings)
        time = made.time.quote if made.time is not None else None
        return {
            "kind": str(made.kind),
            "act": str(made.act),
            "trigger": list(judged.draft.trigger),
            "quote": list(judged.draft.quote),
            "speaker": made.speaker.text,
            **{role: [m.text for m in getattr(made, role)] for role in ("agent", "target", "places")},
            "negated": made.negated,
            "period": times.period_of(self.when.at(time)) if time is not None else None,
            "sure": made.certainty,
        }


def main() -> int:
    """Choose, print what the choice is worth, write it."""
    args = _arguments()
    scorer = _module(args.scorer)
    gold = {d["doc"]: d for path in args.gold for d in _jsonl(path) if held_out(d, args.held_out)}
    reader, context = TrainedReader(), load_context(Options())
    read = {name: Read(document, reader, context) for name, document in gold.items()}
    card = json.loads((args.model / "model.json").read_text(encoding="utf-8"))
    settings = choose(scorer, gold, read, card)
    reliability = certainty(scorer, gold, read, settings)
    found = {name: one.claims(settings) for name, one in read.items()}
    measured = figures(scorer, gold, found) | {"reliability": reliability}
    print(json.dumps({"settings": settings, "figures": measured}, indent=1))
    (args.model / "CARD.md").write_text(model_card(measured, card["version"]), encoding="utf-8")
    (args.model / "model.json").write_text(
        json.dumps(card | settings, indent=0, ensure_ascii=False) + "\n", encoding="utf-8"
    )
    return 0


def choose(scorer: Any, gold: dict[str, Any], read: dict[str, Read], card: dict[str, Any]) -> dict[str, Any]:
    """Return the settings that measure best, one after the other."""
    settings = {name: card[name] for name in ("least", "doubt", "guess", "thresholds", "nobody")}
    settings["certainty"] = {"slope": 1.0, "shift": 0.0}

    def score() -> Any:
        return scorer.score(gold, {name: one.claims(settings) for name, one in read.items()})

    settings["least"] = best(settings, "least", STEPS, lambda: whole(score()))
    for role in ("agent", "target", "places"):
        for which in ("nobody", "thresholds"):
            settings[which][role] = best(settings[which], role, STEPS, lambda role=role: score()["fields"][role])
    settings["nobody"]["time"] = best(settings["nobody"], "time", STEPS, lambda: score()["fields"]["period"])
    settings["guess"] = best(settings, "guess", GUESSES, lambda: score()["fields"]["agent"])
    return settings


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
        found.append((measure(), value))
    top = max(found)[0]
    return min((abs(value - USUAL), value) for measured, value in found if measured >= top - NEARLY)[1]


def certainty(scorer: Any, gold: dict[str, Any], read: dict[str, Read], settings: dict[str, Any]) -> dict[str, Any]:
    """Fit the line through the log-odds into the settings; return how well the certainties hold that it gives."""
    sure, right = judged(scorer, gold, {name: one.claims(settings) for name, one in read.items()})
    x = np.log(sure / (1 - sure))

    def loss(w: Any) -> float:
        p = 1 / (1 + np.exp(-(w[0] * x + w[1])))
        return float(-(right * np.log(p + 1e-9) + (1 - right) * np.log(1 - p + 1e-9)).mean() + 0.001 * (w[0] - 1) ** 2)

    slope, shift = minimize(loss, np.array([1.0, 0.0]), method="Nelder-Mead").x
    settings["certainty"] = {"slope": round(float(slope), 3), "shift": round(float(shift), 3)}
    return table(1 / (1 + np.exp(-(slope * x + shift))), right)


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


def model_card(figures: dict[str, Any], version: str) -> str:
    """Return the model card: what it is, from what, how well it does on documents that it did not learn from."""
    found = TEMPLATE.read_text(encoding="utf-8")
    groups = [
        f"| {name} | {g['documents']} | {g['claims']} | {g['found']:.3f} | {g['kind']:.3f} | {g['kind+act']:.3f} |"
        for name, g in figures["groups"].items()
    ]
    kinds = [
        f"| {k} | {f['gold']} | {f['p']:.2f} | {f['r']:.2f} | {f['f1']:.2f} |" for k, f in figures["kinds"].items()
    ]
    reliability = figures["reliability"]
    summary = [f"- {name}: {value}" for name, value in reliability.items() if name != "tenths"]
    tenths = [f"| {low}- | {n} | {said:.2f} | {was:.2f} |" for low, n, said, was in reliability["tenths"]]
    fields = ", ".join(f"{name} {value:.2f}" for name, value in figures["fields"].items() if name not in UNJUDGED)
    parts = {"GROUPS": groups, "KINDS": kinds, "SUMMARY": summary, "TENTHS": tenths, "FIELDS": [fields]}
    parts["VERSION"] = [version]
    for name, lines in parts.items():
        found = found.replace("{" + name + "}", "\n".join(lines))
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--held-out", nargs="*", default=["bahari"])
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
