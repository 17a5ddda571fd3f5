"""Claims of one document that go on about one thing: the same scene, told sentence after sentence."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pactwatch.link.likeness import UNKNOWN, likeness, place_likeness
from pactwatch.link.names import content, share
from pactwatch.link.view import View
from pactwatch.model import ISSUER, Act, Kind

REACH = 6
"""How many claims back a scene may be taken up again."""

_ENOUGH = 2.0
"""Points that make one scene; measured on the Varana documents, see docs/explanation/incidents.md."""

_AFTERMATH = frozenset({Act.INVESTIGATION, Act.OTHER, Act.MONITORING, Act.PROTECTION, Act.SANCTION, Act.GOVERNANCE})
"""What is done or said because something happened: an inquiry, an apology, a visit."""

_MATTER = frozenset(
    {
        Act.KILLING,
        Act.ARMED_ATTACK,
        Act.SHELLING,
        Act.AIR_STRIKE,
        Act.BOMBING,
        Act.RAID,
        Act.DESTRUCTION,
        Act.ABDUCTION,
        Act.DETENTION,
        Act.RECRUITMENT,
        Act.OBSTRUCTION,
        Act.PRISONER_RELEASE,
    }
)
"""Acts that have an aftermath."""


NEIGHBOUR, SENTENCE, PARAGRAPH = 0.5, 1.0, 0.6
"""Points for neighbours, a sentence, a paragraph. From 0.3, 0.8, 0.4 to 0.5, 1.0, 0.8 B³ moves from 0.81 to 0.84."""


def scenes(seen: Sequence[View]) -> Iterator[tuple[View, View]]:
    """Yield each claim with the earlier one of its document whose scene it goes on with, where there is one."""
    documents: dict[str, list[View]] = defaultdict(list)
    for view in seen:
        earlier = documents[view.document.id]
        best = max(
            ((_points(view, other), other.index, other) for other in earlier[-REACH:]),
            key=lambda one: (one[0], one[1]),
            default=None,
        )
        if best and best[0] >= _ENOUGH:
            yield best[2], view
        elif (matter := _matter_of(view, earlier)) is not None:
            yield matter, view
        earlier.append(view)


def _points(later: View, earlier: View) -> float:
    """Place and time shared or unsaid, the act's family, the target, the words, and nearness in the text."""
    alike = likeness(later, earlier)
    named = alike.names > UNKNOWN
    same_thing = alike.act == 1.0 and alike.target > UNKNOWN and alike.time >= 0.8
    other_day, other_place = alike.time < UNKNOWN, alike.place == 0.0 and not same_thing
    if (other_day and other_place) or ((other_day or other_place) and not named):
        return 0.0
    shown = alike.place >= 0.8 or alike.time >= 0.8 or alike.target > UNKNOWN
    if alike.act < 1.0 and not shown:
        return 0.0
    points = 3 * max(0.0, alike.place - UNKNOWN) + 2 * max(0.0, alike.time - UNKNOWN) + alike.act
    points += 1.0 if alike.target > UNKNOWN else 0.0
    points += 1.0 if named else 0.0
    points += share(later.stems, earlier.stems)
    points += _near(later, earlier)
    return points


def _near(later: View, earlier: View) -> float:
    """1 in one sentence, 0.6 in one paragraph, else 0; half a point more for neighbours."""
    a, b = earlier.claim.quote.span, later.claim.quote.span
    between = later.document.text[min(a.end, b.end) : max(a.start, b.start)]
    neighbour = NEIGHBOUR if later.index - earlier.index == 1 else 0.0
    if a.overlaps(b) or not any(mark in between for mark in ".!?\n"):
        return SENTENCE + neighbour
    return neighbour + (PARAGRAPH if "\n" not in between else 0.0)


def _matter_of(view: View, earlier: Sequence[View]) -> View | None:
    """The act that an aftermath without a place and day of its own follows in the text: the last one told before it."""
    claim = view.claim
    if claim.act not in _AFTERMATH or claim.kind is Kind.THREAT or claim.places:
        return None
    near_by = {other.index for other in earlier[-REACH:]}
    matters = [
        other
        for other in earlier
        if other.claim.act in _MATTER
        and (other.claim.places or other.happened.edtf)
        and not other.forward
        and (other.index in near_by or place_likeness(view, other) > UNKNOWN)
    ]
    near = [other for other in matters if likeness(view, other).time > 0.0]
    return max(near, key=lambda other: (_shared(view, other), other.index), default=None)


def _shared(view: View, other: View) -> float:
    """Content words of the aftermath (with its people) that stand in the told act (with its people)."""
    return round(share(content(_people(view)), content(_people(other))), 1)


def _people(view: View) -> str:
    mentions = (*view.claim.agent, *view.claim.target)
    return "\n".join([view.claim.quote.text, *(m.text for m in mentions if m.text != ISSUER)])
