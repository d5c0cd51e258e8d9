"""A workbook comes back as it went out; what was done to it is taken in whole or refused with sheet and row."""

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.survey.coding.coding_sheet import (
    CODE_HEADERS,
    CodingTask,
    cell_text,
    coding_order,
    write_coding_sheet,
)
from analysis.survey.coding.sheet_reading import check_coding_sheet, read_coding_sheet

DATE = "2025-03-03"


@pytest.fixture
def book(tmp_path, answers, codeframe):
    """Write a workbook for anna and return its path."""
    write_coding_sheet(tmp_path / "q26.xlsx", answers, CodingTask(codeframe, "Knelpunten", "anna"))
    return tmp_path / "q26.xlsx"


def edit(path, *, sheet="antwoorden", **cells):
    """Type in cells, such as ``C2="Geld"``, and save."""
    workbook = openpyxl.load_workbook(path)
    for cell, value in cells.items():
        workbook[sheet][cell] = value
    workbook.save(path)


def rows_of(path):
    """Return the row of each answer."""
    sheet = openpyxl.load_workbook(path)["antwoorden"]
    return {sheet.cell(row, 1).value: row for row in range(2, sheet.max_row + 1)}


def check(path, codeframe, texts, **options):
    return check_coding_sheet(read_coding_sheet(path), codeframe, texts, date=DATE, **options)


def test_what_is_chosen_comes_back_with_answer_coder_and_version(book, codeframe, texts):
    row = rows_of(book)
    edit(book, **{f"C{row['a1']}": "Bezuiniging [cuts]", f"E{row['a1']}": "geld", f"H{row['a1']}": "twijfel"})
    edit(book, **{f"D{row['a4']}": "no_content"})
    checked = check(book, codeframe, texts)
    expected = [
        ["a1", "anna", "money;cuts", DATE, "twijfel", codeframe.fingerprint],
        ["a4", "anna", "no_content", DATE, "", codeframe.fingerprint],
    ]
    assert sorted(checked.codings.to_numpy().tolist()) == expected
    assert checked.rows == {"a1": row["a1"], "a4": row["a4"]}
    assert (checked.n_open, checked.n_remark_only, checked.n_newer_text) == (6, 0, 0)


def test_the_workbook_holds_nothing_that_tells_who_answered(book, texts):
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["antwoorden"]
    header = [cell.value for cell in sheet[1]]
    assert header == ["antwoord-id", "antwoord", *CODE_HEADERS, "opmerking"]
    assert {sheet.cell(row, 1).value for row in range(2, 10)} == set(texts)
    assert workbook.sheetnames == ["antwoorden", "codeboek", "uitleg"]


def test_every_cell_is_text_and_no_answer_is_a_formula(book, texts):
    for sheet in openpyxl.load_workbook(book):
        for cells in sheet.iter_rows():
            for cell in cells:
                assert cell.data_type in ("s", "n")
                assert cell.data_type == "s" or cell.value is None
                assert cell.number_format == "@" or cell.value is None
    row = rows_of(book)
    sheet = openpyxl.load_workbook(book)["antwoorden"]
    assert sheet.cell(row["a2"], 2).value == texts["a2"]
    assert sheet.cell(row["a2"], 2).quotePrefix
    assert sheet.cell(row["a6"], 2).quotePrefix
    assert not sheet.cell(row["a1"], 2).quotePrefix


def test_each_code_column_offers_the_codeframe_and_only_codes_and_remarks_can_be_changed(book, codeframe):
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["antwoorden"]
    (choices,) = sheet.data_validations.dataValidation
    assert str(choices.sqref) == "C2:G9"
    assert choices.formula1 == "=codeboek!$A$2:$A$6"
    assert choices.showErrorMessage
    assert [workbook["codeboek"][f"A{row}"].value for row in range(2, 7)] == [
        code.entry for code in codeframe.codes
    ]
    assert workbook["codeboek"]["E2"].value == "het wordt minder → Bezuiniging"
    assert all(sheet.protection.sheet for sheet in workbook)
    assert [sheet.cell(2, place).protection.locked for place in range(1, 9)] == [True] * 2 + [False] * 6


def test_the_order_is_random_but_the_same_for_one_question_and_coder(texts):
    ids = [f"a{number}" for number in range(200)]
    orders = {
        (column, coder): coding_order(ids, column, coder) for column in ("q26", "q27") for coder in ("anna", "bo")
    }
    assert len({tuple(order) for order in orders.values()}) == 4
    order = orders["q26", "anna"]
    assert order == coding_order(reversed(ids), "q26", "anna")
    assert [one for one in order if one != "a7"] == coding_order(
        [one for one in ids if one != "a7"], "q26", "anna"
    )
    places = pd.Series(order).str[1:].astype(int)
    assert abs(places.corr(pd.Series(range(200)))) < 0.25  # the ids are not in an order that can be told


