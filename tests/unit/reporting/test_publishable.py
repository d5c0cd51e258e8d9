"""The last look at a table before readers get it."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.reporting.publishable import check_publishable, neutral_text

PATH = "reports/tables/figure_2.csv"
RELEASED = pd.DataFrame(
    [("q04", "a", "d", 98, 26), ("q04", "a", "c", 33, 9)], columns=["question", "option", "group", "n", "count"]
)
NATIONAL = pd.DataFrame([("q04", "a", "all", 153, 42)], columns=RELEASED.columns)


def test_national_totals_and_what_was_released_are_fine():
    check_publishable(PATH, pd.concat([NATIONAL, RELEASED]), RELEASED)
    check_publishable(PATH, pd.DataFrame({"label": ["Ja"], "share": [0.5]}), RELEASED)


@pytest.mark.parametrize(
    ("table", "problem"),
    [
        (RELEASED.assign(count=[26, 8]), "q04 a in group c was not released"),
        (RELEASED.assign(n=98), "q04 a in group c was not released"),
        (RELEASED.assign(option="b"), "q04 b in group d was not released"),
        (RELEASED.assign(group="Drenthe"), "in group Drenthe was not released"),
        (RELEASED.drop(columns="count"), "without count"),
        (RELEASED.rename(columns={"group": "size_class"}), "in an unchecked column"),
        (NATIONAL.assign(respondent_id="r1"), "leads to a respondent"),
        (NATIONAL.assign(municipality="x"), "leads to a respondent"),
        (NATIONAL.assign(province="Drenthe"), "answers stand by region"),
        (NATIONAL.assign(estimator="size_class"), "weighted by size class alone"),
        (pd.DataFrame({"province": ["Drenthe"], "size_class": ["d"], "respondents": [1]}), "together"),
    ],
)
def test_whatever_says_more_is_refused_by_name_of_the_file(table, problem):
    with pytest.raises(InputError, match=problem) as refused:
        check_publishable(PATH, table, RELEASED)
    assert str(refused.value).startswith(PATH)


def test_response_by_one_characteristic_of_the_frame_is_no_answer():
    check_publishable(
        PATH, pd.DataFrame({"province": ["Drenthe"], "population": [12], "respondents": [5]}), RELEASED
    )
    check_publishable(
        PATH, pd.DataFrame({"size_class": ["d"], "population": [250], "respondents": [98]}), RELEASED
    )


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_text_that_a_spreadsheet_would_run_is_marked_as_text(text):
    table = neutral_text(pd.DataFrame({"label": [text, "gewoon"], "share": [-0.5, 0.5]}))
    assert table["label"].tolist() == [f"'{text}", "gewoon"]
    assert table["share"].tolist() == [-0.5, 0.5]
