"""Readings, parties and event files built by hand for the tests of this room. Nobody and nothing in them exists."""

import csv
import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pactwatch.model import (
    UNKNOWN_WHEN,
    Act,
    Alias,
    Claim,
    Count,
    Dating,
    Document,
    Event,
    Kind,
    Made,
    Membership,
    Mention,
    Party,
    PartyKind,
    PartyResolution,
    Place,
    PlaceCandidate,
    PlaceResolution,
    Precision,
    Reading,
    Source,
    Times,
    When,
)

MADE = Made(by="test", version="1")
SAID = dt.date(2031, 5, 12)

_GED = (
    "id relid year active_year code_status type_of_violence conflict_dset_id conflict_new_id conflict_name "
    "dyad_dset_id dyad_new_id dyad_name side_a_dset_id side_a_new_id side_a side_b_dset_id side_b_new_id side_b "
    "number_of_sources source_article source_office source_date source_headline source_original where_prec "
    "where_coordinates where_description adm_1 adm_2 latitude longitude geom_wkt priogrid_gid country country_id "
    "region event_clarity date_prec date_start date_end deaths_a deaths_b deaths_civilians deaths_unknown best high "
    "low gwnoa gwnob"
)
GED_COLUMNS = tuple(_GED.split())

GED_ROW = {
    "id": "1",
    "type_of_violence": "1",
    "side_a": "Government of Arda",
    "side_b": "Hill League",
    "where_prec": "1",
    "where_coordinates": "Tolm",
    "country": "Arda",
    "date_prec": "1",
    "date_start": "2031-05-09",
    "date_end": "2031-05-09",
    "latitude": "10.0",
    "longitude": "20.0",
    "best": "3",
    "source_article": '"Valley Post,2031-05-10,Shells on Tolm"',
    "source_office": "Valley Post",
    "source_date": "2031-05-10",
    "source_headline": "Shells on Tolm",
    "source_original": "villagers",
}

TOLM = Place(
    id="case:Tolm", name="Tolm", kind="village", gazetteer="case", lat=10.0, lon=20.0, radius_km=3.0, where_prec=1,
    admin1="North Reach",
)  # fmt: skip

PARTIES = (
    Party(id="GOV", label="Government of Arda", own_name="Republic of Arda", kind=PartyKind.GOVERNMENT,
          aliases=(Alias(name="Arda"), Alias(name="Arda army"))),
    Party(id="MIN", label="Ministry of Defence of Arda", own_name="Ministry of Defence", kind=PartyKind.OFFICE,
          member_of=(Membership(of="GOV"),)),
    Party(id="ASA", label="State Agency of Arda", own_name="State Agency", kind=PartyKind.PRESS,
          member_of=(Membership(of="GOV"),)),
    Party(id="HIL", label="Hill League", own_name="Hill League", kind=PartyKind.ARMED_GROUP,
          aliases=(Alias(name="League"), Alias(name="bandits", used_by="GOV", loaded=True))),
    Party(id="HIR", label="Hill Radio", own_name="Hill Radio", kind=PartyKind.PRESS,
          member_of=(Membership(of="HIL"),)),
    Party(id="HIC", label="Hill clinic office", own_name="Hill clinic office", kind=PartyKind.OFFICE,
          member_of=(Membership(of="HIL"),)),
    Party(id="OBS", label="Observer Mission", own_name="Observer Mission", kind=PartyKind.MONITOR),
    Party(id="POST", label="Valley Post", own_name="Valley Post", kind=PartyKind.PRESS),
)  # fmt: skip


def swapped(register: Sequence[Party] = PARTIES) -> tuple[Party, ...]:
    """The same register with the ids of the two parties exchanged (their names, offices and outlets stay theirs)."""
    other = {"GOV": "HIL", "HIL": "GOV"}
    return tuple(
        Party(
            id=other.get(p.id, p.id), label=p.label, own_name=p.own_name, kind=p.kind,
            aliases=tuple(
                Alias(name=a.name, used_by=other.get(a.used_by, a.used_by), loaded=a.loaded) for a in p.aliases
            ),
            member_of=tuple(Membership(of=other.get(m.of, m.of)) for m in p.member_of),
        )
        for p in register
    )  # fmt: skip


