"""ACLED (Armed Conflict Location & Event Data), CSV as exported from its site or its interface."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pactwatch.corroborate import cells, citations
from pactwatch.corroborate.build import build
from pactwatch.corroborate.crosswalk import crosswalk
from pactwatch.corroborate.delimited import look
from pactwatch.corroborate.layout import Layout, Words, check_columns
from pactwatch.corroborate.precision import radius_km, whole_month
from pactwatch.corroborate.sources.base import TableSource, has_most
from pactwatch.corroborate.table import EventKind, EventTable

_SIGNATURE = ("event_id_cnty", "sub_event_type", "inter1", "time_precision", "geo_precision", "fatalities")

_WHERE_PREC = {1: 1, 2: 3, 3: 4}
"""ACLED's geo_precision as UCDP's where_prec: 1 a town, 2 a part of a region, 3 a larger region (Codebook 2023)."""

_DATE_PREC = {1: 1, 2: 3, 3: 4}
"""ACLED's time_precision as UCDP's date_prec: 1 the day, 2 the week, 3 the month (Codebook 2023)."""

_WEEK_DAYS = 6


class AcledSource(TableSource):
    """Reads ACLED. A day with time_precision 2 stands for the weeks that hold it, 3 for its month."""

    name = "acled"

    def recognises(self, path: Path, columns: Sequence[str]) -> bool:
        """Return True for a header with ACLED's own columns."""
        return has_most(columns, _SIGNATURE)

    def table(self, path: Path, mapping: Path | None, name: str | None) -> EventTable:
        """Return the file as a table."""
        shape = look(path)
        check_columns(path, _LAYOUT, shape.first)
        return build(shape, _LAYOUT, shape.first, name=name or path.stem, header=True)


def _day(text: str) -> int:
    """ACLED writes `2023-05-09` (interface) or `09 May 2023` (export)."""
    try:
        return cells.iso_day(text)
    except ValueError:
        found = None
        for pattern in ("%d %B %Y", "%d-%B-%Y", "%d %b %Y"):
            try:
                found = dt.datetime.strptime(text.strip(), pattern)
            except ValueError:
                continue
        if found is None:
            raise
        return cells.plausible_day(found.year, found.month, found.day)


def _where(cell: Words) -> tuple[int, float]:
    grade = _WHERE_PREC.get(cells.grade(cell[0]), 4)
    return grade, radius_km(grade)


def _kind(cell: Words) -> EventKind:
    known = crosswalk("acled")
    event, sub = cell[0].strip(), cell[1].strip()
    entry = known.get(f"{event} / {sub}") or known.get(event)
    if entry is None:
        raise ValueError("is none of ACLED's")
    label = f"{event} / {sub}" if sub else event
    return EventKind(label=label, acts=tuple(act.value for act in entry.acts), directed=entry.directed)


def _widen(first: int, last: int, date_prec: int) -> tuple[int, int]:
    if date_prec == _DATE_PREC[2]:
        return first - _WEEK_DAYS, last + _WEEK_DAYS
    return whole_month(first, last) if date_prec == _DATE_PREC[3] else (first, last)


def _details(row: Mapping[str, str]) -> dict[str, Any]:
    source = row.get("source", "")
    cited = tuple(citations.of_words(one) for one in source.split(";") if one.strip())
    return {
        "place": row.get("location", ""),
        "country": row.get("country", ""),
        "admin1": row.get("admin1", ""),
        "outlet": source,
        "notes": row.get("notes", ""),
        "citations": cited,
        "source_kind": row.get("source_scale", ""),
    }


_LAYOUT = Layout(
    format="ACLED",
    id="event_id_cnty",
    first="event_date",
    last="event_date",
    lat="latitude",
    lon="longitude",
    where_columns=("geo_precision",),
    date_prec_columns=("time_precision",),
    kind_columns=("event_type", "sub_event_type"),
    actor_columns=("actor1", "actor2"),
    deaths_columns=("fatalities",),
    day=_day,
    where=_where,
    date_prec=lambda cell: _DATE_PREC.get(cells.grade(cell[0]), 4),
    kind=_kind,
    actors=lambda cell: (cell[0].strip(), cell[1].strip()),
    deaths=lambda cell: cells.count(cell[0]),
    details=_details,
    widen=_widen,
)
