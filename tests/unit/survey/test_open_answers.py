"""Open answers leave the cleaning as plain, harmless text."""

import pandas as pd
import pytest

from analysis.survey.masking import make_masker
from analysis.survey.open_answers import clean_open_answers, gather_open_answers, open_columns


@pytest.fixture(scope="session")
def clean(register, instrument):
    masker = make_masker(register, instrument)

    def run(*texts):
        answers = pd.DataFrame({"row": range(len(texts)), "column": "q26", "typed": pd.Series(texts, dtype="str")})
        return clean_open_answers(answers, masker)

    return run


@pytest.mark.parametrize(
    ("typed", "text", "rules"),
    [
        ("Meer geld", "Meer geld", []),
        ("eerst dit\r\ndan dat", "eerst dit dan dat", ["line_break"]),
        ("goed &#128512;", "goed 😀", ["emoji"]),
        ("goed 😀", "goed 😀", ["emoji"]),
        ("<b>meer</b> geld", "meer geld", ["html"]),
        ("minder dan &lt;b&gt;tien&lt;/b&gt;", "minder dan tien", []),
        ("minder < meer", "minder < meer", []),
        ('=HYPERLINK("http://x.nl","klik")', '\'=HYPERLINK("[adres] [naam]")', None),
        ("=1+1", "'=1+1", ["formula"]),
        ("@SUM(A1)", "'@SUM(A1)", ["formula"]),
        ("-2+3", "'-2+3", ["formula"]),
        ("- meer geld", "- meer geld", []),
        ("bel 06-12345678", "bel [telefoon]", ["telephone"]),
    ],
)
def test_one_answer(clean, typed, text, rules):
    table, positions = clean(typed)
    if rules is not None:
        assert table["text"].tolist() == [text]
        assert sorted(rule for rule, rows in positions.items() if len(rows)) == rules
    assert table["text"][0][0] not in "=@+\t"


def test_markup_leaves_no_tag_and_no_text_runs_as_a_formula(clean):
    attacks = [
        "<script>alert(1)</script>",
        "een &lt;img src=x onerror=alert(1)&gt;",
        "\t=1+1",
        " =cmd|'/C calc'!A0",
        "+A1",
    ]
    table, _ = clean(*attacks)
    assert not table["text"].str.contains(r"<[a-z]", regex=True).any()
    assert table["text"].str.match(r"[^=+@\-\t\r]").all()


def test_questions_that_identify_are_left_out(instrument):
    columns = open_columns(instrument)
    assert not {"q01", "q30a", "q30b", "q31"} & set(columns)
    assert {"q02", "q05", "q09_text", "q22_text", "q28"} <= set(columns)


def test_only_answers_are_gathered(instrument):
    table = pd.DataFrame("", index=[4, 5], columns=list(instrument.columns))
    table.loc[4, "q26"], table.loc[5, "q09_text"], table.loc[5, "q01"] = "a", "b", "Utrecht"
    table.loc[5, "q27"] = "  "
    gathered = gather_open_answers(table, instrument)
    assert gathered.astype({"column": "str"}).values.tolist() == [[5, "q09_text", "b"], [4, "q26", "a"]]
