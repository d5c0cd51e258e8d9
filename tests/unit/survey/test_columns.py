"""The mapping file ties headers to variables, and says where it is wrong."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.columns import load_column_map, match_columns
from analysis.survey.intake import read_export
from analysis.survey.raw_table import RawTable


def test_variables_without_a_line_keep_their_own_name(mapping, instrument):
    assert mapping["last_activity_at"] == "Laatst gewijzigd"
    assert mapping["q21_a"] == "q21_a"
    assert list(mapping)[4:] == list(instrument.columns)


def test_a_renamed_column_is_one_line(tmp_path, instrument, mapping, reaction, write_csv):
    renamed = mapping | {"q04": "Vraag 4: stand van zaken"}
    path = tmp_path / "renamed.csv"
    write_csv(path, [reaction(1)])
    path.write_text(
        path.read_text(encoding="cp1252").replace(";q04;", ";vraag 4:  Stand van zaken;"), encoding="cp1252"
    )
    with pytest.raises(InputError, match=r"the column q04 is missing.*columns_2025\.yaml"):
        read_export(path, instrument, mapping)
    assert read_export(path, instrument, renamed).reactions["q04"].tolist() == ["a"]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("q99: x\n", "line 1: q99 is no column of the survey"),
        ("q04: [a]\n", "line 1: the header of q04 is no text"),
        ("q03: Vraag\nq04: vraag\n", "line 2: q03 and q04 have the same header"),
        ("q03: q04\n", "line 1: q03 and q04 have the same header"),
    ],
)
def test_a_wrong_mapping_is_refused_with_its_line(tmp_path, instrument, content, message):
    (tmp_path / "columns.yaml").write_text(content)
    with pytest.raises(InputError, match=message):
        load_column_map(tmp_path / "columns.yaml", instrument)


def test_a_column_is_also_known_by_its_long_name(mapping, tmp_path):
    header = ["v1", *list(mapping.values())[1:]]
    labels = ["Reactienummer", *[""] * (len(header) - 1)]
    table = RawTable(header, pd.DataFrame({0: ["1"]}, dtype="str"), {}, column_labels=labels)
    positions, others = match_columns(table, mapping, tmp_path)
    assert positions["response_id"] == 0
    assert others == []
