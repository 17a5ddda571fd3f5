"""Claims beside clauses: for each the candidates, and for each candidate the four answers."""

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from pactwatch.link.act_test import Setting, act_test
from pactwatch.link.area_shape import Gazetteer
from pactwatch.link.bound import bound
from pactwatch.link.candidates import Candidate, candidates
from pactwatch.link.context import told_nearby
from pactwatch.link.exceptions import raises_exception
from pactwatch.link.in_area import in_area, lies_in, may_lie_in
from pactwatch.link.in_force import dated_by_agreement, in_force, may_touch, version_for
from pactwatch.link.parts import required_area
from pactwatch.link.spans import span_of
from pactwatch.link.view import Register, View, views
from pactwatch.model import (
    Agreement,
    Applicability,
    Clause,
    ClauseLink,
    ClauseRole,
    Made,
    Party,
    Place,
    Quote,
    Reading,
)

VERSION = "1"
"""Changes when the answers may change."""


def link_clauses(
    readings: Sequence[Reading], agreements: Sequence[Agreement], register: Sequence[Party], places: Sequence[Place]
) -> tuple[ClauseLink, ...]:
    """Return for each claim the clauses that its act touches, best first; nothing for a claim that touches none.

    Each link carries the four tests as if the claim were true. The claims come in the order in which they were said.
    """
    parties = Register(register)
    gazetteer = Gazetteer(places)
    out: list[ClauseLink] = []
    for _, group in groupby(views(readings, parties), key=lambda view: view.document.id):
        document = tuple(group)
        for view in document:
            for agreement in agreements:
                out.extend(_links(view, document, agreement, parties, gazetteer))
    return tuple(out)


def _links(
    view: View, document: Sequence[View], agreement: Agreement, register: Register, gazetteer: Gazetteer
) -> list[ClauseLink]:
    view = dated_by_agreement(view, agreement)
    ids = dict.fromkeys(clause.id for clause in agreement.clauses)
    standing = [clause for one in ids if (clause := version_for(view, agreement, one)) is not None]
    linkable = [clause for clause in standing if clause.role in _LINKED and may_touch(view, clause, agreement)]
    zoned = [clause for clause in linkable if may_lie_in(view, clause, agreement, gazetteer)]
    found = candidates(view, zoned, register, told_nearby(view, document))
    return [_link(view, one, found, agreement, register, gazetteer) for one in found]


_LINKED = frozenset(
    {ClauseRole.OBLIGATION, ClauseRole.EXCEPTION, ClauseRole.DEFINITION, ClauseRole.SCOPE, ClauseRole.INSTITUTION}
)
"""Roles that a claim can touch; amendments and final provisions act on other clauses only."""


def _link(
    view: View,
    candidate: Candidate,
    found: Sequence[Candidate],
    agreement: Agreement,
    register: Register,
    gazetteer: Gazetteer,
) -> ClauseLink:
    clause = candidate.clause
    who = bound(view, clause, agreement, register)
    setting = Setting(
        raised=any(raises_exception(clause, other.clause) for other in found),
        bound=who.answer,
        required_area=lies_in(view, required_area(view, clause), agreement, gazetteer),
        unpublished=agreement.unpublished,
        wordings=agreement.versions(clause.id),
    )
    applicability = Applicability(
        in_force=in_force(view, clause, agreement),
        in_area=in_area(view, clause, agreement, gazetteer),
        bound=who,
        act=act_test(view, candidate, register, setting),
    )
    return ClauseLink(
        claim_id=view.id,
        agreement_id=agreement.id,
        clause_id=clause.id,
        version=clause.version,
        role="exception" if clause.role is ClauseRole.EXCEPTION else "obligation",
        score=candidate.score,
        words=_words(view, candidate),
        features=candidate.features,
        applicability=applicability,
        deadline=_deadline(view, clause),
        made=Made(by="link.clauses", version=VERSION, certainty=candidate.score),
    )


def _words(view: View, candidate: Candidate) -> tuple[Quote, ...]:
    """The trigger, and the words of the quote that fit the clause's own."""
    quotes = [view.claim.trigger]
    for hit in candidate.hits:
        quote = view.part(hit.start, hit.end)
        if quote and quote not in quotes:
            quotes.append(quote)
    return tuple(quotes)


def _deadline(view: View, clause: Clause) -> dt.datetime | None:
    """The deadline that counts for the act: the first at or after its day, else the last that has passed."""
    if not clause.deadlines:
        return None
    span = span_of(view)
    day = span.first or span.last
    later = [one for one in sorted(clause.deadlines) if day and one.date() >= day]
    return later[0] if later else max(clause.deadlines)
