"""A quote is shown only when a person approved it and nothing in it or beside it tells who wrote it."""

import pandas as pd
import pytest

from analysis.errors import InputError
from analysis.survey.coding.quotes import approved_quotes

ANSWERS = pd.DataFrame(
    [
        ("x1", "r1", "q26", "Er is  geen geld voor\neen loket in [gemeente]."),
        ("x2", "r1", "q27", "Een website voor iedereen."),
        ("x3", "r2", "q26", "Bel Jan Jansen maar."),
    ],
    columns=["answer_id", "respondent_id", "column", "text"],
    dtype="str",
)
HEADER = "answer_id,quote,approved_by,approved_on\n"


def screen(text):
    return ["person_name"] if "Jan" in text else []


@pytest.fixture
def approve(tmp_path):
    """Write lines of approval and read the quotes."""

    def read(*lines, header=HEADER):
        path = tmp_path / "approved_quotes.csv"
        path.write_text(header + "".join(f"{line}\n" for line in lines), encoding="utf-8")
        return approved_quotes(path, ANSWERS, screen)

    return read


def test_without_a_file_nothing_is_quoted(tmp_path):
    assert approved_quotes(tmp_path / "none.csv", ANSWERS, screen).empty


def test_an_approved_quote_comes_without_answer_and_respondent(approve):
    table = approve("x1,geen geld […] loket,ria,2025-03-03", "x3,Bel […] maar.,ria,2025-03-03")
    assert table.to_dict("list") == {"column": ["q26", "q26"], "quote": ["Bel […] maar.", "geen geld […] loket"]}


def test_white_space_makes_no_difference(approve):
    assert approve("x1,Er is geen geld voor een loket,ria,2025-03-03")["quote"].tolist()


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["x9,geen geld,ria,2025-03-03"], "line 2: the answer is not in the data"),
        (["x1,veel geld,ria,2025-03-03"], "line 2: the quote does not stand so in the answer"),
        (["x1,loket […] geld,ria,2025-03-03"], "line 2: the quote does not stand so"),
        (["x1,[…],ria,2025-03-03"], "line 2: the quote does not stand so"),
        (["x3,Bel Jan,ria,2025-03-03"], r"line 2: the quote holds personal data \(person_name\)"),
        (["x1,geen geld,,2025-03-03"], "line 2: a field is missing"),
        (["x1,geen geld,ria"], "line 2: the row has 3 cells; expected 4"),
        (
            ["x1,geen geld,ria,2025-03-03", "x2,Een website,ria,2025-03-03"],
            "line 3: its respondent is quoted on line 2 too",
        ),
    ],
)
def test_a_quote_that_may_not_be_shown_is_refused_with_its_line(approve, lines, message):
    with pytest.raises(InputError, match=message) as refusal:
        approve(*lines)
    assert "Jan" not in str(refusal.value)


def test_another_header_is_refused(approve):
    with pytest.raises(InputError, match="line 1: the columns are others"):
        approve(header="answer_id,quote\n")


def test_a_file_that_a_spreadsheet_saved_is_read(tmp_path):
    path = tmp_path / "approved_quotes.csv"
    path.write_bytes(f"{HEADER}x1,één loket,Zoë,2025-03-03\n".replace(",", ";").encode("cp1252"))
    answers = ANSWERS.assign(text=["Er is één loket.", "", ""])
    assert approved_quotes(path, answers, screen)["quote"].tolist() == ["één loket"]


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", f"{HEADER}x1,\0,ria,2025-03-03\n".encode()])
def test_bytes_that_are_no_text_are_refused(tmp_path, content):
    path = tmp_path / "approved_quotes.csv"
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"approved_quotes\.csv"):
        approved_quotes(path, ANSWERS, screen)
