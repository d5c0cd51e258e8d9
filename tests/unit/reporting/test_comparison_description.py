"""Text alternatives of the figures of change: what the figure shows stands in them."""

import pandas as pd

from analysis.reporting.comparison_description import (
    DIFFERENCE_HEADINGS,
    describe_change,
    describe_response_curve,
    describe_shares,
    labelled_differences,
    rounding_note,
    shown_shares,
)


def test_differences_get_labels_in_the_order_of_the_items():
    main = pd.DataFrame(
        {"item": ["a", "b"], "difference_low": [0.2, -0.1], "difference_high": [0.2, -0.06], "ci_low": [0.1, -0.2],
         "ci_high": [0.3, 0.04], "verdict": ["changed", "depends"]}
    )  # fmt: skip
    found = labelled_differences(main, {"b": "Tweede", "a": "Eerste"})
    assert list(found.columns) == list(DIFFERENCE_HEADINGS)
    assert describe_change(found) == (
        "Tweede: −10 tot −6 procentpunt (95%-interval −20 tot +4), hangt van de aantallen af. "
        "Eerste: +20 procentpunt (95%-interval +10 tot +30), veranderd."
    )


def test_shares_of_both_years_with_intervals():
    table = pd.DataFrame(
        {"label": ["Eerste"], "share_2021": [0.07], "low_2021": [0.03], "high_2021": [0.14], "share_2025": [0.274],
         "low_2025": [0.21], "high_2025": [0.35], "printed_pct": [28]}
    )  # fmt: skip
    assert describe_shares(table) == "Eerste: 2021 7% (95%-interval 3 tot 14%), 2025 28% (21 tot 35%)."
    assert shown_shares(table)["share_2025"].tolist() == [0.28]


def test_a_percentage_that_differs_from_its_own_rounding_is_named_with_its_year():
    table = pd.DataFrame({"item": ["a", "b"], "label": ["Eerste", "Tweede"], "printed_pct": [28, 18]})
    later = pd.DataFrame({"item": ["b", "a"], "n": [153, 153], "count": [28, 42]})
    start = "Percentages zijn zo afgerond dat ze samen 100 zijn."
    assert rounding_note(table, later) == f"{start} Los afgerond is ‘Eerste in 2025’ 27%."
    assert rounding_note(table.assign(printed_pct=[27, 18]), later) == ""


def test_the_curve_is_told_by_its_possible_ends():
    table = pd.DataFrame(
        {
            "series": [0, 0, 0, 1, 1, 1],
            "ratio": [0.5, 1, 8] * 2,
            "difference_low": [0.1, 0.2, 0.3, 0.3, 0.2, 0.1],
            "difference_high": [0.1, 0.2, 0.3, 0.3, 0.2, 0.1],
            "possible": [True, True, False] * 2,
        }
    )
    text = describe_response_curve(table, ("in 2021", "in 2025"), (0.2, 5.0))
    assert text == (
        "In 2021: het verschil in procentpunt loopt van +10 bij 0,50 keer tot +20 bij 1,00 keer, "
        "en is nul bij 0,2 keer. "
        "In 2025: het verschil in procentpunt loopt van +30 bij 0,50 keer tot +20 bij 1,00 keer, "
        "en is nul bij 5,0 keer."
    )
