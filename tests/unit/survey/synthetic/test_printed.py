"""Printed percentages of the model against the rounding of whole counts."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from analysis.statistics.rounding import ROUNDING_RULES, round_half_up
from analysis.survey.synthetic.printed import add_labels, printed_shares, printed_single

COUNTS = st.lists(st.integers(0, 60), min_size=1, max_size=6).filter(sum)


def solve(model):
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) == cp_model.OPTIMAL
    return solver


@settings(max_examples=60, deadline=None)
@given(counts=COUNTS, rule=st.sampled_from(sorted(ROUNDING_RULES)))
def test_a_distribution_is_rounded_as_the_rule_does(counts, rule):
    model = cp_model.CpModel()
    fixed = {("q", (str(place),)): model.new_constant(count) for place, count in enumerate(counts)}
    base = model.new_int_var(0, 10**4, "base")
    model.add(base == sum(counts))
    shares = printed_shares(model, fixed, base, rule)
    solver = solve(model)
    assert [solver.value(share) for share in shares.values()] == ROUNDING_RULES[rule](counts)


@given(count=st.integers(0, 200), rest=st.integers(0, 200))
def test_one_percentage_is_rounded_half_up(count, rest):
    if count + rest:
        model = cp_model.CpModel()
        share = printed_single(model, count, count + rest, "share")
        assert solve(model).value(share) == round_half_up([count, rest])[0]


@pytest.mark.parametrize(
    ("percentages", "is_possible"),
    [
        ((3, 2, 3, 0), True),
        ((0, 3, 3, 2), True),
        ((3, 3, 3, 0), False),
        ((3, 2, 0, 0), False),
        ((3, 2, 3, 1), False),
    ],
)
def test_labels_may_stand_in_any_order_and_the_rest_is_zero(percentages, is_possible):
    model = cp_model.CpModel()
    switch = model.new_bool_var("labels")
    shares = [model.new_constant(percentage) for percentage in percentages]
    add_labels(model, shares, (3, 2, 3), switch)
    model.add(switch == 1)
    assert (cp_model.CpSolver().solve(model) == cp_model.OPTIMAL) == is_possible
