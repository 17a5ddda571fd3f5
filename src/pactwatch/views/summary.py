"""A check in a screenful: what was read, where header and text disagree, what to read first, where nobody looked."""

from collections import Counter
from dataclasses import dataclass

from pactwatch.model import Checked, Severity
from pactwatch.views.findings import Finding, beside_text, findings
from pactwatch.views.rows import dating_lines
from pactwatch.views.told import document_name
from pactwatch.views.wording import STATES, counted, joined

CAUTION = "Nothing here says what happened. It says who claims what, in which words, and what lies beside it."

FIRST_FINDINGS = 6
"""How many findings a terminal shows in full; the report and `--json` hold all."""

FIRST_INCIDENTS = 5
"""How many incidents a terminal lists; the report holds all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of the summary: `depth` indents it, `strong` and `quiet` set its weight."""

    text: str
    depth: int = 0
    strong: bool = False
    quiet: bool = False


def check_lines(checked: Checked) -> tuple[Line, ...]:
    """Return a check as a summary for the terminal. What does not fit is counted, so that nothing vanishes."""
    found = findings(checked)
    return (
        Line(text=checked.title or "Check", strong=True),
        Line(text=read_text(checked, found)),
        Line(text=CAUTION, quiet=True),
        *_datings(checked),
        *_incidents(checked, found),
        *_telling(found),
        *_unobserved(checked, found),
        *_problems(checked),
    )


def read_text(checked: Checked, found: tuple[Finding, ...]) -> str:
    """Return what was read, in one sentence with counts."""
    speakers = {one.speaker.label for one in found}
    kinds = Counter(one.kind for one in found)
    said = joined([counted(n, kind) for kind, n in kinds.most_common()])
    records = sum(one.rows for one in checked.event_sets)
    return (
        f"{counted(len(checked.readings), 'document')}, {counted(len(found), 'claim')} by "
        f"{counted(len(speakers), 'speaker')}" + (f" ({said})" if said else "") + ", held against "
        f"{joined([one.title for one in checked.agreements]) or 'no agreement'} and "
        + (
            f"{counted(records, 'record')} of {counted(len(checked.event_sets), 'data set')}"
            if records
            else "no records"
        )
        + "."
    )


def _datings(checked: Checked) -> list[Line]:
    lines: list[Line] = []
    for reading in checked.readings:
        if reading.dating.agrees is False:
            lines.append(Line(text=document_name(reading.document), depth=1))
            lines += [Line(text=text, depth=2) for text in dating_lines(reading)[1:]]
    return [Line(text="Header and text disagree on the date", strong=True), *lines] if lines else []


def _incidents(checked: Checked, found: tuple[Finding, ...]) -> list[Line]:
    if not checked.incidents:
        return []
    order = sorted(checked.incidents, key=lambda one: (one.state.value != "contested", -len(one.claim_ids), one.id))
    numbers = {one.claim_id: one.number for one in found}
    lines = [Line(text=f"Incidents: {_by_state(checked)}", strong=True)]
    for one in order[:FIRST_INCIDENTS]:
        said = ", ".join(numbers[claim] for claim in one.claim_ids if claim in numbers)
        lines.append(Line(text=f"{one.title} – {STATES[one.state]} (claims {said})", depth=1))
    more = len(order) - FIRST_INCIDENTS
    return [*lines, Line(text=f"and {counted(more, 'more incident')}", depth=1, quiet=True)] if more > 0 else lines


def _by_state(checked: Checked) -> str:
    states = Counter(one.state for one in checked.incidents)
    return joined([f"{n} {state.value}" for state, n in states.most_common()])


def telling(found: tuple[Finding, ...]) -> list[Finding]:
    """Return findings with most beside them first. The rule counts what is there and knows no party's name.

    A denial, a clause and a record each count once, so that an accused side's answer raises a finding as much as a
    record does.
    """

    def weight(finding: Finding) -> int:
        return bool(finding.denials) + bool(finding.clauses) + bool(finding.records)

    asserted = [one for one in found if one.kind in ("accusation", "report", "denial", "admission") and weight(one)]
    return sorted(asserted, key=lambda one: (-weight(one), -len(one.relations), one.number.split(".")[0]))


def _telling(found: tuple[Finding, ...]) -> list[Line]:
    chosen = telling(found)[:FIRST_FINDINGS]
    if not chosen:
        return []
    lines = [Line(text=f"Findings with most beside them ({len(chosen)} of {len(found)})", strong=True)]
    for one in chosen:
        lines.append(Line(text=f"{one.number}  {one.says}", depth=1))
        for clause in one.clauses[:2]:
            answers = ", ".join(f"{a.question.lower()} {a.word}" for a in clause.answers)
            lines.append(
                Line(text=f"{clause.versioned} {clause.summary} if that is so ({answers})", depth=2, quiet=True)
            )
        lines += [Line(text=f"{rel.relation} {rel.number}: {rel.says}", depth=2) for rel in one.denials[:2]]
        for record in one.records[:1]:
            lines.append(Line(text=f"record {record.dataset} {record.event_id}: {record.what}", depth=2, quiet=True))
            lines.append(Line(text=f"{record.support}; {record.worth}", depth=3, quiet=True))
        lines.append(Line(text=f"{beside_text(one)}; {one.seen.text}", depth=2, quiet=True))
    return lines


def _unobserved(checked: Checked, found: tuple[Finding, ...]) -> list[Line]:
    nowhere = sum(one.seen.observed is None for one in found)
    unseen = sum(one.seen.observed is False for one in found)
    if not checked.exposures:
        return [Line(text="Nobody's observation log was given: every place and day is not observed.", strong=True)]
    text = f"Not observed: {counted(nowhere, 'claim')} lie outside every log, {unseen} inside one without hours there."
    return [Line(text=text, strong=True)]


def _problems(checked: Checked) -> list[Line]:
    problems = [*checked.problems, *(one for reading in checked.readings for one in reading.problems)]
    if not problems:
        return []
    counts = Counter(one.severity for one in problems)
    said = joined([counted(counts[level], level.value) for level in reversed(Severity) if counts[level]])
    return [Line(text=f"Odd material: {said}; each is listed in the report.", quiet=True)]
