"""Where agreement files are: those that ship with the package, by name, and those of the user, by path."""

import difflib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from pactwatch.errors import UnknownName
from pactwatch.handwritten import read_text

_SUFFIX = ".toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The text of an agreement file, under the name by which messages call it."""

    file: str
    text: str


def names() -> list[str]:
    """Return the names of the agreements that ship with the package, sorted."""
    folder = resources.files("pactwatch.data") / "agreements"
    return sorted(one.name.removesuffix(_SUFFIX) for one in folder.iterdir() if one.name.endswith(_SUFFIX))


def shipped(name: str) -> str:
    """Return the text of the agreement file that ships under `name`; `UnknownName` lists the nearest and all."""
    if name not in names():
        raise _unknown(name)
    return (resources.files("pactwatch.data") / "agreements" / f"{name}{_SUFFIX}").read_text(encoding="utf-8")


def sheet(name_or_path: str) -> Sheet:
    """Return the file that a shipped name or a path stands for.

    A shipped name goes before a file of that name; `./name` means the file. `UnknownName` where it is neither.
    """
    if name_or_path in names():
        return Sheet(file=f"{name_or_path}{_SUFFIX}", text=shipped(name_or_path))
    path = Path(name_or_path)
    if name_or_path.lower().endswith(_SUFFIX) or path.exists():
        return Sheet(file=str(path), text=read_text(path))
    raise _unknown(name_or_path)


def _unknown(name: str) -> UnknownName:
    near = difflib.get_close_matches(name.lower(), names(), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    return UnknownName(
        f"no agreement named {name!r} ships with Pactwatch, and there is no such file; {hint}"
        f"shipped: {', '.join(names())}; a file of your own ends in {_SUFFIX}"
    )
