"""A CSV file that is none is refused in one line that says where it is wrong and what to do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.survey.cleaning import clean
from analysis.survey.intake import Reading, read_export

SECRET = "Geheimdorp"


@pytest.fixture
def export(tmp_path, reaction, write_csv):
    """Return the text of a small export in which an answer must not be shown."""
    rows = [reaction(number, q01=SECRET, q26=f"één {SECRET}") for number in range(1, 6)]
    return write_csv(tmp_path / "good.csv", rows).read_bytes().decode("cp1252")


def lines(text):
    return text.split("\r\n")


def with_line(text, at, change):
    parts = lines(text)
    parts[at] = change(parts[at])
    return "\r\n".join(parts)


CSV_CASES = {
    "empty": (lambda text: b"", {}, r"the file is empty"),
    "only a header": (lambda text: lines(text)[0].encode() + b"\r\n", {}, "a header but no reactions"),
    "another encoding was stated": (
        lambda text: text.encode("utf-8"),
        {"encoding": "cp1252"},
        "the file is utf-8",
    ),
    "not the stated utf-8": (
        lambda text: text.encode("cp1252"),
        {"encoding": "utf-8"},
        "line 2: the file is not utf-8",
    ),
    "another separator was stated": (
        lambda text: text.encode("cp1252"),
        {"separator": ","},
        "row 1: the header is one column when split by komma.*cleaning.separator",
    ),
    "cut off in a row": (
        lambda text: text.encode("cp1252")[:-120],
        {},
        r"row 6: the row has \d+ cells; expected \d+ cells",
    ),
    "a cell too many": (
        lambda text: with_line(text, 2, lambda line: line + ";x").encode("cp1252"),
        {},
        "row 3: the row has .* put quotation marks",
    ),
    "a quotation mark that is never closed": (
        lambda text: with_line(text, 2, lambda line: line.replace(";Ja;", ';"Ja;')).encode("cp1252"),
        {},
        "row 3: .*quotation mark",
    ),
    "two header rows": (
        lambda text: with_line(text, 0, lambda line: f"{line}\r\n{line}").encode("cp1252"),
        {},
        "row 2: the row under the header is a second header row",
    ),
    "a title above the header": (
        lambda text: ("Export van de vragenlijst" + ";" * lines(text)[0].count(";") + "\r\n" + text).encode(
            "cp1252"
        ),
        {},
        "the names of the columns stand in row 2",
    ),
    "a column twice": (
        lambda text: with_line(text, 0, lambda line: line.replace(";q05;", ";q04;")).encode("cp1252"),
        {},
        r"row 1, column \d+ \([A-Z]+\) and column \d+ \([A-Z]+\): the column q04 is there twice",
    ),
    "a column missing": (
        lambda text: with_line(text, 0, lambda line: line.replace(";q16;", ";vraag 16;")).encode("cp1252"),
        {},
        "row 1: the column q16 is missing; .*to do: .*columns_2025.yaml",
    ),
    "a blank header cell": (
        lambda text: with_line(text, 0, lambda line: line.replace(";q16;", ";;")).encode("cp1252"),
        {},
        r"row 1, column \d+ \([A-Z]+\): a header cell is blank, as after merging",
    ),
    "another survey": (
        lambda text: b"id;gemeente;score\r\n1;Geheimdorp;3\r\n",
        {},
        r"row 1: only 0 of the \d+ columns of this survey are there.*cleaning.export",
    ),
    "no header": (
        lambda text: "\r\n".join(lines(text)[1:]).encode("cp1252"),
        {},
        r"only 0 of the \d+ columns",
    ),
    "a reaction without a number": (
        lambda text: with_line(text, 3, lambda line: line.replace("ja;3;", "ja;;")).encode("cp1252"),
        {},
        "row 4, column response_id: a reaction has no number",
    ),
    "a reaction twice": (
        lambda text: with_line(text, 3, lambda line: line.replace("ja;3;", "ja;2;")).encode("cp1252"),
        {},
        "row 4, column response_id: two reactions have the same number",
    ),
    "dates that are none": (
        lambda text: text.replace("-12-2024", "e dag").encode("cp1252"),
        {},
        "row 2, column started_at: 5 of 5 dates cannot be read.*cleaning.date_format",
    ),
    "finished or not": (
        lambda text: with_line(text, 2, lambda line: line.replace(";Ja;", ";misschien;")).encode("cp1252"),
        {},
        "row 3, column is_finished: .*expected Ja or Nee",
    ),
    "a cell of 100 MB": (
        lambda text: with_line(text, 2, lambda line: line.replace(SECRET, "x" * 100_000_000, 1)).encode("cp1252"),
        {},
        "row 3: a row is longer than any reaction can be",
    ),
    "a long cell": (
        lambda text: with_line(text, 2, lambda line: line.replace(SECRET, "x" * 70_000, 1)).encode("cp1252"),
        {},
        r"row 3, column 6 \(F\): the cell holds more than 65535 characters",
    ),
    "bytes that are no text": (lambda text: text.encode("utf-16-le"), {}, "bytes that are no text"),
}


@pytest.mark.parametrize("case", CSV_CASES)
def test_a_csv_that_is_none(tmp_path, instrument, mapping, export, case):
    damage, stated, message = CSV_CASES[case]
    path = tmp_path / "export.csv"
    path.write_bytes(damage(export))
    with pytest.raises(InputError, match=message) as refusal:
        read_export(path, instrument, mapping, Reading(**stated))
    line = str(refusal.value)
    assert "export.csv" in line
    assert "to do: " in line
    assert SECRET not in line
    assert "\n" not in line


@pytest.fixture(scope="session")
def read(instrument, mapping):
    return lambda path: read_export(path, instrument, mapping)


TELLING = [b'"', b";", b"\r\n", b"\n;", b"\0", b"=1+1"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_damaged_file_is_cleaned_or_refused(tmp_path, read, register, export, data):
    raw = bytearray(export.encode(data.draw(st.sampled_from(["cp1252", "utf-8", "utf-16"]))))
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(raw)))
        kind = data.draw(st.sampled_from(["cut", "insert", "remove", "double", "swap"]))
        junk = data.draw(
            st.one_of(st.binary(max_size=8), st.sampled_from([b'"', b";", b"\r\n", b"\n;", b"\0", b"=1+1"]))
        )
        length = data.draw(st.integers(0, 200))
        if kind == "cut":
            del raw[at:]
        elif kind == "insert":
            raw[at:at] = junk
        elif kind == "remove":
            del raw[at : at + length]
        elif kind == "double":
            raw[at:at] = raw[at : at + length]
        else:
            raw[at : at + len(junk)] = junk
    path = tmp_path / data.draw(st.sampled_from(["a.csv", "a.xlsx", "a.sav"]))
    path.write_bytes(data.draw(st.sampled_from([b"", b"", b"", b"PK\x03\x04", b"$FL2"])) + bytes(raw))
    try:
        result = clean(read(path), register, key=b"key")
    except InputError as refusal:
        assert SECRET not in str(refusal)
    else:
        assert len(result.dispositions) == result.flow["n_before"].iloc[0]
