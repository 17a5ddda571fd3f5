"""Turn annotated documents into what the network learns from.

    python training/prepare.py OUT.pickle GOLD.jsonl… [--held-out SET…]

Each document goes through the same rooms as at run time (statements, marks, parse, rules, windows); every word that may
name an act is labelled with the claim whose trigger it meets, everything that may take part in it with its role there.
Documents whose set is held out, and one issuer in sixteen of the speeches, are marked as validation.
"""

import argparse
import hashlib
import pickle
import re
import sys
from pathlib import Path
from typing import Any

from pactwatch import statements
from pactwatch.claims.lexicon import lexicon
from pactwatch.claims.memory import Memory
from pactwatch.claims.mentions import Scope
from pactwatch.claims.parse import passages
from pactwatch.claims.sides import sides_of
from pactwatch.claims.trained.proposals import pair_features, views
from pactwatch.claims.trained.reader import SENTENCES_BACK
from pactwatch.claims.trained.windows import Speaker, windows
from pactwatch.model import ISSUER, Document, IssuerType, Mention
from pactwatch.resolve import times
from pactwatch.resolve.times.claims import TextTimes

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))
from claims import _jsonl, _module
from gold_documents import document_of
from labels import ACTS, KINDS, ROLES

IGNORED = -1
TIME = ROLES.index("time")


def main() -> int:
    """Prepare every document, and say how many claims no word meets."""
    args = _arguments()
    scorer = _module(args.scorer)
    rows: list[dict[str, Any]] = []
    lost = total = 0
    for path in args.gold:
        for number, gold in enumerate(_jsonl(path)):
            made, missing, claims = document_rows(gold, scorer)
            for row in made:
                row["held"] = held_out(gold, args.held_out)
                row["source"] = path.name
            rows += made
            lost, total = lost + missing, total + claims
            if number % 50 == 0:
                print(f"{path.name}: {number} documents", file=sys.stderr, flush=True)
    print(f"{len(rows)} windows, {total} claims, {lost} of them met by no word ({lost / max(1, total):.1%})")
    args.out.write_bytes(pickle.dumps(rows))
    return 0


def held_out(gold: dict[str, Any], sets: list[str]) -> bool:
    """True for the part that figures are taken on while training: whole sets, and whole issuers of the speeches."""
    if any(gold["doc"].startswith(name) for name in sets):
        return True
    speech = gold.get("set") == "speeches" or gold["doc"].startswith("ungd-")
    return speech and int(hashlib.sha256(str(gold["issuer"]).encode()).hexdigest(), 16) % 16 == 0


def document_rows(gold: dict[str, Any], scorer: Any) -> tuple[list[dict[str, Any]], int, int]:
    """Return the windows of one document with their labels, how many claims no word meets, and how many there are."""
    document = document_of(gold)
    claims = [dict(c) for c in gold["claims"] if c["kind"] != "position"]
    for claim in claims:
        claim["_q"], claim["_t"] = scorer.locate(document.text, claim)
    claims = [c for c in claims if c["_t"]]
    rows: list[dict[str, Any]] = []
    marks = sorted(times.mark_times(document), key=lambda m: m.quote.span.start)
    starts = [m.quote.span.start for m in marks]
    sides, words = sides_of(document, ()), lexicon()
    when = TextTimes(document, times.date_document(document, ()), (), None)
    for statement in statements.split(document)[0]:
        if statement.voice is not None and statement.voice_type is IssuerType.PRESS:
            continue
        rows += _statement(document, statement, claims, marks, starts, sides, words, scorer)
    for partner in (p for row in rows for c in row["candidates"] for p in c["partners"]):
        partner["period"] = times.period_of(when.at(partner.pop("quote"))) if partner["sort"] == "time" else None
    met = _label(rows, claims, scorer)
    return rows, len(claims) - met, len(claims)


def _statement(
    document: Document, statement: Any, claims: Any, marks: Any, starts: Any, sides: Any, words: Any, scorer: Any
) -> list[dict[str, Any]]:
    voice = statement.voice
    speaker = Mention(text=ISSUER) if voice is None else Mention(text=voice.text, quote=voice)
    memory, seen = Memory(), []
    for passage in passages(document.text, statement.span.start, statement.span.end):
        scope = Scope(document, passage, sides, memory, speaker)
        for view in views(scope, marks, starts, words):
            drafts = [(p, view.draft(p, words)) for p in view.proposals]
            named = [n for v, _ in seen[-SENTENCES_BACK:] for n in v.named] + view.named
            pairs = [[(n, pair_features(d, p, n, view.number, scope)) for n in named] for p, d in drafts]
            view.close()
            seen.append((view, list(zip(drafts, pairs, strict=True))))
    who = Speaker(str(document.issuer_type), document.issuer or "", voice.text if voice else "")
    made = []
    for window in windows(document.text, [(v.start, v.end) for v, _ in seen], who):
        row: dict[str, Any] = {"doc": document.id, "ids": window.ids, "home": window.home, "candidates": []}
        for number in window.sentences:
            for (proposal, draft), pairs in seen[number][1]:
                at = window.pieces(*draft.trigger)
                if at is None:
                    continue
                row["candidates"].append(_candidate(at, proposal, draft, pairs, window))
        made.append(row)
    return made


