"""Which claims can be searched for, where and when; and why the others cannot."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pactwatch.model import Act, Claim, Kind, PlaceCandidate, PlaceResolution, Problem, Reading, Severity, When

SEARCHED = frozenset({Kind.ACCUSATION, Kind.ADMISSION, Kind.DENIAL, Kind.REPORT, Kind.COMPLIANCE})
"""Kinds that assert or deny an act. A promise, a threat and a demand have nothing yet that could be recorded."""

WIDEST_DAYS = 366
"""A span longer than a year meets some record nearly everywhere; the search would say nothing."""

WIDEST_RADIUS_KM = 250.0
"""Twice a mean first-order unit (113 km); what is wider (a country, a region of the world) places nothing."""

UNDATED_RADIUS_KM = 25.0
"""Without a date only a named town or village narrows a search enough (UCDP's where_prec 1 and 2)."""

CANDIDATES = 5
"""Readings of an ambiguous place name that are searched, best first."""

NO_TIME = "nothing dates it"
OPEN_TIME = "no day is known before which it cannot have been"
LONG_TIME = "it spans more than a year"
NO_PLACE = "it names no place that could be found"
WIDE_PLACE = "it names only an area wider than a province"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A circle and an interval (ordinals of days, inclusive) in which a claim's act may lie; `weight` 0 to 1.

    `undated` is True where nothing dates the act: the interval is then the year before it was told of, a bound to the
    search and no date.
    """

    lat: float
    lon: float
    radius_km: float
    first: int
    last: int
    weight: float
    name: str
    undated: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """A claim to be searched for. Parties are ids of the register, None where a mention was not resolved."""

    claim: Claim
    reading: Reading
    windows: tuple[Window, ...]
    speaker: str | None
    agents: tuple[str | None, ...]
    agent_words: tuple[str, ...]
    killed: int | None

    @property
    def denies(self) -> bool:
        """True where the claim says that the act did not happen or was not its own side's."""
        return self.claim.kind is Kind.DENIAL or self.claim.negated

    @property
    def act(self) -> Act:
        """What the claim is about."""
        return self.claim.act


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsought:
    """A claim of a kind that is searched, and why it was not."""

    claim_id: str
    document_id: str
    reason: str


def prepare(readings: Sequence[Reading]) -> tuple[list[Sought], list[Unsought]]:
    """Return the claims that can be searched for, in the order of the readings, and those that cannot, with reasons."""
    sought: list[Sought] = []
    unsought: list[Unsought] = []
    for reading in readings:
        for claim in reading.claims:
            if claim.kind not in SEARCHED:
                continue
            made = _seek(claim, reading)
            if isinstance(made, Sought):
                sought.append(made)
            else:
                unsought.append(Unsought(claim_id=claim.id, document_id=reading.document.id, reason=made))
    return sought, unsought


def _seek(claim: Claim, reading: Reading) -> Sought | str:
    dated, places = days_of(claim, reading), places_of(claim, reading)
    if isinstance(places, str):
        return dated if isinstance(dated, str) else places
    span = dated
    if isinstance(span, str):
        span = _year_before(claim, reading, span)
        places = [pair for pair in places if pair[0].place.radius_km <= UNDATED_RADIUS_KM]
    if isinstance(span, str):
        return span
    if not places:
        return str(dated)
    windows = tuple(
        Window(
            lat=one.place.lat,
            lon=one.place.lon,
            radius_km=one.place.radius_km,
            first=span[0],
            last=span[1],
            weight=weight,
            name=one.place.name,
            undated=isinstance(dated, str),
        )
        for one, weight in places
    )
    parties = {(one.field, one.index): one.party for one in reading.parties if one.claim_id == claim.id}
    return Sought(
        claim=claim,
        reading=reading,
        windows=windows,
        speaker=parties.get(("speaker", 0)),
        agents=tuple(parties.get(("agent", index)) for index in range(len(claim.agent))),
        agent_words=tuple(mention.text for mention in claim.agent),
        killed=next((one.value for one in claim.counts if one.of == "killed" and isinstance(one.value, int)), None),
    )


def days_of(claim: Claim, reading: Reading) -> tuple[int, int] | str:
    """Return the first and last day on which the act may lie, or why there is none.

    What a claim asserts lies before it was said: that closes an interval which the words leave open, and is the only
    use made of the day of saying.
    """
    times = next((one for one in reading.times if one.claim_id == claim.id), None)
    if times is None or times.happened.edtf is None:
        return NO_TIME
    happened, said = times.happened, _latest(times.said, times.published)
    if happened.first is None:
        return OPEN_TIME if happened.last is not None else NO_TIME
    last = happened.last or said
    if last is None:
        return LONG_TIME
    if said is not None and happened.first <= said < last:
        last = said
    if (last - happened.first).days >= WIDEST_DAYS:
        return LONG_TIME
    return happened.first.toordinal(), max(last, happened.first).toordinal()


def _year_before(claim: Claim, reading: Reading, reason: str) -> tuple[int, int] | str:
    """Return the year before a claim of an undated act was said: it must lie before that. Else the reason for none."""
    times = next((one for one in reading.times if one.claim_id == claim.id), None)
    said = _latest(times.said, times.published) if times else None
    if said is None or reason not in (NO_TIME, OPEN_TIME):
        return reason
    last = min(said, (times.happened.last if times else None) or said).toordinal()
    return last - WIDEST_DAYS + 1, last


def _latest(said: When, published: When) -> dt.date | None:
    """Return the last day on which the claim can have been said."""
    return said.last or published.last


def places_of(claim: Claim, reading: Reading) -> list[tuple[PlaceCandidate, float]] | str:
    """Return the places to search at, each with its weight, or why there is none."""
    resolved = [one for one in reading.places if one.claim_id == claim.id]
    found = [pair for one in resolved for pair in _readings_of(one)]
    if not found:
        return NO_PLACE
    narrow = [pair for pair in found if pair[0].place.radius_km <= WIDEST_RADIUS_KM]
    return narrow or WIDE_PLACE


def _readings_of(resolution: PlaceResolution) -> Iterator[tuple[PlaceCandidate, float]]:
    """The chosen reading, else the best candidates, each with its part of the certainty."""
    if resolution.chosen is not None:
        yield resolution.chosen, 1.0
        return
    several = resolution.candidates[:CANDIDATES]
    for one in several:
        yield one, 1.0 / len(several)


def report(unsought: Iterable[Unsought]) -> Iterator[Problem]:
    """Say, once a document, how many claims were not searched for and why."""
    by_document: dict[str, Counter[str]] = {}
    for one in unsought:
        by_document.setdefault(one.document_id, Counter())[one.reason] += 1
    for document, reasons in by_document.items():
        told = "; ".join(f"{number}: {reason}" for reason, number in sorted(reasons.items()))
        yield Problem(
            code="claims-not-searched",
            where=document,
            what=f"{sum(reasons.values())} claims were not looked for in the records ({told}).",
            advice="That is no sign that the records hold nothing.",
            severity=Severity.NOTE,
        )
