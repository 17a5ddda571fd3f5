"""Web pages that were saved: the main text, and the headers that the page states about itself."""

import json
import re
from collections.abc import Iterator
from typing import Any

from pactwatch.model import Problem, Severity
from pactwatch.sources.blocks import blocks_of, main_blocks
from pactwatch.sources.dates import from_header
from pactwatch.sources.encoding import decode
from pactwatch.sources.part import Parsed, Part

_MEDIA_TYPE = "text/html"
_CHARSET = re.compile(rb"""<meta[^>]+charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]+)""", re.I)
_XML_CHARSET = re.compile(rb"""^\s*<\?xml[^>]+encoding\s*=\s*["']([A-Za-z0-9_.:-]+)""", re.I)
_HEAD_BYTES = 8192

_DATE_FIELDS = (  # in the order of how directly each speaks of first publication
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "dcterms.issued",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "dc.date",
    "citation_publication_date",
    "publish-date",
    "publication_date",
    "pubdate",
    "date",
)
_LITTLE_SHARE = 0.5  # of the page's visible words; below it a reader should know that more stands there


def parse(data: bytes, where: str) -> Parsed:
    """Return the main text of a page with its title, date, address and site, as far as the page states them."""
    text, problems = decode(data, where, _declared(data))
    if text is None:
        return Parsed(media_type=_MEDIA_TYPE, problems=tuple(problems))
    tree, cut = _tree(text)
    if cut:
        what = "this page nests its elements too deeply; what stands below was not read"
        problems.append(Problem(code="page-depth", where=where, what=what, advice="Copy its text into a .txt file."))
    body, share = ("", 0.0) if tree is None else _main_text(text, tree)
    if tree is None or not body.strip():
        what = "this page holds no text that can be shown; it may be built by a script"
        advice = "Save the page from the browser after it has loaded, or copy its text."
        problems.append(Problem(code="no-text", where=where, what=what, advice=advice, severity=Severity.ERROR))
        return Parsed(media_type=_MEDIA_TYPE, problems=tuple(problems))
    if share < _LITTLE_SHARE:
        what = f"the main text is {share:.0%} of what this page shows; menus and other texts around it were left out"
        advice = "If something is missing, copy the text into a .txt file."
        problems.append(Problem(code="page-parts", where=where, what=what, advice=advice, severity=Severity.NOTE))
    return Parsed(media_type=_MEDIA_TYPE, parts=(_part(body, tree),), problems=tuple(problems))


def _declared(data: bytes) -> str | None:
    head = data[:_HEAD_BYTES]
    found = _CHARSET.search(head) or _XML_CHARSET.match(head)
    name = found[1].decode("ascii").lower() if found else None
    # Browsers read these two as windows-1252 (WHATWG Encoding Standard); pages that say them contain its quotes.
    return "windows-1252" if name in ("iso-8859-1", "latin-1", "latin1", "us-ascii") else name


def _tree(text: str) -> tuple[Any, bool]:
    """The page's tree, None where there is none; True where the parser gave up at a depth that no real page has."""
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", errors="replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None, False
    return tree, any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)


def _main_text(text: str, tree: Any) -> tuple[str, float]:
    """The page's main text, one block a line, and its share of the visible text.

    trafilatura says where the main text begins and ends; the words are taken from the page's own blocks, because its
    text breaks lines at bold words of short pages and leaves out headlines and lists.
    """
    import trafilatura

    try:
        found = trafilatura.bare_extraction(_tree(text)[0], include_comments=False, favor_recall=True)
    except Exception:  # a page that breaks the extractor must still be read; then every block counts
        found = None
    blocks = blocks_of(tree)
    body = "\n".join(block.text for block in main_blocks(blocks, getattr(found, "text", None) or ""))
    return body, len(body) / max(1, sum(len(block.text) + 1 for block in blocks if block.link_share == 0))


def _part(body: str, tree: Any) -> Part:
    fields = dict(_meta_fields(tree))
    published, published_from = _published(fields, tree)
    address = tree.xpath("string(//link[translate(@rel,'CANOIL','canoil')='canonical']/@href)") or fields.get(
        "og:url", ""
    )
    kept = {
        "url": address.strip(),
        "site": fields.get("og:site_name", ""),
        "author": fields.get("author", ""),
        "modified": from_header(fields.get("article:modified_time", "")) or "",
    }
    title = fields.get("og:title") or tree.xpath("string(//h1)") or tree.xpath("string(//head/title)")
    return Part(
        text=body,
        title=" ".join(title.split()) or None,
        published=published,
        published_from=published_from,
        metadata=tuple(sorted((name, value) for name, value in kept.items() if value)),
    )


def _meta_fields(tree: Any) -> Iterator[tuple[str, str]]:
    """Names (lower case) and contents of `meta` elements and of elements with `itemprop`; the last of a name wins."""
    for meta in reversed(tree.xpath("//meta[@content]")):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        yield name.strip().lower(), meta.get("content").strip()


def _published(fields: dict[str, str], tree: Any) -> tuple[str | None, str]:
    for name in _DATE_FIELDS:
        if date := from_header(fields.get(name, "")):
            return date, f"meta {name}"
    for block in tree.xpath("//script[@type='application/ld+json']/text()"):
        if date := _linked_data_date(block):
            return date, "json-ld datePublished"
    marked = tree.xpath(
        "//time[@pubdate or @itemprop='datePublished']/@datetime | //*[@itemprop='datePublished']/@content"
    )
    for value in marked:
        if date := from_header(value):
            return date, "time datePublished"
    return None, ""


def _linked_data_date(block: str) -> str | None:
    """The one publication date of a schema.org block; several that differ (a list of articles) are no header."""
    try:
        data = json.loads(block)
    except (ValueError, RecursionError):
        return None
    items = data if isinstance(data, list) else data.get("@graph", [data]) if isinstance(data, dict) else []
    values = {
        item["datePublished"] for item in items if isinstance(item, dict) and isinstance(item.get("datePublished"), str)
    }
    return from_header(values.pop()) if len(values) == 1 else None
