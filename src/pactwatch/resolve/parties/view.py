"""What a document shows about its parties before its mentions are read: who speaks, who is named, who governs where."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pactwatch.model import Document, Party, PartyKind
from pactwatch.resolve.parties.lookup import MAX_SHOUTED_LETTERS, Named, NameIndex, split
from pactwatch.resolve.parties.membership import chain
from pactwatch.resolve.parties.words import fold, head_words

_DEFINED = re.compile(
    r"((?:[^\W\d_a-z][\w'’.-]*\s+(?:(?:of|for|the|and|de|du|des|la|to)\s+)*){1,8})\(([A-Z][A-Z-]{1,7})\)"
)
_RANKS = {PartyKind.GOVERNMENT: 0, PartyKind.ARMED_GROUP: 0, PartyKind.STATE: 1}


@dataclass(slots=True)
class View:
    """One document as its parties stand in it.

    `defined` are short forms that the text explains, `seated` words for a government by whom they mean here, `heads`
    nouns that the text says of one party (`the Volunteers of X`).
    """

    names: NameIndex
    text: str
    day: dt.date | None
    issuer: str | None = None
    mentioned: dict[str, int] = field(default_factory=dict)
    defined: dict[str, str] = field(default_factory=dict)
    seated: dict[str, str] = field(default_factory=dict)
    heads: dict[str, set[str]] = field(default_factory=dict)
    states: set[str] = field(default_factory=set)
    spelled_out: set[str] = field(default_factory=set)

    def chain(self, party_id: str | None) -> tuple[str, ...]:
        """Return the party and what it counts as on the document's day; empty for None."""
        return chain(party_id, self.day, self.names.by_id) if party_id else ()


def look(document: Document, names: NameIndex) -> View:
    """Return the view of a document: its day, the parties that it names and the short forms that it defines."""
    view = View(names=names, text=document.text, day=_day(document.published))
    view.defined = {found[2]: fold(found[1]) for found in _DEFINED.finditer(document.text)}
    words, written = split(document.text)
    _look_for_states(words, written, view)
    for match in names.matches(words, written, lambda n: not n.alias.used_by and not _foreign(n, view)):
        before = words[match.first - 2 : match.first] if match.first >= 2 else []
        for named in match.named:
            view.mentioned[named.party.id] = view.mentioned.get(named.party.id, 0) + 1
            if before[1:] == ["of"] and written[match.first - 2][0].isupper():
                view.heads.setdefault(before[0], set()).add(named.party.id)
            if "of" in named.words and written[match.first][0].isupper():
                view.heads.setdefault(named.words[0], set()).add(named.party.id)
    return view


def _look_for_states(words: Sequence[str], written: Sequence[str], view: View) -> None:
    """Note which states the text speaks of, by name, demonym or seat, and which parties it names in full."""
    for match in view.names.matches(words, written):
        for named in match.named:
            if named.party.kind is PartyKind.STATE:
                view.states.add(named.party.id)
            if not _is_short(named.alias.name):
                view.spelled_out.add(named.party.id)
    for at, word in enumerate(written):
        if word[0].isupper():
            for size in (1, 2, 3):
                some = tuple(words[at : at + size])
                plural = (*some[:-1], some[-1].removesuffix("s"))
                for found in (
                    view.names.demonyms.get(some),
                    view.names.demonyms.get(plural),
                    view.names.seats.get(some),
                ):
                    view.states.update(party.id for party in found or ())


def _foreign(named: Named, view: View) -> bool:
    return redefined(named, view) or out_of_place(named, view)


def _is_short(name: str) -> bool:
    return name.isupper() and 2 <= len(name) <= MAX_SHOUTED_LETTERS


def out_of_place(named: Named, view: View) -> bool:
    """True for the short form of a party of other countries: three capitals mean another group in each conflict.

    The register says in which countries a party is (`country`); one without that is known everywhere.
    """
    if not _is_short(named.alias.name) or named.party.id in view.spelled_out:
        return False
    countries = {c for code, value in named.party.codes if code == "country" for c in value.split("|")}
    return bool(countries) and not countries & view.states


def learn(document: Document, view: View) -> None:
    """Note which party a word for a government means where the text says so (`the X regime`), if always the same."""
    words, _ = split(document.text)
    meant: dict[str, set[str]] = {}
    for at, word in enumerate(words):
        if word in head_words("government"):
            found, said = seated(words[max(0, at - 3) : at + 6], view, None)
            if found and said == word:
                meant.setdefault(word, set()).add(found.id)
    view.seated = {word: next(iter(ids)) for word, ids in meant.items() if len(ids) == 1}


def redefined(named: Named, view: View) -> bool:
    """True where the text itself gives these capitals, or words with these initials, to somebody else."""
    name = named.alias.name
    if not _is_short(name):
        return False
    party = named.party
    known = {fold(n) for n in (party.own_name, party.label, *(a.name for a in party.aliases))} - {fold(name)}
    meant = view.defined.get(name)
    if meant is None:
        spelled = re.search(r"\b" + r"\s+(?:(?:of|for|the|and)\s+)*".join(f"{c}[a-z]\\w*" for c in name), view.text)
        meant = fold(spelled[0]) if spelled else None
    return meant is not None and not any(meant.endswith(one) or one.endswith(meant) for one in known)


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

    The speaker's own side is never meant by it, unless the speaker is not known. The second value is the word
    for government, empty where there is none.
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
    governments = [p for state in ids for p in view.names.governs.get(state, ()) if _governs_now(p, state, view)]
    return [*found, *states, *governments]


def _governs_now(party: Party, state: str, view: View) -> bool:
    """True where the party's membership of the state holds on the document's day, or the day is not known."""
    return view.day is None or state in view.chain(party.id)[1:]
