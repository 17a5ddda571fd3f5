"""Where and when: place names and time expressions attached to an act."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from pactwatch.claims.candidates import PLACE_ENTITIES, Candidate
from pactwatch.claims.grammar import children, clause_verb, phrase
from pactwatch.claims.mentions import Scope
from pactwatch.model import Act, Mark, MarkKind, Mention

_LOCATIVE = frozenset(
    [
        "in",
        "at",
        "near",
        "on",
        "from",
        "to",
        "into",
        "outside",
        "inside",
        "around",
        "across",
        "through",
        "throughout",
        "over",
        "above",
        "towards",
        "toward",
        "of",
        "along",
        "between",
        "against",
        "off",
        "within",
        "north",
        "south",
        "east",
        "west",
    ]
)
_NOT_PLACES = frozenset(
    {
        "DATE",
        "TIME",
        "PERSON",
        "MONEY",
        "PERCENT",
        "QUANTITY",
        "CARDINAL",
        "ORDINAL",
        "LAW",
        "EVENT",
        "WORK_OF_ART",
        "LANGUAGE",
    }
)


@dataclass(slots=True)
class Setting:
    """The places and times named in one sentence, each with the token that it hangs on."""

    places: list[tuple[Any, Any, Any]]
    times: list[tuple[Any, Any, Any]]


def setting_of(sentence: Any, scope: Scope, marks: Iterable[Mark]) -> Setting:
    """Find the place names and time expressions of a sentence; marks come before what the parse suggests."""
    marked = list(marks)
    times = [t for t in (_tokens(sentence, scope, m) for m in marked if m.kind is MarkKind.TIME) if t]
    places = [t for t in (_tokens(sentence, scope, m) for m in marked if m.kind is MarkKind.PLACE) if t]
    if not times:
        times = [(e.root, e[0], e[-1]) for e in sentence.ents if e.label_ == "DATE" or e.label_ == "TIME"]
    taken = {i for _, first, last in (*places, *times) for i in range(first.i, last.i + 1)}
    places += [p for p in _named_places(sentence) if p[0].i not in taken]
    return Setting(sorted(places, key=lambda p: int(p[0].i)), times)


def _tokens(sentence: Any, scope: Scope, mark: Mark) -> tuple[Any, Any, Any] | None:
    inside = [
        t
        for t in sentence
        if mark.quote.span.start <= scope.passage.offsets[t.idx] < mark.quote.span.end and not t.is_space
    ]
    if not inside:
        return None
    span = sentence.doc[inside[0].i : inside[-1].i + 1]
    return span.root, span[0], span[-1]


def _named_places(sentence: Any) -> Iterable[tuple[Any, Any, Any]]:
    """Entities that are places, and other capitalised names after "in", "at", "near"."""
    for token in sentence:
        if token.pos_ != "PROPN" or (token.dep_ == "compound" and token.head.pos_ == "PROPN"):
            continue
        if token.ent_type_ in PLACE_ENTITIES or (
            token.dep_ in ("pobj", "conj", "appos") and token.ent_type_ not in _NOT_PLACES and _after_locative(token)
        ):
            first, last = _name(token)
            yield token, first, last


_KINDS_OF_PLACE = frozenset(
    {"village", "town", "city", "district", "province", "region", "hamlet", "camp", "suburb", "quarter", "island"}
    | {"valley", "governorate", "county", "port", "post", "base", "area", "river"}
)


def _after_locative(token: Any) -> bool:
    top = token
    while top.dep_ in ("conj", "appos") and top.head.pos_ == "PROPN":
        top = top.head
    if top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lemma_.lower() in _KINDS_OF_PLACE:
        return True
    if top.dep_ == "pobj" and top.head.lower_ == "of" and top.head.head.lemma_.lower() in _KINDS_OF_PLACE:
        return True
    return top.dep_ == "pobj" and top.head.lower_ in (
        "in",
        "at",
        "near",
        "around",
        "outside",
        "inside",
        "across",
        "off",
    )


def _name(token: Any) -> tuple[Any, Any]:
    first = token
    for child in token.lefts:
        if child.dep_ == "compound" and child.pos_ == "PROPN":
            first = min(first, child.left_edge, key=lambda t: int(t.i))
    while first.pos_ in ("DET", "ADP", "PUNCT") and first.i < token.i:
        first = first.nbor(1)
    return first, token


# Acts that happen at a place; of the others (talks, pledges, inquiries, laws) a name in the sentence is mostly
# the subject.
_UNPLACED = frozenset({Act.NEGOTIATION, Act.AGREEMENT, Act.INVESTIGATION, Act.SANCTION, Act.GOVERNANCE, Act.CEASEFIRE})


def places_of(candidate: Candidate, setting: Setting, agents: list[Any], targets: list[Any]) -> list[tuple[Any, Any]]:
    """Return first and last tokens of the places at which an act is located."""
    low, high = _region(candidate)
    inner = [phrase_range(t) for t in targets]
    outer = [phrase_range(a) for a in agents]
    placed = candidate.sense.act not in _UNPLACED
    found = []
    for head, first, last in setting.places:
        if any(a <= head.i <= b for a, b in outer) and not any(a <= head.i <= b for a, b in inner):
            continue
        if (placed and any(a <= head.i <= b for a, b in inner) and head.ent_type_ != "NORP") or _locates(
            head, candidate, low <= head.i <= high
        ):
            found.append((first, last))
    return found


def phrase_range(head: Any) -> tuple[int, int]:
    """Return the indexes between which the phrase of a participant stands, "of", "in" and "from" phrases included."""
    low, high = phrase(head)
    right = high.i
    for prep in children(head, "prep"):
        if prep.lower_ in ("of", "in", "at", "from", "near", "on"):
            right = max(right, prep.right_edge.i)
    return int(low.i), int(right)


def _locates(head: Any, candidate: Candidate, inside: bool) -> bool:
    """A place locates an act where a preposition ties it to the act, its clause or its target; a name that acts
    does not.
    """
    top = head
    while top.dep_ in ("conj", "appos", "compound", "nmod") and top.head.pos_ in ("PROPN", "NOUN"):
        top = top.head
    if not inside:
        return top.dep_ == "pobj" and top.head.lower_ in ("in", "at", "near") and _hangs_above(top.head, candidate)
    if top.dep_ in ("nsubj", "poss") or head.dep_ in ("nsubj", "poss"):
        return False
    if candidate.sense.act in _UNPLACED:
        return (
            top.dep_ == "pobj" and top.head.lower_ in ("in", "at") and top.head.head in (candidate.head, candidate.verb)
        )
    if top.dep_ in ("dobj", "nsubjpass", "advmod", "npadvmod"):
        return True
    return top.dep_ == "pobj" and top.head.lower_ in _LOCATIVE


def _hangs_above(prep: Any, candidate: Candidate) -> bool:
    """True where a place phrase hangs on the verb (or noun) that governs the act."""
    verb = clause_verb(candidate.head)
    return prep.head is verb or prep.head is candidate.head or (prep.dep_ == "prep" and prep.head.dep_ == "ROOT")


def _region(candidate: Candidate) -> tuple[int, int]:
    """The words below the act; for an event noun under a light verb, below that verb."""
    top = (
        candidate.verb
        if candidate.noun and candidate.verb is not None and candidate.support in ("light", "suffer")
        else candidate.head
    )
    return int(top.left_edge.i), int(top.right_edge.i)


def time_of(candidate: Candidate, setting: Setting) -> tuple[Any, Any] | None:
    """Return first and last token of the time expression that dates an act: the nearest in its own words, else in
    its clause.
    """
    best: tuple[int, Any, Any] | None = None
    region = _region(candidate)
    verb = clause_verb(candidate.head)
    for head, first, last in setting.times:
        inside = region[0] <= first.i <= region[1]
        above = verb is not None and (_under(head, verb))
        if not (inside or above):
            continue
        distance = abs(first.i - candidate.head.i) + (0 if inside else 100)
        if best is None or distance < best[0]:
            best = (distance, first, last)
    return (best[1], best[2]) if best else None


def _under(head: Any, verb: Any) -> bool:
    at = head
    while (
        at.dep_ in ("pobj", "prep", "npadvmod", "advmod", "amod", "compound", "nummod", "pcomp", "conj")
        and at.head is not at
    ):
        at = at.head
        if at is verb:
            return True
    return False


def mention_at(tokens: tuple[Any, Any], scope: Scope) -> Mention:
    """Return the words from the first to the last token as a mention."""
    return scope.mention(*tokens)
