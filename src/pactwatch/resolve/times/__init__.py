"""When: time expressions, the date of a document, and the four times of a claim.

    find_times(text)              every time expression, normalised
    mark_times(document)          those that can date an act, for the readers
    date_document(document, …)    when it was published, and when its text shows that it was written
    date_text(document, dating, …)  both together: a document's own dates and every time in its text
    resolve_times(document, …)    happened, said, published, captured: four times a claim
    period_of(when)               the plain EDTF of the batch format
    when_of(period)               the time that such a period means

Law 3 rules here: a time is an interval with its precision, its anchor and the rule that made it, and what nothing pins
is none with a reason. The date of the header is an anchor only under the rule id `header-date`, that of the address
only under `url-date`.
"""

import datetime as dt
import re
from collections.abc import Sequence

from pactwatch.model import (
    Agreement,
    Claim,
    DatedText,
    Dating,
    Document,
    Instrument,
    Mark,
    MarkKind,
    TimeExpression,
    Times,
    When,
)
from pactwatch.resolve.times import claims as _claims
from pactwatch.resolve.times import dated as _dated
from pactwatch.resolve.times import dating as _dating
from pactwatch.resolve.times import tagger as _tagger
from pactwatch.resolve.times.grammar import Events
from pactwatch.resolve.times.moment import spell
from pactwatch.resolve.times.period import when_of
from pactwatch.resolve.times.phrases import ReferenceAt, phrases, quote_of
from pactwatch.resolve.times.reference import Reference

_PART = r"(?:\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?|\.\.)"
_PLAIN = re.compile(rf"{_PART}(?:/{_PART})?")

_SHAPE_DAY = Reference(first=dt.date(2000, 6, 15), last=dt.date(2000, 6, 15))
_SHAPE_PACT = Agreement(
    id="any",
    title="any",
    instruments=tuple(Instrument(prefix=title, title=title, signed=_SHAPE_DAY.first) for title in ("pact", "protocol")),
)
"""Marking asks only for the shape of a phrase ("between … and", "since the signing"): any day and any agreement will do
to see it, and neither leaves `mark_times`."""

__all__ = ["date_document", "date_text", "find_times", "mark_times", "period_of", "resolve_times", "when_of"]


def find_times(
    text: str, *, reference: When | None = None, narrative: bool | None = None
) -> tuple[TimeExpression, ...]:
    """Return the time expressions of a text in order, none inside another, each with its TIMEX3 and EDTF.

    `reference` is the period in which the text was written, None where that is unknown: then nothing is counted from
    it. `narrative` is True for a history, whose years are carried from date to date; None lets a detector decide.
    Never raises on any text; the time is linear in its length.
    """
    return _tagger.find(text, reference, narrative)


def mark_times(document: Document, *, events: Events | None = None) -> tuple[Mark, ...]:
    """Return the words of a document that can date an act, with their prepositions where these change the time.

    `events` are names that the case dates (see `resolve_times`); "the eve of" such a name is marked too.

    Ages, how often, "now" and parts of no named day are no marks.
    """
    tokens, tagged = _tagger.tag(
        document.text, reference=_SHAPE_DAY, narrative=False, agreements=(_SHAPE_PACT,), events=events
    )
    kept = [one for one in tagged if one.answer.type != "SET" and one.found.meaning.op != "reference"]
    kept = [one for one in kept if one.found.meaning.name != "manner"]
    found = phrases(tokens, kept, ReferenceAt(_SHAPE_DAY, ()))
    return tuple(Mark(kind=MarkKind.TIME, quote=quote_of(document.text, phrase)) for phrase in found)


def date_document(document: Document, agreements: Sequence[Agreement], *, as_of: dt.date | None = None) -> Dating:
    """Return when a document was published by its header, and when its text shows that it was written.

    `agreements` date the signings that the text speaks of; nothing later than `as_of` is taken to be known. `agrees` is
    False where the words exclude the header's date: `evidence` then holds the words of both sides. Where the text is
    silent, `written` is the header's date under the rule `header-date` and the anchor `published`, or none.
    """
    return _dating.date_document(document, agreements, as_of=as_of)


def date_text(
    document: Document,
    dating: Dating,
    agreements: Sequence[Agreement],
    *,
    events: Events | None = None,
    narrative: bool | None = None,
) -> DatedText:
    """Return every time expression of a document, resolved against the period of writing that `dating` found.

    `agreements` and `events` date what the text counts from ("within 135 days of the signing"); `narrative` is as in
    `find_times`. In a log each entry counts from its own day. Beside them stand all days that speak for the document
    itself: header, metadata, address, title, date lines, and what its words leave.
    """
    return _dated.date_text(document, dating, agreements, events, narrative)


def resolve_times(
    document: Document,
    claims: Sequence[Claim],
    dating: Dating,
    agreements: Sequence[Agreement],
    *,
    captured: str,
    events: Events | None = None,
) -> tuple[Times, ...]:
    """Return the four times of each claim, in order. `captured` is the moment of capture, ISO 8601.

    `happened` comes from the claim's own time words; a claim without any has none, with the reason. `said` is the day
    of the section in which the claim stands, where the text is a log or a thread, else the period of writing.
    `events` are names with their first and last day ("Feast of the Bridge"), as a case or a user dates them.
    """
    return _claims.resolve(document, claims, dating, agreements, captured, events)


def period_of(when: When) -> str | None:
    """Return the plain form of the batch format: `YYYY[-MM[-DD]]`, `/` and `..`; None where there is no answer."""
    if when.edtf is None or (when.first is None and when.last is None):
        return None
    return when.edtf if _PLAIN.fullmatch(when.edtf) else spell(when.first, when.last)
