"""The map as shapes in pixels: a local equirectangular projection, circles, a graticule, a scale and labels."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from pactwatch.views.atlas import RecordSpot, Spot, WorldMap
from pactwatch.views.outlines import Box, within
from pactwatch.views.sides import OTHER_HUE, Side

WIDTH_PX = 760.0
LEAST_HEIGHT_PX, MOST_HEIGHT_PX = 300.0, 760.0
KM_PER_DEGREE = 111.32
"""One degree of latitude on a sphere of 6,378 km; an ellipsoid differs by less than 1 %, far below any circle here."""

LEAST_FRAME_KM = 30.0
"""The frame never closes in further: a map of a single village would suggest a precision that nobody has."""

NEAR_KM, FAR_TIMES = 100.0, 6.0
"""A place more than six times as far from the middle as the middle one of all (and than 100 km) is not framed: it would
shrink the rest to a heap. At six, both ends of one country stay in."""

LEAST_CIRCLE_PX = 5.0
"""No circle is drawn smaller, so that none reads as a point."""

LABEL_PX, LABEL_WIDTH_PX = 11.0, 6.1
"""Height of a label's letters, and the mean advance of one in the sans-serif faces that browsers have."""

_STEPS_DEGREES = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 45.0)
_SCALES_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """A circle of uncertainty. `hue` is the side's where one side alone is said to act there."""

    x: float
    y: float
    r: float
    hue: str
    title: str
    region: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label beside its circle; `anchor` is SVG's text-anchor."""

    x: float
    y: float
    text: str
    anchor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GridLine:
    """A line of the graticule with the text at its end."""

    x1: float
    y1: float
    x2: float
    y2: float
    text: str
    upright: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MapDrawing:
    """Everything to draw. `unlabelled` names places for which no free room for a label was found."""

    width: float
    height: float
    grid: tuple[GridLine, ...]
    land: tuple[str, ...]
    circles: tuple[Circle, ...]
    records: tuple[Circle, ...]
    labels: tuple[Label, ...]
    unlabelled: tuple[str, ...]
    scale_px: float
    scale_km: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    west: float
    north: float
    px_per_km: float
    stretch: float
    width: float
    height: float

    def xy(self, lat: float, lon: float) -> tuple[float, float]:
        return (
            (lon - self.west) * KM_PER_DEGREE * self.stretch * self.px_per_km,
            (self.north - lat) * KM_PER_DEGREE * self.px_per_km,
        )

    @property
    def box(self) -> Box:
        across = self.width / (KM_PER_DEGREE * self.stretch * self.px_per_km)
        down = self.height / (KM_PER_DEGREE * self.px_per_km)
        return self.west, self.north - down, self.west + across, self.north


def draw_map(data: WorldMap) -> MapDrawing | None:
    """Return the map's shapes; None where no place is resolved."""
    if not data.spots:
        return None
    frame = _frame(_together([one for one in data.spots if not one.region] or list(data.spots)))
    circles = tuple(_circle(one, frame) for one in data.spots)
    labels, unlabelled = _labels(data.spots, circles, frame)
    scale_km = max((km for km in _SCALES_KM if km * frame.px_per_km <= WIDTH_PX / 4), default=_SCALES_KM[0])
    return MapDrawing(
        width=frame.width,
        height=frame.height,
        grid=tuple(_grid(frame)),
        land=tuple(_land(frame)) if data.base else (),
        circles=circles,
        records=tuple(_record(one, frame) for one in data.records if _inside(one, frame)),
        labels=labels,
        unlabelled=unlabelled,
        scale_px=round(scale_km * frame.px_per_km, 1),
        scale_km=scale_km,
    )


def _together(spots: list[Spot]) -> list[Spot]:
    """Leave out places far from all others (a homonym, a capital overseas); they are named below the map."""
    lat, lon = median(one.lat for one in spots), median(one.lon for one in spots)
    stretch = math.cos(math.radians(lat))

    def away_km(spot: Spot) -> float:
        return KM_PER_DEGREE * math.hypot(spot.lat - lat, (spot.lon - lon) * stretch)

    usual_km = max(median(away_km(one) for one in spots), NEAR_KM)
    return [one for one in spots if away_km(one) <= FAR_TIMES * usual_km]


def _frame(spots: Sequence[Spot]) -> _Frame:
    """Fit the frame to the circles with a margin of a tenth, and never below the least frame."""
    middle = (min(one.lat for one in spots) + max(one.lat for one in spots)) / 2
    stretch = max(math.cos(math.radians(middle)), 0.1)
    west = min(one.lon - one.radius_km / KM_PER_DEGREE / stretch for one in spots)
    east = max(one.lon + one.radius_km / KM_PER_DEGREE / stretch for one in spots)
    south = min(one.lat - one.radius_km / KM_PER_DEGREE for one in spots)
    north = max(one.lat + one.radius_km / KM_PER_DEGREE for one in spots)
    across_km = max((east - west) * KM_PER_DEGREE * stretch * 1.2, LEAST_FRAME_KM)
    down_km = max((north - south) * KM_PER_DEGREE * 1.2, LEAST_FRAME_KM / 2)
    px_per_km = min(WIDTH_PX / across_km, MOST_HEIGHT_PX / down_km)
    height = min(max(down_km * px_per_km, LEAST_HEIGHT_PX), MOST_HEIGHT_PX)
    half_width = WIDTH_PX / px_per_km / KM_PER_DEGREE / stretch / 2
    half_height = height / px_per_km / KM_PER_DEGREE / 2
    return _Frame(
        west=(west + east) / 2 - half_width,
        north=(south + north) / 2 + half_height,
        px_per_km=px_per_km,
        stretch=stretch,
        width=WIDTH_PX,
        height=round(height, 1),
    )


