"""The timeline as shapes in pixels: bars packed into lanes, fading where an end is unknown."""

import datetime as dt
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pactwatch.views.timeline import Band, Bar, Tick, Timeline

WIDTH_PX, GUTTER_PX = 1000.0, 130.0
LANE_PX, BAR_PX, BAND_GAP_PX, HEAD_PX = 15.0, 9.0, 14.0, 34.0
LEAST_BAR_PX = 4.0
TITLE_LETTERS, TITLE_LINE_PX = 22, 11.0
DIGIT_PX = 5.6
"""Mean advance of a digit at 9 px in the sans-serif faces that browsers have."""

FADE_PX = 60.0
"""How far a bar with an unknown end is drawn beyond its known end before it has faded."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarShape:
    """A bar with its number beside it. `fade` is "", "left", "right" or "both": the ends that nothing pins."""

    x: float
    y: float
    width: float
    hue: str
    side: int
    fade: str
    vague: bool
    label: str
    label_x: float
    anchor: str
    number: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BandShape:
    """A band: its title, where it begins and how high it is."""

    title: tuple[str, ...]
    y: float
    height: float
    bars: tuple[BarShape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TickShape:
    """A mark for a day or days, with its text for whoever points at it."""

    x: float
    width: float
    text: str
    lane: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineDrawing:
    """Everything to draw."""

    width: float
    height: float
    gutter: float
    bands: tuple[BandShape, ...]
    months: tuple[TickShape, ...]
    agreements: tuple[TickShape, ...]
    documents: tuple[TickShape, ...]
    documents_y: float
    records: tuple[TickShape, ...]
    records_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class _Scale:
    first: dt.date
    px_per_day: float

    def x(self, day: dt.date) -> float:
        return GUTTER_PX + (day - self.first).days * self.px_per_day


def draw_timeline(data: Timeline) -> TimelineDrawing | None:
    """Return the timeline's shapes; None where nothing is dated."""
    if data.first is None or data.last is None:
        return None
    days = (data.last - data.first).days + 1
    scale = _Scale(first=data.first, px_per_day=(WIDTH_PX - GUTTER_PX - 10) / days)
    bands, y = [], HEAD_PX + 10 * len(data.agreements[:4])
    for band in data.bands:
        shape = _band(band, scale, data, y)
        bands.append(shape)
        y += shape.height + BAND_GAP_PX
    return TimelineDrawing(
        width=WIDTH_PX,
        height=round(y + 62, 1),
        gutter=GUTTER_PX,
        bands=tuple(bands),
        months=tuple(_months(data.first, data.last, scale)),
        agreements=tuple(
            TickShape(x=round(scale.x(one.first), 1), width=0, text=one.text, lane=at % 4)
            for at, one in enumerate(data.agreements)
        ),
        documents=tuple(_ticks(data.documents, scale, LEAST_BAR_PX)),
        documents_y=round(y, 1),
        records=tuple(_ticks(data.records, scale, 1.5)),
        records_y=round(y + 26, 1),
    )


def _band(band: Band, scale: _Scale, data: Timeline, y: float) -> BandShape:
    lanes: list[float] = []
    shapes = []
    for bar in sorted(band.bars, key=lambda one: _order(one, data)):
        shape, left, right = _shape(bar, scale, data)
        lane = next((at for at, end in enumerate(lanes) if end <= left), len(lanes))
        if lane == len(lanes):
            lanes.append(right)
        lanes[lane] = right
        shapes.append(_moved(shape, y + lane * LANE_PX))
    title = tuple(textwrap.wrap(band.title, TITLE_LETTERS))
    height = max(LANE_PX * max(1, len(lanes)), TITLE_LINE_PX * len(title))
    return BandShape(title=title, y=round(y, 1), height=height, bars=tuple(shapes))


def _order(bar: Bar, data: Timeline) -> tuple[dt.date, dt.date, tuple[int, ...]]:
    first, last = bar.first or data.first, bar.last or data.last
    assert first is not None
    assert last is not None
    return first, last, tuple(int(part) for part in bar.number.split("."))


def _shape(bar: Bar, scale: _Scale, data: Timeline) -> tuple[BarShape, float, float]:
    """A bar at height 0, and the room from left to right that it needs with its label."""
    assert data.first is not None
    assert data.last is not None
    edge = scale.x(data.last) + scale.px_per_day
    left = scale.x(max(bar.first, data.first)) if bar.first else max(scale.x(_known(bar)) - FADE_PX, GUTTER_PX)
    right = (
        scale.x(min(bar.last, data.last)) + scale.px_per_day if bar.last else min(scale.x(_known(bar)) + FADE_PX, edge)
    )
    right = max(right, left + LEAST_BAR_PX)
    label = bar.number if bar.side.letter == "·" else f"{bar.number} {bar.side.letter}"
    room = len(label) * DIGIT_PX + 4
    fits = right + room <= WIDTH_PX
    shape = BarShape(
        x=round(left, 1),
        y=0.0,
        width=round(right - left, 1),
        hue=bar.side.hue,
        side=bar.side.index,
        fade={(True, True): "both", (True, False): "left", (False, True): "right"}.get(
            (bar.first is None, bar.last is None), ""
        ),
        vague=bar.vague,
        label=label,
        label_x=round(right + 3 if fits else left - 3, 1),
        anchor="start" if fits else "end",
        number=bar.number,
        title=f"{bar.number}, {bar.text}: {bar.says}",
    )
    return shape, left if fits else left - room, right + room if fits else right + 3


def _known(bar: Bar) -> dt.date:
    known = bar.first or bar.last
    assert known is not None
    return known


def _moved(shape: BarShape, y: float) -> BarShape:
    return BarShape(**{name: getattr(shape, name) for name in BarShape.__slots__} | {"y": round(y, 1)})


def _ticks(ticks: Sequence[Tick], scale: _Scale, least_px: float) -> Iterable[TickShape]:
    for tick in ticks:
        x, end = scale.x(tick.first), scale.x(tick.last) + scale.px_per_day
        x = max(x, GUTTER_PX)
        width = min(max(end - x, least_px), WIDTH_PX - x)
        yield TickShape(x=round(x, 1), width=round(width, 1), text=tick.text)


def _months(first: dt.date, last: dt.date, scale: _Scale) -> Iterable[TickShape]:
    """A mark at the first of each month, or of each year where months would be too close."""
    yearly = (last - first).days > 900
    for year in range(first.year, last.year + 1):
        for month in (1,) if yearly else range(1, 13):
            day = dt.date(year, month, 1)
            if first <= day <= last:
                text = (
                    str(year)
                    if yearly
                    else f"{day:%b}" + (f" {year}" if month == 1 or day.toordinal() - first.toordinal() < 31 else "")
                )
                yield TickShape(x=round(scale.x(day), 1), width=0, text=text)
