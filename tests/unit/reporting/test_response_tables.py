"""The tables of the page on response add up."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.reporting import response_tables as tables
from analysis.statistics.fieldwork import reactions_per_day
from analysis.statistics.outcome_rates import case_counts, outcome_rates, response_by_group
from analysis.survey.instrument import load_instrument

INSTRUMENT = load_instrument(Path("data/raw/instrument_2025.yaml"))


def test_rates_that_do_not_apply_have_no_number():
    counts = case_counts(pd.DataFrame({"disposition": ["complete", "break_off"]}), eligible=4)
    rows = tables.outcome_rows(outcome_rates(counts), outcome_rates(counts)).set_index("Maat")
    assert rows.loc["RR1", "Op reacties"] == "25,0% (1 van 4)"
    assert rows.loc["RR3", ["Op reacties", "Te lezen als"]].tolist() == ["–", "niet van toepassing"]
    assert rows.loc["REF1", "Te lezen als"] == "ten minste"


def test_break_off_is_counted_per_question():
    dispositions = pd.DataFrame(
        {
            "disposition": ["complete", "break_off", "break_off", "partial", "empty"],
            "last_column": ["q31", "q21_a", "q21_c", "q04", ""],
        }
    )
    rows = tables.break_off_rows(dispositions, INSTRUMENT)
    assert rows[["option", "n", "count"]].values.tolist() == [["q04", 4, 1], ["q21", 4, 2]]
    assert rows["label"].iloc[0].startswith("4. ")


def test_weeks_start_on_monday_and_add_up():
    days = reactions_per_day(pd.DataFrame({"disposition": "complete", "started_on": ["2025-01-05", "2025-01-07"]}))
    assert tables.week_rows(days)[["week", "started"]].values.tolist() == [
        ["30 december 2024", 1],
        ["6 januari 2025", 1],
    ]


def test_groups_that_do_not_add_up_are_refused():
    respondents = pd.DataFrame({"province": ["Zeeland", "unknown"], "n_municipalities": [1, 1]})
    municipalities = pd.DataFrame({"province": ["Zeeland", "Utrecht"], "responded": [1, 0]})
    overall = response_by_group(municipalities, respondents)
    provinces = response_by_group(municipalities, respondents, "province")
    assert tables.check_response(overall, provinces)
    with pytest.raises(ValueError, match="do not add up"):
        tables.check_response(overall, provinces.iloc[:-1])


def test_tables_of_two_exports_are_refused():
    respondents = pd.DataFrame({"n_municipalities": [1]})
    dispositions = pd.DataFrame({"disposition": ["complete", "complete"]})
    with pytest.raises(InputError, match="1 usable and 2 complete"):
        tables.check_reactions(pd.DataFrame({"responded": [1]}), respondents, dispositions)


def test_the_row_without_group_is_called_anonymous_and_has_no_tile():
    respondents = pd.DataFrame({"province": ["Zeeland", "unknown"], "n_municipalities": [1, 1]})
    municipalities = pd.DataFrame({"province": ["Zeeland", "Utrecht"], "responded": [1, 0]})
    provinces = response_by_group(municipalities, respondents, "province")
    assert tables.group_rows(provinces)["label"].tolist() == ["Utrecht", "Zeeland", "Anoniem"]
    assert tables.tile_rows(provinces)["label"].tolist() == ["Utrecht", "Zeeland"]
