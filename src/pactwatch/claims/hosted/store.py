"""Answers kept in a folder, by a hash of what was asked: the same passage is not paid for twice."""

import hashlib
import os
import tempfile
from pathlib import Path

import msgspec


class Kept(msgspec.Struct):
    """One answer as kept."""

    content: str


class Store:
    """A folder of answers, or nothing where the user named none."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def get(self, asked: bytes) -> str | None:
        """Return the answer that was kept for these words; a file that is missing or damaged is no answer."""
        if self.folder is None:
            return None
        try:
            return msgspec.json.decode(self._path(self.folder, asked).read_bytes(), type=Kept).content
        except (OSError, msgspec.MsgspecError):
            return None

    def put(self, asked: bytes, content: str) -> str:
        """Keep an answer, whole or not at all; return what went wrong, empty where nothing did."""
        if self.folder is None:
            return ""
        path = self._path(self.folder, asked)
        try:
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self.folder, prefix=".part-")
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.encode(Kept(content)))
            Path(name).replace(path)
        except OSError as error:
            return f"{self.folder}: {error.strerror or error}"
        return ""

    @staticmethod
    def _path(folder: Path, asked: bytes) -> Path:
        return folder / f"{hashlib.sha256(asked).hexdigest()}.json"
