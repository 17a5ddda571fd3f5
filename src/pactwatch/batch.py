"""Whole files of documents in, whole files of claims out: streamed, resumable, never half-written under their name."""

import errno
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pactwatch import sources
from pactwatch.codec import batch_line, decode, encode, timex_line
from pactwatch.errors import InputError, PactwatchError
from pactwatch.model import Document, Problem, Reading, Source
from pactwatch.pipeline import Options, Progress, date_texts, read_documents
from pactwatch.resolve.times import period_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a batch run did; `resumed` counts the documents that an earlier, stopped run had done already."""

    documents: int
    claims: int
    resumed: int
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatesSummary:
    """What a batch of times did; `resumed` counts the documents that an earlier, stopped run had done already."""

    documents: int
    times: int
    resumed: int
    problems: tuple[Problem, ...]


def read(
    docs: Path, out: Path, options: Options, *, jobs: int, resume: bool, captured: str, progress: Progress | None
) -> Summary:
    """Read every document of `docs` and write `out`; see `Case.read_batch`."""
    _must_be_there(docs)
    problems: list[Problem] = []
    source = Source(
        sha256="", uri=str(docs), media_type="application/jsonl", size_bytes=docs.stat().st_size, captured=captured
    )
    documents = claims = 0

    def lines(done: set[str]) -> Iterator[bytes]:
        nonlocal documents, claims
        items = ((source, d) for d in _documents(sources.read_batch(docs), problems) if d.id not in done)
        for reading in read_documents(items, options, jobs=jobs):
            yield _line(reading)
            documents, claims = documents + 1, claims + len(reading.claims)
            if progress:
                progress(documents, None, reading.document.id)

    resumed = _write_lines(out, lines, resume=resume, key="doc")
    return Summary(documents=documents, claims=claims, resumed=resumed, problems=tuple(problems))


def dates(
    docs: Path, out: Path, options: Options, *, narrative: bool | None, resume: bool, progress: Progress | None
) -> DatesSummary:
    """Write the time expressions of every document of `docs` to `out`; see `Case.dates_batch`."""
    _must_be_there(docs)
    problems: list[Problem] = []
    documents = found = 0

    def lines(done: set[str]) -> Iterator[bytes]:
        nonlocal documents, found
        items = (d for d in _documents(sources.read_dated_batch(docs), problems) if d.id not in done)
        for dated, odd in date_texts(items, options, narrative=narrative, stated=True):
            problems.extend([odd] if odd else [])
            yield encode(timex_line(dated)) + b"\n"
            documents, found = documents + 1, found + len(dated.expressions)
            if progress:
                progress(documents, None, dated.document.id)

    resumed = _write_lines(out, lines, resume=resume, key="id")
    return DatesSummary(documents=documents, times=found, resumed=resumed, problems=tuple(problems))


def _write_lines(out: Path, lines: Callable[[set[str]], Iterator[bytes]], *, resume: bool, key: str) -> int:
    """Write lines to `OUT.part` as they are made, and name it `out` when it is whole; how many were there before.

    A stopped run leaves the part; with `resume` the next run goes on from it: `lines` is told whose lines it holds.
    """
    part = out.with_name(out.name + ".part")
    try:
        with part.open("ab") as file:
            _claim_alone(file)
            done = _finished(part, key) if resume else set()
            file.truncate(part.stat().st_size if done else 0)
            for line in lines(done):
                file.write(line)
        part.replace(out)
    except OSError as error:
        raise _disk(out, error, f"`{part}` holds what was done; run again with --resume") from error
    return len(done)


def _must_be_there(docs: Path) -> None:
    if not docs.is_file():
        raise InputError(f"{docs}: there is no such file")


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
