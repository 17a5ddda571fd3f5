"""The raw bytes of a case: one read-only file a source, named by its SHA-256, never written over."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from pactwatch.errors import CaseError, TamperedLedger

FOLDER = "sources"
_DRAFT = ".part"
_READ_ONLY = 0o444


class Vault:
    """The folder `sources/`, with the files spread over folders by their first two hex digits."""

    def __init__(self, case: Path) -> None:
        self.folder = case / FOLDER

    def path(self, sha256: str) -> Path:
        """Return where these bytes stand, or would stand."""
        return self.folder / sha256[:2] / sha256

    def draft(self, sha256: str, data: bytes) -> None:
        """Write bytes to the disk under a draft's name; `settle` gives them their own once the log names them.

        A process that dies between the two leaves a draft, which `tend` settles or removes.
        """
        path = self._draft_path(sha256)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with path.open("wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
        except OSError:
            path.unlink(missing_ok=True)
            raise

    def drop(self, sha256: str) -> None:
        """Remove a draft that no entry will name."""
        self._draft_path(sha256).unlink(missing_ok=True)

    def settle(self, sha256: str) -> None:
        """Give a draft its own name and make it read-only; nothing happens where another process has done so."""
        draft, target = self._draft_path(sha256), self.path(sha256)
        if not draft.exists():
            return
        if target.exists() and _sha256(target) == sha256:
            draft.unlink()
            return
        draft.chmod(_READ_ONLY)
        draft.replace(target)
        _flush_folder(target.parent)

    def tend(self, logged: set[str]) -> None:
        """Settle the drafts whose bytes the log names and remove the others; hold the write lock meanwhile."""
        for draft in self.folder.glob(f"??/*{_DRAFT}"):
            sha256 = draft.name.removesuffix(_DRAFT)
            if sha256 in logged and _sha256(draft) == sha256:
                self.settle(sha256)
            else:
                draft.unlink(missing_ok=True)

    def read(self, sha256: str) -> bytes:
        """Return the bytes; `CaseError` where they are missing, `TamperedLedger` where they are others."""
        path = self._standing(sha256)
        if path is None:
            raise CaseError(f"{self.path(sha256)}: the bytes of a source are missing; bring them back from a copy")
        data = path.read_bytes()
        if hashlib.sha256(data).hexdigest() != sha256:
            raise TamperedLedger(f"{path}: these are not the bytes that were added; bring them back from a copy")
        return data

    def state(self, sha256: str) -> str:
        """Return `whole`, `missing` or `changed`."""
        path = self._standing(sha256)
        if path is None:
            return "missing"
        return "whole" if _sha256(path) == sha256 else "changed"

    def names(self) -> Iterator[str]:
        """Yield the names of all files, drafts aside, sorted."""
        yield from sorted(p.name for p in self.folder.glob("*/*") if p.is_file() and p.suffix != _DRAFT)

    def _standing(self, sha256: str) -> Path | None:
        return next((p for p in (self.path(sha256), self._draft_path(sha256)) if p.is_file()), None)

    def _draft_path(self, sha256: str) -> Path:
        return self.path(sha256).with_name(sha256 + _DRAFT)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _flush_folder(folder: Path) -> None:
    """A new name is on the disk only when its folder is."""
    if os.name == "nt":  # Windows opens no folders, and keeps names with the files
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
