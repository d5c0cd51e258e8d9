"""The pages as a reviewer uses them: keyboard only, enlarged, with more space, on paper."""

import re

import pytest

DESKTOP, ZOOMED = {"width": 1280, "height": 900}, {"width": 640, "height": 450}
SPACING = """
* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }
"""
"""What a reader may set (WCAG 2.2, criterion 1.4.12)."""
CLIPPED = """() => [...document.querySelectorAll("main *, nav *, header *, footer *")].filter(part => {
    const style = getComputedStyle(part), hides = /hidden|clip/.test(style.overflowX + style.overflowY);
    return hides && !part.closest("svg") && style.position !== "absolute" && part.textContent.trim()
        && (part.scrollWidth > part.clientWidth + 1 || part.scrollHeight > part.clientHeight + 1);
}).map(part => part.outerHTML.slice(0, 120))"""
ORDER = """() => { let last = -1; return [...document.querySelectorAll("main :is(h1, h2, h3)")].filter(part => {
    const top = part.getBoundingClientRect().top, wrong = top < last; last = top; return wrong; }).length }"""


@pytest.fixture(scope="module")
def pages(build):
    return sorted((build / "reports").glob("*.html"))


def focused(page):
    return page.evaluate(
        "() => ({href: document.activeElement.getAttribute('href'), tag: document.activeElement.tagName,"
        " text: document.activeElement.textContent.trim()})"
    )


def tab_to(page, wanted, most=400):
    """Press Tab until what has the focus is wanted, and return how it is called."""
    for _ in range(most):
        page.keyboard.press("Tab")
        found = focused(page)
        if wanted(found):
            return found
    raise AssertionError("not reached with the keyboard")


def test_from_the_index_to_the_table_and_the_file_of_figure_12_with_three_keys_of_enter(visit, build):
    page, asked, _ = visit(build / "reports/index.html", DESKTOP, unfold=False)
    tab_to(page, lambda found: found["href"] == "08_implemented.html")
    page.keyboard.press("Enter")
    page.wait_for_url("**/08_implemented.html")
    tab_to(page, lambda found: found["tag"] == "SUMMARY" and "figuur 12" in found["text"])
    page.keyboard.press("Enter")
    table = page.locator("#figuur-12 details table")
    assert table.is_visible()
    assert table.locator("tbody tr").count() == 5
    tab_to(page, lambda found: found["href"] == "tables/figure_12.csv")
    with page.expect_download() as waiting:
        page.keyboard.press("Enter")
    assert waiting.value.suggested_filename == "figure_12.csv"
    assert all(address.startswith("file:") for address in asked)
    page.context.close()


def test_nothing_scrolls_sideways_when_enlarged_twice(visit, pages):
    for path in pages:
        page, _, _ = visit(path, ZOOMED)
        assert page.evaluate("document.scrollingElement.scrollWidth") <= ZOOMED["width"], path.name
        page.context.close()


def test_no_text_is_cut_off_when_a_reader_asks_for_more_space(visit, pages):
    for path in pages:
        page, _, _ = visit(path, DESKTOP, bypass_csp=True)
        page.add_style_tag(content=SPACING)
        assert page.evaluate(CLIPPED) == [], path.name
        assert page.evaluate("document.scrollingElement.scrollWidth") <= DESKTOP["width"], path.name
        page.context.close()


def test_headings_stand_on_the_screen_in_the_order_of_the_file(visit, pages):
    for path in pages:
        page, _, _ = visit(path, DESKTOP, unfold=False)
        assert page.evaluate(ORDER) == 0, path.name
        page.context.close()


def test_on_paper_stand_figures_and_tables_without_buttons_and_code(visit, pages):
    for path in pages:
        page, _, _ = visit(path, DESKTOP, unfold=False)
        page.emulate_media(media="print")
        for hidden in (".download", "details.code", "nav", ".skip"):
            for part in page.locator(hidden).all():
                assert not part.is_visible(), f"{path.name}: {hidden}"
        assert page.locator("h1").is_visible()
        page.context.close()


def test_links_lead_to_a_page_a_file_or_a_place_that_is_there(build, pages):
    identifiers = {
        path.name: set(re.findall(r'\sid="([^"]+)"', path.read_text(encoding="utf-8"))) for path in pages
    }
    for path in pages:
        for address in re.findall(r'<a [^>]*href="([^"]*)"', path.read_text(encoding="utf-8")):
            if re.match(r"https?:", address):
                continue
            file, _, place = address.partition("#")
            assert (build / "reports" / (file or path.name)).is_file(), f"{path.name}: {address}"
            if place:
                assert place in identifiers[file or path.name], f"{path.name}: {address}"


def test_figures_keep_their_colours_on_white_when_a_reader_forces_others(visit, pages):
    for path in pages:
        page, _, _ = visit(path, DESKTOP, unfold=False, forced_colors="active", color_scheme="dark")
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(255, 255, 255)"
        drawings = page.evaluate(
            """() => [...document.querySelectorAll("figure svg")].map(svg => getComputedStyle(svg))
                .map(style => [style.forcedColorAdjust, style.backgroundColor].join(" "))"""
        )
        assert set(drawings) <= {"none rgb(255, 255, 255)"}, path.name
        assert page.evaluate("getComputedStyle(document.querySelector('.banner')).borderTopStyle") == "solid"
        page.context.close()
