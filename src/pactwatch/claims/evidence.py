"""What speaks for and against a candidate being a claim, as named features; the weights are in `weights.toml`."""

from pactwatch.claims.back_reference import Filled, points_back
from pactwatch.claims.candidates import Candidate
from pactwatch.claims.lexicon import Lexicon
from pactwatch.claims.mentions import Scope
from pactwatch.claims.sides import Side
from pactwatch.model import ISSUER, Mention


def features_of(
    candidate: Candidate,
    filled: Filled,
    own: Filled,
    side: Side,
    speaker: Mention,
    rule: str,
    harmful: bool,
    scope: Scope,
    words: Lexicon,
) -> set[str]:
    """Return the names of what holds of a candidate."""
    sense, mood, head = candidate.sense, candidate.mood, candidate.head
    voice = scope.document.issuer_type if speaker.text == ISSUER else "quoted"
    nature = "harm" if harmful else "good" if sense.polarity == "g" else "neutral"
    word_class = "noun" if candidate.noun else "verb"
    found = {
        f"{word_class}.grade{sense.grade}",
        f"act.{sense.act}",
        f"form.{mood.form}",
        f"side.{side}",
        rule,
        f"{rule}.{voice}",
        f"{nature}.{mood.form}.{side}",
        f"{nature}.{side}.{voice}",
        f"{nature}.{mood.form}.{'negated' if mood.negated else 'plain'}",
        f"{nature}.{side}.{'negated' if mood.negated else 'plain'}",
        f"act.{sense.act}.{side}",
        f"voice.{voice}",
        f"{word_class}.dep.{head.dep_}",
        f"{word_class}.{mood.form}.{side}",
        f"grade{sense.grade}.{mood.form}.{side}",
    }
    if candidate.support:
        found.add(f"support.{candidate.support}")
    if not candidate.noun:
        found.add(f"tag.{head.tag_}.{head.dep_}")
    found |= _flags(candidate, own, speaker, words)
    found |= _shape(candidate, own)
    found.add(f"word.{head.lemma_.lower()}")
    found.add("agent.before" if filled.agent and not own.agent else "agent.own")
    return found


_DETERMINERS = frozenset(["the", "a", "an", "any", "all", "this", "these", "its", "their", "no", "our", "none"])


def _flags(candidate: Candidate, own: Filled, speaker: Mention, words: Lexicon) -> set[str]:
    """What holds or does not hold of the act and its participants."""
    mood = candidate.mood
    flags = {
        "has.agent": bool(own.agent),
        "has.target": bool(own.target),
        "has.place": bool(own.places),
        "has.time": own.time is not None,
        "no.participant": not (own.agent or own.target or own.places or own.time),
        "negated": mood.negated,
        "failed": mood.failed,
        "blamed": mood.blamed,
        "purpose": mood.purpose,
        "quoted.source": speaker.text != ISSUER,
        "points.back": points_back(candidate, words),
        "noun.bare": candidate.noun and not (own.agent or own.target or own.places or own.time),
        "under.stopping": any(name == "stopping" for name, _ in mood.cues),
        "said": bool(mood.said),
    }
    return {name for name, holds in flags.items() if holds}


def _shape(candidate: Candidate, own: Filled) -> set[str]:
    """What the words around look like: plural, definite, a heading, how many participants."""
    head = candidate.head
    sentence = head.sent
    participants = bool(own.agent) + bool(own.target) + bool(own.places) + (own.time is not None)
    found = {f"participants.{min(3, participants)}.{'n' if candidate.noun else 'v'}"}
    if not any(t.pos_ in ("VERB", "AUX") for t in sentence):
        found.add("verbless")
    if candidate.noun:
        found.add(f"number.{head.tag_}")
        determiner = next((c.lower_ for c in head.lefts if c.dep_ in ("det", "poss")), "none")
        found.add(f"det.{determiner if determiner in _DETERMINERS else 'other'}")
    found.add(f"length.{min(4, len(sentence) // 12)}")
    return found
