"""Exceptions as tests of their own: each condition told, or left open."""

from collections.abc import Sequence

from pactwatch.link import terms
from pactwatch.link.answers import met, not_met, unknown
from pactwatch.link.view import View
from pactwatch.model import Act, Answer, AnsweredTest, Clause, ClauseRole, Kind

_NOTICE_ACTS = frozenset({Act.MONITORING, Act.OTHER, Act.NEGOTIATION})
_NOTICE = ("report after fire", "advance notice")
"""Concepts whose words tell that an exception's duty to report or to give notice was kept."""


def exception_test(view: View, clause: Clause, required_area: tuple[Answer, str]) -> AnsweredTest:
    """Return whether the exception covers the act: met only where the claim tells all that it requires."""
    claim = view.claim
    words = clause.text or clause.paraphrase
    if claim.kind is Kind.DENIAL:
        return not_met("the claim says that the act did not happen", claim.trigger, words)
    if claim.kind is Kind.COMPLIANCE and claim.act in _NOTICE_ACTS and terms.find(_NOTICE, claim.quote.text):
        return met("the report or notice that the exception requires is said to have been given", claim.trigger, words)
    answer, where = required_area
    if answer is Answer.NOT_MET:
        return not_met(f"the exception covers no act there: {where}", claim.trigger, words)
    told, left = _requirements(view, clause.requires)
    if clause.requires and not left:
        return met("the claim tells all that the exception requires: " + "; ".join(told), claim.quote, words)
    open_points = "; ".join(left) or "what it requires"
    return unknown(f"the claim leaves open: {open_points}", claim.trigger, words)


def _requirements(view: View, requires: Sequence[str]) -> tuple[list[str], list[str]]:
    """Which of the requirements the claim's own words tell, and which they leave open."""
    told: list[str] = []
    left: list[str] = []
    for one in requires:
        (told if terms.find((one,), view.claim.quote.text) else left).append(one)
    return told, left


def raises_exception(clause: Clause, excepted: Clause) -> bool:
    """Return True where `excepted` is an exception to `clause`, by the file's own links in either direction."""
    if excepted.role is not ClauseRole.EXCEPTION:
        return False
    return excepted.id in clause.exceptions or any(_covers(one, clause.id) for one in excepted.excepts)


def _covers(named: str, clause_id: str) -> bool:
    return clause_id == named or clause_id.startswith(named + "/")
