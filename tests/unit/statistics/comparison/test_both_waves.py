"""The path with microdata, on a synthetic 2021 wave and a later wave with a planted change."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.comparison.both_waves import (
    earlier_estimates,
    exact_distributions,
    item_columns,
    known_counts,
    later_estimates,
    paired_comparison,
)
from analysis.statistics.comparison.counts import earlier_counts, earlier_distributions
from analysis.statistics.comparison.crosswalk import load_crosswalk
from analysis.statistics.comparison.mergers import later_codes
from analysis.statistics.comparison.reconstruction import feasible_bases
from analysis.statistics.population import register_counts
from analysis.survey.columns import load_column_map
from analysis.survey.earlier_facts import read_earlier_facts
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers
from analysis.survey.register import size_class_of
from analysis.survey.wave_2021 import read_wave_2021, register_2021

RAW = Path("data/raw")
EARLIER = pd.read_csv(RAW / "register/municipalities_2021.csv")
LATER = pd.read_csv(RAW / "register/municipalities_2025.csv")
CODES = later_codes(EARLIER, LATER, pd.read_csv(RAW / "register/mergers_2021_2025.csv"))
INSTRUMENTS = {wave: load_instrument(RAW / f"instrument_{wave}.yaml") for wave in ("2021", "2025")}
FACTS = read_earlier_facts(RAW / "published/figures_2021.csv")
CROSSWALK = load_crosswalk(RAW / "crosswalk_2021.yaml", INSTRUMENTS["2025"], FACTS)
QUANTIFIERS = read_quantifiers(RAW / "published/quantifiers.csv")
BASES = feasible_bases(32, [352, 355])
FITTING = earlier_distributions(CROSSWALK, FACTS, QUANTIFIERS, BASES, "half_up")


def drawn_counts(n=113):
    """Take counts for the synthetic wave from the enumeration of the published figures."""
    status = FITTING["status"].query("n == @n").iloc[0]
    officer = FITTING["policy_officer"].query("n == @n").iloc[7]
    letters = {letter: int(status[letter]) for letter in "abcdf"} | {"e": int(status["e+g+h"])}
    counts = {"q04": letters, "q19": {name: int(officer[name]) for name in ("yes", "serious", "none", "rest")}}
    return counts | {
        "q32": {"advanced": 23, "exists": 12, "rest": n - 35},
        "q33": {"yes": 79, "no": 26, "rest": n - 105},
    }


@pytest.fixture(scope="module")
def earlier(tmp_path_factory, synthetic_2021):
    path = tmp_path_factory.mktemp("wave") / "wave.csv"
    export = synthetic_2021.synthetic_wave_2021(EARLIER, INSTRUMENTS["2021"], drawn_counts())
    synthetic_2021.write_synthetic_wave_2021(path, export)
    mapping = load_column_map(RAW / "columns_2021.yaml", INSTRUMENTS["2021"])
    register = register_2021(RAW / "register/municipalities_2021.csv", RAW / "register/municipality_names.csv")
    return read_wave_2021(path, INSTRUMENTS["2021"], mapping, register).answers


@pytest.fixture
def later():
    """Every municipality of 2025 answered; a planted third has an approach in use."""
    rng = np.random.default_rng(2025)
    status = rng.permutation(np.repeat(list("abcd"), [114, 76, 76, 76]))
    frame = pd.DataFrame({"municipalities": LATER["code"], "size_class": size_class_of(LATER["population"])})
    return frame.assign(q03="d", q04=status, q19=rng.choice(list("abc"), len(LATER)))


def test_the_synthetic_wave_is_one_of_the_reconstructions(earlier):
    exact = exact_distributions(earlier, CROSSWALK)
    for question, found in exact.items():
        merged = found.merge(FITTING[question], how="inner")
        assert len(merged) == 1, question
    assert len(earlier_counts(CROSSWALK, exact)) == len(CROSSWALK.comparable_items)


def test_known_answers_take_the_place_of_the_enumeration(earlier):
    bases, fitting = known_counts(earlier, CROSSWALK, FACTS, QUANTIFIERS, [352, 355])
    assert bases.to_dict("list") == {"n": [113], "population": [352]}
    assert all(len(table) == 1 for rules in fitting.values() for table in rules.values())
    unknown, enumerated = known_counts(None, CROSSWALK, FACTS, QUANTIFIERS, [352, 355])
    pd.testing.assert_frame_equal(unknown, BASES)
    pd.testing.assert_frame_equal(enumerated["half_up"]["status"], FITTING["status"])


def test_all_municipalities_of_2021_are_paired_with_a_census(earlier, later):
    found = paired_comparison(earlier, later, CODES, CROSSWALK).set_index(["item", "rule"])
    # Each respondent of 2021 is on the map of 2025; those that merged are one unit there.
    assert (found["n_both"] == CODES[earlier["municipalities"]].nunique()).all()
    row = found.loc[("implemented", "any")]
    assert row["difference"] == pytest.approx(114 / 342 - 8 / found["n_both"].iloc[0], abs=0.01)
    assert row["mcnemar"] < 0.05
    assert row["partly_overlapping"] < 0.001
    same = found.loc[found["n_both"] > 0, ["mcnemar", "partly_overlapping"]]
    assert same.stack().between(0, 1).all()


def test_an_unchanged_wave_shows_no_change(earlier):
    units = CODES[earlier["municipalities"]].to_numpy()
    status = earlier.assign(municipalities=units).drop_duplicates("municipalities")
    later = status.assign(q19=status["q19"].map({"yes": "a", "serious": "b", "none": "c", "rest": "not_answered"}))
    found = paired_comparison(earlier, later, CODES, CROSSWALK).set_index(["item", "rule"])
    for item in ("implemented", "implementing", "exploratory", "works_on_approach"):
        assert found.loc[(item, "any"), "mcnemar"] > 0.2
        assert found.loc[(item, "any"), "correlation"] > 0.9


def every_third():
    """Return a wave in which every third municipality of the register answered."""
    size_class = size_class_of(EARLIER["population"])
    frame = EARLIER[["province"]].assign(size_class=size_class, q03="d", q19="yes", q32="rest", q33="rest")
    status = np.random.default_rng(3).choice(list("abcd"), len(frame))
    return frame.assign(q04=status).iloc[::3].reset_index(drop=True)


def test_the_estimates_of_the_earlier_wave_are_unweighted_and_raked():
    wave = every_third()
    found = earlier_estimates(INSTRUMENTS["2021"], wave, EARLIER, CROSSWALK).set_index(["item", "estimator"])
    own = wave["q04"].isin(list("abc"))
    assert found.loc[("works_on_approach", "unweighted"), "share"] == pytest.approx(own.mean())
    # By hand: weights that count for the municipalities of each size class and of each province.
    weights = pd.Series(1.0, index=wave.index)
    margins = {"size_class": register_counts(EARLIER), "province": EARLIER["province"].value_counts()}
    for _ in range(200):
        for column, counts in margins.items():
            weights *= wave[column].map(counts / weights.groupby(wave[column]).sum())
    by_hand = float(weights[own].sum() / weights.sum())
    assert found.loc[("works_on_approach", "raked"), "share"] == pytest.approx(by_hand, abs=1e-6)
    assert by_hand != pytest.approx(own.mean(), abs=1e-4)


def test_weights_that_cannot_meet_both_margins_leave_no_weighted_shares(earlier):
    # One municipality of Drenthe answered for twelve.
    found = earlier_estimates(INSTRUMENTS["2021"], earlier, EARLIER, CROSSWALK).set_index("item")
    assert set(found["estimator"]) == {"unweighted"}
    assert found.loc["implemented", ["n", "count"]].tolist() == [113, 8]


def test_the_estimates_of_the_later_wave_are_those_that_were_released():
    columns = ["question", "option", "group", "estimator", "n", "count", "share", "ci_low", "ci_high"]
    rows = [
        ("q04", "a", "all", "raked", 153, 42, 0.27, 0.22, 0.32),
        ("q04", "a", "d", "raked", 98, 26, 0.2, 0.1, 0.3),
        ("q04", "a;b;c", "all", "raked", 153, 114, 0.73, 0.68, 0.78),
        ("q19", "c", "all", "raked", 140, 31, 0.23, 0.18, 0.29),
    ]
    found = later_estimates(pd.DataFrame(rows, columns=columns), CROSSWALK, INSTRUMENTS["2025"]).set_index("item")
    assert found["share"].round(9).to_dict() == {
        "implemented": 0.27,
        "works_on_approach": 0.73,
        "no_policy_officer": 0.23,
        "policy_officer": 0.77,  # options a and b together are what c leaves
    }
    assert found.loc["policy_officer", ["count", "ci_low", "ci_high"]].tolist() == pytest.approx([109, 0.71, 0.82])


def test_each_wave_has_its_own_columns():
    assert item_columns(CROSSWALK, "2021")["policy_officer"] == ("q19", ("yes",))
    assert item_columns(CROSSWALK, "2025")["policy_officer"] == ("q19", ("a", "b"))
