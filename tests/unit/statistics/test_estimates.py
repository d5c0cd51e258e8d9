"""Estimates against R's survey package, on 153 synthetic respondents with bases of 153, 140, 42, 28 and 13.

The expected numbers and the script that made them are tests/reference/estimates/expected.R. There the estimator
``stratified`` is a stratified design with weights of population over respondents, and ``size_class`` is the same
by ``postStratify``; here they are one. R takes the rows of a post-stratified or raked subset for its respondents
(``svyciprop``, ``nrow(design)``), also those outside it; the intervals of those designs are compared with the
formula on R's number of rows.
"""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t

from analysis.errors import InputError
from analysis.statistics.design import Design
from analysis.statistics.estimates import COLUMNS, estimate, estimate_all
from analysis.statistics.intervals import beta_interval, hypergeometric_interval
from analysis.statistics.weighting import post_stratify, unweighted

KEYS = ["item", "group_variable", "group"]
EXPECTED = {"unweighted": 1e-9, "stratified": 1e-9, "size_class": 1e-9, "raked": 1e-6}


@pytest.fixture(scope="module")
def tables(short_instrument, weighted_designs):
    made = {}
    for fpc, designs in weighted_designs.items():
        table = estimate_all(short_instrument, list(designs.values()), groups=["size_class", "province"])
        made[fpc] = table.assign(item=table["question"] + " " + table["option"])
    return made


def compared(tables, reference, fpc, estimator):
    """Put our rows next to R's; every row of R is there, and R leaves out only empty groups."""
    ours, expected = tables[fpc], reference("shares")
    mine = ours[ours["estimator"] == ("size_class" if estimator == "stratified" else estimator)]
    expected = expected[(expected["fpc"] == fpc) & (expected["estimator"] == estimator)]
    both = expected.merge(mine, on=KEYS, suffixes=("_r", ""), validate="one_to_one")
    assert len(both) == len(expected) > 140
    return both


@pytest.mark.parametrize("fpc", [True, False])
@pytest.mark.parametrize("estimator", EXPECTED)
def test_shares_and_standard_errors_equal_those_of_r(tables, reference, fpc, estimator):
    both, tolerance = compared(tables, reference, fpc, estimator), EXPECTED[estimator]
    assert (both["n"] == both["n_r"]).all()
    assert (both["count"] == both["count_r"]).all()
    np.testing.assert_allclose(both["share"], both["share_r"], rtol=min(tolerance, 1e-9), atol=1e-15)
    np.testing.assert_allclose(both["se"], both["se_r"], rtol=tolerance, atol=1e-14)


@pytest.mark.parametrize("fpc", [True, False])
@pytest.mark.parametrize("estimator", EXPECTED)
def test_design_effects_equal_those_of_r(tables, reference, fpc, estimator):
    """R's deff=TRUE with the correction, deff="replace" without it."""
    both = compared(tables, reference, fpc, estimator)
    both = both[(both["count"] > 0) & (both["count"] < both["n"])]
    assert len(both) > 100
    np.testing.assert_allclose(both["deff"], both["deff_r"], rtol=EXPECTED[estimator])


