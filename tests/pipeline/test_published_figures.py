"""The figures of a build print the percentages and bases that are published."""

from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]
CLAIMS = pd.read_csv(ROOT / "data/raw/published/claims_2025.csv", dtype="str", keep_default_na=False)
FIGURES = [str(number) for number in range(2, 20)]
CLOSED = CLAIMS[CLAIMS["evidence"].eq("closed") & CLAIMS["figure"].isin(FIGURES)]
PERCENTAGES = CLOSED[CLOSED["kind"].eq("exact_percent") & CLOSED["statistic"].eq("share")]


@pytest.fixture(scope="module")
def figures(build):
    """Return the unweighted rows of the whole base of figures 2 to 19, by number."""
    tables = {}
    for number in FIGURES:
        path = build / f"reports/tables/figure_{number}.csv"
        table = pd.read_csv(path, dtype={"option": "str", "flag": "str"}, keep_default_na=False)
        tables[number] = table.query("group == 'all' and estimator == 'unweighted'")
    return tables


def test_every_exact_percentage_is_printed(figures):
    assert len(PERCENTAGES) > 10
    for claim in PERCENTAGES.itertuples():
        rows = figures[claim.figure].query("question == @claim.question and option == @claim.options")
        assert rows["printed_pct"].astype(int).tolist() == [int(claim.value)], claim.claim_id


def test_labels_without_a_position_are_printed(figures):
    claim = CLOSED[CLOSED["statistic"].eq("label_multiset")].iloc[0]
    rows = figures[claim["figure"]].query("option in @claim.options.split(';')")
    assert sorted(rows["printed_pct"].astype(int)) == sorted([*map(int, claim["value"].split("|")), 0])


def test_every_figure_stands_on_the_published_base(figures):
    bases = (
        CLOSED[CLOSED["n"].ne("") & CLOSED["statistic"].eq("share")].groupby("figure", observed=True)["n"].agg(set)
    )
    assert set(bases.index) == set(FIGURES)
    for figure, expected in bases.items():
        assert {str(n) for n in figures[figure]["n"]} == expected, figure
