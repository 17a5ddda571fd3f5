"""What was signed: agreements, their clauses and versions, and whether a clause could apply to a claim."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from pactwatch.model.claim import Act
from pactwatch.model.fact import Made
from pactwatch.model.text import Quote


class Modality(StrEnum):
    """What a clause does to its obligor. `declares`: nobody owes anything by it (a definition, an amendment)."""

    MUST = "must"
    MUST_NOT = "must_not"
    MAY = "may"
    SHOULD = "should"
    DECLARES = "declares"


class ClauseRole(StrEnum):
    """What a clause is for: whether a claim can touch it as a duty, as an exception, or only as a rule of reading."""

    OBLIGATION = "obligation"
    EXCEPTION = "exception"
    DEFINITION = "definition"
    SCOPE = "scope"
    INSTITUTION = "institution"
    AMENDMENT = "amendment"
    FINAL = "final"


class Answer(StrEnum):
    """The three answers of an applicability test; `unknown` is the honest one where the words leave it open."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"


class Summary(StrEnum):
    """What the four answers come to. Never "violation": that is the parties' word (law 4)."""

    APPLIES = "applies"
    DOES_NOT_APPLY = "does_not_apply"
    OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One signed text: the agreement itself, a protocol, an annex. `prefix` begins the ids of its clauses."""

    prefix: str
    title: str
    signed: dt.date
    place: str = ""
    in_force: dt.date | None = None
    signatories: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    source: str = ""
    signed_at: dt.time | None = None
    amends: tuple[str, ...] = ()
    pa_x_id: int | None = None
    pa_x_stage: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """`party` is bound from `since` until `until`, for the reason that `basis` names (a clause id, a signature).

    Both days are included. `status` is `bound`, `not_bound` (the agreement or the facts say so) or `unknown` (a
    splinter that signed nothing).
    """

    party: str
    status: str
    since: dt.date | None = None
    until: dt.date | None = None
    basis: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """Where a clause applies. A union of named units, points with a radius, lines with a distance; or `everywhere`.

    `units` are place names of the gazetteer (provinces, districts, villages) with `excluded` ones taken out. `line` is
    a chain of (lat, lon) with `within_km` (the clause applies nearer than that) or `beyond_km` (farther than that) and
    `line_error_km`. `since` and `until` (both days included) bound an area by date: an area that a protocol widens is
    several areas of one `id` with periods that do not overlap. `inside` names an area that must hold too, `outside` one
    that is taken out; an area with nothing but these two is everywhere inside the one and outside the other. `basis` is
    the clause id that says so. `words` are terms by which a claim names the area itself ("the line").

    `line_errors_km` has an error for each point of `line` where the file gives them, to be interpolated between points;
    `line_error_km` is then for where they do not. `reading`, where given, says why it is open whether a place lies in
    the area (the place of use counts, not that of receipt): the answer is then `unknown`.
    """

    id: str
    title: str
    everywhere: bool = False
    units: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    points: tuple[tuple[float, float, float], ...] = ()
    line: tuple[tuple[float, float], ...] = ()
    within_km: float | None = None
    beyond_km: float | None = None
    line_error_km: float = 0.0
    since: dt.date | None = None
    until: dt.date | None = None
    note: str = ""
    inside: str = ""
    outside: str = ""
    basis: str = ""
    line_errors_km: tuple[float, ...] = ()
    reading: str = ""
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A number that a clause sets: `of` is what it measures, with its unit as the last word.

    In use: `distance_km`, `notice_hours`, `report_hours`, `inspection_hours`, `delay_hours`, `response_minutes`,
    `persons`, `age_years`, `calibre_mm`. `bound` is `at_least` or `at_most`.
    """

    of: str
    value: float
    bound: str = "at_least"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """How many `party` (a party id, empty for any) owes by the day `due`: `of` is a key of `Count` (`released`)."""

    of: str
    value: int
    party: str = ""
    due: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One of several things that a clause says, with its own acts, object or area.

    Flights within 10 km of a line and air strikes anywhere may be one clause: a reader that can tell which part a claim
    means uses that part's area and limits. Its object, area, `since` and `until` are the clause's where the file gives
    the part none of its own; all else is only what the part itself says. A part has no id.
    """

    title: str
    modality: Modality
    acts: tuple[Act, ...] = ()
    object: str = ""
    area: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    deadlines: tuple[dt.datetime, ...] = ()
    requires: tuple[str, ...] = ()
    requires_area: str = ""
    daily: tuple[dt.time, dt.time] | None = None
    words: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    limits: tuple[Limit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One version of one clause. `id` is stable (`HBA/4/d`), `version` the day from which this wording holds.

    `words` are terms by which a claim may touch it, beyond the acts: objects, weapons, roads. `since` and `until` are
    when the obligation has effect; `deadlines` are by when a duty is due. `text` is given only where it is free.
    `targets` are terms for who or what must suffer the act: a claim about another kind of target does not touch it.
    `only_with` is True where the act alone does not suffice and one of `words` must stand in the claim.

    `since` and `until` are moments included; a deadline that names a day is the last second of that day, so that its
    `.date()` is the day that the text names. `deadline_note` says where a deadline is only rough. `amended_by` names
    the clauses that made this version, joined by ", " where there are several. `acts` holds those of all `parts` too.
    `requires` are tests of an exception or duty, all of which must hold; `requires_area` is one more: the id of an area
    in which the act must lie to be covered (training beyond 20 km), as against `area`, where the clause applies.
    `daily` are the hours of each day in which it holds (over midnight where the first is later). `reading` says what
    the words leave open; whether the clause reaches an act in `open_acts` is `unknown`, whatever `acts` says.
    """

    id: str
    version: dt.date
    amended_by: str = ""
    title: str = ""
    obligor: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()
    modality: Modality
    object: str = ""
    area: str = ""
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    deadlines: tuple[dt.datetime, ...] = ()
    condition: str = ""
    exceptions: tuple[str, ...] = ()
    excepts: tuple[str, ...] = ()
    provision: tuple[tuple[str, str], ...] = ()
    paraphrase: str
    text: str = ""
    words: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    only_with: bool = False
    limits: tuple[Limit, ...] = ()
    amounts: tuple[Amount, ...] = ()
    line: int | None = None
    role: ClauseRole = ClauseRole.OBLIGATION
    parts: tuple[Part, ...] = ()
    requires: tuple[str, ...] = ()
    requires_area: str = ""
    daily: tuple[dt.time, dt.time] | None = None
    deadline_note: str = ""
    reading: str = ""
    open_acts: tuple[Act, ...] = ()
    note: str = ""

    @property
    def versioned_id(self) -> str:
        """The id with its version, as in `HBA/4/d@2031-06-02`."""
        return f"{self.id}@{self.version.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """An agreement file, read and checked. `id` is its name (`harrow-bridge-2031`).

    `zone` is the IANA or fixed-offset zone of its times; `day_count` is `from_signature` or `from_day_after`;
    `day_ends` is the local hour at which a day that is named as a deadline ends; `hour_count` is `elapsed` (48 hours
    are 48 hours) or `to_midnight` (they run on to the end of the day in which they end). `licence` is that of the
    file's own words, `text_licence` the one under which the agreement's text may be kept.
    `invented` is True where nobody and no place in it exists (no real map is drawn under it). `register` and `places`
    name the shipped register and place file that go with it, where there are any. `unpublished` names the parts that
    were not published: what is not in this file may stand there.
    """

    id: str
    title: str
    also_called: tuple[str, ...] = ()
    zone: str = "UTC"
    day_count: str = "from_day_after"
    invented: bool = False
    countries: tuple[str, ...] = ()
    register: str = ""
    places: str = ""
    parties: tuple[str, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    bindings: tuple[Binding, ...] = ()
    areas: tuple[Area, ...] = ()
    clauses: tuple[Clause, ...] = ()
    unpublished: tuple[str, ...] = ()
    source: str = ""
    licence: str = ""
    text_licence: str = ""
    zone_note: str = ""
    day_ends: str = "24:00"
    hour_count: str = "elapsed"
    note: str = ""

    @property
    def signed(self) -> dt.date:
        """The day on which its first instrument was signed."""
        return min(one.signed for one in self.instruments)

    def versions(self, clause_id: str) -> tuple[Clause, ...]:
        """All versions of a clause, oldest first; empty where there is none of that id."""
        return tuple(sorted((c for c in self.clauses if c.id == clause_id), key=lambda c: c.version))

    def version_at(self, clause_id: str, day: dt.date) -> Clause | None:
        """The wording of a clause that stands on `day`; None before its first version or where there is no such id."""
        standing = [one for one in self.versions(clause_id) if one.version <= day]
        return standing[-1] if standing else None

    def clauses_at(self, day: dt.date) -> tuple[Clause, ...]:
        """One version of each clause that stands on `day`, in the file's order; `since` says whether it has effect."""
        found = (self.version_at(clause_id, day) for clause_id in dict.fromkeys(c.id for c in self.clauses))
        return tuple(one for one in found if one is not None)

    def bindings_at(self, party: str, day: dt.date) -> tuple[Binding, ...]:
        """What the file says of `party` on `day`, the latest entry last; empty where it says nothing."""
        named = (b for b in self.bindings if b.party == party and _holds(b.since, b.until, day))
        return tuple(sorted(named, key=lambda b: b.since or dt.date.min))

    def binding_of(self, party: str, day: dt.date) -> Binding | None:
        """Whether `party` is bound on `day`; None where the file says nothing of it for that day."""
        found = self.bindings_at(party, day)
        return found[-1] if found else None

    def areas_at(self, day: dt.date) -> tuple[Area, ...]:
        """The areas as they stand on `day`, in the order of the file."""
        return tuple(a for a in self.areas if _holds(a.since, a.until, day))

    def area_at(self, area_id: str, day: dt.date) -> Area | None:
        """The area of that id as it stands on `day`; None where there is none then."""
        return next((a for a in self.areas_at(day) if a.id == area_id), None)


