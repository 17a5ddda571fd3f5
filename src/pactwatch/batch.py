"""Whole files of documents in, whole files of claims out: streamed, resumable, never half-written under their name."""

import errno
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from pactwatch import sources
from pactwatch.codec import batch_line, decode, encode
from pactwatch.errors import InputError, PactwatchError
from pactwatch.model import Document, Problem, Reading, Source
from pactwatch.pipeline import Options, Progress, read_documents
from pactwatch.resolve.times import period_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a batch run did; `resumed` counts the documents that an earlier, stopped run had done already."""

    documents: int
    claims: int
    resumed: int
    problems: tuple[Problem, ...]


def read(
    docs: Path, out: Path, options: Options, *, jobs: int, resume: bool, captured: str, progress: Progress | None
) -> Summary:
    """Read every document of `docs` and write `out`; see `Case.read_batch`.

    Lines go to `OUT.part` as they are made. A stopped run leaves that file; with `resume` the next run goes on from it.
    """
    if not docs.is_file():
        raise InputError(f"{docs}: there is no such file")
    part = out.with_name(out.name + ".part")
    problems: list[Problem] = []
    source = Source(
        sha256="", uri=str(docs), media_type="application/jsonl", size_bytes=docs.stat().st_size, captured=captured
    )
    documents = claims = 0
    try:
        with part.open("ab") as file:
            _claim_alone(file)
            done = _finished(part) if resume else set()
            file.truncate(part.stat().st_size if done else 0)
            items = ((source, d) for d in _documents(docs, problems) if d.id not in done)
            for reading in read_documents(items, options, jobs=jobs):
                file.write(_line(reading))
                documents, claims = documents + 1, claims + len(reading.claims)
                if progress:
                    progress(documents, None, reading.document.id)
        part.replace(out)
    except OSError as error:
        raise _disk(out, error, f"`{part}` holds what was done; run again with --resume") from error
    return Summary(documents=documents, claims=claims, resumed=len(done), problems=tuple(problems))


def _line(reading: Reading) -> bytes:
    periods = {times.claim_id: period_of(times.happened) for times in reading.times}
    return encode(batch_line(reading, periods)) + b"\n"


def _documents(docs: Path, problems: list[Problem]) -> Iterator[Document]:
    for item in sources.read_batch(docs):
        if isinstance(item, Problem):
            problems.append(item)
        else:
            yield item


def _finished(part: Path) -> set[str]:
    """The ids of whole lines of a stopped run; a torn last line is cut off the file."""
    if not part.is_file():
        return set()
    done: set[str] = set()
    whole = 0
    with part.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n"):
                break
            done.add(decode(line)["doc"])
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
