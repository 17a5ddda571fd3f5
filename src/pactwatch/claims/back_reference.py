"""Acts that refer back ("these killings", "it", a passive without agent) take from what was told before what they
do not say themselves.
"""

from dataclasses import dataclass

from pactwatch.claims.candidates import Candidate
from pactwatch.claims.forms import Form
from pactwatch.claims.lexicon import Lexicon
from pactwatch.claims.memory import Memory, Told
from pactwatch.model import Act, Mention

NEIGHBOUR_SENTENCES = (
    8  # measured on the training part: agents of gold claims without one of their own stand within eight sentences
)
_POINTING = frozenset(["this", "these", "that", "those", "such", "the", "its", "his", "her", "their", "both"])


@dataclass(slots=True)
class Filled:
    """Participants of an act after what was told before has been added; `rule` says what was used."""

    agent: tuple[Mention, ...]
    target: tuple[Mention, ...]
    places: tuple[Mention, ...]
    time: Mention | None
    rule: str = ""


def points_back(candidate: Candidate, lexicon: Lexicon) -> bool:
    """True for an event noun that a pointing word introduces: "these killings", "the attack"."""
    if not candidate.noun or not lexicon.has("event_anaphor", candidate.head.lemma_.lower()):
        return False
    words = [c.lower_ for c in candidate.head.lefts if c.dep_ in ("det", "predet", "amod", "poss")]
    return any(word in _POINTING for word in words)


def fill(candidate: Candidate, own: Filled, memory: Memory, lexicon: Lexicon, *, harmful: bool) -> Filled:
    """Return the act's participants with the missing ones taken from the act it refers back to."""
    if points_back(candidate, lexicon) and not own.target:
        told = memory.last_act(3, harmful=harmful)
        if told is not None:
            return _joined(own, told, "back.pointing")
    return own


_PLACED_LATER = frozenset(
    {
        Act.NEGOTIATION,
        Act.AGREEMENT,
        Act.INVESTIGATION,
        Act.SANCTION,
        Act.GOVERNANCE,
        Act.CEASEFIRE,
        Act.OTHER,
        Act.AMNESTY,
        Act.ARMS_SUPPLY,
    }
)
# Beyond the act's own sentence, the place told last is wrong more often than right (measured: 0, 2, 4).
PLACE_SENTENCES = 0


def place_from_before(candidate: Candidate, filled: Filled, memory: Memory) -> Filled:
    """Return an act that happens somewhere, told without a place, with the place of the act told just before."""
    if (
        filled.places
        or candidate.sense.act in _PLACED_LATER
        or candidate.mood.form not in (Form.ASSERTION, Form.ADMISSION)
    ):
        return filled
    before = memory.last_places(PLACE_SENTENCES)
    return Filled(filled.agent, filled.target, before, filled.time, filled.rule) if before else filled


def answering(own: Filled, told: Told) -> Filled:
    """Return what a short answer takes from the act that it answers: everything but the agent, which is the
    speaker's side.
    """
    return Filled(own.agent, own.target or told.target, own.places or told.places, own.time or told.time, "back.answer")


def _joined(own: Filled, told: Told, rule: str) -> Filled:
    return Filled(
        agent=own.agent or told.agent,
        target=own.target or told.target,
        places=own.places or told.places,
        time=own.time or told.time,
        rule=rule,
    )


def agent_from_before(candidate: Candidate, filled: Filled, memory: Memory, *, harmful: bool) -> Filled:
    """Return a harmful act told without a doer with the one that a neighbouring sentence names; others unchanged."""
    mood = candidate.mood
    if filled.agent or not harmful or mood.negated or mood.form not in (Form.ASSERTION, Form.ADMISSION):
        return filled
    before = memory.adversary(NEIGHBOUR_SENTENCES)
    if not before:
        return filled
    return Filled(before, filled.target, filled.places, filled.time, filled.rule or "back.neighbour")
