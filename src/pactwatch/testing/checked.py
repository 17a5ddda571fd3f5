"""The sample case, checked: its agreement, its records, who looked, and the facts that lie beside its claims."""

import datetime as dt
from collections.abc import Sequence

from pactwatch.model import (
    Act,
    Agreement,
    Answer,
    AnsweredTest,
    Applicability,
    Area,
    Binding,
    Checked,
    Claim,
    ClaimLink,
    Clause,
    ClauseLink,
    Corroboration,
    Coverage,
    Event,
    EventSet,
    Exposure,
    Incident,
    IncidentState,
    Independence,
    Instrument,
    Membership,
    Modality,
    Party,
    PartyKind,
    Problem,
    Relation,
)
from pactwatch.testing.readings import FRONT, GOVERNMENT, MADE, PLACES, sample_place, sample_readings


def _clause(id: str, act: Act, paraphrase: str, modality: Modality = Modality.MUST_NOT, **fields: object) -> Clause:
    known = {"version": dt.date(2031, 3, 14), "since": dt.datetime(2031, 4, 1), **fields}
    return Clause(id=id, acts=(act,), modality=modality, paraphrase=paraphrase, area="zone", **known)  # type: ignore[arg-type]


def sample_agreement(first: Party = GOVERNMENT, second: Party = FRONT) -> Agreement:
    """Return an agreement of the two with five clauses, one of them in two versions, and one who is not bound."""
    signed, amended, sides = dt.date(2031, 3, 14), dt.date(2031, 6, 2), (first.id, second.id)
    release = "Each side releases prisoners in three batches, the first on 15 April 2031."
    return Agreement(
        id="harrow-bridge-sample",
        title="Harrow Bridge Agreement",
        zone="+02:00",
        invented=True,
        parties=sides,
        instruments=(
            Instrument(prefix="HBA", title="Harrow Bridge Agreement", signed=signed, signatories=sides),
            Instrument(prefix="OP", title="Osmera Protocol", signed=amended, signatories=sides),
        ),
        bindings=(
            *(Binding(party=one, status="bound", since=signed, basis="signature") for one in sides),
            Binding(party="kordia", status="not_bound", note="a neighbour that signed nothing"),
        ),
        areas=(Area(id="zone", title="the provinces of Tarvan, Upper Seln, Lower Seln and Dray"),),
        clauses=(
            _clause("HBA/4/a", Act.ARMED_ATTACK, "Attacks of any kind upon the other side's forces are prohibited."),
            _clause("HBA/4/c", Act.SHELLING, "Shelling, and any firing of heavy weapons, is prohibited."),
            _clause("HBA/4/f", Act.ABDUCTION, "Abduction and hostage-taking are prohibited."),
            _clause(
                "HBA/5/1", Act.ARMED_ATTACK, "Immediate and proportionate self-defence is permitted.", Modality.MAY
            ),
            _clause("HBA/8/1", Act.PRISONER_RELEASE, release, Modality.MUST),
            _clause("HBA/8/1", Act.PRISONER_RELEASE, release, Modality.MUST, version=amended, amended_by="OP/1/1"),
        ),
        unpublished=("the list of prisoners",),
        licence="CC0",
    )


def _link(claim: Claim, clause: str, clause_words: str, answers: str = "++++", role: str = "obligation") -> ClauseLink:
    """`answers` are the four in order: `+` met, `-` not met, `?` unknown."""
    named = {"+": Answer.MET, "-": Answer.NOT_MET, "?": Answer.UNKNOWN}
    reasons = ("it has effect since 1 April 2031", "the place lies in the zone", "the one named signed it",
               "the act named is of this kind")  # fmt: skip
    tests = [
        AnsweredTest(
            answer=named[sign],
            reason=reason if sign == "+" else "the words leave it open" if sign == "?" else "said not to have happened",
            claim_words=claim.trigger if at == 3 else None,
            clause_words=clause_words,
        )
        for at, (sign, reason) in enumerate(zip(answers, reasons, strict=True))
    ]
    in_force, in_area, bound, act = tests
    due = dt.datetime(2031, 4, 15, 23, 59) if clause == "HBA/8/1" else None
    return ClauseLink(
        claim_id=claim.id, agreement_id="harrow-bridge-sample", clause_id=clause, version=dt.date(2031, 3, 14),
        role=role, score=0.9, words=(claim.trigger,), features=(("act", 1.0),), deadline=due, made=MADE,
        applicability=Applicability(in_force=in_force, in_area=in_area, bound=bound, act=act),
    )  # fmt: skip


def _event(id: str, day_of: int, place: str, act: Act, **fields: object) -> Event:
    at, when = sample_place(place), dt.date(2031, 4, day_of)
    return Event(
        id=id, dataset="monitors.csv", first=when, last=when, date_prec=1, lat=at.lat, lon=at.lon, where_prec=1,
        radius_km=1.0, place=place, acts=(act.value,), event_type=act.value.replace("_", " "), **fields,  # type: ignore[arg-type]
    )  # fmt: skip


