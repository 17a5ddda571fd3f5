"""Short ways to write down an answer, and to join several into one."""

from collections.abc import Iterable

from pactwatch.model import Answer, AnsweredTest, Quote


def met(reason: str, claim_words: Quote | None = None, clause_words: str = "") -> AnsweredTest:
    """Return a met test."""
    return AnsweredTest(answer=Answer.MET, reason=reason, claim_words=claim_words, clause_words=clause_words)


def not_met(reason: str, claim_words: Quote | None = None, clause_words: str = "") -> AnsweredTest:
    """Return a test that is not met."""
    return AnsweredTest(answer=Answer.NOT_MET, reason=reason, claim_words=claim_words, clause_words=clause_words)


def unknown(reason: str, claim_words: Quote | None = None, clause_words: str = "") -> AnsweredTest:
    """Return a test that words and agreement leave open."""
    return AnsweredTest(answer=Answer.UNKNOWN, reason=reason, claim_words=claim_words, clause_words=clause_words)


def all_of(answers: Iterable[Answer]) -> Answer:
    """Return what several values come to: met or not_met only where all say so, else unknown."""
    different = set(answers)
    return different.pop() if len(different) == 1 else Answer.UNKNOWN


def any_of(answers: Iterable[Answer]) -> Answer:
    """Return the union's answer: met where one is, not_met where all are not, else unknown."""
    different = set(answers)
    if Answer.MET in different:
        return Answer.MET
    return Answer.NOT_MET if different == {Answer.NOT_MET} else Answer.UNKNOWN
