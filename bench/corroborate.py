"""Measure the room `corroborate`: which records are found, how independence is judged, what chance says, how fast.

    python bench/corroborate.py SHARED_VARANA [--json OUT] [--speed] [--verbose]

SHARED_VARANA is the folder with `gold_event_links.jsonl`; the gold documents lie in `../gold` beside it.
"""

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import gold_readings
import synthetic_events
from pactwatch.corroborate import EventTable, corroborate, cover, read_events, read_exposure
from pactwatch.corroborate.independence import judge
from pactwatch.corroborate.search import SEARCHED
from pactwatch.corroborate.sides import Sides
from pactwatch.model import Document, Event, Party, Reading

DATA = Path(__file__).parents[1] / "src" / "pactwatch" / "data" / "varana"
PARTIES = {"GOV": "GOV", "SPF": "SPF", "REN": "SPF-R"}
SETS = {"ged": "events_ged", "local": "river-watch"}
FOUND_RECORDS = ("full", "partial", "false_version")
"""Rows that record the act; rows of a denial or of refused access record something else about the incident."""


def register() -> tuple[Party, ...]:
    """Return the register of the Varana case."""
    from pactwatch.resolve import parties

    return tuple(parties.builtin_register("varana"))


def incidents(folder: Path) -> list[dict[str, Any]]:
    """Return the gold incidents."""
    lines = (folder / "gold_event_links.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def independence(
    gold: Sequence[dict[str, Any]], tables: Sequence[EventTable], readings: Sequence[Reading], sides: Sides
) -> dict[str, Any]:
    """Judge each gold row for each party; return the confusion and the misses."""
    events = {(t.event_set.name, e.id): e for t in tables for e in t.fetch(range(len(t.columns)))}
    everything = list(events.values())
    documents = _documents(readings, sides)
    confusion: Counter[tuple[str, str]] = Counter()
    misses: list[str] = []
    for incident in gold:
        for row in incident["rows"]:
            event = events[SETS[row["set"]], str(row["id"])]
            for party, expected in row["independence"].items():
                finding, reason = _judged(PARTIES[party], event, everything, documents, sides)
                confusion[expected, finding] += 1
                if expected != finding:
                    misses.append(f"{incident['incident']} {row['id']} {party}: {expected} judged {finding}: {reason}")
    right = sum(number for (expected, found), number in confusion.items() if expected == found)
    wrongly = sum(n for (e, f), n in confusion.items() if f == "independent" and e != "independent")
    total = sum(confusion.values())
    return {"right": right, "of": total, "wrongly_independent": wrongly, "confusion": confusion, "misses": misses}


def _documents(readings: Sequence[Reading], sides: Sides) -> dict[str, list[Document]]:
    """Return, by party, the documents in which its side says something."""
    found: dict[str, dict[str, Document]] = defaultdict(dict)
    for reading in readings:
        for one in reading.parties:
            if one.field == "speaker":
                for side in sides.side(one.party):
                    found[side][reading.document.id] = reading.document
    return {side: list(several.values()) for side, several in found.items()}


def _judged(
    party: str, event: Event, everything: Sequence[Event], documents: dict[str, list[Document]], sides: Sides
) -> tuple[str, str]:
    finding, reason = judge(party, event, sides, peers=everything, documents=documents.get(party, []))
    return finding.value, reason


