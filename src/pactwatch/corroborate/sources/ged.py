"""UCDP GED (Georeferenced Event Dataset), CSV, versions 5.0 to 25.1."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pactwatch.corroborate import cells, citations
from pactwatch.corroborate.build import build
from pactwatch.corroborate.crosswalk import crosswalk
from pactwatch.corroborate.delimited import look
from pactwatch.corroborate.layout import Layout, Words, check_columns
from pactwatch.corroborate.precision import radius_km
from pactwatch.corroborate.sources.base import TableSource, has_most
from pactwatch.corroborate.table import EventKind, EventTable

_SIGNATURE = ("type_of_violence", "where_prec", "date_prec", "dyad_name", "side_a", "side_b", "date_start", "best")


class GedSource(TableSource):
    """Reads UCDP GED. Deaths are its best estimate; the radius comes from `where_prec`."""

    name = "ged"

    def recognises(self, path: Path, columns: Sequence[str]) -> bool:
        """Return True for a header with GED's own columns."""
        return has_most(columns, _SIGNATURE)

    def table(self, path: Path, mapping: Path | None, name: str | None) -> EventTable:
        """Return the file as a table."""
        shape = look(path)
        layout = _layout("best" if "best" in shape.first or "best_est" not in shape.first else "best_est")
        check_columns(path, layout, shape.first)
        return build(shape, layout, shape.first, name=name or path.stem, header=True)


def _layout(deaths: str) -> Layout:
    """GED before version 18 calls the best estimate `best_est`."""
    return Layout(
        format="UCDP GED",
        id="id",
        first="date_start",
        last="date_end",
        lat="latitude",
        lon="longitude",
        where_columns=("where_prec",),
        date_prec_columns=("date_prec",),
        kind_columns=("type_of_violence",),
        actor_columns=("side_a", "side_b"),
        deaths_columns=(deaths,),
        day=cells.iso_day,
        where=_where,
        date_prec=lambda cell: cells.grade(cell[0]) or 5,
        kind=_kind,
        actors=lambda cell: (cell[0].strip(), cell[1].strip()),
        deaths=lambda cell: cells.count(cell[0]),
        details=_details,
    )


def _where(cell: Words) -> tuple[int, float]:
    grade = cells.grade(cell[0]) or 6
    return grade, radius_km(grade)


def _kind(cell: Words) -> EventKind:
    entry = crosswalk("ged").get(str(cells.grade(cell[0])))
    if entry is None:
        raise ValueError("is none of UCDP's (1, 2, 3)")
    return EventKind(label=entry.label, acts=tuple(act.value for act in entry.acts), directed=entry.directed)


def _details(row: Mapping[str, str]) -> dict[str, Any]:
    cited = citations.of_ged(
        row.get("source_article", ""),
        row.get("source_office", ""),
        row.get("source_date", ""),
        row.get("source_headline", ""),
    )
    return {
        "place": row.get("where_coordinates", ""),
        "country": row.get("country", ""),
        "admin1": row.get("adm_1", ""),
        "outlet": row.get("source_office", "") or "; ".join(one[0] for one in cited if one[0]),
        "informant": row.get("source_original", ""),
        "headline": row.get("source_headline", ""),
        "notes": row.get("where_description", ""),
        "citations": cited,
    }
