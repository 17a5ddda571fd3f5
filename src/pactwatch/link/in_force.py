"""Did the obligation have effect when the act happened? Versions by date; what nothing dates is unknown."""

import datetime as dt
from dataclasses import replace

from pactwatch.link import terms
from pactwatch.link.answers import met, not_met, unknown
from pactwatch.link.parts import meant
from pactwatch.link.spans import Span, span_of
from pactwatch.link.view import View
from pactwatch.model import Agreement, AnsweredTest, Clause, Kind, Modality, Precision, Quote, When


def version_for(view: View, agreement: Agreement, clause_id: str) -> Clause | None:
    """Return the wording that stood when the act happened, or when it was said where nothing dates it.

    Before the first wording the first is returned: `in_force` then says that it had no effect yet.
    """
    versions = agreement.versions(clause_id)
    if not versions:
        return None
    span = span_of(view)
    day = span.first or span.last or view.said_day
    if day is None:
        return versions[-1]
    return agreement.version_at(clause_id, day) or versions[0]


def dated_by_agreement(view: View, agreement: Agreement) -> View:
    """Return the view with the days of a clause for a few days (a feast), where the claim's time words name them."""
    time = view.claim.time
    if time is None or view.happened.first or view.happened.last:
        return view
    for clause in agreement.clauses:
        if clause.since and clause.until and terms.find_exact(clause.words, time.text):
            first, last = clause.since.date(), clause.until.date()
            when = When(
                edtf=f"{first.isoformat()}/{last.isoformat()}",
                first=first,
                last=last,
                precision=Precision.DAY,
                anchor=f"agreement:{agreement.id}",
                rule="link.named-days",
                reason=f"{time.text!r} names the days of {clause.id}",
            )
            return replace(view, happened=when)
    return view


def may_touch(view: View, clause: Clause, agreement: Agreement) -> bool:
    """Return False where nobody would open the agreement at this clause for an act of those days.

    A clause for a few days (a feast, a pause) is not touched by what happened outside them, nor a clause of an amending
    instrument by what happened before it was signed. An obligation that runs on is named, and its test says `not_met`.
    """
    span = span_of(view)
    since, until = _effect(view, clause, agreement)
    prefix = clause.id.split("/", 1)[0]
    amending = next((one for one in agreement.instruments if one.prefix == prefix and one.amends), None)
    if amending and span.last and span.last < amending.signed:
        return False
    if until is None:
        return True
    if span.said:
        return bool(terms.find_exact(clause.words, view.deed)) and not (span.last and span.last < since.date())
    return not ((span.last and span.last < since.date()) or (span.first and span.first > until.date()))


def in_force(view: View, clause: Clause, agreement: Agreement) -> AnsweredTest:
    """Return whether the obligation had effect when the act happened, as if the claim were true."""
    span = span_of(view)
    since, until = _effect(view, clause, agreement)
    words = _effect_words(since, until)
    quote = view.claim.time.quote if view.claim.time else None
    early = _not_due(view, clause, span)
    if early:
        return not_met(early, quote, words)
    if span.first is None and span.last is None:
        return unknown("nothing dates the act", quote, words)
    return _compare(view, span, since, until, quote, words)


def _effect(view: View, clause: Clause, agreement: Agreement) -> tuple[dt.datetime, dt.datetime | None]:
    part = meant(view, clause)
    since = (part.since if part else None) or clause.since
    until = (part.until if part else None) or clause.until
    if since is None:
        since = dt.datetime.combine(_from_instrument(clause, agreement), dt.time.min)
    return since.replace(tzinfo=None), until.replace(tzinfo=None) if until else None


def _from_instrument(clause: Clause, agreement: Agreement) -> dt.date:
    """A clause without a date of its own has effect as its instrument has; an amended one kept the first date."""
    prefix = clause.id.split("/", 1)[0]
    for instrument in agreement.instruments:
        if instrument.prefix == prefix:
            return instrument.in_force or instrument.signed
    return agreement.signed


def _compare(
    view: View, span: Span, since: dt.datetime, until: dt.datetime | None, quote: Quote | None, words: str
) -> AnsweredTest:
    first = dt.datetime.combine(span.first, dt.time.min) if span.first else None
    last = dt.datetime.combine(span.last, dt.time.max) if span.last else None
    dated = _say(span)
    if last is not None and last < since:
        return not_met(f"{dated}: before the obligation had effect", quote, words)
    if until is not None and first is not None and first > until:
        return not_met(f"{dated}: after the obligation had ended", quote, words)
    if first is None and not (span.said is False and _mostly_after(span, since)):
        return unknown(f"{dated}: it may have happened before the obligation had effect", quote, words)
    if first is not None and first < since:
        return unknown(f"{dated}: it may lie before or after the moment of effect", quote, words)
    if until is not None and (last is None or last > until):
        return unknown(f"{dated}: it may lie before or after the end of the obligation", quote, words)
    return met(f"{dated}: the obligation had effect", quote, words)


def _mostly_after(span: Span, since: dt.datetime) -> bool:
    """An open beginning ("until May at least") with an end inside the period of effect: its end counts."""
    return span.first is None and span.last is not None and span.last > since.date()


def _not_due(view: View, clause: Clause, span: Span) -> str:
    """A duty cannot have been failed before it fell due; kept early, it is kept."""
    claim = view.claim
    failed = claim.kind in (Kind.ACCUSATION, Kind.ADMISSION) or (claim.kind is Kind.REPORT and claim.negated)
    if not (failed and clause.modality is Modality.MUST and clause.deadlines and span.last):
        return ""
    first_due = min(clause.deadlines).date()
    return f"the duty fell due on {first_due.isoformat()} only" if span.last < first_due else ""


def _say(span: Span) -> str:
    first = span.first.isoformat() if span.first else ".."
    last = span.last.isoformat() if span.last else ".."
    days = first if first == last else f"{first}/{last}"
    return f"{days} ({span.how})"


def _effect_words(since: dt.datetime, until: dt.datetime | None) -> str:
    text = f"has effect from {since.isoformat(sep=' ', timespec='minutes')}"
    return text + (f" until {until.isoformat(sep=' ', timespec='minutes')}" if until else "")
