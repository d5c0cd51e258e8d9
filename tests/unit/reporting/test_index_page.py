"""The index leads with the answer, and says how to refer to the study."""

from pathlib import Path

import pytest

from analysis.reporting.index_page import build_index, citations
from analysis.reporting.page import PageLink
from analysis.yaml_file import read_yaml

PAGES = [PageLink("04_status", "Waar staan gemeenten?", "Hoe ver zijn zij?")]
FULL = {
    "headlines": ["**Waar?** Ruim een kwart."],
    "key_figures": [("28%", "in gebruik")],
    "condition": "Een marge gaat over toeval.",
    "attachments": [("Methoden", "methods.html")],
    "citations": ["A. Title.", "B (2025). Titel."],
}


def test_answer_and_figures_come_before_the_contents(take_apart):
    html = build_index(PAGES, invented=[], provenance=[], **FULL)
    texts = ("De vraag:", "28%", "Ruim een kwart", "gaat over toeval", "Hoe ver zijn")
    order = [html.index(text) for text in texts]
    assert order == sorted(order)
    page = take_apart(html)
    assert [element.attributes["id"] for element in page.all("h2")] == [
        *("antwoord", "inhoudsopgave", "bijlagen", "gegevens", "citeren", "herkomst")
    ]
    own = [element.attributes["id"] for element in page.all("h2")][:-1]
    links = {element.attributes["href"] for element in page.all("a")}
    assert {f"#{name}" for name in own} <= links


def test_an_index_without_answers_has_no_empty_parts(take_apart):
    page = take_apart(build_index(PAGES, invented=[], provenance=[]))
    assert [element.attributes["id"] for element in page.all("h2")] == [
        *("inhoudsopgave", "gegevens", "citeren", "herkomst")
    ]
    assert page.all("dl") == []


def test_the_study_and_its_report_are_cited_as_the_citation_file_says():
    study, report = citations(read_yaml(Path("CITATION.cff")))
    assert study.startswith("Quickscan repository maintainers. Reproducible analysis of the quickscan")
    assert report == "Significant Public (2025). Quickscan relaties en (echt)scheidingen."


def test_what_is_english_is_marked_as_english(take_apart):
    page = take_apart(build_index(PAGES, invented=["2025"], provenance=[], **FULL))
    languages = {element.text: element.attributes.get("lang") for element in page.all("li")}
    assert languages["A. Title."] == "en"
    assert languages["B (2025). Titel."] == "nl"


@pytest.mark.parametrize(
    ("invented", "said", "unsaid"),
    [
        (["2025"], ["De antwoorden van 2025 achter deze pagina's zijn synthetisch"], ["van 2021 zijn"]),
        (
            ["2021"],
            ["De antwoorden van 2021 zijn synthetisch", "die gemeenten in 2025 hebben ingevuld"],
            ["van 2025 a"],
        ),
        (["2021", "2025"], ["De antwoorden van 2021 en 2025 achter deze pagina's zijn synthetisch"], ["ingevuld"]),
        ([], ["die gemeenten in 2025 hebben ingevuld"], ["synthetisch", "verzonnen"]),
    ],
)
def test_the_index_says_of_which_year_the_answers_are_invented(take_apart, invented, said, unsaid):
    page = take_apart(build_index(PAGES, invented=invented, provenance=[], **FULL))
    text = " ".join(element.text for element in page.all("p"))
    assert all(words in text for words in said)
    assert not any(words in text for words in unsaid)
