"""Quantities said of an act: numbers of things, measures, and hours of the day, each with its exact words.

"eighteen 122-mm howitzers" gives 122 mm and 18 `howitzer`. Dates, ages, article and resolution numbers, names of units
and posts count nothing. A number that has no thing and no measure beside it is left out.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from pactwatch.claims.candidates import Candidate
from pactwatch.claims.hours import hours
from pactwatch.claims.lexicon import Lexicon
from pactwatch.claims.mentions import Scope
from pactwatch.claims.numerals import AS_PREPOSITIONS, LARGEST, Numeral, Value, mark_after, mark_before, masks, numerals
from pactwatch.claims.parse import Passage
from pactwatch.model import TIME_OF_DAY, Count, Document, Quantity, QuantityMark

_KEY = "pactwatch.quantities"

_MEASURES = {
    "km/h": r"km/h|kph|kilomet(?:er|re)s? (?:per|an) hour",
    "mm": r"mm|millimet(?:er|re)s?",
    "cm": r"cm|centimet(?:er|re)s?",
    "km2": r"km2|km²|sq\.? ?km|square[ -]kilomet(?:er|re)s?",
    "m2": r"m2|m²|sq\.? ?m|square[ -]met(?:er|re)s?",
    "km": r"kms?|kilomet(?:er|re)s?",
    "nmi": r"nautical miles?",
    "mi": r"miles?",
    "m": r"(?-i:m)|met(?:er|re)s?",
    "ha": r"ha|hectares?",
    "ft": r"ft|feet",
    "yd": r"yards?",
    "s": r"seconds|secs?",
    "min": r"minutes?|mins?",
    "h": r"(?-i:h)|hours?|hrs?",
    "d": r"days?",
    "week": r"weeks?",
    "month": r"months?",
    "year": r"years?",
    "kg": r"kgs?|kilos?|kilogram(?:me)?s?",
    "g": r"(?-i:g)|gram(?:me)?s?",
    "t": r"(?-i:t)|tonnes?|(?:metric )?tons?",
    "l": r"lit(?:er|re)s?",
    "percent": r"%|per ?cent",
    "USD": r"USD|(?:US )?dollars?",
    "EUR": r"EUR|euros?",
    "GBP": r"GBP",
}
_MEASURE = re.compile(
    r"(?: of)?(?:-| {0,2})(?:"
    + "|".join(f"(?P<u{n}>{words})" for n, words in enumerate(_MEASURES.values()))
    + r")(?![\w/²]|-[0-9])",
    re.IGNORECASE,
)
_UNITS = tuple(_MEASURES)
_CODES = frozenset({"USD", "EUR", "GBP"})
_CURRENCY = re.compile(r"(?P<USD>US ?\$|USD|\$)|(?P<EUR>€|EUR)|(?P<GBP>£|GBP)")
_CURRENCY_BEFORE = re.compile(rf"(?:^|(?<=[\s(\"'–—]))(?:{_CURRENCY.pattern}) ?$")
_MILLIONS = re.compile(r" ?(?:m|mn)\b(?! [a-z]*met)")
_RELATIVE = re.compile(r",? (?:ago|earlier|later|from now|old)\b|-old\b")
_LASTING = re.compile(r"(?:for|within|in|of|after|least|than|only|just|every|last|past|some|about) $", re.IGNORECASE)
_PARTITIVE = re.compile(r" of (?:all )?(?:(?:the|its|their|our|his|her|your|these|those|such) )?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """One quantity of a passage at `[start, end)` of the parser's text. `words` are the tokens that place it."""

    start: int
    end: int
    value: Value | tuple[Value, Value]
    unit: str
    mark: QuantityMark | None
    words: tuple[int, ...]
    measured: bool = False


