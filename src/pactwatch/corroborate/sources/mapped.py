"""A plain CSV of any shape, read by a mapping file."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Row
from pathlib import Path
from typing import Any

from pactwatch.corroborate import cells, citations
from pactwatch.corroborate.build import build
from pactwatch.corroborate.delimited import look
from pactwatch.corroborate.layout import Layout, Words, check_columns
from pactwatch.corroborate.precision import COARSEST, radius_km
from pactwatch.corroborate.sources.base import TableSource
from pactwatch.corroborate.sources.mapping import Mapping, read_mapping
from pactwatch.corroborate.table import EventKind, EventTable
from pactwatch.errors import InputError


class MappedCsvSource(TableSource):
    """Reads a CSV by a mapping file: the one given, or `NAME.mapping.toml` beside `NAME.csv`."""

    name = "csv"

    def recognises(self, path: Path, columns: Sequence[str]) -> bool:
        """Return True where a mapping file lies beside the file."""
        return _beside(path).is_file()

    def table(self, path: Path, mapping: Path | None, name: str | None) -> EventTable:
        """Return the file as a table; its name is the mapping's where none is given."""
        mapping_path = mapping or _beside(path)
        if mapping is None and not mapping_path.is_file():
            raise InputError(f"{path}: a plain CSV needs a mapping file; write {mapping_path.name} beside it")
        rules = read_mapping(mapping_path)
        shape, layout = look(path), _layout(rules)
        check_columns(path, layout, shape.first, advice=f" Correct {mapping_path} or the file.")
        return build(shape, layout, shape.first, name=name or rules.name, header=True)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.stem}.mapping.toml")


def _layout(rules: Mapping) -> Layout:
    columns = rules.columns
    return Layout(
        format="mapped CSV",
        id=columns.id,
        first=columns.date or columns.date_start,
        last=columns.date or columns.date_end or columns.date_start,
        lat=columns.lat,
        lon=columns.lon,
        where_columns=(columns.precision,) if columns.precision else (),
        date_prec_columns=(columns.date_precision,) if columns.date_precision else (),
        kind_columns=tuple(columns.type),
        actor_columns=tuple(name for name in (columns.actor1, columns.actor2) if name),
        deaths_columns=tuple(columns.deaths),
        day=cells.day_as(rules.date_format) if rules.date_format else cells.iso_day,
        where=_where(rules),
        date_prec=lambda cell: rules.date_precision.get(cell[0].strip(), 1) if cell else 1,
        kind=_kind(rules),
        actors=_actors(columns.actor1, columns.actor2),
        deaths=_deaths,
        details=_details(rules),
    )


def _where(rules: Mapping) -> Callable[[Words], tuple[int, float]]:
    def read(cell: Words) -> tuple[int, float]:
        if not cell:
            return 1, radius_km(1)
        meaning = rules.precision.get(cell[0].strip())
        if meaning is None:
            return COARSEST, radius_km(COARSEST)
        return meaning.where_prec, radius_km(meaning.where_prec) if meaning.radius_km is None else meaning.radius_km

    return read


def _kind(rules: Mapping) -> Callable[[Words], EventKind]:
    def read(cell: Words) -> EventKind:
        words = [word.strip() for word in cell]
        label = " / ".join(word for word in words if word)
        acts = rules.acts.get(label, rules.acts.get(words[0] if words else ""))
        if acts is None:
            raise ValueError("is not in [acts] of the mapping file")
        return EventKind(label=label, acts=tuple(act.value for act in acts), directed=True)

    return read


def _actors(first: str, second: str) -> Callable[[Words], tuple[str, str]]:
    def read(cell: Words) -> tuple[str, str]:
        given = [word.strip() for word in cell]
        actor1 = given.pop(0) if first else ""
        return actor1, given.pop(0) if second else ""

    return read


def _deaths(cell: Words) -> int:
    """Add up what is given; -1 where no column holds a number."""
    numbers = [cells.count(word) for word in cell]
    return sum(one for one in numbers if one >= 0) if any(one >= 0 for one in numbers) else -1


def _details(rules: Mapping) -> Callable[[Row[str, str]], dict[str, Any]]:
    columns = rules.columns

    def read(row: Row[str, str]) -> dict[str, Any]:
        source, word = row.get(columns.source, ""), row.get(columns.source_kind, "").strip()
        kind = rules.source_kinds.get(word)
        cited = citations.of_words(source)
        injured = cells.count(row.get(columns.injured, ""))
        return {
            "place": row.get(columns.place, ""),
            "country": row.get(columns.country, ""),
            "admin1": row.get(columns.admin1, ""),
            "injured": None if injured < 0 else injured,
            "outlet": source,
            "informant": row.get(columns.informant, "") or (kind.party if kind else ""),
            "headline": row.get(columns.headline, "") or cited[2],
            "notes": row.get(columns.notes, ""),
            "citations": (cited,) if any(cited) else (),
            "source_kind": word if kind is None or kind.known else "unknown",
        }

    return read
