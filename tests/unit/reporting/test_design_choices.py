"""The page shows what the correction and the frame change, in whole percentages."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.reporting.design_choices import choice_rows, choices_sentence, shown_choices, used_choices
from analysis.reporting.disclosure import Rules
from analysis.reporting.release import release_design_choices, release_estimates
from analysis.statistics.design import Design
from analysis.survey.instrument import load_instrument

INSTRUMENT = Path(__file__).resolve().parents[3] / "data/raw/instrument_2025.yaml"


def estimate(question, option, estimator, count, n, share, low, high, flag=""):  # noqa: PLR0917 a row
    row = {"wave": "2025", "chapter": 4, "figure": "2", "question": question, "option": option, "base": "all"}
    row |= {"group_variable": "all", "group": "all", "estimator": estimator, "n": n, "count": count}
    row |= {"share": share, "se": 0.0312345, "ci_low": low, "ci_high": high}
    return row | {"n_effective": 100.5, "deff": 1.1, "flag": flag, "share_of_mentions": float("nan")}


@pytest.fixture
def choices():
    tables = []
    for frame, moved in (("published", 0.0), ("register", 0.02)):
        for fpc, wider in (("True", 0.0), ("False", 0.03)):
            rows = [
                estimate("q04", "a", "unweighted", 42, 153, 0.2745, 0.222 - wider, 0.330 + wider),
                estimate("q04", "a", "raked", 42, 153, 0.2690 + moved, 0.2199 - wider, 0.3226 + wider),
                estimate("q04", "h", "raked", 5, 153, 0.0353, 0.01, 0.07),
                estimate("q04", "a;b;c", "unweighted", 114, 153, 0.7451, 0.690, 0.795),
                estimate("q04", "a;b;c", "raked", 114, 153, 0.7326, 0.678, 0.783),
                estimate("q10", "a", "unweighted", 17, 42, 0.4048, 0.3, 0.6, "wide" if wider else ""),
            ]
            tables.append(pd.DataFrame(rows).assign(frame=frame, fpc=fpc))
    return release_design_choices(pd.concat(tables, ignore_index=True), Rules(10, 5)).table


@pytest.fixture
def rows(choices):
    kept = choices[choices["question"] == "q04"]
    return choice_rows(kept, load_instrument(INSTRUMENT).model_copy(update={"questions": status()}))


def status():
    return tuple(question for question in load_instrument(INSTRUMENT).questions if question.name == "q04")


def test_a_share_stands_once_per_estimator_and_frame(rows):
    assert rows[["option", "estimator", "frame", "fpc"]].values.tolist() == [
        ["a", "unweighted", "", "False"],
        ["a", "unweighted", "", "True"],
        *[["a", "raked", frame, fpc] for frame in ("published", "register") for fpc in ("False", "True")],
        ["a;b;c", "unweighted", "", "False"],
        ["a;b;c", "unweighted", "", "True"],
        *[["a;b;c", "raked", frame, fpc] for frame in ("published", "register") for fpc in ("False", "True")],
    ]


def test_the_table_has_the_interval_with_and_without_beside_each_other(rows):
    table = shown_choices(rows)
    assert table["Weging"].tolist()[:3] == [
        "ongewogen",
        "naar tabel 1 van het rapport",
        "naar het register van 1 januari 2025",
    ]
    first = table.iloc[0]
    assert (first["Aandeel"], first["Marge met correctie"], first["Marge zonder correctie"]) == (
        "27%",
        "22 tot 33%",
        "19 tot 36%",
    )


def test_an_unweighted_share_is_the_percentage_of_the_figure(choices):
    kept = choices[choices["question"] == "q04"]
    instrument = load_instrument(INSTRUMENT).model_copy(update={"questions": status()})
    table = shown_choices(choice_rows(kept, instrument, {("q04", "a"): 28}))
    assert table["Aandeel"].tolist()[:3] == ["28%", "27%", "29%"]


def test_the_sentence_counts_what_becomes_uncertain(rows, choices):
    sentence = choices_sentence(rows, choices)
    assert "van 22 tot 33%, zonder van 19 tot 36%" in sentence
    assert "hooguit 2 procentpunt uit" in sentence
    assert "Van de 3 landelijke percentages" in sentence
    assert "met de correctie 0 te onzeker om alleen te noemen, zonder correctie 1" in sentence


def test_a_frame_that_moves_nothing_is_said_to_move_nothing(rows, choices):
    same = rows.assign(share=rows["share"].where(rows["frame"] != "register", rows["share"].shift(2)))
    assert "geen heel procentpunt uit" in choices_sentence(same, choices)


def test_weighted_shares_leave_in_whole_percentages_and_from_ten_respondents(choices):
    raked = choices[choices["estimator"] == "raked"].set_index(["option", "frame", "fpc"])
    assert raked.loc[("a", "published", "True"), ["share", "ci_low", "ci_high"]].tolist() == [0.27, 0.22, 0.32]
    assert raked.loc["h", ["share", "ci_low", "ci_high"]].isna().all(axis=None)
    assert raked["se"].isna().all()


def test_the_ledger_has_one_row_per_question_and_rule():
    rows = pd.DataFrame([estimate("q04", "h", "raked", 5, 153, 0.0353, 0.01, 0.07)])
    twice = pd.concat([rows.assign(frame="published", fpc=fpc) for fpc in ("True", "False")], ignore_index=True)
    ledger = release_design_choices(twice, Rules(10, 5)).ledger
    single = release_estimates(rows, Rules(10, 5)).ledger
    assert ledger["n_hidden"].tolist() == [2 * number for number in single["n_hidden"]]


@pytest.mark.parametrize(("fpc", "large", "words"), [(True, 2, "met correctie"), (False, 4, "zonder correctie")])
def test_the_note_follows_the_design(fpc, large, words):
    respondents = pd.DataFrame({"size_class": ["d", "ab"]})
    counts = {name: pd.Series({"d": 10, "ab": n}) for name, n in (("published", 2), ("register", 4))}
    rows = pd.DataFrame({"option": ["a"], "label": ["In gebruik"], "n": 153, "share": 42 / 153, "printed_pct": 28})
    note = used_choices(Design(respondents, {"d": 10, "ab": large}, fpc=fpc), counts, rows)
    assert words in note
    assert ("het register" if large == 4 else "tabel 1") in note
    assert note.endswith("Los afgerond is ‘In gebruik’ 27%.")
