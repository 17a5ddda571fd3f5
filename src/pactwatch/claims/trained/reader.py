"""The trained reader: the rules propose and fill in, the network decides what is a claim, which kind, and who acts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from threadpoolctl import threadpool_limits

from pactwatch.claims.assemble import Draft
from pactwatch.claims.lexicon import Lexicon, lexicon
from pactwatch.claims.memory import Memory
from pactwatch.claims.mentions import Scope
from pactwatch.claims.parse import Passage, passages
from pactwatch.claims.party_names import Known, known_parties
from pactwatch.claims.sides import Side, Sides, sides_of
from pactwatch.claims.trained.network import Array, Network, network
from pactwatch.claims.trained.proposals import Proposal, SentenceView, pair_features, views
from pactwatch.claims.trained.settle import ROLES, Judgement, Partners, settled
from pactwatch.claims.trained.windows import Speaker, Window, windows
from pactwatch.model import (
    ISSUER,
    Claim,
    Document,
    IssuerType,
    Mark,
    Mention,
    Party,
    Problem,
    Statement,
)

PASSAGES_AT_ONCE = 16
SENTENCES_BACK = 6
OF_ONE_ACT = [ROLES.index("places"), ROLES.index("time")]
SIDES = (Side.OWN, Side.ALLY, Side.OTHER)


class TrainedReader:
    """Reads English prose by rules and a small network together. The same text gives the same claims."""

    name = "trained"

    def __init__(self) -> None:
        self._network = network()
        self.version = str(self._network.card["version"])

    def read(
        self, document: Document, statements: Sequence[Statement], marks: Sequence[Mark], register: Sequence[Party]
    ) -> tuple[list[Claim], list[Problem]]:
        """Return the claims of a document in the order of its text; this reader finds nothing odd of its own."""
        found: dict[str, Claim] = {}
        for judged in self.judged(document, statements, marks, register, float(self._network.card["least"])):
            claim = settled(judged, self._network.card).claim(document, self.version)
            found.setdefault(claim.id, claim)
        return list(found.values()), []

    def judged(
        self,
        document: Document,
        statements: Sequence[Statement],
        marks: Sequence[Mark],
        register: Sequence[Party],
        least: float,
    ) -> Iterator[Judgement]:
        """Yield what the network thinks of each act that is a claim with a probability of at least `least`."""
        words, sides, known = lexicon(), sides_of(document, register), known_parties(register)
        ordered = sorted(marks, key=lambda m: m.quote.span.start)
        for statement in statements:
            if statement.voice is not None and statement.voice_type is IssuerType.PRESS:
                continue  # the press asks; it claims nothing
            # More threads than one make matrices this small slower, and wait for each other on a busy machine.
            with threadpool_limits(limits=1):
                reading = _Reading(document, statement, ordered, sides, words, known, self._network, least)
                yield from list(reading.judged())


@dataclass(slots=True)
class _Asked:
    """A proposal that was drafted, with the pieces of its trigger."""

    proposal: Proposal
    draft: Draft
    ends: tuple[int, int]
    view: SentenceView


class _Reading:
    """One statement on its way through the network."""

    def __init__(
        self,
        document: Document,
        statement: Statement,
        marks: Sequence[Mark],
        sides: Sides,
        words: Lexicon,
        known: Known,
        judge: Network,
        least: float,
    ) -> None:
        voice = statement.voice
        self.document, self.statement, self.words, self.network = document, statement, words, judge
        self.marks, self.starts = marks, [m.quote.span.start for m in marks]
        self.sides, self.memory, self.least = sides, Memory(), least
        self.speaker = Mention(text=ISSUER) if voice is None else Mention(text=voice.text, quote=voice)
        self.who = Speaker(str(document.issuer_type), document.issuer or "", voice.text if voice else "", known)
        self.sentences: list[tuple[int, int]] = []
        self.seen: list[SentenceView] = []

    def judged(self) -> Iterator[Judgement]:
        """Yield what the network thinks of the acts of this statement, in the order of its text."""
        span = self.statement.span
        parsed = passages(self.document.text, span.start, span.end, self.who.known)
        while some := list(islice(parsed, PASSAGES_AT_ONCE)):
            yield from self._some(some)

    def _some(self, some: list[Passage]) -> Iterator[Judgement]:
        first = len(self.sentences)
        for passage in some:
            self.sentences += [_place(passage, sentence) for sentence in passage.doc.sents]
        made = windows(self.document.text, self.sentences, self.who, first)
        rows = self.network.encode(made)
        homes = {number: n for n, window in enumerate(made) for number in window.sentences}
        number = first
        for passage in some:
            scope = Scope(self.document, passage, self.sides, self.memory, self.speaker)
            for view in views(scope, self.marks, self.starts, self.words):
                window = made[homes[number]]
                yield from self._sentence(view, window, rows[homes[number]])
                number += 1

    def _sentence(self, view: SentenceView, window: Window, rows: Array) -> Iterator[Judgement]:
        asked = self._asked(view, window, rows)
        view.close()
        self.seen = [*self.seen, view][-SENTENCES_BACK - 1 :]
        if not asked:
            return
        features = [a.draft.features | {"listed" if a.proposal.listed else "unlisted"} for a in asked]
        judged = self.network.judge(rows, [a.ends for a in asked], features)
        taken: list[tuple[int, int]] = []
        chosen = []
        for n in sorted(range(len(asked)), key=lambda n: (-judged.there[n], n)):
            start, end = asked[n].draft.trigger
            if judged.there[n] >= self.least and not any(start < b and end > a for a, b in taken):
                taken.append((start, end))
                chosen.append(n)
        heads = {asked[n].proposal.candidate.head.i for n in chosen}
        for n in sorted(chosen):
            partners = self._partners(asked[n], window, rows, judged.state[n])
            _keep_apart(partners, asked[n], heads)
            kinds = self.network.kinds(judged.state[n], partners.doers(SIDES), judged.bits[n], features[n])
            yield Judgement(
                draft=asked[n].draft,
                there=float(judged.there[n]),
                kinds=kinds,
                acts=judged.act[n],
                bits=judged.bits[n],
                partners=partners,
                observes=bool(features[n] & _OBSERVERS),
            )

    def _asked(self, view: SentenceView, window: Window, rows: Array) -> list[_Asked]:
        """Draft what is worth it: what the rules know, and what looks like an act at first sight."""
        placed = [(p, window.pieces(*p.place)) for p in view.proposals]
        inside = [(p, ends) for p, ends in placed if ends is not None]
        if not inside:
            return []
        quick = self.network.quick(rows, [ends for _, ends in inside])
        least = float(self.network.card["least_at_first_sight"])
        asked = []
        for (proposal, _), probable in zip(inside, quick, strict=True):
            if proposal.listed or probable >= least:
                draft = view.draft(proposal, self.words)
                ends = window.pieces(*draft.trigger)
                if ends is not None:
                    asked.append(_Asked(proposal, draft, ends, view))
        return asked

    def _partners(self, asked: _Asked, window: Window, rows: Array, state: Array) -> Partners:
        """Return what may take part in an act, from its sentence and a few before it."""
        found, places, features, sides = [], [], [], []
        for view in self.seen:
            for named in view.named:
                names = pair_features(asked.draft, asked.proposal, named, asked.view.number, asked.view.scope)
                place = window.pieces(named.start, named.end)
                if place is None and not names & _RULES_ROLE:
                    continue
                found.append(named)
                places.append(place)
                features.append(names)
                sides.append(next((side for side in SIDES if f"side.{side}" in names), Side.NONE))
        return Partners(found, self.network.roles(rows, state, asked.ends, places, features), sides)


_OBSERVERS = frozenset({"voice.press", "voice.monitor"})
_RULES_ROLE = frozenset({"rule.agent", "rule.target", "rule.places", "rule.time", "rule.speaker"})


def _place(passage: Passage, sentence: Any) -> tuple[int, int]:
    last = sentence[-1]
    return passage.offsets[sentence[0].idx], passage.offsets[last.idx + len(last) - 1] + 1


def _keep_apart(partners: Partners, asked: _Asked, heads: set[int]) -> None:
    """Take from an act the places and times that the grammar gives to another act of its sentence.

    "The shelling of Anor, the burning of Brod": neither happened in both.
    """
    act = asked.proposal.candidate.head
    above = {act.i, *(t.i for t in act.ancestors)}
    for row, named in enumerate(partners.named):
        if named.sentence != asked.view.number or named.token.doc is not act.doc:
            continue
        owner = next((t.i for t in (named.token, *named.token.ancestors) if t.i in heads), None)
        if owner is not None and owner not in above:
            partners.drop(row, OF_ONE_ACT)
