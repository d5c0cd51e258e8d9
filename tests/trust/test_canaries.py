"""A real export with a canary in every field: none may be found in what a build, or a refusal, leaves behind.

Answers to open questions, masked, may stand in ``data/processed/open_answers.csv`` and the sheets of coders only;
answers to closed questions, as codes, below ``data/processed``. Nothing that identifies a person or a municipality
may stand anywhere.
"""

import csv
import html
import io
import os
import re
import secrets
import shutil
import sqlite3
import zipfile
from dataclasses import dataclass, field
from itertools import count, product
from pathlib import Path
from string import ascii_lowercase

import nbformat
import pandas as pd
import pyreadstat
import pytest
from pypdf import PdfReader

from analysis.pipeline.leak_search import read_secrets
from analysis.survey.coding.codeframe import load_codeframes
from analysis.survey.instrument import load_instrument

EXPORT = "data/raw/survey_2025.csv"
SHARED_MEMORY = [path for path in (Path("/dev/shm"),) if path.is_dir()]
"""Workers of a simulation share large tables there."""
SYNTHETIC = "data/raw/synthetic_survey_2025.csv"
OPEN_ANSWERS = "data/processed/open_answers.csv"
MASKED = (OPEN_ANSWERS, "data/coding_sheets/")
"""Where masked open answers may stand."""
MARK = "synthetisch_verzonnen_antwoorden"
CODED = ("q26", "q27", "q28")
FULL = os.environ.get("QUICKSCAN_TRUST") == "full"
SHAPE = re.compile(
    r"kanarie(?:waarde|code|dorp )?[a-z]{4}|[a-z]{4}@kanarie\.(?:nl|org)|06-7\d{7}|77000\d{4}|kanariekolom"
    r"|\d\d-\d\d-\d{4} \d\d:\d\d:37|\d{4}-\d\d-\d\d[ T]\d\d:\d\d:37",
    re.IGNORECASE,
)
"""What a canary looks like: a search for thousands of texts at once would take too long."""
QUICKER = {"n_samples: 500": "n_samples: 50", "n_tables: 99999": "n_tables: 999"}
"""Simulations that are as long as need be say no more about where answers go."""
PROVOKED: list[str] = []


@dataclass
class Canaries:
    """Texts by where they may be found: nowhere, or among the masked open answers only."""

    nowhere: dict[str, str] = field(default_factory=dict)
    open_answers: dict[str, str] = field(default_factory=dict)

    @property
    def all(self):
        return self.nowhere | self.open_answers


def letters():
    """Yield words of small letters that no text holds."""
    yield from ("".join(word) for word in product(ascii_lowercase, repeat=4))


def plant(text, instrument):
    """Return the rows of a real export with a canary in every field, and the canaries by text."""
    rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=";"))
    canaries, words, numbers = Canaries(), letters(), count(1)
    texts = [name for name in instrument.columns if name in _open_columns(instrument)]
    closed = [name for question in instrument.closed_questions for name in question.columns]
    unfinished = [row for row in rows if row["Afgerond"] == "Nee"]
    for number, row in enumerate(rows, start=1):
        del row[MARK]
        place = f"row {number}"
        row["Reactienummer"] = str(770_000_000 + number)
        canaries.nowhere[row["Reactienummer"]] = f"{place}, response_id"
        for name in ("Gestart", "Laatst gewijzigd"):
            row[name] += ":37"
            canaries.nowhere[row[name]] = f"{place}, {name}"
            day, month, rest = row[name].split("-")
            year, time = rest.split(" ")
            canaries.nowhere[f"{year}-{month}-{day} {time}"] = f"{place}, {name}"
            canaries.nowhere[f"{year}-{month}-{day}T{time}"] = f"{place}, {name}"
        if not row["q01"].strip():
            row["q01"] = f"Kanariedorp {next(words)}"
            canaries.nowhere[row["q01"]] = f"{place}, q01"
        row["Kanariekolom"] = f"kanariewaarde{next(words)}"
        canaries.nowhere[row["Kanariekolom"]] = f"{place}, a column of no question"
        for name in texts:
            token, person = f"kanarie{next(words)}", f"Kanarie{next(words)}"
            address, telephone = f"{next(words)}@kanarie.nl", f"06-{77_000_000 + next(numbers)}"
            canaries.open_answers[token] = f"{place}, {name}"
            for identifying in (person, address, telephone):
                canaries.nowhere[identifying] = f"{place}, {name}"
            row[name] = f"{row[name]} {token}, vraag mevrouw {person} via {address} of {telephone}.".strip()
        row["q31"] = f"{next(words)}@kanarie.org"
        row["q30a"], row["q30b"] = f"{next(words)}@kanarie.org", f"06-{78_000_000 + number}"
        canaries.nowhere |= {row[name]: f"{place}, {name}" for name in ("q30a", "q30b", "q31")}
    for name, row in zip(closed, unfinished * 9, strict=False):
        row[name] = f"kanariecode{next(words)}"
        canaries.nowhere[row[name]] = f"a reaction, {name}"
    canaries.nowhere["Kanariekolom"] = "header"
    return rows, canaries


