"""What is owed by when: the deadlines of clauses and of promises, and what was said to be done, by whom.

`overdue` says that a deadline has passed and that nobody who was read says it was kept. It does not say that it was
not.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pactwatch.model import Act, Amount, Answer, Checked, Claim, Clause, Kind, Modality
from pactwatch.views.findings import Finding, findings, is_rejected
from pactwatch.views.lookup import Lookup, of_checked
from pactwatch.views.sides import Sides, sides_of
from pactwatch.views.summary import CAUTION, Line
from pactwatch.views.wording import agreement_name, counted, day_text, joined, quoted

NOT_YET_DUE, OVERDUE, SAID_DONE = "not_yet_due", "overdue", "said_done"
SAID_LATE, SAID_IN_PART, DISPUTED, NO_DEADLINE = "said_late", "said_in_part", "disputed", "no_deadline"
UNNAMED_DOER = "said_done_by_nobody_named"

DONE, NOT_DONE, DENIED, PROMISED, ASKED = "done", "not_done", "denied", "promised", "asked"

_HARMFUL = frozenset({Act.OBSTRUCTION, Act.DETENTION, Act.ABDUCTION, Act.ARMED_ATTACK, Act.TROOP_MOVEMENT})
"""Acts that, told beside a duty, are told as what stands in its way."""

_SAID = {
    Kind.COMPLIANCE: DONE,
    Kind.ACCUSATION: NOT_DONE,
    Kind.ADMISSION: NOT_DONE,
    Kind.DENIAL: DENIED,
    Kind.COMMITMENT: PROMISED,
    Kind.DEMAND: ASKED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A claim beside a duty: `what` is done, not_done, denied, promised or asked; `late` where done after the day.

    `counts` are its numbers of what is owed ("70 of 90 released"). `by` is who is said to have acted, empty where the
    claim does not say. `dated` is False where the claim does not say when. `reaches` is False where the clause does not
    bind who acts there, or not at that place: it is shown, and changes no state; nor does one of several
    obligors' duty that names nobody who acts (`names_party` False). `same_matter_only` is True where no link ties it to
    a promise: it is of the same act by the same side, and a person has to say whether it is meant.
    """

    claim_id: str
    number: str
    what: str
    says: str
    speaker: str
    by: str
    dated: bool
    late: bool
    counts: tuple[str, ...] = ()
    falls_short: bool = False
    reaches: bool = True
    names_party: bool = True
    same_matter_only: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One deadline of one obligor under one clause. `amounts` are what is owed by then, as `90 released`."""

    agreement: str
    clause: str
    versioned: str
    title: str
    paraphrase: str
    owed_by: str
    party: str
    deadline: str
    note: str
    passed: bool
    state: str
    amounts: tuple[str, ...]
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """What a speaker said would be done, by whom, and by when if it says so; `said` is what was said of it later."""

    claim_id: str
    number: str
    says: str
    owed_by: tuple[str, ...]
    said_on: str
    deadline: str
    condition: str
    passed: bool
    state: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """Everything with a deadline as of a day; `left_out` are the claims that were said after it."""

    as_of: dt.date
    duties: tuple[Duty, ...]
    promises: tuple[Promise, ...]
    left_out: int


def due(checked: Checked, as_of: dt.date) -> Due:
    """Return what is owed by when, as of the end of that day; what was said later is not known then."""
    desk = _Desk.of(checked, as_of)
    duties = [
        duty
        for agreement in checked.agreements
        for clause in agreement.clauses_at(as_of)
        if clause.modality in (Modality.MUST, Modality.SHOULD)
        for duty in desk.duties(clause, agreement_name(agreement))
    ]
    promises = [desk.promise(one) for one in desk.found if one.kind == Kind.COMMITMENT.value]
    return Due(
        as_of=as_of,
        duties=tuple(sorted(duties, key=lambda one: one.deadline)),
        promises=tuple(sorted(promises, key=lambda one: (not one.deadline, one.deadline))),
        left_out=desk.left_out,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """What a day's answer is made from: the findings that were said by then and are not rejected."""

    as_of: dt.date
    found: tuple[Finding, ...]
    lookup: Lookup
    sides: Sides
    left_out: int

    @classmethod
    def of(cls, checked: Checked, as_of: dt.date) -> "_Desk":
        every = [one for one in findings(checked) if not is_rejected(one)]
        known = tuple(one for one in every if (_said_on(one) or dt.date.min) <= as_of)
        return cls(
            as_of=as_of,
            found=known,
            lookup=of_checked(checked),
            sides=sides_of(checked),
            left_out=len(every) - len(known),
        )

    def duties(self, clause: Clause, agreement: str) -> Iterable[Duty]:
        """Yield a duty for each deadline and obligor."""
        deadlines = sorted({*clause.deadlines, *(one for part in clause.parts for one in part.deadlines)})
        beside = [one for one in self.found if clause.id in {line.clause for line in one.clauses}]
        for deadline in deadlines:
            part = next((one.title for one in clause.parts if deadline in one.deadlines), "")
            for party in clause.obligor:
                owed = [one for one in clause.amounts if one.party in ("", party)]
                amounts = [one for one in owed if one.due in (None, deadline.date())]
                said = [
                    replace(
                        self._said(one, deadline, amounts),
                        reaches=self._reaches(one, clause),
                        names_party=party in self._doers(one) or len(clause.obligor) == 1,
                    )
                    for one in beside
                    if self._by(one, party) and deadline in _deadlines_of(one, deadlines)
                ]
                yield Duty(
                    agreement=agreement,
                    clause=clause.id,
                    versioned=clause.versioned_id,
                    title=f"{clause.title}: {part}" if part else clause.title,
                    paraphrase=clause.paraphrase,
                    owed_by=self.sides.label(party),
                    party=party,
                    deadline=f"{deadline:%Y-%m-%d %H:%M}",
                    note=clause.deadline_note,
                    passed=self.as_of > deadline.date(),
                    state=_state(said, self.as_of > deadline.date()),
                    amounts=tuple(f"{one.value} {one.of}" for one in amounts),
                    said=tuple(said),
                )

    def _reaches(self, finding: Finding, clause: Clause) -> bool:
        links = [one for one in self.lookup.clauses.get(finding.claim_id, ()) if one.clause_id == clause.id]
        tests = [test for one in links for test in (one.applicability.in_area, one.applicability.bound)]
        return all(test.answer is not Answer.NOT_MET for test in tests)

    def _by(self, finding: Finding, party: str) -> bool:
        """Whether a claim is about what that party does: it or one of its own acts, or nobody is named."""
        sides = self._doers(finding)
        return party in sides or not sides

    def _doers(self, finding: Finding) -> frozenset[str]:
        """The parties that a claim says act, with the sides that they act for; the speaker of its own compliance."""
        day = finding.happened.when.first or finding.happened.when.last or _said_on(finding)
        parties = [one.party for one in finding.agent if one.party]
        if not parties and finding.kind in (Kind.COMPLIANCE, Kind.ADMISSION, Kind.COMMITMENT):
            parties = [finding.speaker.party] if finding.speaker.party else []
        return frozenset(parties) | {self.sides.side(one, day).id for one in parties}

    def _said(self, finding: Finding, deadline: dt.datetime | None, amounts: Sequence[Amount]) -> Said:
        claim = self.lookup.claims[finding.claim_id]
        counts = [(a, c.value) for a in amounts for c in claim.counts if c.of == a.of and isinstance(c.value, int)]
        first = finding.happened.when.first
        return Said(
            claim_id=finding.claim_id,
            number=finding.number,
            what=_what(claim),
            says=finding.says,
            speaker=finding.speaker.label,
            by="; ".join(one.note or one.label for one in finding.agent),
            dated=finding.happened.when.edtf is not None,
            late=bool(deadline and first and first > deadline.date()),
            counts=tuple(f"{value} of {amount.value} {amount.of}" for amount, value in counts),
            falls_short=bool(counts) and all(value < amount.value for amount, value in counts),
        )

    def promise(self, finding: Finding) -> Promise:
        """Return a promise with what was said of it afterwards."""
        claim = self.lookup.claims[finding.claim_id]
        last = finding.happened.when.last
        deadline = dt.datetime.combine(last, dt.time(23, 59, 59)) if last else None
        said = self._later(finding, claim, deadline)
        return Promise(
            claim_id=finding.claim_id,
            number=finding.number,
            says=finding.says,
            owed_by=tuple(dict.fromkeys(one.note or one.label for one in finding.agent)) or (finding.speaker.label,),
            said_on=finding.times[1].text,
            deadline=last.isoformat() if last else "",
            condition=claim.condition.text if claim.condition else "",
            passed=bool(last and self.as_of > last),
            state=_state(said, self.as_of > last) if last else NO_DEADLINE,
            said=tuple(said),
        )

    def _later(self, promise: Finding, claim: Claim, deadline: dt.datetime | None) -> list[Said]:
        """Claims that answer the promise by a link, and later ones of the same act by the same side."""
        linked = {one.claim_id for one in self.lookup.links_to.get(promise.claim_id, ())}
        doers, said_on = self._doers(promise), _said_on(promise)
        out = []
        for one in self.found:
            other, day = self.lookup.claims[one.claim_id], _said_on(one)
            same = other.act is claim.act and claim.act is not Act.OTHER and bool(doers & self._doers(one))
            later = said_on is not None and day is not None and day > said_on
            if one.claim_id in linked or (same and later and _what(other) in (DONE, NOT_DONE, DENIED)):
                said = self._said(one, deadline, ())
                out.append(replace(said, same_matter_only=one.claim_id not in linked))
        return out


