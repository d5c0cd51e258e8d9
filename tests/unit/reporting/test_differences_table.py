"""Differences between size classes: one that is planted, those that are not there, and one without a test."""

import re

import pytest

from analysis.reporting.differences_table import MOST, difference_text, labelled_differences, show_differences


def test_a_planted_difference_is_named_in_words(chapter):
    text = difference_text(chapter(5), "q19")
    assert text == (
        "Gemeenten van een andere grootte antwoorden anders bij ‘Wie bij beleid het thema heeft’, na "
        "correctie voor de 3 toetsen van dit hoofdstuk."
    )
    assert difference_text(chapter(5)) == text


def test_no_difference_is_not_called_equality(chapter):
    text = difference_text(chapter(4), "q16")
    assert text == (
        "Een verschil naar grootte is niet aangetoond, na correctie voor de 3 toetsen van dit hoofdstuk. "
        "Dat bewijst niet dat er geen verschil is."
    )


def test_a_test_that_was_not_possible_is_said(chapter, results):
    tests = results["answered"]["differences"]
    own = tests["question"] == "q16"
    changed = tests.assign(is_different=tests["is_different"].mask(own))
    assert "kon niet worden getoetst" in difference_text(chapter(4, differences=changed), "q16")


@pytest.mark.parametrize(("number", "rows", "tests"), [(4, 3, 3), (6, 40, 40), (7, 10, 10), (10, 12, 9)])
def test_every_test_of_a_chapter_has_a_label_and_they_are_counted(chapter, shown, number, rows, tests):
    table = labelled_differences(chapter(number))
    assert len(table) == rows
    assert table["label"].notna().all()
    show_differences(chapter(number))
    assert f"{tests} toetsen, gecorrigeerd met de methode van Holm" in shown[0]
    assert shown[0].count('<th scope="row"') == min(rows, MOST)
    assert ("de download alle" in shown[0]) == (rows > MOST)


def test_neither_page_nor_file_holds_a_p_value(chapter, shown):
    assert not [name for name in labelled_differences(chapter(5)) if name.startswith(("p_", "stat", "test"))]
    show_differences(chapter(5))
    assert "aangetoond" in shown[0].split("<tr>")[2], "what was found stands first"
    assert not re.search(r"0,0\d\d", shown[0])


def test_a_row_of_a_grid_and_an_option_carry_their_own_label(chapter):
    table = labelled_differences(chapter(7))
    assert table.loc[table["question"] == "q23d", "label"].tolist() == ["Het kind staat voorop"]
    rows = table[(table["question"] == "q22b") & (table["option"] == "b")]
    assert rows["label"].tolist() == ["Apart team voor complexe situaties"]
