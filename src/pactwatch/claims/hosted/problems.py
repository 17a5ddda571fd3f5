"""What a user is told of passages that were not read and of claims that were refused."""

from collections import Counter
from collections.abc import Sequence

from pactwatch.claims.hosted.failure import Failure, Sort
from pactwatch.model import Document, Problem, Severity, Span

LISTED = 5


def unread(document: Document, spans: Sequence[Span], failure: Failure) -> Problem:
    """Return the problem of the passages that stayed without an answer for one reason."""
    listed = ", ".join(f"{span.start} to {span.end}" for span in spans[:LISTED])
    more = f" and {len(spans) - LISTED} more passages" if len(spans) > LISTED else ""
    what = f"the characters {listed}{more} were not read: {failure.what}"
    if failure.sort is Sort.ANSWER:
        return Problem(
            code="hosted-answer",
            where=document.id,
            what=what,
            advice="Run again, or take a model that keeps to a JSON Schema; the document is kept.",
            severity=Severity.ERROR,
        )
    if failure.sort is Sort.REQUEST:
        return Problem(
            code="hosted-request",
            where=document.id,
            what=what,
            advice="See what the endpoint says; it must know chat completions with `response_format` json_schema.",
            severity=Severity.ERROR,
        )
    if failure.sort is Sort.BUDGET:
        return Problem(
            code="hosted-budget",
            where=document.id,
            what=what,
            advice="Raise PACTWATCH_HOSTED_BUDGET; with PACTWATCH_HOSTED_CACHE what was answered costs nothing again.",
            severity=Severity.ERROR,
        )
    return Problem(
        code="hosted-unreachable",
        where=document.id,
        what=what,
        advice="See whether the endpoint runs, and run again.",
        severity=Severity.ERROR,
    )


def refused(document: Document, reasons: Counter[str], total: int, model: str) -> Problem:
    """Return one problem for all refused claims of a document. Their words are not printed: nobody said them."""
    listed = "; ".join(f"{reasons[reason]} because {reason}" for reason in sorted(reasons))
    return Problem(
        code="hosted-refused",
        where=document.id,
        what=f"{reasons.total()} of {total} claims by {model} were refused: {listed}",
        advice="Read the document beside its claims; another model may copy words better.",
    )


def not_kept(document: Document, what: str) -> Problem:
    """Return the problem of answers that could not be kept."""
    return Problem(
        code="hosted-cache",
        where=document.id,
        what=f"an answer was used and could not be kept: {what}",
        advice="Name another folder in PACTWATCH_HOSTED_CACHE.",
        severity=Severity.NOTE,
    )
