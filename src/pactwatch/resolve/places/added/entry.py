"""What every reader of an added file yields: a place with all its names, or a problem that names file and line."""

from dataclasses import dataclass

from pactwatch.model import Place, Problem, Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One place as written; `names` are further names in any script, `region` its GeoNames admin1 code (`AF.03`)."""

    place: Place
    names: tuple[str, ...]
    line: int
    region: str = ""


def row_problem(code: str, where: str, line: int, what: str, advice: str) -> Problem:
    """Return the problem of a row that is left out."""
    return Problem(code=code, where=where, line=line, what=what, advice=advice)


def file_problem(code: str, where: str, what: str, advice: str) -> Problem:
    """Return the problem of a file, or a sheet of it, of which nothing can be read."""
    return Problem(code=code, where=where, line=1, what=what, advice=advice, severity=Severity.ERROR)


def point_problem(name: str, lat: str, lon: str, where: str, line: int) -> Problem | tuple[float, float]:
    """Return latitude and longitude as degrees, or what is wrong with them."""
    try:
        north, east = float(lat.replace(",", ".")), float(lon.replace(",", "."))
    except ValueError:
        what = f"{name}: latitude and longitude are {lat!r}, {lon!r}"
        return row_problem("place-bad-point", where, line, what, "Write decimal degrees.")
    if -90 <= north <= 90 and -180 <= east <= 180:
        return north, east
    swapped = " They look exchanged." if -90 <= east <= 90 and -180 <= north <= 180 else ""
    what = f"{name}: {lat}, {lon} is not on the globe."
    return row_problem("place-out-of-range", where, line, what, f"Latitude is -90 to 90.{swapped}")
