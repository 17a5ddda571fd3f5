"""The words of time: which classes a token belongs to, and what it stands for; read once from `data/times`."""

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Any

AMBIGUOUS = {
    "may",
    "march",
    "mar",
    "sat",
    "sun",
    "second",
    "mon",
    "wed",
    "fall",
    "spring",
    "dec",
    "jan",
    "tir",
    "mehr",
    "aban",
}
"""Words that are time words only where they are written as names, or where their neighbours say so."""

_FULL_NAMES = {
    *("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november"),
    *("december", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
}
"""After any other name of a month or a weekday a full stop belongs to the name."""

_NAMES = {"month", "weekday", "hijri", "solar"}
_TENS_UNIT = re.compile(r"[-‐‑ ]")
_HYPHENS = "-‐‑–—−"
_LAST_DAY, _LAST_HOUR, _LAST_MINUTE = 31, 24, 59
_YEARS = (1000, 2199)  # four figures outside these are a number of something


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, Any]]:
    """Return lower-case word → class → what it stands for."""
    raw = tomllib.loads((files("pactwatch.data") / "times" / "words.toml").read_text(encoding="utf-8"))
    found: dict[str, dict[str, Any]] = {}
    for name, table in raw.items():
        for word, value in table.items():
            found.setdefault(word, {})[name] = value
    return found


@lru_cache(maxsize=1)
def neighbours() -> dict[str, frozenset[str]]:
    """Return the lists of words beside a time that say how to take it, by name."""
    raw = tomllib.loads((files("pactwatch.data") / "times" / "neighbours.toml").read_text(encoding="utf-8"))
    return {name: frozenset(listed) for name, listed in raw.items()}


@lru_cache(maxsize=4096)
def entries(surface: str, group: str) -> dict[str, Any]:
    """Return the classes of a token and what it stands for in each; empty where it is no time word.

    `group` is the kind of token that the lexer saw: a word, a number, a clock time and so on.
    """
    if group == "word":
        return _word(surface)
    if group == "number":
        return _number(surface)
    if group == "tens":
        return _tens(surface.lower())
    if group == "big":
        return {"integer": int(surface.replace(",", ""))}
    if group == "punct":
        return {"=-" if surface in _HYPHENS else f"={surface}": surface}
    if group == "possessive":
        return {"='s": surface}
    return {group: surface}


def _word(surface: str) -> dict[str, Any]:
    lower = surface.lower()
    found = dict(words().get(lower, {}))
    found[f"={lower}"] = lower
    named = surface[:1].isupper()
    if named and lower not in _FULL_NAMES:
        found |= {f"{name}_abbr": found[name] for name in ("month", "weekday") if name in found}
    for name in _NAMES & found.keys():
        if lower in AMBIGUOUS:
            found[f"{name}{'_name' if named else '_lower'}"] = found.pop(name)
        else:
            found[f"{name}_sure"] = found[name]
    if lower in AMBIGUOUS and "season" in found:
        found["season_weak"] = found.pop("season")
    return found


def _number(surface: str) -> dict[str, Any]:
    value = int(surface) if len(surface) <= 9 else 10**9
    found: dict[str, Any] = {"integer": value}
    if len(surface) <= 2:
        found |= {"daynum": value} if 1 <= value <= _LAST_DAY else {}
        found |= {"hournum": value} if value <= _LAST_HOUR else {}
        found |= {"monthnum": value} if 1 <= value <= 12 else {}
        found |= {"twofigures": value} if len(surface) == 2 else {}
    if len(surface) <= 3 and value:
        found["shortyear"] = value
    if len(surface) == 4:
        found |= {"year": value} if _YEARS[0] <= value <= _YEARS[1] else {}
        found |= {"military": surface} if value // 100 <= _LAST_HOUR and value % 100 <= _LAST_MINUTE else {}
    return found


def _tens(lower: str) -> dict[str, Any]:
    tens, unit = _TENS_UNIT.split(lower, maxsplit=1)
    known = words()
    base, rest = known[tens]["number"], known[unit]
    return {"ordinal": base + rest["ordinal"]} if "ordinal" in rest else {"number": base + rest["number"]}
