"""From published facts and estimates to counts: each item of the crosswalk, by hand."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.comparison.counts import (
    earlier_counts,
    earlier_distributions,
    later_counts,
    later_counts_by_class,
    released_items,
    with_not_asked,
)
from analysis.statistics.comparison.crosswalk import load_crosswalk
from analysis.statistics.comparison.reconstruction import feasible_bases
from analysis.survey.earlier_facts import read_earlier_facts
from analysis.survey.instrument import load_instrument
from analysis.survey.quantifiers import read_quantifiers

RAW = Path("data/raw")
INSTRUMENT = load_instrument(RAW / "instrument_2025.yaml")
FACTS = read_earlier_facts(RAW / "published/figures_2021.csv")
CROSSWALK = load_crosswalk(RAW / "crosswalk_2021.yaml", INSTRUMENT, FACTS)
STATUS = dict(zip("abcdefgh", [42, 28, 44, 26, 5, 4, 0, 4], strict=True))
OFFICER = {"a": 70, "b": 36, "c": 34}


def rows(question, base, counts, variable="all", group="all", *, estimator="unweighted"):
    table = pd.DataFrame({"option": list(counts), "count": list(counts.values())})
    names = {
        "question": question,
        "base": base,
        "group_variable": variable,
        "group": group,
        "estimator": estimator,
    }
    return table.assign(n=sum(counts.values()), **names)


ESTIMATES = pd.concat(
    [
        rows("q04", "all", STATUS),
        rows("q04", "all", dict.fromkeys("abcdefgh", 1), estimator="raked"),
        rows("q19", "planning", OFFICER),
        rows("q19", "planning", {"a": 9, "b": 8, "c": 7}, "size_class", "ab"),
        rows("q04", "all", dict.fromkeys("abcdefgh", 2), "size_class", "ab"),
        rows("q04", "all", dict.fromkeys("abcdefgh", 5), "size_class", "d"),
        rows("q19", "planning", {"a": 3, "b": 2, "c": 1}, "size_class", "d"),
    ],
    ignore_index=True,
)


def test_the_later_counts_are_those_of_the_estimates():
    found = later_counts(ESTIMATES, CROSSWALK, INSTRUMENT, 342).set_index("item")
    assert found["count"].to_dict() == {
        "implemented": 42,
        "implementing": 28,
        "plan_in_the_making": 44,
        "exploratory": 26,
        "none": 13,
        "works_on_approach": 114,
        "policy_officer": 106,
        "no_policy_officer": 34,
    }
    assert found.loc["implemented", ["n", "population"]].tolist() == [153, 342]
    # 140 of 153 respondents were asked, so the question is about that part of the 342.
    assert found.loc["policy_officer", "n"] == 140
    assert found.loc["policy_officer", "population"] == pytest.approx(342 * 140 / 153)


def test_the_later_counts_by_class():
    found = later_counts_by_class(ESTIMATES, CROSSWALK, INSTRUMENT).set_index(["item", "size_class"])
    assert found.loc[("none", "ab")].to_dict() == {"n": 16, "count": 8}
    assert found.loc[("policy_officer", "d")].to_dict() == {"n": 6, "count": 5}


def test_estimates_without_an_answer_are_refused():
    incomplete = ESTIMATES[(ESTIMATES["question"] != "q19") | (ESTIMATES["option"] != "c")]
    with pytest.raises(InputError, match="q19 c"):
        later_counts(incomplete, CROSSWALK, INSTRUMENT, 342)


def test_every_item_that_can_be_compared_has_earlier_counts():
    bases = feasible_bases(32, [352, 355])
    quantifiers = read_quantifiers(RAW / "published/quantifiers.csv")
    distributions = earlier_distributions(CROSSWALK, FACTS, quantifiers, bases, "half_up")
    found = earlier_counts(CROSSWALK, distributions)
    assert set(found["item"]) == {item.name for item in CROSSWALK.comparable_items}
    # By hand: half of 111 to 115, three points either side.
    officer = found[(found["item"] == "policy_officer") & (found["n"] == 113)]
    assert officer["count"].tolist() == list(range(54, 60))
    assert (found["count"] <= found["n"]).all()


def test_not_asked_is_not_zero():
    later = pd.DataFrame({"item": ["x", "y"], "n": [140, 153], "count": [106, 42]})
    found = with_not_asked(later, 153, 342)
    assert set(found["item"]) == {"x"}
    assert found["count"].tolist() == list(range(106, 120))
    assert (found["n"] == 153).all()


def test_only_items_that_may_be_shown_by_size_class_are_released():
    shown = [("q04", "a"), ("q04", "a;b;c"), ("q04", "e;f"), ("q19", "a;b")]
    table = pd.DataFrame(shown, columns=["question", "option"])
    assert released_items(table, CROSSWALK, INSTRUMENT) == ["implemented", "works_on_approach"]
