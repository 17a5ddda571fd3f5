"""Documents and claims for tests of parties, from plain words."""

import datetime as dt
from collections.abc import Sequence

from pactwatch.model import Act, Alias, Claim, Document, IssuerType, Kind, Made, Membership, Mention, Party, PartyKind


def document(text: str, issuer: str | None = None, published: str | None = None) -> Document:
    """A document of that text and issuer."""
    return Document(
        id="d", source_sha256="0" * 64, text=text, issuer=issuer, issuer_type=IssuerType.PARTY, published=published
    )


def claim(
    made_of: Document, *, speaker: str = "issuer", agent: Sequence[str] = (), target: Sequence[str] = ()
) -> Claim:
    """A claim with these mentions, each quoted where its words first stand."""
    whole = made_of.quote(0, len(made_of.text))
    return Claim(
        id="c",
        document_id=made_of.id,
        kind=Kind.ACCUSATION,
        act=Act.SHELLING,
        trigger=whole,
        quote=whole,
        speaker=_mention(made_of, speaker),
        agent=tuple(_mention(made_of, words) for words in agent),
        target=tuple(_mention(made_of, words) for words in target),
        made=Made(by="test", version="1"),
    )


def _mention(made_of: Document, words: str) -> Mention:
    at = made_of.text.find(words) if words != "issuer" else -1
    return Mention(text=words, quote=made_of.quote(at, at + len(words)) if words and at >= 0 else None)


def party(
    identity: str,
    own_name: str,
    kind: PartyKind = PartyKind.ARMED_GROUP,
    *,
    names: Sequence[str] = (),
    called: Sequence[tuple[str, str]] = (),
    member_of: Sequence[tuple[str, str | None, str | None]] = (),
    codes: Sequence[tuple[str, str]] = (),
) -> Party:
    """A party; `called` are pairs of name and user, `member_of` of id, first and last day."""
    return Party(
        id=identity,
        label=own_name,
        own_name=own_name,
        kind=kind,
        aliases=(*(Alias(name=n) for n in names), *(Alias(name=n, used_by=u, loaded=True) for n, u in called)),
        member_of=tuple(Membership(of=of, since=_day(since), until=_day(until)) for of, since, until in member_of),
        codes=tuple(codes),
    )


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
