"""The smallest conflict against trying every set of names."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.survey.synthetic.conflicts import smallest_conflict

NAMES = "abcdefg"
CONFLICTS = st.lists(st.frozensets(st.sampled_from(NAMES), min_size=1, max_size=5), min_size=1, max_size=6)


@settings(max_examples=40, deadline=None)
@given(conflicts=CONFLICTS)
def test_no_smaller_set_is_a_conflict(conflicts):
    def conflict_within(chosen):
        return next((conflict for conflict in conflicts if conflict <= chosen), None)

    found = smallest_conflict(NAMES, conflict_within)
    assert any(conflict <= set(found) for conflict in conflicts)
    smaller = (frozenset(group) for size in range(len(found)) for group in combinations(NAMES, size))
    assert not any(conflict <= group for group in smaller for conflict in conflicts)
