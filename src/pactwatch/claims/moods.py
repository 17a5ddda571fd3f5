"""How a clause is said: asserted, promised, demanded, threatened, denied; by whom; negated or not; under which
condition.

The way leads from the verb upwards through what governs it ("promised to refrain from firing"): each governor
adds its part.
"""

from typing import Any

from pactwatch.claims.forms import Form, Mood
from pactwatch.claims.grammar import children, complements, has_subject, subjects
from pactwatch.claims.lexicon import Lexicon

LONGEST_CHAIN = 12  # deeper nesting than this is a parse gone astray


def mood_of(verb: Any, lexicon: Lexicon) -> Mood:
    """Return how the clause of a verb is said."""
    mood = Mood()
    _own(verb, mood, lexicon)
    at = verb
    for _ in range(LONGEST_CHAIN):
        above = _step(at, mood, lexicon)
        if above is None:
            break
        at = above
    return mood


def _own(verb: Any, mood: Mood, lexicon: Lexicon) -> None:
    """What a verb's own auxiliaries, negation and subordinating words say."""
    shared = verb
    while (
        shared.dep_ == "conj"
        and shared.head.pos_ in ("VERB", "AUX")
        and not has_subject(shared)
        and not _finite(shared)
    ):
        shared = shared.head
    for bearer in {verb.i: verb, shared.i: shared}.values():
        _negation(bearer, mood, lexicon)
        _auxiliaries(bearer, mood, lexicon)
    if _is_imperative(shared):
        mood.take(Form.DEMAND, "imperative", verb)
        mood.doer = []
    _subordination(shared, mood, lexicon)
    last = verb.sent[-1]
    if last.text == "?" or (last.i > 0 and last.nbor(-1).text == "?"):
        mood.take(Form.QUESTION, "question", last)


def is_bare(verb: Any) -> bool:
    """True for an infinitive or a subjunctive, active or passive: "to release", "be released", "(that it) release"."""
    if verb.tag_ == "VB":
        return True
    return any(
        c.dep_ in ("aux", "auxpass") and (c.lower_ == "to" or (c.lower_ == "be" and c.tag_ == "VB"))
        for c in verb.children
    ) and not any(c.dep_ == "aux" and c.tag_ == "MD" for c in verb.children)


def _finite(verb: Any) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP") or any(c.dep_ in ("aux", "auxpass") for c in verb.children)


def _negation(verb: Any, mood: Mood, lexicon: Lexicon) -> None:
    for child in verb.children:
        if (
            child.dep_ == "neg"
            or (child.dep_ == "advmod" and child.lower_ in ("never", "not", "neither", "nor"))
            or (
                child.dep_ in ("nsubj", "nsubjpass", "dobj", "attr")
                and (child.lower_ in ("none", "nobody", "no-one", "nothing") or _negative_determiner(child))
            )
        ):
            mood.negated = True
            mood.cues.append(("negation", child))
        elif child.dep_ == "cc" and child.lower_ == "nor" and verb.dep_ != "ROOT":
            mood.negated = True


def _negative_determiner(noun: Any) -> bool:
    return any(
        c.dep_ in ("det", "neg", "predet", "preconj", "cc") and c.lower_ in ("no", "neither") for c in noun.children
    ) or any(c.lower_ in ("not",) and c.dep_ == "neg" for c in noun.children)


def _auxiliaries(verb: Any, mood: Mood, lexicon: Lexicon) -> None:
    for child in verb.children:
        if child.dep_ != "aux":
            continue
        lemma, word = child.lemma_.lower(), child.lower_
        if word in ("will", "'ll", "shall", "wo"):
            you = any(c.dep_ in ("nsubj", "nsubjpass") and c.lower_ == "you" for c in verb.children)
            mood.take(Form.DEMAND if you and word != "wo" else Form.FUTURE, "will", child)
        elif word in ("must", "should", "ought", "needs"):
            mood.take(Form.DEMAND, "must", child)
        elif word in ("may", "might", "could", "can", "would", "'d", "ca"):
            mood.take(Form.POSSIBILITY, word, child)
        elif lemma == "need" and child.tag_ != "TO":
            mood.take(Form.DEMAND, "must", child)


