"""One question about a case each: `incidents`, `clauses`, `due`, `why`. Nothing is written into the case."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pactwatch.commands.options import Day, json_option
from pactwatch.commands.terminal import print_json, progress, show_lines
from pactwatch.model import IncidentState

folder_argument = click.argument("folder", type=click.Path(path_type=Path), metavar="CASE")


@click.command()
@folder_argument
@click.option("--state", type=click.Choice([one.value for one in IncidentState]), help="Those of this state alone.")
@json_option
def incidents(folder: Path, state: str | None, as_json: bool) -> None:
    """Print the incidents of a case: what each speaker says of one thing, and what each leaves out.

    An incident is a cluster of claims about one place, time and sort of act. Its state is computed from them:
    contested, admitted, withdrawn or uncontested. There is no "confirmed".
    """
    _ask(folder, as_json, lambda case, checked: case.incidents(checked, state=state))


@click.command()
@folder_argument
@click.option("--clause", metavar="ID", help="This clause alone.")
@json_option
def clauses(folder: Path, clause: str | None, as_json: bool) -> None:
    """Print the clauses that the claims of a case touch, with the four answers, their reasons and the words.

    The answers (in force then, in the area, bound, that act) are given as if each claim were true.
    """
    _ask(folder, as_json, lambda case, checked: case.clauses(checked, clause=clause))


@click.command()
@folder_argument
@click.option("--as-of", type=Day(), metavar="DATE", help="The day whose end counts.  [default: the case's own]")
@json_option
def due(folder: Path, as_of: dt.date | None, as_json: bool) -> None:
    """Print what is owed by when, by whom, and what is said to have been done, as of a day.

    Deadlines of clauses and of promises. Overdue means that the day has passed and that nobody who was read says that
    it was done. What was said after the day is left out.
    """
    _ask(folder, as_json, lambda case, checked: case.due(checked, as_of))


@click.command()
@folder_argument
@click.argument("claim", metavar="CLAIM")
@json_option
def why(folder: Path, claim: str, as_json: bool) -> None:
    """Print everything that is known of one claim, named by its id or its number (2.5).

    Its words and how they were read, who, where and when, clauses, other claims, records, who looked, the incident, and
    what people made of it.
    """
    _ask(folder, as_json, lambda case, checked: case.why(checked, claim))


def _ask(folder: Path, as_json: bool, question: Callable[[Any, Any], Any]) -> None:
    from pactwatch.case import Case

    with Case.open(folder, read_only=True) as case:
        with progress("checking") as tell:
            checked = case.check(progress=tell)
        answer = question(case, checked)
    if as_json:
        print_json(answer.plain)
    else:
        show_lines(answer.lines)