def _open_columns(instrument):
    """Return the columns of text that stays in the data: identifiers are canaries of their own."""
    for question in instrument.questions:
        if question.type == "open" and question.disclosure != "identifier":
            yield from question.columns
        if question.text_column:
            yield question.text_column


def write(rows, path):
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, list(rows[0]), delimiter=";", lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def contents(path):
    """Yield every text of a file: its bytes, what is packed in it, and its text without HTML entities."""
    content = path.read_bytes()
    yield content.decode("utf-8", "replace")
    yield content.decode("utf-16-le", "replace")
    if path.suffix in (".html", ".svg", ".xml"):
        yield html.unescape(content.decode("utf-8", "replace"))
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            yield from (
                html.unescape(archive.read(name).decode("utf-8", "replace")) for name in archive.namelist()
            )
    if content.startswith(b"SQLite format 3"):
        yield "\n".join(sqlite3.connect(path).iterdump())
    if content.startswith(b"%PDF"):
        yield from (page.extract_text() for page in PdfReader(path).pages)


def hits(text, canaries):
    """Return the fields whose canaries stand in a text."""
    known = {canary.casefold(): place for canary, place in canaries.items()}
    return {known[found] for found in map(str.casefold, SHAPE.findall(text)) if found in known}


def finds(roots, canaries, *, skip):
    """Return where which canary stands, but for names that begin so: the file and the field, not the canary."""
    found = set()
    for root in roots:
        for path in root.rglob("*"):
            name = path.relative_to(root).as_posix()
            if name.startswith(skip) or ".git/" in f"{name}/":
                continue
            texts = [name, *contents(path)] if path.is_file() else [name]
            found |= {(name, place) for place in hits("\n".join(texts), canaries)}
    return found


@pytest.fixture(scope="module")
def place(build, tmp_path_factory):
    """Return a project with a real export full of canaries, beside an empty home, and the canaries."""
    folder = tmp_path_factory.mktemp("canaries") / "project"
    shutil.copytree(build, folder)
    folder.with_name("home").mkdir()
    instrument = load_instrument(folder / "data/raw/instrument_2025.yaml")
    rows, canaries = plant((folder / SYNTHETIC).read_bytes().decode("cp1252"), instrument)
    write(rows, folder / EXPORT)
    settings = (folder / "params.yaml").read_text(encoding="utf-8").replace(SYNTHETIC, EXPORT)
    for old, new in QUICKER.items():
        assert old in settings
        settings = settings.replace(old, new)
    (folder / "params.yaml").write_text(settings, encoding="utf-8")
    return folder, canaries


@pytest.fixture(scope="module")
def command(place, run_in):
    """Return a function that runs a command there with a secret, a home and a temporary folder of its own."""
    home = str(place[0].with_name("home"))
    names = ("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR", "IPYTHONDIR", "JUPYTER_RUNTIME_DIR")
    environment = {**dict.fromkeys(names, home), "QUICKSCAN_SECRET": secrets.token_hex(32)}
    environment["DVC_SITE_CACHE_DIR"] = f"{home}/dvc"
    return lambda *words, folder=place[0]: run_in(folder, *words, **environment)


