"""The relational text of the event join: grid cells, time buckets, distances and scores, the same for every engine.

Kept to what SQL engines share: no lateral joins, no dialect functions; series come from a table `steps`.
"""

GAP_KM = 30.0
"""Farthest that a record may lie beyond both uncertainties: three times the scale of `place` below."""
GAP_DAYS = 7
"""Farthest in time: data sets put events a week off often enough (UCDP's date_prec 3 is "within the week")."""
KM_PER_DEGREE = 111.2
"""Length of a degree of latitude, from the earth's mean radius of 6,371 km."""
BUCKET_DAYS = 16
CELL_DEGREES = (0.5, 1.0, 2.0, 4.0, 8.0, 16.0)
"""Sizes of grid cells; a search takes the smallest that is as wide as its reach, and so at most nine cells."""
STEPS = 1024
NARROWEST_SHARE = 0.05
"""A degree of longitude is not taken for shorter than this share of one of latitude (that of 87° north or south)."""

PLACE_SCALE_KM = 10.0
"""Distance beyond the uncertainties at which a match is worth 1/e: about the way to the next village."""
SHARP_KM = 50.0
"""Radius at which a place is worth half of an exact one: between a district (32 km) and a province (113 km)."""
TIME_SCALE_DAYS = 2.0
"""Days beyond the uncertainties at which a match is worth half: reports of a night's events carry the day before or
after."""
SHARP_DAYS = 15.0
"""Extra length of an interval at which it is worth half of a single day."""

ACTOR_UNKNOWN = 0.75
TOLL_UNKNOWN = 0.8
TIME_UNKNOWN = 0.25
"""An undated claim's match is worth a quarter of one on its day; its chance says the rest."""

WINDOW_COLUMNS = {
    "w": "BIGINT",
    "c": "BIGINT",
    "k": "BIGINT",
    "s": "BIGINT",
    "lat": "DOUBLE",
    "lon": "DOUBLE",
    "radius_km": "DOUBLE",
    "first": "BIGINT",
    "last": "BIGINT",
    "weight": "DOUBLE",
    "act": "BIGINT",
    "doer": "BIGINT",
    "killed": "BIGINT",
    "undated": "BOOLEAN",
    "lowest": "DOUBLE",
}
EVENT_COLUMNS = {
    "e": "BIGINT",
    "s": "BIGINT",
    "lat": "DOUBLE",
    "lon": "DOUBLE",
    "radius_km": "DOUBLE",
    "first": "BIGINT",
    "last": "BIGINT",
    "kind": "BIGINT",
    "actor": "BIGINT",
    "deaths": "BIGINT",
    "class": "BIGINT",
}


def scored(windows: str) -> str:
    """Return SQL for all pairs of a window and an event near it: w, c, k, s, e, what is apart, features, score.

    A window's `lowest` is the score below which it wants no match. From it follows how far off a record can lie at
    most: `bound` is what the window could reach with a record on the spot, and distances are cut where even agreement
    in all else falls below. That leaves out only pairs that score less than `lowest`.
    """
    return f"{_reach(windows)}{_tiles()}{_cells()}{_near()}{_features()}"


def _reach(windows: str) -> str:
    """How far each window looks, for each breadth of records."""
    return f"""
WITH bounded AS (
  SELECT v.*, b.class, b.widest_km,
    v.weight * CASE WHEN v.undated THEN {TIME_UNKNOWN} ELSE 1 / (1 + (v.last - v.first) / {SHARP_DAYS}) END
      / (1 + greatest(v.radius_km, b.narrowest_km) / {SHARP_KM}) AS bound
  FROM {windows} v JOIN breadths b ON b.s = v.s
), reach AS (
  SELECT b.*,
    CASE WHEN b.undated THEN 0 ELSE
      least({GAP_DAYS}, CAST(floor({TIME_SCALE_DAYS} * sqrt(b.bound / b.lowest - 1)) AS BIGINT)) END AS most_days,
    least({GAP_KM}, {PLACE_SCALE_KM} * ln(b.bound / b.lowest)) AS most_km
  FROM bounded b WHERE b.bound >= b.lowest
), wide AS (
  SELECT r.*, (r.radius_km + r.widest_km + r.most_km) / {KM_PER_DEGREE} AS degrees FROM reach r
), sized AS (
  SELECT r.*, {_smallest("r.degrees")} AS size,
    greatest(cos(radians(least(89.0, abs(r.lat) + r.degrees))), {NARROWEST_SHARE}) AS narrow
  FROM wide r
"""


def _tiles() -> str:
    """The cells and buckets that a window touches."""
    return f"""), boxed AS (
  SELECT z.*,
    CAST(floor((z.lat - z.degrees) / z.size) AS BIGINT) AS y0,
    CAST(floor((z.lat + z.degrees) / z.size) AS BIGINT) AS y1,
    CAST(floor((z.lon - z.degrees / z.narrow) / z.size) AS BIGINT) AS x0,
    CAST(floor((z.lon + z.degrees / z.narrow) / z.size) AS BIGINT) AS x1,
    CAST(floor((z.first - z.most_days) / {BUCKET_DAYS}.0) AS BIGINT) AS t0,
    CAST(floor((z.last + z.most_days) / {BUCKET_DAYS}.0) AS BIGINT) AS t1,
    CAST(360 / z.size AS BIGINT) AS around
  FROM sized z
), tiled AS (
  SELECT b.*, b.y0 + sy.n AS y, (((b.x0 + sx.n) % b.around) + b.around) % b.around AS x, b.t0 + st.n AS t
  FROM boxed b
  JOIN steps sy ON sy.n <= b.y1 - b.y0
  JOIN steps sx ON sx.n <= b.x1 - b.x0 AND sx.n < b.around
  JOIN steps st ON st.n <= b.t1 - b.t0
"""


