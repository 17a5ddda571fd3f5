"""Score links of claims (clauses, the four answers, incidents, relations) on the Varana documents, beside baselines.

    python bench/agreement.py SHARED_VARANA [--claims gold|own] [--agreement NAME] [--floor all_four=0.75] [--json OUT]

SHARED_VARANA holds `gold_links.jsonl`, `score_links.py` and `places.csv`; the claims stand in `../gold/dev.jsonl`.
With `--claims own` the program's own claims are linked and mapped to the gold ones by `align` of `../gold/score.py`.
`--floor NAME=VALUE` makes the exit status 1 where a measure is lower (for `wrong_definite`: higher). Measures are named
as the scorer names them; `incidents`, `denies` and `all_relations` stand for their F1.
"""

import argparse
import calendar
import datetime as dt
import importlib.util
import json
import math
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from pactwatch import agreements, link
from pactwatch.codec import claims_from_batch
from pactwatch.model import (
    Agreement,
    Claim,
    ClaimLink,
    ClauseLink,
    Dating,
    Document,
    Incident,
    IssuerType,
    Kind,
    Made,
    Party,
    Place,
    Precision,
    Reading,
    Source,
    Times,
    When,
)
from pactwatch.plugins import Gazetteer
from pactwatch.resolve import parties, places

Row = dict[str, Any]
NOWHERE = When(edtf=None, reason="the gold gives none")
GOLD = Made(by="gold", version="1")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?$")
_LOWER_IS_BETTER = frozenset({"wrong_definite"})


def main() -> int:
    """Run the bench; return the exit status."""
    args = _arguments()
    folder: Path = args.varana
    gold_docs = jsonl(folder / ".." / "gold" / "dev.jsonl")
    scorer = module(folder / "score_links.py")
    gold = scorer.load(folder / "gold_links.jsonl")
    wanted = {doc for doc, _ in gold}
    documents = [row for row in gold_docs if row["doc"] in wanted]
    case = varana_case(folder, args.agreement)
    runs: dict[str, dict[tuple[str, int], Row]] = {}
    if args.claims == "own":
        runs["pactwatch, own claims"] = _own(documents, case, module(folder / ".." / "gold" / "score.py"))
    readings = [gold_reading(row, case) for row in documents]
    runs["pactwatch, gold claims"] = rows(readings, *case.link(readings))
    runs["BM25 over clause text"] = _baseline(readings, case, _bm25(case.agreement))
    runs["same act word"] = _baseline(readings, case, _same_act(case.agreement))
    runs["same place and day"] = _same_place_and_day(readings)
    scores = {name: scorer.score(gold, predicted) for name, predicted in runs.items()}
    _print(scores)
    if args.out:
        _write(args.out, runs[next(iter(runs))])
    if args.json:
        args.json.write_text(json.dumps(scores, indent=1) + "\n", encoding="utf-8")
    return _below(args.floor, scores[next(iter(runs))])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("varana", type=Path)
    parser.add_argument("--claims", choices=("gold", "own"), default="gold")
    parser.add_argument("--agreement", default="harrow-bridge-2031")
    parser.add_argument("--floor", action="append", default=[], metavar="NAME=VALUE")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--out", type=Path, help="write the links in the format of gold_links.jsonl")
    return parser.parse_args()


def jsonl(path: Path) -> list[Row]:
    """Return the objects of a file with one a line."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def module(path: Path) -> ModuleType:
    """Return a script of the measuring data as a module."""
    spec = importlib.util.spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path}: cannot be loaded")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


class Case:
    """What the links are made with."""

    def __init__(
        self,
        agreement: Agreement,
        register: Sequence[Party],
        found: Sequence[Place],
        gazetteers: Sequence[Gazetteer] = (),
    ) -> None:
        self.agreement, self.register, self.places = agreement, register, found
        self.gazetteers = gazetteers or (places.CaseGazetteer(found),)

    def link(self, readings: Sequence[Reading]) -> tuple[Sequence[ClauseLink], Sequence[ClaimLink], Sequence[Incident]]:
        """Return the answers of the room's three verbs."""
        clauses = link.link_clauses(readings, (self.agreement,), self.register, self.places)
        claims = link.link_claims(readings, self.register)
        return clauses, claims, link.incidents(readings, claims)


def varana_case(folder: Path, name: str) -> Case:
    """Return the agreement of that name with its register and the places of the folder."""
    agreement = agreements.load(name)
    found, _ = places.read_places(folder / "places.csv")
    named = [one for one in ("world", agreement.register) if one]
    register = parties.merge_registers(*(parties.builtin_register(one) for one in named))
    return Case(agreement, register, found)


