"""A small checked case for tests and examples, built by hand: two sides, two documents, nine claims, all sorts of fact.

    >>> from pactwatch.testing import sample_checked
    >>> len(sample_checked().readings)
    2

Everything in it is invented (the Varana case). `sample_checked(first=…, second=…)` builds the same case with other
parties in the two roles, which is how a test swaps the two sides.
"""

from pactwatch.testing.checked import sample_agreement, sample_checked
from pactwatch.testing.readings import (
    FRONT,
    GOVERNMENT,
    day,
    sample_document,
    sample_place,
    sample_readings,
    words,
)

__all__ = [
    "FRONT",
    "GOVERNMENT",
    "day",
    "sample_agreement",
    "sample_checked",
    "sample_document",
    "sample_place",
    "sample_readings",
    "words",
]
