"""The conclusions of a report: a sentence for each statement, and one only."""

from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.survey.claims import read_claims
from analysis.survey.published_sentences import read_sentences

PUBLISHED = Path("data/raw/published")


def test_each_sentence_belongs_to_a_published_statement():
    sentences = read_sentences(PUBLISHED / "conclusions_2025.csv")
    assert set(sentences) <= set(read_claims(PUBLISHED / "claims_2025.csv"))
    assert all(sentences.values())


def test_a_file_that_a_spreadsheet_saved_is_read(tmp_path):
    path = tmp_path / "conclusions.csv"
    path.write_bytes('claim_id;nl\r\nC1;"Eén op de vier; dat is veel"\r\n'.encode("cp1252"))
    assert read_sentences(path) == {"C1": "Eén op de vier; dat is veel"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("claim_id,nl\nC1,\n", "line 2: the cell of nl is blank"),
        ("claim_id,nl\n,Een kwart\n", "line 2: the cell of claim_id is blank"),
        ("claim_id,nl\nC1,Een kwart\n\nC1,De helft\n", "line 4: the statement C1 stands here twice"),
        ("claim_id,nl\nC1,Een kwart, of meer\n", "line 2: the row has 3 cells"),
        ("claim_id,text\nC1,Een kwart\n", "line 1: the columns are others"),
    ],
)
def test_what_says_nothing_or_says_it_twice_is_refused(tmp_path, text, message):
    path = tmp_path / "conclusions.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_sentences(path)
