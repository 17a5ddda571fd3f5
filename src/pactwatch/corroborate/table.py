"""An event file as columns: what the join needs of every row; whole events only for the rows that are asked for."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from pactwatch.corroborate.cells import Codes
from pactwatch.model import Event, EventSet, Problem

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """A type of event: its label, the acts that it may be, and whether the first actor is the one who acted."""

    label: str
    acts: tuple[str, ...] = ()
    directed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """One array a field, one element a row. Days are ordinals of the Gregorian calendar; -1 deaths is "not said".

    `kind` and `actor` are codes into `kinds` and `actors` (the two sides).
    """

    first: Whole
    last: Whole
    lat: Real
    lon: Real
    date_prec: Whole
    where_prec: Whole
    radius_km: Real
    kind: Whole
    actor: Whole
    deaths: Whole
    kinds: tuple[EventKind, ...] = ()
    actors: tuple[tuple[str, str], ...] = ()

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventTable:
    """An event file, read: its columns, its summary, what was left out, and `fetch` for the events of chosen rows.

    `fetch` takes positions within `columns` and returns the events in that order; it reads them from the file, so
    that a file of millions of rows does not have to stay in memory.
    """

    event_set: EventSet
    columns: Columns
    fetch: Callable[[Sequence[int]], list[Event]]
    problems: tuple[Problem, ...] = ()


def of_events(events: Sequence[Event], *, name: str, format: str, problems: Sequence[Problem]) -> EventTable:
    """Return a table of events that somebody else's event source has read already."""
    kinds: Codes[EventKind] = Codes()
    actors: Codes[tuple[str, str]] = Codes()
    renamed = [event if event.dataset == name else _under(event, name) for event in events]

    def whole(take: Callable[[Event], int]) -> Whole:
        return np.array([take(event) for event in renamed], dtype=np.int64)

    def real(take: Callable[[Event], float]) -> Real:
        return np.array([take(event) for event in renamed], dtype=np.float64)

    columns = Columns(
        first=whole(lambda e: e.first.toordinal()),
        last=whole(lambda e: e.last.toordinal()),
        lat=real(lambda e: e.lat),
        lon=real(lambda e: e.lon),
        date_prec=whole(lambda e: e.date_prec),
        where_prec=whole(lambda e: e.where_prec),
        radius_km=real(lambda e: e.radius_km),
        kind=whole(lambda e: kinds[EventKind(label=e.event_type, acts=e.acts)]),
        actor=whole(lambda e: actors[(e.actor1, e.actor2)]),
        deaths=whole(lambda e: -1 if e.deaths is None else e.deaths),
        kinds=tuple(kinds),
        actors=tuple(actors),
    )
    summary = summarise(columns, name=name, format=format, rows=len(renamed) + len(problems), left_out=len(problems))
    return EventTable(
        event_set=summary,
        columns=columns,
        fetch=lambda rows: [renamed[row] for row in rows],
        problems=tuple(problems),
    )


def summarise(columns: Columns, *, name: str, format: str, rows: int, left_out: int) -> EventSet:
    """Return the summary of a table: counts, and the first and last day that its rows touch."""
    some = len(columns) > 0
    return EventSet(
        name=name,
        format=format,
        rows=rows,
        left_out=left_out,
        first=dt.date.fromordinal(int(columns.first.min())) if some else None,
        last=dt.date.fromordinal(int(columns.last.max())) if some else None,
    )


def _under(event: Event, name: str) -> Event:
    changed: dict[str, Any] = {field: getattr(event, field) for field in Event.__dataclass_fields__}
    return Event(**{**changed, "dataset": name})
