"""The rules by hand-worked tables, and against an attacker who solves linear programmes over all that is shown."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.reporting.disclosure import Rules, attacked_rules, breakdown_rules
from analysis.reporting.reconstruction import reconstruct, too_narrow
from analysis.survey.instrument import Base, Instrument, Option, Question

RULES = Rules(smallest_base=10, smallest_cell=5)
GROUPS = ("d", "c", "ab")


def options(codes, exclusive=""):
    return tuple(Option(code=code, nl=code, en=code, exclusive=code in exclusive) for code in codes)


def question(name, kind, base, codes, exclusive=""):
    missing = ("not_answered",) if base == "all" else ("not_asked", "not_answered")
    return Question(
        name=name,
        number=name[2:],
        type=kind,
        chapter=4,
        base=base,
        missing=missing,
        disclosure="none",
        nl=name,
        en=name,
        options=options(codes, exclusive),
    )


SHORT = Instrument(
    wave="2025",
    missing=(),
    bases=(
        Base(name="all", nl="iedereen", en="everyone"),
        Base(name="planning", nl="plannen", en="plans", when={"q04": ("a", "b", "c")}),
        Base(name="implemented", nl="ingevoerd", en="in use", when={"q04": ("a",)}),
    ),
    questions=(
        question("q04", "single", "all", "abcde"),
        question("q05", "single", "planning", "abc"),
        question("q06", "multi", "planning", "abcd", exclusive="d"),
        question("q07", "single", "implemented", "ab"),
        question("q08", "single", "planning", "ab"),
    ),
)


def rows(name, base, counts):
    """Make rows of the table from counts per option and size class."""
    made = []
    for option, by_group in counts.items():
        for group, n, count in zip(("all", *GROUPS), (sum(base), *base), (sum(by_group), *by_group), strict=True):
            made.append((name, option, group, n, int(count)))
    return pd.DataFrame(made, columns=["question", "option", "group", "n", "count"])


def decide(*tables, instrument=SHORT, rules=RULES):
    decided = breakdown_rules(pd.concat(tables), instrument, rules)
    return dict(zip(decided["question"] + " " + decided["option"], decided["rule"], strict=True))


EVERYONE = (98, 33, 22)
STATUS = {"a": (21, 12, 9), "b": (19, 7, 7), "c": (47, 12, 6), "d": (6, 1, 0), "e": (5, 1, 0)}


def test_options_with_large_cells_are_shown_and_those_with_a_small_one_are_not():
    table = rows("q06", EVERYONE, {"a": (50, 20, 12), "b": (50, 20, 4), "c": (94, 20, 12), "d": (5, 5, 5)})
    assert decide(table) == {"q06 a": "", "q06 b": "small_cell", "q06 c": "small_cell", "q06 d": ""}


def test_when_the_others_would_give_a_small_cell_away_the_next_smallest_is_hidden_too():
    assert decide(rows("q04", EVERYONE, STATUS)) == {
        "q04 a": "",
        "q04 b": "",
        "q04 c": "small_cell",
        "q04 d": "small_cell",
        "q04 e": "small_cell",
    }


def test_a_question_with_two_answers_and_a_small_cell_is_shown_in_total_only():
    table = rows("q04", EVERYONE, {"a": (94, 29, 20), "b": (4, 4, 2)})
    assert set(decide(table).values()) == {"small_cell"}


def test_all_options_are_shown_when_no_cell_is_small():
    table = rows("q04", EVERYONE, {"a": (50, 20, 12), "b": (48, 13, 10)})
    assert set(decide(table).values()) == {""}


def test_no_size_class_is_shown_when_one_has_few_respondents():
    table = rows("q04", (98, 33, 9), {"a": (50, 20, 5), "b": (48, 13, 4)})
    assert set(decide(table).values()) == {"small_group"}


def test_options_taken_together_are_hidden_when_they_give_a_hidden_one_away():
    joined = {"a;b": (40, 19, 16), "a;c": (68, 24, 15), "a;b;c": (87, 31, 22)}
    decided = decide(rows("q04", EVERYONE, STATUS | joined))
    assert decided["q04 a;b"] == ""
    assert decided["q04 a;c"] == "small_cell", "with a this gives c, and with c the sum of d and e"
    assert decided["q04 a;b;c"] == "small_cell", "those who chose d or e are few"


def test_who_was_not_asked_stays_hidden_with_the_answers_to_a_routed_question():
    status = rows("q04", EVERYONE, STATUS)
    all_large = rows("q05", EVERYONE, {"a": (30, 10, 8), "b": (30, 11, 8), "c": (27, 10, 6)})
    decided = decide(status, all_large)
    hidden = [option for option in "abc" if decided[f"q05 {option}"]]
    assert hidden == ["c"], "all three would add up to those who were asked"


def test_a_known_base_asks_for_two_hidden_options():
    status = rows("q04", EVERYONE, STATUS)
    decided = decide(status, rows("q07", EVERYONE, {"a": (14, 7, 5), "b": (7, 5, 4)}))
    assert decided["q04 a"] == "", "so a reader knows who was asked q07"
    assert decided["q07 a"] == decided["q07 b"] == "small_cell"


def test_the_size_class_itself_is_not_broken_down():
    instrument = SHORT.model_copy(update={"questions": (question("q03", "single", "all", "ab"),)})
    assert set(decide(rows("q03", EVERYONE, {"a": EVERYONE, "b": (0, 0, 0)}), instrument=instrument).values()) == {
        "size_class_itself"
    }


def test_a_table_on_the_base_of_those_asked_is_refused():
    tables = rows("q04", EVERYONE, STATUS), rows("q05", (87, 31, 22), {"a": (87, 31, 22)})
    with pytest.raises(InputError, match="all respondents as its base"):
        decide(*tables)


def split(draw, total, parts):
    """Divide a number over parts, most of them of the same order."""
    weights = draw(st.lists(st.integers(0, 8), min_size=parts, max_size=parts))
    exact = np.array(weights) * total / max(sum(weights), 1)
    counts = np.floor(exact).astype(int)
    counts[0] += total - counts.sum()
    return counts


@st.composite
def surveys(draw):
    """Draw counts by size class that respondents can have given to the short questionnaire."""
    everyone = draw(st.tuples(st.integers(60, 110), st.integers(15, 40), st.integers(10, 25)))
    answers = {name: {} for name in ("q04", "q05", "q06", "q07", "q08")}
    for size in everyone:
        status = split(draw, size, 5)
        asked = {"q05": status[:3].sum(), "q07": status[0], "q08": status[:3].sum()}
        counted = {"q04": dict(zip("abcde", status, strict=True))}
        for name, codes in (("q05", "abc"), ("q07", "ab"), ("q08", "ab")):
            counted[name] = dict(zip(codes, split(draw, asked[name], len(codes)), strict=True))
        alone = draw(st.integers(0, int(asked["q05"]) // 4))
        free = int(asked["q05"]) - alone
        counted["q06"] = {code: draw(st.integers(0, free)) for code in "abc"} | {"d": alone}
        for name, by_option in counted.items():
            for option, count in by_option.items():
                answers[name].setdefault(option, []).append(int(count))
    answers["q04"]["a;b"] = [a + b for a, b in zip(answers["q04"]["a"], answers["q04"]["b"], strict=True)]
    answers["q05"]["a;c"] = [a + c for a, c in zip(answers["q05"]["a"], answers["q05"]["c"], strict=True)]
    return everyone, answers


def published(everyone, answers, decided):
    """Return what a build shows: national totals on their own base, and size classes where the rules allow."""
    tables = []
    for name, counts in answers.items():
        table = rows(name, everyone, counts)
        national = table["group"] == "all"
        alone = table["option"].str.len() == 1
        answered = table.loc[national & alone, "count"].sum()
        if name == "q06":
            answered = sum(sum(answers["q04"][code]) for code in "abc")
        table["n"] = table["n"].mask(national, answered)
        shown = (table["question"] + " " + table["option"]).map(decided) == ""
        tables.append(table[national | shown])
    return pd.concat(tables)


def totals(everyone, answers):
    return published(everyone, answers, {})


def by_group(everyone, answers):
    return pd.concat([rows(name, everyone, counts) for name, counts in answers.items()], ignore_index=True)


@settings(max_examples=8, deadline=None)
@given(surveys())
def test_an_attacker_works_out_no_hidden_number_and_never_excludes_the_truth(survey):
    everyone, answers = survey
    decided = attacked_rules(by_group(everyone, answers), totals(everyone, answers), SHORT, RULES)
    decided = dict(zip(decided["question"] + " " + decided["option"], decided["rule"], strict=True))
    assume("" in decided.values())
    shown = published(everyone, answers, decided)
    found = reconstruct(shown, dict(zip(GROUPS, everyone, strict=True)), SHORT)
    assert too_narrow(found, RULES.smallest_cell).empty, decided
    for row in found.itertuples():
        truth = answers[row.question][row.option][GROUPS.index(row.group)]
        assert row.low - 1e-6 <= truth <= row.high + 1e-6
        assert row.low_by_totals <= truth <= row.high_by_totals
    small = by_group(everyone, answers).merge(shown, on=["question", "option", "group"], suffixes=("", "_shown"))
    small = small[small["group"] != "all"]
    assert (small["count"] >= RULES.smallest_cell).all()
    assert (small["n"] - small["count"] >= RULES.smallest_cell).all()


def test_an_answer_that_goes_with_no_other_is_protected_by_hiding_another():
    """Everyone was asked and almost all chose b: hardly anyone is left who can have chosen d, which goes alone."""
    status = {"a": (30, 10, 8), "b": (30, 10, 8), "c": (38, 13, 6), "d": (0, 0, 0), "e": (0, 0, 0)}
    answers = {"q04": status, "q06": {"a": (40, 9, 8), "b": (90, 28, 17), "c": (0, 0, 0), "d": (6, 4, 5)}}
    table, national = by_group(EVERYONE, answers), totals(EVERYONE, answers)
    assert decide(table)["q06 b"] == ""
    decided = attacked_rules(table, national, SHORT, RULES).set_index(["question", "option"])["rule"]
    assert decided["q06", "b"] == "small_cell"
    assert decided["q06", "a"] == ""
    assert decided["q04", "a"] == ""


def test_the_attacker_finds_a_number_that_follows_from_the_others():
    decided = {f"q04 {option}": "" for option in "abcd"} | {"q04 e": "small_cell"}
    shown = published(EVERYONE, {"q04": STATUS}, decided)
    found = reconstruct(shown, dict(zip(GROUPS, EVERYONE, strict=True)), SHORT)
    assert found[["group", "low", "high"]].round(6).to_numpy().tolist() == [["d", 5, 5], ["c", 1, 1], ["ab", 0, 0]]
    assert len(too_narrow(found, 5)) == 3


def test_tables_that_contradict_each_other_are_noticed():
    decided = dict.fromkeys((f"q04 {option}" for option in "abcde"), "")
    shown = published(EVERYONE, {"q04": STATUS}, decided)
    wrong = shown["count"].mask((shown["option"] == "e") & (shown["group"] == "all"), 60)
    hidden = shown[(shown["option"] != "a") | (shown["group"] != "d")].assign(count=wrong)
    with pytest.raises(ValueError, match="contradict"):
        reconstruct(hidden, dict(zip(GROUPS, EVERYONE, strict=True)), SHORT)
