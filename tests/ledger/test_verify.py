"""What `verify` finds: every changed byte and every removed row, with its place."""

import hashlib
import itertools
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pactwatch.errors import CaseError, TamperedLedger
from pactwatch.ledger import Ledger, check
from pactwatch.model import Problem

from .conftest import AT, BY, Tamper, intake


def found(folder: Path) -> list[Problem]:
    """What verify says of the case in a folder."""
    with Ledger.open(folder, read_only=True) as opened:
        return opened.verify()


def places(problems: list[Problem]) -> list[tuple[str, str, int | None]]:
    """Code, place and entry of each problem."""
    return [(p.code, p.where, p.line) for p in problems]


@pytest.mark.parametrize("statement", ["UPDATE log SET body = '{}' WHERE seq = 2", "DELETE FROM log WHERE seq = 2"])
def test_the_database_itself_refuses_to_edit_or_shorten_the_log(full: Ledger, tamper: Tamper, statement: str) -> None:
    """Append-only is a rule of the file, not a habit of the program."""
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        tamper(statement, guarded=True)
    assert full.verify() == []


def test_a_row_cannot_be_replaced_or_put_between(full: Ledger, tamper: Tamper) -> None:
    """Neither INSERT OR REPLACE nor a number out of order gets into the log."""
    row = "'a', 'b', 'c', 'd', '{}', '', ''"
    for statement in (f"INSERT OR REPLACE INTO log VALUES (2, {row})", f"INSERT INTO log VALUES (900, {row})"):
        with pytest.raises(sqlite3.IntegrityError, match="append-only"):
            tamper(statement, guarded=True)
    assert full.verify() == []


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(data=st.data())
def test_any_changed_byte_of_any_field_of_the_log_is_found(full: Ledger, folder: Path, data: st.DataObject) -> None:
    """Flip one bit anywhere in a row: verify names that row, and no other as changed."""
    with closing(sqlite3.connect(folder / "case.sqlite", isolation_level=None)) as connection:
        connection.execute("BEGIN")
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        last = connection.execute("SELECT max(seq) FROM log").fetchone()[0]
        seq = data.draw(st.integers(1, last))
        column = data.draw(st.sampled_from(["at", "by", "kind", "subject", "body", "prev", "hash"]))
        sql = f"SELECT CAST({column} AS BLOB) FROM log WHERE seq = {seq}"
        old = connection.execute(sql).fetchone()[0]
        at = data.draw(st.integers(0, len(old) - 1))
        new = old[:at] + bytes([old[at] ^ (1 << data.draw(st.integers(0, 6)))]) + old[at + 1 :]
        connection.execute(f"UPDATE log SET {column} = CAST(? AS TEXT) WHERE seq = ?", (new, seq))
        broken = [p for p in check._broken_links(connection) if p.code == "log-row-changed"]
        connection.execute("ROLLBACK")
    assert [p.line for p in broken] in ([seq], [seq, seq + 1])
    assert full.verify() == []


def test_a_changed_row_is_named(full: Ledger, folder: Path, tamper: Tamper) -> None:
    """The problem says which entry, whose and when."""
    full.close()
    tamper("UPDATE log SET body = replace(body, 'denies', 'admits') WHERE kind = 'document'")
    (problem, *_) = found(folder)
    assert (problem.code, problem.where, problem.line) == ("log-row-changed", "case.sqlite, log", 3)
    assert BY in problem.what
    assert AT in problem.what


def test_a_row_that_was_rewritten_with_a_fitting_hash_is_found_by_the_next(
    full: Ledger, folder: Path, tamper: Tamper
) -> None:
    """Whoever recomputes one hash breaks the link to the entry after it."""
    full.close()
    with closing(sqlite3.connect(folder / "case.sqlite")) as connection:
        row = connection.execute("SELECT seq, at, by, kind, subject, body, prev FROM log WHERE seq = 3").fetchone()
    fields = [str(field).encode() for field in (*row[:5], row[5].replace("denies", "admits"), row[6])]
    forged = hashlib.sha256(b"".join(b"%d:%s," % (len(f), f) for f in fields)).hexdigest()
    tamper(f"UPDATE log SET body = replace(body, 'denies', 'admits'), hash = '{forged}' WHERE seq = 3")
    assert places(found(folder)) == [("log-row-changed", "case.sqlite, log", 4)]


