"""The words that rules look for, read once from the package's data files."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

import msgspec

from pactwatch.model import Act

HARMFUL = frozenset(
    {
        Act.KILLING,
        Act.ARMED_ATTACK,
        Act.SHELLING,
        Act.AIR_STRIKE,
        Act.BOMBING,
        Act.PROHIBITED_WEAPON,
        Act.RAID,
        Act.ABDUCTION,
        Act.DETENTION,
        Act.TORTURE,
        Act.SEXUAL_VIOLENCE,
        Act.ABUSE,
        Act.DISPLACEMENT,
        Act.DESTRUCTION,
        Act.OBSTRUCTION,
        Act.TROOP_MOVEMENT,
        Act.TERRITORY,
        Act.ARMS_SUPPLY,
        Act.RECRUITMENT,
        Act.SANCTION,
    }
)
"""Acts that do harm unless their entry says otherwise; the others are conciliatory, `governance` and `other`
neutral.
"""

NEUTRAL = frozenset({Act.GOVERNANCE, Act.OTHER})


@dataclass(frozen=True, slots=True)
class Sense:
    """One reading of a word: the act, whether it harms (`h`), conciliates (`g`) or neither (`n`), and how it is
    tied.
    """

    act: Act
    polarity: str
    grade: int
    classes: frozenset[str] = frozenset()
    of: str = ""

    @property
    def any_object(self) -> bool:
        """True where the sense asks for no particular object."""
        return not self.classes or "*" in self.classes


@dataclass(frozen=True, slots=True)
class Means:
    """Words that narrow an act: "drone" makes an attack an air strike."""

    act: Act
    narrows: frozenset[Act]
    words: frozenset[str]


class Weights(msgspec.Struct, forbid_unknown_fields=True):
    """The fitted weights as they stand in their file."""

    least: float
    there: dict[str, float]
    kind: dict[str, dict[str, float]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Everything that the rules know about words."""

    verbs: dict[str, tuple[Sense, ...]]
    nouns: dict[str, tuple[Sense, ...]]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    classes: dict[str, frozenset[str]]
    means: tuple[Means, ...]
    cues: dict[str, frozenset[str]]
    least: float
    there: dict[str, float]
    kinds: dict[str, dict[str, float]]
    demonyms: dict[str, str]

    def classes_of(self, lemma: str) -> frozenset[str]:
        """Return the noun classes that a lemma belongs to; empty where it is in none."""
        return self.classes.get(lemma, frozenset())

    def has(self, cue: str, lemma: str) -> bool:
        """True where a lemma is in a list of `cues.toml`."""
        return lemma in self.cues[cue]


def polarity_of(act: Act) -> str:
    """Return `h`, `g` or `n`: what an act is where its entry says nothing."""
    return "h" if act in HARMFUL else "n" if act in NEUTRAL else "g"


def _lines(name: str) -> Iterator[list[str]]:
    text = resources.files("pactwatch.data").joinpath("lexicons", name).read_text(encoding="utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


def _polarity(word: str, act: Act) -> str:
    return polarity_of(act) if word == "-" else word


def _verbs() -> dict[str, tuple[Sense, ...]]:
    found: dict[str, list[Sense]] = {}
    for lemmas, act, polarity, grade, classes in _lines("verbs.tsv"):
        kind = Act(act)
        sense = Sense(kind, _polarity(polarity, kind), int(grade), frozenset(classes.split(",")))
        for lemma in lemmas.split():
            found.setdefault(lemma, []).append(sense)
    return {lemma: tuple(senses) for lemma, senses in found.items()}


def _nouns() -> dict[str, tuple[Sense, ...]]:
    found: dict[str, list[Sense]] = {}
    for lemmas, act, polarity, grade, of in _lines("nouns.tsv"):
        kind = Act(act)
        sense = Sense(kind, _polarity(polarity, kind), int(grade), of=of)
        for lemma in lemmas.split():
            found.setdefault(lemma, []).append(sense)
    return {lemma: tuple(senses) for lemma, senses in found.items()}


def _phrases(nouns: dict[str, tuple[Sense, ...]]) -> dict[str, tuple[tuple[str, ...], ...]]:
    """Index noun phrases of several words by their first word."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for lemma in nouns:
        words = tuple(lemma.split("_"))
        if len(words) > 1:
            found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(phrases, key=len, reverse=True)) for first, phrases in found.items()}


def _classes() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for name, lemmas in _lines("classes.tsv"):
        for lemma in lemmas.split():
            found.setdefault(lemma, set()).add(name)
    return {lemma: frozenset(names) for lemma, names in found.items()}


def _means() -> tuple[Means, ...]:
    return tuple(
        Means(Act(act), frozenset(Act(a) for a in narrows.split(",")), frozenset(words.split()))
        for act, narrows, words in _lines("means.tsv")
    )


def _demonyms() -> dict[str, str]:
    """Map each form to the country's first name."""
    return {form: name for name, forms in _lines("demonyms.tsv") for form in (name, *forms.split())}


def _toml(name: str) -> dict[str, object]:
    text = resources.files("pactwatch.data").joinpath("lexicons", name).read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once per process."""
    nouns = _nouns()
    cues = {name: frozenset(str(words).split()) for name, words in _toml("cues.toml").items()}
    weights = msgspec.convert(_toml("weights.toml"), Weights)
    return Lexicon(
        _verbs(),
        nouns,
        _phrases(nouns),
        _classes(),
        _means(),
        cues,
        weights.least,
        weights.there,
        weights.kind,
        _demonyms(),
    )
