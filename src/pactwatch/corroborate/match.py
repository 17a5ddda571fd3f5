"""Claims beside records: the join, the scores, the chance, and what each match is worth."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np

from pactwatch import plugins
from pactwatch.corroborate import chance, relations
from pactwatch.corroborate.actors import Doer, Pair, doer_of, fits
from pactwatch.corroborate.cells import Codes
from pactwatch.corroborate.crosswalk import fit
from pactwatch.corroborate.differences import told_otherwise
from pactwatch.corroborate.independence import judge
from pactwatch.corroborate.search import Sought, prepare, report
from pactwatch.corroborate.sides import Sides
from pactwatch.corroborate.table import EventKind, EventTable
from pactwatch.model import Act, Corroboration, Document, Event, EventSet, Independence, Made, Party, Problem, Reading
from pactwatch.plugins import Engine

MADE_BY, VERSION = "corroborate", "1"

FEW = 5
"""Records kept a claim and data set, best first; what lies behind the fifth explains nothing that they do not."""

THRESHOLD = 0.10
"""Below it even a record of the same day lies too far off, too vague or too unlike to be shown. The bench prints how
many recorded incidents the threshold costs."""

LITTLE_WORTH = 0.5
"""A match that half of all moved claims find as well. It supports nothing, and is not shown for an undated claim."""

BREADTHS_KM = (35.0, 120.0)
"""Events are joined in three classes by radius, so that a few vague records do not widen every search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Corroborated:
    """What the records hold near the claims: matches in the order of the claims, their events, the data sets."""

    corroborations: tuple[Corroboration, ...]
    events: tuple[Event, ...]
    event_sets: tuple[EventSet, ...]
    problems: tuple[Problem, ...] = ()


class Match(NamedTuple):
    """One row of the join: claim, data set and event by position, what is apart, the features, the score."""

    c: int
    s: int
    e: int
    gap_km: float
    gap_days: int
    apart_km: float
    place: float
    time: float
    act: float
    actor: float
    toll: float
    reading: float
    undated: bool
    score: float


def corroborate(
    readings: Sequence[Reading],
    tables: Sequence[EventTable],
    register: Sequence[Party],
    *,
    engine: Engine | None = None,
) -> Corroborated:
    """Return the records near each claim that asserts or denies an act, with their independence and their chance.

    Distances are in km, gaps in days, both lower bounds. Claims without a place or a time are not searched for; the
    problems say so once a document. Without an `engine` DuckDB is opened and closed again.
    """
    sides = Sides(register)
    sought, unsought = prepare(readings)
    tables, problems = _distinctly_named(tables)
    problems += [problem for table in tables for problem in table.problems]
    problems += list(report(unsought)) if tables else []
    sets = tuple(table.event_set for table in tables)
    if not sought or not any(len(table.columns) for table in tables):
        return Corroborated(corroborations=(), events=(), event_sets=sets, problems=tuple(problems))
    running = engine if engine is not None else plugins.load("engine", "duckdb")()
    try:
        matches = _join(running, sought, tables, sides)
        chances = _chances(running, matches)
    finally:
        if engine is None:
            running.close()
    matches = [match for match in matches if not match.undated or chances[match.c, match.s, match.e] < LITTLE_WORTH]
    events = _fetch(tables, matches)
    made = tuple(_facts(sought, matches, chances, events, sides))
    used = tuple(events[key] for key in sorted(events))
    return Corroborated(corroborations=made, events=used, event_sets=sets, problems=tuple(problems))


def _distinctly_named(tables: Sequence[EventTable]) -> tuple[list[EventTable], list[Problem]]:
    """Number data sets of one name, so that an event's data set and id always say which row it is."""
    seen: dict[str, int] = {}
    named: list[EventTable] = []
    problems: list[Problem] = []
    for table in tables:
        name = table.event_set.name
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            other = f"{name}-{seen[name]}"
            what = f"two event files are named {name!r}; the later one is shown as {other!r}."
            problems.append(Problem(code="event-sets-of-one-name", where=name, what=what, advice="Name them apart."))
            table = replace(table, event_set=replace(table.event_set, name=other), fetch=_renaming(table, other))
        named.append(table)
    return named, problems


