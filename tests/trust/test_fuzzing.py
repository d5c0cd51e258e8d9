"""Good files with random damage: nothing but our own error comes out, and what is accepted keeps its promises.

Bytes, cells and nodes are changed. The examples are the same in every run of the suite; ``make trust`` tries more.
"""

import csv
import io
import os
import shutil
import zipfile
from contextlib import suppress
from functools import cache, partial
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from analysis.errors import InputError
from analysis.pipeline.published_audit import read_terms
from analysis.pipeline.settings import Settings, load_settings
from analysis.pipeline.stages import read_stages
from analysis.reporting.wording import read_wording
from analysis.statistics.comparison.crosswalk import load_crosswalk
from analysis.survey.answer_table import read_answer_table
from analysis.survey.claims import read_claims
from analysis.survey.coding.codeframe import load_codeframe
from analysis.survey.coding.coding_file import read_codings, read_set_aside
from analysis.survey.coding.coding_sheet import CodingTask, write_coding_sheet
from analysis.survey.coding.sheet_reading import check_coding_sheet, read_coding_sheet
from analysis.survey.columns import load_column_map
from analysis.survey.corrections import apply_corrections, load_corrections
from analysis.survey.earlier_facts import read_earlier_facts
from analysis.survey.export_schema import export_schema, set_unknown_codes_aside
from analysis.survey.instrument import MISSING, load_instrument
from analysis.survey.intake import read_export
from analysis.survey.passport import read_passport
from analysis.survey.published_sentences import read_sentences
from analysis.survey.quantifiers import read_quantifiers
from analysis.survey.register import load_names, load_register

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data/raw"
EXAMPLES = 25 if os.environ.get("QUICKSCAN_TRUST") == "full" else 5
fuzzed = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
TRIED = {"files": 0, "refused": 0}
SMALL = st.sampled_from(
    ["", " ", "0", "-1", "1e9", "nan", "ja", "é", "\u200b", "\x00", '"', "x" * 300, "=1+1", "[", "{a: 1}"]
)
VALUES = st.one_of(st.none(), st.booleans(), st.integers(-3, 10**6), st.floats(), st.text(max_size=8), SMALL)


@cache
def instrument():
    return load_instrument(RAW / "instrument_2025.yaml")


@cache
def facts():
    return read_earlier_facts(RAW / "published/figures_2021.csv")


@cache
def codeframe():
    return load_codeframe(RAW / "codeframes/q26.yaml")


def check_instrument(path):
    columns = load_instrument(path).columns
    assert len(set(columns)) == len(columns)


def check_settings(path):
    assert isinstance(load_settings(path.parent), Settings)


@cache
def parameters():
    return YAML(typ="safe").load(ROOT / "params.yaml")


def check_stages(path):
    stages = read_stages(path.parent, parameters())
    assert all(stage.command for stage in stages.values())


def check_corrections(path):
    load_corrections(path, Path("synthetic_survey_2025.csv"))


def check_columns(path):
    mapping = load_column_map(path, instrument())
    assert list(mapping)[4:] == list(instrument().columns)


def check_codeframe(path):
    shutil.copy(RAW / "codeframes/residual.yaml", path.parent)
    frame = load_codeframe(path)
    assert len(set(frame.names)) == len(frame.names)


def check_crosswalk(path):
    assert load_crosswalk(path, instrument(), facts()).items is not None


def check_register(path):
    table = load_register(path)
    assert table["code"].is_unique
    assert (table["population"] > 0).all()


def check_names(path):
    register = load_names(
        load_register(RAW / "register/municipalities_2025.csv"), path, RAW / "register/mergers_2021_2025.csv"
    )
    assert set(register.names["code"]) <= set(register.municipalities["code"])


def check_codings(path):
    table = read_codings(path, codeframe())
    assert not table.duplicated(["answer_id", "coder"]).any()
    assert {code for codes in table["codes"] for code in codes.split(";")} <= set(codeframe().names)


def check_wording(path):
    wording = read_wording(path)
    for share in range(1001):
        assert wording.quantity(share / 1000).covers(share / 1000)