@pytest.mark.parametrize("fpc", [True, False])
@pytest.mark.parametrize("estimator", ["unweighted", "stratified"])
def test_intervals_of_subgroups_equal_svyciprop_beta(tables, reference, fpc, estimator):
    both = compared(tables, reference, fpc, estimator)
    exact = both["item"].str.startswith("q04") & (both["group_variable"] != "province")
    if estimator == "stratified":
        exact &= both["group_variable"] == "size_class"
    between = (both["count"] > 0) & (both["count"] < both["n"])
    both = both[between & ~exact & (both["df"] > 0)]
    assert len(both) > 60
    np.testing.assert_allclose(both["ci_low"], both["ci_low_r"], rtol=1e-9, atol=1e-12)
    np.testing.assert_allclose(both["ci_high"], both["ci_high_r"], rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("fpc", [True, False])
@pytest.mark.parametrize("estimator", ["size_class", "raked"])
def test_intervals_of_calibrated_designs_differ_from_r_in_its_number_of_rows_alone(
    tables, reference, fpc, estimator
):
    both = compared(tables, reference, fpc, estimator)
    both = both[(both["se"] > 0) & (both["df"] > 0)]
    assert (both["rows"] == 153).all()
    size = both["share"] * (1 - both["share"]) / both["se"] ** 2
    size *= (t.ppf(0.025, 152) / t.ppf(0.025, both["df"])) ** 2
    low, high = beta_interval(both["share"].to_numpy(), size.to_numpy())
    np.testing.assert_allclose(low, both["ci_low_r"], rtol=EXPECTED[estimator], atol=1e-12)
    np.testing.assert_allclose(high, both["ci_high_r"], rtol=EXPECTED[estimator], atol=1e-12)
    whole = both[(both["n"] == 153)]
    np.testing.assert_allclose(whole["ci_low"], whole["ci_low_r"], rtol=EXPECTED[estimator])


def test_share_of_mentions_equals_svyratio(tables, reference):
    expected = reference("mentions")
    ours = tables[True].query("question == 'q21' and group_variable == 'all'")
    both = expected.merge(ours, on=["estimator", "option"], suffixes=("_r", ""), validate="one_to_one")
    assert len(both) == 18
    np.testing.assert_allclose(both["share_of_mentions"], both["share_of_mentions_r"], rtol=1e-9, atol=1e-15)
    assert tables[True].query("question != 'q21'")["share_of_mentions"].isna().all()


def test_the_whole_sample_gets_the_exact_interval(tables):
    rows = tables[True].query("question == 'q04' and group_variable == 'all' and estimator == 'unweighted'")
    low, high = hypergeometric_interval(rows["count"], rows["n"], np.full(len(rows), 342))
    assert rows["ci_low"].tolist() == low.tolist()
    assert rows["ci_high"].tolist() == high.tolist()


@pytest.mark.parametrize("estimator", ["unweighted", "size_class"])
def test_a_whole_size_class_gets_the_exact_interval_on_its_population(tables, estimator):
    rows = tables[True].query("question == 'q04' and group == 'ab' and estimator == @estimator")
    low, high = hypergeometric_interval(rows["count"], rows["n"], np.full(len(rows), 32))
    assert rows["ci_low"].tolist() == low.tolist()
    assert rows["ci_high"].tolist() == high.tolist()


def test_the_whole_sample_gets_clopper_pearson_without_the_correction(tables):
    rows = tables[False].query("question == 'q04' and group_variable == 'all' and estimator == 'unweighted'")
    low, high = beta_interval(rows["count"].to_numpy() / 153, np.full(len(rows), 153.0))
    np.testing.assert_allclose(rows["ci_low"], low, rtol=1e-12)
    np.testing.assert_allclose(rows["ci_high"], high, rtol=1e-12)


def test_every_estimate_is_defined_where_somebody_answered(tables):
    for table in tables.values():
        rows = table[table["n"] > 0]
        assert rows[["share", "se", "ci_low", "ci_high", "n_effective"]].notna().all(axis=None)
        assert (rows["ci_low"] <= rows["share"]).all()
        assert (rows["share"] <= rows["ci_high"]).all()
        assert rows["ci_low"].ge(0).all()
        assert rows["ci_high"].le(1).all()
        assert (rows["n"] == 1).any()
        empty = table[table["n"] == 0]
        assert len(empty)
        assert (empty["flag"] == "empty").all()
        assert empty[["share", "se", "ci_low", "ci_high"]].isna().all(axis=None)


def test_the_contract_holds(tables, short_instrument):
    table = tables[True].drop(columns="item")
    assert tuple(table.columns) == COLUMNS
    assert not table.duplicated(["question", "option", "base", "group_variable", "group", "estimator"]).any()
    assert (table["wave"] == "2025").all()
    assert table.groupby("question", observed=True)["base"].unique().map(list).to_dict()["q09"] == ["implemented"]
    assert set(table["question"]) == {"q04", "q06", "q09", "q13", "q16", "q21", "q23a", "q23b"}
    once = table.query("question == 'q16' and group == 'all' and estimator == 'raked'")
    assert once["option"].tolist() == list(short_instrument.question("q16").codes)


def test_shares_of_one_answer_add_up_to_one(tables):
    rows = tables[True][(tables[True]["question"] != "q21") & (tables[True]["n"] > 0)]
    sums = rows.groupby(["question", "group_variable", "group", "estimator"], observed=True)["share"].sum()
    np.testing.assert_allclose(sums, 1, rtol=1e-12)


def test_a_subgroup_keeps_the_design(short_instrument, weighted_designs):
    """Filtering the respondents first would change the standard error."""
    design = weighted_designs[True]["size_class"]
    part = estimate(short_instrument, "q16", design, where={"q04": ["a"]})
    assert set(part["base"]) == {"planning[q04=a]"}
    mine = design.design.respondents
    answered = mine[(mine["q04"] == "a") & (mine["q16"] != "not_answered")]
    assert set(part["n"]) == {len(answered)}
    filtered = Design(mine[mine["q04"] == "a"], dict(design.design.population))
    wrong = estimate(short_instrument, "q16", post_stratify(filtered))
    assert not np.allclose(part["se"], wrong["se"])


@pytest.mark.parametrize(("variable", "group"), [("province", "Gelderland"), ("size_class", "ab")])
def test_by_equals_asking_for_each_group(short_instrument, weighted_designs, variable, group):
    designs = list(weighted_designs[True].values())
    groups = estimate(short_instrument, ["q04", "q13", "q21"], designs, by=variable)
    part = estimate(short_instrument, ["q04", "q13", "q21"], designs, where={variable: group})
    mine = groups[groups["group"] == group].reset_index(drop=True)
    same = ["question", "option", "estimator", "n", "count", "share", "se", "ci_low", "ci_high", "deff"]
    pd.testing.assert_frame_equal(mine[same], part[same], rtol=1e-9)


@pytest.mark.parametrize(("denominator", "n"), [("answered", 132), ("routed", 140), ("all", 153)])
def test_the_denominator_is_a_choice(short_instrument, weighted_designs, denominator, n):
    rows = estimate(short_instrument, "q16", weighted_designs[True]["unweighted"], denominator=denominator)
    assert rows["n"].tolist() == [n] * 5
    assert rows["count"].tolist() == [30, 57, 35, 10, 0]
    np.testing.assert_allclose(rows["share"], rows["count"] / n)
    assert set(rows["base"]) == {"all" if denominator == "all" else "planning"}


def test_options_can_be_taken_together(short_instrument, weighted_designs):
    """Against the same answers, recoded by hand into one code."""
    weighted = weighted_designs[True]["raked"]
    unions = {"q16": ["a;b"], "q21": ["b;c"], "q23": ["altijd;soms"]}
    rows = estimate(short_instrument, ["q16", "q21", "q23"], weighted, unions=unions)
    joined = rows[rows["option"].str.contains(";")].set_index("question")
    answers = weighted.design.respondents
    either = (answers[["q21_b", "q21_c"]] == "1").any(axis="columns")
    recoded = answers.assign(
        q16=answers["q16"].replace({"b": "a"}),
        q21_b=answers["q21_b"].where(~answers["q21_b"].isin(["0", "1"]), either.map({True: "1", False: "0"})),
        q23a=answers["q23a"].replace({"soms": "altijd"}),
    )
    by_hand = replace(weighted, design=replace(weighted.design, respondents=recoded))
    expected = estimate(short_instrument, ["q16", "q21", "q23"], by_hand).set_index(["question", "option"])
    same = ["n", "count", "share", "se", "ci_low", "ci_high", "n_effective", "deff"]
    for question, option in [("q16", "a"), ("q21", "b"), ("q23a", "altijd")]:
        np.testing.assert_allclose(
            joined.loc[question, same].astype(float),
            expected.loc[(question, option), same].astype(float),
            rtol=1e-9,
        )
    assert joined["share_of_mentions"].isna().all()
    mentions = rows[(rows["question"] == "q21") & ~rows["option"].str.contains(";")]["share_of_mentions"]
    assert mentions.sum() == pytest.approx(1)
    with refuse("question q16, base planning: 'a;z' does not join options"):
        estimate(short_instrument, "q16", weighted, unions={"q16": ["a;z"]})


def test_a_share_that_the_weights_fix_has_no_margin(short_instrument, weighted_designs):
    """Here the size class itself is the answer: post-stratified it is 250 of 342, whatever the sample."""
    design = weighted_designs[True]["size_class"].design
    status = design.respondents["size_class"].map({"d": "a", "c": "b", "ab": "c"})
    fixed = post_stratify(Design(design.respondents.assign(q04=status), dict(design.population)))
    rows = estimate(short_instrument, "q04", fixed).head(3)
    np.testing.assert_allclose(rows["share"], [250 / 342, 60 / 342, 32 / 342], rtol=1e-12)
    assert rows["se"].tolist() == [0, 0, 0]
    assert rows["ci_low"].tolist() == rows["ci_high"].tolist() == rows["share"].tolist()
    assert rows["flag"].tolist() == ["fixed"] * 3


def test_a_lone_respondent_in_a_stratum_leaves_unweighted_estimates_defined(
    short_instrument, synthetic_respondents
):
    kept = (synthetic_respondents["size_class"] != "ab") | (synthetic_respondents.index == 1)
    alone = synthetic_respondents[kept].assign(
        size_class=lambda rows: rows["size_class"].where(rows.index != 1, "ab")
    )
    design = Design(alone, {"d": 250, "c": 60, "ab": 32})
    rows = estimate(short_instrument, "q04", unweighted(design), by="size_class").query("group == 'ab'")
    assert rows["n"].tolist() == [1] * 6
    assert rows["ci_low"].notna().all()
    assert rows["ci_high"].max() == 1


def test_each_question_can_be_asked_alone(short_instrument, weighted_designs, tables):
    designs = list(weighted_designs[True].values())
    alone = pd.concat(estimate(short_instrument, name, designs) for name in ["q04", "q09", "q23"])
    together = tables[True].query("group_variable == 'all' and question in ['q04', 'q09', 'q23a', 'q23b']")
    same = list(COLUMNS)
    pd.testing.assert_frame_equal(alone.reset_index(drop=True), together[same].reset_index(drop=True), rtol=1e-12)


def refuse(message):
    return pytest.raises(InputError, match=message)


def test_bad_questions_are_refused(short_instrument, weighted_designs, synthetic_respondents):
    design = weighted_designs[True]["unweighted"]
    with refuse("no question 'q99'"):
        estimate(short_instrument, "q99", design)
    wrong = unweighted(Design(synthetic_respondents.replace({"q16": {"b": "z"}}), dict(design.design.population)))
    with refuse("question q16, base planning, column q16: answers that are no option: z"):
        estimate(short_instrument, "q16", wrong)
    blank = synthetic_respondents.assign(
        q16=synthetic_respondents["q16"].mask(synthetic_respondents["q16"] == "b")
    )
    with refuse("question q16, base planning, column q16: answers that are no option: nan"):
        estimate(short_instrument, "q16", unweighted(Design(blank, dict(design.design.population))))
    absent = unweighted(Design(synthetic_respondents.drop(columns="q21_c"), dict(design.design.population)))
    with refuse("question q21, base planning: the respondents have no column q21_c"):
        estimate(short_instrument, "q21", absent)
    half = synthetic_respondents.copy()
    half.loc[half["q21_a"] == "1", "q21_b"] = "not_answered"
    with refuse("question q21, base planning: respondents answered some options and left out others"):
        estimate(short_instrument, "q21", unweighted(Design(half, dict(design.design.population))))


def test_bad_groups_and_bases_are_refused(short_instrument, weighted_designs):
    design = weighted_designs[True]["raked"]
    with refuse(r"question q09, base implemented\[q04=b\]: nobody is in the base"):
        estimate(short_instrument, "q09", design, where={"q04": ["b"]})
    with refuse("question q09, base implemented: grouping by size_class gives 1 group"):
        estimate(short_instrument, "q09", design, where={"size_class": ["d"]}, by="size_class")
    with refuse("no column region to group by"):
        estimate(short_instrument, "q09", design, by="region")
    with refuse("no column region"):
        estimate(short_instrument, "q09", design, where={"region": ["noord"]})
    with refuse("no denominator 'some'"):
        estimate(short_instrument, "q09", design, denominator="some")


def test_designs_of_different_respondents_do_not_go_together(short_instrument, weighted_designs):
    with pytest.raises(ValueError, match="different designs"):
        estimate(short_instrument, "q04", [weighted_designs[True]["raked"], weighted_designs[False]["raked"]])
