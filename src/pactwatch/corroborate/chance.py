"""How much a match is worth: how often the same claim, moved in time and place, finds as good a one.

Much of what a vague claim finds would be found by any claim as vague. So every matched claim is moved `MOVES` times,
keeping its radius, length, act, actors and counts. Half of the moves stay at the place and go to another time: is
something always recorded there? The other half go to another time and another place nearby, two in three to where the
data set has events, one in three to anywhere within its bounding box: is something recorded everywhere? The larger of
the two shares is the chance, since either way the match is worth little. A claim that nothing dates is moved in place
only. The moves come from arithmetic on the claim's number, so that the same input gives the same answer.
"""

from pactwatch.corroborate.relations import GAP_DAYS, GAP_KM, KM_PER_DEGREE, scored

MOVES = 200
"""A chance of 0.05, out of either hundred, has a standard error of 0.02; five times the moves would halve it."""

NEARBY_KM = 300.0
"""Moves stay within the claim's own conflict: about the radius of a mean country less its borders (493 km)."""

FARTHEST_DAYS = 365
"""Moves stay within the same phase of a conflict: a year, so that seasons count alike."""

SPOT_DEGREES = 0.1
"""Recorded places nearer to each other than this (11 km) are one place to move to."""

ROUNDING = 0.000001
"""Scores are rounded to six places; a move that finds exactly as good a match must not be lost to that."""

_PRIME, _FACTOR = 2147483647, 48271
"""The minimal standard generator of Park and Miller: small enough for 64-bit arithmetic in any engine."""


def _mix(number: int) -> str:
    """Return SQL for a whole number below 2^31 that depends on claim and move, and differs for each `number`."""
    seed = f"(m.c * 7919 + m.k * 104729 + {number * 1299709 + 12345}) % {_PRIME}"
    for _ in range(3):
        seed = f"(({seed}) * {_FACTOR}) % {_PRIME}"
    return f"({seed})"


def _moved() -> str:
    """Return SQL for the windows of the matched claims, each moved `MOVES` times, in the columns of `windows`."""
    return f"({_elsewhere()}{_drawn()})"


def _elsewhere() -> str:
    """The matched claims' windows (`own`), and the recorded places near each but out of its reach (`others`)."""
    degrees = NEARBY_KM / KM_PER_DEGREE
    return f"""
WITH spots AS (
  SELECT s, min(lat) AS lat, min(lon) AS lon FROM events
  GROUP BY s, floor(lat / {SPOT_DEGREES}), floor(lon / {SPOT_DEGREES})
), own AS (
  SELECT v.*, h.least FROM windows v
  JOIN (SELECT c, s, min(score) AS least FROM matched GROUP BY c, s) h ON h.c = v.c AND h.s = v.s
), homes AS (
  SELECT s, lat, lon, max(radius_km) AS radius_km FROM own GROUP BY s, lat, lon
), others AS (
  SELECT h.s, h.lat, h.lon, p.lat AS to_lat, p.lon AS to_lon,
    row_number() OVER (PARTITION BY h.s, h.lat, h.lon ORDER BY p.lat, p.lon) - 1 AS i
  FROM homes h JOIN spots p ON p.s = h.s
  WHERE abs(p.lat - h.lat) <= {degrees} AND abs(p.lon - h.lon) * cos(radians(h.lat)) <= {degrees}
    AND greatest(abs(p.lat - h.lat), abs(p.lon - h.lon) * cos(radians(h.lat))) * {KM_PER_DEGREE}
      > h.radius_km + {GAP_KM}
), counted AS (
  SELECT s, lat, lon, count(*) AS n FROM others GROUP BY s, lat, lon
"""


