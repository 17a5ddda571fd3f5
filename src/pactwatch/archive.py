"""What a case keeps: options and the files they name, readings and links, to and from the ledger.

The files that a user names (agreement, register, places, events) are copied into the case by their SHA-256, so that a
case is one folder that can be handed on and checked years later.
"""

import contextlib
import dataclasses
import hashlib
import mimetypes
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pactwatch import plugins
from pactwatch.codec import from_plain, to_plain
from pactwatch.errors import InputError
from pactwatch.ledger import Ledger
from pactwatch.model import (
    Checked,
    Claim,
    Dating,
    Document,
    Fact,
    Intake,
    PartyResolution,
    PlaceResolution,
    Problem,
    Reading,
    Source,
    Statement,
    Times,
)
from pactwatch.pipeline import Options

T = TypeVar("T")

STORED = "stored:"
"""Begins an option value that is kept in the case: `stored:<sha256>:<file name>`."""


def keep_options(ledger_files: Callable[[Intake], bool], options: Options, at: str) -> dict[str, Any]:
    """Return `options` as settings for the ledger; each named file is handed to `ledger_files` first."""

    def kept(name: str) -> str:
        path = Path(name)
        if not path.is_file():
            return name
        data = path.read_bytes()
        sha256 = hashlib.sha256(data).hexdigest()
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        source = Source(sha256=sha256, uri=str(path), media_type=media_type, size_bytes=len(data), captured=at)
        ledger_files(Intake(source=source, data=data, documents=()))
        return f"{STORED}{sha256}:{path.name}"

    return {
        "agreements": [kept(name) for name in options.agreements],
        "registers": [kept(name) for name in options.registers],
        "places": [kept(name) for name in options.places],
        "events": [
            {"path": kept(one.path), "mapping": kept(one.mapping) if one.mapping else None} for one in options.events
        ],
        "exposures": [kept(name) for name in options.exposures],
        "reader": options.reader,
        "engine": options.engine,
        "as_of": options.as_of.isoformat() if options.as_of else None,
    }


@contextlib.contextmanager
def kept_options(ledger: Ledger) -> Iterator[Options]:
    """Yield the case's options with its kept files laid out under their own names, for as long as they are needed."""
    settings: Mapping[str, Any] = ledger.settings
    with tempfile.TemporaryDirectory(prefix="pactwatch-") as folder:

        def laid_out(name: str) -> str:
            if not name.startswith(STORED):
                return name
            sha256, _, file_name = name.removeprefix(STORED).partition(":")
            path = Path(folder) / sha256[:16] / file_name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(ledger.raw(sha256))
            return str(path)

        yield from_plain(
            {
                "agreements": [laid_out(name) for name in settings.get("agreements", ())],
                "registers": [laid_out(name) for name in settings.get("registers", ())],
                "places": [laid_out(name) for name in settings.get("places", ())],
                "events": [_event_file(one, laid_out) for one in settings.get("events", ())],
                "exposures": [laid_out(name) for name in settings.get("exposures", ())],
                "reader": settings.get("reader", "rules"),
                "engine": settings.get("engine", "duckdb"),
                "as_of": settings.get("as_of"),
            },
            Options,
        )


def _event_file(one: Mapping[str, Any], laid_out: Callable[[str], str]) -> dict[str, Any]:
    return {"path": laid_out(one["path"]), "mapping": laid_out(one["mapping"]) if one.get("mapping") else None}


def check_named_files(options: Options) -> None:
    """`InputError` where a file of events or exposures that the options name is not there."""
    for path in [*(one.path for one in options.events), *(one.mapping for one in options.events), *options.exposures]:
        if path and not Path(path).is_file():
            raise InputError(f"{path}: there is no such file")


def check_reader(options: Options) -> None:
    """`InputError` where the options name a reader that opens connections: a case does not keep one (law 11)."""
    if getattr(plugins.load("reader", options.reader), "connects", False):
        raise InputError(
            f"a case does not keep the reader {options.reader!r}, because it opens connections: make the case without "
            f"it, and name it for each run: `pactwatch case add DIR PATH --reader {options.reader}`"
        )


def record_reading(ledger: Ledger, reading: Reading, *, by: str, at: str) -> None:
    """Write a reading's facts, room by room; each room's earlier facts about this document are superseded."""
    document_id = reading.document.id
    for room, facts in _facts_of(reading).items():
        version = reading.claims[0].made.version if room == "claims" and reading.claims else "1"
        ledger.record(document_id, room, facts, made_by=room, made_version=version, by=by, at=at)


