"""The rule reader: sentence by sentence, from words that name acts to claims."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from pactwatch.claims.assemble import Draft, drafts
from pactwatch.claims.certainty import decide
from pactwatch.claims.ids import content_id
from pactwatch.claims.lexicon import Lexicon, lexicon
from pactwatch.claims.memory import Memory
from pactwatch.claims.mentions import Scope
from pactwatch.claims.parse import Passage, passages
from pactwatch.claims.party_names import Known, known_parties
from pactwatch.claims.sides import Sides, sides_of
from pactwatch.model import ISSUER, Claim, Document, IssuerType, Kind, Made, Mark, Mention, Party, Problem, Statement

VERSION = "1"


class RuleReader:
    """Reads English prose by rules over spaCy's parse. The same text gives the same claims."""

    name = "rules"
    version = VERSION

    def read(
        self, document: Document, statements: Sequence[Statement], marks: Sequence[Mark], register: Sequence[Party]
    ) -> tuple[list[Claim], list[Problem]]:
        """Return the claims of a document in the order of its text; this reader finds nothing odd of its own."""
        words, sides, known = lexicon(), sides_of(document, register), known_parties(register)
        found: dict[str, Claim] = {}
        ordered = sorted(marks, key=lambda m: m.quote.span.start)
        for statement in statements:
            for draft in drafts_of(document, statement, ordered, sides, words, known):
                claim = finished(document, draft, words)
                if claim is not None:
                    found.setdefault(claim.id, claim)
        return list(found.values()), []


def drafts_of(
    document: Document,
    statement: Statement,
    marks: Sequence[Mark],
    sides: Sides,
    words: Lexicon,
    known: Known | None = None,
) -> Iterator[Draft]:
    """Yield the drafts of one statement in the order of its text; `marks` are sorted. A question from the press
    gives none.
    """
    voice = statement.voice
    speaker = Mention(text=ISSUER) if voice is None else Mention(text=voice.text, quote=voice)
    memory = Memory()
    starts = [m.quote.span.start for m in marks]
    asks = statement.voice is not None and statement.voice_type is IssuerType.PRESS
    for passage in passages(document.text, statement.span.start, statement.span.end, known):
        scope = Scope(document, passage, sides, memory, speaker)
        for sentence in passage.doc.sents:
            memory.sentence += 1
            low, high = _place(passage, sentence)
            inside = marks[bisect_left(starts, low) : bisect_left(starts, high)]
            if not asks:
                yield from drafts(sentence, scope, inside, words)


def _place(passage: Passage, sentence: Any) -> tuple[int, int]:
    return passage.offsets[sentence[0].idx], passage.offsets[sentence[-1].idx] + 1


def finished(document: Document, draft: Draft, words: Lexicon) -> Claim | None:
    """Return the claim that a draft makes; None where too little speaks for it."""
    decision = decide(draft.features, words)
    if decision.there < words.least:
        return None
    kind = draft.kind if ("kind.ally", "assertion") in draft.trace else decision.kind
    return claim_of(document, draft, kind, decision.certainty)


def claim_of(document: Document, draft: Draft, kind: Kind, sure: float) -> Claim:
    """Return a draft as a claim of this kind and certainty, its doer filled in or left open as the kind asks."""
    agent, unsure = doer(document, draft, kind)
    return Claim(
        id=claim_id(document.id, draft, kind),
        document_id=document.id,
        kind=kind,
        act=draft.act,
        trigger=document.quote(*draft.trigger),
        quote=document.quote(*draft.quote),
        speaker=draft.speaker,
        agent=agent,
        target=draft.target,
        places=draft.places,
        time=draft.time,
        counts=draft.counts,
        quantities=draft.quantities,
        negated=draft.negated or kind is Kind.DENIAL,
        condition=draft.condition,
        unsure=(*draft.unsure, *unsure),
        trace=(*draft.trace, ("kind", kind.value)),
        made=Made(by="rules", version=VERSION, certainty=sure),
    )


_OF_ONES_OWN = frozenset({Kind.COMPLIANCE, Kind.COMMITMENT, Kind.ADMISSION, Kind.DENIAL, Kind.THREAT})


def doer(document: Document, draft: Draft, kind: Kind) -> tuple[tuple[Mention, ...], tuple[str, ...]]:
    """Return the agent, and `agent` among the unsure fields where it was left out on purpose.

    A doer left out of one's own compliance, commitment, admission, denial or threat is the speaker's side. One
    taken from a neighbouring
    sentence is left out of a report: who does not blame names nobody.
    """
    if not draft.agent and kind in _OF_ONES_OWN:
        observes = document.issuer_type in (IssuerType.PRESS, IssuerType.MONITOR)
        own_words = draft.own_side.text != ISSUER or not observes
        return ((draft.own_side,), ()) if own_words else ((), ("agent",))
    if draft.agent_from_before and kind is Kind.REPORT:
        return (), ("agent",)
    return draft.agent, ()


def claim_id(document_id: str, draft: Draft, kind: Kind) -> str:
    """Return an id made of the document, the places of quote and trigger, and the kind; not of the method's version."""
    return content_id(document_id, draft.quote, draft.trigger, kind)
