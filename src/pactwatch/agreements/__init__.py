"""What was signed: agreement files read, checked, and their versions resolved."""

from pactwatch.agreements.reading import check, load
from pactwatch.agreements.shelf import names, shipped

__all__ = ["check", "load", "names", "shipped"]
