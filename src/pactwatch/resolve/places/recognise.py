"""Place names in a text, found without a parse: capitalised runs looked up in the gazetteers, weighed by their company.

Errs towards finding: a mark is an offer to the readers. Words that are also names ("Nice", "Reading"), persons and
organisations need more evidence than a name that is nothing else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import pairwise

from pactwatch.model import Document, Mark, MarkKind, Place
from pactwatch.plugins import Gazetteer
from pactwatch.resolve.places.names import UNIT_WORDS, key

MAX_WORDS = 5
"""Longest name looked up, in words: "Democratic Republic of the Congo" has five; longer ones hold shorter ones."""

_SHORTENED = re.compile(r"(?:i|you|we|he|she|it|they)['’](?:ll|re|ve|m|d)", re.I)  # "I'll" is no Ill in Alsace
_TOKEN = re.compile(
    r"(?:[^\W\d_]\.){2,}|\b(?:Gen|Mr|Mrs|Ms|Dr|Col|Lt|Sgt|Capt|Maj|Brig|Gov|Sen|Rep|Rev|St|Ste|Mt|Ft|Prof|Sta)\.|"
    r"['’]s\b|\w+(?:(?:['’](?!s\b)|[.\-])\w+)*|\n\s*\n|[^\w\s]"
)
_INSIDE_NAMES = frozenset(
    ("of", "de", "la", "el", "al", "e", "the", "upon", "del", "du", "di", "da", "do", "des", "le", "les", "and", "y")
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark of punctuation."""

    text: str
    start: int
    end: int
    capital: bool
    shout: bool
    opens: bool

    @property
    def word(self) -> bool:
        """True for words, false for punctuation and paragraph ends."""
        return self.text[0].isalnum()


@dataclass(slots=True)
class Found:
    """A possible place name: tokens [first, last) and the places of that name."""

    first: int
    last: int
    words: str
    places: list[Place]
    in_case: bool
    demonym: str = ""
    evidence: float = 0.0
    why: list[str] = field(default_factory=list)


@cache
def _lists() -> dict[str, frozenset[str]]:
    """Word lists of `data/gazetteer/context.tsv`: a name a line, then its words."""
    text = files("pactwatch.data").joinpath("gazetteer", "context.tsv").read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if line and not line.startswith("#"))
    return {name: frozenset(words.split("|")) for name, words in lines}


