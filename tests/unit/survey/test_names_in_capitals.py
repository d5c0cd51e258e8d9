"""Names in capitals are written as names, abbreviations stay, and the length never changes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.survey.names_in_capitals import in_small_letters


@pytest.mark.parametrize(
    ("text", "small"),
    [
        ("vraag JAN JANSEN", "vraag Jan Jansen"),
        ("IRENE VAN DER WAL belde", "Irene van der Wal belde"),
        ("ŞÜKRÜ YILMAZ en GYÖRGY ŻAK", "Şükrü Yilmaz en György Żak"),
        ("de GGZ, het CJG en de VNG", "de GGZ, het CJG en de VNG"),
        ("de GGZ VNG en NJI", "de GGZ VNG en NJI"),
        ("ER IS GEEN TIJD", "er is geen Tijd"),
    ],
)
def test_names_and_abbreviations(text, small):
    assert in_small_letters(text) == small


@given(st.text(max_size=80))
def test_every_letter_keeps_its_place(text):
    small = in_small_letters(text)
    assert len(small) == len(text)
    assert all(one == other or one.lower() == other for one, other in zip(text, small, strict=True))
