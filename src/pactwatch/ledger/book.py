"""The ledger of one case: the only way to write to a case, and the way to ask what it holds."""

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from pactwatch.errors import CaseError, TamperedLedger
from pactwatch.ledger import check, database, head, projection
from pactwatch.ledger.chain import FIRST_PREV, Entry, as_json
from pactwatch.ledger.pen import Pen
from pactwatch.ledger.vault import Vault
from pactwatch.model import Document, Fact, Intake, Judgement, Problem, Source


class Ledger:
    """One case folder. Use it as a context manager, or `close` it.

    Every writing method is one transaction: it is written whole, or not at all and a `CaseError` says why. `by` is the
    person or program that acts, `at` the moment as ISO 8601 with zone; both stand in the log.
    """

    def __init__(self, folder: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        self.folder, self.read_only = folder, read_only
        self._connection, self._vault = connection, Vault(folder)
        self._file = folder / database.FILE_NAME

    @classmethod
    def create(cls, folder: Path, *, title: str, settings: Mapping[str, Any], by: str, at: str) -> Self:
        """Make a case in a new or empty folder and return it open; `CaseError` where the folder holds anything."""
        folder = Path(folder).resolve()
        _refuse_full(folder)
        with database.told(folder):
            folder.mkdir(parents=True, exist_ok=True)
        ledger = cls(folder, database.connect(folder / database.FILE_NAME, read_only=False), read_only=False)
        try:
            with ledger._writing(by, at, new=True) as pen:
                pen.add("case", title, {"title": title, "settings": dict(settings)})
        except BaseException:
            ledger.close()
            ledger._file.unlink(missing_ok=True)
            raise
        return ledger

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Self:
        """Return the case in `folder`; `CaseError` says what to do where there is none, or it cannot be used.

        What a process that died left unfinished is put in order first, unless the case is opened for reading only.
        """
        folder = Path(folder).resolve()
        file = folder / database.FILE_NAME
        if not file.is_file():
            raise CaseError(f"{folder}: there is no case here; make one with `pactwatch case new {folder}`")
        ledger = cls(folder, database.connect(file, read_only=read_only), read_only=read_only)
        try:
            ledger._meet_version()
            if not read_only:
                ledger._tend()
        except BaseException:
            ledger.close()
            raise
        return ledger

    def close(self) -> None:
        """Let go of the database. A second call does nothing."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # What it holds ----------------------------------------------------------------------------------------------

    @property
    def title(self) -> str:
        """The title that the case was made with."""
        return str(self._first()["title"])

    @property
    def settings(self) -> dict[str, Any]:
        """The settings as they stand: those that the case was made with, and each change laid over them."""
        settings: dict[str, Any] = dict(self._first()["settings"])
        for change in self._bodies("settings"):
            settings |= change
        return settings

    def sources(self) -> list[Source]:
        """Return every source, in the order in which they were added."""
        return [msgspec.convert(body["source"], Source) for body in self._bodies("source")]

    def documents(self) -> list[Document]:
        """Return every text once, in the order in which they were added; see `appearances` for reprints."""
        sql = "SELECT body FROM log WHERE seq IN (SELECT min(seq) FROM documents GROUP BY id) ORDER BY seq"
        return [msgspec.json.decode(row[0], type=Document) for row in self._rows(sql)]

    def appearances(self, document_id: str) -> list[Document]:
        """Return every place where this text was found: the same words from several sources have one id."""
        sql = "SELECT body FROM log WHERE seq IN (SELECT seq FROM documents WHERE id = ?) ORDER BY seq"
        return [msgspec.json.decode(row[0], type=Document) for row in self._rows(sql, document_id)]

    def facts(self, kind: str | None = None, document: str | None = None) -> list[Fact]:
        """Return the facts that stand now, of one kind or about one document where these are given."""
        wanted = {name: value for name, value in (("kind", kind), ("document", document)) if value is not None}
        where = "".join(f" AND {name} = ?" for name in wanted)
        sql = f"SELECT kind, id, subject, body FROM facts WHERE superseded_by_seq IS NULL{where} ORDER BY seq"
        rows = self._rows(sql, *wanted.values())
        return [Fact(kind=k, id=i, subject=s, body=msgspec.json.decode(b)) for k, i, s, b in rows]

    def judgements(self) -> list[Judgement]:
        """Return every judgement, oldest first; a later one on the same subject outweighs it."""
        return [msgspec.convert(body, Judgement) for body in self._bodies("judgement")]

    def state(self, fact_id: str) -> str:
        """Return `machine` until a person has judged the fact, then the verdict of the latest judgement (law 8)."""
        sql = "SELECT body FROM log WHERE seq = (SELECT max(seq) FROM judgements WHERE subject = ?)"
        rows = self._rows(sql, fact_id)
        return str(msgspec.json.decode(rows[0][0], type=Judgement).verdict) if rows else "machine"

    def log(self, limit: int | None = None, after: int = 0) -> list[Entry]:
        """Return log entries, oldest first, from the one after number `after`, at most `limit`."""
        sql = "SELECT seq, at, by, kind, subject, body, prev, hash FROM log WHERE seq > ? ORDER BY seq LIMIT ?"
        names = ("seq", "at", "by", "kind", "subject", "body", "prev", "hash")
        rows = [dict(zip(names, row, strict=True)) for row in self._rows(sql, after, -1 if limit is None else limit)]
        with database.told(self._file):
            return [Entry(**(row | {"body": msgspec.json.decode(row["body"])})) for row in rows]

    def search(self, words: str) -> list[Document]:
        """Return the texts that hold all of `words` in their title or text, the best match first."""
        terms = " ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        if not terms:
            return []
        sql = """SELECT log.body FROM words JOIN log ON log.seq = words.rowid
                 WHERE words MATCH ? AND words.rowid IN (SELECT min(seq) FROM documents GROUP BY id) ORDER BY rank"""
        return [msgspec.json.decode(row[0], type=Document) for row in self._rows(sql, terms)]

    def raw(self, sha256: str) -> bytes:
        """Return a source's bytes; `CaseError` where they are missing, `TamperedLedger` where they were changed."""
        with database.told(self._file):
            return self._vault.read(sha256)

    def counts(self) -> dict[str, int]:
        """Return how much the case holds: sources, documents, current facts by kind, judgements, log entries."""
        count = "SELECT count(*) FROM"
        kinds = "SELECT kind, count(*) FROM facts WHERE superseded_by_seq IS NULL GROUP BY kind ORDER BY kind"
        return {
            "sources": self._rows(f"{count} sources")[0][0],
            "documents": self._rows("SELECT count(DISTINCT id) FROM documents")[0][0],
            **{f"{kind} facts": number for kind, number in self._rows(kinds)},
            "judgements": self._rows(f"{count} judgements")[0][0],
            "log entries": self._rows(f"{count} log")[0][0],
        }

    def verify(self) -> list[Problem]:
        """Return a problem for every place that is not as it was written; an empty list where all is whole."""
        return check.problems_of(self._connection, self.folder)

    # What is written ----------------------------------------------------------------------------------------------

    def configure(self, mapping: Mapping[str, Any], by: str, at: str) -> None:
        """Lay `mapping` over the settings; the settings before stay in the log."""
        with self._writing(by, at) as pen:
            pen.add("settings", ", ".join(sorted(mapping)), dict(mapping))

    def add_source(self, intake: Intake, by: str, at: str) -> bool:
        """Keep an intake's bytes and documents and return True; False, and nothing written, where they are here.

        The same bytes are kept and logged once. Bytes that gave no document before are completed when they now do.
        `CaseError` where a document has the id of another text.
        """
        source = intake.source
        if hashlib.sha256(intake.data).hexdigest() != source.sha256:
            raise CaseError(f"{source.uri}: its bytes do not have the SHA-256 that is said of them")
        with self._writing(by, at) as pen:
            known = pen.has("SELECT 1 FROM sources WHERE sha256 = ?", source.sha256)
            read = pen.has("SELECT 1 FROM documents WHERE source_sha256 = ?", source.sha256)
            if known and (read or not intake.documents):
                return False
            if not known:
                pen.add("source", source.sha256, {"source": source, "problems": intake.problems})
            for document in intake.documents:
                self._refuse_other_text(document)
                pen.add("document", document.id, document)
            if not known:
                pen.keep(source.sha256, intake.data)
        return True

    def record(
        self, document_id: str, room: str, facts: Sequence[Fact], made_by: str, made_version: str, by: str, at: str
    ) -> None:
        """Write what a room found in a document; that room's earlier facts about it are superseded, never removed.

        A run that finds exactly what stands, by the same maker and version, is logged as a run and leaves the facts as
        they are. `CaseError` where the case does not hold the document.
        """
        with self._writing(by, at) as pen:
            if not pen.has("SELECT 1 FROM documents WHERE id = ?", document_id):
                raise CaseError(f"{self._file}: there is no document {document_id!r} in this case; add it first")
            standing = self._standing(document_id, room)
            new = [(f.id, f.kind, f.subject, as_json(f.body), made_by, made_version) for f in facts]
            same = [key for key, _ in standing] == new
            run = {"document": document_id, "room": room, "made_by": made_by, "made_version": made_version}
            superseded = [] if same else [seq for _, seq in standing]
            pen.add("run", f"{document_id} {room}", run | {"found": len(new), "superseded": superseded})
            for fact in () if same else facts:
                ids = {"id": fact.id, "kind": fact.kind, "subject": fact.subject}
                pen.add("fact", fact.id, ids | run | {"body": fact.body})

    def judge(self, judgement: Judgement) -> None:
        """Write a person's judgement of a fact: a new entry, beside the fact, which stays as the machine made it."""
        if not judgement.by.strip():
            raise CaseError("a judgement needs the name of the person who makes it")
        with self._writing(judgement.by, judgement.at) as pen:
            pen.add("judgement", judgement.subject, judgement)

    def rebuild(self) -> None:
        """Make the tables anew from the log alone; the log itself is not touched."""
        with database.transaction(self._connection, self._file):
            projection.clear(self._connection)
            projection.replay(self._connection, self._connection, words=True)

    # Inside -------------------------------------------------------------------------------------------------------

    @contextmanager
    def _writing(self, by: str, at: str, *, new: bool = False) -> Iterator[Pen]:
        if self.read_only:
            raise CaseError(f"{self.folder}: this case was opened for reading only")
        pen = Pen(self._connection, self._vault, by, at)
        with database.transaction(self._connection, self._file):
            if new:
                database.migrate(self._connection)
                self._connection.execute("INSERT INTO head VALUES (1, 0, ?, 0)", (FIRST_PREV,))
            try:
                pen.begin()
                yield pen
                end = pen.finish()
            except BaseException:
                pen.drop()
                raise
        # From here on everything is written; what is missed now is made good when the case is next opened.
        with suppress(OSError):
            pen.settle()
            if end is not None:
                head.write(self.folder, end)

    def _meet_version(self) -> None:
        with database.told(self._file):
            has, knows = database.version_of(self._connection), len(database.migrations())
        if has > knows:
            raise CaseError(
                f"{self.folder}: this case was written by a newer Pactwatch (format {has}); upgrade to open it"
            )
        if not has:
            raise CaseError(f"{self.folder}: no case was finished here; remove the folder and make the case again")
        if has < knows:
            if self.read_only:
                raise CaseError(f"{self.folder}: this case is of an older format; open it once for writing")
            with database.transaction(self._connection, self._file):
                database.migrate(self._connection)

    def _tend(self) -> None:
        """Put in order what a process left that died after its last commit, or before it."""
        with database.transaction(self._connection, self._file):
            self._vault.tend({row[0] for row in self._rows("SELECT sha256 FROM sources")})
        row = self._rows("SELECT seq, hash, count FROM head")
        with suppress(OSError, ValueError):
            outer = head.read(self.folder)
            if outer and row and outer.seq < row[0][0] and self._holds(outer):
                head.write(self.folder, head.Head(seq=row[0][0], hash=row[0][1], count=row[0][2]))

    def _holds(self, anchor: head.Head) -> bool:
        return self._rows("SELECT hash FROM log WHERE seq = ?", anchor.seq) == [(anchor.hash,)]

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with database.told(self._file):
            return self._connection.execute(sql, values).fetchall()

    def _bodies(self, kind: str) -> list[Any]:
        rows = self._rows("SELECT body FROM log WHERE kind = ? ORDER BY seq", kind)
        with database.told(self._file):
            return [msgspec.json.decode(row[0]) for row in rows]

    def _first(self) -> Any:
        cases = self._bodies("case")
        if not cases:
            raise TamperedLedger(f"{self._file}: the first entry of the log is missing; run `pactwatch case verify`")
        return cases[0]

    def _standing(self, document_id: str, room: str) -> list[tuple[tuple[Any, ...], int]]:
        """What stands of a room about a document, in its order, each with the entry that holds it."""
        sql = """SELECT id, kind, subject, body, made_by, made_version, seq FROM facts
                 WHERE superseded_by_seq IS NULL AND document = ? AND room = ? ORDER BY seq"""
        return [(row[:-1], row[-1]) for row in self._rows(sql, document_id, room)]

    def _refuse_other_text(self, document: Document) -> None:
        for other in self.appearances(document.id):
            if other.text != document.text:
                raise CaseError(
                    f"a document named {document.id!r} with another text is in this case already; "
                    "give the new one another name"
                )


def _refuse_full(folder: Path) -> None:
    if (folder / database.FILE_NAME).exists():
        raise CaseError(f"{folder}: there is a case here already; open it, or name another folder")
    if folder.exists() and not folder.is_dir():
        raise CaseError(f"{folder}: this is a file; name a folder")
    if folder.is_dir() and any(folder.iterdir()):
        raise CaseError(f"{folder}: this folder is not empty; name a new one, so that nothing else gets into the case")
