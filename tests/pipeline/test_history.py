"""Nothing confidential was ever committed: no answers, no outputs, no address of a person, in any version."""

import re
import subprocess
from pathlib import Path

import pytest

from analysis.survey.contact_data import EMAIL, TELEPHONE

ROOT = Path(__file__).parents[2]
CONFIDENTIAL = re.compile(
    r"^data/raw/(?!README\.md$|published/|register/|coding/|codeframes/|instrument_\d{4}\.yaml|columns_\d{4}\.yaml"
    r"|corrections\.yaml|crosswalk_\d{4}\.yaml)|^data/(?:processed|coding_sheets)/(?!README\.md$)|^reports/(?!README\.md$|summary\.json$)"
    r"|\.(?:sav|xlsx?|ods|por|dta|pdf|parquet|pickle|pkl)$"
)
"""Paths on which answers of respondents, or what was made of them, can stand."""
PUBLISHED = ("data/raw/register/", "data/raw/published/", "reports/summary.json", "dvc.lock")
"""Public facts and hashes: shares, numbers and digits stand there that look like a telephone number."""
INVENTED = (
    "tests/",
    "benchmarks/",
    "src/analysis/survey/synthetic/",
    "src/analysis/survey/masking",
    "uv.lock",
    "docs/sbom",
)
"""Addresses and numbers there are invented to test what finds them, or belong to packages."""
PUBLIC = re.compile(
    r"@(?:users\.noreply\.|example\.|voorbeeld\.)|git@|@[\w-]+\.(?:setter|fixture|mark)", re.IGNORECASE
)
PSEUDONYM = re.compile(r"^(?:respondent_id|answer_id|reaction),", re.MULTILINE)


def git(*arguments, text=None):
    ran = subprocess.run(["git", *arguments], cwd=ROOT, input=text, capture_output=True, check=True)
    return ran.stdout.decode("utf-8", "replace")


@pytest.fixture(scope="module")
def versions():
    """Return path by object of every version of every file, on every branch."""
    if subprocess.run(["git", "rev-parse", "--git-dir"], cwd=ROOT, capture_output=True, check=False).returncode:
        pytest.skip("these files are no git repository")
    found = {}
    for line in git("rev-list", "--objects", "--all").splitlines():
        name, _, path = line.partition(" ")
        if path:
            found[name] = path
    kinds = git("cat-file", "--batch-check=%(objectname) %(objecttype)", text="\n".join(found).encode())
    return {name: found[name] for name, kind in map(str.split, kinds.splitlines()) if kind == "blob"}


def test_no_answers_and_nothing_made_of_them_was_ever_committed(versions):
    assert sorted({path for path in versions.values() if CONFIDENTIAL.search(path)}) == []


@pytest.mark.parametrize(
    "path", ["data/raw/survey_2025.csv", "data/processed/a.csv", "reports/index.html", "x.sav"]
)
def test_the_list_of_paths_would_catch_an_export(path):
    assert CONFIDENTIAL.search(path)


@pytest.mark.parametrize(
    "path",
    [
        "answers.csv",
        "answers.sav",
        "answers.xlsx",
        "audit/answers.csv",
        "data/raw/survey_2025.csv",
        "data/raw/register/contacts.csv",
        "data/raw/register/contacts.csv.yml",
        "data/raw/published/answers.csv",
        "data/raw/published/more/answers.csv",
    ],
)
def test_git_leaves_out_what_may_hold_answers_wherever_people_put_it(path):
    assert git("check-ignore", "--no-index", path).strip() == path


def test_git_leaves_out_nothing_that_it_keeps():
    kept = git("ls-files").encode()
    command = ["git", "check-ignore", "--no-index", "--stdin"]
    ran = subprocess.run(command, cwd=ROOT, input=kept, capture_output=True, check=False)
    assert ran.stdout.decode() == ""


def test_no_version_of_a_file_holds_an_address_a_number_or_a_table_of_respondents(versions):
    finds = set()
    for name, path in versions.items():
        if path.startswith(INVENTED):
            continue
        text = git("cat-file", "blob", name)
        written = [match[0] for match in EMAIL.finditer(text)]
        addresses = [text for text in written if " " not in text and not PUBLIC.search(text)]
        number = not path.startswith(PUBLISHED) and TELEPHONE.search(text)
        if addresses or number or PSEUDONYM.search(text):
            finds.add((path, name[:8]))
    assert finds == set(), "look at these with: git cat-file blob NAME"
