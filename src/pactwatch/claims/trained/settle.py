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
from pactwatch.claims.trained.network import Array, Roles
from pactwatch.claims.trained.proposals import Named
from pactwatch.model import ISSUER, Act, Claim, Document, Kind, Made, Mention

KINDS = tuple(k for k in Kind if k is not Kind.POSITION)
OWN_KINDS = frozenset({Kind.COMPLIANCE, Kind.COMMITMENT, Kind.ADMISSION, Kind.DENIAL, Kind.THREAT})
ACTS = tuple(Act)
ROLES = ("agent", "target", "places", "time", "speaker")
AGENT, SPEAKER = ROLES.index("agent"), ROLES.index("speaker")
NEGATED, ISSUER_SPEAKS = 0, 3
EVEN, HARDLY = 0.5, 0.1
LEAST_LIKELY = 0.125  # below this the likeliest holder of a role is none
NAMED_SPEAKER, OTHER_SPEAKER = 0.3, 0.7  # how probable somebody must be, to speak instead of the issuer or of another


@dataclass(slots=True)
class Partners:
    """What may take part in one act, what the network thinks of it, and whose side it is on."""

    named: list[Named]
    roles: Roles
    sides: list[Side]

    def doers(self, sides: Sequence[Side]) -> list[float]:
        """Return for each side how probable a doer on it is."""
        found = dict.fromkeys(sides, 0.0)
        found[Side.OWN] = float(self.roles.first[-1, AGENT])
        for side, weight in zip(self.sides, self.roles.first[1:-1, AGENT], strict=True):
            if side in found:
                found[side] += float(weight)
        return [found[side] for side in sides]

    def drop(self, row: int, columns: Sequence[int]) -> None:
        """Let a partner have no part in some roles."""
        self.roles.each[row, columns] = 0.0
        self.roles.first[row + 1, columns] = 0.0


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


@dataclass(slots=True)
class Judgement:
    """What the network thinks of one act: is it there, of which kind, which act, and who takes part.

    `observes` is true of a monitor's or the press's own voice, which has no side.
    """

    draft: Draft
    there: float
    kinds: Array
    acts: Array
    bits: Array
    partners: Partners
    observes: bool


def settled(judged: Judgement, card: Mapping[str, Any]) -> Settled:
    """Return what is decided about one act; `card` holds the thresholds."""
    draft, bits, partners = judged.draft, judged.bits, judged.partners
    kinds, acts = _said_outright(judged.kinds, draft.features), judged.acts
    kind, act = KINDS[int(kinds.argmax())], ACTS[int(acts.argmax())]
    speaker = _speaker(draft.speaker, bits, partners)
    own_side = draft.own_side if speaker is draft.speaker else speaker
    taken, unsure = {}, []
    for column, role in enumerate(ROLES):
        taken[role], doubtful = _role(partners, column, card, own_side)
        if doubtful:
            unsure.append(role)
    agent = _agent(taken["agent"], kind, partners)
    agent = agent or _doer(own_side, kind, partners, card["guess"], observes=judged.observes)
    time = draft.time or next(iter(taken["time"]), None)
    sure = _calibrated(judged.there * float(kinds.max()), card["certainty"])
    return Settled(
        draft=draft,
        kind=kind,
        act=act,
        certainty=sure,
        negated=_negated(draft, float(bits[NEGATED]), kind),
        speaker=speaker,
        agent=agent,
        target=tuple(m for m in taken["target"] if m.text == ISSUER or not any(_holds(a, m) for a in agent)),
        places=taken["places"],
        time=time,
        unsure=tuple(u for u in unsure if u in ("target", "places") or (u == "agent" and not agent)),
        trace=(
            ("network.there", f"{judged.there:.2f}"),
            ("network.kind", f"{kind.value} {float(kinds.max()):.2f}"),
            ("network.act", f"{act.value} {float(acts.max()):.2f}"),
            *((("network.time", f"told before: {time.text}"),) if time is not None and _before(time, draft) else ()),
        ),
    )


def _before(mention: Mention, draft: Draft) -> bool:
    """True for words that stand before the draft's own passage."""
    return mention.quote is not None and mention.quote.span.end <= draft.quote[0]


