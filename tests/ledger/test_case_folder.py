"""Making, opening and asking a case."""

import os
import sqlite3
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from pactwatch.errors import CaseError, TamperedLedger
from pactwatch.ledger import Ledger

from .conftest import AT, BY, DENIAL, fact, intake


def test_a_case_is_one_folder_that_can_be_carried(full: Ledger, folder: Path, tmp_path: Path) -> None:
    """Closed, moved and opened again it holds the same."""
    before = (full.title, full.settings, full.sources(), full.documents(), full.facts(), full.judgements(), full.log())
    full.close()
    folder.rename(tmp_path / "elsewhere")
    with Ledger.open(tmp_path / "elsewhere") as opened:
        after = (opened.title, opened.settings, opened.sources(), opened.documents(), opened.facts())
        assert (*after, opened.judgements(), opened.log()) == before
        assert opened.verify() == []


def test_nothing_but_the_case_stands_in_the_folder(full: Ledger, folder: Path) -> None:
    """One database, the bytes by their SHA-256, and the anchor; no drafts."""
    full.close()
    names = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
    digests = sorted(
        source.sha256 for source in (intake().source, intake("The Government welcomes the talks.\n").source)
    )
    assert names == ["HEAD", "case.sqlite", *[f"sources/{d[:2]}/{d}" for d in digests]]


def test_a_folder_that_holds_anything_is_not_made_a_case(full: Ledger, folder: Path, tmp_path: Path) -> None:
    """Neither a case nor somebody's folder is written over."""
    with pytest.raises(CaseError, match="already"):
        Ledger.create(folder, title="x", settings={}, by=BY, at=AT)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("x")
    with pytest.raises(CaseError, match="not empty"):
        Ledger.create(tmp_path / "mine", title="x", settings={}, by=BY, at=AT)
    with pytest.raises(CaseError, match="file"):
        Ledger.create(tmp_path / "mine" / "letter.txt", title="x", settings={}, by=BY, at=AT)


def test_where_there_is_no_case_the_user_is_told_how_to_make_one(tmp_path: Path) -> None:
    """The advice is a command."""
    with pytest.raises(CaseError, match="pactwatch case new"):
        Ledger.open(tmp_path / "none")


@pytest.mark.parametrize("damage", [b"", b"this is no database at all, but long enough to be looked at" * 20])
def test_a_file_that_is_no_case_is_refused(tmp_path: Path, damage: bytes) -> None:
    """An empty or foreign file under the case's name is an error with advice."""
    (tmp_path / "case.sqlite").write_bytes(damage)
    with pytest.raises(CaseError):
        Ledger.open(tmp_path)


def test_a_case_of_a_newer_version_is_not_touched(full: Ledger, folder: Path) -> None:
    """An older program says that it must be upgraded, and writes nothing."""
    full.close()
    connection = sqlite3.connect(folder / "case.sqlite")
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    with pytest.raises(CaseError, match="newer"):
        Ledger.open(folder)


def test_settings_change_by_entries(ledger: Ledger) -> None:
    """A change is laid over what was; both stand in the log."""
    ledger.configure({"places": ["p.csv"]}, BY, AT)
    ledger.configure({"agreements": ["hba", "protocol"]}, BY, AT)
    assert ledger.settings == {"agreements": ["hba", "protocol"], "places": ["p.csv"]}
    assert [entry.kind for entry in ledger.log()] == ["case", "settings", "settings"]


def test_the_same_bytes_are_noticed(ledger: Ledger) -> None:
    """Adding a file twice says so and writes nothing, under whatever name it comes."""
    assert ledger.add_source(intake(), BY, AT) is True
    before = ledger.log()
    assert ledger.add_source(intake(uri="copy.txt"), BY, AT) is False
    assert ledger.log() == before
    assert len(ledger.sources()) == 1


def test_bytes_without_a_text_are_kept_and_completed_later(ledger: Ledger) -> None:
    """A file that could not be read is a source; when a later version reads it, its document is added."""
    unread = intake()
    assert ledger.add_source(replace(unread, documents=()), BY, AT) is True
    assert ledger.documents() == []
    assert ledger.add_source(replace(unread, documents=()), BY, AT) is False
    assert ledger.add_source(unread, BY, AT) is True
    assert ledger.documents() == list(unread.documents)
    assert len(ledger.sources()) == 1
    assert ledger.verify() == []


