"""What observers saw of a claim's place and days. Where nobody looked the answer is None, never zero (law 7)."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pactwatch.corroborate.search import SEARCHED, days_of, places_of
from pactwatch.corroborate.sides import plain
from pactwatch.model import Claim, Coverage, Exposure, Place, Reading

REFUSING = ("denied", "partial")
NOBODY = frozenset({"", "none", "-"})
"""Words by which a log says that no party stood in the way."""


@dataclass(slots=True)
class _Sector:
    """One sector of the log, with its rows by day."""

    name: str
    units: tuple[str, ...]
    places: frozenset[str]
    days: dict[dt.date, list[Exposure]] = field(default_factory=dict)


def cover(readings: Sequence[Reading], exposures: Sequence[Exposure]) -> tuple[Coverage, ...]:
    """Return, for each claim that asserts or denies an act, what the observers' logs hold for its place and days.

    `observed` is None where no log covers them (or the claim has no place or time: `note` says so), True where there
    was observation on at least one of the days, False where the log is there and shows none. `hours` are summed over
    patrols. `denied` lists refusals by others; an observer's own suspension, weather and missing mandate are told in
    `note`.
    """
    sectors = _by_sector(exposures)
    return tuple(
        _coverage(claim, reading, sectors) for reading in readings for claim in reading.claims if claim.kind in SEARCHED
    )


def _by_sector(exposures: Sequence[Exposure]) -> list[_Sector]:
    found: dict[tuple[str, str], _Sector] = {}
    for one in exposures:
        key = (one.observer, one.sector)
        if key not in found:
            units = tuple(f" {plain(unit)} " for unit in (one.within, one.sector) if plain(unit))
            places = frozenset(plain(place) for place in one.places)
            found[key] = _Sector(name=one.sector, units=units, places=places)
        found[key].days.setdefault(one.day, []).append(one)
    return list(found.values())


def _coverage(claim: Claim, reading: Reading, sectors: Sequence[_Sector]) -> Coverage:
    span, places = days_of(claim, reading), places_of(claim, reading)
    if isinstance(span, str):
        return _none(claim.id, 0, f"not observed: {span}")
    if isinstance(places, str):
        return _none(claim.id, span[1] - span[0] + 1, f"not observed: {places}")
    days = [dt.date.fromordinal(day) for day in range(span[0], span[1] + 1)]
    known = [(candidate.place, *sectors_of(candidate.place, sectors)) for candidate, _ in places]
    chosen = {sector.name: sector for _, several, _ in known for sector in several}
    if not chosen:
        names = ", ".join(dict.fromkeys(place.name for place, _, _ in known))
        return _none(claim.id, len(days), f"not observed: no sector of a log is known to hold {names}")
    rows = [row for sector in chosen.values() for day in days for row in sector.days.get(day, ())]
    if not rows:
        return _none(claim.id, len(days), f"not observed: no log covers {', '.join(chosen)} on these days")
    return _seen(claim.id, days, rows, list(chosen), certain=all(certain for _, _, certain in known))


def _none(claim_id: str, days: int, note: str) -> Coverage:
    return Coverage(claim_id=claim_id, observed=None, hours=0.0, days_observed=0, days=days, note=note)


def sectors_of(place: Place, sectors: Sequence[_Sector]) -> tuple[list[_Sector], bool]:
    """Return the sectors that may hold a place, and True where that is certain.

    First the sectors that list it; then those whose name or unit holds the name of its second-order unit, then of its
    first-order unit, or of the place itself where it is such a unit. Several sectors of one unit are all returned, and
    that is not certain.
    """
    listed = [sector for sector in sectors if plain(place.name) in sector.places]
    if listed:
        return listed, True
    for unit in (place.admin2, place.admin1, place.name):
        name = plain(unit)
        within = [sector for sector in sectors if name and any(f" {name} " in one for one in sector.units)]
        if within:
            return within, len(within) == 1 or name == plain(place.name)
    return [], False


def _seen(
    claim_id: str, days: Sequence[dt.date], rows: Sequence[Exposure], names: Sequence[str], *, certain: bool
) -> Coverage:
    with_rows = {row.day for row in rows}
    observed = {row.day for row in rows if row.hours > 0}
    notes = [] if certain else [f"the log does not say in which of {', '.join(names)} the place lies"]
    if len(with_rows) < len(days):
        notes.append(f"the log covers {len(with_rows)} of {len(days)} days")
    notes += dict.fromkeys(_hindrance(row) for row in rows if row.access in REFUSING and not _refused(row))
    return Coverage(
        claim_id=claim_id,
        observed=bool(observed),
        hours=round(sum(row.hours for row in rows), 1),
        days_observed=len(observed),
        days=len(days),
        denied=tuple(dict.fromkeys(_refusals(rows))),
        note="; ".join(notes),
    )


def _refused(row: Exposure) -> bool:
    """True where somebody else than the observer stood in the way."""
    by = row.denied_by.casefold()
    return row.access in REFUSING and by not in NOBODY and by != row.observer.casefold()


def _refusals(rows: Sequence[Exposure]) -> Iterator[str]:
    for row in rows:
        if _refused(row):
            reason = f": {row.reason}" if row.reason else ""
            yield f"{row.day.isoformat()}, {row.sector}: access {row.access}, by {row.denied_by}{reason}"


def _hindrance(row: Exposure) -> str:
    return f"access {row.access}: {row.reason or 'no reason given'}"
