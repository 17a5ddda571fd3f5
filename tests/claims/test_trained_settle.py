"""From probabilities to a claim: who is taken, who is left out, and what is said to be unsure."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from pactwatch.claims.assemble import Draft
from pactwatch.claims.sides import Side
from pactwatch.claims.trained.network import Roles
from pactwatch.claims.trained.proposals import Named
from pactwatch.claims.trained.settle import ACTS, KINDS, ROLES, Judgement, Partners, Settled, settled
from pactwatch.model import Act, Document, Kind, Mention

TEXT = "On Monday units of the Guard and our men fired on Anor near the mill, the Council said."
DOCUMENT = Document(id="d", source_sha256="", text=TEXT)
CARD = {
    "thresholds": dict.fromkeys(ROLES, 0.4),
    "nobody": dict.fromkeys(ROLES, 0.6),
    "doubt": 0.2,
    "guess": 0.3,
    "certainty": {"slope": 1.0, "shift": 0.0},
}
OWN = Mention(text="issuer")
SORTS = {"Monday": "time", "Anor": "place"}


def mention(words: str) -> Mention:
    """Words of the text, with their place."""
    start = TEXT.index(words)
    return Mention(text=words, quote=DOCUMENT.quote(start, start + len(words)))


def draft(**fields: Any) -> Draft:
    """A draft of "fired" by nobody in particular."""
    start = TEXT.index("fired")
    base = Draft(
        kind=Kind.REPORT,
        act=Act.OTHER,
        trigger=(start, start + 5),
        quote=(start, start + 13),
        speaker=OWN,
        agent=(),
        target=(),
        places=(),
        time=None,
        counts=(),
        negated=False,
        condition=None,
        own_side=OWN,
        agent_from_before=False,
        features=set(),
    )
    return replace(base, **fields)


def settle(
    kind: Kind,
    roles: dict[str, dict[str, float]],
    *,
    made: Draft | None = None,
    sides: dict[str, Side] | None = None,
    bits: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 1.0),
    observes: bool = False,
    own: float = 0.0,
    sure: float = 0.9,
) -> Settled:
    """What is settled where the network gives these words these roles, and `own` to the speaker's own side as agent."""
    names = list(roles)
    rows = np.array([[roles[name].get(role, 0.0) for role in ROLES] for name in names]).reshape(len(names), len(ROLES))
    named = [
        Named(
            0,
            1,
            mention(name),
            SORTS.get(name, "phrase"),
            SimpleNamespace(pos_="PROPN", lemma_=name.lower(), dep_="pobj"),
            1,
        )
        for name in names
    ]
    kinds = np.full(len(KINDS), (1 - sure) / (len(KINDS) - 1))
    kinds[KINDS.index(kind)] = sure
    acts = np.zeros(len(ACTS))
    acts[ACTS.index(Act.SHELLING)] = 1.0
    own_row = np.array([[own, 0.0, 0.0, 0.0, 0.0]])
    given = np.concatenate([rows, own_row])
    first = np.concatenate([np.maximum(0.0, 1 - given.sum(0, keepdims=True)), given])
    partners = Partners(
        named, Roles(rows, first / first.sum(0)), [(sides or {}).get(name, Side.OTHER) for name in names]
    )
    judged = Judgement(made or draft(), 0.8, kinds, acts, np.array(bits), partners, observes)
    return settled(judged, CARD)


def texts(mentions: tuple[Mention, ...]) -> list[str]:
    """The words of mentions."""
    return [m.text for m in mentions]


def test_who_is_likely_enough_takes_part() -> None:
    """Above the threshold one is taken, below it not; act, kind and certainty are the network's."""
    found = settle(Kind.ACCUSATION, {"the Guard": {"agent": 0.9}, "Anor": {"target": 0.5}, "the mill": {"target": 0.1}})
    assert (texts(found.agent), texts(found.target)) == (["the Guard"], ["Anor"])
    assert (found.kind, found.act) == (Kind.ACCUSATION, Act.SHELLING)
    assert found.certainty == pytest.approx(0.72, abs=0.01)
    assert found.claim(DOCUMENT, "7").made.version == "7"


def test_who_nearly_takes_part_is_left_out_and_marked() -> None:
    """A role that nobody is sure of is open, and says so; one that nobody is near is simply empty."""
    found = settle(Kind.REPORT, {"the mill": {"target": 0.3}})
    assert not found.target
    assert found.unsure == ("target",)


