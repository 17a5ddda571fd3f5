"""GDELT events: version 1 and 2 dumps (tab-separated, no header), or a CSV with GDELT's column names."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pactwatch.corroborate import cells
from pactwatch.corroborate.build import build
from pactwatch.corroborate.crosswalk import by_longest_code, crosswalk
from pactwatch.corroborate.delimited import Shape, look
from pactwatch.corroborate.layout import Layout, Words, check_columns
from pactwatch.corroborate.precision import radius_km
from pactwatch.corroborate.sources.base import TableSource, has_most
from pactwatch.corroborate.table import EventKind, EventTable

_SIGNATURE = ("GLOBALEVENTID", "SQLDATE", "EventCode", "ActionGeo_Lat", "GoldsteinScale", "ActionGeo_Type")


def _actor(which: int) -> list[str]:
    parts = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code")
    return [f"Actor{which}{part}" for part in (*parts, "Type1Code", "Type2Code", "Type3Code")]


def _geo(which: str, *, with_adm2: bool) -> list[str]:
    adm2 = ("ADM2Code",) if with_adm2 else ()
    parts = ("Type", "FullName", "CountryCode", "ADM1Code", *adm2, "Lat", "Long", "FeatureID")
    return [f"{which}Geo_{part}" for part in parts]


def _names(*, with_adm2: bool) -> tuple[str, ...]:
    begin = ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", *_actor(1), *_actor(2)]
    coded = ["IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale"]
    counts = ["NumMentions", "NumSources", "NumArticles", "AvgTone"]
    geo = [name for which in ("Actor1", "Actor2", "Action") for name in _geo(which, with_adm2=with_adm2)]
    return (*begin, *coded, *counts, *geo, "DATEADDED", "SOURCEURL")


DUMPS = {61: _names(with_adm2=True), 58: _names(with_adm2=False), 57: _names(with_adm2=False)[:-1]}
"""Column names of headerless dumps by their number: GDELT 2.0, 1.0 since April 2013, 1.0 before (GDELT codebooks)."""

_WHERE_PREC = {1: 6, 2: 4, 3: 2, 4: 2, 5: 4}
"""ActionGeo_Type as UCDP's where_prec: 1 country, 2 US state, 3 US city, 4 city, 5 state (Event Codebook 2.0). Cities
count as 2, not 1: GDELT geocodes what the article names, which is often the next large town."""

_DATE_PREC_DAYS = 2
"""SQLDATE may be the day of the report: UCDP's 2, a few days."""


class GdeltSource(TableSource):
    """Reads GDELT events by their CAMEO codes. GDELT counts no deaths."""

    name = "gdelt"

    def recognises(self, path: Path, columns: Sequence[str]) -> bool:
        """Return True for GDELT's column names, or for a headerless row that begins with an id and a day."""
        return has_most(columns, _SIGNATURE) or _is_dump(columns)

    def table(self, path: Path, mapping: Path | None, name: str | None) -> EventTable:
        """Return the file as a table."""
        shape = look(path)
        dump = _is_dump(shape.first)
        names = DUMPS[len(shape.first)] if dump else shape.first
        if dump:
            shape = Shape(path=path, delimiter="\t", first=names, legacy=shape.legacy, utf16=shape.utf16, quoted=False)
        check_columns(path, _LAYOUT, names)
        return build(shape, _LAYOUT, names, name=name or path.stem, header=not dump)


def _is_dump(first: Sequence[str]) -> bool:
    return len(first) in DUMPS and first[0].isdigit() and len(first[1]) == len("20310509") and first[1].isdigit()


def _where(cell: Words) -> tuple[int, float]:
    grade = _WHERE_PREC.get(cells.grade(cell[0]), 6)
    return grade, radius_km(grade)


def _kind(cell: Words) -> EventKind:
    code = cell[0].strip()
    entry = by_longest_code(crosswalk("cameo"), code)
    if entry is None:
        return EventKind(label=f"CAMEO {code}")
    return EventKind(label=f"CAMEO {code} {entry.label}", acts=tuple(act.value for act in entry.acts), directed=True)


def _details(row: Mapping[str, str]) -> dict[str, Any]:
    url = row.get("SOURCEURL", "")
    outlet = url.split("/")[2].removeprefix("www.") if "://" in url else url
    return {
        "place": row.get("ActionGeo_FullName", ""),
        "country": row.get("ActionGeo_CountryCode", ""),
        "admin1": row.get("ActionGeo_ADM1Code", ""),
        "outlet": outlet,
        "notes": url,
        "citations": ((outlet, "", ""),) if outlet else (),
    }


_LAYOUT = Layout(
    format="GDELT",
    id="GLOBALEVENTID",
    first="SQLDATE",
    last="SQLDATE",
    lat="ActionGeo_Lat",
    lon="ActionGeo_Long",
    where_columns=("ActionGeo_Type",),
    date_prec_columns=(),
    kind_columns=("EventCode",),
    actor_columns=("Actor1Name", "Actor2Name"),
    deaths_columns=(),
    day=cells.iso_day,
    where=_where,
    date_prec=lambda cell: _DATE_PREC_DAYS,
    kind=_kind,
    actors=lambda cell: (cell[0].strip().title(), cell[1].strip().title()),
    deaths=lambda cell: -1,
    details=_details,
)
