"""What a document shows about its parties before its mentions are read: who speaks, who is named, which regime is where."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pactwatch.model import Document, Party, PartyKind
from pactwatch.resolve.parties.lookup import NameIndex, split
from pactwatch.resolve.parties.membership import chain
from pactwatch.resolve.parties.words import fold, head_words

_DEFINED = re.compile(r"((?:[^\W\d_a-z][\w'’.-]*\s+(?:(?:of|for|the|and|de|du|des|la|to)\s+)*){1,8})\(([A-Z][A-Z-]{1,7})\)")
_RANKS = {PartyKind.GOVERNMENT: 0, PartyKind.ARMED_GROUP: 0, PartyKind.STATE: 1}


@dataclass(slots=True)
class View:
    """One document as its parties stand in it. `defined` are short forms that the text explains itself."""

    names: NameIndex
    day: dt.date | None
    issuer: str | None = None
    mentioned: dict[str, int] = field(default_factory=dict)
    defined: dict[str, str] = field(default_factory=dict)
    seated: dict[str, str] = field(default_factory=dict)

    def chain(self, party_id: str | None) -> tuple[str, ...]:
        """Return the party and what it counts as on the document's day; empty for None."""
        return chain(party_id, self.day, self.names.by_id) if party_id else ()


def look(document: Document, names: NameIndex) -> View:
    """Return the view of a document: its day, the parties that it names and the short forms that it defines."""
    view = View(names=names, day=_day(document.published))
    view.defined = {found[2]: fold(found[1]) for found in _DEFINED.finditer(document.text)}
    words, written = split(document.text)
    for match in names.matches(words, written):
        for named in match.named:
            if not named.alias.used_by and not _redefined(named.alias.name, named.party, view):
                view.mentioned[named.party.id] = view.mentioned.get(named.party.id, 0) + 1
    return view


def _redefined(name: str, party: Party, view: View) -> bool:
    """True where the text says itself that these capitals stand for somebody else."""
    meant = view.defined.get(name)
    if meant is None:
        return False
    known = {fold(n) for n in (party.own_name, party.label, *(a.name for a in party.aliases))}
    return not any(meant.endswith(one) for one in known if one != fold(name))


redefined = _redefined


def _day(published: str | None) -> dt.date | None:
    """The first day of the header's date: memberships are a matter of months."""
    parts = re.fullmatch(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", published or "")
    if not parts:
        return None
    try:
        return dt.date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        return None


def seated(words: Sequence[str], view: View, speaker: str | None) -> tuple[Party | None, str]:
    """Return who is meant by a word for government with a seat, demonym or state: `the regime in X`, `the X regime`.

    The speaker's own side is never meant by it. The second value is the word for government, empty where there is none.
    """
    own = set(view.chain(speaker)) | set(view.chain(view.issuer))
    for at, word in enumerate(words):
        if word not in head_words("government"):
            continue
        for place in _places_at(words, at):
            found = [p for p in _rulers(place, view) if p.id not in own]
            best = min((_RANKS.get(p.kind, 2) for p in found), default=None)
            top = {p.id: p for p in found if _RANKS.get(p.kind, 2) == best}
            if len(top) == 1:
                return next(iter(top.values())), word
    return None, ""


def _places_at(words: Sequence[str], at: int) -> Iterator[tuple[str, ...]]:
    """Word groups that may name where a government sits: behind `in` or `of`, or just before the word."""
    if at + 2 < len(words) + 1 and at + 1 < len(words) and words[at + 1] in {"in", "of", "at"}:
        for size in (3, 2, 1):
            if at + 2 + size <= len(words):
                yield tuple(words[at + 2 : at + 2 + size])
    for size in (3, 2, 1):
        if at - size >= 0:
            yield tuple(words[at - size : at])


def _rulers(place: tuple[str, ...], view: View) -> list[Party]:
    """Parties seated there; of a state (by name or demonym) also the governments that belong to it."""
    found = list(view.names.seats.get(place, ()))
    states = list(view.names.demonyms.get(place, ()))
    states += [
        named.party
        for match in view.names.matches(place, place)
        if match.last - match.first == len(place)
        for named in match.named
        if named.party.kind is PartyKind.STATE
    ]
    ids = {state.id for state in states}
    governments = [
        p
        for p in view.names.by_id.values()
        if p.kind is PartyKind.GOVERNMENT and ids & set(view.chain(p.id)[1:])
    ]
    return [*found, *states, *governments]
