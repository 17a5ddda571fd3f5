"""Registers of parties: strict TOML that a person writes, the shipped ones, and several laid over each other."""

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import msgspec

from pactwatch.errors import HandwrittenFileError, UnknownName
from pactwatch.handwritten import decode, line_of, read_text
from pactwatch.model import Alias, Membership, Party, PartyKind
from pactwatch.resolve.parties.words import fold

WORLD = "world"
"""The one shipped register to which states are added when it is loaded."""


class Called(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A name that others use for the party."""

    name: str
    used_by: str = ""
    loaded: bool = False


class MemberOf(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A membership; both days are included, a missing one is open."""

    of: str
    since: dt.date | None = None
    until: dt.date | None = None
    source: str = ""


class Entry(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """One party as written. `names` are plain names that anybody may use; `called` those that need a remark."""

    id: str
    label: str
    own_name: str
    kind: PartyKind
    names: list[str] = []
    called: list[Called] = []
    member_of: list[MemberOf] = []
    demonyms: list[str] = []
    seats: list[str] = []
    codes: dict[str, str] = {}
    source: str = ""


class RegisterFile(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """A register file: its name, where it is from, and its parties."""

    register: str
    party: list[Entry]
    title: str = ""
    source: str = ""
    licence: str = ""


def read_register(path: Path) -> tuple[Party, ...]:
    """Return the parties of a register file in its order.

    `HandwrittenFileError` names line and field: an unknown field, an id given twice, membership of or use by an id that
    neither this file nor the shipped register of the world has, a name that two parties claim without `used_by`.
    """
    return _parties(read_text(path), str(path))


def builtin_registers() -> list[str]:
    """Return the names of the shipped registers, sorted."""
    return sorted(f.name.removesuffix(".toml") for f in _folder().iterdir() if f.name.endswith(".toml"))


@lru_cache(maxsize=8)
def builtin_register(name: str) -> tuple[Party, ...]:
    """Return the parties of a shipped register; `UnknownName` lists what there is."""
    if name not in builtin_registers():
        raise UnknownName(f"there is no register named {name!r}; shipped: {', '.join(builtin_registers())}")
    written = _parties(_folder().joinpath(f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml")
    return merge_registers(_states(), written) if name == WORLD else written


def merge_registers(*registers: Sequence[Party]) -> tuple[Party, ...]:
    """Return all parties, those of later registers first; a later entry replaces an earlier one of the same id.

    A plain name that a later register claims is taken from earlier parties: in a case, "the Mission" is the case's own.
    """
    merged: dict[str, Party] = {}
    claimed: set[str] = set()
    for register in reversed(registers):
        fresh = [party for party in register if party.id not in merged]
        for party in fresh:
            kept = tuple(a for a in party.aliases if a.used_by or fold(a.name) not in claimed)
            merged[party.id] = _with_aliases(party, kept)
        claimed |= {fold(a.name) for party in fresh for a in party.aliases if not a.used_by}
        claimed |= {fold(party.own_name) for party in fresh}
    return tuple(merged.values())


def _with_aliases(party: Party, aliases: tuple[Alias, ...]) -> Party:
    if len(aliases) == len(party.aliases):
        return party
    values = {name: getattr(party, name) for name in Party.__dataclass_fields__}
    return Party(**{**values, "aliases": aliases})


def _folder() -> Traversable:
    return files("pactwatch.data").joinpath("registers")


def _parties(text: str, file: str) -> tuple[Party, ...]:
    written = decode(text, file, RegisterFile)
    _check_ids(written, text, file)
    _check_names(written, text, file)
    return tuple(_party(entry, written.source) for entry in written.party)


def _party(entry: Entry, source: str) -> Party:
    plain = [Alias(name=name) for name in entry.names]
    others = [Alias(name=c.name, used_by=c.used_by, loaded=c.loaded) for c in entry.called]
    codes = [
        *sorted(entry.codes.items()),
        *(("demonym", d) for d in entry.demonyms),
        *(("seat", s) for s in entry.seats),
    ]
    return Party(
        id=entry.id,
        label=entry.label,
        own_name=entry.own_name,
        kind=entry.kind,
        aliases=tuple(plain + others),
        member_of=tuple(Membership(of=m.of, since=m.since, until=m.until, source=m.source) for m in entry.member_of),
        codes=tuple(codes),
        source=entry.source or source,
    )


def _check_ids(written: RegisterFile, text: str, file: str) -> None:
    seen: dict[str, int] = {}
    for at, entry in enumerate(written.party):
        if entry.id in seen:
            what = f"the id {entry.id} is already that of party {seen[entry.id] + 1}; ids are given once"
            raise _mistake(file, text, f"party[{at}].id", what)
        if not entry.id.strip() or any(c.isspace() for c in entry.id):
            raise _mistake(file, text, f"party[{at}].id", f"{entry.id!r}: an id has at least one letter and no blanks")
        seen[entry.id] = at
    known = set(seen) | set(_state_names()) | _shipped_ids(file)
    for at, entry in enumerate(written.party):
        for member in entry.member_of:
            if member.of not in known:
                what = f"{entry.id} is member of {member.of!r}, but no party has that id{_nearest(member.of, known)}"
                raise _mistake(file, text, f"party[{at}].member_of", what)
            if member.since and member.until and member.until < member.since:
                what = f"{entry.id} leaves {member.of} ({member.until}) before it joins ({member.since})"
                raise _mistake(file, text, f"party[{at}].member_of", what)
        for called in entry.called:
            if called.used_by and called.used_by not in known:
                what = f"{called.name!r} is used by {called.used_by!r}, but no party has that id"
                raise _mistake(file, text, f"party[{at}].called", what + _nearest(called.used_by, known))


def _check_names(written: RegisterFile, text: str, file: str) -> None:
    """A plain name belongs to one party; a name with `used_by` to one party in that user's mouth."""
    owner: dict[tuple[str, str], str] = {}
    for at, entry in enumerate(written.party):
        names = [(name, "", "names") for name in (entry.own_name, *entry.names)]
        names += [(called.name, called.used_by, "called") for called in entry.called]
        for name, user, field in names:
            folded = fold(name)
            if not folded:
                raise _mistake(file, text, f"party[{at}].{field}", f"{entry.id}: {name!r} has no letter in it")
            other = owner.setdefault((folded, user), entry.id)
            if other != entry.id:
                what = f"{name!r} is a name of {other} and of {entry.id}; say with `used_by` who means which"
                raise _mistake(file, text, f"party[{at}].{field}", what)


def _mistake(file: str, text: str, path: str, what: str) -> HandwrittenFileError:
    return HandwrittenFileError(file, what, line=line_of(text, path), field=path)


def _nearest(wrong: str, known: Iterable[str]) -> str:
    import difflib

    near = difflib.get_close_matches(wrong, sorted(known), n=1)
    return f"; did you mean {near[0]!r}?" if near else ""


def _shipped_ids(file: str) -> set[str]:
    """Ids of the shipped register of the world, except while that register itself is read."""
    return set() if file == f"{WORLD}.toml" else {party.id for party in builtin_register(WORLD)}


class StateWords(msgspec.Struct, forbid_unknown_fields=True, kw_only=True):
    """Seats and demonyms (first item: seats with a bar), further names, UCDP ids; by ISO 3166-1 alpha-3."""

    states: dict[str, list[str]]
    names: dict[str, list[str]]
    ucdp: dict[str, str]


@lru_cache(maxsize=1)
def _state_names() -> dict[str, tuple[str, list[str]]]:
    """ISO alpha-3 code → label and further names, from pycountry."""
    import pycountry

    named = {}
    for country in pycountry.countries:
        label = getattr(country, "common_name", country.name)
        others = [country.name, getattr(country, "official_name", country.name)]
        named[country.alpha_3] = (label, [name for name in others if name != label])
    return named


@lru_cache(maxsize=1)
def _states() -> tuple[Party, ...]:
    name = "states.toml"
    words = decode(_folder().joinpath("words", name).read_text(encoding="utf-8"), name, StateWords)
    made = []
    for code, (label, others) in _state_names().items():
        seats, *demonyms = words.states.get(code, [""])
        aliases = dict.fromkeys([*others, *words.names.get(code, [])])
        codes = [
            ("iso3166-1", code),
            *(("demonym", d) for d in demonyms),
            *(("seat", s) for s in seats.split("|") if s),
        ]
        if code in words.ucdp:
            codes.append(("ucdp", words.ucdp[code]))
        made.append(
            Party(
                id=code,
                label=label,
                own_name=label,
                kind=PartyKind.STATE,
                aliases=tuple(Alias(name=a) for a in aliases if a != label),
                codes=tuple(codes),
                source="ISO 3166-1 (pycountry); seat and demonyms recalled",
            )
        )
    return tuple(made)
