"""The questionnaire of 2025 against the annex and the published claims, and every refusal of a broken one."""

import re
from pathlib import Path

import pandas as pd
import pytest
from pydantic import ValidationError

from analysis.errors import InputError
from analysis.survey.instrument import MISSING, load_instrument

ROOT = Path(__file__).resolve().parents[3]
INSTRUMENT = ROOT / "data/raw/instrument_2025.yaml"
CLAIMS = ROOT / "data/raw/published/claims_2025.csv"

ANNEX = [f"q{n:02}" for n in range(1, 23)] + ["q22b"] + [f"q{n}" for n in range(23, 32)]
OPEN = {"q01", "q02", "q05", "q07", "q11", "q17", "q26", "q27", "q28", "q30", "q31"}
MULTI = {"q21", "q22", "q22b", "q24", "q25"}
LAST_LETTER = {
    **{"q03": "d", "q04": "h", "q06": "e", "q08": "c", "q09": "e", "q10": "d", "q12": "b", "q13": "d"},
    **{"q14": "c", "q15": "b", "q16": "e", "q18": "c", "q19": "c", "q20": "c", "q21": "o", "q22": "y"},
    **{"q22b": "f", "q24": "e", "q25": "g", "q29": "b"},
}
BASES = {
    "no_plan": {"q05", "q06", "q07"},
    "implemented": {"q08", "q09", "q10", "q11", "q12"},
    "implementing": {"q13", "q14", "q15"},
    "all": {"q01", "q02", "q03", "q04", "q29", "q30", "q31"},
}
ELABORATION = {
    **{"q09": "e", "q10": "d", "q12": None, "q13": "d", "q15": None, "q18": "c"},
    **{"q21": "o", "q22": "y", "q24": "e", "q25": "g"},
}
FIGURES = {
    **{"q01": "1", "q03": "table1", "q04": "2", "q16": "3", "q18": "4", "q19": "5", "q20": "6", "q21": "7"},
    **{"q22": "8", "q22b": "9", "q23": "10", "q08": "11", "q09": "12", "q10": "13", "q12": "14", "q13": "15"},
    **{"q14": "16", "q15": "17", "q24": "18", "q25": "19"},
}


@pytest.fixture(scope="module")
def instrument():
    return load_instrument(INSTRUMENT)


def test_questions_stand_in_the_order_of_the_annex_under_their_printed_number(instrument):
    assert [question.name for question in instrument.questions] == ANNEX
    printed = {question.name: question.number for question in instrument.questions}
    assert {name: printed[name] for name in ("q22", "q22b", "q29", "q30", "q31")} == {
        **{"q22": "22", "q22b": "22", "q29": "6", "q30": "7", "q31": "8"}
    }
    others = {name: number for name, number in printed.items() if name not in {"q22b", "q29", "q30", "q31"}}
    assert all(number == str(int(name[1:])) for name, number in others.items())


def test_types_letters_and_exclusive_options_are_those_of_the_annex(instrument):
    by_type = {question.name: question.type for question in instrument.questions}
    assert {name for name, kind in by_type.items() if kind == "open"} == OPEN
    assert {name for name, kind in by_type.items() if kind == "multi"} == MULTI
    assert {name for name, kind in by_type.items() if kind == "grid"} == {"q23"}
    for name, last in LAST_LETTER.items():
        letters = tuple(chr(code) for code in range(ord("a"), ord(last) + 1))
        assert instrument.question(name).codes == letters, name
    assert instrument.question("q23").codes == ("altijd", "soms", "zelden", "nooit")
    assert [item.code for item in instrument.question("q23").items] == ["a", "b", "c", "d"]
    exclusive = {q.name: q.exclusive_codes for q in instrument.questions if q.exclusive_codes}
    assert exclusive == {"q24": ("d",), "q25": ("f",)}


