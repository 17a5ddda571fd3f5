"""One mention, from the speaker's point of view, to a party of the register: rule by rule, the surest first.

Each rule is a small function that returns an answer or None to let the next one try. No rule knows a party's name.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pactwatch.model import Party, PartyKind
from pactwatch.resolve.parties.lookup import Match, Named, only, split
from pactwatch.resolve.parties.membership import side_of
from pactwatch.resolve.parties.view import View, out_of_place, redefined, seated
from pactwatch.resolve.parties.words import head_words, is_organ, is_people


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A party with the rule that found it, or None with the reason."""

    party: str | None
    rule: str
    reason: str = ""
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A mention as heard: its words, in which field it stands, and who says it."""

    text: str
    field: str
    speaker: str | None
    view: View
    words: list[str]
    written: list[str]
    matches: tuple[Match, ...]


_STOPS = frozenset("(,;:") | {
    *("who", "which", "that", "whom", "whose", "in", "at", "from", "against", "with", "for", "to", "on", "near", "by"),
    *("under", "into", "during", "after", "over", "behind", "inside", "as", "supporting", "fighting"),
}
_BACKED = ("-backed", "-led", "-supported", "-aligned", "-affiliated", "-sponsored")
_OWN = frozenset({"our", "my", "ours"})
_STATE_TITLES = frozenset({"republic", "kingdom", "state", "islamic", "arab", "federal", "people's", "democratic"})
_MEMBERS = frozenset({"member", "members", "state", "states", "countries", "country", "allies"})
_WE = frozenset({"we", "us", "i", "me", "ourselves", "myself"})
_THEIRS = frozenset({"its", "their", "his", "her"})
_OWN_INSTITUTION = frozenset({"state", "republic", "ministry", "nation", "cabinet", "country"})


def hear(text: str, field: str, speaker: str | None, view: View) -> Heard:
    """Return the mention with the names in it that this speaker may use in that sense."""
    words, written = split(text)
    matches = tuple(view.names.matches(words, written, lambda named: _may_mean(named, speaker, view)))
    return Heard(text=text, field=field, speaker=speaker, view=view, words=words, written=written, matches=matches)


def _may_mean(named: Named, speaker: str | None, view: View) -> bool:
    """A name that only some use is theirs alone; capitals that the text explains otherwise are not this party's."""
    if redefined(named, view) or out_of_place(named, view):
        return False
    user = named.alias.used_by
    return not user or user in view.chain(speaker) or user in view.chain(view.issuer)


def answer(heard: Heard) -> Answer:
    """Return the party meant, or None with the reason; never a guess by likeness of names."""
    for rule in RULES:
        found = rule(heard)
        if found is not None:
            return found
    return Answer(party=None, rule="", reason="no name of the register stands in these words")


def _whole_name(heard: Heard) -> Answer | None:
    """The whole mention is a name: `the Front`, `JCMM`."""
    bare = [(w, o) for w, o in zip(heard.words, heard.written, strict=True) if w not in "(),;:&"]
    words, written = [w for w, _ in bare], [o for _, o in bare]
    for match in heard.view.names.matches(words, written, lambda named: _may_mean(named, heard.speaker, heard.view)):
        if match.first == 0 and match.last == len(words):
            return _of(match, heard, "name")
    return None


def _of(match: Match, heard: Heard, rule: str) -> Answer:
    """The one party of a name; of several the one used so by this speaker, then the one that the document names."""
    users = [n.party for n in match.named if n.alias.used_by]
    for some in (users, [n.party for n in match.named]):
        found = only(some)
        if found:
            return Answer(party=found.id, rule=rule)
    here = only(n.party for n in match.named if n.party.id in heard.view.mentioned)
    if here:
        return Answer(party=here.id, rule=rule)
    ids = tuple(sorted({n.party.id for n in match.named}))
    return Answer(party=None, rule=rule, reason="several parties are called so", near=ids)