def test_raw_bytes_come_back_as_they_were_and_are_read_only(ledger: Ledger, folder: Path) -> None:
    """What is kept is what came, and the file says that it is not to be edited."""
    one = intake()
    ledger.add_source(one, BY, AT)
    assert ledger.raw(one.source.sha256) == DENIAL.encode()
    path = folder / "sources" / one.source.sha256[:2] / one.source.sha256
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_raw_bytes_that_are_gone_or_others_are_not_given_out(ledger: Ledger, folder: Path) -> None:
    """Reading them names the file and says what is wrong."""
    one = intake()
    ledger.add_source(one, BY, AT)
    path = folder / "sources" / one.source.sha256[:2] / one.source.sha256
    path.chmod(0o644)
    path.write_bytes(b"The Front admits everything.")
    with pytest.raises(TamperedLedger, match=one.source.sha256):
        ledger.raw(one.source.sha256)
    path.unlink()
    with pytest.raises(CaseError, match="missing"):
        ledger.raw(one.source.sha256)


def test_bytes_that_are_not_what_is_said_of_them_are_refused(ledger: Ledger) -> None:
    """The digest of an intake is checked before anything is written."""
    with pytest.raises(CaseError, match="SHA-256"):
        ledger.add_source(replace(intake(), data=b"other"), BY, AT)
    assert ledger.sources() == []


def test_a_reprint_is_an_appearance_of_one_document(ledger: Ledger) -> None:
    """The same words from another outlet are no second document, and the second place is not lost."""
    ledger.add_source(intake(), BY, AT)
    ledger.add_source(intake("\ufeff" + DENIAL, "agency.txt", "Varana News"), BY, AT)
    (document,) = ledger.documents()
    assert document.issuer == "Sarn Popular Front"
    assert [a.issuer for a in ledger.appearances(document.id)] == ["Sarn Popular Front", "Varana News"]


def test_one_name_cannot_stand_for_two_texts(ledger: Ledger) -> None:
    """Quotes would not fit any more: the second is refused whole."""
    ledger.add_source(intake('{"doc": "a", "text": "One."}', "one.jsonl"), BY, AT)
    before = ledger.log()
    with pytest.raises(CaseError, match="another text"):
        ledger.add_source(intake('{"doc": "b", "text": "x"}\n{"doc": "a", "text": "Two."}', "two.jsonl"), BY, AT)
    assert ledger.log() == before
    assert [d.id for d in ledger.documents()] == ["a"]
    assert ledger.verify() == []


def test_texts_are_found_by_their_words(full: Ledger) -> None:
    """All words must be there, in any case and order, without accents; signs of the query language are plain words."""
    denial, welcome = full.documents()
    assert full.search("karsa FRONT") == [denial]
    assert full.search("welcomes talks") == [welcome]
    assert full.search("karsa talks") == []
    for odd in ('"', "NEAR(", "a* OR b", "text:", "", "   ", "-"):
        full.search(odd)


def test_the_log_is_read_in_parts(full: Ledger) -> None:
    """`limit` and `after` cut the same list."""
    whole = full.log()
    assert [entry.seq for entry in whole] == list(range(1, len(whole) + 1))
    assert full.log(limit=2, after=3) == whole[3:5]
    assert {entry.by for entry in whole} == {BY}
    assert {entry.at for entry in whole} == {AT}


def test_what_is_counted(full: Ledger) -> None:
    """The counts are of what stands now."""
    counts = full.counts()
    assert (counts["sources"], counts["documents"], counts["claim facts"], counts["judgements"]) == (2, 2, 1, 1)
    assert counts["log entries"] == len(full.log())


def test_reading_only_writes_nothing(full: Ledger, folder: Path) -> None:
    """A case opened for reading can be asked and verified, and refuses every change."""
    full.close()
    before = {p: p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    with Ledger.open(folder, read_only=True) as opened:
        assert opened.verify() == []
        assert len(opened.documents()) == 2
        for write in (
            lambda: opened.configure({}, BY, AT),
            lambda: opened.add_source(intake("x"), BY, AT),
            lambda: opened.record(opened.documents()[0].id, "claims", [], "r", "1", BY, AT),
        ):
            with pytest.raises(CaseError, match="reading only"):
                write()
    assert {p: p.read_bytes() for p in folder.rglob("*") if p.is_file() and p in before} == before


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="needs a user who may be refused")
def test_a_case_on_a_disk_that_cannot_be_written_is_read(full: Ledger, folder: Path) -> None:
    """A case on read-only media can be opened for reading."""
    full.close()
    folder.chmod(0o555)
    try:
        with Ledger.open(folder, read_only=True) as opened:
            assert opened.verify() == []
    finally:
        folder.chmod(0o755)


def test_a_fact_needs_its_document(ledger: Ledger) -> None:
    """Law 1: no orphan facts; nothing is recorded about a document that the case does not hold."""
    with pytest.raises(CaseError, match="no document"):
        ledger.record("unknown", "claims", [fact("c1")], "rules", "1", BY, AT)
