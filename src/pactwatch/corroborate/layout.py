"""A layout says which column of a format holds what, and how its words are to be read."""

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pactwatch.corroborate.table import EventKind
from pactwatch.errors import InputError

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Which column holds what. Fields that end in `_columns` may name none; then their reader sees no words.

    The readers get the cells of those columns: `where` gives (where_prec, radius in km), `date_prec` UCDP's 1 to 5,
    `kind` the type, `actors` the two sides, `deaths` a number or -1. `widen` makes an uncertain day an
    interval by its date_prec. `details` gives the remaining fields of an event from the whole row by column name.
    """

    format: str
    id: str
    first: str
    last: str
    lat: str
    lon: str
    where_columns: Words
    date_prec_columns: Words
    kind_columns: Words
    actor_columns: Words
    deaths_columns: Words
    day: Callable[[str], int]
    where: Callable[[Words], tuple[int, float]]
    date_prec: Callable[[Words], int]
    kind: Callable[[Words], EventKind]
    actors: Callable[[Words], tuple[str, str]]
    deaths: Callable[[Words], int]
    details: Callable[[Mapping[str, str]], dict[str, Any]]
    widen: Callable[[int, int, int], tuple[int, int]] | None = None
    optional: frozenset[str] = frozenset()

    @property
    def needed(self) -> tuple[str, ...]:
        """The columns without which the file cannot be used."""
        grouped = (*self.where_columns, *self.date_prec_columns, *self.kind_columns, *self.actor_columns)
        every = (self.id, self.first, self.last, self.lat, self.lon, *grouped, *self.deaths_columns)
        return tuple(dict.fromkeys(name for name in every if name and name not in self.optional))


def check_columns(path: Path, layout: Layout, names: Sequence[str], *, advice: str = "") -> None:
    """Raise `InputError` for the first column that the file lacks, with the nearest that it has."""
    for wanted in layout.needed:
        if wanted not in names:
            near = difflib.get_close_matches(wanted, names, n=1, cutoff=0.0)
            what = f"{path}: as a {layout.format} file it must have a column `{wanted}`"
            raise InputError(f"{what}; the nearest that it has is `{near[0] if near else ''}`.{advice}")
