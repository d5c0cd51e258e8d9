"""What leaves the gate of answers given together: nothing from which a small group could be worked out."""

import itertools
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from analysis.reporting.disclosure import Rules
from analysis.reporting.release_combinations import (
    release_combinations,
    release_conflicts,
    release_mentions,
    release_pairs,
)
from analysis.reporting.release_ledger import LEDGER_COLUMNS, reasons
from analysis.statistics.multiple_response import answer_pairs, exclusive_conflicts

RULES = Rules(smallest_base=10, smallest_cell=5)


def combinations(**counts):
    """Return the combinations of one question with the number who gave each; ``a_b`` is a and b."""
    names = [name.strip("_").replace("_", ";") for name in counts]
    return pd.DataFrame({"question": "q24", "combination": names, "count": list(counts.values())})


def test_rare_combinations_do_not_leave_and_are_counted():
    release = release_combinations(combinations(a=90, b=80, a_b=4, a_b_c=4, c=3, a_c=2, b_c=1, _=2), RULES)
    assert release.table["combination"].tolist() == ["a", "b"]
    assert release.ledger["rule"].tolist() == ["rare_combination"]
    assert release.ledger["n_hidden"].tolist() == [6]


def test_an_answer_alone_is_held_back_when_its_total_gives_away_few_who_gave_another_one_too():
    """33 gave d in all: with 32 that gave it alone a reader knows of one that contradicts itself."""
    given = combinations(e=38, d=32, a=24, b_c=4, a_c=5, b_e=6, d_e=1)
    release = release_combinations(given, RULES)
    assert "d" not in set(release.table["combination"])
    assert {"e", "a"} <= set(release.table["combination"])
    hidden = release.ledger.set_index("rule")["n_hidden"].to_dict()
    assert hidden["derivable_combination"] >= 1
    assert "minder dan 5 gemeenten" in reasons(RULES)["derivable_combination"]


def test_an_answer_alone_leaves_when_nobody_or_enough_gave_another_one_too():
    for others in ({}, {"d_e": 3, "d_a": 2}):
        given = combinations(e=38, d=32, a=24, a_e=4, **others)
        given.loc[len(given)] = {"question": "q24", "combination": "", "count": 4}
        assert "d" in set(release_combinations(given, RULES).table["combination"])


@pytest.mark.parametrize("seed", range(150))
def test_no_total_less_any_shown_combinations_is_a_small_number(seed):
    """By brute force over what is released: totals, shown pairs, numbers of contradictions, and combinations."""
    random = np.random.default_rng(seed)
    codes = "abcd"[: random.integers(2, 5)]
    every = [chosen for size in range(len(codes) + 1) for chosen in itertools.combinations(codes, size)]
    counts = random.choice([0, 1, 2, 4, 5, 7, 30], size=len(every))
    given = pd.DataFrame({"question": "q24", "combination": [";".join(one) for one in every], "count": counts})
    given = given[given["count"] > 0].assign(n_options=given["combination"].str.count("[a-z]"))
    given = given.reset_index(drop=True)
    question = SimpleNamespace(name="q24", codes=tuple(codes), exclusive_codes=(codes[-1],))
    crossed = answer_pairs(question, given).assign(question="q24")
    shown = release_combinations(given, RULES).table
    pairs = release_pairs(crossed, RULES, shown).table
    conflicts = release_conflicts(exclusive_conflicts(question, given), RULES, shown).table
    held = {
        frozenset(text.split(";")) - {""}: count
        for text, count in zip(given["combination"], given["count"], strict=True)
    }
    known = [set(held)]
    known += [{one for one in held if (code in one) is inside} for code in codes for inside in (True, False)]
    for pair in pairs.dropna(subset="count").itertuples():
        for a, b in itertools.product((True, False), repeat=2):
            known.append({one for one in held if ((pair.option_a in one), (pair.option_b in one)) == (a, b)})
    for conflict in conflicts.dropna(subset="conflicts").itertuples():
        own = {one for one in held if conflict.option in one}
        known += [own - {frozenset(conflict.option)}, own & {frozenset(conflict.option)}]
    released = [frozenset(text.split(";")) - {""} for text in shown["combination"]]
    for total in known:
        inside = [held[one] for one in released if one in total]
        for size in range(1, len(inside) + 1):
            for taken in itertools.combinations(inside, size):
                left = sum(held[one] for one in total) - sum(taken)
                assert left == 0 or left >= 5, (total, taken)


def test_how_many_gave_so_many_answers_does_not_leave():
    numbers = {"question": "q24", "n_options": [0, 1, 2, 3, 4], "count": [0, 10, 5, 4, 1]}
    release = release_mentions(pd.DataFrame(numbers), RULES)
    assert release.table.to_dict("records") == [
        {"question": "q24", "n": 20, "answers": 36, "low": 1, "middle": 1, "high": 3}
    ]
    assert release.ledger["n_hidden"].tolist() == [5]


@pytest.mark.parametrize(
    ("a", "b", "both", "is_shown"),
    [(50, 60, 30, True), (50, 60, 4, False), (34, 60, 30, False), (50, 34, 30, False), (70, 60, 33, False)],
    ids=["all large", "few chose both", "few chose a alone", "few chose b alone", "few chose neither"],
)
def test_a_pair_leaves_when_all_four_crossings_are_large(a, b, both, is_shown):
    pair = {"question": "q21", "option_a": "a", "option_b": "b", "n": 100, "count_a": a, "count_b": b}
    release = release_pairs(pd.DataFrame([pair | {"count": both, "expected": a * b / 100}]), RULES)
    assert release.table["count"].notna().tolist() == [is_shown]
    assert release.table["expected"].notna().tolist() == [is_shown]
    assert len(release.ledger) == (not is_shown)


@pytest.mark.parametrize(
    ("n", "conflicts", "is_shown"), [(33, 0, True), (33, 1, False), (33, 5, True), (33, 30, False)]
)
def test_few_who_contradict_themselves_are_not_counted(n, conflicts, is_shown):
    table = pd.DataFrame([{"question": "q24", "option": "d", "n": n, "conflicts": conflicts}])
    release = release_conflicts(table, RULES, combinations(d=28))
    assert release.table["conflicts"].notna().tolist() == [is_shown]
    assert len(release.ledger) == (not is_shown)


def test_who_contradict_themselves_are_not_counted_when_the_answer_alone_is_held_back():
    table = pd.DataFrame([{"question": "q24", "option": "d", "n": 33, "conflicts": 6}])
    assert release_conflicts(table, RULES, combinations(d=27)).table["conflicts"].tolist() == [6]
    assert release_conflicts(table, RULES, combinations(e=38)).table["conflicts"].isna().all()


def test_a_pair_does_not_leave_when_a_shown_combination_gives_few_away():
    """30 gave both, and 28 of them nothing else: 2 gave a third answer as well."""
    pair = {
        "question": "q24",
        "option_a": "a",
        "option_b": "b",
        "n": 100,
        "count_a": 50,
        "count_b": 60,
        "count": 30,
    }
    table = pd.DataFrame([pair | {"count": 30, "expected": 30}])
    assert release_pairs(table, RULES, combinations(a_b=30)).table["count"].tolist() == [30]
    release = release_pairs(table, RULES, combinations(a_b=28))
    assert release.table["count"].isna().all()
    assert release.ledger["rule"].tolist() == ["derivable_crossing"]


def test_where_nothing_is_held_back_the_ledger_is_empty_but_whole():
    ledger = release_combinations(combinations(a=90), RULES).ledger
    assert list(ledger.columns) == list(LEDGER_COLUMNS)
    assert ledger.empty