def _renaming(table: EventTable, name: str) -> Any:
    return lambda rows: [replace(event, dataset=name) for event in table.fetch(rows)]


def _join(engine: Engine, sought: Sequence[Sought], tables: Sequence[EventTable], sides: Sides) -> list[Match]:
    doers: Codes[Doer] = Codes()
    kinds: Codes[EventKind] = Codes()
    pairs: Codes[Pair] = Codes()
    _load_events(engine, tables, kinds, pairs)
    rows = list(_windows(sought, tables, doers, sides))
    engine.load("windows", relations.WINDOW_COLUMNS, rows)
    engine.load("steps", {"n": "BIGINT"}, [(n,) for n in range(relations.STEPS)])
    acts = list(Act)
    act_fits = [(a, k, fit(act, kind.acts)) for a, act in enumerate(acts) for k, kind in enumerate(kinds)]
    possible = [row for row in act_fits if row[2] > 0]
    engine.load("act_fit", {"act": "BIGINT", "kind": "BIGINT", "fit": "DOUBLE"}, possible)
    actor_fits = list(fits(list(doers), list(pairs), sides))
    engine.load("actor_fit", {"doer": "BIGINT", "actor": "BIGINT", "fit": "DOUBLE"}, actor_fits)
    found = engine.query(relations.best(relations.scored("windows"), threshold=THRESHOLD, few=FEW))
    return [Match(*row) for row in found]


def _windows(
    sought: Sequence[Sought], tables: Sequence[EventTable], doers: Codes[Doer], sides: Sides
) -> Iterator[tuple[Any, ...]]:
    """One row a window and data set, in the order of `WINDOW_COLUMNS`; k is 0 for a claim that is not moved."""
    number = {act: index for index, act in enumerate(Act)}
    w = 0
    for c, one in enumerate(sought):
        doer = doers[doer_of(one, sides)]
        killed = -1 if one.killed is None else one.killed
        for window in one.windows:
            circle = (window.lat, window.lon, window.radius_km)
            span = (window.first, window.last, window.weight)
            sought_for = (number[one.act], doer, killed, window.undated, THRESHOLD)
            for s in range(len(tables)):
                yield (w, c, 0, s, *circle, *span, *sought_for)
                w += 1


def _load_events(engine: Engine, tables: Sequence[EventTable], kinds: Codes[EventKind], pairs: Codes[Pair]) -> None:
    """Load all data sets as one table. `e` is the row's position in its own data set."""
    rows: list[tuple[Any, ...]] = []
    sets: list[tuple[Any, ...]] = []
    for s, table in enumerate(tables):
        columns = table.columns
        if not len(columns):
            continue
        kind = np.array([kinds[one] for one in columns.kinds] or [0], dtype=np.int64)[columns.kind]
        directed = np.array([one.directed for one in columns.kinds] or [False])[columns.kind]
        both = np.array([[pairs[(*one, flag)] for flag in (False, True)] for one in columns.actors] or [[0, 0]])
        actor = both[columns.actor, directed.astype(np.int64)]
        breadth = np.searchsorted(np.array(BREADTHS_KM), columns.radius_km)
        size = len(columns)
        fields = (range(size), (s,) * size, columns.lat, columns.lon, columns.radius_km, columns.first, columns.last)
        lists = [list(field) if isinstance(field, (range, tuple)) else field.tolist() for field in fields]
        lists += [field.tolist() for field in (kind, actor, columns.deaths, breadth)]
        rows += zip(*lists, strict=True)
        sets.append(_extent(s, table))
    engine.load("events", relations.EVENT_COLUMNS, rows)
    names = {"s": "BIGINT", "first": "BIGINT", "last": "BIGINT"}
    engine.load("sets", names | dict.fromkeys(("south", "north", "west", "east"), "DOUBLE"), sets)
    breadths = engine.query(
        "SELECT s, class, min(radius_km), max(radius_km) FROM events GROUP BY s, class ORDER BY s, class"
    )
    ends = {"s": "BIGINT", "class": "BIGINT", "narrowest_km": "DOUBLE", "widest_km": "DOUBLE"}
    engine.load("breadths", ends, breadths)


