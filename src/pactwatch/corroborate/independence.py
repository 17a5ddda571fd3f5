"""Independence is tested, not assumed (law 6): does a record rest on the word of the side that made the claim?

It is about the route of the information, not about neutrality: a record that rests on the adversary's word is
independent of the claim's speaker. What outlets and offices there are, and whose, comes from the register.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pactwatch.corroborate.citations import Citation
from pactwatch.corroborate.sides import Sides, plain
from pactwatch.model import Document, Event, Independence

_SAYS = re.compile(r"(?:^|[,;:] )([^,;:]{2,60}?) (?:says?|said|claims?|claimed|reports?|reported|announces?|admits?)\b")
_COLON = re.compile(r"^([^:,;]{2,60}): ")

WITHIN_DAYS = 1
"""An outlet's story and the document that carries it may bear dates a day apart (evening and morning editions)."""

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
    `documents` are those through which the party's statement is known.
    """
    carried = next((one for one in documents if any(_is(cited, one, sides) for cited in event.citations)), None)
    through = f"it cites the document that carries the statement ({carried.title or carried.id})" if carried else ""
    if speaker is None or not sides.known(speaker):
        if carried:
            return Independence.SAME_OUTLET, through
        return Independence.UNKNOWN, "the register does not say who the speaker is"
    route = _route(speaker, event, sides, _pooled(event, peers))
    found = _own_word(route, sides.label(speaker))
    if found is not None:
        return found
    if carried:
        return Independence.SAME_OUTLET, through
    return _not_own(route, event, sides)


def _own_word(route: Route, label: str) -> Finding | None:
    """`same_party` where every voice or every outlet is the speaker's side's, `derived` where some are."""
    if route.own and not route.others:
        return Independence.SAME_PARTY, f"it rests on the word of {', '.join(route.own)}, of the side of {label}"
    if route.own_outlets and not route.other_outlets:
        return Independence.SAME_PARTY, f"it comes through {', '.join(route.own_outlets)}, of the side of {label}"
    if route.own or route.own_outlets:
        told = ", ".join(dict.fromkeys((*route.own, *route.own_outlets)))
        return Independence.DERIVED, f"it rests in part on {told}, of the side of {label}"
    return None


def _not_own(route: Route, event: Event, sides: Sides) -> Finding:
    if event.source_kind == "unknown":
        return Independence.UNKNOWN, "the data set does not know where the record comes from"
    if route.others:
        return Independence.INDEPENDENT, f"it rests on {', '.join(route.others)}"
    taken = [outlet for outlet in route.other_outlets if sides.named(outlet) is not None]
    if event.source_kind or taken:
        return Independence.INDEPENDENT, f"it comes from {', '.join(route.other_outlets) or event.source_kind}"
    return Independence.UNKNOWN, "the record does not say on whose word it rests"


def _route(speaker: str, event: Event, sides: Sides, informants: Sequence[str]) -> Route:
    own, others = _parted(informants, speaker, event.first, sides)
    outlets = list(dict.fromkeys(cited[0] for cited in event.citations if cited[0]))
    own_outlets, other_outlets = _parted(outlets, speaker, event.first, sides)
    return Route(own=own, others=others, own_outlets=own_outlets, other_outlets=other_outlets)


def _parted(voices: Sequence[str], speaker: str, day: dt.date, sides: Sides) -> tuple[tuple[str, ...], tuple[str, ...]]:
    own = tuple(voice for voice in voices if sides.same(sides.speaks(voice), speaker, day))
    return own, tuple(voice for voice in voices if voice not in own)


def voices(event: Event) -> tuple[str, ...]:
    """Return whose word a record says that it rests on: its informants, else those whom its titles quote."""
    named = _informants(event)
    if named:
        return named
    titles = [cited[2] for cited in event.citations if cited[2]] or [event.headline]
    return tuple(found[1].strip() for title in titles for found in _attributions(title))


def _informants(event: Event) -> tuple[str, ...]:
    return tuple(one.strip() for one in event.informant.split(";") if one.strip())


def _attributions(title: str) -> list[re.Match[str]]:
    return [found for pattern in (_SAYS, _COLON) if (found := pattern.search(title))]


def _pooled(event: Event, peers: Iterable[Event]) -> tuple[str, ...]:
    """The record's own voices, and those that a record of the very same story names."""
    pooled = list(voices(event))
    mine = {_story(cited) for cited in event.citations if cited[1] and cited[2]}
    for peer in peers:
        theirs = {_story(cited) for cited in peer.citations if cited[1] and cited[2]}
        # A peer with further stories may have its informants from those: only one story, wholly shared, says whose.
        if peer != event and theirs and theirs <= mine:
            pooled += _informants(peer)
    return tuple(dict.fromkeys(pooled))


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
