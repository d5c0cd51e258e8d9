"""The drawn survey as a whole: numbers, routing, and every planted defect and no other."""

import re
from collections import Counter

import pandas as pd
import pytest

from analysis.survey.routing import asked

UNUSABLE = {"break_off", "empty", "test_entry", "duplicate_incomplete", "duplicate_complete"}
NAME_DEFECTS = {"name_alias", "name_prefix", "name_case", "name_misspelt", "several_names", "partnership_name"}
PIECES = {
    "line_break": r"\n",
    "emoji": "[\U0001f300-\U0001ffff]",
    "html": r"<[a-z]+>",
    "formula": r"^[=+@]",
    "email": r"\S+@\S+",
    "telephone": r"06-\d{8}",
    "person_name": r"Verzonnen|Voorbeeldsma|Fictief|Proefstra|Bedacht",
}


@pytest.fixture(scope="module")
def usable(survey):
    defects = survey.defects
    unusable = set(defects.loc[defects["defect"].isin(UNUSABLE), "response_id"])
    table = survey.table.set_index("response_id")
    return table[~table.index.isin(unusable)]


@pytest.fixture(scope="module")
def mended(survey, usable):
    table = usable.copy()
    for defect in survey.defects.itertuples():
        if defect.response_id in table.index and defect.defect not in {"size_class_differs", *UNUSABLE}:
            table.at[defect.response_id, defect.column] = defect.truth
    return table


def planted(survey, *kinds):
    found = survey.defects[survey.defects["defect"].isin(kinds)]
    return set(zip(found["response_id"], found["column"], strict=True))


def test_numbers_of_the_first_export(survey, usable):
    assert len(survey.table) == 233
    assert len(usable) == 153
    assert (usable["is_finished"] == "Ja").all()
    sizes = Counter(usable["q03"].replace({"a": "ab", "b": "ab"}))
    assert (sizes["d"], sizes["c"], sizes["ab"]) == (98, 33, 22)
    status = Counter(usable["q04"])
    assert [status[code] for code in "abcd"] == [42, 28, 44, 26]
    assert sum(status[code] for code in "efgh") == 13


def test_represented_municipalities_are_distinct_and_known(survey, mended, sources):
    names = {municipality.name for municipality in sources.register.municipalities}
    answers = [text.split(" | ") for text in mended["q01"]]
    known = [name for group in answers if names.issuperset(group) for name in group]
    assert len(known) == len(set(known))
    assert sum(not names.issuperset(group) for group in answers) == 7
    assert sum(map(len, answers)) == 169
    assert sorted(len(group) for group in answers if len(group) > 1)[0] >= 2


def test_size_class_differs_from_the_register_only_where_planted(survey, mended, sources):
    sizes = {municipality.name: municipality.size for municipality in sources.register.municipalities}
    differing = {
        (row.Index, "q03") for row in mended.itertuples() if row.q01 in sizes and row.q03 != sizes[row.q01]
    }
    assert differing == planted(survey, "size_class_differs")
    assert len(differing) == 4


def test_routing_is_obeyed_except_where_a_violation_was_planted(survey, usable, sources):
    routes = asked(sources.instrument, usable)
    violations = set()
    for question in sources.instrument.questions:
        for column in filter(None, (*question.columns, question.text_column)):
            wrong = usable.index[(usable[column] != "") & ~routes[question.name]]
            violations |= {(row, column) for row in wrong}
    assert violations == planted(survey, "not_asked_answered")


def test_everyone_answers_what_the_report_counts(usable, sources):
    routes = asked(sources.instrument, usable)
    for question in sources.instrument.closed_questions:
        if question.name != "q29":  # a few do not say whether they may be interviewed
            answered = (usable[list(question.columns)] != "").all(axis=1)
            assert answered[routes[question.name]].all(), question.name
    assert ((usable["q29"] == "") & (usable["q30a"] == "")).any()


def test_codes_are_in_the_list_except_where_planted(survey, sources):
    table = survey.table.set_index("response_id")
    unknown = set()
    for question in sources.instrument.closed_questions:
        allowed = {"0", "1", ""} if question.type == "multi" else {*question.codes, ""}
        for column in question.columns:
            unknown |= {(row, column) for row in table.index[~table[column].isin(allowed)]}
    assert unknown == planted(survey, "unknown_code")
    assert len(unknown) == 3


def test_exclusive_options_stand_alone_except_where_planted(survey, usable, sources):
    conflicts = set()
    for question in sources.instrument.closed_questions:
        for code in question.exclusive_codes:
            column = f"{question.name}_{code}"
            ticked = usable[list(question.columns)] == "1"
            conflicts |= {(row, column) for row in usable.index[ticked[column] & (ticked.sum(axis=1) > 1)]}
    assert conflicts == planted(survey, "exclusive_conflict")