def test_earlier_codes_stand_in_the_workbook_and_the_cursor_on_the_first_open_answer(
    tmp_path, answers, codeframe, texts
):
    task = CodingTask(codeframe, "Knelpunten", "anna")
    first, _, third = coding_order(texts, "q26", "anna")[:3]
    given_codes = pd.DataFrame(
        {"answer_id": [first, third], "codes": ["money;courts", "other"], "remark": ["=let op", ""]}, dtype="str"
    )
    n_open = write_coding_sheet(tmp_path / "on.xlsx", answers, task, given=given_codes)
    assert n_open == 6
    sheet = openpyxl.load_workbook(tmp_path / "on.xlsx")["antwoorden"]
    assert [sheet.cell(2, place).value for place in (1, 3, 4, 5, 8)] == [
        first,
        "Geld [money]",
        "Rechters [courts]",
        None,
        "=let op",
    ]
    assert {selection.activeCell for selection in sheet.sheet_view.selection} == {"C3"}
    checked = check(tmp_path / "on.xlsx", codeframe, texts).codings.set_index("answer_id")
    assert checked["codes"].to_dict() == {first: "money;courts", third: "other"}
    assert checked.loc[first, "remark"] == "=let op"


def test_a_workbook_is_never_overwritten(book, answers, codeframe):
    before = book.read_bytes()
    with pytest.raises(InputError, match="there already and may hold codes that were not imported"):
        write_coding_sheet(book, answers, CodingTask(codeframe, "Knelpunten", "anna"))
    assert book.read_bytes() == before


def test_more_codes_than_columns_are_refused_rather_than_dropped(tmp_path, answers, load, frame_text):
    more = "".join(
        f"  - {{code: c{letter}, nl: C {letter}, en: C, definition: D., example: E.}}\n" for letter in "abc"
    )
    codeframe = load(frame_text + more)
    given_codes = pd.DataFrame(
        {"answer_id": ["a1"], "codes": ["money;cuts;courts;ca;cb;cc"], "remark": [""]}, dtype="str"
    )
    with pytest.raises(InputError, match="the answer a1 to q26 has 6 codes; expected at most 5"):
        write_coding_sheet(tmp_path / "x.xlsx", answers, CodingTask(codeframe, "K"), given=given_codes)


def test_what_coders_settle_shows_what_each_gave(tmp_path, answers, codeframe, texts):
    others = pd.DataFrame(
        {"answer_id": ["a1", "a1"], "coder": ["anna", "bo"], "codes": ["money", "money;cuts"]}, dtype="str"
    )
    path = tmp_path / "agreed.xlsx"
    write_coding_sheet(
        path, answers[answers["answer_id"] == "a1"], CodingTask(codeframe, "K", "agreed"), others=others
    )
    sheet = openpyxl.load_workbook(path)["antwoorden"]
    assert [cell.value for cell in sheet[1]][2:5] == ["codeur anna", "codeur bo", "code 1"]
    assert [cell.value for cell in sheet[2]][2:5] == ["Geld [money]", "Geld [money], Bezuiniging [cuts]", None]
    edit(path, E2="Geld")
    assert check(path, codeframe, texts).codings.loc[0, ["coder", "codes"]].tolist() == ["agreed", "money"]


def test_whole_rows_may_be_sorted(book, codeframe, texts):
    row = rows_of(book)
    edit(book, **{f"C{row['a1']}": "Geld", f"C{row['a6']}": "Rechters"})
    workbook = openpyxl.load_workbook(book)
    sheet = workbook["antwoorden"]
    values = [[cell.value for cell in sheet[number]] for number in range(9, 1, -1)]
    for number, cells in enumerate(values, start=2):
        for place, value in enumerate(cells, start=1):
            sheet.cell(number, place).value = value
            sheet.cell(number, place).data_type = "s" if value else "n"
    workbook.save(book)
    checked = check(book, codeframe, texts).codings.set_index("answer_id")
    assert checked["codes"].to_dict() == {"a1": "money", "a6": "courts"}


def test_an_answer_that_was_masked_anew_is_taken_and_counted(book, codeframe, texts):
    row = rows_of(book)
    edit(book, **{f"C{row['a1']}": "Geld"})
    texts["a1"] = "Er is geen [gemeente]"
    checked = check(book, codeframe, texts)
    assert checked.n_newer_text == 1
    assert checked.codings["answer_id"].tolist() == ["a1"]


def test_the_code_of_an_answer_that_was_listed_as_gone_is_kept(book, codeframe, texts):
    row = rows_of(book)
    edit(book, **{f"C{row['a1']}": "Geld"})
    del texts["a1"]
    assert check(book, codeframe, texts, set_aside={"a1"}).codings["answer_id"].tolist() == ["a1"]


def test_a_remark_without_a_code_is_reported(book, codeframe, texts):
    edit(book, H2="later")
    checked = check(book, codeframe, texts)
    assert (checked.n_remark_only, len(checked.codings)) == (1, 0)


def delete_column(path, place):
    workbook = openpyxl.load_workbook(path)
    workbook["antwoorden"].delete_cols(place)
    workbook.save(path)


def remove_sheet(path, name):
    workbook = openpyxl.load_workbook(path)
    del workbook[name]
    workbook.save(path)