def _said_on(finding: Finding) -> dt.date | None:
    """The day by which it was said; that of its publication where the text does not tell."""
    said, published = finding.times[1].when, finding.times[2].when
    return said.last or said.first or published.last or published.first


def _what(claim: Claim) -> str:
    """What a claim says of a duty, by its kind; a report by what it reports."""
    if claim.kind is Kind.REPORT:
        return NOT_DONE if claim.negated or claim.act in _HARMFUL else DONE
    return _SAID.get(claim.kind, ASKED)


def _deadlines_of(finding: Finding, deadlines: Sequence[dt.datetime]) -> tuple[dt.datetime, ...]:
    """The deadline that a claim is about: the first at or after its day, else the last.

    One that does not say when may be about any deadline up to that one, counted from the day on which it was said.
    """
    when = finding.happened.when
    day = when.first or when.last or _said_on(finding)
    later = [one for one in deadlines if day is not None and one.date() >= day]
    chosen = later[0] if later else deadlines[-1]
    if when.edtf is not None:
        return (chosen,)
    return tuple(one for one in deadlines if one <= chosen)


def _state(said: Sequence[Said], passed: bool) -> str:
    """Return what a duty's deadline and what is said of it come to; nothing here says that anything was done."""
    unnamed = any(one.what == DONE and one.reaches and not one.names_party for one in said)
    said = [one for one in said if one.reaches and one.names_party]
    done = [one for one in said if one.what == DONE]
    if any(one.what == NOT_DONE for one in said) and any(one.what in (DONE, DENIED) for one in said):
        return DISPUTED
    whole = [one for one in done if not one.falls_short]
    if whole:
        return SAID_DONE if any(not one.late for one in whole) else SAID_LATE
    if done:
        return SAID_IN_PART
    if unnamed:
        return UNNAMED_DOER
    return OVERDUE if passed else NOT_YET_DUE


