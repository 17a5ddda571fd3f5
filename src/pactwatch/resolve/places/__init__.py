"""Where: place names found in a text, and which places they may mean, each with an uncertainty."""

from pactwatch.resolve.places.added.store import AddedFile, add_file, added_files, remove_added, with_added
from pactwatch.resolve.places.casefile import CaseGazetteer, read_places
from pactwatch.resolve.places.gazetteer import WorldGazetteer
from pactwatch.resolve.places.recognise import mark_places
from pactwatch.resolve.places.resolve import DEMONYM, find_places, resolve_places

__all__ = [
    "DEMONYM",
    "AddedFile",
    "CaseGazetteer",
    "WorldGazetteer",
    "add_file",
    "added_files",
    "find_places",
    "mark_places",
    "read_places",
    "remove_added",
    "resolve_places",
    "with_added",
]
