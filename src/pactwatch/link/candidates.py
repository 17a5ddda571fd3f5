"""Which clauses an act touches: candidates with features that explain themselves, and abstention where nothing fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.link import terms
from pactwatch.link.citation import strength
from pactwatch.link.context import Told
from pactwatch.link.parts import all_targets, all_words, modality, names_act
from pactwatch.link.targets import Fit, fit
from pactwatch.link.view import ACTOR_KINDS, Register, View
from pactwatch.model import Act, Clause, ClauseRole, Kind, Modality, PartyKind

THRESHOLD = 0.45
"""Below it a clause is not named. Measured on the 13 Varana documents; see docs/explanation/applicability.md."""

NEAR_BEST_SHARE = 0.7
"""A second clause is named where it fits at least this well, measured against the best."""

MOST = 3
"""No claim is laid beside more clauses than a reader takes in at once."""

_NEAR: tuple[frozenset[Act], ...] = (
    frozenset({Act.KILLING, Act.ARMED_ATTACK, Act.SHELLING, Act.AIR_STRIKE, Act.BOMBING}),
    frozenset({Act.DESTRUCTION, Act.SHELLING, Act.AIR_STRIKE, Act.BOMBING}),
    frozenset({Act.ABDUCTION, Act.DETENTION, Act.PRISONER_RELEASE}),
    frozenset({Act.TORTURE, Act.ABUSE, Act.SEXUAL_VIOLENCE}),
    frozenset({Act.AID, Act.OBSTRUCTION}),
    frozenset({Act.MONITORING, Act.INVESTIGATION, Act.OBSTRUCTION}),
    frozenset({Act.AGREEMENT, Act.CEASEFIRE, Act.NEGOTIATION}),
    frozenset({Act.TROOP_MOVEMENT, Act.WITHDRAWAL, Act.TERRITORY}),
)
"""Acts that the guide's words confuse or that stand for one another; each pair in one set is near."""

_NEAR_SHARE = 0.5
_MEANS_SHARE = 0.9


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A clause that a claim touches: how well (0 to 1), by which features, and the claim's words that fit it.

    `direct` is True where the clause names the claim's own act, or (`by_means`) the means that a neighbouring claim
    tells.
    """

    clause: Clause
    score: float
    features: tuple[tuple[str, float], ...]
    hits: tuple[terms.Hit, ...]
    direct: bool
    by_means: bool
    target: Fit
    counted: bool


def candidates(view: View, clauses: Sequence[Clause], register: Register, told: Told) -> tuple[Candidate, ...]:
    """Return the clauses that the claim touches, best first; none where nothing fits well enough."""
    if view.claim.kind is Kind.POSITION:
        return ()
    scored = [found for clause in clauses if (found := _candidate(view, clause, register, told)) is not None]
    scored.sort(key=lambda one: (-one.score, one.clause.id))
    return _kept(scored)


def _kept(scored: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The best few: general clauses yield to special ones, and of those whose target is unsaid the first stays."""
    kept = _without_unsaid(_without_general(scored))
    if not kept:
        return ()
    cut = kept[0].score * NEAR_BEST_SHARE
    excepted = {name for one in kept if is_exception(one.clause) and one.score >= cut for name in one.clause.excepts}
    near = [one for one in kept if one.score >= cut or (one.direct and one.clause.id in excepted) or one.by_means]
    return tuple(near[:MOST])


def is_exception(clause: Clause) -> bool:
    """Return True for a clause that allows what another forbids."""
    return clause.role is ClauseRole.EXCEPTION


def _without_general(scored: Sequence[Candidate]) -> list[Candidate]:
    """A clause that protects everybody yields to one that names the very target, or that an exception is raised to."""
    named = any(one.target is Fit.NAMED and one.direct and not is_exception(one.clause) for one in scored)
    raised = {name for one in scored if is_exception(one.clause) for name in one.clause.excepts}
    shielded = any(one.direct and one.clause.id in raised and all_targets(one.clause) for one in scored)
    if not named and not shielded:
        return list(scored)
    return [one for one in scored if not _is_general(one.clause)]


def _is_general(clause: Clause) -> bool:
    """No target, no words that must stand there, several acts: a clause that catches whatever others leave."""
    unlimited = not all_targets(clause) and not clause.only_with and not is_exception(clause)
    return unlimited and Act.ARMED_ATTACK in clause.acts


def _without_unsaid(scored: Sequence[Candidate]) -> list[Candidate]:
    """Where the claim does not say whom the act struck, only the clause that it fits best is named for it."""
    out: list[Candidate] = []
    for one in scored:
        rival = any(other.direct and not is_exception(other.clause) for other in out)
        if one.target is Fit.UNSAID and rival and not is_exception(one.clause) and not one.hits and not one.counted:
            continue
        out.append(one)
    return out


