"""Themes are counted as the answers to a closed question: by hand on five respondents, and against brute force."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.design import Design
from analysis.statistics.differences import answer_differences
from analysis.statistics.estimates import estimate_all
from analysis.statistics.themes import theme_answers, theme_instrument
from analysis.statistics.weighting import unweighted
from analysis.survey.coding.codeframe import load_codeframes
from analysis.survey.coding.theme_levels import groupings
from analysis.survey.instrument import load_instrument

RAW = Path(__file__).resolve().parents[3] / "data/raw"
INSTRUMENT = load_instrument(RAW / "instrument_2025.yaml")
CODEFRAMES = {
    column: frame
    for column, frame in load_codeframes(RAW / "codeframes").items()
    if column in ("q05", "q21_text", "q26")
}
RESPONDENTS = pd.DataFrame(
    {
        "respondent_id": ["r1", "r2", "r3", "r4", "r5"],
        "q04": ["a", "b", "c", "d", "e"],
        "size_class": ["d", "d", "c", "c", "d"],
    },
    dtype="str",
)
CODED = pd.DataFrame(
    [
        ("r1", "q26", "financing;budget_cut;judges"),
        ("r2", "q26", "budget_cut"),
        ("r3", "q26", "no_content"),
        ("r4", "q26", ""),
        ("r5", "q05", "no_time"),
        ("r1", "q21_text", "healthy_relationships"),
        ("r2", "q21_text", "healthy_relationships;online_offer"),
    ],
    columns=["respondent_id", "column", "codes"],
    dtype="str",
)


def answers(level):
    return theme_answers(RESPONDENTS, CODED, INSTRUMENT, CODEFRAMES, level)


def test_who_was_not_asked_or_said_nothing_is_told_apart_from_who_did_not_name_a_theme():
    table = answers("code")
    assert table["q26_budget_cut"].tolist() == ["1", "1", "not_answered", "not_answered", "not_asked"]
    assert table["q26_judges"].tolist() == ["1", "0", "not_answered", "not_answered", "not_asked"]
    assert table["q05_no_time"].tolist() == ["not_asked"] * 4 + ["1"]
    assert not [column for column in table.columns if column.endswith("no_content")]


def test_a_theme_is_the_union_of_its_codes_and_a_claim_that_of_its_themes_and_codes():
    themes = answers("theme")
    assert themes["q26_money"].tolist()[:2] == ["1", "1"]
    assert themes["q26_chain_and_courts"].tolist()[:2] == ["1", "0"]
    claims = answers("claim")
    assert claims["q26_O1102"].tolist()[:2] == ["1", "0"]
    assert claims["q26_O1104"].tolist()[:2] == ["1", "1"]
    assert claims["q21_text_O601"].tolist()[:3] == ["1", "1", "not_answered"]


def test_the_questions_keep_base_chapter_and_label_of_where_they_were_asked():
    instrument = theme_instrument(INSTRUMENT, CODEFRAMES, "code")
    assert [question.name for question in instrument.questions] == ["q05", "q21_text", "q26"]
    text = instrument.question("q21_text")
    assert (text.base, text.chapter, text.nl) == ("planning", 6, "Uitleg bij ander aanbod")
    assert instrument.question("q26").columns[0] == "q26_youth_care_not_effective"
    without = theme_instrument(INSTRUMENT, {"q26": CODEFRAMES["q26"], "q05": CODEFRAMES["q05"]}, "claim")
    assert [question.codes for question in without.questions if question.name == "q05"] == [("O401", "O402")]


def test_two_answers_of_one_respondent_in_one_column_are_refused():
    double = pd.concat([CODED, CODED.iloc[:1]])
    with pytest.raises(ValueError, match="two coded answers"):
        theme_answers(RESPONDENTS, double, INSTRUMENT, CODEFRAMES, "code")


@pytest.fixture(scope="module")
def sample():
    """Draw 120 respondents with random codes for question 26."""
    random = np.random.default_rng(5)
    codes = CODEFRAMES["q26"].names
    respondents = pd.DataFrame(
        {
            "respondent_id": [f"r{number}" for number in range(120)],
            "q04": random.choice(list("abcde"), 120),
            "size_class": random.choice(["d", "c", "ab"], 120),
        },
        dtype="str",
    )
    rows = [
        (respondent, "q26", ";".join(random.choice(codes[:-1], 2, replace=False)))
        for respondent in respondents.loc[respondents["q04"] != "e", "respondent_id"]
        if random.random() < 0.8
    ]
    return respondents, pd.DataFrame(rows, columns=["respondent_id", "column", "codes"], dtype="str")


@pytest.mark.parametrize("denominator", ["routed", "answered"])
def test_counts_and_shares_are_those_of_counting_by_hand(sample, denominator):
    respondents, coded = sample
    frames = {"q26": CODEFRAMES["q26"]}
    table = theme_answers(respondents, coded, INSTRUMENT, frames, "theme")
    design = Design(table, {"d": 250, "c": 60, "ab": 60}, fpc=True)
    found = estimate_all(
        theme_instrument(INSTRUMENT, frames, "theme"), [unweighted(design)], denominator=denominator
    )
    base = respondents[respondents["q04"] != "e"]
    if denominator == "answered":
        base = base[base["respondent_id"].isin(coded["respondent_id"])]
    for theme in groupings(CODEFRAMES["q26"], "theme"):
        has = {row.respondent_id for row in coded.itertuples() if set(row.codes.split(";")) & theme.codes}
        for group in ("all", "d", "c", "ab"):
            members = base if group == "all" else base[base["size_class"] == group]
            row = found[(found["option"] == theme.option) & (found["group"] == group)].iloc[0]
            count = int(members["respondent_id"].isin(has).sum())
            assert (row["n"], row["count"]) == (len(members), count)
            assert row["share"] == pytest.approx(count / len(members))
            assert row["ci_low"] <= row["share"] <= row["ci_high"]


def test_themes_can_be_compared_between_size_classes(sample):
    respondents, coded = sample
    frames = {"q26": CODEFRAMES["q26"]}
    table = theme_answers(respondents, coded, INSTRUMENT, frames, "theme")
    design = Design(table, {"d": 250, "c": 60, "ab": 60}, fpc=True)
    tests = answer_differences(theme_instrument(INSTRUMENT, frames, "theme"), unweighted(design), skip=())
    assert len(tests) == len(groupings(CODEFRAMES["q26"], "theme"))
    assert tests["p_value"].between(0, 1).all()
    assert (tests["p_adjusted"] >= tests["p_value"]).all()
