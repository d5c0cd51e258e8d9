"""A function applied to the different texts gives what it gives on every row."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.survey.distinct_values import distinct, in_parts, map_distinct, map_texts


@given(st.lists(st.text(max_size=3)), st.booleans())
def test_mapping_the_different_texts_is_mapping_every_row(texts, categorical):
    values = pd.Series(texts, dtype="category" if categorical else "str", index=range(5, 5 + len(texts)))
    mapped = map_distinct(values, lambda different: different.str.lower())
    assert mapped.tolist() == [text.lower() for text in texts]
    assert mapped.index.equals(values.index)


@given(st.lists(st.sampled_from(["", "a", "b"])))
def test_positions_lead_back_to_the_rows(texts):
    positions, different = distinct(pd.Series(texts, dtype="category"))
    assert [different[position] for position in positions] == texts
    assert len(different) == len(set(texts))


def test_the_function_sees_each_text_once():
    seen = []
    map_distinct(pd.Series(["a", "b", "a"] * 100), lambda texts: seen.extend(texts) or texts)
    assert sorted(seen) == ["a", "b"]


@given(st.lists(st.text(max_size=2), max_size=12), st.integers(1, 5))
def test_parts_together_are_the_whole(texts, size):
    parts = list(in_parts(pd.Series(texts, dtype="str"), size))
    assert [text for part in parts for text in part] == texts
    assert all(0 < len(part) <= size for part in parts)


@given(st.lists(st.text(max_size=2), max_size=12))
def test_mapping_texts_keeps_their_order(texts):
    assert map_texts(pd.Series(texts, dtype="str"), lambda text: f"<{text}>").tolist() == [f"<{t}>" for t in texts]
