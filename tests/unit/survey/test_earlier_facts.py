"""What was published of an earlier wave: every figure is read, and the shares among them are told apart."""

from fractions import Fraction
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.survey.earlier_facts import OF_SHARES, earlier_shares, read_earlier_facts
from analysis.survey.quantifiers import read_quantifiers

PUBLISHED = Path("data/raw/published")
HEADER = "fact_id,topic,question,options,value,exactness,source,note\n"


def read(tmp_path, content, *required):
    path = tmp_path / "facts.csv"
    path.write_text(content, encoding="utf-8")
    return read_earlier_facts(path, *required)


def test_every_fact_is_read():
    facts = read_earlier_facts(PUBLISHED / "figures_2021.csv")
    assert len(facts) == 20
    assert facts["Y04"].options == ("a", "b", "c")


def test_a_percentage_is_a_share_and_a_word_with_a_fraction_is_its_lower_end(tmp_path):
    rows = [
        "E1,32,percent",
        "E2,ruim de helft,verbal",
        "E3,hoger,verbal",
        "E4,op grote schaal,verbal",
        "E5,4,count",
    ]
    facts = read(tmp_path, "\n".join(["fact_id,value,exactness", *rows]), OF_SHARES)
    shares = earlier_shares(facts, read_quantifiers(PUBLISHED / "quantifiers.csv"))
    assert shares == {"E1": Fraction(32, 100), "E2": Fraction(1, 2)}


def test_the_shares_of_2021():
    quantifiers = read_quantifiers(PUBLISHED / "quantifiers.csv")
    shares = earlier_shares(read_earlier_facts(PUBLISHED / "figures_2021.csv"), quantifiers)
    assert shares["Y02"] == Fraction(7, 100)
    assert shares["Y04"] == Fraction(80, 100)
    assert "Y08" not in shares
    assert "Y11" not in shares


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (
            "fact_id,value,exactness\nY01,7,percent\n",
            "line 1: the columns are others .missing: 'topic', 'question'",
        ),
        (HEADER + "Y01,t,q,a,7,exactly,s,n\n", "line 2, exactness"),
        (HEADER + "Y01,t,q,a,700,percent,s,n\n", "line 2: .*no percentage; expected a whole number from 0 to 100"),
        (HEADER + "Y01,t,q,a,7,percent,s,n\n" * 2, "line 3: the identifier Y01 was used before"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(tmp_path, content, message):
    with pytest.raises(InputError, match=message):
        read(tmp_path, content)


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(InputError, match="missing"):
        read_earlier_facts(tmp_path / "facts.csv")
