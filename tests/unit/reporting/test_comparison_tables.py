"""Tables of the comparison: every item in order, and numbers as a Dutch reader expects them."""

from pathlib import Path

import pandas as pd

from analysis.reporting.comparison_tables import (
    count_rows,
    crosswalk_rows,
    distribution_rows,
    effect_rows,
    main_test_rows,
    other_test_rows,
    p_range,
    printed_items,
    with_printed,
)
from analysis.statistics.comparison.crosswalk import load_crosswalk
from analysis.statistics.comparison.tests_of_change import compare_shares
from analysis.statistics.comparison.verdicts import p_value_ranges
from analysis.survey.earlier_facts import read_earlier_facts
from analysis.survey.instrument import load_instrument

RAW = Path("data/raw")
ITEMS = {"y": "Tweede", "x": "Eerste"}
ROWS = [("x", 8, 111, 352, 42, 153, 342), ("x", 8, 115, 355, 42, 153, 342), ("y", 0, 111, 352, 13, 153, 342)]
COLUMNS = ["item", "count_2021", "n_2021", "population_2021", "count_2025", "n_2025", "population_2025"]
COMPARISONS = compare_shares(pd.DataFrame(ROWS, columns=COLUMNS))
RANGES = p_value_ranges(COMPARISONS)
FACTS = read_earlier_facts(RAW / "published/figures_2021.csv")
CROSSWALK = load_crosswalk(RAW / "crosswalk_2021.yaml", load_instrument(RAW / "instrument_2025.yaml"), FACTS)


def test_the_crosswalk_shows_every_item_with_its_reason():
    found = crosswalk_rows(CROSSWALK).set_index("Onderdeel")
    assert len(found) == len(CROSSWALK.items)
    assert found.loc["Geen plannen", "Vraag en antwoorden in 2025"] == "4: e, f, g, h"
    assert found.loc["Een of meer beleidsmedewerkers", "Vraag en antwoorden in 2025"] == "19: a, b"
    assert found.loc["Budget voor het thema", "Vergelijkbaar"] == "niet te vergelijken"
    assert found.loc["Budget voor het thema", "Vraag en antwoorden in 2025"] == "niet gevraagd"
    assert (found["Waarom"].str.len() > 10).all()


def test_counts_are_ranges_over_all_combinations():
    found = count_rows(COMPARISONS, ITEMS).set_index("Onderdeel")
    assert list(found.index) == ["Tweede", "Eerste"]
    assert found.loc["Eerste"].tolist() == ["7%", "8", "111 tot 115", 2, 42, 153]


def test_tests_are_shown_before_and_after_adjustment():
    found = main_test_rows(RANGES[RANGES["test"] == "fisher"], COMPARISONS, ITEMS).set_index("Onderdeel")
    assert list(found.index) == ["Tweede", "Eerste"]
    assert found.loc["Eerste", "Oordeel"] == "veranderd"
    assert found.loc["Eerste", "p"] == "<\u00a00,001"
    both = other_test_rows(RANGES, ITEMS)
    assert list(both.columns) == ["Onderdeel", "Boschloo", "Fisher", "z-toets, eindige populatie"]
    assert both["Onderdeel"].tolist() == ["Tweede", "Eerste"]


def test_a_change_that_no_share_can_show_is_called_none():
    found = effect_rows(COMPARISONS, ITEMS).set_index("Onderdeel")
    assert found.loc["Tweede", "Kleinste zichtbare daling"] == "geen"
    assert found.loc["Eerste", "Kleinste zichtbare daling"].startswith("−")
    assert found.loc["Eerste", "Kleinste zichtbare stijging"].startswith("+")


def test_the_whole_distribution_has_a_size_per_test():
    ranges = pd.DataFrame(
        {
            "test": ["chi_square", "mann_whitney", "proportional_odds"],
            "p_value_low": [0.00001, 0.2, 0.2],
            "p_value_high": [0.0001, 0.6, 0.6],
            "verdict": ["changed", "not_shown", "not_shown"],
        }
    )
    sizes = pd.DataFrame({"cramers_v": [0.31, 0.33], "further": [0.52, 0.54], "odds_ratio": [1.15, None]})
    found = distribution_rows(ranges, sizes)
    assert found["Grootte"].tolist() == [
        "Cramérs V 0,31 tot 0,33",
        "kans dat 2025 verder is 0,52 tot 0,54",
        "kansverhouding om verder te zijn 1,15",
    ]


def test_a_range_of_p_values():
    assert p_range(0.00001, 0.0002) == "<\u00a00,001"
    assert p_range(0.00001, 0.002) == "<\u00a00,001\u00a0tot\u00a00,002"


def test_the_percentage_of_an_item_is_the_one_that_its_figure_prints(chapter):
    later = pd.DataFrame(
        {
            "item": [item.name for item in CROSSWALK.comparable_items],
            "n": [140 if "officer" in item.name else 153 for item in CROSSWALK.comparable_items],
            "count": [42, 28, 44, 26, 13, 114, 109, 31],
        }
    )
    # 42 of 153 is 27.45 per cent, which figure 2 prints as 28 so that its labels add up to 100.
    printed = printed_items(CROSSWALK, [chapter(4), chapter(5)], later)
    assert [printed[name] for name in ("implemented", "works_on_approach", "policy_officer")] == [28, 75, 78]
    rows = [("implemented", wave, name) for wave in ("2021", "2025") for name in ("unweighted", "raked")]
    table = with_printed(pd.DataFrame(rows, columns=["item", "wave", "estimator"]), printed)
    assert table["percent"].fillna(0).tolist() == [0, 0, 28, 0]
