"""Themes are counted only where somebody coded, and pairs as by brute force."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.design import Design
from analysis.statistics.theme_counts import theme_tables
from analysis.statistics.weighting import unweighted
from analysis.survey.coding.codeframe import load_codeframes
from analysis.survey.coding.theme_levels import groupings
from analysis.survey.instrument import load_instrument

RAW = Path(__file__).resolve().parents[3] / "data/raw"
INSTRUMENT = load_instrument(RAW / "instrument_2025.yaml")
FRAME = load_codeframes(RAW / "codeframes")["q26"]
COLUMNS = ["respondent_id", "column", "codes"]


@pytest.fixture(scope="module")
def respondents():
    random = np.random.default_rng(5)
    return pd.DataFrame(
        {
            "respondent_id": [f"r{number}" for number in range(90)],
            "q04": random.choice(list("abcde"), 90),
            "size_class": random.choice(["d", "c", "ab"], 90),
        },
        dtype="str",
    )


@pytest.fixture(scope="module")
def coded(respondents):
    random = np.random.default_rng(6)
    rows = [
        (respondent, "q26", ";".join(random.choice(FRAME.names[:-1], 2, replace=False)))
        for respondent in respondents.loc[respondents["q04"] != "e", "respondent_id"]
        if random.random() < 0.8
    ]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def tables(respondents, coded, codeframes):
    designs = [unweighted(Design(respondents, {"d": 250, "c": 60, "ab": 60}, fpc=True))]
    return theme_tables(coded, INSTRUMENT, codeframes, designs)


def test_pairs_are_counted_by_brute_force(respondents, coded):
    pairs = tables(respondents, coded, {"q26": FRAME})["theme_pairs"]
    options = groupings(FRAME, "theme")
    assert len(pairs) == len(options) * (len(options) - 1) / 2
    assert pairs["question"].eq("q26").all()
    codes = {one.option: one.codes for one in options}
    given = [set(row.codes.split(";")) for row in coded.itertuples()]
    for pair in pairs.itertuples():
        first = [bool(one & codes[pair.option_a]) for one in given]
        second = [bool(one & codes[pair.option_b]) for one in given]
        both = sum(np.logical_and(first, second))
        assert (pair.n, pair.count_a, pair.count_b, pair.count) == (len(given), sum(first), sum(second), both)
        assert pair.expected == pytest.approx(sum(first) * sum(second) / len(given))


def test_every_level_and_denominator_is_counted(respondents, coded):
    themes = tables(respondents, coded, {"q26": FRAME})["themes"]
    assert set(themes["level"]) == {"code", "theme", "claim"}
    assert set(themes["denominator"]) == {"routed", "answered", "all"}


def test_of_what_nobody_coded_nothing_is_said(respondents, coded):
    made, none = tables(respondents, coded, {"q26": FRAME}), tables(respondents, coded.iloc[:0], {})
    for name, table in none.items():
        assert table.empty
        assert list(table.columns) == list(made[name].columns), name


def test_answers_without_content_have_themes_of_nobody_and_no_pairs(respondents, coded):
    made = tables(respondents, coded.assign(codes="no_content"), {"q26": FRAME})
    assert made["themes"]["count"].eq(0).all()
    assert set(made["themes"]["denominator"]) == {"routed", "all"}
    assert made["theme_differences"].empty
    assert made["theme_pairs"]["n"].eq(0).all()
