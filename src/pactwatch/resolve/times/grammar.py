"""The grammar: rules read from `data/times/grammar.toml`, compiled once, and run over a text stage by stage."""

import datetime as dt
import re
import tomllib
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import msgspec

from pactwatch.errors import InputError
from pactwatch.handwritten import decode
from pactwatch.resolve.times.feasts import feast_pattern
from pactwatch.resolve.times.lexer import NOTHING, Alphabet, Tokens, tokenise
from pactwatch.resolve.times.lexicon import words
from pactwatch.resolve.times.meaning import Found, Meaning
from pactwatch.resolve.times.moment import Moment
from pactwatch.resolve.times.pattern import KINDS, Compiled, Compiler, classes_in

Events = Mapping[str, tuple[dt.date, dt.date]]
"""Names of events with their first and last day, as a case or a user dates them."""

_MACRO = re.compile(r"\{(\w+)\}")
_NUMBERS = (
    "0 1 5 12 13 24 28 31 32 59 99 00 01 100 999 000 0001 0099 0060 "
    "1000 1299 1914 1960 1999 2031 2200 2299 2500 9999 12345"
)
"""One number of each sort of which the lexicon tells them apart: a letter stands for a sort, not for a number."""


class RuleLine(msgspec.Struct, forbid_unknown_fields=True):
    """One `[[rule]]` of the grammar file."""

    id: str
    stage: int
    pattern: str
    kind: str
    example: str
    make: str = "calendar"
    set: dict[str, Any] = {}


class GrammarFile(msgspec.Struct, forbid_unknown_fields=True):
    """The grammar file: `macro` names pieces of patterns, `rule` are the rules in order of preference."""

    macro: dict[str, str]
    rule: list[RuleLine]


@dataclass(frozen=True, slots=True)
class Rule:
    """A compiled rule."""

    id: str
    kind: str
    compiled: Compiled
    make: Callable[["Match"], Any]
    given: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Match:
    """What a maker is given: the rule, the tokens, and what each named part of its pattern matched."""

    rule: Rule
    tokens: Tokens
    items: "Items"
    found: re.Match[str]

    def position(self, name: str) -> int | None:
        """Return the item that a named part matched; None where it matched nothing."""
        groups = self.rule.compiled.groups.get(name, ())
        return next((at for group in groups if (at := self.found.start(group)) >= 0), None)

    def index(self, name: str) -> int | None:
        """Return the token that a named part matched; None where it matched nothing."""
        at = self.position(name)
        return None if at is None else self.items.first[at]

    def words(self, name: str) -> str:
        """Return the lower-case words of a named part; empty where it matched nothing."""
        at = self.index(name)
        return "" if at is None else self.tokens.words(at).lower()

    def value(self, name: str, *classes: str) -> Any:
        """Return what a named part stands for in the first of these classes that it has; None for none."""
        at = self.index(name)
        if at is None:
            return None
        return next((v for c in classes if (v := self.tokens.value(at, c)) is not None), None)

    def inner(self, name: str) -> Found | None:
        """Return the expression of an earlier stage that a named part matched."""
        at = self.position(name)
        return None if at is None else self.items.found[at]

    def has(self, *wanted: str) -> bool:
        """Return True where one of these words stands in what was matched, outside of inner expressions."""
        return any(
            self.items.found[at] is None and self.tokens.words(self.items.first[at]).lower() in wanted
            for at in range(*self.found.span())
        )

    def text(self) -> str:
        """Return the matched words in small letters, one space between tokens."""
        first, last = self.items.first[self.found.start()], self.items.last[self.found.end() - 1]
        return " ".join(self.tokens.words(at).lower() for at in range(first, last + 1))


@dataclass(slots=True)
class Items:
    """A text as a stage sees it: tokens, and expressions of earlier stages in place of theirs."""

    letters: str
    first: Sequence[int]
    last: Sequence[int]
    found: Sequence[Found | None]


