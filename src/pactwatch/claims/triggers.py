"""Words that name an act: verbs, event nouns, light verbs with their noun, and what governs a demand or a promise."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

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
from pactwatch.claims.lexicon import Lexicon, Sense, polarity_of
from pactwatch.claims.moods import Form, Mood, mood_of
from pactwatch.model import Act

PLACE_ENTITIES = frozenset({"GPE", "LOC", "FAC"})
PERSON_ENTITIES = frozenset({"PERSON", "NORP", "ORG"})
NEAR_TOKENS = 4  # an object farther off belongs to the quote, not to the shortest words that name the act
LONGEST_STRETCH = 3.5  # a trigger this many times as long as its verb still shares a quarter of its characters with it
_GENERIC = Sense(Act.OTHER, "n", 4)
_SKIPPED_NOUN_DEPS = frozenset({"compound", "npadvmod", "nmod"})


@dataclass(slots=True)
class Candidate:
    """A word that may make a claim: its sense, the words of the trigger, the clause it stands in and how that is said."""

    head: Any
    sense: Sense
    first: Any
    last: Any
    verb: Any | None
    mood: Mood
    noun: bool
    support: str = ""
    features: set[str] = field(default_factory=set)


def find(sentence: Any, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield candidates of one sentence in the order of the text."""
    taken: set[int] = set()
    for token in sentence:
        if token.i in taken:
            continue
        if token.pos_ in ("VERB", "AUX") and token.dep_ not in ("aux", "auxpass"):
            found = _verb(token, lexicon)
        elif token.pos_ in ("NOUN", "PROPN", "ADJ") or token.tag_ == "VBG":
            found = _noun(token, lexicon, taken)
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
    return Candidate(verb, _narrowed(verb, sense, lexicon), first, last, verb, mood, noun=False)


def _sense_of_verb(verb: Any, lemma: str, particle: Any | None, lexicon: Lexicon) -> Sense | None:
    keys = [f"{lemma}_{particle.lower_}", lemma] if particle is not None else [lemma]
    around = _object_classes(verb, lexicon)
    for key in keys:
        senses = lexicon.verbs.get(key, ())
        for sense in senses:
            if sense.any_object and not sense.classes - {"*"} or sense.classes & around:
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


def _narrowed(head: Any, sense: Sense, lexicon: Lexicon) -> Sense:
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


def _noun(token: Any, lexicon: Lexicon, taken: set[int]) -> Candidate | None:
    lemma = token.lemma_.lower()
    claimed = _claiming(token, lemma, lexicon)
    if claimed is not None:
        return claimed
    first, head, sense, last = _sense_of_noun(token, lemma, lexicon)
    if lemma == "hostage" and not any(c.dep_ in ("acl", "relcl") for c in token.children):
        return None
    if sense is None or head.dep_ in _SKIPPED_NOUN_DEPS or head.dep_ == "amod" or _named(head):
        return None
    taken.update(range(first.i, max(head.i, last.i) + 1))
    if head.tag_ == "VBG" and head.pos_ == "VERB":
        return None
    mood, verb, support = _governor(head, lexicon)
    sense = _narrowed(head, _coloured(head, sense, lexicon), lexicon)
    before = [c for c in head.lefts if c.dep_ in ("compound", "amod") and c.i >= head.i - 2 and not c.ent_type_]
    start = min([first, *before], key=lambda t: int(t.i))
    if mood.failed and mood.first is not None and 0 < start.i - mood.first.i <= 3:
        start = mood.first
    return Candidate(
        head, sense, start, max(head, last, key=lambda t: int(t.i)), verb, mood, noun=True, support=support
    )


def _named(head: Any) -> bool:
    return head.pos_ == "PROPN" and head.ent_type_ in ("ORG", "PERSON", "GPE", "WORK_OF_ART", "LAW")


