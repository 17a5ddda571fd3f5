"""The outline of an agreement's text: articles, paragraphs and points, each with its place, and what stands outside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_ARTICLE = re.compile(
    r"^[#*\s]*(?P<word>Article|Section|Part|Annex|Chapter|Clause)\s+(?P<number>[0-9]+|[IVXLC]+|[A-Z])\b[.:)\s–—-]*"
    r"(?P<title>.*?)[*\s]*$",
    re.IGNORECASE,
)
_PARAGRAPH = re.compile(r"^\s*(?:\((?P<bracketed>\d+)\)|(?P<plain>\d+)[.)])\s+(?P<rest>\S.*)$")
_POINT = re.compile(r"^\s*\(?(?P<letter>[a-z])\)\s+(?P<rest>\S.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """One clause as the text divides it: `path` is its place (`8/1`, `4/a`), `line` where it begins, from 1.

    `lead` are the words that open a list of points and govern each of them ("The following are prohibited:").
    """

    path: str
    heading: str
    text: str
    line: int
    lead: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """A text taken apart. `head` are the lines before its first article."""

    head: tuple[str, ...]
    passages: tuple[Passage, ...]


def outline(text: str) -> Outline:
    """Return the articles, paragraphs and points of a text in its order. Nothing of the text is left out."""
    head: list[str] = []
    passages: list[Passage] = []
    article = heading = paragraph = lead = ""
    for number, line in _lines(text):
        found = _ARTICLE.match(line)
        if found and len(line) <= _LONGEST_HEADING:
            article, heading, paragraph, lead = found["number"], found["title"].strip(), "", ""
        elif not article:
            head.append(line)
        elif (point := _POINT.match(line)) is not None:
            lead = _governing(passages, article, paragraph) or lead
            path = "/".join(part for part in (article, paragraph, point["letter"]) if part)
            passages.append(Passage(path=path, heading=heading, text=point["rest"], line=number, lead=lead))
        elif (counted := _PARAGRAPH.match(line)) is not None:
            paragraph, lead = counted["bracketed"] or counted["plain"], ""
            passages.append(Passage(path=f"{article}/{paragraph}", heading=heading, text=counted["rest"], line=number))
        else:
            _go_on(passages, Passage(path=article, heading=heading, text=line, line=number))
    return Outline(head=tuple(head), passages=_numbered(passages))


_LONGEST_HEADING = 120
"""A longer line that begins with "Article 4" is a sentence about that article."""


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, line.strip()


def _governing(passages: list[Passage], article: str, paragraph: str) -> str:
    """The words before a list, where they end with a colon: they are taken off the list of clauses."""
    path = "/".join(part for part in (article, paragraph) if part)
    if passages and passages[-1].path == path and passages[-1].text.endswith(":"):
        return passages.pop().text
    return ""


def _go_on(passages: list[Passage], new: Passage) -> None:
    """A line without a number goes on with the passage before it in the same article, or begins the article's own."""
    last = passages[-1] if passages else None
    if last is not None and last.path.split("/")[0] == new.path and last.heading == new.heading:
        passages[-1] = Passage(
            path=last.path, heading=last.heading, text=f"{last.text} {new.text}", line=last.line, lead=last.lead
        )
    else:
        passages.append(new)


def _numbered(passages: list[Passage]) -> tuple[Passage, ...]:
    """Paths that come twice get a letter behind them, so that each clause has an id of its own."""
    seen: dict[str, int] = {}
    out = []
    for one in passages:
        seen[one.path] = seen.get(one.path, 0) + 1
        path = one.path if seen[one.path] == 1 else f"{one.path}-{seen[one.path]}"
        out.append(Passage(path=path, heading=one.heading, text=one.text, line=one.line, lead=one.lead))
    return tuple(out)
