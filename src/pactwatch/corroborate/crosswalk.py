"""Crosswalks: what a data set's type may be in our acts, and how far a record of one act may be one of another."""

from functools import cache
from importlib import resources
from itertools import combinations

import msgspec

from pactwatch.handwritten import decode
from pactwatch.model import Act


class TypeEntry(msgspec.Struct, forbid_unknown_fields=True):
    """One code of a data set, the acts that it may stand for, and where its definition is found.

    `directed` is True where the first of the two actors is the one who acted, False where they stand in no order.
    """

    code: str
    acts: list[Act]
    source: str
    label: str = ""
    directed: bool = False


class Crosswalk(msgspec.Struct, forbid_unknown_fields=True):
    """A crosswalk file."""

    source: str
    licence: str
    type: list[TypeEntry]


class _Group(msgspec.Struct, forbid_unknown_fields=True):
    acts: list[Act]
    affinity: float
    name: str = ""


class _AffinityFile(msgspec.Struct, forbid_unknown_fields=True):
    source: str
    licence: str
    family: list[_Group]
    pair: list[_Group]


@cache
def crosswalk(name: str) -> dict[str, TypeEntry]:
    """Return a shipped crosswalk (`ged`, `acled`, `cameo`) by code."""
    return {entry.code: entry for entry in decode(_shipped(name), f"{name}.toml", Crosswalk).type}


@cache
def affinity() -> dict[tuple[Act, Act], float]:
    """Return how far a record of one act may be a record of another, 0 to 1; a pair that is not there is 0."""
    found = {(act, act): 1.0 for act in Act}
    file = decode(_shipped("affinity"), "affinity.toml", _AffinityFile)
    for group in (*file.family, *file.pair):
        for one, other in combinations(group.acts, 2):
            found[one, other] = found[other, one] = max(group.affinity, found.get((one, other), 0.0))
    return found


def fit(act: Act, recorded: tuple[str, ...]) -> float:
    """Return the best affinity of a claim's act to the acts of a record; 0 where the record cannot be of that act."""
    table = affinity()
    return max((table.get((act, Act(one)), 0.0) for one in recorded), default=0.0)


def by_longest_code(codes: dict[str, TypeEntry], code: str) -> TypeEntry | None:
    """Return the entry of a hierarchical code or of the longest code that begins it."""
    for length in range(len(code), 0, -1):
        if (entry := codes.get(code[:length])) is not None:
            return entry
    return None


def _shipped(name: str) -> str:
    return resources.files("pactwatch").joinpath("data", "crosswalks", f"{name}.toml").read_text(encoding="utf-8")