def gold_reading(row: Row, case: Case) -> Reading:
    """Return a reading whose claims and periods are the gold ones; places and parties are resolved by the program."""
    document = Document(
        id=row["doc"],
        source_sha256="",
        text=row["text"],
        issuer=row["issuer"],
        issuer_type=IssuerType(row["issuer_type"]),
        published=row.get("published"),
    )
    claims, periods, problems = claims_from_batch(document, row["claims"])
    if problems:
        raise SystemExit(f"{document.id}: {problems[0]}")
    published, written = when(row.get("published")), when(row.get("written"))
    said = written if written.edtf else published
    where, _ = places.resolve_places(document, claims, list(case.gazetteers), countries=case.agreement.countries)
    return Reading(
        source=Source(sha256="", uri=row["doc"], media_type="text/plain", size_bytes=0, captured=""),
        document=document,
        dating=Dating(
            document_id=document.id, published=published, written=written, agrees=None, evidence=(), made=GOLD
        ),
        claims=claims,
        times=tuple(_times(claim, periods[claim.id], said, published) for claim in claims),
        places=tuple(where),
        parties=tuple(parties.resolve_parties(document, claims, case.register)),
    )


def _times(claim: Claim, period: str | None, said: When, published: When) -> Times:
    return Times(claim_id=claim.id, happened=when(period), said=said, published=published, captured=NOWHERE, made=GOLD)


def when(edtf: str | None) -> When:
    """Return an EDTF date or interval of the gold as a `When`."""
    if not edtf:
        return NOWHERE
    low, _, high = edtf.partition("/")
    first, last = _ends(low), _ends(high or low)
    return When(
        edtf=edtf,
        first=first[0] if first else None,
        last=last[1] if last and high != ".." else None,
        precision=Precision.DAY if len(low) == 10 else Precision.MONTH,
        rule="gold",
    )


def _ends(text: str) -> tuple[dt.date, dt.date] | None:
    found = _DAY.match(text)
    if not found:
        return None
    year, month, day = int(found[1]), int(found[2] or 0), int(found[3] or 0)
    last = day or calendar.monthrange(year, month or 12)[1]
    return dt.date(year, month or 1, day or 1), dt.date(year, month or 12, last)


def rows(
    readings: Sequence[Reading],
    clause_links: Sequence[ClauseLink],
    claim_links: Sequence[ClaimLink],
    incidents: Sequence[Incident],
) -> dict[tuple[str, int], Row]:
    """Return the links in the format of `gold_links.jsonl`, by document and index of the claim."""
    where = {claim.id: (r.document.id, i) for r in readings for i, claim in enumerate(r.claims)}
    incident_of = {one: incident.id for incident in incidents for one in incident.claim_ids}
    clauses, relations = defaultdict(list), defaultdict(list)
    for one in clause_links:
        answers = {test: getattr(one.applicability, test).answer.value for test in TESTS}
        clauses[one.claim_id].append({"id": one.clause_id, **answers, "score": one.score})
    for link_ in claim_links:
        doc, index = where[link_.to_claim_id]
        relations[link_.claim_id].append({"rel": link_.relation.value, "doc": doc, "claim": index})
    return {
        key: {
            "doc": key[0],
            "claim": key[1],
            "incident": incident_of.get(claim_id),
            "clauses": clauses[claim_id],
            "relations": relations[claim_id],
        }
        for claim_id, key in where.items()
    }


TESTS = ("in_force", "in_area", "bound", "act")


def _own(documents: Sequence[Row], case: Case, score: ModuleType) -> dict[tuple[str, int], Row]:
    """Link the program's own claims and hand their links to the gold claims that they are paired with."""
    from pactwatch import pipeline

    context = pipeline.load_context(pipeline.Options(agreements=(case.agreement.id,)))
    readings = []
    for row in documents:
        document = gold_reading({**row, "claims": []}, case).document
        source = Source(sha256="", uri=row["doc"], media_type="text/plain", size_bytes=0, captured="")
        readings.append(pipeline.read_document(source, document, context))
    own = rows(readings, *case.link(readings))
    to_gold: dict[tuple[str, int], int] = {}
    for row, reading in zip(documents, readings, strict=True):
        for mine, gold_index in _aligned(row, reading, score):
            to_gold[row["doc"], mine] = gold_index
    return {(doc, to_gold[doc, i]): _mapped(one, to_gold) for (doc, i), one in own.items() if (doc, i) in to_gold}


def _aligned(row: Row, reading: Reading, score: ModuleType) -> list[tuple[int, int]]:
    gold, mine = [], []
    for index, claim in enumerate(row["claims"]):
        quote, trigger = score.locate(row["text"], claim)
        gold.append({**claim, "_q": quote, "_t": trigger, "_i": index})
    for index, own in enumerate(reading.claims):
        quote, trigger = own.quote.span, own.trigger.span
        spans = {"_q": (quote.start, quote.end), "_t": (trigger.start, trigger.end)}
        mine.append({"kind": own.kind.value, "act": own.act.value, **spans, "_i": index})
    return [(p["_i"], g["_i"]) for g, p in score.align(gold, mine)]


