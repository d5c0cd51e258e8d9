"""What the audit reads: coded answers, of which some or all may be missing, and two registers."""

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.pipeline import published_audit

THEMES = "level,denominator,question,option,base,group,estimator,n,count,share,ci_low,ci_high\n"
COUNTED = "claim,routed,q26,O1101,planning,all,unweighted,140,50,0.36,0.3,0.42\n"
ANSWERS = "answer_id,respondent_id,column,text\na1,r1,q26,x\na2,r2,q26,y\n"
AGREEMENT = "column,level,code,alpha,alpha_low\nq26,claim,all,0.7,0.6\nq26,theme,O1101,0.1,0\n"
PROGRESS = "column,threshold\nq26,0.667\n"
CODED = "column,answer_id,codes,any_codes,source,respondent_id\n"


@pytest.fixture
def coded(tmp_path, monkeypatch):
    """Return a function that reads coded answers from these texts."""

    def read(themes, codes, agreement=AGREEMENT):
        texts = {"themes": themes, "coded_answers": codes, "open_answers": ANSWERS}
        for name, text in (texts | {"coding_agreement": agreement, "coding_progress": PROGRESS}).items():
            (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")

        def find(path):
            here = tmp_path / Path(path).name
            return here if here.exists() else Path(path)

        monkeypatch.setattr(published_audit, "input_path", find)
        return published_audit.read_coded_claims()

    return read


CLAIM = SimpleNamespace(claim_id="O1101", base="planning")


def test_when_nothing_is_coded_no_statement_counts_as_coded(coded):
    found = coded(THEMES, CODED)
    assert found.decides(CLAIM)
    assert not found.is_coded(CLAIM)


def test_a_column_with_an_answer_that_nobody_coded_does_not_count(coded):
    one = "q26,a1,youth_care_not_effective,youth_care_not_effective,same,r1\n"
    assert not coded(THEMES + COUNTED, CODED + one).is_coded(CLAIM)
    # A second answer on which the coders do not agree is coded all the same.
    assert coded(THEMES + COUNTED, CODED + one + "q26,a2,,financing,open,r2\n").is_coded(CLAIM)


@pytest.mark.parametrize(
    ("alpha", "is_agreed"), [("0.666,0.5", False), ("0.667,0.5", True), ("-0.1,-0.2", False), (",", True)]
)
def test_a_statement_is_disputed_when_alpha_of_its_own_codes_is_below_the_threshold(coded, alpha, is_agreed):
    found = coded(THEMES + COUNTED, CODED, AGREEMENT + f"q26,claim,O1101,{alpha}\n")
    assert found.is_agreed(CLAIM) == is_agreed


def test_size_classes_of_two_days(monkeypatch):
    monkeypatch.setattr(published_audit, "input_path", Path)
    register = pd.read_csv("data/raw/register/municipalities_2025.csv")
    frame = pd.DataFrame({"size_class": published_audit.size_class_of(register["population"])})
    found = published_audit.read_size_classes(frame).pivot(index="size_class", columns="day", values="n")
    # Municipalities only grew into a larger class between the two days, five of them past 50 000 inhabitants.
    assert found["2025-01-01"].to_dict() == {"d": 246, "c": 64, "ab": 32}
    assert found["2021-01-01"].to_dict() == {"d": 251, "c": 59, "ab": 32}
