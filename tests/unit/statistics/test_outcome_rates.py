"""AAPOR's outcome rates against the definitions written out, and against the published response."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.statistics.outcome_rates import case_counts, outcome_rates, response_by_group

COUNT = st.integers(0, 400)


def dispositions(**counts):
    return pd.DataFrame({"disposition": [name for name, count in counts.items() for _ in range(count)]})


@given(i=st.integers(1, 400), p=COUNT, r=COUNT, nc=COUNT, o=COUNT)
def test_rates_follow_their_definitions(i, p, r, nc, o):
    rates = outcome_rates({"I": i, "P": p, "R": r, "NC": nc, "O": o, "U": 0}).set_index("rate")["value"]
    everybody = i + p + r + nc + o
    assert rates["RR1"] == rates["RR5"] == i / everybody
    assert rates["RR2"] == rates["RR6"] == (i + p) / everybody
    assert rates["COOP1"] == i / (i + p + r + o)
    assert rates["COOP2"] == (i + p) / (i + p + r + o)
    assert rates["COOP3"] == i / (i + p + r)
    assert rates["COOP4"] == (i + p) / (i + p + r)
    assert rates["REF1"] == rates["REF3"] == r / everybody
    assert rates["CON1"] == rates["CON3"] == (i + p + r + o) / everybody
    assert rates[["RR3", "RR4", "REF2", "CON2"]].isna().all()


def test_the_published_response_is_45_per_cent_and_49_on_municipalities():
    reactions = dispositions(complete=153, break_off=60, empty=10, duplicate=8, test=2)
    on_reactions = outcome_rates(case_counts(reactions, eligible=342)).set_index("rate")
    on_municipalities = outcome_rates(case_counts(reactions, eligible=342, represented=169)).set_index("rate")
    assert round(100 * on_reactions.loc["RR1", "value"]) == 45
    assert round(100 * on_municipalities.loc["RR1", "value"]) == 49
    assert on_reactions.loc["REF1", ["numerator", "denominator"]].tolist() == [70, 342]


def test_each_rate_says_how_to_read_it():
    readings = outcome_rates(case_counts(dispositions(complete=1), eligible=3)).set_index("rate")["reading"]
    assert readings["RR1"] == "exact"
    assert readings["CON1"] == readings["REF1"] == "lower_bound"
    assert readings["COOP1"] == "upper_bound"
    assert readings["RR3"] == "not_applicable"


def test_more_cases_than_municipalities_are_refused():
    with pytest.raises(InputError, match="4 cases among 3 eligible"):
        case_counts(dispositions(complete=2, break_off=2), eligible=3)


def test_an_unknown_disposition_is_refused():
    with pytest.raises(InputError, match="screened_out"):
        case_counts(dispositions(screened_out=1), eligible=3)


def test_reactions_represent_at_least_one_municipality_each():
    with pytest.raises(InputError, match="represent only 1"):
        case_counts(dispositions(complete=2), eligible=3, represented=1)


@pytest.mark.parametrize("wrong", [{"I": -1}, {"U": 2}, {"I": 0}])
def test_counts_that_have_no_rates_are_refused(wrong):
    with pytest.raises(InputError):
        outcome_rates({"I": 1, "P": 0, "R": 0, "NC": 0, "O": 0, "U": 0} | wrong)


FRAME = pd.DataFrame(
    {
        "province": ["Utrecht"] * 4 + ["Zeeland"] * 3,
        "size_class": ["d", "d", "c", "ab", "d", "d", "c"],
        "responded": [1, 1, 0, 1, 1, 0, 0],
    }
)
RESPONDENTS = pd.DataFrame(  # a partnership of two in Utrecht, and one anonymous reaction
    {
        "province": ["Utrecht", "Utrecht", "Zeeland", "unknown"],
        "size_class": ["d", "ab", "d", "d"],
        "n_municipalities": [2, 1, 1, 1],
    }
)


def test_reactions_and_municipalities_side_by_side():
    overall = response_by_group(FRAME, RESPONDENTS).iloc[0]
    assert overall[["eligible", "reactions", "represented"]].tolist() == [7, 4, 5]
    assert overall["rate_reactions"] == pytest.approx(4 / 7)
    assert overall["rate_represented"] == pytest.approx(5 / 7)


def test_a_province_without_the_anonymous_who_have_a_row_of_their_own():
    found = response_by_group(FRAME, RESPONDENTS, "province").set_index("group")
    assert found.loc["Utrecht", ["eligible", "reactions", "represented"]].tolist() == [4, 2, 3]
    assert found.loc["Zeeland", ["eligible", "reactions", "represented"]].tolist() == [3, 1, 1]
    assert found.loc["unknown", ["reactions", "represented"]].tolist() == [1, 1]
    assert pd.isna(found.loc["unknown", "eligible"])
    assert found.loc["unknown", ["rate_reactions", "rate_represented"]].isna().all()


def test_by_size_class_the_anonymous_reaction_counts_in_its_own_class():
    found = response_by_group(FRAME, RESPONDENTS, "size_class").set_index("group")
    assert found["reactions"].to_dict() == {"d": 3, "c": 0, "ab": 1, "unknown": 0}
    assert found["represented"].to_dict() == {"d": 3, "c": 0, "ab": 1, "unknown": 1}


@pytest.mark.parametrize("variable", [None, "province", "size_class"])
def test_groups_add_up_to_all(variable):
    found = response_by_group(FRAME, RESPONDENTS, variable)
    assert found[["eligible", "reactions", "represented"]].sum().tolist() == [7, 4, 5]


@pytest.mark.parametrize(
    ("respondents", "problem"),
    [
        (RESPONDENTS.replace("Zeeland", "Holland"), "Holland"),
        (pd.concat([RESPONDENTS] * 3), "more reactions"),
        (RESPONDENTS.assign(n_municipalities=0), "fewer municipalities"),
    ],
)
def test_impossible_reactions_are_refused(respondents, problem):
    with pytest.raises(InputError, match=problem):
        response_by_group(FRAME, respondents, "province")
