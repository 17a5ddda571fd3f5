"""Where Pactwatch keeps what it can make again: the cache folder of the user."""

import os
from pathlib import Path


def cache_folder() -> Path:
    """Return the folder for files that can be made again; it may not exist yet.

    `PACTWATCH_CACHE` names it, else it is `pactwatch` in the user's cache folder (XDG base directory specification).
    """
    named = os.environ.get("PACTWATCH_CACHE")
    if named:
        return Path(named).expanduser()
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path.home() / ".cache") / "pactwatch"
