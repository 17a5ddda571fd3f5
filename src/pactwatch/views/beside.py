"""What stands beside a claim: clauses, other claims, records, who looked. None of it says what happened."""

from dataclasses import dataclass

from pactwatch.model import (
    Agreement,
    AnsweredTest,
    Checked,
    Claim,
    ClaimLink,
    Clause,
    ClauseLink,
    Corroboration,
    Coverage,
    Event,
    Independence,
)
from pactwatch.views.lookup import Lookup
from pactwatch.views.told import lead, says
from pactwatch.views.wording import (
    ANSWERS,
    INDEPENDENCE,
    NOT_OBSERVED,
    RELATIONS,
    SUMMARIES,
    agreement_name,
    counted,
    days_text,
    joined,
)

QUESTIONS = (
    ("in_force", "In force then?"),
    ("in_area", "In the area?"),
    ("bound", "Is that actor bound?"),
    ("act", "Is it that act?"),
)

HIGH_CHANCE_SHARE = 0.5
"""At one half, a claim as vague as this finds as good a match by chance as often as not: the match tells nothing."""


DENIALS_SHOWN = 2
"""How many refusals of access a sentence spells out; the others are counted, and `--json` holds them all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """One of the four answers: `mark` and `word` always go together; words from both texts where there are any."""

    question: str
    mark: str
    word: str
    reason: str
    claim_words: str = ""
    clause_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseLine:
    """A clause that a claim touches, and whether it applies *if the claim is true*. `paraphrase` is the file's."""

    agreement: str
    clause: str
    versioned: str
    title: str
    paraphrase: str
    text: str
    role: str
    answers: tuple[AnswerLine, ...]
    summary: str
    deadline: str = ""
    certainty: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationLine:
    """Another claim beside this one. `denial` is True for a denial of this claim or by it (law 5: same weight)."""

    relation: str
    claim_id: str
    number: str
    lead: str
    words: str
    says: str
    denial: bool
    certainty: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """An event record near a claim. `support` says whether it supports the speaker, and why not where it does not."""

    dataset: str
    event_id: str
    what: str
    when: str
    distance_km: float
    days: int
    near: str
    independence: str
    reason: str
    chance_share: float
    worth: str
    supports: bool
    support: str
    otherwise: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """Who looked there and then: `text` is for reading; `observed` is None where no log covers it (law 7).

    `denied` holds every refusal of access; `text` spells out the first ones only.
    """

    observed: bool | None
    text: str
    denied: tuple[str, ...] = ()


def clause_lines(claim: Claim, checked: Checked, lookup: Lookup) -> tuple[ClauseLine, ...]:
    """Return the clauses that a claim touches, best first."""
    agreements = {one.id: one for one in checked.agreements}
    links = sorted(lookup.clauses.get(claim.id, ()), key=lambda one: -one.score)
    return tuple(_clause_line(link, agreements.get(link.agreement_id)) for link in links)


def clause_of(link: ClauseLink, agreement: Agreement | None) -> Clause | None:
    """Return the version of the clause that a link names; None where the agreement does not hold it."""
    versions = agreement.versions(link.clause_id) if agreement else ()
    return next((one for one in versions if one.version == link.version), versions[-1] if versions else None)


def _clause_line(link: ClauseLink, agreement: Agreement | None) -> ClauseLine:
    clause = clause_of(link, agreement)
    return ClauseLine(
        agreement=agreement_name(agreement) if agreement else link.agreement_id,
        clause=link.clause_id,
        versioned=f"{link.clause_id}@{link.version.isoformat()}",
        title=clause.title if clause else "",
        paraphrase=clause.paraphrase if clause else "",
        text=clause.text if clause else "",
        role=link.role,
        answers=tuple(_answer(question, getattr(link.applicability, field)) for field, question in QUESTIONS),
        summary=SUMMARIES[link.applicability.summary],
        deadline=f"{link.deadline:%Y-%m-%d %H:%M}" if link.deadline else "",
        certainty=link.made.certainty,
    )


def _answer(question: str, test: AnsweredTest) -> AnswerLine:
    mark, word = ANSWERS[test.answer]
    return AnswerLine(
        question=question,
        mark=mark,
        word=word,
        reason=test.reason,
        claim_words=test.claim_words.text if test.claim_words else "",
        clause_words=test.clause_words,
    )


def relation_lines(claim: Claim, lookup: Lookup) -> tuple[RelationLine, ...]:
    """Return the claims that stand beside this one, denials first; links to claims that were not read are left out."""
    lines = [
        *(_relation(link, 0, link.to_claim_id, lookup) for link in lookup.links_from.get(claim.id, ())),
        *(_relation(link, 1, link.claim_id, lookup) for link in lookup.links_to.get(claim.id, ())),
    ]
    return tuple(sorted((one for one in lines if one), key=lambda one: not one.denial))


