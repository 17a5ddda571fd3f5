"""Annotations of texts that are not ours to ship: taken off their text, and put on it again.

    python training/standoff.py off ANNOTATED.jsonl… [--texts CORPUS.jsonl…] --out training/annotations/NAME.jsonl
    python training/standoff.py on training/annotations/NAME.jsonl… --texts CORPUS.jsonl… --out ANNOTATED.jsonl

A stored line holds the document's id, a hash of its text, and for each claim offsets in code points; no text. Where the
document is a part of a longer one of the corpus, the line says of which (`source`), and where it stands (`within`) once
white space is evened out (`even`: "words" are joined by spaces, "paragraphs" by empty lines).
"""

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pycountry

MENTIONS = ("agent", "target", "places")
SINGLE = ("speaker", "time", "condition")
PLAIN = ("kind", "act", "period", "counts", "negated")


def main() -> int:
    """Take off or put on, and say how much."""
    args = _arguments()
    texts = {d["doc"]: d for path in args.texts for d in _lines(path)}
    if args.do == "off":
        rows = [taken_off(document, texts) for path in args.files for document in _lines(path)]
    else:
        rows = list(put_on((row for path in args.files for row in _lines(path)), texts))
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in rows), encoding="utf-8")
    print(f"{args.out}: {len(rows)} documents, {sum(len(r['claims']) for r in rows)} claims")
    return 0


def taken_off(document: dict[str, Any], texts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return a document's annotation without its text; with its place in a longer text where it has one of its own."""
    text = document["text"]
    own = document["doc"] in texts or not texts
    return {
        "doc": document["doc"],
        "sha256": hashlib.sha256(text.encode()).hexdigest(),
        **({} if own else _within(document, texts)),
        "claims": [_claim_off(text, claim) for claim in document["claims"]],
    }


def _within(document: dict[str, Any], texts: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Return where a document stands in the text whose id its own begins with."""
    for source, whole in texts.items():
        if document["doc"].startswith(source.replace("-full", "") + "-"):
            for even in _EVEN:
                start = _EVEN[even](whole["text"]).find(document["text"])
                if start >= 0:
                    return {"source": source, "even": even, "within": [start, start + len(document["text"])]}
    raise ValueError(f"{document['doc']}: its text stands in no text of --texts")


_EVEN: dict[str, Callable[[str], str]] = {
    "words": lambda text: " ".join(text.split()),
    "paragraphs": lambda text: "\n\n".join(p.strip() for p in re.split(r"\n\s*\n", text) if p.strip()),
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
        document = _cut(row, texts)
        if document is None or hashlib.sha256(document["text"].encode()).hexdigest() != row["sha256"]:
            print(f"{row['doc']}: its text is {'missing' if document is None else 'another one'}", file=sys.stderr)
            continue
        text = document["text"]
        yield {
            "doc": row["doc"],
            "issuer": _country(document.get("issuer")),
            **{name: document.get(name) for name in ("issuer_type", "published", "written", "text")},
            "set": "real",
            "claims": [_claim_on(text, claim) for claim in row["claims"]],
        }


def _cut(row: dict[str, Any], texts: dict[str, dict[str, Any]]) -> dict[str, Any] | None:
    """Return the document of a stored line, cut from the longer text where the line names one; None where it is not."""
    whole = texts.get(row.get("source", row["doc"]))
    if whole is None or "source" not in row:
        return whole
    start, end = row["within"]
    return whole | {"text": _EVEN[row["even"]](whole["text"])[start:end]}


def _country(issuer: str | None) -> str | None:
    """Return the name of a country for its ISO 3166-1 code, as full speeches have it; any other issuer as it is."""
    found = pycountry.countries.get(alpha_3=issuer) if issuer and len(issuer) == 3 and issuer.isupper() else None
    return str(found.name) if found else issuer


def _claim_on(text: str, claim: dict[str, Any]) -> dict[str, Any]:
    def words(place: Any) -> Any:
        return place if isinstance(place, str) or place is None else text[place[0] : place[1]]

    found = {"period": None, "counts": {}, "negated": False, **claim}
    found |= {name: [words(p) for p in claim.get(name, [])] for name in MENTIONS}
    found |= {name: words(claim.get(name)) for name in SINGLE}
    found["speaker"] = found["speaker"] or "issuer"
    return found


def _lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("do", choices=("off", "on"))
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--texts", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
