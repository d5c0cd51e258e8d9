"""A file that people keep, saved by Excel in the Netherlands, reads the same wherever it is used.

Excel writes semicolons, Windows-1252 and line ends of Windows.
"""

import csv
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from analysis.pipeline.published_audit import read_terms
from analysis.reporting.wording import read_wording
from analysis.survey.claims import read_claims
from analysis.survey.coding.codeframe import load_codeframe
from analysis.survey.coding.coding_file import read_codings, read_set_aside
from analysis.survey.coding.quotes import read_approvals
from analysis.survey.earlier_facts import read_earlier_facts
from analysis.survey.passport import file_hash, read_passport, write_passport
from analysis.survey.published_sentences import read_sentences
from analysis.survey.quantifiers import read_quantifiers
from analysis.survey.register import load_register, read_mergers, read_names
from analysis.survey.response_statements import read_response_statements

RAW = Path(__file__).parents[2] / "data/raw"
KEPT = sorted(
    path.relative_to(RAW) for folder in ("register", "published") for path in (RAW / folder).glob("*.csv")
)
CODEFRAME = load_codeframe(RAW / "codeframes/q26.yaml")
READERS = {
    "municipalities_2021.csv": load_register,
    "municipalities_2025.csv": load_register,
    "municipality_names.csv": read_names,
    "mergers_2021_2025.csv": read_mergers,
    "claims_2025.csv": lambda path: dict(read_claims(path)),
    "conclusions_2025.csv": read_sentences,
    "figures_2021.csv": read_earlier_facts,
    "quantifiers.csv": lambda path: (read_quantifiers(path).rows, read_wording(path)),
    "response_2025.csv": read_response_statements,
    "terms_2025.csv": read_terms,
}
CODING = {
    "q26.csv": lambda path: read_codings(path, CODEFRAME),
    "set_aside.csv": read_set_aside,
    "approved_quotes.csv": read_approvals,
}
ROWS = {
    "q26.csv": "answer_id,coder,codes,date,remark,codeframe\n"
    f'a1,anna,other,2026-11-24,"één; of ""twee"", regels\nlang",{CODEFRAME.fingerprint}\n'
    f"a1,bo,youth_care_not_effective;too_quick_protection,2026-11-24,,{CODEFRAME.fingerprint}\n",
    "set_aside.csv": "answer_id,reason\na1,bij nader inzien dezelfde reactie; één te veel\n",
    "approved_quotes.csv": "answer_id,quote,approved_by,approved_on\na1,te laat […] geïndiceerd,anna,2026-11-24\n",
}
STAGES = (
    ["synthetic"],
    ["run", "01_cleaning"],
    ["run", "02_response"],
    ["estimates"],
    ["run", "03_representativeness"],
    ["run", "13_comparison_2021"],
    ["run", "14_published_audit"],
)
"""Every stage that reads a register or what was published for more than its words."""
HASH_OF_AN_INPUT = re.compile(rb"<code>[0-9a-f]{16}</code>")
"""What the foot of a page says of the bytes that it was made from."""


def save_in_excel(path):
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    with path.open("w", encoding="cp1252", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)


def content(found):
    return found.to_dict("list") if isinstance(found, pd.DataFrame) else found


def test_every_file_that_people_keep_is_tried():
    assert {path.name for path in KEPT} == set(READERS)


@pytest.mark.parametrize("name", [*READERS, *CODING])
def test_a_reader_finds_the_same(tmp_path, name):
    path, read = tmp_path / name, (READERS | CODING)[name]
    if name in CODING:
        path.write_text(ROWS[name], encoding="utf-8")
    else:
        shutil.copy(next(RAW / kept for kept in KEPT if kept.name == name), path)
    before, as_kept = content(read(path)), path.read_bytes()
    save_in_excel(path)
    assert path.read_bytes() != as_kept
    assert content(read(path)) == before
    assert before


def outputs(folder):
    paths = [
        *folder.glob("data/raw/synthetic*.csv"),
        *folder.glob("data/processed/*.csv"),
        *folder.glob("reports/**/*.csv"),
        *folder.glob("reports/*.html"),
    ]
    return {path: HASH_OF_AN_INPUT.sub(b"", path.read_bytes()) for path in paths}


def test_the_stages_that_use_them_write_the_same(project, run):
    for name in KEPT:
        path = project / "data/raw" / name
        save_in_excel(path)
        changed = {"sha256": file_hash(path), "size_bytes": path.stat().st_size}
        write_passport(path, read_passport(path).model_copy(update=changed))
    before = outputs(project)
    for command in (["check"], *STAGES):
        done = run(project, "python", "-m", "analysis", *command)
        assert done.returncode == 0, done.stdout + done.stderr
    after = outputs(project)
    assert [path.name for path in before if after.get(path) != before[path]] == []
    assert set(after) == set(before)
