"""JSONL batches: one document a line, streamed, so that a batch may be larger than memory."""

import hashlib
import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from pactwatch.errors import InputError
from pactwatch.model import Document, IssuerType, Problem, Severity
from pactwatch.sources.dates import valid_edtf
from pactwatch.sources.document import Given, build, content_id, numbered
from pactwatch.sources.part import Parsed, Part

_MEDIA_TYPE = "application/jsonl"
_DECODER = msgspec.json.Decoder()
_STATED = re.compile(
    r"(?:(?P<plain>\d{4}(?:-\d\d(?:-\d\d)?)?)|(?P<compact>\d{8}))"
    r"(?:(?<=\d\d-\d\d|\d{5})[T ]\d\d(?::?\d\d(?::?\d\d(?:\.\d+)?)?)?\s?(?:Z|[+-]\d\d:?(?:\d\d)?)?)?"
)

Items = Callable[[bytes, str, int], Iterator[Part | Problem]]
"""From a line with its file and number to its problems and its part."""


def read_batch(path: Path | str) -> Iterator[Document | Problem]:
    """Yield the documents of a JSONL file in its order, each after the problems of its line.

    A line is `{"doc", "issuer", "issuer_type", "published", "text"}`; `title` and `url` are kept too, other fields are
    ignored. `doc` (or, where there is none, `id`) becomes the id, `text` is kept letter for letter. A broken line is a
    problem with file and line, and the rest goes on. A document's `source_sha256` is that of its line. `InputError`
    where the file cannot be opened.
    """
    where, taken = str(path), set[str]()
    for number, raw, item in _records(_lines_of(path), where, _items):
        if isinstance(item, Problem):
            yield item
            continue
        document, problems = build(item, hashlib.sha256(raw).hexdigest(), Given(), where)
        yield from (replace(problem, line=number) for problem in problems)
        unique = numbered(document, taken)
        if unique.id != document.id:
            yield _duplicate(where, number, document.id, unique.id)
        yield unique


def read_dated_batch(path: Path | str) -> Iterator[Document | Problem]:
    """Yield the documents of a JSONL file whose lines state when each was written, each after its line's problems.

    A line is `{"id", "dct", "text"}`; `dct` is a date (`YYYY[-MM[-DD]]`), a date with a time (its day is taken), or
    null. `doc` and `published` are taken where `id` and `dct` are missing; other fields are ignored. A `dct` that is no
    date is a problem, and the document goes on without. Lines are otherwise treated as by `read_batch`.
    """
    where, taken = str(path), set[str]()
    for number, raw, item in _records(_lines_of(path), where, _dated_items):
        if isinstance(item, Problem):
            yield item
            continue
        document = Document(
            id=item.id or content_id(item.text),
            source_sha256=hashlib.sha256(raw).hexdigest(),
            text=item.text,
            published=item.published,
            metadata=item.metadata,
        )
        unique = numbered(document, taken)
        if unique.id != document.id:
            yield _duplicate(where, number, document.id, unique.id, field="id")
        yield unique


def parse(data: bytes, where: str) -> Parsed:
    """Return the documents of a JSONL file that is in memory, with a problem for each line left out."""
    found = [item for _, _, item in _records(io.BytesIO(data), where, _items)]
    return Parsed(
        media_type=_MEDIA_TYPE,
        parts=tuple(item for item in found if isinstance(item, Part)),
        problems=tuple(item for item in found if isinstance(item, Problem)),
    )


def _lines_of(path: Path | str) -> Iterator[bytes]:
    try:
        with Path(path).open("rb") as file:
            yield from file
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: this is a folder; name a JSONL file") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None


def _records(lines: Iterable[bytes], where: str, items: Items) -> Iterator[tuple[int, bytes, Part | Problem]]:
    empty = True
    for number, raw in enumerate(lines, start=1):
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not line.strip():
            continue
        empty = False
        for item in items(line, where, number):
            yield number, line, item
    if empty:
        yield 0, b"", Problem(code="empty", where=where, what="there is no line in this file", severity=Severity.ERROR)


def _items(line: bytes, where: str, number: int) -> Iterator[Part | Problem]:
    """The problems of one line, then its part where it has one."""
    record = _record(line, where, number)
    if isinstance(record, Problem):
        yield record
        return
    yield from _empty_text(record, where, number)
    yield from _odd_fields(record, where, number)
    yield _part(record, record["text"])