STATES = {
    OVERDUE: "overdue: the day has passed, and nobody read here says that it was done",
    SAID_IN_PART: "said to be done in part",
    UNNAMED_DOER: "said to be done, and nobody says by whom",
    DISPUTED: "disputed: said to be done, and said not to be done",
    SAID_LATE: "said to be done after the day",
    SAID_DONE: "said to be done",
    NOT_YET_DUE: "not yet due",
    NO_DEADLINE: "no day is named",
}
"""States in words, in the order in which a reader wants them counted."""

_WHAT = {
    DONE: "says it was done",
    NOT_DONE: "says it was not done, or not as owed",
    DENIED: "denies",
    PROMISED: "promises",
    ASKED: "asks or holds",
}


def state_text(state: str, passed: bool) -> str:
    """Return a state in words; what is done in part when its day has passed is overdue for the rest."""
    return STATES[state] + ("; the rest is overdue" if state == SAID_IN_PART and passed else "")


def due_lines(found: Due) -> tuple[Line, ...]:
    """Return what is owed by when for the terminal, in the order of the deadlines."""
    lines = [Line(text=f"As of {day_text(found.as_of)}", strong=True), Line(text=CAUTION, quiet=True)]
    counts = Counter([one.state for one in found.duties] + [one.state for one in found.promises])
    lines += [Line(text=f"{counts[state]:4}  {words}", depth=1) for state, words in STATES.items() if counts[state]]
    if found.duties:
        lines.append(Line(text="What clauses require by a day", strong=True))
    for duty in found.duties:
        owed = f": {joined(list(duty.amounts))}" if duty.amounts else ""
        lines.append(Line(text=f"{duty.deadline}  {duty.owed_by} – {duty.versioned} {duty.title}{owed}", depth=1))
        lines.append(Line(text=state_text(duty.state, duty.passed), depth=2, strong=True))
        lines += [Line(text=f"the day: {duty.note}", depth=2, quiet=True)] if duty.note else []
        lines += _said_lines(duty.said)
    if found.promises:
        lines.append(Line(text="What was promised", strong=True))
    for promise in found.promises:
        day = promise.deadline or "no day"
        lines.append(Line(text=f"{day}  {joined(list(promise.owed_by))} – {promise.number}  {promise.says}", depth=1))
        lines.append(Line(text=state_text(promise.state, promise.passed), depth=2, strong=True))
        lines += [Line(text=f"on condition: {quoted(promise.condition)}", depth=2)] if promise.condition else []
        lines += _said_lines(promise.said)
    if found.left_out:
        lines.append(Line(text=f"{counted(found.left_out, 'claim')} said after that day left out.", quiet=True))
    return tuple(lines)


def _said_lines(said: Sequence[Said]) -> list[Line]:
    lines = []
    for one in said:
        notes = [_WHAT[one.what], *one.counts]
        notes += [] if one.reaches else ["the clause does not reach it"]
        notes += ["after the day"] if one.late else []
        notes += [] if one.dated else ["does not say when"]
        notes += [] if one.by else ["names nobody who acts"]
        notes += ["same act and side; whether it is meant is for a person to say"] if one.same_matter_only else []
        lines.append(Line(text=f"{one.number}  {one.speaker} {'; '.join(notes)}", depth=2))
        lines.append(Line(text=one.says, depth=3, quiet=True))
    return lines
