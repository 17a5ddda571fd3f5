"""What others recorded near a claim: event files read, matched, tested for independence and chance; who looked where.

`read_events` reads an event file of any known format, `corroborate` holds claims against such files, `read_exposure`
reads an observers' log and `cover` says what observers saw of a claim's place and days.
"""

from pactwatch.corroborate.coverage import cover
from pactwatch.corroborate.exposure import read_exposure
from pactwatch.corroborate.match import Corroborated, corroborate
from pactwatch.corroborate.reading import read_events
from pactwatch.corroborate.table import EventTable

__all__ = ["Corroborated", "EventTable", "corroborate", "cover", "read_events", "read_exposure"]
