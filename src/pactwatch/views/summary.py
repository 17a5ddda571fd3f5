"""A check in a screenful: what was read, where header and text disagree, what to read first, where nobody looked."""

from collections import Counter
from dataclasses import dataclass

from pactwatch.model import Checked, Severity
from pactwatch.views.beside import ClauseLine
from pactwatch.views.findings import Finding, beside_text, findings
from pactwatch.views.opening import pairs
from pactwatch.views.rows import dating_lines
from pactwatch.views.sides import balanced
from pactwatch.views.told import document_name
from pactwatch.views.wording import agreement_name, counted, joined

CAUTION = "Nothing here says what happened. It says who claims what, in which words, and what lies beside it."

FIRST_FINDINGS = 4
"""How many findings a terminal shows in full; the report and `--json` hold all."""


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
        *_contested(checked, found),
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
        f"{joined([agreement_name(one) for one in checked.agreements]) or 'no agreement'} and "
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


def _contested(checked: Checked, found: tuple[Finding, ...]) -> list[Line]:
    """Both accounts of the incidents most spoken of, at one depth and weight (law 5)."""
    if not checked.incidents:
        return []
    states = Counter(one.state for one in checked.incidents)
    said = joined([f"{n} {state.value}" for state, n in states.most_common()])
    lines = [Line(text=f"{counted(len(checked.incidents), 'incident')}: {said}", strong=True)]
    for pair in pairs(checked, found):
        lines.append(Line(text=f"{pair.title} – {pair.state}", depth=1, quiet=True))
        lines += [Line(text=f"{one.number}  {one.says}", depth=2) for one in (*pair.said, *pair.denied)]
    return lines


def telling(found: tuple[Finding, ...]) -> list[Finding]:
    """Return findings with most beside them first, one for each incident. The rule knows no party's name.

    A denial, a clause and a record each count once, so that an accused side's answer raises a finding as much as a
    record does; so does each of actor, place and time that is pinned down, since the rest can be held against little.
    """

    def beside(finding: Finding) -> int:
        return bool(finding.denials) + bool(finding.clauses) + bool(finding.records)

    def pinned(finding: Finding) -> int:
        actor = any(one.party for one in finding.agent)
        return actor + any(one.resolved for one in finding.places) + (finding.happened.when.edtf is not None)

    asserted = [one for one in found if one.kind in ("accusation", "report", "admission") and beside(one)]
    ranked = sorted(asserted, key=lambda one: (-beside(one) - pinned(one), -one.certainty, -len(one.relations)))
    first = {one.incident or one.claim_id: one for one in reversed(ranked)}
    return [one for one in ranked if first[one.incident or one.claim_id] is one]


def _telling(found: tuple[Finding, ...]) -> list[Line]:
    chosen = balanced(telling(found), lambda one: one.side, FIRST_FINDINGS)
    if not chosen:
        return []
    lines = [Line(text=f"Findings with most beside them ({len(chosen)} of {len(found)})", strong=True)]
    for one in chosen:
        lines.append(Line(text=f"{one.number}  {one.says}", depth=1))
        lines += [Line(text=clause_text(clause), depth=2) for clause in one.clauses[:2]]
        lines += [Line(text=f"{rel.relation} {rel.number}: {rel.says}", depth=2) for rel in one.denials[:1]]
        for record in one.records[:1]:
            lines.append(Line(text=f"record {record.dataset} {record.event_id}: {record.what}", depth=2))
            lines.append(Line(text="; ".join((record.support, record.worth, *record.otherwise)), depth=3, quiet=True))
        lines.append(Line(text=f"in all {beside_text(one)}; {one.seen.text}", depth=2, quiet=True))
    return lines


def clause_text(clause: ClauseLine) -> str:
    """Return a clause and its answers in one line; where all four agree, in one word."""
    words = {one.word for one in clause.answers}
    if len(words) == 1:
        answers = f"all four questions: {words.pop()}"
    else:
        answers = ", ".join(f"{one.question.lower()} {one.word}" for one in clause.answers)
    return f"{clause.clause} {clause.summary}, if that is so ({answers})"


def _unobserved(checked: Checked, found: tuple[Finding, ...]) -> list[Line]:
    acts = [one for one in found if one.kind in ("accusation", "report")]
    if not checked.exposures:
        return [Line(text="No observation log was given: every place and day is not observed.", strong=True)]
    unseen = sum(not one.seen.observed for one in acts)
    text = f"Not observed: for {unseen} of {counted(len(acts), 'alleged act')} no log shows that anybody looked."
    return [Line(text=text, strong=True)] if acts else []


def _problems(checked: Checked) -> list[Line]:
    problems = [*checked.problems, *(one for reading in checked.readings for one in reading.problems)]
    if not problems:
        return []
    counts = Counter(one.severity for one in problems)
    said = joined([counted(counts[level], level.value) for level in reversed(Severity) if counts[level]])
    return [Line(text=f"Odd material: {said}; each is listed in the report.", quiet=True)]
