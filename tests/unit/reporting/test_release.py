"""What leaves the gate: nothing weighted or tested from which a small group could be worked out."""

import pandas as pd
import pytest

from analysis.reporting.disclosure import Rules
from analysis.reporting.release import release_differences, release_estimates, release_size_classes

RULES = Rules(smallest_base=10, smallest_cell=5)


@pytest.fixture
def estimates():
    """Two options by three estimators, of everyone and of one size class."""
    rows = []
    for option, count in (("a", 42), ("b", 4)):
        for group, n in (("all", 153), ("ab", 22)):
            for estimator in ("unweighted", "size_class", "raked"):
                share = count / n + (estimator != "unweighted") * 0.0123
                rows.append(("q04", option, group, estimator, n, count, share, share - 0.1, share + 0.1, ""))
    names = ["question", "option", "group", "estimator", "n", "count", "share", "ci_low", "ci_high", "flag"]
    return pd.DataFrame(rows, columns=names).assign(
        se=0.0311, n_effective=120.3, deff=1.1, share_of_mentions=0.123456
    )


def test_only_national_estimates_leave_and_none_that_is_weighted_by_size_class_alone(estimates):
    release = release_estimates(estimates, RULES)
    assert set(release.table["group"]) == {"all"}
    assert set(release.table["estimator"]) == {"unweighted", "raked"}
    hidden = release.ledger.set_index("rule")["n_hidden"].to_dict()
    assert hidden == {"asked_base": 6, "size_class_weights": 2, "few_to_weight": 1}


def test_a_weighted_share_is_a_whole_percentage_without_its_variance(estimates):
    table = release_estimates(estimates, RULES).table.set_index(["option", "estimator"])
    assert table.loc[("a", "raked"), ["share", "ci_low", "ci_high"]].tolist() == [0.29, 0.19, 0.39]
    assert table.loc[("a", "raked"), ["se", "n_effective", "deff"]].isna().all()
    assert table.loc[("a", "unweighted"), "share"] == 42 / 153
    assert table.loc[("a", "unweighted"), "se"] == 0.0311


@pytest.mark.parametrize(("count", "is_shown"), [(9, False), (10, True), (143, True), (144, False)])
def test_a_weighted_share_of_few_or_of_all_but_few_is_missing(estimates, count, is_shown):
    table = release_estimates(estimates.assign(count=count), RULES).table
    assert table.loc[table["estimator"] == "raked", "share"].notna().tolist() == [is_shown] * 2
    assert table.loc[table["estimator"] == "unweighted", "share"].notna().all()


def test_by_size_class_only_what_was_decided_on_leaves(estimates):
    table = estimates[estimates["estimator"] == "unweighted"].reset_index(drop=True)
    decisions = pd.DataFrame({"question": "q04", "option": ["a", "b"], "rule": ["", "small_cell"]})
    release = release_size_classes(table, decisions, RULES)
    assert release.table[["option", "group"]].to_numpy().tolist() == [["a", "all"], ["a", "ab"]]
    assert release.table["share_of_mentions"].isna().all(), "with the other options it would give b away"
    (row,) = release.ledger.to_dict("records")
    assert (row["options"], row["rule"], row["n_hidden"]) == ("b", "small_cell", 1)
    assert "minder dan 5 gemeenten" in row["reason"]


def test_what_nobody_decided_on_does_not_leave(estimates):
    table = estimates[estimates["estimator"] == "unweighted"].reset_index(drop=True)
    decisions = pd.DataFrame({"question": ["q99"], "option": ["a"], "rule": [""]})
    assert release_size_classes(table, decisions, RULES).table.empty


def test_of_a_test_only_the_outcome_leaves():
    names = ["chapter", "figure", "question", "option", "base", "group_variable", "n", "n_tests"]
    tests = pd.DataFrame([(4, "2", "q04", option, "all", "size_class", 153, 3) for option in "abc"], columns=names)
    tests = tests.assign(p_value=0.01, p_adjusted=[0.049, 0.05, None], statistic=1.0, test="exact")
    table = release_differences(tests, RULES).table
    assert table["is_different"].tolist() == [True, False, pd.NA]
    assert not {"p_value", "p_adjusted", "statistic", "test", "smallest_expected"} & set(table.columns)