def _is_imperative(verb: Any) -> bool:
    """A bare verb without subject at the head of its sentence; "let" counts, "do not" too."""
    if verb.dep_ not in ("ROOT", "ccomp", "conj") or verb.tag_ not in ("VB", "VBP") or has_subject(verb):
        return False
    if verb.dep_ == "conj" and not _is_imperative(verb.head):
        return False
    if verb.dep_ == "ccomp" and verb.head.dep_ != "ROOT":
        return False
    return not any(c.dep_ == "aux" and c.lower_ not in ("do", "please") for c in verb.children)


def _subordination(verb: Any, mood: Mood, lexicon: Lexicon) -> None:
    if verb.dep_ != "advcl":
        return
    marks = [c.lower_ for c in verb.children if c.dep_ in ("mark", "advmod")]
    if any(m in ("if", "unless", "should", "otherwise", "lest", "provided", "once", "until", "whether") for m in marks):
        mood.take(Form.CONDITION, "condition", verb)
    elif verb.tag_ == "VB" and any(c.dep_ == "aux" and c.lower_ == "to" for c in verb.children):
        mood.purpose = True


def _step(at: Any, mood: Mood, lexicon: Lexicon) -> Any | None:
    """Look at what governs `at`; return it where its own mood goes on to count, None at the end of the way."""
    if at.dep_ == "pcomp":
        return _of_preposition(at, mood, lexicon)
    if at.dep_ in ("xcomp", "ccomp", "acl", "dobj", "acomp", "oprd") or (at.dep_ == "advcl" and at.head.pos_ == "ADJ"):
        return _of_complement(at, mood, lexicon)
    if (
        at.dep_ == "conj"
        and at.head.pos_ in ("VERB", "AUX")
        and (not has_subject(at) or at.head.dep_ in ("ccomp", "xcomp"))
    ):
        if at.head.dep_ in ("xcomp", "ccomp", "pcomp", "advcl") or (
            at.head.dep_ in ("acl", "relcl") and is_bare(at.head)
        ):
            return _step(at.head, mood, lexicon)
        return None
    return None


def _of_preposition(at: Any, mood: Mood, lexicon: Lexicon) -> Any | None:
    governor = at.head.head
    lemma = governor.lemma_.lower()
    if lexicon.has("condemn", lemma) and at.head.lower_ in ("of", "for", "by"):
        mood.blamed = True
        mood.said.append((governor, subjects(governor)))
        mood.doer = children(governor, "dobj") or ([*children(governor, "nsubjpass")] or None)
        mood.cues.append(("blame", governor))
        return None
    if lexicon.has("stopping", lemma):
        mood.negated = not mood.negated
        mood.cues.append(("stopping", governor))
        mood.first = governor
        return _govern(governor, mood, lexicon)
    if lemma in ("admit", "confess") and at.head.lower_ == "to":
        return _reporting(governor, mood, lexicon, Form.ADMISSION)
    if lexicon.has("promise_word", lemma) or (lexicon.has("promise", lemma) and at.head.lower_ in ("to", "on")):
        mood.take(Form.PROMISE, "promise", governor)
        mood.by = subjects(governor)
        return _govern(governor, mood, lexicon)
    if lexicon.has("demand_noun", lemma) and at.head.lower_ in ("for", "of"):
        mood.take(Form.DEMAND, "demand", governor)
    return None


def _govern(governor: Any, mood: Mood, lexicon: Lexicon) -> Any | None:
    """Add the governor's own auxiliaries and negation, and go on from it."""
    before = mood.negated
    mood.negated = False
    _own(governor, mood, lexicon)
    mood.negated = before != mood.negated
    return governor