def _several(heard: Heard) -> Answer | None:
    """`both sides`, `all parties`, `anyone`: no one party."""
    if heard.words and heard.words[0] in head_words("several") and not heard.matches:
        return Answer(party=None, rule="several", reason="these words mean several or nobody in particular")
    return None


def _first_person(heard: Heard) -> Answer | None:
    """`we`, `our forces`, `my Government`, `this army`: the speaker's side; `our families` are its people."""
    words = heard.words
    if not words:
        return None
    own = words[0] in _WE and len(words) == 1
    fighters = words[1:] == ["people"] and heard.field == "agent"
    organ = is_organ(words[1:]) or fighters
    if words[0] in _OWN:
        if is_people(words[1:]) and not fighters:
            return Answer(party=None, rule="first_person", reason="names the speaker's people, not its organs")
        own = organ or "own" in words
    elif words[0] == "this" and len(words) == 2:
        own = words[1] in _OWN_INSTITUTION | head_words("armed") | head_words("government")
    elif words[0] in _THEIRS and words[1:] in (["side"], ["own", "side"]):
        own = True
    if not own:
        return None
    if heard.speaker is None:
        return Answer(party=None, rule="first_person", reason="it is not known whose side the speaker is on")
    return Answer(party=side_of(heard.speaker, heard.view.day, heard.view.names.by_id), rule="first_person")


def _government_there(heard: Heard) -> Answer | None:
    """`the regime in X`, `forces of the X administration`: who governs there, as the register has it."""
    if heard.words and is_people(heard.words[:1]):
        return None
    found, _ = seated(heard.words, heard.view, heard.speaker)
    if found is None:
        return None
    if _joined(heard, heard.matches, len(heard.words)):
        return Answer(party=None, rule="several", reason="these words name several parties", near=(found.id,))
    return Answer(party=found.id, rule="government_there")


def _by_name_inside(heard: Heard) -> Answer | None:
    """A name inside the mention, where the noun beside it is the party's own: `fighters of the Front`."""
    end = _head_end(heard)
    inside = [m for m in heard.matches if m.first < end]
    if not inside:
        return None
    person = next((m for m in inside if m.named[0].party.kind is PartyKind.PERSON), None)
    if person is not None:
        return _of_person(person, heard, end)
    if _joined(heard, inside, end):
        return Answer(party=None, rule="several", reason="these words name several parties", near=_ids(inside))
    if _in_longer_name(inside[0], heard):
        if all(word.islower() for word in heard.written[inside[0].first : inside[0].last]):
            return None  # `the X army` is X's, where `the army` alone is the register's: the next rules know X
        return Answer(party=None, rule="longer_name", reason="part of a longer name", near=_ids(inside[:1]))
    of = heard.words.index("of") if "of" in heard.words[:end] else end
    first = [m for m in inside if m.first < of]
    return _beside(first[0], heard, min(of, end)) if first else _behind_of(inside[0], heard, of)


def _head_end(heard: Heard) -> int:
    """Where the head of the mention ends: before the first relative or preposition that is no part of a name."""
    covered = {at for m in heard.matches for at in range(m.first, m.last)}
    return next(
        (at for at, word in enumerate(heard.words) if word in _STOPS and at not in covered and at > 0), len(heard.words)
    )


def _ids(matches: Sequence[Match]) -> tuple[str, ...]:
    return tuple(sorted({n.party.id for m in matches for n in m.named}))


def _joined(heard: Heard, inside: Sequence[Match], end: int) -> bool:
    """True for `X and Y`, `either X or Y`, unless the joint is part of a name or stands in a relative clause."""
    relative = (at for at, word in enumerate(heard.words) if word in {"who", "which", "that", "whom", "whose"})
    end = min(end, next(relative, end))
    covered = {at for m in inside for at in range(m.first, m.last)}
    return any(heard.words[at] in {"and", "or", "either", "both", "&"} for at in range(end) if at not in covered)


