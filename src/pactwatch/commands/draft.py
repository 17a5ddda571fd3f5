"""`pactwatch agreement draft`: a first agreement file from an agreement's text."""

from pathlib import Path

import click

from pactwatch.errors import InputError


@click.command("draft")
@click.argument("text", type=click.Path(path_type=Path), metavar="TEXT")
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE.toml", help="Where it goes; a new file.")
def draft(text: Path, out: Path | None) -> None:
    """Propose an agreement file from an agreement's text, for a person to correct.

    Articles, who owes, what is required or forbidden, which acts, by when, what is amended. What was guessed or not
    read is marked CHECK. Nothing is made up: without a day of signature or parties in the text, `agreement check`
    refuses the draft until they are put in.
    """
    from pactwatch.case import Case

    made = Case.agreement_draft(text)
    if out is None:
        click.echo(made.text, nl=False)
    else:
        try:
            with out.open("x", encoding="utf-8") as file:
                file.write(made.text)
        except FileExistsError:
            raise InputError(
                f"{out}: this file is there already; a draft never overwrites what was corrected"
            ) from None
        except OSError as error:
            raise InputError(f"{out}: {error.strerror or error}") from None
    click.echo(f"{made.clauses} clauses, {made.marked} marks to look at" + (f" → {out}" if out else ""), err=True)
