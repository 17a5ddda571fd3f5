"""Dating a document: its header, its own date lines and the constraints of its words, held against one another.

The days of writing start as all days that come into question; each constraint takes away the days that it excludes.
What is left is the period of writing. Where it leaves out the header's date, both sides are shown.
"""

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.model import Agreement, Dating, Document, Made, Precision, Quote, Span, When
from pactwatch.resolve.times.addresses import address_days
from pactwatch.resolve.times.constraints import Constraint, constraints
from pactwatch.resolve.times.days import day_or_none
from pactwatch.resolve.times.moment import Days, Moment, precision_of, spell
from pactwatch.resolve.times.reference import Reference, reference_of
from pactwatch.resolve.times.sections import DateLine, date_line, lines_of
from pactwatch.resolve.times.tagger import tag

MADE_BY, VERSION = "resolve.times", "1"
_EDTF = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")
_YEARS_BACK = 30  # how far before the header, or the last day that may be known, a text may have been written
_LATE_PUBLISHING_DAYS = 31  # a header later than the text's own date by no more than this is a late publication
_HEAD_LINES = 2
_SIDES = {"header-date": "header", "url-date": "address"}
_CERTAIN, _LIKELY, _GUESSED, _NONE = 0.95, 0.8, 0.4, 0.1  # probabilities by the kind of evidence; not yet calibrated


@dataclass(frozen=True, slots=True)
class Left:
    """The days that are left, the constraints that took the others, and those that nothing would be left with."""

    days: tuple[Days, ...]
    used: tuple[Constraint, ...]
    refused: tuple[Constraint, ...]


def date_document(document: Document, agreements: Sequence[Agreement], *, as_of: dt.date | None = None) -> Dating:
    """Return when a document was published and written, with the evidence; see the room's door."""
    published = _published(document)
    tokens, tagged = tag(document.text, reference=None, agreements=agreements, narrative=False)
    line = date_line(document, tagged)
    years = _years(published, line, agreements, as_of)
    found = constraints(document.text, tokens, tagged, agreements, years, _head_end(document, line))
    left = propagate(found, years, as_of)
    return _dating(document, published, line, left)


def _published(document: Document) -> When:
    if document.published is None:
        return _by_address(document) or When(
            edtf=None, reason="neither a header nor the user gives a date", anchor="published"
        )
    found = _EDTF.fullmatch(document.published)
    there = found is not None and day_or_none(int(found[1]), int(found[2] or 1), int(found[3] or 1)) is not None
    moment = Moment(year=int(found[1]), month=_int(found[2]), day=_int(found[3])) if found and there else Moment()
    days = moment.days()
    if days is None:
        return When(edtf=None, reason=f"the header's {document.published!r} is no date that exists", anchor="published")
    return When(
        edtf=document.published,
        first=days[0],
        last=days[1],
        precision=precision_of(moment),
        anchor="published",
        anchor_words=_header_words(document, days),
        rule="header-date",
    )


def _by_address(document: Document) -> When | None:
    """The day in the document's address, where there is one and no header gives another."""
    days = list(dict.fromkeys(day for day, _ in address_days(document)))
    if len(days) != 1:
        return None
    return When(
        edtf=days[0].isoformat(),
        first=days[0],
        last=days[0],
        precision=Precision.DAY,
        anchor="published",
        rule="url-date",
        reason="no header gives a date; its address does",
    )


def _int(digits: str | None) -> int | None:
    return int(digits) if digits else None


def _header_words(document: Document, days: Days) -> Quote | None:
    """The header's line, where it stands in the text as well."""
    head = lines_of(document.text[:600])[:_HEAD_LINES]
    for line in head:
        _, tagged = tag(line.text, reference=None, narrative=False)
        for one in tagged:
            if one.answer.days == days:
                return Quote(span=Span(start=line.start, end=line.end), text=line.text)
    return None


def _years(published: When, line: DateLine | None, agreements: Sequence[Agreement], as_of: dt.date | None) -> range:
    """The years that come into question."""
    known = [day for day in (published.last, line.last if line else None, as_of) if day]
    known += [agreement.signed for agreement in agreements]
    if not known:
        return range(0)
    return range(
        max(min(day.year for day in known) - _YEARS_BACK, 1), min(max(day.year for day in known) + 1, 9998) + 1
    )


def _head_end(document: Document, line: DateLine | None) -> int:
    return line.words.span.end if line and line.words.span.start < len(document.text) / 2 else 0


def propagate(found: Sequence[Constraint], years: range, as_of: dt.date | None) -> Left:
    """Take from the days in question what each constraint excludes, strongest first.

    A constraint that would leave nothing is refused and shown, rather than let it decide.
    """
    if not years:
        whole: tuple[Days, ...] = ((dt.date.min, as_of or dt.date.max),)
    else:
        whole = ((dt.date(years[0], 1, 1), as_of or dt.date(years[-1], 12, 31)),)
    used: list[Constraint] = []
    refused: list[Constraint] = []
    for one in found:
        rest = _intersection(whole, one.allowed)
        if rest:
            whole = rest
            used.append(one)
        else:
            refused.append(one)
    return Left(days=whole, used=tuple(used), refused=tuple(refused))