def day(text: str | None, last: str | None = None) -> When:
    """A day, an interval of days, or an unknown time."""
    if text is None:
        return UNKNOWN_WHEN
    first = dt.date.fromisoformat(text)
    end = dt.date.fromisoformat(last) if last else first
    return When(edtf=f"{text}/{end}", first=first, last=end, precision=Precision.DAY, rule="test")


def reading(
    *,
    number: int = 0,
    kind: Kind = Kind.ACCUSATION,
    act: Act = Act.SHELLING,
    happened: When | None = None,
    said: When | None = None,
    places: Sequence[Place] = (TOLM,),
    speaker: str | None = "HIL",
    agent: str | None = "GOV",
    agent_words: str = "the army",
    killed: int | str | None = None,
    negated: bool = False,
    issuer: str = "Hill League",
    title: str | None = None,
    text: str = "They fired on Tolm.",
    published: str = "2031-05-12",
) -> Reading:
    """One document with one claim; the claim's id is `d<number>#0`."""
    document = Document(
        id=f"d{number}", source_sha256="0" * 64, text=text, issuer=issuer, published=published, title=title
    )
    claim = Claim(
        id=f"d{number}#0", document_id=document.id, kind=kind, act=act, trigger=document.quote(0, 4),
        quote=document.quote(0, len(text)), speaker=Mention(text="issuer"), agent=(Mention(text=agent_words),),
        places=tuple(Mention(text=place.name) for place in places),
        counts=() if killed is None else (Count(of="killed", value=killed),), negated=negated, made=MADE,
    )  # fmt: skip
    times = Times(
        claim_id=claim.id, happened=day("2031-05-09") if happened is None else happened,
        said=day(published) if said is None else said, published=day(published), captured=UNKNOWN_WHEN, made=MADE,
    )  # fmt: skip
    parties = [("speaker", "issuer", speaker), ("agent", agent_words, agent)]
    return Reading(
        source=Source(sha256="0" * 64, uri="", media_type="text/plain", size_bytes=1, captured=""),
        document=document,
        dating=Dating(document_id=document.id, published=times.published, written=times.said, agrees=None,
                      evidence=(), made=MADE),
        claims=(claim,),
        times=(times,),
        places=tuple(_resolved(claim.id, at, place) for at, place in enumerate(places)),
        parties=tuple(
            PartyResolution(claim_id=claim.id, field=field, index=0, words=words, party=party, rule="t", made=MADE)
            for field, words, party in parties
        ),
    )  # fmt: skip


def _resolved(claim_id: str, index: int, place: Place) -> PlaceResolution:
    candidate = PlaceCandidate(place=place, score=1.0)
    return PlaceResolution(
        claim_id=claim_id, index=index, words=place.name, candidates=(candidate,), chosen=candidate, rule="t", made=MADE
    )


def event(**changed: Any) -> Event:
    """An event at Tolm on 9 May 2031 of which villagers told the Valley Post."""
    given: dict[str, Any] = {
        "id": "1", "dataset": "t", "first": dt.date(2031, 5, 9), "last": dt.date(2031, 5, 9), "date_prec": 1,
        "lat": 10.0, "lon": 20.0, "where_prec": 1, "radius_km": 3.0, "place": "Tolm", "acts": ("shelling", "killing"),
        "event_type": "shelling", "actor1": "Government of Arda", "actor2": "Hill League", "deaths": 3,
        "outlet": "Valley Post", "informant": "villagers",
        "citations": (("Valley Post", "2031-05-10", "Shells on Tolm"),),
    }  # fmt: skip
    return Event(**{**given, **changed})


def ged(path: Path, rows: Sequence[Mapping[str, str]], *, columns: Sequence[str] = GED_COLUMNS, **options: Any) -> Path:
    """Write a GED file; each row is `GED_ROW` with changes, numbered from 1 where it has no id."""
    with path.open("w", encoding=options.pop("encoding", "utf-8"), newline="") as stream:
        writer = csv.DictWriter(stream, columns, restval="", extrasaction="ignore", **options)
        writer.writeheader()
        for number, row in enumerate(rows, 1):
            writer.writerow({**GED_ROW, "id": str(number), **row})
    return path