def _candidate(at: Any, proposal: Any, draft: Any, pairs: Any, window: Any) -> dict[str, Any]:
    partners = []
    for named, features in pairs:
        place = window.pieces(named.start, named.end)
        made = {"at": place, "text": named.mention.text, "features": sorted(features)}
        partners.append(made | {"sort": named.sort, "quote": named.mention.quote})
    return {
        "at": at,
        "trigger": draft.trigger,
        "quote": draft.quote,
        "listed": proposal.listed,
        "features": sorted(draft.features | ({"listed"} if proposal.listed else {"unlisted"})),
        "rule": {
            "kind": str(draft.kind),
            "act": str(draft.act),
            "negated": draft.negated,
            "speaker": draft.speaker.text,
            "own": draft.own_side.text,
        },
        "partners": partners,
        "kind": 0,
        "act": IGNORED,
        "negated": draft.negated,
    }


def _label(rows: list[dict[str, Any]], claims: list[dict[str, Any]], scorer: Any) -> int:
    """Give each claim to the word that meets it best, judge no other that meets it, return how many are met."""
    candidates = [c for row in rows for c in row["candidates"]]
    pairs = []
    for g, claim in enumerate(claims):
        for n, candidate in enumerate(candidates):
            share = scorer.iou(claim["_t"], candidate["trigger"])
            if share > 0:
                pairs.append((share + 0.02 * candidate["listed"], share, g, n))
    met, used = {}, {}
    for _, share, g, n in sorted(pairs, reverse=True):
        if share >= 0.25 and g not in met and n not in used:
            met[g] = n
            used[n] = g
    for _, share, _, n in pairs:
        if n not in used and share >= 0.25:
            candidates[n]["kind"] = IGNORED
    for n, g in used.items():
        _gold(candidates[n], claims[g], scorer)
    return len(met)


def _gold(candidate: dict[str, Any], claim: dict[str, Any], scorer: Any) -> None:
    candidate["kind"] = KINDS.index(claim["kind"]) + 1
    candidate["act"] = ACTS.index(claim["act"])
    candidate["negated"] = bool(claim.get("negated"))
    speaker = claim.get("speaker") or ISSUER
    candidate["speaker_issuer"] = speaker == ISSUER
    candidate["agent_none"] = not claim.get("agent")
    candidate["agent_issuer"] = ISSUER in (claim.get("agent") or []) or any(
        speaker != ISSUER and scorer.same_mention(a, speaker) for a in claim.get("agent") or []
    )
    values = {
        "agent": claim.get("agent") or [],
        "target": claim.get("target") or [],
        "places": claim.get("places") or [],
        "time": [claim["time"]] if claim.get("time") else [],
        "speaker": [] if speaker == ISSUER else [speaker],
    }
    candidate["empty"] = [not values[role] for role in ROLES]
    candidate["empty"][TIME] &= not claim.get("period")
    for partner in candidate["partners"]:
        partner["roles"] = [any(_names(partner["text"], v, scorer) for v in values[role]) for role in ROLES]
        if partner["period"] and claim.get("period") and scorer.same_period(claim["period"], partner["period"]):
            partner["roles"][TIME] = True  # a time named before may date an act whose own sentence names none
    for number in range(len(ROLES)):
        _nearest(candidate["partners"], number)


def _names(text: str, value: str, scorer: Any) -> bool:
    return text == value if ISSUER in (text, value) else scorer.same_mention(text, value)


def _nearest(partners: list[dict[str, Any]], role: int) -> None:
    """Where the same words stand in the act's own sentence and before it, only those of its own sentence count."""
    near = {_plain(p["text"]) for p in partners if p["roles"][role] and "near.True" in p["features"]}
    for p in partners:
        if p["roles"][role] and "near.True" not in p["features"] and _plain(p["text"]) in near:
            p["roles"][role] = None


def _plain(text: str) -> str:
    return re.sub(r"^(the|a|an) ", "", text.casefold())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("gold", type=Path, nargs="+")
    parser.add_argument("--scorer", type=Path, required=True, help="the score.py that defines when two triggers meet")
    parser.add_argument("--held-out", nargs="*", default=["bahari"])
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
