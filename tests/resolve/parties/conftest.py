"""The registers of the tests: the Varana case over the world, and a small one of two mirrored sides."""

import pytest

from pactwatch.model import Party
from pactwatch.resolve.parties import builtin_register, merge_registers


@pytest.fixture(scope="session")
def varana() -> tuple[Party, ...]:
    """The case's register laid over the world's."""
    return merge_registers(builtin_register("world"), builtin_register("varana"))


@pytest.fixture(scope="session")
def world() -> tuple[Party, ...]:
    """The shipped register of states, international bodies and named armed actors."""
    return builtin_register("world")