def test_any_removed_row_is_found(full: Ledger, folder: Path) -> None:
    """Cut out any one row, or any three in a row: the first missing entry is named, whichever it is."""
    last = full.log()[-1].seq
    anchor = check._anchor(folder)
    with closing(sqlite3.connect(folder / "case.sqlite", isolation_level=None)) as connection:
        for first, count in itertools.product(range(1, last + 1), (1, 3)):
            connection.execute("BEGIN")
            connection.execute("DROP TRIGGER log_is_never_shortened")
            connection.execute("DELETE FROM log WHERE seq BETWEEN ? AND ?", (first, first + count - 1))
            problems = [*check._broken_links(connection), *check._wrong_heads(connection, anchor)]
            connection.execute("ROLLBACK")
            assert ("log-row-removed", first) in [(p.code, p.line) for p in problems]
            assert not [p for p in problems if p.code == "log-row-changed"]
    assert full.verify() == []


@pytest.mark.parametrize("first", [1, 5, 9])
def test_a_removed_row_is_named_by_verify(full: Ledger, folder: Path, tamper: Tamper, first: int) -> None:
    """The same by the front door: at the beginning, in the middle, at the end."""
    full.close()
    tamper(f"DELETE FROM log WHERE seq = {first}")
    assert ("log-row-removed", "case.sqlite, log", first) in places(found(folder))


def test_removed_last_rows_are_found_though_the_inner_head_was_moved(
    full: Ledger, folder: Path, tamper: Tamper
) -> None:
    """The anchor file beside the database still knows where the log ended."""
    entry = full.log()[-3]
    full.close()
    tamper(
        f"DELETE FROM log WHERE seq > {entry.seq}",
        f"UPDATE head SET seq = {entry.seq}, count = {entry.seq}, hash = '{entry.hash}'",
    )
    assert ("log-row-removed", "case.sqlite, log", entry.seq + 1) in places(found(folder))


def test_a_copy_of_the_anchor_shows_a_truncation_by_someone_who_may_write_everything(
    full: Ledger, folder: Path, tamper: Tamper
) -> None:
    """With HEAD kept elsewhere, not even a whole new end of the log goes unnoticed."""
    anchor = (folder / "HEAD").read_text()
    entry = full.log()[-3]
    full.close()
    tamper(
        f"DELETE FROM log WHERE seq > {entry.seq}",
        f"UPDATE head SET seq = {entry.seq}, count = {entry.seq}, hash = '{entry.hash}'",
        f"DELETE FROM judgements WHERE seq > {entry.seq}",
        f"DELETE FROM facts WHERE seq > {entry.seq}",
        f"UPDATE facts SET superseded_by_seq = NULL WHERE superseded_by_seq > {entry.seq}",
    )
    (folder / "HEAD").write_text(f"seq {entry.seq}\ncount {entry.seq}\nhash {entry.hash}\n")
    assert found(folder) == []
    (folder / "HEAD").write_text(anchor)
    assert [p.code for p in found(folder)] == ["log-row-removed"]


@pytest.mark.parametrize("text", ["", "seq 3\ncount 3\nhash 00\n", "seq x\ncount 1\nhash 0\n", "\xff"])
def test_a_changed_anchor_is_found(full: Ledger, folder: Path, text: str) -> None:
    """The anchor's own bytes are checked too."""
    (folder / "HEAD").write_text(text, encoding="latin-1")
    assert places(full.verify()) == [("head-changed", "HEAD", None)]
    (folder / "HEAD").unlink()
    assert places(full.verify()) == [("head-missing", "HEAD", None)]


def test_a_changed_or_missing_head_row_is_found(full: Ledger, folder: Path, tamper: Tamper) -> None:
    """The record inside the database is checked against the log."""
    full.close()
    tamper("UPDATE head SET hash = '00'")
    assert places(found(folder)) == [("head-changed", "case.sqlite, head", None)]
    tamper("DELETE FROM head")
    assert places(found(folder)) == [("head-changed", "case.sqlite, head", None)]


def test_nothing_is_added_to_a_log_that_was_cut(full: Ledger, folder: Path, tamper: Tamper) -> None:
    """Writing on would hide the cut: it is refused."""
    full.close()
    tamper("DELETE FROM log WHERE seq = (SELECT max(seq) FROM log)")
    with Ledger.open(folder) as opened, pytest.raises(TamperedLedger, match="verify"):
        opened.configure({"x": 1}, BY, AT)