def _holds(since: dt.date | None, until: dt.date | None, day: dt.date) -> bool:
    return (since is None or since <= day) and (until is None or day <= until)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredTest:
    """One answer with its words from both texts. `claim_words` is None where the claim says nothing about it."""

    answer: Answer
    reason: str
    claim_words: Quote | None = None
    clause_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicability:
    """The four tests of a claim against a clause, as if the claim were true."""

    in_force: AnsweredTest
    in_area: AnsweredTest
    bound: AnsweredTest
    act: AnsweredTest

    @property
    def summary(self) -> Summary:
        """`applies` where all four are met, `does_not_apply` where one is not met, else `open`."""
        answers = [t.answer for t in (self.in_force, self.in_area, self.bound, self.act)]
        if Answer.NOT_MET in answers:
            return Summary.DOES_NOT_APPLY
        return Summary.APPLIES if all(a is Answer.MET for a in answers) else Summary.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseLink:
    """A clause that a claim touches: what a lawyer would open the agreement at. `score` is 0 to 1, best first.

    `role` is `obligation` or `exception`; `words` are the words of the claim that made the link.
    """

    claim_id: str
    agreement_id: str
    clause_id: str
    version: dt.date
    role: str
    score: float
    words: tuple[Quote, ...]
    features: tuple[tuple[str, float], ...]
    applicability: Applicability
    deadline: dt.datetime | None = None
    made: Made


class Relation(StrEnum):
    """How a claim stands to an earlier one; `agrees_with` and `contradicts` once a pair."""

    DENIES = "denies"
    REPEATS = "repeats"
    REPRINTS = "reprints"
    REVISES = "revises"
    RESPONDS_TO = "responds_to"
    AGREES_WITH = "agrees_with"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLink:
    """From the later claim to the earlier one, with what made it."""

    claim_id: str
    relation: Relation
    to_claim_id: str
    score: float
    features: tuple[tuple[str, float], ...] = ()
    made: Made


class IncidentState(StrEnum):
    """Computed from the claims, never typed in. There is no `confirmed` (law 5)."""

    UNCONTESTED = "uncontested"
    CONTESTED = "contested"
    ADMITTED = "admitted"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Claims that are versions of one incident, in the order in which they were said."""

    id: str
    claim_ids: tuple[str, ...]
    state: IncidentState
    title: str
