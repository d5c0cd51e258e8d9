"""Counts of the response, and the register on more than one day."""

import pandas as pd

from analysis.statistics.response_facts import ResponseFacts, count_response

REGISTER = pd.DataFrame(
    {
        "day": ["2025"] * 3 + ["2021"] * 3,
        "size_class": ["d", "c", "ab"] * 2,
        "n": [246, 64, 32, 251, 59, 32],
    }
)


def test_a_partnership_counts_once_and_stands_for_all_of_its_municipalities():
    table = pd.DataFrame(
        {"n_municipalities": [1, 1, 3, 2], "province": ["Drenthe", "unknown", "Drenthe", "Fryslân"]}
    )
    assert count_response(table, 9) == {
        "usable": 4,
        "reactions": 9,
        "joint": 2,
        "represented": 7,
        "with_province": 3,
        "without_province": 1,
        "provinces": 2,
    }


def test_what_the_respondents_do_not_tell_is_left_out():
    assert count_response(pd.DataFrame({"q01": ["a", "b"]})) == {"usable": 2}


def test_size_classes_are_counted_on_each_day():
    found = ResponseFacts({}, REGISTER).registered(("d",))
    # 246 of 342 is 71.9 per cent; 251 is 73.4, of which the largest remainder makes 74.
    assert (found.counts, found.total) == ((246, 251), 342)
    assert (found.percentages, found.span) == ({72}, (72, 74))


def test_a_class_that_joins_letters_needs_all_of_them():
    facts = ResponseFacts({}, REGISTER)
    assert facts.registered(("a", "b")).counts == (32, 32)
    assert facts.registered(("a",)).counts == (0, 0)
    assert facts.registered(("a", "b", "c", "d")).counts == (342, 342)


def test_without_a_register_nothing_is_known():
    assert ResponseFacts().registered(("d",)) is None
