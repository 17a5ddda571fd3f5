"""From what a user names, files and folders, to the files themselves."""

from collections.abc import Sequence
from pathlib import Path

from pactwatch.errors import InputError
from pactwatch.sources.sniff import SUFFIXES


def expand(paths: Sequence[str]) -> list[Path]:
    """Return the files that `paths` name, each once, in the order given.

    A folder stands for every file below it with a known ending, sorted; hidden files and folders are passed over. A
    file that is named itself is taken whatever its ending. `InputError` names what is missing, or a folder without any
    file of a known ending.
    """
    missing = [path for path in paths if not Path(path).exists()]
    if missing:
        raise InputError(f"there is no such file or folder: {', '.join(missing)}")
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        found.update(dict.fromkeys(_below(path) if path.is_dir() else [path]))
    return list(found)


def _below(folder: Path) -> list[Path]:
    try:
        files = [path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES and path.is_file()]
    except OSError as error:
        raise InputError(f"{folder}: {error.strerror or error}") from None
    shown = sorted(path for path in files if not any(p.startswith(".") for p in path.relative_to(folder).parts))
    if not shown:
        raise InputError(f"{folder}: no file here ends in {', '.join(sorted(SUFFIXES))}")
    return shown
