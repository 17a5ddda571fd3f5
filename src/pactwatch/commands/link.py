"""`pactwatch link`: a file of claims held against agreements and against each other."""

from pathlib import Path

import click

from pactwatch.commands.options import agreement_options
from pactwatch.commands.terminal import progress, show_problems


@click.command()
@click.option(
    "--batch",
    required=True,
    type=click.Path(path_type=Path),
    metavar="CLAIMS.jsonl",
    help="The claims, a line a document, as `read --batch` writes them.",
)
@click.option(
    "--docs", required=True, type=click.Path(path_type=Path), metavar="DOCS.jsonl", help="The documents they stand in."
)
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), metavar="LINKS.jsonl", help="Where the links go."
)
@agreement_options
def link(
    batch: Path,
    docs: Path,
    out: Path,
    agreements: tuple[str, ...],
    registers: tuple[str, ...],
    places: tuple[str, ...],
) -> None:
    """Hold claims against agreements and against each other, a line for each claim.

    A line names the claim by its document and its place in CLAIMS, counted from 0, and holds its incident, the clauses
    that it could touch with four answers (met, not_met, unknown), and how it stands to earlier claims. Links go over
    documents, so LINKS is written at the end, and appears only when it is whole.
    """
    from pactwatch.case import Case, Options

    case = Case.transient(Options(agreements=agreements, registers=registers, places=places))
    with progress("linking") as tell:
        done = case.link_batch(batch, docs, out, progress=tell)
    show_problems(done.problems)
    click.echo(
        f"{done.claims} claims in {done.documents} documents: {done.clauses} clauses beside them, "
        f"{done.relations} relations, {done.incidents} incidents → {out}",
        err=True,
    )