def _in_longer_name(match: Match, heard: Heard) -> bool:
    """True where a capitalised word that is no noun for an organ stands right before the name: it is another's name."""
    if match.first == 0:
        return False
    word, written = heard.words[match.first - 1], heard.written[match.first - 1]
    if word.endswith(_BACKED):
        return False
    return written[0].isupper() and word not in _STOPS and not is_organ([word]) and not is_people([word])


def _of_person(match: Match, heard: Heard, end: int) -> Answer:
    """A person by name; `X's men` are those of the person's side."""
    after = heard.words[match.last : end]
    found = _of(match, heard, "name")
    if after[:1] == ["'s"] and found.party:
        if not is_organ(after[1:]):
            return Answer(party=None, rule="thing", reason="names something of a person's", near=(found.party,))
        return Answer(party=side_of(found.party, heard.view.day, heard.view.names.by_id), rule="organ")
    return found


def _beside(match: Match, heard: Heard, end: int) -> Answer:
    """A name with nouns behind it: `SPF fighters` yes, `SPF families` no."""
    rest = _nouns(heard, match.last, end)
    if not rest:
        return _of(match, heard, "name")
    return _by_noun(match, heard, rest)


def _nouns(heard: Heard, first: int, last: int) -> list[str]:
    """The nouns in [first, last) that say what it is: the last common noun, or all where only names stand there."""
    some = [at for at in range(first, last) if heard.words[at] not in {"'s", "own", "of"}]
    common = [heard.words[at] for at in some if heard.written[at].islower()]
    return common[-1:] or [heard.words[at] for at in some]


def _behind_of(match: Match, heard: Heard, of: int) -> Answer:
    """A name behind `of`: the noun before `of` decides."""
    return _by_noun(match, heard, _nouns(heard, 0, of) or heard.words[:of])


def _by_noun(match: Match, heard: Heard, nouns: Sequence[str]) -> Answer:
    if is_people(nouns[-1:]):
        return Answer(party=None, rule="people", reason="names people, not a party", near=_ids([match]))
    kind = match.named[0].party.kind
    if kind is PartyKind.STATE and set(nouns) <= _STATE_TITLES:
        return _of(match, heard, "name")
    if kind is PartyKind.STATE and any(w in head_words("insurgent") for w in nouns):
        return Answer(party=None, rule="people", reason="names an armed group of that country", near=_ids([match]))
    if kind is PartyKind.INTERNATIONAL and set(nouns[-1:]) & _MEMBERS:
        return Answer(party=None, rule="several", reason="names members of the body, not the body", near=_ids([match]))
    if is_organ(nouns) or any(w in head_words("hostile") | head_words("insurgent") for w in nouns):
        return _of(match, heard, "organ")
    return Answer(party=None, rule="thing", reason="names something of a party's, not the party", near=_ids([match]))


def _nationality(heard: Heard) -> Answer | None:
    """`the Americans`-like nouns and demonyms with a noun of state: `X forces`, `the X invaders`; not `X rebels`."""
    end = _head_end(heard)
    for at in range(end):
        for size in (3, 2, 1):
            words = tuple(heard.words[at : at + size])
            if at + size > end:
                continue
            plain = heard.view.names.demonyms.get(words)
            plural = heard.view.names.demonyms.get((*words[:-1], _singular(words[-1])))
            found = only(plain or plural or ())
            if found and heard.written[at][0].isupper():
                return _of_nation(found, heard, _nouns(heard, at + size, end), bool(plural and not plain))
    return None


def _singular(word: str) -> str:
    return word.removesuffix("s") if len(word) > 3 else word


