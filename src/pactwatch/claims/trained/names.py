"""Names are hidden from the network: it sees who is whose, never who is who (law 9).

A capitalised word that English does not also write small is a name. The network is shown a sign in its place: one for
the speaker's own side, and one for each other name, in the order in which the window brings them.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources

OWN = 2256  # "our": a name of the speaker's own side
# "alpha", "beta", "gamma" …: single pieces of the vocabulary that name nobody; further names start again.
OTHERS = (6541, 8247, 13091, 7160, 28038, 23870, 27859, 23963, 16000, 23375, 13201, 14827, 18747, 15942, 23466, 21424)

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?", re.U)


@cache
def small_words() -> frozenset[str]:
    """Return the words that English writes small; from the package's data."""
    text = resources.files("pactwatch.data").joinpath("lexicons", "small_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def names_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the names in a stretch of text stand, word by word."""
    small = small_words()
    for found in _WORD.finditer(text, start, end):
        word = found[0]
        if not word[0].isupper():
            continue
        plain = re.sub(r"['’]s?$|['’]s\b", "", word.casefold())
        if plain in small or (plain.endswith("s") and plain[:-1] in small):
            continue
        yield found.start(), found.end()


def sign(word: str, own: frozenset[str], seen: dict[str, int]) -> int:
    """Return the vocabulary id that is shown for a name; `own` holds the speaker's names in lower case.

    `seen` grows with each other name.
    """
    plain = re.sub(r"['’]s$", "", word.casefold())
    if plain in own:
        return OWN
    return OTHERS[seen.setdefault(plain, len(seen)) % len(OTHERS)]


def own_names(*who: str) -> frozenset[str]:
    """Return the words, and the initials, by which a speaker's own side is named."""
    words = [w for name in who for w in _WORD.findall(name)]
    initials = {
        "".join(w[0] for w in _WORD.findall(part) if w[0].isupper() or (w.islower() and len(w) > 3)).casefold()
        for name in who
        for part in (name, *name.split(","))
    }
    capitals = {"".join(w[0] for w in _WORD.findall(name) if w[0].isupper()).casefold() for name in who}
    small = small_words()
    plain = {re.sub(r"['’]s$", "", w.casefold()) for w in words}
    return frozenset({w for w in plain if w not in small} | {i for i in initials | capitals if len(i) > 1})
