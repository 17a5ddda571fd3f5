"""From what the network thinks to a claim: kind, act, participants, and what is left open on purpose."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pactwatch.claims.assemble import Draft
from pactwatch.claims.rules import claim_id
from pactwatch.claims.trained.network import Array
from pactwatch.claims.trained.proposals import Named
from pactwatch.model import ISSUER, Act, Claim, Document, Kind, Made, Mention

KINDS = tuple(k for k in Kind if k is not Kind.POSITION)
OWN_KINDS = frozenset({Kind.COMPLIANCE, Kind.COMMITMENT, Kind.ADMISSION, Kind.DENIAL, Kind.THREAT})
ACTS = tuple(Act)
ROLES = ("agent", "target", "places", "time", "speaker")
OWN_SIDE, NEGATED = 2, 0
EVEN = 0.5


@dataclass(slots=True)
class Settled:
    """A draft with what the network decided about it."""

    draft: Draft
    kind: Kind
    act: Act
    certainty: float
    negated: bool
    agent: tuple[Mention, ...]
    target: tuple[Mention, ...]
    places: tuple[Mention, ...]
    time: Mention | None
    unsure: tuple[str, ...]
    trace: tuple[tuple[str, str], ...]

    def claim(self, document: Document, version: str) -> Claim:
        """Return the claim, its quotes taken from the document."""
        draft = self.draft
        return Claim(
            id=claim_id(document.id, draft, self.kind),
            document_id=document.id,
            kind=self.kind,
            act=self.act,
            trigger=document.quote(*draft.trigger),
            quote=document.quote(*draft.quote),
            speaker=draft.speaker,
            agent=self.agent,
            target=self.target,
            places=self.places,
            time=self.time,
            counts=draft.counts,
            negated=self.negated,
            condition=draft.condition,
            unsure=(*draft.unsure, *self.unsure),
            trace=(*draft.trace, *self.trace),
            made=Made(by="trained", version=version, certainty=self.certainty),
        )


def settled(
    draft: Draft,
    there: float,
    kinds: Array,
    acts: Array,
    bits: Array,
    partners: Sequence[Named],
    roles: Array,
    card: Mapping[str, Any],
) -> Settled:
    """Return what is decided about one act. `roles` has a row for each partner; `card` holds the thresholds."""
    best = int(kinds.argmax())
    taken, unsure = {}, []
    for column, role in enumerate(ROLES):
        chosen, doubtful = _role(partners, roles, column, card["thresholds"][role], card["doubt"])
        taken[role] = chosen
        if doubtful:
            unsure.append(role)
    agent = taken["agent"]
    if bits[OWN_SIDE] >= EVEN and draft.own_side.text not in {m.text for m in agent}:
        agent = (draft.own_side, *agent)
        unsure = [u for u in unsure if u != "agent"]
    kind, act = KINDS[best], ACTS[int(acts.argmax())]
    sure = there * float(kinds[best])
    return Settled(
        draft=draft,
        kind=kind,
        act=act,
        certainty=round(min(0.99, max(0.01, sure)), 3),
        negated=bool(bits[NEGATED] >= EVEN) or kind is Kind.DENIAL,
        agent=agent,
        target=taken["target"],
        places=taken["places"],
        time=draft.time or next(iter(taken["time"]), None),
        unsure=tuple(u for u in unsure if u in ("agent", "target", "places")),
        trace=(
            ("network.there", f"{there:.2f}"),
            ("network.kind", f"{kind.value} {float(kinds[best]):.2f}"),
            ("network.act", f"{act.value} {float(acts.max()):.2f}"),
        ),
    )


def _role(
    partners: Sequence[Named], roles: Array, column: int, least: float, doubt: float
) -> tuple[tuple[Mention, ...], bool]:
    """Return who has a role, in the order of the text, each once; and True where nobody was taken, but nearly."""
    best: dict[str, tuple[float, Mention]] = {}
    for row, named in enumerate(partners):
        probable = float(roles[row, column])
        text = named.mention.text
        if text not in best or probable > best[text][0]:
            best[text] = (probable, named.mention)
    chosen = [m for probable, m in best.values() if probable >= least]
    chosen = [m for m in chosen if not any(_inside(m, other) for other in chosen)]
    chosen.sort(key=lambda m: m.quote.span.start if m.quote else -1)
    nearly = not chosen and any(doubt <= probable for probable, _ in best.values())
    return tuple(chosen), nearly


def _inside(one: Mention, other: Mention) -> bool:
    """True for a name that stands inside another one's words."""
    if one is other or one.quote is None or other.quote is None or one.text == ISSUER:
        return False
    a, b = one.quote.span, other.quote.span
    return b.start <= a.start and a.end <= b.end and (a.start, a.end) != (b.start, b.end)
