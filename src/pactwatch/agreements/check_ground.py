"""Checks of lines and areas: geometry that is there, that can be, and that does not run in a circle."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter

from pactwatch.agreements.check_head import basis_exists, named_twice, ordered, overlapping, valid_day
from pactwatch.agreements.findings import Findings, nearest
from pactwatch.agreements.schema import AgreementFile, AreaTable

_MAX_LAT = 90.0
_MAX_LON = 180.0
_CODE = "agreement-area"


def check_ground(file: AgreementFile, findings: Findings) -> None:
    """Add what is wrong or doubtful in the lines and areas of a file."""
    _lines(file, findings)
    clauses = {one.id for one in file.clause}
    periods: dict[str, list[tuple[int, dt.date | None, dt.date | None]]] = {}
    for index, one in enumerate(file.area):
        path = f"area[{index}]"
        since = valid_day(one.since, f"{path}.since", findings)
        until = valid_day(one.until, f"{path}.until", findings)
        ordered(since, until, path, findings)
        basis_exists(one.basis, clauses, f"{path}.basis", findings)
        _geometry(one, file, path, findings)
        periods.setdefault(one.id, []).append((index, since, until))
    for name, entries in periods.items():
        for at in overlapping([(since, until) for _, since, until in entries]):
            what = f"area {name} is drawn twice for the same days"
            findings.error(
                _CODE, f"area[{entries[at][0]}].id", what, "End the earlier one with `until`, or rename one."
            )
    _circles(file, findings)
    area_exists(file.default_area, file, "default_area", findings)


def area_exists(name: str, file: AgreementFile, path: str, findings: Findings) -> None:
    """Add an error where an area is named that the file does not draw; no name is none."""
    names = list(dict.fromkeys(one.id for one in file.area))
    if name and name not in names:
        findings.error(_CODE, path, f"there is no area {name!r}", nearest(name, names, of="Areas"))


def cycle(edges: Mapping[str, Iterable[str]]) -> list[str]:
    """Return one chain that comes back to where it began, its first name again at its end; empty where none does."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        chain: list[str] = error.args[1]
        return chain[::-1]
    return []


def _lines(file: AgreementFile, findings: Findings) -> None:
    named_twice((one.id for one in file.line), "line[%d].id", findings)
    for index, one in enumerate(file.line):
        path = f"line[{index}].points"
        if len(one.points) < 2:
            findings.error(_CODE, path, f"a line of {len(one.points)} points", "Give it two or more.")
        for point in one.points:
            _point(point, (2, 3), "[latitude, longitude] or [latitude, longitude, error in km]", path, findings)


def _point(point: Sequence[float], lengths: tuple[int, ...], form: str, path: str, findings: Findings) -> None:
    if len(point) not in lengths:
        findings.error(_CODE, path, f"{list(point)} is no point", f"Write {form}.")
    elif abs(point[0]) > _MAX_LAT or abs(point[1]) > _MAX_LON:
        findings.error(_CODE, path, f"{list(point)} lies nowhere on earth", "Latitude comes first, then longitude.")
    elif any(one < 0 for one in point[2:]):
        findings.error(_CODE, path, f"{list(point)} has a negative distance", "Write it in km, zero or more.")


def _geometry(area: AreaTable, file: AgreementFile, path: str, findings: Findings) -> None:
    for point in area.points:
        _point(point, (3,), "[latitude, longitude, radius in km]", f"{path}.points", findings)
    for field in ("inside", "outside"):
        area_exists(getattr(area, field), file, f"{path}.{field}", findings)
    _strip(area, file, path, findings)
    own = area.everywhere or area.units or area.points or area.line
    if not (own or area.inside or area.outside or area.reading):
        advice = "Give it units, points, a line with a distance, `inside`, `outside`, or `everywhere = true`."
        findings.error(_CODE, path, f"area {area.id} has no geometry", advice)
    if area.everywhere and (area.units or area.points or area.line):
        advice = "Take `everywhere` out, or the rest."
        findings.error(_CODE, f"{path}.everywhere", f"area {area.id} is everywhere and somewhere", advice)


def _strip(area: AreaTable, file: AgreementFile, path: str, findings: Findings) -> None:
    lines = [one.id for one in file.line]
    distances = [one for one in (area.within_km, area.beyond_km) if one is not None]
    if area.line and area.line not in lines:
        advice = nearest(area.line, lines, of="Lines")
        findings.error(_CODE, f"{path}.line", f"there is no line {area.line!r}", advice)
    if bool(area.line) != bool(distances):
        advice = "A strip needs both: a `line`, and `within_km` or `beyond_km`."
        findings.error(_CODE, path, f"area {area.id} has a line or a distance alone", advice)
    if any(one < 0 for one in distances) or area.within_km == 0:
        findings.error(_CODE, path, f"area {area.id} has an impossible distance", "Write it in km, above zero.")
    if area.within_km is not None and area.beyond_km is not None and area.beyond_km >= area.within_km:
        advice = "`beyond_km` is the inner edge of a strip, `within_km` the outer one."
        findings.error(_CODE, path, f"area {area.id} is empty", advice)


def _circles(file: AgreementFile, findings: Findings) -> None:
    edges: dict[str, list[str]] = {}
    for one in file.area:
        edges.setdefault(one.id, []).extend(name for name in (one.inside, one.outside) if name)
    chain = cycle(edges)
    if chain:
        index = next(i for i, one in enumerate(file.area) if one.id == chain[0])
        what = f"areas that are drawn by each other: {' → '.join(chain)}"
        findings.error(_CODE, f"area[{index}]", what, "Give one of them a geometry of its own.")