def test_who_is_asked_and_which_kinds_of_missing_follow_the_annex(instrument):
    named = {name: base for base, names in BASES.items() for name in names}
    for question in instrument.questions:
        base = named.get(question.name, "planning")
        assert question.base == base, question.name
        assert question.missing == (("not_answered",) if base == "all" else ("not_asked", "not_answered"))
    conditions = {base.name: base.when for base in instrument.bases}
    assert conditions == {
        "all": {},
        "planning": {"q04": ("a", "b", "c", "d")},
        "implemented": {"q04": ("a",)},
        "implementing": {"q04": ("b",)},
        "no_plan": {"q04": ("e", "f", "g", "h")},
    }
    assert tuple(kind.code for kind in instrument.missing) == MISSING


def test_free_text_figures_and_disclosure_classes(instrument):
    texts = {q.name: q.text.option for q in instrument.questions if q.text}
    assert texts == ELABORATION
    assert {q.name: q.figure for q in instrument.questions if q.figure} == FIGURES
    classes = {q.name: q.disclosure for q in instrument.questions}
    assert {name for name, kind in classes.items() if kind == "identifier"} == {"q01", "q30", "q31"}
    assert {name for name, kind in classes.items() if kind == "quasi_identifier"} == {"q02", "q03"}
    assert {name for name, kind in classes.items() if kind == "free_text"} == OPEN - {"q01", "q02", "q30", "q31"}


def test_columns_follow_from_type_and_free_text_stands_after_its_question(instrument):
    assert instrument.question("q04").columns == ("q04",)
    assert instrument.question("q21").columns[-2:] == ("q21_n", "q21_o")
    assert instrument.question("q23").columns == ("q23a", "q23b", "q23c", "q23d")
    assert instrument.question("q30").columns == ("q30a", "q30b")
    assert instrument.question("q09").text_column == "q09_text"
    assert instrument.question("q08").text_column is None
    columns = instrument.columns
    assert columns[columns.index("q25_g") + 1 :] == ("q25_text", "q26", "q27", "q28", "q29", "q30a", "q30b", "q31")
    single = sum(q.type == "single" for q in instrument.questions)
    assert len(columns) == len(set(columns)) == single + 58 + 4 + (len(OPEN) + 1) + len(ELABORATION)
    assert {q.name for q in instrument.closed_questions} == set(ANNEX) - OPEN


def test_labels_are_short_and_tell_the_answers_of_a_question_apart(instrument):
    for question in instrument.questions:
        for language in ("nl", "en"):
            for parts in (question.options, question.items):
                labels = [getattr(part, language) for part in parts]
                assert len({label.casefold() for label in labels}) == len(labels), question.name
                assert all(len(label) <= 45 for label in labels), question.name
    for language in ("nl", "en"):
        names = [getattr(question, language) for question in instrument.questions]
        assert len(set(names)) == len(names)
        assert all(len(name) <= 50 for name in names)


def published_answers():
    claims = pd.read_csv(CLAIMS, dtype="str", keep_default_na=False)
    claims = claims[claims["evidence"].eq("closed") & claims["question"].str.match(r"q\d")]
    assert len(claims) > 100
    return [pytest.param(claim, id=claim.claim_id) for claim in claims.itertuples()]


@pytest.mark.parametrize("claim", published_answers())
def test_every_published_answer_exists_in_the_instrument(instrument, claim):
    name, item = re.fullmatch(r"(q23)?([a-d])?|.*", claim.question).groups()
    question = instrument.question(name or claim.question)
    assert item is None or item in [row.code for row in question.items]
    options = set(filter(None, claim.options.split(";")))
    assert options <= set(question.codes)
    assert claim.base in ("", question.base)
    # A count can be the base of another question's figure.
    assert claim.statistic == "count" or claim.figure in ("", question.figure)


def test_unknown_question_and_base_are_named(instrument):
    with pytest.raises(InputError, match=r"no question 'q23a'.*expected one of q01, q02"):
        instrument.question("q23a")
    with pytest.raises(InputError, match=r"no base 'population'.*expected one of all, planning"):
        instrument.base("population")


def test_a_loaded_instrument_cannot_be_changed(instrument):
    with pytest.raises(ValidationError, match="frozen"):
        instrument.question("q04").base = "planning"