def _circle(spot: Spot, frame: _Frame) -> Circle:
    x, y = frame.xy(spot.lat, spot.lon)
    claims = ", ".join(spot.numbers)
    return Circle(
        x=round(x, 1),
        y=round(y, 1),
        r=round(max(spot.radius_km * frame.px_per_km, LEAST_CIRCLE_PX), 1),
        hue=spot.sides[0].hue if len(spot.sides) == 1 else OTHER_HUE,
        title=f"{spot.name}, within {spot.radius_km:g} km: claims {claims}",
        region=spot.region,
    )


def _record(record: RecordSpot, frame: _Frame) -> Circle:
    x, y = frame.xy(record.lat, record.lon)
    r = max(record.radius_km * frame.px_per_km, LEAST_CIRCLE_PX)
    return Circle(x=round(x, 1), y=round(y, 1), r=round(r, 1), hue=OTHER_HUE, title=record.text, region=False)


def _wholly_inside(circle: Circle, frame: _Frame) -> bool:
    x, y, r = circle.x, circle.y, circle.r
    return r <= x <= frame.width - r and r <= y <= frame.height - r


def _inside(spot: RecordSpot | Spot, frame: _Frame) -> bool:
    x, y = frame.xy(spot.lat, spot.lon)
    return 0 <= x <= frame.width and 0 <= y <= frame.height


def _land(frame: _Frame) -> Iterable[str]:
    for ring in within(frame.box):
        points = (frame.xy(lat, lon) for lon, lat in ring)
        yield "M" + "L".join(f"{x:.1f},{y:.1f}" for x, y in points) + "Z"


def _grid(frame: _Frame) -> Iterable[GridLine]:
    west, south, east, north = frame.box
    step = next((one for one in _STEPS_DEGREES if (east - west) / one <= 7 and (north - south) / one <= 7), 45.0)
    for lon in _multiples(west, east, step):
        x = round(frame.xy(north, lon)[0], 1)
        yield GridLine(x1=x, y1=0, x2=x, y2=frame.height, text=_degrees(lon, "E", "W"), upright=True)
    for lat in _multiples(south, north, step):
        y = round(frame.xy(lat, west)[1], 1)
        yield GridLine(x1=0, y1=y, x2=frame.width, y2=y, text=_degrees(lat, "N", "S"), upright=False)


def _multiples(low: float, high: float, step: float) -> Iterable[float]:
    for at in range(math.ceil(low / step), math.floor(high / step) + 1):
        yield at * step


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(round(value, 2)):g}° {positive if value >= 0 else negative}"


def _labels(
    spots: Sequence[Spot], circles: Sequence[Circle], frame: _Frame
) -> tuple[tuple[Label, ...], tuple[str, ...]]:
    """Place labels one by one, the most often named place first, where they cover no other label."""
    taken: list[tuple[float, float, float, float]] = []
    labels, unlabelled = [], []
    order = sorted(range(len(spots)), key=lambda at: (-len(spots[at].numbers), spots[at].name, at))
    for at in order:
        if not _wholly_inside(circles[at], frame) and (spots[at].region or not _inside(spots[at], frame)):
            unlabelled.append(spots[at].name)
            continue
        text = spots[at].name + _letters(spots[at].sides)
        for label, box in _positions(circles[at], text):
            if _free(box, taken, frame):
                taken.append(box)
                labels.append(label)
                break
        else:
            unlabelled.append(spots[at].name)
    return tuple(labels), tuple(unlabelled)


def _letters(sides: tuple[Side, ...]) -> str:
    letters = "".join(dict.fromkeys(one.letter for one in sides if one.letter != "·"))
    return f" [{letters}]" if letters else ""


def _positions(circle: Circle, text: str) -> Iterable[tuple[Label, tuple[float, float, float, float]]]:
    """Right, left, above and below the circle; then inside it, for circles that are wider than their name."""
    width, gap = len(text) * LABEL_WIDTH_PX, circle.r + 4
    places = (
        (circle.x + gap, circle.y + 4, "start"),
        (circle.x - gap, circle.y + 4, "end"),
        (circle.x, circle.y - gap, "middle"),
        (circle.x, circle.y + gap + LABEL_PX - 2, "middle"),
        (circle.x, circle.y + 4, "middle"),
    )
    for x, y, anchor in places:
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[anchor]
        box = (left - 2, y - LABEL_PX, left + width + 2, y + 3)
        yield Label(x=round(x, 1), y=round(y, 1), text=text, anchor=anchor), box


def _free(
    box: tuple[float, float, float, float], taken: list[tuple[float, float, float, float]], frame: _Frame
) -> bool:
    left, top, right, bottom = box
    if left < 2 or top < 2 or right > frame.width - 2 or bottom > frame.height - 16:
        return False
    return all(right < a or left > c or bottom < b or top > d for a, b, c, d in taken)