@pytest.mark.parametrize(
    ("statement", "table"),
    [
        ('UPDATE facts SET body = \'{"act":"raid"}\' WHERE superseded_by_seq IS NULL', "facts"),
        ("UPDATE facts SET superseded_by_seq = NULL", "facts"),
        ("DELETE FROM facts WHERE superseded_by_seq IS NULL", "facts"),
        ("INSERT INTO facts VALUES ('c9','claim','s','d','claims','{}','rules','1',999,NULL)", "facts"),
        ("DELETE FROM judgements", "judgements"),
        ("UPDATE documents SET id = 'x' WHERE seq = 3", "documents"),
        ("DELETE FROM sources WHERE seq = 2", "sources"),
    ],
)
def test_tables_that_do_not_follow_from_the_log_are_found_and_can_be_made_anew(
    full: Ledger, folder: Path, tamper: Tamper, statement: str, table: str
) -> None:
    """A fact slipped in, changed or dropped beside the log is named; rebuilding brings the log's own back."""
    full.close()
    tamper(statement)
    problems = found(folder)
    assert {(p.code, p.where) for p in problems} == {("facts-differ", f"case.sqlite, {table}")}
    assert all(p.line for p in problems)
    with Ledger.open(folder) as opened:
        opened.rebuild()
        assert opened.verify() == []


@pytest.mark.parametrize(("damage", "code"), [("change", "raw-changed"), ("remove", "raw-missing")])
def test_changed_and_missing_raw_bytes_are_named(full: Ledger, folder: Path, damage: str, code: str) -> None:
    """The file is named by its path in the case."""
    sha256 = intake().source.sha256
    path = folder / "sources" / sha256[:2] / sha256
    path.chmod(0o644)
    if damage == "change":
        path.write_bytes(path.read_bytes().replace(b"denies", b"admits"))
    else:
        path.unlink()
    assert places(full.verify()) == [(code, f"sources/{sha256[:2]}/{sha256}", None)]


def test_a_file_that_no_entry_names_is_found(full: Ledger, folder: Path) -> None:
    """Bytes that were slipped in, or whose entry was removed, are named."""
    (folder / "sources" / "ab").mkdir(exist_ok=True)
    (folder / "sources" / "ab" / "abcd").write_bytes(b"x")
    assert places(full.verify()) == [("raw-unlisted", "sources/ab/abcd", None)]


def test_bytes_flipped_in_the_database_file_are_found_or_change_nothing(full: Ledger, folder: Path) -> None:
    """Overwrite a stretch in each page of the file: either verify or opening says so, or no answer changes."""
    answers = (full.log(), full.facts(), full.documents(), full.judgements())
    full.close()
    file = folder / "case.sqlite"
    whole = file.read_bytes()
    silent = 0
    for start in range(500, len(whole), 1024):
        file.write_bytes(whole[:start] + bytes(b ^ 0x15 for b in whole[start : start + 16]) + whole[start + 16 :])
        try:
            opened = Ledger.open(folder, read_only=True)
        except CaseError:
            continue
        with opened:
            if not opened.verify():
                silent += 1
                assert (opened.log(), opened.facts(), opened.documents(), opened.judgements()) == answers
    assert silent < len(whole) / 1024


def test_verify_looks_at_one_moment_while_another_writes(full: Ledger, folder: Path) -> None:
    """A case that grows while it is verified is not called damaged."""
    stop = threading.Event()

    def write() -> None:
        with Ledger.open(folder) as other:
            for number in itertools.count():
                if stop.is_set():
                    return
                other.add_source(intake(f"Statement {number} of the Front.\n"), BY, AT)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while full.counts()["log entries"] < 40:
            assert full.verify() == []
    finally:
        stop.set()
        writer.join()


def test_the_recipe_in_the_documentation_recomputes_the_chain(
    full: Ledger, folder: Path, tamper: Tamper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anyone can check a case with ten lines of Python and without this program."""
    page = Path(__file__).resolve().parents[2] / "docs" / "reference" / "ledger.md"
    if not page.is_file():
        pytest.skip("the documentation does not lie beside these tests")
    recipe = page.read_text(encoding="utf-8").split("```python\n")[1].split("```")[0]
    full.close()
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    exec(recipe, names)
    assert f"hash {names['prev']}\n" in (folder / "HEAD").read_text()
    tamper("UPDATE log SET by = 'nobody' WHERE seq = 4")
    with pytest.raises(AssertionError):
        exec(recipe, {})
