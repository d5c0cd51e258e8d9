"""Which codes count is decided by hand on small examples."""

import pandas as pd

from analysis.survey.coding.coding_file import COLUMNS
from analysis.survey.coding.settlement import disagreements, settled_codes


def codings(*rows):
    full = [(answer, coder, codes, "2025-03-03", "", "0123456789ab") for answer, coder, codes in rows]
    return pd.DataFrame(full, columns=list(COLUMNS), dtype="str")


GIVEN = codings(
    ("a1", "anna", "money;cuts"),
    ("a1", "bo", "cuts;money"),
    ("a2", "anna", "money"),
    ("a3", "anna", "money;cuts"),
    ("a3", "bo", "money;courts"),
    ("a4", "anna", "money"),
    ("a4", "bo", "cuts"),
    ("a5", "anna", "money"),
    ("a5", "bo", "cuts"),
    ("a6", "anna", "money"),
    ("a6", "bo", "money"),
    ("a6", "cas", "cuts"),
)
AGREED = codings(("a5", "agreed", "courts"), ("a7", "agreed", "other"))


def test_what_was_agreed_counts_and_else_what_most_coders_gave():
    table = settled_codes(GIVEN, AGREED).set_index("answer_id")
    assert table["codes"].to_dict() == {
        "a1": "money;cuts",
        "a2": "money",
        "a3": "money",
        "a4": "",
        "a5": "courts",
        "a6": "money",
        "a7": "other",
    }
    assert table["source"].to_dict() == {
        "a1": "same",
        "a2": "one_coder",
        "a3": "partly",
        "a4": "open",
        "a5": "agreed",
        "a6": "partly",
        "a7": "agreed",
    }
    assert table.loc["a3", "any_codes"] == "money;cuts;courts"


def test_disagreements_leave_out_what_is_settled_or_the_same():
    table = disagreements(GIVEN, AGREED).set_index("answer_id")
    assert table.loc["a3"].to_dict() == {"shared": "money", "anna": "cuts", "bo": "courts", "cas": ""}
    assert table.loc["a4"].to_dict() == {"shared": "", "anna": "money", "bo": "cuts", "cas": ""}
    assert table.loc["a6"].to_dict() == {"shared": "", "anna": "money", "bo": "money", "cas": "cuts"}
    assert list(table.index) == ["a3", "a4", "a6"]


def test_no_codings_give_empty_tables():
    assert settled_codes(codings(), codings()).empty
    assert disagreements(codings(), codings()).empty
