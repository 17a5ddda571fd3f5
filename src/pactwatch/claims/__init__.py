"""Claims out of statements: a reader finds them, the quote gate lets through those whose words are exact."""

from collections.abc import Sequence

from pactwatch import plugins
from pactwatch.claims.gate import admit
from pactwatch.model import Claim, Document, Mark, Party, Problem, Statement

__all__ = ["admit", "extract"]


def extract(
    document: Document,
    statements: Sequence[Statement],
    marks: Sequence[Mark],
    register: Sequence[Party],
    *,
    reader: str = "rules",
) -> tuple[tuple[Claim, ...], tuple[Problem, ...]]:
    """Return the claims of a document in the order of its text, and what was odd or refused.

    `marks` are times and places recognised elsewhere, `register` the known parties; both may be empty. `reader` is
    the name of an installed
    reader; `UnknownName` lists them where there is none of that name.
    """
    made = plugins.load("reader", reader)()
    found, problems = made.read(document, statements, marks, register)
    admitted, refused = admit(document, found)
    return admitted, (*problems, *refused)
