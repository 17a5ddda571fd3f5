"""The names of warring parties that a register knows, so that every reader can treat them all alike (law 9)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from pactwatch.model import Party, PartyKind

WARRING = frozenset({PartyKind.GOVERNMENT, PartyKind.FORCES, PartyKind.ARMED_GROUP, PartyKind.MILITIA})


@dataclass(frozen=True, slots=True)
class Known:
    """The warring parties of a register: a pattern of their names, and which entry each name is of."""

    pattern: re.Pattern[str] | None = None
    entries: dict[str, str] = field(default_factory=dict)
    belongs: dict[str, frozenset[str]] = field(default_factory=dict)

    def found(self, text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
        """Yield where the parties' names (in capitals) stand in a stretch of text, and whose they are."""
        for one in self.pattern.finditer(text, start, end) if self.pattern else ():
            if one[0][0].isupper():
                yield one.start(), one.end(), self.entries[one[0].casefold()]

    def own(self, who: str) -> frozenset[str]:
        """Return the entries that a speaker belongs to, or that belong to it."""
        if self.pattern is None:
            return frozenset()
        named = {self.entries[found[0].casefold()] for found in self.pattern.finditer(who)}
        above = {parent for entry in named for parent in self.belongs[entry]}
        return frozenset(named | above | {e for e, parents in self.belongs.items() if parents & named})


def known_parties(register: Sequence[Party]) -> Known:
    """Return what a register knows of warring parties."""
    entries: dict[str, str] = {}
    belongs: dict[str, frozenset[str]] = {}
    for party in register:
        if party.kind in WARRING:
            belongs[party.id] = frozenset(m.of for m in party.member_of)
            for name in (party.label, party.own_name, *(a.name for a in party.aliases if not a.loaded)):
                plain = re.sub(r"^the ", "", name, flags=re.I)
                if len(plain) > 2 and plain[0].isupper():
                    entries.setdefault(plain.casefold(), party.id)
    names = sorted(entries, key=len, reverse=True)
    pattern = re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, names)) + r")(?!\w)", re.I) if names else None
    return Known(pattern, entries, belongs)
