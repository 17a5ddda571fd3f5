"""Everything known of one claim: its words, how they were read, and all that stands beside it."""

import re
from dataclasses import dataclass

from pactwatch.model import Checked, Claim
from pactwatch.views.accounts import IncidentPage, account_lines, page_of
from pactwatch.views.by_clause import answer_lines
from pactwatch.views.findings import Finding, certainty_text, findings
from pactwatch.views.summary import CAUTION, Line
from pactwatch.views.told import Named, Where
from pactwatch.views.wording import joined, quoted

AROUND = 160
"""Letters of the text that are shown before and after the quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPage:
    """One claim. `before` and `after` are the text around its words; `incident` is None where it is in none."""

    finding: Finding
    claim: Claim
    source: str
    sha256: str
    before: str
    after: str
    incident: IncidentPage | None


def claim_page(checked: Checked, name: str) -> ClaimPage | None:
    """Return what is known of the claim of that id, or of that number (`2.5`); None where there is none."""
    found = next((one for one in findings(checked) if name in (one.claim_id, one.number)), None)
    if found is None:
        return None
    reading = next(one for one in checked.readings if one.document.id == found.document_id)
    claim = next(one for one in reading.claims if one.id == found.claim_id)
    text, span = reading.document.text, claim.quote.span
    return ClaimPage(
        finding=found,
        claim=claim,
        source=reading.source.uri,
        sha256=reading.source.sha256,
        before=text[_word_start(text, span.start - AROUND) : span.start],
        after=text[span.end : _word_end(text, span.end + AROUND)],
        incident=page_of(claim.id, checked),
    )


def _word_start(text: str, at: int) -> int:
    """The beginning of the first whole word from there on."""
    if at <= 0:
        return 0
    found = _SPACE.search(text, at)
    return found.end() if found else at


def _word_end(text: str, at: int) -> int:
    """The end of the last whole word up to there."""
    if at >= len(text):
        return len(text)
    found = list(_SPACE.finditer(text, at - AROUND, at))
    return found[-1].start() if found else at


_SPACE = re.compile(r"\s+")


def claim_page_lines(page: ClaimPage) -> tuple[Line, ...]:
    """Return a claim for the terminal, part by part; a part with nothing in it says so."""
    one = page.finding
    return (
        Line(text=f"{one.number}  {one.says}", strong=True),
        Line(text=CAUTION, quiet=True),
        *_read(page),
        *_told(one),
        *_part("Clauses, if it is so", [line for clause in one.clauses for line in answer_lines(clause, 1)]),
        *_part(
            "Other claims",
            [Line(text=f"{r.relation} {r.number}: {r.says}", depth=1) for r in one.relations],
        ),
        *_records(one),
        *_part("Who looked", [Line(text=one.seen.text, depth=1), *_denied(one)]),
        *_part("Incident", _incident(page.incident)),
        *_reviews(one),
    )


def _part(title: str, lines: list[Line]) -> list[Line]:
    return [Line(text=title, strong=True), *(lines or [Line(text="none", depth=1, quiet=True)])]


def _read(page: ClaimPage) -> list[Line]:
    one, claim = page.finding, page.claim
    passage = quoted(" ".join(f"… {page.before}[{one.words}]{page.after} …".split()))
    lines = [
        Line(text=f"{one.document}; {page.source}", depth=1),
        Line(text=passage, depth=1, quiet=True),
        Line(text=f"{one.kind} of {one.act}, seen in {quoted(one.trigger)}", depth=1),
        Line(text=f"read by {one.made}, {certainty_text(one.certainty)} sure that it is read right", depth=1),
    ]
    lines += [Line(text=f"{rule}: {quoted(words)}", depth=2, quiet=True) for rule, words in claim.trace]
    if claim.condition:
        lines.append(Line(text=f"on condition: {quoted(claim.condition.text)}", depth=1))
    if one.unsure:
        lines.append(Line(text=f"left out on purpose: {joined(list(one.unsure))}", depth=1))
    return _part("Read", lines)


def _told(one: Finding) -> list[Line]:
    lines = [Line(text=f"speaker: {_name(one.speaker)}", depth=1)]
    lines += [Line(text=f"who acts: {_name(agent)}", depth=1) for agent in one.agent]
    lines += [Line(text=f"whom it strikes: {_name(target)}", depth=1) for target in one.target]
    lines += [Line(text=f"where: {_place(place)}", depth=1) for place in one.places]
    for time in one.times:
        words = f" {quoted(time.words)}" if time.words else ""
        anchor = f" ({time.anchor})" if time.anchor else ""
        lines.append(Line(text=f"{time.name}:{words} {time.text}{anchor}", depth=1))
    lines += [Line(text=f"how many: {count}", depth=1) for count in one.counts]
    return _part("Told", lines)


def _name(named: Named) -> str:
    words = f" {quoted(named.words)}" if named.words and quoted(named.words) != named.label else ""
    note = f" – {named.note}" if named.note else ""
    similar = f"; similar names: {joined(list(named.suggestions))}" if named.suggestions else ""
    return f"{named.label}{words}{note}{similar}"


def _place(place: Where) -> str:
    weighed = f"; weighed: {', '.join(place.candidates)}" if place.candidates else ""
    return f"{quoted(place.words)} {place.text}{weighed}"


def _records(one: Finding) -> list[Line]:
    lines = []
    for record in one.records:
        lines.append(Line(text=f"{record.dataset} {record.event_id}, {record.when}: {record.what}", depth=1))
        notes = (record.near, record.support, f"{record.independence}: {record.reason}", record.worth)
        lines += [Line(text=note, depth=2, quiet=True) for note in (*notes, *record.otherwise)]
    return _part("Records near it", lines)


def _denied(one: Finding) -> list[Line]:
    return [Line(text=f"access denied: {text}", depth=2, quiet=True) for text in one.seen.denied]


def _incident(page: IncidentPage | None) -> list[Line]:
    return [Line(text=page.title, depth=1), *account_lines(page)] if page else []


def _reviews(one: Finding) -> list[Line]:
    lines = []
    for judgement in one.review.history:
        note = f": {judgement.note}" if judgement.note else ""
        set_ = "".join(f"; {field} = {value}" for field, value in judgement.corrections)
        lines.append(Line(text=f"{judgement.at} {judgement.by}: {judgement.verdict.value}{note}{set_}", depth=1))
    return _part(f"Reviews (now {one.review.state})", lines)