def _of_complement(at: Any, mood: Mood, lexicon: Lexicon) -> Any | None:
    governor = at.head
    lemma = governor.lemma_.lower()
    if governor.pos_ == "AUX" and (judged := _judgement(governor, lexicon)) is not None:
        governor, lemma = judged, judged.lemma_.lower()
    if (
        governor.pos_ == "ADJ"
        or governor.dep_ == "acomp"
        or (lexicon.has("denial_word", lemma) and governor.dep_ == "attr")
    ):
        return _of_adjective(at, governor, lemma, mood, lexicon)
    if governor.pos_ in ("NOUN", "PROPN"):
        return _of_noun(at, governor, lemma, mood, lexicon)
    infinitive = at.dep_ in ("xcomp", "dobj") or is_bare(at)
    if infinitive and lexicon.has("stopping", lemma):
        mood.negated = not mood.negated
        mood.first = governor
        mood.cues.append(("stopping", governor))
        return _govern(governor, mood, lexicon)
    if infinitive and lexicon.has("failing", lemma):
        mood.failed = True
        mood.first = governor
        mood.cues.append(("failing", governor))
        return _govern(governor, mood, lexicon)
    if infinitive and lexicon.has("continue", lemma):
        mood.cues.append(("continue", governor))
        return _govern(governor, mood, lexicon)
    return _of_speech(at, governor, lemma, mood, lexicon, infinitive)


def _of_adjective(at: Any, governor: Any, lemma: str, mood: Mood, lexicon: Lexicon) -> Any | None:
    above = governor.head if governor.dep_ in ("acomp", "attr", "oprd") else governor
    if lexicon.has("promise_word", lemma):
        mood.take(Form.PROMISE, "promise", governor)
        mood.by = subjects(above) if above.pos_ in ("VERB", "AUX") else []
        return _govern(above, mood, lexicon) if above is not governor else None
    if lexicon.has("denial_word", lemma):
        mood.take(Form.DENIAL, "denial", governor)
        return None
    if lemma in (
        "necessary",
        "essential",
        "imperative",
        "vital",
        "crucial",
        "critical",
        "important",
        "time",
        "urgent",
        "incumbent",
        "high",
    ):
        mood.take(Form.DEMAND, "must", governor)
    if lemma in ("able", "unable", "likely", "possible", "impossible"):
        mood.failed = mood.failed or lemma == "unable"
        return _govern(above, mood, lexicon) if above is not governor else None
    return None


def _judgement(verb: Any, lexicon: Lexicon) -> Any | None:
    """Return the adjective or noun by which "it is … that" judges the clause below: "false", "a lie", "ready",
    "necessary".
    """
    for child in children(verb, "acomp", "attr"):
        lemma = child.lemma_.lower()
        if child.pos_ == "ADJ" or lemma == "time" or lexicon.has("denial_word", lemma):
            return child
    return None


def _of_allegation(governor: Any, mood: Mood, lexicon: Lexicon) -> None:
    """ "X rejects the claim of Y that …": a denial by X; else an allegation by Y."""
    above = governor.head
    if governor.dep_ in ("dobj", "nsubjpass") and lexicon.has("denial", above.lemma_.lower()):
        mood.take(Form.DENIAL, "denial", above)
        mood.said.append((above, subjects(above)))
        return
    owner = children(governor, "poss") or complements(governor, "of", "by", "from")
    if owner:
        mood.said.append((governor, owner))
        mood.cues.append(("speech", governor))


def _of_noun(at: Any, governor: Any, lemma: str, mood: Mood, lexicon: Lexicon) -> Any | None:
    if lexicon.has("allegation", lemma) and at.dep_ in ("acl", "ccomp", "relcl"):
        _of_allegation(governor, mood, lexicon)
        return None
    if not is_bare(at):
        return None
    if lemma in ("failure", "refusal", "inability", "unwillingness"):
        mood.failed = True
        mood.doer = children(governor, "poss") or complements(governor, "of", "by") or None
        mood.first = governor
        mood.cues.append(("failing", governor))
    elif lexicon.has("demand_noun", lemma) or lemma in ("time", "necessity", "request"):
        mood.take(Form.DEMAND, "demand", governor)
    elif lemma in (
        "commitment",
        "pledge",
        "promise",
        "readiness",
        "willingness",
        "determination",
        "offer",
        "intention",
        "decision",
        "plan",
    ):
        mood.take(Form.PROMISE, "promise", governor)
        mood.doer = children(governor, "poss") or complements(governor, "of", "by") or None
    else:
        mood.purpose = True
    return None


