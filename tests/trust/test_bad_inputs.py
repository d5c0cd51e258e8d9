"""Every damaged input is refused in one line with file, place, expectation and remedy; the last good build stays.

The table is ``damaged_inputs.yaml``. The command is the one with which ``make report`` begins.
"""

import csv
import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import ClassVar

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from ruamel.yaml import YAML

from analysis.errors import InputError
from analysis.pipeline import command_line
from analysis.survey.coding.codeframe import load_codeframe

GROUPS = YAML(typ="safe").load(Path(__file__).with_name("damaged_inputs.yaml").read_text(encoding="utf-8"))
CASES = [(group["file"], case) for group in GROUPS for case in group["cases"]]
EXPORT = "data/raw/synthetic_survey_2025.csv"
OWN = {"data/raw/own.csv": "csv", "data/raw/own.xlsx": "xlsx", "data/raw/own.sav": "sav"}
MARK = "synthetisch_verzonnen_antwoorden"
CODINGS = "answer_id,coder,codes,date,remark,codeframe\n0123456789abcdef,anna,other,2026-11-24,,@version\n"
KINDS = {
    "settings": r"params\.yaml",
    "questionnaires": r"instrument_\d{4}\.yaml$",
    "exports": r"own\.",
    "columns and crosswalks": r"columns_|crosswalk_",
    "corrections": r"corrections\.yaml",
    "coding files": r"data/raw/coding/",
    "codeframes": r"data/raw/codeframes/",
    "published figures": r"data/raw/published/[^.]+\.csv$",
    "registers": r"data/raw/register/[^.]+\.csv$",
    "the secret": r"secret_check",
    "passports": r"\.yml$",
    "the pipeline itself": r"^dvc\.yaml|contents\.yaml",
}


class ReadOnce:
    """A YAML reader that reads the same text once: most files of a case are as they were."""

    known: ClassVar[dict] = {}

    def __init__(self, **options):
        self.reader = YAML(**options)

    def load(self, stream):
        text = stream.read()
        if text not in self.known:
            self.known[text] = self.reader.load(text)
        return self.known[text]


@pytest.fixture(scope="module")
def good(build, tmp_path_factory):
    """Return a copy of a good build in which one case after another is tried, and undone."""
    folder = tmp_path_factory.mktemp("bad inputs") / "project"
    shutil.copytree(build, folder)
    return folder


def state(folder):
    """Return what tells whether any output of a build was touched."""
    paths = [*folder.glob("reports/**/*"), *folder.glob("data/processed/**/*"), folder / "dvc.lock"]
    stats = {path: path.stat() for path in paths if path.is_file()}
    return {path: (stat.st_mtime_ns, stat.st_size, stat.st_ino) for path, stat in stats.items()}


def good_text(folder, file):
    """Return the good file as text."""
    if file.startswith("data/raw/coding/"):
        version = load_codeframe(folder / "data/raw/codeframes/q26.yaml").fingerprint
        return CODINGS.replace("@version", version)
    if file in OWN:
        return (folder / EXPORT).read_bytes().decode("cp1252")
    return (folder / file).read_text(encoding="utf-8")


def changed_table(text, case):
    """Return the text of a CSV file with changed cells, columns or rows."""
    separator = max(";,", key=text.splitlines()[0].count)
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator))
    header = list(rows[0])
    if "cell" in case:
        line, *changes = case["cell"]
        for column, value in zip(changes[::2], changes[1::2], strict=True):
            rows[line - 1][header.index(column)] = "x" * 70_000 if value == "@long" else value
    if "dates" in case:
        for row in rows[1:]:
            row[header.index("Gestart")] = case["dates"]
    if "drop" in case:
        rows = [[cell for name, cell in zip(header, row, strict=True) if name != case["drop"]] for row in rows]
    if "double" in case:
        rows = [[*row, row[header.index(case["double"])]] for row in rows]
    if "twice" in case:
        rows.insert(case["twice"], rows[case["twice"] - 1])
    if "rows" in case:
        rows = rows[: 1 + case["rows"]]
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return stream.getvalue().replace("@quote", '"@')


def as_workbook(text, case):
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=";"):
        book.active.append(row)
    if "beyond" in case:
        book.active.cell(5, book.active.max_column + 3, "x")
    if "merge" in case:
        book.active.merge_cells(case["merge"])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_spss(text, folder):
    table = pd.read_csv(io.StringIO(text), sep=";", dtype="str", keep_default_na=False)
    labels = list(table.columns)
    table.columns = [f"v{number}" for number in range(table.shape[1])]
    pyreadstat.write_sav(table, folder / "made.sav", column_labels=labels)
    return (folder / "made.sav").read_bytes()


def damaged(folder, file, case, scratch):
    """Return the bytes of the damaged file."""
    if "bytes" in case:
        return bytes.fromhex(case["bytes"])
    if "zip" in case:
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, content in case["zip"].items():
                archive.writestr(name, content)
        return stream.getvalue()
    text = case.get("text")
    if text is None:
        text = good_text(folder, file)
        if "replace" in case:
            old, new = case["replace"]
            assert old in text, f"the good file does not hold {old!r}"
            text = text.replace(old, new, 1)
        if {"cell", "drop", "double", "twice", "rows", "dates"} & set(case):
            text = changed_table(text, case)
        text += case.get("append", "")
    elif "@version" in text:
        text = text.replace("@version", load_codeframe(folder / "data/raw/codeframes/q26.yaml").fingerprint)
    if case.get("as") == "xlsx":
        content = as_workbook(text, case)
    elif case.get("as") == "sav":
        content = as_spss(text, scratch)
    else:
        content = text.encode(case.get("encoding", "cp1252" if file in OWN else "utf-8"))
    if "overwrite" in case:
        start, new = case["overwrite"][0], bytes.fromhex(case["overwrite"][1])
        content = content[:start] + new + content[start + len(new) :]
    return content[: int(len(content) * case["keep"])] if "keep" in case else content


