"""The schema follows the instrument; what is no code is blanked and reported, and nothing else."""

import pytest

from analysis.survey.export_schema import export_schema, set_unknown_codes_aside
from analysis.survey.intake import read_export


@pytest.fixture
def reactions(tmp_path, instrument, mapping, reaction, write_csv):
    path = write_csv(
        tmp_path / "export.csv", [reaction(1), reaction(2, q04="zz", q21_b="7"), reaction(3, q23a="ooit")]
    )
    return read_export(path, instrument, mapping).reactions


def test_unknown_codes_are_set_aside_with_row_and_column(reactions, instrument):
    cleaned, findings = set_unknown_codes_aside(reactions, instrument)
    assert findings[["row", "column", "rule"]].values.tolist() == [
        [3, "q04", "unknown_code"],
        [3, "q21_b", "unknown_code"],
        [4, "q23a", "unknown_code"],
    ]
    changed = cleaned.astype("str") != reactions.astype("str")
    assert {(row, column) for row, column in zip(*changed.to_numpy().nonzero(), strict=True)} == {
        (1, cleaned.columns.get_loc("q04")),
        (1, cleaned.columns.get_loc("q21_b")),
        (2, cleaned.columns.get_loc("q23a")),
    }
    assert cleaned.loc[3, "q04"] == ""


def test_the_schema_refuses_another_type_and_another_column(reactions, instrument):
    cleaned, _ = set_unknown_codes_aside(reactions, instrument)
    schema = export_schema(instrument)
    assert len(schema.validate(cleaned)) == 3
    for broken in (
        cleaned.assign(is_finished="Ja"),
        cleaned.assign(extra=1),
        cleaned.drop(columns="q31"),
        cleaned.assign(response_id="1"),
        cleaned.assign(started_at="gisteren"),
        cleaned.assign(q26=3.5),
    ):
        with pytest.raises(TypeError) as refusal:
            set_unknown_codes_aside(broken, instrument)
        assert "gisteren" not in str(refusal.value)
