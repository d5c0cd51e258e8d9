"""The crosswalk of the project, and crosswalks that must be refused."""

from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.statistics.comparison.crosswalk import load_crosswalk
from analysis.survey.earlier_facts import read_earlier_facts
from analysis.survey.instrument import load_instrument

RAW = Path("data/raw")
INSTRUMENT = load_instrument(RAW / "instrument_2025.yaml")
FACTS = read_earlier_facts(RAW / "published/figures_2021.csv")
SOURCE = (RAW / "crosswalk_2021.yaml").read_text(encoding="utf-8")
CROSSWALK = load_crosswalk(RAW / "crosswalk_2021.yaml", INSTRUMENT, FACTS)


def test_the_items_that_the_study_compares_are_there():
    status = {item.name: item.options_2025 for item in CROSSWALK.items if item.question_2025 == "q04"}
    assert status == {
        "implemented": ("a",),
        "implementing": ("b",),
        "plan_in_the_making": ("c",),
        "exploratory": ("d",),
        "none": ("e", "f", "g", "h"),
        "works_on_approach": ("a", "b", "c"),
    }
    assert CROSSWALK.item("policy_officer").question_2025 == "q19"
    assert set(CROSSWALK.family) == {item.name for item in CROSSWALK.comparable_items}


def test_the_five_status_groups_divide_all_answers():
    groups = ["implemented", "implementing", "plan_in_the_making", "exploratory", "none"]
    for side, all_options in (("options_2025", "abcdefgh"), ("options_2021", "abcdefgh")):
        options = [option for name in groups for option in getattr(CROSSWALK.item(name), side)]
        assert sorted(options) == list(all_options)


def test_what_one_wave_did_not_ask_has_no_share():
    for item in CROSSWALK.items:
        if not item.is_comparable:
            assert not item.options_2025
            assert not item.family


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "options_2025: [c]\n    comparability: simplified\n",
            "options_2025: [z]\n    comparability: simplified\n",
            "lacks",
        ),
        ("facts: [Y12, Y13, Y14]", "facts: [Y12, Y13, Y77]", "Y77"),
        ("options_2021: [e, f, g, h]", "options_2021: [e, f]", "no union of the cells"),
        ("cells: [[a], [b], [c]", "cells: [[a], [a], [b], [c]", "two cells"),
        ("  - name: implementing\n", "  - name: implemented\n", "used twice"),
        ("question_2021: policy_officer\n    options_2021: [none]", "options_2021: [none]", "no question"),
        ("comparability: not_comparable", "comparability: same", "comparability"),
        ("    family: true", "    familie: true", "unknown key"),
        ("same_wording\n", "same_wording\n    extra: 1\n", "unknown key"),
    ],
)
def test_a_crosswalk_that_does_not_hold_together_is_refused(tmp_path, old, new, message):
    assert old in SOURCE
    path = tmp_path / "crosswalk.yaml"
    path.write_text(SOURCE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        load_crosswalk(path, INSTRUMENT, FACTS)


def test_an_item_that_is_not_comparable_cannot_be_tested(tmp_path):
    path = tmp_path / "crosswalk.yaml"
    path.write_text(SOURCE.replace("family: false", "family: true", 1), encoding="utf-8")
    with pytest.raises(InputError, match=r"line .*cannot be in the family"):
        load_crosswalk(path, INSTRUMENT, FACTS)


def test_an_unknown_item_is_refused():
    with pytest.raises(InputError, match="budgets"):
        CROSSWALK.item("budgets")
