"""Every mistake of form in a file at once: unknown fields, missing ones, values of the wrong sort.

`handwritten.decode` stops at the first; an author who has ten wants to see ten.
"""

import datetime as dt
import enum
import types
import typing
from typing import Any

import msgspec

from pactwatch.agreements.findings import Findings, nearest
from pactwatch.agreements.wording import Table

CODE = "agreement-shape"

_WRITTEN = {
    str: "text in quotes",
    int: "a whole number",
    float: "a number",
    bool: "true or false",
    list: "a list in [ ]",
    dict: "a table",
    dt.date: "a bare date",
    dt.datetime: "a bare date and time",
    dt.time: "a bare time",
}


def misshapen(raw: object, kind: type[Table], findings: Findings, path: str = "") -> None:
    """Add to `findings` every mistake of form in `raw`, a table as `tomllib` reads it, held against its Struct."""
    if not isinstance(raw, dict):
        findings.error(CODE, path, f"{_written(raw)} stands where a table should", f"Write [[{path.split('[')[0]}]].")
        return
    fields = {field.encode_name: field for field in msgspec.structs.fields(kind)}
    for name, value in raw.items():
        where = f"{path}.{name}".lstrip(".")
        if name not in fields:
            advice = nearest(name, fields, of="Fields here")
            findings.error(CODE, where, f"there is no field `{name}` here", advice)
        else:
            _value(value, fields[name].type, findings, where)
    for name, field in fields.items():
        if field.required and name not in raw:
            findings.error(CODE, path, f"the field `{name}` is missing", "Add it.")


def _value(value: object, annotation: Any, findings: Findings, path: str) -> None:
    """One value against its type: into tables and lists by steps, the rest by msgspec."""
    plain = [one for one in _alternatives(annotation) if one is not type(None)]
    inner = next((one for one in plain if typing.get_origin(one) is tuple), None)
    table = next((one for one in plain if isinstance(one, type) and issubclass(one, Table)), None)
    if table is not None:
        misshapen(value, table, findings, path)
    elif inner is not None and isinstance(value, list) and _fits_whole(value, annotation, findings, path):
        for index, one in enumerate(value):
            _value(one, typing.get_args(inner)[0], findings, f"{path}[{index}]")
    elif not (inner is not None and isinstance(value, list)):
        _single(value, annotation, plain, findings, path)


def _fits_whole(value: list[Any], annotation: Any, findings: Findings, path: str) -> bool:
    """Whether a list has the length that its field asks for."""
    if value or _accepts(value, annotation):
        return True
    findings.error(CODE, path, "the list is empty", "Name at least one.")
    return False


def _single(value: object, annotation: Any, plain: list[Any], findings: Findings, path: str) -> None:
    if _accepts(value, annotation):
        return
    choices = _choices(plain)
    if choices and isinstance(value, str):
        findings.error(CODE, path, f"{value!r} is no value of this field", nearest(value, choices, of="Values"))
    else:
        findings.error(CODE, path, f"{_written(value)} stands here", _expected(value, plain))


def _accepts(value: object, annotation: Any) -> bool:
    try:
        msgspec.convert(value, annotation)
    except msgspec.ValidationError:
        return False
    return True


def _alternatives(annotation: Any) -> list[Any]:
    """The types that an annotation allows, without its descriptions."""
    if typing.get_origin(annotation) is typing.Annotated:
        return _alternatives(typing.get_args(annotation)[0])
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        return [inner for one in typing.get_args(annotation) for inner in _alternatives(one)]
    return [annotation]


def _choices(plain: list[Any]) -> list[str]:
    out: list[str] = []
    for one in plain:
        if isinstance(one, type) and issubclass(one, enum.Enum):
            out += [str(member.value) for member in one]
        elif typing.get_origin(one) is typing.Literal:
            out += [str(member) for member in typing.get_args(one)]
    return out


def _written(value: object) -> str:
    return _WRITTEN.get(type(value), type(value).__name__)


def _expected(value: object, plain: list[Any]) -> str:
    if isinstance(value, dt.date | dt.time):
        return f'Write it in quotes: "{str(value).removesuffix(":00")}".'
    wanted = [
        _WRITTEN[list] if typing.get_origin(one) is tuple else _WRITTEN.get(one, "text in quotes") for one in plain
    ]
    sort = " or ".join(dict.fromkeys(wanted))
    return f"Write {sort}" + (", zero or more." if isinstance(value, int | float) and _number(plain) else ".")


def _number(plain: list[Any]) -> bool:
    return any(one in (int, float) for one in plain)