@cache
def _also_words() -> frozenset[str]:
    """Names of places that are also English words, lower case."""
    text = files("pactwatch.data").joinpath("gazetteer", "also_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split() if not line.startswith("#"))


def mark_places(document: Document, gazetteers: Sequence[Gazetteer]) -> tuple[Mark, ...]:
    """Return the place names of a document in the order of the text, with exact quotes; empty where there are none.

    The gazetteers are asked in order: a name that an earlier one (a case's own) has is not looked up in a later one.
    """
    spans = named_spans(document.text, gazetteers)
    return tuple(
        Mark(kind=MarkKind.PLACE, quote=document.quote(start, end)) for start, end, country in spans if not country
    )


def named_spans(text: str, gazetteers: Sequence[Gazetteer]) -> list[tuple[int, int, str]]:
    """Return where places are named, in order; the third value is the country of a demonym, empty for a place."""
    tokens = tokenise(text)
    return [
        (tokens[f.first].start, tokens[f.last - 1].end, f.demonym)
        for f in find(text, tokens, gazetteers)
        if f.evidence >= THRESHOLD
    ]


def tokenise(text: str) -> list[Token]:
    """Return words and punctuation with their places; lines wholly in capitals are known as shouting."""
    shouted = _shouted_lines(text)
    tokens: list[Token] = []
    opens = True
    for match in _TOKEN.finditer(text):
        word, start = match[0], match.start()
        first = word[0]
        capital = first.isalnum() and not first.islower() and not first.isdigit() and not _SHORTENED.fullmatch(word)
        shout = any(low <= start < high for low, high in shouted)
        if tokens and "\n" in text[tokens[-1].end : start]:
            opens = opens or text[tokens[-1].end : start].count("\n") > 0
        tokens.append(Token(word, start, match.end(), capital, shout, opens))
        opens = word in '.!?:;•–—"“”‘(' or word.isspace()
    return tokens


def _shouted_lines(text: str) -> list[tuple[int, int]]:
    spans, at = [], 0
    for line in text.splitlines(keepends=True):
        letters = [c for c in line if c.isalpha()]
        if len(letters) > 12 and sum(c.isupper() for c in letters) > 0.8 * len(letters):
            spans.append((at, at + len(line)))
        at += len(line)
    return spans


def find(text: str, tokens: Sequence[Token], gazetteers: Sequence[Gazetteer]) -> list[Found]:
    """Return every name of the gazetteers in the text with the evidence for its being a place."""
    found = list(_matches(text, tokens, gazetteers))
    lowered = {t.text.casefold() for t in tokens if t.word and not t.capital}
    for one in found:
        if not one.demonym:
            _weigh(one, tokens, lowered)
    _weigh_together(found, tokens)
    return found


def _matches(text: str, tokens: Sequence[Token], gazetteers: Sequence[Gazetteer]) -> Iterator[Found]:
    """Longest names first, from left to right, never overlapping."""
    at = 0
    while at < len(tokens):
        step = 1
        if tokens[at].capital and tokens[at].text.lower() not in _lists()["never"]:
            found = _longest(text, tokens, at, gazetteers)
            if found:
                yield found
                step = found.last - at
        at += step


def _longest(text: str, tokens: Sequence[Token], at: int, gazetteers: Sequence[Gazetteer]) -> Found | None:
    """The longest name that begins at a token; a demonym is none of a place, even where a village bears the word."""
    for last in _ends(text, tokens, at):
        words = text[tokens[at].start : tokens[last - 1].end]
        country = demonym_country(words)
        if country:
            places = [p for g in gazetteers for p in g.lookup(country) if p.where_prec == 6]
            return Found(at, last, words, places, False, demonym=country, evidence=DEMONYM_EVIDENCE, why=["demonym"])
        match = _look_up(words, gazetteers)
        if match:
            return Found(at, last, words, *match)
    return None


def demonym_country(words: str) -> str:
    """Return the country whose people, language or things the words name (`Varanan`, `Varanans`); empty for none."""
    folded = words.casefold()
    return _demonyms().get(folded) or _demonyms().get(folded.removesuffix("s"), "")


@cache
def _demonyms() -> dict[str, str]:
    """Demonym → country name, from the register's list of states."""
    import tomllib

    import pycountry

    text = files("pactwatch.data").joinpath("registers", "words", "states.toml").read_text(encoding="utf-8")
    found = {}
    for code, (_, *demonyms) in tomllib.loads(text)["states"].items():
        country = pycountry.countries.get(alpha_3=code)
        for demonym in demonyms:
            if len(demonym) > 2 and "." not in demonym:
                found[demonym.casefold()] = getattr(country, "common_name", "") or getattr(country, "name", "")
    return found


def _ends(text: str, tokens: Sequence[Token], first: int) -> list[int]:
    """Where a name that begins at `first` may end, farthest first."""
    ends, last = [], first
    while last < min(len(tokens), first + MAX_WORDS):
        token = tokens[last]
        if last > first and (
            not token.word or text[tokens[last - 1].end : token.start] not in {" ", "\n", "-", "\xa0"}
        ):
            break
        if token.capital or (last > first and token.text.isdigit()):
            ends.append(last + 1)
        elif token.text.lower() not in _INSIDE_NAMES and token.text.lower() not in UNIT_WORDS:
            break
        last += 1
    return ends[::-1]


def _look_up(words: str, gazetteers: Sequence[Gazetteer]) -> tuple[list[Place], bool] | None:
    for gazetteer in gazetteers:
        look = getattr(gazetteer, "spelled", gazetteer.lookup) if words.isascii() else gazetteer.lookup
        places = look(words)
        if places:
            return places, places[0].gazetteer == "case"
    return None


THRESHOLD = 1.0
DEMONYM_EVIDENCE = 1.5
MAX_ABBREVIATION_LETTERS = 5
CASE_EVIDENCE = 1.2
"""A name that the case itself lists is a place unless something speaks against it."""

_BIG_PEOPLE = 300_000
_TOWN_PEOPLE = 100_000
_SMALL_PEOPLE = 5_000


def _weigh(one: Found, tokens: Sequence[Token], lowered: set[str]) -> None:
    """Add up what speaks for and against one name where it stands."""
    lists = _lists()
    first, last = tokens[one.first], tokens[one.last - 1]
    before = _previous(tokens, one.first)
    after = tokens[one.last] if one.last < len(tokens) else None
    _add(one, "name", _prior(one, lowered))
    _add(one, "locative", 1.0 if _locative(tokens, one.first, lists["locative"]) else 0.0)
    if after and after.text.lower() in UNIT_WORDS:
        _add(one, "unit", 0.8)
    if before and before.text.lower() in lists["direction"]:
        _add(one, "direction", 0.4)
    if first.shout and last.shout and not one.in_case:
        _add(one, "shouted", -0.6)
    if before and before.text.lower() == "the" and key(one.words) in _also_words() and not one.in_case:
        _add(one, "article_and_word", -0.6)
    elif before and before.text.lower() in lists["article"] and after and after.word and not after.capital:
        _add(one, "attribute", 0.35)
    elif before and before.text == "of" and key(one.words) not in _also_words():
        _add(one, "of", 0.3)
    _weigh_left(one, tokens, lists)
    _weigh_right(one, after, tokens, lists)


def _add(one: Found, why: str, amount: float) -> None:
    if amount:
        one.evidence += amount
        one.why.append(why)


def _prior(one: Found, lowered: set[str]) -> float:
    """What the name alone says: country, region, size of town; less for one that is also a word."""
    folded = key(one.words)
    best = max(p.population for p in one.places)
    ranks = {p.where_prec for p in one.places}
    if one.in_case:
        prior = CASE_EVIDENCE
    elif 6 in ranks:
        prior = 1.6
    elif 4 in ranks:
        prior = 1.2
    elif best >= _BIG_PEOPLE:
        prior = 1.1
    elif " " in folded:
        prior = 0.9
    else:
        prior = 0.7 if best >= _SMALL_PEOPLE else 0.45
    if folded in lowered and " " not in folded:
        prior -= 1.0
    elif folded in _also_words() and not one.in_case:
        prior -= 0.4 if best >= _TOWN_PEOPLE else 0.7
    if len(folded) <= 2 and not one.words.isupper():
        prior -= 1.0
    elif len(folded) <= MAX_ABBREVIATION_LETTERS and one.words.isupper() and not ranks & {4, 6} and not one.in_case:
        prior -= 0.6
    return prior


def _previous(tokens: Sequence[Token], at: int) -> Token | None:
    return tokens[at - 1] if at > 0 else None


def _locative(tokens: Sequence[Token], at: int, prepositions: frozenset[str]) -> bool:
    """A preposition of place stands before the name, with or without an article."""
    back = at - 1
    if back >= 0 and tokens[back].text.lower() == "the":
        back -= 1
    if back >= 0 and tokens[back].text.lower() == "of" and back > 0:
        return tokens[back - 1].text.lower() in UNIT_WORDS | _lists()["of_head"]
    return back >= 0 and tokens[back].text.lower() in prepositions


def _weigh_left(one: Found, tokens: Sequence[Token], lists: dict[str, frozenset[str]]) -> None:
    before = _previous(tokens, one.first)
    if before is None or not before.word:
        return
    word = before.text.lower().rstrip(".")
    if word in lists["title"]:
        _add(one, "title", -1.5)
    elif word in lists["of_name"] and not one.in_case:
        _add(one, "of_name", -0.3)
    elif before.capital and not before.opens and word not in lists["direction"] and word not in lists["not_a_name"]:
        _add(one, "name_before", -0.9 if _standing(one) == "small" else -0.4)
    elif before.capital and before.opens and word not in lists["direction"] | lists["locative"] | lists["function"]:
        _add(one, "name_before", -0.5)


def _weigh_right(one: Found, after: Token | None, tokens: Sequence[Token], lists: dict[str, frozenset[str]]) -> None:
    if after is None:
        return
    word = after.text.lower()
    if word in lists["said"]:
        _add(one, "said", -0.3)
    if not after.capital or not after.word or tokens[one.last - 1].end + 1 != after.start:
        return
    if word in UNIT_WORDS:
        return
    if word in lists["institution"]:
        _add(one, "institution", 0.1)
    elif word in lists["organisation"]:
        _add(one, "organisation", -0.8)
    elif word not in lists["not_a_name"]:
        _add(one, "name_after", _NAME_AFTER[_standing(one)])


_NAME_AFTER = {"country": -0.2, "region": -0.4, "case": -0.5, "big": -0.6, "small": -0.9}
"""What a capitalised word behind a name takes away: it makes a person's or a firm's name of most."""


def _standing(one: Found) -> str:
    """How well known a name is: `country` (and names with a unit word), `case`, `region`, `big` town, or `small`."""
    ranks = {p.where_prec for p in one.places}
    if 6 in ranks or one.words.split()[-1].lower() in UNIT_WORDS:
        return "country"
    if one.in_case:
        return "case"
    if 4 in ranks:
        return "region"
    return "big" if any(p.population >= _BIG_PEOPLE for p in one.places) else "small"


def _weigh_together(found: Sequence[Found], tokens: Sequence[Token]) -> None:
    """Names beside each other speak for each other: `Ustin, Upper Seln`, lists, and countries named elsewhere."""
    for left, right in pairwise(found):
        between = [t.text for t in tokens[left.last : right.first]]
        if between == [","] and _inside_another(left, right):
            _add(left, "container", 1.2)
            _add(right, "container", 1.2 if len(key(right.words)) <= MAX_ABBREVIATION_LETTERS else 0.6)
        elif between in ([","], ["and"], [",", "and"], ["or"], ["–"], ["-"], ["—"]):
            strong = max(left.evidence, right.evidence)
            if strong >= THRESHOLD:
                _add(min((left, right), key=lambda f: f.evidence), "list", 0.5)
    countries = {p.country for f in found if f.evidence >= 1.5 for p in f.places[:1] if p.country}
    sure = {key(f.words) for f in found if f.evidence >= 1.5}
    for one in found:
        if key(one.words) in sure and one.evidence < THRESHOLD and "title" not in one.why:
            _add(one, "said_before", 0.5)
        if one.evidence < THRESHOLD and any(p.country in countries for p in one.places):
            _add(one, "country", 0.25)


def _inside_another(inner: Found, outer: Found) -> bool:
    units = [p for p in outer.places if p.where_prec in (4, 6)]
    return any(
        p.country == unit.country and (unit.where_prec == 6 or key(unit.admin1) == key(p.admin1))
        for unit in units
        for p in inner.places
        if p.where_prec < unit.where_prec
    )
