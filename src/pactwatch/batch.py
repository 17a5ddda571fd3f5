"""Whole files of documents in, whole files of claims out: streamed, resumable, never half-written under their name."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pactwatch import sources
from pactwatch.codec import batch_line, decode, encode, timex_line, toponyms_line
from pactwatch.errors import InputError, PactwatchError
from pactwatch.lookups import date_texts, find_all_places
from pactwatch.model import Document, Problem, Reading, Source
from pactwatch.pipeline import Options, Progress, read_documents
from pactwatch.resolve.times import period_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a batch run did; `resumed` counts the documents that an earlier, stopped run had done already.

    `found` counts what the lines hold: claims, place names or times.
    """

    documents: int
    found: int
    resumed: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One document's line: its id, its bytes with the line end, how much it holds, and what was odd."""

    document_id: str
    data: bytes
    found: int
    problems: tuple[Problem, ...] = ()


def read(
    docs: Path, out: Path, options: Options, *, jobs: int, resume: bool, captured: str, progress: Progress | None
) -> Summary:
    """Read every document of `docs` and write its claims to `out`; see `Case.read_batch`."""
    _there(docs)
    source = Source(
        sha256="", uri=str(docs), media_type="application/jsonl", size_bytes=docs.stat().st_size, captured=captured
    )

    def lines(documents: Iterator[Document]) -> Iterator[Line]:
        for reading in read_documents(((source, d) for d in documents), options, jobs=jobs):
            yield Line(document_id=reading.document.id, data=_line(reading), found=len(reading.claims))

    return _stream(docs, out, lines, key="doc", resume=resume, progress=progress)


def find_places(
    docs: Path, out: Path, options: Options, *, jobs: int, resume: bool, progress: Progress | None
) -> Summary:
    """Find the place names of every document of `docs` and write them to `out`; see `Case.places_batch`."""
    _there(docs)

    def lines(documents: Iterator[Document]) -> Iterator[Line]:
        for one in find_all_places(documents, options, jobs=jobs):
            data = encode(toponyms_line(one)) + b"\n"
            yield Line(document_id=one.document.id, data=data, found=len(one.names), problems=one.problems)

    return _stream(docs, out, lines, key="id", resume=resume, progress=progress)


def dates(
    docs: Path, out: Path, options: Options, *, narrative: bool | None, resume: bool, progress: Progress | None
) -> Summary:
    """Write the time expressions of every document of `docs` to `out`; see `Case.dates_batch`."""
    _there(docs)

    def lines(documents: Iterator[Document]) -> Iterator[Line]:
        for dated, odd in date_texts(documents, options, narrative=narrative, stated=True):
            data = encode(timex_line(dated)) + b"\n"
            found = len(dated.expressions)
            yield Line(document_id=dated.document.id, data=data, found=found, problems=(odd,) if odd else ())

    return _stream(docs, out, lines, key="id", resume=resume, progress=progress, intake=sources.read_dated_batch)


def _there(docs: Path) -> None:
    if not docs.is_file():
        raise InputError(f"{docs}: there is no such file")


def _stream(
    docs: Path,
    out: Path,
    lines: Callable[[Iterator[Document]], Iterator[Line]],
    *,
    key: str,
    resume: bool,
    progress: Progress | None,
    intake: Callable[[Path], Iterator[Document | Problem]] = sources.read_batch,
) -> Summary:
    """Write a line for each document; `key` is the field of a line that names its document.

    Lines go to `OUT.part` as they are made. A stopped run leaves that file; with `resume` the next run goes on from it.
    """
    part = out.with_name(out.name + ".part")
    problems: list[Problem] = []
    documents = found = 0
    try:
        with part.open("ab") as file:
            _claim_alone(file)
            done = _finished(part, key) if resume else set()
            file.truncate(part.stat().st_size if done else 0)
            for line in lines(d for d in _documents(intake(docs), problems) if d.id not in done):
                file.write(line.data)
                documents, found = documents + 1, found + line.found
                problems += line.problems
                if progress:
                    progress(documents, None, line.document_id)
        part.replace(out)
    except OSError as error:
        raise _disk(out, error, f"`{part}` holds what was done; run again with --resume") from error
    return Summary(documents=documents, found=found, resumed=len(done), problems=tuple(dict.fromkeys(problems)))


def _line(reading: Reading) -> bytes:
    periods = {times.claim_id: period_of(times.happened) for times in reading.times}
    return encode(batch_line(reading, periods)) + b"\n"


def _documents(items: Iterable[Document | Problem], problems: list[Problem]) -> Iterator[Document]:
    for item in items:
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield item


def _finished(part: Path, key: str) -> set[str]:
    """The ids of whole lines of a stopped run; a torn last line is cut off the file."""
    if not part.is_file():
        return set()
    done: set[str] = set()
    whole = 0
    with part.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            done.add(decode(line)[key])
            whole += len(line)
    os.truncate(part, whole)
    return done


def _claim_alone(file: BinaryIO) -> None:
    """Two runs into one file would tear each other's lines; the second is told so. (No such lock outside POSIX.)"""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InputError(f"{file.name}: another run is writing this file; wait for it, or name another --out") from None


def write_whole(path: Path, data: bytes) -> Path:
    """Write a file that appears only when it is whole, and return its path; a full disk is a clear error."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError as error:
        raise _disk(path, error, "nothing was changed") from error
    return path


def _disk(path: Path, error: OSError, what_now: str) -> PactwatchError:
    if error.errno == errno.ENOSPC:
        return PactwatchError(f"{path}: the disk is full; {what_now}")
    return InputError(f"{path}: {error.strerror or error}; {what_now}")
