"""What was signed: agreement files read, checked, and their versions resolved.

What stands on a day is asked of the `Agreement` itself: `version_at`, `clauses_at`, `binding_of`, `areas_at`.
"""

from pactwatch.agreements.draft import Draft, draft
from pactwatch.agreements.reading import check, load
from pactwatch.agreements.shelf import names, shipped
from pactwatch.agreements.summary import SummaryLine, summary

__all__ = ["Draft", "SummaryLine", "check", "draft", "load", "names", "shipped", "summary"]
