"""From what the network thinks to a claim: kind, act, participants, and what is left open on purpose."""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pactwatch.claims.assemble import Draft
from pactwatch.claims.lexicon import lexicon
from pactwatch.claims.rules import claim_id
from pactwatch.claims.sides import Side
from pactwatch.claims.trained.network import Array
from pactwatch.claims.trained.proposals import Named
from pactwatch.model import ISSUER, Act, Claim, Document, Kind, Made, Mention

KINDS = tuple(k for k in Kind if k is not Kind.POSITION)
OWN_KINDS = frozenset({Kind.COMPLIANCE, Kind.COMMITMENT, Kind.ADMISSION, Kind.DENIAL, Kind.THREAT})
ACTS = tuple(Act)
ROLES = ("agent", "target", "places", "time", "speaker")
SPEAKER = ROLES.index("speaker")
NEGATED, OWN_SIDE, ISSUER_SPEAKS = 0, 2, 3
EVEN = 0.5
NAMED_SPEAKER, OTHER_SPEAKER = 0.3, 0.7  # how probable somebody must be, to speak instead of the issuer or of another


@dataclass(slots=True)
class Partners:
    """What may take part in one act: how probable each is in each role (a column a role), and whose side it is on."""

    named: list[Named]
    roles: Array
    sides: list[Side]

    def doers(self, sides: Sequence[Side]) -> list[float]:
        """Return for each side how probable its likeliest doer is."""
        return [
            max((float(row[0]) for row, its in zip(self.roles, self.sides, strict=True) if its is side), default=0.0)
            for side in sides
        ]


@dataclass(slots=True)
class Settled:
    """A draft with what the network decided about it."""

    draft: Draft
    kind: Kind
    act: Act
    certainty: float
    negated: bool
    speaker: Mention
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
            speaker=self.speaker,
            agent=self.agent,
            target=self.target,
            places=self.places,
            time=self.time,
            counts=draft.counts,
            quantities=draft.quantities,
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
    partners: Partners,
    card: Mapping[str, Any],
    *,
    observes: bool,
) -> Settled:
    """Return what is decided about one act.

    `card` holds the thresholds; `observes` is true of a monitor's or the press's own voice, which has no side.
    """
    kinds = _said_outright(kinds, draft.features)
    kind, act = KINDS[int(kinds.argmax())], ACTS[int(acts.argmax())]
    taken, unsure = {}, []
    for column, role in enumerate(ROLES):
        taken[role], doubtful = _role(partners, column, card["thresholds"][role], card["doubt"])
        if doubtful:
            unsure.append(role)
    speaker = _speaker(draft.speaker, bits, partners)
    own_side = draft.own_side if speaker is draft.speaker else speaker
    agent = _agent(taken["agent"], own_side, bool(bits[OWN_SIDE] >= EVEN), kind, partners)
    agent = agent or _doer(own_side, kind, partners, card["guess"], observes=observes)
    sure = _calibrated(there * float(kinds.max()), card["certainty"])
    return Settled(
        draft=draft,
        kind=kind,
        act=act,
        certainty=sure,
        negated=bool(bits[NEGATED] >= EVEN) or kind is Kind.DENIAL,
        speaker=speaker,
        agent=agent,
        target=tuple(m for m in taken["target"] if m.text == ISSUER or not any(_holds(a, m) for a in agent)),
        places=taken["places"],
        time=draft.time or next(iter(taken["time"]), None),
        unsure=tuple(u for u in unsure if u in ("target", "places") or (u == "agent" and not agent)),
        trace=(
            ("network.there", f"{there:.2f}"),
            ("network.kind", f"{kind.value} {float(kinds.max()):.2f}"),
            ("network.act", f"{act.value} {float(acts.max()):.2f}"),
        ),
    )


# Words that do what they say ("denies", "admits") are rarer in the training documents than their weight deserves: two
# thirds of these claims are what the words say, whatever stands beside them.
_OUTRIGHT = {"form.denial": Kind.DENIAL, "form.admission": Kind.ADMISSION}
OUTRIGHT_ODDS = 4.0


def _said_outright(kinds: Array, features: set[str]) -> Array:
    """Return the kinds' probabilities, one of them raised where a verb of denying or admitting governs the act."""
    for feature, kind in _OUTRIGHT.items():
        if feature in features:
            raised = kinds.copy()
            raised[KINDS.index(kind)] *= OUTRIGHT_ODDS
            kinds = raised / raised.sum()
    return kinds