def check_sentences(path):
    assert all(name and sentence for name, sentence in read_sentences(path).items())


def check_answers(path):
    table = read_answer_table(path, instrument()).respondents
    assert table["respondent_id"].is_unique
    for question in instrument().closed_questions:
        codes = {"0", "1"} if question.type == "multi" else set(question.codes)
        assert table[list(question.columns)].isin({*codes, *MISSING}).all(axis=None)


ANSWERS = {f"a{number}": f"Antwoord {number}, én meer" for number in range(5)}


def check_coding_workbook(path):
    checked = check_coding_sheet(read_coding_sheet(path), codeframe(), ANSWERS, date="2026-11-24")
    assert set(checked.codings["answer_id"]) <= set(ANSWERS)
    assert {code for codes in checked.codings["codes"] for code in codes.split(";")} <= set(codeframe().names)


def check_export(path):
    export = read_export(path, instrument(), load_column_map(RAW / "columns_2025.yaml", instrument()))
    reactions, _ = set_unknown_codes_aside(export.reactions, instrument())
    export_schema(instrument()).validate(reactions)
    apply_corrections(reactions, load_corrections(RAW / "corrections.yaml", path), instrument())


YAML_FILES = {
    "params.yaml": (ROOT / "params.yaml", check_settings),
    "dvc.yaml": (ROOT / "dvc.yaml", check_stages),
    "instrument.yaml": (RAW / "instrument_2025.yaml", check_instrument),
    "columns.yaml": (RAW / "columns_2025.yaml", check_columns),
    "corrections.yaml": (RAW / "corrections.yaml", check_corrections),
    "crosswalk.yaml": (RAW / "crosswalk_2021.yaml", check_crosswalk),
    "q26.yaml": (RAW / "codeframes/q26.yaml", check_codeframe),
    "table.csv.yml": (RAW / "published/claims_2025.csv.yml", lambda path: read_passport(path.with_suffix(""))),
}  # fmt: skip
CSV_FILES = {
    "claims.csv": (RAW / "published/claims_2025.csv", read_claims),
    "quantifiers.csv": (RAW / "published/quantifiers.csv", read_quantifiers),
    "wording.csv": (RAW / "published/quantifiers.csv", check_wording),
    "sentences.csv": (RAW / "published/conclusions_2025.csv", check_sentences),
    "answers.csv": (None, check_answers),
    "terms.csv": (RAW / "published/terms_2025.csv", read_terms),
    "facts.csv": (RAW / "published/figures_2021.csv", read_earlier_facts),
    "register.csv": (RAW / "register/municipalities_2025.csv", check_register),
    "names.csv": (RAW / "register/municipality_names.csv", check_names),
    "codings.csv": (None, check_codings),
    "set_aside.csv": (None, read_set_aside),
}


def good_bytes(name, path):
    if path is not None:
        return path.read_bytes()
    if name == "set_aside.csv":
        return b"answer_id,reason\na1,gone\na2,gone\n"
    if name == "answers.csv":
        return good_answers()
    lines = [f"a{number},anna,other,2026-11-24,,{codeframe().fingerprint}" for number in range(5)]
    return "\n".join(["answer_id,coder,codes,date,remark,codeframe", *lines, ""]).encode()


def good_answers():
    """Return respondents who gave the first, second, … answer to every closed question."""
    rows = []
    for number in range(4):
        row = {"province": "Utrecht", "n_municipalities": "1"}
        for question in instrument().closed_questions:
            for at, column in enumerate(question.columns):
                codes = ["1", "0"] if question.type == "multi" else question.codes
                row[column] = codes[(number + at) % len(codes)] if number else ""
        rows.append(row)
    return pd.DataFrame(rows).to_csv(index=False).encode()


def holds(path, content, check):
    """Read a damaged file: it is refused by our own error, or it is sound."""
    path.write_bytes(content)
    TRIED["files"] += 1
    try:
        check(path)
    except InputError as error:
        TRIED["refused"] += 1
        assert "\n" not in str(error)


