"""Synthetic events and claims for timing: clustered in space and time as conflicts are, from a seed."""

import datetime as dt

import numpy as np

from pactwatch.corroborate.table import Columns, EventKind, EventTable, summarise
from pactwatch.model import (
    UNKNOWN_WHEN,
    Act,
    Claim,
    Dating,
    Document,
    Event,
    Kind,
    Made,
    Mention,
    Place,
    PlaceCandidate,
    PlaceResolution,
    Quote,
    Reading,
    Source,
    Span,
    Times,
    When,
)

_MADE = Made(by="synthetic", version="1")
_TOWNS, _FIRST_DAY, _DAYS = 3_000, dt.date(1990, 1, 1).toordinal(), 12_000
_RADII_KM = np.array([3.0, 25.0, 32.0, 113.0, 493.0])
_SHARES = (0.45, 0.2, 0.2, 0.12, 0.03)
"""Shares of where_prec as UCDP GED has them, rounded."""


def _towns() -> np.ndarray:
    random = np.random.default_rng(1)
    return np.column_stack([random.uniform(-30, 45, _TOWNS), random.uniform(-20, 100, _TOWNS)])


def _drawn(random: np.random.Generator, size: int) -> np.ndarray:
    """Return towns, the busiest with one event in twenty, as the capital of a long war has in UCDP GED."""
    weight = np.arange(1, _TOWNS + 1) ** -0.8
    return random.choice(_TOWNS, size, p=weight / weight.sum())


def table(size: int) -> EventTable:
    """Return `size` events at 3,000 towns over 33 years."""
    random = np.random.default_rng(2)
    towns = _towns()[_drawn(random, size)]
    first = _FIRST_DAY + random.integers(0, _DAYS, size)
    radius = random.choice(_RADII_KM, size, p=_SHARES)
    columns = Columns(
        first=first,
        last=first + random.choice([0, 0, 0, 0, 0, 0, 2, 6, 30], size),
        lat=towns[:, 0] + random.normal(0, 0.05, size),
        lon=towns[:, 1] + random.normal(0, 0.05, size),
        date_prec=np.ones(size, dtype=np.int64),
        where_prec=np.ones(size, dtype=np.int64),
        radius_km=radius,
        kind=random.integers(0, 2, size),
        actor=np.zeros(size, dtype=np.int64),
        deaths=random.integers(0, 20, size),
        kinds=(
            EventKind(label="clash", acts=("armed_attack", "killing")),
            EventKind(label="arrest", acts=("detention",)),
        ),
        actors=(("", ""),),
    )
    summary = summarise(columns, name="synthetic", format="synthetic", rows=size, left_out=0)

    def fetch(rows: object) -> list[Event]:
        return [_event(columns, int(row)) for row in rows]  # type: ignore[attr-defined]

    return EventTable(event_set=summary, columns=columns, fetch=fetch)


def _event(columns: Columns, row: int) -> Event:
    return Event(
        id=str(row),
        dataset="synthetic",
        first=dt.date.fromordinal(int(columns.first[row])),
        last=dt.date.fromordinal(int(columns.last[row])),
        date_prec=1,
        lat=float(columns.lat[row]),
        lon=float(columns.lon[row]),
        where_prec=1,
        radius_km=float(columns.radius_km[row]),
        place="",
        acts=columns.kinds[columns.kind[row]].acts,
    )


def readings(claims: int) -> list[Reading]:
    """Return `claims` claims, ten a document, at the same towns and days."""
    random = np.random.default_rng(3)
    towns, drawn = _towns(), _drawn(random, claims)
    days = _FIRST_DAY + random.integers(0, _DAYS, claims)
    return [
        _reading(
            number, [(towns[drawn[at]], int(days[at])) for at in range(number * 10, min(number * 10 + 10, claims))]
        )
        for number in range((claims + 9) // 10)
    ]


def _reading(number: int, claims: list[tuple[np.ndarray, int]]) -> Reading:
    document = Document(id=f"d{number}", source_sha256="0" * 64, text="x")
    word = Quote(span=Span(start=0, end=1), text="x")
    made, times, places = [], [], []
    for index, (town, ordinal) in enumerate(claims):
        day = dt.date.fromordinal(ordinal)
        claim = Claim(
            id=f"d{number}#{index}",
            document_id=document.id,
            kind=Kind.ACCUSATION,
            act=Act.ARMED_ATTACK if index % 3 else Act.DETENTION,
            trigger=word,
            quote=word,
            speaker=Mention(text="issuer"),
            places=(Mention(text="x"),),
            made=_MADE,
        )
        happened = When(edtf=day.isoformat(), first=day, last=day + dt.timedelta(days=(0, 0, 2, 6)[index % 4]))
        made.append(claim)
        times.append(
            Times(
                claim_id=claim.id,
                happened=happened,
                said=UNKNOWN_WHEN,
                published=UNKNOWN_WHEN,
                captured=UNKNOWN_WHEN,
                made=_MADE,
            )
        )
        radius = (3.0, 3.0, 25.0, 113.0)[index % 4]
        place = Place(
            id="p", name="p", kind="town", gazetteer="case", lat=town[0], lon=town[1], radius_km=radius, where_prec=1
        )
        candidate = PlaceCandidate(place=place, score=1.0)
        places.append(
            PlaceResolution(
                claim_id=claim.id, index=0, words="x", candidates=(candidate,), chosen=candidate, rule="", made=_MADE
            )
        )
    return Reading(
        source=Source(sha256="0" * 64, uri="", media_type="", size_bytes=0, captured=""),
        document=document,
        dating=Dating(
            document_id=document.id, published=UNKNOWN_WHEN, written=UNKNOWN_WHEN, agrees=None, evidence=(), made=_MADE
        ),
        claims=tuple(made),
        times=tuple(times),
        places=tuple(places),
    )
