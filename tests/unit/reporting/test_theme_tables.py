"""What a page shows of coded themes: selected, ordered, marked when unreliable, and only what was released."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.reporting.chapter import GROUPS
from analysis.reporting.theme_tables import (
    check_coded_question,
    coding_table,
    difference_table,
    group_table,
    pair_table,
    theme_table,
)


def test_themes_run_from_most_to_least_and_nobody_s_are_left_out(coded):
    table = theme_table(coded, "code")
    assert table["option"].tolist() == ["cuts", "money", "courts"]
    assert table["label"].tolist() == ["Bezuiniging", "Geld", "Rechters (niet betrouwbaar)"]
    assert table["reliability"].tolist() == ["unsure", "reliable", "not_reliable"], "0.60 to 0.75 reaches below"
    assert table["n"].eq(140).all()
    assert theme_table(coded, "code", "answered")["n"].eq(100).all()
    assert theme_table(coded, "theme")["label"].tolist() == ["Geld en meten", "Rechters (niet betrouwbaar)"]


def test_a_theme_that_few_named_is_not_judged_whatever_its_alpha(coded):
    themes = coded.themes.assign(count=coded.themes["count"].mask(coded.themes["option"] == "money", 4))
    table = theme_table(replace(coded, themes=themes), "code").set_index("option")
    assert table.loc["money", ["alpha", "reliability"]].tolist() == [0.9, "too_few"]
    assert table.loc["money", "label"] == "Geld"
    assert table.loc["cuts", "reliability"] == "unsure"


def test_by_size_class_stands_what_was_released(coded):
    table = group_table(coded, "theme")
    assert table["option"].unique().tolist() == ["cash"]
    assert table["group"].tolist() == ["d", "c", "ab"]
    assert table["group_label"].tolist() == [GROUPS[group] for group in ("d", "c", "ab")]
    assert table["n"].tolist() == [98, 33, 22], "everyone of a class is the base"
    assert group_table(coded, "code")["option"].unique().tolist() == ["cuts"]
    none = replace(coded, themes=coded.themes[coded.themes["group"] == "all"])
    assert group_table(none, "theme").empty


def test_tests_stand_with_the_differences_first(coded):
    table = difference_table(coded, "theme")
    assert table.to_dict("list") == {
        "label": ["Geld en meten", "Rechters"],
        "outcome": ["aangetoond", "niet aangetoond"],
    }


def test_answers_are_counted_by_how_they_were_settled(coded):
    assert coding_table(coded)["n"].tolist() == [90, 10, 8, 2]
    assert coding_table(coded)["label"].iloc[-1] == "Codeurs verschillen nog; geen code telt"


def test_the_check_says_what_was_found_and_refuses_tables_that_do_not_fit(coded, recoded):
    said = check_coded_question(coded)
    assert said.startswith("Vraag 26: 110 antwoorden van 140 gemeenten die de vraag kregen; 100 antwoorden hebben")
    with pytest.raises(ValueError, match="the progress of the coding of q26 does not add up"):
        check_coded_question(recoded(n_coded=109))
    with pytest.raises(ValueError, match="the progress of the coding of q26 does not add up"):
        check_coded_question(recoded(n_answers=109))
    coded.themes.loc[(coded.themes["option"] == "cash") & (coded.themes["group"] == "all"), "count"] = 35
    with pytest.raises(ValueError, match="the theme cash does not fit its codes"):
        check_coded_question(coded)
    coded.themes.loc[0, "count"] = 999
    with pytest.raises(ValueError, match="more mentions than respondents"):
        check_coded_question(coded)


def test_of_a_question_that_nobody_coded_every_table_is_empty(uncoded):
    assert check_coded_question(uncoded) == "Vraag 26: 120 antwoorden, nog geen is gecodeerd."
    assert (uncoded.is_coded, uncoded.n_content) == (False, 0)
    for table in (theme_table(uncoded, "theme"), group_table(uncoded, "theme"), coding_table(uncoded)):
        assert table.empty
    assert difference_table(uncoded, "theme").empty
    assert list(theme_table(uncoded, "theme").columns)[:2] == ["option", "label"]


def test_pairs_run_from_most_to_least_and_say_what_is_held_back(coded):
    pairs = pd.DataFrame(
        {
            "option_a": ["cash", "cash", "courts", "cash"],
            "option_b": ["courts", "plan", "plan", "other"],
            "count": [float("nan"), 12, float("nan"), 50],
        }
    )
    labels = {"cash": "Geld", "courts": "Rechters", "plan": "Plan"}
    table = pair_table(replace(coded, pairs=pairs), labels)
    assert table.to_numpy().tolist() == [
        ["Geld", "Plan", "12"],
        ["Geld", "Rechters", "niet getoond"],
        ["Rechters", "Plan", "niet getoond"],
    ]
