"""The answered size and the register's size are held side by side."""

import pandas as pd
import pytest

from analysis.survey.size_class import assign_size_class


def assign(answered, listed, rule="answered"):
    return assign_size_class(pd.Series(answered, dtype="str"), pd.Series(listed, dtype="str"), rule)


@pytest.mark.parametrize(
    ("answered", "listed", "rule", "size", "differs"),
    [
        ("a", "ab", "answered", "ab", False),
        ("b", "ab", "answered", "ab", False),
        ("d", "c", "answered", "d", True),
        ("d", "c", "register", "c", True),
        ("", "c", "answered", "c", False),
        ("", "c", "register", "c", False),
        ("d", "", "register", "d", False),
        ("c", "c|d", "register", "c", False),
        ("b", "c|d", "answered", "ab", True),
        ("", "", "answered", "", False),
        ("", "c|d", "answered", "", False),
    ],
)
def test_the_rule_decides_and_the_other_source_fills_in(answered, listed, rule, size, differs):
    table, differences = assign([answered], [listed], rule)
    assert table["size_class"].tolist() == [size]
    assert len(differences) == differs
