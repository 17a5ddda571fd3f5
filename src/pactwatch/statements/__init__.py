"""Whose voice, which passage: documents in, statements out.

Speaker turns of interviews and threads, reprinted statements and block quotes become statements of their own;
quotation inside a sentence is the claims room's work.
"""

from pactwatch.model import Document, Problem, Statement
from pactwatch.statements.turns import passages_by_voice

__all__ = ["split"]


def split(document: Document) -> tuple[tuple[Statement, ...], tuple[Problem, ...]]:
    """Return the statements of a document in order, covering all of its text, and what was odd about it.

    A statement without `voice` is the issuer's own. A document without a word gives no statement and one problem.
    """
    if not document.text.strip():
        problem = Problem(
            code="statement-empty",
            where=document.id,
            what="there is no text to read",
            advice="Look at the file; a scanned page needs text recognition first.",
        )
        return (), (problem,)
    return passages_by_voice(document), ()
