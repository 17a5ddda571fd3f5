"""What the neighbouring claims of the same document say of the same act: by what means it was done, and to whom."""

from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.link.names import content, proper
from pactwatch.link.view import View
from pactwatch.model import Act, Mention

MEANS = frozenset({Act.SHELLING, Act.AIR_STRIKE, Act.BOMBING, Act.ARMED_ATTACK, Act.PROHIBITED_WEAPON})
"""Acts that say by what means violence was done."""

RESULTS = frozenset({Act.KILLING, Act.DESTRUCTION, Act.DISPLACEMENT, Act.ARMED_ATTACK, Act.AGREEMENT})
"""Acts that may be the result, or another name, of violence told in a neighbouring claim."""

_REACH = 16
"""How many claims back a neighbour may stand: a page of the documents that were read for this."""

_SAME_DAYS = 2
"""A death told the day after is of the same act."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What neighbours tell: by what means the violence was done, or how the person who is released was taken."""

    means: Act | None = None
    taken: Act | None = None


def told_nearby(view: View, document: Sequence[View]) -> Told:
    """Return what the other claims of the document tell of the same act."""
    return Told(means=means_of(view, document), taken=taken_before(view, document))


def means_of(view: View, document: Sequence[View]) -> Act | None:
    """Return the means told by an earlier claim about the same place, time and author; None where there is none."""
    if view.claim.act not in RESULTS:
        return None
    for other in reversed(document[max(0, view.index - _REACH) : view.index]):
        if other.claim.act in MEANS and other.claim.act is not view.claim.act and same_scene(view, other):
            return other.claim.act
    return None


def taken_before(view: View, document: Sequence[View]) -> Act | None:
    """Return how the person whose release is told was taken, by an earlier claim that names the same person."""
    if view.claim.act is not Act.PRISONER_RELEASE:
        return None
    mine = proper(" " + view.target_words) or content(view.target_words)
    for other in reversed(document[: view.index]):
        theirs = proper(" " + other.target_words) or content(other.target_words)
        if other.claim.act in (Act.ABDUCTION, Act.DETENTION) and mine and mine & theirs:
            return other.claim.act
    return None


def same_scene(a: View, b: View) -> bool:
    """Return True where two claims of one document tell of the same author, day and place, as far as they say."""
    if a.claim.negated or b.claim.negated:
        return False
    if not (a.agent_sides & b.agent_sides) and _names(a.claim.agent) != _names(b.claim.agent):
        return False
    if a.happened.first is None or b.happened.first is None:
        return False
    if abs((a.happened.first - b.happened.first).days) >= _SAME_DAYS:
        return False
    return not a.claim.places or not b.claim.places or bool(_names(a.claim.places) & _names(b.claim.places))


def _names(mentions: Sequence[Mention]) -> frozenset[str]:
    return frozenset(m.text.lower() for m in mentions)
