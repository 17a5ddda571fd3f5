"""`pactwatch places`: the place names of documents, and which places each may mean."""

import sys
from pathlib import Path
from typing import Any

import click

from pactwatch.commands.options import case_options, jobs_option, json_option
from pactwatch.commands.terminal import console, print_json, progress, show_problems
from pactwatch.model import Problem

COLUMNS = {
    "in the text": 4,
    "place": 6,
    "score": 0,
    "point": 0,
    "± km": 0,
    "prec": 0,
    "GeoNames": 0,
    "ISO": 0,
    "rule": 4,
}
"""Columns of the table and how wide they are to each other; those with 0 hold figures, which are never broken."""

SHAPE_COLUMNS = {"described as": 6, "shape": 0, "middle": 0, "± km": 0, "rule": 3, "by": 4}


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--batch", type=click.Path(path_type=Path), metavar="DOCS.jsonl", help="Read a file of documents.")
@click.option("--out", type=click.Path(path_type=Path), metavar="OUT.jsonl", help="Where a batch's places go.")
@click.option("--resume", is_flag=True, help="Go on with a batch that was stopped.")
@click.option("--candidates", is_flag=True, help="Show every place that a name may mean, with what speaks for it.")
@json_option
@click.option("--places", multiple=True, metavar="FILE", help="The case's own places (CSV or GeoJSON).")
@click.option("--agreement", "agreements", multiple=True, metavar="FILE|NAME", help="Its countries and places.")
@jobs_option
def places(
    paths: tuple[str, ...],
    batch: Path | None,
    out: Path | None,
    resume: bool,
    candidates: bool,
    as_json: bool,
    jobs: int,
    **context: Any,
) -> None:
    """Print the place names in documents: which place each means, how exactly, and by which rule.

    Words such as "6 km north-west of Karsa", "on the Selnford–Gradik road" or, with an agreement, "within 10 km of the
    contact line" get a shape (GeoJSON in --json) with its error in km.

    PATH is a file (txt, html, pdf, docx, eml, jsonl), a folder, or - for standard input. A batch is a JSONL file of
    {"id", "text"}; OUT.jsonl then has a line for each document: {"id", "toponyms": [{"start", "end", "lat", "lon",
    "geonameid", "radius_km", "rule", "demonym"}]}.
    """
    from pactwatch.case import Case

    case = Case.transient(case_options(**context))
    if batch:
        if paths or out is None:
            raise click.UsageError("--batch DOCS.jsonl goes with --out OUT.jsonl and without PATHs")
        _find_batch(case, batch, out, jobs, resume)
        return
    if not paths:
        raise click.UsageError("name a document, or - for standard input")
    problems: list[Problem] = []
    found = list(case.places(paths, jobs=jobs, problems=problems))
    for one in found:
        problems += one.problems
        if as_json:
            names = [row.as_json() for row in case.place_rows(one)]
            shapes = [row.as_json() for row in case.shape_rows(one)]
            print_json({"doc": one.document.id, "title": one.document.title, "names": names, "shapes": shapes})
        else:
            _render(case, one, candidates)
    show_problems(list(dict.fromkeys(problems)))
    sys.exit(0 if found else 1)


def _find_batch(case: Any, batch: Path, out: Path, jobs: int, resume: bool) -> None:
    with progress("finding places") as tell:
        summary = case.places_batch(batch, out, jobs=jobs, resume=resume, progress=tell)
    show_problems(summary.problems)
    earlier = f" ({summary.resumed} done before)" if summary.resumed else ""
    click.echo(f"{summary.found} place names in {summary.documents} documents{earlier} → {out}", err=True)


def _render(case: Any, found: Any, candidates: bool) -> None:
    from rich.markup import escape
    from rich.table import Table

    out = console()
    out.print(f"[bold]{escape(found.document.title or found.document.id)}[/bold]")
    table = Table(show_edge=False, pad_edge=False, expand=True)
    for name, ratio in COLUMNS.items():
        table.add_column(name, ratio=ratio or None, no_wrap=not ratio, overflow="fold")
    rows = case.place_rows(found)
    for row in rows:
        table.add_row(*(escape(cell) for cell in row.cells()))
        for line in row.candidate_lines() if candidates else ():
            table.add_row("", f"[dim]{escape(line)}[/dim]")
    out.print(table)
    _render_shapes(case, found, out)
    out.print(f"{len(rows)} place names. A place is a set of candidates with a radius, never a bare point.\n")


def _render_shapes(case: Any, found: Any, out: Any) -> None:
    """What the text describes by other places, where it does so."""
    from rich.markup import escape
    from rich.table import Table

    rows = case.shape_rows(found)
    if not rows:
        return
    table = Table(show_edge=False, pad_edge=False, expand=True)
    for name, ratio in SHAPE_COLUMNS.items():
        table.add_column(name, ratio=ratio or None, no_wrap=not ratio, overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row.cells()))
    out.print()
    out.print(table)
