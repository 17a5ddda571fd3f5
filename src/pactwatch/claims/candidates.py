"""A word that may make a claim, and the words of means that make its act more specific."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pactwatch.claims.forms import Mood
from pactwatch.claims.grammar import children
from pactwatch.claims.lexicon import Lexicon, Sense

PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})


@dataclass(slots=True)
class Candidate:
    """A word that may make a claim: its sense, the words of the trigger, the clause it stands in and how that is
    said.
    """

    head: Any
    sense: Sense
    first: Any
    last: Any
    verb: Any | None
    mood: Mood
    noun: bool
    support: str = ""


def narrowed(head: Any, sense: Sense, lexicon: Lexicon) -> Sense:
    """Let words of means beside the act make it more specific."""
    words = {t.lower_ for t in _beside(head)}
    for means in lexicon.means:
        if sense.act in means.narrows and words & means.words:
            return Sense(means.act, sense.polarity, sense.grade, sense.classes, sense.of)
    return sense


def _beside(head: Any) -> Iterator[Any]:
    """Modifiers of the act, and what "in", "by", "with" or "using" brings."""
    for child in head.children:
        if child.dep_ in ("amod", "compound", "nmod"):
            yield child
            yield from children(child, "compound", "amod")
        elif child.dep_ in ("prep", "agent") and child.lower_ in (
            "in",
            "by",
            "with",
            "from",
            "using",
            "during",
            "through",
        ):
            for below in children(child, "pobj"):
                yield below
                yield from children(below, "amod", "compound")
        elif child.dep_ == "nsubj" and head.pos_ == "VERB":
            yield child
            yield from children(child, "compound", "amod")
        elif child.dep_ == "advcl" and child.lower_ == "using":
            for below in children(child, "dobj"):
                yield below
                yield from children(below, "amod", "compound")
