"""Incidents: claims that are versions of one thing, with a state computed from what is said and never typed in."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from pactwatch.link.blocks import Blocks
from pactwatch.link.likeness import UNKNOWN, WIDE, family, time_likeness
from pactwatch.link.pairs import Pair, denies_it
from pactwatch.link.scenes import scenes
from pactwatch.link.view import Register, View, views
from pactwatch.model import Act, ClaimLink, Incident, IncidentState, Kind, Reading, Relation


def incidents(readings: Sequence[Reading], claim_links: Sequence[ClaimLink]) -> tuple[Incident, ...]:
    """Return clusters of claims about one place, time and act family, in the order in which they were first said.

    A claim that stands alone and tells of an act is an incident of its own. The state is computed: `contested` by a
    denial linked to an accusation in it, `admitted` where the accused side admits, `withdrawn` where the accuser or the
    denier withdraws. There is no `confirmed`.
    """
    seen = views(readings, Register(()))
    groups = _clusters(seen, claim_links)
    by_id = {view.id: view for view in seen}
    links: dict[str, list[ClaimLink]] = defaultdict(list)
    for link in claim_links:
        links[link.claim_id].append(link)
    made = [_incident(group, by_id, links) for group in groups if _tells(group)]
    return tuple(made)


def _tells(group: Sequence[View]) -> bool:
    """A cluster is an incident where somebody tells of an act that happened at some place or day."""
    return any(
        view.claim.kind in _TELLING
        and family(view.claim.act) not in _GENERAL
        and (view.claim.places or view.happened.edtf)
        for view in group
    )


_GENERAL = frozenset({"truce", "law", "care", Act.OTHER.value})
"""Families of acts that happen at no place: signing, talking, judging, promising."""


_TELLING = frozenset({Kind.ACCUSATION, Kind.REPORT, Kind.ADMISSION, Kind.DENIAL, Kind.COMPLIANCE})
"""Kinds that tell of an act, or of its absence."""


class _Union:
    """Disjoint sets over claim ids; the first one said is the root."""

    def __init__(self, views_: Sequence[View]) -> None:
        self._order = {view.id: view.order for view in views_}
        self._up = {view.id: view.id for view in views_}
        self._members = {view.id: [view] for view in views_}

    def root(self, one: str) -> str:
        while self._up[one] != one:
            self._up[one] = self._up[self._up[one]]
            one = self._up[one]
        return one

    def groups(self, views_: Sequence[View]) -> list[list[View]]:
        """Return the views of each set, in the order of their first."""
        found: dict[str, list[View]] = defaultdict(list)
        for view in views_:
            found[self.root(view.id)].append(view)
        return list(found.values())

    def join(self, a: str, b: str) -> None:
        if a not in self._up or b not in self._up:
            return
        first, second = sorted((self.root(a), self.root(b)), key=self._order.__getitem__)
        if first != second:
            self._up[second] = first
            self._members[first] += self._members.pop(second)

    def join_unless_apart(self, a: str, b: str) -> None:
        """Join two sets by a likeness of two of their claims, unless all that dates the sets keeps them apart.

        Without this a claim that names neither day nor place ties together whatever is told before and after it.
        """
        first, second = self.root(a), self.root(b)
        if first != second and not _apart(self._members[first], self._members[second]):
            self.join(first, second)


_MOST_LOOKED_AT = 12
"""So many dated claims of a set are compared with another set's: what is apart shows in a few."""


_APART_SHARE = 0.8
"""Sets of which so many pairs of days exclude each other are apart. From 0.5 to 0.8 B³ stays the same; above it one
wrong day in a set is enough to tie two others together."""


def _apart(one: Sequence[View], other: Sequence[View]) -> bool:
    """True where both sets have days, and those of one can hardly be those of the other.

    Places do not count: an attack and where its victims were taken are one incident in two places.
    """
    first, second = (
        [v for v in views_ if v.happened.first and v.happened.last][:_MOST_LOOKED_AT] for views_ in (one, other)
    )
    excluded = sum(time_likeness(a, b) == 0.0 for a in first for b in second)
    return bool(first and second) and excluded >= _APART_SHARE * len(first) * len(second)


def _clusters(seen: Sequence[View], claim_links: Sequence[ClaimLink]) -> list[list[View]]:
    union = _Union(seen)
    for link in claim_links:
        union.join(link.claim_id, link.to_claim_id)
    for first, second in scenes(seen):
        union.join_unless_apart(first.id, second.id)
    blocks = Blocks()
    for view in seen:
        for other in blocks.of_other_documents(view):
            pair = Pair(later=view, earlier=other)
            if pair.surely_same_event and pair.alike.time > UNKNOWN:
                union.join_unless_apart(view.id, other.id)
        blocks.add(view)
    for view, matter in _main_matters(seen, union):
        union.join(view.id, matter.id)
    return union.groups(seen)


