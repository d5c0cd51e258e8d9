"""What is missing is named before anything runs."""

import pytest

from analysis.errors import InputError
from analysis.pipeline.preflight import check_export_is_there


def test_an_export_that_is_missing_is_told_with_the_setting_and_what_looks_like_it(tmp_path):
    raw = tmp_path / "data/raw"
    raw.mkdir(parents=True)
    for name in ("Export_2025.CSV", "export_2025.csv.yml", "corrections.yaml", "zzz.sav", "export 2025.xlsx"):
        (raw / name).touch()
    with pytest.raises(InputError, match=r"params\.yaml under cleaning: export; there is ") as refusal:
        check_export_is_there(tmp_path, "data/raw/export_2025.csv")
    assert "Export_2025.CSV, export 2025.xlsx" in refusal.value.remedy
    assert "yml" not in refusal.value.remedy
    assert "zzz" not in refusal.value.remedy


def test_nothing_is_proposed_when_nothing_looks_like_it(tmp_path):
    with pytest.raises(InputError, match=r"params\.yaml under cleaning: export$"):
        check_export_is_there(tmp_path, "data/raw/export_2025.csv")


def test_an_export_that_is_there_is_taken(tmp_path):
    (tmp_path / "a.csv").touch()
    check_export_is_there(tmp_path, "a.csv")
