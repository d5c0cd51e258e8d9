"""Every share has exactly one phrase, and the phrase's interval in the published table contains the share."""

import re
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.errors import InputError
from analysis.reporting.wording import Wording, capitalise, caution, enumerate_dutch, read_wording

TABLE = Path(__file__).parents[3] / "data/raw/published/quantifiers.csv"
WORDING = read_wording(TABLE)
ROWS = pd.read_csv(TABLE, dtype="str").set_index("pattern").to_dict("index")
FIFTHS = {"een vijfde": 0.2, "twee vijfde": 0.4, "drie vijfde": 0.6, "vier vijfde": 0.8}
FRACTIONS = FIFTHS | {
    "een tiende": 0.1,
    "negen op de tien": 0.9,
    "een kwart": 0.25,
    "de helft": 0.5,
    "driekwart": 0.75,
}
FRACTIONS |= {"een derde": 1 / 3, "twee derde": 2 / 3, "alle": 1.0}


def covered(words: str, share: float) -> bool:
    """Read the interval of the words straight from the table, without the code under test."""
    if words == "geen":
        return share == 0
    if words == "alle":
        return share == 1
    if words == "enkele":
        pattern, fraction = "enkele", 0.0
    else:
        found = re.fullmatch(r"(?:(bijna|ongeveer|ruim) )?(.+)", words)
        pattern, fraction = f"{found[1]} X" if found[1] else "X", FRACTIONS[found[2]]
    row = ROWS[pattern]
    low, high = (fraction + float(row[end].replace("X", "") or 0) for end in ("low", "high"))
    above = share > low if row["open_low"] == "yes" else share >= low
    below = share < high if row["open_high"] == "yes" else share <= high
    return above and below


def test_every_share_of_every_possible_base_is_covered():
    shares = {count / n for n in range(1, 343) for count in range(n + 1)}
    wrong = [share for share in sorted(shares) if not covered(WORDING.quantity(share).words, share)]
    assert wrong == []


@given(st.floats(0, 1))
@example(0.05)
@example(0.15)
@example(0.45)
@example(0.85)
@example(0.95)
@example(5e-324)
@example(1 - 2**-53)
@settings(max_examples=300)
def test_every_share_has_words_that_cover_it(share):
    assert covered(WORDING.quantity(share).words, share)


@given(st.floats(0, 1), st.floats(0, 1))
@settings(max_examples=300)
def test_a_larger_share_never_sounds_smaller(one, other):
    low, high = sorted((one, other))
    first, second = WORDING.quantity(low), WORDING.quantity(high)
    assert (first.low + first.high) / 2 <= (second.low + second.high) / 2


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0, "geen"),
        (0.03, "enkele"),
        (42 / 153, "ruim een kwart"),
        (0.31, "bijna een derde"),
        (0.49, "ongeveer de helft"),
        (0.5, "de helft"),
        (0.74, "ongeveer driekwart"),
        (0.97, "bijna alle"),
        (1, "alle"),
    ],
)
def test_words_read_as_a_report_writes_them(share, words):
    assert WORDING.quantity(share).words == words


@pytest.mark.parametrize("share", [-0.01, 1.01, float("nan")])
def test_no_words_for_what_is_no_share(share):
    with pytest.raises(ValueError, match="no share"):
        WORDING.quantity(share)


def test_noun_and_verb_follow_the_words():
    some, none, all_, part, ten = (WORDING.quantity(share) for share in (0.02, 0, 1, 0.25, 0.88))
    assert [q.of("gemeenten") for q in (some, none, all_, part, ten)] == [
        "enkele gemeenten",
        "geen van de gemeenten",
        "alle gemeenten",
        "een kwart van de gemeenten",
        "bijna negen op de tien gemeenten",
    ]
    assert ten.of("deze gemeenten") == "bijna negen op de tien van deze gemeenten"
    assert [q.verb("heeft", "hebben") for q in (some, none, all_, part, ten)] == [
        "hebben",
        "heeft",
        "hebben",
        "heeft",
        "hebben",
    ]


def test_share_gives_words_percentage_and_counts():
    text = WORDING.share(42, 153, "gemeenten", printed="28%")
    assert text == "ruim een kwart van de gemeenten (28%; 42 van de 153)"
    assert WORDING.share(1, 42, "gemeenten") == "één van de 42 gemeenten (2%)"
    assert WORDING.share(0, 42, "gemeenten") == "geen van de 42 gemeenten (0%)"
    assert WORDING.share(42, 153, "gemeenten", share=0.5).startswith("de helft van de gemeenten (50%; 42 van")


def test_a_margin_stands_as_numbers_behind_the_share():
    text = WORDING.share(13, 140, "gemeenten", margin="6 tot 14%")
    assert text == "ongeveer een tiende van de gemeenten (9%; 13 van de 140; marge 6 tot 14%)"
    assert WORDING.share(1, 42, "gemeenten", margin="0 tot 9%") == "één van de 42 gemeenten (2%; marge 0 tot 9%)"


def test_a_reason_to_be_careful_is_said_and_silence_without_one():
    assert caution([]) == ""
    assert caution(["een brede marge"]) == "Wees voorzichtig met dit cijfer: een brede marge."


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ruim X,", "royaal X,", "ruim X: the pattern is missing"),
        ("X-0.05", "X min 0.05", "cannot be read"),
        ("ruim X,X,", "ruim X,,", "ruim X: an end of the interval cannot be read"),
        ("ruim X,X,", "ruim X,0.1,", "ruim X: an end of the interval cannot be read"),
        ("enkele,0,0.05", "enkele,0,X", "enkele: an end of the interval cannot be read"),
        ("iets meer dan X,X,X+0.05", "ruim X,X,X+0.05", "the pattern 'ruim X' stands here twice"),
    ],
)
def test_a_table_that_does_not_serve_is_refused(tmp_path, old, new, message):
    path = tmp_path / "quantifiers.csv"
    path.write_text(TABLE.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_wording(path)


def test_a_table_as_excel_saves_it_reads_the_same(tmp_path):
    path = tmp_path / "quantifiers.csv"
    text = TABLE.read_text(encoding="utf-8").replace("just above", "één")
    path.write_bytes(text.encode("cp1252"))
    assert read_wording(path) == WORDING


def test_a_narrower_convention_that_leaves_a_share_without_words_says_so(tmp_path):
    path = tmp_path / "quantifiers.csv"
    path.write_text(
        TABLE.read_text(encoding="utf-8").replace("ruim X,X,X+0.05", "ruim X,X,X+0.02"), encoding="utf-8"
    )
    with pytest.raises(InputError, match=r"no words for a share of 0\.121; .*to do: widen"):
        read_wording(path)
    widths = WORDING.widths | {"ruim X": (0.0, 0.02, True, False)}
    with pytest.raises(ValueError, match=r"no words for a share of 0\.14"):
        Wording(widths).quantity(0.14)


def test_enumeration():
    assert [enumerate_dutch(items) for items in ([], ["a"], ["a", "b"])] == ["", "a", "a en b"]


def test_capital_at_the_start_only():
    assert capitalise("") == ""
    assert capitalise("één G4-gemeente") == "Eén G4-gemeente"