MAIN_SHARE = 0.5
"""A text of which at least so many claims are about one thing is about that thing."""

_MAIN_LEAST = 6
"""Claims that the main matter of a text has at least; of a few, half is soon reached."""


def _main_matters(seen: Sequence[View], union: _Union) -> Iterator[tuple[View, View]]:
    """Yield claims that stand alone, told without a place of their own, with the main matter of their text."""
    documents: dict[str, list[View]] = defaultdict(list)
    for view in seen:
        documents[view.document.id].append(view)
    size = Counter(union.root(view.id) for view in seen)
    for found in documents.values():
        root, count = Counter(union.root(view.id) for view in found).most_common(1)[0]
        if count < max(_MAIN_LEAST, MAIN_SHARE * len(found)):
            continue
        matter = next(view for view in found if union.root(view.id) == root)
        for view in found:
            alone = size[union.root(view.id)] == 1 and all(place.kind in WIDE for place in view.known_places)
            if alone and view.claim.kind in (Kind.ACCUSATION, Kind.REPORT, Kind.ADMISSION):
                yield view, matter


def _incident(group: Sequence[View], by_id: Mapping[str, View], links: Mapping[str, list[ClaimLink]]) -> Incident:
    ids = tuple(view.id for view in group)
    digest = hashlib.sha256(ids[0].encode()).hexdigest()[:12]
    return Incident(id=f"incident-{digest}", claim_ids=ids, state=state(group, by_id, links), title=title(group))


def state(group: Sequence[View], by_id: Mapping[str, View], links: Mapping[str, list[ClaimLink]]) -> IncidentState:
    """Return the state that the claims and their links make; what was withdrawn counts no more."""
    inside = {view.id for view in group}
    found = [link for view in group for link in links.get(view.id, ()) if link.to_claim_id in inside]
    withdrawn = {link.to_claim_id for link in found if link.relation is Relation.REVISES and _withdraws(link, by_id)}
    blames = [view for view in group if view.claim.kind is Kind.ACCUSATION and not denies_it(view)]
    if any(link.relation is Relation.DENIES and link.claim_id not in withdrawn for link in found):
        return IncidentState.CONTESTED
    if any(_admits(view, blames, found, by_id) for view in group):
        return IncidentState.ADMITTED
    return IncidentState.WITHDRAWN if withdrawn else IncidentState.UNCONTESTED


def _admits(view: View, blames: Sequence[View], found: Sequence[ClaimLink], by_id: Mapping[str, View]) -> bool:
    """An admission by the accused side: named by the accusation, agreeing with it, or giving up a denial of it."""
    if view.claim.kind is not Kind.ADMISSION or denies_it(view):
        return False
    accused = {party for blame in blames for party in blame.agents if party}
    if not blames or accused & {view.speaker, *view.agents}:
        return True
    blame_ids = {blame.id for blame in blames}
    for link in found:
        ends = {link.claim_id, link.to_claim_id}
        if link.relation is Relation.AGREES_WITH and view.id in ends and ends & blame_ids:
            return True
        if link.relation is Relation.REVISES and link.claim_id == view.id and _withdraws(link, by_id):
            return True
    return False


def _withdraws(link: ClaimLink, by_id: Mapping[str, View]) -> bool:
    later, earlier = by_id.get(link.claim_id), by_id.get(link.to_claim_id)
    return bool(later and earlier and denies_it(later) != denies_it(earlier))


def title(group: Sequence[View]) -> str:
    """Return a title in neutral words: "alleged shelling, Pavlin, 2031-05-09"."""
    told = [view for view in group if view.claim.kind in _TELLING] or list(group)
    told = [view for view in told if family(view.claim.act) not in _GENERAL] or told
    act = Counter(view.claim.act.value for view in told).most_common(1)[0][0]
    places = Counter(place.name for view in told for place in view.known_places)
    days = Counter(view.happened.edtf for view in told if view.happened.edtf)
    parts = [f"alleged {act.replace('_', ' ')}"]
    parts += [places.most_common(1)[0][0]] if places else ["no place given"]
    parts += [str(days.most_common(1)[0][0])] if days else ["no date given"]
    return ", ".join(parts)
