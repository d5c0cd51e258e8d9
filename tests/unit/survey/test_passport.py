"""Every raw file has a passport that describes its very bytes; anything else is refused."""

from hashlib import sha256
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.survey.passport import Passport, check_passports, passport_path, read_passport, write_passport

RAW = Path(__file__).resolve().parents[3] / "data/raw"
CONTENT = b"code;name\r\n1;x\r\n"
FACTS = {
    "title": "A table",
    "producer": "A bureau",
    "source": "A place: with a colon, and a text that is much longer than a line, so that it wraps",
    "licence": "CC-BY-4.0",
    "licence_url": "https://creativecommons.org/licenses/by/4.0/",
    "date": "2025",
    "accessed": "2026-11-24",
    "processing": "None",
    "columns": {"code": "a number"},
    "rows": 1,
    "size_bytes": len(CONTENT),
    "sha256": sha256(CONTENT).hexdigest(),
}


@pytest.fixture
def raw_file(tmp_path):
    """Make a raw file in a folder of its own, described as it should be."""
    path = tmp_path / "nested" / "table.csv"
    path.parent.mkdir()
    path.write_bytes(CONTENT)
    (tmp_path / "README.md").write_text("What may go in.\n")
    (tmp_path / ".gitignore").write_text("/export.csv\n")
    write_passport(path, Passport(**FACTS))
    return path


def test_every_raw_file_of_the_repository_has_a_passport_that_fits():
    check_passports(RAW)


def test_the_provisional_population_figures_say_so():
    passport = read_passport(RAW / "register/municipalities_2025.csv")
    assert "provisional" in passport.note
    assert passport.licence == "CC-BY-4.0"
    assert "CBS" in passport.producer


@pytest.mark.parametrize("raw_table", sorted(RAW.glob("published/*.csv")) + sorted(RAW.glob("register/*.csv")))
def test_a_passport_describes_the_columns_and_rows_of_its_table(raw_table):
    lines = raw_table.read_text(encoding="utf-8").splitlines()
    passport = read_passport(raw_table)
    assert list(passport.columns) == lines[0].split(",")
    assert passport.rows == len(lines) - 1


def test_what_is_written_can_be_read_and_is_found_in_folders_below(raw_file, tmp_path):
    assert read_passport(raw_file) == Passport(**FACTS)
    text = passport_path(raw_file).read_text(encoding="utf-8")
    assert text == "".join(f"{line.rstrip()}\n" for line in text.splitlines())
    check_passports(tmp_path)


def test_a_companion_is_described_by_the_passport_that_names_it(raw_file, tmp_path):
    raw_file.with_name("table_truth.yaml").write_bytes(b"seed: 1\n")
    companions = {"table_truth.yaml": sha256(b"seed: 1\n").hexdigest()}
    write_passport(raw_file, Passport(**FACTS, companions=companions))
    check_passports(tmp_path)
    raw_file.with_name("table_truth.yaml").write_bytes(b"seed: 2\n")
    with pytest.raises(InputError, match=r"table.csv.yml, companions: the hash of table_truth.yaml differs"):
        check_passports(tmp_path)


def test_a_raw_file_without_passport_is_refused(raw_file, tmp_path):
    passport_path(raw_file).unlink()
    with pytest.raises(InputError, match=r"table.csv: the raw file has no passport; expected table.csv.yml"):
        check_passports(tmp_path)


def test_a_passport_without_raw_file_is_refused(raw_file, tmp_path):
    raw_file.unlink()
    with pytest.raises(InputError, match=r"table.csv.yml, .*: the passport describes .*, which does not exist"):
        check_passports(tmp_path)


def test_a_changed_raw_file_is_refused(raw_file, tmp_path):
    raw_file.write_bytes(CONTENT.replace(b"x", b"y"))
    with pytest.raises(InputError, match=r"table.csv.yml, sha256: the hash of table.csv differs"):
        check_passports(tmp_path)


def test_a_raw_file_that_excel_saved_is_refused_with_the_command_that_brings_it_back(
    raw_file, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    raw_file.write_bytes(CONTENT.replace(b",", b";") + b"\r\n")
    with pytest.raises(InputError, match=r"git restore nested/table\.csv"):
        check_passports(tmp_path)


def test_a_wrong_size_is_refused(raw_file, tmp_path):
    write_passport(raw_file, Passport(**{**FACTS, "size_bytes": 1}))
    with pytest.raises(InputError, match=rf"size_bytes: the size of table.csv .* expected {len(CONTENT)}"):
        check_passports(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ("licence:", "license:", "license:", "unknown key"),
        ("title: A table\n", "", None, "title: a key is missing"),
        ("accessed: '2026-11-24'", "accessed: '2026-11-31'", "accessed", "no day of the calendar"),
        ("accessed: '2026-11-24'", "accessed: '2026'", "accessed", "no day of the calendar"),
        ("date: '2025'", "date: last year", "date:", "the string does not fit"),
        ("licence_url: https:", "licence_url: http:", "licence_url", "the string does not fit"),
        ("rows: 1", "rows: one", "rows:", "expected a valid integer"),
    ],
)
def test_a_passport_that_is_not_filled_in_well_is_refused(raw_file, old, new, line, reason):
    path = passport_path(raw_file)
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    text = text.replace(old, new)
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason) as refusal:
        read_passport(raw_file)
    if line is not None:
        number = next(n for n, content in enumerate(text.splitlines(), 1) if content.startswith(line))
        assert f"{path}, line {number}, " in str(refusal.value)
