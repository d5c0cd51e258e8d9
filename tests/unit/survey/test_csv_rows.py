"""Small files that people write."""

import pytest

from analysis.errors import InputError
from analysis.survey.csv_rows import read_rows


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
