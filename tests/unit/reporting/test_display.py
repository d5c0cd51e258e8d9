"""What a cell shows is accessible HTML, with everything from data as text."""

import pandas as pd
import pytest
from matplotlib.figure import Figure

from analysis.reporting import display, figures


@pytest.fixture
def shown(monkeypatch):
    outputs = []

    def collect(data, *, raw, metadata):
        assert raw
        assert metadata == {display.TRUSTED: True}
        outputs.append(data)

    monkeypatch.setattr("IPython.display.display", collect)
    return outputs


TABLE = pd.DataFrame({"Klasse": ["klein", "<b>groot</b>"], "Aantal": [1234, None], "Aandeel": [0.5, 0.125]})


def test_table_has_caption_scopes_and_dutch_numbers(shown, take_apart):
    display.show_table(
        TABLE, caption="Respons", number=1, formats={"Aandeel": "percentage_1"}, note="Zie **hier**."
    )
    page = take_apart(shown[0]["text/html"])
    assert page.all("caption")[0].text.strip() == "Tabel 1 Respons"
    assert [(th.text, th.attributes["scope"]) for th in page.all("th")] == [
        ("Klasse", "col"), ("Aantal", "col"), ("Aandeel", "col"), ("klein", "row"), ("<b>groot</b>", "row"),
    ]  # fmt: skip
    assert [td.text for td in page.all("td")] == ["1.234", "50,0%", "–geen waarde", "12,5%"]
    assert {td.attributes["class"] for td in page.all("td")} == {"number"}
    region = page.all("div")[1]
    assert region.attributes["tabindex"] == "0"
    assert region.attributes["role"] == "group"
    assert any(element.attributes.get("id") == region.attributes["aria-labelledby"] for element in page.elements)
    assert shown[0]["text/plain"] == "Tabel 1: Respons (2 rijen, 3 kolommen)"


def test_numbers_of_one_column_have_the_same_decimals(shown, take_apart):
    display.show_table(pd.DataFrame({"a": ["x", "y"], "b": [2.0, 2.25], "c": [True, False]}), caption="t")
    assert [td.text for td in take_apart(shown[0]["text/html"]).all("td")] == ["2,00", "ja", "2,25", "nee"]


def test_attack_in_every_place_of_a_table_stays_text(shown, take_apart):
    attack = '"><script>alert(1)</script>'
    frame = pd.DataFrame({attack: [attack], "b": [attack]})
    display.show_table(frame, caption=attack, note=attack, number=attack, headings={"b": attack}, download=attack)
    page = take_apart(shown[0]["text/html"])
    assert page.all("script") == []
    assert page.all("td")[0].text == attack


@pytest.mark.parametrize(
    ("options", "message"),
    [({"formats": {"Anders": "count"}}, "Anders"), ({"headings": {"Weg": "x"}}, "Weg")],
)
def test_table_refuses_columns_that_are_not_there(options, message):
    with pytest.raises(ValueError, match=message):
        display.show_table(TABLE, caption="t", **options)


def test_figure_has_caption_alternative_and_table(shown, take_apart, single):
    display.show_figure(
        figures.stacked_bar(single, base="gemeenten"),
        number=2,
        caption="Stand <1>",
        alt="28% & meer",
        data=single[["label", "count"]],
        download="tables/figure_02.csv",
    )
    page = take_apart(shown[0]["text/html"])
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    figure = page.all("figure")[0]
    assert figure.attributes["id"] == "figuur-2"
    assert figure.attributes["aria-labelledby"] in ids
    assert page.all("figcaption")[0].text.strip() == "Figuur 2 Stand <1>"
    assert len(page.all("svg")) == 2
    for svg in page.all("svg"):
        assert svg.attributes["role"] == "img"
        assert svg.attributes["aria-details"] in ids
        named = [e for e in page.elements if e.attributes.get("id") == svg.attributes["aria-labelledby"]]
        assert named[0].text == "28% & meer"
    assert page.all("a")[0].attributes["href"] == "tables/figure_02.csv"
    assert shown[0]["text/plain"] == "Figuur 2: Stand <1>"


def test_the_note_of_a_table_stands_under_it(shown, take_apart, single):
    display.show_figure(
        figures.stacked_bar(single, base="gemeenten"),
        number=2,
        caption="Stand",
        alt="28% heeft een aanpak",
        data=single[["label", "count"]],
        data_note="[a] Onzeker.",
    )
    paragraphs = take_apart(shown[0]["text/html"]).all("p")
    (note,) = [element for element in paragraphs if element.text == "[a] Onzeker."]
    assert note.parents[-1] == "details"


def test_two_figures_share_no_identifier(shown, take_apart, single):
    for number in (2, "2a"):
        display.show_figure(
            figures.sorted_bars(single, base="x"), number=number, caption="t", alt="a", data=single
        )
    page = take_apart("".join(output["text/html"] for output in shown))
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))


def test_a_figure_of_one_size_scrolls(shown, take_apart):
    figure = Figure()
    figure.add_axes((0, 0, 1, 1)).plot([0, 1], [0, 1], marker="o")
    display.show_figure(figure, number=1, caption="t", alt="lijn")
    canvas = take_apart(shown[0]["text/html"]).all("div")[0]
    assert canvas.attributes["tabindex"] == "0"


@pytest.mark.parametrize("alt", ["", "  ", "Stand.", "Stand"])
def test_figure_without_a_real_alternative_is_refused(alt, single):
    with pytest.raises(ValueError, match="text alternative"):
        display.show_figure(figures.stacked_bar(single, base="x"), number=2, caption="Stand", alt=alt)


def test_text_is_shown_as_markdown(shown):
    display.show_text("**Ruim** een kwart")
    assert shown[0] == {
        "text/html": "<p><strong>Ruim</strong> een kwart</p>\n",
        "text/plain": "**Ruim** een kwart",
    }


def test_a_table_without_rows_says_so(shown, take_apart):
    display.show_table(TABLE.iloc[:0], caption="Respons")
    page = take_apart(shown[0]["text/html"])
    assert [part.text for part in page.all("td")] == ["Niets."]


def test_a_table_of_published_facts_is_marked_as_such(shown, take_apart):
    for published in (False, True):
        display.show_table(pd.DataFrame({"a": [1]}), caption="Wat er staat", published=published)
    marks = [take_apart(one["text/html"]).elements[0].attributes["class"] for one in shown]
    assert marks == ["table-block", "table-block published"]
