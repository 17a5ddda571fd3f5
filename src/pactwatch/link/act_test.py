"""Is that act what the clause forbids, or for a duty what it requires? As if the claim were true."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.link import amounts, terms
from pactwatch.link.answers import met, not_met, unknown
from pactwatch.link.candidates import Candidate
from pactwatch.link.exceptions import exception_test
from pactwatch.link.parts import all_targets, modality
from pactwatch.link.targets import Fit
from pactwatch.link.view import Register, View
from pactwatch.model import Act, Answer, AnsweredTest, Clause, ClauseRole, Kind, Modality, Quote

_KEPT = frozenset({Kind.DENIAL, Kind.COMPLIANCE})

_IN_THE_AIR = ("in the air", "into the air", "training", "live-fire", "celebratory", "warning shots")
"""Fire that is told as aimed at nobody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What else bears on the act: does the claim raise an exception, is its author bound, where must the act lie."""

    raised: bool
    bound: Answer
    required_area: tuple[Answer, str]
    unpublished: tuple[str, ...] = ()
    wordings: tuple[Clause, ...] = ()


def act_test(view: View, candidate: Candidate, register: Register, setting: Setting) -> AnsweredTest:
    """Return whether that act is what the clause forbids, or for a duty what it requires, exceptions counted."""
    clause = candidate.clause
    quote = view.claim.trigger
    words = clause.text or clause.paraphrase
    if view.claim.act in clause.open_acts:
        reading = clause.reading or "whether the clause reaches this act is a question of reading"
        return unknown(reading + _not_published(setting.unpublished), quote, words)
    if clause.role is ClauseRole.EXCEPTION:
        return exception_test(view, clause, setting.required_area)
    if clause.role in (ClauseRole.DEFINITION, ClauseRole.SCOPE):
        return _statement_of_scope(view, quote, words)
    if view.claim.kind is Kind.DENIAL:
        return not_met("the claim says that the act did not happen, or was not its side's", quote, words)
    if view.claim.kind is Kind.THREAT:
        return unknown("what is threatened is not said to have been done, nor exactly what it would be", quote, words)
    if modality(view, clause) in (Modality.MUST, Modality.SHOULD):
        return _duty(view, candidate, register, quote, words, setting)
    return _prohibition(view, candidate, quote, words, setting)


def _not_published(parts: Sequence[str]) -> str:
    return f"; not published, and so unknown: {'; '.join(parts)}" if parts else ""


def _statement_of_scope(view: View, quote: Quote, words: str) -> AnsweredTest:
    if view.claim.act is Act.AGREEMENT:
        return met("the claim says of the agreement's reach what the clause says", quote, words)
    return unknown("the clause defines and neither forbids nor requires the act", quote, words)


def _prohibition(view: View, candidate: Candidate, quote: Quote, words: str, setting: Setting) -> AnsweredTest:
    claim, clause = view.claim, candidate.clause
    if claim.kind in _KEPT or (claim.negated and claim.kind is Kind.REPORT):
        return not_met("the prohibition is said to have been kept", quote, words)
    if setting.raised:
        return unknown("the claim raises an exception to the clause", quote, words)
    limited = _limit(view, clause)
    if limited is not None:
        return limited
    doubt = _doubt(view, candidate, setting)
    return unknown(doubt, quote, words) if doubt else met("the clause forbids that act", quote, words)


def _doubt(view: View, candidate: Candidate, setting: Setting) -> str:
    """Return what the words leave open before the act can be said to be the forbidden one; empty where nothing."""
    claim, clause = view.claim, candidate.clause
    refrains = view.forward and claim.negated
    if all_targets(clause) and candidate.target is not Fit.NAMED and not (refrains and candidate.direct):
        return "the claim does not say that the act struck what the clause protects"
    if not candidate.direct:
        return "the claim's act is only near to what the clause forbids"
    if candidate.by_means and claim.act is Act.PRISONER_RELEASE:
        return "the claim asks for or tells the release, not the taking"
    if _undirected(view, clause):
        return "the claim does not say by whom, or at whom, fire was aimed"
    if not claim.agent and claim.act in _BY_SOMEBODY and not claim.negated:
        return "the claim names no author, and without one it does not tell whether the act is of the forbidden kind"
    if "forces" in all_targets(clause) and claim.agent and setting.bound is not Answer.MET:
        return "whether it came from the other party is open"
    return ""


_BY_SOMEBODY = frozenset({Act.KILLING, Act.ABDUCTION, Act.DISPLACEMENT, Act.DESTRUCTION})
"""Death, disappearance, flight and fire have causes that no clause forbids; a shell or a mine is what it is."""


def _undirected(view: View, clause: Clause) -> bool:
    """Shots of an unknown hand at an unknown mark are no hostilities yet; a shell or a mine is what it is."""
    if view.claim.act is not Act.ARMED_ATTACK or all_targets(clause):
        return False
    aimless = bool(terms.find_exact(_IN_THE_AIR, view.claim.quote.text))
    return aimless or (not view.claim.agent and not view.claim.target)


_DURATIONS = frozenset({"inspection_hours", "restriction_hours", "delay_hours"})
"""Limits that a duration told in the claim can be held against."""


def _limit(view: View, clause: Clause) -> AnsweredTest | None:
    """A clause that only forbids more (or less) than a number: the claim's own number decides, if it gives one."""
    for limit in clause.limits:
        if limit.of not in _DURATIONS:
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


def _harmful(view: View) -> bool:
    return view.claim.act in (Act.OBSTRUCTION, Act.DETENTION, Act.ABDUCTION, Act.ARMED_ATTACK, Act.TROOP_MOVEMENT)


def _enough(view: View, clause: Clause, register: Register, setting: Setting) -> bool | None:
    """Whether the number told is what this wording asks for, or in sum what an earlier one did."""
    enough = amounts.compare(view, amounts.owed(view, clause, register))
    before = [one for one in setting.wordings if one.version < clause.version]
    if enough is False and any(amounts.compare(view, amounts.owed(view, one, register)) for one in before):
        return True
    return enough


def _duty(
    view: View, candidate: Candidate, register: Register, quote: Quote, words: str, setting: Setting
) -> AnsweredTest:
    claim, clause = view.claim, candidate.clause
    enough = _enough(view, clause, register, setting)
    if enough is False:
        return not_met("the number falls short of, or differs from, what is owed", quote, words)
    if enough is True:
        return met("the number is what is owed", quote, words)
    limited = _limit(view, clause) if _harmful(view) else None
    if limited is not None:
        return limited
    if not candidate.direct and not dict(candidate.features)["trigger"]:
        return unknown("the claim's act is only near to what the clause requires", quote, words)
    if claim.negated and claim.kind is Kind.REPORT and not _harmful(view):
        return unknown("the claim says that it was not done, not whether it was due", quote, words)
    if setting.raised and claim.kind not in (Kind.ACCUSATION, Kind.ADMISSION):
        return unknown("the claim raises an exception to the duty", quote, words)
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
