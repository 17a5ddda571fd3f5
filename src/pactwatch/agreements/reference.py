"""The reference page of the agreement file, printed from the Structs that read it.

`python -m pactwatch.agreements.reference > docs/reference/agreement-files.md` writes it anew.
"""

import enum
import json
import sys
import types
import typing
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Meta

from pactwatch.agreements.schema import AgreementFile, AreaTable, BoundTable, InstrumentTable, LineTable
from pactwatch.agreements.wording import (
    AmountTable,
    ClauseTable,
    LimitTable,
    PartTable,
    ProvisionTable,
    Table,
    VersionTable,
    Wording,
)
from pactwatch.model import Act

TABLES: tuple[type[Table], ...] = (
    AgreementFile,
    InstrumentTable,
    BoundTable,
    LineTable,
    AreaTable,
    ClauseTable,
    VersionTable,
    PartTable,
    LimitTable,
    AmountTable,
    ProvisionTable,
)
"""Every table of the file, in the order in which the page explains them."""

PROBLEMS = {
    "agreement-shape": "no TOML, an unknown field, a missing one, a value of the wrong sort",
    "agreement-id": "a name or prefix that cannot be one",
    "agreement-time": "a day, hour or zone that cannot be read; a period that ends before it begins",
    "agreement-party": "an obligor, signatory or amount of somebody whom the file does not name; a party told twice",
    "agreement-area": "an area that is unknown, empty, drawn twice or drawn by itself; a point that lies nowhere",
    "agreement-clause-id": "a clause id with spaces, of no instrument, or of no clause",
    "agreement-duplicate": "the same id twice",
    "agreement-version": "wordings that overlap, or are older than their clause",
    "agreement-amendment": "an amendment of or by a clause that is not there, or that nothing carries out",
    "agreement-exception": "an exception that is not there, to nothing, or in a circle",
    "agreement-deadline": "a deadline that cannot be counted, or falls before the signature",
    "agreement-number": "a limit without a unit, an amount that claims do not count or that no deadline knows",
    "agreement-licence": "the agreement's own text without a licence that allows it to be kept",
    "agreement-provision": "a provision name that Pactwatch does not know",
    "agreement-gap": "something left out that will make answers `unknown`, or that the file cannot do without",
}
"""The codes of `check`, each with what it means."""

_HEAD = """# Agreement files

An agreement file says what was signed: who is bound from when, where it applies, and every clause with who must or must
not do what, from when to when, by when, and with which exceptions. It is TOML, written by a person. How to write one:
[Write an agreement file](../how-to/write-an-agreement-file.md). Two ship with Pactwatch, `harrow-bridge-2031`, which is
invented, and `doha-2020`; `pactwatch agreement show NAME` prints one, `pactwatch agreement check FILE` says everything
wrong or doubtful in yours.

This page is printed from the program that reads the files. A field that is not on it is refused, with the nearest one
that exists.

## Rules for all fields

- Days are `"YYYY-MM-DD"`, moments `"YYYY-MM-DD HH:MM"`, both in quotes and local in the file's zone. `24:00` is the end
  of its day. A day that begins something begins at 00:00; a day that ends something ends at `day_ends`, to the last
  second. Periods include both their ends.
- A length of time after something is `"135 days after signature"`. It may count hours, days, weeks, months or years,
  joined by `and`, after `signature`, `entry into force` (both of the clause's own instrument, or `… of PREFIX`), a
  day, or the id of a clause that has one deadline. A month that has no such day ends on its last one.
- The areas of a clause, its parts and exceptions are named by id; ids may be used before they are written.
- An *act* is one of: %s.
- What a `[[clause.version]]` leaves out stays as it was; a list that it gives replaces the older list whole.
"""


def page() -> str:
    """Return the reference page as Markdown: every table, field, meaning and example, and the codes of `check`."""
    parts = [_HEAD % ", ".join(f"`{act.value}`" for act in Act)]
    for table in TABLES:
        parts.append(f"## {_title(table)}\n\n{_described(table)}\n\n{_rows(table)}")
    codes = "\n".join(f"| `{code}` | {meaning} |" for code, meaning in PROBLEMS.items())
    parts.append(f"## What `check` says\n\n| code | means |\n|---|---|\n{codes}\n")
    return "\n".join(parts)


def fields(table: type[Table]) -> Iterator[tuple[str, Any, bool]]:
    """Yield name, type and whether it is needed, for each field that the page lists under a table."""
    shared = {one.encode_name for one in msgspec.structs.fields(Wording)}
    for one in msgspec.structs.fields(table):
        if table is not VersionTable or one.encode_name not in shared:
            yield one.encode_name, one.type, one.required


def meta(annotation: Any) -> Meta:
    """Return the meaning and the examples that a field carries."""
    return next(one for one in typing.get_args(annotation) if isinstance(one, Meta))


def _title(table: type[Table]) -> str:
    return "The top of the file" if table is AgreementFile else (table.__doc__ or "").split("`")[1]


def _described(table: type[Table]) -> str:
    if table is AgreementFile:
        return "Before the first table."
    about = (table.__doc__ or "").split("`: ", 1)[-1]
    about = about[0].upper() + about[1:]
    if table is VersionTable:
        about += " Beside the fields here it takes every field of `[[clause]]` but `id`, `amends` and `version`."
    return about


def _rows(table: type[Table]) -> str:
    lines = ["| field | value | meaning | example |", "|---|---|---|---|"]
    for name, annotation, required in sorted(fields(table), key=lambda field: not field[2]):
        about = meta(annotation)
        examples = " or ".join(f"`{json.dumps(one, ensure_ascii=False)}`" for one in about.examples or ())
        needed = " (needed)" if required else ""
        lines.append(f"| `{name}`{needed} | {_sort(annotation)} | {about.description} | {examples} |")
    return "\n".join(lines) + "\n"


def _sort(annotation: Any) -> str:
    """What is written for a value, in words."""
    if typing.get_origin(annotation) is typing.Annotated:
        return _sort(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        kinds = [_sort(one) for one in typing.get_args(annotation) if one is not type(None)]
        return " or ".join(dict.fromkeys(kinds))
    if typing.get_origin(annotation) is typing.Literal:
        return ", ".join(f"`{one}`" for one in typing.get_args(annotation))
    if typing.get_origin(annotation) is tuple:
        return _list(typing.get_args(annotation)[0])
    if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
        return ", ".join(f"`{one.value}`" for one in annotation)
    if isinstance(annotation, type) and issubclass(annotation, Table):
        return "table"
    return {str: "text", int: "whole number", float: "number", bool: "true or false"}[annotation]


def _list(inner: Any) -> str:
    if isinstance(inner, type) and issubclass(inner, Table):
        return "tables"
    if inner is Act:
        return "list of acts"
    return f"list of {'points' if typing.get_origin(inner) is tuple else _sort(inner) + 's'}"


if __name__ == "__main__":
    sys.stdout.write(page())