def settings(text, export, case):
    """Return settings that name an export, with the changes of a case."""
    text = text.replace(EXPORT, export)
    for name, value in case.get("set", {}).items():
        text, n = re.subn(rf"(?m)^(  {name}: )\"[^\"]*\"", lambda match, v=value: f'{match[1]}"{v}"', text)
        assert n == 1
    return text


@pytest.fixture
def refusal(good, tmp_path, monkeypatch, capsys):
    """Return a function that damages a file, runs the command, undoes the damage, and returns the error."""
    seen: list[InputError] = []
    original = InputError.__init__

    def remember(self, *arguments, **named):
        original(self, *arguments, **named)
        seen.append(self)

    monkeypatch.setattr(InputError, "__init__", remember)
    monkeypatch.setattr("analysis.yaml_file.YAML", ReadOnce)
    monkeypatch.chdir(good)
    monkeypatch.delenv("QUICKSCAN_SECRET", raising=False)

    def refuse(file, case):
        kept = {}

        def put(name, content):
            path = good / name
            kept.setdefault(path, path.read_bytes() if path.is_file() else None)
            if content is not None:
                path.write_bytes(content)

        export = file if file in OWN else "data/raw/own.csv" if {"correct", "real"} & set(case) else None
        if export:
            put("params.yaml", settings((good / "params.yaml").read_text(encoding="utf-8"), export, case).encode())
        if "real" in case:
            put(export, damaged(good, export, {"drop": MARK}, tmp_path))
        if "correct" in case:
            put(export, (good / EXPORT).read_bytes())
            lines = "".join(f"    {key}: {value!r}\n" for key, value in case["correct"].items())
            entry = f"corrections:\n  - export: own\n{lines}    reason: x\n    source: x\n"
            put(file, entry.encode())
        elif "absent" in case or "folder" in case:
            put(file, None)
            (good / file).unlink(missing_ok=True)
            if "folder" in case:
                (good / file).mkdir()
        else:
            put(file, damaged(good, file, case, tmp_path))
        if "secret" in case:
            monkeypatch.setenv("QUICKSCAN_SECRET", case["secret"])
        before = state(good)
        try:
            code = command_line.main(["check"])
        finally:
            after = state(good)
            for path, content in kept.items():
                if path.is_dir():
                    path.rmdir()
                path.unlink(missing_ok=True)
                if content is not None:
                    path.write_bytes(content)
        assert after == before, "the last good build must stay as it is"
        output = capsys.readouterr()
        assert code == 1, "silently accepted"
        return [error for error in seen if str(error) in output.err], output.err

    return refuse


def test_the_good_project_is_accepted(good, monkeypatch):
    monkeypatch.chdir(good)
    assert command_line.main(["check"]) == 0


def test_the_table_is_as_large_as_promised(figure):
    figure("damaged_inputs", len(CASES))
    assert len({(file, case["what"]) for file, case in CASES}) == len(CASES) >= 150
    assert all(any(re.search(pattern, file) for pattern in KINDS.values()) for file, _ in CASES)


@pytest.mark.parametrize(
    ("file", "case"), CASES, ids=[f"{Path(file).name}: {case['what']}" for file, case in CASES]
)
def test_a_damaged_input_is_refused(refusal, file, case):
    errors, line = refusal(file, case)
    assert errors, f"no refusal of our own: {line}"
    error = errors[0]
    assert line.count("\n") == 1, "one line"
    assert error.file is not None, "names the file"
    assert error.expected is not None, "says what was expected"
    assert error.remedy is not None, "says what to do"
    assert error.place is not None or case.get("place") == "file", "names the place"
    assert case["says"] in line, line


def test_another_secret_is_refused_until_it_is_changed_on_purpose(project, monkeypatch, capsys):
    (project / "data/raw/own.csv").write_bytes(damaged(project, "data/raw/own.csv", {"drop": MARK}, project))
    params = project / "params.yaml"
    params.write_text(settings(params.read_text(encoding="utf-8"), "data/raw/own.csv", {}), encoding="utf-8")
    note = project / "data/raw/secret_check.txt"
    first, second = "one secret of twenty characters", "another of twenty characters"
    for secret, code in ((first, 0), (first, 0), (second, 1), (first, 0)):
        monkeypatch.setenv("QUICKSCAN_SECRET", secret)
        assert command_line.main(["check"]) == code, capsys.readouterr().err
        assert secret not in capsys.readouterr().err
        assert secret not in note.read_text(encoding="utf-8")
    listed = ["git", "-C", str(project), "status", "--porcelain", "--untracked-files=all", "data/raw"]
    assert note.name not in subprocess.run(listed, capture_output=True, text=True, check=True).stdout
    note.unlink()
    monkeypatch.setenv("QUICKSCAN_SECRET", second)
    assert command_line.main(["check"]) == 0


def test_a_build_that_is_refused_does_not_settle_which_secret_it_is(project, monkeypatch):
    (project / "data/raw/own.csv").write_bytes(damaged(project, "data/raw/own.csv", {"drop": MARK}, project))
    params = project / "params.yaml"
    params.write_text(settings(params.read_text(encoding="utf-8"), "data/raw/own.csv", {}), encoding="utf-8")
    (project / "data/raw/register/mergers_2021_2025.csv.yml").unlink()
    monkeypatch.setenv("QUICKSCAN_SECRET", "one secret of twenty characters")
    assert command_line.main(["check"]) == 1
    assert not (project / "data/raw/secret_check.txt").exists()
