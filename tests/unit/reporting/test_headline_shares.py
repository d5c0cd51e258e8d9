"""The headline shares are those that the figures lead with."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.reporting.headline_shares import (
    beside_each_other,
    headline_shares,
    overlaps_next,
    share_label,
    whole_population,
)
from analysis.survey.instrument import load_instrument

INSTRUMENT = load_instrument(Path("data/raw/instrument_2025.yaml"))


def invented_estimates():
    """Give option number k of every question the share k / 100, a little lower when weighted."""
    rows = []
    for question in INSTRUMENT.closed_questions:
        items = question.columns if question.type == "grid" else [question.name]
        options = [*question.codes, *(["a;b;c", "e;f;g;h"] if question.name == "q04" else [])]
        for item in items:
            for place, option in enumerate(options, 1):
                for estimator, less in (("unweighted", 0.0), ("raked", 0.03)):
                    for group in ("all", "d"):
                        rows.append((item, option, question.base, group, estimator, place / 100 - less))
    table = pd.DataFrame(rows, columns=["question", "option", "base", "group", "estimator", "share"])
    variable = table["group"].map({"all": "all", "d": "size_class"})
    return table.assign(group_variable=variable, n=100, count=1, ci_low=0.0, ci_high=1.0)


SHARES = headline_shares(invented_estimates(), INSTRUMENT)


def options_of(item):
    return SHARES.loc[SHARES["item"] == item, "option"].unique().tolist()


def test_of_the_status_the_first_option_and_the_working_ones_together():
    assert options_of("q04") == ["a", "a;b;c"]


def test_options_taken_together_read_as_a_phrase():
    status, seen = INSTRUMENT.question("q04"), INSTRUMENT.question("q16")
    assert share_label(status, "q04", "a;b;c") == (
        "Stand van de aanpak",
        "Aanpak in gebruik, in invoering of in de maak",
    )
    assert share_label(status, "q04", "e;f;g;h")[1] == "Geen plannen"
    assert share_label(seen, "q16", "a;b")[1] == "Heel vaak of vaak"


def test_an_option_that_excludes_the_others_is_no_headline():
    exclusive = INSTRUMENT.question("q25").exclusive_codes
    assert options_of("q25") == [[code for code in INSTRUMENT.question("q25").codes if code not in exclusive][-1]]


def test_a_grid_has_a_headline_per_row_and_every_figure_has_one():
    assert [options_of(item) for item in INSTRUMENT.question("q23").columns] == [["nooit"]] * 4
    figures = {q.name for q in INSTRUMENT.closed_questions if q.figure not in (None, "table1")} - {"q23"}
    assert figures <= set(SHARES["item"])


def test_the_change_is_in_whole_points():
    beside = beside_each_other(SHARES)
    assert len(beside) == len(SHARES) / 2
    assert beside["change"].to_numpy() == pytest.approx(-0.03)


def test_an_unweighted_share_is_the_percentage_of_the_figure_and_the_change_is_not():
    own = headline_shares(invented_estimates(), INSTRUMENT, printed={("q04", "a"): 2})
    assert own.loc[own["item"] == "q04", "printed_pct"].dropna().tolist()[0] == 2
    row = beside_each_other(own).set_index(["item", "option"]).loc[("q04", "a")]
    assert row["unweighted"] == 0.02
    assert row["change"] == pytest.approx(-0.03)
    assert whole_population(own)["printed_pct"].iloc[0] == 2


@pytest.mark.parametrize(("high", "expected"), [(0.29, False), (0.30, True)])
def test_the_order_is_uncertain_when_another_named_answer_may_be_as_frequent(high, expected):
    question = INSTRUMENT.question("q24")
    rows = invented_estimates().query("question == 'q24'").assign(ci_low=0.3, ci_high=high)
    assert overlaps_next(rows, question, "a") == expected
    unnamed = rows["option"].isin([*question.exclusive_codes, question.text.option])
    assert not overlaps_next(rows.assign(ci_high=rows["ci_high"].where(unnamed, 0.1)), question, "a")


def test_a_share_without_a_released_weighted_one_stays():
    held_back = SHARES[~((SHARES["item"] == "q04") & (SHARES["estimator"] == "raked"))]
    beside = beside_each_other(held_back)
    assert beside.loc[beside["item"] == "q04", "raked"].isna().all()


def test_bounds_are_for_questions_to_all_municipalities_only():
    assert set(whole_population(SHARES)["item"]) == {"q04"}
