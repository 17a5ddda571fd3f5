"""Pactwatch: who claims what, in which exact words, held against what was signed and what others recorded."""

__version__ = "0.1.0"
