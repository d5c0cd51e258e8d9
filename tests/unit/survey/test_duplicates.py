"""One reaction of each municipality is kept, by a rule that a plain loop follows as well."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.survey.duplicates import mark_duplicates, overlapping

ORDER = ["complete", "partial", "break_off"]
REACTIONS = st.lists(
    st.tuples(
        st.sampled_from([*ORDER, "test", "empty"]),
        st.sampled_from(["", "A", "B", "A|B"]),
        st.one_of(st.none(), st.integers(1, 3)),
    ),
    max_size=12,
)


def table(reactions):
    dispositions = pd.Series([r[0] for r in reactions], dtype="str", index=range(2, 2 + len(reactions)))
    municipalities = pd.Series([r[1] for r in reactions], dtype="category", index=dispositions.index)
    times = pd.Series([pd.NaT if r[2] is None else pd.Timestamp(2025, 1, r[2]) for r in reactions])
    times = times.astype("datetime64[s]").set_axis(dispositions.index)
    return dispositions, municipalities, times


@given(REACTIONS, st.sampled_from(["latest", "first"]))
def test_the_best_reaction_of_each_municipality_is_kept(reactions, rule):
    dispositions, municipalities, times = table(reactions)
    marked, choices = mark_duplicates(dispositions, municipalities, times, rule)
    sign = -1 if rule == "latest" else 1
    for name in ("A", "B", "A|B"):
        rows = [i for i, r in enumerate(reactions) if r[1] == name and r[0] in ORDER]
        if not rows:
            continue
        best = min(
            rows,
            key=lambda i: (
                ORDER.index(reactions[i][0]),
                reactions[i][2] is None,
                sign * (reactions[i][2] or 0),
                sign * i,
            ),
        )
        assert marked[best + 2] == reactions[best][0]
        for row in set(rows) - {best}:
            assert marked[row + 2] == "duplicate"
            assert choices.loc[row + 2, "kept"] == best + 2
    untouched = [i + 2 for i, r in enumerate(reactions) if r[1] == "" or r[0] not in ORDER]
    assert (marked[untouched] == dispositions[untouched]).all()


def test_the_reason_is_recorded():
    reactions = [("break_off", "A", 1), ("complete", "A", 2), ("complete", "A", 3)]
    marked, choices = mark_duplicates(*table(reactions), "latest")
    assert marked.tolist() == ["duplicate", "duplicate", "complete"]
    assert choices["reason"].to_dict() == {2: "less_complete", 3: "earlier"}
    assert choices["was"].tolist() == ["break_off", "complete"]
    _, choices = mark_duplicates(*table(reactions), "first")
    assert choices["reason"].to_dict() == {2: "less_complete", 4: "later"}


@pytest.mark.parametrize(
    ("municipalities", "expected"),
    [(["A", "B"], []), (["A|B", "B", "C", ""], [0, 1]), (["A|B", "B|C", "C"], [0, 1, 2])],
)
def test_overlap_is_seen_and_is_no_duplicate(municipalities, expected):
    assert overlapping(pd.Series(municipalities)).tolist() == expected