def damaged_bytes(data, content):
    """Cut, overwrite, repeat or insert bytes at random places."""
    content = bytearray(content)
    for _ in range(data.draw(st.integers(1, 4))):
        # A share and not a place: a workbook holds the time, so its length differs from one example to the next.
        start = int(data.draw(st.floats(0, 1)) * max(0, len(content) - 1))
        length = data.draw(st.sampled_from([1, 2, 8, 64, 1024]))
        part = data.draw(
            st.one_of(st.just(b""), st.binary(max_size=6), st.just(bytes(content[start : start + length]) * 2))
        )
        content[start : start + length] = part
    return bytes(content)


def damaged_part(data, content):
    """Damage one part of a zip archive, with a checksum that fits: what another program may write."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    parts[name] = damaged_bytes(data, parts[name])
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for part, inside in parts.items():
            archive.writestr(part, inside)
    return stream.getvalue()


def places(node, found):
    """Gather every container of a document with its keys or positions."""
    for key in list(node) if isinstance(node, dict) else range(len(node)):
        found.append((node, key))
        if isinstance(node[key], dict | list):
            places(node[key], found)
    return found


def damaged_nodes(data, content):
    """Replace, remove, rename or repeat nodes of a YAML document."""
    document = YAML(typ="safe").load(content)
    for _ in range(data.draw(st.integers(1, 3))):
        found = places(document, [])
        if not found:
            break
        node, key = found[data.draw(st.integers(0, len(found) - 1))]
        change = data.draw(st.sampled_from(["value", "remove", "rename", "list", "repeat"]))
        if change == "value":
            node[key] = data.draw(VALUES)
        elif change == "remove":
            del node[key]
        elif change == "list":
            node[key] = [node[key]]
        elif change == "rename" and isinstance(node, dict):
            node[data.draw(st.one_of(st.text(max_size=5), st.integers(), st.just("name")))] = node.pop(key)
        elif isinstance(node, list):
            node.append(node[key])
    stream = io.BytesIO()
    with suppress(YAMLError):
        YAML(typ="safe").dump(document, stream)
    return stream.getvalue()


def damaged_cells(data, content, encoding="utf-8", separator=","):
    """Change, drop or repeat cells, rows and columns of a CSV file."""
    rows = list(csv.reader(io.StringIO(content.decode(encoding), newline=""), delimiter=separator))
    for _ in range(data.draw(st.integers(1, 4))):
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        change = data.draw(st.sampled_from(["cell", "drop", "repeat row", "drop column", "swap"]))
        if change == "repeat row":
            rows.append(list(row))
        elif row:
            at = data.draw(st.integers(0, len(row) - 1))
            if change == "cell":
                row[at] = data.draw(st.one_of(st.text(max_size=8), SMALL))
            elif change == "drop":
                del row[at]
            elif change == "swap":
                row[at], row[0] = row[0], row[at]
            else:
                for other in rows:
                    del other[at : at + 1]
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=separator, escapechar="\\").writerows(rows)
    return stream.getvalue().encode(encoding, "replace")


@pytest.mark.parametrize("name", [*YAML_FILES, *CSV_FILES])
@fuzzed
@given(data=st.data())
def test_random_bytes_are_refused_or_sound(tmp_path, name, data):
    path, check = (YAML_FILES | CSV_FILES)[name]
    holds(tmp_path / name, damaged_bytes(data, good_bytes(name, path)), check)


@pytest.mark.parametrize("name", YAML_FILES)
@fuzzed
@given(data=st.data())
def test_random_nodes_are_refused_or_sound(tmp_path, name, data):
    path, check = YAML_FILES[name]
    holds(tmp_path / name, damaged_nodes(data, good_bytes(name, path)), check)


@pytest.mark.parametrize("name", CSV_FILES)
@fuzzed
@given(data=st.data())
def test_random_cells_are_refused_or_sound(tmp_path, name, data):
    path, check = CSV_FILES[name]
    holds(tmp_path / name, damaged_cells(data, good_bytes(name, path)), check)


@pytest.fixture(scope="module")
def export(build):
    return (build / "data/raw/synthetic_survey_2025.csv").read_bytes()


@pytest.mark.parametrize("form", ["bytes", "cells", "xlsx", "xlsx bytes", "xlsx part", "sav", "sav bytes"])
@fuzzed
@given(data=st.data())
def test_a_random_export_is_refused_or_sound(tmp_path, export, form, data):
    if form == "bytes":
        content = damaged_bytes(data, export)
    elif form == "cells":
        content = damaged_cells(data, export, "cp1252", ";")
    else:
        make = workbook if form.startswith("xlsx") else partial(spss, tmp_path)
        content = make(damaged_cells(data, export[:20_000], "cp1252", ";"))
        damage = {"bytes": damaged_bytes, "part": damaged_part}.get(form.split()[-1])
        content = damage(data, content) if damage else content
    kind = "csv" if form in ("bytes", "cells") else form.split()[0]
    holds(tmp_path / f"export.{kind}", content, check_export)


def workbook(content):
    book = openpyxl.Workbook()
    for row in csv.reader(io.StringIO(content.decode("cp1252"), newline=""), delimiter=";"):
        with suppress(openpyxl.utils.exceptions.IllegalCharacterError):
            book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def spss(folder, content):
    rows = list(csv.reader(io.StringIO(content.decode("cp1252"), newline=""), delimiter=";"))
    width = max(1, min(len(row) for row in rows))
    table = pd.DataFrame([[cell.replace("\0", "") for cell in row[:width]] for row in rows[1:]], dtype="str")
    table = table.reindex(columns=range(width)).rename(columns=lambda position: f"v{position}")
    labels = [name.replace("\0", "")[:200] for name in [*rows[0], *[""] * width][:width]]
    pyreadstat.write_sav(table, folder / "made.sav", column_labels=labels)
    return (folder / "made.sav").read_bytes()


@cache
def good_workbook(folder):
    answers = pd.DataFrame({"answer_id": list(ANSWERS), "text": list(ANSWERS.values())})
    code = codeframe().codes[0].code
    given = {"answer_id": ["a0", "a3"], "coder": "anna", "codes": [code, code], "remark": ["", "weet niet"]}
    task = CodingTask(codeframe(), "Knelpunten", "anna")
    path = Path(folder) / "coding.xlsx"
    path.unlink(missing_ok=True)
    write_coding_sheet(path, answers, task, given=pd.DataFrame(given))
    return path.read_bytes()


def damaged_sheets(data, content):
    """Change cells, rows, columns, names and kinds of values in a workbook for coders."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    for _ in range(data.draw(st.integers(1, 4))):
        sheet = book.worksheets[data.draw(st.integers(0, len(book.worksheets) - 1))]
        row, column = (data.draw(st.integers(1, most)) for most in (8, 9))
        change = data.draw(st.sampled_from(["cell", "cell", "code", "row", "column", "copy", "name", "remove"]))
        with suppress(ValueError, openpyxl.utils.exceptions.IllegalCharacterError):
            if change == "cell":
                sheet.cell(row, column).value = data.draw(st.one_of(VALUES, st.datetimes()))
            elif change == "code":
                sheet.cell(row, column).value = data.draw(st.sampled_from(codeframe().codes)).entry
            elif change == "row":
                sheet.delete_rows(row)
            elif change == "column":
                sheet.delete_cols(column)
            elif change == "copy":
                sheet.append([cell.value for cell in sheet[row]])
            elif change == "name":
                sheet.title = data.draw(st.text(min_size=1, max_size=8))
            elif len(book.worksheets) > 1:
                book.remove(sheet)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


@pytest.mark.parametrize("damage", [damaged_bytes, damaged_part, damaged_sheets])
@fuzzed
@given(data=st.data())
def test_a_random_coding_workbook_is_refused_or_sound(tmp_path, damage, data):
    holds(tmp_path / "coding_damaged.xlsx", damage(data, good_workbook(tmp_path)), check_coding_workbook)


def test_damage_was_refused_and_harmless_changes_were_not(figure):
    figure("files_fuzzed", TRIED["files"])
    figure("files_fuzzed_refused", TRIED["refused"])
    if TRIED["files"]:
        assert 0 < TRIED["refused"] < TRIED["files"]
