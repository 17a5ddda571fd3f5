"""What a command prints: results on standard output; progress and problems on standard error."""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import click

from pactwatch.model import Problem, Severity


@contextmanager
def progress(what: str) -> Iterator[Callable[[int, int | None, str], None]]:
    """A bar on standard error while it is a terminal; silent otherwise."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(what, total=None)

        def tell(done: int, total: int | None, now: str) -> None:
            bars.update(task, completed=done, total=total, description=f"{what}: {now[:40]}")

        yield tell


def show_problems(problems: Sequence[Problem], *, limit: int = 40) -> None:
    """Print problems to standard error, the gravest first."""
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    for problem in sorted(problems, key=lambda p: order[p.severity])[:limit]:
        click.echo(f"{problem.severity.value}: {problem}", err=True)
    if len(problems) > limit:
        click.echo(f"… and {len(problems) - limit} more", err=True)


def print_json(value: Any) -> None:
    """Print a value of the vocabulary as JSON."""
    from pactwatch.codec import encode

    click.echo(encode(value).decode())


def console() -> Any:
    """Return where tables are printed: as wide as the terminal, 120 columns where the output is no terminal."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 120, highlight=False)


def show_lines(lines: Sequence[Any]) -> None:
    """Print summary lines: `depth` indents, `strong` and `quiet` set the weight."""
    from rich.markup import escape
    from rich.padding import Padding

    out = console()
    for line in lines:
        style = "bold" if line.strong else "dim" if line.quiet else ""
        text = escape(line.text)
        out.print(Padding(f"[{style}]{text}[/{style}]" if style else text, (0, 0, 0, 2 * line.depth)))
