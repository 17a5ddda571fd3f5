"""Fit the weights of the rule reader's evidence on annotated training documents, and write them into the package.

    python bench/certainty.py TRAIN.jsonl… [--out src/pactwatch/data/lexicons/weights.toml]

Logistic regression with an L2 penalty, fitted twice on the same features: is a candidate a claim, and of which kind.
Held-out figures come from folds that keep whole sets and issuers together; the threshold is the one with the best sum
of found and kind F1 there. Nothing is random: the same documents give the same file.
"""

import argparse
import hashlib
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import minimize

from claims import _jsonl, _module
from gold_documents import document_of
from pactwatch import statements
from pactwatch.claims.assemble import Draft
from pactwatch.claims.lexicon import lexicon
from pactwatch.claims.rules import claim_of, drafts_of
from pactwatch.claims.sides import sides_of
from pactwatch.model import Document, Kind
from pactwatch.resolve import times

KINDS = ("accusation", "admission", "denial", "compliance", "commitment", "threat", "demand", "report")
LEAST_SEEN = 12  # a feature seen less often tells more about its documents than about claims
PENALTY_THERE, PENALTY_KIND = 6.0, 4.0  # best of 1, 3, 6, 12 and 1, 2, 4, 8 on the folds
FOLDS = 3  # folds of issuers among the speeches, beside one for each invented conflict
SMALLEST_WEIGHT = 0.02
OUT = Path(__file__).resolve().parents[1] / "src" / "pactwatch" / "data" / "lexicons" / "weights.toml"
HEAD = """# Weights of the features in `evidence.py`, fitted on annotated documents (training/README.md says which).
# Made by `bench/certainty.py`; to be made again when a feature or a rule changes.
# Licence: Apache-2.0 (as the package).
"""


@dataclass(slots=True)
class Row:
    """One candidate: the document it is from, what the rules made of it, and the kind of the gold claim that it is."""

    doc: str
    fold: str
    document: Document
    draft: Draft
    kind: str | None


@dataclass(slots=True)
class Model:
    """Fitted weights: a column for "there", one for each kind; the last row is the bias."""

    names: dict[str, int]
    there: Any
    kinds: Any


def main() -> int:
    """Fit, print the held-out figures, write the weights."""
    args = _arguments()
    gold = [document for path in args.train for document in _jsonl(path)]
    scorer = _module(args.train[0].parent / "score.py")
    rows = [row for document in gold for row in candidates(scorer, document)]
    print(f"{len(rows)} candidates, {sum(r.kind is not None for r in rows)} of them claims")
    least = threshold(scorer, gold, rows)
    write(fit(rows), least, args.out)
    return 0


def candidates(scorer: ModuleType, gold: dict[str, Any]) -> list[Row]:
    """Return the candidates of one document, each with the kind of the gold claim that it meets."""
    document = document_of(gold)
    marks = sorted(times.mark_times(document), key=lambda m: m.quote.span.start)
    passages, _ = statements.split(document)
    sides, words = sides_of(document, ()), lexicon()
    drafts = [d for s in passages for d in drafts_of(document, s, marks, sides, words)]
    claims = [dict(c) for c in gold["claims"] if c["kind"] != "position"]
    for claim in claims:
        claim["_q"], claim["_t"] = scorer.locate(document.text, claim)
    found = [
        {"kind": str(d.kind), "act": str(d.act), "_q": d.quote, "_t": d.trigger, "at": i} for i, d in enumerate(drafts)
    ]
    kinds = {p["at"]: g["kind"] for g, p in scorer.align(claims, found)}
    fold = _fold(gold)
    return [Row(document.id, fold, document, d, kinds.get(i)) for i, d in enumerate(drafts)]


def _fold(gold: dict[str, Any]) -> str:
    if gold.get("set") not in ("speeches", "real"):
        return str(gold["doc"]).partition("-")[0]
    return f"issuers-{int(hashlib.sha256(str(gold['issuer']).encode()).hexdigest(), 16) % FOLDS}"


