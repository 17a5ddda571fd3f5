"""From heads of noun phrases to mentions: exact words, pronouns resolved, lists taken apart, numbers left out."""

from dataclasses import dataclass
from typing import Any

from pactwatch.claims.grammar import conjuncts, phrase, real_head, without_number
from pactwatch.claims.memory import Memory
from pactwatch.claims.parse import Passage
from pactwatch.claims.sides import Sides
from pactwatch.model import ISSUER, Document, Mention

_SELF = frozenset(["we", "us", "our", "ours", "ourselves", "i", "me", "my", "mine", "myself"])
_THIRD = frozenset(
    [
        "he",
        "she",
        "they",
        "it",
        "him",
        "her",
        "them",
        "his",
        "their",
        "its",
        "himself",
        "herself",
        "themselves",
        "itself",
    ]
)
_EMPTY = frozenset(
    [
        "who",
        "which",
        "that",
        "this",
        "these",
        "those",
        "there",
        "what",
        "whoever",
        "nobody",
        "none",
        "nothing",
        "one",
        "ones",
        "someone",
        "anyone",
        "everybody",
        "everyone",
        "something",
        "anything",
        "here",
        "all",
        "both",
        "each",
        "other",
        "others",
        "another",
        "same",
        "such",
    ]
)
_ISSUER = Mention(text=ISSUER)
_ADDRESSED = frozenset(["you", "your", "yours", "yourself", "yourselves"])


@dataclass(slots=True)
class Scope:
    """What a mention is read against: the document, the passage, the speaker and what was said before."""

    document: Document
    passage: Passage
    sides: Sides
    memory: Memory
    speaker: Mention

    def mention(self, first: Any, last: Any) -> Mention:
        """Return the words from one token to another as a mention."""
        start, end = self.passage.span(first, last)
        quote = self.document.quote(start, end)
        return Mention(text=" ".join(quote.text.split()), quote=quote)


def mentions(heads: list[Any], scope: Scope) -> tuple[Mention, ...]:
    """Return one mention for each participant that the heads and their coordinates name; nothing twice."""
    found: dict[str, Mention] = {}
    for head in heads:
        for each in conjuncts(head):
            made = mention_of(each, scope)
            if made is not None:
                found.setdefault(made.text.casefold(), made)
    return tuple(found.values())


def mention_of(head: Any, scope: Scope) -> Mention | None:
    """Return what one head names; None for words that name nobody."""
    word = head.lower_
    if scope.passage.silent_subject and head.i == 0:
        return own_side(scope)
    if word in _SELF:
        return own_side(scope)
    if word in _THIRD:
        return scope.speaker if _speakers_own(head, scope) else scope.memory.last_named(2)
    if word in _EMPTY or word in _ADDRESSED or head.pos_ in ("VERB", "AUX", "ADV", "ADP"):
        return None
    real = real_head(head)
    if real.lower_ in ("us", "them", "these", "those"):
        return own_side(scope) if real.lower_ == "us" else scope.memory.last_named(2)
    first, last = without_number(real, *phrase(real))
    return scope.mention(first, last) if first.i <= last.i else None


def _speakers_own(head: Any, scope: Scope) -> bool:
    """True for a pronoun under a verb of saying that can mean the one who says it: "the Front said that it had …"."""
    if scope.speaker.text == ISSUER or head.lower_ in ("them", "him"):
        return False
    at = head
    for _ in range(6):
        if at.dep_ in ("ccomp", "xcomp", "parataxis") and at.head.pos_ == "VERB":
            return any(c.dep_ in ("nsubj", "nsubjpass") for c in at.head.children)
        if at.head is at:
            return False
        at = at.head
    return False


def own_side(scope: Scope) -> Mention:
    """Return the speaker's own side: `issuer`, or the words that name the quoted speaker."""
    return _ISSUER if scope.speaker.text == ISSUER else scope.speaker


def is_entity(head: Any) -> bool:
    """True for a head that may act: a name, a people, a person, a pronoun for one."""
    return head.pos_ in ("PROPN", "PRON") or head.ent_type_ in ("ORG", "NORP", "GPE", "PERSON") or head.pos_ == "NOUN"
