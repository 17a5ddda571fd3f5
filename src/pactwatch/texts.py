"""What is asked of texts alone, without a case that keeps anything: their places, their dates, whole files of them."""

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pactwatch import batch, link_batch, lookups, sources, views
from pactwatch.codec import dated_line
from pactwatch.model import DatedText, Gazetted, Intake, IssuerType, Problem
from pactwatch.pipeline import Options, Progress
from pactwatch.resolve.places import AddedFile, add_file, added_files, remove_added

STANDARD_INPUT = "-"


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What the user knows of the documents that they bring; None where the document itself may say."""

    issuer: str | None = None
    issuer_type: IssuerType | None = None
    published: str | None = None


@dataclass(slots=True)
class Texts:
    """Documents as a user names them, read by what `options` name."""

    options: Options

    def intakes(self, paths: Sequence[str], details: Details | None = None) -> Iterator[Intake]:
        """Yield each file (or standard input for `-`) as read; folders are searched for known formats."""
        known = details or Details()
        who, what, when = known.issuer, known.issuer_type, known.published
        for path in paths:
            if path == STANDARD_INPUT:
                data = sys.stdin.buffer.read()
                yield sources.read_bytes(data, "standard input", issuer=who, issuer_type=what, published=when)
                continue
            for file in sources.expand([path]):
                yield sources.read(file, issuer=who, issuer_type=what, published=when)

    def places(
        self, paths: Sequence[str], *, jobs: int = 1, problems: list[Problem] | None = None
    ) -> Iterator[Gazetted]:
        """Yield the place names of each document in `paths`; what could not be read is put into `problems`."""
        intakes = list(self.intakes(paths))
        if problems is not None:
            problems += [problem for intake in intakes for problem in intake.problems]
        documents = (document for intake in intakes for document in intake.documents)
        yield from lookups.find_all_places(documents, self.options, jobs=jobs)

    def places_batch(
        self, docs: Path, out: Path, *, jobs: int = 1, resume: bool = False, progress: Progress | None = None
    ) -> batch.Summary:
        """Write the place names of `docs` (JSONL) to `out` (JSONL), a line a document; it appears when it is whole."""
        return batch.find_places(docs, out, self.options, jobs=jobs, resume=resume, progress=progress)

    def place_rows(self, found: Gazetted) -> Sequence[views.PlaceRow]:
        """Return a document's place names as rows for a table; `as_json` of a row has every candidate."""
        return views.place_rows(found)

    def shape_rows(self, found: Gazetted) -> Sequence[views.ShapeRow]:
        """Return the places that a document describes by others as rows; `as_json` of a row has their GeoJSON."""
        return views.shape_rows(found)

    def dates(
        self,
        paths: Sequence[str],
        details: Details | None = None,
        *,
        narrative: bool | None = None,
        problems: list[Problem] | None = None,
    ) -> Iterator[DatedText]:
        """Yield each document in `paths` with its own dating and its times; what was odd is put into `problems`."""
        odd = problems if problems is not None else []
        for intake in self.intakes(paths, details):
            odd += intake.problems
            for dated, problem in lookups.date_texts(intake.documents, self.options, narrative=narrative):
                odd += [problem] if problem else []
                yield dated

    def dates_batch(
        self,
        docs: Path,
        out: Path,
        *,
        narrative: bool | None = None,
        resume: bool = False,
        progress: Progress | None = None,
    ) -> batch.Summary:
        """Write the times of `docs` (JSONL with `id`, `dct`, `text`) to `out` (JSONL), a line a document, in order."""
        return batch.dates(docs, out, self.options, narrative=narrative, resume=resume, progress=progress)

    def dated_line(self, dated: DatedText) -> dict[str, Any]:
        """Return a document's dating and times for JSON, with the exact words beside the offsets."""
        return dated_line(dated)

    def dated_view(self, dated: DatedText) -> views.DatedView:
        """Return a document's dating and times as text, rows and lines to print."""
        return views.dated_view(dated)

    def link_batch(
        self, claims: Path, docs: Path, out: Path, *, progress: Progress | None = None
    ) -> link_batch.Summary:
        """Link `claims` (JSONL, as `read_batch` writes them) of `docs` into `out`, a line a claim, in order."""
        lines, done = link_batch.run(claims, docs, self.options, progress)
        batch.write_whole(out, lines)
        return done

    @staticmethod
    def gazetteer_add(path: Path, *, name: str | None = None, progress: Progress | None = None) -> AddedFile:
        """Add a file of places to the user's cache and return what became of it; every later run uses it."""
        return add_file(path, name=name, progress=progress)

    @staticmethod
    def gazetteers() -> Sequence[AddedFile]:
        """Return the files of places that were added."""
        return added_files()

    @staticmethod
    def gazetteer_remove(name: str) -> None:
        """Take an added file of places out of the user's cache; `InputError` where none has that name."""
        remove_added(name)
