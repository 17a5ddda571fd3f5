"""Questions that the rules ask of the parse: subjects, objects, noun phrases. Names of relations are spaCy's
(ClearNLP).
"""

from collections.abc import Iterator
from typing import Any

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET"})
_INSIDE = frozenset(
    {"det", "amod", "compound", "poss", "nummod", "nmod", "case", "quantmod", "predet", "punct", "advmod"}
)
_QUANTITY = frozenset(
    [
        "dozen",
        "hundred",
        "thousand",
        "score",
        "million",
        "number",
        "group",
        "series",
        "lot",
        "couple",
        "majority",
        "handful",
        "rest",
        "some",
        "many",
        "most",
        "several",
        "all",
        "each",
        "both",
        "one",
        "none",
        "any",
        "kind",
        "sort",
        "type",
        "part",
        "member",
        "body",
        "total",
        "lots",
        "scores",
        "dozens",
    ]
)
WH = frozenset({"who", "which", "that", "whom", "whose", "what"})


def children(token: Any, *deps: str) -> list[Any]:
    """Return a token's children in these relations, in the order of the text."""
    return [child for child in token.children if child.dep_ in deps]


def conjuncts(token: Any) -> Iterator[Any]:
    """Yield a token and what is coordinated with it below it."""
    yield token
    for child in token.children:
        if child.dep_ in ("conj", "appos") and child.dep_ == "conj":
            yield from conjuncts(child)


def has_aux(verb: Any, *lemmas: str) -> bool:
    """True where one of the verb's auxiliaries has one of these lemmas."""
    return any(child.lemma_.lower() in lemmas for child in verb.children if child.dep_ in ("aux", "auxpass"))


def is_passive(verb: Any) -> bool:
    """True for a passive verb: an auxiliary or a passive subject, or a past participle that modifies a noun."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    if verb.dep_ in ("acl", "amod") and verb.tag_ == "VBN":
        return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not has_subject(verb) and not has_aux(verb, "have"):
        return is_passive(verb.head) if verb.head.tag_ == "VBN" else False
    return (
        verb.tag_ == "VBN"
        and verb.dep_ in ("ROOT", "advcl", "ccomp")
        and not has_aux(verb, "have")
        and not has_object(verb)
    )


def has_subject(verb: Any) -> bool:
    """True where a verb has a subject of its own."""
    return any(child.dep_ in ("nsubj", "nsubjpass", "csubj", "expl") for child in verb.children)


def has_object(verb: Any) -> bool:
    """True where a verb has a direct object of its own."""
    return any(child.dep_ in ("dobj", "dative") for child in verb.children)


def antecedent(verb: Any) -> Any | None:
    """Return the noun that a relative or reduced clause hangs on."""
    return verb.head if verb.dep_ in ("relcl", "acl") else None


def subjects(verb: Any, depth: int = 0) -> list[Any]:
    """Return the heads of what the verb's grammatical subject names: its own, or that of the verb that controls it."""
    own = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")]
    if own:
        return _antecedents(verb, own)
    if depth > 5:
        return []
    if verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        return subjects(verb.head, depth + 1)
    if verb.dep_ in ("xcomp", "ccomp") and verb.head.pos_ in ("VERB", "AUX"):
        objects = children(verb.head, "dobj", "dative")
        if verb.dep_ == "xcomp" and objects:
            return objects
        return subjects(verb.head, depth + 1) if verb.dep_ == "xcomp" else []
    if verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ":
        return subjects(verb.head.head, depth + 1) if verb.head.head.pos_ in ("VERB", "AUX") else []
    if verb.dep_ == "advcl" and verb.head.pos_ in ("VERB", "AUX"):
        return subjects(verb.head, depth + 1)
    if verb.dep_ == "pcomp" and verb.head.head.pos_ in ("VERB", "AUX"):
        objects = children(verb.head.head, "dobj")
        return objects if objects and verb.head.lower_ in ("of", "from") else subjects(verb.head.head, depth + 1)
    if verb.dep_ in ("acl", "relcl"):
        return [verb.head] if verb.tag_ in ("VBG", "VBN") or verb.dep_ == "relcl" else []
    return []


def _antecedents(verb: Any, own: list[Any]) -> list[Any]:
    """Put the antecedent in the place of a relative pronoun."""
    if own[0].lower_ in WH and verb.dep_ == "relcl":
        return [verb.head]
    if own[0].lower_ in WH and verb.dep_ == "conj" and verb.head.dep_ == "relcl":
        return [verb.head.head]
    return own


def objects(verb: Any) -> list[Any]:
    """Return the heads of a verb's direct objects; for a relative clause without one, the antecedent."""
    own = children(verb, "dobj")
    if own:
        return [verb.head] if own[0].lower_ in WH and verb.dep_ == "relcl" else own
    if (
        verb.dep_ == "relcl"
        and not any(s.lower_ in WH for s in children(verb, "nsubj", "nsubjpass"))
        and not is_passive(verb)
    ):
        return [verb.head] if has_subject(verb) else []
    if verb.head.dep_ != "ROOT" and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
        return []
    return []


def complements(token: Any, *prepositions: str) -> list[Any]:
    """Return the heads that hang on a token by one of these prepositions (lower case)."""
    found = []
    for prep in token.children:
        if prep.dep_ in ("prep", "agent", "dative", "prt") and prep.lower_ in prepositions:
            found += [child for child in prep.children if child.dep_ in ("pobj", "pcomp")]
            for inner in children(prep, "prep"):
                found += children(inner, "pobj")
    return found


def real_head(noun: Any) -> Any:
    """Return the noun that a quantity word counts: "dozens of civilians" names civilians."""
    if noun.lemma_.lower() in _QUANTITY or noun.pos_ == "NUM":
        below = complements(noun, "of")
        if below:
            return below[0]
    return noun


def phrase(noun: Any, *, with_of: bool = True) -> tuple[Any, Any]:
    """Return the first and last token of the noun phrase around a head, without relative clauses and prepositions
    but "of".
    """
    first, last = noun, noun
    for child in noun.lefts:
        if child.dep_ in _INSIDE and child.dep_ != "punct":
            first = min(first, child.left_edge, key=_index)
    if with_of:
        for prep in noun.rights:
            if prep.dep_ == "prep" and prep.lower_ in ("of", "for") and prep.i == last.i + 1:
                for below in children(prep, "pobj"):
                    if prep.lower_ == "of" or noun.pos_ == "PROPN":
                        last = phrase(below, with_of=below.pos_ == "PROPN")[1]
    while first.i < noun.i and (first.is_punct or first.pos_ in ("CCONJ", "ADP", "SCONJ")):
        first = first.nbor(1)
    return first, last


def without_number(noun: Any, first: Any, last: Any) -> tuple[Any, Any]:
    """Leave out a number (and "the" or "at least" before it) at the head of a phrase."""
    numbers = [child for child in noun.children if child.dep_ == "nummod"]
    if numbers and numbers[0].i < noun.i:
        return numbers[0].nbor(1), last
    return first, last


def _index(token: Any) -> int:
    return int(token.i)


def clause_verb(token: Any) -> Any | None:
    """Return the verb whose clause a token stands in; None in a verbless sentence."""
    at = token
    while at.pos_ not in ("VERB", "AUX") or at.dep_ in ("aux", "auxpass", "amod"):
        if at.head is at or at.dep_ == "ROOT":
            return None
        at = at.head
    return at
