"""An agreement as lines to read: who is bound since when, and each clause with its versions."""

import datetime as dt
import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pactwatch.agreements.moments import DAY_END
from pactwatch.agreements.versions import under
from pactwatch.errors import UnknownName
from pactwatch.model import Agreement, Amount, Area, Binding, Clause, Instrument, Limit, Modality, Part


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLine:
    """One line: `depth` says how far it is indented, `strong` and `quiet` how much weight it has."""

    text: str
    depth: int = 0
    strong: bool = False
    quiet: bool = False


def summary(agreement: Agreement, *, clause: str | None = None, at: dt.date | None = None) -> tuple[SummaryLine, ...]:
    """Return an agreement as lines: title, instruments, parties, who is bound, areas, clauses with all their versions.

    `clause` leaves that clause alone, or all under an article (`HBA/4`); `at` shows what stands on that day. Times are
    local to the agreement. `UnknownName` lists the nearest clause ids.
    """
    ids = list(dict.fromkeys(one.id for one in agreement.clauses))
    wanted = under(clause, ids) if clause else tuple(ids)
    if not wanted:
        near = difflib.get_close_matches(clause or "", ids, n=3)
        raise UnknownName(
            f"{agreement.id} has no clause {clause!r}; {'near: ' + ', '.join(near) if near else 'see all'}"
        )
    lines = [] if clause else [*_head(agreement, at), SummaryLine(text="Clauses", strong=True)]
    for one in wanted:
        lines += _clause(agreement, one, at)
    return tuple(lines)


def _head(agreement: Agreement, at: dt.date | None) -> Iterator[SummaryLine]:
    yield SummaryLine(text=agreement.title, strong=True)
    if agreement.invented:
        yield SummaryLine(text="Invented: nobody and no place in it exists.", depth=1)
    for name, value in (("also called", "; ".join(agreement.also_called)), ("note", agreement.note)):
        if value:
            yield SummaryLine(text=f"{name}: {value}", depth=1, quiet=True)
    for instrument in agreement.instruments:
        yield from _instrument(instrument)
    yield SummaryLine(text=f"parties: {', '.join(agreement.parties)}", depth=1)
    for part in agreement.unpublished:
        yield SummaryLine(text=f"not published: {part}", depth=1)
    yield SummaryLine(text=f"times: {_counting(agreement)}", depth=1, quiet=True)
    yield SummaryLine(
        text=f"source: {agreement.source} Licence: {agreement.licence or 'not said'}", depth=1, quiet=True
    )
    yield SummaryLine(text="Who is bound" + (f" on {at}" if at else ""), strong=True)
    for binding in agreement.bindings:
        if at is None or binding in agreement.bindings_at(binding.party, at):
            yield from _binding(binding)
    yield SummaryLine(text="Areas" + (f" on {at}" if at else ""), strong=True)
    for area in agreement.areas if at is None else agreement.areas_at(at):
        yield SummaryLine(text=f"{area.id}: {area.title}{_days(area)}", depth=1)


def _instrument(instrument: Instrument) -> Iterator[SummaryLine]:
    place = f" at {instrument.place}" if instrument.place else ""
    force = f", in force {instrument.in_force}" if instrument.in_force else ""
    amends = f", amends {', '.join(instrument.amends)}" if instrument.amends else ""
    text = f"{instrument.prefix}: {instrument.title}, signed {instrument.signed}{place}{force}{amends}"
    yield SummaryLine(text=text, depth=1)
    if instrument.signatories:
        yield SummaryLine(text=f"signed by {'; '.join(instrument.signatories)}", depth=2, quiet=True)
    if instrument.note:
        yield SummaryLine(text=instrument.note, depth=2, quiet=True)


def _counting(agreement: Agreement) -> str:
    first = "the day of signature counts" if agreement.day_count == "from_signature" else "counted from the day after"
    hours = "hours run on to midnight" if agreement.hour_count == "to_midnight" else "hours are counted one by one"
    note = f" ({agreement.zone_note})" if agreement.zone_note else ""
    return f"{agreement.zone}{note}; {first}; a day ends at {agreement.day_ends}; {hours}"


def _binding(binding: Binding) -> Iterator[SummaryLine]:
    basis = f" ({binding.basis})" if binding.basis else ""
    yield SummaryLine(text=f"{binding.party}: {binding.status}{_days(binding)}{basis}", depth=1)
    if binding.note:
        yield SummaryLine(text=binding.note, depth=2, quiet=True)


