"""The built-in case: Varana, an invented conflict. Nothing and nobody in it exists."""

import contextlib
from collections.abc import Iterator
from importlib.resources import as_file, files
from pathlib import Path

from pactwatch.pipeline import EventFile, Options

TITLE = "Varana, an invented case: what the parties say, what they signed, what others recorded"

AGREEMENT = "harrow-bridge-2031"


def _folder() -> Path:
    with as_file(files("pactwatch.data") / "varana") as folder:
        return folder


def options() -> Options:
    """Return the options of the case: its agreement with its protocol, two event files, the mission's patrol log."""
    folder = _folder()
    return Options(
        agreements=(AGREEMENT,),
        events=(
            EventFile(path=str(folder / "events_ged.csv")),
            EventFile(path=str(folder / "events_local.csv"), mapping=str(folder / "events_local.mapping.toml")),
        ),
        exposures=(str(folder / "monitor_log.csv"),),
    )


@contextlib.contextmanager
def documents() -> Iterator[list[Path]]:
    """Yield the paths of the case's documents: thirteen texts with their headers, without any claims."""
    with as_file(files("pactwatch.data") / "varana" / "documents.jsonl") as path:
        yield [path]
