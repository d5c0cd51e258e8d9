"""Numbers are rounded as whole-number arithmetic rounds them, and written in Dutch."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reporting.dutch_numbers import FORMATS, count, decimal, p_value, percentage, percentage_points
from analysis.statistics.rounding import round_half_up


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_percentage_of_a_count_rounds_as_whole_numbers_do(pair):
    number, n = pair
    assert percentage(number / n) == f"{round_half_up([number, n - number])[0]}%"


@given(st.integers(-(10**12), 10**12))
def test_count_reads_back(number):
    text = count(number)
    assert int(text.replace(".", "").replace("−", "-")) == number
    assert re.fullmatch(r"−?\d{1,3}(\.\d{3})*", text)


def test_decimal_comma_and_points_between_thousands():
    assert decimal(1234567.891, 2) == "1.234.567,89"


def test_no_negative_zero():
    assert decimal(-0.001, 2) == "0,00"
    assert percentage_points(-0.001) == "0 procentpunt"


def test_points_carry_their_sign():
    assert percentage_points(0.1, 1) == "+10,0 procentpunt"


def test_count_with_a_fraction_is_refused():
    with pytest.raises(ValueError, match="no count"):
        count(1.5)


def test_p_value_is_never_zero():
    assert p_value(0.0) == "< 0,001"
    assert p_value(0.001) == "0,001"


def test_every_format_writes_a_number():
    assert all(re.search(r"\d", write(1.0)) for write in FORMATS.values())
