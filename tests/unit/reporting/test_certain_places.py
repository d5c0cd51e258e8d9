"""A place is certain when no interval of a later place reaches it."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.reporting.certain_places import certain_places, order_caveat


def ranked(*intervals):
    return pd.DataFrame(intervals, columns=["ci_low", "ci_high"])


SHARES = st.lists(st.tuples(st.floats(0, 1), st.floats(0, 0.3)), min_size=1, max_size=6)


@given(SHARES, st.integers(1, 4))
def test_every_certain_place_is_apart_from_all_others(shares, named):
    intervals = [(share - width, share + width) for share, width in sorted(shares, reverse=True)]
    certain = certain_places(ranked(*intervals), named)
    assert certain <= min(named, len(intervals))
    for place in range(certain):
        assert all(high < intervals[place][0] for _, high in intervals[place + 1 :])
    if certain < min(named, len(intervals)):
        assert any(high >= intervals[certain][0] for _, high in intervals[certain + 1 :])


def test_a_wide_interval_far_down_makes_a_place_uncertain():
    assert certain_places(ranked((0.6, 0.7), (0.4, 0.5), (0.0, 0.65)), 2) == 0


@pytest.mark.parametrize(
    ("certain", "named", "said"),
    [
        (3, 3, ""),
        (2, 3, "De eerste twee plaatsen staan vast; de derde is niet zeker: de marge overlapt die van andere x."),
        (1, 2, "De eerste plaats staat vast; de tweede is niet zeker: de marge overlapt die van andere x."),
        (0, 1, "Die eerste plaats is niet zeker: de marge overlapt die van andere x."),
        (0, 2, "De volgorde is niet zeker: de marges van deze en volgende x overlappen elkaar."),
    ],
)
def test_the_caveat_says_what_is_certain(certain, named, said):
    assert order_caveat(certain, named, things="x") == said
