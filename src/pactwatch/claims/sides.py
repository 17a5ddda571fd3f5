"""Whose side an agent is on, seen from the one who speaks. No party's name is known here: only the issuer's and
the speaker's own words.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from pactwatch.claims.lexicon import lexicon
from pactwatch.model import ISSUER, Document, IssuerType, Party

_SMALL = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "and",
        "for",
        "in",
        "on",
        "to",
        "from",
        "by",
        "with",
        "at",
        "its",
        "their",
        "our",
        "his",
        "her",
        "this",
        "that",
        "all",
        "de",
        "al",
        "la",
        "el",
        "mr",
        "mrs",
        "ms",
        "dr",
        "sir",
    ]
)
# Words that many parties' names share; they alone make nobody the same side.
_COMMON = frozenset(
    [
        "government",
        "ministry",
        "minister",
        "president",
        "spokesman",
        "spokesperson",
        "spokeswoman",
        "office",
        "press",
        "service",
        "statement",
        "department",
        "national",
        "people",
        "front",
        "movement",
        "army",
        "force",
        "forces",
        "council",
        "party",
        "republic",
        "state",
        "states",
        "united",
        "general",
        "secretary",
        "commander",
        "command",
        "defence",
        "defense",
        "foreign",
        "affairs",
        "islamic",
        "democratic",
        "liberation",
        "authority",
        "committee",
        "commission",
        "group",
        "organization",
        "organisation",
        "union",
        "federation",
        "media",
        "center",
        "centre",
        "information",
        "news",
        "agency",
        "north",
        "south",
        "east",
        "west",
        "northern",
        "southern",
        "eastern",
        "western",
    ]
)


class Side(StrEnum):
    """The relation of an agent to the speaker."""

    OWN = "own"
    ALLY = "ally"
    OTHER = "other"
    NONE = "none"


@dataclass(slots=True)
class Sides:
    """What one document says about who belongs together: its issuer, the acronyms that it defines, the register."""

    issuer: str
    issuer_type: IssuerType
    acronyms: dict[str, str] = field(default_factory=dict)
    groups: list[frozenset[str]] = field(default_factory=list)
    fighters: set[str] = field(default_factory=set)
    friends: set[frozenset[str]] = field(default_factory=set)
    known: dict[str, frozenset[str]] = field(default_factory=dict)
    related: list[frozenset[int]] = field(default_factory=list)
    entries: dict[str, frozenset[int]] = field(default_factory=dict)

    def is_issuer(self, words: str) -> bool:
        """True where words name the document's issuer or somebody who speaks for it."""
        return words == ISSUER or self.same(words, self.issuer)

    def same(self, one: str, other: str) -> bool:
        """True where two names share a telling word, an acronym, or an entry of the register."""
        a, b = self._telling(one), self._telling(other)
        if a & b:
            return True
        return bool(self._of_register(one) & self._entries(other))

    def _of_register(self, words: str) -> set[int]:
        """Return the register's entries that words name, and those above and below them."""
        return {near for entry in self._entries(words) for near in self.related[entry]}

    def names_issuer(self, words: str) -> bool:
        """True where words are a name of the issuer itself, not of a part of it ("our units", "its 3rd Brigade")."""
        plain = {w for w in re.findall(r"[^\W_]+", words.casefold()) if w not in _SMALL}
        whole = {w for w in re.findall(r"[^\W_]+", self.issuer.casefold()) if w not in _SMALL}
        initials = {
            "".join(w[0] for w in re.findall(r"[^\W\d_]+", part.casefold()) if w not in _SMALL)
            for part in (self.issuer, *self.issuer.split(","))
        }
        if not plain or words[:1].islower():
            return False
        expanded = self.acronyms.get(words.removeprefix("the ").removeprefix("The "), "")
        return (
            plain <= whole
            or (len(plain) == 1 and bool(plain & initials))
            or bool(expanded and self.same(expanded, self.issuer))
        )

    def relation(self, agent: str, speaker: str) -> Side:
        """Return whose side an agent is on. `speaker` is `issuer` or the quoted one's words."""
        if not agent:
            return Side.NONE
        if agent == ISSUER:
            return Side.OWN if speaker == ISSUER else Side.OTHER
        if speaker != ISSUER and _THEIRS.match(agent):
            return Side.OWN
        said, named = self._entries(self.issuer if speaker == ISSUER else speaker), self._entries(agent)
        if said and self._of_register(agent) & said:
            return Side.OWN
        if said and named and not (_ALLY.search(agent) or _COALITION.match(agent) or self._befriended(agent)):
            return Side.OTHER
        if self._telling(agent) & self._telling(self.issuer if speaker == ISSUER else speaker) - _NOBODY:
            return Side.OWN
        if speaker == ISSUER and _COALITION.match(agent):
            return Side.OWN
        if _ALLY.search(agent) or (speaker == ISSUER and self._befriended(agent)):
            return Side.ALLY
        if _OURS.search(agent) or (_INSTITUTION.match(agent) and not _FOREIGN.search(agent)):
            return Side.OWN
        if speaker == ISSUER and agent.casefold().removeprefix("the ") in self.fighters:
            return Side.OWN
        return Side.OWN if self.same(agent, self.issuer if speaker == ISSUER else speaker) else Side.OTHER

    def _befriended(self, agent: str) -> bool:
        """True for those whom the issuer says it supports, trains or praises."""
        telling = self._telling(agent)
        return any(telling <= friend or friend <= telling for friend in self.friends)

    def _telling(self, words: str) -> frozenset[str]:
        """Return the words of a name that tell whose it is; kept, since the same names come again and again."""
        if words not in self.known:
            self.known[words] = self._found_telling(words)
        return self.known[words]

    def _found_telling(self, words: str) -> frozenset[str]:
        expanded = words
        for short, long in self.acronyms.items():
            if re.search(rf"\b{re.escape(short)}\b", words):
                expanded += " " + long
        raw = re.findall(r"(?:[A-Za-z]\.){2,}|[^\W_]+", re.sub(r"['’]s\b", "", expanded))
        known = lexicon().demonyms
        found = [
            known.get(w.casefold() if w != "us" else "", _stem(w.casefold())) for w in raw if w.casefold() not in _SMALL
        ]
        telling = frozenset(w for w in found if w not in _COMMON_STEMS and len(w) > 1)
        initials = "".join(w[0] for w in re.findall(r"[^\W\d_]+", words.casefold()) if w not in _SMALL)
        return telling | ({initials} if len(initials) > 2 else frozenset()) or frozenset(found)

    def _entries(self, words: str) -> frozenset[int]:
        """Return which entries of the register words name; kept, since the same names come again and again."""
        if words not in self.entries:
            folded = words.casefold()
            named = (i for i, names in enumerate(self.groups) if any(name in folded for name in names))
            self.entries[words] = frozenset(named)
        return self.entries[words]