@pytest.mark.parametrize("defect", PIECES)
def test_pieces_in_open_answers_stand_where_they_were_planted_and_nowhere_else(survey, sources, defect):
    table = survey.table.set_index("response_id")
    columns = [column.name for column in sources.catalogue.columns if column.name != "q02"]
    found = {
        (row, column)
        for column in columns
        for row, text in table[column].items()
        if re.search(PIECES[defect], text) and (defect == "formula" or not text.startswith(("=", "+")))
    }
    assert found == planted(survey, defect)
    for row in survey.defects[survey.defects["defect"] == defect].itertuples():
        assert row.planted in table.at[row.response_id, row.column]
        assert row.planted not in row.truth


def test_a_municipality_is_mentioned_only_where_planted(survey, sources):
    table = survey.table.set_index("response_id")
    rows = survey.defects[survey.defects["defect"] == "municipality_in_text"]
    assert len(rows) == 3
    for row in rows.itertuples():
        assert row.planted in {municipality.name for municipality in sources.register.municipalities}
        assert row.planted in table.at[row.response_id, row.column]


def test_untidy_names_are_listed_and_tidy_ones_are_in_the_register(survey, sources):
    names = {municipality.name for municipality in sources.register.municipalities}
    table = survey.table.set_index("response_id")
    untidy = {row for row, _ in planted(survey, *NAME_DEFECTS)}
    for row in survey.defects[survey.defects["defect"].isin(NAME_DEFECTS)].itertuples():
        assert table.at[row.response_id, "q01"] == row.planted
        assert row.planted not in names
        assert names.issuperset(row.truth.split(" | "))
    reactions = survey.defects.set_index("response_id")["defect"]
    tests = set(reactions.index[reactions == "test_entry"])
    others = {text for row, text in table["q01"].items() if row not in untidy and row not in tests}
    assert others - names <= {"", "anoniem", "Anoniem", "liever niet", "-", "wil ik niet zeggen", "n.v.t."}


def test_unusable_reactions_are_what_they_are_called(survey, mended, sources):
    table = survey.table.set_index("response_id")
    kinds = survey.defects[survey.defects["defect"].isin(UNUSABLE)].set_index("response_id")["defect"]
    truth = survey.defects[survey.defects["defect"].isin(NAME_DEFECTS)].set_index("response_id")["truth"]
    columns = list(sources.instrument.columns)
    assert kinds.value_counts()["duplicate_complete"] == 1
    assert kinds.index.is_unique
    usable_names = set(mended["q01"])
    for row, kind in kinds.items():
        answers, name = table.loc[row, columns], truth.get(row, table.at[row, "q01"])
        if kind == "empty":
            assert (answers == "").all()
        if kind == "test_entry":
            assert "test" in {table.at[row, "q02"]}
        if kind.startswith("duplicate"):
            assert name in usable_names
            later = mended.index[mended["q01"] == name]
            assert (table.loc[later, "last_activity_at"] > table.at[row, "last_activity_at"]).all()
        if kind == "break_off":
            assert name not in usable_names
        if kind in ("break_off", "duplicate_incomplete"):
            assert table.at[row, "is_finished"] == "Nee"
            assert (table.loc[row, ["q29", "q30a", "q31"]] == "").all()
    assert survey.defects.loc[survey.defects["defect"] == "break_off", "column"].nunique() >= 6


def test_themes_stand_beside_an_answer(survey):
    table = survey.table.set_index("response_id")
    for row in survey.themes.itertuples():
        assert table.at[row.response_id, row.column] != ""


def test_texts_vary(survey, sources):
    for column in ("q17", "q26", "q27", "q28"):
        texts = survey.table.loc[survey.table[column].str.len() > 20, column]
        assert texts.nunique() > 0.85 * len(texts), column


def test_engagement_shows_in_the_answers(survey, usable):
    offers = (usable.filter(regex=r"^q21_[a-z]$") == "1").sum(axis=1)
    partners = (usable.filter(regex=r"^q22_[a-z]$") == "1").sum(axis=1)
    bottlenecks = (usable.filter(regex=r"^q25_[a-eg]$") == "1").sum(axis=1)
    further, exploring = usable["q04"] == "a", usable["q04"] == "d"
    assert offers[further].mean() > offers[exploring].mean() + 1
    assert partners[further].mean() > partners[exploring].mean() + 1
    assert bottlenecks[further].mean() < bottlenecks[exploring].mean()
    officer = usable["q19"] == "a"
    assert offers[officer].mean() > offers[usable["q19"] == "c"].mean()
    correlation = pd.concat([offers, partners], axis=1)[further | exploring].corr().iloc[0, 1]
    assert correlation > 0.2
