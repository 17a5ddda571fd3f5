"""Numbers said of people in an act: how many were killed, injured, held, released, displaced, taken."""

import re
from typing import Any

from pactwatch.claims.grammar import children, complements
from pactwatch.claims.lexicon import Lexicon
from pactwatch.model import Act, Count

_UNITS = dict(
    zip(
        [
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ],
        range(1, 20),
        strict=True,
    )
)
_TENS = dict(
    zip(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], range(20, 100, 10), strict=True)
)
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 1_000, "million": 1_000_000}
_DIGITS = re.compile(r"\d{1,3}(?:[, ]\d{3})+|\d+")

_KEY_OF_ACT = {
    Act.KILLING: "killed",
    Act.DETENTION: "detained",
    Act.PRISONER_RELEASE: "released",
    Act.DISPLACEMENT: "displaced",
    Act.ABDUCTION: "abducted",
}
_KEY_OF_VERB = {
    "kill": "killed",
    "die": "killed",
    "murder": "killed",
    "massacre": "killed",
    "slaughter": "killed",
    "execute": "killed",
    "martyr": "killed",
    "injure": "injured",
    "wound": "injured",
    "hurt": "injured",
    "maim": "injured",
    "dead": "killed",
    "injured": "injured",
    "wounded": "injured",
    "arrest": "detained",
    "detain": "detained",
    "capture": "detained",
    "imprison": "detained",
    "release": "released",
    "free": "released",
    "displace": "displaced",
    "abduct": "abducted",
    "kidnap": "abducted",
}


def number_in(words: str) -> int | None:
    """Return the number that words or digits spell; None where they spell none."""
    digits = _DIGITS.search(words)
    parts = re.findall(r"[a-z]+", words.casefold())
    scale = next((_SCALES[p] for p in parts if p in _SCALES), 1)
    if digits:
        value = int(re.sub(r"[, ]", "", digits[0]))
        return value * scale if scale > 1 and value < 1_000 else value
    return _spelled(parts)


def _spelled(parts: list[str]) -> int | None:
    total, current, seen = 0, 0, False
    for before, part in zip(["", *parts], parts, strict=False):
        if part in _UNITS or part in _TENS:
            current += _UNITS.get(part) or _TENS[part]
        elif part == "dozen" and "half" in parts:
            current += 6
        elif part == "dozen" and not current and before != "a":
            continue  # "several dozen" is no number
        elif part in _SCALES:
            current = max(current, 1) * _SCALES[part]
            if _SCALES[part] > 100:
                total, current = total + current, 0
        elif part not in ("and", "a"):
            continue
        seen = seen or part in _UNITS or part in _TENS or part in _SCALES
    return total + current if seen else None


def counts_of(head: Any, act: Act, people: list[Any], lexicon: Lexicon) -> tuple[Count, ...]:
    """Return the numbers of people beside an act: on the people it is done to, and on "killing five" below it."""
    found: dict[str, int | str] = {}
    key = _KEY_OF_VERB.get(head.lemma_.lower()) or _KEY_OF_ACT.get(act, "other")
    _add(found, key, people, lexicon)
    for child in [*children(head, "advcl", "acl", "conj", "xcomp"), *_verbs_beside(head)]:
        named = _KEY_OF_VERB.get(child.lemma_.lower())
        if named and child.pos_ in ("VERB", "ADJ", "NOUN"):
            _add(found, named, [*children(child, "dobj", "nsubjpass", "nsubj")] or [child], lexicon)
    return tuple(Count(of=of, value=value) for of, value in found.items())


def _verbs_beside(head: Any) -> list[Any]:
    return [c for child in children(head, "conj") for c in children(child, "conj")]


def _add(found: dict[str, int | str], key: str, heads: list[Any], lexicon: Lexicon) -> None:
    for head in heads:
        value = _value(head, lexicon)
        if value is not None and _of_people(head, key, lexicon):
            found.setdefault(key, value)


def _of_people(head: Any, key: str, lexicon: Lexicon) -> bool:
    if key != "other":
        return True
    below = [head, *complements(head, "of")]
    return any("people" in lexicon.classes_of(t.lemma_.lower()) for t in below)


def _value(head: Any, lexicon: Lexicon) -> int | str | None:
    numbers = [c for c in head.children if c.dep_ == "nummod"]
    if numbers:
        words = " ".join(t.text for t in numbers[0].subtree)
        value = number_in(words)
        return value if value is not None else None
    if head.pos_ == "NUM" and head.ent_type_ not in ("DATE", "TIME"):
        return number_in(
            " ".join(t.text for t in [*head.lefts, head] if t.dep_ in ("compound", "quantmod", "nummod") or t is head)
        )
    lemma = head.lemma_.lower()
    if lexicon.has("vague_number", lemma) and complements(head, "of"):
        value = number_in(" ".join(t.text for t in head.subtree if t.i < head.i) + " " + lemma)
        numeral = any(t.like_num for t in head.subtree if t.i < head.i)
        return value if numeral and value is not None else head.lower_
    vague = [c for c in head.children if c.dep_ == "amod" and c.lower_ in ("several", "many", "numerous", "countless")]
    return vague[0].lower_ if vague else None