def _sense_of_noun(token: Any, lemma: str, lexicon: Lexicon) -> tuple[Any, Any, Sense | None, Any]:
    """Return first token, head token, sense and last token, the longest phrase first."""
    for words in lexicon.phrases.get(lemma, ()) or lexicon.phrases.get(token.lower_, ()):
        tail = list(token.doc[token.i : token.i + len(words)])
        if len(tail) == len(words) and all(w in (t.lemma_.lower(), t.lower_) for w, t in zip(words, tail, strict=True)):
            heads = [t for t in tail if t.head not in tail or t.dep_ == "ROOT"] or [tail[-1]]
            return token, heads[0], lexicon.nouns["_".join(words)][0], tail[-1]
    senses = lexicon.nouns.get(lemma) or (lexicon.nouns.get(token.lower_, ()) if token.pos_ != "ADJ" else ())
    if token.pos_ == "ADJ" or not senses:
        return token, token, None, token
    return token, token, senses[0], token


def _coloured(head: Any, sense: Sense, lexicon: Lexicon) -> Sense:
    """A violation, implementation or signing is about what it is a violation of."""
    if sense.act is not Act.AGREEMENT:
        return sense
    of = [*complements(head, "of", "to", "with"), *children(head, "compound", "amod")]
    for word in of:
        names = lexicon.classes_of(word.lemma_.lower())
        if "truce" in names:
            return Sense(Act.CEASEFIRE, sense.polarity, 1, of=sense.of)
        if "right" in names:
            return Sense(Act.ABUSE, sense.polarity, 1, of=sense.of)
        if "pact" in names:
            return Sense(sense.act, sense.polarity, 1, of=sense.of)
    return sense


def _governor(head: Any, lexicon: Lexicon) -> tuple[Mood, Any | None, str]:
    """Return how the clause of an event noun is said, the verb that governs it, and in which way."""
    top = head
    while top.dep_ in ("conj", "appos") and top.head.pos_ in ("NOUN", "PROPN", "VERB") and top.head.pos_ != "VERB":
        top = top.head
    if top.dep_ in ("dobj", "nsubjpass", "nsubj", "attr") and top.head.pos_ in ("VERB", "AUX"):
        return _under_verb(top, top.head, lexicon)
    if top.dep_ == "pobj" and top.head.dep_ in ("prep", "agent"):
        return _under_preposition(top, lexicon)
    verb = clause_verb(head)
    mood = mood_of(verb, lexicon) if verb is not None else Mood()
    return (mood if mood.form is Form.QUESTION else Mood(said=mood.said)), None, top.dep_


def _under_verb(top: Any, verb: Any, lexicon: Lexicon) -> tuple[Mood, Any | None, str]:
    lemma = verb.lemma_.lower()
    mood = mood_of(verb, lexicon)
    is_object = top.dep_ in ("dobj", "nsubjpass")
    if is_object and lexicon.has("demand", lemma):
        mood.take(Form.DEMAND, "demand", verb)
        mood.by, mood.doer = subjects(verb), complements(verb, "from", "of", "by") or []
        return mood, verb, "demand"
    if is_object and lexicon.has("denial", lemma):
        mood.take(Form.DENIAL, "denial", verb)
        mood.said.append((verb, subjects(verb)))
        return mood, None, "denial"
    if is_object and lemma in ("admit", "acknowledge", "confess", "concede"):
        mood.take(Form.ADMISSION, "admission", verb)
        mood.said.append((verb, subjects(verb)))
        return mood, None, "admission"
    if is_object and lexicon.has("condemn", lemma):
        mood.said.append((verb, subjects(verb)))
        mood.blamed = True
        return mood, None, "condemn"
    if is_object and lexicon.has("stopping", lemma):
        mood.negated = not mood.negated
        mood.first = verb
        mood.cues.append(("stopping", verb))
        return mood, verb, "stopping"
    if is_object and (lexicon.has("promise", lemma) or lexicon.has("threat", lemma)):
        mood.take(Form.PROMISE if lexicon.has("promise", lemma) else Form.THREAT, "promise", verb)
        mood.by = subjects(verb)
        return mood, verb, "promise"
    if is_object and lexicon.has("light", lemma) or lexicon.has("light", f"{lemma}_out"):
        return mood, verb, "suffer" if lexicon.has("suffer", lemma) else "light"
    if is_object and (lexicon.has("welcome", lemma) or lexicon.has("reporting", lemma)):
        mood.said.append((verb, subjects(verb)))
        return mood, None, "told"
    neutral = Mood(said=mood.said, form=mood.form if mood.form in _PASSED_DOWN else Form.ASSERTION)
    keeps = not is_object and lemma in (
        "be",
        "continue",
        "take",
        "occur",
        "happen",
        "stop",
        "end",
        "cease",
        "resume",
        "begin",
        "start",
    )
    if keeps:
        mood.negated = mood.negated != (lemma in ("stop", "end", "cease"))
        return mood, None, "subject"
    return neutral, None, f"{top.dep_}"