def _speaker(by_rules: Mention, bits: Array, partners: Partners) -> Mention:
    """Return who says it: whom the rules name, unless the network doubts it and knows somebody likelier."""
    best, named = max(
        ((float(partners.roles[row, SPEAKER]), named.mention) for row, named in enumerate(partners.named)),
        default=(0.0, by_rules),
        key=lambda pair: pair[0],
    )
    least = NAMED_SPEAKER if by_rules.text == ISSUER else OTHER_SPEAKER
    return named if bits[ISSUER_SPEAKS] <= EVEN and best >= least else by_rules


def _agent(
    taken: tuple[Mention, ...], own_side: Mention, by_own_side: bool, kind: Kind, partners: Partners
) -> tuple[Mention, ...]:
    """Return the agents, the speaker's own side among them where the network says so; who accuses, accuses others."""
    if kind is Kind.ACCUSATION:
        own = {n.mention.text for n, side in zip(partners.named, partners.sides, strict=True) if side is Side.OWN}
        return tuple(m for m in taken if m.text not in own) or taken
    if by_own_side and own_side.text not in {m.text for m in taken}:
        return (own_side, *taken)
    return taken


def _doer(own_side: Mention, kind: Kind, partners: Partners, guess: float, *, observes: bool) -> tuple[Mention, ...]:
    """Return who does it where no partner is sure enough.

    Who accuses, accuses somebody: the likeliest other one. One's own promise, admission or denial is one's own side's.
    """
    if kind is Kind.ACCUSATION:
        others = [
            (float(partners.roles[row, 0]), -row, named.mention)
            for row, (named, side) in enumerate(zip(partners.named, partners.sides, strict=True))
            if side is not Side.OWN
        ]
        best = max(others, default=None, key=lambda o: o[:2])
        return (best[2],) if best is not None and best[0] >= guess else ()
    return (own_side,) if kind in OWN_KINDS and not observes else ()


def _calibrated(probability: float, line: Mapping[str, float]) -> float:
    """Return a certainty between 0.01 and 0.99: a line through the log-odds, fitted on documents held out."""
    bounded = min(0.999, max(0.001, probability))
    odds = line["slope"] * math.log(bounded / (1 - bounded)) + line["shift"]
    return round(min(0.99, max(0.01, 1 / (1 + math.exp(-odds)))), 3)


def _role(partners: Partners, column: int, least: float, doubt: float) -> tuple[tuple[Mention, ...], bool]:
    """Return who has a role, in the order of the text, each once; and True where nobody was taken, but nearly."""
    best: dict[str, tuple[float, Mention]] = {}
    for row, named in enumerate(partners.named):
        if not _fits(named, ROLES[column]):
            continue
        probable = float(partners.roles[row, column])
        text = named.mention.text
        if text not in best or probable > best[text][0]:
            best[text] = (probable, named.mention)
    chosen = [m for probable, m in best.values() if probable >= least]
    chosen = [m for m in chosen if not any(_inside(m, other) for other in chosen)]
    chosen.sort(key=lambda m: m.quote.span.start if m.quote else -1)
    nearly = not chosen and any(doubt <= probable for probable, _ in best.values())
    return tuple(chosen), nearly


def _fits(named: Named, role: str) -> bool:
    """False where something can have no such role: a time is a time expression, a place bears a name."""
    if role == "time":
        return named.sort == "time"
    if role == "places":
        named_so = named.sort == "phrase" and named.token.pos_ == "PROPN"
        return named.sort == "place" or (named_so and not _BODY.search(named.mention.text))
    if role == "agent" and named.token.pos_ == "NOUN" and named.token.lemma_.lower() in lexicon().nouns:
        return False  # an event does nothing
    return named.sort != "time" and not _part_of_name(named.token)


def _part_of_name(token: Any) -> bool:
    """True for "United" in "United Nations": the whole name is proposed too."""
    return bool(token.dep_ == "compound" and token.head.pos_ == "PROPN" and token.head.ent_type_ == token.ent_type_)


_BODY = re.compile(r"^(?:the )?[A-Z]{2,6}s?$|^(?:[a-z]+ )+of (?:the )?[A-Z]{2,6}$")  # "the SDA": armies have initials


def _inside(one: Mention, other: Mention) -> bool:
    """True for a name that stands inside another one's words, and is not those words."""
    return one is not other and one.text != ISSUER and one.quote != other.quote and _holds(other, one)


def _holds(one: Mention, other: Mention) -> bool:
    """True where the words of one mention hold those of another."""
    if one.quote is None or other.quote is None:
        return False
    return one.quote.span.contains(other.quote.span)