def _days(dated: Binding | Area) -> str:
    since = f" from {dated.since}" if dated.since else ""
    return since + (f" until {dated.until}" if dated.until else "")


def _clause(agreement: Agreement, clause_id: str, at: dt.date | None) -> Iterator[SummaryLine]:
    standing = agreement.version_at(clause_id, at) if at else None
    versions = agreement.versions(clause_id) if at is None else (standing,) if standing else ()
    first = agreement.versions(clause_id)[0]
    if not versions:
        yield SummaryLine(text=f"{clause_id} does not stand yet on {at}", depth=1, quiet=True)
        return
    yield SummaryLine(text=f"{clause_id}  {first.title}".rstrip(), depth=1, strong=True)
    for version in versions:
        if version is not first:
            yield SummaryLine(text=f"from {version.version}, by {version.amended_by}:", depth=2, strong=True)
        yield from _wording(version, agreement.areas if at is None else agreement.areas_at(at))


def _wording(clause: Clause, areas: Sequence[Area]) -> Iterator[SummaryLine]:
    yield SummaryLine(text=clause.paraphrase, depth=2)
    for name, value in _facts(clause, areas):
        if value:
            yield SummaryLine(text=f"{name}: {value}", depth=3, quiet=True)
    for part in clause.parts:
        yield SummaryLine(text=f"part: {_part(part)}", depth=3, quiet=True)


def _facts(clause: Clause, areas: Sequence[Area]) -> Iterator[tuple[str, str]]:
    yield "role", clause.role.value if clause.role.value != "obligation" else ""
    yield "who", f"{', '.join(clause.obligor)} {_said(clause.modality)}".strip() if clause.obligor else ""
    yield "acts", _listed([act.value for act in clause.acts])
    yield "object", clause.object
    yield "area", " / ".join(f"{area.title}{_days(area)}" for area in areas if area.id == clause.area)
    yield "has effect", _span(clause.since, clause.until)
    yield "daily", f"{clause.daily[0]:%H:%M} to {clause.daily[1]:%H:%M}" if clause.daily else ""
    yield "due", _listed([_moment(one) for one in clause.deadlines]) + _noted(clause.deadline_note)
    yield "owed", _listed([_amount(one) for one in clause.amounts])
    yield "limits", _listed([_limit(one) for one in clause.limits])
    yield "condition", clause.condition
    yield "requires", "; ".join(clause.requires)
    yield "excepted by", _listed(clause.exceptions)
    yield "excepts from", _listed(clause.excepts)
    yield "requires place", clause.requires_area
    yield "reading", clause.reading
    yield "acts left open", _listed([act.value for act in clause.open_acts])
    yield "provision", _listed([f"{name} {value}" for name, value in clause.provision])
    yield "note", clause.note
    yield "text", clause.text


def _said(modality: Modality) -> str:
    return "" if modality is Modality.DECLARES else modality.value.replace("_", " ")


def _listed(values: Sequence[str]) -> str:
    return ", ".join(values)


def _noted(note: str) -> str:
    return f" ({note})" if note else ""


def _moment(moment: dt.datetime) -> str:
    """A local moment; the last second of a day is written 24:00, the first one not at all."""
    if moment.timetz().replace(tzinfo=None) == DAY_END:
        return f"{moment.date()} 24:00"
    return f"{moment:%Y-%m-%d %H:%M}"


def _span(since: dt.datetime | None, until: dt.datetime | None) -> str:
    start = f"from {_moment(since)}" if since else ""
    return f"{start} until {_moment(until)}".strip() if until else start


def _amount(amount: Amount) -> str:
    who = f" by {amount.party}" if amount.party else ""
    return f"{amount.value} {amount.of}{who}" + (f" on {amount.due}" if amount.due else "")


def _limit(limit: Limit) -> str:
    what, _, unit = limit.of.rpartition("_")
    return f"{what.replace('_', ' ')} {limit.bound.replace('_', ' ')} {limit.value:g} {unit}".strip()


def _part(part: Part) -> str:
    acts = f" ({_listed([act.value for act in part.acts])})" if part.acts else ""
    due = f"; due {_listed([_moment(one) for one in part.deadlines])}" if part.deadlines else ""
    limits = f"; {_listed([_limit(one) for one in part.limits])}" if part.limits else ""
    area = f"; area {part.area}" if part.area else ""
    return f"{part.title}: {_said(part.modality)}{acts}{area}{due}{limits}"
