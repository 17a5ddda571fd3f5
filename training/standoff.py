"""Annotations of texts that are not ours to ship: taken off their text, and put on it again.

    python training/standoff.py off ANNOTATED.jsonl… --out training/annotations/NAME.jsonl
    python training/standoff.py on training/annotations/NAME.jsonl… --texts CORPUS.jsonl… --out ANNOTATED.jsonl

A stored line holds the document's id, a hash of its text, and for each claim offsets in code points; no text.
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

MENTIONS = ("agent", "target", "places")
SINGLE = ("speaker", "time", "condition")
PLAIN = ("kind", "act", "period", "counts", "negated")


def main() -> int:
    """Take off or put on, and say how much."""
    args = _arguments()
    if args.do == "off":
        rows = [taken_off(document) for path in args.files for document in _lines(path)]
    else:
        texts = {d["doc"]: d for path in args.texts for d in _lines(path)}
        rows = list(put_on((row for path in args.files for row in _lines(path)), texts))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    print(f"{args.out}: {len(rows)} documents, {sum(len(r['claims']) for r in rows)} claims")
    return 0


def taken_off(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document's annotation without its text."""
    text = document["text"]
    return {
        "doc": document["doc"],
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        "claims": [_claim_off(text, claim) for claim in document["claims"]],
    }


def _claim_off(text: str, claim: dict[str, Any]) -> dict[str, Any]:
    quote = _place(text, claim["quote"], 0, len(text), claim.get("nth", 0))
    trigger = _place(text, claim["trigger"], *quote)
    found: dict[str, Any] = {name: claim[name] for name in PLAIN if claim.get(name)}
    found |= {"quote": quote, "trigger": trigger}
    for name in MENTIONS:
        places = [_mention(text, value, quote) for value in claim.get(name) or []]
        if any(places):
            found[name] = [p for p in places if p]
    for name in SINGLE:
        value = claim.get(name)
        if value and (place := _mention(text, value, quote)):
            found[name] = place
    return found


def _mention(text: str, value: str, quote: list[int]) -> list[int] | str | None:
    """Return the place nearest to the quote where the words stand; `issuer` stays; None where they stand nowhere."""
    if value == "issuer":
        return value
    places = [m.start() for m in re.finditer(re.escape(value), text)]
    if not places:
        return None
    start = min(places, key=lambda at: (not quote[0] <= at < quote[1], abs(at - quote[0])))
    return [start, start + len(value)]


def _place(text: str, value: str, low: int, high: int, nth: int = 0) -> list[int]:
    start = [m.start() for m in re.finditer(re.escape(value), text[low:high])][nth] + low
    return [start, start + len(value)]


def put_on(rows: Iterable[dict[str, Any]], texts: dict[str, dict[str, Any]]) -> Iterable[dict[str, Any]]:
    """Yield annotated documents; one whose text is missing or has changed is named on standard error and left out."""
    for row in rows:
        document = texts.get(row["doc"])
        if document is None or hashlib.sha256(document["text"].encode()).hexdigest() != row["sha256"]:
            print(f"{row['doc']}: its text is {'missing' if document is None else 'another one'}", file=sys.stderr)
            continue
        text = document["text"]
        yield {
            **{name: document.get(name) for name in ("doc", "issuer", "issuer_type", "published", "written", "text")},
            "set": "real",
            "claims": [_claim_on(text, claim) for claim in row["claims"]],
        }


def _claim_on(text: str, claim: dict[str, Any]) -> dict[str, Any]:
    def words(place: Any) -> Any:
        return place if isinstance(place, str) or place is None else text[place[0] : place[1]]

    found = {"period": None, "counts": {}, "negated": False, **claim}
    found |= {name: [words(p) for p in claim.get(name, [])] for name in MENTIONS}
    found |= {name: words(claim.get(name)) for name in SINGLE}
    found["speaker"] = found["speaker"] or "issuer"
    return found


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=("off", "on"))
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