@pytest.fixture(scope="module")
def built(place, command):
    """Build all pages from the canaries; return all that was printed."""
    folder, _ = place
    ran = [command("dvc", "repro", "cleaning")]
    assert ran[0].returncode == 0, ran[0].stderr
    frames = load_codeframes(folder / "data/raw/codeframes")
    with (folder / OPEN_ANSWERS).open(encoding="utf-8", newline="") as stream:
        answers = list(csv.DictReader(stream))
    for column in CODED:
        lines = [
            f"{answer['answer_id']},{coder},other,2026-11-24,,{frames[column].fingerprint}"
            for answer in answers
            if answer["column"] == column
            for coder in ("anna", "bert")
        ]
        header = "answer_id,coder,codes,date,remark,codeframe"
        (folder / f"data/raw/coding/{column}.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    analysis = ("python", "-m", "analysis")
    ran.append(command(*analysis, "build"))
    ran.append(command(*analysis, "coding", "export", "q26", "--coder", "carla"))
    if FULL:
        ran.append(command(*analysis, "pdf"))
    assert [one.returncode for one in ran] == [0] * len(ran), "".join(one.stderr for one in ran)
    return "".join(one.stdout + one.stderr for one in ran)


def test_every_field_of_the_export_holds_a_canary(place):
    folder, canaries = place
    with (folder / EXPORT).open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream, delimiter=";"))
    for name in rows[0]:
        cells = "\n".join(row[name] for row in rows)
        # Whether it was sent off is yes or no; a municipality that is certain is looked for by name.
        assert name == "Afgerond" or hits(cells, canaries.all), name
    assert len(canaries.all) > 10_000


def test_a_build_leaves_no_canary_where_it_may_not_be(place, built, figure):
    folder, canaries = place
    roots = [folder, folder.with_name("home"), *SHARED_MEMORY]
    assert finds(roots, canaries.nowhere, skip=EXPORT) == set()
    assert finds(roots, canaries.open_answers, skip=(EXPORT, *MASKED)) == set()
    assert hits(built, canaries.all) == set()
    masked = (folder / OPEN_ANSWERS).read_text(encoding="utf-8")
    figure("canaries", len(canaries.all))
    figure("files_searched", sum(path.is_file() for root in roots for path in root.rglob("*")))
    assert len(hits(masked, canaries.open_answers)) > 500, "the masked answers are there, so the search can find"


def test_no_municipality_stands_in_what_a_build_made(place, built):
    folder, _ = place
    with (folder / EXPORT).open(encoding="utf-8", newline="") as stream:
        typed = {row["q01"].strip() for row in csv.DictReader(stream, delimiter=";")}
    names = typed & read_secrets(folder).municipalities
    assert len(names) > 100
    word = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?!\w)")
    made = [*folder.glob("reports/**/*"), *folder.glob("data/processed/*"), *folder.glob("logs/*")]
    assert {path.name for path in made if path.is_file() and path.suffix != ".md" for text in contents(path)
            if word.search(text)} == set()  # fmt: skip
    assert word.search(built) is None


@pytest.mark.parametrize("form", ["xlsx", "sav"])
def test_an_export_in_another_form_gives_no_answer_away(place, built, command, tmp_path, form):
    folder, canaries = place
    copy, other = tmp_path / "project", EXPORT.replace("csv", form)
    shutil.copytree(folder, copy)
    table = pd.read_csv(copy / EXPORT, sep=";", dtype="str", keep_default_na=False)
    if form == "xlsx":
        table.to_excel(copy / other, index=False)
    else:
        names = [f"v{number}" for number in range(table.shape[1])]
        pyreadstat.write_sav(table.set_axis(names, axis=1), copy / other, column_labels=list(table.columns))
    (copy / EXPORT).unlink()
    settings = (copy / "params.yaml").read_text(encoding="utf-8").replace(EXPORT, other)
    (copy / "params.yaml").write_text(settings, encoding="utf-8")
    ran = command("python", "-m", "analysis", "run", "01_cleaning", folder=copy)
    assert ran.returncode == 0, ran.stderr
    assert finds([copy], canaries.nowhere, skip=other) == set()
    assert finds([copy], canaries.open_answers, skip=(other, *MASKED)) == set()
    assert hits(ran.stdout + ran.stderr, canaries.all) == set()
    assert (copy / OPEN_ANSWERS).read_bytes() == (folder / OPEN_ANSWERS).read_bytes()


def test_git_ignores_the_export_and_all_that_was_made_of_it(place, built, command):
    listed = command("git", "status", "--porcelain", "--untracked-files=all").stdout
    others = (
        "data/raw/survey",
        "data/raw/coding/q",
        "data/processed/",
        "reports/",
        "logs/",
        ".scratch",
        ".dvc/tmp",
    )
    # The headline figures are national totals that were released; `make lint` keeps those of a real export out.
    found = [line for line in listed.splitlines() if "README" not in line and line[3:] != "reports/summary.json"]
    assert [line for line in found if line[3:].startswith(others)] == []


def drop(column):
    return lambda rows: [{name: cell for name, cell in row.items() if name != column} for row in rows]


def set_cell(row, column, value):
    return lambda rows: [one | {column: value} if at == row else one for at, one in enumerate(rows)]


