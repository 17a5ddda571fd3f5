"""From one candidate to a draft of a claim: speaker, agent, target, place, time, condition, counts, kind."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from pactwatch.claims import back_reference
from pactwatch.claims.back_reference import Filled
from pactwatch.claims.candidates import Candidate
from pactwatch.claims.conditions import condition_of
from pactwatch.claims.counts import counts_of
from pactwatch.claims.evidence import features_of
from pactwatch.claims.forms import Form
from pactwatch.claims.grammar import children, phrase
from pactwatch.claims.kinds import Factors, kind_of
from pactwatch.claims.lexicon import Lexicon
from pactwatch.claims.memory import Told
from pactwatch.claims.mentions import Scope, mention_of, mentions, own_side
from pactwatch.claims.places import Setting, places_of, setting_of, time_of
from pactwatch.claims.quantities import quantities_of
from pactwatch.claims.quotes import bounds
from pactwatch.claims.roles import agents_of, targets_of
from pactwatch.claims.short_answers import short_answer
from pactwatch.claims.sides import Side
from pactwatch.claims.speakers import inside_quotes, speaker_of
from pactwatch.claims.triggers import find
from pactwatch.model import ISSUER, Act, Count, Kind, Mark, Mention, Quantity, Quote


@dataclass(slots=True)
class Draft:
    """A claim before the certainty is known. `trigger` and `quote` are places in the document."""

    kind: Kind
    act: Act
    trigger: tuple[int, int]
    quote: tuple[int, int]
    speaker: Mention
    agent: tuple[Mention, ...]
    target: tuple[Mention, ...]
    places: tuple[Mention, ...]
    time: Mention | None
    counts: tuple[Count, ...]
    negated: bool
    condition: Quote | None
    own_side: Mention
    agent_from_before: bool
    features: set[str]
    quantities: tuple[Quantity, ...] = ()
    unsure: list[str] = field(default_factory=list)
    trace: list[tuple[str, str]] = field(default_factory=list)


def drafts(sentence: Any, scope: Scope, marks: Sequence[Mark], words: Lexicon) -> Iterator[Draft]:
    """Yield the drafts of one sentence in the order of its text, and remember what it told."""
    setting = setting_of(sentence, scope, marks)
    answer = short_answer(sentence, scope.memory, words)
    if answer is not None:
        yield draft_of(answer[0], sentence, setting, scope, words, answer[1])
    else:
        for candidate in find(sentence, words):
            if candidate.mood.form is Form.CONDITION:
                continue
            draft = draft_of(candidate, sentence, setting, scope, words)
            if candidate.mood.form is not Form.QUESTION:
                yield draft
    remember_names(sentence, scope)


def draft_of(
    candidate: Candidate,
    sentence: Any,
    setting: Setting,
    scope: Scope,
    words: Lexicon,
    answers: Told | None = None,
    *,
    remember: bool = True,
) -> Draft:
    """Return the draft of one candidate; `remember` lets later sentences refer back to its act."""
    speaker = speaker_of(candidate.mood, candidate.head, scope)
    inner = Scope(scope.document, scope.passage, scope.sides, scope.memory, speaker)
    agents, targets = agents_of(candidate, words), targets_of(candidate, words)
    places = places_of(candidate, setting, agents, targets)
    time = time_of(candidate, setting)
    own = _own_participants(agents, targets, places, time, inner)
    harmful = is_harmful(candidate)
    filled = _completed(candidate, own, inner, words, answers)
    side = side_of(filled.agent, speaker, scope)
    condition = condition_of(candidate.verb, sentence)
    kind, rule = kind_of(_factors(candidate, side, speaker, scope, condition is not None))
    if speaker.text != ISSUER and inside_quotes(candidate.head):
        scope.memory.open_quote = speaker
    spans = [*places, *([time] if time else []), *[phrase(h) for h in own_words(candidate, agents, targets)]]
    first, last = bounds((candidate.first, candidate.last), spans, sentence)
    if remember:
        _remember_act(candidate, filled, harmful, side, scope)
    counts = counts_of(candidate.head, candidate.sense.act, targets, words)
    return Draft(
        kind=kind,
        act=candidate.sense.act,
        trigger=scope.passage.span(candidate.first, candidate.last),
        quote=scope.passage.span(first, last),
        speaker=speaker,
        agent=filled.agent,
        target=filled.target,
        places=filled.places,
        time=filled.time,
        counts=counts,
        quantities=quantities_of(candidate, (first, last), [*agents, *targets], counts, scope, words),
        negated=(candidate.mood.negated and not candidate.mood.failed) or candidate.mood.form is Form.DENIAL,
        condition=scope.document.quote(*scope.passage.span(*condition)) if condition else None,
        own_side=own_side(inner),
        agent_from_before=bool(filled.agent) and not own.agent,
        features=features_of(candidate, filled, own, side, speaker, rule, harmful, scope, words),
        trace=_trace(candidate, rule, filled.rule, scope),
    )


def _own_participants(
    agents: list[Any],
    targets: list[Any],
    places: list[tuple[Any, Any]],
    time: tuple[Any, Any] | None,
    scope: Scope,
) -> Filled:
    """What the act's own sentence says of its participants."""
    return Filled(
        agent=canonical(mentions(agents, scope), scope),
        target=mentions(targets, scope),
        places=tuple(dict.fromkeys(scope.mention(*p) for p in places)),
        time=scope.mention(*time) if time else None,
    )


