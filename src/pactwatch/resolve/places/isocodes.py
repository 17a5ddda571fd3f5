"""GeoNames' first-order units joined with ISO 3166-2, by name within the country; unsure ones stay without a code."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pactwatch.resolve.places.names import key, skeleton, split_unit
from pactwatch.resolve.places.units import Unit

# Words for a unit in the languages of ISO 3166-2, and endings that make an adjective of a town's name.
_UNIT_WORDS = re.compile(
    r"\b(?:sheng|shi|(?:huizu|uygur|zhuangzu)?\s*zizhiqu|sar|oblysy|oblasti?|respublika|republic|avtonomnaya|avtonomna|"
    r"avtonomnyy|okrug|kra[iy]|kray|raion|rayon|voblasc|muhafazat|amanat|al|ar|as|ad|ash|el|peoples?|city|regional|state|"
    r"region|province|governorate|district|county|department|municipality|departamento|provincia|lan|zupanija|judet)\b"
)
_ADJECTIVE = re.compile(r"(?:sk|k)(?:a|aya|iy|yy|oe|y|ij|i)\b")
LEAST_CONSONANTS = 2
"""Enough within one country, where both sides must be alone with the skeleton (Lviv, Sumy, Hims)."""

_DIRECTIONS = {"northern": "north", "southern": "south", "eastern": "east", "western": "west"}


def iso_by_code(
    units: Iterable[Unit], subdivisions: Iterable[Any], spellings: Mapping[str, Sequence[str]] | None = None
) -> dict[str, Any]:
    """Return GeoNames admin1 code → ISO 3166-2 subdivision.

    Names are compared by key, without unit words, by skeleton, and as adjectives of a town, in that order, each only
    where one unit and one subdivision answer to it. `spellings` are further names of a unit (its town's), tried last.
    """
    ours: dict[str, list[Unit]] = defaultdict(list)
    theirs: dict[str, list[Any]] = defaultdict(list)
    for unit in units:
        ours[unit.country].append(unit)
    for subdivision in subdivisions:
        theirs[subdivision.country_code].append(subdivision)
    matched: dict[str, Any] = {}
    for country, some in ours.items():
        left = theirs.get(country, [])
        if country == "US":  # GeoNames uses the postal codes, and so does ISO
            by_end = {s.code[3:]: s for s in left}
            matched.update({u.code: by_end[u.code[3:]] for u in some if u.code[3:] in by_end})
            continue
        matched.update(_matched(some, left, spellings or {}))
    return matched


def _matched(
    units: Sequence[Unit], subdivisions: Sequence[Any], spellings: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for fold, wide in ((_plain, False), (_bare, False), (_bones, False), (_root, False), (_bare, True), (_bones, True)):
        taken = {s.code for s in found.values()}
        mine: dict[str, dict[str, Unit]] = defaultdict(dict)
        theirs: dict[str, dict[str, Any]] = defaultdict(dict)
        for unit in (u for u in units if u.code not in found):
            for name in (unit.name, *(spellings.get(unit.code, ()) if wide else ())):
                mine[fold(name)][unit.code] = unit
        for subdivision in (s for s in subdivisions if s.code not in taken):
            for part in subdivision.name.split("/"):
                theirs[fold(part)][subdivision.code] = subdivision
        found.update(_unique(mine, theirs))
    return found


def _unique(mine: Mapping[str, Mapping[str, Unit]], theirs: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Pairs that are alone with each other; of a region and a part of it with one name, the region counts."""
    pairs: dict[str, Any] = {}
    for folded, some in mine.items():
        others = list(theirs.get(folded, {}).values())
        tops = [s for s in others if s.parent_code is None] or others
        if folded and len(some) == len(tops) == 1:
            pairs.setdefault(next(iter(some)), tops[0])
    codes = [s.code for s in pairs.values()]
    return {code: s for code, s in pairs.items() if codes.count(s.code) == 1}


def _plain(name: str) -> str:
    return key(split_unit(name)[0])


def _bare(name: str) -> str:
    """The key without unit words of any language, directions in one form."""
    words = _UNIT_WORDS.sub(" ", key(name)).split()
    return " ".join(_DIRECTIONS.get(word, word) for word in words)


def _bones(name: str) -> str:
    return skeleton(_bare(name), LEAST_CONSONANTS)


def _root(name: str) -> str:
    """The skeleton of the town's name in an adjective: `Velmska oblast` is the oblast of Velm."""
    return skeleton(_ADJECTIVE.sub("", _bare(name)), LEAST_CONSONANTS)
