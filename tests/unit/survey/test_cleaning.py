"""The nine steps together, on a small export in which every row has its story."""

from dataclasses import replace

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.cleaning import CleaningRules, clean
from analysis.survey.corrections import Correction, CorrectionList
from analysis.survey.disposition import Completeness
from analysis.survey.intake import read_export
from analysis.survey.respondents import check_respondents

KEY = b"key of a test"
# One row of the file per entry, from row 2 on: changes to a complete reaction, and its disposition.
STORY = {
    "a reaction without anything": ({}, "complete"),
    "the same municipality, not finished": ({"q24_a": "", "q29": "", "is_finished": "Nee"}, "duplicate"),
    "two municipalities": ({"q01": "Gemeente Gouda en roterdam", "q03": "c"}, "complete"),
    "anonymous, without a plan": ({"q01": "anoniem", "q04": "e", "q05": "geen tijd"}, "complete"),
    "a trial": ({"q01": "test"}, "test"),
    "a doubtful name with personal data": (
        {"q01": "Zeits", "q03": "d", "q26": "Bel Karin Bakker,\n06-12345678 of k@b.nl in Zeist"},
        "complete",
    ),
    "answers that were not asked": ({"q01": "Delft", "q05": "ha", "q13": "a", "q03": "b"}, "complete"),
    "exclusive options and an unknown code": (
        {"q01": "Almere", "q24_d": "1", "q18": "z", "q27": "=1+1"},
        "complete",
    ),
    "an old name": ({"q01": "Heerhugowaard", "q04": "b"}, "complete"),
    "nothing at all": (None, "empty"),
    "stopped at the start": (
        {"q01": "Ede", **dict.fromkeys(["q04", "q29"], ""), "is_finished": "Nee"},
        "break_off",
    ),
}
ROW = {story: row for row, story in enumerate(STORY, start=2)}


@pytest.fixture(scope="module")
def export(tmp_path_factory, reaction, write_csv, instrument, mapping):
    rows = []
    for number, (changes, _) in enumerate(STORY.values(), start=1):
        blank = dict.fromkeys(instrument.columns, "") if changes is None else {}
        rows.append(reaction(number, **(changes or {})) | blank)
    path = write_csv(tmp_path_factory.mktemp("story") / "story.csv", rows)
    return read_export(path, instrument, mapping)


@pytest.fixture(scope="module")
def result(export, register):
    return clean(export, register, key=KEY)


def found(result, rule):
    rows = result.findings[result.findings["rule"] == rule]
    return list(zip(rows["row"], rows["column"], strict=True))


def test_every_reaction_gets_its_disposition(result):
    assert result.reactions["disposition"].tolist() == [disposition for _, disposition in STORY.values()]
    counts = result.dispositions["disposition"].value_counts().to_dict()
    assert counts == {"complete": 7, "duplicate": 1, "test": 1, "empty": 1, "break_off": 1}
    assert result.dispositions["reaction"].is_unique


def test_the_flow_loses_every_reaction_once(result):
    flow = result.flow.set_index("step")[["n_before", "n_after"]].to_dict("index")
    assert flow == {
        "empty": {"n_before": 11, "n_after": 10},
        "test": {"n_before": 10, "n_after": 9},
        "break_off": {"n_before": 9, "n_after": 8},
        "partial": {"n_before": 8, "n_after": 8},
        "duplicate": {"n_before": 8, "n_after": 7},
        "unknown_province": {"n_before": 7, "n_after": 5},
    }


def test_respondents_keep_their_contract(result, instrument):
    check_respondents(result.respondents, instrument)
    assert result.respondents["respondent_id"].is_monotonic_increasing
    assert sorted(result.respondents["route"]) == ["implemented"] * 5 + ["implementing", "no_plan"]
    assert result.n_represented == 8
    assert sorted(result.respondents["province"].unique()) == [
        "Flevoland",
        "Noord-Holland",
        "Utrecht",
        "Zuid-Holland",
        "unknown",
    ]


def test_no_name_address_or_text_is_left_in_what_is_released(result):
    for table in (result.respondents, result.dispositions, result.frame, result.open_answers, result.findings):
        text = table.to_csv().lower()
        for secret in ("gouda", "zeits", "zeist", "karin", "bakker", "06-12345678", "k@b.nl", "heerhugowaard"):
            assert secret not in text
    assert "beleidsadviseur" not in result.respondents.to_csv()
    assert list(result.open_answers) == ["answer_id", "respondent_id", "column", "text"]


