"""One file or stream to an intake: its bytes, its documents, and what was odd."""

import datetime as dt
import hashlib
from dataclasses import replace
from pathlib import Path

from pactwatch.errors import InputError
from pactwatch.model import Document, Intake, IssuerType, Problem, Source
from pactwatch.sources.document import Given, build, numbered
from pactwatch.sources.formats import parse
from pactwatch.sources.part import Parsed

_LARGEST_BYTES = 1_000_000_000  # a file is held in memory; a batch that is larger streams through `read_batch`


def read(
    path: Path | str,
    *,
    issuer: str | None = None,
    issuer_type: IssuerType | None = None,
    published: str | None = None,
    captured: str | None = None,
) -> Intake:
    """Return the documents of one file. What cannot be read is a problem in the intake, never an exception.

    `issuer`, `issuer_type` and `published` (`YYYY[-MM[-DD]]`) are what the user says and outweigh the file's headers;
    `captured` (ISO 8601 with zone) is now, in UTC, where it is not given. `InputError` where there is no such file, it
    may not be opened, or `published` is no date.
    """
    data = _bytes_of(Path(path))
    return read_bytes(data, str(path), issuer=issuer, issuer_type=issuer_type, published=published, captured=captured)


def read_bytes(
    data: bytes,
    uri: str,
    *,
    issuer: str | None = None,
    issuer_type: IssuerType | None = None,
    published: str | None = None,
    captured: str | None = None,
) -> Intake:
    """Return the documents of bytes that came from `uri` (`-` for standard input); the rest is as in `read`."""
    given = Given(issuer=issuer, issuer_type=issuer_type, published=published)
    parsed = parse(data, uri, uri)
    source = Source(
        sha256=hashlib.sha256(data).hexdigest(),
        uri=uri,
        media_type=parsed.media_type,
        size_bytes=len(data),
        captured=captured or dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
    )
    documents, problems = _documents(parsed, source, given)
    return Intake(source=source, data=data, documents=tuple(documents), problems=tuple(problems))


def _bytes_of(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise InputError(f"{path}: larger than {_LARGEST_BYTES // 1_000_000_000} GB; give a JSONL batch instead")
        return path.read_bytes()
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise InputError(f"{path}: this is a folder; name a file, or expand the folder first") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None


def _documents(parsed: Parsed, source: Source, given: Given) -> tuple[list[Document], list[Problem]]:
    documents, problems, taken = [], list(parsed.problems), set[str]()
    for part in parsed.parts:
        document, odd = build(part, source.sha256, given, source.uri)
        unique = numbered(document, taken)
        if len(parsed.parts) > 1:
            odd = [replace(problem, where=f"{problem.where}#{unique.id}") for problem in odd]
        if part.id and unique.id != part.id:
            what = f"a document named {part.id!r} came before; this one goes on as {unique.id!r}"
            problems.append(Problem(code="duplicate-id", where=source.uri, what=what, field="doc"))
        documents.append(unique)
        problems.extend(odd)
    return documents, problems
