"""A reader behind an OpenAI-compatible endpoint. The only part of Pactwatch that opens a connection (law 11): it is
imported by its entry point alone, so only in a run that names the reader `hosted`.
"""
