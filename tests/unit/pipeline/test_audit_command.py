"""Auditing any report from the command line."""

import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.pipeline.command_line import main

CLAIMS = "data/raw/published/claims_2025.csv"
HEADER = "claim_id,evidence,chapter,question,options,base,statistic,kind,quantifier,relation,reference,value,n"
SOUND = "S1,closed,1,q01,a,all,share,exact_percent,,,,60,10"


@pytest.fixture
def report(tmp_path):
    """Write the files that docs/audit.md shows."""
    blocks = re.findall(r"```(yaml|csv)\n(.*?)```", Path("docs/audit.md").read_text(encoding="utf-8"), re.DOTALL)
    for (_, text), name in zip(blocks, ("instrument.yaml", "claims.csv", "answers.csv"), strict=True):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def audit(report, *arguments):
    return main(["audit", str(report / "claims.csv"), "--instrument", str(report / "instrument.yaml"), *arguments])


def test_one_command_audits_a_report_without_respondents(tmp_path, capsys):
    out = tmp_path / "verdicts.csv"
    assert main(["audit", CLAIMS, "--facts", "data/raw/published/figures_2021.csv", "--to", str(out)]) == 0
    assert "C08 (regel 52)" in capsys.readouterr().out
    table = pd.read_csv(out)
    assert len(table) == 234
    assert set(table["data_verdict"]) == {"not_tested"}


def test_the_example_of_the_documentation_is_audited(report, capsys):
    assert audit(report) == 0
    printed = capsys.readouterr().out
    assert "S2 (regel 3), de helft: Kan niet samen met S1 (60%)" in printed
    assert "Uitspraken met een hoeveelheid: 5" in printed
    assert "Er zijn geen antwoorden" in printed


def test_the_example_is_audited_with_its_answers(report, capsys):
    out = report / "verdicts.csv"
    arguments = ["--answers", str(report / "answers.csv"), "--population", "12", "--to", str(out)]
    assert audit(report, *arguments) == 0
    assert "De antwoorden en andere gegevens bevestigen er 2" in capsys.readouterr().out
    table = pd.read_csv(out).set_index("claim_id")
    # Six of ten lend; of those six five lend laptops and two tablets, where the report says more tablets.
    assert table["data_verdict"].to_dict() == {
        "S1": "confirmed",
        "S2": "within_interval",
        "S3": "confirmed",
        "S4": "contradicted",
        "S5": "not_tested",
    }
    assert table.loc["S3", "data_share"] == pytest.approx(5 / 6)
    assert table.loc["S2", "data_ci_high"] < 0.8


def test_a_wrong_row_is_named_with_its_line(tmp_path, capsys):
    path = tmp_path / "claims.csv"
    shutil.copy(CLAIMS, path)
    path.write_text(path.read_text(encoding="utf-8").replace("q16,a,planning", "q99,a,planning"), encoding="utf-8")
    assert main(["audit", str(path)]) == 0
    assert "the questionnaire has no question q99" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            "S2,closed,1,q09,a,all,share,exact_percent,,,,60,10",
            "line 3, S2: the questionnaire has no question q09",
        ),
        ("S2,closed,1,q01,z,all,share,exact_percent,,,,60,10", "line 3, S2: question q01 has no option 'z'"),
        ("S2,closed,1,q01,a,all,share,verbal,een heleboel,,,,10", "line 3, S2: the quantity 'een heleboel'"),
        ("S2,closed,1,q01,a,all,share,exact_percent,,,,160,10", "line 3, S2: a percentage lies between 0 and 100"),
        ("S2,closed,1,q01,a,all,share,relative,meer,above,S2,,10", "line 3, S2: its reference S2 leads back"),
        (
            "S1,closed,1,q01,b,all,share,exact_percent,,,,40,10",
            "line 3, S1: the identifier was used before, in line 2",
        ),
        (
            "S2,closed,1,q01,a,all,share,exact_percent,,,,60,99999999999",
            "line 3, S2, n: the input does not fit ('99999999999'); expected less than",
        ),
        ("S2,closed,1,q01,a,all,count,exact_count,,,,1" + "0" * 5000 + ",10", "line 3, S2, value"),
        (
            "S2,closed,1,q01,a,all,share,exact_percent,,,,12.5,10",
            "line 3, S2, value: the input does not fit ('12.5'); expected a valid integer",
        ),
        ("S2,closd,1,q01,a,all,share,exact_percent,,,,60,10", "line 3, S2, evidence"),
        ("S2,closed,1,q01,a,all,share", "line 3: the row has 7 cells"),
        ("S2,closed,1,q01,a,some,share,exact_percent,,,,60,10", "line 3, S2: the questionnaire has no base some"),
        ("S2,closed,1,q01,a,all,share,verbal,iets groter,,,,10", "line 3, S2: the words 'iets groter' compare"),
        (
            "S2,closed,1,q02,a,lending,share,relative,meer,above,S1,,6",
            "line 3, S2: its reference S1 has another base",
        ),
    ],
)
def test_what_is_wrong_with_a_row_is_named_and_the_others_are_audited(report, capsys, row, message):
    (report / "claims.csv").write_text("\n".join([HEADER, SOUND, row]), encoding="utf-8")
    assert audit(report) == 0
    printed = capsys.readouterr().out
    assert f"claims.csv, {message}" in printed
    assert "Uitspraken met een hoeveelheid: 1" in printed
    assert max(map(len, printed.splitlines())) < 600


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
        (b"claim_id,chapter\nS1,1\n", "line 1: the columns are others (missing: 'evidence'"),
        ((HEADER + ",page\n").encode(), "line 1: the columns are others (unknown: 'page')"),
        ((HEADER + ",n\n").encode(), "(there twice: 'n')"),
        (f'{HEADER}\n"S1,closed'.encode(), "line 2: the row cannot be read"),
        (b"\x00\x01\x02\x03", "bytes that are no text"),
    ],
)
def test_a_file_that_is_no_list_of_statements_is_refused(report, capsys, content, message):
    (report / "claims.csv").write_bytes(content)
    assert audit(report) == 1
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_statements_as_excel_writes_them_are_read(report, capsys, encoding):
    text = f"{HEADER},note\r\n{SOUND},één\r\n".replace(",", ";")
    (report / "claims.csv").write_bytes(text.encode(encoding))
    assert audit(report) == 0
    assert "Uitspraken met een hoeveelheid: 1" in capsys.readouterr().out