def _of_nation(state: Party, heard: Heard, rest: Sequence[str], plural: bool) -> Answer:
    near = (state.id,)
    if not rest:
        definite = heard.text.lower().startswith("the ")
        if heard.field == "agent" and not plural and len(heard.written) == len(heard.text.split()):
            return Answer(party=state.id, rule="nationality")  # the adjective of an act's noun: `Varanan shelling`
        if definite and (plural or heard.field != "target"):
            return Answer(party=state.id, rule="nationality")
        return Answer(party=None, rule="nationality", reason="names people of a nation, not the state", near=near)
    if is_people(rest[-1:]):
        return Answer(party=None, rule="people", reason="names people of a nation, not the state", near=near)
    if any(word in head_words("insurgent") for word in rest):
        return Answer(party=None, rule="nationality", reason="names an armed group of that country", near=near)
    if is_organ(rest) or any(word in head_words("hostile") for word in rest):
        return Answer(party=state.id, rule="nationality")
    return Answer(party=None, rule="thing", reason="names something of a nation's, not the state", near=near)


def _seat(heard: Heard) -> Answer | None:
    """A seat of government stands for those who sit there, where somebody speaks or acts."""
    if heard.field == "target" or heard.text.isupper():
        return None  # in capitals it is the place of a dateline
    found = only(heard.view.names.seats.get(tuple(heard.words), ()))
    if found is None or found.id in heard.view.chain(heard.speaker):
        return None
    return Answer(party=found.id, rule="seat")


def _said_before(heard: Heard) -> Answer | None:
    """`the regime`, after the text has said which."""
    for word in heard.words[:4]:
        if word in heard.view.seated and not is_people(heard.words[-1:]):
            return Answer(party=heard.view.seated[word], rule="said_before")
    return None


def _short_form(heard: Heard) -> Answer | None:
    """`the Front`, where one party that the document names has a longer name ending so."""
    words = tuple(w for w in heard.words if w != "'s")
    if not words or len(words) > 3 or not heard.written[-1][:1].isupper():
        return None
    ending = heard.view.names.ending_in(words)
    here = [p for p in ending if p.id in heard.view.mentioned or p.id in heard.view.chain(heard.view.issuer)]
    found = only(here)
    if found:
        return Answer(party=found.id, rule="short_form")
    if here:
        ids = tuple(sorted(p.id for p in here))
        return Answer(party=None, rule="short_form", reason="several parties of the text are called so", near=ids)
    return None


def _said_of(heard: Heard) -> Answer | None:
    """`the Volunteers`, after the text has spoken of the Volunteers of one party."""
    if len(heard.words) != 1 or not heard.written[0][:1].isupper() or not heard.text.lower().startswith("the "):
        return None
    ids = heard.view.heads.get(heard.words[0], set())
    return Answer(party=next(iter(ids)), rule="short_form") if len(ids) == 1 else None


def _own_institution(heard: Heard) -> Answer | None:
    """`the Government`, `the army`: the speaker's own where it governs; else the only one that the document names."""
    words = [w for w in heard.words if w not in {"'s", "armed"}]
    core = head_words("government") | head_words("armed") | _OWN_INSTITUTION
    definite = heard.text.lower().startswith(("the ", "this ")) or (heard.written and heard.written[0][:1].isupper())
    if not words or not set(words) <= core or not definite:
        return None
    wanted = PartyKind.FORCES if set(words) & head_words("armed") else PartyKind.GOVERNMENT
    own = heard.view.chain(heard.speaker)
    by_id = heard.view.names.by_id
    governs = {PartyKind.GOVERNMENT, PartyKind.STATE, PartyKind.FORCES}
    mine = [by_id[i] for i in own if i in by_id and by_id[i].kind in governs]
    exact = next((p for p in mine if p.kind is wanted), None)
    if mine and words[0] in _OWN_INSTITUTION | {"government", "army", "cabinet", "military", "forces"}:
        return Answer(party=(exact or mine[-1]).id, rule="own_institution")
    here = [by_id[i] for i in heard.view.mentioned if by_id[i].kind is wanted]
    found = only(here)
    return Answer(party=found.id, rule="only_one_named") if found else None


RULES: tuple[Callable[[Heard], Answer | None], ...] = (
    _whole_name,
    _first_person,
    _several,
    _government_there,
    _by_name_inside,
    _nationality,
    _seat,
    _said_before,
    _short_form,
    _said_of,
    _own_institution,
)
