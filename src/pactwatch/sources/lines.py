"""JSONL batches: one document a line, streamed, so that a batch may be larger than memory."""

import hashlib
import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from pactwatch.errors import InputError
from pactwatch.model import Document, IssuerType, Problem, Severity
from pactwatch.sources.dates import valid_edtf
from pactwatch.sources.document import Given, build, numbered
from pactwatch.sources.part import Parsed, Part

_MEDIA_TYPE = "application/jsonl"
_DECODER = msgspec.json.Decoder()


def read_batch(path: Path | str) -> Iterator[Document | Problem]:
    """Yield the documents of a JSONL file in its order, each after the problems of its line.

    A line is `{"doc", "issuer", "issuer_type", "published", "text"}`; `title` and `url` are kept too, other fields are
    ignored. `doc` (or, where there is none, `id`) becomes the id, `text` is kept letter for letter. A broken line is a
    problem with file and line, and the rest goes on. A document's `source_sha256` is that of its line. `InputError`
    where the file cannot be opened.
    """
    where, taken = str(path), set[str]()
    for number, raw, item in _records(_lines_of(path), where):
        if isinstance(item, Problem):
            yield item
            continue
        document, problems = build(item, hashlib.sha256(raw).hexdigest(), Given(), where)
        yield from (replace(problem, line=number) for problem in problems)
        unique = numbered(document, taken)
        if unique.id != document.id:
            yield _duplicate(where, number, document.id, unique.id)
        yield unique


def parse(data: bytes, where: str) -> Parsed:
    """Return the documents of a JSONL file that is in memory, with a problem for each line left out."""
    found = [item for _, _, item in _records(io.BytesIO(data), where)]
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


def _records(lines: Iterable[bytes], where: str) -> Iterator[tuple[int, bytes, Part | Problem]]:
    empty = True
    for number, raw in enumerate(lines, start=1):
        line = raw.removeprefix(b"\xef\xbb\xbf") if number == 1 else raw
        if not line.strip():
            continue
        empty = False
        for item in _items(line, where, number):
            yield number, line, item
    if empty:
        yield 0, b"", Problem(code="empty", where=where, what="there is no line in this file", severity=Severity.ERROR)


def _items(line: bytes, where: str, number: int) -> Iterator[Part | Problem]:
    """The problems of one line, then its part where it has one."""
    try:
        record = _DECODER.decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        yield _broken(where, number, f"this line is not valid JSON in UTF-8: {error}")
        return
    if not isinstance(record, dict):
        yield _broken(where, number, "a line must be one JSON object {…} that is one document")
        return
    text = record.get("text")
    if not isinstance(text, str):
        yield _broken(where, number, "`text` is missing or is not a string", field="text")
        return
    if not text.strip():
        yield Problem(code="empty", where=where, line=number, field="text", what="the text of this document is empty")
    yield from _odd_fields(record, where, number)
    yield _part(record, text)


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


def _duplicate(where: str, number: int, id: str, new: str) -> Problem:
    what = f"a document named {id!r} came before; this one goes on as {new!r}"
    return Problem(code="duplicate-id", where=where, line=number, field="doc", what=what)
