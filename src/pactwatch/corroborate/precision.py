"""How far from a recorded point, and from a recorded day, the true one may lie."""

import calendar
import datetime as dt

RADIUS_KM = {1: 3.0, 2: 25.0, 3: 32.0, 4: 113.0, 5: 60.0, 6: 493.0, 7: 493.0}
"""Radius by UCDP GED's where_prec. 1: an exact place (the extent of a town). 2: "within ca. 25 km" (GED Codebook 23.1).
3, 4 and 6: the radius of a circle of the mean area of a unit: the land's 149 million km² over some 46,000 second-order
units, 3,700 first-order units and 195 countries. 5: a line or a vague area, put between 3 and 4 (their geometric mean).
7: waters and air space, as 6."""

COARSEST = 6


def radius_km(where_prec: int) -> float:
    """Return the radius for a where_prec; an unknown code counts as the coarsest."""
    return RADIUS_KM.get(where_prec, RADIUS_KM[COARSEST])


def whole_month(first: int, last: int) -> tuple[int, int]:
    """Return the first and last day of the months that two days (ordinals) lie in."""
    begin, end = dt.date.fromordinal(first), dt.date.fromordinal(last)
    return begin.replace(day=1).toordinal(), end.replace(day=calendar.monthrange(end.year, end.month)[1]).toordinal()
