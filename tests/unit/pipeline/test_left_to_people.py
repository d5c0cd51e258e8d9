"""What the cleaning left to a person is told in one line, and nothing when there is nothing."""

from analysis.pipeline.left_to_people import FINDINGS, LEFT, left_to_people
from analysis.survey.findings import RULES


def told(root, *rows):
    path = root / FINDINGS
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["row,column,rule,action,n", *rows, ""]), encoding="utf-8")
    return left_to_people(root)


def test_only_rules_that_the_cleaning_knows_count():
    assert set(LEFT) <= set(RULES)


def test_what_was_set_aside_is_counted_by_kind(tmp_path):
    line = told(
        tmp_path,
        "3,q04,unknown_code,set_aside,2",
        "5,q05,unknown_code,set_aside,1",
        "7,q01,name_doubtful,flagged,1",
    )
    assert line.startswith("For a person to settle (see reports/01_cleaning.html): 3 codes ")
    assert "; 1 names " in line
    assert "date" not in line


def test_nothing_is_told_of_what_needs_nobody(tmp_path):
    assert told(tmp_path, "3,q01,name_misspelt,recognised,1") is None
