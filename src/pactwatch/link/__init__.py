"""Claims held against clauses and against each other: what a lawyer would open, who denied what, what is one incident.

Three verbs, each from model values to model values: `link_clauses`, `link_claims`, `incidents`. Nothing here says that
an act happened, or that it broke anything: the four answers are given as if the claim were true.
"""

from pactwatch.link.clauses import link_clauses
from pactwatch.link.incidents import incidents
from pactwatch.link.relations import link_claims

__all__ = ["incidents", "link_claims", "link_clauses"]
