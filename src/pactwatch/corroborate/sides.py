"""Who belongs to whom: parties of the register found in the words of records, and the sides that they are on.

No name of a party or an outlet stands in this file; all of it comes from the register.
"""

import datetime as dt
import re
from collections.abc import Sequence
from functools import cached_property

from pactwatch.model import Party, PartyKind

_WORD = re.compile(r"\w+")

_SPEAKS_FOR = r"(?:spokes\w+|statement|release|communiqu\w+|bulletin|office|organ|portal|press service|staff)"
"""Words that make what follows "of" or "for" the informant: "spokesman of the …", "communiqué of …"."""

_NO_SIDE = frozenset({PartyKind.POPULATION})
"""Everybody may belong to a people; that makes nobody a party's mouth."""


def plain(words: str) -> str:
    """Return words in one case with single spaces and without punctuation, for comparing names."""
    return " ".join(_WORD.findall(words.casefold()))


def without_article(words: str) -> str:
    """Return plain words less an article at their beginning."""
    first, _, rest = words.partition(" ")
    return rest if first in ("the", "a", "an") and rest else words


class Sides:
    """The register, asked by name and by day."""

    def __init__(self, register: Sequence[Party]) -> None:
        self._parties = {party.id: party for party in register}

    @cached_property
    def _names(self) -> dict[str, frozenset[str]]:
        """Plain name → ids of the parties that bear it; loaded words and names that only some use are left out."""
        return self._by_name(definite=False)

    @cached_property
    def _definite(self) -> dict[str, frozenset[str]]:
        """The same for names such as "the Government", less their article; they must be the whole of some words."""
        return self._by_name(definite=True)

    def _by_name(self, *, definite: bool) -> dict[str, frozenset[str]]:
        found: dict[str, set[str]] = {}
        for party in self._parties.values():
            own = [party.id, party.label, party.own_name]
            own += [alias.name for alias in party.aliases if not alias.loaded and alias.used_by in ("", party.id)]
            for name in own:
                bare = without_article(plain(name))
                if bare and (bare != plain(name)) is definite:
                    found.setdefault(bare, set()).add(party.id)
        return {name: frozenset(ids) for name, ids in found.items()}

    @cached_property
    def _longest_words(self) -> int:
        return max((len(name.split()) for name in self._names), default=0)

    def known(self, party: str | None) -> bool:
        """Return True where the register has this id."""
        return party in self._parties

    def label(self, party: str) -> str:
        """Return the neutral label of a party id."""
        return self._parties[party].label if party in self._parties else party

    def kind(self, party: str) -> PartyKind | None:
        """Return what sort of actor an id is, None where the register does not have it."""
        return self._parties[party].kind if party in self._parties else None

    def named(self, words: str) -> str | None:
        """Return the party whose name these words are, or begin with, the longest first; None where none or several.

        "the Interior Ministry spokesman" begins with an article and then a name; "SPF-B fighters" is not SPF.
        """
        tokens = without_article(plain(words)).split()
        for length in range(min(self._longest_words, len(tokens)), 0, -1):
            ids = self._names.get(" ".join(tokens[:length]))
            if ids is not None:
                return next(iter(ids)) if len(ids) == 1 else None
        ids = self._definite.get(" ".join(tokens), frozenset())
        return next(iter(ids)) if len(ids) == 1 else None

    def speaks(self, words: str) -> str | None:
        """Return the party whose word an informant's description is: it begins with its name, or speaks for it."""
        found = self.named(words)
        if found is not None:
            return found
        behind = re.search(rf"\b{_SPEAKS_FOR}\b.*?\b(?:of|for) (.+)$", words, re.IGNORECASE)
        return self.named(behind[1]) if behind else None

    def side(self, party: str | None, day: dt.date | None = None) -> frozenset[str]:
        """Return the party and all that it belongs to on that day (on any day where none is given); empty for None."""
        if party is None:
            return frozenset()
        found, open_ids = {party}, [party]
        while open_ids:
            entry = self._parties.get(open_ids.pop())
            for membership in entry.member_of if entry else ():
                if membership.of not in found and _holds(membership.since, membership.until, day):
                    found.add(membership.of)
                    open_ids.append(membership.of)
        return frozenset(one for one in found if self.kind(one) not in _NO_SIDE)

    def same(self, one: str | None, other: str | None, day: dt.date | None = None) -> bool:
        """Return True where two parties share a side on that day."""
        return bool(self.side(one, day) & self.side(other, day))


def _holds(since: dt.date | None, until: dt.date | None, day: dt.date | None) -> bool:
    return day is None or ((since is None or since <= day) and (until is None or day <= until))
