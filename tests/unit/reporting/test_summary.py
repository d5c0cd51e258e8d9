"""The headline figures against a count of the planted respondents by hand, and the gate that they pass."""

import json

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.reporting.summary import (
    Findings,
    check_released,
    check_summary,
    make_summary,
    read_summary,
    summary_shares,
    write_summary,
)

CHAPTERS = range(4, 11)
THEMES = pd.DataFrame(
    {
        "option": ["other", "money", "courts", "youth", "rest"],
        "label": ["Anders", "Geld", "Rechtspraak", "Jeugdhulp", "Iets"],
        "n": 140,
        "count": [60, 45, 30, 20, 10],
        "alpha": [0.9, 0.8, float("nan"), 0.7, 0.6],
        "reliability": ["reliable", "reliable", "unknown", "unsure", "not_reliable"],
    }
)
LEADING = {"level": "theme", "denominator": "routed", "question": "q26", "group": "all", "estimator": "unweighted"}
THEMES = THEMES.assign(share=THEMES["count"] / 140, ci_low=0.01, ci_high=0.9, n_content=115)
COMPARISON = pd.DataFrame(
    [
        {"item": "implemented", "test": test, "verdict": "changed", "p_adjusted_high": p, "share_2025": 42 / 153}
        | {"share_2021_low": 8 / 115, "share_2021_high": 8 / 111, "difference_low": 42 / 153 - 8 / 111}
        | {"difference_high": 42 / 153 - 8 / 115, "ci_low": 0.11, "ci_high": 0.29}
        for test, p in (("boschloo", 0.00015), ("fisher", 0.0002))
    ]
)


@pytest.fixture
def found(chapter):
    tests = [("size_class", "reactions", 0.0015, 0.19, "not_representative")]
    tests += [("size_class", "municipalities", 0.11, 0.11, "undecided")]
    return Findings(
        chapters=[chapter(number) for number in CHAPTERS],
        response=pd.DataFrame({"eligible": [342], "reactions": [153], "rate_reactions": [153 / 342]}),
        tests=pd.DataFrame(tests, columns=["variable", "unit", "exact", "effect_size", "verdict"]),
        comparison=COMPARISON,
        audit=pd.DataFrame(
            {
                "arithmetic_verdict": ["consistent"] * 3 + ["contradicted"],
                "data_verdict": ["confirmed"] * 2 + ["not_tested"] * 2,
            }
        ),
        standings=pd.DataFrame({"statement": ["C1", "V01", "J01"], "standing": ["stands", "stands", "falls"]}),
        themes={"q26": THEMES, "q27": THEMES.iloc[:0]},
        synthetic=True,
    )


@pytest.fixture
def summary(found):
    return make_summary(found)


def counted(respondents, entry):
    """Count the answer of an entry among the respondents: how many gave it, how many answered."""
    question, options = entry["question"], entry["option"].split(";")
    if question in respondents.columns:
        answers = respondents[question]
        answered = ~answers.isin(["not_asked", "not_answered"])
        return int(answers.isin(options).sum()), int(answered.sum())
    columns = respondents[[f"{question}_{option}" for option in options]]
    return int((columns == "1").any(axis="columns").sum()), int((columns.iloc[:, 0] != "not_asked").sum())


def test_every_share_is_a_count_of_the_respondents(summary, planted_respondents):
    assert len(summary["shares"]) > 20
    for name, entry in summary["shares"].items():
        assert (entry["count"], entry["n"]) == counted(planted_respondents, entry), name
        assert entry["share"] == pytest.approx(entry["count"] / entry["n"], rel=1e-9)
    assert summary["shares"]["q04_a"]["percent"] == 28  # 42 of 153, as figure 2 prints it
    assert summary["shares"]["q04_efgh"]["count"] == 13


def test_the_named_answer_chosen_most_leads(summary, planted_respondents, instrument):
    for name in ("q21", "q22", "q22b", "q25"):
        question = instrument.question(name)
        left_out = {*question.exclusive_codes, question.text.option if question.text else None}
        counts = {
            code: int((planted_respondents[f"{name}_{code}"] == "1").sum())
            for code in question.codes
            if code not in left_out
        }
        assert summary["shares"][name]["count"] == max(counts.values())
        assert counts[summary["shares"][name]["option"]] == max(counts.values())


def test_what_leads_says_whether_its_interval_overlaps_another(found, summary):
    """As :func:`analysis.reporting.statements.ranking` of one answer has it, where no answer has no name."""
    entry = summary["shares"]["q21"]
    rows = pd.concat([chapter.estimates for chapter in found.chapters])
    rows = rows[(rows["question"] == "q21") & (rows["estimator"] == "unweighted") & (rows["group"] == "all")]
    rows = rows[rows["option"] != entry["option"]]
    question = found.chapters[0].instrument.question("q21")
    named = rows[~rows["option"].isin([*question.exclusive_codes, question.text.option if question.text else ""])]
    assert entry["overlaps_next"] == (named["ci_high"].max() >= entry["ci_low"])
    assert "overlaps_next" not in summary["shares"]["q24_e"]
    assert [theme["overlaps_next"] for theme in summary["themes"]["q26"].values()] == [True] * 3


def test_weighted_shares_are_those_that_were_released(summary, results):
    released = results["answered"]["estimates"].set_index(["question", "option", "group", "estimator"])
    raked = {name: entry["raked"] for name, entry in summary["shares"].items() if "raked" in entry}
    assert raked
    for name, numbers in raked.items():
        entry = summary["shares"][name]
        row = released.loc[(entry["question"], entry["option"], "all", "raked")]
        assert numbers == {key: pytest.approx(row[key]) for key in ("share", "ci_low", "ci_high")}
    hidden = {name for name in summary["shares"] if name not in raked}
    few = {
        name for name, entry in summary["shares"].items() if min(entry["count"], entry["n"] - entry["count"]) < 10
    }
    assert hidden == few


