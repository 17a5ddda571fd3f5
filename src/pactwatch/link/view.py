"""A claim with what the other rooms found out about it, laid side by side for the three verbs of this room."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pactwatch.link.names import content, proper
from pactwatch.model import (
    ISSUER,
    UNKNOWN_WHEN,
    Claim,
    Document,
    Kind,
    Membership,
    Party,
    PartyKind,
    PartyResolution,
    Place,
    PlaceResolution,
    Quote,
    Reading,
    Times,
    When,
)

ACTOR_KINDS = frozenset(
    {
        PartyKind.STATE,
        PartyKind.GOVERNMENT,
        PartyKind.FORCES,
        PartyKind.ARMED_GROUP,
        PartyKind.MILITIA,
        PartyKind.OFFICE,
        PartyKind.PERSON,
    }
)
"""Sorts of party that can do what an agreement forbids; the others watch, report or suffer."""


class Register:
    """The register of parties with its dated memberships."""

    def __init__(self, parties: Sequence[Party]) -> None:
        self.by_id: Mapping[str, Party] = {party.id: party for party in parties}

    def kind(self, party: str | None) -> PartyKind | None:
        """Return what sort of party that is; None where it is not in the register."""
        found = self.by_id.get(party or "")
        return found.kind if found else None

    def label(self, party: str) -> str:
        """Return the neutral label, or the id where the register has no such entry."""
        found = self.by_id.get(party)
        return found.label if found else party

    def above(self, party: str, day: dt.date | None) -> tuple[str, ...]:
        """Return the party itself and everyone it belonged to on that day, nearest first (any day where None)."""
        chain = [party]
        for one in chain:
            found = self.by_id.get(one)
            for membership in found.member_of if found else ():
                if membership.of not in chain and _holds(membership, day):
                    chain.append(membership.of)
        return tuple(chain)

    def side(self, party: str, day: dt.date | None) -> str:
        """Return the outermost party that it belonged to on that day: organs and spokesmen of one party are one."""
        return self.above(party, day)[-1]


def _holds(membership: Membership, day: dt.date | None) -> bool:
    if day is None:
        return True
    return (membership.since is None or membership.since <= day) and (
        membership.until is None or day <= membership.until
    )


@dataclass(frozen=True, kw_only=True)
class View:
    """One claim with its document, its times, places and parties.

    `order` counts all claims in the order in which they were said. `agents`, `targets` hold a party id or None for each
    mention; `places` the chosen place or None; `speaker` the party id or None.
    """

    claim: Claim
    document: Document
    order: int
    index: int
    happened: When
    said: When
    speaker: str | None
    agents: tuple[str | None, ...]
    targets: tuple[str | None, ...]
    places: tuple[Place | None, ...]
    place_options: tuple[tuple[Place, ...], ...]
    side: str
    agent_sides: frozenset[str]

    @property
    def id(self) -> str:
        """The claim's id."""
        return self.claim.id

    @property
    def issuer_speaks(self) -> bool:
        """True where the document's own author speaks."""
        return self.claim.speaker.text == ISSUER

    @cached_property
    def said_day(self) -> dt.date | None:
        """The last day on which it can have been said; None where nothing dates it."""
        return self.said.last or self.said.first

    @cached_property
    def known_places(self) -> tuple[Place, ...]:
        """The places that were resolved."""
        return tuple(place for place in self.places if place is not None)

    @cached_property
    def words(self) -> str:
        """The claim's own words: quote, and what stands elsewhere for its target."""
        extra = [m.text for m in self.claim.target if m.text not in self.claim.quote.text and m.text != ISSUER]
        return "\n".join([self.claim.quote.text, *extra])

    @cached_property
    def place_keys(self) -> frozenset[str]:
        """Ids of the known places, and the names of all as written: two claims that share one share a place."""
        return frozenset(p.id for p in self.known_places) | frozenset(m.text.lower() for m in self.claim.places)

    @cached_property
    def target_stems(self) -> frozenset[str]:
        """Content words of the target."""
        return content(self.target_words)

    @cached_property
    def own_names(self) -> frozenset[str]:
        """Names in the claim's words that name neither a place nor a known party: persons, things."""
        mentions = (self.claim.speaker, *self.claim.agent, *self.claim.target)
        known = zip(mentions, (self.speaker, *self.agents, *self.targets), strict=True)
        taken = " ".join([m.text for m, party in known if party] + [m.text for m in self.claim.places])
        return proper(self.words) - {word.lower() for word in re.findall(r"[\w'’-]+", taken)}

    @cached_property
    def blanked(self) -> str:
        """The quote without the names of who speaks and who acts, letter for letter in place; then the target."""
        names = [m.text for m in (self.claim.speaker, *self.claim.agent) if m.text != ISSUER]
        return "\n".join([self._without(names), self.target_words])

    @cached_property
    def deed(self) -> str:
        """The quote without the names of known parties that speak or act, in place; then the target and the time."""
        known = zip((self.claim.speaker, *self.claim.agent), (self.speaker, *self.agents), strict=True)
        quote = self._without([mention.text for mention, party in known if party and mention.text != ISSUER])
        time = self.claim.time.text if self.claim.time and self.claim.time.text not in quote else ""
        return "\n".join([quote, self.target_words, time])

    @cached_property
    def stems(self) -> frozenset[str]:
        """Content words of the quote without the names of known parties, which would tell the sides apart by length."""
        known = zip(
            (self.claim.speaker, *self.claim.agent, *self.claim.target),
            (self.speaker, *self.agents, *self.targets),
            strict=True,
        )
        text = self.claim.quote.text
        for name in sorted((m.text for m, party in known if party and m.text != ISSUER), key=len, reverse=True):
            text = text.replace(name, " ")
        return content(text)

    @cached_property
    def unconditional(self) -> str:
        """`deed` without the words of the condition, in place."""
        condition = self.claim.condition.text if self.claim.condition else ""
        return self.deed.replace(condition, " " * len(condition)) if condition else self.deed

    def _without(self, names: Sequence[str]) -> str:
        """The quote with each name blanked out, save inside the trigger, which names the act."""
        quote, span = self.claim.quote.text, self.claim.trigger.span
        start, end = span.start - self.claim.quote.span.start, span.end - self.claim.quote.span.start
        for name in names:
            if name not in self.target_words:
                blank = " " * len(name)
                quote = quote[:start].replace(name, blank) + quote[start:end] + quote[end:].replace(name, blank)
        return quote

    @cached_property
    def target_words(self) -> str:
        """The words that name who or what suffers the act; empty where none do."""
        return "\n".join(m.text for m in self.claim.target if m.text != ISSUER)

    @property
    def forward(self) -> bool:
        """True for what is still to come or asked for: demands, promises, threats."""
        return self.claim.kind in (Kind.DEMAND, Kind.COMMITMENT, Kind.THREAT)

    def part(self, start: int, end: int) -> Quote | None:
        """Return `[start, end)` of the claim's quote as exact words of the document."""
        span = self.claim.quote.span
        if not 0 <= start < end <= len(self.claim.quote.text):
            return None
        return self.document.quote(span.start + start, span.start + end)


