"""From the file's tables to the `Agreement` value: defaults filled in, versions laid over, deadlines counted.

Everything here trusts that the checks found no error.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from pactwatch.agreements import moments
from pactwatch.agreements.deadlines import Deadlines
from pactwatch.agreements.ground import area
from pactwatch.agreements.moments import Clock
from pactwatch.agreements.schema import AgreementFile, BoundTable, InstrumentTable
from pactwatch.agreements.versions import Laid, all_laid, instruments, several, signed_on, under
from pactwatch.agreements.wording import AmountTable, LimitTable, PartTable
from pactwatch.model import Agreement, Amount, Binding, Clause, ClauseRole, Instrument, Limit, Modality, Part

PARTIES = "parties"
"""The word that stands for all parties in `obligor`."""

_MIDNIGHT = dt.time(0, 0)
T = TypeVar("T")


def agreement(file: AgreementFile, clause_lines: Sequence[int | None]) -> Agreement:
    """Return the agreement that a checked file describes; `clause_lines` are the lines at which its clauses begin."""
    laid = tuple(all_laid(file))
    maker = _Maker(file, laid)
    lines = dict(zip((one.id for one in file.clause), clause_lines, strict=False))
    return Agreement(
        id=file.id,
        title=file.title,
        also_called=file.also_called,
        zone=file.zone,
        day_count=file.day_count,
        invented=file.invented,
        countries=file.countries,
        register=file.register,
        places=file.places,
        parties=file.parties,
        instruments=tuple(_instrument(one) for one in file.instrument),
        bindings=tuple(_binding(one) for one in file.bound),
        areas=tuple(area(one, file) for one in file.area),
        clauses=tuple(maker.clause(one, lines.get(one.id)) for one in laid),
        unpublished=file.unpublished,
        source=file.source,
        licence=file.licence,
        text_licence=file.text_licence,
        zone_note=file.zone_note,
        day_ends=file.day_ends,
        hour_count=file.hour_count,
        note=file.note,
    )


def _instrument(table: InstrumentTable) -> Instrument:
    return Instrument(
        prefix=table.prefix,
        title=table.title,
        signed=signed_on(table),
        signed_at=moments.hour(table.signed_at) if table.signed_at else None,
        place=table.place,
        in_force=moments.day(table.in_force),
        signatories=table.signatories,
        languages=table.languages,
        amends=table.amends,
        pa_x_id=table.pa_x_id,
        pa_x_stage=table.pa_x_stage,
        source=table.source,
        note=table.note,
    )


def _binding(table: BoundTable) -> Binding:
    return Binding(
        party=table.party,
        status=table.status,
        since=moments.day(table.since),
        until=moments.day(table.until),
        basis=table.basis,
        note=table.note,
    )


def limits(tables: Iterable[LimitTable] | None) -> tuple[Limit, ...]:
    """Return the limits of a clause or a part."""
    return tuple(Limit(of=one.of, value=one.value, bound=one.bound) for one in tables or ())


def role_of(laid: Laid) -> ClauseRole:
    """Return a wording's role; an obligation where the file says nothing."""
    return laid.wording.role or ClauseRole.OBLIGATION


def modality_of(laid: Laid) -> Modality:
    """Return a wording's modality; `declares` where the file says nothing, which the checks allow where nobody owes."""
    return laid.wording.modality or Modality.DECLARES


def exceptions_both_ways(laid: Sequence[Laid]) -> dict[str, tuple[str, ...]]:
    """Return for each clause id those that except from it, whichever side of the pair the file writes."""
    ids = list(dict.fromkeys(one.id for one in laid))
    found: dict[str, list[str]] = {}
    for one in laid:
        for wanted in one.wording.exceptions or ():
            found.setdefault(one.id, []).extend(under(wanted, ids))
        for wanted in one.wording.excepts or ():
            for general in under(wanted, ids):
                found.setdefault(general, []).append(one.id)
    return {general: tuple(dict.fromkeys(special)) for general, special in found.items()}


