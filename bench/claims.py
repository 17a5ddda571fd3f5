"""Score the claims that the program finds against annotated documents, beside peers, in one run.

    python bench/claims.py GOLD.jsonl [--floor found=.60 kind=.45 usable=.18] [--corpus] [--shared DIR] [--json OUT]

The documents are read without their claims, and scored by the `score.py` beside GOLD. Printed: found, kind, kind+act
and usable; each kind, each field, each genre; peers (keyword rules on spaCy's sentences; the same on textacy's triples
and direct quotations, where textacy is installed); words a CPU second, also as a ratio to spaCy's bare pipeline.
`--corpus` reads the corpora of `--shared` and counts exceptions and inexact quotes. Exit status 1 below a floor.
"""

import argparse
import importlib.util
import json
import resource
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import claims_peers
from pactwatch.case import Case

Row = dict[str, Any]
MEASURES = ("found", "kind", "kind+act", "usable")
FIELDS_READ = ("doc", "issuer", "issuer_type", "published", "text")
READERS = ("rules", "trained")
CORPORA = (("releases_syria_iraq.jsonl", None), ("un_general_debate.jsonl", 200))
RESULTS = Path(__file__).parent / "results" / "claims.json"


def main() -> int:
    """Run the bench; return the exit status."""
    args = _arguments()
    gold = _jsonl(args.gold)
    scorer = _module(args.gold.parent / "score.py")
    predicted, seconds = _timed(lambda: read(gold))
    result: Row = {"gold": args.gold.name, "product": measures(scorer, gold, predicted)}
    result["genres"] = genres(scorer, gold, predicted)
    result["peers"] = {
        name: measures(scorer, gold, peer(gold)) if peer else "not installed: nothing measured"
        for name, peer in claims_peers.peers().items()
    }
    result["speed"] = speed(gold, seconds)
    if args.corpus:
        result["corpus"] = {name: corpus(args.shared / "corpus" / name, most) for name, most in CORPORA}
    show(result)
    args.json.parent.mkdir(parents=True, exist_ok=True)
    args.json.write_text(json.dumps(result, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return below(result, args.floor)


def read(documents: Sequence[Row]) -> dict[str, Row]:
    """Return what the program finds in documents whose claims it does not see, by document."""
    with tempfile.TemporaryDirectory() as folder:
        docs, out = Path(folder) / "docs.jsonl", Path(folder) / "claims.jsonl"
        lines = (json.dumps({name: d.get(name) for name in FIELDS_READ}) for d in documents)
        docs.write_text("\n".join(lines) + "\n", encoding="utf-8")
        with Case.transient() as case:
            case.read_batch(docs, out)
        return {row["doc"]: row for row in _jsonl(out)}


def measures(scorer: ModuleType, gold: Iterable[Row], predicted: dict[str, Row]) -> Row:
    """Return the scorer's figures."""
    found: Row = scorer.score({d["doc"]: d for d in gold}, predicted)
    return found


def genres(scorer: ModuleType, gold: Sequence[Row], predicted: dict[str, Row]) -> dict[str, Row]:
    """Return the F1 of each measure for each set of documents and each genre of five claims or more."""
    groups: dict[str, list[Row]] = defaultdict(list)
    for document in gold:
        groups[f"set: {document.get('set', '')}"].append(document)
        groups[f"genre: {document.get('genre', '')}"].append(document)
    scored = {name: measures(scorer, documents, predicted) for name, documents in sorted(groups.items())}
    return {
        name: {"gold": s["gold"], **{m: s[m]["f1"] for m in MEASURES}} for name, s in scored.items() if s["gold"] >= 5
    }


def speed(gold: Sequence[Row], seconds: float) -> Row:
    """Return words a CPU second of the whole program and of each reader, as ratios to spaCy's bare pipeline."""
    words = sum(len(d["text"].split()) for d in gold)
    pipeline = claims_peers.pipeline()
    _, bare_s = _timed(lambda: [len(doc) for doc in pipeline.pipe([d["text"] for d in gold], batch_size=8)])
    ratios = {
        f"{name}_reader_ratio_to_spacy": round(bare_s / claims_peers.reader_seconds(gold, name), 2) for name in READERS
    }
    memory_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "words": words,
        "words_per_cpu_second": round(words / seconds),
        "spacy_words_per_cpu_second": round(words / bare_s),
        **ratios,
        "program_ratio_to_spacy": round(bare_s / seconds, 2),
        "peak_memory_mb": round(memory_mb),
    }


def corpus(path: Path, most: int | None) -> Row:
    """Return how many documents of a corpus were read, how many claims they gave, and what went wrong."""
    documents = _jsonl(path)[:most]
    for number, document in enumerate(documents):
        document.setdefault("doc", str(document.get("id", number)))
        document["issuer_type"] = document.get("issuer_type") or "unknown"
    found = read(documents)
    texts = {d["doc"]: d["text"] for d in documents}
    claims = [(row["doc"], claim) for row in found.values() for claim in row["claims"]]
    failed = [p for row in found.values() for p in row["problems"] if p.get("code") == "reader-failed"]
    inexact = [c for doc, c in claims if not _inside(texts[doc], c)]
    refused = [p for row in found.values() for p in row["problems"] if p.get("code") == "claim-refused"]
    return {
        "documents": len(documents),
        "read": len(found),
        "claims": len(claims),
        "exceptions": len(failed),
        "inexact_quotes": len(inexact),
        "refused_by_the_gate": len(refused),
    }


def _inside(text: str, claim: Row) -> bool:
    """The trigger lies inside the quote, and both inside the text."""
    (q0, q1), (t0, t1) = claim["quote"], claim["trigger"]
    return 0 <= q0 <= t0 < t1 <= q1 <= len(text)


def show(result: Row) -> None:
    """Print the figures as a table."""
    product = result["product"]
    print(f"{product['docs']} documents, {product['gold']} gold claims, {product['pred']} found")
    rows = {"pactwatch": product, **{n: p for n, p in result["peers"].items() if isinstance(p, dict)}}
    for name, figures in rows.items():
        print(f"{name:34}" + "".join(f" {m} {figures[m]['f1']:.3f}" for m in MEASURES))
    for name, figures in result["peers"].items():
        if not isinstance(figures, dict):
            print(f"{name:34} {figures}")
    print(f"  precision {product['found']['p']:.3f}, recall {product['found']['r']:.3f}")
    print("fields: " + "  ".join(f"{k} {v:.2f}" for k, v in product["fields"].items()))
    for kind, figures in product["kinds"].items():
        print(f"  {kind:11} gold {figures['gold']:4}  P {figures['p']:.2f} R {figures['r']:.2f} F1 {figures['f1']:.2f}")
    for name, figures in result["genres"].items():
        print(f"  {name[:46]:46} {figures['gold']:4} " + " ".join(f"{m} {figures[m]:.2f}" for m in MEASURES))
    print("speed: " + ", ".join(f"{k} {v}" for k, v in result["speed"].items()))
    for name, figures in result.get("corpus", {}).items():
        print(f"{name}: " + ", ".join(f"{k} {v}" for k, v in figures.items()))


def below(result: Row, floors: Sequence[str]) -> int:
    """Return 1 where a measure is below its floor or a corpus document went wrong, else 0."""
    status = 0
    for floor in floors:
        name, _, value = floor.partition("=")
        reached = result["product"][name]["f1"]
        if reached < float(value):
            print(f"below the floor: {name} {reached:.3f} < {value}")
            status = 1
    for name, figures in result.get("corpus", {}).items():
        if figures["exceptions"] or figures["inexact_quotes"] or figures["read"] < figures["documents"]:
            print(f"{name}: not every document was read exactly")
            status = 1
    return status


def _timed(work: Callable[[], Any]) -> tuple[Any, float]:
    start = time.process_time()
    result = work()
    return result, time.process_time() - start


def _jsonl(path: Path) -> list[Row]:
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: there is no scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--json", type=Path, default=RESULTS)
    parser.add_argument("--corpus", action="store_true", help="read the corpora too; takes minutes")
    parser.add_argument("--floor", nargs="*", default=[], metavar="NAME=VALUE")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
