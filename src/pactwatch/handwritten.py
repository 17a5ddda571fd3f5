"""Files that people write: strict TOML whose mistakes are named with file, line, field and the nearest valid name.

`msgspec` decodes into `Struct(forbid_unknown_fields=True)`; the line is found again in the source, because `tomllib`
does not keep positions.
"""

import difflib
import re
import tomllib
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from pactwatch.errors import HandwrittenFileError, InputError

T = TypeVar("T", bound=msgspec.Struct)

_UNKNOWN_FIELD = re.compile(r"Object contains unknown field `([^`]+)`")
_PATH = re.compile(r" - at `\$([^`]*)`$")
_TOML_LINE = re.compile(r"\(at line (\d+), column \d+\)")
_STEP = re.compile(r"\.?([A-Za-z_][\w-]*)|\[(\d+|\.\.\.)\]")


def read_text(path: Path) -> str:
    """Return the file's text as UTF-8 (a byte order mark is taken off); `InputError` says why it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: this is a folder; name a file in it") from None
    except UnicodeDecodeError as error:
        raise HandwrittenFileError(str(path), f"not UTF-8 text (byte {error.start}); save it as UTF-8") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None


def decode(text: str, file: str, kind: type[T]) -> T:
    """Return `text` (TOML) as a `kind`; `HandwrittenFileError` names the line, the field and the nearest valid name."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = _TOML_LINE.search(str(error))
        line = int(found[1]) if found else text.count("\n") + 1
        raise HandwrittenFileError(file, f"not valid TOML: {error}", line=line) from None
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        raise _explained(error, text, file, kind, raw) from None


def line_of(text: str, path: str) -> int | None:
    """Return the 1-based line at which a dotted path such as `clause[2].modality` stands in TOML `text`.

    The nearest enclosing table is named where the key itself is not written; None where not even that is found.
    """
    steps = [(m[1], m[2]) for m in _STEP.finditer(path)]
    return _locate(text.splitlines(), steps)


def _locate(lines: list[str], steps: list[tuple[str, str]]) -> int | None:
    """Walk table headers for the leading steps, then look for the last key inside that table."""
    low, high, best = 0, len(lines), None
    prefix: list[str] = []
    for position, (name, index) in enumerate(steps):
        if index:
            headers = [i for i in range(low, high) if _is_header(lines[i], prefix, array=True)]
            at = 0 if index == "..." else int(index)
            if at >= len(headers):
                continue
            low = headers[at]
            best = low + 1
            high = next((i for i in range(low + 1, high) if _is_header(lines[i], prefix, array=True)), high)
            continue
        prefix.append(name)
        follows_index = position + 1 < len(steps) and steps[position + 1][1]
        key = re.compile(rf"\s*(?:[\w.-]+\.)?[\"']?{re.escape(name)}[\"']?\s*=")
        table = next((i for i in range(low, high) if _is_header(lines[i], prefix, array=False)), None)
        if table is not None and not follows_index:
            low, best = table, table + 1
            continue
        at_key = next((i for i in range(low, high) if key.match(lines[i])), None)
        if at_key is not None:
            best = at_key + 1
    return best


def _is_header(line: str, prefix: list[str], *, array: bool) -> bool:
    name = ".".join(prefix)
    opening, closing = ("[[", "]]") if array else ("[", "]")
    text = line.split("#", 1)[0].strip()
    return text.replace(" ", "") == f"{opening}{name}{closing}"


def _explained(error: msgspec.ValidationError, text: str, file: str, kind: type, raw: Any) -> HandwrittenFileError:
    message = str(error)
    at = _PATH.search(message)
    path = (at[1] if at else "").lstrip(".")
    what = _PATH.sub("", message)
    unknown = _UNKNOWN_FIELD.search(message)
    if unknown:
        path, what = _place_unknown(unknown[1], path, kind, raw)
    elif at and (missing := re.search(r"missing required field `([^`]+)`", message)):
        what = f"the field `{missing[1]}` is missing; add it"
    return HandwrittenFileError(file, what, line=line_of(text, path), field=path or None)


def _place_unknown(field: str, path: str, kind: type, raw: Any) -> tuple[str, str]:
    """Find which element holds the unknown field, and say the nearest field that exists there."""
    struct, index_path = _struct_at(kind, path)
    valid = list(struct.__struct_encode_fields__) if struct is not None else []
    near = difflib.get_close_matches(field, valid, n=1)
    hint = f"did you mean `{near[0]}`?" if near else f"valid fields: {', '.join(valid)}"
    resolved = _first_with(raw, index_path, field)
    return f"{resolved}.{field}".lstrip("."), f"there is no field `{field}` here; {hint}"


def _struct_at(kind: type, path: str) -> tuple[Any, list[tuple[str, str]]]:
    """Follow a path through Struct types; `[...]` and `[n]` step into the element type."""
    steps = [(m[1], m[2]) for m in _STEP.finditer(path)]
    current: Any = msgspec.inspect.type_info(kind)
    for name, index in steps:
        current = _narrow(current)
        if index:
            current = getattr(current, "item_type", getattr(current, "value_type", None))
        elif isinstance(current, msgspec.inspect.StructType):
            current = next((f.type for f in current.fields if f.encode_name == name), None)
        elif isinstance(current, msgspec.inspect.DictType):
            current = current.value_type
        if current is None:
            return None, steps
    current = _narrow(current)
    return (current.cls if isinstance(current, msgspec.inspect.StructType) else None), steps


def _narrow(info: Any) -> Any:
    """Leave `X | None` for X."""
    if isinstance(info, msgspec.inspect.UnionType):
        return next((t for t in info.types if not isinstance(t, msgspec.inspect.NoneType)), info)
    return info


def _first_with(raw: Any, steps: list[tuple[str, str]], field: str) -> str:
    """Spell the path with the index of the first element that really holds the field (msgspec writes `[...]`)."""
    if not steps:
        return ""
    (name, index), rest = steps[0], steps[1:]
    if not index:
        inner = raw.get(name) if isinstance(raw, dict) else None
        tail = _first_with(inner, rest, field)
        return f"{name}{tail if tail.startswith('[') or not tail else '.' + tail}"
    if isinstance(raw, list):
        for at, item in enumerate(raw):
            if _holds(item, rest, field):
                tail = _first_with(item, rest, field)
                return f"[{at}]{tail if tail.startswith('[') or not tail else '.' + tail}"
    return f"[{index}]"


def _holds(raw: Any, steps: list[tuple[str, str]], field: str) -> bool:
    if not steps:
        return isinstance(raw, dict) and field in raw
    (name, index), rest = steps[0], steps[1:]
    if index:
        return isinstance(raw, list) and any(_holds(item, rest, field) for item in raw)
    return isinstance(raw, dict) and name in raw and _holds(raw[name], rest, field)
