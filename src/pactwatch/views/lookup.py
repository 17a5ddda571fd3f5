"""Where to find, by claim, everything that a check laid beside it."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pactwatch.model import (
    Checked,
    Claim,
    ClaimLink,
    ClauseLink,
    Corroboration,
    Coverage,
    Event,
    Incident,
    Judgement,
    Party,
    PartyResolution,
    PlaceResolution,
    Reading,
    Times,
)

T = TypeVar("T")


def grouped(items: Iterable[T], key: Callable[[T], str]) -> dict[str, tuple[T, ...]]:
    """Return items by key, in their own order."""
    found: defaultdict[str, list[T]] = defaultdict(list)
    for item in items:
        found[key(item)].append(item)
    return {name: tuple(some) for name, some in found.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """Indexes over one `Checked`, or over one `Reading` alone. Keys are claim ids unless said otherwise.

    `number` is the number that a claim has on every page: `2.5` is the fifth claim of the second document. `register`
    is by party id, `events` by data set and event id. Claims that links name but no reading holds are simply absent.
    """

    claims: Mapping[str, Claim]
    readings: Mapping[str, Reading]
    number: Mapping[str, str]
    register: Mapping[str, Party]
    times: Mapping[str, Times]
    places: Mapping[str, tuple[PlaceResolution, ...]]
    parties: Mapping[tuple[str, str, int], PartyResolution]
    clauses: Mapping[str, tuple[ClauseLink, ...]]
    links_from: Mapping[str, tuple[ClaimLink, ...]]
    links_to: Mapping[str, tuple[ClaimLink, ...]]
    records: Mapping[str, tuple[Corroboration, ...]]
    events: Mapping[tuple[str, str], Event]
    coverage: Mapping[str, Coverage]
    incidents: Mapping[str, Incident]
    judgements: Mapping[str, tuple[Judgement, ...]]

    def reading_of(self, claim: Claim) -> Reading:
        """Return the reading that holds a claim."""
        return self.readings[claim.id]


def of_reading(reading: Reading) -> Lookup:
    """Return the indexes of one reading, before anything was laid beside it."""
    return of_checked(Checked(title="", as_of=None, agreements=(), register=(), readings=(reading,)))


def of_checked(checked: Checked) -> Lookup:
    """Return the indexes of a check."""
    readings = checked.readings
    numbers = {
        claim.id: f"{at}.{index}"
        for at, reading in enumerate(readings, start=1)
        for index, claim in enumerate(in_order(reading), start=1)
    }
    return Lookup(
        claims={claim.id: claim for reading in readings for claim in reading.claims},
        readings={claim.id: reading for reading in readings for claim in reading.claims},
        number=numbers,
        register={party.id: party for party in checked.register},
        times={times.claim_id: times for reading in readings for times in reading.times},
        places=grouped((one for reading in readings for one in reading.places), lambda one: one.claim_id),
        parties={(p.claim_id, p.field, p.index): p for reading in readings for p in reading.parties},
        clauses=grouped(checked.clause_links, lambda one: one.claim_id),
        links_from=grouped(checked.claim_links, lambda one: one.claim_id),
        links_to=grouped(checked.claim_links, lambda one: one.to_claim_id),
        records=grouped(checked.corroborations, lambda one: one.claim_id),
        events={(event.dataset, event.id): event for event in checked.events},
        coverage={one.claim_id: one for one in checked.coverage},
        incidents={claim_id: incident for incident in checked.incidents for claim_id in incident.claim_ids},
        judgements=grouped(checked.judgements, lambda one: one.subject),
    )


def in_order(reading: Reading) -> list[Claim]:
    """Return a reading's claims in the order of the text."""
    return sorted(reading.claims, key=lambda claim: (claim.quote.span, claim.trigger.span, claim.id))
