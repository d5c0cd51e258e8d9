"""Small files that people write."""

import pytest

from analysis.errors import InputError
from analysis.survey.csv_rows import read_rows, read_table


def read(tmp_path, content, required=("a", "b"), optional=("note",)):
    path = tmp_path / "rows.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_rows(path, required, optional)


@pytest.mark.parametrize(
    "text", ["a,b\n1,x\n", "a;b\n1;x\n", "a\tb\r\n1\tx\r\n", '"a","b"\n"1","x"\n', "b,a\nx,1"]
)
def test_separators_and_order_of_columns_do_not_matter(tmp_path, text):
    rows, problems = read(tmp_path, text)
    assert rows == [(2, {"a": "1", "b": "x", "note": ""})]
    assert problems == []


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_letters_with_accents_are_read_in_every_encoding(tmp_path, encoding):
    rows, _ = read(tmp_path, "a,b,note\n1,één,ë\n".encode(encoding))
    assert rows[0][1]["b"] == "één"


def test_a_row_is_on_the_line_where_it_starts(tmp_path):
    rows, problems = read(tmp_path, 'a,b\n1,"x\ny"\n\n2,z\n3\n4,w,v\n')
    assert [line for line, _ in rows] == [2, 5]
    assert [str(problem).split(": ")[0].rsplit("line ")[-1] for problem in problems] == ["6", "7"]


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(InputError, match="the file is missing"):
        read_rows(tmp_path / "none.csv", ("a",))


def test_a_table_has_its_columns_in_the_order_that_was_asked_and_the_lines_of_its_rows(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_bytes('b;a\r\n"é\r\nx";1\r\n\r\nNA;\r\n'.encode("cp1252"))
    table = read_table(path, ("a", "b"), ("note",))
    assert table.to_dict("index") == {
        2: {"a": "1", "b": "é\r\nx", "note": ""},
        5: {"a": "", "b": "NA", "note": ""},
    }
    assert table.columns.tolist() == ["a", "b", "note"]


def test_a_table_without_rows_still_holds_text(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n")
    assert read_table(path, ("a", "b"))["a"].str.split("|").empty


def test_a_table_is_refused_for_the_first_row_that_is_wrong(tmp_path):
    path = tmp_path / "rows.csv"
    path.write_text("a,b\n1,2\n3\n4,5,6\n")
    with pytest.raises(InputError, match="line 3: the row has 1 cells; expected 2"):
        read_table(path, ("a", "b"))


def test_an_empty_file_is_refused_at_its_first_line(tmp_path):
    with pytest.raises(InputError, match="line 1: the file is empty; expected the columns a, b"):
        read(tmp_path, " \n")