def _cells() -> str:
    """The cell of each record in the sizes that are asked for, and its buckets."""
    return f"""), used AS (
  SELECT DISTINCT s, class, size FROM sized
), celled AS (
  SELECT e.*, u.size,
    CAST(floor(e.lat / u.size) AS BIGINT) AS y,
    ((CAST(floor(e.lon / u.size) AS BIGINT) % CAST(360 / u.size AS BIGINT)) + CAST(360 / u.size AS BIGINT))
      % CAST(360 / u.size AS BIGINT) AS x,
    CAST(floor(e.first / {BUCKET_DAYS}.0) AS BIGINT) AS t0,
    CAST(floor(e.last / {BUCKET_DAYS}.0) AS BIGINT) AS t1
  FROM events e JOIN used u ON u.s = e.s AND u.class = e.class
), dated AS (
  SELECT c.*, c.t0 + st.n AS t FROM celled c JOIN steps st ON st.n <= c.t1 - c.t0
"""


def _near() -> str:
    """Windows and records that share a cell and a bucket, with what is apart."""
    return f"""), near AS (
  SELECT a.w, a.c, a.k, a.s, d.e, a.weight, a.undated, a.most_km, a.killed, d.deaths, a.act, d.kind, a.doer, d.actor,
    greatest(a.radius_km, d.radius_km) AS wide_km,
    greatest(a.last - a.first, d.last - d.first) AS long_days,
    greatest(0, d.first - a.last, a.first - d.last) AS gap_days,
    {_distance("a", "d")} AS apart_km,
    greatest(0.0, {_distance("a", "d")} - a.radius_km - d.radius_km) AS gap_km
  FROM tiled a JOIN dated d
    ON d.s = a.s AND d.class = a.class AND d.size = a.size AND d.y = a.y AND d.x = a.x AND d.t = a.t
  WHERE a.t = greatest(a.t0, d.t0)
    AND d.first - a.last <= a.most_days AND a.first - d.last <= a.most_days
"""


def _features() -> str:
    """The features and the score."""
    return f"""), featured AS (
  SELECT n.w, n.c, n.k, n.s, n.e, n.gap_km, n.gap_days, n.apart_km,
    exp(-n.gap_km / {PLACE_SCALE_KM}) / (1 + n.wide_km / {SHARP_KM}) AS place,
    CASE WHEN n.undated THEN {TIME_UNKNOWN}
      ELSE 1 / ((1 + power(n.gap_days / {TIME_SCALE_DAYS}, 2)) * (1 + n.long_days / {SHARP_DAYS})) END AS time,
    f.fit AS act,
    coalesce(g.fit, {ACTOR_UNKNOWN}) AS actor,
    {_toll("n.killed", "n.deaths")} AS toll,
    n.weight AS reading, n.undated
  FROM near n
  JOIN act_fit f ON f.act = n.act AND f.kind = n.kind
  LEFT JOIN actor_fit g ON g.doer = n.doer AND g.actor = n.actor
  WHERE n.gap_km <= n.most_km
)
SELECT w, c, k, s, e, gap_km, gap_days, apart_km, place, time, act, actor, toll, reading, undated,
  round(place * time * act * actor * toll * reading, 6) AS score
FROM featured
"""


def _smallest(degrees: str) -> str:
    cases = " ".join(f"WHEN {degrees} <= {size} THEN {size}" for size in CELL_DEGREES[:-1])
    return f"CASE {cases} ELSE {CELL_DEGREES[-1]} END"


def _distance(one: str, other: str) -> str:
    """Great-circle distance in km (haversine)."""
    north = f"power(sin(radians({other}.lat - {one}.lat) / 2), 2)"
    east = f"power(sin(radians({other}.lon - {one}.lon) / 2), 2)"
    inner = f"{north} + cos(radians({one}.lat)) * cos(radians({other}.lat)) * {east}"
    return f"2 * 6371.0 * asin(sqrt(least(1.0, {inner})))"


def _toll(killed: str, deaths: str) -> str:
    """1 where the numbers agree, less as they part, `TOLL_UNKNOWN` where one is not said (-1)."""
    return f"""CASE WHEN {killed} < 0 OR {deaths} < 0 THEN {TOLL_UNKNOWN}
      WHEN {killed} = {deaths} THEN 1.0
      ELSE 0.5 + 0.4 * least({killed}, {deaths}) / greatest({killed}, {deaths}) END"""


def best(pairs: str, *, threshold: float, few: int) -> str:
    """Return SQL for the best `few` events of each claim in each data set, best first, at or above `threshold`.

    An event met in several windows of a claim counts in its best. Ties go to the event that stands first in its file.
    """
    return f"""
WITH once AS (
  SELECT p.*, row_number() OVER (PARTITION BY c, k, s, e ORDER BY score DESC, w) AS nth FROM ({pairs}) p
  WHERE p.score >= {threshold}
), ranked AS (
  SELECT o.*, row_number() OVER (PARTITION BY c, k, s ORDER BY score DESC, e) AS rank FROM once o WHERE nth = 1
)
SELECT c, s, e, gap_km, gap_days, apart_km, place, time, act, actor, toll, reading, undated, score
FROM ranked WHERE rank <= {few} ORDER BY c, s, rank
"""