def test_findings_name_row_and_column(result):
    personal = ROW["a doubtful name with personal data"]
    assert found(result, "name_doubtful") == [(personal, "q01")]
    assert found(result, "name_misspelt") == found(result, "several_names") == [(ROW["two municipalities"], "q01")]
    assert found(result, "name_former") == [(ROW["an old name"], "q01")]
    assert found(result, "not_asked_answered") == [
        (ROW["answers that were not asked"], "q05"),
        (ROW["answers that were not asked"], "q13"),
    ]
    assert found(result, "exclusive_conflict") == [(ROW["exclusive options and an unknown code"], "q24_d")]
    assert found(result, "unknown_code") == [(ROW["exclusive options and an unknown code"], "q18")]
    assert found(result, "formula") == [(ROW["exclusive options and an unknown code"], "q27")]
    for rule in ("email", "telephone", "person_name", "municipality_in_text", "line_break"):
        assert found(result, rule) == [(personal, "q26")]
    assert found(result, "size_class_differs") == [(ROW["an old name"], "q03")]


def test_answers_that_a_tool_cut_off_are_a_finding_and_stay(
    tmp_path, reaction, write_csv, instrument, mapping, register
):
    names = ("Zeist", "Delft", "Almere", "Ede")
    texts = [f"{number} {'a' * 253}" for number in range(3)] + ["Een kort antwoord."]
    rows = [
        reaction(number, q01=name, q26=text) for number, (name, text) in enumerate(zip(names, texts, strict=True))
    ]
    export = read_export(write_csv(tmp_path / "cut.csv", rows), instrument, mapping)
    result = clean(export, register, key=KEY)
    assert result.cut_off.values.tolist() == [["q26", 3, 255]]
    told = result.findings[result.findings["rule"] == "cut_off"]
    assert told[["column", "action", "n"]].values.tolist() == [["q26", "flagged", 3]]
    assert told["row"].isna().all()
    assert sorted(result.open_answers.query("column == 'q26'")["text"]) == sorted(texts)


def test_a_doubtful_name_waits_for_a_person(export, register, result):
    row = ROW["a doubtful name with personal data"]
    assert result.doubtful["typed"].to_dict() == {row: "Zeits"}
    assert result.reactions.loc[row, "province"] == "unknown"
    settled = Correction(
        export="story", column="q01", expect="Zeits", value="Zeist", reason="one letter swapped", source="register"
    )
    corrections = CorrectionList(None, {2: settled})
    after = clean(export, register, key=KEY, corrections=corrections)
    assert after.doubtful.empty
    assert after.reactions.loc[row, "province"] == "Utrecht"
    assert found(after, "correction") == [(row, "q01")]
    assert after.flow["n_after"].iloc[-1] == result.flow["n_after"].iloc[-1] + 1
    untouched = after.reactions.index != row
    for column in result.reactions:
        assert after.reactions.loc[untouched, column].tolist() == result.reactions.loc[untouched, column].tolist()


def test_pseudonyms_follow_the_municipality_where_it_is_known(export, register, result):
    other = clean(export, register, key=b"another key")
    assert set(other.respondents["respondent_id"]).isdisjoint(result.respondents["respondent_id"])
    again = clean(export, register, key=KEY)
    pd.testing.assert_frame_equal(again.respondents, result.respondents)
    assert not set(result.dispositions["reaction"]) & set(result.respondents["respondent_id"])


def test_the_frame_counts_who_is_represented_and_names_nobody(result):
    assert list(result.frame) == ["province", "size_class", "responded"]
    assert len(result.frame) == 342
    assert result.frame["responded"].sum() == 6


def test_rules_are_parameters(export, register):
    strict = clean(export, register, key=KEY, rules=CleaningRules(completeness=Completeness(complete_from=1.0)))
    assert len(strict.respondents) == 6
    first = clean(export, register, key=KEY, rules=CleaningRules(size_class="register"))
    assert first.reactions.loc[ROW["answers that were not asked"], "size_class"] == "ab"
    assert first.reactions.loc[ROW["two municipalities"], "size_class"] == "c"


def test_steps_report_rows_before_and_after(result):
    assert (result.steps["n_before"] == result.steps["n_after"]).all()
    assert result.steps.set_index("step").loc["corrections", ["n_before", "n_concerned"]].tolist() == [11, 0]
    assert result.steps.set_index("step").loc["pseudonyms", ["n_before", "n_after"]].tolist() == [7, 7]
    assert result.steps["description"].notna().all()


def test_an_export_without_a_usable_reaction_is_refused(export, register):
    trials = replace(export, reactions=export.reactions[export.reactions["q01"] == "test"])
    with pytest.raises(InputError, match="no reaction is usable"):
        clean(trials, register, key=KEY)
