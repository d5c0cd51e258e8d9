"""Which answers go together, how many were given, and which contradict each other: nothing rare is shown."""

from dataclasses import replace

import pandas as pd

from analysis.reporting.answers_together import combination_table, show_combinations, show_mentions, show_pairs


def test_rare_combinations_are_not_shown(chapter, shown):
    found = chapter(10)
    table = combination_table(found, "q24")
    assert table["count"].tolist() == [130], "of the ten that see no bottleneck two name one as well"
    show_combinations(found, "q24", least=5)
    assert (
        "De figuur laat alleen combinaties zien die minstens 5 gemeenten gaven. 10 gemeenten gaven een" in shown[0]
    )


def test_combinations_that_only_the_table_holds_are_counted(chapter, shown):
    found = chapter(10)
    codes = ["a", "b", "c", "d", "e", "a;b", "a;c", "b;c", "a;e", "b;e"]
    rows = pd.DataFrame({"question": "q24", "combination": codes, "n": 140, "count": [*range(30, 10, -2)]})
    rows = rows.assign(share=rows["count"] / 140)
    show_combinations(replace(found, combinations=rows), "q24", least=5)
    # The two smallest of ten, of 14 and 12 municipalities, do not fit in the figure of eight.
    assert "Nog 26 gemeenten gaven een combinatie die alleen in de tabel staat." in shown[0]


def test_when_every_combination_is_rare_that_is_said(chapter, shown):
    show_combinations(chapter(6), "q22", least=5)
    assert "Geen combinatie van antwoorden komt vaak genoeg voor" in shown[0]


def test_contradicting_answers_are_counted(chapter, shown):
    show_mentions(chapter(10), "q24")
    assert "een gemeente ‘Samenwerking zonder knelpunten’ koos en ook een ander antwoord; hoe vaak" in shown[0]
    assert "kozen samen 12 antwoorden, gemiddeld 0,1 per gemeente" in shown[0]
    assert "minstens acht op de tien gemeenten kozen er 0." in shown[0]


def test_pairs_begin_with_those_that_go_together_most(chapter, shown, rows_of):
    show_pairs(chapter(6), "q21", most=5)
    rows = rows_of(shown[0])
    more = [int(both) - float(expected.replace(",", ".")) for _, _, both, expected in rows]
    assert len(rows) == 5
    assert more == sorted(more, reverse=True)
