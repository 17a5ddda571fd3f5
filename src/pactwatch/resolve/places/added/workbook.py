"""XLSX workbooks as tables: the sheets' cells as text, by the standard library and lxml.

Only what a table of places needs of ECMA-376: shared and inline strings, numbers, booleans. No formulas are computed
(their stored values are read), no macros run, no entities are expanded.
"""

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from pactwatch.errors import UnreadableFile

MAX_PART_BYTES = 400_000_000
"""An unpacked part beyond this is refused: a small file can hold a very large one."""

_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LINK = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_COLUMN = re.compile(r"[A-Z]+")


def sheets(path: Path) -> Iterator[tuple[str, Iterator[tuple[int, list[str]]]]]:
    """Yield each sheet's name and its rows as (line, cells); `UnreadableFile` where the file is no workbook."""
    try:
        with zipfile.ZipFile(path) as packed:
            strings = _strings(packed, path)
            for name, part in _parts(packed, path):
                yield name, _rows(packed, part, strings, path)
    except (zipfile.BadZipFile, KeyError, etree.XMLSyntaxError, ValueError, IndexError) as error:
        what = f"{path}: this is no XLSX workbook, or it is damaged ({error}); save it again as .xlsx or .csv"
        raise UnreadableFile(what) from None


def _parts(packed: zipfile.ZipFile, path: Path) -> list[tuple[str, str]]:
    """Sheets in the order of the workbook, with the parts that hold them."""
    links = etree.fromstring(_bytes(packed, "xl/_rels/workbook.xml.rels", path), _parser())
    targets = {link.get("Id"): link.get("Target", "").lstrip("/") for link in links}
    book = etree.fromstring(_bytes(packed, "xl/workbook.xml", path), _parser())
    parts = []
    for sheet in book.iter(f"{_MAIN}sheet"):
        target = targets[sheet.get(_LINK)]
        parts.append((sheet.get("name", ""), target if target.startswith("xl/") else f"xl/{target}"))
    return parts


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _bytes(packed: zipfile.ZipFile, part: str, path: Path) -> bytes:
    _check(packed, part, path)
    return packed.read(part)


def _check(packed: zipfile.ZipFile, part: str, path: Path) -> None:
    if packed.getinfo(part).file_size > MAX_PART_BYTES:
        raise UnreadableFile(f"{path}: {part} unpacks to more than {MAX_PART_BYTES // 1_000_000} MB; save it as .csv")


def _strings(packed: zipfile.ZipFile, path: Path) -> list[str]:
    if "xl/sharedStrings.xml" not in packed.namelist():
        return []
    root = etree.fromstring(_bytes(packed, "xl/sharedStrings.xml", path), _parser())
    return [_words(item) for item in root.iter(f"{_MAIN}si")]


def _words(item: Any) -> str:
    """The text of a string item, without the phonetic reading that may stand beside it."""
    return "".join(
        part.text or ""
        for part in item.iter(f"{_MAIN}t")
        if not any(a.tag == f"{_MAIN}rPh" for a in part.iterancestors())
    )


def _rows(packed: zipfile.ZipFile, part: str, strings: list[str], path: Path) -> Iterator[tuple[int, list[str]]]:
    _check(packed, part, path)
    with packed.open(part) as raw:
        for _, row in etree.iterparse(raw, tag=f"{_MAIN}row", resolve_entities=False, no_network=True, load_dtd=False):
            cells: list[str] = []
            for cell in row.iter(f"{_MAIN}c"):
                at = _index(cell.get("r", ""), len(cells))
                cells += [""] * (at - len(cells))
                cells.append(_value(cell, strings))
            yield int(row.get("r", "0")), cells
            row.clear()


def _index(reference: str, following: int) -> int:
    """The column of `AB12`, counted from 0; cells without a reference follow each other."""
    letters = _COLUMN.match(reference)
    if not letters:
        return following
    index = 0
    for letter in letters[0]:
        index = index * 26 + ord(letter) - ord("A") + 1
    if not following < index <= 16_384:
        raise ValueError(f"cell {reference} stands out of order")
    return index - 1


def _value(cell: Any, strings: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _words(cell).strip()
    value = cell.findtext(f"{_MAIN}v") or ""
    return strings[int(value)].strip() if cell.get("t") == "s" and value else value.strip()
