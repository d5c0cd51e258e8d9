"""The counts follow the claims: a changed claim changes them, an impossible one is named."""

import csv
import shutil
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import InputError
from analysis.survey.synthetic import calibration
from analysis.survey.synthetic.calibration import calibrate
from analysis.survey.synthetic.sources import read_sources

RAW = Path("data/raw")


def plan_with(folder, changes, seed=1):
    """Calibrate to the published claims with some fields changed, by claim."""
    raw = folder / "raw"
    shutil.copytree(RAW, raw, ignore=shutil.ignore_patterns("synthetic_*"))
    path = raw / "published/claims_2025.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(row | changes.get(row["claim_id"], {}) for row in rows)
    return calibrate(read_sources(raw), np.random.default_rng(seed))


def test_seeds_differ_where_the_report_leaves_room(sources):
    plans = [calibrate(sources, np.random.default_rng(seed)) for seed in (1, 2)]
    assert plans[0].bases == plans[1].bases
    assert plans[0].options["q21", "j"] != plans[1].options["q21", "j"]
    assert plans[0].singles != plans[1].singles


@pytest.mark.parametrize(
    "search", [{"random_seed": 5, "linearization_level": 1}, {"random_seed": 9, "linearization_level": 2}]
)
def test_the_counts_do_not_depend_on_how_the_solver_searches(sources, monkeypatch, search):
    expected = calibrate(sources, np.random.default_rng(3))
    monkeypatch.setattr(calibration, "SEARCH", search)
    assert calibrate(sources, np.random.default_rng(3)) == expected


def test_a_changed_claim_changes_the_counts(tmp_path):
    changes = {
        "F75": {"quantifier": "bijna een vijfde"},
        "R04": {"value": "4"},
        "R13": {"value": "3"},
        "R05": {"value": "160"},
        "O401": {"value": "2"},
        "F106": {"value": "6"},
        "F109": {"relation": "above", "quantifier": "iets groter"},
    }
    plan = plan_with(tmp_path, changes)
    assert 0.15 * 140 <= plan.options["q21", "d"] < 0.2 * 140
    assert sum(number for number, _ in plan.local_partnerships.values()) == 3
    members = sum(number for _, number in plan.local_partnerships.values()) + 3
    assert 153 - 4 + members == 160
    assert plan.themes["no_data", "q05"] == 2
    assert 5.5 / 100 <= plan.options["q23c", "zelden"] / 140 < 6.5 / 100
    assert plan.options["q23c", "zelden"] < plan.options["q23a", "zelden"] <= plan.options["q23c", "zelden"] + 7


def test_a_declared_contradiction_that_is_resolved_is_followed(tmp_path):
    plan = plan_with(tmp_path, {"C08": {"quantifier": "bijna een vijfde"}, "C26": {"quantifier": "de meeste"}})
    assert {item.claim for item in plan.not_followed} == {"F1601", "W08"}


@pytest.mark.parametrize(
    ("changes", "conflict"),
    [
        ({"F31": {"value": "21"}}, {"F31", "F32", "F33", "F34"}),
        ({"F41": {"quantifier": "ongeveer driekwart"}}, {"F41", "C25"}),
    ],
)
def test_an_impossible_claim_is_named_with_a_smallest_conflict(tmp_path, changes, conflict):
    with pytest.raises(InputError, match="no whole numbers of respondents satisfy") as raised:
        plan_with(tmp_path, changes)
    named = str(raised.value).split("together: ")[1].split("; to do")[0]
    ids = {part.split(" ")[0] for part in named.split(", ")}
    assert len(ids) == len(conflict)
    assert set(changes) <= ids


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"options": "z"}, "F41: question q18 has no option 'z'"),
        ({"question": "q99"}, "has no question 'q99'"),
        ({"quantifier": "een heleboel"}, "'een heleboel' is not in the convention"),
    ],
)
def test_a_claim_that_cannot_be_read_is_named(tmp_path, change, message):
    with pytest.raises(InputError, match=message):
        plan_with(tmp_path, {"F41": change})
