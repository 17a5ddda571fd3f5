"""The small language of the grammar's patterns, turned into regular expressions over letters.

MONTH           a token of that class          the             that very word, or punctuation mark
a|b             either                         name:A|B        the same, and the rule may ask for it by name
x?              or nothing                     ( … | … )?      a group, with alternatives
<day>           an expression found in an      ~in|of          the token before must be one of these
                earlier stage                  !A|B            the next token must be none of these
"""

import re
from dataclasses import dataclass
from functools import cached_property

from pactwatch.errors import InputError

_PIECE = re.compile(r"\)\??|\((?=\s|$)|\|(?=\s|$)|\S+")
_ITEM = re.compile(r"(?P<look>[~!]?)(?:(?P<name>[a-z]\w*):(?!$))?(?P<what>\S+?)(?P<opt>\??)$")

KINDS = ("day", "month", "year", "weekday", "season", "relative", "decade", "feast", "clock", "part", "duration", "set")
KIND_GROUPS = {
    "date": ("day", "month", "year", "weekday", "season", "relative", "decade", "feast"),
    "when": ("day", "month", "year", "weekday", "season", "relative", "decade", "feast", "clock", "part"),
    "dayish": ("day", "weekday", "feast"),
}
"""What an earlier stage may hand on, and the names for several of them."""


def class_of(word: str) -> str:
    """Return the class that a word of a pattern stands for: `MONTH` a class of words, `the` that word itself."""
    if word.startswith("<") and word.endswith(">"):
        return f"<{word[1:-1]}>"
    return word.lower() if (word.isupper() and word.isalpha()) or "_" in word else f"={word}"


def classes_in(pattern: str) -> set[str]:
    """Return every class that a pattern asks for."""
    found: set[str] = set()
    for piece in _PIECE.findall(pattern):
        if piece not in ("(", ")", ")?", "|") and (item := _ITEM.match(piece)):
            for word in _words(item["what"]):
                name = class_of(word)
                found |= {f"<{k}>" for k in KIND_GROUPS.get(name[1:-1], (name[1:-1],))} if name[0] == "<" else {name}
    return found


def _words(what: str) -> list[str]:
    return ["|"] if what == "|" else what.split("|")


@dataclass(frozen=True)
class Compiled:
    """A pattern as a regular expression, and the letters with which its matches may begin."""

    source: str
    expression: str
    first: frozenset[str]
    groups: dict[str, tuple[str, ...]]

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The regular expression; a match has at least one letter."""
        return re.compile(self.expression)


class Compiler:
    """Turns patterns into regular expressions, given the letters of each class."""

    def __init__(self, letters_of: dict[str, str]) -> None:
        self._letters_of = letters_of
        self._groups: dict[str, list[str]] = {}

    def compile(self, source: str) -> Compiled:
        """Return the compiled pattern; `InputError` says what is wrong with it."""
        pieces = _PIECE.findall(source)
        self._groups = {}
        expression, first, nullable, rest = self._alternatives(pieces, source)
        if rest or nullable:
            raise InputError(f"pattern {source!r}: " + ("a bracket too many" if rest else "it could match nothing"))
        groups = {name: tuple(numbered) for name, numbered in self._groups.items()}
        return Compiled(source=source, expression=expression, first=frozenset(first), groups=groups)

    def _alternatives(self, pieces: list[str], source: str) -> tuple[str, set[str], bool, list[str]]:
        branches: list[str] = []
        first: set[str] = set()
        nullable = False
        while True:
            branch, starts, empty, pieces = self._sequence(pieces, source)
            branches.append(branch)
            first |= starts
            nullable = nullable or empty
            if not pieces or pieces[0] != "|":
                return "|".join(branches), first, nullable, pieces
            pieces = pieces[1:]

    def _sequence(self, pieces: list[str], source: str) -> tuple[str, set[str], bool, list[str]]:
        parts: list[str] = []
        first: set[str] = set()
        nullable = True
        while pieces and pieces[0] not in (")", ")?", "|"):
            if pieces[0] == "(":
                inner, starts, empty, rest = self._alternatives(pieces[1:], source)
                if not rest:
                    raise InputError(f"pattern {source!r}: a bracket is not closed")
                optional = rest[0] == ")?"
                parts.append(f"(?:{inner})" + ("?" if optional else ""))
                pieces, empty = rest[1:], empty or optional
            else:
                part, starts, empty = self._item(pieces[0], source)
                parts.append(part)
                pieces = pieces[1:]
            if nullable:
                first |= starts
            nullable = nullable and empty
        return "".join(parts), first, nullable, pieces

    def _item(self, piece: str, source: str) -> tuple[str, set[str], bool]:
        item = _ITEM.match(piece)
        if item is None:
            raise InputError(f"pattern {source!r}: cannot read {piece!r}")
        letters = "".join(self._letters(word) for word in _words(item["what"]))
        if not letters:
            letters = "\0"  # no token of that class is possible: the branch never matches
        body = f"[{re.escape(letters)}]"
        if item["look"]:
            return (f"(?<={body})" if item["look"] == "~" else f"(?!{body})"), set(), True
        named = f"(?P<{self._group(item['name'])}>{body})" if item["name"] else body
        optional = bool(item["opt"])
        return (f"(?:{named})?" if optional else named), set(letters), optional

    def _group(self, name: str) -> str:
        """A name may stand in several alternatives: each gets a group of its own."""
        numbered = self._groups.setdefault(name, [])
        numbered.append(f"{name}_{len(numbered)}")
        return numbered[-1]

    def _letters(self, word: str) -> str:
        name = class_of(word)
        if name[0] == "<" and name[1:-1] in KIND_GROUPS:
            return "".join(self._letters_of.get(f"<{kind}>", "") for kind in KIND_GROUPS[name[1:-1]])
        return self._letters_of.get(name, "")
