"""Settings are typed and closed."""

from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.pipeline.settings import FILE_NAME, Settings, load_settings, settings_of

ROOT = Path(__file__).parents[3]


def test_the_committed_settings_load_and_are_plain_values():
    settings = load_settings(ROOT)
    for section in Settings.model_fields:
        values = settings_of(settings, section)
        assert values
        assert all(isinstance(value, str | int | float | bool) for value in values.values())
    assert settings_of(settings, "index") == {}


def test_every_setting_has_a_comment_and_a_description():
    lines = (ROOT / FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert all("  # " in line for line in lines if line.startswith("  "))
    for section in Settings.model_fields.values():
        assert all(field.description for field in section.annotation.model_fields.values())


def test_a_line_is_named(tmp_path):
    text = (ROOT / FILE_NAME).read_text(encoding="utf-8")
    (tmp_path / FILE_NAME).write_text(text.replace("seed: 2025", "seed: x"), encoding="utf-8")
    line = next(number for number, line in enumerate(text.splitlines(), start=1) if "seed: 2025" in line)
    with pytest.raises(InputError, match=rf"line {line}, synthetic\.seed"):
        load_settings(tmp_path)


@pytest.mark.parametrize(
    "name", ["confidential/x.csv", "data/raw/../x.csv", "/data/raw/x.csv", "data/raw", "x.csv", ""]
)
@pytest.mark.parametrize(
    ("key", "committed"),
    [
        ("cleaning.export", "data/raw/synthetic_survey_2025.csv"),
        ("comparison_2021.source", "data/raw/published/figures_2021.csv"),
    ],
)
def test_answers_lie_among_the_raw_files_where_git_keeps_them_out(tmp_path, key, committed, name):
    text = (ROOT / FILE_NAME).read_text(encoding="utf-8")
    line = f'{key.partition(".")[2]}: "{committed}"'
    assert line in text
    (tmp_path / FILE_NAME).write_text(text.replace(line, line.replace(committed, name)), encoding="utf-8")
    with pytest.raises(InputError, match=rf"{key}: the file does not lie in data/raw; expected .* data/raw/"):
        load_settings(tmp_path)
