"""Whom or what a claim says the act struck, against whom or what a clause protects."""

import re
from enum import Enum

from pactwatch.link import terms
from pactwatch.link.view import Register, View
from pactwatch.model import PartyKind

_BY_KIND = {
    PartyKind.MONITOR: "monitors",
    PartyKind.FORCES: "forces",
    PartyKind.ARMED_GROUP: "forces",
    PartyKind.MILITIA: "forces",
    PartyKind.POPULATION: "civilians",
}
"""What a party of the register counts as where it is the target."""

_EMPTY = re.compile(
    r"(?:the|a|an|all|any|some|its?|his|her|their|our|my|other|others|side|us|them|him|one|two|three|four|five|six|"
    r"seven|eight|nine|ten|\d+|of|those|these|persons?|men|group|further|first|second|third|second|issuer)",
    re.IGNORECASE,
)
"""Words that name no kind of thing: a target made of these alone says nothing about what was struck."""

_NAME = re.compile(r"(?:[A-Z][\w'’-]*)(?:\s+[A-Z][\w'’-]*)*$")


class Fit(Enum):
    """How the target of a claim fits a clause: what is named, what may be, what is unsaid, what is another thing."""

    NAMED = 1.0
    PERHAPS = 0.5
    UNSAID = 0.2
    OPEN = 0.4
    """The clause protects everybody alike: whom the act struck does not matter."""
    OTHER = 0.0


def fit(view: View, wanted: tuple[str, ...], register: Register) -> Fit:
    """Return how the claim's target fits the terms of a clause's `targets`."""
    if not wanted:
        return Fit.OPEN
    said = view.target_words
    if _party_fits(view, wanted, register) or terms.find(wanted, said) or terms.find(wanted, view.blanked):
        return Fit.NAMED
    if terms.find_maybe(wanted, said) or (not says_kind(said) and terms.find_maybe(wanted, view.blanked)):
        return Fit.PERHAPS
    if not says_kind(said) or _only_party(view, register) or terms.in_concept("self-defence", view.words):
        return Fit.UNSAID
    return Fit.OTHER


def _party_fits(view: View, wanted: tuple[str, ...], register: Register) -> bool:
    kinds = {register.kind(party) for party in view.targets if party}
    return bool({_BY_KIND[kind] for kind in kinds if kind in _BY_KIND} & set(wanted))


def _only_party(view: View, register: Register) -> bool:
    """A target that is a government or a state is the other side, or who receives; it is no kind of victim."""
    kinds = {register.kind(party) for party in view.targets}
    return bool(kinds) and kinds <= {PartyKind.GOVERNMENT, PartyKind.STATE}


def says_kind(said: str) -> bool:
    """Return True where the words say what kind of thing was struck; a bare name or number does not."""
    for line in said.splitlines():
        words = re.findall(r"[\w'’-]+", line)
        if not words or all(_EMPTY.fullmatch(word) for word in words):
            continue
        if _NAME.fullmatch(line.strip()):
            continue
        return True
    return False
