"""Words that name an act: verbs, event nouns, light verbs with their noun, and what governs a demand or a promise."""

from collections.abc import Iterator
from typing import Any

from pactwatch.claims.candidates import PLACE_ENTITIES, Candidate, narrowed
from pactwatch.claims.event_nouns import event_noun, unlisted_noun
from pactwatch.claims.forms import Mood
from pactwatch.claims.grammar import (
    children,
    conjuncts,
    is_passive,
    objects,
    real_head,
    subjects,
)
from pactwatch.claims.lexicon import Lexicon, Sense
from pactwatch.claims.moods import mood_of
from pactwatch.model import Act

PERSON_ENTITIES = frozenset({"PERSON", "NORP", "ORG"})
NEAR_TOKENS = 4  # an object farther off belongs to the quote, not to the shortest words that name the act
LONGEST_STRETCH = 3.5  # a trigger this many times as long as its verb still shares a quarter of its characters with it
_GENERIC = Sense(Act.OTHER, "n", 4)


def find(sentence: Any, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield candidates of one sentence in the order of the text."""
    taken: set[int] = set()
    for token in sentence:
        if token.i in taken:
            continue
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
            found = _verb(token, lexicon)
        elif token.pos_ in ("NOUN", "PROPN", "ADJ") or token.tag_ == "VBG":
            found = event_noun(token, lexicon, taken)
        else:
            continue
        if found is not None:
            yield found


def _verb(verb: Any, lexicon: Lexicon) -> Candidate | None:
    lemma = verb.lemma_.lower()
    if verb.dep_ == "amod" or verb.pos_ == "AUX":
        return None
    particle = next(
        (
            c
            for c in verb.children
            if c.dep_ == "prt" or (c.dep_ == "advmod" and c.i == verb.i + 1 and c.pos_ in ("ADP", "ADV"))
        ),
        None,
    )
    named = _sense_of_verb(verb, lemma, particle, lexicon)
    if named is None and _supports(verb, lemma, particle, lexicon):
        return None
    if named is None and (lexicon.has("stative", lemma) or _speech_only(verb, lemma, lexicon)):
        return None
    if named is None and _governs_act(verb, lemma, lexicon):
        return None
    mood = mood_of(verb, lexicon)
    sense = named or _by_object(verb, lexicon)
    first, last = _trigger_of_verb(verb, particle, mood, named, lexicon)
    return Candidate(verb, narrowed(verb, sense, lexicon), first, last, verb, mood, noun=False)


def unlisted(sentence: Any, lexicon: Lexicon, taken: set[int]) -> Iterator[Candidate]:
    """Yield a candidate for each verb and noun that `find` passes over, in the order of the text.

    The rules have no reason to take these for acts; a reader that was trained may have one. `taken` holds the indexes
    of tokens that stand in a candidate already.
    """
    for token in sentence:
        if token.i in taken:
            continue
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
            mood = mood_of(token, lexicon)
            sense = narrowed(token, _sense_of_verb(token, token.lemma_.lower(), None, lexicon) or _GENERIC, lexicon)
            first, last = _trigger_of_verb(token, None, mood, sense, lexicon)
            yield Candidate(token, sense, first, last, token, mood, noun=False, support="unlisted")
        elif (token.pos_ == "NOUN" or token.tag_ == "VBG") and token.dep_ not in ("compound", "npadvmod"):
            yield unlisted_noun(token, lexicon)


def _sense_of_verb(verb: Any, lemma: str, particle: Any | None, lexicon: Lexicon) -> Sense | None:
    keys = [f"{lemma}_{particle.lower_}", lemma] if particle is not None else [lemma]
    around = _object_classes(verb, lexicon)
    for key in keys:
        senses = lexicon.verbs.get(key, ())
        for sense in senses:
            if (sense.any_object and not sense.classes - {"*"}) or sense.classes & around:
                return sense
        for sense in senses:
            if sense.grade < 3 and sense.any_object:
                return sense
    return None


def _object_classes(verb: Any, lexicon: Lexicon) -> set[str]:
    """Return the classes and the words of what the verb acts on."""
    heads = subjects(verb) if is_passive(verb) else objects(verb)
    heads = [*heads, *children(verb, "oprd", "acomp", "advmod", "dative")]
    for prep in children(verb, "prep"):
        heads += children(prep, "pobj")
    found: set[str] = set()
    for head in heads:
        for word in (head, real_head(head), *children(head, "conj", "compound")):
            lemma = word.lemma_.lower()
            found |= lexicon.classes_of(lemma)
            found |= {f"={lemma}", f"={word.lower_}"}
            found |= _entity_classes(word)
    return found


def _entity_classes(word: Any) -> set[str]:
    if word.ent_type_ in PLACE_ENTITIES or (word.pos_ == "PROPN" and not word.ent_type_):
        return {"settlement", "position", "territory"}
    if word.ent_type_ in PERSON_ENTITIES:
        return {"people", "armed"}
    return {"people"} if word.pos_ == "PRON" and word.lower_ in ("them", "him", "her", "us", "me", "those") else set()


def _supports(verb: Any, lemma: str, particle: Any | None, lexicon: Lexicon) -> bool:
    """True for a light verb whose noun will be a candidate itself."""
    key = f"{lemma}_{particle.lower_}" if particle is not None else lemma
    if not (lexicon.has("light", key) or lexicon.has("light", lemma)):
        return False
    heads = objects(verb) or (subjects(verb) if is_passive(verb) else [])
    return any(h.lemma_.lower() in lexicon.nouns for head in heads for h in conjuncts(head))


def _speech_only(verb: Any, lemma: str, lexicon: Lexicon) -> bool:
    """True for a verb of saying, blaming or demanding: what it governs is the claim, not itself."""
    governs = any(c.dep_ in ("ccomp", "xcomp") for c in verb.children)
    if lexicon.has("reporting", lemma) or lexicon.has("condemn", lemma) or lexicon.has("welcome", lemma):
        return True
    if lexicon.has("demand", lemma) or lexicon.has("promise", lemma) or lexicon.has("threat", lemma):
        return governs or not objects(verb) or any(h.lemma_.lower() in lexicon.nouns for h in objects(verb))
    return lexicon.has("denial", lemma) or lemma in ("claim", "admit", "acknowledge", "confess")


def _governs_act(verb: Any, lemma: str, lexicon: Lexicon) -> bool:
    """True for "stop", "continue", "fail" and the like above another verb or an event noun."""
    if not (lexicon.has("stopping", lemma) or lexicon.has("continue", lemma) or lexicon.has("failing", lemma)):
        return False
    below = [c for c in verb.children if c.dep_ in ("xcomp", "ccomp")]
    below += [p for prep in children(verb, "prep") for p in children(prep, "pcomp")]
    return bool(below) or any(h.lemma_.lower() in lexicon.nouns for h in [*objects(verb), *subjects(verb)])


def _by_object(verb: Any, lexicon: Lexicon) -> Sense:
    """An unlisted verb takes the act of the event noun that it acts on."""
    for head in objects(verb) or (subjects(verb) if is_passive(verb) else []):
        for sense in lexicon.nouns.get(head.lemma_.lower(), ()):
            return Sense(sense.act, sense.polarity, 4)
        names = lexicon.classes_of(head.lemma_.lower())
        for name, act in _ACT_OF_CLASS.items():
            if name in names:
                return Sense(act, "n", 4)
    return _GENERIC


_ACT_OF_CLASS = {
    "truce": Act.CEASEFIRE,
    "talk": Act.NEGOTIATION,
    "pact": Act.AGREEMENT,
    "prisoner": Act.PRISONER_RELEASE,
    "inquiry": Act.INVESTIGATION,
    "monitor": Act.MONITORING,
    "sanction": Act.SANCTION,
    "office": Act.GOVERNANCE,
    "law": Act.GOVERNANCE,
}


def _trigger_of_verb(
    verb: Any, particle: Any | None, mood: Mood, sense: Sense | None, lexicon: Lexicon
) -> tuple[Any, Any]:
    """The verb and its particle; with the object where the verb alone says little; with "failed to" before it."""
    first, last = verb, verb
    if particle is not None and 0 < particle.i - verb.i <= 3:
        last = particle
    near = [c for c in verb.children if c.dep_ in ("dobj", "oprd", "acomp", "attr") and 0 < c.i - verb.i <= NEAR_TOKENS]
    if near and near[0].pos_ != "PRON":
        end = near[0].idx + len(near[0]) - verb.idx
        weak = sense is None or sense.grade == 3
        if weak or end <= LONGEST_STRETCH * len(verb):
            last = max(last, near[0], key=lambda t: int(t.i))
    if mood.failed and mood.first is not None and 0 < verb.i - mood.first.i <= 3:
        first = mood.first
    return first, last