def _extent(s: int, table: EventTable) -> tuple[Any, ...]:
    """First and last day, and the bounding box (south, north, west, east) of a data set."""
    columns = table.columns
    days = (int(columns.first.min()), int(columns.last.max()))
    box = (columns.lat.min(), columns.lat.max(), columns.lon.min(), columns.lon.max())
    return (s, *days, *(float(side) for side in box))


def _chances(engine: Engine, matches: Sequence[Match]) -> dict[tuple[int, int, int], float]:
    """Return, for each match, the share of moved claims that find as good a one."""
    if not matches:
        return {}
    names = {"c": "BIGINT", "s": "BIGINT", "e": "BIGINT", "score": "DOUBLE"}
    engine.load("matched", names, [(m.c, m.s, m.e, m.score) for m in matches])
    undated = {(match.c, match.s, match.e): match.undated for match in matches}
    return {
        (c, s, e): chance.share(int(stayed), int(moved), undated=undated[c, s, e])
        for c, s, e, stayed, moved in engine.query(chance.as_good())
    }


def _fetch(tables: Sequence[EventTable], matches: Sequence[Match]) -> dict[tuple[int, int], Event]:
    found: dict[tuple[int, int], Event] = {}
    for s, table in enumerate(tables):
        rows = sorted({match.e for match in matches if match.s == s})
        found.update(zip(((s, row) for row in rows), table.fetch(rows), strict=True))
    return found


def _facts(
    sought: Sequence[Sought],
    matches: Sequence[Match],
    chances: dict[tuple[int, int, int], float],
    events: dict[tuple[int, int], Event],
    sides: Sides,
) -> Iterator[Corroboration]:
    peers = _Peers(events.values())
    documents = _by_speaker(sought)
    for match in matches:
        one, event = sought[match.c], events[match.s, match.e]
        own = documents.get(one.speaker, ()) if one.speaker else (one.reading.document,)
        finding = judge(one.speaker, event, sides, peers=peers.of(event), documents=own)
        yield _fact(one, match, event, finding, chances[match.c, match.s, match.e], sides)


def _fact(
    one: Sought, match: Match, event: Event, finding: tuple[Independence, str], by_chance: float, sides: Sides
) -> Corroboration:
    otherwise = told_otherwise(
        one, event, actor=match.actor, days=match.gap_days, distance_km=match.gap_km, sides=sides
    )
    features = {name: float(getattr(match, name)) for name in ("place", "time", "act", "actor", "toll", "reading")}
    if match.undated:
        features["undated"] = 1.0
    return Corroboration(
        claim_id=one.claim.id,
        event_id=event.id,
        dataset=event.dataset,
        score=match.score,
        distance_km=round(match.gap_km, 1),
        days=match.gap_days,
        independence=finding[0],
        independence_reason=finding[1],
        chance=by_chance,
        supports=finding[0] is Independence.INDEPENDENT and not one.denies and by_chance < LITTLE_WORTH,
        features=tuple((name, round(value, 4)) for name, value in features.items()),
        contradicts=tuple(otherwise),
        made=Made(by=MADE_BY, version=VERSION, certainty=round(match.score, 4)),
    )


class _Peers:
    """Records by the stories that they cite."""

    def __init__(self, events: Any) -> None:
        self._by_story: dict[tuple[str, str], list[Event]] = {}
        for event in events:
            for outlet, day, _ in event.citations:
                self._by_story.setdefault((outlet, day), []).append(event)

    def of(self, event: Event) -> list[Event]:
        """Return the other records that cite one of its stories by outlet and day."""
        cited = ((outlet, day) for outlet, day, _ in event.citations)
        return [peer for key in cited for peer in self._by_story.get(key, ()) if peer is not event]


def _by_speaker(sought: Sequence[Sought]) -> dict[str, tuple[Document, ...]]:
    """Return the documents through which each party's statements are known."""
    found: dict[str, dict[str, Document]] = {}
    for one in sought:
        if one.speaker is not None:
            found.setdefault(one.speaker, {})[one.reading.document.id] = one.reading.document
    return {speaker: tuple(documents.values()) for speaker, documents in found.items()}
