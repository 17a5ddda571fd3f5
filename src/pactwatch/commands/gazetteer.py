"""`pactwatch gazetteer`: files of places that are used beside the world's, for every case of this user."""

import sys
from pathlib import Path

import click

from pactwatch.commands.options import json_option
from pactwatch.commands.terminal import print_json, progress, show_problems


@click.group()
def gazetteer() -> None:
    """Add files of places, and see which are there. They are kept in the user's cache and used in every run."""


@gazetteer.command("add")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--name", metavar="NAME", help="What to call it here.  [default: the file's name]")
@json_option
def gazetteer_add(file: Path, name: str | None, as_json: bool) -> None:
    """Add a file of places: a GeoNames dump, an OCHA p-code table, a plain table, or GeoJSON.

    FILE is .txt or .zip as GeoNames has it for a country; .csv, .tsv or .xlsx with a header; or .geojson with points or
    outlines. Names may stand in several columns and in any script. A row that cannot be used is named with its line,
    and the others are read. Adding a file of the same name again replaces it.
    """
    from pactwatch.case import Case

    with progress("adding places") as tell:
        added = Case.gazetteer_add(file, name=name, progress=tell)
    if as_json:
        print_json(added)
    else:
        show_problems(added.problems)
        left_out = f", {added.left_out} rows left out" if added.left_out else ""
        done = "replaced" if added.replaced else "added"
        what = f"{added.places} places with {added.names} names{left_out}"
        click.echo(f"{added.name}: {what}; {done if added.places else 'nothing was kept'}")
    sys.exit(0 if added.places else 1)


@gazetteer.command("list")
@json_option
def gazetteer_list(as_json: bool) -> None:
    """List the files that were added."""
    from pactwatch.case import Case

    files = Case.gazetteers()
    if as_json:
        print_json(files)
        return
    for one in files:
        click.echo(f"{one.name:24} {one.places:>9} places  {one.source}")
    if not files:
        click.echo("none was added; the world's gazetteer is always there")
    show_problems([problem for one in files for problem in one.problems])


@gazetteer.command("remove")
@click.argument("name", metavar="NAME")
def gazetteer_remove(name: str) -> None:
    """Take an added file out of the cache; the file that it was made from stays where it is."""
    from pactwatch.case import Case

    Case.gazetteer_remove(name)
    click.echo(f"{name}: removed")
