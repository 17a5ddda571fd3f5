"""A finding: one claim, with everything that stands beside it. It says who says what, and never what happened."""

from dataclasses import dataclass

from pactwatch.model import Checked, Claim, Judgement, Verdict
from pactwatch.views.beside import (
    ClauseLine,
    RecordLine,
    RelationLine,
    Seen,
    clause_lines,
    record_lines,
    relation_lines,
    seen,
)
from pactwatch.views.lookup import Lookup, in_order, of_checked
from pactwatch.views.sides import Side, Sides, sides_of
from pactwatch.views.told import (
    Named,
    Told,
    Where,
    document_name,
    four_times,
    lead,
    participants,
    places,
    says,
    speaker,
)
from pactwatch.views.wording import act_name, counted

MACHINE = "machine"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """What a person made of it: `state` is machine, accepted, rejected or corrected. All judgements stay (law 8)."""

    state: str
    history: tuple[Judgement, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One claim and what stands beside it. `says` is `lead` ("X says that …") with the exact `words`.

    `number` is its place on the page (`2.5`: the fifth claim of the second document). `side` is the side that is said
    to act, `denied` is True where some claim denies this one. `incident` is its id with its computed state.
    """

    claim_id: str
    number: str
    document_id: str
    document: str
    speaker: Named
    lead: str
    says: str
    words: str
    trigger: str
    kind: str
    act: str
    negated: bool
    agent: tuple[Named, ...]
    target: tuple[Named, ...]
    counts: tuple[str, ...]
    side: Side
    places: tuple[Where, ...]
    times: tuple[Told, ...]
    clauses: tuple[ClauseLine, ...]
    relations: tuple[RelationLine, ...]
    records: tuple[RecordLine, ...]
    seen: Seen
    incident: str = ""
    incident_state: str = ""
    review: Review
    certainty: float
    made: str
    unsure: tuple[str, ...] = ()

    @property
    def happened(self) -> Told:
        """When the act is said to have happened."""
        return self.times[0]

    @property
    def denials(self) -> tuple[RelationLine, ...]:
        """The denials beside it."""
        return tuple(one for one in self.relations if one.denial)


def findings(checked: Checked) -> tuple[Finding, ...]:
    """Return a finding for each claim, in the order of the documents and of their text. Nothing is left out."""
    lookup, sides = of_checked(checked), sides_of(checked)
    return tuple(_finding(claim, checked, lookup, sides) for reading in checked.readings for claim in in_order(reading))


def _finding(claim: Claim, checked: Checked, lookup: Lookup, sides: Sides) -> Finding:
    document = lookup.reading_of(claim).document
    incident = lookup.incidents.get(claim.id)
    return Finding(
        claim_id=claim.id,
        number=lookup.number[claim.id],
        document_id=document.id,
        document=document_name(document),
        speaker=speaker(claim, lookup),
        lead=lead(claim, lookup),
        says=says(claim, lookup),
        words=claim.quote.text,
        trigger=claim.trigger.text,
        kind=claim.kind.value,
        act=act_name(claim.act),
        negated=claim.negated,
        agent=participants(claim, "agent", lookup),
        target=participants(claim, "target", lookup),
        counts=tuple(_count(one.of, one.value) for one in claim.counts),
        side=side_of(claim, lookup, sides),
        places=places(claim, lookup),
        times=four_times(claim, lookup),
        clauses=clause_lines(claim, checked, lookup),
        relations=relation_lines(claim, lookup),
        records=record_lines(claim, lookup),
        seen=seen(claim, lookup),
        incident=incident.id if incident else "",
        incident_state=incident.state.value if incident else "",
        review=review(lookup.judgements.get(claim.id, ())),
        certainty=claim.made.certainty,
        made=f"{claim.made.by} {claim.made.version}",
        unsure=claim.unsure,
    )


def _count(of: str, value: int | str) -> str:
    return f"{of}: “{value}”" if isinstance(value, str) else f"{of}: {value}"


def side_of(claim: Claim, lookup: Lookup, sides: Sides) -> Side:
    """Return the side that a claim says acts (or denies to have acted): that of its first resolved agent."""
    times = lookup.times.get(claim.id)
    day = times.happened.first or times.happened.last if times else None
    resolved = [
        lookup.parties[claim.id, "agent", index].party
        for index in range(len(claim.agent))
        if (claim.id, "agent", index) in lookup.parties
    ]
    return sides.side(next((party for party in resolved if party), None), day)


def review(judgements: tuple[Judgement, ...]) -> Review:
    """Return the state that the last judgement leaves; `machine` where nobody has judged."""
    if not judgements:
        return Review(state=MACHINE)
    return Review(state=judgements[-1].verdict.value, history=judgements)


def is_rejected(finding: Finding) -> bool:
    """True where a person has rejected what the reader found: it is shown, and counted nowhere."""
    return finding.review.state == Verdict.REJECTED.value


def certainty_text(certainty_share: float) -> str:
    """Return how sure the reader is that it read right, which says nothing of whether the claim is true."""
    return f"{certainty_share:.0%}".replace("%", " %")


def beside_text(finding: Finding) -> str:
    """Return in a few words what stands beside a finding."""
    parts = [
        counted(len(finding.clauses), "clause") if finding.clauses else "no clause",
        counted(len(finding.denials), "denial") if finding.denials else "no denial",
        counted(len(finding.records), "record") if finding.records else "no record",
    ]
    return ", ".join(parts)
