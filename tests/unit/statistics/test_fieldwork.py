"""The course of the fieldwork, counted by hand."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.statistics.fieldwork import break_off_by_question, reactions_per_day

REACTIONS = pd.DataFrame(
    {
        "disposition": ["complete", "complete", "break_off", "break_off", "partial", "empty", "duplicate", "test"],
        "last_column": ["q31", "q31", "q04", "q05", "q05", None, "q04", "q31"],
        "started_on": ["2025-01-02", "2025-01-05", "2024-12-30"] + ["2025-01-05"] * 5,
    }
)
COLUMNS = ["q03", "q04", "q05", "q31"]


def test_break_off_is_among_those_who_answered_something():
    found = break_off_by_question(REACTIONS, COLUMNS)
    assert found["column"].tolist() == ["q04", "q05"]
    assert found["stopped"].tolist() == [1, 2]
    assert found["share"].tolist() == [1 / 5, 2 / 5]
    assert found["cumulative_share"].iloc[-1] == pytest.approx(3 / 5)


def test_without_break_off_the_table_is_empty():
    assert break_off_by_question(REACTIONS.head(2), COLUMNS).empty


def test_a_question_that_is_not_asked_is_refused():
    with pytest.raises(InputError, match="q05"):
        break_off_by_question(REACTIONS, ["q03", "q04", "q31"])
    with pytest.raises(InputError, match="no column"):
        break_off_by_question(REACTIONS.assign(last_column=None), COLUMNS)


def test_every_day_is_there():
    found = reactions_per_day(REACTIONS)
    assert found["day"].dt.strftime("%m-%d").tolist() == [
        "12-30",
        "12-31",
        "01-01",
        "01-02",
        "01-03",
        "01-04",
        "01-05",
    ]
    assert found["started"].tolist() == [1, 0, 0, 1, 0, 0, 6]
    assert found["complete"].tolist() == [0, 0, 0, 1, 0, 0, 1]
    assert found["cumulative_complete"].tolist() == [0, 0, 0, 1, 1, 1, 2]


@pytest.mark.parametrize("date", [None, "31-12-2024"])
def test_a_date_that_cannot_be_read_is_refused(date):
    with pytest.raises(InputError, match="without a date"):
        reactions_per_day(REACTIONS.assign(started_on=date))