def _drawn() -> str:
    """The windows moved: which way each goes, to which day and which place."""
    # Far enough that no record near the claim itself is met again, unless it is as long as the move.
    away = f"least(m.last - m.first + {2 * GAP_DAYS + 1}, m.far)"
    shift = f"(CASE WHEN {_mix(1)} % 2 = 0 THEN 1 ELSE -1 END) * ({away} + {_mix(2)} % (m.far - {away} + 1))"
    degrees = NEARBY_KM / KM_PER_DEGREE
    return f"""), many AS (
  SELECT o.*, st.n + 1 AS move, d.first AS d0, d.last - d.first + 1 AS days,
    greatest(1, least({FARTHEST_DAYS}, CAST(floor((d.last - d.first + 1) / 2.0) AS BIGINT))) AS far,
    greatest(d.south, o.lat - {degrees}) AS south, least(d.north, o.lat + {degrees}) AS north,
    greatest(d.west, o.lon - {degrees}) AS west, least(d.east, o.lon + {degrees}) AS east, coalesce(q.n, 0) AS n
  FROM own o JOIN sets d ON d.s = o.s JOIN steps st ON st.n < {MOVES}
  LEFT JOIN counted q ON q.s = o.s AND q.lat = o.lat AND q.lon = o.lon
), numbered AS (
  SELECT m.w, m.c, m.move AS k, m.s, m.lat, m.lon, m.radius_km, m.first, m.last, m.weight, m.act, m.doer, m.killed,
    m.undated, m.least, m.d0, m.days, m.far, m.south, m.north, m.west, m.east, m.n FROM many m
), drawn AS (
  SELECT m.*, CASE WHEN m.undated THEN 0 ELSE {shift} END AS shift, {_mix(3)} AS r3, {_mix(4)} AS r4,
    CASE WHEN m.k % 2 = 0 AND NOT m.undated THEN 0 WHEN m.k % 3 < 2 AND m.n > 0 THEN 1 ELSE 2 END AS mode
  FROM numbered m
), placed AS (
  SELECT r.*, t.to_lat, t.to_lon,
    CASE WHEN r.undated THEN r.first ELSE r.d0 + (((r.first - r.d0 + r.shift) % r.days) + r.days) % r.days END
      AS new_first
  FROM drawn r LEFT JOIN others t
    ON r.mode = 1 AND t.s = r.s AND t.lat = r.lat AND t.lon = r.lon AND t.i = r.r3 % greatest(r.n, 1)
)
SELECT w, c, k, s,
  CASE mode WHEN 0 THEN lat WHEN 1 THEN to_lat ELSE south + (north - south) * (r3 / {_PRIME}.0) END AS lat,
  CASE mode WHEN 0 THEN lon WHEN 1 THEN to_lon ELSE west + (east - west) * (r4 / {_PRIME}.0) END AS lon,
  radius_km, new_first AS first, new_first + (last - first) AS last, weight, act, doer, killed, undated,
  least - {ROUNDING} AS lowest
FROM placed
"""


def as_good() -> str:
    """Return SQL for (c, s, e, stayed, moved): how many moves in time, and how many in place, find as good a match."""
    return f"""
WITH tops AS (
  SELECT c, k, s, max(score) AS top FROM ({scored(_moved())}) p GROUP BY c, k, s
)
SELECT m.c, m.s, m.e,
  sum(CASE WHEN t.k % 2 = 0 THEN 1 ELSE 0 END) AS stayed, sum(CASE WHEN t.k % 2 = 1 THEN 1 ELSE 0 END) AS moved
FROM matched m LEFT JOIN tops t ON t.c = m.c AND t.s = m.s AND t.top >= m.score
GROUP BY m.c, m.s, m.e ORDER BY m.c, m.s, m.e
"""


def share(stayed: int, moved: int, *, undated: bool) -> float:
    """Return the chance: the larger share of the two halves, or that of all moves of an undated claim.

    The match itself counts among the moves, as Monte Carlo tests do, so that a chance is never 0.
    """
    half = MOVES // 2
    if undated:
        return round((stayed + moved + 1) / (MOVES + 1), 4)
    return round((max(stayed, moved) + 1) / (half + 1), 4)