_PASSED_DOWN = frozenset({Form.QUESTION, Form.DENIAL, Form.CONDITION})


def _under_preposition(top: Any, lexicon: Lexicon) -> tuple[Mood, Any | None, str]:
    prep = top.head
    governor = prep.head
    lemma = governor.lemma_.lower()
    if governor.pos_ == "VERB":
        return _under_verbal_preposition(prep, governor, lemma, lexicon)
    if governor.pos_ == "NOUN" and lexicon.has("demand_noun", lemma) and prep.lower_ == "for":
        mood = Mood()
        mood.take(Form.DEMAND, "demand", governor)
        mood.doer = []
        return mood, None, "demand"
    if governor.pos_ == "NOUN" and lexicon.has("ending_noun", lemma) and prep.lower_ in ("to", "of", "on"):
        mood, verb, support = _governor(governor, lexicon)
        mood.negated = not mood.negated
        return mood, verb, support
    verb = clause_verb(top)
    said = mood_of(verb, lexicon).said if verb is not None else []
    return Mood(said=said), None, f"pobj-{prep.lower_}"


def _under_verbal_preposition(prep: Any, verb: Any, lemma: str, lexicon: Lexicon) -> tuple[Mood, Any | None, str]:
    mood = mood_of(verb, lexicon)
    if lexicon.has("demand", lemma) and prep.lower_ in ("for", "on", "upon"):
        mood.take(Form.DEMAND, "demand", verb)
        mood.by, mood.doer = subjects(verb), complements(verb, "on", "upon") if prep.lower_ == "for" else []
        return mood, verb, "demand"
    if lexicon.has("condemn", lemma) and prep.lower_ in ("of", "for", "against"):
        mood.blamed = True
        mood.doer = children(verb, "dobj") or children(verb, "nsubjpass") or None
        mood.said.append((verb, subjects(verb)))
        return mood, None, "condemn"
    if lexicon.has("stopping", lemma) and prep.lower_ in ("from", "to"):
        mood.negated = not mood.negated
        return mood, verb, "stopping"
    if (lexicon.has("light", lemma) and prep.lower_ in ("in", "with")) or lemma in ("participate", "resort", "engage"):
        return mood, verb, "light"
    if lemma in ("commit", "pledge", "agree") and prep.lower_ in ("to", "on"):
        mood.take(Form.PROMISE, "promise", verb)
        return mood, verb, "promise"
    return (
        Mood(said=mood.said, form=mood.form if mood.form is Form.QUESTION else Form.ASSERTION),
        None,
        f"pobj-{prep.lower_}",
    )


def _claiming(token: Any, lemma: str, lexicon: Lexicon) -> Candidate | None:
    """ "claimed responsibility for the attack": the claiming words are the trigger, the act is what they claim."""
    if not (
        lexicon.has("claiming", lemma)
        and token.dep_ in ("dobj", "nsubjpass")
        and token.head.lemma_.lower() in ("claim", "take", "accept", "bear")
    ):
        return None
    verb = token.head
    acts = complements(token, "for") or complements(verb, "for")
    senses = [
        s for a in acts for s in (lexicon.nouns.get(a.lemma_.lower(), ()) or lexicon.verbs.get(a.lemma_.lower(), ()))
    ]
    sense = senses[0] if senses else Sense(Act.ARMED_ATTACK, polarity_of(Act.ARMED_ATTACK), 1)
    mood = mood_of(verb, lexicon)
    mood.said.append((verb, subjects(verb)))
    mood.take(Form.ADMISSION, "claiming", verb)
    head = acts[0] if acts else token
    return Candidate(
        head,
        _narrowed(head, sense, lexicon),
        min(verb, token, key=lambda t: int(t.i)),
        max(verb, token, key=lambda t: int(t.i)),
        verb,
        mood,
        noun=True,
        support="claiming",
    )
