"""Engines run the relational text of the event join. One text for every engine; DuckDB is the default."""

from typing import cast

from pactwatch import plugins
from pactwatch.plugins import Engine

__all__ = ["open"]


def open(name: str = "duckdb") -> Engine:
    """Return a running engine by its name at the plug-in point; close it when done.

    Raises `UnknownName` (it lists what is installed) or `MissingPart` where the engine's library is not installed.
    """
    return cast(Engine, plugins.load("engine", name)())
