"""Names are hidden from the network: it sees who is whose, never who is who (law 9).

A capitalised word that English does not also write small is a name, and so is every name of a warring party that the
register knows, whatever words it is made of ("the Front", "the Government"). The network is shown a sign in its place:
one for the speaker's own side, and one for each other name, in the order in which the window brings them.
"""

import re
from collections.abc import Iterator

from pactwatch.claims.party_names import Known
from pactwatch.claims.small_words import small_words

OWN = 2256  # "our": a name of the speaker's own side
# "alpha", "beta", "gamma" …: single pieces of the vocabulary that name nobody; further names start again.
OTHERS = (6541, 8247, 13091, 7160, 28038, 23870, 27859, 23963, 16000, 23375, 13201, 14827, 18747, 15942, 23466, 21424)

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?", re.U)


def names_in(text: str, start: int, end: int, known: Known) -> Iterator[tuple[int, int, str]]:
    """Yield where the names in a stretch of text stand, and what each is: an entry of the register, or the word."""
    at = start
    for low, high, entry in known.found(text, start, end):
        yield from _unknown(text, at, low)
        yield low, high, entry
        at = high
    yield from _unknown(text, at, end)


def _unknown(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    small = small_words()
    for found in _WORD.finditer(text, start, end):
        word = found[0]
        if word[0].isupper():
            plain = _plain(word)
            if plain not in small and not (plain.endswith("s") and plain[:-1] in small):
                yield found.start(), found.end(), plain


def sign(name: str, own: frozenset[str], seen: dict[str, int]) -> int:
    """Return the vocabulary id that is shown for a name: `own` ones are alike, `seen` grows with each other."""
    if name in own:
        return OWN
    return OTHERS[seen.setdefault(name, len(seen)) % len(OTHERS)]


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
    plain = {_plain(w) for w in words}
    return frozenset({w for w in plain if w not in small} | {i for i in initials | capitals if len(i) > 1})


def _plain(word: str) -> str:
    return re.sub(r"['’]s?$", "", word.casefold())
