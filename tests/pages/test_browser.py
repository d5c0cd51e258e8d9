"""Every page in a real browser: no request, no finding of two accessibility engines, readable at 320 px.

Needs Chromium and ``npm ci --prefix tests/pages``; a machine without them skips, continuous integration does not.
"""

from itertools import pairwise
from pathlib import Path

import pytest

HERE = Path(__file__).parent
AXE = HERE / "node_modules/axe-core/axe.min.js"
CODESNIFFER = HERE / "node_modules/html_codesniffer/build/HTMLCS.js"
PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}

RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
    found => `${found.id}: ${found.help}: ${found.nodes.map(node => node.target).join(" ")}`)"""
RUN_CODESNIFFER = """() => new Promise((done, fail) => HTMLCS.process("WCAG2AA", document, () => done(
    HTMLCS.getMessages().filter(found => found.type === HTMLCS.ERROR).map(
        found => `${found.code}: ${found.msg}: ${found.element.outerHTML.slice(0, 120)}`)), fail))"""


@pytest.fixture(scope="module")
def pages(build):
    found = sorted((build / "reports").glob("*.html"))
    assert found
    return found


def test_no_page_makes_a_request_or_complains(visit, pages):
    for path in pages:
        page, asked, messages = visit(path, DESKTOP)
        page.wait_for_load_state("networkidle")
        assert asked == [path.as_uri()]
        assert messages == []
        page.context.close()


@pytest.mark.parametrize("engine", ["axe", "codesniffer"])
def test_two_engines_find_nothing_at_desktop_and_phone_width(visit, pages, engine):
    script, run = {"axe": (AXE, RUN_AXE), "codesniffer": (CODESNIFFER, RUN_CODESNIFFER)}[engine]
    findings = {}
    for path in pages:
        for viewport in (DESKTOP, PHONE):
            page, _, _ = visit(path, viewport, bypass_csp=True)
            page.add_script_tag(path=script)
            if found := page.evaluate(run):
                findings[path.name, viewport["width"]] = found
            page.context.close()
    assert findings == {}


def test_a_page_never_scrolls_sideways_at_320_pixels(visit, pages):
    for path in pages:
        page, _, _ = visit(path, PHONE)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"], path.name
        page.context.close()


def counted_rows(page):
    """Return what the browser tells of how many rows a filter left; the style of the page makes the number."""
    told = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")["nodes"]
    texts = [node.get("name", {}).get("value", "") for node in told if node["role"]["value"] == "StaticText"]
    return [after for before, after in pairwise(texts) if before.strip() == "Getoond:"]


def test_a_filtered_table_counts_the_rows_that_are_left(visit, pages):
    (path,) = [path for path in pages if path.stem == "14_published_audit"]
    page, _, _ = visit(path, DESKTOP)
    rows = page.locator(".filtered:has(.shown) tbody tr")
    assert counted_rows(page) == [str(rows.count())]
    page.locator(".filtered input:not(:checked)").first.check()
    left = rows.locator("visible=true").count()
    assert 0 < left < rows.count()
    assert counted_rows(page) == [str(left)]


def test_the_whole_page_is_reached_with_the_keyboard(visit, pages):
    for path in pages:
        page, _, _ = visit(path, DESKTOP)
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent").strip(), "the first stop is the skip link"
        assert page.evaluate("document.activeElement.getAttribute('href')").startswith("#")
        outlines = page.evaluate(
            """() => [...document.querySelectorAll("a[href], summary, [tabindex='0']")].map(part => {
                part.focus(); return getComputedStyle(part).outlineStyle; })"""
        )
        assert outlines
        assert "none" not in outlines, f"{path.name}: something that takes the focus does not show it"
        page.context.close()
