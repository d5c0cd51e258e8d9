"""Decisions are numbered in rising order, complete, and exist when something cites them."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROWS = [
    [cell.strip() for cell in line.strip().strip("|").split("|")]
    for line in (ROOT / "docs/decisions.md").read_text(encoding="utf-8").splitlines()
    if re.match(r"\| D\d", line)
]
PLACES = ("src/**/*.py", "notebooks/*.ipynb", "docs/*.md", "data/raw/**/*.y*ml", "*.yaml", "README.md")


def test_numbers_rise_and_none_is_used_twice():
    numbers = [row[0] for row in ROWS]
    assert numbers == sorted(set(numbers))
    assert numbers[0] == "D01"


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_a_decision_says_when_what_instead_of_what_and_how_much_it_matters(row):
    number, date, *texts, founded, matters = row
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", date), number
    assert len(texts) == 3, number
    assert all(texts), number
    assert re.match(r"(high|medium|low)\b", founded), number
    assert re.match(r"(high|medium|low)\b", matters), number


def test_every_cited_decision_exists():
    known = {row[0] for row in ROWS}
    cited = {
        (path.relative_to(ROOT).as_posix(), number)
        for pattern in PLACES
        for path in ROOT.glob(pattern)
        for number in re.findall(r"\bD\d\d\b", path.read_text(encoding="utf-8"))
    }
    assert {(path, number) for path, number in cited if number not in known} == set()