def views(readings: Sequence[Reading], register: Register) -> tuple[View, ...]:
    """Return a view of every claim in the order in which they were said: by document date, then as in the text."""
    ordered = sorted(readings, key=lambda reading: (_said(reading) or dt.date.max, reading.document.id))
    out: list[View] = []
    for reading in ordered:
        for view in _of_reading(reading, register, len(out)):
            out.append(view)
    return tuple(out)


def _said(reading: Reading) -> dt.date | None:
    """When the document was written, by its text where that is known, else by its header."""
    for when in (reading.dating.written, reading.dating.published):
        if when.last or when.first:
            return when.last or when.first
    return None


def _of_reading(reading: Reading, register: Register, start: int) -> Iterator[View]:
    times = {one.claim_id: one for one in reading.times}
    places: dict[str, list[PlaceResolution]] = {}
    parties: dict[str, list[PartyResolution]] = {}
    for place in reading.places:
        places.setdefault(place.claim_id, []).append(place)
    for party in reading.parties:
        parties.setdefault(party.claim_id, []).append(party)
    fallback = reading.dating.written if reading.dating.written.edtf else reading.dating.published
    for index, claim in enumerate(reading.claims):
        yield _view(
            reading.document,
            claim,
            (start + index, index),
            times.get(claim.id),
            places.get(claim.id, []),
            parties.get(claim.id, []),
            register,
            fallback,
        )


def _view(
    document: Document,
    claim: Claim,
    at: tuple[int, int],
    times: Times | None,
    places: Sequence[PlaceResolution],
    parties: Sequence[PartyResolution],
    register: Register,
    fallback: When,
) -> View:
    said = times.said if times and times.said.edtf else fallback
    happened = times.happened if times else UNKNOWN_WHEN
    day = happened.first or said.last or said.first
    by_field = {(one.field, one.index): one.party for one in parties}
    by_index = {one.index: one for one in places}
    speaker = by_field.get(("speaker", 0))
    agents = tuple(by_field.get(("agent", i)) for i in range(len(claim.agent)))
    return View(
        claim=claim,
        document=document,
        order=at[0],
        index=at[1],
        happened=happened,
        said=said,
        speaker=speaker,
        agents=agents,
        targets=tuple(by_field.get(("target", i)) for i in range(len(claim.target))),
        places=tuple(_chosen(by_index.get(i)) for i in range(len(claim.places))),
        place_options=tuple(_options(by_index.get(i)) for i in range(len(claim.places))),
        side=register.side(speaker, day) if speaker else _named(claim, document),
        agent_sides=frozenset(register.side(agent, day) for agent in agents if agent),
    )


def _chosen(resolution: PlaceResolution | None) -> Place | None:
    return resolution.chosen.place if resolution and resolution.chosen else None


def _options(resolution: PlaceResolution | None) -> tuple[Place, ...]:
    if resolution is None:
        return ()
    if resolution.chosen:
        return (resolution.chosen.place,)
    return tuple(candidate.place for candidate in resolution.candidates)


def _named(claim: Claim, document: Document) -> str:
    """A speaker that no register knows is known by the words alone; the issuer by its name or its document."""
    if claim.speaker.text != ISSUER:
        return "words:" + " ".join(claim.speaker.text.lower().split())
    return "issuer:" + " ".join((document.issuer or document.id).lower().split())