def _relation(link: ClaimLink, direction: int, other: str, lookup: Lookup) -> RelationLine | None:
    claim = lookup.claims.get(other)
    if claim is None:
        return None
    return RelationLine(
        relation=RELATIONS[link.relation][direction],
        claim_id=other,
        number=lookup.number[other],
        lead=lead(claim, lookup),
        words=claim.quote.text,
        says=says(claim, lookup),
        denial=link.relation.value == "denies",
        certainty=link.made.certainty,
    )


def record_lines(claim: Claim, lookup: Lookup) -> tuple[RecordLine, ...]:
    """Return the records near a claim: those that support it first, the nearest match before others."""
    found = sorted(
        lookup.records.get(claim.id, ()), key=lambda one: (not one.supports, -one.score, one.dataset, one.event_id)
    )
    return tuple(_record(one, lookup.events.get((one.dataset, one.event_id))) for one in found)


def _record(match: Corroboration, event: Event | None) -> RecordLine:
    return RecordLine(
        dataset=match.dataset,
        event_id=match.event_id,
        what=event_text(event) if event else "the row is not at hand",
        when=days_text(event.first, event.last) if event else "",
        distance_km=match.distance_km,
        days=match.days,
        near=_near(match.distance_km, match.days),
        independence=INDEPENDENCE[match.independence],
        reason=match.independence_reason,
        chance_share=match.chance,
        worth=worth(match.chance),
        supports=match.supports,
        support=_support(match),
        otherwise=match.contradicts,
    )


def event_text(event: Event) -> str:
    """Return a record in words as its data set has it: type, place, actors, deaths, whose word it is."""
    actors = joined([one for one in (event.actor1, event.actor2) if one])
    deaths = f"; {counted(event.deaths, 'death')} recorded" if event.deaths is not None else ""
    source = "; ".join(dict.fromkeys(one for one in (event.informant, event.outlet) if one))
    return (
        f"{event.event_type or 'event'} at {event.place or 'an unnamed place'}"
        + (f", {actors}" if actors else "")
        + deaths
        + (f" (source: {source})" if source else "")
    )


def _near(distance_km: float, days: int) -> str:
    space = f"{distance_km:.0f} km away or more" if distance_km >= 1 else "the places may be one"
    time = f"{counted(days, 'day')} apart or more" if days else "the days may be one"
    return f"{space}, {time}"


def worth(chance_share: float) -> str:
    """Return what a match is worth, by how often a claim as vague as this one would have matched by chance."""
    share = "under 1 %" if chance_share < 0.01 else f"{chance_share:.0%}".replace("%", " %")
    tail = ", so it tells next to nothing" if chance_share >= HIGH_CHANCE_SHARE else ""
    return f"claims as vague as this one find as good a match by chance in {share} of cases{tail}"


def _support(match: Corroboration) -> str:
    if match.supports:
        return "supports the claim as to act, place and time; who did it is another question"
    reasons = {
        Independence.SAME_PARTY: "it rests on the speaker's own side",
        Independence.DERIVED: "it rests on the speaker's own account",
        Independence.SAME_OUTLET: "it comes from the same outlet",
        Independence.UNKNOWN: "nobody says whose word it is",
    }
    return f"does not support: {reasons.get(match.independence, 'what it records is not what is claimed')}"


def seen(claim: Claim, lookup: Lookup) -> Seen:
    """Return who looked at the claim's place and days."""
    found = lookup.coverage.get(claim.id)
    if found is None or found.observed is None:
        note = found.note.removeprefix(NOT_OBSERVED).lstrip(": ") if found else ""
        return Seen(observed=None, text=f"{NOT_OBSERVED}: {note}" if note else NOT_OBSERVED)
    return Seen(observed=found.observed, text=_seen_text(found), denied=found.denied)


def _seen_text(coverage: Coverage) -> str:
    more = len(coverage.denied) - DENIALS_SHOWN
    denied = f"; access denied: {'; '.join(coverage.denied[:DENIALS_SHOWN])}" if coverage.denied else ""
    denied += f"; and {counted(more, 'more day or sector', 'more days or sectors')}" if more > 0 else ""
    note = f" ({coverage.note})" if coverage.note else ""
    if not coverage.observed:
        return f"{NOT_OBSERVED}: no hours logged on {counted(coverage.days, 'day')}{denied}{note}"
    return (
        f"somebody looked: {coverage.hours:g} h, {coverage.days_observed} of {counted(coverage.days, 'day')}"
        f"{denied}{note}"
    )
