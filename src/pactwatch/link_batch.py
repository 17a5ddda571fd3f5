"""A file of claims beside its documents in, a file of links out: clauses with four answers, incidents, relations.

Links go over documents, so that no line can be written before the last claim was read; `OUT` appears when it is whole.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import msgspec

from pactwatch import pipeline, sources
from pactwatch.codec import decode, each_claim, encode
from pactwatch.errors import InputError
from pactwatch.model import Claim, ClauseLink, Document, Problem, Reading, Severity, Source, When
from pactwatch.pipeline import Context, Linked, Options, Progress
from pactwatch.resolve.times import when_of

TESTS = ("in_force", "in_area", "bound", "act")

LEFT_OUT = "The line was left out."


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """What a run did: how many claims of how many documents were linked, and what came of it."""

    documents: int
    claims: int
    clauses: int
    relations: int
    incidents: int
    problems: tuple[Problem, ...]


def run(claims: Path, docs: Path, options: Options, progress: Progress | None = None) -> tuple[bytes, Summary]:
    """Return the lines of LINKS and what was done; `InputError` where a file that is named is not there.

    A line stands for each claim that was read, in the order of `claims`. What cannot be read is a `Problem` with file
    and line, and the rest goes on.
    """
    context = pipeline.load_context(options)
    tell = progress or (lambda done, total, what: None)
    batch = _Batch(docs=docs, claims=claims, context=context, problems=list(context.problems))
    for reading in batch.read():
        tell(len(batch.readings), None, reading.document.id)
    linked = pipeline.link_readings(batch.readings, context)
    lines = b"".join(encode(row) + b"\n" for row in _rows(batch, linked))
    count = sum(len(reading.claims) for reading in batch.readings)
    return lines, Summary(
        documents=len(batch.readings),
        claims=count,
        clauses=len(linked.clauses),
        relations=len(linked.claims),
        incidents=len(linked.incidents),
        problems=tuple(batch.problems),
    )


@dataclass(slots=True, kw_only=True)
class _Batch:
    """Both files as far as they were read. `index` is the place of each claim in its line, by the claim's id."""

    docs: Path
    claims: Path
    context: Context
    problems: list[Problem]
    readings: list[Reading] = field(default_factory=list)
    index: dict[str, int] = field(default_factory=dict)

    def read(self) -> Iterator[Reading]:
        """Yield a reading for each usable line of the claims file, and keep it."""
        size = self.docs.stat().st_size if self.docs.is_file() else 0
        source = Source(
            sha256="", uri=str(self.docs), media_type="application/jsonl", size_bytes=size, captured="unknown"
        )
        documents = self._documents()
        for number, row in self._lines():
            document = documents.get(row["doc"])
            if document is None:
                what = f"there is no document {row['doc']!r} in {self.docs}, or its claims came in a line before"
                self._odd(number, "claims-without-document", what, "doc", LEFT_OUT)
                continue
            del documents[row["doc"]]
            written = self._written(number, row)
            claims, periods = self._claims(number, document, row["claims"])
            reading = pipeline.resolve_brought(source, document, claims, periods, written, self.context)
            self.problems += reading.problems
            self.readings.append(reading)
            yield reading

    def _documents(self) -> dict[str, Document]:
        found: dict[str, Document] = {}
        for item in sources.read_batch(self.docs):
            if isinstance(item, Problem):
                self.problems.append(item)
            else:
                found[item.id] = item
        return found

    def _lines(self) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The number and the object of each line that names a document and holds a list of claims."""
        empty = True
        for number, line in enumerate(_raw_lines(self.claims), start=1):
            if not line.strip():
                continue
            empty = False
            try:
                row = decode(line.removeprefix(b"\xef\xbb\xbf"))
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
                self._odd(number, "batch-line", f"this line is not valid JSON in UTF-8: {error}", None, LEFT_OUT)
                continue
            if not isinstance(row, dict) or not isinstance(row.get("doc"), str | int):
                self._odd(number, "batch-line", "a line must be an object that names its `doc`", "doc", LEFT_OUT)
            elif not isinstance(row.get("claims"), list):
                self._odd(number, "batch-line", "`claims` is missing or is no list", "claims", LEFT_OUT)
            else:
                yield number, {**row, "doc": str(row["doc"])}
        if empty:
            self._odd(None, "empty", "there is no line in this file", None, "")

    def _written(self, number: int, row: Mapping[str, Any]) -> When | None:
        """When the text was written: None where the line does not say, so that the text itself is asked."""
        if "written" not in row:
            return None
        try:
            return when_of(_words(row["written"]))
        except ValueError as error:
            self._odd(number, "batch-field", f"{error}; the text itself was asked", "written", "", Severity.WARNING)
            return None

    def _claims(self, number: int, document: Document, rows: list[Any]) -> tuple[tuple[Claim, ...], dict[str, When]]:
        claims: list[Claim] = []
        periods: dict[str, When] = {}
        for item in each_claim(document, rows):
            if isinstance(item, Problem):
                self.problems.append(replace(item, where=str(self.claims), line=number))
                continue
            claim, at = item.claim, f"claims[{item.at}]"
            if claim.id in self.index:
                what = f"a claim {claim.id!r} came before; this one goes on under an id of its own"
                self._odd(number, "duplicate-id", what, f"{at}.id", "", Severity.WARNING)
                claim = replace(claim, id=f"{document.id}#{item.at}")
            try:
                periods[claim.id] = when_of(item.period)
            except ValueError as error:
                self._odd(number, "batch-field", f"{error}; it was left open", f"{at}.period", "", Severity.WARNING)
            self.index[claim.id] = item.at
            claims.append(claim)
        return tuple(claims), periods

    def _odd(
        self,
        number: int | None,
        code: str,
        what: str,
        named: str | None,
        advice: str,
        severity: Severity = Severity.ERROR,
    ) -> None:
        where = str(self.claims)
        self.problems.append(
            Problem(code=code, where=where, line=number, field=named, what=what, advice=advice, severity=severity)
        )


def _words(value: Any) -> str | None:
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{value!r} is no date")
    return value


def _raw_lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except FileNotFoundError:
        raise InputError(f"{path}: there is no such file") from None
    except OSError as error:
        raise InputError(f"{path}: {error.strerror or error}") from None


def _rows(batch: _Batch, linked: Linked) -> Iterator[dict[str, Any]]:
    """One row a claim, best clause first."""
    document_of = {claim.id: reading.document.id for reading in batch.readings for claim in reading.claims}
    incident_of = {claim: incident.id for incident in linked.incidents for claim in incident.claim_ids}
    clauses: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for link in sorted(linked.clauses, key=lambda one: -one.score):
        clauses[link.claim_id].append(_clause(link))
    relations: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for one in linked.claims:
        to = {"doc": document_of[one.to_claim_id], "claim": batch.index[one.to_claim_id]}
        relations[one.claim_id].append({"rel": one.relation.value, **to})
    for claim_id, doc in document_of.items():
        yield {
            "doc": doc,
            "claim": batch.index[claim_id],
            "incident": incident_of.get(claim_id),
            "clauses": clauses[claim_id],
            "relations": relations[claim_id],
        }


def _clause(link: ClauseLink) -> dict[str, Any]:
    answers = {test: getattr(link.applicability, test).answer.value for test in TESTS}
    return {"id": link.clause_id, **answers, "score": round(link.score, 4)}
