"""What the pipeline hands on: everything found in one document, and everything that a check laid beside it."""

import datetime as dt
from dataclasses import dataclass

from pactwatch.model.claim import Claim
from pactwatch.model.entity import Party, PartyResolution, Place, PlaceResolution, Shape
from pactwatch.model.event import Corroboration, Coverage, Event, Exposure
from pactwatch.model.fact import Judgement, Problem
from pactwatch.model.pact import Agreement, ClaimLink, ClauseLink, Incident
from pactwatch.model.text import Document, Mark, Quote, Source, Statement
from pactwatch.model.time import Dating, Times


@dataclass(frozen=True, slots=True, kw_only=True)
class Intake:
    """One file as read: its bytes, the documents found in it (none where it cannot be read) and what was odd."""

    source: Source
    data: bytes
    documents: tuple[Document, ...]
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One document with all that was read out of it; the facts point to claims by id, in the order of `claims`."""

    source: Source
    document: Document
    dating: Dating
    statements: tuple[Statement, ...] = ()
    marks: tuple[Mark, ...] = ()
    claims: tuple[Claim, ...] = ()
    times: tuple[Times, ...] = ()
    places: tuple[PlaceResolution, ...] = ()
    parties: tuple[PartyResolution, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedPlace:
    """A place name where it stands in a text, and what it may mean; the resolution belongs to no claim.

    `demonym` is True for words such as `Varanan`: they name no place, but the country that they come from.
    """

    quote: Quote
    resolution: PlaceResolution
    demonym: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetted:
    """One document with its place names, and with what it describes by them, in the order of the text."""

    document: Document
    names: tuple[NamedPlace, ...] = ()
    shapes: tuple[Shape, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSet:
    """One event file as used: how many rows it has, how many were left out and why (in `Checked.problems`)."""

    name: str
    format: str
    rows: int
    left_out: int
    first: dt.date | None = None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """Readings held against agreements and records. `events` holds only those that a corroboration names.

    `register` and `places` are the parties and places of the case that the facts refer to by id.
    """

    title: str
    as_of: dt.date | None
    agreements: tuple[Agreement, ...]
    register: tuple[Party, ...]
    readings: tuple[Reading, ...]
    clause_links: tuple[ClauseLink, ...] = ()
    claim_links: tuple[ClaimLink, ...] = ()
    incidents: tuple[Incident, ...] = ()
    event_sets: tuple[EventSet, ...] = ()
    events: tuple[Event, ...] = ()
    corroborations: tuple[Corroboration, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    places: tuple[Place, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    problems: tuple[Problem, ...] = ()
