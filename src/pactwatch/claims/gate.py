"""The quote gate (law 2): no claim passes whose words do not stand in its document, letter for letter."""

from collections.abc import Iterable

from pactwatch.model import Claim, Document, Problem, Quote, Severity


def admit(document: Document, claims: Iterable[Claim]) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """Return the claims whose every quote is exact, and one problem for each refused claim.

    Trigger and condition must stand inside the document, the trigger inside the claim's quote, the quote of every
    mention and quantity at its place. A claim with an id that stood before is refused too: ids of one document never
    repeat.
    """
    admitted: list[Claim] = []
    refused: list[Problem] = []
    seen: set[str] = set()
    for claim in claims:
        fault = fault_of(document, claim) or ("its id stood before" if claim.id in seen else "")
        if fault:
            refused.append(_refusal(document, claim, fault))
        else:
            seen.add(claim.id)
            admitted.append(claim)
    return tuple(admitted), tuple(refused)


def fault_of(document: Document, claim: Claim) -> str:
    """Return what is wrong with a claim's words; empty where all are exact."""
    if claim.document_id != document.id:
        return "it belongs to another document"
    for name, quote in _quotes(claim):
        if not document.holds(quote):
            return f"the words of its {name} do not stand at their place"
    if not claim.quote.span.contains(claim.trigger.span):
        return "its trigger stands outside its quote"
    return ""


def _quotes(claim: Claim) -> list[tuple[str, Quote]]:
    named: list[tuple[str, Quote | None]] = [
        ("quote", claim.quote),
        ("trigger", claim.trigger),
        ("condition", claim.condition),
        ("speaker", claim.speaker.quote),
        ("time", claim.time.quote if claim.time else None),
    ]
    for field in ("agent", "target", "places"):
        named += [(field, mention.quote) for mention in getattr(claim, field)]
    named += [("quantities", quantity.quote) for quantity in claim.quantities]
    return [(name, quote) for name, quote in named if quote is not None]


def _refusal(document: Document, claim: Claim, fault: str) -> Problem:
    return Problem(
        code="claim-refused",
        where=document.id,
        what=f"a claim by {claim.made.by} was refused: {fault}",
        advice="Report this: a reader must quote exactly.",
        field=claim.id,
        severity=Severity.ERROR,
    )
