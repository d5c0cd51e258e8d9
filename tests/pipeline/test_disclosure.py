"""The attacker on a whole build: every table in ``reports/tables`` together, whoever made it."""

import pandas as pd
import pytest

from analysis.pipeline.disclosure_stage import INSTRUMENT, LEDGER, RELEASED, by_question, read_typed
from analysis.pipeline.settings import load_settings
from analysis.reporting.publishable import COUNTS, check_publishable
from analysis.reporting.reconstruction import reconstruct, too_narrow
from analysis.survey.instrument import load_instrument

EVERYONE = "q03"
"""The size class itself: how many respondents each class has is published in table 1."""


@pytest.fixture(scope="module")
def tables(build):
    paths = sorted((build / "reports/tables").glob("*.csv"))
    return {path.name: pd.read_csv(path, dtype="str", keep_default_na=False) for path in paths}


@pytest.fixture(scope="module")
def truth(build):
    return read_typed(build / "data/processed/size_classes.csv")


@pytest.fixture(scope="module")
def shown(build, tables):
    """Every unweighted number of a closed question that is published, or that a page may show."""
    may = [read_typed(build / RELEASED / f"{name}.csv") for name in ("estimates", "size_classes")]
    found = [table for table in [*tables.values(), *may] if {*COUNTS, "estimator"} <= set(table.columns)]
    rows = pd.concat([table[[*COUNTS, "estimator"]] for table in found], ignore_index=True)
    rows = rows[rows["estimator"] == "unweighted"].astype({"n": int, "count": int})
    everyone = read_typed(build / "data/processed/question_bases.csv").set_index("question")["n_answered"]
    is_total = rows["group"] == "all"
    rows = rows.assign(n=rows["n"].mask(is_total, rows["question"].map(everyone)))
    return rows.drop_duplicates().reset_index(drop=True)


def test_linear_programming_over_all_published_tables_works_out_no_hidden_number(build, shown, truth):
    sizes = truth[truth["question"] == EVERYONE].drop_duplicates("group").set_index("group")["n"]
    everyone = {group: int(sizes[group]) for group in ("d", "c", "ab")}
    instrument = load_instrument(build / INSTRUMENT)
    # More than a reader sees: the number of those who contradict themselves, however small.
    counted = by_question(read_typed(build / "data/processed/combinations.csv"), instrument)["conflicts"]
    found = reconstruct(shown, everyone, instrument, counted.groupby("question")["conflicts"].sum().to_dict())
    found = found[found["question"] != EVERYONE]
    assert len(found) > 100, "most small numbers are hidden"
    narrow = too_narrow(found, load_settings(build).disclosure.smallest_cell)
    assert narrow.empty, narrow.to_string()
    real = truth.set_index(["question", "option", "group"])["count"]
    inside = [
        row.low - 1e-6 <= real[row.question, row.option, row.group] <= row.high + 1e-6
        for row in found.itertuples()
    ]
    assert all(inside), "the attacker's system leaves out what is true"


def test_what_is_shown_by_size_class_is_true_and_no_small_number(build, shown, truth):
    smallest = load_settings(build).disclosure.smallest_cell
    groups = shown[shown["group"] != "all"]
    assert len(groups) > 50, "large numbers are shown"
    assert (groups["count"] >= smallest).all()
    assert (groups["n"] - groups["count"] >= smallest).all()
    both = groups.merge(truth, on=["question", "option", "group"], suffixes=("", "_true"), validate="one_to_one")
    assert (both["count"] == both["count_true"]).all()


def test_every_table_for_readers_passes_the_gate(build, tables):
    released = read_typed(build / RELEASED / "size_classes.csv")
    for name, table in tables.items():
        check_publishable(name, table, released)


def test_the_ledger_counts_every_number_that_is_not_shown_by_size_class(build, shown, truth):
    ledger = pd.read_csv(build / LEDGER)
    counted = ledger.loc[ledger["table"] == "size_classes", "n_hidden"].sum()
    hidden = truth[truth["group"] != "all"].merge(
        shown[["question", "option", "group"]], how="left", on=["question", "option", "group"], indicator=True
    )
    assert counted == (hidden["_merge"] == "left_only").sum()
