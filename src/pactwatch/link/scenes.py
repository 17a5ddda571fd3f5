"""Claims of one document that go on about one thing: the same scene, told sentence after sentence."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pactwatch.link.likeness import UNKNOWN, likeness
from pactwatch.link.names import content, share
from pactwatch.link.view import View

REACH = 6
"""How many claims back a scene may be taken up again."""

_ENOUGH = 2.0
"""Points that make one scene; measured on the Varana documents, see docs/explanation/incidents.md."""


def scenes(seen: Sequence[View]) -> Iterator[tuple[View, View]]:
    """Yield each claim with the earlier one of its document whose scene it goes on with, where there is one."""
    documents: dict[str, list[View]] = defaultdict(list)
    for view in seen:
        earlier = documents[view.document.id]
        best = max(
            ((_points(view, other), -(view.index - other.index), other) for other in earlier[-REACH:]),
            key=lambda one: (one[0], one[1]),
            default=None,
        )
        if best and best[0] >= _ENOUGH:
            yield best[2], view
        earlier.append(view)


def _points(later: View, earlier: View) -> float:
    """Place and time shared or unsaid, the act's family, the target, the words, and nearness in the text."""
    alike = likeness(later, earlier)
    if alike.place == 0.0:
        return 0.0
    if alike.time == 0.0 and alike.place <= UNKNOWN:
        return 0.0
    points = 2 * (alike.place - UNKNOWN) + 2 * max(0.0, alike.time - UNKNOWN) + alike.act
    points += 1.0 if alike.target > UNKNOWN else 0.0
    points += 0.5 if alike.names > UNKNOWN else 0.0
    points += share(content(later.claim.quote.text), content(earlier.claim.quote.text))
    points += _near(later, earlier)
    return points


def _near(later: View, earlier: View) -> float:
    """1 in one sentence, 0.6 in one paragraph, else 0."""
    a, b = earlier.claim.quote.span, later.claim.quote.span
    between = later.document.text[min(a.end, b.end) : max(a.start, b.start)]
    if a.overlaps(b) or not any(mark in between for mark in ".!?\n"):
        return 1.0
    return 0.6 if "\n" not in between else 0.0
