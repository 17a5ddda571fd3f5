"""Where: place names found in a text, and which places they may mean, each with an uncertainty."""

from pactwatch.resolve.places.casefile import CaseGazetteer, read_places
from pactwatch.resolve.places.gazetteer import WorldGazetteer
from pactwatch.resolve.places.recognise import mark_places
from pactwatch.resolve.places.resolve import DEMONYM, find_places, resolve_places

__all__ = [
    "DEMONYM",
    "CaseGazetteer",
    "WorldGazetteer",
    "find_places",
    "mark_places",
    "read_places",
    "resolve_places",
]
