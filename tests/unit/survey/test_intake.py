"""The same reactions come out of every format and notation, and every difference is reported."""

import datetime

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from analysis.errors import InputError
from analysis.survey.intake import Reading, read_export

TEXT = 'Meer geld; "minder" regels,\r\nen één loket – voor € 5'


@pytest.fixture
def rows(reaction):
    return [
        reaction(1, q26=TEXT),
        reaction(2, q01="Zoetermeer", q04="f"),
        reaction(3, q01="Súdwest-Fryslân", q04="c"),
    ]


@pytest.fixture
def expected(rows, instrument):
    return pd.DataFrame(rows, dtype="str")[list(instrument.columns)]


def same_answers(export, expected):
    read = export.reactions[list(expected.columns)].astype("str").reset_index(drop=True)
    pd.testing.assert_frame_equal(read, expected)
    assert export.reactions["response_id"].tolist() == ["1", "2", "3"]
    assert export.reactions["started_at"].dt.day.tolist() == [2, 3, 4]
    assert export.reactions["is_finished"].tolist() == [True] * 3
    return True


@pytest.fixture(params=[(sep, code) for sep in ";,\t|" for code in ("cp1252", "utf-8", "utf-8-sig", "utf-16")])
def notation(request):
    return request.param


@pytest.fixture
def noted(tmp_path, rows, write_csv, notation):
    return write_csv(tmp_path / "export.csv", rows, sep=notation[0], encoding=notation[1])


def test_csv_in_every_notation(noted, notation, instrument, mapping, expected):
    path, (sep, encoding) = noted, notation
    export = read_export(path, instrument, mapping)
    assert same_answers(export, expected)
    assert export.synthetic
    assert export.reactions.index.tolist() == [2, 3, 4]
    stated = Reading(separator=sep, encoding=encoding.removesuffix("-sig"), date_format="%d-%m-%Y %H:%M")
    assert same_answers(read_export(path, instrument, mapping, stated), expected)


def write_workbook(path, rows, mapping):
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.append(list(mapping.values()))
    for row in rows:
        started = datetime.datetime.strptime(row["started_at"], "%d-%m-%Y %H:%M")
        cells = [None if value == "" else value for value in (row | {"started_at": started}).values()]
        cells[0] = int(cells[0])
        sheet.append([int(cell) if cell in ("0", "1") else cell for cell in cells])
    workbook.save(path)
    return path


def test_excel(tmp_path, instrument, mapping, rows, expected):
    path = write_workbook(tmp_path / "export.xlsx", rows, mapping)
    export = read_export(path, instrument, mapping)
    read = export.reactions["q26"].astype("str").tolist()
    assert read[0] == TEXT.replace("\r", "")
    assert same_answers(export, expected.assign(q26=read))
    assert not export.synthetic
    assert "spreadsheet_value" in set(export.findings["rule"])
    assert (
        read_export(path.rename(tmp_path / "export.csv"), instrument, mapping).read_as["bestandsvorm"] == "Excel"
    )


def test_spss_keeps_labels_and_values_declared_missing(tmp_path, instrument, mapping, rows, expected):
    table = pd.DataFrame(rows, dtype="str").drop(columns=["q04", "q06"])
    table["q04"] = [1.0, 6.0, 3.0]
    table["q06"] = [99.0, 1.0, 99.0]
    names = {"last_activity_at": "Laatst_gewijzigd"}
    labels = {"last_activity_at": "Laatst gewijzigd", "response_id": "Reactienummer"}
    path = tmp_path / "export.sav"
    pyreadstat.write_sav(
        table.rename(columns=names),
        str(path),
        column_labels=[labels.get(column, "") for column in table.columns],
        variable_value_labels={
            "q04": {float(at): option.nl for at, option in enumerate(instrument.question("q04").options, start=1)},
            "q06": {1.0: "Heel vaak", 99.0: "niet gevraagd"},
        },
        missing_ranges={"q06": [99.0]},
    )
    export = read_export(path, instrument, mapping)
    assert same_answers(export, expected)
    assert export.value_labels["q06"] == {"1": "Heel vaak", "99": "niet gevraagd"}
    rules = export.findings.groupby(["column", "rule"], observed=True).size().to_dict()
    assert rules["q04", "label_recoded"] == 3
    assert rules["q06", "missing_recoded"] == 2
    assert export.reactions.index.tolist() == [1, 2, 3]


def test_what_is_read_otherwise_than_typed_is_reported(tmp_path, instrument, mapping, reaction, write_csv):
    rows = [
        reaction(1, q21_a="1,00", q04=" A", q19="z"),
        reaction(2, started_at="gisteren", q26="kapot \ufffd"),
        dict.fromkeys(reaction(3), ""),
        reaction(4, response_id="4,0"),
        reaction(28),
    ]
    path = write_csv(tmp_path / "export.csv", rows, encoding="utf-8", synthetic=False)
    text = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text(
        "".join(f"{'intern' if at == 0 else at};{line}" for at, line in enumerate(text)), encoding="utf-8"
    )
    export = read_export(path, instrument, mapping)
    found = export.findings[["row", "column", "rule"]].astype({"row": "object"}).values.tolist()
    assert found[0][1:] == ["column 1 (A)", "unknown_column"]
    assert [list(finding) for finding in found[1:] if finding[2] != "date_order"] == [
        [2, "q04", "code_notation"],
        [2, "q21_a", "number_notation"],
        [3, "q26", "replacement_character"],
        [3, "started_at", "unreadable_date"],
        [4, "", "blank_row"],
    ]
    assert export.reactions["response_id"].tolist() == ["1", "2", "4", "28"]
    assert export.reactions["q19"].astype("str").tolist()[0] == "z"


def test_a_blank_row_is_left_out_and_reported(tmp_path, instrument, mapping, reaction, write_csv):
    rows = [reaction(1), dict.fromkeys(reaction(2), ""), reaction(28)]
    export = read_export(write_csv(tmp_path / "a.csv", rows, synthetic=False), instrument, mapping)
    assert export.reactions.index.tolist() == [2, 4]
    assert export.findings.loc[export.findings["rule"] == "blank_row", "row"].tolist() == [3]


def test_line_breaks_and_separators_in_cells_do_not_shift_rows(tmp_path, instrument, mapping, reaction, write_csv):
    rows = [reaction(1, q26='a;b\n"c"\r\n;;'), reaction(2, q04="zz")]
    export = read_export(write_csv(tmp_path / "a.csv", rows), instrument, mapping)
    assert export.reactions["q26"].astype("str").tolist()[0] == 'a;b\n"c"\r\n;;'
    assert export.reactions.index.tolist() == [2, 3]


def test_a_missing_export_says_where_to_put_it(tmp_path, instrument, mapping):
    for path in (tmp_path / "absent.csv", tmp_path):
        with pytest.raises(InputError, match=r"the export is missing.*cleaning\.export"):
            read_export(path, instrument, mapping)


def test_real_answers_under_the_header_of_a_synthetic_export_are_refused(
    tmp_path, rows, write_csv, instrument, mapping
):
    path = write_csv(tmp_path / "export.csv", rows, sep=";", encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    assert text.count("\nja;") == 3
    path.write_text(text[::-1].replace(";aj\n", ";\n", 1)[::-1], encoding="utf-8")
    with pytest.raises(
        InputError, match=r"row 4, column 1 \(A\): the file has the column synthetisch_\w+, but not in 1 of"
    ):
        read_export(path, instrument, mapping)