def _excepted(by_general: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The same pairs from the exception's side."""
    out: dict[str, list[str]] = {}
    for general, specials in by_general.items():
        for special in specials:
            out.setdefault(special, []).append(general)
    return {special: tuple(generals) for special, generals in out.items()}


class _Maker:
    """Makes clause values of laid wordings, with what the rest of the file says about them."""

    def __init__(self, file: AgreementFile, laid: Sequence[Laid]) -> None:
        self._file = file
        self._clock = Clock(file.zone, file.day_count, file.day_ends, file.hour_count)
        self._deadlines = Deadlines(file, self._clock, laid)
        self._instruments = instruments(file)
        self._exceptions = exceptions_both_ways(laid)
        self._excepts = _excepted(self._exceptions)

    def clause(self, laid: Laid, line: int | None) -> Clause:
        says = laid.wording
        parts = tuple(self._part(one, laid) for one in says.part or ())
        return Clause(
            id=laid.id,
            version=laid.version,
            amended_by=", ".join(laid.amended_by),
            title=says.title or "",
            role=role_of(laid),
            obligor=self._obligor(says.obligor),
            acts=_joined(says.acts, (one.acts for one in parts)),
            modality=modality_of(laid),
            object=says.object or "",
            area=self._area(laid),
            since=self._since(laid),
            until=self._until(says.until),
            deadlines=_joined(self._due(says.deadline, laid), (one.deadlines for one in parts)),
            deadline_note=says.deadline_note or "",
            condition=says.condition or "",
            requires=says.requires or (),
            requires_area=says.requires_area or "",
            exceptions=self._exceptions.get(laid.id, ()),
            excepts=self._excepts.get(laid.id, ()),
            daily=moments.hours(says.daily or ""),
            provision=_provision(laid),
            paraphrase=says.paraphrase or "",
            text=(says.text or "").strip(),
            words=says.words or (),
            targets=says.targets or (),
            only_with=bool(says.only_with),
            limits=limits(says.limit),
            amounts=tuple(self._amount(one, laid) for one in says.amount or ()),
            parts=parts,
            reading=says.reading or "",
            open_acts=says.open_acts or (),
            note=says.note or "",
            line=line,
        )

    def _part(self, table: PartTable, laid: Laid) -> Part:
        return Part(
            title=table.title,
            modality=table.modality or modality_of(laid),
            acts=table.acts,
            object=table.object or laid.wording.object or "",
            area=table.area or self._area(laid),
            since=moments.moment(table.since, self._clock.tz, default=_MIDNIGHT) or self._since(laid),
            until=self._until(table.until or laid.wording.until),
            deadlines=self._due(table.deadline, laid),
            requires=table.requires,
            requires_area=table.requires_area,
            daily=moments.hours(table.daily),
            words=table.words,
            targets=table.targets,
            limits=limits(table.limit),
        )

    def _amount(self, table: AmountTable, laid: Laid) -> Amount:
        due = self._deadlines.of(table.due, laid).date() if table.due else None
        return Amount(of=table.of, value=table.value, party=table.party, due=due)

    def _obligor(self, named: Sequence[str] | None) -> tuple[str, ...]:
        spread = (self._file.parties if one == PARTIES else (one,) for one in named or ())
        return tuple(dict.fromkeys(party for some in spread for party in some))

    def _area(self, laid: Laid) -> str:
        return self._file.default_area if laid.wording.area is None else laid.wording.area

    def _since(self, laid: Laid) -> dt.datetime | None:
        words = laid.wording.since or self._instruments[laid.prefix].in_force
        return moments.moment(words, self._clock.tz, default=_MIDNIGHT)

    def _until(self, words: str | None) -> dt.datetime | None:
        return moments.moment(words or "", self._clock.tz, default=self._clock.day_ends)

    def _due(self, words: str | tuple[str, ...] | None, laid: Laid) -> tuple[dt.datetime, ...]:
        return tuple(self._deadlines.of(one, laid) for one in several(words))


def _provision(laid: Laid) -> tuple[tuple[str, str], ...]:
    table = laid.wording.provision
    pairs = (("pa_x", table.pa_x), ("kroc", table.kroc)) if table else ()
    return tuple((name, value) for name, value in pairs if value)


def _joined(own: Iterable[T] | None, parts: Iterable[Iterable[T]]) -> tuple[T, ...]:
    """A clause's own values and those of its parts, each once."""
    return tuple(dict.fromkeys([*(own or ()), *(value for part in parts for value in part)]))
