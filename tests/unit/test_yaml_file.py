"""A message about a YAML file names the place and the way out."""

import pytest
from pydantic import BaseModel, ConfigDict

from analysis.errors import InputError
from analysis.yaml_file import read_yaml, validate


class Closed(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class Section(Closed):
    rounding: str
    seed: int = 1


class Entry(Closed):
    name: str


class File(Closed):
    estimates: Section
    optional: Section | None = None
    entries: list[Entry] = []
    free: dict[str, int] = {}


def refusal(tmp_path, text):
    path = tmp_path / "a.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError) as error:
        validate(File, read_yaml(path), path)
    return str(error.value)


@pytest.mark.parametrize(
    ("text", "place", "remedy"),
    [
        ("estimates:\n  roundng: a\n", "line 2, estimates.roundng: unknown key", "write rounding, or remove"),
        ("estimate:\n  rounding: a\n", "line 1, estimate: unknown key", "write estimates, or remove"),
        ("estimates: {rounding: a}\noptional:\n  sed: 1\n", "line 3, optional.sed: unknown key", "write seed,"),
        ("estimates: {rounding: a}\nentries:\n- nam: a\n", "line 3, entries.0.nam: unknown key", "write name,"),
        ("estimates:\n  rounding: a\n  colour: b\n", "line 3, estimates.colour: unknown key", "remove this line"),
        ("estimates:\n  seed: 2\n", "line 1, estimates.rounding: the key is missing", "add rounding here"),
        ("entries: []\n", "estimates: the key is missing", "add estimates at the top level"),
    ],
)
def test_a_wrong_key_is_named_with_what_was_probably_meant(tmp_path, text, place, remedy):
    message = refusal(tmp_path, text)
    assert f"{place}; to do: {remedy}" in message


def test_a_mapping_of_free_keys_has_nothing_to_suggest(tmp_path):
    message = refusal(tmp_path, "estimates: {rounding: a}\nfree:\n  a: b\n")
    assert "line 3, free.a: " in message
    assert "to do: correct this line" in message