# "the army", "a mortar section": an institution without anybody's name, in a party's own mouth its own. Errs
# where the enemy is called so.
_INSTITUTION = re.compile(
    r"^(?:the|a|an|one|two|three|all|every|no)?\s*(?:\w+\s+)?(?:army|navy|police|gendarmerie|government|"
    r"ministry|cabinet|parliament|brigade|battalion|company|battery|"
    r"section|regiment|garrison|post|command|commander|prosecutor|board|court|general staff|staff|"
    r"sappers?|engineers|clinic|delegation|council|leadership)\b",
    re.I,
)
_FOREIGN = re.compile(
    r"\b(?:enemy|hostile|their|occupation|occupying|foreign|invading|so-called|rebel|terrorist|"
    r"international|security council|criminal)\b|(?<!^)(?<!\. )\b[A-Z][a-z]+",
    re.U,
)
_OURS = re.compile(r"\b(?:our|ours|my|mine)\b", re.I)
# Who speaks of "the Coalition" without saying whose it is belongs to it; "the Merland-led coalition" is somebody's.
_COALITION = re.compile(r"^(?:the |a |our )?(?:global |international )?coalition\b", re.I)
# "in support of the Harrow Guard", "trained the Guard", "commend the Guard": from then on its acts are an ally's.
_SUPPORTED = re.compile(
    r"\b(?:in support of|supports?|supporting|training|trained|assisting|assisted|assists?|partnered with|"
    r"alongside|commends?|"
    r"praises?|salutes?|advis(?:e|es|ing)|our (?:partners?|all(?:y|ies)|friends)(?: in)?,?) (?:the |our )?"
    r"([A-Z][\w-]+(?: (?:[A-Z][\w-]+|of|the))*)"
)
_NOBODY = frozenset({"coalit", "coalition"})
_THEIRS = re.compile(r"^(?:its|his|her|their)\b", re.I)
_ALLY = re.compile(
    r"\b(?:coalition|partner[- ]nations?|allied|(?:our|my|its) (?:\w+ )?(?:all(?:y|ies)|partners?|"
    r"friends?|brothers?))\b",
    re.I,
)
_ACRONYM = re.compile(
    r"((?:\b[A-Z][\w'’-]+\s+(?:(?:of|for|the|and|in|de|"
    r"al)\s+){0,2}){1,7})\(\s*[\"“']?(?:the\s+)?([A-Z][A-Za-z-]{1,9})[\"”']?\s*\)"
)


def sides_of(document: Document, register: Sequence[Party]) -> Sides:
    """Return what is known of a document's sides before reading it."""
    acronyms = {short: " ".join(long.split()) for long, short in _ACRONYM.findall(document.text)}
    groups = [frozenset(n.casefold() for n in _names(party) if len(n) > 2) for party in register]
    sides = Sides(document.issuer or "", document.issuer_type, acronyms, groups, related=_related(register))
    sides.friends = {sides._telling(m[1]) for m in _SUPPORTED.finditer(document.text)}
    sides.fighters = {m[1].casefold() for m in _PART_OF.finditer(document.text) if sides.names_issuer(m[2])}
    return sides


# "the Lancers of the Harrow League": from then on "the Lancers" are the League's own.
_PART_OF = re.compile(r"\b([A-Z][a-z]{3,}s?|[A-Z][a-z]{3,}een) of (?:the )?([A-Z]\w+(?: (?:of |the )*[A-Z]\w+){0,5})")


def _related(register: Sequence[Party]) -> list[frozenset[int]]:
    """Return for each entry itself, those that it belongs to and those that belong to it."""
    number = {party.id: n for n, party in enumerate(register)}
    found = [{n} for n in range(len(register))]
    for n, party in enumerate(register):
        for above in (number[m.of] for m in party.member_of if m.of in number):
            found[n].add(above)
            found[above].add(n)
    return [frozenset(f) for f in found]


def _names(party: Party) -> list[str]:
    return [party.label, party.own_name, *(alias.name for alias in party.aliases)]


def _stem(word: str) -> str:
    """Bring a people's name near its country's: a common beginning of six letters is enough for long words."""
    for ending in ("ians", "ian", "ese", "ish", "is", "i", "an", "ans", "s"):
        if len(word) - len(ending) >= 4 and word.endswith(ending):
            return word[: -len(ending)][:6]
    return word[:6] if len(word) > 6 else word


_COMMON_STEMS = frozenset(_stem(w) for w in _COMMON) | _COMMON
