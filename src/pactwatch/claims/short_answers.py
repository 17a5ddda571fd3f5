"""Sentences that say no more than yes or no to what was told before: "We did not.", "That is false.", "It was us."

Example: "Radio Harrow says that the mill was shelled. It was not." The second sentence denies the shelling. Errs
towards silence: without
an act told within three sentences it finds nothing.
"""

import re
from typing import Any

from pactwatch.claims.candidates import Candidate
from pactwatch.claims.forms import Form, Mood
from pactwatch.claims.lexicon import Lexicon, Sense
from pactwatch.claims.memory import Memory, Told

BACK_SENTENCES = 3
_ELLIPSIS = re.compile(
    r"^(?:(?:no|yes|well|but|and|so|still|in fact|again)[,.;:]? )*(?:we|i|it|they|he|she|that|this|those|"
    r"these|there|none|nobody|no one)"
    r" (?P<aux>(?:did|do|does|was|were|has|have|had|is|are|wasn|didn|don|weren|haven|"
    r"hasn)(?: ?n't)?)(?P<rest>(?: not| never| no such thing| nothing| none)*"
    r"(?:[, ]+(?:never|once|ever|at all|so|it|that|this|us|ours|him|them|we|have|has)){0,4})[ .!;,\"]*$",
    re.I,
)
_FALSE_LIMIT_TOKENS = 16


def short_answer(sentence: Any, memory: Memory, lexicon: Lexicon) -> tuple[Candidate, Told] | None:
    """Return the denial or admission that a short sentence makes, and what it answers; None for other sentences."""
    told = memory.last_act(BACK_SENTENCES)
    if told is None:
        return None
    found = _elliptical(sentence) or _falsehood(sentence, lexicon)
    if found is None:
        return None
    first, last, negated = found
    mood = Mood(form=Form.DENIAL if negated else Form.ADMISSION, negated=negated)
    mood.cues.append(("short-answer", last))
    sense = Sense(told.act, "h" if told.harmful else "g", 2)
    return Candidate(last, sense, first, last, None, mood, noun=True, support="short-answer"), told


def _elliptical(sentence: Any) -> tuple[Any, Any, bool] | None:
    if len(sentence) > 14 or not _ELLIPSIS.match(sentence.text.strip()):
        return None
    auxiliaries = [t for t in sentence if t.pos_ in ("AUX", "VERB")]
    if not auxiliaries:
        return None
    negations = [
        t for t in sentence if t.dep_ == "neg" or t.lower_ in ("not", "never", "none", "nobody", "nothing", "n't")
    ]
    last = max([auxiliaries[0], *[n for n in negations if n.i > auxiliaries[0].i][:1]], key=lambda t: int(t.i))
    return auxiliaries[0], last, bool(negations)


def _falsehood(sentence: Any, lexicon: Lexicon) -> tuple[Any, Any, bool] | None:
    """ "This is false.", "The allegation is a pure invention.": judged to be untrue without saying what."""
    if len(sentence) > _FALSE_LIMIT_TOKENS:
        return None
    for token in sentence:
        if lexicon.has("denial_word", token.lemma_.lower()) and token.dep_ in ("acomp", "attr", "ROOT", "oprd"):
            if any(c.dep_ in ("ccomp", "csubj") for c in token.head.children):
                return None
            negated = not any(c.dep_ == "neg" for c in token.head.children)
            return token, token, negated
    return None