def _dated_items(line: bytes, where: str, number: int) -> Iterator[Part | Problem]:
    """The problems of one line that states its `dct`, then its part where it has one."""
    record = _record(line, where, number)
    if isinstance(record, Problem):
        yield record
        return
    yield from _empty_text(record, where, number)
    name = _id(record.get("id")) or _id(record.get("doc"))
    if name is None:
        what = "`id` is missing or is no name; an id was made from the text"
        yield Problem(code="batch-field", where=where, line=number, field="id", what=what)
    stated = record.get("dct", record.get("published"))
    day = _day_of(stated)
    if stated is not None and day is None:
        what = f"{stated!r} is no date that exists (YYYY-MM-DD, with or without a time); it was left out"
        yield Problem(code="batch-field", where=where, line=number, field="dct", what=what)
    kept = {key: record[key] for key in ("source", "url") if isinstance(record.get(key), str)}
    yield Part(text=record["text"], id=name, published=day, metadata=tuple(sorted(kept.items())))


def _day_of(stated: Any) -> str | None:
    """The day, month or year of a `dct`; a time behind the day must be ISO 8601 too."""
    if not isinstance(stated, str):
        return None
    found = _STATED.fullmatch(stated.strip())
    if found is None:
        return None
    compact = found["compact"]
    return valid_edtf(f"{compact[:4]}-{compact[4:6]}-{compact[6:]}" if compact else found["plain"])


def _record(line: bytes, where: str, number: int) -> dict[str, Any] | Problem:
    """The object of a line that holds a text, or what is wrong with the line."""
    try:
        record = _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        return _broken(where, number, f"this line is not valid JSON in UTF-8: {error}")
    if not isinstance(record, dict):
        return _broken(where, number, "a line must be one JSON object {…} that is one document")
    if not isinstance(record.get("text"), str):
        return _broken(where, number, "`text` is missing or is not a string", field="text")
    return record


def _empty_text(record: dict[str, Any], where: str, number: int) -> Iterator[Problem]:
    if not record["text"].strip():
        yield Problem(code="empty", where=where, line=number, field="text", what="the text of this document is empty")


def _part(record: dict[str, Any], text: str) -> Part:
    published = record.get("published")
    valid = valid_edtf(published) if isinstance(published, str) else None
    kept = {
        name: record[key] for key, name in (("url", "url"), ("source", "source")) if isinstance(record.get(key), str)
    }
    return Part(
        text=text,
        id=_named(record),
        title=_string(record.get("title")),
        issuer=_string(record.get("issuer")),
        issuer_type=_type(record.get("issuer_type")),
        published=valid,
        published_from="batch line" if valid else "",
        metadata=tuple(sorted(kept.items())),
    )


def _odd_fields(record: dict[str, Any], where: str, number: int) -> Iterator[Problem]:
    """Fields that are there but cannot be used; the document is kept without them."""

    def odd(field: str, what: str) -> Problem:
        return Problem(code="batch-field", where=where, line=number, field=field, what=what)

    if _named(record) is None:
        yield odd("doc", "`doc` is missing or is no name; an id was made from the text")
    published = record.get("published")
    if published is not None and not (isinstance(published, str) and valid_edtf(published)):
        yield odd("published", f"{published!r} is no date that exists (YYYY, YYYY-MM or YYYY-MM-DD); it was left out")
    issuer = record.get("issuer")
    if issuer is not None and _string(issuer) is None:
        yield odd("issuer", f"{issuer!r} is no name; the issuer was left open")
    kind = record.get("issuer_type")
    if kind is not None and _type(kind) is None:
        yield odd("issuer_type", f"{kind!r} is none of {', '.join(IssuerType)}; it was left open")


def _named(record: dict[str, Any]) -> str | None:
    """The document's name: `doc`, which is ours, else `id`, which most other corpora have."""
    return _id(record.get("doc")) or _id(record.get("id"))


def _id(value: Any) -> str | None:
    """A name or a whole number; True is no number here."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else _string(value)


def _string(value: Any) -> str | None:
    return value if isinstance(value, str) and value.strip() else None


def _type(value: Any) -> IssuerType | None:
    return IssuerType(value) if isinstance(value, str) and value in set(IssuerType) else None


def _broken(where: str, number: int, what: str, field: str | None = None) -> Problem:
    advice = "The line was left out."
    return Problem(
        code="batch-line", where=where, line=number, field=field, what=what, advice=advice, severity=Severity.ERROR
    )


def _duplicate(where: str, number: int, id: str, new: str, field: str = "doc") -> Problem:
    what = f"a document named {id!r} came before; this one goes on as {new!r}"
    return Problem(code="duplicate-id", where=where, line=number, field=field, what=what)
