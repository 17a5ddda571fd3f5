"""What the neighbouring claims of the same document say of the same act: by what means it was done, and to whom."""

from collections.abc import Sequence

from pactwatch.link.view import View
from pactwatch.model import Act, Mention

MEANS = frozenset({Act.SHELLING, Act.AIR_STRIKE, Act.BOMBING, Act.ARMED_ATTACK, Act.PROHIBITED_WEAPON})
"""Acts that say by what means violence was done."""

RESULTS = frozenset({Act.KILLING, Act.DESTRUCTION, Act.DISPLACEMENT, Act.ARMED_ATTACK, Act.AGREEMENT})
"""Acts that may be the result, or another name, of violence told in a neighbouring claim."""

_REACH = 8
"""How many claims back a neighbour may stand: a paragraph or two of the gold documents."""


def means_of(view: View, document: Sequence[View]) -> Act | None:
    """Return the means told by an earlier claim about the same place, time and author; None where there is none."""
    if view.claim.act not in RESULTS:
        return None
    for other in reversed(document[max(0, view.index - _REACH) : view.index]):
        if other.claim.act in MEANS and other.claim.act is not view.claim.act and same_scene(view, other):
            return other.claim.act
    return None


def same_scene(a: View, b: View) -> bool:
    """Return True where two claims of one document tell of the same author, day and place, as far as they say."""
    if a.claim.negated or b.claim.negated or a.side != b.side:
        return False
    if _names(a.claim.agent) != _names(b.claim.agent):
        return False
    if not (a.happened.edtf and a.happened.edtf == b.happened.edtf):
        return False
    return not a.claim.places or not b.claim.places or bool(_names(a.claim.places) & _names(b.claim.places))


def _names(mentions: Sequence[Mention]) -> frozenset[str]:
    return frozenset(m.text.lower() for m in mentions)
