"""`pactwatch dates`: a document's time expressions, each with what it comes to and why."""

import datetime as dt
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import click

from pactwatch.commands.options import Day, details_of, json_option
from pactwatch.commands.terminal import console, print_json, progress, show_problems

COLUMNS = (
    ("", 1),
    ("in these words", 5),
    ("TIMEX3", 4),
    ("EDTF", 4),
    ("fine to", 2),
    ("counted from", 5),
    ("rule", 4),
)


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--batch", type=click.Path(path_type=Path), metavar="DOCS.jsonl", help="Read a file of documents.")
@click.option("--out", type=click.Path(path_type=Path), metavar="OUT.jsonl", help="Where a batch's times go.")
@click.option("--resume", is_flag=True, help="Go on with a batch that was stopped.")
@click.option("--published", metavar="DATE", help="The date that the documents bear: YYYY, YYYY-MM or YYYY-MM-DD.")
@click.option("--agreement", "agreements", multiple=True, metavar="FILE|NAME", help="An agreement that dates signings.")
@click.option("--as-of", type=Day(), metavar="DAY", help="Take nothing after this day as known.")
@click.option(
    "--narrative/--no-narrative",
    default=None,
    help="Whether the texts are histories, whose years are carried from date to date.  [default: detected]",
)
@json_option
def dates(
    paths: tuple[str, ...],
    batch: Path | None,
    out: Path | None,
    resume: bool,
    published: str | None,
    agreements: tuple[str, ...],
    as_of: dt.date | None,
    narrative: bool | None,
    as_json: bool,
) -> None:
    """Print documents with their time expressions, and what each comes to: TIMEX3, EDTF, from what, by which rule.

    PATH is a file (txt, html, pdf, docx, eml, jsonl), a folder, or - for standard input. A line of DOCS.jsonl is
    {"id", "dct", "text"}; dct is the day of writing, with or without a time, or null.
    """
    from pactwatch.case import Case, Options

    case = Case.transient(Options(agreements=agreements, as_of=as_of))
    if batch:
        if paths or out is None:
            raise click.UsageError("--batch DOCS.jsonl goes with --out OUT.jsonl and without PATHs")
        if published:
            raise click.UsageError("--published goes with PATHs; a batch states `dct` in each line")
        _batch(case, batch, out, narrative, resume)
        return
    if not paths:
        raise click.UsageError("name a document, or - for standard input")
    problems: Any = []
    documents = 0
    for dated in case.dates(paths, details_of(None, None, published), narrative=narrative, problems=problems):
        documents += 1
        if as_json:
            print_json(case.dated_line(dated))
        else:
            _render(case.dated_view(dated))
    show_problems(problems)
    sys.exit(0 if documents else 1)


def _batch(case: Any, batch: Path, out: Path, narrative: bool | None, resume: bool) -> None:
    with progress("dating") as tell:
        summary = case.dates_batch(batch, out, narrative=narrative, resume=resume, progress=tell)
    show_problems(summary.problems)
    earlier = f" ({summary.resumed} done before)" if summary.resumed else ""
    click.echo(f"{summary.found} times in {summary.documents} documents{earlier} → {out}", err=True)


def _render(view: Any) -> None:
    from rich.markup import escape
    from rich.text import Text

    out = console()
    out.print(f"[bold]{escape(view.heading)}[/bold]")
    for line in view.lines:
        out.print(f"  {escape(line)}", style="dim")
    out.print()
    text = Text()
    for words, marked in view.pieces:
        text.append(words, style="bold cyan" if marked else "")
    out.print(text)
    out.print()
    _table(out, view.rows)
    out.print()


def _table(out: Any, rows: Iterable[Any]) -> None:
    """One row a time; under it, where there is one, why there is no answer or what was assumed."""
    from rich.markup import escape
    from rich.table import Table

    table = Table(show_edge=False, pad_edge=False, expand=True)
    for name, ratio in COLUMNS:
        table.add_column(name, ratio=ratio, overflow="fold")
    for row in rows:
        table.add_row(*(escape(cell) for cell in row.cells()))
        if row.note:
            table.add_row("", f"[dim]{escape(row.note)}[/dim]")
    out.print(table)