def test_themes_are_ranked_without_the_rest_and_an_uncoded_question_has_none(summary):
    assert [entry["theme"] for entry in summary["themes"]["q26"].values()] == ["money", "courts", "youth"]
    assert summary["themes"]["q26"]["1"]["count"] == 45
    assert "alpha" not in summary["themes"]["q26"]["2"]
    assert [entry["reliability"] for entry in summary["themes"]["q26"].values()] == [
        "reliable",
        "unknown",
        "unsure",
    ]
    assert summary["themes"]["q27"] == {}
    assert "bij 1 van de 2 open vragen" in check_summary(summary)


def test_only_the_main_test_and_the_tests_on_reactions_count(summary):
    assert summary["comparison_2021"]["implemented"]["p_adjusted_high"] == 0.00015
    assert summary["representativeness"] == {
        "size_class": {"exact": 0.0015, "effect_size": 0.19, "verdict": "not_representative"}
    }
    assert summary["statements"]["arithmetic"] == {"consistent": 3, "contradicted": 1}
    assert summary["conclusions"] == {"falls": 1, "depends": 0, "stands": 2, "open": 0}
    assert summary["conclusions_about"] == {"conclusion": 1, "response": 1, "change": 1}


def test_who_began_early_is_counted_from_the_respondents(summary, planted_respondents, results):
    assert summary["began_by_2021"] == {
        "began": int(planted_respondents["q08"].isin(["a", "b"]).sum()),
        "in_use": int((planted_respondents["q04"] == "a").sum()),
        "n": len(planted_respondents),
    }
    summary["began_by_2021"]["began"] += 1
    with pytest.raises(InputError, match="that began by 2021 was not released so"):
        check_released(summary, results["answered"]["estimates"], THEMES.assign(**LEADING))


def test_a_place_is_uncertain_when_any_later_theme_overlaps_it(found):
    themes = THEMES.assign(ci_low=[0.3, 0.25, 0.2, 0.1, 0.01], ci_high=[0.5, 0.4, 0.22, 0.15, 0.24])
    ranked = make_summary(Findings(**{**found.__dict__, "themes": {"q26": themes}}))["themes"]["q26"]
    assert [entry["overlaps_next"] for entry in ranked.values()] == [False, True, True]
    assert {entry["n_content"] for entry in ranked.values()} == {115}


def test_the_file_is_sorted_short_and_comes_back_as_it_was(summary, tmp_path):
    text = write_summary(summary)
    assert json.loads(text) == summary
    assert text == json.dumps(json.loads(text), indent=2, sort_keys=True, ensure_ascii=False) + "\n"
    digits = [word.strip(",").replace(".", "").lstrip("0") for word in text.split() if word[0].isdigit()]
    assert max(map(len, digits)) <= 12
    (tmp_path / "summary.json").write_text(text, encoding="utf-8")
    assert read_summary(tmp_path / "summary.json") == summary


@pytest.mark.parametrize("content", [None, "{", "\ufeff{}"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, content):
    if content is not None:
        (tmp_path / "summary.json").write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=r"summary\.json.*make report"):
        read_summary(tmp_path / "summary.json")


def test_what_was_not_released_does_not_pass_the_gate(summary, results):
    released, themes = results["answered"]["estimates"], THEMES.assign(**LEADING)
    check_released(summary, released, themes)
    with pytest.raises(InputError, match="the share of q26 money was not released so"):
        check_released(summary, released, themes.assign(level="code"))
    summary["shares"]["q04_a"]["count"] += 1
    with pytest.raises(InputError, match="the share of q04 a was not released so"):
        check_released(summary, released, themes)


def test_a_weighted_share_that_is_held_back_does_not_pass_the_gate(summary, results):
    summary["shares"]["q25_f"]["raked"] = {"share": 0.5, "ci_low": 0.4, "ci_high": 0.6}
    with pytest.raises(InputError, match="the share of q25 f was not released so"):
        check_released(summary, results["answered"]["estimates"], THEMES.assign(**LEADING))


def test_shares_stand_in_a_table_with_a_row_per_estimator(summary):
    table = summary_shares(summary)
    rows = table[(table["question"] == "q04") & (table["option"] == "a")]
    assert rows["estimator"].tolist() == ["unweighted", "raked"]
    assert set(table["group"]) == {"all"}
    assert set(rows["subject"]) == {"Stand van de aanpak"}
    assert rows["printed_pct"].fillna(0).tolist() == [28, 0]


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"share": 0.9}, "not the count over the base"),
        ({"ci_low": 0.9}, "outside its interval"),
        ({"percent": 30}, "not the share, rounded"),
    ],
)
def test_figures_that_do_not_hold_together_are_refused(summary, change, problem):
    summary["shares"]["q04_a"] |= change
    with pytest.raises(ValueError, match=problem):
        check_summary(summary)


def test_a_share_that_nobody_estimated_is_named(found, results, chapter):
    estimates = results["answered"]["estimates"]
    without = estimates[estimates["option"] != "e;f;g;h"]
    chapters = [chapter(number, estimates=without) for number in CHAPTERS]
    with pytest.raises(InputError, match="needs the share of q04 e;f;g;h"):
        make_summary(Findings(**{**found.__dict__, "chapters": chapters}))
