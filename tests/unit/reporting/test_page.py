"""A page opens offline, holds no script, and is built as a reader with a screen reader needs it."""

import itertools
import re

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import InputError
from analysis.reporting import figures
from analysis.reporting.display import TRUSTED, show_figure
from analysis.reporting.document_page import build_document
from analysis.reporting.index_page import build_index
from analysis.reporting.page import PageLink, check_page, export_page

PAGES = [
    PageLink("03_representativeness", "Representativiteit", "Lijken de gemeenten op alle gemeenten?"),
    PageLink("04_status", "Stand <b>van</b> de aanpak", "Waar gemeenten staan."),
    PageLink("05_preconditions", "Randvoorwaarden", "Geld en mensen."),
]
DOCUMENT = """# Methods

## Rates <script>

#### Deep

| a | b |
|---|---|
| 1 | 2 |

## Source

[x](decisions.md#d01)
"""
ORIGIN = [("data/raw/survey.csv", "0123456789abcdef"), ("<script>", "fedcba9876543210")]


@pytest.fixture
def notebook(monkeypatch, single):
    outputs = []

    def collect(data, *, raw, metadata):
        outputs.append(new_output("display_data", data=data, metadata=metadata))

    monkeypatch.setattr("IPython.display.display", collect)
    show_figure(figures.stacked_bar(single, base="gemeenten"), number=2, caption="Stand", alt="28%", data=single)
    show_figure(figures.sorted_bars(single, base="gemeenten"), number=3, caption="Aanbod", alt="29%", data=single)
    return new_notebook(
        cells=[
            new_markdown_cell("# Waar staan gemeenten?\n\nZie [CBS](https://www.cbs.nl).", id="a"),
            new_markdown_cell("## Instellingen", id="b"),
            new_code_cell("wave = '2025'", id="c", execution_count=1, metadata={"tags": ["parameters"]}),
            new_markdown_cell("## Analyse\n\n#### Diep", id="d"),
            new_code_cell("show_figure()  # <script>", id="e", execution_count=2, outputs=outputs),
            new_code_cell(
                "print('klaar')", id="f", execution_count=3, outputs=[new_output("stream", text="a < b\n")]
            ),
            new_code_cell(
                "show_text('x')",
                id="g",
                execution_count=4,
                metadata={"tags": ["answer"]},
                outputs=[new_output("display_data", data={"text/html": "<p>Kort</p>"}, metadata={TRUSTED: True})],
            ),
        ]
    )


def export(notebook, **options):
    given = {"stem": "04_status", "synthetic": True, "provenance": ORIGIN, "pages": PAGES}
    return export_page(notebook, **(given | options))


@pytest.fixture(params=["notebook", "index", "document"])
def html(request, notebook):
    if request.param == "index":
        return build_index(
            PAGES,
            invented=["2025"],
            provenance=ORIGIN,
            headlines=["**Ruim** <script> een kwart"],
            key_figures=[("28%", "<script>")],
            attachments=[("Alle tabellen", "tables.xlsx")],
        )
    if request.param == "document":
        return build_document(DOCUMENT, stem="methods", stage="index", synthetic=True, provenance=ORIGIN)
    return export(notebook)


def test_nothing_is_fetched_and_nothing_runs(html, take_apart):
    page = take_apart(html)
    assert page.all("script", "iframe", "object", "embed", "link", "img", "base", "form") == []
    for element in page.elements:
        for name, value in element.attributes.items():
            assert not name.startswith("on"), f"{element.tag} {name}"
            if name == "src" or (name == "href" and element.tag != "a"):
                assert value.startswith("#"), f"{element.tag} {name}={value}"
    assert not re.search(r"url\(\s*['\"]?(?:https?:|//|data:)|@import|import\(", html)
    policy = next(e for e in page.all("meta") if e.attributes.get("http-equiv") == "Content-Security-Policy")
    assert policy.attributes["content"].startswith("default-src 'none'")


def test_one_title_language_and_landmarks(html, take_apart):
    page = take_apart(html)
    assert page.all("html")[0].attributes["lang"] == "nl"
    assert len(page.all("h1")) == len(page.all("main")) == 1
    assert "main" in page.all("h1")[0].parents
    assert page.all("title")[0].text.strip()
    assert len([e for e in page.all("header") if "main" not in e.parents]) == 1
    names = [e.attributes.get("aria-label") or e.attributes.get("aria-labelledby") for e in page.all("nav")]
    assert None not in names
    assert len(names) == len(set(names))


