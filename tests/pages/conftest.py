"""A real browser without a network, for the tests of pages."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

ENGINES = Path(__file__).parent / "node_modules"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-quic"]


@pytest.fixture(scope="session")
def browser():
    """Start Chromium; a machine without it skips, continuous integration does not."""
    needed = {
        "Chromium": CHROMIUM,
        "axe-core": ENGINES / "axe-core",
        "HTML_CodeSniffer": ENGINES / "html_codesniffer",
    }
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


@pytest.fixture
def visit(browser):
    """Return a function that opens a page without a network, with every address that it asks for."""
    contexts = []

    def open_page(path, viewport, *, unfold=True, **options):
        context = browser.new_context(viewport=viewport, offline=True, **options)
        contexts.append(context)
        page = context.new_page()
        asked, messages = [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("console", lambda message: messages.append(message.text))
        page.goto(path.as_uri())
        if unfold:
            page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        return page, asked, messages

    yield open_page
    # Pages that stay open slow down every later one.
    for context in contexts:
        context.close()
