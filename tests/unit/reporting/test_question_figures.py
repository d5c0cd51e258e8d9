"""What a notebook shows of a question: the figure, its table, what to know when reading it, and the download."""

import re

import pytest

from analysis.reporting.question import size_class_rows
from analysis.reporting.question_figures import show_question, show_size_classes


@pytest.mark.parametrize("name", ["q04", "q16"])
def test_a_question_with_one_answer_is_shown_as_the_report_does(chapter, shown, rows_of, name):
    found = chapter(4)
    show_question(found, name, split=4 if name == "q04" else None)
    (html,) = shown
    question = found.question(name)
    assert f"Figuur {question.figure}<" in html
    assert f'href="tables/figure_{question.figure}.csv"' in html
    rows = rows_of(html)
    assert [row[0] for row in rows] == [option.nl for option in question.options]
    assert "aan hen is de vraag gesteld, en iedereen vulde hem in." in html


def test_several_answers_stand_in_the_order_of_the_bars(chapter, shown, rows_of):
    show_question(chapter(10), "q24")
    rows = rows_of(shown[0])
    counts = [int(row[1]) for row in rows]
    assert counts[:-1] == sorted(counts[:-1], reverse=True)
    assert rows[-1][0] == "Samenwerking zonder knelpunten"
    description = re.search(r"<desc[^>]*>([^<]+)<", shown[0])[1]
    assert [description.index(row[0]) for row in rows] == sorted(description.index(row[0]) for row in rows)


def test_a_question_without_a_figure_is_a_table_with_its_legend(chapter, shown):
    show_question(chapter(4), "q06")
    assert "<svg" not in shown[0]
    assert "Percentages van 13 gemeenten zonder plannen" in shown[0]
    assert "Minder dan 30 reacties" in shown[0]


def test_size_classes_stand_beside_each_other_with_the_test(chapter, shown):
    show_size_classes(chapter(6), "q21")
    assert "Figuur 7b<" in shown[0]
    assert "Vanaf 100.000" in shown[0]
    assert (
        "Percentages van alle gemeenten van die grootte die meededen, ook als zij de vraag niet kregen. "
        "Daarom zijn deze percentages lager dan in figuur 7. De toets gaat alleen over gemeenten die de vraag "
        "kregen." in shown[0]
    )
    assert "Een verschil naar grootte is niet aangetoond" in shown[0]


def test_answers_that_are_held_back_are_counted_and_the_rules_are_linked(chapter, shown):
    show_size_classes(chapter(4), "q04")
    assert re.search(r"antwoorden staan er niet bij: een groep zou te klein zijn", shown[0])
    assert "Daarom zijn deze percentages lager" not in shown[0], "everyone was asked"
    assert 'href="disclosure.html"' in shown[0]


def test_a_small_base_shows_its_intervals_only(chapter, shown):
    show_size_classes(chapter(9), "q15")
    assert "met 95%-interval" in shown[0]
    assert "Percentages naar grootte staan hier niet: een groep zou te klein zijn" in shown[0]
    assert "Vanaf" not in shown[0]


def test_of_a_grid_the_first_answer_is_compared(chapter, shown, rows_of):
    show_size_classes(chapter(7), "q23")
    assert "‘Altijd’" in shown[0]
    rows = rows_of(shown[0])
    items = {item.nl for item in chapter(7).question("q23").items}
    assert {row[0] for row in rows} <= items
    left = len(items) - len(rows)
    assert 0 < left < len(items)
    assert f"{'Eén onderdeel staat' if left == 1 else f'{left} onderdelen staan'} er niet bij" in shown[0]


@pytest.mark.parametrize(("number", "name"), [(4, "q16"), (6, "q21"), (7, "q23")])
def test_the_table_by_size_class_agrees_with_the_estimates(chapter, shown, rows_of, number, name):
    """Many rows have the same group; their order within it is that of the answers."""
    found = chapter(number)
    show_size_classes(found, name)
    rows = size_class_rows(found, name)
    if name == "q23":
        rows = rows[rows["option"] == "altijd"].assign(label=rows["item_label"])
    expected = {
        label: [f"{part.printed_pct:.0f}% (" for part in of_label.itertuples()]
        for label, of_label in rows.groupby("label", sort=False)
    }
    table = {row[0]: row[1:] for row in rows_of(shown[0])}
    assert table.keys() == expected.keys()
    for label, cells in table.items():
        assert [cell[: len(start)] for cell, start in zip(cells, expected[label], strict=True)] == expected[label]