def test_a_report_of_a_hundred_million_is_counted_exactly(report, capsys):
    rows = [
        "S1,closed,1,q01,a,all,count,exact_count,,,,60000000,100000000",
        "S2,closed,1,q01,a,all,share,exact_percent,,,,60,100000000",
        "S3,closed,1,q01,b,all,share,exact_percent,,,,41,100000000",
    ]
    (report / "claims.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    assert audit(report) == 0
    printed = capsys.readouterr().out
    assert "S3 (regel 4), 41%: Kan niet samen met S1 (60000000)" in printed
    assert "klopt er 1 niet" in printed


def test_a_share_of_everyone_counts_who_was_not_asked_too(report, capsys):
    out = report / "verdicts.csv"
    rows = [
        "S1,closed,2,q02,a,all,share,exact_percent,,,,50,10",
        "S2,closed,2,q02,a,lending,share,exact_percent,,,,83,6",
    ]
    (report / "claims.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    assert audit(report, "--answers", str(report / "answers.csv"), "--to", str(out)) == 0
    table = pd.read_csv(out).set_index("claim_id")
    assert list(table["data_share"]) == pytest.approx([5 / 10, 5 / 6])
    assert set(table["data_verdict"]) == {"confirmed"}


def test_nothing_but_wrong_rows_is_no_crash(report, capsys):
    (report / "claims.csv").write_text(f"{HEADER}\nS1,closed,1,q99,a,all,share,verbal,de helft,,,,9\n", "utf-8")
    assert audit(report, "--answers", str(report / "answers.csv")) == 0
    assert "no question q99" in capsys.readouterr().out


def test_a_missing_file_is_an_error(tmp_path, capsys):
    assert main(["audit", str(tmp_path / "none.csv")]) == 1
    assert "the file is missing" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("q01,q02_a\na,1\n", "the columns q02_b are missing"),
        ("q01,q02_a,q02_b\nx,1,0\n", "row 2, column q01: the cell is no code of its question"),
        ("q01,q02_a,q02_b\na,1,7\n", "row 2, column q02_b: the cell is no code of its question"),
        ("q01,q02_a,q02_b\n", "there is no row"),
    ],
)
def test_answers_that_do_not_fit_the_questionnaire_are_refused(report, capsys, content, message):
    (report / "answers.csv").write_text(content, encoding="utf-8")
    assert audit(report, "--answers", str(report / "answers.csv")) == 1
    assert message in capsys.readouterr().err


def test_what_is_wrong_with_the_other_arguments_is_named(report, capsys):
    (report / "terms.csv").write_text("term,claim_id\nlends,S9\n", encoding="utf-8")
    assert audit(report, "--terms", str(report / "terms.csv")) == 0
    assert "terms.csv: the statement S9 is not among those that can be read" in capsys.readouterr().out
    assert audit(report, "--answers", str(report / "answers.csv"), "--population", "9") == 1
    assert "the population (9) is below the 10 respondents" in capsys.readouterr().err
    assert audit(report, "--to", str(report / "none/verdicts.csv")) == 1
    assert "the folder of this file is missing" in capsys.readouterr().err


def test_an_error_that_nobody_foresaw_quotes_no_answers_that_were_given(report, capsys, monkeypatch):
    def fail(*arguments, **options):
        raise KeyError("what somebody wrote")

    monkeypatch.setattr("analysis.pipeline.audit_command.audit_claims", fail)
    monkeypatch.setattr("analysis.pipeline.command_line.may_quote_answers", lambda root: False)
    assert audit(report, "--answers", str(report / "answers.csv")) == 1
    error = capsys.readouterr().err
    assert "KeyError at " in error
    assert "what somebody wrote" not in error
    # The arithmetic reads no answers: there the whole error helps who mends it.
    with pytest.raises(KeyError, match="what somebody wrote"):
        audit(report)


def test_answers_that_nobody_asked_for_are_counted_and_left_out(report, capsys):
    text = (report / "answers.csv").read_text(encoding="utf-8")
    (report / "answers.csv").write_text(text.replace("b,,", "b,1,", 1), encoding="utf-8")
    assert audit(report, "--answers", str(report / "answers.csv")) == 0
    assert "1 antwoorden op vragen die niet gesteld zijn" in capsys.readouterr().out
