"""The only file that knows the order of the rooms.

source → document → statements → claims → resolved → linked → corroborated. Nothing here decides anything about a text;
it hands one room's values to the next.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path

from pactwatch import agreements as pacts
from pactwatch import claims as claims_room
from pactwatch import corroborate as corroborate_room
from pactwatch import link, plugins, statements
from pactwatch.codec import BROUGHT
from pactwatch.errors import InputError
from pactwatch.model import (
    Agreement,
    Area,
    Checked,
    Claim,
    ClaimLink,
    ClauseLink,
    Dating,
    Document,
    Exposure,
    Incident,
    Made,
    Party,
    Place,
    Problem,
    Reading,
    Severity,
    Source,
    When,
)
from pactwatch.plugins import Gazetteer
from pactwatch.resolve import parties, places, times

Progress = Callable[[int, int | None, str], None]
"""Called with how many are done, of how many (None where unknown), and what is being done."""

READ_LANGUAGE = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFile:
    """An event file and the mapping that explains its columns, where it needs one."""

    path: str
    mapping: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a run is given, by name or path; plain values, so that worker processes can have them too.

    `registers` holds names of shipped registers or paths; `as_of` is the day beyond which nothing is taken to be known.
    """

    agreements: tuple[str, ...] = ()
    registers: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    events: tuple[EventFile, ...] = ()
    exposures: tuple[str, ...] = ()
    reader: str = "trained"
    engine: str = "duckdb"
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """`Options`, loaded: what the rooms are given beside a document."""

    agreements: tuple[Agreement, ...]
    register: tuple[Party, ...]
    places: tuple[Place, ...]
    gazetteers: tuple[Gazetteer, ...]
    reader: str
    as_of: dt.date | None
    problems: tuple[Problem, ...] = ()

    @property
    def areas(self) -> list[Area]:
        """The areas of the agreements."""
        return [area for agreement in self.agreements for area in agreement.areas]

    @property
    def countries(self) -> list[str]:
        """The countries that the agreements are about."""
        return [country for agreement in self.agreements for country in agreement.countries]


def load_context(options: Options) -> Context:
    """Return what a run needs, loaded; an `InputError` names the file, line and field that is wrong."""
    agreements = tuple(pacts.load(name) for name in options.agreements)
    found: list[Place] = []
    problems: list[Problem] = []
    for name in _with_defaults(options.places, (a.places for a in agreements)):
        some, odd = places.read_places(_place_file(name))
        found += some
        problems += odd
    found = list(dict.fromkeys(found))  # a user may name the very file that the agreement asks for
    gazetteers: list[Gazetteer] = [places.CaseGazetteer(found)] if found else []
    gazetteers.append(places.with_added(plugins.load("gazetteer", "geonames")()))
    return Context(
        agreements=agreements,
        register=_register(options.registers, agreements),
        places=tuple(found),
        gazetteers=tuple(gazetteers),
        reader=options.reader,
        as_of=options.as_of,
        problems=tuple(problems),
    )


def _with_defaults(named: Sequence[str], of_agreements: Iterable[str]) -> list[str]:
    """Names that the user gave, then those that the agreements ask for, each once."""
    return list(dict.fromkeys([*named, *(name for name in of_agreements if name)]))


def _register(named: Sequence[str], agreements: Sequence[Agreement]) -> tuple[Party, ...]:
    """The world's entries, then those of the agreements, then the user's: later ones replace earlier ones."""
    order = ["world", *(a.register for a in agreements if a.register), *named]
    shipped = parties.builtin_registers()
    return parties.merge_registers(
        *(
            parties.builtin_register(name) if name in shipped else parties.read_register(Path(name))
            for name in dict.fromkeys(order)
        )
    )


def _place_file(name: str) -> Path:
    """A shipped case's place file by the case's name, else the user's path."""
    shipped = Path(str(files("pactwatch.data"))) / name / "places.csv"
    return shipped if shipped.is_file() else Path(name)


def read_document(source: Source, document: Document, context: Context) -> Reading:
    """Return everything that can be read out of one document. Never raises for what a text holds."""
    dating = times.date_document(document, context.agreements, as_of=context.as_of)
    odd = unread(document)
    if odd:
        return Reading(source=source, document=document, dating=dating, problems=(odd,))
    marks = (*times.mark_times(document), *places.mark_places(document, context.gazetteers))
    passages, odd_passages = statements.split(document)
    found, odd_claims = claims_room.extract(document, passages, marks, context.register, reader=context.reader)
    where, odd_places = places.resolve_places(
        document, found, context.gazetteers, countries=context.countries, areas=context.areas
    )
    return Reading(
        source=source,
        document=document,
        dating=dating,
        statements=passages,
        marks=marks,
        claims=found,
        times=times.resolve_times(document, found, dating, context.agreements, captured=source.captured),
        places=where,
        parties=parties.resolve_parties(document, found, context.register),
        problems=(*odd_passages, *odd_claims, *odd_places),
    )


def resolve_brought(
    source: Source,
    document: Document,
    claims: tuple[Claim, ...],
    periods: Mapping[str, When],
    written: When | None,
    context: Context,
) -> Reading:
    """Return a reading of claims that a file brings: when they happened is given, places and parties are resolved.

    `periods` is by claim id. `written` is when the text was written; None where the file does not say, and the text
    itself is asked.
    """
    dating = _brought_dating(document, written, context)
    found = times.resolve_times(document, claims, dating, context.agreements, captured=source.captured)
    none = When(edtf=None, reason="the file gives none")
    where, odd_places = places.resolve_places(document, claims, context.gazetteers, countries=context.countries)
    return Reading(
        source=source,
        document=document,
        dating=dating,
        claims=claims,
        times=tuple(replace(one, happened=periods.get(one.claim_id, none)) for one in found),
        places=where,
        parties=parties.resolve_parties(document, claims, context.register),
        problems=odd_places,
    )


