"""The visible blocks of a web page, and which of them are its main text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_HIDDEN = frozenset(
    ("script", "style", "noscript", "template", "head", "nav", "footer", "aside", "button", "select", "svg", "iframe")
)
_BLOCKS = frozenset(
    (
        *(
            "p",
            "div",
            "section",
            "article",
            "main",
            "header",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "li",
            "ul",
            "ol",
            "dl",
        ),
        *("dt", "dd", "table", "caption", "tr", "blockquote", "pre", "figure", "figcaption", "address", "hr", "form"),
        *("body", "html", "center", "summary", "details", "fieldset"),
    )
)
_HIDING_STYLE = re.compile(r"display\s*:\s*none", re.I)
_CELL_GAP = "\x1f"  # stands for a tab until white space is tidied; never in HTML text
_LINK_SHARE = 0.5  # a block of which half is links is a menu or a list of other pages
_LONG_LINE = 12  # letters and signs without white space


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line of text as a browser would show it. `link_share` is the share of it that is links, 0 to 1."""

    text: str
    heading: bool
    link_share: float


def blocks_of(tree: Any) -> list[Block]:
    """Return the blocks that a reader would see, in order, without menus, footers and scripts.

    White space inside a block is one space, as a browser shows it, except in preformatted text; table rows are one
    block with a tab between cells.
    """
    found: list[Block] = []
    line = _Line()
    for piece in _pieces(tree):
        if piece.breaks:
            _close(line, found)
            line = _Line(heading=piece.heading)
        line.add(piece)
    _close(line, found)
    return found


def main_blocks(blocks: list[Block], extracted: str) -> list[Block]:
    """Return the blocks from the first to the last that an extractor took for the main text, and the headline above.

    Between them only blocks of links are left out: extractors drop list items and lines that belong to the text.
    Where `extracted` is empty, or has none of the blocks, every block that is not mostly links is returned.
    """
    first, last = _edges(blocks, extracted)
    body = [block for block in blocks[first : last + 1] if block.link_share < _LINK_SHARE]
    headline = next((block for block in reversed(blocks[:first]) if block.heading), None)
    return [headline, *body] if headline else body


def _edges(blocks: list[Block], extracted: str) -> tuple[int, int]:
    """The places of the first and the last block whose words the extractor has; all blocks where it has none."""
    lines = {_squeezed(line) for line in extracted.split("\n")}
    whole = _squeezed(extracted)

    def has(block: Block) -> bool:
        words = _squeezed(block.text)
        # A short line ("Contact") may stand inside others by chance: it counts only as a line of its own.
        return block.link_share < 1 and (words in lines or (len(words) >= _LONG_LINE and words in whole))

    first = next((at for at, block in enumerate(blocks) if has(block)), None)
    if first is None:
        return 0, len(blocks) - 1
    return first, next(at for at in range(len(blocks) - 1, -1, -1) if has(blocks[at]))


def _squeezed(text: str) -> str:
    """The text without white space and without the marks that trafilatura writes for lists and table cells."""
    return re.sub(r"\s+|\||^- ", "", text, flags=re.M)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    text: str = ""
    breaks: bool = False
    heading: bool = False
    link: bool = False


class _Line:
    """The block that is being gathered."""

    def __init__(self, *, heading: bool = False) -> None:
        self.heading, self.pieces, self.linked = heading, list[str](), 0

    def add(self, piece: _Piece) -> None:
        self.pieces.append(piece.text)
        self.linked += len(piece.text.strip()) if piece.link else 0


def _close(line: _Line, found: list[Block]) -> None:
    tidy = re.sub(r"[ \t\n\r\f]+", " ", "".join(line.pieces))
    tidy = re.sub(rf" ?{_CELL_GAP} ?", "\t", tidy).strip()
    if tidy:
        found.append(Block(text=tidy, heading=line.heading, link_share=min(1.0, line.linked / len(tidy))))


def _pieces(tree: Any) -> Iterator[_Piece]:
    """Text in document order with the places where a line breaks. Walks without recursion: pages nest deeply."""
    from lxml import etree  # type: ignore[import-untyped]

    hidden, links, heading, preformatted = None, 0, 0, 0
    for event, node in etree.iterwalk(tree, events=("start", "end", "comment", "pi")):
        tag = node.tag if isinstance(node.tag, str) else ""
        step = 1 if event == "start" else -1 if event == "end" else 0
        if step == 1 and hidden is None and _is_hidden(node, tag):
            hidden = node
        links += step * (tag == "a")
        heading += step * (tag in ("h1", "h2"))
        preformatted += step * (tag == "pre")
        if hidden is None and step:
            yield from _edge(tag, step, heading=heading > 0)
        if step == -1 and hidden is node:
            hidden = None
        text = node.text if step == 1 else node.tail
        if text and hidden is None:
            yield from _text(text, heading=heading > 0, link=links > 0, preformatted=preformatted > 0)


def _is_hidden(node: Any, tag: str) -> bool:
    return tag in _HIDDEN or "hidden" in node.attrib or bool(_HIDING_STYLE.search(node.get("style", "")))


def _edge(tag: str, step: int, *, heading: bool) -> Iterator[_Piece]:
    if tag in _BLOCKS or (tag == "br" and step == 1):
        yield _Piece(breaks=True, heading=heading)
    elif tag in ("td", "th") and step == -1:
        yield _Piece(text=_CELL_GAP)


def _text(text: str, *, heading: bool, link: bool, preformatted: bool) -> Iterator[_Piece]:
    for number, line in enumerate(text.split("\n") if preformatted else [text]):
        yield _Piece(text=line, breaks=number > 0, heading=heading, link=link)
