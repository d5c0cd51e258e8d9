"""Corrections change what they name and nothing else; one that fits nothing stops the run."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.corrections import apply_corrections, load_corrections

EXPORT = Path("data/raw/wave.csv")
ENTRY = """corrections:
  - export: wave
    match: {response_id: "2"}
    column: q01
    expect: Geheimdorp
    value: Utrecht
    reason: the town is part of it
    source: telephone call
"""


@pytest.fixture
def apply(tmp_path, instrument, reaction):
    def run(text):
        (tmp_path / "corrections.yaml").write_text(text)
        rows = [reaction(1), reaction(2, q01=" Geheimdorp "), reaction(3, q01="Geheimdorp")]
        table = pd.DataFrame(rows, index=[2, 3, 4], dtype="category").astype({"response_id": "str"})
        corrections = load_corrections(tmp_path / "corrections.yaml", EXPORT)
        return table, *apply_corrections(table, corrections, instrument)

    return run


def test_a_correction_changes_its_reaction_only(apply):
    before, after, findings, applied = apply(ENTRY)
    changed = (before.astype("str") != after.astype("str")).to_numpy().nonzero()
    assert (changed[0].tolist(), changed[1].tolist()) == ([1], [before.columns.get_loc("q01")])
    assert after.loc[3, "q01"] == "Utrecht"
    assert findings[["row", "column", "rule", "action"]].values.tolist() == [[3, "q01", "correction", "corrected"]]
    assert applied[["line", "column", "n", "reason", "source"]].values.tolist() == [
        [2, "q01", 1, "the town is part of it", "telephone call"]
    ]


def test_without_a_match_every_reaction_that_holds_the_value_is_corrected(apply):
    _, after, _, applied = apply(ENTRY.replace('    match: {response_id: "2"}\n', ""))
    assert after["q01"].tolist() == ["Utrecht", "Utrecht", "Utrecht"]
    assert applied["n"].tolist() == [2]


def test_a_correction_may_say_which_rule_it_settles(apply):
    _, _, findings, _ = apply(ENTRY.replace("    reason:", "    settles: name_misspelt\n    reason:"))
    assert findings[["row", "rule"]].values.tolist() == [[3, "correction"], [3, "name_misspelt"]]


def test_corrections_of_another_export_do_not_apply(apply):
    before, after, findings, applied = apply(ENTRY.replace("export: wave", "export: other"))
    pd.testing.assert_frame_equal(before, after)
    assert findings.empty
    assert applied.empty


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (('"2"', '"9"'), "line 2: the correction matches no reaction"),
        (('"2"', '"1"'), "line 2: q01 holds something else than the correction expects"),
        (("expect: Geheimdorp", "expect: Elders"), "line 2: q01 holds something else"),
        (("column: q01", "column: q99"), "line 2: there is no column q99 that can be corrected"),
        (("column: q01", "column: response_id"), "no column response_id that can be corrected"),
        (("response_id:", "nummer:"), "there is no column nummer to match"),
        (("column: q01", "column: q04"), "the new value is no code of q04"),
        (("reason: the town is part of it\n", "reason: ''\n"), "line 7, corrections.0.reason"),
        (("    reason:", "    settles: nothing\n    reason:"), "settles names the unknown rule"),
        (("source:", "bron:"), "corrections.0"),
        (('{response_id: "2"}', "[2]"), "line 3, corrections.0.match"),
    ],
)
def test_a_correction_that_does_not_fit_stops_the_run_with_its_line(apply, change, message):
    with pytest.raises(InputError, match=message) as refusal:
        apply(ENTRY.replace(*change))
    assert "Geheimdorp" not in str(refusal.value)
    assert "to do: " in str(refusal.value)
