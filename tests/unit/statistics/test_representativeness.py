"""The verdict on tables whose answer is known."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.independence import independence_tests
from analysis.statistics.r_indicator import r_indicator
from analysis.statistics.representativeness import representativeness_table, verdict


def table(population, respondents):
    return pd.DataFrame({"group": range(len(population)), "population": population, "respondents": respondents})


TABLE_1 = table([250, 60, 32], [98, 33, 22])


def test_table_1_of_the_report_is_not_representative():
    found = verdict(TABLE_1, ["group"]).iloc[0]
    assert found[["verdict", "test"]].tolist() == ["not_representative", "exact"]
    assert found[["population", "respondents"]].tolist() == [342, 153]
    assert found["effect_low"] < found["effect_size"] < found["effect_high"]


def test_the_register_gives_the_same_verdict():
    assert verdict(table([246, 64, 32], [98, 33, 22]), ["group"])["verdict"].item() == "not_representative"


def test_equal_rates_are_representative():
    assert verdict(table([250, 60, 32], [112, 27, 14]), ["group"])["verdict"].item() == "representative"


def test_nothing_found_is_not_yet_representative():
    few = verdict(table([12, 10], [6, 5]), ["group"], margin=0.05)
    assert few["verdict"].item() == "representative"  # no difference at all: the interval of V is empty above 0
    some = verdict(table([12, 10], [6, 6]), ["group"]).iloc[0]
    assert some["verdict"] == "undecided"
    assert some["p_value"] > some["alpha"]
    assert some["effect_high"] > some["margin"]


def test_tests_on_both_sides_of_alpha_decide_nothing():
    cells = table([3, 5, 2, 7, 4], [3, 1, 0, 5, 1])
    tests = independence_tests(cells, ["group"]).set_index("test")["p_value"]
    assert tests["likelihood_ratio"] < 0.05 < tests["exact"]
    found = verdict(cells, ["group"]).iloc[0]
    assert found[["verdict", "test"]].tolist() == ["undecided", "exact"]
    assert found["p_value"] == tests["exact"]


def test_alpha_moves_the_verdict():
    assert verdict(TABLE_1, ["group"], alpha=0.001)["verdict"].item() == "undecided"


@pytest.mark.parametrize(("alpha", "agree"), [(0.05, True), (0.00145, False), (0.001, True)])
def test_it_is_known_whether_all_tests_lie_on_one_side(alpha, agree):
    assert verdict(TABLE_1, ["group"], alpha=alpha)["tests_agree"].item() is agree


def test_tests_made_before_are_used():
    tests = independence_tests(TABLE_1, ["group"], exact_limit=0, n_tables=999)
    found, own = verdict(TABLE_1, ["group"], tests=tests), verdict(TABLE_1, ["group"])
    assert (found["test"].item(), own["test"].item()) == ("monte_carlo", "exact")
    assert found["p_value"].item() == tests.set_index("test").loc["monte_carlo", "p_value"]
    speaks = ["test", "p_value"]
    pd.testing.assert_frame_equal(found.drop(columns=speaks), own.drop(columns=speaks))
    with pytest.raises(ValueError, match="not of province"):
        verdict(TABLE_1.rename(columns={"group": "province"}), ["province"], tests=tests)


@pytest.mark.parametrize("setting", [{"alpha": 5}, {"alpha": 0}, {"margin": 1.2}])
def test_settings_are_fractions(setting):
    with pytest.raises(ValueError, match="between 0 and 1"):
        verdict(TABLE_1, ["group"], **setting)


def test_counts_are_checked_first():
    with pytest.raises(InputError, match="more respondents than population"):
        verdict(table([10, 5], [11, 2]), ["group"])


def test_the_table_has_the_columns_that_other_tools_rely_on():
    tests = [independence_tests(TABLE_1, ["group"])]
    found = representativeness_table(tests, r_indicator(TABLE_1, ["group"]))
    assert list(found.columns) == ["test", "variable", "statistic", "df", "p_value", "effect_size", "note"]
    assert found["test"].tolist() == ["pearson", "likelihood_ratio", "exact", "r_indicator"]
    assert found["variable"].eq("group").all()
    assert found["statistic"].iloc[-1] == r_indicator(TABLE_1, ["group"])["r"].item()
