"""The respondents table is refused when it breaks its contract, without naming an answer."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.instrument import load_instrument
from analysis.survey.respondents import check_respondents, read_respondents, respondent_columns
from analysis.survey.routing import asked

INSTRUMENT = load_instrument(Path(__file__).parents[3] / "data/raw/instrument_2025.yaml")


def valid_table():
    """Return one reaction for each answer to the status question, on every route."""
    status = INSTRUMENT.question("q04").codes
    reached = asked(INSTRUMENT, pd.DataFrame({"q04": status}, dtype="str"))
    columns = {
        "respondent_id": [f"r{number}" for number in range(len(status))],
        "route": [
            "implemented",
            "implementing",
            "planning",
            "planning",
            "no_plan",
            "no_plan",
            "no_plan",
            "no_plan",
        ],
        "size_class": ["d", "c", "ab", "d", "d", "d", "d", "d"],
        "province": "Utrecht",
        "n_municipalities": "1",
    }
    for question in INSTRUMENT.closed_questions:
        answer = "0" if question.type == "multi" else question.codes[0]
        for column in question.columns:
            columns[column] = [answer if is_asked else "not_asked" for is_asked in reached[question.name]]
    return pd.DataFrame(columns, dtype="str").assign(q04=list(status))[list(respondent_columns(INSTRUMENT))]


def test_a_valid_table_is_read_back(tmp_path):
    valid_table().to_csv(tmp_path / "respondents.csv", index=False)
    table = read_respondents(tmp_path / "respondents.csv", INSTRUMENT)
    assert table["n_municipalities"].sum() == 8
    assert check_respondents(table, INSTRUMENT).startswith("8 bruikbare reacties")


def test_the_columns_begin_with_the_contract_and_hold_no_open_answer():
    columns = respondent_columns(INSTRUMENT)
    assert columns[:5] == ("respondent_id", "route", "size_class", "province", "n_municipalities")
    assert not {"q01", "q02", "q09_text", "q26", "q30a", "q31"} & set(columns)
    assert {"q03", "q04", "q21_a", "q22_y", "q22b_f", "q23d"} <= set(columns)


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda table: table.drop(columns="q16"), "q16"),
        (lambda table: table.assign(name="Utrecht"), "name"),
        (lambda table: table[table.columns[::-1]], "another order"),
        (lambda table: pd.concat([table, table.head(1)]), "one row per respondent"),
        (lambda table: table.iloc[:0], "one row per respondent"),
        (lambda table: table.assign(q16="secret"), "first in line 2: 8 values are no code of column q16"),
        (lambda table: table.assign(q21_a=""), "column q21_a"),
        (lambda table: table.assign(size_class="e"), "column size_class"),
        (lambda table: table.assign(q08="a"), "first in line 3: 7 values are not as the routing of q08"),
        (lambda table: table.assign(q16="not_asked"), "4 values are not as the routing of q16"),
    ],
)
def test_a_damaged_table_is_refused(tmp_path, damage, message):
    damage(valid_table()).to_csv(tmp_path / "respondents.csv", index=False)
    with pytest.raises(InputError, match=message) as refusal:
        read_respondents(tmp_path / "respondents.csv", INSTRUMENT)
    assert "to do" in str(refusal.value)
    assert "secret" not in str(refusal.value)
