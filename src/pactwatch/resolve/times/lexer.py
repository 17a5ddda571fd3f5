"""From text to tokens, and from tokens to a string with one letter a token, on which the grammar's patterns run.

A letter stands for a set of classes. What is no word of time is a full stop, a blank line a pilcrow: no expression
reaches over either. The time is linear in the length of the text.
"""

import re
from dataclasses import dataclass
from typing import Any

from pactwatch.resolve.times.lexicon import entries

NOTHING, PARAGRAPH = ".", "¶"
_MARKUP = "*"  # emphasis, which may stand inside an expression: "the past **eleven months**"
_FIRST_LETTER = 0xE000  # the private use area: no letter can be mistaken for one of the text

_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_UNITS = "one|two|three|four|five|six|seven|eight|nine|first|second|third|fourth|fifth|sixth|seventh|eighth|ninth"
_MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC"
_TOKEN = re.compile(
    rf"""
    (?P<paragraph>\n[^\S\n]*\n\s*)
  | (?P<iso>\d{{4}}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?(?![\d-]))
  | (?P<yearfirst>\d{{4}}(?P<cut>[/.])\d\d(?P=cut)\d\d(?![\d/]))
  | (?P<dtg>\d{{6}}[A-Z]?\ ?(?:{_MONTHS})\ ?\d\d(?!\d))
  | (?P<numeric>\d{{1,2}}(?P<sep>[./-])\d{{1,2}}(?P=sep)(?:\d{{4}}|\d\d)(?![\d/-]))
  | (?P<clock>\d{{1,2}}(?::\d\d(?::\d\d)?(?:\+\d\d:\d\d)?|h\d\d)(?![\d:]))
  | (?P<decade>\d{{2,3}}0['’]?s\b|['’]\d0s\b)
  | (?P<ordnum>\d{{1,2}}(?:st|nd|rd|th|ST|ND|RD|TH)\b)
  | (?P<big>\d{{1,3}}(?:,\d{{3}})+(?!\d))
  | (?P<dotted>\d+\.\d+)
  | (?P<number>\d+)
  | (?P<era>(?:B\.C\.E\.|B\.C\.|B\.C|BCE|BC|A\.D\.|AD|CE)(?!\w))
  | (?P<ampm>(?:[ap]\.m\.|[ap]\.m|[ap]m|[AP]\.M\.|[AP]M)(?!\w))
  | (?P<tens>(?i:(?:{_TENS})[-‐‑ ](?:{_UNITS}))\b)
  | (?P<word>(?i:sha['’ʿ]ban|rabi['’ʿ](?=\s)|dhu['’]l)|[^\W\d_]+)
  | (?P<twoyear>['’]\d\d(?!\w))
  | (?P<possessive>['’]s\b)
  | (?P<punct>[^\w\s])
    """,
    re.VERBOSE,
)


class Alphabet:
    """Gives each set of classes a letter, and each class the letters of all sets that hold it."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._letters: dict[frozenset[str], str] = {}
        self._cache: dict[tuple[str, str], str] = {}

    def letter(self, surface: str, group: str) -> str:
        """Return the letter of a token; a full stop where no pattern asks for any of its classes."""
        key = (surface, group)
        found = self._cache.get(key)
        if found is None:
            found = self.letter_of(frozenset(entries(surface, group)) & self._wanted)
            if len(self._cache) < 50_000:  # bounded: a text full of new words must not fill the memory
                self._cache[key] = found
        return found

    def letter_of(self, classes: frozenset[str]) -> str:
        """Return the letter of a set of classes."""
        if not classes:
            return NOTHING
        return self._letters.setdefault(classes, chr(_FIRST_LETTER + len(self._letters)))

    def letters(self, name: str) -> str:
        """Return the letters of all sets known so far that hold the class."""
        return "".join(letter for classes, letter in self._letters.items() if name in classes)


@dataclass(frozen=True, slots=True)
class Tokens:
    """The tokens of a text: where each stands, what the lexer took it for, and the string of their letters."""

    text: str
    spans: list[tuple[int, int]]
    groups: list[str]
    letters: str

    def words(self, index: int) -> str:
        """Return the token's own words."""
        start, end = self.spans[index]
        return self.text[start:end]

    def value(self, index: int, name: str) -> Any:
        """Return what the token stands for in a class; None where it is not of that class."""
        return entries(self.words(index), self.groups[index]).get(name)

    def lower(self, index: int) -> str:
        """Return the token's words in small letters; empty outside the text."""
        return self.words(index).lower() if 0 <= index < len(self.spans) else ""


def tokenise(text: str, alphabet: Alphabet) -> Tokens:
    """Return the tokens of a text."""
    spans: list[tuple[int, int]] = []
    groups: list[str] = []
    letters: list[str] = []
    for found in _TOKEN.finditer(text):
        group = found.lastgroup or ""
        if group == "punct" and found.group() in _MARKUP:
            continue
        group = {"sep": "numeric", "cut": "yearfirst"}.get(group, group)
        spans.append(found.span())
        groups.append(group)
        letters.append(PARAGRAPH if group == "paragraph" else alphabet.letter(found.group(), group))
    return Tokens(text=text, spans=spans, groups=groups, letters="".join(letters))