def matching(
    gold: Sequence[dict[str, Any]],
    folder: Path,
    tables: Sequence[EventTable],
    readings: Sequence[Reading],
    who: Sequence[Party],
) -> dict[str, Any]:
    """Corroborate the gold claims; compare the rows found with the rows that record the claim's incident."""
    links = [json.loads(line) for line in (folder / "gold_links.jsonl").read_text(encoding="utf-8").splitlines()]
    incident_of = {f"{one['doc']}#{one['claim']}": one["incident"] for one in links}
    rows = {one["incident"]: {(SETS[r["set"]], str(r["id"])): r["records"] for r in one["rows"]} for one in gold}
    found = corroborate(readings, tables, who)
    by_claim: dict[str, list[Any]] = defaultdict(list)
    for one in found.corroborations:
        by_claim[one.claim_id].append(one)
    searched = {c.id for r in readings for c in r.claims if c.kind in SEARCHED and incident_of.get(c.id) in rows}
    first_right = with_first = 0
    reached: dict[str, set[Any]] = defaultdict(set)
    chances: dict[bool, list[float]] = {True: [], False: []}
    wrong: Counter[str] = Counter()
    for claim in sorted(searched):
        incident = incident_of[claim]
        for place, one in enumerate(sorted(by_claim[claim], key=lambda one: -one.score)):
            right = (one.dataset, one.event_id) in rows[incident]
            chances[right].append(one.chance)
            reached[incident].add((one.dataset, one.event_id))
            wrong[f"{incident}: {one.dataset} {one.event_id}"] += not right
            if place == 0:
                with_first += 1
                first_right += right
    wanted = [(i, key) for i, several in rows.items() for key, kind in several.items() if kind in FOUND_RECORDS]
    wanted = [pair for pair in wanted if any(incident_of[claim] == pair[0] for claim in searched)]
    return {
        "claims_searched_of_these_incidents": len(searched),
        "claims_with_a_match": with_first,
        "best_match_right": first_right,
        "rows_found": sum(key in reached[i] for i, key in wanted),
        "rows_of": len(wanted),
        "rows_missed": [f"{i} {key}" for i, key in wanted if key not in reached[i]],
        "matches_right": len(chances[True]),
        "matches_wrong": len(chances[False]),
        "median_chance_right": _median(chances[True]),
        "median_chance_wrong": _median(chances[False]),
        "wrong": [f"{key} ({n})" for key, n in wrong.most_common() if n],
        "problems": [str(one) for one in found.problems],
    }


def _median(values: Sequence[float]) -> float | None:
    return sorted(values)[len(values) // 2] if values else None


def speed() -> list[dict[str, Any]]:
    """Time the join at 1x, 4x and 16x of 20,000 events and 320 claims, and at 300,000 x 5,000."""
    results = []
    for events, claims in ((20_000, 320), (80_000, 1_280), (320_000, 5_120), (300_000, 5_000)):
        table, readings = synthetic_events.table(events), synthetic_events.readings(claims)
        begin, worked = time.perf_counter(), time.process_time()
        found = corroborate(readings, [table], ())
        taken, worked = time.perf_counter() - begin, time.process_time() - worked
        first = results[0]["cpu_seconds"] if results else worked
        results.append(
            {
                "events": events,
                "claims": claims,
                "seconds": round(taken, 2),
                "cpu_seconds": round(worked, 2),
                "times_the_first": round(worked / first, 1),
                "matches": len(found.corroborations),
            }
        )
        print(results[-1], flush=True)
    return results


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("varana", type=Path)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    tables = [read_events(DATA / "events_ged.csv"), read_events(DATA / "events_local.csv")]
    who = register()
    places = gold_readings.read_places(options.varana / "places.csv")
    gold_documents = gold_readings.documents(options.varana.parent / "gold" / "dev.jsonl", "twin-")
    readings = [gold_readings.reading(one, places, who) for one in gold_documents]
    gold = incidents(options.varana)
    judged = independence(gold, tables, readings, Sides(who))
    print(
        f"independence: {judged['right']} of {judged['of']} right, {judged['wrongly_independent']} wrongly independent"
    )
    for (expected, found), number in sorted(judged["confusion"].items()):
        print(f"  gold {expected:12} judged {found:12} {number}")
    print("\n".join(f"  {miss}" for miss in judged["misses"]))
    matched = matching(gold, options.varana, tables, readings, who)
    for key, value in matched.items():
        if not isinstance(value, list) or options.verbose:
            print(f"{key}: {value}")
    log, _ = read_exposure(DATA / "monitor_log.csv")
    seen = Counter(str(one.observed) for one in cover(readings, log))
    print(f"coverage: {dict(seen)}")
    results: dict[str, Any] = {
        "independence": {k: v for k, v in judged.items() if k != "confusion"},
        "matching": matched,
    }
    results["speed"] = speed() if options.speed else []
    if options.json:
        options.json.write_text(json.dumps(results, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
