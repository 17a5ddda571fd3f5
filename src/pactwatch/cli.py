"""The command line: parse, one `Case` method, render.

Results go to standard output; progress, problems and errors to standard error. Exit status: 0 done, 1 something is
wrong with the material or the case, 2 something is wrong with what was asked.
"""

import dataclasses
import datetime as dt
import os
import sys
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from pactwatch import __version__
from pactwatch.commands.ask import clauses, due, incidents, why
from pactwatch.commands.dates import dates
from pactwatch.commands.draft import draft
from pactwatch.commands.gazetteer import gazetteer
from pactwatch.commands.link import link
from pactwatch.commands.options import (
    Day,
    case_options,
    context_options,
    details_of,
    details_options,
    jobs_option,
    json_option,
    reader_option,
    record_options,
)
from pactwatch.commands.places import places
from pactwatch.commands.terminal import console, print_json, progress, show_lines, show_problems
from pactwatch.errors import PactwatchError
from pactwatch.model import Problem, Severity, Verdict


class PactwatchGroup(click.Group):
    """Turns the errors of `pactwatch.errors` into one line and an exit status, never a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Return what the command returns."""
        try:
            return super().invoke(ctx)
        except PactwatchError as error:
            click.echo(f"pactwatch: {error}", err=True)
            ctx.exit(error.exit_status)
        except BrokenPipeError:
            # `pactwatch read … | head`: the reader of our output is gone, which is no error of ours.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except KeyboardInterrupt:
            click.echo("pactwatch: stopped; what was written before is kept", err=True)
            ctx.exit(130)


@click.group(cls=PactwatchGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="pactwatch")
def main() -> None:
    """Find what parties to a conflict claim, and hold it against what they signed and what others recorded.

    Pactwatch never says what happened. It says who claims what, since when and in which exact words.
    """


@main.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option("--batch", type=click.Path(path_type=Path), metavar="DOCS.jsonl", help="Read a file of documents.")
@click.option("--out", type=click.Path(path_type=Path), metavar="CLAIMS.jsonl", help="Where a batch's claims go.")
@click.option("--resume", is_flag=True, help="Go on with a batch that was stopped.")
@click.option("--explain", is_flag=True, help="Say which rule made each claim and from which words.")
@json_option
@details_options
@context_options
@jobs_option
def read(
    paths: tuple[str, ...],
    batch: Path | None,
    out: Path | None,
    resume: bool,
    explain: bool,
    as_json: bool,
    issuer: str | None,
    issuer_type: str | None,
    published: str | None,
    jobs: int,
    **context: Any,
) -> None:
    """Print the claims in documents: who says what, in which exact words.

    PATH is a file (txt, html, pdf, docx, eml, jsonl), a folder, or - for standard input.
    """
    from pactwatch.case import Case

    case = Case.transient(case_options(**context))
    if batch:
        if paths or out is None:
            raise click.UsageError("--batch DOCS.jsonl goes with --out CLAIMS.jsonl and without PATHs")
        _read_batch(case, batch, out, jobs, resume)
        return
    if not paths:
        raise click.UsageError("name a document, or - for standard input")
    problems: list[Problem] = []
    claims = documents = 0
    with progress("reading") as tell:
        readings = list(
            case.read(paths, details_of(issuer, issuer_type, published), jobs=jobs, progress=tell, problems=problems)
        )
    for reading in readings:
        documents, claims = documents + 1, claims + len(reading.claims)
        problems += reading.problems
        if as_json:
            print_json(case.as_line(reading))
        else:
            _render_reading(case, reading, explain=explain)
    show_problems(problems)
    if not as_json:
        click.echo(f"{claims} claims in {documents} document{'s' * (documents != 1)}. Pactwatch asserts none of them.")
    sys.exit(0 if documents else 1)


def _read_batch(case: Any, batch: Path, out: Path, jobs: int, resume: bool) -> None:
    with progress("reading") as tell:
        summary = case.read_batch(batch, out, jobs=jobs, resume=resume, progress=tell)
    show_problems(summary.problems)
    earlier = f" ({summary.resumed} done before)" if summary.resumed else ""
    click.echo(f"{summary.found} claims in {summary.documents} documents{earlier} → {out}", err=True)


def _render_reading(case: Any, reading: Any, *, explain: bool) -> None:
    from rich.markup import escape
    from rich.table import Table

    out = console()
    document = reading.document
    out.print(f"[bold]{escape(document.title or document.id)}[/bold]  {escape(document.issuer or 'unnamed issuer')}")
    for line in case.dating_lines(reading):
        out.print(f"  {escape(line)}", style="dim")
    table = Table(show_edge=False, pad_edge=False, expand=True)
    for name, ratio in (
        ("who says it", 3),
        ("kind · act", 3),
        ("in these words", 8),
        ("by", 3),
        ("to", 3),
        ("where", 3),
    ):
        table.add_column(name, ratio=ratio, overflow="fold")
    table.add_column("when", ratio=3, overflow="fold")
    table.add_column("sure", justify="right")
    for row in case.claim_rows(reading):
        table.add_row(*(escape(cell) for cell in row.cells()))
        if explain:
            trace = "; ".join(f"{rule}: {words!r}" for rule, words in row.trace)
            table.add_row("", "", f"[dim]made by {escape(row.made)}: {escape(trace) or 'no trace'}[/dim]")
            if row.quantities:
                table.add_row("", "", f"[dim]quantities: {escape('; '.join(row.quantities))}[/dim]")
    out.print(table)
    out.print()


