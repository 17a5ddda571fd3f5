"""Write the reference pages that are made from the program itself, so that they cannot lie.

python docs/generate.py            write them
python docs/generate.py --check    exit 1 where a page is not what the program says
"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from pactwatch.agreements import reference as agreement_reference
from pactwatch.cli import main

REFERENCE = Path(__file__).parent / "reference"

HEAD = """# The command line

Made by `python docs/generate.py` from the program's own help.

Exit status: 0 done; 1 something is wrong with the material or the case; 2 something is wrong with what was asked.
Results go to standard output, progress and problems to standard error. No command makes a network
connection, except with `--reader hosted` and an endpoint that you configured.
`PACTWATCH_CACHE` names the folder of the place index, `PACTWATCH_USER` the name that the log of a case records.
"""


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Every command below `command`, with its whole name."""
    if isinstance(command, click.Group):
        for sub in sorted(command.commands):
            yield from commands(command.commands[sub], f"{name} {sub}")
    else:
        yield name, command


def command_line() -> str:
    """Return the page on the command line."""
    parts = [HEAD]
    for name, command in commands(main, "pactwatch"):
        context = click.Context(command, info_name=name, terminal_width=110, **main.context_settings)
        parts.append(f"## {name}\n\n```text\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


PAGES = {"command-line.md": command_line, "agreement-files.md": agreement_reference.page}


def stale() -> list[str]:
    """Return the pages that are not what the program says."""
    return [
        name
        for name, page in PAGES.items()
        if not (REFERENCE / name).is_file() or (REFERENCE / name).read_text(encoding="utf-8") != page()
    ]


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(f"stale: {', '.join(stale())}; run python docs/generate.py" if stale() else 0)
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
