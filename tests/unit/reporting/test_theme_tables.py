"""What a page shows of coded themes: selected, ordered, marked when unreliable, and only what was released."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.reporting.theme_tables import (
    SIZE_CLASSES,
    CodedQuestion,
    check_coded_question,
    coded_question,
    coding_table,
    difference_table,
    group_table,
    pair_table,
    read_coding_tables,
    theme_table,
)
from analysis.reporting.theme_wording import describe_agreement, describe_quotes, describe_themes, reliability_note
from analysis.reporting.wording import Wording
from analysis.survey.coding.codeframe import Code, Codeframe, Theme

CODEFRAME = Codeframe(
    column="q26",
    themes=(Theme(theme="cash", nl="Geld en meten", en="Money", section="11.2"),),
    codes=(
        Code(code="money", theme="cash", nl="Geld", en="Money", definition="d", example="e"),
        Code(code="cuts", theme="cash", nl="Bezuiniging", en="Cuts", definition="d", example="e"),
        Code(code="courts", nl="Rechters", en="Courts", definition="d", example="e"),
        Code(code="other", nl="Iets anders", en="Other", definition="d", example="e"),
    ),
)
COUNTS = {
    ("code", "money"): {"all": 30, "d": 18, "c": 7, "ab": 5},
    ("code", "cuts"): {"all": 40, "d": 25, "c": 9, "ab": 6},
    ("code", "courts"): {"all": 12, "d": 10, "c": 2, "ab": 0},
    ("code", "other"): {"all": 0, "d": 0, "c": 0, "ab": 0},
    ("theme", "cash"): {"all": 55, "d": 35, "c": 12, "ab": 8},
    ("theme", "courts"): {"all": 12, "d": 10, "c": 2, "ab": 0},
    ("theme", "other"): {"all": 0, "d": 0, "c": 0, "ab": 0},
}
ALPHAS = {"money": 0.9, "cuts": 0.7, "courts": 0.5, "other": float("nan"), "cash": 0.95}
BASES = {"routed": {"all": 140}, "answered": {"all": 100}, "all": {"all": 153, "d": 98, "c": 33, "ab": 22}}
RELEASED = {("theme", "cash"), ("code", "cuts")}
"""What the gate lets through by size class."""


def themes():
    rows = []
    for (level, option), counts in COUNTS.items():
        for denominator, bases in BASES.items():
            for group, n in bases.items():
                if group != "all" and (level, option) not in RELEASED:
                    continue
                share = counts[group] / n
                rows.append(
                    {
                        "level": level,
                        "denominator": denominator,
                        "question": "q26",
                        "option": option,
                        "group_variable": "all" if group == "all" else "size_class",
                        "group": group,
                        "estimator": "unweighted",
                        "n": n,
                        "count": counts[group],
                        "share": share,
                        "ci_low": max(share - 0.1, 0),
                        "ci_high": min(share + 0.1, 1),
                    }
                )
    return pd.DataFrame(rows)


def agreement():
    rows = [
        ("code", "all", 0.72),
        *((level, option, ALPHAS[option]) for level, option in COUNTS),
    ]
    table = pd.DataFrame(rows, columns=["level", "code", "alpha"])
    return table.assign(
        column="q26", n=90, alpha_low=table["alpha"] - 0.1, alpha_high=table["alpha"] + 0.05, agreement=0.9
    )


@pytest.fixture
def coded():
    answers = pd.DataFrame(
        {"answer_id": ["x1", "x2", "x3", "x4"], "source": ["open", "same", "same", "agreed"], "column": "q26"}
    )
    differences = pd.DataFrame(
        {
            "level": ["theme", "theme", "code"],
            "option": ["courts", "cash", "money"],
            "is_different": [False, True, False],
        }
    )
    quotes = pd.DataFrame({"column": ["q26"], "quote": ["Geen *geld* [klik](http://x)"]})
    return CodedQuestion(CODEFRAME, themes(), agreement(), differences, pd.DataFrame(), answers, quotes, 0.667)


@pytest.fixture
def wording():
    widths = {"X": (-0.03, 0.03), "ongeveer X": (-0.03, 0.03), "bijna X": (-0.05, 0.0), "ruim X": (0.0, 0.05)}
    return Wording(
        {name: (*ends, False, False) for name, ends in widths.items()} | {"enkele": (0.0, 0.05, False, False)}
    )


def test_themes_run_from_most_to_least_and_nobody_s_are_left_out(coded):
    table = theme_table(coded, "code")
    assert table["option"].tolist() == ["cuts", "money", "courts"]
    assert table["label"].tolist() == ["Bezuiniging", "Geld", "Rechters (niet betrouwbaar)"]
    assert table["is_reliable"].tolist() == [True, True, False]
    assert table["n"].eq(140).all()
    assert theme_table(coded, "code", "answered")["n"].eq(100).all()
    assert theme_table(coded, "theme")["label"].tolist() == ["Geld en meten", "Rechters (niet betrouwbaar)"]


def test_by_size_class_stands_what_was_released(coded):
    table = group_table(coded, "theme", SIZE_CLASSES)
    assert table["option"].unique().tolist() == ["cash"]
    assert table["group"].tolist() == ["d", "c", "ab"]
    assert table["group_label"].tolist() == list(SIZE_CLASSES.values())
    assert table["n"].tolist() == [98, 33, 22], "everyone of a class is the base"
    assert group_table(coded, "code", SIZE_CLASSES)["option"].unique().tolist() == ["cuts"]
    none = replace(coded, themes=coded.themes[coded.themes["group"] == "all"])
    assert group_table(none, "theme", SIZE_CLASSES).empty


def test_tests_stand_with_the_differences_first(coded):
    table = difference_table(coded, "theme")
    assert table.to_dict("list") == {
        "label": ["Geld en meten", "Rechters"],
        "outcome": ["aangetoond", "niet aangetoond"],
    }


def test_answers_are_counted_by_how_they_were_settled(coded):
    assert coding_table(coded)["n"].tolist() == [2, 1, 1]
    assert coding_table(coded)["label"].iloc[-1] == "Codeurs verschillen nog; geen code telt"


def test_the_check_says_what_was_found_and_refuses_tables_that_do_not_fit(coded):
    said = check_coded_question(coded)
    assert said.startswith("Vraag 26: 4 antwoorden van 140 gemeenten, waarvan 100 met inhoud")
    coded.themes.loc[(coded.themes["option"] == "cash") & (coded.themes["group"] == "all"), "count"] = 35
    with pytest.raises(ValueError, match="the theme cash does not fit its codes"):
        check_coded_question(coded)
    coded.themes.loc[0, "count"] = 999
    with pytest.raises(ValueError, match="more mentions than respondents"):
        check_coded_question(coded)


def test_the_words_name_the_themes_and_what_cannot_be_concluded(coded, wording):
    table = theme_table(coded, "theme")
    words = describe_themes(table, wording, "gemeenten", most=1)
    assert words == "- **Geld en meten**: ongeveer twee vijfde van de gemeenten (39%; 55 van de 140)"
    assert describe_themes(table.iloc[:0], wording, "gemeenten") == "Er is nog geen antwoord gecodeerd."
    said = describe_agreement(coded, table)
    assert "90 antwoorden dubbel" in said
    assert "alfa over alle codes is 0,72 (95%-interval 0,62 tot 0,77)" in said
    assert said.endswith("Onder de grens van 0,667 blijft *Rechters*: trek daaruit geen conclusie.")
    assert reliability_note(coded, table).startswith("Niet betrouwbaar: over dit thema")
    assert describe_agreement(coded, table.iloc[:1]).endswith("Elk genoemd thema haalt de grens van 0,667.")
    assert reliability_note(coded, table.iloc[:1]) is None


def test_without_double_coding_the_page_says_so(coded):
    coded.agreement["alpha"] = float("nan")
    assert "is niet te zeggen" in describe_agreement(coded, theme_table(coded, "theme"))


def test_a_quote_is_text_and_nothing_else(coded):
    assert describe_quotes(coded) == r"- “Geen \*geld\* \[klik\]\(http\://x\)”"
    without = replace(coded, quotes=coded.quotes.iloc[:0])
    assert "niemand een citaat goedgekeurd" in describe_quotes(without)


def test_the_tables_of_a_question_are_read_back(coded, tmp_path):
    (tmp_path / "codeframes").mkdir()
    frame = "column: q26\ncodes:\n  - {code: money, nl: Geld, en: M, definition: d, example: e}\n"
    (tmp_path / "codeframes/q26.yaml").write_text(frame, encoding="utf-8")
    (tmp_path / "codeframes/residual.yaml").write_text(
        "codes:\n  - {code: other, nl: Iets anders, en: O, definition: d, example: e}\n", encoding="utf-8"
    )
    other = {"column": "q27", "question": "q27"}
    tables = {
        "themes": coded.themes,
        "coding_agreement": coded.agreement,
        "theme_differences": coded.differences.assign(question="q26"),
        "theme_pairs": pd.DataFrame({"question": ["q26"], "overlap": [float("nan")]}),
        "coded_answers": coded.answers,
        "quotes": coded.quotes,
    }
    for name, table in tables.items():
        more = table.iloc[:1].assign(**{key: value for key, value in other.items() if key in table.columns})
        pd.concat([table, more]).to_csv(tmp_path / f"{name}.csv", index=False)
    tables = read_coding_tables(**{name: tmp_path / f"{name}.csv" for name in tables})
    read = coded_question(tables, tmp_path / "codeframes", "q26", 0.667)
    assert len(read.themes) == len(coded.themes)
    assert (read.n_asked, read.n_content) == (140, 100)
    assert read.agreement["alpha"].dtype == float
    assert read.codeframe.names == ("money", "other")
    with pytest.raises(TypeError, match="the tables are themes, "):
        read_coding_tables(themes=tmp_path / "themes.csv")


def test_pairs_run_from_most_to_least_and_say_what_is_held_back(coded):
    pairs = pd.DataFrame(
        {
            "option_a": ["cash", "cash", "courts", "cash"],
            "option_b": ["courts", "plan", "plan", "other"],
            "count": [float("nan"), 12, float("nan"), 50],
        }
    )
    labels = {"cash": "Geld", "courts": "Rechters", "plan": "Plan"}
    table = pair_table(replace(coded, pairs=pairs), labels)
    assert table.to_numpy().tolist() == [
        ["Geld", "Plan", "12"],
        ["Geld", "Rechters", "niet getoond"],
        ["Rechters", "Plan", "niet getoond"],
    ]