@main.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@click.option(
    "--case", "folder", type=click.Path(path_type=Path), metavar="DIR", help="Take agreements and files of a case."
)
@click.option("--report", type=click.Path(path_type=Path), metavar="OUT.html", help="Write a self-contained page.")
@click.option("--for-publication", is_flag=True, help="Draw places coarser than their evidence in the report.")
@json_option
@details_options
@context_options
@record_options
@jobs_option
def check(
    paths: tuple[str, ...],
    folder: Path | None,
    report: Path | None,
    for_publication: bool,
    as_json: bool,
    issuer: str | None,
    issuer_type: str | None,
    published: str | None,
    jobs: int,
    **context: Any,
) -> None:
    """Hold the claims in documents against agreements and recorded events.

    Each claim is printed with the clauses that it could touch and the four tests (in force then, in the area, bound,
    the act itself), who denies it, and what independent records hold near its place and time.
    """
    from pactwatch.case import Case

    if not paths and folder is None:
        raise click.UsageError("name a document, or a case with --case DIR")
    case = Case.open(folder, read_only=True) if folder else Case.transient(case_options(**context))
    with case:
        if folder:
            case.options = _merged(case.options, case_options(**context))
        with progress("checking") as tell:
            checked = case.check(paths, details_of(issuer, issuer_type, published), jobs=jobs, progress=tell)
        _render_check(case, checked, report, as_json, for_publication)


def _merged(kept: Any, given: Any) -> Any:
    """The case's own options with those of the command line added behind them."""
    names = ("agreements", "registers", "places", "events", "exposures")
    both = {name: (*getattr(kept, name), *getattr(given, name)) for name in names}
    named = click.get_current_context().get_parameter_source("reader") is ParameterSource.COMMANDLINE
    reader = given.reader if named else kept.reader
    return dataclasses.replace(kept, **both, as_of=given.as_of or kept.as_of, reader=reader)


def _read_with(case: Any, reader: str | None) -> None:
    """Take this reader for this run, and nothing beyond it; without a name, the case's own."""
    if reader:
        case.options = dataclasses.replace(case.options, reader=reader)


def _render_check(case: Any, checked: Any, report: Path | None, as_json: bool, published: bool) -> None:
    if as_json:
        print_json(case.as_json(checked))
    else:
        show_lines(case.check_lines(checked))
    show_problems([*checked.problems, *(p for reading in checked.readings for p in reading.problems)], limit=20)
    if report:
        click.echo(f"report: {case.report(checked, report, published=published)}", err=as_json)


@main.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("pactwatch-demo"),
    show_default=True,
    metavar="DIR",
    help="Where the report goes.",
)
@jobs_option
def demo(out: Path, jobs: int) -> None:
    """Check the built-in case, which is invented, and write its report."""
    from pactwatch.case import Case

    with progress("demo") as tell:
        case, checked = Case.demo(jobs=jobs, progress=tell)
    show_lines(case.check_lines(checked))
    click.echo(f"report: {case.report(checked, out / 'report.html')}")


@main.group()
def case() -> None:
    """Keep documents, claims and reviews in one folder with an append-only, hash-chained log."""


@case.command("new")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--title", help="What the case is called.")
@context_options
@record_options
def case_new(folder: Path, title: str | None, **context: Any) -> None:
    """Make a case folder; the files named here are copied into it."""
    from pactwatch.case import Case

    with Case.create(folder, case_options(**context), title=title) as made:
        click.echo(f"made the case {made.title!r} in {folder}")


@case.command("add")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@details_options
@reader_option
@jobs_option
def case_add(
    folder: Path,
    paths: tuple[str, ...],
    issuer: str | None,
    issuer_type: str | None,
    published: str | None,
    reader: str | None,
    jobs: int,
) -> None:
    """Add documents to a case and read them; the same bytes twice are noticed."""
    from pactwatch.case import Case

    with Case.open(folder) as opened, progress("adding") as tell:
        _read_with(opened, reader)
        details = details_of(issuer, issuer_type, published)
        for added in opened.add(paths, details, jobs=jobs, progress=tell):
            claims = sum(len(reading.claims) for reading in added.readings)
            news = (
                f"{len(added.readings)} documents, {claims} claims"
                if added.new
                else "already in the case, not added again"
            )
            click.echo(f"{added.uri}: {news}  (sha256 {added.sha256[:12]})")
            show_problems(added.problems)