def _of_speech(at: Any, governor: Any, lemma: str, mood: Mood, lexicon: Lexicon, infinitive: bool) -> Any | None:
    """Verbs of saying: what they make of the clause below them, and who says it."""
    particles = {c.lower_ for c in governor.children if c.dep_ in ("prt", "prep")}
    if (infinitive and lemma == "have" and at.dep_ == "xcomp") or (infinitive and lemma == "need"):
        mood.take(Form.DEMAND, "must", governor)
        return _govern(governor, mood, lexicon)
    if infinitive and lemma == "go" and at.dep_ == "xcomp":
        mood.take(Form.FUTURE, "will", governor)
        return None
    if lemma in ("let", "allow", "permit", "enable") and at.dep_ in ("ccomp", "xcomp"):
        return _govern(governor, mood, lexicon)
    if lexicon.has("denial", lemma):
        mood.take(Form.DENIAL, "denial", governor)
        return _reporting(governor, mood, lexicon, None)
    if (lexicon.has("admission", lemma) and not infinitive) or lemma in ("admit", "acknowledge", "concede"):
        return _reporting(governor, mood, lexicon, Form.ADMISSION)
    if lexicon.has("threat", lemma):
        mood.take(Form.THREAT if infinitive and lemma == "threaten" else mood.form, "threat", governor)
        return _reporting(governor, mood, lexicon, None)
    if infinitive and lexicon.has("promise", lemma):
        mood.take(Form.PROMISE, "promise", governor)
        return _promised(governor, mood, lexicon)
    if (
        lexicon.has("demand", lemma)
        and (infinitive or lemma in _ALWAYS_DEMAND)
        and (lemma != "call" or particles or children(governor, "dobj"))
    ):
        return _demanded(at, governor, mood, lexicon)
    if lexicon.has("promise", lemma):
        mood.cues.append(("promise", governor))
        return _promised(governor, mood, lexicon)
    if lexicon.has("reporting", lemma) and at.dep_ == "ccomp":
        return _reporting(governor, mood, lexicon, None)
    return None


_ALWAYS_DEMAND = frozenset({"demand", "urge", "request", "require", "insist", "recommend"})


def _reporting(governor: Any, mood: Mood, lexicon: Lexicon, form: Form | None) -> Any | None:
    mood.said.append((governor, subjects(governor)))
    mood.cues.append(("speech", governor))
    if form:
        mood.take(form, form.value, governor)
    if any(c.dep_ == "neg" for c in governor.children):
        mood.hedged = True
    return governor if governor.dep_ in ("ccomp", "xcomp", "conj") else None


def _promised(governor: Any, mood: Mood, lexicon: Lexicon) -> Any | None:
    mood.by = subjects(governor)
    mood.said.append((governor, mood.by))
    if any(c.dep_ == "neg" for c in governor.children):
        mood.negated = not mood.negated
    return governor if governor.dep_ in ("ccomp", "xcomp") else None


def _demanded(at: Any, governor: Any, mood: Mood, lexicon: Lexicon) -> Any | None:
    mood.take(Form.DEMAND, "demand", governor)
    mood.by = subjects(governor)
    mood.said.append((governor, mood.by))
    own = children(at, "nsubj", "nsubjpass")
    asked = (
        complements(governor, "on", "upon", "to", "for")
        if governor.lemma_.lower() in ("call", "appeal", "press")
        else []
    )
    mood.doer = mood.doer or own or children(governor, "dobj", "dative") or asked or None
    return governor if governor.dep_ in ("ccomp", "xcomp") else None
