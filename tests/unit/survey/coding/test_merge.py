"""No import loses or changes a code that is there, whatever it brings and however it ends."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.survey.coding import coding_file
from analysis.survey.coding.codeframe import Code, Codeframe
from analysis.survey.coding.coding_file import COLUMNS, coding_path, read_codings, read_set_aside, write_codings
from analysis.survey.coding.merge import check_known, merge_codings

BOOK = Path("book.xlsx")
NAMES = ("money", "cuts", "courts", "other")
PLAIN = Codeframe(
    column="q26",
    codes=tuple(Code(code=name, nl=name.title(), en=name, definition="d", example="e") for name in NAMES),
)


def codings(*rows, fingerprint=PLAIN.fingerprint):
    """Make codings from (answer, coder, codes[, remark])."""
    full = [
        (answer, coder, codes, "2025-03-03", *(rest or [""]), fingerprint) for answer, coder, codes, *rest in rows
    ]
    return pd.DataFrame(full, columns=list(COLUMNS), dtype="str")


def merge(path, new, codeframe=PLAIN):
    rows = {answer: number for number, answer in enumerate(new["answer_id"], start=2)}
    return merge_codings(path, new, codeframe, source=BOOK, rows=rows)


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def test_new_codes_are_added_and_the_same_codes_change_nothing(tmp_path):
    path = tmp_path / "coding/q26.csv"
    first = merge(path, codings(("a2", "anna", "money"), ("a1", "anna", "money;cuts", "=let op")))
    assert (first.n_new, first.n_same) == (2, 0)
    assert lines(path) == [
        "answer_id,coder,codes,date,remark,codeframe",
        f"a1,anna,money;cuts,2025-03-03,'=let op,{PLAIN.fingerprint}",
        f"a2,anna,money,2025-03-03,,{PLAIN.fingerprint}",
    ]
    before = path.read_bytes()
    again = merge(path, read_codings(path, PLAIN).assign(date="2025-04-04"))
    assert (again.n_new, again.n_same) == (0, 2)
    assert path.read_bytes() == before


def test_work_goes_on_where_it_stopped(tmp_path):
    path = tmp_path / "q26.csv"
    merge(path, codings(("a1", "anna", "money")))
    merge(path, codings(("a1", "bo", "cuts")))
    done = merge(path, codings(("a1", "anna", "money"), ("a2", "anna", "courts")))
    assert (done.n_new, done.n_same) == (1, 1)
    table = read_codings(path, PLAIN)
    assert list(zip(table["answer_id"], table["coder"], table["codes"], strict=True)) == [
        ("a1", "anna", "money"),
        ("a1", "bo", "cuts"),
        ("a2", "anna", "courts"),
    ]


def test_another_code_for_the_same_answer_is_refused_and_nothing_is_added(tmp_path):
    path = tmp_path / "q26.csv"
    merge(path, codings(("a1", "anna", "money"), ("a2", "anna", "cuts")))
    before = path.read_bytes()
    new = codings(("a3", "anna", "other"), ("a1", "anna", "money;cuts"), ("a2", "anna", "courts"))
    with pytest.raises(InputError) as refusal:
        merge(path, new)
    message = str(refusal.value)
    assert "book.xlsx, sheet antwoorden, row 3: anna coded this answer before as money on 2025-03-03" in message
    assert "the sheet says money;cuts; the same in rows 4; to do: put back what q26.csv has" in message
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path]


def test_a_remark_can_be_added_and_never_taken_away(tmp_path):
    path = tmp_path / "q26.csv"
    merge(path, codings(("a1", "anna", "money"), ("a2", "anna", "money", "eerste")))
    merge(path, codings(("a1", "anna", "money", "-let op"), ("a2", "anna", "money")))
    assert read_codings(path, PLAIN)["remark"].tolist() == ["-let op", "eerste"]
    assert ",'-let op," in lines(path)[1]
    with pytest.raises(InputError, match="with a remark; the sheet says money with a remark"):
        merge(path, codings(("a2", "anna", "money", "tweede")))


def test_a_file_that_cannot_be_moved_into_place_leaves_the_old_one(tmp_path, monkeypatch):
    path = tmp_path / "q26.csv"
    merge(path, codings(("a1", "anna", "money")))
    before = path.read_bytes()
    monkeypatch.setattr(coding_file.os, "fsync", lambda handle: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        merge(path, codings(("a2", "anna", "cuts")))
    assert path.read_bytes() == before
    assert sorted(tmp_path.iterdir()) == [path]


def test_two_imports_at_once_do_not_overwrite_each_other(tmp_path):
    path = tmp_path / "q26.csv"
    with (
        coding_file.exclusive_use(path),
        pytest.raises(InputError, match=r"another import is writing these codes; .* remove .q26.csv.lock"),
    ):
        merge(path, codings(("a1", "anna", "money")))
    merge(path, codings(("a1", "anna", "money")))


def test_a_name_that_cannot_be_used_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"book.xlsx: the coder is called 'anna de vries'"):
        merge(tmp_path / "q26.csv", codings(("a1", "anna de vries", "money")))


def test_what_coders_agreed_on_has_its_own_file(tmp_path):
    assert coding_path(tmp_path, "q26", "anna") == tmp_path / "q26.csv"
    path = coding_path(tmp_path, "q26", "agreed")
    assert path == tmp_path / "q26_agreed.csv"
    merge(path, codings(("a1", "agreed", "money")))
    with pytest.raises(InputError, match=r"q26_agreed.csv, line 2: coder is 'anna'; expected only 'agreed'"):
        write_codings(path, codings(("a1", "anna", "money")))
        read_codings(path, PLAIN)


imports = st.lists(
    st.tuples(
        st.sampled_from(["anna", "bo"]),
        st.dictionaries(st.sampled_from(["a1", "a2", "a3"]), st.sampled_from(NAMES), min_size=1),
    ),
    min_size=1,
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(imports)
def test_no_sequence_of_imports_loses_or_changes_a_code(tmp_path_factory, sequence):
    path = tmp_path_factory.mktemp("codes") / "q26.csv"
    kept = {}
    for coder, given_codes in sequence:
        wanted = {(answer, coder): code for answer, code in given_codes.items()}
        try:
            merge(path, codings(*((answer, coder, code) for answer, code in given_codes.items())))
            assert all(kept.get(key, code) == code for key, code in wanted.items())
            kept |= wanted
        except InputError:
            assert any(key in kept and kept[key] != code for key, code in wanted.items())
        table = read_codings(path, PLAIN)
        assert dict(zip(zip(table["answer_id"], table["coder"], strict=True), table["codes"], strict=True)) == kept


HEADER = "answer_id,coder,codes,date,remark,codeframe\n"
GOOD = f"a1,anna,money,2025-03-03,,{PLAIN.fingerprint}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "line 1: the file is empty; expected the columns answer_id, coder, codes"),
        (
            HEADER.replace("remark", "note") + GOOD,
            "line 1: the columns are others .missing: 'remark'; unknown: 'note'.; expected answer_id, coder",
        ),
        (HEADER + GOOD.replace(",,", ",") + GOOD, "line 2: the row has 5 cells; expected 6"),
        (HEADER + "<<<<<<< HEAD\n" + GOOD, "line 2: the row has 1 cells"),
        (HEADER + GOOD + GOOD.replace("money", "cuts"), "line 3: anna codes the answer a1 twice, also on line 2"),
        (HEADER + GOOD.replace("money", "monee"), "line 2: unknown code 'monee'; expected codes of .*q26.yaml"),
        (HEADER + GOOD.replace("money", ""), "line 2: no code"),
        (HEADER + GOOD.replace("2025-03-03", "3-3-2025"), "line 2: date is '3-3-2025'"),
        (HEADER + GOOD.replace("2025-03-03", "2025-02-30"), "line 2: date is '2025-02-30'"),
        (HEADER + GOOD.replace("anna", "Anna de Vries"), "line 2: coder is 'Anna de Vries'"),
        (HEADER + GOOD.replace("anna", "agreed"), "line 2: coder is 'agreed'; expected 'agreed' in q26.csv only"),
        (HEADER + GOOD.replace("a1", " "), "line 2: answer_id is ''"),
        (HEADER + GOOD.replace(PLAIN.fingerprint, "0123456789ab"), "line 2: coded with version 0123456789ab"),
        (HEADER + 'a1,anna,"money', "line 2: the row cannot be read"),
    ],
)
def test_a_coding_file_that_was_damaged_is_refused_with_its_line(tmp_path, text, message):
    path = tmp_path / "q26.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_codings(path, PLAIN)
    with pytest.raises(InputError):
        merge(path, codings(("a9", "anna", "money")))
    assert path.read_text(encoding="utf-8") == text


def test_codes_under_an_older_name_stay_as_they_are_in_the_file_and_are_read_under_the_new_one(
    tmp_path, codeframe, load, frame_text
):
    path = tmp_path / "q26.csv"
    merge(path, codings(("a1", "anna", "cuts"), fingerprint=codeframe.fingerprint), codeframe)
    before = lines(path)
    stands = (
        f"earlier:\n  - {{fingerprint: {codeframe.fingerprint}, reason: name, renamed: {{cuts: budget_cut}}}}\n"
    )
    renamed = frame_text.replace("code: cuts", "code: budget_cut").replace("→ cuts", "→ budget_cut")
    later = load(renamed + stands)
    assert read_codings(path, later)["codes"].tolist() == ["budget_cut"]
    merge(path, codings(("a2", "anna", "budget_cut"), fingerprint=later.fingerprint), later)
    assert lines(path)[: len(before)] == before
    assert read_codings(path, later)["codes"].tolist() == ["budget_cut", "budget_cut"]
    again = merge(path, codings(("a1", "anna", "cuts"), fingerprint=codeframe.fingerprint), later)
    assert again.n_same == 1


def test_codes_of_an_answer_that_is_gone_are_refused_until_it_is_listed_and_stay_in_the_file(tmp_path):
    table = codings(("a1", "anna", "money"), ("a2", "anna", "cuts"))
    with pytest.raises(
        InputError, match=r"1 coded answers are not in the data any more, such as a2; .*set_aside.csv"
    ):
        check_known(table, ["a1"], {}, file=BOOK)
    (tmp_path / "set_aside.csv").write_text("answer_id,reason\na2,a duplicate after all\n", encoding="utf-8")
    listed = read_set_aside(tmp_path / "set_aside.csv")
    assert check_known(table, ["a1"], listed, file=BOOK)["answer_id"].tolist() == ["a1"]
    assert read_set_aside(tmp_path / "none.csv") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("answer\na2\n", "line 1: the columns are others .missing: 'answer_id', 'reason'; unknown: 'answer'"),
        ("answer_id,reason\na2,\n", "line 2: the reason is missing"),
    ],
)
def test_a_list_of_answers_that_are_gone_needs_reasons(tmp_path, text, message):
    (tmp_path / "set_aside.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_set_aside(tmp_path / "set_aside.csv")
