"""How good and how fast the time room is: against gold periods, against WikiWars and its peers' stored outputs.

    python bench/times.py --claims GOLD.jsonl [--errors N]     `time` found, `period` right (score.py's `same_period`)
    python bench/times.py --wikiwars DIR [--errors N]          strict, relaxed, value F1 beside HeidelTime and SUTime
    python bench/times.py --batch DIR                          the same by `pactwatch dates --batch`: same figures?
    python bench/times.py --speed DIR                          words a second, and a ratio to dateparser

`DIR` holds `wikiwars_dev.jsonl`, its peers' outputs and `eval_time.py`; `score.py` lies beside GOLD.
"""

import argparse
import datetime as dt
import importlib.util
import json
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from pactwatch.model import (
    Act,
    Agreement,
    Claim,
    Document,
    Instrument,
    Kind,
    Made,
    Mention,
    Precision,
    Quote,
    Span,
    When,
)
from pactwatch.resolve.times import date_document, find_times, period_of, resolve_times, tagger

SCORES = ("strict", "relaxed", "type", "value", "strict+value")
_SLICE_WORDS = 3000  # of the texts that dateparser reads in the speed run: it needs seconds for them


def _load(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: cannot be loaded")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _agreements(doc: dict[str, Any]) -> list[Agreement]:
    """The agreement files that a user would give with these documents."""
    named = {
        "seed": ("doha-2020", [dt.date(2020, 2, 29)]),
        "twin": ("harrow-bridge-2031", [dt.date(2031, 3, 14), dt.date(2031, 6, 2)]),
    }
    found = named.get(doc["doc"].split("-")[0])
    if found is None:
        return []
    titles = ("Agreement", "Protocol")
    instruments = tuple(
        Instrument(prefix=title[0], title=title, signed=day) for title, day in zip(titles, found[1], strict=False)
    )
    return [Agreement(id=found[0], title=found[0], instruments=instruments)]


def _claim(number: int, gold: dict[str, Any], quote: tuple[int, int], text: str) -> Claim:
    """A claim that has gold's own time words, as a perfect reader would hand them on."""
    span = Quote(span=Span(start=quote[0], end=quote[1]), text=text[quote[0] : quote[1]])
    words = gold.get("time")
    mention = None
    if words:
        at = text.find(words, quote[0], quote[1])
        at = at if at >= 0 else text.rfind(words, 0, quote[1])
        at = at if at >= 0 else text.find(words)
        place = Quote(span=Span(start=at, end=at + len(words)), text=words) if at >= 0 else None
        mention = Mention(text=words, quote=place)
    return Claim(
        id=str(number),
        document_id="d",
        kind=Kind(gold["kind"]),
        act=Act(gold["act"]),
        trigger=span,
        quote=span,
        speaker=Mention(text="issuer"),
        time=mention,
        made=Made(by="gold", version="0"),
    )


def measure_claims(path: Path, errors: int) -> dict[str, float]:
    """Print and return the share of gold's time words found and of its periods hit, the time words given."""
    score = _module(path.parent / "score.py")
    tally: Counter[str] = Counter()
    wrong: list[str] = []
    for doc in _load(path):
        document = Document(id=doc["doc"], source_sha256="", text=doc["text"], published=doc.get("published"))
        agreements = _agreements(doc)
        dating = date_document(document, agreements)
        found = find_times(document.text, reference=dating.written)
        placed = [(c, q) for c in doc["claims"] if (q := score.locate(doc["text"], c)[0]) is not None]
        claims = [_claim(i, c, q, doc["text"]) for i, (c, q) in enumerate(placed)]
        times = resolve_times(document, claims, dating, agreements, captured="")
        _dating_tally(doc, dating, score, tally, wrong)
        for (gold, _), claim, one in zip(placed, claims, times, strict=True):
            _claim_tally(doc, gold, claim, period_of(one.happened), found, score, tally, wrong)
    out = {
        "time words found": tally["found"] / max(tally["words"], 1),
        "period right where gold has words": tally["right"] / max(tally["words"], 1),
        "… and a period": tally["right, dated"] / max(tally["dated"], 1),
        "… and none": tally["right, undated"] / max(tally["words"] - tally["dated"], 1),
        "writing period right": tally["written"] / max(tally["writings"], 1),
    }
    for name, value in out.items():
        print(f"{name:36} {value:.3f}")
    for line in random.Random(0).sample(wrong, min(errors, len(wrong))):
        print(line)
    return out


def _dating_tally(doc: dict[str, Any], dating: Any, score: ModuleType, tally: Counter[str], wrong: list[str]) -> None:
    gold = doc.get("written") or doc.get("published")
    tally["writings"] += 1
    right = score.same_period(gold, period_of(dating.written))
    tally["written"] += right
    if not right or dating.agrees is False:
        ours = f"{period_of(dating.written)} ({dating.written.rule}) {dating.agrees}"
        wrong.append(f"WRITTEN {doc['doc']}: gold {gold}, ours {ours}")


def _claim_tally(
    doc: dict[str, Any],
    gold: dict[str, Any],
    claim: Claim,
    ours: str | None,
    found: Any,
    score: ModuleType,
    tally: Counter[str],
    wrong: list[str],
) -> None:
    if claim.time is None:
        return
    place = claim.time.quote
    tally["words"] += 1
    tally["dated"] += gold.get("period") is not None
    tally["found"] += place is not None and any(one.quote.span.overlaps(place.span) for one in found)
    right = score.same_period(gold.get("period"), ours)
    tally["right"] += right
    tally["right, dated"] += right and gold.get("period") is not None
    tally["right, undated"] += right and gold.get("period") is None
    if not right:
        wrong.append(f"PERIOD {doc['doc']} {claim.time.text!r}: gold {gold.get('period')}, ours {ours}")


def measure_wikiwars(folder: Path, errors: int) -> dict[str, dict[str, Any]]:
    """Print and return our scores beside those of the peers whose outputs lie in the folder."""
    scorer = _module(folder / "eval_time.py")
    gold = _load(folder / "wikiwars_dev.jsonl")
    systems: dict[str, list[dict[str, Any]]] = {"ours": [predict(doc) for doc in gold]}
    for peer in ("heideltime", "sutime"):
        path = folder / f"wikiwars_dev.{peer}.jsonl"
        if path.is_file():
            systems[peer] = _load(path)
    out, mistakes = {}, []
    print(f"{'':12}" + "".join(f"{name:>14}" for name in SCORES))
    for name, predicted in systems.items():
        result, some = scorer.score(gold, predicted, errors=10**6)
        out[name] = result
        mistakes = some if name == "ours" else mistakes
        print(f"{name:12}" + "".join(f"{100 * result[key]['F1']:14.1f}" for key in SCORES))
    for line in random.Random(0).sample(mistakes, min(errors, len(mistakes))):
        print("\t".join(map(str, line)))
    return out


def predict(doc: dict[str, Any], narrative: bool | None = None) -> dict[str, Any]:
    """Return a line of the batch format for a text with its date."""
    day = dt.date.fromisoformat(doc["dct"][:10]) if doc.get("dct") else None
    reference = (
        When(edtf=day.isoformat(), first=day, last=day, precision=Precision.DAY, anchor="published", rule="header-date")
        if day
        else None
    )
    found = find_times(doc["text"], reference=reference, narrative=narrative)
    return {
        "id": doc["id"],
        "timexes": [
            {
                "start": one.quote.span.start,
                "end": one.quote.span.end,
                "type": one.type,
                "value": one.value,
                "edtf": one.when.edtf,
                "rule": one.when.rule,
                "text": one.quote.text,
            }
            for one in found
        ],
    }


def measure_batch(folder: Path) -> dict[str, dict[str, Any]]:
    """Print and return the scores of `pactwatch dates --batch` by the scorer's own command line.

    Ends the run where they differ from those of `find_times`: what users get must be what is measured.
    """
    from pactwatch.case import Case

    gold = folder / "wikiwars_dev.jsonl"
    with tempfile.TemporaryDirectory() as made:
        out = Path(made) / "times.jsonl"
        Case.transient().dates_batch(gold, out)
        command = [sys.executable, str(folder / "eval_time.py"), str(gold), str(out), "--json"]
        scored: dict[str, dict[str, Any]] = json.loads(subprocess.run(command, check=True, capture_output=True).stdout)
    documents = _load(gold)
    library, _ = _module(folder / "eval_time.py").score(documents, [predict(doc) for doc in documents])
    print(f"{'batch':12}" + "".join(f"{100 * scored[key]['F1']:14.1f}" for key in SCORES))
    if scored != library:
        raise SystemExit(f"the batch gives {scored}, the library {library}")
    print("the library gives the same")
    return scored


def measure_speed(folder: Path) -> dict[str, float]:
    """Print and return words a second at 1×, 4× and 16× of the text, and the ratio to dateparser's `search_dates`."""
    text = "\n\n".join(doc["text"] for doc in _load(folder / "wikiwars_dev.jsonl"))
    words = text.split()
    tagger.shipped_grammar()
    out = {}
    for times in (1, 4, 16):
        part = " ".join(words[: 5000 * times])
        seconds = min(_timed(part) for _ in range(2))
        out[f"{times}x"] = len(part.split()) / seconds
        print(f"{times:3}×  {len(part.split()):7} words  {out[f'{times}x']:10,.0f} words a second")
    out |= dict(_peer_speed(" ".join(words[:_SLICE_WORDS])))
    return out


def _timed(text: str) -> float:
    tagger._parsed.cache_clear()
    start = time.process_time()
    find_times(text, narrative=True)
    return time.process_time() - start


def _peer_speed(text: str) -> Iterator[tuple[str, float]]:
    try:
        from dateparser.search import search_dates
    except ImportError:
        print("dateparser is not installed (extra `bench`)")
        return
    start = time.process_time()
    search_dates(text, languages=["en"])
    theirs = time.process_time() - start
    ours = _timed(text)
    print(f"dateparser {len(text.split()) / theirs:,.0f} words a second; ours is {theirs / ours:.1f} times as fast")
    yield "times as fast as dateparser", theirs / ours


def main() -> None:
    """Run what the options ask for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=Path)
    parser.add_argument("--wikiwars", type=Path)
    parser.add_argument("--batch", type=Path)
    parser.add_argument("--speed", type=Path)
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    figures: dict[str, Any] = {}
    if options.claims:
        figures["claims"] = measure_claims(options.claims, options.errors)
    if options.wikiwars:
        figures["wikiwars"] = measure_wikiwars(options.wikiwars, options.errors)
    if options.batch:
        figures["batch"] = measure_batch(options.batch)
    if options.speed:
        figures["speed"] = measure_speed(options.speed)
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
