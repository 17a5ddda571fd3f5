"""When something was said inside a text, and whether the text says that it is said anew, corrected or withdrawn."""

import re

from pactwatch.link.view import View

_SAYING = r"(?:said|says|declared|stated|claimed|denied|told|announced|repeated|reported|asserted|insisted)"

_EARLIER = re.compile(rf"\bhad\s+{_SAYING}\b|\b{_SAYING}\s+(?:on|at|earlier|last|for)\b", re.IGNORECASE)
"""A saying that lies before the text's own: "had denied at the weekend", "declared on 4 April"."""

_ANEW = re.compile(
    r"\b(?:again|once more|once again|repeat(?:s|ed|ing)?|reiterat\w+|as (?:we|already) said|anew|takes? (?:the )?"
    r"responsibility|still)\b",
    re.IGNORECASE,
)
"""Words by which a speaker says a thing again, or owns once more what was told before."""

_CORRECTED = re.compile(
    r"\b(?:correct(?:s|ed|ion)?|revis(?:e|es|ed|ion)|lower(?:s|ed)|rais(?:e|es|ed)|updat(?:e|es|ed)|edit|now stands?|"
    r"so it is|no longer|rose to|risen to|down to|up to|passed away|died of (?:his|her|their) (?:wounds|injuries))\b",
    re.IGNORECASE,
)
"""Words by which a figure or a telling is changed."""

_WITHDRAWN = re.compile(
    r"\b(?:declaration|statement|denial|claim|report|assertion|words)\b.*"
    r"\b(?:not correct|incorrect|wrong|withdr\w+|untrue|mistaken|retract\w*|false)\b",
    re.IGNORECASE | re.DOTALL,
)
"""A speaker takes its own words back."""


def earlier_saying(view: View) -> bool:
    """Return True where the text tells a saying that lies before its own."""
    return bool(_EARLIER.search(view.claim.quote.text))


def said_anew(view: View) -> bool:
    """Return True where the claim's own words mark it as said again."""
    return bool(_ANEW.search(view.claim.quote.text))


def corrected(view: View) -> bool:
    """Return True where the claim's own words, or the few before it, mark it as a correction."""
    start = view.claim.quote.span.start
    before = view.document.text[max(0, start - _LEAD) : start]
    return bool(_CORRECTED.search(view.claim.quote.text) or _CORRECTED.search(before))


_LEAD = 60
"""Characters before a quote in which a mark such as "EDIT:" or "corrects" may stand."""


def withdrawn(view: View) -> bool:
    """Return True where the claim takes a saying back."""
    return bool(_WITHDRAWN.search(view.claim.quote.text))
