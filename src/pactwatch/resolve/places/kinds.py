"""What a kind of place says about how exact its point is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Extent:
    """Radius in km around the point within which the place lies, and UCDP GED's `where_prec` of the place itself."""

    radius_km: float
    where_prec: int


# UCDP GED codebook 23.1, "where_prec": 1 exact, 2 near a known point, 3 second-order unit, 4 first-order unit,
# 5 linear or fuzzy feature, 6 country, 7 sea or air. Radii are those of a usual place of the kind.
_POINT = Extent(radius_km=1.0, where_prec=1)
_EXTENTS = {
    "country": Extent(radius_km=300.0, where_prec=6),
    "state": Extent(radius_km=120.0, where_prec=4),
    "province": Extent(radius_km=60.0, where_prec=4),
    "governorate": Extent(radius_km=60.0, where_prec=4),
    "region": Extent(radius_km=80.0, where_prec=4),
    "district": Extent(radius_km=25.0, where_prec=3),
    "county": Extent(radius_km=30.0, where_prec=3),
    "municipality": Extent(radius_km=15.0, where_prec=3),
    "capital": Extent(radius_km=10.0, where_prec=1),
    "city": Extent(radius_km=8.0, where_prec=1),
    "town": Extent(radius_km=3.0, where_prec=1),
    "village": Extent(radius_km=1.5, where_prec=1),
    "river": Extent(radius_km=80.0, where_prec=5),
    "lake": Extent(radius_km=20.0, where_prec=5),
    "sea": Extent(radius_km=300.0, where_prec=7),
    "mountain": Extent(radius_km=10.0, where_prec=5),
    "valley": Extent(radius_km=20.0, where_prec=5),
    "road": Extent(radius_km=15.0, where_prec=5),
    "line": Extent(radius_km=40.0, where_prec=5),
    "pass": Extent(radius_km=3.0, where_prec=1),
    "air base": Extent(radius_km=2.0, where_prec=1),
    "airport": Extent(radius_km=2.0, where_prec=1),
    "camp": Extent(radius_km=2.0, where_prec=1),
}

REGION_KINDS = frozenset({"state", "province", "governorate", "region"})
DISTRICT_KINDS = frozenset({"district", "county", "municipality"})
TOWN_KINDS = frozenset({"capital", "city", "town", "village"})


def extent(kind: str) -> Extent:
    """Return the extent of a kind; a kind that is not listed (checkpoint, bridge, ferry) is a single spot."""
    return _EXTENTS.get(kind.casefold().strip(), _POINT)


def level(kind: str, where_prec: int) -> str:
    """Return the rank of a place: `continent`, `country`, `region`, `district`, `town` or `spot`."""
    if kind == "continent":
        return "continent"
    if kind == "country" or where_prec == 6:
        return "country"
    if kind in REGION_KINDS or where_prec == 4:
        return "region"
    if kind in DISTRICT_KINDS or where_prec == 3:
        return "district"
    return "town" if kind in TOWN_KINDS else "spot"