def fit(rows: Sequence[Row]) -> Model:
    """Return the weights that fit these candidates best under the penalty."""
    seen = Counter(name for row in rows for name in row.draft.features)
    names = {name: i for i, name in enumerate(sorted(n for n, times_seen in seen.items() if times_seen >= LEAST_SEEN))}
    claims = [r for r in rows if r.kind is not None]
    there = _regress(_matrix(rows, names), np.array([[r.kind is not None] for r in rows], float), PENALTY_THERE)
    kinds = np.array([[r.kind == kind for kind in KINDS] for r in claims], float)
    return Model(names, there, _regress(_matrix(claims, names), kinds, PENALTY_KIND))


def _matrix(rows: Sequence[Row], names: dict[str, int]) -> Any:
    places = [(i, names[n]) for i, row in enumerate(rows) for n in sorted(row.draft.features) if n in names]
    at, column = zip(*places, strict=True)
    return sparse.csr_matrix((np.ones(len(places)), (at, column)), shape=(len(rows), len(names)))


def _regress(x: Any, y: Any, penalty: float) -> Any:
    size, columns = x.shape[1], y.shape[1]

    def loss(flat: Any) -> tuple[float, Any]:
        weights = flat.reshape(size + 1, columns)
        share = _shares(x @ weights[:-1] + weights[-1])
        off = share - y
        gradient = np.vstack([x.T @ off, off.sum(0, keepdims=True)])
        gradient[:-1] += penalty * weights[:-1]
        right = y * np.log(share + 1e-12)
        if columns == 1:
            right = right + (1 - y) * np.log(1 - share + 1e-12)
        return float(penalty / 2 * np.sum(weights[:-1] ** 2) - np.sum(right)), gradient.ravel()

    start = np.zeros((size + 1) * columns)
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300})
    return best.x.reshape(size + 1, columns)


def _shares(scores: Any) -> Any:
    if scores.shape[1] == 1:
        return 1 / (1 + np.exp(-scores))
    powers = np.exp(scores - scores.max(1, keepdims=True))
    return powers / powers.sum(1, keepdims=True)


def threshold(scorer: ModuleType, gold: Sequence[dict[str, Any]], rows: Sequence[Row]) -> float:
    """Return the threshold that is best on held-out folds; prints the figures for each."""
    judged: list[tuple[Row, float, Kind]] = []
    for fold in sorted({r.fold for r in rows}):
        out = [r for r in rows if r.fold == fold]
        model = fit([r for r in rows if r.fold != fold])
        x = _matrix(out, model.names)
        there = _shares(x @ model.there[:-1] + model.there[-1])[:, 0]
        kinds = (x @ model.kinds[:-1] + model.kinds[-1]).argmax(1)
        judged += [(r, float(t), Kind(KINDS[k])) for r, t, k in zip(out, there, kinds, strict=True)]
    documents = {d["doc"]: d for d in gold}
    best = (0.0, 0.0)
    for percent in range(20, 60, 4):
        found = scorer.score(documents, _predicted(judged, percent / 100))
        print(f"{percent / 100:.2f} found {found['found']} kind {found['kind']} kind+act {found['kind+act']}")
        best = max(best, (found["found"]["f1"] + found["kind"]["f1"], percent / 100))
    return best[1]


def _predicted(judged: Sequence[tuple[Row, float, Kind]], least: float) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = defaultdict(lambda: {"claims": []})
    for row, there, kind in judged:
        if there >= least:
            claim = claim_of(row.document, row.draft, kind, there)
            trigger, quote = claim.trigger.span, claim.quote.span
            found[row.doc]["claims"].append(
                {
                    "kind": str(claim.kind),
                    "act": str(claim.act),
                    "trigger": [trigger.start, trigger.end],
                    "quote": [quote.start, quote.end],
                }
            )
    return dict(found)


def write(model: Model, least: float, path: Path) -> None:
    """Write the weights as TOML, in the order of their names."""
    lines = [HEAD + f"least = {least:.2f}", "", "[there]", *_table(model.names, model.there[:, 0])]
    for column, kind in enumerate(KINDS):
        lines += ["", f"[kind.{kind}]", *_table(model.names, model.kinds[:, column])]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _table(names: dict[str, int], weights: Any) -> list[str]:
    heavy = [(name, weights[i]) for name, i in names.items() if abs(weights[i]) >= SMALLEST_WEIGHT]
    return [f"bias = {weights[-1]:.3f}", *(f'"{name}" = {weight:.2f}' for name, weight in heavy)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("train", type=Path, nargs="+", help="annotated documents; score.py lies beside the first")
    parser.add_argument("--out", type=Path, default=OUT)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
