"""Markdown makes headings, tables and links, and nothing that runs, loads or leads astray."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.reporting.markdown import Outline, literal, render_fragment, render_line, render_page_text, slug

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "</p></main><h1>Overgenomen</h1>",
    '" onmouseover="alert(1)',
    "[klik](javascript:alert(1))",
    "[klik](https://example.org/)",
    "[klik](//example.org/)",
    "![foto](https://example.org/x.png)",
    "<https://example.org/>",
    "[klik]: https://example.org\n\n[klik]",
    "[klik](java&#115;cript:alert(1))",
    "[klik](../../etc/passwd)",
    '[klik](x.html "titel" onclick=alert(1))',
    "# Kop\n## Nog een kop",
    "| a |\n|---|\n| <script>alert(1)</script> |",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "```html\n</code></pre><script>alert(1)</script>\n```",
    "$x$ \\(y\\) {{ 7*7 }} {% raw %}",
]
ALLOWED = {"p", "strong", "em", "code", "pre", "ul", "ol", "li", "a", "br", "hr", "blockquote", "div"}
ALLOWED |= {"table", "thead", "tbody", "tr", "th", "td"}


@pytest.mark.parametrize("attack", ATTACKS)
def test_text_from_a_cell_holds_nothing_that_runs_or_loads(attack, take_apart):
    page = take_apart(render_fragment(attack))
    assert {element.tag for element in page.elements} <= ALLOWED
    for element in page.elements:
        assert set(element.attributes) <= {"href", "class", "role", "aria-label", "tabindex", "scope"}
        href = element.attributes.get("href")
        assert href is None or (":" not in href and not href.startswith("/") and ".." not in href)


@pytest.mark.parametrize("attack", ATTACKS)
def test_literal_text_comes_out_letter_by_letter(attack, take_apart):
    page = take_apart(render_fragment(literal(attack)))
    assert [element.tag for element in page.elements] == ["p"]
    assert page.elements[0].text.strip() == " ".join(attack.split())


@given(st.text(alphabet=st.characters(exclude_categories=("C", "Zl", "Zp")), min_size=1))
@settings(max_examples=150)
def test_literal_holds_for_any_text(text):
    from html import unescape  # noqa: PLC0415 the inverse that this test needs

    html = render_fragment("tekst " + literal(text))
    assert (
        unescape(html.strip().removeprefix("<p>").removesuffix("</p>"))
        == ("tekst " + " ".join(text.split())).strip()
    )


def test_first_heading_is_the_title_and_the_next_one_goes_down():
    outline = Outline()
    html = render_page_text("# Vraag & antwoord\n\n# Nog een\n\n#### Diep\n\n## Nog een", outline)
    assert outline.title == "Vraag &amp; antwoord"
    assert html == ('<h2 id="nog-een">Nog een</h2>\n<h3 id="diep">Diep</h3>\n<h2 id="nog-een-2">Nog een</h2>\n')
    assert outline.sections == [("nog-een", "Nog een", 2), ("diep", "Diep", 3), ("nog-een-2", "Nog een", 2)]


def test_headings_do_not_take_the_identifiers_of_the_template():
    outline = Outline(title="x")
    assert 'id="inhoud-2"' in render_page_text("## Inhoud", outline)


def test_a_page_may_link_outside_and_to_documents():
    html = render_page_text(
        "[a](https://example.org) [b](../docs/methods.md#weging) [c](04_status.ipynb)", Outline()
    )
    assert 'href="https://example.org"' in html
    assert 'href="methods.html#weging"' in html
    assert 'href="04_status.html"' in html


def test_table_has_scopes_and_scrolls(take_apart):
    page = take_apart(render_fragment("| a | b |\n|---|--:|\n| 1 | 2 |"))
    assert [element.attributes.get("scope") for element in page.all("th")] == ["col", "col"]
    assert page.all("div")[0].attributes["tabindex"] == "0"


def test_line_is_inline():
    assert render_line("zie **hier**\nen daar") == "zie <strong>hier</strong> en daar"


@given(st.text())
def test_slug_is_an_identifier(text):
    assert set(slug(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(text)


def test_a_table_has_the_heading_above_it_as_caption(take_apart):
    source = '# Titel\n\n## Wat <er> "staat"\n\n| a |\n|---|\n| 1 |\n'
    page = take_apart(render_page_text(source, Outline()))
    assert [caption.text for caption in page.all("caption")] == ['Wat <er> "staat"']
    [group] = [element for element in page.all("div") if element.attributes.get("role") == "group"]
    assert group.attributes["aria-label"] == 'Wat <er> "staat"'
