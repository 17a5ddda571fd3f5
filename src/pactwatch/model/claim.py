"""The claim: one thing one source says about one act. The definition is the annotation guide's.

Kinds and acts are listed in `docs/reference/claims.md` with their tests; PLOVER codes are a crosswalk there.
"""

from dataclasses import dataclass
from enum import StrEnum

from pactwatch.model.fact import Made
from pactwatch.model.text import Quote


class Kind(StrEnum):
    """What the source does by saying it."""

    ACCUSATION = "accusation"
    ADMISSION = "admission"
    DENIAL = "denial"
    COMPLIANCE = "compliance"
    COMMITMENT = "commitment"
    THREAT = "threat"
    DEMAND = "demand"
    REPORT = "report"
    POSITION = "position"


class Act(StrEnum):
    """What the claim is about."""

    KILLING = "killing"
    ARMED_ATTACK = "armed_attack"
    SHELLING = "shelling"
    AIR_STRIKE = "air_strike"
    BOMBING = "bombing"
    PROHIBITED_WEAPON = "prohibited_weapon"
    RAID = "raid"
    ABDUCTION = "abduction"
    DETENTION = "detention"
    TORTURE = "torture"
    SEXUAL_VIOLENCE = "sexual_violence"
    ABUSE = "abuse"
    DISPLACEMENT = "displacement"
    DESTRUCTION = "destruction"
    OBSTRUCTION = "obstruction"
    TROOP_MOVEMENT = "troop_movement"
    WITHDRAWAL = "withdrawal"
    TERRITORY = "territory"
    ARMS_SUPPLY = "arms_supply"
    RECRUITMENT = "recruitment"
    CEASEFIRE = "ceasefire"
    AGREEMENT = "agreement"
    NEGOTIATION = "negotiation"
    PRISONER_RELEASE = "prisoner_release"
    AMNESTY = "amnesty"
    PROTECTION = "protection"
    AID = "aid"
    MONITORING = "monitoring"
    INVESTIGATION = "investigation"
    SANCTION = "sanction"
    GOVERNANCE = "governance"
    OTHER = "other"


ISSUER = "issuer"
"""The word that stands for the document's own author in `speaker` and `agent`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Words that name a participant, a place or a time of an act.

    `text` is `issuer` where the author or its own side is meant without being named; then `quote` is None. A pronoun is
    replaced by the words that it stands for, and `quote` is where those words stand.
    """

    text: str
    quote: Quote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number said of people in the act: `of` is killed, injured, detained, released, displaced, abducted or other.

    `value` is an int, or the vague word itself ("dozens").
    """

    of: str
    value: int | str


class QuantityMark(StrEnum):
    """What words beside a number say of it: "more than", "up to", "some"."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    ABOUT = "about"


TIME_OF_DAY = "time_of_day"
"""The unit of an hour of the day; its value is written "HH:MM"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of things, a measure or an hour of the day, as it is said of an act, with its exact words.

    `value` is a number, the vague word itself ("dozens"), "HH:MM", or the two ends of a range. `unit` is a measure
    (`mm`, `km`, `h`, `USD`), `time_of_day`, or the lemma of the thing counted (`howitzer`).
    """

    value: int | float | str | tuple[int | float | str, int | float | str]
    unit: str
    mark: QuantityMark | None = None
    quote: Quote


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim, with the exact words it stands on. Refused by the quote gate unless all its quotes are exact.

    `speaker.text` is `issuer` or the words that name the quoted source. `unsure` names the fields left out on purpose.
    `trace` says which rule saw which words, for `--explain`: pairs of rule id and words.
    """

    id: str
    document_id: str
    kind: Kind
    act: Act
    trigger: Quote
    quote: Quote
    speaker: Mention
    agent: tuple[Mention, ...] = ()
    target: tuple[Mention, ...] = ()
    places: tuple[Mention, ...] = ()
    time: Mention | None = None
    counts: tuple[Count, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    negated: bool = False
    condition: Quote | None = None
    unsure: tuple[str, ...] = ()
    trace: tuple[tuple[str, str], ...] = ()
    made: Made
