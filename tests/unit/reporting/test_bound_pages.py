"""Pages bound into one: nothing has a name twice, links stay within the document."""

import re

import pytest

from analysis.errors import InputError
from analysis.reporting.bound_pages import bind_pages
from analysis.reporting.page import PageLink

PAGES = [PageLink("04_status", "Waar staan <gemeenten>?", ""), PageLink("methods", "Methoden", "")]


def page(content, *, language="", synthetic=True):
    banner = '<div class="banner" role="note"><p>Synthetisch</p></div>' if synthetic else ""
    sheet = "@page { top: verzonnen }" if synthetic else ""
    return (
        f'<html><head><style>p {{ color: red }}{sheet}</style></head><body>{banner}<nav id="menu">weg</nav>'
        f'<main id="inhoud" tabindex="-1"{language}><h1>Titel</h1>{content}</main></body></html>'
    )


HTML = {
    "04_status.html": page(
        '<h2 id="analyse">Analyse</h2><div id="t" aria-labelledby="t-titel analyse"></div><p id="t-titel">T</p>'
        '<svg><clipPath id="c"></clipPath><path clip-path="url(#c)"/></svg>'
        '<a href="methods.html#analyse">m</a><a href="methods.html">n</a><a href="#analyse">a</a>'
        '<a href="tables/figure_2.csv" download>d</a><a href="05_x.html">x</a><a href="methods.html#weg">w</a>'
        '<a href="https://example.org/#x">buiten</a>'
    ),
    "methods.html": page('<h2 id="analyse">Analysis</h2>', language=' lang="en"'),
}


@pytest.fixture
def bound():
    return bind_pages(PAGES, HTML, title="Quickscan")


def test_no_identifier_occurs_twice_and_every_reference_arrives(bound):
    identifiers = re.findall(r'\sid="([^"]+)"', bound)
    assert len(identifiers) == len(set(identifiers))
    referred = re.findall(r'href="#([^"]+)"', bound) + re.findall(r"url\(#([^)]+)\)", bound)
    referred += [name for names in re.findall(r'aria-labelledby="([^"]+)"', bound) for name in names.split()]
    assert len(referred) >= 8
    assert set(referred) <= set(identifiers)


def test_links_lead_within_the_document_or_outside_and_to_no_file(bound):
    assert 'href="#blad-methods-analyse">m<' in bound
    assert 'href="#blad-methods">n<' in bound
    assert 'href="https://example.org/#x">buiten<' in bound
    assert not re.search(r'href="(?!#|https:)', bound)


def test_the_contents_the_banner_and_the_language_are_there(bound):
    assert '<a href="#blad-04_status">Waar staan &lt;gemeenten&gt;?</a>' in bound
    assert bound.count('class="banner"') == 1
    assert '<body class="synthetic">' in bound
    assert '<section id="blad-methods" lang="en">' in bound
    assert "<nav" not in bound
    assert "@page { top: verzonnen }" in bound
    real = bind_pages(PAGES[:1], {"04_status.html": page("<p>x</p>", synthetic=False)}, title="Quickscan")
    assert "synthetic" not in real


@pytest.mark.parametrize("invented", [0, 1])
def test_a_banner_of_some_pages_stands_in_their_sections_alone(invented):
    html = {link.href: page("<p>x</p>", synthetic=place == invented) for place, link in enumerate(PAGES)}
    bound = bind_pages(PAGES, html, title="Quickscan")
    sections = bound.split("<section ")[1:]
    assert bound.count('class="banner"') == 1
    assert 'class="banner"' in sections[invented]
    assert ['class="synthetic"' in section for section in sections] == [invented == 0, invented == 1]
    assert "<body>" in bound
    assert "verzonnen" not in bound, "the style would put the banner on the sheets of the other page too"
    assert "p { color: red }" in bound


def test_a_page_that_is_missing_or_not_ours_is_refused():
    with pytest.raises(InputError, match="make report"):
        bind_pages(PAGES, {"methods.html": HTML["methods.html"]}, title="Quickscan")
    with pytest.raises(InputError, match="no page of the report"):
        bind_pages(PAGES[:1], {"04_status.html": "<p>x</p>"}, title="Quickscan")
