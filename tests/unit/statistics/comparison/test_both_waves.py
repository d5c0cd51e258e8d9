"""The path with microdata, on a synthetic 2021 wave and a later wave with a planted change."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analysis.statistics.comparison.both_waves import (
    design_estimates,
    exact_distributions,
    item_columns,
    known_counts,
    paired_comparison,
)
from analysis.statistics.comparison.counts import earlier_counts, earlier_distributions
from analysis.statistics.comparison.crosswalk import load_crosswalk
from analysis.statistics.comparison.mergers import later_codes
from analysis.statistics.comparison.published_facts import read_facts
from analysis.statistics.comparison.reconstruction import feasible_bases
from analysis.statistics.population import register_counts
from analysis.survey.columns import load_column_map
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers
from analysis.survey.register import size_class_of
from analysis.survey.synthetic_2021 import synthetic_wave_2021, write_synthetic_wave_2021
from analysis.survey.wave_2021 import read_wave_2021, register_2021

RAW = Path("data/raw")
EARLIER = pd.read_csv(RAW / "register/municipalities_2021.csv")
LATER = pd.read_csv(RAW / "register/municipalities_2025.csv")
CODES = later_codes(EARLIER, LATER, pd.read_csv(RAW / "register/mergers_2021_2025.csv"))
INSTRUMENTS = {wave: load_instrument(RAW / f"instrument_{wave}.yaml") for wave in ("2021", "2025")}
FACTS = read_facts(RAW / "published/figures_2021.csv")
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
def earlier(tmp_path_factory):
    path = tmp_path_factory.mktemp("wave") / "wave.csv"
    export = synthetic_wave_2021(EARLIER, INSTRUMENTS["2021"], drawn_counts(), seed=2021)
    write_synthetic_wave_2021(path, export)
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


def test_the_estimates_of_both_designs(earlier, later):
    population = {wave: register_counts(table).to_dict() for wave, table in (("2021", EARLIER), ("2025", LATER))}
    waves = {
        "2021": (INSTRUMENTS["2021"], earlier, population["2021"]),
        "2025": (INSTRUMENTS["2025"], later, population["2025"]),
    }
    found = design_estimates(waves, CROSSWALK).set_index(["item", "wave", "estimator"])
    unweighted = found.xs("unweighted", level="estimator")
    assert unweighted.loc[("implemented", "2021"), ["n", "count"]].tolist() == [113, 8]
    works = earlier["q04"].isin(list("abc")).mean()
    assert unweighted.loc[("works_on_approach", "2021"), "share"] == pytest.approx(works)
    # A census has no sampling error, and weights change nothing.
    census = found.xs("2025", level="wave").loc["implemented"]
    assert census["share"].tolist() == pytest.approx([1 / 3, 1 / 3])
    assert census["se"].tolist() == pytest.approx([0, 0], abs=1e-12)
    mix = earlier.groupby("size_class", observed=True)["q04"].apply(lambda q: (q == "b").mean())
    counts = pd.Series(population["2021"])
    weighted = found.loc[("implementing", "2021", "size_class"), "share"]
    assert weighted == pytest.approx(float((mix * counts / counts.sum()).sum()))


def test_each_wave_has_its_own_columns():
    assert item_columns(CROSSWALK, "2021")["policy_officer"] == ("q19", ("yes",))
    assert item_columns(CROSSWALK, "2025")["policy_officer"] == ("q19", ("a", "b"))
