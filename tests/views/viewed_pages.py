"""What the tests of the views share: a page read as a person reads it, and a case whose sides are of equal length."""

import dataclasses
import re
from html.parser import HTMLParser

from pactwatch.model import Checked, Document, Party, PartyKind, Reading
from pactwatch.testing import sample_checked

VOID = {"meta", "br", "hr", "img", "input", "link"}

EAST = Party(id="east", label="Eastern League", own_name="Eastern League", kind=PartyKind.ARMED_GROUP)
WEST = Party(id="west", label="Western League", own_name="Western League", kind=PartyKind.ARMED_GROUP)
"""Two sides whose names are equally long, so that no drawing has to move when they change places."""


class Page(HTMLParser):
    """A page as parsed: its elements with attributes, its visible text, what is wrong with its nesting."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.kinds: list[str] = []
        self.wrong: list[str] = []
        self.said: list[str] = []
        self.outside: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)
            self.kinds.append(dict(attrs).get("class") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open[-1] != tag:
            self.wrong.append(f"</{tag}> inside {self.open[-3:]}")
        while tag in self.open:
            self.kinds.pop()
            if self.open.pop() == tag:
                break

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.said.append(data)
        if "q" not in self.open and "body" not in self.kinds:
            self.outside.append(data)

    @property
    def text(self) -> str:
        """All text that a reader sees."""
        return " ".join("".join(self.said).split())

    @property
    def our_words(self) -> str:
        """The text outside quotes and outside the documents' own text."""
        return re.sub(r"“[^”]*”", "“”", " ".join("".join(self.outside).split()))

    def ids(self) -> list[str]:
        """Every id, in order."""
        return [str(attrs["id"]) for _, attrs in self.elements if attrs.get("id")]


def with_text(checked: Checked, extra: str) -> Checked:
    """The same case, with `extra` appended to each document (all quotes stay where they are) and as its title."""

    def longer(reading: Reading) -> Reading:
        document: Document = dataclasses.replace(reading.document, text=reading.document.text + extra, title=extra)
        return dataclasses.replace(reading, document=document)

    return dataclasses.replace(checked, readings=tuple(longer(one) for one in checked.readings))


def swapped(text: str) -> str:
    """`text` with the two leagues' names and ids exchanged."""
    names = {EAST.label: WEST.label, WEST.label: EAST.label, "east": "west", "west": "east"}
    return re.sub("|".join(names), lambda found: names[found[0]], text)


def leagues(*, exchanged: bool = False) -> Checked:
    """The sample case of the two leagues; `exchanged` puts each into the other's role."""
    return sample_checked(WEST, EAST) if exchanged else sample_checked(EAST, WEST)
