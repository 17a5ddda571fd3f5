"""Independence is tested, not assumed (law 6): does a record rest on the word of the side that made the claim?

It is about the route of the information, not about neutrality: a record that rests on the adversary's word is
independent of the claim's speaker. What outlets and offices there are, and whose, comes from the register.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from pactwatch.corroborate.citations import Citation
from pactwatch.corroborate.sides import Sides, plain
from pactwatch.model import Document, Event, Independence, PartyKind

_VOUCHES = r"(?:says?|claims?|claimed|reports?|announc\w+|admits?|admitted|said(?! (?:to|\w+ed|dead)\b))"
_SAYS = re.compile(r"(?:^|[,;:] )([^,;:]{2,60}?) " + _VOUCHES + r"\b", re.IGNORECASE)
_COLON = re.compile(r"^([^:,;]{2,60}): ")
"""Only a party before a colon is speaking; "Tolm: names of the dead" has nobody speaking."""
_SPEAKS = re.compile(
    _VOUCHES + r"\b|\b(?:accus\w+|condemn\w*|den(?:y|ies|ied)|blam\w+|reject\w*|trade (?:blame|accusations|charges))\b",
    re.IGNORECASE,
)
"""Verbs by which a title says that it carries somebody's account; who denies or condemns vouches for no detail."""

_ACCOUNT = re.compile(
    r"\b(?:by|on|according to) (?:the |an? )?([\w .-]{2,40}?)(?:['’]s)? (?:own )?(?:account|word|version|figures?)\b"
    r"|\b(?:according to|as told by) (?:the |an? )?([\w .-]{2,40})",
    re.IGNORECASE,
)
_SOLDIER = re.compile(
    r"\b(?:soldiers?|officers?|lieutenant|captain|major|colonel|general|sergeant|private|commander|fighters?|sentry)\b",
    re.IGNORECASE,
)
"""An account by an unnamed soldier of what his post suffered is taken as the word of the side that suffered."""

_PARTISAN = frozenset(
    {PartyKind.STATE, PartyKind.GOVERNMENT, PartyKind.FORCES, PartyKind.ARMED_GROUP, PartyKind.MILITIA}
)
"""Kinds of actor whose outlets speak for a side of a conflict."""

WITHIN_DAYS = 1
"""An outlet's story and the document that carries it may bear dates a day apart (evening and morning editions)."""

SUBJECT_WORDS = 4
"""A clause of a title that is longer than a name tells what happened rather than who speaks."""

