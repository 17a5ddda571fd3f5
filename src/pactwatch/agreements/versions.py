"""A clause and its later wordings laid over it: each version whole, with all that stayed as it was."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from pactwatch.agreements import moments
from pactwatch.agreements.moments import NotATime
from pactwatch.agreements.schema import AgreementFile, InstrumentTable
from pactwatch.agreements.wording import ClauseTable, Wording

_CHANGEABLE = tuple(field.name for field in msgspec.structs.fields(Wording))


@dataclass(frozen=True, slots=True, kw_only=True)
class Laid:
    """One version of a clause: its whole wording, from which day it holds, and where in the file it stands."""

    id: str
    prefix: str
    version: dt.date
    amended_by: tuple[str, ...]
    wording: Wording
    path: str


def prefix_of(clause_id: str) -> str:
    """Return what stands before the first slash of a clause id."""
    return clause_id.split("/", 1)[0]


def several(value: str | tuple[str, ...] | None) -> tuple[str, ...]:
    """Return a field that takes one word or several as a tuple; empty for none."""
    if value is None or value == "":
        return ()
    return (value,) if isinstance(value, str) else value


def instruments(file: AgreementFile) -> dict[str, InstrumentTable]:
    """Return the file's instruments by prefix."""
    return {one.prefix: one for one in file.instrument}


def signed_on(instrument: InstrumentTable) -> dt.date:
    """Return the day on which an instrument was signed; `NotATime` where the file gives none."""
    day = moments.day(instrument.signed)
    if day is None:
        raise NotATime("there is no day of signature; write YYYY-MM-DD")
    return day


def all_laid(file: AgreementFile) -> Iterator[Laid]:
    """Yield every version of every clause, in the order of the file; `NotATime`, `KeyError` as the checks foresee."""
    known = instruments(file)
    for index, table in enumerate(file.clause):
        yield from laid_over(table, signed_on(known[prefix_of(table.id)]), f"clause[{index}]")


def laid_over(table: ClauseTable, signed: dt.date, path: str) -> Iterator[Laid]:
    """Yield a clause's first wording, which holds from the day of signature, and each later one, oldest first."""
    prefix = prefix_of(table.id)
    current = Wording(**{name: getattr(table, name) for name in _CHANGEABLE})
    yield Laid(id=table.id, prefix=prefix, version=signed, amended_by=(), wording=current, path=path)
    dated = [(moments.day(one.from_) or signed, index, one) for index, one in enumerate(table.version)]
    for day, index, later in sorted(dated, key=lambda entry: entry[:2]):
        changed = {name: getattr(later, name) for name in _CHANGEABLE if getattr(later, name) is not None}
        current = msgspec.structs.replace(current, **changed)
        amended_by = several(later.amended_by)
        where = f"{path}.version[{index}]"
        yield Laid(id=table.id, prefix=prefix, version=day, amended_by=amended_by, wording=current, path=where)


def under(wanted: str, ids: list[str]) -> tuple[str, ...]:
    """Return the ids that `wanted` stands for: itself, or every clause under that article; empty where none."""
    if wanted in ids:
        return (wanted,)
    return tuple(one for one in ids if one.startswith(f"{wanted}/"))