@case.command("check")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--report", type=click.Path(path_type=Path), metavar="OUT.html", help="Write a self-contained page.")
@click.option("--for-publication", is_flag=True, help="Draw places coarser than their evidence in the report.")
@json_option
@jobs_option
def case_check(folder: Path, report: Path | None, for_publication: bool, as_json: bool, jobs: int) -> None:
    """Hold a case's claims against its agreements and records, and keep the links."""
    from pactwatch.case import Case

    with Case.open(folder) as opened:
        with progress("checking") as tell:
            checked = opened.check(jobs=jobs, progress=tell)
        _render_check(opened, checked, report, as_json, for_publication)


@case.command("reread")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@reader_option
@jobs_option
def case_reread(folder: Path, reader: str | None, jobs: int) -> None:
    """Read all documents of a case anew, after an upgrade say; reviews stay, older facts remain in the log."""
    from pactwatch.case import Case

    with Case.open(folder) as opened, progress("reading") as tell:
        _read_with(opened, reader)
        click.echo(f"read {opened.reread(jobs=jobs, progress=tell)} documents anew")


@case.command("review")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.argument("claim")
@click.argument("verdict", type=click.Choice([one.value for one in Verdict]))
@click.option("--note", default="", help="Why.")
@click.option("--set", "corrections", multiple=True, metavar="FIELD=VALUE", help="What is right instead.")
def case_review(folder: Path, claim: str, verdict: str, note: str, corrections: tuple[str, ...]) -> None:
    """Record what a person decided about a claim: a new record, never an edit."""
    from pactwatch.case import Case

    pairs = [one.partition("=") for one in corrections]
    if any(not equals for _, equals, _ in pairs):
        raise click.UsageError("--set takes FIELD=VALUE")
    with Case.open(folder) as opened:
        made = opened.judge(claim, Verdict(verdict), note=note, corrections={f: v for f, _, v in pairs})
        click.echo(f"{made.at} {made.by}: {claim} {made.verdict.value}")


@case.command("status")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@json_option
def case_status(folder: Path, as_json: bool) -> None:
    """Say what a case holds."""
    from pactwatch.case import Case

    with Case.open(folder, read_only=True) as opened:
        status = opened.status()
    if as_json:
        print_json(status)
        return
    click.echo(status["title"])
    for name, count in status["counts"].items():
        click.echo(f"  {name:24} {count}")
    for name, value in status["settings"].items():
        click.echo(f"  {name:24} {value if value not in (None, [], ()) else '–'}")


@case.command("log")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--limit", type=click.IntRange(1), help="At most so many entries.")
@click.option("--after", type=click.IntRange(0), default=0, help="Begin after this entry.")
@json_option
def case_log(folder: Path, limit: int | None, after: int, as_json: bool) -> None:
    """Print what was done to a case, by whom and when, oldest first."""
    from pactwatch.case import Case

    with Case.open(folder, read_only=True) as opened:
        for entry in opened.log(limit=limit, after=after):
            if as_json:
                print_json(entry)
            else:
                click.echo(f"{entry.seq:6} {entry.at} {entry.by:12} {entry.kind:12} {entry.subject}")


@case.command("verify")
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
def case_verify(folder: Path) -> None:
    """Check every byte kept and every link of the log; exit status 1 names the place where one was changed."""
    from pactwatch.case import Case

    with Case.open(folder, read_only=True) as opened:
        problems = opened.verify()
        counts = opened.status()["counts"]
    if problems:
        show_problems(problems)
        sys.exit(1)
    held = ", ".join(f"{count} {name}" for name, count in counts.items())
    click.echo(f"nothing was changed: {held}")


@main.group()
def agreement() -> None:
    """Check and show agreement files."""


@agreement.command("check")
@click.argument("name", metavar="FILE|NAME")
@json_option
def agreement_check(name: str, as_json: bool) -> None:
    """Say everything wrong or doubtful in an agreement file, with file, line and field."""
    from pactwatch.case import Case

    problems = Case.agreement_problems(name)
    if as_json:
        print_json(problems)
    else:
        for problem in problems:
            click.echo(f"{problem.severity.value}: {problem}")
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    if not as_json:
        click.echo(f"{name}: {errors} errors, {len(problems) - errors} warnings and notes")
    sys.exit(1 if errors else 0)


@agreement.command("show")
@click.argument("name", required=False, metavar="FILE|NAME")
@click.option("--clause", metavar="ID", help="One clause, with all its versions.")
@click.option("--at", type=Day(), metavar="DAY", help="As it stood on this day.")
@json_option
def agreement_show(name: str | None, clause: str | None, at: dt.date | None, as_json: bool) -> None:
    """Print an agreement: who is bound since when, and every clause; without a name, list those that ship."""
    from pactwatch.case import Case

    if name is None:
        for one in Case.agreement_names():
            click.echo(one)
        return
    if as_json:
        print_json(Case.agreement(name))
        return
    show_lines(Case.agreement_lines(name, clause=clause, at=at))


agreement.add_command(draft)
for command in (dates, places, gazetteer, link, incidents, clauses, due, why):
    main.add_command(command)
