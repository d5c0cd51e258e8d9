"""Dates are read in the order that they show themselves."""

from datetime import datetime
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.survey.timestamps import read_timestamps

FORMATS = ["%d-%m-%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M"]
MOMENTS = st.lists(
    st.datetimes(datetime(2024, 1, 1), datetime(2025, 12, 31)).map(
        lambda moment: moment.replace(second=0, microsecond=0)
    ),
    min_size=1,
    max_size=20,
)


def read(texts, stated="auto"):
    times, findings, _ = read_timestamps({"t": pd.Series(texts, dtype="str")}, Path("x.csv"), stated)
    return times["t"], findings


@settings(max_examples=40, deadline=None)
@given(MOMENTS, st.sampled_from(FORMATS))
def test_a_date_written_in_any_common_way_is_read_back(moments, form):
    times, _ = read([moment.strftime(form) for moment in moments])
    assert times.dt.to_pydatetime().tolist() == moments


def test_month_first_is_recognised_by_a_day_above_twelve():
    times, findings = read(["12/03/2024 10:00", "12/31/2024 10:00"])
    assert times.dt.month.tolist() == [12, 12]
    assert findings.empty


def test_an_order_that_the_dates_do_not_show_is_reported():
    times, findings = read(["03-12-2024 10:00", "04-12-2024 10:00"])
    assert times.dt.day.tolist() == [3, 4]
    assert findings["rule"].tolist() == ["date_order"]


def test_an_unreadable_date_is_left_out_and_reported():
    times, findings = read(["31-12-2024 10:00", "gisteren", ""])
    assert times.isna().tolist() == [False, True, True]
    assert findings[["row", "rule"]].values.tolist() == [[1, "unreadable_date"]]


def test_a_stated_format_is_followed():
    times, _ = read(["12-03-2024", "12-04-2024"], "%m-%d-%Y")
    assert times.dt.month.tolist() == [12, 12]


def test_dates_that_are_none_stop_the_run_without_showing_them():
    with pytest.raises(InputError, match=r"row 0, column t.*cleaning.date_format") as refusal:
        read(["geheim", "geheim"])
    assert "geheim" not in str(refusal.value)