def _candidate(view: View, clause: Clause, register: Register, told: Told) -> Candidate | None:
    if _not_addressed(view, clause, register):
        return None
    act, direct, by_means = _act(view, clause, told)
    if _open_reading(view, clause, register):
        act, direct = max(act, _NEAR_SHARE + _OPEN_SHARE), True
    hits = terms.find(all_words(clause), view.deed if is_exception(clause) else view.unconditional)
    in_trigger = _in_trigger(view, hits)
    cited = strength(clause, view.claim.quote.text)
    if _told_as_proper(view, clause, direct=direct):
        return None
    if not _word_enough(view, clause, act, cited, hits=bool(hits), in_trigger=in_trigger):
        return None
    if act == 0.0 and view.claim.act is Act.OTHER:
        act = _NEAR_SHARE
    target = fit(view, all_targets(clause), register)
    if target is Fit.OTHER:
        return None
    features = (
        ("act", act),
        ("target", target.value),
        ("words", min(1.0, len({hit.term for hit in hits}) / 2)),
        ("trigger", float(in_trigger)),
        ("cited", cited),
        ("narrow", _narrow(view, clause) if direct else 0.0),
    )
    score = sum(_WEIGHTS[name] * value for name, value in features)
    if score < THRESHOLD:
        return None
    return Candidate(
        clause=clause,
        score=round(min(1.0, score), 3),
        features=features,
        hits=hits,
        direct=direct,
        by_means=by_means,
        target=target,
        counted=bool({one.of for one in clause.amounts} & {count.of for count in view.claim.counts}),
    )


_OPEN_SHARE = 0.25
"""An act that the file calls open counts for more than a near one, for less than one that the clause names."""


def _open_reading(view: View, clause: Clause, register: Register) -> bool:
    """The file says that it is open whether the clause reaches this act, and an obligor is said to have done it."""
    if view.claim.act not in clause.open_acts:
        return False
    sides = {one for agent in view.agents if agent for one in register.above(agent, view.happened.first)}
    return not clause.obligor or bool(sides & set(clause.obligor))


def _told_as_proper(view: View, clause: Clause, *, direct: bool) -> bool:
    """What a source tells of its own side as right conduct is not told as an act that a clause forbids."""
    claim = view.claim
    kept = claim.kind is Kind.COMPLIANCE and not claim.negated and direct and claim.act in clause.acts
    return kept and modality(view, clause) is Modality.MUST_NOT and not is_exception(clause)


_WEIGHTS = {"act": 0.42, "target": 0.2, "words": 0.16, "trigger": 0.1, "cited": 0.4, "narrow": 0.08}
"""What a feature of 1 adds. Set by hand, checked on the Varana documents: the act leads, words and target decide."""


def _word_enough(view: View, clause: Clause, act: float, cited: float, *, hits: bool, in_trigger: bool) -> bool:
    """A clause that asks for words needs one; a claim of another act needs one in its trigger, or the article named."""
    if cited >= 1.0:
        return True
    if act == 0.0 or view.claim.act is Act.OTHER:
        return in_trigger
    if view.claim.act is Act.CEASEFIRE and not view.claim.agent:
        return hits
    return hits or not (clause.only_with or is_exception(clause))


def _in_trigger(view: View, hits: Sequence[terms.Hit]) -> bool:
    start = view.claim.trigger.span.start - view.claim.quote.span.start
    end = view.claim.trigger.span.end - view.claim.quote.span.start
    return any(hit.start < end and start < hit.end for hit in hits)


def _narrow(view: View, clause: Clause) -> float:
    """1 where the act is the clause's only or first one, less the further down its list it stands."""
    if view.claim.act not in clause.acts or len(clause.acts) == 1:
        return 1.0
    return 1.0 - clause.acts.index(view.claim.act) / len(clause.acts)


def _act(view: View, clause: Clause, told: Told) -> tuple[float, bool, bool]:
    """1 for the clause's own act, less for what neighbours tell, less again for a near one; direct; by means."""
    act = view.claim.act
    if told.taken is not None:
        direct = names_act(view, clause, told.taken)
        return (_MEANS_SHARE if direct else 0.0), direct, direct
    if names_act(view, clause, act):
        return 1.0, True, False
    if told.means is not None and names_act(view, clause, told.means):
        return _MEANS_SHARE, True, True
    if act is Act.OTHER:
        return 0.0, False, False
    near = any(act in group and group & set(clause.acts) for group in _NEAR)
    return (_NEAR_SHARE if near else 0.0), False, False


def _not_addressed(view: View, clause: Clause, register: Register) -> bool:
    """What monitors, mediators or the press do is no act of an obligor, unless the clause obliges them."""
    known = [party for party in view.agents if party]
    if not known or len(known) < len(view.agents):
        return False
    return all(_outside(register, party) and party not in clause.obligor for party in known)


def _outside(register: Register, party: str) -> bool:
    kind = register.kind(party)
    return kind not in ACTOR_KINDS and kind is not PartyKind.POPULATION
