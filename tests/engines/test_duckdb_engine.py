"""The DuckDB engine."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conformance.engine import EngineConformance
from pactwatch import engines, plugins
from pactwatch.engines.duckdb_engine import DuckDbEngine
from pactwatch.errors import UnknownName


class TestDuckDb(EngineConformance):
    """DuckDB passes the body that every engine must pass."""

    @pytest.fixture
    def engine(self) -> Iterator[DuckDbEngine]:
        """A running engine, closed afterwards."""
        engine = DuckDbEngine(memory_mb=256)
        yield engine
        engine.close()


def test_extensions_stay_off() -> None:
    """Law 11: the engine neither fetches nor loads an extension."""
    engine = DuckDbEngine(memory_mb=256)
    settings = engine.query(
        "SELECT current_setting('autoinstall_known_extensions'), current_setting('autoload_known_extensions')"
    )
    engine.close()
    assert settings == [(False, False)]


def test_the_temporary_folder_goes_with_the_engine() -> None:
    """Nothing of the user's data stays in a temporary folder after `close`."""
    engine = DuckDbEngine(memory_mb=256)
    folder = Path(str(engine.query("SELECT current_setting('temp_directory')")[0][0]))
    assert folder.is_dir()
    engine.close()
    assert not folder.exists()


def test_memory_limit_is_set() -> None:
    """The memory limit that was asked for holds."""
    engine = DuckDbEngine(memory_mb=256)
    limit = str(engine.query("SELECT current_setting('memory_limit')")[0][0])
    engine.close()
    assert limit.startswith("24")


def test_open_by_name() -> None:
    """Engines are found by name, and a name that is not installed is answered with those that are."""
    engine = engines.open()
    assert isinstance(engine, plugins.Engine)
    engine.close()
    with pytest.raises(UnknownName, match="duckdb"):
        engines.open("abacus")
