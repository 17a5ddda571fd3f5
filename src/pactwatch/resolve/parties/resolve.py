"""Claims' speakers, agents and targets resolved to parties of the register; the words themselves are kept as used."""

from collections.abc import Iterator, Sequence
from functools import lru_cache

from pactwatch.model import ISSUER, Claim, Document, Made, Mention, Party, PartyResolution
from pactwatch.resolve.parties.lookup import NameIndex, index
from pactwatch.resolve.parties.membership import side_of
from pactwatch.resolve.parties.mention import Answer, answer, hear
from pactwatch.resolve.parties.view import View, learn, look
from pactwatch.resolve.parties.words import fold

BY = "resolve.parties"
VERSION = "1"

CERTAINTY = {
    "issuer": 0.97,
    "name": 0.95,
    "first_person": 0.9,
    "organ": 0.88,
    "nationality": 0.85,
    "government_there": 0.85,
    "short_form": 0.85,
    "said_before": 0.75,
    "own_institution": 0.75,
    "seat": 0.7,
    "only_one_named": 0.65,
}
"""How far each rule is trusted, set by hand from reading its answers; not calibrated."""

SUGGESTION_MIN_SCORE = 78
"""rapidfuzz token_sort_ratio (0 to 100) from which a name is worth showing to a person. It never decides: two armies
whose names share all words but one reach 85."""

MAX_SUGGESTIONS = 3


def resolve_parties(
    document: Document, claims: Sequence[Claim], register: Sequence[Party]
) -> tuple[PartyResolution, ...]:
    """Return a resolution for the speaker and for every agent and target of each claim, in that order.

    `party` is None, with the reason, for whatever the register does not name; similar names are only suggested.
    """
    view = _view(document, register)
    resolved: list[PartyResolution] = []
    for claim in claims:
        said = _answered(claim.speaker.text, "speaker", view.issuer, view)
        resolved.append(_resolution(claim, "speaker", 0, claim.speaker.text, said, view.names))
        for field, at, mention in _mentions(claim):
            words = mention.text
            speaker = view.issuer if _told_by_issuer(document, claim, mention) else said.party
            # "X says X did not": the words are the issuer's both times, so they mean the same both times.
            found = said if words == claim.speaker.text != ISSUER else _answered(words, field, speaker, view)
            resolved.append(_resolution(claim, field, at, words, found, view.names))
    return tuple(resolved)


def issuer_party(document: Document, register: Sequence[Party]) -> str | None:
    """Return the id of the party that issues the document, None where the register does not have it."""
    return _view(document, register).issuer


def _view(document: Document, register: Sequence[Party]) -> View:
    view = look(document, index(tuple(register)))
    view.issuer = _issuer(document, view).party
    learn(document, view)
    return view


def _mentions(claim: Claim) -> Iterator[tuple[str, int, Mention]]:
    for field, mentions in (("agent", claim.agent), ("target", claim.target)):
        for at, mention in enumerate(mentions):
            yield field, at, mention


def _told_by_issuer(document: Document, claim: Claim, mention: Mention) -> bool:
    """True for indirect speech: the words are the issuer's own, so "our people" are the issuer's people.

    Mention and speaker stand in one paragraph and the mention is not inside quotation marks. In a turn or in quoted
    speech the words are the speaker's.
    """
    if claim.speaker.text == ISSUER or claim.speaker.quote is None or mention.quote is None:
        return False
    first, last = sorted((claim.speaker.quote.span.start, mention.quote.span.start))
    if "\n" in document.text[first:last]:
        return False
    start = document.text.rfind("\n", 0, mention.quote.span.start) + 1
    before = document.text[start : mention.quote.span.start]
    straight = before.count('"') % 2 == 1
    curly = max((before.rfind(c) for c in "“«„"), default=-1) > max(before.rfind("”"), before.rfind("»"))
    return not (straight or curly)


def _issuer(document: Document, view: View) -> Answer:
    """Who the header names; a text without one is nobody's until somebody says so."""
    if not document.issuer:
        return Answer(party=None, rule="issuer", reason="the document names no issuer")
    return answer(hear(document.issuer, "speaker", None, view))


def _answered(words: str, field: str, speaker: str | None, view: View) -> Answer:
    if words != ISSUER:
        return answer(hear(words, field, speaker, view))
    if view.issuer is None:
        return Answer(party=None, rule="issuer", reason="the register does not have the document's issuer")
    # As an agent the issuer stands for its side; as a speaker for itself.
    party = view.issuer if field == "speaker" else side_of(view.issuer, view.day, view.names.by_id)
    return Answer(party=party, rule="issuer")


def _resolution(claim: Claim, field: str, at: int, words: str, found: Answer, names: NameIndex) -> PartyResolution:
    suggestions = () if found.party else (found.near or _suggested(words, names))
    return PartyResolution(
        claim_id=claim.id,
        field=field,
        index=at,
        words=words,
        party=found.party,
        rule=found.rule,
        reason=found.reason,
        suggestions=suggestions[:MAX_SUGGESTIONS],
        made=Made(by=BY, version=VERSION, certainty=CERTAINTY.get(found.rule, 0.8) if found.party else 0.0),
    )


def _suggested(words: str, names: NameIndex) -> tuple[str, ...]:
    """Similar names, for words that hold a proper name."""
    inner = words.split()[1:] or words.split()
    if not any(word[:1].isupper() or word[:1] == "@" for word in inner):
        return ()
    return _similar(fold(words), _Choices(names))


class _Choices:
    """The names of an index, so that suggestions can be kept by register."""

    def __init__(self, names: NameIndex) -> None:
        self.names = names

    def __hash__(self) -> int:
        return id(self.names)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Choices) and self.names is other.names


@lru_cache(maxsize=4_096)
def _similar(folded: str, choices: _Choices) -> tuple[str, ...]:
    """Ids of parties with similar names, best first."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        folded, choices.names.choices.keys(), scorer=fuzz.token_sort_ratio, score_cutoff=SUGGESTION_MIN_SCORE, limit=10
    )
    return tuple(dict.fromkeys(choices.names.choices[name] for name, _, _ in found if len(name) > 3))