def quantities_of(
    candidate: Candidate,
    quote: tuple[Any, Any],
    partners: Iterable[Any],
    counts: tuple[Count, ...],
    scope: Scope,
    lexicon: Lexicon,
) -> tuple[Quantity, ...]:
    """Return the quantities in a claim's quote, of its own participants and beside its act, in the order of the text.

    `quote` is its first and last token, `partners` are the heads that name who does and suffers it. People whose
    number stands in `counts` are left out.
    """
    near = (set(range(quote[0].i, quote[1].i + 1)) - _of_acts_before(candidate)) | _own(candidate, lexicon)
    for head in partners:
        near |= _below(head, _CLAUSES, lexicon)
    sentence = candidate.head.sent
    inside = [
        one for one in _of_passage(scope) if any(i in near and sentence.start <= i < sentence.end for i in one.words)
    ]
    return tuple(_quoted(one, scope) for one in _uncounted(inside, counts, lexicon))


def _quoted(found: Found, scope: Scope) -> Quantity:
    offsets = scope.passage.offsets
    quote = scope.document.quote(offsets[found.start], offsets[found.end - 1] + 1)
    return Quantity(value=found.value, unit=found.unit, mark=found.mark, quote=quote)


_CLAUSES = frozenset({"relcl", "advcl", "ccomp", "parataxis"})
_OTHER_ACTS = _CLAUSES | {"conj", "xcomp", "csubj", "nsubj", "acl", "appos"}


def _own(candidate: Candidate, lexicon: Lexicon) -> set[int]:
    """The words that hang on the act, or on the verb that carries it, without other clauses and acts."""
    heads = [candidate.head]
    if candidate.support and candidate.verb is not None:
        heads.append(candidate.verb)
    own = {int(head.i) for head in heads}
    for head in heads:
        for child in head.children:
            if child.dep_ not in _OTHER_ACTS and child not in heads:
                own |= _below(child, _CLAUSES, lexicon)
    return own


def _of_acts_before(candidate: Candidate) -> set[int]:
    """The words behind a verb that the act's own verb is coordinated with: "shelled Orsk for 31 hours and burned …"."""
    verb = candidate.verb if candidate.noun else candidate.head
    others: set[int] = set()
    while verb is not None and verb.dep_ == "conj" and verb.head.pos_ in ("VERB", "AUX"):
        mine, before = {t.i for t in verb.subtree}, verb.head
        others |= {t.i for t in before.subtree if t.i > before.i} - mine
        verb = before
    return others


def _below(head: Any, cut: frozenset[str], lexicon: Lexicon) -> set[int]:
    own = {int(head.i)}
    for child in head.children:
        lemma = child.lemma_.lower()
        act = child.dep_ == "conj" and lemma in lexicon.nouns and not lexicon.classes_of(lemma)
        if child.dep_ not in cut and not act:
            own |= _below(child, cut, lexicon)
    return own


_PEOPLE = ("people", "person", "prisoner", "displaced", "troop", "armed", "protectee", "official", "actor", "monitor")
_THINGS = (
    "weapon", "projectile", "bomb", "vehicle", "building", "goods", "route", "position", "settlement", "truce", "pact",
)  # fmt: skip


def _uncounted(found: list[Found], counts: tuple[Count, ...], lexicon: Lexicon) -> Iterator[Found]:
    """Leave out people whose number stands in `counts`; where nobody of that number is known as people, what is not
    known as a thing.
    """
    left_out: list[Found] = []
    for value in dict.fromkeys(count.value for count in counts):
        same = [one for one in found if _same(one.value, value) and not one.measured]
        classes = {one: lexicon.classes_of(one.unit) for one in same}
        people = [one for one in same if classes[one] & set(_PEOPLE)]
        left_out += people or [one for one in same if not classes[one] & set(_THINGS)][:1]
    yield from (one for one in found if one not in left_out)


def _same(value: Value | tuple[Value, Value], counted: int | str) -> bool:
    if isinstance(value, str) and isinstance(counted, str):
        return counted.casefold() in value.split()
    return value == counted


def _of_passage(scope: Scope) -> list[Found]:
    """All quantities of a passage, read once."""
    kept = scope.passage.doc.user_data
    if _KEY not in kept:
        kept[_KEY] = sorted(read(scope.passage, scope.document), key=lambda one: (one.start, one.end))
    found: list[Found] = kept[_KEY]
    return found


