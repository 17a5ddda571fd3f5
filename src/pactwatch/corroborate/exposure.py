"""The log of those who looked: one row a day and sector, with patrols planned and done, hours, and who refused."""

import datetime as dt
import difflib
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from pactwatch.corroborate import cells
from pactwatch.corroborate.delimited import Record, Records, look
from pactwatch.errors import InputError
from pactwatch.handwritten import decode, read_text
from pactwatch.model import Exposure, Problem

_NAMES = {
    "date": ("date", "day"),
    "sector": ("sector", "area"),
    "planned": ("patrols_planned", "planned"),
    "done": ("patrols_done", "done"),
    "hours": ("hours_observed", "hours"),
    "access": ("access",),
    "denied_by": ("denied_by",),
    "reason": ("reason",),
    "observer": ("observer",),
}
_NEEDED = ("date", "sector", "hours")

ACCESS = ("full", "partial", "denied")
LISTED_PROBLEMS = 20


class Sector(msgspec.Struct, forbid_unknown_fields=True):
    """A sector of a log: the unit that it is a part of, and the places that are known to lie in it."""

    name: str
    within: str = ""
    places: list[str] = []


class Sectors(msgspec.Struct, forbid_unknown_fields=True):
    """A sectors file: `LOG.sectors.toml` beside `LOG.csv`. `observer` is who keeps the log."""

    observer: str = ""
    sector: list[Sector] = []


def read_exposure(path: Path, *, sectors: Path | None = None) -> tuple[tuple[Exposure, ...], tuple[Problem, ...]]:
    """Return an observers' log by day and sector, and a problem for each row that had to be left out.

    The columns are `date`, `sector`, `hours_observed` (hours, summed over patrols), and where known `patrols_planned`,
    `patrols_done`, `access` (full, partial, denied), `denied_by`, `reason`, `observer`. A sectors file, given or beside
    the log, says what the sectors hold. Raises `InputError` for a missing column, `HandwrittenFileError` for the
    sectors file.
    """
    known = _sectors(path, sectors)
    shape = look(path)
    at = _columns(path, shape.first)
    found: list[Exposure] = []
    problems: list[Problem] = []
    left_out = 0
    for record in Records(shape, header=True):
        made = record.fault or _exposure(record, at, known)
        if isinstance(made, Exposure):
            found.append(made)
            continue
        left_out += 1
        if left_out <= LISTED_PROBLEMS:
            problems.append(_problem(path, record.line, f"row left out: {made}."))
    if left_out > LISTED_PROBLEMS:
        problems.append(_problem(path, None, f"{left_out - LISTED_PROBLEMS} more rows left out, {left_out} in all."))
    return tuple(found), (*problems, *_unmatched(path, known, found))


def _sectors(path: Path, given: Path | None) -> Sectors:
    beside = given or path.with_name(f"{path.stem}.sectors.toml")
    if given is None and not beside.is_file():
        return Sectors()
    return decode(read_text(beside), str(beside), Sectors)


def _columns(path: Path, names: Sequence[str]) -> dict[str, int]:
    at = {field: names.index(name) for field, several in _NAMES.items() for name in several if name in names}
    for field in _NEEDED:
        if field not in at:
            near = difflib.get_close_matches(_NAMES[field][0], names, n=1, cutoff=0.0)
            what = f"{path}: an exposure log must have a column `{_NAMES[field][0]}`"
            raise InputError(f"{what}; the nearest that it has is `{near[0] if near else ''}`.")
    return at


def _exposure(record: Record, at: Mapping[str, int], known: Sectors) -> Exposure | str:
    """Return a row of the log, or what is wrong with it."""
    cell = {field: record.fields[index].strip() for field, index in at.items()}
    try:
        day = dt.date.fromordinal(cells.iso_day(cell["date"]))
    except ValueError as error:
        return f"date {cell['date']!r} {error}"
    try:
        hours = cells.number(cell["hours"] or "0")
    except ValueError as error:
        return f"hours {cell['hours']!r} {error}"
    if hours < 0:
        return f"hours {cell['hours']!r} are fewer than none"
    if not cell["sector"]:
        return "it names no sector"
    access = cell.get("access", "").casefold()
    if access and access not in ACCESS:
        return f"access {cell['access']!r} is none of {', '.join(ACCESS)}"
    sector = next((one for one in known.sector if one.name == cell["sector"]), None)
    return Exposure(
        day=day,
        sector=cell["sector"],
        planned=max(0, cells.count(cell.get("planned", ""))),
        done=max(0, cells.count(cell.get("done", ""))),
        hours=hours,
        access=access,
        denied_by=cell.get("denied_by", ""),
        reason=cell.get("reason", ""),
        observer=cell.get("observer", "") or known.observer,
        places=tuple(sector.places) if sector else (),
        within=sector.within if sector else "",
    )


def _problem(path: Path, line: int | None, what: str) -> Problem:
    advice = "What such a row would have covered counts as not observed."
    return Problem(code="exposure-row-left-out", where=str(path), what=what, advice=advice, line=line)


def _unmatched(path: Path, known: Sectors, found: Sequence[Exposure]) -> tuple[Problem, ...]:
    """Name sectors of the sectors file that the log never uses: most likely a slip of the pen in one of the two."""
    used = sorted({one.sector for one in found})
    problems = []
    for sector in known.sector:
        if found and sector.name not in used:
            near = difflib.get_close_matches(sector.name, used, n=1, cutoff=0.0)[0]
            what = f"the sectors file has a sector {sector.name!r} that the log does not have."
            advice = f"The nearest in the log is {near!r}."
            problems.append(Problem(code="exposure-sector-unknown", where=str(path), what=what, advice=advice))
    return tuple(problems)
