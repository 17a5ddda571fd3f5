"""Headers of tables of places: OCHA's administrative tables (COD-AB), and plain ones as cases bring them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pactwatch.resolve.places.casefile import COLUMN_OF

PCODE_KINDS = {0: "country", 1: "province", 2: "district", 3: "municipality", 4: "municipality"}
"""Kinds of OCHA's levels: administrative unit 0 is the country."""

_PCODE = re.compile(r"^(?:adm|admin)_?(?P<level>[0-4])_?p?code$")
_NAMES = (
    re.compile(r"^adm(?P<level>[0-4])_(?!pcode)(?P<rest>[a-z]{2,3}|name\w*|ref\w*|alt\w*)$"),
    re.compile(r"^admin(?P<level>[0-4])(?:name|ref|refname|altname\d?)(?:alt\d?)?_?(?P<rest>\w{0,9})$"),
    re.compile(r"^(?:shape|adm|admin)(?P<level>[0-4])(?P<rest>name)?$"),
)
_NO_NAMES = re.compile(r"(?:pcode|code|type|date|validon|validto|valid_on|valid_to|version|lang\d*|iso\d?)$")
_LAT = ("lat", "latitude", "center_lat", "centre_lat", "centroid_lat", "lat_dd", "point_y", "y", "y_coord", "ycoord")
_LON = ("lon", "long", "lng", "longitude", "center_lon", "centre_lon", "centroid_lon", "long_dd", "point_x", "x",
        "x_coord", "xcoord")  # fmt: skip
_AREA = ("area_sqkm", "area_km2", "areasqkm", "area_sq_km")
_ALIAS = re.compile(
    r"^(?:alias(?:es)?|alt(?:ernate|ernative)?_?names?|other_?names?|also_called|names?)?_?(?:[a-z]{2,3}|\d)?$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Which columns of a table say what; `level` is OCHA's, None for a plain table.

    `names` are the columns with the place's own names (the first one is its name), `units` those of the level above it
    by level, `aliases` hold further names, separated by `|` (or `;`).
    """

    names: tuple[str, ...]
    lat: str
    lon: str
    level: int | None = None
    pcode: str = ""
    units: Mapping[int, str]
    country_code: str = ""
    plain: Mapping[str, str]
    aliases: tuple[str, ...] = ()
    area: str = ""

    @property
    def missing(self) -> list[str]:
        """What a table cannot do without, and this one has not."""
        return [what for what, there in (("name", self.names), ("lat", self.lat), ("lon", self.lon)) if not there]


def header_of(columns: Sequence[str], *, outlined: bool = False) -> Header:
    """Return what the columns are; `outlined` says that each row has its ground beside it (GeoJSON)."""
    folded = {column.strip().lstrip("#").lower(): column for column in columns if column.strip()}
    levels = {int(found["level"]): name for low, name in folded.items() if (found := _PCODE.match(low))}
    by_level = _names_by_level(folded)
    level = max((lv for lv in levels if lv in by_level), default=None)
    plain = {COLUMN_OF[low]: name for low, name in folded.items() if low in COLUMN_OF}
    lat = next((folded[low] for low in _LAT if low in folded), "(outline)" if outlined else "")
    lon = next((folded[low] for low in _LON if low in folded), "(outline)" if outlined else "")
    if level is None:
        names = [plain["name"]] if "name" in plain else []
        aliases = [name for low, name in folded.items() if _is_alias(low) and name not in names]
    else:
        names, aliases = by_level[level], [plain["aliases"]] if "aliases" in plain else []
    return Header(
        names=tuple(names),
        lat=lat,
        lon=lon,
        level=level,
        pcode=levels.get(level, "") if level is not None else "",
        units={lv: some[0] for lv, some in by_level.items()},
        country_code=levels.get(0, ""),
        plain=plain,
        aliases=tuple(aliases),
        area=next((folded[low] for low in _AREA if low in folded), ""),
    )


def _names_by_level(folded: Mapping[str, str]) -> dict[int, list[str]]:
    """Name columns of each of OCHA's levels, English or plain ones first."""
    found: dict[int, list[tuple[bool, str]]] = {}
    for low, name in folded.items():
        match = next((m for pattern in _NAMES if (m := pattern.match(low))), None)
        if match and not _NO_NAMES.search(low):
            rest = match["rest"] or ""
            found.setdefault(int(match["level"]), []).append((rest not in ("", "en", "name", "name_en"), name))
    return {level: [name for _, name in sorted(some, key=lambda one: one[0])] for level, some in found.items()}


def _is_alias(low: str) -> bool:
    """`aliases`, `alt_name`, `name_ar`, `names_2`: further names; no other column of the plain format."""
    if COLUMN_OF.get(low, "aliases") != "aliases":
        return False
    return COLUMN_OF.get(low) == "aliases" or (bool(_ALIAS.match(low)) and ("name" in low or "alias" in low))