def _with_codes(passage: Passage, document: Document) -> str:
    """Return the parser's text with the codes of currencies, which the parser was shown as names; places stay."""
    text, offsets = passage.doc.text, passage.offsets
    for token in passage.doc:
        end = token.idx + len(token)
        word = document.text[offsets[token.idx] : offsets[end - 1] + 1]
        if word in _CODES and word != token.text and len(word) <= len(token):
            text = f"{text[: token.idx]}{word.rjust(len(token))}{text[end:]}"
    return str(text)


def read(passage: Passage, document: Document) -> list[Found]:
    """Return every quantity of a passage, whatever it is said of."""
    doc, text = passage.doc, _with_codes(passage, document)
    taken = masks(text)
    starts = [token.idx for token in doc]
    found: list[Found] = []
    for hour in hours(text, taken):
        taken.append((hour.start, hour.end))
        found.append(_marked(doc, starts, hour.start, hour.end, hour.value, TIME_OF_DAY, measured=True))
    numbers = list(numerals(text, taken))
    counted: list[Numeral] = []
    for one in numbers:
        measure = _measured(doc, text, starts, one)
        if measure is not None:
            found.append(measure)
        else:
            counted.append(one)
    measured = [(one.start, one.end) for one in found]
    found += [made for one in counted if (made := _counted(doc, starts, one, measured)) is not None]
    return found


def _measured(doc: Any, text: str, starts: list[int], one: Numeral) -> Found | None:
    """A number with its measure ("12.5 km", "122-mm", "72-hour"), or with a currency before it."""
    money = _CURRENCY_BEFORE.search(text[max(0, one.start - 5) : one.start])
    if money:
        start = one.start - len(money[0])
        millions = _MILLIONS.match(text, one.end)
        value, end = one.value, one.end
        if millions and isinstance(value, int | float) and value < LARGEST / 1_000_000:
            value, end = round(value * 1_000_000), millions.end()
        return _marked(doc, starts, start, end, value, str(money.lastgroup))
    measure = _MEASURE.match(text, one.end)
    if not measure or one.is_year:
        return None
    vague = isinstance(one.value, str)
    if measure[0].startswith(" of") and not vague:
        return None
    unit = _UNITS[int(str(measure.lastgroup)[1:])]
    span = unit in ("d", "week", "month", "year", "h", "min")
    if span and (_RELATIVE.match(text, measure.end()) or (one.value == 1 and not _lasts(text, one, measure))):
        return None
    return _marked(doc, starts, one.start, measure.end(), one.value, unit, measured=True)


def _lasts(text: str, one: Numeral, measure: re.Match[str]) -> bool:
    """False for "one day", "a year" as a time told of, not measured."""
    return "-" in measure[0] or bool(_LASTING.search(text[: one.start])) or measure[0].strip().startswith(("h", "m"))


def _marked(
    doc: Any,
    starts: list[int],
    start: int,
    end: int,
    value: Value | tuple[Value, Value],
    unit: str,
    *,
    words: tuple[int, ...] = (),
    measured: bool = True,
) -> Found:
    """A quantity with the words before or after it that say "at least", "at most" or "about"."""
    first = bisect_left(starts, start + 1) - 1
    before, after = mark_before(doc.text, start), mark_after(doc.text, end)
    mark = None
    if unit == TIME_OF_DAY:  # "under", "more" and the like say nothing of an hour
        before, after = before if before and before[1] is QuantityMark.ABOUT else None, None
    if before and not _places(doc, starts, before[0], start, value, unit):
        start, mark = before
    elif after:
        end, mark = after
    return Found(start, end, value, unit, mark, (first, *words), measured)


def _places(doc: Any, starts: list[int], low: int, high: int, value: Value | tuple[Value, Value], unit: str) -> bool:
    """True where "over", "under", "around" before a number of things is a preposition: "over two villages"."""
    word = doc.text[low:high].strip().casefold()
    if word not in AS_PREPOSITIONS or unit in _UNITS or unit == TIME_OF_DAY:
        return False
    at = bisect_left(starts, low)
    if at and doc[at - 1].lemma_.lower() in _OVER:
        return True
    few = not isinstance(value, int | float) or value < FEW
    return few or word in ("within", "beyond", "above", "below") or doc[at].dep_ == "prep"


