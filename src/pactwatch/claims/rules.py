"""The rule reader: sentence by sentence, from words that name acts to claims."""

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from pactwatch.claims.assemble import Draft, drafts
from pactwatch.claims.certainty import LEAST, certainty
from pactwatch.claims.lexicon import Lexicon, lexicon
from pactwatch.claims.memory import Memory
from pactwatch.claims.mentions import Scope
from pactwatch.claims.parse import Passage, passages
from pactwatch.claims.sides import Sides, sides_of
from pactwatch.model import ISSUER, Claim, Document, IssuerType, Made, Mark, Mention, Party, Problem, Statement

VERSION = "1"


class RuleReader:
    """Reads English prose by rules over spaCy's parse. The same text gives the same claims."""

    name = "rules"
    version = VERSION

    def read(
        self, document: Document, statements: Sequence[Statement], marks: Sequence[Mark], register: Sequence[Party]
    ) -> tuple[list[Claim], list[Problem]]:
        """Return the claims of a document in the order of its text; this reader finds nothing odd of its own."""
        words, sides = lexicon(), sides_of(document, register)
        found: dict[str, Claim] = {}
        ordered = sorted(marks, key=lambda m: m.quote.span.start)
        for statement in statements:
            for draft in _of_statement(document, statement, ordered, sides, words):
                claim = finished(document, draft, words)
                if claim is not None:
                    found.setdefault(claim.id, claim)
        return list(found.values()), []


def _of_statement(
    document: Document, statement: Statement, marks: Sequence[Mark], sides: Sides, words: Lexicon
) -> Iterator[Draft]:
    voice = statement.voice
    speaker = Mention(text=ISSUER) if voice is None else Mention(text=voice.text, quote=voice)
    memory = Memory()
    starts = [m.quote.span.start for m in marks]
    asks = statement.voice is not None and statement.voice_type is IssuerType.PRESS
    for passage in passages(document.text, statement.span.start, statement.span.end):
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
    sure = certainty(draft.features, words)
    if sure < LEAST:
        return None
    trigger, quote = document.quote(*draft.trigger), document.quote(*draft.quote)
    return Claim(
        id=claim_id(document.id, draft),
        document_id=document.id,
        kind=draft.kind,
        act=draft.act,
        trigger=trigger,
        quote=quote,
        speaker=draft.speaker,
        agent=draft.agent,
        target=draft.target,
        places=draft.places,
        time=draft.time,
        counts=draft.counts,
        negated=draft.negated,
        condition=draft.condition,
        unsure=tuple(draft.unsure),
        trace=tuple(draft.trace),
        made=Made(by="rules", version=VERSION, certainty=sure),
    )


def claim_id(document_id: str, draft: Draft) -> str:
    """Return an id made of the document, the places of quote and trigger, and the kind; not of the method's version."""
    content = f"{document_id}|{draft.quote}|{draft.trigger}|{draft.kind}"
    return "claim:" + hashlib.sha256(content.encode()).hexdigest()[:16]
