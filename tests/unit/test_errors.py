"""The error that users see is one line that says where, what and what to do."""

from analysis.errors import InputError


def test_message_is_one_line_with_place_expectation_and_remedy():
    message = str(InputError("it is\nwrong", file="a.csv", place="row 3", expected="a date", remedy="mend it"))
    assert message == "a.csv, row 3: it is wrong; expected a date; to do: mend it"
