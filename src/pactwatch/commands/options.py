"""Options that more than one command has, and what they come to."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from pactwatch.errors import InputError
from pactwatch.model import IssuerType

Command = TypeVar("Command", bound=Callable[..., Any])

TYPES = [one.value for one in IssuerType]


class Day(click.ParamType[dt.date]):
    """A calendar day, `YYYY-MM-DD`."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Return the day; the error says the form."""
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day in the form YYYY-MM-DD", param, ctx)


def stacked(*options: Callable[[Any], Any]) -> Callable[[Command], Command]:
    """Return one decorator for several options that more than one command has."""

    def apply(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return apply


details_options = stacked(
    click.option("--issuer", help="Who publishes the documents in their own voice."),
    click.option("--issuer-type", type=click.Choice(TYPES), help="What the issuer is to the conflict."),
    click.option("--published", metavar="DATE", help="The date that the documents bear: YYYY, YYYY-MM or YYYY-MM-DD."),
)

agreement_options = stacked(
    click.option(
        "--agreement", "agreements", multiple=True, metavar="FILE|NAME", help="An agreement; may be given again."
    ),
    click.option("--register", "registers", multiple=True, metavar="FILE|NAME", help="A register of parties."),
    click.option("--places", multiple=True, metavar="FILE", help="The case's own places (CSV or GeoJSON)."),
)

context_options = stacked(
    agreement_options,
    click.option("--as-of", type=Day(), metavar="DAY", help="Take nothing after this day as known."),
    click.option("--reader", default="trained", show_default=True, help="Which reader finds the claims."),
)

record_options = stacked(
    click.option("--events", multiple=True, metavar="FILE", help="Recorded events: UCDP GED, ACLED, GDELT, plain CSV."),
    click.option("--mapping", metavar="FILE", help="Which column of a plain CSV of events means what (TOML)."),
    click.option("--exposure", "exposures", multiple=True, metavar="FILE", help="Log of who observed where and when."),
)

jobs_option = click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="How many processes read."
)
reader_option = click.option("--reader", metavar="NAME", help="The reader for this run.  [default: the case's own]")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")


def case_options(**given: Any) -> Any:
    """Return the `Options` of a case from what was given on the command line."""
    from pactwatch.case import EventFile, Options

    mapping = given.pop("mapping", None)
    given["events"] = tuple(
        EventFile(path=path, mapping=_mapping_for(path, mapping)) for path in given.pop("events", ())
    )
    return Options(**given)


def _mapping_for(path: str, mapping: str | None) -> str | None:
    """The mapping that goes with an event file: the given one, else `NAME.mapping.toml` beside it."""
    beside = Path(path).with_name(Path(path).stem + ".mapping.toml")
    return mapping or (str(beside) if beside.is_file() else None)


def details_of(issuer: str | None, issuer_type: str | None, published: str | None) -> Any:
    """Return the `Details` of documents from what was given; an `InputError` where the date is none."""
    from pactwatch.case import Details

    return Details(
        issuer=issuer, issuer_type=IssuerType(issuer_type) if issuer_type else None, published=_edtf(published)
    )


def _edtf(published: str | None) -> str | None:
    """A date as YYYY[-MM[-DD]], checked."""
    if published is None:
        return None
    for form in ("%Y-%m-%d", "%Y-%m", "%Y"):
        try:
            dt.datetime.strptime(published, form)
        except ValueError:
            continue
        return published
    raise InputError(f"--published {published!r} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
