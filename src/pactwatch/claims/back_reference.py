"""Acts that refer back ("these killings", "it", a passive without agent) take from what was told before what they do not say themselves."""

from dataclasses import dataclass
from typing import Any

from pactwatch.claims.lexicon import Lexicon
from pactwatch.claims.memory import Memory, Told
from pactwatch.claims.triggers import Candidate
from pactwatch.model import Mention

_POINTING = frozenset("this these that those such the its his her their both".split())


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


def _joined(own: Filled, told: Told, rule: str) -> Filled:
    return Filled(
        agent=own.agent or told.agent,
        target=own.target or told.target,
        places=own.places or told.places,
        time=own.time or told.time,
        rule=rule,
    )


def without_agent(candidate: Candidate, harmful: bool, memory: Memory) -> tuple[Mention, ...]:
    """Return the agent that a neighbouring sentence names for a harmful act told without one."""
    told: Any = memory.last_act(1, harmful=True) if harmful else None
    return told.agent if told is not None else ()
