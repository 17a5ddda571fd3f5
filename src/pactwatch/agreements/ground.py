"""Areas of the file as areas of the model: lines that several areas share are written out in each."""

from pactwatch.agreements import moments
from pactwatch.agreements.schema import AgreementFile, AreaTable, LineTable
from pactwatch.model import Area

PLAIN = 2
"""Numbers in a point without an error: latitude and longitude."""


def area(table: AreaTable, file: AgreementFile) -> Area:
    """Return one area, with the points and the error of the line that it names."""
    line = lines(file).get(table.line)
    return Area(
        id=table.id,
        title=table.title,
        everywhere=table.everywhere,
        units=table.units,
        excluded=table.excluded,
        points=tuple((one[0], one[1], one[2]) for one in table.points),
        line=tuple((one[0], one[1]) for one in line.points) if line else (),
        line_error_km=line.error_km if line else 0.0,
        line_errors_km=_errors(line),
        reading=table.reading,
        words=table.words,
        within_km=table.within_km,
        beyond_km=table.beyond_km,
        inside=table.inside,
        outside=table.outside,
        since=moments.day(table.since),
        until=moments.day(table.until),
        basis=table.basis,
        note=table.note,
    )


def lines(file: AgreementFile) -> dict[str, LineTable]:
    """Return the file's lines by id."""
    return {one.id: one for one in file.line}


def _errors(line: LineTable | None) -> tuple[float, ...]:
    """The error of each point, the line's own where a point has none; nothing where no point has one."""
    if line is None or not any(len(one) > PLAIN for one in line.points):
        return ()
    return tuple(one[PLAIN] if len(one) > PLAIN else line.error_km for one in line.points)