def _facts_of(reading: Reading) -> dict[str, list[Fact]]:
    document_id = reading.document.id
    return {
        "statements": [
            _fact("statement", f"{document_id}:{s.span.start}-{s.span.end}", document_id, s) for s in reading.statements
        ],
        "claims": [_fact("claim", claim.id, document_id, claim) for claim in reading.claims],
        "times": [
            _fact("dating", f"{document_id}:dating", document_id, reading.dating),
            *(_fact("times", f"{t.claim_id}:times", t.claim_id, t) for t in reading.times),
        ],
        "places": [_fact("place", f"{p.claim_id}:places:{p.index}", p.claim_id, p) for p in reading.places],
        "parties": [_fact("party", f"{p.claim_id}:{p.field}:{p.index}", p.claim_id, p) for p in reading.parties],
        "problems": [
            _fact("problem", f"{document_id}:problem:{i}", document_id, p) for i, p in enumerate(reading.problems)
        ],
    }


def _fact(kind: str, fact_id: str, subject: str, value: Any) -> Fact:
    return Fact(kind=kind, id=fact_id, subject=subject, body=to_plain(value))


def record_check(ledger: Ledger, checked: Checked, *, by: str, at: str) -> None:
    """Write the links and corroborations of a check, document by document."""
    document_of = {claim.id: r.document.id for r in checked.readings for claim in r.claims}
    rooms: dict[str, dict[str, list[Fact]]] = {"link": defaultdict(list), "corroborate": defaultdict(list)}
    for link in checked.clause_links:
        fact_id = f"{link.claim_id}:clause:{link.clause_id}"
        rooms["link"][document_of[link.claim_id]].append(_fact("clause_link", fact_id, link.claim_id, link))
    for relation in checked.claim_links:
        fact_id = f"{relation.claim_id}:{relation.relation}:{relation.to_claim_id}"
        rooms["link"][document_of[relation.claim_id]].append(_fact("claim_link", fact_id, relation.claim_id, relation))
    for record in checked.corroborations:
        fact_id = f"{record.claim_id}:record:{record.dataset}:{record.event_id}"
        rooms["corroborate"][document_of[record.claim_id]].append(
            _fact("corroboration", fact_id, record.claim_id, record)
        )
    for seen in checked.coverage:
        fact_id = f"{seen.claim_id}:coverage"
        rooms["corroborate"][document_of[seen.claim_id]].append(_fact("coverage", fact_id, seen.claim_id, seen))
    for room, by_document in rooms.items():
        for reading in checked.readings:
            facts = by_document[reading.document.id]
            ledger.record(reading.document.id, room, facts, made_by=room, made_version="1", by=by, at=at)


def kept_readings(ledger: Ledger) -> tuple[Reading, ...]:
    """Return the readings of a case as they stand in its ledger, in the order in which documents were added."""
    sources = {source.sha256: source for source in ledger.sources()}
    return tuple(_reading(ledger, sources[d.source_sha256], d) for d in ledger.documents())


def _reading(ledger: Ledger, source: Source, document: Document) -> Reading:
    bodies: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for fact in ledger.facts(document=document.id):
        bodies[fact.kind].append(fact.body)
    claims = sorted(_all(bodies["claim"], Claim), key=lambda c: (c.trigger.span, c.quote.span))
    order = {claim.id: at for at, claim in enumerate(claims)}
    return Reading(
        source=source,
        document=document,
        dating=from_plain(bodies["dating"][0], Dating),
        statements=tuple(_all(bodies["statement"], Statement)),
        claims=tuple(claims),
        times=tuple(sorted(_all(bodies["times"], Times), key=lambda t: order[t.claim_id])),
        places=tuple(sorted(_all(bodies["place"], PlaceResolution), key=lambda p: (order[p.claim_id], p.index))),
        parties=tuple(sorted(_all(bodies["party"], PartyResolution), key=lambda p: order[p.claim_id])),
        problems=tuple(_all(bodies["problem"], Problem)),
    )


def _all(bodies: Iterable[Mapping[str, Any]], kind: type[T]) -> list[T]:
    return [from_plain(body, kind) for body in bodies]


def with_judgements(checked: Checked, ledger: Ledger | None, odd: Sequence[Problem]) -> Checked:
    """Return a check with the judgements of its case, and with what was odd about the files beside it."""
    judgements = tuple(ledger.judgements()) if ledger else ()
    return dataclasses.replace(checked, judgements=judgements, problems=(*odd, *checked.problems))
