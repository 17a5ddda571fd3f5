"""Words that English writes small: a capitalised word that is none of them is a name."""

from functools import cache
from importlib import resources


@cache
def small_words() -> frozenset[str]:
    """Return the words, in lower case; from the package's data, which say where they were counted."""
    text = resources.files("pactwatch.data").joinpath("lexicons", "small_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
