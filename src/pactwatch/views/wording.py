"""Our own words: neutral names for kinds, acts, answers and days. Loaded words never stand here, only in quotes.

The words of a party are put between “ and ”, unchanged. What stands outside says only who says what sort of thing of
whom; the annotation guide's definitions are the source of every phrase.
"""

import datetime as dt

from pactwatch.model import (
    Act,
    Agreement,
    Answer,
    IncidentState,
    Independence,
    Kind,
    Precision,
    Relation,
    Summary,
    When,
)

UNNAMED = "unnamed issuer"
NOT_OBSERVED = "not observed"

ACTS: dict[Act, str] = {
    Act.KILLING: "a killing",
    Act.ARMED_ATTACK: "an armed attack",
    Act.SHELLING: "shelling",
    Act.AIR_STRIKE: "an air strike",
    Act.BOMBING: "a bombing",
    Act.PROHIBITED_WEAPON: "the use of a prohibited weapon",
    Act.RAID: "a raid",
    Act.ABDUCTION: "an abduction",
    Act.DETENTION: "a detention",
    Act.TORTURE: "ill-treatment of persons held",
    Act.SEXUAL_VIOLENCE: "sexual violence",
    Act.ABUSE: "an abuse of rights",
    Act.DISPLACEMENT: "displacement of people",
    Act.DESTRUCTION: "destruction of property",
    Act.OBSTRUCTION: "obstruction of aid or movement",
    Act.TROOP_MOVEMENT: "a movement of troops",
    Act.WITHDRAWAL: "a withdrawal",
    Act.TERRITORY: "the control of a place",
    Act.ARMS_SUPPLY: "a supply of arms or fighters",
    Act.RECRUITMENT: "recruitment",
    Act.CEASEFIRE: "a ceasefire",
    Act.AGREEMENT: "an agreement or the law",
    Act.NEGOTIATION: "talks",
    Act.PRISONER_RELEASE: "the release of prisoners",
    Act.AMNESTY: "an amnesty",
    Act.PROTECTION: "the protection of people",
    Act.AID: "humanitarian aid",
    Act.MONITORING: "the work of monitors",
    Act.INVESTIGATION: "an inquiry or trial",
    Act.SANCTION: "sanctions",
    Act.GOVERNANCE: "office and law",
    Act.OTHER: "another act",
}

DEEDS = frozenset(
    {
        Act.KILLING, Act.ARMED_ATTACK, Act.SHELLING, Act.AIR_STRIKE, Act.BOMBING, Act.PROHIBITED_WEAPON, Act.RAID,
        Act.ABDUCTION, Act.DETENTION, Act.TORTURE, Act.SEXUAL_VIOLENCE, Act.ABUSE, Act.DISPLACEMENT, Act.DESTRUCTION,
        Act.OBSTRUCTION, Act.TROOP_MOVEMENT, Act.WITHDRAWAL, Act.ARMS_SUPPLY, Act.RECRUITMENT,
    }
)  # fmt: skip
"""Acts that somebody carries out. The others are matters that one may serve or fail ("a delay in the release")."""

STATES: dict[IncidentState, str] = {
    IncidentState.UNCONTESTED: "uncontested: nobody read here denies it",
    IncidentState.CONTESTED: "contested: one side denies what another says",
    IncidentState.ADMITTED: "admitted: a side says this of itself",
    IncidentState.WITHDRAWN: "withdrawn: the one who said it took it back",
}

RELATIONS: dict[Relation, tuple[str, str]] = {
    Relation.DENIES: ("denies", "is denied by"),
    Relation.REPEATS: ("repeats", "is repeated by"),
    Relation.REPRINTS: ("reprints", "is reprinted by"),
    Relation.REVISES: ("revises", "is revised by"),
    Relation.RESPONDS_TO: ("responds to", "is responded to by"),
    Relation.AGREES_WITH: ("agrees with", "agrees with"),
    Relation.CONTRADICTS: ("contradicts", "contradicts"),
}
"""From the later claim to the earlier one, and the other way round."""

ANSWERS: dict[Answer, tuple[str, str]] = {
    Answer.MET: ("✓", "met"),
    Answer.NOT_MET: ("✗", "not met"),
    Answer.UNKNOWN: ("?", "unknown"),
}
"""A mark and its word; the word always stands beside the mark."""

SUMMARIES: dict[Summary, str] = {
    Summary.APPLIES: "applies",
    Summary.DOES_NOT_APPLY: "does not apply",
    Summary.OPEN: "open",
}

INDEPENDENCE: dict[Independence, str] = {
    Independence.INDEPENDENT: "independent of the speaker",
    Independence.SAME_OUTLET: "the same outlet",
    Independence.SAME_PARTY: "the speaker's own side",
    Independence.DERIVED: "derived from the speaker's account",
    Independence.UNKNOWN: "independence unknown",
}

