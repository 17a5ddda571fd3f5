"""How many tokens a run has used, and whether the next question fits into what it may use."""

import multiprocessing
from functools import cache

from pactwatch.errors import InputError

CHARACTERS_A_TOKEN = 3
"""English has about four letters a token; three errs on the dear side."""


def estimate(characters: int) -> int:
    """Return how many tokens so many characters are at most, roughly."""
    return -(-characters // CHARACTERS_A_TOKEN)


class Meter:
    """Counts tokens. A question is asked only where its longest answer still fits, so that a budget is not passed."""

    def __init__(self, budget: int | None = None) -> None:
        self.budget = budget
        self.used = 0

    def fits(self, tokens: int) -> bool:
        """True where so many more tokens stay within the budget, or there is none."""
        return self.budget is None or self.used + tokens <= self.budget

    def charge(self, tokens: int) -> None:
        """Count tokens as used."""
        self.used += tokens


@cache
def _meter(budget: int | None) -> Meter:
    return Meter(budget)


def meter_of_the_run(budget: int | None) -> Meter:
    """Return the one meter of this process: a reader is made for each document, a budget holds for all of them.

    Several processes cannot share it, so a budget and `--jobs` exclude each other.
    """
    if budget is not None and multiprocessing.parent_process() is not None:
        raise InputError("PACTWATCH_HOSTED_BUDGET is counted in one process: leave out --jobs, or the budget")
    return _meter(budget)
