"""Is the one who is said to have acted bound by the clause then? By signature, dated membership and bindings."""

import datetime as dt
from collections.abc import Sequence

from pactwatch.link.answers import met, not_met, unknown
from pactwatch.link.spans import span_of
from pactwatch.link.view import ACTOR_KINDS, Register, View
from pactwatch.model import ISSUER, Agreement, Answer, AnsweredTest, Clause, PartyKind, Quote


def bound(view: View, clause: Clause, agreement: Agreement, register: Register) -> AnsweredTest:
    """Return whether everyone who is said to have acted was bound then; unknown where they differ or are not named."""
    words = "obligor: " + (", ".join(register.label(one) for one in clause.obligor) or "the parties")
    if not view.claim.agent:
        return unknown("the claim names no author of the act", None, words)
    results = []
    for mention, party in zip(view.claim.agent, view.agents, strict=True):
        named = view.claim.speaker.text if mention.text == ISSUER else mention.text
        answer, reason = _of_party(view, party, clause, agreement, register)
        # A party's words for another stand in quotation marks, whatever they are.
        results.append((answer, f"{f'“{named}”' if named != ISSUER else 'the issuer'}: {reason}"))
    known = [(answer, reason) for answer, reason in results if answer is not Answer.UNKNOWN]
    quote = next((m.quote for m in view.claim.agent if m.quote), None)
    return _joined(results, known, quote, words)


def _joined(
    results: Sequence[tuple[Answer, str]],
    known: Sequence[tuple[Answer, str]],
    quote: Quote | None,
    words: str,
) -> AnsweredTest:
    """Names beside one that is known are mostly other words for it ("the attackers"); two known ones may differ."""
    reason = "; ".join(text for _, text in results)
    if not known:
        return unknown(reason, quote, words)
    if {answer for answer, _ in known} == {Answer.MET}:
        return met(reason, quote, words)
    if {answer for answer, _ in known} == {Answer.NOT_MET} and len(known) == len(results):
        return not_met(reason, quote, words)
    return unknown("those named differ: " + reason, quote, words)


def _of_party(
    view: View, party: str | None, clause: Clause, agreement: Agreement, register: Register
) -> tuple[Answer, str]:
    if party is None:
        return Answer.UNKNOWN, "not known to the register"
    kind = register.kind(party)
    if kind is PartyKind.POPULATION:
        return Answer.NOT_MET, "the population is no party to the agreement"
    days = _days(view)
    answers = {_on(party, day, clause, agreement, register) for day in days}
    if len(answers) == 1:
        return answers.pop()
    if len({answer for answer, _ in answers}) == 1:
        return sorted(answers, key=lambda one: one[1])[0]
    return Answer.UNKNOWN, "bound on a part of the days on which it may have happened"


def _days(view: View) -> tuple[dt.date | None, ...]:
    span = span_of(view)
    days = [day for day in (span.first, span.last) if day]
    return tuple(days) or (view.said_day,)


def _on(
    party: str, day: dt.date | None, clause: Clause, agreement: Agreement, register: Register
) -> tuple[Answer, str]:
    """Nearest first: what the file says of the party itself, then of those it belonged to on that day."""
    for one in register.above(party, day):
        through = "" if one == party else f"as part of {register.label(one)}, "
        stated = agreement.binding_of(one, day or agreement.signed)
        if stated is not None:
            answer = {"bound": Answer.MET, "not_bound": Answer.NOT_MET}.get(stated.status, Answer.UNKNOWN)
            if answer is Answer.MET and not _obliged(one, clause, register, day):
                return Answer.NOT_MET, f"{through}bound by the agreement, but this clause obliges others"
            note = stated.note or stated.basis or stated.status
            return answer, f"{through}{_status(answer)} ({note})"
        if one in agreement.parties:
            if _obliged(one, clause, register, day):
                return Answer.MET, f"{through}a party to the agreement"
            return Answer.NOT_MET, f"{through}a party to the agreement, but this clause obliges others"
    if register.kind(party) in ACTOR_KINDS:
        return Answer.UNKNOWN, f"{register.label(party)} neither signed nor is known to belong to one who did"
    return Answer.NOT_MET, f"{register.label(party)} is no party to the agreement"


def _obliged(party: str, clause: Clause, register: Register, day: dt.date | None) -> bool:
    if not clause.obligor:
        return True
    return any(one in clause.obligor for one in register.above(party, day))


def _status(answer: Answer) -> str:
    return {Answer.MET: "bound", Answer.NOT_MET: "not bound", Answer.UNKNOWN: "open whether bound"}[answer]