_MATTER = "in the matter of"


def act_name(act: Act) -> str:
    """Return the plain name of an act, without an article: `armed attack`."""
    phrase = ACTS[act]
    for article in ("a ", "an ", "the "):
        if phrase.startswith(article):
            return phrase.removeprefix(article)
    return phrase


def quoted(words: str) -> str:
    """Return a source's words between quotation marks, unchanged."""
    return f"“{words}”"


def joined(items: list[str]) -> str:
    """Return `a, b and c`; an empty string for none."""
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


LONG_TITLE_LETTERS = 60
"""Longer than half a line, a title stands in the way of the sentence that it is in."""


def agreement_name(agreement: Agreement) -> str:
    """Return an agreement's title, or, where that is long, the first name that its file says it is also called."""
    if len(agreement.title) <= LONG_TITLE_LETTERS or not agreement.also_called:
        return agreement.title
    return agreement.also_called[0]


def counted(number: int, one: str, many: str = "") -> str:
    """Return `1 claim` or `3 claims`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def proposition(kind: Kind, act: Act, agent: str, *, negated: bool) -> str:
    """Return what stands after "X says that", for instance `the Front is responsible for an armed attack`.

    `agent` is empty where the claim names none. Only the kind, the act and the agent are told; all else is the quote's.
    """
    deed, matter = act in DEEDS, ACTS[act]
    if kind is Kind.DENIAL:
        return _denied(act, agent)
    if kind is Kind.POSITION:
        return f"it holds a view {_MATTER} {matter}"
    if not agent:
        return _without_agent(kind, act, negated=negated)
    return f"{agent} {_predicate(kind, matter, deed=deed, negated=negated)}"


def _denied(act: Act, agent: str) -> str:
    if not agent:
        return f"the alleged {act_name(act)} did not happen, or was not its side's"
    if act in DEEDS:
        return f"{agent} did not carry out the alleged {act_name(act)}"
    return f"{agent} is not at fault {_MATTER} {ACTS[act]}"


def _without_agent(kind: Kind, act: Act, *, negated: bool) -> str:
    auxiliary = {Kind.DEMAND: "must or should", Kind.COMMITMENT: "will", Kind.THREAT: "will or may"}.get(kind)
    if act not in DEEDS:
        verb = f"{auxiliary or ''} {'stop or not happen' if negated else 'happen'}" if auxiliary else "happened"
        negative = "nothing" if negated and not auxiliary else "something"
        return f"{negative} {verb.strip()} {_MATTER} {ACTS[act]}"
    if auxiliary:
        return f"{ACTS[act]} {auxiliary} {'stop or not happen' if negated else 'follow'}"
    return f"there was no {act_name(act)}" if negated else f"there was {ACTS[act]}"


def _predicate(kind: Kind, matter: str, *, deed: bool, negated: bool) -> str:
    if kind is Kind.ACCUSATION and not deed:
        return f"is at fault {_MATTER} {matter}"
    if kind is Kind.COMPLIANCE and not deed and not negated:
        return f"did its part {_MATTER} {matter}"
    auxiliary = {Kind.DEMAND: "must or should ", Kind.COMMITMENT: "will ", Kind.THREAT: "will or may "}.get(kind, "")
    if negated:
        return (
            f"{auxiliary}{'refrain' if auxiliary else 'refrained'} from or {'end' if auxiliary else 'ended'} {matter}"
        )
    if deed:
        return f"{auxiliary}{'carry' if auxiliary else 'carried'} out {matter}"
    return f"{auxiliary}{'act' if auxiliary else 'acted'} {_MATTER} {matter}"


def day_text(day: dt.date) -> str:
    """Return a day as `3 April 2031`."""
    return f"{day.day} {day:%B} {day.year}"


def days_text(first: dt.date | None, last: dt.date | None) -> str:
    """Return an interval in words: `2–3 April 2031`, `from 29 February 2020 on`; empty where both are open."""
    if first is None or last is None:
        return f"until {day_text(last)}" if last else f"from {day_text(first)} on" if first else ""
    if first == last:
        return day_text(first)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_text(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {day_text(last)}"
    return f"{day_text(first)} – {day_text(last)}"


def when_text(when: When) -> str:
    """Return a time in words, or `not dated` with the reason (law 3)."""
    if when.edtf is None:
        return f"not dated: {when.reason or 'nothing pins it'}"
    days = _named_period(when) or days_text(when.first, when.last) or when.edtf
    return f"{days}, vaguely" if when.precision is Precision.VAGUE else days


def _named_period(when: When) -> str:
    """`April 2031` and `2031` for a whole month and a whole year."""
    first, last = when.first, when.last
    if first is None or last is None or first.day != 1 or (last + dt.timedelta(days=1)).day != 1:
        return ""
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    whole_year = first.year == last.year and first.month == 1 and last.month == 12
    return str(first.year) if whole_year else ""