def _negated(draft: Draft, probable: float, kind: Kind) -> bool:
    """True where the act is said not to happen, or is to stop. Nobody is accused of, nor owns, what did not happen."""
    if kind in (Kind.ACCUSATION, Kind.ADMISSION):
        return False
    by_rules = draft.negated and kind in _MAY_BE_NEGATED and probable >= HARDLY
    return by_rules or probable >= EVEN or kind is Kind.DENIAL


_MAY_BE_NEGATED = frozenset({Kind.COMPLIANCE, Kind.COMMITMENT, Kind.DEMAND})
"""Kinds for which the rules are believed even against the network: in the training documents that were counted, what
they call negated is so in 191 of 230 claims."""


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
        ((float(partners.roles.each[row, SPEAKER]), named.mention) for row, named in enumerate(partners.named)),
        default=(0.0, by_rules),
        key=lambda pair: pair[0],
    )
    least = NAMED_SPEAKER if by_rules.text == ISSUER else OTHER_SPEAKER
    return named if bits[ISSUER_SPEAKS] <= EVEN and best >= least else by_rules


def _agent(taken: tuple[Mention, ...], kind: Kind, partners: Partners) -> tuple[Mention, ...]:
    """Return the agents; who accuses, accuses others."""
    if kind is not Kind.ACCUSATION:
        return taken
    own = {n.mention.text for n, side in zip(partners.named, partners.sides, strict=True) if side is Side.OWN}
    return tuple(m for m in taken if m.text not in own) or taken


def _doer(own_side: Mention, kind: Kind, partners: Partners, guess: float, *, observes: bool) -> tuple[Mention, ...]:
    """Return who does it where no partner is sure enough.

    Who accuses, accuses somebody: the likeliest other one. One's own promise, admission or denial is one's own side's.
    """
    if kind is Kind.ACCUSATION:
        others = [
            (float(partners.roles.first[row + 1, AGENT]), -row, named.mention)
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


def _role(
    partners: Partners, column: int, card: Mapping[str, Any], own_side: Mention
) -> tuple[tuple[Mention, ...], bool]:
    """Return who has a role, in the order of the text, each once; and True where nobody was taken, but nearly.

    First it is asked whether anybody has it, then who has it first, then who else has it beside.
    """
    role, weights, beside = ROLES[column], dict[str, float](), dict[str, tuple[float, Mention]]()
    for row, named in enumerate(partners.named):
        text = named.mention.text
        if _fits(named, role):
            weights[text] = weights.get(text, 0.0) + float(partners.roles.first[row + 1, column])
            probable = float(partners.roles.each[row, column])
            if text not in beside or probable > beside[text][0]:
                beside[text] = (probable, named.mention)
    if column == AGENT:
        weights[own_side.text] = weights.get(own_side.text, 0.0) + float(partners.roles.first[-1, AGENT])
        beside.setdefault(own_side.text, (0.0, own_side))
    if not weights:
        return (), False
    likeliest = max(weights, key=lambda text: weights[text])
    if float(partners.roles.first[0, column]) >= card["nobody"][role] or weights[likeliest] < LEAST_LIKELY:
        return (), weights[likeliest] >= card["doubt"]
    least = card["thresholds"][role]
    chosen = [m for text, (probable, m) in beside.items() if text == likeliest or probable >= least]
    chosen = [m for m in chosen if m.text == likeliest or not any(_inside(m, other) for other in chosen)]
    chosen.sort(key=lambda m: m.quote.span.start if m.quote else -1)
    return tuple(chosen), False


def _fits(named: Named, role: str) -> bool:
    """False where something can have no such role: a time is a time expression, a place bears a name."""
    if role == "time":
        return named.sort == "time"
    if role == "places":
        return named.sort == "place" or (named.sort == "phrase" and _bears_a_name(named))
    if role == "agent" and named.token.pos_ == "NOUN" and named.token.lemma_.lower() in lexicon().nouns:
        return False  # an event does nothing
    return named.sort != "time" and not _part_of_name(named.token)


def _bears_a_name(named: Named) -> bool:
    """True for "Anor" and "the Anor bridge"; armies have initials, which locate nothing."""
    if named.token.pos_ == "PROPN":
        return not _BODY.search(named.mention.text)
    return named.token.pos_ == "NOUN" and any(c.pos_ == "PROPN" and c.dep_ in _IN_NAMES for c in named.token.lefts)


_IN_NAMES = frozenset({"compound", "nmod", "amod"})


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