def sort_column(path, place):
    """Sort one column and leave the others, as a spreadsheet does when asked to."""
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["antwoorden"]
    values = sorted((sheet.cell(row, place).value for row in range(2, 10)), key=str)
    for row, value in enumerate(values, start=2):
        sheet.cell(row, place).value = value
        sheet.cell(row, place).data_type = "s"
    workbook.save(path)


def copy_row(path):
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["antwoorden"]
    for place in range(1, 9):
        sheet.cell(10, place).value = sheet.cell(2, place).value
        sheet.cell(10, place).data_type = "s"
    workbook.save(path)


STRUCTURE = [
    (lambda path: path.unlink(), "the workbook is missing"),
    (
        lambda path: path.write_text("answer;code\n"),
        "no workbook that can be read; expected a workbook saved as .xlsx",
    ),
    (lambda path: path.write_bytes(path.read_bytes()[:900]), "no workbook that can be read"),
    (lambda path: remove_sheet(path, "antwoorden"), "sheet antwoorden: the sheet is missing"),
    (lambda path: remove_sheet(path, "uitleg"), "sheet uitleg: the sheet is missing"),
    (lambda path: edit(path, sheet="uitleg", B3=None), "sheet uitleg: 'Codeur' is empty; to do: type your name"),
    (lambda path: edit(path, sheet="uitleg", B4=None), "sheet uitleg: 'Versie van het codeboek' is empty"),
    (lambda path: delete_column(path, 1), "sheet antwoorden, row 1: the column 'antwoord-id' is missing"),
    (lambda path: delete_column(path, 4), "sheet antwoorden, row 1: the column 'code 2' is missing"),
    (lambda path: edit(path, D1="thema"), "the column 'code 2' is missing"),
    (lambda path: edit(path, I1="code 6"), "the column 'code 6' does not belong here; .* move what it holds"),
    (lambda path: edit(path, I1="code 1"), "the column 'code 1' stands here twice"),
]


@pytest.mark.parametrize(("damage", "message"), STRUCTURE)
def test_a_workbook_that_was_taken_apart_is_refused(book, damage, message):
    damage(book)
    with pytest.raises(InputError, match=message) as refusal:
        read_coding_sheet(book)
    assert "to do: " in str(refusal.value)


CONTENT = [
    (lambda path: edit(path, C4="Bezuinigen"), "row 4: unknown code 'Bezuinigen'; .* to do: correct the code"),
    (lambda path: edit(path, C4="=1+1"), "row 4: unknown code '=1[+]1'"),
    (lambda path: edit(path, C4=3), "row 4: unknown code '3'"),
    (lambda path: edit(path, C4="Geen inhoud", D4="Geld"), "row 4: no_content stands beside another code"),
    (copy_row, r"row 2: anna has the answer \w+ twice \(rows 2, 10\); to do: keep one row"),
    (
        lambda path: edit(path, A5="a99"),
        "row 5: the answer a99 is not in the data any more; to do: .*set_aside.csv",
    ),
    (lambda path: edit(path, A5=None, C5="Geld"), "row 5: the row has no answer id"),
    (lambda path: sort_column(path, 1), r"the text belongs to a\d, not to a\d; to do: undo the sorting"),
    (lambda path: sort_column(path, 2), r"the text belongs to a\d, not to a\d"),
    (
        lambda path: edit(path, C3="Foei", C4="Geld", C5="Bah", C6="Ach"),
        "row 3: unknown code 'Foei'.*; 2 more rows have something wrong: 5, 6",
    ),
]


@pytest.mark.parametrize(("damage", "message"), CONTENT)
def test_a_row_that_cannot_be_right_is_refused_with_sheet_and_row(book, codeframe, texts, damage, message):
    damage(book)
    with pytest.raises(InputError, match=message) as refusal:
        check(book, codeframe, texts)
    assert str(book) in str(refusal.value)
    assert "sheet antwoorden, row " in str(refusal.value)


def test_a_codeframe_that_changed_since_is_refused_until_somebody_says_that_the_codes_stand(
    book, codeframe, texts, load, frame_text
):
    edit(book, C2="Bezuiniging [cuts]")
    changed = frame_text.replace("code: cuts, nl: Bezuiniging", "code: budget_cut, nl: Minder geld").replace(
        "→ cuts", "→ budget_cut"
    )
    with pytest.raises(
        InputError, match=f"version {codeframe.fingerprint} of the codeframe, which is now"
    ) as refusal:
        check(book, load(changed), texts)
    assert "earlier" in str(refusal.value)
    stands = (
        f"earlier:\n  - {{fingerprint: {codeframe.fingerprint}, reason: name, renamed: {{cuts: budget_cut}}}}\n"
    )
    checked = check(book, load(changed + stands), texts)
    assert checked.codings[["codes", "codeframe"]].to_numpy().tolist() == [["cuts", codeframe.fingerprint]]


@given(st.text(max_size=60))
def test_any_answer_can_stand_in_a_cell(text):
    clean = cell_text(text)
    openpyxl.Workbook().active["A1"].check_string(clean)
    assert cell_text(clean) == clean