class Grammar:
    """The compiled rules. One for the process; stateless between texts but for its bounded cache of words."""

    def __init__(self, source: GrammarFile, makers: dict[str, Callable[[Match], Any]]) -> None:
        patterns = [_expand(line.pattern, source.macro) for line in source.rule]
        wanted = frozenset().union(*(classes_in(pattern) for pattern in patterns))
        self.alphabet = Alphabet(wanted)
        self._learn(wanted)
        compiler = Compiler({name: self.alphabet.letters(name) for name in wanted} | {"wordy": NOTHING})
        self.stages: dict[int, dict[str, list[Rule]]] = {}
        for line, pattern in zip(source.rule, patterns, strict=True):
            if line.make not in makers:
                raise InputError(f"grammar rule {line.id!r}: there is no maker {line.make!r}")
            compiled = compiler.compile(pattern)
            rule = Rule(id=line.id, kind=line.kind, compiled=compiled, make=makers[line.make], given=line.set)
            for letter in compiled.first:
                self.stages.setdefault(line.stage, {}).setdefault(letter, []).append(rule)

    def _learn(self, wanted: frozenset[str]) -> None:
        """Give every set of classes that a token can have its letter, before patterns are compiled over letters."""
        literals = {name[1:] for name in wanted if name.startswith("=")}
        for word in sorted(words().keys() | literals):
            group = "word" if word.isalpha() else "possessive" if word == "'s" else "punct"
            for surface in dict.fromkeys((word, word.capitalize())):
                self.alphabet.letter(surface, group)
        for number in _NUMBERS.split():
            self.alphabet.letter(number, "number")
        for tens in ("twenty-one", "twenty-first", "thirty-first", "forty-second"):
            self.alphabet.letter(tens, "tens")
        self.alphabet.letter("1,000", "big")
        for group in (
            "iso",
            "dtg",
            "numeric",
            "clock",
            "decade",
            "ordnum",
            "dotted",
            "era",
            "ampm",
            "twoyear",
            "yearfirst",
        ):
            self.alphabet.letter("", group)
        for kind in KINDS:
            self.alphabet.letter_of(frozenset({f"<{kind}>"}))

    def parse(self, text: str, events: Events | None = None) -> tuple[Tokens, list[Found]]:
        """Return the tokens of a text and the expressions in it, in order, none inside another.

        `events` are names that somebody has dated: where one stands in the text it is an expression like a feast.
        """
        tokens = tokenise(text, self.alphabet)
        everything = range(len(tokens.spans))
        items = Items(letters=tokens.letters, first=everything, last=everything, found=[None] * len(tokens.spans))
        if events:
            items = self._with_events(tokens, items, events)
        for stage in sorted(self.stages):
            items = self._run(stage, tokens, items)
        return tokens, [found for found in items.found if found is not None]

    def _with_events(self, tokens: Tokens, items: Items, events: Events) -> Items:
        """The items with the names of dated events as one item each, the longer name before the shorter."""
        starts = [start for start, _ in tokens.spans]
        letter = self.alphabet.letter_of(frozenset({"<feast>"}))
        letters, found, last = list(items.letters), list(items.found), list(items.last)
        for name in sorted(events, key=lambda name: (-len(name), name)):
            for place in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", tokens.text) if name else ():
                first, end = bisect_left(starts, place.start()), bisect_right(starts, place.end() - 1)
                if first >= end or starts[first] != place.start() or any(letters[at] == "" for at in range(first, end)):
                    continue
                if any(found[at] is not None for at in range(first, end)):
                    continue
                found[first] = _event(name, events[name], (place.start(), place.end()), first, end - 1)
                letters[first], last[first] = letter, end - 1
                letters[first + 1 : end] = [""] * (end - first - 1)
        kept = [at for at, one in enumerate(letters) if one]
        return Items("".join(letters), kept, [last[at] for at in kept], [found[at] for at in kept])

    def _run(self, stage: int, tokens: Tokens, items: Items) -> Items:
        by_letter = self.stages[stage]
        out = Items(letters="", first=[], last=[], found=[])
        letters: list[str] = []
        at, size = 0, len(items.letters)
        while at < size:
            rules = by_letter.get(items.letters[at])
            made = self._best(rules, tokens, items, at) if rules else None
            for first, last, found, letter in made or _unchanged(items, at):
                out.first.append(first)  # type: ignore[attr-defined]
                out.last.append(last)  # type: ignore[attr-defined]
                out.found.append(found)  # type: ignore[attr-defined]
                letters.append(letter)
                after = last
            at = self._next(items, at, after)
        out.letters = "".join(letters)
        return out

    @staticmethod
    def _next(items: Items, at: int, last_token: int) -> int:
        at += 1
        while at < len(items.letters) and items.first[at] <= last_token:
            at += 1
        return at

    def _best(
        self, rules: list[Rule], tokens: Tokens, items: Items, at: int
    ) -> list[tuple[int, int, Found | None, str]] | None:
        """The longest match whose maker accepts it; of equally long ones the rule that stands first."""
        matches = [
            (found.end(), rule, found) for rule in rules if (found := rule.compiled.regex.match(items.letters, at))
        ]
        matches.sort(key=lambda one: -one[0])
        for _, rule, found in matches:
            match = Match(rule=rule, tokens=tokens, items=items, found=found)
            made = rule.make(match)
            if made is not None:
                pieces = made if isinstance(made, list) else [(found.start(), found.end(), made)]
                inner = match.inner("x") if rule.kind == "inner" else None
                return list(self._placed(match, inner.kind if inner else rule.kind, pieces))
        return None

    def _placed(
        self, match: Match, kind: str, pieces: list[tuple[int, int, Meaning]]
    ) -> Iterator[tuple[int, int, Found | None, str]]:
        """Each piece as an item; the tokens between two pieces stay as they are."""
        items, spans = match.items, match.tokens.spans
        letter = self.alphabet.letter_of(frozenset({f"<{kind}>"}))
        at = match.found.start()
        for start, end, meaning in pieces:
            yield from (one for between in range(at, start) for one in _unchanged(items, between))
            first, last = items.first[start], items.last[end - 1]
            piece = Found(
                start=spans[first][0],
                end=spans[last][1],
                kind=kind,
                rule=match.rule.id,
                meaning=meaning,
                first_token=first,
                last_token=last,
            )
            yield first, last, piece, letter
            at = end
        yield from (one for between in range(at, match.found.end()) for one in _unchanged(items, between))