def _intersection(some: Sequence[Days], others: Sequence[Days]) -> tuple[Days, ...]:
    pairs = ((max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others)
    return tuple(sorted({(first, last) for first, last in pairs if first <= last}))


def _dating(document: Document, published: When, line: DateLine | None, left: Left) -> Dating:
    narrowing = [one for one in left.used if one.narrows]
    bounds = [one for one in left.used if not one.narrows]
    header = (published.first, published.last) if published.first and published.last else None
    own = None if line is None or _is_header(line, published) else line
    fits = _fits(header, left, narrowing, bounds)
    evidence = [(one.words, one.says) for one in (*left.used, *left.refused) if one.narrows or fits is False]
    if own is not None:
        evidence.insert(0, (own.words, f"the text bears the date {spell(own.first, own.last)}"))
    if published.anchor_words is not None:
        evidence.insert(0, (published.anchor_words, f"the header says {published.edtf}"))
    if own is not None and (fits is not False or header is None):
        written, certainty = _by_line(own), _CERTAIN
        fits = _line_agrees(own, header, fits)
    elif narrowing and fits is not True:
        written, certainty = _by_constraints(left, narrowing, header)
    elif header is not None and fits is not False:
        written, certainty = _by_header(published), _LIKELY
    else:
        written, certainty = _by_bounds(left, bounds, published)
    return Dating(
        document_id=document.id,
        published=published,
        written=written,
        agrees=fits,
        evidence=tuple(dict.fromkeys(evidence)),
        made=Made(by=MADE_BY, version=VERSION, certainty=certainty),
    )


def _is_header(line: DateLine, published: When) -> bool:
    """A date line that says what the header says is the header, not a second witness."""
    return line.first == line.last and published.first == line.first and published.last == line.last


def _fits(
    header: Days | None, left: Left, narrowing: Sequence[Constraint], bounds: Sequence[Constraint]
) -> bool | None:
    if header is None or not (narrowing or bounds):
        return None
    inside = any(first <= header[1] and header[0] <= last for first, last in left.days)
    if not inside:
        return False
    return True if narrowing else None


def _line_agrees(line: DateLine, header: Days | None, fits: bool | None) -> bool | None:
    """The text's own date agrees with a header that is as late, or later by a late publication."""
    if header is None:
        return fits
    return line.first <= header[1] and (header[0] - line.last).days <= _LATE_PUBLISHING_DAYS


def _by_line(line: DateLine) -> When:
    return When(
        edtf=spell(line.first, line.last),
        first=line.first,
        last=line.last,
        precision=Precision.DAY,
        anchor="written",
        anchor_words=line.words,
        rule="date-line",
    )


def _by_header(published: When) -> When:
    return When(
        edtf=published.edtf,
        first=published.first,
        last=published.last,
        precision=published.precision,
        anchor="published",
        anchor_words=published.anchor_words,
        rule=published.rule,
        reason=f"the text does not say when it was written; the date of its {_SIDES[published.rule]} stands for it",
    )


def _by_constraints(left: Left, narrowing: Sequence[Constraint], header: Days | None) -> tuple[When, float]:
    rules = "+".join(dict.fromkeys(one.rule for one in narrowing))
    words = narrowing[0].words
    chosen, guessed = _chosen(left.days, header)
    if chosen is None:
        reason = "the words fit several years, and nothing says which"
        return When(edtf=None, reason=reason, rule=rules, anchor="expression", anchor_words=words), _NONE
    first, last = chosen
    fixed = next((one for one in narrowing if one.fixed), None)
    anchor = f"agreement:{fixed.rule.partition(':')[2]}" if fixed else "expression"
    reason = "a guess: of the years that fit, the nearest before the header's date" if guessed else ""
    when = When(
        edtf=spell(first, last),
        first=first,
        last=last,
        precision=Precision.DAY if first == last else Precision.VAGUE,
        anchor=anchor,
        anchor_words=words,
        rule=rules + ("+nearest-before-header" if guessed else ""),
        reason=reason,
    )
    return when, _GUESSED if guessed else _LIKELY


def _chosen(days: Sequence[Days], header: Days | None) -> tuple[Days | None, bool]:
    """The one period that is left; of several the nearest that is over before the header's date, as a guess."""
    if len(days) == 1:
        return days[0], False
    before = [one for one in days if header and one[1] < header[0]]
    return (before[-1], True) if before else (None, False)


def _by_bounds(left: Left, bounds: Sequence[Constraint], published: When) -> tuple[When, float]:
    if not bounds:
        return When(edtf=None, reason="nothing in the text dates it, and no header does"), _NONE
    latest = max(bounds, key=lambda one: one.allowed[0][0])
    first = latest.allowed[0][0]
    when = When(
        edtf=spell(first, None),
        first=first,
        precision=Precision.VAGUE,
        anchor="expression",
        anchor_words=latest.words,
        rule=latest.rule,
        reason="not older than the latest day that it tells of as past",
    )
    return when, _LIKELY


def writing_reference(dating: Dating) -> Reference | None:
    """Return the period of writing as a reference for the words of the text; None where it is not closed."""
    return reference_of(dating.written)
