"""A chapter is complete and holds together, or it is refused."""

import pytest

from analysis.errors import InputError
from analysis.reporting.chapter import ALL, ESTIMATORS, GROUPS, check_chapter
from analysis.statistics import estimates
from analysis.survey.respondents import SIZE_CLASSES


def test_names_are_those_of_the_estimates(results):
    assert estimates.ALL == ALL
    assert set(results["answered"]["estimates"]["estimator"]) == set(ESTIMATORS)
    assert list(GROUPS) == [ALL, *SIZE_CLASSES]


@pytest.mark.parametrize("number", [4, 5, 6, 7, 8, 9, 10])
def test_every_chapter_of_the_report_is_complete(chapter, number):
    found = chapter(number)
    assert check_chapter(found).startswith(f"{len(found.questions)} gesloten vragen")
    assert set(found.estimates["chapter"]) == {number}


def test_tables_are_read_back_as_they_were_made(chapter, results):
    found = chapter(4).estimates
    made = results["answered"]["estimates"]
    made = made[made["chapter"] == 4].reset_index(drop=True)
    assert found["share"].dropna().tolist() == made["share"].dropna().tolist()
    assert found["flag"].tolist() == made["flag"].tolist()
    assert found["n_effective"].isna().tolist() == made["n_effective"].isna().tolist()


def test_a_missing_option_a_missing_base_and_a_repeated_estimate_are_refused(chapter, results):
    tables = results["answered"]
    rows = tables["estimates"]
    lacking = rows[(rows["question"] != "q16") | (rows["option"] != "e")]
    with pytest.raises(InputError, match="q16 lacks an option"):
        check_chapter(chapter(4, estimates=lacking))
    with pytest.raises(InputError, match="q20 lacks a base"):
        check_chapter(chapter(5, bases=tables["bases"].query("question != 'q20'")))
    with pytest.raises(InputError, match="q23 lacks a base or a test"):
        check_chapter(chapter(7, differences=tables["differences"].query("question != 'q23d'")))
    twice = rows.iloc[[*range(len(rows)), rows.index[rows["question"] == "q18"][0]]]
    with pytest.raises(InputError, match="q18 has an estimate twice"):
        check_chapter(chapter(5, estimates=twice))


def test_a_share_outside_its_interval_is_refused(chapter, results):
    rows = results["answered"]["estimates"]
    moved = rows.assign(ci_low=rows["ci_low"].mask(rows["question"] == "q18", 0.99))
    with pytest.raises(InputError, match="q18 has a share outside its interval"):
        check_chapter(chapter(5, estimates=moved))


def test_more_answers_than_respondents_are_refused(chapter, results):
    rows = results["answered"]["estimates"]
    more = rows.assign(count=rows["count"].mask(rows["question"] == "q18", 160))
    with pytest.raises(InputError, match="q18 has more answers than respondents"):
        check_chapter(chapter(5, estimates=more))


def test_a_chapter_without_closed_questions_and_a_question_of_another_chapter_are_refused(chapter):
    with pytest.raises(InputError, match="chapter 11 has no closed question"):
        chapter(11)
    with pytest.raises(InputError, match="chapter 4 has no closed question q18"):
        chapter(4).question("q18")


def test_who_was_asked_is_named(chapter):
    found = chapter(4)
    assert found.noun(found.question("q04")) == "gemeenten"
    assert found.noun(found.question("q06")) == "gemeenten zonder plannen"
    assert chapter(7).items(chapter(7).question("q23"))["q23d"] == "Het kind staat voorop"
