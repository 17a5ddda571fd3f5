"""From delimited text to a table by a layout, in chunks of columns; a row that cannot be is named and left out."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

import numpy as np

from pactwatch.corroborate import cells
from pactwatch.corroborate.cells import Codes, Memo
from pactwatch.corroborate.delimited import Record, Records, Shape, reread
from pactwatch.corroborate.layout import Layout, Words
from pactwatch.corroborate.table import Columns, EventKind, EventTable, summarise
from pactwatch.errors import InputError
from pactwatch.model import Event, Problem, Severity

CHUNK_ROWS = 20_000
LISTED_PROBLEMS = 20
"""Rows left out are named one by one up to this many in a file; the rest are summed up."""

_WHOLE = ("first", "last", "date_prec", "where_prec", "kind", "actor", "deaths", "offset", "line", "key")
_REAL = ("lat", "lon", "radius_km")


def build(shape: Shape, layout: Layout, names: Sequence[str], *, name: str, header: bool) -> EventTable:
    """Return the table of a file whose columns are `names`."""
    builder = _Builder(shape, layout, names)
    records = Records(shape, header=header)
    for chunk in _chunks(records):
        builder.add(chunk)
    return builder.table(name, records.not_utf8)


def _chunks(records: Iterable[Record]) -> Iterator[list[Record]]:
    several = iter(records)
    while chunk := list(islice(several, CHUNK_ROWS)):
        yield chunk


class _Builder:
    """Collects chunks of columns and the rows that had to be left out."""

    def __init__(self, shape: Shape, layout: Layout, names: Sequence[str]) -> None:
        self._shape, self._layout, self._names = shape, layout, list(names)
        self._at = {column: index for index, column in enumerate(names)}
        self._day: Memo[str, int] = Memo(layout.day, -1)
        self._lat: Memo[str, float] = Memo(cells.latitude, np.nan)
        self._lon: Memo[str, float] = Memo(cells.longitude, np.nan)
        self._where: Memo[Words, tuple[int, float]] = Memo(layout.where, (6, 0.0))
        self._date_prec: Memo[Words, int] = Memo(layout.date_prec, 5)
        self._kind: Memo[Words, EventKind] = Memo(layout.kind, EventKind(label=""))
        self._actor: Memo[Words, tuple[str, str]] = Memo(layout.actors, ("", ""))
        self._deaths: Memo[Words, int] = Memo(layout.deaths, -1)
        self._kinds: Codes[EventKind] = Codes()
        self._actors: Codes[tuple[str, str]] = Codes()
        self._parts: list[dict[str, Any]] = []
        self._rows, self._left_out = 0, 0
        self._problems: list[Problem] = []

    def add(self, records: list[Record]) -> None:
        """Read one chunk."""
        self._rows += len(records)
        for record in records:
            if record.fault:
                self._leave_out(record.line, None, f"row left out: {record.fault}.")
        good = [record for record in records if not record.fault]
        if not good:
            return
        part = self._columns(list(zip(*(record.fields for record in good), strict=True)))
        part["offset"] = np.array([record.offset for record in good], dtype=np.int64)
        part["line"] = np.array([record.line for record in good], dtype=np.int64)
        bad = (part["first"] < 0) | (part["last"] < part["first"]) | np.isnan(part["lat"] + part["lon"])
        bad |= ((part["lat"] == 0.0) & (part["lon"] == 0.0)) | (part["key"] == 0)
        for index in np.flatnonzero(bad):
            self._explain(good[int(index)])
        self._parts.append({field: values[~bad] for field, values in part.items()})

    def _columns(self, columns: list[tuple[str, ...]]) -> dict[str, Any]:
        layout, size = self._layout, len(columns[0])
        where = [self._where[key] for key in self._keys(columns, layout.where_columns, size)]
        part = {
            "key": np.array([hash(text.strip()) if text.strip() else 0 for text in columns[self._at[layout.id]]]),
            "first": self._mapped(self._day, columns[self._at[layout.first]]),
            "last": self._mapped(self._day, columns[self._at[layout.last]]),
            "lat": self._mapped(self._lat, columns[self._at[layout.lat]]),
            "lon": self._mapped(self._lon, columns[self._at[layout.lon]]),
            "where_prec": np.array([one[0] for one in where], dtype=np.int64),
            "radius_km": np.array([one[1] for one in where], dtype=np.float64),
            "date_prec": self._mapped(self._date_prec, self._keys(columns, layout.date_prec_columns, size)),
            "deaths": self._mapped(self._deaths, self._keys(columns, layout.deaths_columns, size)),
        }
        kinds = map(self._kind.__getitem__, self._keys(columns, layout.kind_columns, size))
        actors = map(self._actor.__getitem__, self._keys(columns, layout.actor_columns, size))
        part["kind"] = np.array([self._kinds[one] for one in kinds], dtype=np.int64)
        part["actor"] = np.array([self._actors[one] for one in actors], dtype=np.int64)
        return self._widened(part)

    def _widened(self, part: dict[str, Any]) -> dict[str, Any]:
        """Where a format gives one day and a precision, make the interval that it stands for."""
        if self._layout.widen is None:
            return part
        spans: Memo[tuple[int, int, int], tuple[int, int]] = Memo(lambda key: self._layout.widen(*key), (-1, -1))  # type: ignore[misc]
        keys = zip(part["first"].tolist(), part["last"].tolist(), part["date_prec"].tolist(), strict=True)
        both = np.array([spans[key] if key[0] > 0 else key[:2] for key in keys], dtype=np.int64).reshape(-1, 2)
        return {**part, "first": both[:, 0], "last": both[:, 1]}

    def _keys(self, columns: list[tuple[str, ...]], names: Words, size: int) -> Iterable[Words]:
        """Return, row by row, the cells of these columns; a column that the file need not have gives empty cells."""
        blank = ("",) * size
        taken = [columns[self._at[name]] if name in self._at else blank for name in names]
        return zip(*taken, strict=True) if taken else [()] * size

    @staticmethod
    def _mapped(memo: Memo[Any, Any], texts: Iterable[Any]) -> Any:
        return np.array([memo[text] for text in texts])

    def _explain(self, record: Record) -> None:
        """Say of one row which cell makes it impossible."""
        layout = self._layout
        checks: list[tuple[str, Memo[str, Any]]] = [(layout.first, self._day), (layout.last, self._day)]
        checks += [(layout.lat, self._lat), (layout.lon, self._lon)]
        for column, memo in checks:
            value = record.fields[self._at[column]]
            if value in memo.why:
                self._leave_out(record.line, column, f"row left out: {value!r} {memo.why[value]}.")
                return
        if not record.fields[self._at[layout.id]].strip():
            self._leave_out(record.line, layout.id, "row left out: it has no id.")
            return
        first, last = (record.fields[self._at[column]] for column in (layout.first, layout.last))
        if self._day[last] < self._day[first]:
            what = f"row left out: it ends on {last!r}, before it begins ({first!r})."
            self._leave_out(record.line, layout.last, what)
            return
        self._leave_out(record.line, layout.lat, "row left out: 0 north, 0 east stands for a place that is not known.")

    def _leave_out(self, line: int, field: str | None, what: str) -> None:
        self._left_out += 1
        if self._left_out <= LISTED_PROBLEMS:
            self._problems.append(
                Problem(
                    code="event-row-left-out",
                    where=str(self._shape.path),
                    what=what,
                    advice="Correct the row if it should count.",
                    line=line,
                    field=field,
                )
            )

    def table(self, name: str, not_utf8: int) -> EventTable:
        """Return what was collected."""
        joined = self._joined()
        joined = self._without_doubles(joined)
        columns = Columns(
            **{field: joined[field] for field in (*_WHOLE[:7], *_REAL)},
            kinds=tuple(self._kinds),
            actors=tuple(self._actors),
        )
        summary = summarise(columns, name=name, format=self._layout.format, rows=self._rows, left_out=self._left_out)
        return EventTable(
            event_set=summary,
            columns=columns,
            fetch=_Fetch(self._shape, self._layout, self._names, name, columns, joined),
            problems=(*self._problems, *self._sums(not_utf8)),
        )

    def _joined(self) -> dict[str, Any]:
        fields = dict.fromkeys(_WHOLE, np.int64) | dict.fromkeys(_REAL, np.float64)
        return {
            field: np.concatenate([part[field].astype(kind) for part in self._parts] or [np.empty(0, dtype=kind)])
            for field, kind in fields.items()
        }

    def _without_doubles(self, joined: dict[str, Any]) -> dict[str, Any]:
        """Keep the first row of each id: two rows of one id cannot be told apart afterwards."""
        _, first = np.unique(joined["key"], return_index=True)
        if len(first) == len(joined["key"]):
            return joined
        kept = np.zeros(len(joined["key"]), dtype=bool)
        kept[first] = True
        for line in joined["line"][~kept]:
            self._leave_out(int(line), self._layout.id, "row left out: an earlier row has the same id.")
        return {field: values[kept] for field, values in joined.items()}

    def _sums(self, not_utf8: int) -> Iterator[Problem]:
        where = str(self._shape.path)
        if self._left_out > LISTED_PROBLEMS:
            more = self._left_out - LISTED_PROBLEMS
            what = f"{more} more rows left out for like reasons, {self._left_out} of {self._rows} in all."
            yield Problem(code="event-rows-left-out", where=where, what=what)
        if not_utf8:
            encoding = self._shape.legacy or "cp1252"
            what = f"{not_utf8} lines are not UTF-8 and were read as {encoding}, which is a guess."
            yield Problem(code="event-file-encoding", where=where, what=what, advice="Save the file as UTF-8.")
        for words, why in self._kind.why.items():
            label = " / ".join(word for word in words if word)
            what = f"the event type {label!r} {why}; its rows match no claim."
            yield Problem(code="event-type-unknown", where=where, what=what, severity=Severity.NOTE)


class _Fetch:
    """Reads chosen rows of the file again and returns them as events."""

    def __init__(
        self, shape: Shape, layout: Layout, names: list[str], dataset: str, columns: Columns, joined: dict[str, Any]
    ) -> None:
        self._shape, self._layout, self._names, self._dataset = shape, layout, names, dataset
        self._columns = columns
        self._offset, self._line, self._key = joined["offset"], joined["line"], joined["key"]

    def __call__(self, rows: Sequence[int]) -> list[Event]:
        """Return the events of these rows; `InputError` where the file is no longer the one that was read."""
        fields = reread(self._shape, [int(self._offset[row]) for row in rows])
        cells_by_name = (dict(zip(self._names, cell, strict=False)) for cell in fields)
        return [self._event(row, cell) for row, cell in zip(rows, cells_by_name, strict=True)]

    def _event(self, row: int, cell: dict[str, str]) -> Event:
        text = cell.get(self._layout.id, "").strip()
        if hash(text) != int(self._key[row]):
            raise InputError(f"{self._shape.path}: the file was changed while it was in use; run again")
        columns = self._columns
        kind = columns.kinds[columns.kind[row]]
        actor1, actor2 = columns.actors[columns.actor[row]]
        deaths = int(columns.deaths[row])
        return Event(
            id=cells.identifier(text),
            dataset=self._dataset,
            first=dt.date.fromordinal(int(columns.first[row])),
            last=dt.date.fromordinal(int(columns.last[row])),
            date_prec=int(columns.date_prec[row]),
            lat=float(columns.lat[row]),
            lon=float(columns.lon[row]),
            where_prec=int(columns.where_prec[row]),
            radius_km=float(columns.radius_km[row]),
            acts=kind.acts,
            event_type=kind.label,
            actor1=actor1,
            actor2=actor2,
            deaths=None if deaths < 0 else deaths,
            row=int(self._line[row]),
            **self._layout.details(cell),
        )
