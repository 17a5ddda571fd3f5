"""The anchor: a small text file beside the database that says where the log ends.

Whoever keeps a copy of it elsewhere can show later that the log still holds what it held then.
"""

import os
from dataclasses import dataclass
from pathlib import Path

FILE_NAME = "HEAD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """The number and hash of the last entry, and how many entries there are."""

    seq: int
    hash: str
    count: int


def write(folder: Path, head: Head) -> None:
    """Put the anchor in place of the older one, whole or not at all."""
    target = folder / FILE_NAME
    draft = folder / f".{FILE_NAME}.{os.getpid()}.part"
    try:
        with draft.open("w", encoding="ascii", newline="\n") as file:
            file.write(f"seq {head.seq}\ncount {head.count}\nhash {head.hash}\n")
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError:
        draft.unlink(missing_ok=True)
        raise


def read(folder: Path) -> Head | None:
    """Return the anchor, None where the file is missing; `ValueError` where it is not as it was written."""
    try:
        lines = (folder / FILE_NAME).read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return None
    names = [line.partition(" ")[0] for line in lines]
    if names != ["seq", "count", "hash"]:
        raise ValueError("its lines are not seq, count, hash")
    seq, count, digest = (line.partition(" ")[2] for line in lines)
    return Head(seq=int(seq), count=int(count), hash=digest)