def _completed(candidate: Candidate, own: Filled, scope: Scope, words: Lexicon, answers: Told | None) -> Filled:
    """Add what earlier sentences and the speaker's side give."""
    harmful = is_harmful(candidate)
    if answers is not None:
        filled = back_reference.answering(own, answers)
    else:
        filled = back_reference.fill(candidate, own, scope.memory, words, harmful=harmful)
    filled = back_reference.agent_from_before(candidate, filled, scope.memory, harmful=harmful)
    filled = back_reference.place_from_before(candidate, filled, scope.memory)
    return _default_agent(candidate, filled, scope)


def own_words(candidate: Candidate, agents: list[Any], targets: list[Any]) -> list[Any]:
    """Return the heads of what belongs into the quote: the participants, and a verb's subject and object whatever
    they are.
    """
    if candidate.noun:
        return [*agents, *targets]
    return [*agents, *targets, *children(candidate.head, "nsubj", "nsubjpass", "dobj")]


def canonical(agents: tuple[Mention, ...], scope: Scope) -> tuple[Mention, ...]:
    """Write `issuer` for an agent that is called by the issuer's own name."""
    found = [Mention(text=ISSUER) if a.text != ISSUER and scope.sides.names_issuer(a.text) else a for a in agents]
    return tuple(dict.fromkeys(found))


def is_harmful(candidate: Candidate) -> bool:
    """True where the act, a duty not done included, does harm."""
    return candidate.sense.polarity == "h" or (candidate.sense.polarity == "g" and candidate.mood.failed)


def side_of(agent: tuple[Mention, ...], speaker: Mention, scope: Scope) -> Side:
    """Return whose side an act's agents are on: the speaker's own as soon as one of them is."""
    sides = {scope.sides.relation(a.text, speaker.text) for a in agent}
    return next((s for s in (Side.OWN, Side.ALLY, Side.OTHER) if s in sides), Side.NONE)


def _factors(candidate: Candidate, side: Side, speaker: Mention, scope: Scope, conditional: bool) -> Factors:
    mood, sense = candidate.mood, candidate.sense
    return Factors(
        form=mood.form,
        side=side,
        harmful=is_harmful(candidate),
        conciliatory=sense.polarity == "g" and not mood.failed,
        negated=mood.negated,
        failed=mood.failed,
        voice=scope.document.issuer_type,
        own_voice=speaker.text == ISSUER,
        blamed=mood.blamed,
        conditional=conditional,
        act=sense.act,
    )


def _default_agent(candidate: Candidate, filled: Filled, scope: Scope) -> Filled:
    """A doer left out of one's own promise, admission or denial is the speaker's side."""
    if filled.agent or candidate.mood.form not in (Form.PROMISE, Form.ADMISSION, Form.DENIAL):
        return filled
    by = mentions(candidate.mood.by, scope)
    return Filled(by or (own_side(scope),), filled.target, filled.places, filled.time, filled.rule or "agent.own-side")


def _remember_act(candidate: Candidate, filled: Filled, harmful: bool, side: Side, scope: Scope) -> None:
    if (
        candidate.mood.form in (Form.ASSERTION, Form.ADMISSION, Form.QUESTION)
        and not candidate.mood.negated
        and candidate.sense.grade < 4
    ):
        told = Told(
            candidate.sense.act,
            filled.agent,
            filled.target,
            filled.places,
            filled.time,
            scope.memory.sentence,
            harmful,
            side is Side.OTHER,
        )
        scope.memory.acts.append(told)


def remember_names(sentence: Any, scope: Scope) -> None:
    """Keep the last subject that is a name or a group, for pronouns in the sentences that follow."""
    for token in sentence:
        if (
            token.dep_ in ("nsubj", "nsubjpass")
            and token.pos_ in ("PROPN", "NOUN")
            and token.head.dep_ in ("ROOT", "ccomp", "conj")
        ):
            made = mention_of(token, scope)
            if made is not None:
                scope.memory.named.append((scope.memory.sentence, made))
        if token.ent_type_ == "PERSON" and token.dep_ in ("nsubj", "appos", "pobj") and children(token, "compound"):
            first, last = phrase(token)
            scope.memory.people.setdefault(token.lower_, scope.mention(first, last))


def _trace(candidate: Candidate, rule: str, back: str, scope: Scope) -> list[tuple[str, str]]:
    found = [(f"act.{'noun' if candidate.noun else 'verb'}", candidate.head.text)]
    found += [(f"mood.{name}", word.text) for name, word in candidate.mood.cues]
    if candidate.support:
        found.append((f"support.{candidate.support}", candidate.head.head.text))
    return [*found, (rule, candidate.mood.form.value), *([(back, "")] if back else [])]
