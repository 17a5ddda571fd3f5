"""The two documents of the sample case, and what a reader finds in them."""

import datetime as dt
from collections.abc import Sequence
from hashlib import sha256

from pactwatch.model import (
    ISSUER,
    UNKNOWN_WHEN,
    Act,
    Claim,
    Dating,
    Document,
    IssuerType,
    Kind,
    Made,
    Mention,
    Party,
    PartyKind,
    PartyResolution,
    Place,
    PlaceCandidate,
    PlaceResolution,
    Precision,
    Problem,
    Quote,
    Reading,
    Source,
    Statement,
    Times,
    When,
)

GOVERNMENT = Party(
    id="varana", label="Government of Varana", own_name="Government of Varana", kind=PartyKind.GOVERNMENT
)
FRONT = Party(id="spf", label="Seln People's Front", own_name="Seln People's Front", kind=PartyKind.ARMED_GROUP)
MADE = Made(by="testing", version="1", certainty=0.8)

BULLETIN = """{first} – Army Staff
Osmera, 3 April 2031

Today at about 05:40 gangs of the so-called {second} attacked our post at Karsa. Private Luka Senn was taken away \
by the attackers. Our unit answered the fire, and no shell was fired from our side.

The {second} must return Private Senn without any condition. If such an attack is repeated, the answer will come.
"""
REPLY = """{second} – Press Office
Velm, 4 April 2031

No unit of ours attacked Karsa. In the night of 2 to 3 April the army of the regime shelled Lower Lisk and Kamen, \
which is a violation of Article 4. The first fifty prisoners will be released on 15 April, as foreseen.
"""

PLACES = {
    "Karsa": (43.42, -37.81, 2.0, "Tarvan"),
    "Lower Lisk": (43.34, -37.73, 3.0, "Tarvan"),
    "Kamen (Upper Seln)": (43.14, -37.71, 3.0, "Upper Seln"),
    "Kamen (Dray)": (42.17, -37.94, 3.0, "Dray"),
}


def sample_place(name: str) -> Place:
    """Return one of the four places of the sample by name; `KeyError` for any other."""
    lat, lon, radius_km, admin1 = PLACES[name]
    return Place(
        id=f"case:{name}",
        name=name,
        kind="village",
        gazetteer="case",
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        where_prec=1,
        country="Varana",
        admin1=admin1,
    )


def words(document: Document, text: str, nth: int = 0) -> Quote:
    """Return where `text` stands in the document for the nth time (from 0); `ValueError` where it does not."""
    start = -1
    for _ in range(nth + 1):
        start = document.text.index(text, start + 1)
    return document.quote(start, start + len(text))


def day(first: str, last: str | None = None, **fields: object) -> When:
    """Return the time from one ISO day to another (the same day where none is given), with day precision."""
    edtf = first if last is None else f"{first}/{last}"
    known = {"precision": Precision.DAY, "anchor": "written", "rule": "testing", **fields}
    return When(
        edtf=edtf,
        first=dt.date.fromisoformat(first),
        last=dt.date.fromisoformat(last or first),
        **known,  # type: ignore[arg-type]
    )


def sample_document(id: str, text: str, issuer: str | None, published: str) -> Document:
    """Return a document of a party with that text; its source's hash is the hash of the text."""
    return Document(
        id=id,
        source_sha256=sha256(text.encode()).hexdigest(),
        text=text,
        issuer=issuer,
        issuer_type=IssuerType.PARTY,
        published=published,
        title=text.split("\n", 1)[0],
        language="en",
    )


def _claim(
    document: Document,
    number: int,
    kind: Kind,
    act: Act,
    quote: str,
    trigger: str,
    *,
    agent: str = "",
    target: str = "",
    places: Sequence[str] = (),
    time: str = "",
    negated: bool = False,
    condition: str = "",
) -> Claim:
    def mention(text: str) -> Mention:
        return Mention(text=text) if text == ISSUER else Mention(text=text, quote=words(document, text))

    return Claim(
        id=f"{document.id}-{number}",
        document_id=document.id,
        kind=kind,
        act=act,
        trigger=words(document, trigger),
        quote=words(document, quote),
        speaker=Mention(text=ISSUER),
        agent=(mention(agent),) if agent else (),
        target=(mention(target),) if target else (),
        places=tuple(mention(one) for one in places),
        time=mention(time) if time else None,
        negated=negated,
        condition=words(document, condition) if condition else None,
        trace=(("testing.by-hand", trigger),),
        made=MADE,
    )


def _bulletin_claims(document: Document, second: Party) -> tuple[Claim, ...]:
    gangs, threat = f"gangs of the so-called {second.label}", "If such an attack is repeated, the answer will come"
    attack = f"Today at about 05:40 {gangs} attacked our post at Karsa"
    return (
        _claim(document, 1, Kind.ACCUSATION, Act.ARMED_ATTACK, attack, "attacked", agent=gangs, target="our post",
               places=["Karsa"], time="Today at about 05:40"),
        _claim(document, 2, Kind.ACCUSATION, Act.ABDUCTION, "Private Luka Senn was taken away by the attackers",
               "taken away", agent=gangs, target="Private Luka Senn"),
        _claim(document, 3, Kind.ADMISSION, Act.ARMED_ATTACK, "Our unit answered the fire", "answered the fire",
               agent="Our unit"),
        _claim(document, 4, Kind.DENIAL, Act.SHELLING, "no shell was fired from our side", "shell was fired",
               agent=ISSUER, negated=True),
        _claim(document, 5, Kind.DEMAND, Act.PRISONER_RELEASE,
               f"The {second.label} must return Private Senn without any condition", "return", agent=second.label,
               target="Private Senn"),
        _claim(document, 6, Kind.THREAT, Act.ARMED_ATTACK, threat, "answer will come", agent=ISSUER,
               condition="If such an attack is repeated"),
    )  # fmt: skip


