"""What every engine must do. A test class inherits `EngineConformance` and gives it an `engine` fixture."""

import datetime as dt

import pytest

from pactwatch.plugins import Engine

ALL_TYPES = {"n": "BIGINT", "x": "DOUBLE", "t": "VARCHAR", "d": "DATE", "b": "BOOLEAN"}
ROWS = [
    (1, 0.5, "Löpar, «a»", dt.date(2031, 5, 9), True),
    (2, -1.25, "", dt.date(1989, 1, 1), False),
    (None, None, None, None, None),
]


class EngineConformance:
    """One body for every engine: the same rows in, the same rows out."""

    def test_types_survive_the_way_in_and_out(self, engine: Engine) -> None:
        """Numbers, words, days and truth values come back as they went in, and what is missing stays missing."""
        engine.load("t", ALL_TYPES, ROWS)
        assert sorted(engine.query("SELECT * FROM t"), key=lambda r: (r[0] is None, r[0])) == ROWS

    def test_load_replaces(self, engine: Engine) -> None:
        """Loading a table again replaces what was there."""
        engine.load("t", {"n": "BIGINT"}, [(1,), (2,)])
        engine.load("t", {"n": "BIGINT"}, [(3,)])
        assert engine.query("SELECT n FROM t") == [(3,)]

    def test_empty_table(self, engine: Engine) -> None:
        """A table without rows is a table."""
        engine.load("t", ALL_TYPES, [])
        assert engine.query("SELECT count(*) FROM t") == [(0,)]

    def test_join_on_computed_cells(self, engine: Engine) -> None:
        """The equi-join on floored cells, which the event join stands on, finds neighbours below zero too."""
        engine.load("a", {"i": "BIGINT", "lat": "DOUBLE"}, [(1, -0.2), (2, 10.1)])
        engine.load("e", {"j": "BIGINT", "lat": "DOUBLE"}, [(7, -0.4), (8, 10.4), (9, 0.2)])
        found = engine.query(
            "SELECT i, j FROM a JOIN e ON CAST(floor(a.lat / 0.5) AS BIGINT) = CAST(floor(e.lat / 0.5) AS BIGINT)"
            " ORDER BY i, j"
        )
        assert found == [(1, 7), (2, 8)]

    def test_window_functions(self, engine: Engine) -> None:
        """The best row a group can be asked for."""
        engine.load("s", {"c": "BIGINT", "score": "DOUBLE"}, [(1, 0.2), (1, 0.9), (2, 0.1)])
        found = engine.query(
            "SELECT c, score FROM (SELECT c, score, row_number() OVER (PARTITION BY c ORDER BY score DESC) AS rank"
            " FROM s) ranked WHERE rank = 1 ORDER BY c"
        )
        assert found == [(1, 0.9), (2, 0.1)]

    def test_unknown_type_is_refused(self, engine: Engine) -> None:
        """A column type that the protocol does not have is refused by name."""
        with pytest.raises(ValueError, match="BLOB"):
            engine.load("t", {"n": "BLOB"}, [])

    def test_close_twice(self, engine: Engine) -> None:
        """Closing an engine that is closed does nothing."""
        engine.close()
        engine.close()
