"""Every page in a real browser: no request, no finding of two accessibility engines, readable at 320 px.

Needs Chromium and ``npm ci --prefix tests/pages``; a machine without them skips, continuous integration does not.
"""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
AXE = HERE / "node_modules/axe-core/axe.min.js"
CODESNIFFER = HERE / "node_modules/html_codesniffer/build/HTMLCS.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]
PHONE, DESKTOP = {"width": 320, "height": 640}, {"width": 1280, "height": 900}

RUN_AXE = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map(
    found => `${found.id}: ${found.help}: ${found.nodes.map(node => node.target).join(" ")}`)"""
RUN_CODESNIFFER = """() => new Promise((done, fail) => HTMLCS.process("WCAG2AA", document, () => done(
    HTMLCS.getMessages().filter(found => found.type === HTMLCS.ERROR).map(
        found => `${found.code}: ${found.msg}: ${found.element.outerHTML.slice(0, 120)}`)), fail))"""


@pytest.fixture(scope="module")
def browser():
    needed = {"Chromium": CHROMIUM, "axe-core": AXE, "HTML_CodeSniffer": CODESNIFFER}
    absent = [name for name, path in needed.items() if path is None or not Path(path).exists()]
    if absent:
        message = f"not on this machine: {', '.join(absent)}"
        pytest.fail(message) if os.environ.get("CI") else pytest.skip(message)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=FLAGS, chromium_sandbox=os.geteuid() != 0
        )
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def pages(build):
    found = sorted((build / "reports").glob("*.html"))
    assert found
    return found


def visit(browser, path, viewport, **options):
    """Open a page without a network; return it with every address that it asked for."""
    context = browser.new_context(viewport=viewport, offline=True, **options)
    page = context.new_page()
    asked, messages = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: messages.append(message.text))
    page.goto(path.as_uri())
    page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
    return page, asked, messages


def test_no_page_makes_a_request_or_complains(browser, pages):
    for path in pages:
        page, asked, messages = visit(browser, path, DESKTOP)
        page.wait_for_load_state("networkidle")
        assert asked == [path.as_uri()]
        assert messages == []
        page.context.close()


@pytest.mark.parametrize("engine", ["axe", "codesniffer"])
def test_two_engines_find_nothing_at_desktop_and_phone_width(browser, pages, engine):
    script, run = {"axe": (AXE, RUN_AXE), "codesniffer": (CODESNIFFER, RUN_CODESNIFFER)}[engine]
    findings = {}
    for path in pages:
        for viewport in (DESKTOP, PHONE):
            page, _, _ = visit(browser, path, viewport, bypass_csp=True)
            page.add_script_tag(path=script)
            if found := page.evaluate(run):
                findings[path.name, viewport["width"]] = found
            page.context.close()
    assert findings == {}


def test_a_page_never_scrolls_sideways_at_320_pixels(browser, pages):
    for path in pages:
        page, _, _ = visit(browser, path, PHONE)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= PHONE["width"], path.name
        page.context.close()


def test_the_whole_page_is_reached_with_the_keyboard(browser, pages):
    for path in pages:
        page, _, _ = visit(browser, path, DESKTOP)
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
