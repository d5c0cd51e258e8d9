"""Quantity words of the convention."""

from fractions import Fraction
from pathlib import Path

import pytest

from analysis.errors import InputError
from analysis.survey.quantifiers import CountRule, parse_fraction, read_quantifiers

CONVENTION = Path("data/raw/published/quantifiers.csv")
HEADER = "pattern,low,high,open_low,open_high,note\n"


@pytest.mark.parametrize(
    ("text", "fraction"),
    [
        ("de helft", Fraction(1, 2)),
        ("een derde", Fraction(1, 3)),
        ("twee derde", Fraction(2, 3)),
        ("driekwart", Fraction(3, 4)),
        ("twee vijfde", Fraction(2, 5)),
        ("15 procent", Fraction(15, 100)),
        ("de andere helft", Fraction(1, 2)),
        ("de meeste", None),
        ("helft derde", None),
        ("", None),
    ],
)
def test_fractions_in_words(text, fraction):
    assert parse_fraction(text) == fraction


@pytest.mark.parametrize(
    ("phrase", "pattern", "low", "high"),
    [
        ("bijna driekwart", "bijna X", Fraction(70, 100), Fraction(75, 100)),
        ("iets minder dan de helft", "iets minder dan X", Fraction(45, 100), Fraction(1, 2)),
        ("minder dan de helft", "minder dan X", Fraction(35, 100), Fraction(1, 2)),
        ("iets meer dan een tiende", "iets meer dan X", Fraction(1, 10), Fraction(15, 100)),
        ("meer dan de helft", "meer dan X", Fraction(1, 2), Fraction(65, 100)),
        ("zo'n vijfde", "zo'n X", Fraction(17, 100), Fraction(23, 100)),
        ("twee vijfde", "X", Fraction(37, 100), Fraction(43, 100)),
        ("Slechts  enkele", "enkele", Fraction(0), Fraction(5, 100)),
        ("lang niet alle", "lang niet alle", Fraction(0), Fraction(85, 100)),
    ],
)
def test_the_longest_pattern_is_taken(phrase, pattern, low, high):
    reading = read_quantifiers(CONVENTION).read(phrase)
    x = reading.fraction if reading.fraction is not None else Fraction(0)
    assert reading.quantifier.pattern == pattern
    assert (reading.quantifier.lower.at(x).offset, reading.quantifier.upper.at(x).offset) == (low, high)


def test_a_phrase_that_waits_for_a_reference_keeps_x():
    reading = read_quantifiers(CONVENTION).read("iets minder dan")
    assert reading.fraction is None
    assert reading.quantifier.upper.coefficient == 1


def test_notes_about_numbers_are_rules():
    convention = read_quantifiers(CONVENTION)
    assert convention.read("enkele").quantifier.count_rules == (CountRule(1, 3, 60),)
    assert convention.read("een enkele").quantifier.count_rules == (CountRule(1, 2, 60),)
    assert convention.read("een paar").quantifier.count_rules == (CountRule(2, None, None),)
    assert convention.read("de meeste").quantifier.count_rules == ()


def test_words_without_a_usable_bound():
    convention = read_quantifiers(CONVENTION)
    unbounded = {row.pattern for row in convention.rows if not row.is_bounded}
    assert unbounded >= {"een aantal", "een deel", "veel", "het belangrijkste", "representatief"}
    assert not unbounded & {"niet alle", "enkele", "hoger", "de meeste"}


def test_a_phrase_outside_the_convention_is_named():
    with pytest.raises(InputError, match="'een heleboel' is not in the convention"):
        read_quantifiers(CONVENTION).read("een heleboel")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("pattern,low\nX,0\n", "line 1: the columns are others"),
        (HEADER + "X,Y-1,X,no,no,\n", "line 2: the limit 'Y-1'"),
        (HEADER + "X,0,1,maybe,no,\n", "line 2: the limit '0'"),
        (
            HEADER + "X,X+0.1,X,no,no,\n",
            "line 2: the lower limit 'X\\+0.1' lies above",
        ),
        (
            HEADER + "X,0,1,no,no,\nX,0,1,no,no,\n",
            "line 3: the pattern 'X' stands",
        ),
        (HEADER + ",0,1,no,no,\n", "line 2: the pattern is blank"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused(tmp_path, content, message):
    path = tmp_path / "quantifiers.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_quantifiers(path)


def test_a_number_beyond_measure_is_refused(tmp_path):
    path = tmp_path / "quantifiers.csv"
    path.write_text(f"{HEADER}X,0,X/{'9' * 5000},no,no,\n", encoding="utf-8")
    with pytest.raises(InputError, match="line 2: the limit 'X/9"):
        read_quantifiers(path)


def test_a_missing_table_is_named(tmp_path):
    with pytest.raises(InputError, match="the file is missing"):
        read_quantifiers(tmp_path / "quantifiers.csv")
