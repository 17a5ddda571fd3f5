"""Saved web pages."""

from pactwatch import sources
from pactwatch.model import Document

PAGE = """<!DOCTYPE html><html><head><title>Front | News</title>
<meta property="og:title" content="Statement of the Front">
<meta property="og:site_name" content="Front Press">
{date}
<link rel="canonical" href="https://front.example/news/7">
<style>p {{ color: red }}</style></head>
<body><nav><a href="/">Home</a> <a href="/about">About us</a></nav>
<div><h1>Statement of the Front</h1>{body}</div>
<aside>Read also: other things of the day</aside>
<footer>Contact the press office</footer><script>var x = "hidden words";</script></body></html>"""
PARAGRAPHS = (
    "<p>On 5 April the Government <b>shelled</b> the town of <i>Karsa</i>.</p>"
    "<p>Two people were hurt, said the spokesman &ndash; &ldquo;both civilians&rdquo;.</p>"
    "<ul><li>One shell fell <a href='/m'>near the mill</a> at dawn.</li><li>Another hit the bridge.</li></ul>"
)


def page(body: str = PARAGRAPHS, date: str = "", name: str = "p.html", encoding: str = "utf-8") -> Document:
    """The document of a page around `body`."""
    (document,) = sources.read_bytes(PAGE.format(body=body, date=date).encode(encoding), name).documents
    return document


def test_the_main_text_is_whole_and_menus_are_not_in_it() -> None:
    """Headline, paragraphs and list items come out one a line, unbroken at bold words; navigation does not."""
    assert page().text.split("\n") == [
        "Statement of the Front",
        "On 5 April the Government shelled the town of Karsa.",
        "Two people were hurt, said the spokesman – “both civilians”.",
        "One shell fell near the mill at dawn.",
        "Another hit the bridge.",
    ]


def test_a_long_page_loses_no_paragraph() -> None:
    """Every paragraph of a long article is there, in order, with its headline."""
    body = "".join(
        f"<p>Paragraph {n}: units left post {n} before dawn, and <b>nobody</b> was hurt.</p>" for n in range(60)
    )
    lines = page(body).text.split("\n")
    assert lines[0] == "Statement of the Front"
    assert lines[1:] == [f"Paragraph {n}: units left post {n} before dawn, and nobody was hurt." for n in range(60)]


def test_a_table_keeps_its_rows() -> None:
    """A row is one line with tabs, so that a number stays beside its name."""
    table = "<table><tr><th>Place</th><th>Shells</th></tr><tr><td>Karsa</td><td>12</td></tr></table>"
    assert "Place\tShells\nKarsa\t12" in page(PARAGRAPHS + table).text


def test_preformatted_text_keeps_its_lines() -> None:
    """Releases that are pasted as plain text keep their line breaks."""
    assert "First line\nSecond line" in page("<pre>First line\nSecond line</pre>" + PARAGRAPHS).text


def test_what_the_page_states_of_itself_is_kept() -> None:
    """Title, address, site and publication date come from the page's own fields, and the date says which."""
    document = page(date='<meta property="article:published_time" content="2031-04-06T22:10:00+02:00">')
    assert document.title == "Statement of the Front"
    assert document.published == "2031-04-06"
    kept = dict(document.metadata)
    assert kept["published_from"] == "meta article:published_time"
    assert kept["url"] == "https://front.example/news/7"
    assert kept["site"] == "Front Press"


def test_dates_in_linked_data_and_time_elements_count() -> None:
    """schema.org's `datePublished` is an explicit field wherever it is written."""
    linked = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2031-04-06"}</script>'
    assert page(date=linked).published == "2031-04-06"
    assert page(PARAGRAPHS + '<time itemprop="datePublished" datetime="2031-04-07">x</time>').published == "2031-04-07"
    two = (
        '<script type="application/ld+json">[{"datePublished": "2031-04-06"}, {"datePublished": "2031-01-01"}]</script>'
    )
    assert page(date=two).published is None


def test_a_date_is_not_dug_out_of_the_text() -> None:
    """A date in a sentence or in the address is no publication date."""
    assert page("<p>On 5 April 2031 the Front said that it had left the town of Karsa.</p>").published is None


def test_the_declared_encoding_is_taken() -> None:
    """A page that says its charset is read by it, without a guess; ISO-8859-1 is read as browsers do."""
    meta = '<meta charset="windows-1251">'
    assert "Карса" in page("<p>Силы вышли из города Карса утром.</p>", date=meta, encoding="windows-1251").text
    meta = '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">'
    assert "Müller" in page("<p>It was said by Müller of the Front.</p>", date=meta, encoding="latin-1").text


def test_a_page_without_text_says_so() -> None:
    """A page that a script would build is not an empty success."""
    intake = sources.read_bytes(b"<html><body><div id='app'></div><script>go()</script></body></html>", "p.html")
    assert intake.documents == ()
    assert [p.code for p in intake.problems] == ["no-text"]


def test_a_page_is_recognised_without_its_name() -> None:
    """Standard input has no suffix; the markup tells."""
    assert "shelled the town" in page(name="-").text
    assert "<" not in page(name="statement.txt").text


def test_broken_markup_is_read_as_far_as_it_goes() -> None:
    """Unclosed tags and deep nesting cost nothing."""
    text = page("<div>" * 300 + "<p>The Front left Karsa before dawn, it said in a statement." + "<b>" * 50).text
    assert "The Front left Karsa before dawn" in text


def test_a_page_nested_without_end_is_said_to_be_cut() -> None:
    """What the parser gives up on is never lost in silence."""
    body = "<p>The Front denies it.</p>" + "<div>" * 5000 + "<p>Below all this.</p>"
    intake = sources.read_bytes(PAGE.format(body=body, date="").encode(), "p.html")
    assert "page-depth" in [p.code for p in intake.problems]


def test_when_most_of_a_page_is_left_out_the_user_is_told() -> None:
    """Leaving out is never silent: a note says how much of the page the main text is."""
    article = "<article>" + "".join(f"<p>The Front said in statement {n} that it had left Karsa.</p>" for n in range(9))
    other = (
        "<div class='comments'>" + "".join(f"<p>Comment of reader {n} on all this.</p>" for n in range(90)) + "</div>"
    )
    intake = sources.read_bytes(PAGE.format(body=article + "</article>" + other, date="").encode(), "p.html")
    text = intake.documents[0].text
    assert "statement 8" in text
    assert ("page-parts" in [p.code for p in intake.problems]) == ("Comment of reader 89" not in text)
