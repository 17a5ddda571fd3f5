"""Several writers, full disks and killed processes: all of a change, or nothing of it."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from pactwatch.errors import CaseError
from pactwatch.ledger import Ledger, database, vault

from .conftest import AT, BY, fact, intake


def files(folder: Path) -> list[str]:
    """The files below `sources/`."""
    return sorted(p.name for p in (folder / "sources").rglob("*") if p.is_file())


def test_writers_wait_for_each_other_and_all_get_through(ledger: Ledger, folder: Path) -> None:
    """Four programs that write at once: every entry is there, once, in one chain."""

    def write(number: int) -> None:
        with Ledger.open(folder) as mine:
            for turn in range(10):
                mine.add_source(intake(f"Statement {turn} of the Front to office {number}.\n"), f"writer {number}", AT)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ledger.documents()) == 40
    assert ledger.verify() == []
    assert len(ledger.log()) == 1 + 40 * 2


def test_a_writer_that_waits_in_vain_gets_a_clear_error(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When another program never lets go, the user is told so, nothing is written, and it works afterwards."""
    monkeypatch.setattr(database, "BUSY_TIMEOUT_MS", 50)
    with Ledger.open(folder) as second:
        with closing(sqlite3.connect(folder / "case.sqlite", isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(CaseError, match="another program is writing"):
                second.add_source(intake(), BY, AT)
            other.execute("ROLLBACK")
        assert second.sources() == []
        assert files(folder) == []
        assert second.add_source(intake(), BY, AT) is True
        assert second.verify() == []


def test_a_full_disk_leaves_nothing_half_written(ledger: Ledger, folder: Path) -> None:
    """When the database cannot grow, the whole change is undone, bytes included, and the user is told."""
    pages = ledger._connection.execute("PRAGMA page_count").fetchone()[0]
    ledger._connection.execute(f"PRAGMA max_page_count = {pages + 2}")
    before = ledger.log()
    with pytest.raises(CaseError, match="disk is full"):
        ledger.add_source(intake("The Front denies it. " * 50_000), BY, AT)
    assert ledger.log() == before
    assert files(folder) == []
    ledger._connection.execute("PRAGMA max_page_count = 1000000")
    assert ledger.add_source(intake("The Front denies it. " * 50_000), BY, AT) is True
    assert ledger.verify() == []


def test_a_disk_that_fills_up_under_the_raw_bytes(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the bytes do not fit, no entry is written either, and no piece of a file stays."""

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    before = ledger.log()
    with monkeypatch.context() as patched:
        patched.setattr(vault.os, "fsync", full)
        with pytest.raises(CaseError, match="disk is full"):
            ledger.add_source(intake(), BY, AT)
    assert ledger.log() == before
    assert files(folder) == []
    assert ledger.add_source(intake(), BY, AT) is True
    assert ledger.verify() == []


def test_an_anchor_that_cannot_be_written_costs_nothing(
    ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The entries are safe already; verify accepts the older anchor, and the next opening moves it on."""
    from pactwatch.ledger import head

    def refused(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(head, "write", refused)
        ledger.configure({"x": 1}, BY, AT)
    assert ledger.settings["x"] == 1
    assert ledger.verify() == []
    assert (folder / "HEAD").read_text().startswith("seq 1\n")
    ledger.close()
    with Ledger.open(folder) as opened:
        assert opened.verify() == []
    assert (folder / "HEAD").read_text().startswith("seq 2\n")


def test_an_error_in_the_middle_undoes_the_whole_change(ledger: Ledger) -> None:
    """A run whose last fact cannot be stored writes none of its facts, and supersedes none."""
    ledger.add_source(intake(), BY, AT)
    document = ledger.documents()[0].id
    ledger.record(document, "claims", [fact("c1")], "rules", "1", BY, AT)
    before = (ledger.log(), ledger.facts())
    with pytest.raises(CaseError, match="Unicode"):
        ledger.record(document, "claims", [fact("c2"), fact("c3", words="\ud800")], "rules", "2", BY, AT)
    with pytest.raises(TypeError):
        ledger.record(document, "claims", [fact("c2"), fact("c3", words=object())], "rules", "2", BY, AT)
    assert (ledger.log(), ledger.facts()) == before
    assert ledger.verify() == []


KILLED = """
import sys, time
from pathlib import Path
from pactwatch import sources
from pactwatch.ledger import Ledger, {module} as patched

def stop(*args, **kwargs):
    print("here", flush=True)
    time.sleep(60)

with Ledger.open(Path(sys.argv[1])) as ledger:
    patched.{place} = stop
    intake = sources.read_bytes(b"The Government welcomes the talks.\\n", "w.txt", captured="2031-04-06T08:00:00+00:00")
    ledger.add_source(intake, "B. Monitor", "2031-04-06T09:00:00+00:00")
"""


@pytest.mark.parametrize(
    ("module", "place", "written"),
    [
        ("vault", "Vault.draft", False),  # entries written, nothing committed, bytes not on the disk
        ("pen", "Pen.finish", False),  # bytes on the disk, nothing committed
        ("vault", "Vault.settle", True),  # committed, bytes still under a draft's name
        ("head", "write", True),  # committed, the anchor behind
    ],
)
def test_a_killed_process_leaves_a_clean_case(
    ledger: Ledger, folder: Path, module: str, place: str, written: bool
) -> None:
    """Killed without warning at any step: the next opening finds all of the change or nothing, and no trace else."""
    ledger.add_source(intake(), BY, AT)
    ledger.close()
    script = KILLED.format(module=module, place=place)
    with subprocess.Popen([sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "here"
        os.kill(process.pid, signal.SIGKILL)
    with Ledger.open(folder, read_only=True) as opened:
        assert opened.verify() == []
        assert len(opened.documents()) == (2 if written else 1)
        assert [opened.raw(source.sha256) for source in opened.sources()][-1].startswith(
            b"The Gov" if written else b"6 A"
        )
    with Ledger.open(folder) as opened:
        assert opened.verify() == []
        assert files(folder) == sorted(source.sha256 for source in opened.sources())
        assert (folder / "HEAD").read_text().startswith(f"seq {len(opened.log())}\n")
        assert opened.add_source(intake("Another statement of the Front.\n"), BY, AT) is True
        assert opened.verify() == []


def test_a_case_whose_making_was_killed_says_so(tmp_path: Path) -> None:
    """A folder in which nothing was finished is not taken for a case."""
    (tmp_path / "case.sqlite").touch()
    with pytest.raises(CaseError, match="make the case again"):
        Ledger.open(tmp_path)


def test_making_a_case_that_fails_leaves_no_case(tmp_path: Path) -> None:
    """After a failure the same command can be given again."""
    with pytest.raises(TypeError):
        Ledger.create(tmp_path / "case", title="x", settings={"bad": object()}, by=BY, at=AT)
    with Ledger.create(tmp_path / "case", title="x", settings={}, by=BY, at=AT) as ledger:
        assert ledger.verify() == []


def test_many_facts_are_written_and_verified_in_seconds(ledger: Ledger) -> None:
    """A case of 100 readings with 100 facts each is no strain on two cores."""
    ledger.add_source(intake(), BY, AT)
    document = ledger.documents()[0].id
    start = time.process_time()
    for run in range(100):
        facts = [fact(f"c{number}", run=run) for number in range(100)]
        ledger.record(document, "claims", facts, "rules", "1", BY, AT)
    assert ledger.verify() == []
    assert time.process_time() - start < 10
