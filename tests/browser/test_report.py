"""The report in a real browser: it shows itself, asks for nothing from outside, and its links lead somewhere."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from pactwatch import views
from pactwatch.testing import sample_checked

pytestmark = pytest.mark.browser

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Any]:
    """A browser page that shows the sample report; its `asked` lists every request it made."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed: make browser")
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt-get install chromium, or set CHROMIUM to its path")
    file = tmp_path / "report.html"
    file.write_text(views.report(sample_checked()), encoding="utf-8")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        shown = browser.new_page(viewport={"width": 1300, "height": 900})
        shown.asked = []
        shown.on("request", lambda request: shown.asked.append(request.url))
        shown.goto(file.as_uri())
        yield shown
        browser.close()


def test_the_report_asks_for_nothing_from_outside(page: Any) -> None:
    """One file is all there is: no font, script or picture is fetched."""
    assert len(page.asked) == 1
    assert page.asked[0].startswith("file:")


def test_the_report_says_what_it_does_not_say(page: Any) -> None:
    """The first thing a reader sees is that nothing here says what happened."""
    assert "what happened" in page.inner_text("body")
    assert page.locator("h1").count() == 1
    assert page.locator("svg").count() >= 2


def test_every_link_in_the_report_leads_somewhere(page: Any) -> None:
    """No link of the page points to a place that is not on it."""
    targets = page.eval_on_selector_all("a[href^='#']", "links => links.map(a => a.getAttribute('href').slice(1))")
    assert targets
    missing = page.evaluate("names => names.filter(name => !document.getElementById(name))", targets)
    assert missing == []


def test_the_report_fits_a_narrow_screen(page: Any) -> None:
    """Nothing but wide tables and drawings makes the page scroll sideways."""
    page.set_viewport_size({"width": 400, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 420
