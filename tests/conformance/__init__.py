"""Bodies of tests that every part of a kind must pass."""
