"""Is that act what the clause forbids, or for a duty what it requires? As if the claim were true."""

import datetime as dt

from pactwatch.link import amounts, terms
from pactwatch.link.answers import met, not_met, unknown
from pactwatch.link.candidates import Candidate
from pactwatch.link.exceptions import exception_test
from pactwatch.link.parts import all_targets, modality
from pactwatch.link.targets import Fit
from pactwatch.link.view import Register, View
from pactwatch.model import Act, AnsweredTest, Clause, ClauseRole, Kind, Modality, Quote

_KEPT = frozenset({Kind.DENIAL, Kind.COMPLIANCE})

_IN_THE_AIR = ("in the air", "into the air", "training", "live-fire", "celebratory", "warning shots")
"""Fire that is told as aimed at nobody."""


def act_test(view: View, candidate: Candidate, register: Register, *, raised: bool) -> AnsweredTest:
    """Return the answer; `raised` is True where the claim itself raises an exception to this clause."""
    clause = candidate.clause
    quote = view.claim.trigger
    words = clause.text or clause.paraphrase
    if view.claim.act in clause.open_acts:
        return unknown(clause.reading or "whether the clause reaches this act is a question of reading", quote, words)
    if clause.role is ClauseRole.EXCEPTION:
        return exception_test(view, clause)
    if clause.role in (ClauseRole.DEFINITION, ClauseRole.SCOPE):
        return _statement_of_scope(view, quote, words)
    if view.claim.kind is Kind.DENIAL:
        return not_met("the claim says that the act did not happen, or was not its side's", quote, words)
    if view.claim.kind is Kind.THREAT:
        return unknown("what is threatened is not said to have been done, nor exactly what it would be", quote, words)
    if modality(view, clause) in (Modality.MUST, Modality.SHOULD):
        return _duty(view, candidate, register, quote, words)
    return _prohibition(view, candidate, quote, words, raised=raised)


def _statement_of_scope(view: View, quote: Quote, words: str) -> AnsweredTest:
    if view.claim.act is Act.AGREEMENT:
        return met("the claim says of the agreement's reach what the clause says", quote, words)
    return unknown("the clause defines and neither forbids nor requires the act", quote, words)


def _prohibition(view: View, candidate: Candidate, quote: Quote, words: str, *, raised: bool) -> AnsweredTest:
    claim, clause = view.claim, candidate.clause
    if claim.kind in _KEPT or (claim.negated and claim.kind is Kind.REPORT):
        return not_met("the prohibition is said to have been kept", quote, words)
    if raised:
        return unknown("the claim raises an exception to the clause", quote, words)
    limited = _limit(view, clause)
    if limited is not None:
        return limited
    if all_targets(clause) and candidate.target is not Fit.NAMED:
        return unknown("the claim does not say that the act struck what the clause protects", quote, words)
    if not candidate.direct:
        return unknown("the claim's act is only near to what the clause forbids", quote, words)
    if _undirected(view, clause):
        return unknown("the claim does not say by whom, or at whom, fire was aimed", quote, words)
    return met("the clause forbids that act", quote, words)


def _undirected(view: View, clause: Clause) -> bool:
    """Shots of an unknown hand at an unknown mark are no hostilities yet; a shell or a mine is what it is."""
    if view.claim.act is not Act.ARMED_ATTACK or all_targets(clause):
        return False
    aimless = bool(terms.find_exact(_IN_THE_AIR, view.claim.quote.text))
    return aimless or (not view.claim.agent and not view.claim.target)


def _limit(view: View, clause: Clause) -> AnsweredTest | None:
    """A clause that only forbids more (or less) than a number: the claim's own number decides, if it gives one."""
    for limit in clause.limits:
        if limit.of not in ("inspection_hours", "restriction_hours"):
            continue
        hours = amounts.hours_said(view.claim.quote.text)
        if hours is None:
            return unknown(
                "the claim gives no duration", view.claim.trigger, f"{limit.of} {limit.bound} {limit.value:g}"
            )
        said = f"{hours:.1f} hours, and the clause allows {limit.value:g}"
        exceeded = hours > limit.value if limit.bound == "at_most" else hours < limit.value
        answer = met if exceeded else not_met
        return answer(said, view.claim.quote, f"{limit.of} {limit.bound} {limit.value:g}")
    return None


def _duty(view: View, candidate: Candidate, register: Register, quote: Quote, words: str) -> AnsweredTest:
    claim, clause = view.claim, candidate.clause
    enough = amounts.compare(view, amounts.owed(view, clause, register))
    if enough is False:
        return not_met("the number falls short of, or differs from, what is owed", quote, words)
    if enough is True:
        return met("the number is what is owed", quote, words)
    limited = _limit(view, clause)
    if limited is not None:
        return limited
    if not candidate.direct:
        return unknown("the claim's act is only near to what the clause requires", quote, words)
    if claim.kind in (Kind.ACCUSATION, Kind.ADMISSION):
        return met("the claim names a failure of the duty", quote, words)
    late = _late(view, clause)
    if late is not None:
        return not_met(late, quote, words)
    if clause.deadlines and claim.kind is Kind.COMPLIANCE and not view.happened.edtf:
        return unknown("the claim does not say when it was done, and the duty has a deadline", quote, words)
    return met("what is told is what the clause requires", quote, words)


def _late(view: View, clause: Clause) -> str | None:
    """Performance after the last deadline falls short of the duty's terms."""
    done: dt.date | None = view.happened.first
    if not clause.deadlines or done is None:
        return None
    last = max(clause.deadlines).date()
    return f"done on {done.isoformat()}, due by {last.isoformat()}" if done > last else None
