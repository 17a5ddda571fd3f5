"""What the network is asked about: every word that may name an act, and everything that may take part in it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from pactwatch.claims.assemble import Draft, draft_of, remember_names
from pactwatch.claims.candidates import Candidate
from pactwatch.claims.forms import Form
from pactwatch.claims.grammar import phrase
from pactwatch.claims.lexicon import Lexicon
from pactwatch.claims.mentions import Scope, mention_of
from pactwatch.claims.parse import Passage
from pactwatch.claims.places import Setting, setting_of
from pactwatch.claims.short_answers import short_answer
from pactwatch.claims.sides import Side
from pactwatch.claims.triggers import find, unlisted
from pactwatch.model import Mark, Mention

PATH_STEPS = 4


@dataclass(slots=True)
class Named:
    """Something that may take part in an act: where its words stand, what they name, and of which sort it is."""

    start: int
    end: int
    mention: Mention
    sort: str
    token: Any
    sentence: int


@dataclass(slots=True)
class Proposal:
    """A word that may name an act, not yet read by the rules; `listed` where the rules know it for one."""

    candidate: Candidate
    place: tuple[int, int]
    listed: bool
    answers: Any = None


@dataclass(slots=True)
class SentenceView:
    """One sentence of a statement: where it stands, what is proposed in it and what is named in it."""

    number: int
    start: int
    end: int
    sentence: Any
    scope: Scope
    setting: Setting
    proposals: list[Proposal]
    named: list[Named]

    def draft(self, proposal: Proposal, words: Lexicon) -> Draft:
        """Return what the rules make of a proposal."""
        return draft_of(
            proposal.candidate,
            self.sentence,
            self.setting,
            self.scope,
            words,
            proposal.answers,
            remember=proposal.listed,
        )

    def close(self) -> None:
        """Let later sentences know who was named in this one; to be called when its drafts are made."""
        remember_names(self.sentence, self.scope)


def views(scope: Scope, marks: Sequence[Mark], starts: Sequence[int], words: Lexicon) -> Iterator[SentenceView]:
    """Yield the sentences of a passage in order. `marks` are sorted, `starts` are their beginnings.

    What a sentence proposes depends on those before it, so that each is to be closed before the next is asked for.
    """
    passage: Passage = scope.passage
    for sentence in passage.doc.sents:
        scope.memory.sentence += 1
        low, high = passage.offsets[sentence[0].idx], passage.offsets[sentence[-1].idx] + 1
        inside = marks[bisect_left(starts, low) : bisect_left(starts, high)]
        setting = setting_of(sentence, scope, inside)
        yield SentenceView(
            number=scope.memory.sentence,
            start=low,
            end=passage.offsets[sentence[-1].idx + len(sentence[-1]) - 1] + 1,
            sentence=sentence,
            scope=scope,
            setting=setting,
            proposals=_proposals(sentence, scope, words),
            named=_named(sentence, scope, setting),
        )


def _proposals(sentence: Any, scope: Scope, words: Lexicon) -> list[Proposal]:
    answer = short_answer(sentence, scope.memory, words)
    if answer is not None:
        return [_proposal(answer[0], scope, True, answer[1])]
    listed = [c for c in find(sentence, words) if c.mood.form is not Form.CONDITION]
    taken = {i for c in listed for i in range(min(c.first.i, c.head.i), c.last.i + 1)}
    return [
        *(_proposal(c, scope, True) for c in listed),
        *(_proposal(c, scope, False) for c in unlisted(sentence, words, taken)),
    ]


def _proposal(candidate: Candidate, scope: Scope, listed: bool, answers: Any = None) -> Proposal:
    return Proposal(candidate, scope.passage.span(candidate.first, candidate.last), listed, answers)


_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_HEAD_OF_PHRASE = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "dative", "conj"})
_ANYBODY = frozenset({"anyone", "anybody", "everyone", "everybody", "someone", "somebody", "whoever", "those", "all"})


def _named(sentence: Any, scope: Scope, setting: Setting) -> list[Named]:
    """Return what may take part: noun phrases by their heads, pronouns resolved, times and places."""
    found = []
    for token in sentence:
        inner = token.dep_ == "compound" and token.head.pos_ in ("NOUN", "PROPN") and not token.ent_type_
        if inner or not _may_name(token):
            continue
        mention = mention_of(token, scope)
        sort = "pronoun" if token.pos_ == "PRON" or token.tag_ == "PRP$" else "phrase"
        if mention is None and token.lower_ in _ANYBODY and token.dep_ in _HEAD_OF_PHRASE:
            mention, sort = scope.mention(*phrase(token)), "anybody"
        if mention is not None:
            found.append(_one(token, token, token, mention, sort, scope))
    for sort, stretches in (("place", setting.places), ("time", setting.times)):
        for head, first, last in stretches:
            found.append(_one(head, first, last, scope.mention(first, last), sort, scope))
    return found


def _may_name(token: Any) -> bool:
    """True for nouns, names and pronouns, and for what stands in the place of one: "the wounded", "the five"."""
    if token.pos_ in _NOMINAL or token.ent_type_ in ("NORP", "GPE", "ORG"):
        return True
    determined = token.dep_ in _HEAD_OF_PHRASE and any(c.dep_ == "det" for c in token.lefts)
    return determined and token.pos_ in ("ADJ", "NUM")


def _one(head: Any, first: Any, last: Any, mention: Mention, sort: str, scope: Scope) -> Named:
    start, end = scope.passage.span(first, last)
    if sort in ("phrase", "anybody") and mention.quote is not None:
        span = mention.quote.span
        if span.start <= start and end <= span.end:
            start, end = span.start, span.end
    return Named(start, end, mention, sort, head, scope.memory.sentence)


def pair_features(draft: Draft, proposal: Proposal, named: Named, sentence: int, scope: Scope) -> set[str]:
    """Return the names of what holds between an act and something that may take part in it."""
    near = named.sentence == sentence
    before = named.start < proposal.place[0]
    found = {f"sort.{named.sort}", f"near.{near}", f"act.{draft.act}.{named.sort}"}
    rule = "none"
    for role in ("agent", "target", "places"):
        if any(m.text == named.mention.text for m in getattr(draft, role)):
            rule = role
            found.add(f"rule.{role}")
    if draft.time is not None and draft.time.text == named.mention.text:
        rule = "time"
        found.add("rule.time")
    if draft.speaker.text == named.mention.text:
        found.add("rule.speaker")
    side = scope.sides.relation(named.mention.text, draft.speaker.text) if named.sort != "time" else Side.NONE
    found |= {
        f"side.{side}",
        f"side.{side}.{named.sort}.{near}",
        f"rule.{rule}.{named.sort}",
        f"kind.{draft.kind}.{side}",
    }
    found |= {f"empty.{role}" for role in ("agent", "target", "places") if not getattr(draft, role)}
    if near:
        path = _path(proposal.candidate.head, named.token)
        distance = abs(named.token.i - proposal.candidate.head.i)
        found |= {f"path.{path}", f"path.{path}.{named.sort}", f"far.{min(5, distance // 3)}.{before}"}
        found |= {f"dep.{named.token.dep_}", f"{'noun' if proposal.candidate.noun else 'verb'}.{path.split('/')[0]}"}
    else:
        found |= {
            f"back.{min(4, sentence - named.sentence)}",
            f"back.dep.{named.token.dep_}.{min(2, sentence - named.sentence)}",
        }
    return found


def _path(act: Any, token: Any) -> str:
    """Return how the grammar leads from an act's word to another word: relations upwards, then downwards."""
    ups = [act]
    while ups[-1].head is not ups[-1] and len(ups) <= PATH_STEPS:
        ups.append(ups[-1].head)
    above = {t.i: n for n, t in enumerate(ups)}
    down, at = [], token
    while at.i not in above:
        down.append(f"{at.dep_}" + (f":{at.lower_}" if at.dep_ in ("prep", "agent") else ""))
        if at.head is at or len(down) > PATH_STEPS:
            return "far"
        at = at.head
    return "^".join(t.dep_ for t in ups[: above[at.i]]) + "/" + "/".join(reversed(down))
