"""What statements about the response count."""

from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.survey.claims import read_claims
from analysis.survey.response_statements import read_response_statements

PUBLISHED = Path("data/raw/published")


def test_every_statement_that_is_named_is_in_the_claims():
    named = read_response_statements(PUBLISHED / "response_2025.csv")
    assert set(named) <= set(read_claims(PUBLISHED / "claims_2025.csv"))
    assert named["R05"] == "represented"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("claim_id,quantity,note\nA,usable,\nB,everyone,\n", "line 3: the quantity 'everyone' is unknown"),
        ("claim_id,quantity,note\nA,usable,\nA,joint,\n", "line 3: the statement A stands here twice"),
        ("claim,quantity\nA,usable\n", "line 1: the columns are others"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path, text, message):
    path = tmp_path / "response.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_response_statements(path)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="the file is missing"):
        read_response_statements(tmp_path / "none.csv")