_OVER = frozenset(["hand", "take", "turn", "give", "fly", "go", "pass", "bring", "run", "come", "look", "move"])
"""Verbs that take "over" or "around" to themselves: "handed over 12 tanks"."""

FEW = 10
"""The parser takes "over two villages" and "over 300 shells" alike; fewer than this are passed over, not exceeded."""

_INVARIANT = frozenset({"aircraft", "personnel", "people", "sheep", "cattle", "cannon", "craft", "head", "livestock"})
_INSIDE = frozenset({"ADJ", "ADV", "NOUN", "PROPN", "VERB", "PUNCT"})
_IDLE = frozenset(
    ["side", "party", "hand", "day", "thing", "way", "part", "one", "other", "another", "year", "o'clock"]
)
LONGEST_PHRASE_TOKENS = 8


def _counted(doc: Any, starts: list[int], one: Numeral, measured: list[tuple[int, int]]) -> Found | None:
    """A number with the thing that it counts: the first plural noun after it, adjectives and calibres between."""
    if one.is_year and doc[min(len(doc) - 1, bisect_left(starts, one.start))].ent_type_ != "CARDINAL":
        return None
    if doc.text[one.end : one.end + 1] == "-":  # "three-storey houses"
        return None
    at = _PARTITIVE.match(doc.text, one.end)
    head = _thing(doc, bisect_left(starts, at.end() if at else one.end), one, measured, partitive=bool(at))
    if head is None:
        return None
    if doc.text[one.start].isupper() and head.text[0].isupper():  # "Nine Rocks", "Two Widows" are names
        return None
    end = head.idx + len(head)
    return _marked(doc, starts, one.start, end, one.value, _lemma(head), words=(int(head.i),), measured=False)


def _thing(doc: Any, i: int, one: Numeral, measured: list[tuple[int, int]], *, partitive: bool) -> Any | None:
    singular = one.value == 1 and not partitive
    head, shared = None, False
    stop = min(len(doc), i + LONGEST_PHRASE_TOKENS)
    while i < stop:
        token = doc[i]
        over = next((b for a, b in measured if a <= token.idx < b), None)
        if over is not None:
            i = next((n for n in range(i, stop) if doc[n].idx >= over), stop)
            continue
        if head is not None and token.tag_ not in ("NNS", "NNPS") and not (singular and token.pos_ == "NOUN"):
            break
        if partitive and one.value == 1 and token.tag_ in ("JJS", "RBS"):  # "one of the gravest threats" counts nothing
            break
        if _may_be_counted(token, singular=singular):
            head = token
        elif token.pos_ in ("CCONJ", "NUM") and doc[i - 1].pos_ in ("ADJ", "CCONJ"):
            shared = True
        elif not _describes(token) and not (partitive and token.pos_ == "NUM"):  # "17 of the 22 schools"
            break
        i += 1
    return None if head is None or (shared and singular) or head.lemma_.lower() in _IDLE else head


def _may_be_counted(token: Any, *, singular: bool) -> bool:
    if singular:
        return bool(token.tag_ == "NN" and token.dep_ != "compound")
    return (token.tag_ in ("NNS", "NNPS") and token.pos_ != "PRON") or token.lower_ in _INVARIANT


def _describes(token: Any) -> bool:
    """True for a word that may stand between a number and what it counts."""
    if token.pos_ == "VERB":
        return token.tag_ in ("VBN", "VBG")
    if token.pos_ == "PUNCT":
        return token.text in ("-", '"', "'")
    return token.pos_ in _INSIDE


def _lemma(head: Any) -> str:
    word = head.text
    bare = word[:-1] if word.endswith("s") and len(word) > 2 else word
    if bare.upper() == bare and any(c.isalpha() for c in bare) and len(bare) > 1:  # "BMPs", "T-72s"
        return str(bare)
    lemma = str(head.lemma_)
    if head.pos_ == "PROPN" and lemma == word:
        return str(bare)
    return lemma.lower()
