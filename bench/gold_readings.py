"""Readings made of gold claims: the fields as annotators gave them, so that one room is measured by itself."""

import calendar
import csv
import datetime as dt
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from pactwatch.corroborate.precision import RADIUS_KM
from pactwatch.corroborate.sides import Sides, plain
from pactwatch.model import (
    UNKNOWN_WHEN,
    Act,
    Claim,
    Count,
    Dating,
    Document,
    IssuerType,
    Kind,
    Made,
    Mention,
    Party,
    PartyResolution,
    Place,
    PlaceCandidate,
    PlaceResolution,
    Precision,
    Quote,
    Reading,
    Source,
    Span,
    Times,
    When,
)

GOLD = Made(by="gold", version="1")
_WHERE_PREC = {"province": 4, "district": 3, "country": 6, "river": 5}


def read_places(path: Path) -> list[Place]:
    """Return the places of a case file."""
    with path.open(encoding="utf-8", newline="") as stream:
        return [_place(row) for row in csv.DictReader(stream)]


def _place(row: dict[str, str]) -> Place:
    grade = _WHERE_PREC.get(row["kind"], 1)
    return Place(
        id=f"case:{row['name']}",
        name=row["name"],
        kind=row["kind"],
        gazetteer="case",
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        radius_km=RADIUS_KM[grade],
        where_prec=grade,
        admin1=row["admin1"],
        admin2=row["admin2"],
        aliases=tuple(one for one in row["aliases"].split("|") if one),
    )


def documents(path: Path, prefix: str) -> Iterator[dict[str, Any]]:
    """Yield the gold documents whose id begins with `prefix`."""
    for line in path.read_text(encoding="utf-8").splitlines():
        found = json.loads(line)
        if str(found["doc"]).startswith(prefix):
            yield found


def when(edtf: str | None) -> When:
    """Return an EDTF date or interval as an interval of days."""
    if not edtf:
        return UNKNOWN_WHEN
    begin, _, end = edtf.partition("/")
    end = end or begin
    first = None if begin == ".." else _days(begin)[0]
    last = None if end == ".." else _days(end)[1]
    return When(edtf=edtf, first=first, last=last, precision=Precision.DAY, rule="gold")


def _days(date: str) -> tuple[dt.date, dt.date]:
    parts = [int(part) for part in date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else None
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if len(parts) > 2:
        return dt.date(year, month, parts[2]), dt.date(year, month, parts[2])
    return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])


def reading(gold: dict[str, Any], places: Sequence[Place], register: Sequence[Party]) -> Reading:
    """Return one gold document as a reading; claim ids are `DOC#INDEX`."""
    sides = Sides(register)
    document = Document(
        id=gold["doc"],
        source_sha256="0" * 64,
        text=gold["text"],
        issuer=gold["issuer"],
        issuer_type=IssuerType(gold["issuer_type"]),
        published=gold["published"],
    )
    said = when(gold.get("written") or gold["published"])
    published = when(gold["published"])
    claims, times, where, who = [], [], [], []
    for index, row in enumerate(gold["claims"]):
        claim = _claim(f"{gold['doc']}#{index}", row, document)
        claims.append(claim)
        happened = when(row.get("period"))
        times.append(
            Times(
                claim_id=claim.id, happened=happened, said=said, published=published, captured=UNKNOWN_WHEN, made=GOLD
            )
        )
        where += [_placed(claim, at, mention.text, places) for at, mention in enumerate(claim.places)]
        who += list(_parties(claim, gold["issuer"], sides))
    return Reading(
        source=Source(sha256="0" * 64, uri=gold["doc"], media_type="text/plain", size_bytes=0, captured=""),
        document=document,
        dating=Dating(document_id=document.id, published=published, written=said, agrees=None, evidence=(), made=GOLD),
        claims=tuple(claims),
        times=tuple(times),
        places=tuple(where),
        parties=tuple(who),
    )


def _claim(claim_id: str, row: dict[str, Any], document: Document) -> Claim:
    whole = Quote(span=Span(start=0, end=len(document.text)), text=document.text)
    return Claim(
        id=claim_id,
        document_id=document.id,
        kind=Kind(row["kind"]),
        act=Act(row["act"]),
        trigger=whole,
        quote=whole,
        speaker=Mention(text=row["speaker"]),
        agent=tuple(Mention(text=words) for words in row.get("agent", [])),
        target=tuple(Mention(text=words) for words in row.get("target", [])),
        places=tuple(Mention(text=words) for words in row.get("places", [])),
        counts=tuple(Count(of=of, value=value) for of, value in (row.get("counts") or {}).items()),
        negated=bool(row.get("negated")),
        made=GOLD,
    )


def _placed(claim: Claim, index: int, words: str, places: Sequence[Place]) -> PlaceResolution:
    name = plain(words.removeprefix("the "))
    found = [p for p in places if name in {plain(one) for one in (p.name, *p.aliases)}]
    candidates = tuple(PlaceCandidate(place=place, score=1.0) for place in found)
    # A town and the province of the same name: annotators mean the smaller unless the words say otherwise.
    small = [one for one in candidates if one.place.where_prec == min(c.place.where_prec for c in candidates)]
    return PlaceResolution(
        claim_id=claim.id,
        index=index,
        words=words,
        candidates=candidates,
        chosen=small[0] if len(small) == 1 else None,
        rule="gold",
        made=GOLD,
    )


def _parties(claim: Claim, issuer: str, sides: Sides) -> Iterator[PartyResolution]:
    mentions = [("speaker", 0, claim.speaker.text)]
    mentions += [("agent", index, mention.text) for index, mention in enumerate(claim.agent)]
    for field, index, words in mentions:
        words = issuer if words == "issuer" else words
        party = sides.speaks(words)
        yield PartyResolution(
            claim_id=claim.id, field=field, index=index, words=words, party=party, rule="gold", made=GOLD
        )