def _mapped(row: Row, to_gold: Mapping[tuple[str, int], int]) -> Row:
    relations = [
        {**one, "claim": to_gold[one["doc"], one["claim"]]}
        for one in row["relations"]
        if (one["doc"], one["claim"]) in to_gold
    ]
    return {**row, "claim": to_gold[row["doc"], row["claim"]], "relations": relations}


Ranker = Callable[[Claim], list[str]]


def _baseline(readings: Sequence[Reading], case: Case, rank: Ranker) -> dict[tuple[str, int], Row]:
    """Clauses by a ranker, every answer `unknown`; no incidents, no relations."""
    blank = dict.fromkeys(TESTS, "unknown")
    return {
        (reading.document.id, index): {"clauses": [{"id": one, **blank} for one in rank(claim)]}
        for reading in readings
        for index, claim in enumerate(reading.claims)
    }


def _bm25(agreement: Agreement, k1: float = 1.2, b: float = 0.75) -> Ranker:
    """The three clauses whose text BM25 ranks first (Robertson's usual constants)."""
    texts = {c.id: _tokens(f"{c.title} {c.text or c.paraphrase}") for c in agreement.clauses}
    mean = sum(map(len, texts.values())) / len(texts)
    in_texts = Counter(word for tokens in texts.values() for word in set(tokens))

    def rank(claim: Claim) -> list[str]:
        scores = {}
        for one, tokens in texts.items():
            counts, total = Counter(tokens), 0.0
            for word in set(_tokens(claim.quote.text)) & set(tokens):
                idf = math.log(1 + (len(texts) - in_texts[word] + 0.5) / (in_texts[word] + 0.5))
                total += idf * counts[word] * (k1 + 1) / (counts[word] + k1 * (1 - b + b * len(tokens) / mean))
            if total > 0:
                scores[one] = total
        return sorted(scores, key=lambda one: -scores[one])[:3]

    return rank


def _tokens(text: str) -> list[str]:
    return re.findall(r"[a-z]+", text.lower())


def _same_act(agreement: Agreement) -> Ranker:
    """The first three clauses of the file that name the claim's act."""
    return lambda claim: list(dict.fromkeys(c.id for c in agreement.clauses if claim.act in c.acts))[:3]


def _same_place_and_day(readings: Sequence[Reading]) -> dict[tuple[str, int], Row]:
    """Incidents and relations by equal place and day alone: what a table with two columns would give."""
    groups: dict[Any, list[tuple[str, int, Claim]]] = defaultdict(list)
    out: dict[tuple[str, int], Row] = {}
    for reading in sorted(readings, key=lambda r: str(r.document.published)):
        happened = {one.claim_id: one.happened.edtf for one in reading.times}
        chosen = {(p.claim_id, p.index): p.chosen.place.id for p in reading.places if p.chosen}
        for index, claim in enumerate(reading.claims):
            place, day = chosen.get((claim.id, 0)), happened[claim.id]
            key = (place, day) if place and day else None
            doc = reading.document.id
            relations = [_relation(claim, reading, one) for one in groups[key][-1:]] if key else []
            out[doc, index] = {"incident": str(key) if key else None, "relations": relations}
            groups[key].append((doc, index, claim))
    return out


def _relation(claim: Claim, reading: Reading, earlier: tuple[str, int, Claim]) -> Row:
    doc, index, other = earlier
    same = claim.speaker.text == other.speaker.text and doc == reading.document.id
    rel = "denies" if claim.kind is Kind.DENIAL else ("repeats" if same else "agrees_with")
    return {"rel": rel, "doc": doc, "claim": index}


def _print(scores: Mapping[str, Row]) -> None:
    for name, score in scores.items():
        print(f"== {name}")
        for key, value in score.items():
            if key != "relations":
                print(f"  {key:17} {value}")
        for key, value in score["relations"].items():
            print(f"    {key:13} {value}")
        denial = score["relations"].get("denies")
        if denial:
            print(f"  denies, 95 % interval of recall: {_interval(denial['r'], denial['gold'])}")


def _interval(share: float, n: int) -> str:
    """Wilson's interval: few cases say little."""
    if not n:
        return "no cases"
    z = 1.96
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return f"{middle - half:.2f} to {middle + half:.2f} (n={n})"


def _write(path: Path, predicted: Mapping[tuple[str, int], Row]) -> None:
    path.write_text("".join(json.dumps(row) + "\n" for row in predicted.values()), encoding="utf-8")


def _below(floors: Sequence[str], score: Row) -> int:
    status = 0
    for floor in floors:
        name, _, value = floor.partition("=")
        reached = score.get(name, score["relations"].get(name))
        reached = reached["f1"] if isinstance(reached, dict) else reached
        if reached is None:
            raise SystemExit(f"--floor {floor}: there is no measure {name!r}")
        bad = reached > float(value) if name in _LOWER_IS_BETTER else reached < float(value)
        if bad:
            print(f"FLOOR: {name} is {reached}, not {value}", file=sys.stderr)
            status = 1
    return status


if __name__ == "__main__":
    sys.exit(main())
