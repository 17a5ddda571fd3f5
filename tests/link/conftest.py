"""An invented pact between the Council of the North Bank and the Hill League, and claims about it in one line each."""

import datetime as dt
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from pactwatch.model import (
    ISSUER,
    UNKNOWN_WHEN,
    Act,
    Agreement,
    Area,
    Binding,
    Claim,
    Clause,
    ClauseRole,
    Count,
    Dating,
    Document,
    Instrument,
    IssuerType,
    Kind,
    Limit,
    Made,
    Membership,
    Mention,
    Modality,
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
SIGNED, AMENDED = dt.date(2040, 1, 10), dt.date(2040, 6, 1)
EFFECT = dt.datetime(2040, 2, 1)
BOTH = ("council", "league")


def place(name: str, lat: float, lon: float, *, admin1: str, radius_km: float = 1.0, kind: str = "village") -> Place:
    """Return a place of the invented country."""
    return Place(
        id=f"case:{name}",
        name=name,
        kind=kind,
        gazetteer="case",
        lat=lat,
        lon=lon,
        radius_km=radius_km,
        where_prec=1,
        country="Twobanks",
        admin1=admin1,
    )


PLACES = (
    place("Twobanks", 0.5, 0.0, admin1="", kind="country", radius_km=200),
    place("Reed", 0.5, 0.0, admin1="Reed", kind="province", radius_km=60),
    place("Quarry", 0.5, 2.0, admin1="Quarry", kind="province", radius_km=60),
    place("Alder", 0.5, 0.02, admin1="Reed"),
    place("Birch", 0.5, 0.088, admin1="Reed"),
    place("Cedar", 0.5, 0.3, admin1="Reed"),
    place("Slate", 0.5, 2.0, admin1="Quarry"),
)
"""The line runs along the meridian of 0°: Alder lies 2 km from it, Birch 9.8 km, Cedar 33 km."""

REGISTER = (
    Party(id="council", label="North Bank Council", own_name="the Council", kind=PartyKind.GOVERNMENT),
    Party(id="league", label="Hill League", own_name="the League", kind=PartyKind.ARMED_GROUP),
    Party(
        id="watch",
        label="Ferry Watch",
        own_name="the Watch",
        kind=PartyKind.MILITIA,
        member_of=(Membership(of="council", since=dt.date(2040, 6, 10)),),
    ),
    Party(id="split", label="New League", own_name="the New League", kind=PartyKind.ARMED_GROUP),
    Party(id="osta", label="Osta", own_name="Osta", kind=PartyKind.STATE),
    Party(
        id="staff",
        label="Council Staff",
        own_name="the Staff",
        kind=PartyKind.OFFICE,
        member_of=(Membership(of="council"),),
    ),
    Party(id="mission", label="Bank Mission", own_name="the Mission", kind=PartyKind.MONITOR),
)


def clause(id: str, *acts: Act, modality: Modality = Modality.MUST_NOT, **fields: object) -> Clause:
    """Return a clause with what most clauses of the pact have in common."""
    known: dict[str, object] = {
        "version": SIGNED,
        "obligor": BOTH,
        "area": "application",
        "since": EFFECT,
        "paraphrase": f"what {id} says",
        **fields,
    }
    return Clause(id=id, acts=acts, modality=modality, **known)  # type: ignore[arg-type]


CLAUSES = (
    clause("TB/1", Act.SHELLING, words=("shelling",), exceptions=("TB/8",)),
    clause("TB/2", Act.ARMED_ATTACK, targets=("forces",), words=("attack",), exceptions=("TB/8",)),
    clause("TB/3", Act.KILLING, Act.ARMED_ATTACK, Act.AIR_STRIKE, targets=("civilians", "civilian objects")),
    clause("TB/4", Act.TROOP_MOVEMENT, area="near-10", words=("drone", "aircraft"), only_with=True),
    clause("TB/4", Act.TROOP_MOVEMENT, area="near-30", words=("drone", "aircraft"), only_with=True, version=AMENDED),
    clause(
        "TB/5",
        Act.PRISONER_RELEASE,
        modality=Modality.MUST,
        area="",
        since=None,
        words=("prisoners",),
        deadlines=(dt.datetime(2040, 3, 1, 23, 59, 59),),
    ),
    clause("TB/6", Act.BOMBING, words=("mines",)),
    clause(
        "TB/7",
        Act.OBSTRUCTION,
        words=("inspection",),
        only_with=True,
        limits=(Limit(of="inspection_hours", value=6, bound="at_most"),),
    ),
    clause(
        "TB/8",
        Act.ARMED_ATTACK,
        Act.SHELLING,
        Act.MONITORING,
        modality=Modality.MAY,
        role=ClauseRole.EXCEPTION,
        words=("self-defence", "report after fire"),
        only_with=True,
        excepts=("TB/1", "TB/2"),
        requires=("the response is immediate", "it is reported within 12 hours"),
    ),
    clause(
        "TB/9",
        Act.RAID,
        Act.MONITORING,
        modality=Modality.MAY,
        role=ClauseRole.EXCEPTION,
        words=("operation", "advance notice"),
        only_with=True,
        excepts=("TB/1",),
        requires=("notice is given 24 hours ahead",),
    ),
)

AGREEMENT = Agreement(
    id="two-banks",
    title="Two Banks Pact",
    parties=BOTH,
    countries=("Twobanks",),
    instruments=(
        Instrument(prefix="TB", title="Two Banks Pact", signed=SIGNED),
        Instrument(prefix="TP", title="Protocol", signed=AMENDED, amends=("TB",)),
    ),
    bindings=(
        Binding(party="watch", status="unknown", until=dt.date(2040, 6, 9), note="under a test of control"),
        Binding(party="watch", status="bound", since=dt.date(2040, 6, 10), basis="TP/1"),
        Binding(party="split", status="unknown", note="signed nothing"),
        Binding(party="osta", status="not_bound", note="a neighbour"),
    ),
    areas=(
        Area(id="application", title="Reed", units=("Reed",), until=dt.date(2040, 6, 14)),
        Area(id="application", title="Reed and Quarry", units=("Reed", "Quarry"), since=dt.date(2040, 6, 15)),
        Area(
            id="near-10",
            title="within 10 km of the line",
            line=((0.0, 0.0), (1.0, 0.0)),
            within_km=10,
            line_error_km=0.5,
            words=("the line",),
        ),
        Area(
            id="near-30",
            title="within 30 km of the line",
            line=((0.0, 0.0), (1.0, 0.0)),
            within_km=30,
            line_error_km=0.5,
            words=("the line",),
        ),
    ),
    clauses=CLAUSES,
)


def day(first: str | None, last: str | None = None) -> When:
    """Return a day, a span of days, or an unknown time."""
    if first is None:
        return UNKNOWN_WHEN
    end = last or first
    return When(
        edtf=first if last is None else f"{first}/{last}",
        first=dt.date.fromisoformat(first),
        last=dt.date.fromisoformat(end),
        precision=Precision.DAY,
    )


@dataclass(kw_only=True)
class Told:
    """One claim as a test writes it: its sentence, and who did what to whom, where and when."""

    text: str
    kind: Kind = Kind.ACCUSATION
    act: Act = Act.SHELLING
    trigger: str = ""
    agent: str = ""
    target: str = ""
    at: str = ""
    on: str | None = "2040-03-05"
    until: str | None = None
    speaker: str = ISSUER
    negated: bool = False
    counts: dict[str, int] = field(default_factory=dict)
    parties: dict[str, str] = field(default_factory=dict)


@dataclass(kw_only=True)
class Text:
    """A document of such claims; `by` is the issuer's party id."""

    id: str
    by: str = "council"
    said: str = "2040-03-06"
    claims: list[Told]
    issuer_type: IssuerType = IssuerType.PARTY


def reading(text: Text) -> Reading:
    """Return the reading of a text: one sentence a line, each claim its whole sentence."""
    document = Document(
        id=text.id,
        source_sha256="",
        text="\n".join(told.text for told in text.claims),
        issuer=text.by,
        issuer_type=text.issuer_type,
        published=text.said,
    )
    claims, times, places, parties, start = [], [], [], [], 0
    for index, told in enumerate(text.claims):
        claim = _claim(document, told, index, start)
        start += len(told.text) + 1
        claims.append(claim)
        said = day(text.said)
        times.append(
            Times(
                claim_id=claim.id,
                happened=day(told.on, told.until),
                said=said,
                published=said,
                captured=UNKNOWN_WHEN,
                made=MADE,
            )
        )
        places += _places(claim, told)
        parties += _parties(claim, told, text.by)
    return Reading(
        source=Source(sha256="", uri="", media_type="text/plain", size_bytes=0, captured=""),
        document=document,
        dating=Dating(
            document_id=text.id, published=day(text.said), written=UNKNOWN_WHEN, agrees=None, evidence=(), made=MADE
        ),
        claims=tuple(claims),
        times=tuple(times),
        places=tuple(places),
        parties=tuple(parties),
    )


def _claim(document: Document, told: Told, index: int, start: int) -> Claim:
    quote = document.quote(start, start + len(told.text))
    at = start + told.text.index(told.trigger) if told.trigger else start
    trigger = document.quote(at, at + len(told.trigger or told.text))
    return Claim(
        id=f"{document.id}#{index}",
        document_id=document.id,
        kind=told.kind,
        act=told.act,
        trigger=trigger,
        quote=quote,
        speaker=Mention(text=told.speaker),
        agent=tuple(Mention(text=one) for one in told.agent.split("|") if one),
        target=tuple(Mention(text=one) for one in told.target.split("|") if one),
        places=tuple(Mention(text=one) for one in told.at.split("|") if one),
        counts=tuple(Count(of=of, value=value) for of, value in told.counts.items()),
        negated=told.negated,
        made=MADE,
    )


def _places(claim: Claim, told: Told) -> list[PlaceResolution]:
    named = {one.name: one for one in PLACES}
    out = []
    for index, mention in enumerate(claim.places):
        found = tuple(PlaceCandidate(place=named[name], score=1.0) for name in mention.text.split("/") if name in named)
        out.append(
            PlaceResolution(
                claim_id=claim.id,
                index=index,
                words=mention.text,
                candidates=found,
                chosen=found[0] if len(found) == 1 else None,
                rule="test",
                made=MADE,
            )
        )
    return out


def _parties(claim: Claim, told: Told, issuer: str) -> list[PartyResolution]:
    ids = {one.label: one.id for one in REGISTER} | {ISSUER: issuer} | told.parties
    fields = {"speaker": (claim.speaker,), "agent": claim.agent, "target": claim.target}
    return [
        PartyResolution(
            claim_id=claim.id, field=name, index=i, words=m.text, party=ids.get(m.text), rule="test", made=MADE
        )
        for name, mentions in fields.items()
        for i, m in enumerate(mentions)
    ]


@dataclass(frozen=True)
class Invented:
    """The case and the builders, for tests."""

    agreement: Agreement = AGREEMENT
    register: tuple[Party, ...] = REGISTER
    places: tuple[Place, ...] = PLACES

    def told(self, **fields: Any) -> Told:
        """Return one claim as a test writes it."""
        return Told(**fields)

    def text(self, **fields: Any) -> Text:
        """Return a document of such claims."""
        return Text(**fields)

    def reading(self, text: Text) -> Reading:
        """Return the reading of a document."""
        return reading(text)

    def clause(self, id: str, *acts: Act, **fields: Any) -> Clause:
        """Return a clause of the pact."""
        return clause(id, *acts, **fields)

    def with_clauses(self, *clauses: Clause) -> Agreement:
        """Return the pact with other clauses."""
        return replace(self.agreement, clauses=clauses)


@pytest.fixture(scope="session")
def invented() -> Invented:
    """The invented case of two banks of a river."""
    return Invented()
