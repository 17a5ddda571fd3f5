"""What is said to have happened when, as intervals: an unknown end stays open, what nothing dates is only counted."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from pactwatch.model import Checked, Precision
from pactwatch.views.findings import Finding, findings, is_rejected
from pactwatch.views.sides import Side
from pactwatch.views.wording import counted, days_text

BANDS = (
    ("alleged", "Said to have been done", ("accusation", "report")),
    ("denied", "Denied", ("denial",)),
    ("own", "Said of one's own side", ("admission", "compliance")),
    ("ahead", "Promised, demanded, threatened", ("commitment", "demand", "threat")),
)
"""The bands of the drawing, all of the same height for a claim (law 5); positions are not acts and are not drawn."""

BEFORE_DAYS = 400
"""How long before the first agreement or document the drawing begins at most: a year and a month's margin."""

AFTER_DAYS = 200
"""How long after the last document or instrument it ends at most; promises reach ahead, deadlines rarely so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A claim on the timeline, from `first` to `last` (both days included); None is an end that nothing pins."""

    number: str
    claim_id: str
    side: Side
    says: str
    text: str
    first: dt.date | None
    last: dt.date | None
    vague: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """One row of the drawing."""

    key: str
    title: str
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A day or days with a name: a record, a document's date, the day of an agreement."""

    first: dt.date
    last: dt.date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything on one calendar, from `first` to `last`; None where nothing is dated at all.

    `outside` are bars that lie wholly before or after these days, `undated` numbers of claims that nothing dates. Both
    are listed beside the drawing.
    """

    first: dt.date | None
    last: dt.date | None
    bands: tuple[Band, ...]
    records: tuple[Tick, ...]
    agreements: tuple[Tick, ...]
    documents: tuple[Tick, ...]
    outside: tuple[Bar, ...]
    undated: tuple[str, ...]


def timeline(checked: Checked) -> Timeline:
    """Return the claims, records, documents and agreements of a check on one calendar."""
    return timeline_of(checked, findings(checked))


def timeline_of(checked: Checked, found: tuple[Finding, ...]) -> Timeline:
    """Return the timeline of findings that are at hand already."""
    drawn = [one for one in found if one.kind != "position" and not is_rejected(one)]
    dated = [one for one in drawn if one.happened.when.edtf is not None and _has_end(one)]
    agreements, documents = tuple(_agreements(checked)), tuple(_documents(checked))
    first, last = _window([_bar(one) for one in dated], (*agreements, *documents))
    bars = {one.claim_id: _bar(one) for one in dated}
    inside = {key for key, bar in bars.items() if _inside(bar, first, last)}
    return Timeline(
        first=first,
        last=last,
        bands=tuple(
            Band(
                key=key,
                title=title,
                bars=tuple(bars[one.claim_id] for one in dated if one.kind in kinds and one.claim_id in inside),
            )
            for key, title, kinds in BANDS
        ),
        records=tuple(_records(checked, first, last)),
        agreements=tuple(one for one in agreements if first and last and first <= one.first <= last),
        documents=tuple(one for one in documents if first and last and first <= one.first <= last),
        outside=tuple(bar for key, bar in bars.items() if key not in inside),
        undated=tuple(one.number for one in drawn if one.claim_id not in bars),
    )


def _has_end(finding: Finding) -> bool:
    return finding.happened.when.first is not None or finding.happened.when.last is not None


def _bar(finding: Finding) -> Bar:
    when = finding.happened.when
    return Bar(
        number=finding.number,
        claim_id=finding.claim_id,
        side=finding.side,
        says=finding.says,
        text=finding.happened.text,
        first=when.first,
        last=when.last,
        vague=when.precision is Precision.VAGUE,
    )


def _agreements(checked: Checked) -> Iterable[Tick]:
    for agreement in checked.agreements:
        for one in agreement.instruments:
            yield Tick(first=one.signed, last=one.signed, text=f"{one.prefix} signed")


def _documents(checked: Checked) -> Iterable[Tick]:
    """A document stands at the time its text shows, else at the date of its header; without either it has no tick."""
    for at, reading in enumerate(checked.readings, start=1):
        for when in (reading.dating.written, reading.dating.published):
            if when.edtf is not None and when.first is not None:
                last = when.last or when.first
                yield Tick(first=when.first, last=last, text=f"document {at}, {days_text(when.first, last)}")
                break


def _records(checked: Checked, first: dt.date | None, last: dt.date | None) -> Iterable[Tick]:
    if first is None or last is None:
        return
    for event in sorted(checked.events, key=lambda one: (one.first, one.last, one.dataset, one.id)):
        if event.last >= first and event.first <= last:
            text = f"{event.dataset} {event.id}: {event.event_type or 'event'}, {event.place}"
            yield Tick(first=event.first, last=event.last, text=f"{text}, {days_text(event.first, event.last)}")


def _window(bars: list[Bar], marks: tuple[Tick, ...]) -> tuple[dt.date | None, dt.date | None]:
    """From the first to the last day named, but not farther from the agreements and documents than the two margins."""
    known = [day for bar in bars for day in (bar.first, bar.last) if day]
    fixed = [day for mark in marks for day in (mark.first, mark.last)]
    if not known and not fixed:
        return None, None
    earliest = min(fixed) - dt.timedelta(days=BEFORE_DAYS) if fixed else min(known)
    latest = max(fixed) + dt.timedelta(days=AFTER_DAYS) if fixed else max(known)
    within = [day for day in (*known, *fixed) if earliest <= day <= latest]
    margin = dt.timedelta(days=max(2, (max(within) - min(within)).days // 40))
    return min(within) - margin, max(within) + margin


def _inside(bar: Bar, first: dt.date | None, last: dt.date | None) -> bool:
    if first is None or last is None:
        return False
    return (bar.last is None or bar.last >= first) and (bar.first is None or bar.first <= last)


def undated_text(undated: tuple[str, ...]) -> str:
    """Return how many claims nothing dates, for the line under the drawing."""
    return f"{counted(len(undated), 'claim')} {'is' if len(undated) == 1 else 'are'} dated by nothing in the text"