DAMAGES = {
    "a column is missing": drop("q04"),
    "a number twice": lambda rows: [*rows, rows[3]],
    "no number": set_cell(4, "Reactienummer", ""),
    "finished is an answer": lambda rows: [row | {"Afgerond": row["q26"]} for row in rows],
    "dates are answers": lambda rows: [row | {"Gestart": row["q26"]} for row in rows],
    "an answer as a header": lambda rows: [
        dict(zip(rows[0].values(), row.values(), strict=False)) for row in rows
    ],
    "an answer without end": lambda rows: [row | {"q26": row["q26"] * 2000} for row in rows],
}


@pytest.mark.parametrize("damage", list(DAMAGES)[:: 1 if FULL else 4])
def test_a_refusal_quotes_no_answer(place, command, damage):
    folder, canaries = place
    good = (folder / EXPORT).read_bytes()
    try:
        rows = list(csv.DictReader(io.StringIO(good.decode("utf-8"), newline=""), delimiter=";"))
        write(DAMAGES[damage](rows), folder / EXPORT)
        ran = command("python", "-m", "analysis", "check")
    finally:
        (folder / EXPORT).write_bytes(good)
    PROVOKED.append(damage)
    assert ran.returncode == 1
    assert ran.stderr.startswith("error: data/raw/survey_2025.csv")
    assert hits(ran.stdout + ran.stderr, canaries.all) == set()


CELLS = {
    "an error that quotes an answer": 'raise ValueError(raw.reactions["q26"].iloc[0])',
    "a warning that quotes an answer": 'import warnings; warnings.warn(raw.reactions["q26"].iloc[0]); 1 / 0',
    "a key that is an answer": 'raw.reactions.loc[raw.reactions["q26"].iloc[0]]',
    "an answer on standard error": 'import sys; print(raw.reactions["q30a"].iloc[0], file=sys.stderr); 1 / 0',
}


@pytest.mark.parametrize("cell", list(CELLS)[: None if FULL else 1])
def test_a_cell_that_fails_gives_no_answer_away(place, command, cell):
    folder, canaries = place
    path = folder / "notebooks/01_cleaning.ipynb"
    good = path.read_bytes()
    notebook = nbformat.reads(good.decode("utf-8"), as_version=4)
    next(cell for cell in notebook.cells if "print(check_export" in cell.source).source += f"\n{CELLS[cell]}"
    try:
        nbformat.write(notebook, path)
        ran = command("python", "-m", "analysis", "run", "01_cleaning")
    finally:
        path.write_bytes(good)
    PROVOKED.append(cell)
    assert ran.returncode == 1
    assert "its message is not shown" in ran.stderr
    assert hits(ran.stdout + ran.stderr, canaries.all) == set()
    roots = [folder, folder.with_name("home")]
    assert finds(roots, canaries.nowhere, skip=EXPORT) == set()
    assert finds(roots, canaries.open_answers, skip=(EXPORT, *MASKED)) == set()


def test_a_stage_that_fails_unforeseen_gives_no_answer_away(place, built, command, figure):
    folder, canaries = place
    path = folder / "data/processed/respondents.csv"
    good = path.read_text(encoding="utf-8")
    header, first, rest = good.split("\n", 2)
    cells = first.split(",")
    cells[header.split(",").index("n_municipalities")] = next(filter(str.isalpha, canaries.nowhere))
    try:
        path.write_text("\n".join([header, ",".join(cells), rest]), encoding="utf-8")
        ran = command("python", "-m", "analysis", "estimates")
    finally:
        path.write_text(good, encoding="utf-8")
    assert ran.returncode == 1
    assert "ValueError at" in ran.stderr
    assert "its message is not shown" in ran.stderr
    assert hits(ran.stdout + ran.stderr, canaries.all) == set()
    figure("refusals_searched", len(PROVOKED) + 1)


@pytest.mark.parametrize("seconds", [1, 2, 3, 4, 5] if FULL else [3])
def test_a_run_that_is_killed_leaves_answers_in_its_scratch_folder_only(place, built, command, seconds):
    folder, canaries = place
    limit = ("timeout", "--signal=KILL", str(seconds))
    command(*limit, "python", "-m", "analysis", "run", "01_cleaning")
    roots = [folder, folder.with_name("home"), *SHARED_MEMORY]
    assert finds(roots, canaries.nowhere, skip=(EXPORT, ".scratch/")) == set()
    assert finds(roots, canaries.open_answers, skip=(EXPORT, *MASKED, ".scratch/")) == set()
