"""Measure place names against the news texts of `shared/bench/place`: found, resolved, how far off, how fast.

usage: places.py [--errors N] [--out FOLDER]

Beside it stands a plain baseline over the same marks: the most populous place of the name.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from pactwatch.model import Document, Mark, Place, PlaceResolution
from pactwatch.resolve.places import WorldGazetteer
from pactwatch.resolve.places.geometry import distance_km
from pactwatch.resolve.places.resolve import resolve_marks

SETS = ("lgl_dev", "trnews_dev")


def main() -> None:
    """Print the figures of every set as JSON, and the commonest errors on request."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--out", type=Path, default=Path("bench/results"))
    options = parser.parse_args()
    shared = Path(os.environ.get("PACTWATCH_SHARED", Path(__file__).resolve().parents[2] / "shared"))
    gazetteer = WorldGazetteer()
    gazetteer.prepare()
    options.out.mkdir(parents=True, exist_ok=True)
    report = {name: measured(shared, name, gazetteer, options) for name in SETS}
    report["memory_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
    (options.out / "places.json").write_text(json.dumps(report, indent=1), encoding="utf-8")
    print(json.dumps(report, indent=1))


def measured(shared: Path, name: str, gazetteer: WorldGazetteer, options: argparse.Namespace) -> dict[str, Any]:
    """Figures of one set, ours and the baseline's."""
    gold = [json.loads(line) for line in (shared / f"bench/place/{name}.jsonl").open(encoding="utf-8")]
    began, words, rows, most = time.perf_counter(), 0, [], []
    for row in gold:
        words += len(row["text"].split())
        found = resolve_marks(Document(id=row["id"], source_sha256="", text=row["text"]), [gazetteer], demonyms=True)
        rows.append({"id": row["id"], "toponyms": [toponym(m, r.chosen and r.chosen.place) for m, r in found]})
        most.append({"id": row["id"], "toponyms": [toponym(m, _biggest(r)) for m, r in found]})
    seconds = time.perf_counter() - began
    if options.errors:
        show_errors(gold, rows, options.errors)
    return {
        "ours": score(shared, name, rows, options.out),
        "most_populous": score(shared, name, most, options.out),
        "radius": calibration(gold, rows),
        "words_per_second": round(words / seconds),
    }


def toponym(mark: Mark, place: Place | None) -> dict[str, Any]:
    """One line of the scorer's format."""
    span = mark.quote.span
    made: dict[str, Any] = {"start": span.start, "end": span.end, "text": mark.quote.text, "lat": None, "lon": None}
    if place is not None:
        made |= {"lat": place.lat, "lon": place.lon, "geonameid": place.geonameid, "radius_km": place.radius_km}
    return made


def _biggest(resolution: PlaceResolution) -> Place | None:
    places = [c.place for c in resolution.candidates]
    return max(places, key=lambda p: p.population, default=None)


def score(shared: Path, name: str, rows: list[dict[str, Any]], out: Path) -> dict[str, Any]:
    """What the common scorer says, with unresolvable gold names left out."""
    path = out / f"places_{name}.pred.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    folder = shared / "bench/place"
    command = [sys.executable, str(folder / "eval_place.py"), str(folder / f"{name}.jsonl"), str(path)]
    said = subprocess.run([*command, "--resolvable", "--json"], check=True, capture_output=True, text=True).stdout
    path.unlink()
    figures = json.loads(said)
    return {
        "recognition": {k: round(figures["relaxed"][k], 3) for k in ("P", "R", "F1")},
        "end_to_end": {k: round(figures["end-to-end@161"][k], 3) for k in ("P", "R", "F1")},
        "acc161": round(figures["resolution"]["acc161"], 3),
        "median_km": round(figures["resolution"]["median_km"], 1),
        "auc": round(figures["resolution"]["auc"], 3),
    }


def calibration(gold: list[dict[str, Any]], rows: list[dict[str, Any]]) -> dict[str, float]:
    """Share of resolved names whose true point lies within the radius, and the median radius."""
    inside, radii = 0, []
    for row, made in zip(gold, rows, strict=True):
        for true in row["toponyms"]:
            for guess in made["toponyms"]:
                if (true["start"], true["end"]) == (guess["start"], guess["end"]) and guess["lat"] is not None:
                    if true.get("lat") is None:
                        continue
                    away = distance_km(true["lat"], true["lon"], guess["lat"], guess["lon"])
                    inside += away <= guess["radius_km"]
                    radii.append(guess["radius_km"])
    radii.sort()
    return {"inside_share": round(inside / len(radii), 3), "median_radius_km": radii[len(radii) // 2]}


def show_errors(gold: list[dict[str, Any]], rows: list[dict[str, Any]], count: int) -> None:
    """Print what is missed, found without need, and put in the wrong place, most frequent first."""
    missed: Counter[str] = Counter()
    extra: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for row, made in zip(gold, rows, strict=True):
        guesses = made["toponyms"]
        for true in row["toponyms"]:
            near = [g for g in guesses if g["start"] < true["end"] and true["start"] < g["end"]]
            if not near and true.get("lat") is not None:
                missed[true["text"]] += 1
            elif near and true.get("lat") is not None:
                guess = near[0]
                if guess["lat"] is None:
                    wrong[f"{true['text']} -> none"] += 1
                elif distance_km(true["lat"], true["lon"], guess["lat"], guess["lon"]) > 161:
                    wrong[f"{true['text']} ({true.get('fcode')} {true.get('country')})"] += 1
        for guess in guesses:
            if not any(guess["start"] < t["end"] and t["start"] < guess["end"] for t in row["toponyms"]):
                around = row["text"][max(0, guess["start"] - 18) : guess["end"] + 18].replace("\n", " ")
                extra[f"{guess['text']} [{around}]"] += 1
    for title, counted in (("MISSED", missed), ("EXTRA", extra), ("WRONG", wrong)):
        print(title, sum(counted.values()))
        for text, number in counted.most_common(count):
            print("  ", number, text)


if __name__ == "__main__":
    main()