def test_who_accuses_accuses_others() -> None:
    """The speaker's own side is no agent of what it accuses others of."""
    roles = {"the Guard": {"agent": 0.6}, "our men": {"agent": 0.9}}
    sides = {"our men": Side.OWN}
    assert texts(settle(Kind.ACCUSATION, roles, sides=sides).agent) == ["the Guard"]
    assert texts(settle(Kind.ADMISSION, roles, sides=sides).agent) == ["the Guard", "our men"]


def test_an_accusation_takes_the_likeliest_other_and_a_promise_the_speaker() -> None:
    """Where nobody is sure enough: somebody is accused; one's own promise is one's own; a monitor has no side."""
    roles = {"the Guard": {"agent": 0.35}}
    assert texts(settle(Kind.ACCUSATION, roles).agent) == ["the Guard"]
    assert texts(settle(Kind.REPORT, roles).agent) == []
    assert texts(settle(Kind.COMMITMENT, roles).agent) == ["issuer"]
    assert texts(settle(Kind.COMMITMENT, roles, observes=True).agent) == []


def test_a_name_inside_a_longer_one_is_not_taken_twice() -> None:
    """ "Units of the Guard" and "the Guard" are one agent, and what holds the agent is no target."""
    roles = {"units of the Guard": {"agent": 0.9}, "the Guard": {"agent": 0.8, "target": 0.8}}
    found = settle(Kind.ACCUSATION, roles)
    assert (texts(found.agent), texts(found.target)) == (["units of the Guard"], [])


def test_times_and_places_are_only_what_can_be_one() -> None:
    """A time expression dates, a place name locates; nothing else does, however probable."""
    roles = {"Monday": {"time": 0.9, "agent": 0.9}, "Anor": {"time": 0.9, "places": 0.9}}
    found = settle(Kind.REPORT, roles)
    assert found.time is not None
    assert (found.time.text, texts(found.places), texts(found.agent)) == ("Monday", ["Anor"], [])


def test_a_verb_of_denying_weighs_more_than_the_network_knows() -> None:
    """Between two kinds, the one that the words say outright."""
    assert settle(Kind.COMPLIANCE, {}, sure=0.55).kind is Kind.COMPLIANCE
    said = settle(Kind.DENIAL, {}, made=draft(features={"form.denial"}), sure=0.3)
    assert said.kind is Kind.DENIAL
    assert said.negated


def test_another_speaker_is_taken_where_the_network_doubts_the_issuer() -> None:
    """ "…, the Council said": the speaker's own side is then the Council's."""
    found = settle(Kind.COMMITMENT, {"the Council": {"speaker": 0.6}}, bits=(0, 0, 0.9, 0.2), own=0.9)
    assert (found.speaker.text, texts(found.agent)) == ("the Council", ["the Council"])
    assert settle(Kind.COMMITMENT, {"the Council": {"speaker": 0.6}}).speaker.text == "issuer"


def test_the_likeliest_is_taken_even_below_the_threshold_of_a_second_one() -> None:
    """Who has a role first is asked apart from who has it beside; nobody at all is one of the answers."""
    likeliest = settle(Kind.REPORT, {"the Guard": {"agent": 0.39}, "our men": {"agent": 0.3}})
    assert texts(likeliest.agent) == ["the Guard"]
    assert texts(settle(Kind.REPORT, {"the Guard": {"agent": 0.39}}).agent) == []


def test_the_speakers_own_side_is_an_agent_like_any_other() -> None:
    """ "We" need not stand in the sentence: the network weighs the own side beside those who do."""
    assert texts(settle(Kind.REPORT, {"the Guard": {"agent": 0.2}}, own=0.7).agent) == ["issuer"]
    assert texts(settle(Kind.REPORT, {"the Guard": {"agent": 0.7}}, own=0.2).agent) == ["the Guard"]


def test_nobody_is_accused_of_what_did_not_happen() -> None:
    """Accusations and admissions are of something done; a demand that something stop is negated, as the rules say."""
    halfway = (0.6, 0.0, 0.0, 1.0)
    assert not settle(Kind.ACCUSATION, {}, bits=halfway).negated
    assert settle(Kind.REPORT, {}, bits=halfway).negated
    hardly = (0.2, 0.0, 0.0, 1.0)
    assert settle(Kind.DEMAND, {}, made=draft(negated=True), bits=hardly).negated
    assert not settle(Kind.REPORT, {}, made=draft(negated=True), bits=hardly).negated


def test_a_time_told_before_says_so() -> None:
    """A day named before the passage dates the act, and the trace shows that it is borrowed."""
    found = settle(Kind.REPORT, {"Monday": {"time": 0.9}})
    assert found.time is not None
    assert ("network.time", "told before: Monday") in found.trace
    assert not [t for t in settle(Kind.REPORT, {}).trace if t[0] == "network.time"]