def test_heading_levels_do_not_skip(html, take_apart):
    levels = [int(e.tag[1]) for e in take_apart(html).all("h1", "h2", "h3", "h4", "h5", "h6")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_identifiers_are_unique_and_every_reference_arrives(html, take_apart):
    page = take_apart(html)
    ids = [e.attributes["id"] for e in page.elements if "id" in e.attributes]
    assert len(ids) == len(set(ids))
    for element in page.elements:
        for name in ("aria-labelledby", "aria-describedby", "aria-details"):
            assert set((element.attributes.get(name) or "").split()) <= set(ids)
        href = element.attributes.get("href") or ""
        assert not href.startswith("#") or href[1:] in ids


def test_skip_link_comes_first(html, take_apart):
    first = next(e for e in take_apart(html).elements if e.tag in {"a", "button", "summary"})
    assert first.attributes["href"] == "#inhoud"


def test_banner_stands_before_everything_and_only_on_synthetic_pages(notebook, take_apart):
    banner = "deze antwoorden zijn verzonnen"
    synthetic = take_apart(export(notebook))
    header = synthetic.all("header")[0]
    assert banner in header.text
    assert synthetic.all("body")[0].attributes["class"] == "synthetic"
    assert "synthetische gegevens" in synthetic.all("title")[0].text
    assert "verzonnen" in synthetic.all("style")[0].text
    real = export(notebook, synthetic=False)
    assert "verzonnen" not in real
    assert "ynthetische gegevens" not in re.sub(r"<style>.*?</style>", "", real, flags=re.DOTALL)
    assert "ynthetisch" not in re.sub(
        r"<style>.*?</style>", "", build_index(PAGES, invented=[], provenance=[]), flags=re.DOTALL
    )


def test_navigation_leads_to_the_neighbours_and_the_sections(notebook, take_apart):
    page = take_apart(export(notebook))
    links = {e.attributes.get("rel"): e.attributes["href"] for e in page.all("a") if "rel" in e.attributes}
    assert links == {"prev": "03_representativeness.html", "next": "05_preconditions.html"}
    hrefs = [e.attributes["href"] for e in page.all("a")]
    assert {"index.html", "#instellingen", "#analyse"} <= set(hrefs)
    assert 'rel="prev"' not in export(notebook, stem="03_representativeness")
    assert 'rel="next"' not in export(notebook, stem="05_preconditions")


def test_code_is_folded_and_in_english(notebook, take_apart):
    page = take_apart(export(notebook))
    code = [e for e in page.all("details") if e.attributes.get("class") == "code"]
    assert len(code) == 4
    assert all("open" not in e.attributes for e in code)
    names = [e.text for e in page.all("summary")]
    assert len(names) == len(set(names))
    blocks = [e for e in page.all("div") if (e.attributes.get("class") or "").strip().startswith("highlight")]
    assert blocks
    assert any("# <script>" in e.text for e in blocks)


def test_answer_comes_under_the_title(notebook, take_apart):
    page = take_apart(export(notebook))
    answer = next(e for e in page.all("section") if e.attributes.get("class") == "answer")
    assert "Kort" in answer.text
    assert page.elements.index(answer) == page.elements.index(page.all("h1")[0]) + 1


def test_footer_names_the_origin_and_the_command(notebook, take_apart):
    text = take_apart(export(notebook)).all("footer")[0].text
    assert "0123456789abcdef" in text
    assert "<script>" in text
    assert "make report STAGE=status" in text
    assert "make report" in text


def test_same_notebook_gives_the_same_bytes_and_is_not_changed(notebook):
    before = nbformat.writes(notebook)
    assert export(notebook) == export(notebook)
    assert nbformat.writes(notebook) == before


def test_html_that_display_did_not_make_is_not_believed(take_apart):
    data = {"text/html": "<script>alert(1)</script>", "text/plain": "een <tabel>"}
    cell = new_code_cell("x", id="b", execution_count=1, outputs=[new_output("display_data", data=data)])
    page = take_apart(export(new_notebook(cells=[new_markdown_cell("# T", id="a"), cell])))
    assert page.all("script") == []
    assert page.all("samp")[0].text == "een <tabel>"


def test_jinja_in_a_notebook_is_text(take_apart):
    text = "{{ 7 * 7 }} {% raw %}"
    page = take_apart(export(new_notebook(cells=[new_markdown_cell(f"# {text}", id="a")])))
    assert page.all("h1")[0].text == text


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ([new_markdown_cell("Geen kop", id="a")], "notebooks/04_status.ipynb: the page has no title"),
        (
            [
                new_markdown_cell("# T", id="a"),
                new_code_cell(
                    "plot()",
                    id="b",
                    execution_count=7,
                    outputs=[new_output("display_data", data={"image/png": "iVBO", "text/plain": "<Figure>"})],
                ),
            ],
            r"cell \[7\]: the picture has no text alternative",
        ),
        (
            [
                new_markdown_cell("# T", id="a"),
                new_code_cell(
                    "1/0", id="b", execution_count=2, outputs=[new_output("error", ename="ZeroDivisionError")]
                ),
            ],
            "ZeroDivisionError",
        ),
    ],
)
def test_a_page_that_would_be_wrong_is_refused(cells, message):
    with pytest.raises(InputError, match=message):
        export(new_notebook(cells=cells))


def test_an_identifier_that_occurs_twice_is_refused(notebook):
    notebook.cells.append(nbformat.from_dict(notebook.cells[4] | {"id": "h"}))
    with pytest.raises(InputError, match="identifier twice: figuur-2"):
        export(notebook)


def test_a_page_of_more_than_two_megabytes_is_refused():
    with pytest.raises(InputError, match=r"2\.1 MB"):
        check_page("é" * 1_050_000, "x")


def test_index_lists_number_title_and_line(take_apart):
    page = take_apart(build_index(PAGES, invented=["2025"], provenance=ORIGIN))
    entries = [e.text.split() for e in page.all("li") if "ol" in e.parents]
    assert [entry[0] for entry in entries] == ["3", "4", "5"]
    assert "Stand <b>van</b> de aanpak" in page.all("ol")[0].text
    assert "Waar gemeenten staan." in page.all("ol")[0].text


def test_document_is_marked_as_english_and_links_to_its_neighbours(take_apart):
    page = take_apart(build_document(DOCUMENT, stem="methods", stage="index", synthetic=False, provenance=ORIGIN))
    assert page.all("main")[0].attributes["lang"] == "en"
    assert "decisions.html#d01" in [e.attributes.get("href") for e in page.all("a")]
    assert "make report STAGE=index" in page.all("footer")[0].text


def test_document_without_title_is_refused():
    with pytest.raises(InputError, match=r"docs/methods\.md: the document has no title"):
        build_document("tekst", stem="methods", stage="index", synthetic=False, provenance=ORIGIN)
