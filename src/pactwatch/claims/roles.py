"""Who does it to whom: agent and target of an act, from the grammar around its word."""

from typing import Any

from pactwatch.claims.candidates import PLACE_ENTITIES, Candidate
from pactwatch.claims.forms import Form
from pactwatch.claims.grammar import (
    children,
    clause_verb,
    complements,
    conjuncts,
    is_passive,
    objects,
    real_head,
    subjects,
)
from pactwatch.claims.lexicon import Lexicon
from pactwatch.model import Act

_AGAINST = ("on", "upon", "against", "at", "toward", "towards", "into", "over")
_WITHOUT_TARGET = frozenset({Act.CEASEFIRE, Act.AGREEMENT, Act.GOVERNANCE})
_INTRANSITIVE_HARM = frozenset(["die", "perish", "succumb", "explode", "flee"])


def agents_of(candidate: Candidate, lexicon: Lexicon) -> list[Any]:
    """Return the heads that name who does it; empty where it is not said. Things, dates and events do nothing."""
    return [each for a in _agents(candidate, lexicon) for each in conjuncts(a) if may_act(each, lexicon)]


def may_act(head: Any, lexicon: Lexicon) -> bool:
    """True for a name, a pronoun or a noun for people, institutions, armed bodies."""
    real = real_head(head)
    if (
        real.ent_type_ in _NO_ACTOR
        or real.lower_ in ("mr", "president,", "ladies", "gentlemen")
        or real.pos_ in ("VERB", "AUX", "ADP", "ADV")
    ):
        return False
    if real.pos_ in ("PROPN", "PRON"):
        return str(real.lemma_).lower() not in lexicon.nouns and not _vocative(real)
    if real.ent_type_ in ("ORG", "NORP", "GPE", "PERSON"):
        return True
    lemma = str(real.lemma_).lower()
    if lexicon.classes_of(lemma) & _ACTORS:
        return str(real.lower_) != "force"
    return lemma.endswith(_AGENTIVE) and lemma not in lexicon.nouns and not lexicon.classes_of(lemma)


_AGENTIVE = (
    "er",
    "or",
    "ist",
    "man",
    "men",
    "ian",
    "eer",
    "ite",
    "deen",
    "ee",
)  # "invader", "aggressor", "extremist"; errs on "number"


_NO_ACTOR = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "ORDINAL", "LAW", "WORK_OF_ART", "EVENT"})
_ACTORS = frozenset({"actor", "people", "troop", "armed", "person", "monitor", "prisoner", "displaced"})


def _vocative(head: Any) -> bool:
    return head.lower_ in ("president", "secretary-general", "chairman", "madam", "excellencies") and any(
        c.lower_ in ("mr", "mr.", "madam", "madame", "mrs") for c in head.lefts
    )


def _agents(candidate: Candidate, lexicon: Lexicon) -> list[Any]:
    if candidate.noun:
        return _agents_of_noun(candidate, lexicon)
    verb, mood = candidate.head, candidate.mood
    if is_passive(verb):
        return complements(verb, "by") or [c for c in complements(verb, "from") if c.lemma_.lower() == "side"]
    if mood.doer and not _own_subject(verb):
        return mood.doer
    if verb.lemma_.lower() in _INTRANSITIVE_HARM:
        return []
    return [s for s in subjects(verb) if not _is_means(s, lexicon)] or _agents_of_means(verb, lexicon)


def _own_subject(verb: Any) -> bool:
    return any(c.dep_ == "nsubj" for c in verb.children)


def _is_means(head: Any, lexicon: Lexicon) -> bool:
    """True for an event noun as subject: "the raid killed five"."""
    return head.lemma_.lower() in lexicon.nouns and head.pos_ == "NOUN"


def _agents_of_means(verb: Any, lexicon: Lexicon) -> list[Any]:
    for subject in subjects(verb):
        if _is_means(subject, lexicon):
            return _beside_noun(subject, lexicon, "")
    return []


def _agents_of_noun(candidate: Candidate, lexicon: Lexicon) -> list[Any]:
    head, mood = candidate.head, candidate.mood
    if candidate.support == "claiming":
        return subjects(candidate.verb) if candidate.verb is not None else []
    beside = _beside_noun(head, lexicon, candidate.sense.of)
    if beside:
        return beside
    if mood.doer:
        return mood.doer
    if candidate.verb is not None and candidate.support in ("light", "promise"):
        return complements(candidate.verb, "by") if is_passive(candidate.verb) else subjects(candidate.verb)
    if candidate.verb is not None and candidate.support == "stopping" and mood.form is not Form.ASSERTION:
        return [] if mood.form is Form.DEMAND and not subjects(candidate.verb) else subjects(candidate.verb)
    if candidate.support == "admission" and mood.said:
        return mood.said[0][1]
    return _doer_clause(head)


def _doer_clause(head: Any) -> list[Any]:
    """ "attacks launched by X", "the strikes X carried out", "raids and strikes are crimes committed by X"."""
    bearers = [head]
    top = head
    while top.dep_ in ("conj", "appos") and top.head.pos_ == "NOUN":
        top = top.head
    if top.dep_ == "nsubj":
        attributes = children(top.head, "attr")
        bearers += attributes + [o for a in attributes for o in complements(a, "of")]
    for bearer in bearers:
        for clause in children(bearer, "acl", "relcl"):
            found = _doers_in(clause, bearer)
            if found:
                return found
    return []


def _doers_in(clause: Any, bearer: Any) -> list[Any]:
    by = complements(clause, "by")
    if by or is_passive(clause):
        return by
    return [s for s in subjects(clause) if s is not bearer]