Finding = tuple[Independence, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """By which way a record's information came, as seen from one side: whose words, through which outlets."""

    own: tuple[str, ...]
    others: tuple[str, ...]
    own_outlets: tuple[str, ...]
    other_outlets: tuple[str, ...]


def judge(
    speaker: str | None, event: Event, sides: Sides, *, peers: Iterable[Event] = (), documents: Sequence[Document] = ()
) -> Finding:
    """Return how independent a record is of a party, and why in words.

    `peers` are other records near it: one that cites the same story may name the informant whom this one leaves out.
    `documents` are those through which the party's statements are known.
    """
    if speaker is None or not sides.known(speaker):
        carried = _carried(event, documents, sides)
        if carried:
            return Independence.SAME_OUTLET, carried
        return Independence.UNKNOWN, "the register does not say who the speaker is"
    others = list(peers)
    event = _completed(event, others)
    same_story = _same_story(event, others)
    return (
        _own_word(_route(speaker, event, sides, voices(event, sides)), speaker, sides)
        or _same_outlet(speaker, event, documents, sides)
        or _own_word(_route(speaker, event, sides, _pooled(event, same_story, sides)), speaker, sides)
        or _told_in_notes(speaker, event, sides)
        or _not_own(speaker, event, same_story, sides)
    )


def _own_word(route: Route, speaker: str, sides: Sides) -> Finding | None:
    """`same_party` where every voice or every outlet is the speaker's side's, `derived` where some are.

    A newspaper of no party that makes the statement itself is the outlet of its own record, no party to anything.
    """
    label = sides.label(speaker)
    if sides.kind(speaker) is PartyKind.PRESS and not _partisan_side(speaker, sides):
        outlets = ", ".join(route.own_outlets)
        return (Independence.SAME_OUTLET, f"it comes through {outlets}, which makes the statement") if outlets else None
    if route.own and not route.others:
        return Independence.SAME_PARTY, f"it rests on the word of {', '.join(route.own)}, of the side of {label}"
    if route.own_outlets and not route.other_outlets:
        return Independence.SAME_PARTY, f"it comes through {', '.join(route.own_outlets)}, of the side of {label}"
    if route.own or route.own_outlets:
        told = ", ".join(dict.fromkeys((*route.own, *route.own_outlets)))
        return Independence.DERIVED, f"it rests in part on {told}, of the side of {label}"
    return None


def _same_outlet(speaker: str, event: Event, documents: Sequence[Document], sides: Sides) -> Finding | None:
    """The record comes through a story that carries the speaker's statement, and has no other leg to stand on."""
    carried = _carried(event, documents, sides)
    if carried:
        return Independence.SAME_OUTLET, carried
    for outlet, _, title in event.citations:
        if any(sides.same(party, speaker, event.first) for party in _speaking(title, sides)):
            told = f"it comes through a story of {outlet} that carries the account of {sides.label(speaker)}: {title}"
            return Independence.SAME_OUTLET, told
    return None


def _speaking(title: str, sides: Sides) -> Iterator[str | None]:
    """Yield the parties that a title has speaking: "X says …", "X, Y trade blame"; not "houses burned in X, Z say"."""
    verb = _SPEAKS.search(title)
    for clause in re.split("[,;:]| and ", title[: verb.start()]) if verb else ():
        if len(clause.split()) <= SUBJECT_WORDS:
            yield sides.named(clause)


def _carried(event: Event, documents: Sequence[Document], sides: Sides) -> str:
    """Return words for the document that carries both the record and the statement; none if the record has another leg.

    Another leg is a citation of neither that document nor a party's own outlet: an observer's report, another paper.
    """
    found = next((one for one in documents if any(_is(cited, one, sides) for cited in event.citations)), None)
    if found is None:
        return ""
    for cited in event.citations:
        if not _is(cited, found, sides) and not _partisan(cited[0], sides):
            return ""
    return f"it cites the document that carries the statement ({found.title or found.id})"


def _partisan(outlet: str, sides: Sides) -> bool:
    return _partisan_side(sides.named(outlet), sides)


def _partisan_side(party: str | None, sides: Sides) -> bool:
    return any(sides.kind(one) in _PARTISAN for one in sides.side(party))


def _told_in_notes(speaker: str, event: Event, sides: Sides) -> Finding | None:
    """A part of the record is told by somebody whom its notes name or describe."""
    for found in _ACCOUNT.finditer(event.notes):
        words = next(one for one in found.groups() if one)
        teller = sides.named(words) or (sides.named(event.actor2) if _SOLDIER.search(words) else None)
        if sides.same(teller, speaker, event.first):
            return Independence.DERIVED, f"a part of it is told by {words}, of the side of {sides.label(speaker)}"
    return None


def _not_own(speaker: str, event: Event, same_story: Sequence[Event], sides: Sides) -> Finding:
    if event.source_kind == "unknown":
        return Independence.UNKNOWN, "the data set does not know where the record comes from"
    told = _pooled(event, same_story, sides)
    if told:
        return Independence.INDEPENDENT, f"it rests on {', '.join(told)}"
    if any(not peer.informant and not peer.source_kind for peer in same_story):
        return Independence.UNKNOWN, "another data set that has the same story does not say on whose word it rests"
    outlets = [cited[0] for cited in event.citations if cited[0]]
    # A newspaper's name does not say whose word it prints; an observer's or another party's does.
    known = [outlet for outlet in outlets if _partisan(outlet, sides) or _observes(outlet, sides)]
    if event.source_kind or known:
        return Independence.INDEPENDENT, f"it comes from {', '.join(known or outlets) or event.source_kind}"
    return Independence.UNKNOWN, "the record does not say on whose word it rests"


def _observes(outlet: str, sides: Sides) -> bool:
    party = sides.named(outlet)
    return party is not None and sides.kind(party) is not PartyKind.PRESS


def _route(speaker: str, event: Event, sides: Sides, informants: Sequence[str]) -> Route:
    own, others = _parted(informants, speaker, event.first, sides)
    outlets = list(dict.fromkeys(cited[0] for cited in event.citations if cited[0]))
    own_outlets, other_outlets = _parted(outlets, speaker, event.first, sides)
    return Route(own=own, others=others, own_outlets=own_outlets, other_outlets=other_outlets)


def _parted(voices: Sequence[str], speaker: str, day: dt.date, sides: Sides) -> tuple[tuple[str, ...], tuple[str, ...]]:
    own = tuple(voice for voice in voices if sides.same(sides.speaks(voice), speaker, day))
    return own, tuple(voice for voice in voices if voice not in own)


def voices(event: Event, sides: Sides) -> tuple[str, ...]:
    """Return whose word a record says that it rests on: its informants, else those whom its titles quote."""
    named = _informants(event)
    if named:
        return named
    titles = [cited[2] for cited in event.citations if cited[2]] or [event.headline]
    return tuple(words for title in titles for words in _attributions(title, sides))


def _informants(event: Event) -> tuple[str, ...]:
    return tuple(one.strip() for one in event.informant.split(";") if one.strip())


def _attributions(title: str, sides: Sides) -> Iterator[str]:
    says, colon = _SAYS.search(title), _COLON.search(title)
    if says:
        yield says[1].strip()
    if colon and sides.named(colon[1]) is not None:
        yield colon[1].strip()


def _completed(event: Event, peers: Sequence[Event]) -> Event:
    """Return the event with the titles that it leaves out, where the outlet's only story of that day is known."""
    if all(title or not day for _, day, title in event.citations):
        return event
    cited = tuple((outlet, day, title or _only_title(outlet, day, peers)) for outlet, day, title in event.citations)
    return replace(event, citations=cited)


def _only_title(outlet: str, day: str, peers: Sequence[Event]) -> str:
    key = plain(outlet)
    titles = {t for peer in peers for o, d, t in peer.citations if day and d == day and t and plain(o) == key}
    return titles.pop() if len(titles) == 1 else ""


def _same_story(event: Event, peers: Iterable[Event]) -> list[Event]:
    """Return the other records that rest on nothing but stories which this one cites too."""
    mine = {_story(cited) for cited in event.citations if cited[1] and cited[2]}
    found = []
    for peer in peers:
        theirs = {_story(cited) for cited in peer.citations if cited[1] and cited[2]}
        # A peer with further stories may have its informants from those.
        if peer != event and theirs and theirs <= mine:
            found.append(peer)
    return found


def _pooled(event: Event, same_story: Sequence[Event], sides: Sides) -> tuple[str, ...]:
    """The record's own voices and those of records of the same story; "ministry" is dropped beside its full name."""
    pooled = dict.fromkeys((*voices(event, sides), *(one for peer in same_story for one in _informants(peer))))
    words = {voice: set(plain(voice).split()) for voice in pooled}
    return tuple(voice for voice in pooled if not any(words[voice] < words[other] for other in pooled))


def _story(cited: Citation) -> tuple[str, str, str]:
    return plain(cited[0]), cited[1], plain(cited[2])


def _is(cited: Citation, document: Document, sides: Sides) -> bool:
    """True where a citation is of this document: outlet and day agree, and the titles do where both are known."""
    outlet, day, title = cited
    if not outlet or not document.issuer or not day or not document.published:
        return False
    if not _same_name(outlet, document.issuer, sides) or not _same_day(day, document.published):
        return False
    first_line = next((line.strip() for line in document.text.splitlines() if line.strip()), "")
    titles = {plain(words) for words in (document.title or "", first_line) if words}
    return not title or any(plain(title) in known or known in plain(title) for known in titles if known)


def _same_name(one: str, other: str, sides: Sides) -> bool:
    if plain(one) == plain(other):
        return True
    return sides.named(one) is not None and sides.named(one) == sides.named(other)


def _same_day(one: str, other: str) -> bool:
    try:
        return abs((dt.date.fromisoformat(one) - dt.date.fromisoformat(other[:10])).days) <= WITHIN_DAYS
    except ValueError:
        return one.startswith(other)