def _brought_dating(document: Document, written: When | None, context: Context) -> Dating:
    if written is None:
        return times.date_document(document, context.agreements, as_of=context.as_of)
    published = times.when_of(document.published)
    return Dating(document_id=document.id, published=published, written=written, agrees=None, evidence=(), made=BROUGHT)


def unread(document: Document) -> Problem | None:
    """Return the problem of a document in a language that is not read; None where it is."""
    if document.language in (None, READ_LANGUAGE):
        return None
    return Problem(
        code="unread-language",
        where=document.id,
        what=f"the text seems to be in {document.language!r}; this reader reads English, so it was kept and not read",
        advice="Give an English translation as a document of its own.",
        severity=Severity.ERROR,
    )


worker: dict[str, Context] = {}
"""What a process of a pool has loaded, under `context`."""


def start_worker(options: Options) -> None:
    """Load in a process of its own what `options` name, once for all its documents."""
    worker["context"] = load_context(options)


def _read_in_worker(item: tuple[Source, Document]) -> Reading:
    return _guarded(item, worker["context"])


def _guarded(item: tuple[Source, Document], context: Context) -> Reading:
    """One document that breaks a room must not lose the others: it comes back as an error `Problem`."""
    source, document = item
    try:
        return read_document(source, document, context)
    except (InputError, MemoryError):
        raise
    except Exception as error:
        nowhen = When(edtf=None, reason="the document could not be read")
        return Reading(
            source=source,
            document=document,
            dating=Dating(
                document_id=document.id,
                published=nowhen,
                written=nowhen,
                agrees=None,
                evidence=(),
                made=Made(by="pipeline", version="1", certainty=0.0),
            ),
            problems=(failed(document, error),),
        )


def failed(document: Document, error: Exception) -> Problem:
    """Return the problem of a document at which the program broke."""
    return Problem(
        code="reader-failed",
        where=document.id,
        what=f"reading stopped with {type(error).__name__}: {error}",
        advice="The document is kept; please report this with the document if you may share it.",
        severity=Severity.ERROR,
    )


def read_documents(
    items: Iterable[tuple[Source, Document]], options: Options, *, jobs: int = 1, context: Context | None = None
) -> Iterator[Reading]:
    """Yield a reading for each document, in order, over `jobs` processes."""
    if jobs <= 1:
        context = context or load_context(options)
        for item in items:
            yield _guarded(item, context)
        return
    with ProcessPoolExecutor(jobs, initializer=start_worker, initargs=(options,)) as pool:
        yield from pool.map(_read_in_worker, items, chunksize=4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """What the link room says of readings."""

    clauses: tuple[ClauseLink, ...]
    claims: tuple[ClaimLink, ...]
    incidents: tuple[Incident, ...]


def link_readings(readings: Sequence[Reading], context: Context) -> Linked:
    """Return readings held against the agreements and against each other."""
    clauses = link.link_clauses(readings, context.agreements, context.register, context.places)
    claims = link.link_claims(readings, context.register)
    return Linked(clauses=clauses, claims=claims, incidents=link.incidents(readings, claims))


def check_readings(
    readings: Sequence[Reading], options: Options, context: Context, *, title: str, progress: Progress | None = None
) -> Checked:
    """Return readings held against agreements and records."""
    tell = progress or (lambda done, total, what: None)
    tell(0, 3, "holding claims against clauses")
    linked = link_readings(readings, context)
    tell(1, 3, "reading event files")
    tables = [_events(one) for one in options.events]
    exposures, odd_exposures = _exposures(options.exposures)
    tell(2, 3, "looking for records near each claim")
    beside = _corroborate(readings, tables, context, options)
    coverage = corroborate_room.cover(readings, exposures) if exposures else ()
    tell(3, 3, "done")
    return Checked(
        title=title,
        as_of=options.as_of,
        agreements=context.agreements,
        register=context.register,
        readings=tuple(readings),
        clause_links=linked.clauses,
        claim_links=linked.claims,
        incidents=linked.incidents,
        event_sets=beside.event_sets if beside else (),
        events=beside.events if beside else (),
        corroborations=beside.corroborations if beside else (),
        exposures=exposures,
        coverage=coverage,
        places=context.places,
        problems=(*context.problems, *odd_exposures, *(beside.problems if beside else ())),
    )


def _events(file: EventFile) -> corroborate_room.EventTable:
    path = Path(file.path)
    beside = path.with_name(path.stem + ".mapping.toml")
    mapping = Path(file.mapping) if file.mapping else (beside if beside.is_file() else None)
    return corroborate_room.read_events(path, mapping=mapping)


def _exposures(paths: Sequence[str]) -> tuple[tuple[Exposure, ...], list[Problem]]:
    found: list[Exposure] = []
    odd: list[Problem] = []
    for path in paths:
        some, problems = corroborate_room.read_exposure(Path(path))
        found += some
        odd += problems
    return tuple(found), odd


def _corroborate(
    readings: Sequence[Reading],
    tables: Sequence[corroborate_room.EventTable],
    context: Context,
    options: Options,
) -> corroborate_room.Corroborated | None:
    if not tables:
        return None
    engine = plugins.load("engine", options.engine)()
    try:
        return corroborate_room.corroborate(readings, tables, context.register, engine=engine)
    finally:
        engine.close()
