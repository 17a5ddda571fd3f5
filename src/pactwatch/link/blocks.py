"""Which earlier claims a claim is compared with: blocks by place, day and name, so that not all pairs are looked at."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pactwatch.link.likeness import family
from pactwatch.link.view import View

MOST_IN_BLOCK = 60
"""The latest claims of a block that are compared: a place with daily reports would else grow with the square."""

MOST_DAYS = 4
"""A claim that spans more days is not filed under each of them; place and names still find it."""


class Blocks:
    """Claims seen so far, filed under every key by which a later one may find them."""

    def __init__(self) -> None:
        self._filed: dict[tuple[str, str, str], list[View]] = defaultdict(list)
        self._documents: dict[str, list[View]] = defaultdict(list)

    def add(self, view: View) -> None:
        """File a claim."""
        self._documents[view.document.id].append(view)
        for key in keys(view):
            filed = self._filed[key]
            filed.append(view)
            if len(filed) > MOST_IN_BLOCK:
                del filed[0]

    def earlier(self, view: View) -> list[View]:
        """Return earlier claims of other documents that share a key, and the earlier ones of its own, latest first."""
        found = {other.order: other for key in keys(view) for other in self._filed.get(key, ())}
        for other in self._documents.get(view.document.id, ()):
            found[other.order] = other
        return [found[order] for order in sorted(found, reverse=True) if found[order].order != view.order]


def keys(view: View) -> Iterator[tuple[str, str, str]]:
    """Yield the keys of a claim: act family with each place, each day, and each name in it."""
    kind = family(view.claim.act)
    for place in view.known_places:
        yield "place", kind, place.id
    if not view.known_places:
        for mention in view.claim.places:
            yield "place", kind, mention.text.lower()
    for day in _days(view):
        yield "day", kind, day
    for name in sorted(view.own_names):
        yield "name", kind, name


def _days(view: View) -> Sequence[str]:
    first, last = view.happened.first, view.happened.last
    if first is None or last is None or (last - first).days > MOST_DAYS:
        return ()
    return [type(first).fromordinal(n).isoformat() for n in range(first.toordinal(), last.toordinal() + 1)]
