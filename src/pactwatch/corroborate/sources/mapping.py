"""The mapping file of a plain CSV: a TOML that a person writes once for a data set."""

from pathlib import Path

import msgspec

from pactwatch.corroborate.precision import COARSEST
from pactwatch.errors import HandwrittenFileError
from pactwatch.handwritten import decode, line_of, read_text
from pactwatch.model import Act


class Columns(msgspec.Struct, forbid_unknown_fields=True):
    """Which column holds what. Either `date`, or `date_start` and `date_end`."""

    id: str
    lat: str
    lon: str
    date: str = ""
    date_start: str = ""
    date_end: str = ""
    place: str = ""
    country: str = ""
    admin1: str = ""
    precision: str = ""
    date_precision: str = ""
    type: list[str] = []
    actor1: str = ""
    actor2: str = ""
    deaths: list[str] = []
    injured: str = ""
    source: str = ""
    source_kind: str = ""
    informant: str = ""
    headline: str = ""
    notes: str = ""


class Precision(msgspec.Struct, forbid_unknown_fields=True):
    """What a word of the precision column means: UCDP GED's where_prec, and a radius in km if it is known better."""

    where_prec: int
    radius_km: float | None = None


class SourceKind(msgspec.Struct, forbid_unknown_fields=True):
    """What a word of the source_kind column says of the informant.

    `party` names, as the register has it, the party whose own word such a row carries; empty where it is nobody's.
    `known` is False where the word says that the source is not known.
    """

    party: str = ""
    known: bool = True
    label: str = ""


class Mapping(msgspec.Struct, forbid_unknown_fields=True):
    """A mapping file, read. `acts` maps `type` or `type / sub-type` to our acts."""

    name: str
    columns: Columns
    acts: dict[str, list[Act]]
    date_format: str = ""
    precision: dict[str, Precision] = {}
    date_precision: dict[str, int] = {}
    source_kinds: dict[str, SourceKind] = {}
    source: str = ""
    licence: str = ""


def read_mapping(path: Path) -> Mapping:
    """Return a mapping file; `HandwrittenFileError` names the line, the field and what to write there."""
    text = read_text(path)
    mapping = decode(text, str(path), Mapping)
    columns = mapping.columns
    if bool(columns.date) == bool(columns.date_start):
        raise HandwrittenFileError(
            str(path),
            "give either `date`, or `date_start` with `date_end`",
            line=line_of(text, "columns"),
            field="columns.date",
        )
    if len(columns.type) > 2:
        raise HandwrittenFileError(
            str(path), "`type` names one or two columns", line=line_of(text, "columns.type"), field="columns.type"
        )
    for word, meaning in mapping.precision.items():
        if not 1 <= meaning.where_prec <= COARSEST + 1:
            field = f"precision.{word}.where_prec"
            raise HandwrittenFileError(str(path), "where_prec is 1 to 7", line=line_of(text, field), field=field)
    return mapping
