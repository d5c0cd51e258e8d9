"""The attacker on a whole build: every table in ``reports/tables`` together, whoever made it."""

import itertools
import re
from html import unescape

import pandas as pd
import pytest
from openpyxl import load_workbook

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


def combinations_for_readers(build, instrument):
    """Return every combination of answers with its number, from the tables, the workbook and the pages."""
    tables = [build / RELEASED / "combinations.csv", *sorted((build / "reports/tables").glob("*.csv"))]
    found = [(path.name, pd.read_csv(path, dtype="str", keep_default_na=False)) for path in tables]
    book = load_workbook(build / "reports/tables.xlsx", read_only=True)
    for sheet in book.worksheets:
        rows = [["" if value is None else str(value) for value in row] for row in sheet.values]
        head = next((row for row in rows if "combination" in row), None)
        if head:
            below = rows[rows.index(head) + 1 :]
            found.append((sheet.title, pd.DataFrame(below, columns=head)))
    for where, table in found:
        if {"question", "combination", "count"} <= set(table.columns):
            for row in table.itertuples():
                yield where, row.question, frozenset(row.combination.split(";")) - {""}, int(row.count)
    by_figure = {str(question.figure): question for question in instrument.closed_questions}
    for page in sorted((build / "reports").glob("*.html")):
        for number, figure in re.findall(r'<figure id="figuur-(\w+)c"(.*?)</figure>', page.read_text(), re.DOTALL):
            if ">Combinatie<" not in figure:
                continue
            question = by_figure[number]
            codes = {option.nl: option.code for option in question.options}
            rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th><td[^>]*>([\d.]+)</td>', figure)
            for label, count in rows:
                names = [name for name in unescape(label).split(" + ") if name != "Geen van de antwoorden"]
                chosen = frozenset(codes[name] for name in names)
                yield page.name, question.name, chosen, int(count.replace(".", ""))


def test_no_total_less_any_combinations_that_are_shown_is_a_small_number(build):
    """By brute force: of every answer, every shown pair and everyone, all sums of shown combinations taken off."""
    instrument, smallest = load_instrument(build / INSTRUMENT), load_settings(build).disclosure.smallest_cell
    published = list(combinations_for_readers(build, instrument))
    assert {".csv", ".html"} < {where[where.rfind(".") :] for where, *_ in published}
    shown = {(question, chosen): count for _, question, chosen, count in published}
    assert len(shown) > 20
    assert all(shown[question, chosen] == count for _, question, chosen, count in published)
    totals = []
    estimates = read_typed(build / RELEASED / "estimates.csv").query("estimator == 'unweighted'")
    for row in estimates[estimates["question"].isin({question for question, _ in shown})].itertuples():
        if ";" not in row.option:
            totals.append((row.question, {row.option}, set(), row.count))
            totals.append((row.question, set(), {row.option}, row.n - row.count))
            totals.append((row.question, set(), set(), row.n))
    for row in read_typed(build / RELEASED / "pairs.csv").dropna(subset="count").itertuples():
        a, b, both = {row.option_a}, {row.option_b}, row.count
        totals += [(row.question, a | b, set(), both), (row.question, a, b, row.count_a - both)]
        totals += [(row.question, b, a, row.count_b - both)]
        totals += [(row.question, set(), a | b, row.n - row.count_a - row.count_b + both)]
    for row in read_typed(build / RELEASED / "conflicts.csv").dropna(subset="conflicts").itertuples():
        alone = shown.get((row.question, frozenset({row.option})))
        assert row.conflicts == 0 or row.n - row.conflicts == alone
    small = []
    for question, with_codes, without, total in totals:
        inside = [
            count
            for (asked, chosen), count in shown.items()
            if asked == question and with_codes <= chosen and not without & chosen
        ]
        for size in range(1, len(inside) + 1):
            for taken in itertools.combinations(inside, size):
                if 0 < total - sum(taken) < smallest:
                    small.append((question, with_codes, without, total, taken))
    assert not small, small[:5]


def test_how_many_gave_so_many_answers_is_in_no_table(build, tables):
    assert list(read_typed(build / RELEASED / "mentions.csv")) == [
        "question",
        "n",
        "answers",
        "low",
        "middle",
        "high",
    ]
    assert not any(
        "n_options" in table.columns and len(table) and "combination" not in table for table in tables.values()
    )
