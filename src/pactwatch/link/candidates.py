"""Which clauses an act touches: candidates with features that explain themselves, and abstention where nothing fits."""

from collections.abc import Sequence
from dataclasses import dataclass

from pactwatch.link import terms
from pactwatch.link.citation import strength
from pactwatch.link.parts import all_targets, all_words
from pactwatch.link.view import ACTOR_KINDS, Register, View
from pactwatch.model import Act, Clause, ClauseRole, Kind

THRESHOLD = 0.45
"""Below it a clause is not named. Measured on the 13 Varana documents; see docs/explanation/applicability.md."""

NEAR_BEST_SHARE = 0.7
"""A second clause is named where it fits at least this well, measured against the best."""

MOST = 3
"""No claim is laid beside more clauses than a reader takes in at once."""

_NEAR: tuple[frozenset[Act], ...] = (
    frozenset({Act.KILLING, Act.ARMED_ATTACK, Act.SHELLING, Act.AIR_STRIKE, Act.BOMBING}),
    frozenset({Act.ABDUCTION, Act.DETENTION}),
    frozenset({Act.TORTURE, Act.ABUSE, Act.SEXUAL_VIOLENCE}),
    frozenset({Act.AID, Act.OBSTRUCTION}),
    frozenset({Act.MONITORING, Act.INVESTIGATION, Act.OBSTRUCTION}),
    frozenset({Act.AGREEMENT, Act.CEASEFIRE, Act.NEGOTIATION}),
    frozenset({Act.TROOP_MOVEMENT, Act.WITHDRAWAL, Act.TERRITORY}),
    frozenset({Act.PRISONER_RELEASE, Act.DETENTION}),
)
"""Acts that the guide's words confuse or that stand for one another; each pair in one set is near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A clause that a claim touches: how well (0 to 1), by which features, and the claim's words that fit it.

    `direct` is True where the clause names the claim's own act, or the means that a neighbouring claim tells.
    `target_fits` is True, False, or None where the claim does not say who suffered or the word leaves it open.
    """

    clause: Clause
    score: float
    features: tuple[tuple[str, float], ...]
    hits: tuple[terms.Hit, ...]
    direct: bool
    target_fits: bool | None


def candidates(
    view: View, clauses: Sequence[Clause], register: Register, *, means: Act | None = None
) -> tuple[Candidate, ...]:
    """Return the clauses that the claim touches, best first; none where nothing fits well enough."""
    if view.claim.kind is Kind.POSITION:
        return ()
    scored = [found for clause in clauses if (found := _candidate(view, clause, register, means)) is not None]
    scored.sort(key=lambda one: (-one.score, one.clause.id))
    return _kept(scored)


def _kept(scored: list[Candidate]) -> tuple[Candidate, ...]:
    """The best few; a general clause yields where another names the very target."""
    if not scored:
        return ()
    special = any(one.target_fits and one.direct and _is_obligation(one.clause) for one in scored)
    cut = scored[0].score * NEAR_BEST_SHARE
    kept = [one for one in scored if one.score >= cut and not (special and _is_general(one))]
    obligations = [one for one in kept if _is_obligation(one.clause)]
    exceptions = [one for one in kept if not _is_obligation(one.clause)]
    if exceptions and obligations and exceptions[0].score < 1.0:
        return tuple((obligations + exceptions)[:MOST])
    return tuple(kept[:MOST])


def _is_obligation(clause: Clause) -> bool:
    return clause.role is not ClauseRole.EXCEPTION


def _is_general(candidate: Candidate) -> bool:
    clause = candidate.clause
    return _is_obligation(clause) and not all_targets(clause) and not candidate.hits and not clause.only_with


def _candidate(view: View, clause: Clause, register: Register, means: Act | None) -> Candidate | None:
    if _not_addressed(view, clause, register):
        return None
    act, direct = _act(view, clause, means)
    hits = terms.find(all_words(clause), view.words)
    cited = strength(clause, view.claim.quote.text)
    needs_words = clause.only_with or clause.role is ClauseRole.EXCEPTION or act == 0.0
    if needs_words and not hits and cited < 1.0:
        return None
    target, fits = _target(view, clause)
    if target is None:
        return None
    in_trigger = any(terms.find(all_words(clause), view.claim.trigger.text))
    features = (
        ("act", act),
        ("target", target),
        ("words", min(1.0, len({hit.term for hit in hits}) / 2)),
        ("trigger", float(in_trigger)),
        ("cited", cited),
    )
    score = _weigh(features)
    if score < THRESHOLD:
        return None
    return Candidate(clause=clause, score=score, features=features, hits=hits, direct=direct, target_fits=fits)


_WEIGHTS = {"act": 0.45, "target": 0.25, "words": 0.2, "trigger": 0.1, "cited": 0.4}
"""What a feature of 1 adds. Set by hand, checked on the Varana documents: the act leads, words and target decide."""


def _weigh(features: Sequence[tuple[str, float]]) -> float:
    return round(max(0.0, min(1.0, sum(_WEIGHTS[name] * value for name, value in features))), 3)


def _act(view: View, clause: Clause, means: Act | None) -> tuple[float, bool]:
    """1 for the clause's own act or the means told nearby, 0.5 for a near one, else 0."""
    act = view.claim.act
    if act in clause.acts:
        return 1.0, True
    if means is not None and means in clause.acts:
        return 0.9, True
    near = any(act in group and group & set(clause.acts) for group in _NEAR)
    return (0.5, False) if near else (0.0, False)


def _target(view: View, clause: Clause) -> tuple[float | None, bool | None]:
    """How the target fits: 1 named, 0.6 perhaps, 0.2 unsaid; None where the claim names another kind of target."""
    wanted = all_targets(clause)
    if not wanted:
        return 0.2, None
    if terms.find(wanted, view.words):
        return 1.0, True
    if terms.find_maybe(wanted, view.words):
        return 0.6, None
    if view.target_words.strip():
        return None, False
    return 0.2, None


def _not_addressed(view: View, clause: Clause, register: Register) -> bool:
    """What monitors, mediators or the press do is no act of an obligor, unless the clause obliges them."""
    known = [party for party in view.agents if party]
    if not known or len(known) < len(view.agents):
        return False
    outside = [party for party in known if register.kind(party) not in ACTOR_KINDS and party not in clause.obligor]
    return len(outside) == len(known) and not any(_is_population(register, one) for one in outside)


def _is_population(register: Register, party: str) -> bool:
    kind = register.kind(party)
    return kind is not None and kind.value == "population"
