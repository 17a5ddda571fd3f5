"""The columns that the network decides about, in their order."""

from pactwatch.model import Act, Kind

KINDS = tuple(str(k) for k in Kind if k is not Kind.POSITION)
ACTS = tuple(str(a) for a in Act)
ROLES = ("agent", "target", "places", "time", "speaker")
OWN = ("compliance", "commitment", "admission", "denial", "threat")
