"""Province and number of municipalities follow from the members."""

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from analysis.survey.represented import represented


@given(data=st.data())
def test_the_province_is_where_most_members_lie(municipalities, data):
    rows = municipalities.set_index("code")
    chosen = data.draw(st.lists(st.sets(st.sampled_from(list(rows.index)), max_size=6), max_size=5))
    result = represented(pd.Series(["|".join(sorted(codes)) for codes in chosen], dtype="str"), municipalities)
    for codes, row in zip(chosen, result.itertuples(), strict=True):
        members = rows.loc[list(codes)]
        assert row.n_municipalities == max(len(codes), 1)
        assert row.n_provinces == members["province"].nunique()
        if not codes:
            assert row.province == "unknown"
            continue
        counts = {
            province: (len(group), int(group["population"].sum()))
            for province, group in members.groupby("province", observed=True)
        }
        assert counts[row.province] == max(counts.values())
        assert set(row.register_size_classes.split("|")) == set(members["size_class"])
