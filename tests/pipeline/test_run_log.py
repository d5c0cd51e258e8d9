"""A build leaves one log: a line per stage with rows, seconds and memory, and a summary for a person."""

import json
import re

import pytest

from analysis.pipeline.run_log import STARTED, count_rows, read_log, summary
from analysis.pipeline.stages import read_stages
from analysis.yaml_file import read_yaml

KEYS = {"stage", "outcome", "started", "seconds", "peak_memory_mib", "used", "rows_in", "rows_out"}


def test_a_build_logs_every_stage_once(build):
    (log,) = (build / "logs").glob("[0-9]*.jsonl")
    entries = read_log(build, log.stem)
    stages = read_stages(build, read_yaml(build / "params.yaml"))
    assert [entry["stage"] for entry in entries] == list(stages)
    for entry in entries:
        assert set(entry) == KEYS
        assert entry["outcome"] == "done"
        assert entry["seconds"] > 0
        assert entry["peak_memory_mib"] > 10
        assert set(entry["rows_out"]) == {out for out in stages[entry["stage"]].outs if out.endswith(".csv")}
    cleaning = next(entry for entry in entries if entry["stage"] == "cleaning")
    assert cleaning["rows_in"]["data/raw/synthetic_survey_2025.csv"] == 233
    assert cleaning["rows_out"]["data/processed/respondents.csv"] == 153


def test_the_log_holds_names_of_files_numbers_and_one_hash_only(build):
    (log,) = (build / "logs").glob("[0-9]*.jsonl")
    for line in log.read_text(encoding="utf-8").splitlines():
        for key, value in json.loads(line).items():
            assert (
                isinstance(value, (int, float))
                or key in ("stage", "outcome", "started")
                or (key == "used" and re.fullmatch("[0-9a-f]{64}", value))
                or set(value) <= {path.relative_to(build).as_posix() for path in build.rglob("*.csv")}
            )


def test_rows_are_records_and_not_lines(tmp_path):
    (tmp_path / "a.csv").write_text('id;text\n1;"one\ntwo"\n2;"a ""word"""\n\n', encoding="utf-8")
    (tmp_path / "b.txt").write_text("x\n", encoding="utf-8")
    assert count_rows(tmp_path, ["a.csv", "b.txt", "absent.csv"]) == {"a.csv": 2}


def test_a_line_that_was_cut_off_is_left_out(tmp_path):
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs/run.jsonl").write_text('{"stage": "a"}\n{"stage": "b', encoding="utf-8")
    assert read_log(tmp_path, "run") == [{"stage": "a"}]
    assert read_log(tmp_path, "another") == []


@pytest.mark.parametrize(("outcome", "told"), [(None, "unfinished"), ("done", "done")])
def test_a_stage_that_was_killed_is_in_the_log_and_in_the_summary(tmp_path, outcome, told):
    entry = {"stage": "cleaning", "seconds": 0.0, "peak_memory_mib": 90, "rows_in": {}, "rows_out": {}}
    lines = [entry | {"outcome": one} for one in (STARTED, outcome) if one]
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs/run.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    found = read_log(tmp_path, "run")
    assert [one["outcome"] for one in found] == [outcome or STARTED]
    assert summary(found).splitlines()[1].split()[:2] == ["cleaning", told]


def test_the_summary_has_a_line_per_stage_and_the_outcome():
    entry = {
        "stage": "cleaning",
        "outcome": "refused",
        "seconds": 1.25,
        "peak_memory_mib": 90,
        "rows_in": {"a": 3},
    }
    lines = summary([entry | {"rows_out": {}}]).splitlines()
    assert lines[1].split() == ["cleaning", "refused", "1.2", "90", "3", "0"]
    assert lines[-1] == "1 stages, 1 seconds"