def _own_subject_of(head: Any, owner: Any) -> list[Any]:
    """ "The Guard must stop its attacks": a possessive pronoun means the subject of its own clause, where that can
    act.
    """
    if owner.lower_ not in ("its", "their", "his", "her"):
        return []
    verb = clause_verb(head)
    return [s for s in subjects(verb) if s.i < owner.i and s.pos_ != "PRON"] if verb is not None else []


def _beside_noun(head: Any, lexicon: Lexicon, of: str) -> list[Any]:
    top = head
    found = children(head, "poss") + complements(head, "by")
    while not found and top.dep_ == "conj" and top.head.pos_ in ("NOUN", "PROPN"):
        top = top.head
        found = children(top, "poss") + complements(top, "by")
    if found:
        return [each for f in found for each in (_own_subject_of(head, f) or [f])]
    for child in head.lefts:
        if child.dep_ in ("compound", "amod", "nmod") and (
            child.ent_type_ in ("NORP", "ORG", "GPE", "PERSON") or child.lower_ in lexicon.demonyms
        ):
            return [child]
        if (
            child.dep_ in ("compound", "amod")
            and child.pos_ == "PROPN"
            and not child.ent_type_
            and child.shape_[:1] == "X"
        ):
            return [child]
    if of == "agent":
        return [
            h
            for h in complements(head, "of")
            if h.ent_type_ not in PLACE_ENTITIES and h.pos_ != "VERB" and may_act(h, lexicon)
        ]
    return []


def targets_of(candidate: Candidate, lexicon: Lexicon) -> list[Any]:
    """Return the heads that name who or what suffers or receives it."""
    act = candidate.sense.act
    if candidate.noun:
        return _targets_of_noun(candidate, lexicon)
    verb = candidate.head
    if is_passive(verb):
        found = [s for s in subjects(verb) if s.lower_ not in ("it",)]
    elif verb.lemma_.lower() in _INTRANSITIVE_HARM:
        found = subjects(verb)
    else:
        found = [*objects(verb), *children(verb, "dative")]
        dative = complements(verb, "to") if act in _GIVEN else []
        found = dative or found
        if not found or act in _FIRED:
            found = _aimed_at(verb, *_AGAINST) or found
        if not found:
            found = complements(verb, "with") if act is Act.NEGOTIATION else []
    return (
        []
        if act in _WITHOUT_TARGET
        else [
            f
            for f in found
            if f.pos_ not in ("VERB", "AUX", "ADV") and _sufferer(f, act, candidate.sense.grade, lexicon)
        ]
    )


_GIVEN = frozenset({Act.AID, Act.ARMS_SUPPLY, Act.MONITORING})
_FIRED = frozenset({Act.SHELLING, Act.ARMED_ATTACK, Act.AIR_STRIKE, Act.PROHIBITED_WEAPON})


def _aimed_at(head: Any, *prepositions: str) -> list[Any]:
    """Return what follows the act by "on", "at" or "against"; a date does not suffer ("on 3 May")."""
    found = complements(head, *prepositions)
    return [f for f in found if f.i > head.i and f.ent_type_ not in ("DATE", "TIME")]


def _sufferer(head: Any, act: Act, grade: int, lexicon: Lexicon) -> bool:
    names = lexicon.classes_of(head.lemma_.lower())
    if act in _FIRED and names & {"projectile", "weapon", "banned"}:
        return False
    if (
        head.ent_type_ in ("DATE", "TIME", "MONEY", "QUANTITY", "CARDINAL")
        or (head.lemma_.lower() in lexicon.nouns and not names & {"people", "prisoner"})
        or names & _NEVER
    ):
        return False
    if act is Act.OTHER or grade == 4:
        return (
            bool(names & _TOUCHED)
            or head.ent_type_ in ("ORG", "NORP", "PERSON", "GPE")
            or head.pos_ in ("PRON", "PROPN")
        )
    return head.pos_ != "NUM" or bool(complements(head, "of"))


_NEVER = frozenset({"right", "pact", "talk", "truce", "law", "inquiry", "office"})
_TOUCHED = frozenset(
    {
        "people",
        "prisoner",
        "building",
        "goods",
        "settlement",
        "position",
        "troop",
        "monitor",
        "armed",
        "protectee",
        "weapon",
        "route",
        "person",
    }
)


def _targets_of_noun(candidate: Candidate, lexicon: Lexicon) -> list[Any]:
    head, act = candidate.head, candidate.sense.act
    if act in _WITHOUT_TARGET:
        return []
    top = head
    found = _suffering(top, candidate.sense.of, act, lexicon)
    while (
        not found
        and top.dep_ == "conj"
        and top.head.pos_ in ("NOUN", "PROPN")
        and any(c.dep_ == "conj" for c in top.head.children)
    ):
        break
    if not found and candidate.verb is not None:
        if candidate.support == "suffer":
            found = subjects(candidate.verb)
        elif candidate.support == "light":
            found = _aimed_at(candidate.verb, *_AGAINST)
    if head.lemma_.lower() == "hostage":
        return [head]
    return [f for f in found if f.pos_ not in ("VERB", "AUX") and _sufferer(f, act, 1, lexicon)]


def _suffering(head: Any, of: str, act: Act, lexicon: Lexicon) -> list[Any]:
    found = complements(head, "with") if act is Act.NEGOTIATION else _aimed_at(head, *_AGAINST[:6])
    if not found and of == "target":
        found = complements(head, "of")
    if not found:
        found = [
            c
            for c in children(head, "compound")
            if lexicon.classes_of(c.lemma_.lower()) & {"people", "prisoner", "protectee"}
        ]
    if not found:
        for clause in children(head, "acl"):
            if clause.tag_ == "VBG":
                found = objects(clause)
            elif clause.tag_ == "VBN":
                found = complements(clause, *_AGAINST[:3])
    return found
