"""The headline figures of a build, counted again from the respondents, and the same in every place."""

import html
import json
import re
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def summary(build):
    return json.loads((build / "reports/summary.json").read_text(encoding="utf-8"))


def text_of(page):
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.read_text(encoding="utf-8"))).split())


def test_the_committed_figures_are_those_of_a_clean_build(build):
    assert (build / "reports/summary.json").read_bytes() == (ROOT / "reports/summary.json").read_bytes()


def test_every_share_is_a_count_of_the_respondents(build, summary):
    respondents = pd.read_csv(build / "data/processed/respondents.csv", dtype="str")
    for name, entry in summary["shares"].items():
        question, options = entry["question"], entry["option"].split(";")
        if question in respondents:
            given = respondents[question].isin(options)
            asked = ~respondents[question].isin(["not_asked", "not_answered"])
        else:
            given = (respondents[[f"{question}_{option}" for option in options]] == "1").any(axis="columns")
            asked = ~respondents[f"{question}_{options[0]}"].isin(["not_asked", "not_answered"])
        assert (entry["count"], entry["n"]) == (given.sum(), asked.sum()), name
        assert entry["share"] == pytest.approx(given.sum() / asked.sum(), rel=1e-9), name
        assert entry["ci_low"] <= entry["share"] <= entry["ci_high"], name


def test_the_response_is_counted_from_the_frame(build, summary):
    respondents = pd.read_csv(build / "data/processed/respondents.csv")
    frame = pd.read_csv(build / "data/processed/frame.csv")
    response = summary["response"]
    assert (response["reactions"], response["eligible"]) == (len(respondents), len(frame))
    assert response["represented"] == respondents["n_municipalities"].sum()


def test_themes_are_counted_from_the_coded_answers(build, summary):
    estimates = pd.read_csv(build / "data/processed/themes.csv")
    whole = estimates.query(
        "level == 'theme' and denominator == 'routed' and group == 'all' and estimator == 'unweighted'"
    )
    for question, ranked in summary["themes"].items():
        counts = whole[(whole["question"] == question) & (whole["option"] != "other")]["count"]
        top = sorted(counts[counts > 0], reverse=True)[:3]
        assert [ranked[rank]["count"] for rank in sorted(ranked)] == top


def test_conclusions_are_counted_from_the_published_table(build, summary):
    rows = pd.read_csv(build / "reports/tables/conclusion_statements.csv")
    counted = rows["standing"].value_counts()
    assert summary["conclusions"] == {name: counted.get(name, 0) for name in summary["conclusions"]}
    claims = pd.read_csv(build / "data/raw/published/claims_2025.csv", dtype="str")
    assert set(claims.loc[claims["chapter"] == "13", "claim_id"]) <= set(rows["statement"])


def test_index_conclusion_status_and_comparison_print_the_same_headline(build, summary):
    percent = summary["shares"]["q04_a"]["percent"]
    pages = {stem: text_of(build / f"reports/{stem}.html") for stem in ("index", "15_conclusion", "04_status")}
    for stem, text in pages.items():
        assert f"({percent}%; 42 van de 153" in text, stem
    compared = text_of(build / "reports/13_comparison_2021.html")
    sentence = f"gestegen van 7% in 2021 naar {percent}% in 2025"
    assert all(sentence in text for text in (compared, pages["index"], pages["15_conclusion"]))


def test_metrics_are_shown_and_compared(project, run):
    shown = run(project, "dvc", "metrics", "show", "--json")
    assert shown.returncode == 0, shown.stderr
    metrics = json.loads(shown.stdout)[""]["data"]["reports/summary.json"]["data"]
    assert metrics == json.loads((project / "reports/summary.json").read_text(encoding="utf-8"))
