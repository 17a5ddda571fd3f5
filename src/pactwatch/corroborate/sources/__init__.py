"""The event sources that ship: UCDP GED, ACLED, GDELT and plain CSV by a mapping file."""

from pactwatch.corroborate.sources.acled import AcledSource
from pactwatch.corroborate.sources.gdelt import GdeltSource
from pactwatch.corroborate.sources.ged import GedSource
from pactwatch.corroborate.sources.mapped import MappedCsvSource

__all__ = ["AcledSource", "GdeltSource", "GedSource", "MappedCsvSource"]
