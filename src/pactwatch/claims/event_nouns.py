"""Nouns that name an act, and how the clause around them is said."""

from typing import Any

from pactwatch.claims.candidates import Candidate, narrowed
from pactwatch.claims.forms import Form, Mood
from pactwatch.claims.grammar import children, clause_verb, complements, subjects
from pactwatch.claims.lexicon import Lexicon, Sense, polarity_of
from pactwatch.claims.moods import mood_of
from pactwatch.model import Act

# "commit atrocities" promises nothing
_NOT_PROMISED = frozenset({"commit", "plan", "aim", "mean", "determine", "decide"})
_SKIPPED_NOUN_DEPS = frozenset({"compound", "npadvmod", "nmod"})


def event_noun(token: Any, lexicon: Lexicon, taken: set[int]) -> Candidate | None:
    """Return the candidate that a noun makes; None where it names no act. Tokens of its phrase are added to `taken`."""
    lemma = token.lemma_.lower()
    claimed = _claiming(token, lemma, lexicon)
    if claimed is not None:
        taken.add(claimed.head.i)
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
    sense = narrowed(head, _coloured(head, sense, lexicon), lexicon)
    before = [c for c in head.lefts if c.dep_ in ("compound", "amod") and c.i >= head.i - 2 and not c.ent_type_]
    start = min([first, *before], key=lambda t: int(t.i))
    if mood.failed and mood.first is not None and 0 < start.i - mood.first.i <= 3:
        start = mood.first
    return Candidate(
        head, sense, start, max(head, last, key=lambda t: int(t.i)), verb, mood, noun=True, support=support
    )


def unlisted_noun(token: Any, lexicon: Lexicon) -> Candidate:
    """Return the candidate that a noun would make if it named an act, of no act in particular."""
    sense = (lexicon.nouns.get(token.lemma_.lower()) or (Sense(Act.OTHER, "n", 4),))[0]
    mood, verb, _ = _governor(token, lexicon)
    before = [c for c in token.lefts if c.dep_ in ("compound", "amod") and c.i >= token.i - 2 and not c.ent_type_]
    start = min([token, *before], key=lambda t: int(t.i))
    return Candidate(token, narrowed(token, sense, lexicon), start, token, verb, mood, noun=True, support="unlisted")


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
    return _under_other_verb(top, verb, mood, lexicon)


def _under_other_verb(top: Any, verb: Any, mood: Mood, lexicon: Lexicon) -> tuple[Mood, Any | None, str]:
    """The rest of `_under_verb`: promises, threats, light verbs, being told; else the noun is merely mentioned."""
    lemma = verb.lemma_.lower()
    is_object = top.dep_ in ("dobj", "nsubjpass")
    if is_object and lemma not in _NOT_PROMISED and (lexicon.has("promise", lemma) or lexicon.has("threat", lemma)):
        mood.take(Form.PROMISE if lexicon.has("promise", lemma) else Form.THREAT, "promise", verb)
        mood.by = subjects(verb)
        return mood, verb, "promise"
    if (is_object and lexicon.has("light", lemma)) or lexicon.has("light", f"{lemma}_out"):
        return mood, verb, "suffer" if lexicon.has("suffer", lemma) else "light"
    if is_object and (lexicon.has("welcome", lemma) or lexicon.has("reporting", lemma)):
        mood.said.append((verb, subjects(verb)))
        return mood, None, "told"
    neutral = Mood(
        said=mood.said,
        form=mood.form
        if mood.form in _PASSED_DOWN or lexicon.has("threat_noun", top.lemma_.lower())
        else Form.ASSERTION,
    )
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
        narrowed(head, sense, lexicon),
        min(verb, token, key=lambda t: int(t.i)),
        max(verb, token, key=lambda t: int(t.i)),
        verb,
        mood,
        noun=True,
        support="claiming",
    )
