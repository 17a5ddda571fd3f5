"""`Case`: the one object that a user holds.

    from pactwatch.case import Case, Options

    case = Case.transient(Options(agreements=("harrow-bridge-2031",)))
    checked = case.check(["bulletin.txt"])
    case.report(checked, "report.html")

A case in memory (`transient`) keeps nothing; one in a folder (`create`, `open`) keeps the bytes, the claims and every
change.
"""

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from pactwatch import agreements, archive, batch, demonstration, pipeline, plugins, sources, views
from pactwatch.codec import batch_line
from pactwatch.errors import CaseError, InputError
from pactwatch.ledger import Ledger
from pactwatch.model import (
    Agreement,
    Checked,
    Document,
    Judgement,
    Problem,
    Reading,
    Severity,
    Source,
    Verdict,
)
from pactwatch.pipeline import Context, EventFile, Options, Progress
from pactwatch.resolve.times import period_of
from pactwatch.texts import Details, Texts

__all__ = ["Added", "Case", "Details", "EventFile", "Options", "Progress"]

UNTITLED = "Claims held against agreements and records"


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What became of one file that was added to a case; `new` is False where the same bytes were there already."""

    uri: str
    sha256: str
    new: bool
    readings: tuple[Reading, ...] = ()
    problems: tuple[Problem, ...] = ()


def now() -> str:
    """Return the present moment as ISO 8601 in UTC, to the second."""
    return dt.datetime.now(dt.UTC).replace(microsecond=0).isoformat()


def user() -> str:
    """Return who is at the keyboard, for the log: `PACTWATCH_USER`, else the login name."""
    return os.environ.get("PACTWATCH_USER") or os.environ.get("USER") or os.environ.get("USERNAME") or "unknown"


@dataclass(slots=True)
class Case(Texts):
    """Documents, what was signed and what others recorded, and everything Pactwatch can lay side by side of them."""

    title: str = UNTITLED
    ledger: Ledger | None = None
    _context: Context | None = field(default=None, repr=False)
    _closing: list[Callable[[], object]] = field(default_factory=list, repr=False)

    @classmethod
    def transient(cls, options: Options | None = None, *, title: str | None = None) -> Self:
        """Return a case in memory; a name in `options` that does not exist is an `InputError` on first use."""
        return cls(options or Options(), title or UNTITLED)

    @classmethod
    def create(cls, folder: Path | str, options: Options, *, title: str | None = None) -> Self:
        """Make a case folder and return the case; everything that `options` names is checked and copied in first."""
        archive.check_named_files(options)
        archive.check_reader(options)
        pipeline.load_context(options)
        at, by = now(), user()
        title = title or Path(folder).resolve().name
        ledger = Ledger.create(Path(folder), title=title, settings={}, by=by, at=at)
        settings = archive.keep_options(lambda intake: ledger.add_source(intake, by, at), options, at)
        ledger.configure(settings, by, at)
        ledger.close()
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path | str, *, read_only: bool = False) -> Self:
        """Return the case kept in `folder`; `CaseError` says what is wrong where there is none or it is damaged."""
        ledger = Ledger.open(Path(folder), read_only=read_only)
        laid_out = archive.kept_options(ledger)
        options = laid_out.__enter__()
        return cls(options, ledger.title, ledger, None, [lambda: laid_out.__exit__(None, None, None), ledger.close])

    def close(self) -> None:
        """Let go of the ledger and of the files laid out for this run."""
        while self._closing:
            self._closing.pop(0)()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def context(self) -> Context:
        """What `options` name, loaded once."""
        if self._context is None:
            self._context = pipeline.load_context(self.options)
        return self._context

    def read(
        self,
        paths: Sequence[str],
        details: Details | None = None,
        *,
        jobs: int = 1,
        progress: Progress | None = None,
        problems: list[Problem] | None = None,
    ) -> Iterator[Reading]:
        """Yield a reading for each document in `paths`; what could not be read is put into `problems`."""
        intakes = list(self.intakes(paths, details))
        if problems is not None:
            problems += [problem for intake in intakes for problem in intake.problems]
        items = [(intake.source, document) for intake in intakes for document in intake.documents]
        yield from self._read(items, jobs, progress)

    def _read(self, items: list[tuple[Source, Document]], jobs: int, progress: Progress | None) -> Iterator[Reading]:
        context = self.context if jobs <= 1 else None
        for done, reading in enumerate(pipeline.read_documents(items, self.options, jobs=jobs, context=context), 1):
            if progress:
                progress(done, len(items), reading.document.title or reading.document.id)
            yield reading

    def read_batch(
        self, docs: Path, out: Path, *, jobs: int = 1, resume: bool = False, progress: Progress | None = None
    ) -> batch.Summary:
        """Read `docs` (JSONL) into `out` (JSONL), a line a document, in order; `out` appears only when it is whole."""
        return batch.read(docs, out, self.options, jobs=jobs, resume=resume, captured=now(), progress=progress)

    def as_line(self, reading: Reading, *, with_text: bool = True) -> dict[str, Any]:
        """Return a reading in the batch format, with the exact words beside the offsets."""
        periods = {times.claim_id: period_of(times.happened) for times in reading.times}
        return batch_line(reading, periods, with_text=with_text)

    def claim_rows(self, reading: Reading) -> Sequence[views.ClaimRow]:
        """Return a reading's claims as rows for a table: "X says …"."""
        return views.claim_rows(reading)

    def dating_lines(self, reading: Reading) -> Sequence[str]:
        """Return what header and text say of the document's date; both where they disagree."""
        return views.dating_lines(reading)

    def check(
        self,
        paths: Sequence[str] = (),
        details: Details | None = None,
        *,
        jobs: int = 1,
        progress: Progress | None = None,
    ) -> Checked:
        """Return documents (those of the case, and those in `paths`) held against its agreements and records."""
        archive.check_named_files(self.options)
        odd: list[Problem] = []
        kept = list(archive.kept_readings(self.ledger)) if self.ledger else []
        readings = kept + list(self.read(paths, details, jobs=jobs, progress=progress, problems=odd))
        if not readings and not odd:
            raise InputError("there is nothing to check: give a document, or add one to the case")
        checked = pipeline.check_readings(readings, self.options, self.context, title=self.title, progress=progress)
        if self.ledger and not paths and not self.ledger.read_only:
            archive.record_check(self.ledger, checked, by=user(), at=now())
        return archive.with_judgements(checked, self.ledger, odd)

    def findings(self, checked: Checked) -> Sequence[views.Finding]:
        """Return a finding for each claim: who says what, and everything that stands beside it."""
        return views.findings(checked)

    def check_lines(self, checked: Checked) -> Sequence[views.Line]:
        """Return a check as a summary for the terminal."""
        return views.check_lines(checked)

    def as_json(self, checked: Checked) -> Mapping[str, Any]:
        """Return a check as plain values for JSON."""
        return views.as_json(checked)

    def incidents(self, checked: Checked, *, state: str | None = None) -> views.Answer:
        """Return what each speaker says of one thing, side by side, and what each leaves out."""
        return views.incidents_answer(checked, state=state)

    def clauses(self, checked: Checked, *, clause: str | None = None) -> views.Answer:
        """Return the clauses that claims touch, with the four answers; one clause alone where it is named."""
        if clause and not any(one.id == clause for agreement in checked.agreements for one in agreement.clauses):
            raise InputError(
                f"no agreement of this case has a clause {clause!r}; `pactwatch agreement show` lists them"
            )
        return views.clauses_answer(checked, clause=clause)

    def due(self, checked: Checked, as_of: dt.date | None = None) -> views.Answer:
        """Return what is owed by when as of a day (the case's own where none is given), and what is said of it."""
        day = as_of or self.options.as_of
        if day is None:
            raise InputError("this case has no day of its own; name one with --as-of YYYY-MM-DD")
        return views.due_answer(checked, day)

    def why(self, checked: Checked, claim: str) -> views.Answer:
        """Return everything known of one claim, named by its id or by its number (`2.5`)."""
        found = views.claim_answer(checked, claim)
        if found is None:
            raise InputError(f"there is no claim {claim!r} in this case; `pactwatch incidents` numbers them")
        return found

    def report(self, checked: Checked, out: Path | str, *, published: bool = False) -> Path:
        """Write the report, one self-contained page, and return its path; the file appears only when it is whole."""
        return batch.write_whole(Path(out), self.report_text(checked, published=published).encode())

    def report_text(self, checked: Checked, *, published: bool = False) -> str:
        """Return the report as HTML; `published` draws places coarser than their evidence (law 10)."""
        return views.report(checked, published=published)

    def add(
        self,
        paths: Sequence[str],
        details: Details | None = None,
        *,
        jobs: int = 1,
        progress: Progress | None = None,
    ) -> Iterator[Added]:
        """Add documents to the case, read them, and yield what became of each file."""
        ledger = self._kept()
        for intake in self.intakes(paths, details):
            at, by = now(), user()
            new = ledger.add_source(intake, by, at)
            items = [(intake.source, document) for document in intake.documents] if new else []
            readings = tuple(self._read(items, jobs, progress))
            for reading in readings:
                archive.record_reading(ledger, reading, by=by, at=at)
            yield Added(
                uri=intake.source.uri,
                sha256=intake.source.sha256,
                new=new,
                readings=readings,
                problems=(*intake.problems, *(p for r in readings for p in r.problems)),
            )

    def reread(self, *, jobs: int = 1, progress: Progress | None = None) -> int:
        """Read every document of the case anew and return how many; older facts are superseded, judgements stay."""
        ledger = self._kept()
        by_sha = {source.sha256: source for source in ledger.sources()}
        items = [(by_sha[document.source_sha256], document) for document in ledger.documents()]
        at, by = now(), user()
        for reading in self._read(items, jobs, progress):
            archive.record_reading(ledger, reading, by=by, at=at)
        return len(items)

    def judge(
        self, claim_id: str, verdict: Verdict, *, note: str = "", corrections: Mapping[str, str] | None = None
    ) -> Judgement:
        """Record what a person decided about a claim, and return the record; nothing is edited."""
        ledger = self._kept()
        if not any(fact.id == claim_id for fact in ledger.facts(kind="claim")):
            raise InputError(f"there is no claim {claim_id!r} in this case; `pactwatch case log` lists them")
        judgement = Judgement(
            subject=claim_id,
            verdict=verdict,
            by=user(),
            at=now(),
            note=note,
            corrections=tuple(sorted((corrections or {}).items())),
        )
        ledger.judge(judgement)
        return judgement

    def status(self) -> Mapping[str, Any]:
        """Return what the case holds: title, settings, counts of documents, claims, judgements and log entries."""
        ledger = self._kept()
        return {"title": self.title, "settings": dict(ledger.settings), "counts": dict(ledger.counts())}

    def log(self, *, limit: int | None = None, after: int = 0) -> Sequence[Any]:
        """Return log entries, oldest first, from the one after `after`."""
        return self._kept().log(limit=limit, after=after)

    def verify(self) -> Sequence[Problem]:
        """Return what is wrong with the ledger and the kept bytes; empty where every byte is as it was written."""
        return self._kept().verify()

    def _kept(self) -> Ledger:
        if self.ledger is None:
            raise CaseError("this case is in memory; make one in a folder with `pactwatch case new`")
        return self.ledger

    @staticmethod
    def agreement_names() -> Sequence[str]:
        """Return the names of the agreements that ship with the package."""
        return agreements.names()

    @staticmethod
    def agreement(name_or_path: str) -> Agreement:
        """Return an agreement by its shipped name or its file's path."""
        return agreements.load(name_or_path)

    @staticmethod
    def agreement_lines(
        name_or_path: str, *, clause: str | None = None, at: dt.date | None = None
    ) -> Sequence[agreements.SummaryLine]:
        """Return an agreement as lines to read: who is bound since when, and each clause with its versions."""
        return agreements.summary(agreements.load(name_or_path), clause=clause, at=at)

    @staticmethod
    def agreement_problems(name_or_path: str) -> Sequence[Problem]:
        """Return everything wrong or doubtful in an agreement file, all at once."""
        return agreements.check(name_or_path)

    @staticmethod
    def agreement_draft(path: Path | str) -> agreements.Draft:
        """Return a first agreement file from an agreement's text (any format that is read), for a person to correct."""
        intake = sources.read(path)
        if not intake.documents:
            raise InputError(str(intake.problems[0]) if intake.problems else f"{path}: no text was found in it")
        return agreements.draft("\n".join(document.text for document in intake.documents))

    @staticmethod
    def demo(*, jobs: int = 1, progress: Progress | None = None) -> tuple["Case", Checked]:
        """Return the built-in case, which is invented, and its check."""
        case = Case.transient(demonstration.options(), title=demonstration.TITLE)
        with demonstration.documents() as paths:
            return case, case.check([str(path) for path in paths], jobs=jobs, progress=progress)

    @staticmethod
    def readers() -> Sequence[str]:
        """Return the names of the readers that are installed."""
        return plugins.names("reader")


def worst(problems: Iterable[Problem]) -> Severity | None:
    """Return the gravest severity among problems, None where there are none."""
    order = [Severity.ERROR, Severity.WARNING, Severity.NOTE]
    found = {problem.severity for problem in problems}
    return next((severity for severity in order if severity in found), None)
