"""Who counts as whose: dated memberships, and the side for which a person or an office speaks."""

import datetime as dt
from collections.abc import Mapping, Sequence

from pactwatch.model import Party, PartyKind

SPEAKS_FOR_ANOTHER = frozenset({PartyKind.PERSON, PartyKind.OFFICE})
"""Kinds that are no side of their own: "we" in their mouth is the body they belong to."""


def bound_at(party_id: str, day: dt.date, register: Sequence[Party]) -> tuple[str, ...]:
    """Return the party itself, then everything that it counts as on that day, nearest first.

    Memberships are followed as long as each holds on `day` (both ends included). A splinter that has left counts as
    itself alone; what binds it is for the agreement to say. An id that the register lacks stands alone.
    """
    by_id = {party.id: party for party in register}
    return chain(party_id, day, by_id)


def chain(party_id: str, day: dt.date | None, by_id: Mapping[str, Party]) -> tuple[str, ...]:
    """As `bound_at`, over an index; without a day, memberships with an end date are left out (they may be over)."""
    found, waiting = [party_id], [party_id]
    while waiting:
        party = by_id.get(waiting.pop(0))
        for membership in party.member_of if party else ():
            if membership.of not in found and _holds(membership.since, membership.until, day):
                found.append(membership.of)
                waiting.append(membership.of)
    return tuple(found)


def _holds(since: dt.date | None, until: dt.date | None, day: dt.date | None) -> bool:
    if day is None:
        return until is None
    return (since is None or since <= day) and (until is None or day <= until)


def side_of(party_id: str, day: dt.date | None, by_id: Mapping[str, Party]) -> str:
    """Return the nearest body that is a side of its own: of a spokesman his army, of a ministry its government."""
    for found in chain(party_id, day, by_id):
        party = by_id.get(found)
        if party is not None and party.kind not in SPEAKS_FOR_ANOTHER:
            return found
    return party_id
