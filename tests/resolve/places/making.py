"""Documents and claims for tests of places, from plain words."""

from collections.abc import Sequence

from pactwatch.model import Act, Claim, Document, IssuerType, Kind, Made, Mention, Quote


def document(text: str) -> Document:
    """A document of that text, issued by nobody."""
    return Document(id="d", source_sha256="0" * 64, text=text, issuer=None, issuer_type=IssuerType.UNKNOWN)


def claim(made_of: Document, places: Sequence[str], *, number: int = 0) -> Claim:
    """A claim whose places are these words, each at its first place in the text (nowhere where it is not there)."""
    whole = made_of.quote(0, len(made_of.text))
    return Claim(
        id=f"c{number}",
        document_id=made_of.id,
        kind=Kind.REPORT,
        act=Act.SHELLING,
        trigger=whole,
        quote=whole,
        speaker=Mention(text="issuer"),
        places=tuple(Mention(text=words, quote=_quote(made_of, words)) for words in places),
        made=Made(by="test", version="1"),
    )


def _quote(made_of: Document, words: str) -> Quote | None:
    at = made_of.text.find(words)
    return made_of.quote(at, at + len(words)) if at >= 0 else None
