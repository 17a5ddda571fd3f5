"""Which earlier claims a claim is compared with: blocks by place, day and name, so that not all pairs are looked at."""

import math
from collections import defaultdict
from collections.abc import Iterator

from pactwatch.link.likeness import family, place_likeness, time_likeness
from pactwatch.link.view import View

MOST_IN_BLOCK = 60
"""The latest claims of a block that are compared: a place with daily reports would else grow with the square."""

MOST_OF_NAME = 20
"""A name that more claims share tells no longer which of them belong together."""

MOST_DAYS = 4
"""A claim that spans more days is not filed under each of them; place and names still find it."""

_CELLS_PER_DEGREE = 5
"""Neighbouring villages fall into one cell of about 20 km or into the next."""

Key = tuple[str | int, ...]


class Blocks:
    """Claims seen so far, filed under every key by which a later one may find them."""

    def __init__(self) -> None:
        self._filed: dict[Key, list[View]] = defaultdict(list)
        self._common: set[Key] = set()
        self._documents: dict[str, list[View]] = defaultdict(list)

    def add(self, view: View) -> None:
        """File a claim."""
        self._documents[view.document.id].append(view)
        for key in _filed_under(view):
            filed = self._filed[key]
            filed.append(view)
            if key[0] == "name" and len(filed) > MOST_OF_NAME:
                self._common.add(key)
            if len(filed) > MOST_IN_BLOCK:
                del filed[0]

    def earlier(self, view: View) -> list[View]:
        """Return the earlier claims of its own document, and those of others that share a key; latest first.

        Claims of other documents whose place or time excludes one event are left out.
        """
        own = self._documents.get(view.document.id, [])
        return sorted([*self.of_other_documents(view), *own], key=lambda other: -other.order)

    def of_other_documents(self, view: View) -> list[View]:
        """Return the earlier claims of other documents that may be about one event; latest first."""
        found = {other.order: other for key in self._sought(view) for other in self._filed.get(key, ())}
        near = [other for other in found.values() if other.document.id != view.document.id]
        return sorted((other for other in near if _may_be_one(view, other)), key=lambda other: -other.order)

    def _sought(self, view: View) -> Iterator[Key]:
        return (key for key in _looked_up(view) if key not in self._common)


def _may_be_one(view: View, other: View) -> bool:
    return time_likeness(view, other) > 0.0 and place_likeness(view, other) > 0.0


def _named(view: View) -> Iterator[Key]:
    """Keys by place and by name, the same for filing and finding."""
    kind = family(view.claim.act)
    for place in sorted(view.place_keys):
        yield "place", kind, place
    for name in sorted(view.own_names):
        yield "name", kind, name


def _filed_under(view: View) -> Iterator[Key]:
    """By name and place; by day, and by day with the cell of its place or with none."""
    yield from _named(view)
    kind = family(view.claim.act)
    for day in _days(view):
        yield "day", kind, day
        if not view.known_places:
            yield "day without place", kind, day
        for cell in sorted(_cells(view)):
            yield "cell", kind, day, *cell


def _looked_up(view: View) -> Iterator[Key]:
    """Who names no place is compared with all of its days; who does, with neighbours and those that name none."""
    yield from _named(view)
    kind = family(view.claim.act)
    for day in _days(view):
        if not view.known_places:
            yield "day", kind, day
            continue
        yield "day without place", kind, day
        for row, column in sorted(_cells(view)):
            for near_row in (row - 1, row, row + 1):
                for near_column in (column - 1, column, column + 1):
                    yield "cell", kind, day, near_row, near_column


def _cells(view: View) -> set[tuple[int, int]]:
    return {
        (math.floor(place.lat * _CELLS_PER_DEGREE), math.floor(place.lon * _CELLS_PER_DEGREE))
        for place in view.known_places
    }


def _days(view: View) -> range:
    first, last = view.happened.first, view.happened.last
    if first is None or last is None or (last - first).days > MOST_DAYS:
        return range(0)
    return range(first.toordinal(), last.toordinal() + 1)