def _reply_claims(document: Document) -> tuple[Claim, ...]:
    night = "In the night of 2 to 3 April"
    shelled = f"{night} the army of the regime shelled Lower Lisk and Kamen"
    return (
        _claim(document, 1, Kind.DENIAL, Act.ARMED_ATTACK, "No unit of ours attacked Karsa", "attacked", agent=ISSUER,
               places=["Karsa"], negated=True),
        _claim(document, 2, Kind.ACCUSATION, Act.SHELLING, shelled, "shelled", agent="the army of the regime",
               places=["Lower Lisk", "Kamen"], time=night),
        _claim(document, 3, Kind.COMMITMENT, Act.PRISONER_RELEASE,
               "The first fifty prisoners will be released on 15 April", "released", agent=ISSUER,
               target="The first fifty prisoners", time="on 15 April"),
    )  # fmt: skip


def _times(claim: Claim, dating: Dating, happened: When) -> Times:
    return Times(
        claim_id=claim.id,
        happened=happened,
        said=dating.written,
        published=dating.published,
        captured=day("2031-05-02", anchor="calendar"),
        made=MADE,
    )


def _party(claim: Claim, field: str, party: Party) -> PartyResolution:
    named: tuple[Mention, ...] = (claim.speaker,) if field == "speaker" else claim.agent
    return PartyResolution(
        claim_id=claim.id, field=field, index=0, words=named[0].text, party=party.id, rule="testing", made=MADE
    )


def _place(claim: Claim, index: int) -> PlaceResolution:
    name = claim.places[index].text
    found = [sample_place(one) for one in PLACES if one.startswith(name)]
    one_only = len(found) == 1
    return PlaceResolution(
        claim_id=claim.id,
        index=index,
        words=name,
        candidates=tuple(PlaceCandidate(place=one, score=1.0 / len(found)) for one in found),
        chosen=PlaceCandidate(place=found[0], score=1.0) if one_only else None,
        rule="testing",
        reason="" if one_only else f"{len(found)} places of the case go by that name",
        made=MADE,
    )


def _reading(
    document: Document, claims: tuple[Claim, ...], dating: Dating, happened: dict[int, When], sides: dict[int, Party]
) -> Reading:
    speaker = sides[0]
    return Reading(
        source=Source(
            sha256=document.source_sha256,
            uri=f"{document.id}.txt",
            media_type="text/plain",
            size_bytes=len(document.text.encode()),
            captured="2031-05-02T09:00:00+00:00",
        ),
        document=document,
        dating=dating,
        statements=(Statement(document_id=document.id, span=document.quote(0, len(document.text)).span),),
        claims=claims,
        times=tuple(_times(claim, dating, happened.get(at, UNKNOWN_WHEN)) for at, claim in enumerate(claims, start=1)),
        places=tuple(_place(claim, index) for claim in claims for index in range(len(claim.places))),
        parties=tuple(
            one
            for at, claim in enumerate(claims, start=1)
            for one in (_party(claim, "speaker", speaker), _party(claim, "agent", sides.get(at, speaker)))
        ),
        problems=(Problem(code="sample", where=document.id, what="this document was written for tests"),),
    )


def sample_readings(first: Party = GOVERNMENT, second: Party = FRONT) -> tuple[Reading, Reading]:
    """Return the accusing bulletin of `first` and the reply of `second`, whose header and text disagree on the date."""
    bulletin = sample_document(
        "bulletin", BULLETIN.format(first=first.label, second=second.label), first.label, "2031-04-03"
    )
    reply = sample_document("reply", REPLY.format(second=second.label), second.label, "2032-04-14")
    agrees = Dating(
        document_id="bulletin",
        published=day("2031-04-03", anchor="published"),
        written=day("2031-04-03"),
        agrees=True,
        evidence=((words(bulletin, "3 April 2031"), "its dateline gives this day"),),
        made=MADE,
    )
    differs = Dating(
        document_id="reply",
        published=day("2032-04-14", anchor="published"),
        written=day("2031-04-04"),
        agrees=False,
        evidence=((words(reply, "4 April 2031"), "its dateline gives this day, a year before its header"),),
        made=MADE,
    )
    attack, night = day("2031-04-03"), day("2031-04-02", "2031-04-03")
    promised = day("2031-04-15", anchor="expression")
    return (
        _reading(bulletin, _bulletin_claims(bulletin, second), agrees, {1: attack, 3: attack, 4: attack},
                 {0: first, 1: second, 2: second, 5: second}),
        _reading(reply, _reply_claims(reply), differs, {1: attack, 2: night, 3: promised}, {0: second, 2: first}),
    )  # fmt: skip
