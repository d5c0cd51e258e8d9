"""What is wrong in a file of settings is told by line and column, in words of who writes it."""

import pytest

from analysis.errors import InputError
from analysis.yaml_file import read_yaml


@pytest.mark.parametrize(
    ("text", "place", "problem"),
    [
        ("a:\n\tseed: 1\n", "line 2, column 1", "a tab stands where spaces belong"),
        (
            "a:\n  seed: 1\n    format: csv\n",
            "line 3, column 11",
            "the spaces before it do not fit the lines above",
        ),
        ("a:\n  seed: 1\n format: csv\n", "line 3, column 2", "the spaces before it do not fit the lines above"),
        ("a: 1\na: 2\n", "line 2, column 1", 'found duplicate key "a"'),
    ],
)
def test_wrong_spaces_are_told_with_what_would_be_right(tmp_path, text, place, problem):
    path = tmp_path / "params.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as refusal:
        read_yaml(path)
    assert refusal.value.place == place
    assert problem in refusal.value.problem
    assert "two spaces per level and no tabs" in refusal.value.expected
