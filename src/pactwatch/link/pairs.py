"""One claim beside an earlier one: are they about one event, and do they say it of the same side?"""

from dataclasses import dataclass
from functools import cached_property

from pactwatch.link.likeness import UNKNOWN, WIDE, Likeness, likeness
from pactwatch.link.terms import in_concept
from pactwatch.link.view import View
from pactwatch.model import Kind


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A later claim and an earlier one."""

    later: View
    earlier: View

    @cached_property
    def alike(self) -> Likeness:
        """How alike they are."""
        return likeness(self.later, self.earlier)

    @property
    def one_document(self) -> bool:
        """True where both stand in one document."""
        return self.later.document.id == self.earlier.document.id

    @property
    def same_speaker(self) -> bool:
        """True where both were said by one side: organs and spokesmen of one party are one speaker."""
        return self.later.side == self.earlier.side

    @property
    def same_polarity(self) -> bool:
        """True where both say that it happened, or both that it did not."""
        return denies_it(self.later) == denies_it(self.earlier)

    @cached_property
    def score(self) -> float:
        """How probable one event is."""
        return self.alike.score

    @cached_property
    def same_event(self) -> bool:
        """Return whether both may be versions of one event: place, time and act agree as far as both speak."""
        alike = self.alike
        if alike.apart or alike.act == 0.0:
            return False
        if self.one_document:
            return _evidence(self) >= 1
        return _evidence(self) + _undated_again(self) >= 2

    @cached_property
    def surely_same_event(self) -> bool:
        """Return whether two things at least speak for one event, beside its being named again without a date."""
        return self.same_event and _evidence(self) >= 2


def _evidence(pair: Pair) -> int:
    """Count what speaks for one event: a narrow place, a narrow time, a common target, a common name, like words."""
    alike = pair.alike
    points = 1 if counts_agree(pair) else 0
    if alike.place >= 0.8 and not _wide_only(pair):
        points += 1
    if alike.time >= 0.8:
        points += 1
    if alike.target > UNKNOWN and alike.act == 1.0:
        points += 1
    if alike.names > UNKNOWN:
        points += 1
    if alike.words >= 0.25:
        points += 1
    return points


def _undated_again(pair: Pair) -> int:
    """The same act at the same narrow place, one of the two undated: "the attack on that village" is the known one."""
    alike = pair.alike
    undated = alike.time == UNKNOWN and alike.place == 1.0 and alike.act == 1.0
    return 1 if undated and not _wide_only(pair) else 0


def counts_agree(pair: Pair) -> bool:
    """Return True where both give the same number of the same people, of more than two: less is said of many acts."""
    mine = {(one.of, one.value) for one in pair.later.claim.counts if isinstance(one.value, int) and one.value > 2}
    return bool(mine & {(one.of, one.value) for one in pair.earlier.claim.counts})


def _wide_only(pair: Pair) -> bool:
    shared = {p.id for p in pair.later.known_places} & {p.id for p in pair.earlier.known_places}
    kinds = {p.kind for p in pair.later.known_places if p.id in shared}
    return bool(kinds) and kinds <= WIDE


def denies_it(view: View) -> bool:
    """Return True where the claim says that the act did not happen, or was not its side's."""
    return view.claim.kind is Kind.DENIAL or view.claim.negated


def counts_differ(pair: Pair) -> bool:
    """Return True where both count the same thing and say different numbers."""
    return any(
        a.of == b.of and a.value != b.value and isinstance(a.value, int) and isinstance(b.value, int)
        for a in pair.later.claim.counts
        for b in pair.earlier.claim.counts
    )


def targets_differ(pair: Pair) -> bool:
    """Return True where one says that civilians were struck and the other that armed men were."""
    return _one_way(pair.later, pair.earlier) or _one_way(pair.earlier, pair.later)


def _one_way(a: View, b: View) -> bool:
    civilians = in_concept("civilians", a.target_words) and not in_concept("forces", a.target_words)
    return bool(civilians and in_concept("forces", b.target_words) and not in_concept("civilians", b.target_words))


def authors_differ(pair: Pair) -> bool:
    """Return True where both name the author of the act and name different sides."""
    a, b = pair.later.agent_sides, pair.earlier.agent_sides
    return bool(a and b and not a & b)
