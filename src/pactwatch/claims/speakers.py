"""Who says it: the innermost one named who tells, claims, denies; else the voice of the passage."""

from typing import Any

from pactwatch.claims.forms import Mood
from pactwatch.claims.grammar import children, complements, is_passive, phrase
from pactwatch.claims.mentions import Scope, mention_of
from pactwatch.model import ISSUER, IssuerType, Mention

_ISSUER = Mention(text=ISSUER)
_SELF = frozenset(["we", "i", "us", "our"])
_QUOTE_MARKS = frozenset({'"', "``", "''"})


def speaker_of(mood: Mood, head: Any, scope: Scope) -> Mention:
    """Return the words that name the source of a claim, or `issuer`."""
    for verb, heads in mood.said:
        found = _sayer(verb, heads, scope)
        if found is not None:
            return found
    according = _according(head, scope)
    if according is not None:
        return according
    if inside_quotes(head) and scope.memory.open_quote is not None:
        return scope.memory.open_quote
    return scope.speaker


def _sayer(verb: Any, heads: list[Any], scope: Scope) -> Mention | None:
    if is_passive(verb):
        heads = complements(verb, "by")
    for head in heads[:1]:
        if head.lower_ in _SELF or (scope.passage.silent_subject and head.i == 0):
            return scope.speaker
        if head.lower_ in ("he", "she", "they"):
            return scope.memory.speaker or scope.memory.last_named(2)
        if head.lower_ in ("it", "this", "that", "who", "which", "there", "what", "these"):
            return scope.memory.speaker if head.lower_ == "it" and scope.memory.speaker else None
        made = named_speaker(head, scope)
        if made is not None:
            return made
    return None


def named_speaker(head: Any, scope: Scope) -> Mention | None:
    """Return the issuer where the words name it or its own official, else the fullest words that name the source."""
    made = mention_of(head, scope)
    if made is None or made.text == ISSUER:
        return made
    first, last = phrase(head)
    apposition = children(head, "appos")
    whole = (
        scope.mention(first, phrase(apposition[0])[1]).text if apposition and apposition[0].i > last.i else made.text
    )
    known = scope.memory.people.get(head.lower_)
    full = known.text if known is not None else whole
    scope.memory.people.setdefault(head.lower_, Mention(text=whole, quote=made.quote))
    own_voice = scope.speaker.text == ISSUER and scope.document.issuer_type is not IssuerType.PRESS
    if own_voice and (scope.sides.is_issuer(full) or full.casefold().startswith(("our ", "my "))):
        return _ISSUER
    return made


def _according(head: Any, scope: Scope) -> Mention | None:
    for token in head.sent:
        if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor(1).lower_ == "to":
            for sayer in [c for p in children(token, "prep") for c in children(p, "pobj")]:
                if not may_speak(sayer):
                    continue
                return named_speaker(sayer, scope)
    return None


_NO_SPEAKER = frozenset(
    [
        "article",
        "paragraph",
        "agreement",
        "law",
        "teaching",
        "rule",
        "plan",
        "annex",
        "clause",
        "protocol",
        "charter",
        "schedule",
        "procedure",
        "principle",
        "need",
        "term",
    ]
)


def may_speak(head: Any) -> bool:
    """False for a text or a rule: "according to the agreement" quotes nobody."""
    return str(head.lemma_).lower() not in _NO_SPEAKER


def inside_quotes(token: Any) -> bool:
    """True where an odd number of quotation marks stands before a token in its passage."""
    if '"' not in token.doc.text:
        return False
    return int(token.doc.text.count('"', 0, token.idx)) % 2 == 1