def _beside(claim: Claim, event: Event, independence: Independence, reason: str, chance: float) -> Corroboration:
    return Corroboration(
        claim_id=claim.id, event_id=event.id, dataset=event.dataset, score=0.8, distance_km=0.0, days=0,
        independence=independence, independence_reason=reason, chance=chance,
        supports=independence is Independence.INDEPENDENT, made=MADE,
        contradicts=("it names no attacker",) if event.actor1 == "unidentified" else (),
    )  # fmt: skip


def _links(a: Sequence[Claim], b: Sequence[Claim]) -> tuple[ClauseLink, ...]:
    return (
        _link(a[0], "HBA/4/a", "attacks of any kind"),
        _link(a[1], "HBA/4/f", "abduction", "??++"),
        _link(a[2], "HBA/5/1", "self-defence", "++++", "exception"),
        _link(a[3], "HBA/4/c", "shelling", "+?+-"),
        _link(a[4], "HBA/8/1", "prisoners", "+?++"),
        _link(b[0], "HBA/4/a", "attacks of any kind", "+++-"),
        _link(b[1], "HBA/4/c", "shelling"),
        _link(b[2], "HBA/8/1", "prisoners", "+?++"),
    )


def _register(first: Party, second: Party) -> tuple[Party, ...]:
    army = Party(
        id="army",
        label=f"Forces of {first.label}",
        own_name="Army",
        kind=PartyKind.FORCES,
        member_of=(Membership(of=first.id),),
    )
    kordia = Party(id="kordia", label="Kordia", own_name="Republic of Kordia", kind=PartyKind.STATE)
    return (first, second, army, kordia)


def _patrols() -> tuple[Exposure, ...]:
    def patrol(day_of: int, done: int, hours: float, access: str, denied_by: str = "") -> Exposure:
        when = dt.date(2031, 4, day_of)
        return Exposure(
            day=when, sector="Tarvan", planned=2, done=done, hours=hours, access=access, denied_by=denied_by
        )

    return (patrol(2, 0, 0.0, "none", "local commander"), patrol(3, 2, 8.5, "full"))


def sample_checked(first: Party = GOVERNMENT, second: Party = FRONT) -> Checked:
    """Return both readings held against the agreement, three records and a patrol log of two days."""
    readings = sample_readings(first, second)
    a, b = (reading.claims for reading in readings)
    seen = _event("M-1", 3, "Karsa", Act.ARMED_ATTACK, actor1="unidentified", outlet="Monitors' daily report")
    relayed = _event("M-2", 3, "Karsa", Act.ARMED_ATTACK, actor1=second.label, informant=f"{first.label} – Army Staff")
    heard = _event("M-3", 2, "Lower Lisk", Act.SHELLING, outlet="Radio Delta", informant="villagers")
    karsa, contested = (a[0].id, a[2].id, b[0].id), IncidentState.CONTESTED
    return Checked(
        title="A sample case",
        as_of=dt.date(2031, 5, 2),
        agreements=(sample_agreement(first, second),),
        register=_register(first, second),
        readings=readings,
        clause_links=_links(a, b),
        claim_links=(
            ClaimLink(claim_id=b[0].id, relation=Relation.DENIES, to_claim_id=a[0].id, score=0.9, made=MADE),
            ClaimLink(claim_id=b[1].id, relation=Relation.CONTRADICTS, to_claim_id=a[3].id, score=0.7, made=MADE),
        ),
        incidents=(
            Incident(id="I1", claim_ids=karsa, state=contested, title="Karsa, 3 April"),
            Incident(id="I2", claim_ids=(b[1].id,), state=IncidentState.UNCONTESTED, title="Lower Lisk, 2–3 April"),
        ),
        event_sets=(EventSet(name="monitors.csv", format="csv", rows=12, left_out=1),),
        events=(seen, relayed, heard),
        corroborations=(
            _beside(a[0], seen, Independence.INDEPENDENT, "a patrol saw it", 0.04),
            _beside(a[0], relayed, Independence.DERIVED, "it rests on the speaker's own bulletin", 0.04),
            _beside(b[1], heard, Independence.UNKNOWN, "the data set does not name its informant", 0.6),
        ),
        exposures=_patrols(),
        coverage=(
            Coverage(claim_id=a[0].id, observed=True, hours=8.5, days_observed=1, days=1),
            Coverage(claim_id=b[1].id, observed=False, hours=0.0, days_observed=0, days=2, denied=("road closed",)),
            Coverage(claim_id=a[1].id, observed=None, hours=0.0, days_observed=0, days=0, note="no time is known"),
        ),
        places=tuple(sample_place(name) for name in PLACES),
        problems=(Problem(code="event-date", where="monitors.csv", line=7, what="31 April is no date; row left out"),),
    )