def _event(name: str, days: tuple[dt.date, dt.date], span: tuple[int, int], first: int, last: int) -> Found:
    ends = Meaning(op="calendar", moment=Moment.of(days[1]))
    meaning = Meaning(op="named", name=name, moment=Moment.of(days[0]), inner=ends)
    return Found(*span, kind="feast", rule="named-event", meaning=meaning, first_token=first, last_token=last)


def _unchanged(items: Items, at: int) -> list[tuple[int, int, Found | None, str]]:
    return [(items.first[at], items.last[at], items.found[at], items.letters[at])]


def _expand(pattern: str, macros: dict[str, str]) -> str:
    """Replace `{name}` by its macro; a macro may use others, and one that uses itself is refused."""
    for _ in range(5):
        if "{" not in pattern:
            return pattern
        pattern = _MACRO.sub(lambda found: feast_pattern() if found[1] == "feast" else macros[found[1]], pattern)
    raise InputError(f"grammar pattern {pattern!r}: its macros use each other in a circle")


def load(text: str, file: str, makers: dict[str, Callable[[Match], Any]]) -> Grammar:
    """Return the grammar of a TOML text; `HandwrittenFileError` names the line and the field that is wrong."""
    return Grammar(decode(text, file, GrammarFile), makers)


@lru_cache(maxsize=1)
def shipped() -> str:
    """Return the text of the grammar that comes with the package."""
    return (files("pactwatch.data") / "times" / "grammar.toml").read_text(encoding="utf-8")


def rule_examples() -> dict[str, str]:
    """Return rule id → example of the shipped grammar."""
    return {line["id"]: line["example"] for line in tomllib.loads(shipped())["rule"]}
