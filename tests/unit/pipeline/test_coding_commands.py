"""Codeframes and coding files that cannot be right are noticed before a build begins."""

import re
import shutil
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.pipeline.coding_commands import check_coding

REPOSITORY = Path(__file__).resolve().parents[3]


@pytest.fixture
def project(tmp_path):
    shutil.copytree(REPOSITORY / "data/raw/codeframes", tmp_path / "data/raw/codeframes")
    shutil.copy(REPOSITORY / "data/raw/instrument_2025.yaml", tmp_path / "data/raw/instrument_2025.yaml")
    (tmp_path / "data/raw/coding").mkdir()
    return tmp_path


def test_the_codeframes_of_the_project_are_in_order(project):
    check_coding(project)


def edit(old, new):
    def change(path):
        content = path.read_text(encoding="utf-8")
        assert old in content
        path.write_text(content.replace(old, new, 1), encoding="utf-8")

    return change


CODING = "answer_id,coder,codes,date,remark,codeframe\n"


@pytest.mark.parametrize(
    ("name", "damage", "message"),
    [
        (
            "codeframes/q07.yaml",
            Path.unlink,
            r"q07\.yaml: the open answers in q07 have no codeframe; .+ to do: bring",
        ),
        ("codeframes/residual.yaml", Path.unlink, r"residual\.yaml: the file is missing; expected .+; to do: .+"),
        (
            "codeframes/q05.yaml",
            edit("definition:", "defnition:"),
            r"q05\.yaml, line \d+, .+defnition: unknown key; expected one of .+definition, .+; to",
        ),
        (
            "codeframes/q05.yaml",
            edit("→ no_time", "→ no_tim"),
            r"q05\.yaml, line \d+, .+: no code is called no_tim; expected .+; to",
        ),
        (
            "codeframes/q05.yaml",
            edit("column: q05", "column: q07"),
            r"q05\.yaml, line \d+, .+ the file is called q05",
        ),
        (
            "codeframes/q26.yaml",
            lambda path: path.write_bytes(b"\xff\xfe"),
            r"q26\.yaml: the file is not UTF-8; .+",
        ),
        ("codeframes/q26.yaml", lambda path: path.write_text(""), r"q26\.yaml: the file holds no keys; .+"),
        (
            "codeframes/q01.yaml",
            lambda path: path.write_text(
                (path.parent / "q05.yaml").read_text().replace("column: q05", "column: q01")
            ),
            r"q01\.yaml: the questionnaire has no open answers in q01; expected one of q02, .+; to do: .+",
        ),
        (
            "coding/q26.csv",
            lambda path: path.write_text(f"{CODING}x1,anna,money,2025-03-03,,000000000000\n"),
            r"q26\.csv, line 2: coded with version 000000000000 of the codeframe, .+ to do: .+",
        ),
        (
            "coding/q26.csv",
            lambda path: path.write_text("a,b\n"),
            r"q26\.csv, line 1: the columns are others \(missing: .+; unknown: 'a', 'b'\); .+ to do: .+",
        ),
        (
            "coding/set_aside.csv",
            lambda path: path.write_text("answer_id\n"),
            r"set_aside\.csv, line 1: the columns are others \(missing: 'reason'\); expected .+; to do: .+",
        ),
    ],
)
def test_what_is_damaged_is_named_with_file_place_and_remedy(project, name, damage, message):
    damage(project / "data/raw" / name)
    with pytest.raises(InputError) as refused:
        check_coding(project)
    assert re.search(message, str(refused.value))
