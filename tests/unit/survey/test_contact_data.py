"""Contact data and personal numbers are found by their form and check digits; ordinary numbers are left alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.survey.contact_data import find_contact_data


def found(text):
    return {(text[start:end], kind) for start, end, kind in find_contact_data(text)}


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("Zij wonen op Kerkstraat 12 in het dorp", "Kerkstraat 12", "address"),
        ("het huis aan de dorpsweg 4a", "dorpsweg 4a", "address"),
        ("Burgemeester Van Tuyllplein 2-4", "Burgemeester Van Tuyllplein 2-4", "address"),
        ("Laan van Meerdervoort 1001", "Laan van Meerdervoort 1001", "address"),
        ("Oude Markt 3 is gesloten", "Oude Markt 3", "address"),
        ("Moeder woont op Dam 1", "Dam 1", "address"),
        ("Postbus 123 volstaat", "Postbus 123", "address"),
        ("in 3512ab of 3512 AB", "3512ab", "address"),
        ("zie linktr.ee/karin voor meer", "linktr.ee/karin", "address"),
        ("volg @karin_b maar", "@karin_b", "account"),
        ("cliënt 111222333 wacht", "111222333", "identity_number"),
        ("bsn 1112.22.333 klopt", "1112.22.333", "identity_number"),
        ("BSN: 123456789", "123456789", "identity_number"),  # fails the eleven test, but the cue says what it is
        ("bsn 1 1 1 2 2 2 3 3 3", "1 1 1 2 2 2 3 3 3", "identity_number"),
        ("bel 0 6 1 2 3 4 5 6 7 8", "0 6 1 2 3 4 5 6 7 8", "telephone"),
        ("geboren op 12-03-2015", "12-03-2015", "identity_number"),
        ("naar NL91 ABNA 0417 1643 00 graag", "NL91 ABNA 0417 1643 00", "identity_number"),
        ("naar DE89370400440532013000 graag", "DE89370400440532013000", "identity_number"),
        (
            "naar NL00 ABNA 0417 1643 00 graag",
            "NL00 ABNA 0417 1643 00",
            "identity_number",
        ),  # a slip in the check digits
    ],
)
def test_it_is_found(text, words, kind):
    assert (words, kind) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "wij zijn onderweg 3 maanden kwijt, en aan de weg 3 keer",
        "van 2018-2021 en in 2024 of 2025 en verder",
        "12.500.000 euro, 12500001 inwoners en 1.000 uur",
        "op 01-01-2025 om 12:30 uur, vraag 24 t/m 26, a/b en m.b.v. o.a./bijv.",
        "het wijkteam 3 dagen, de markt 5 jaar, in het park 2 keer",
        "mail @ werk",
        "antwoord 3, de uitvoering 2025, inzicht 2 en de arbeidsmarkt 4 keer",
    ],
)
def test_ordinary_text_is_left_alone(text):
    assert found(text) == set()


def eleven_test(digits):
    weighted = sum(int(digit) * weight for digit, weight in zip(digits, (9, 8, 7, 6, 5, 4, 3, 2, -1), strict=True))
    return weighted % 11 == 0 and int(digits) > 0


@given(st.text("0123456789", min_size=9, max_size=9))
def test_nine_digits_are_personal_exactly_when_they_pass_the_eleven_test(digits):
    is_personal = (digits, "identity_number") in found(f"het getal {digits} staat er")
    assert is_personal == eleven_test(digits)


@given(st.text("0123456789", min_size=18, max_size=18), st.integers(2, 98))
def test_a_german_account_is_one_exactly_when_its_remainder_is_one(digits, check):
    account = f"DE{check:02}{digits}"
    remainder = int(f"{digits}1314{check:02}") % 97  # D is 13, E is 14
    assert ((account, "identity_number") in found(f"op {account} dus")) == (remainder == 1)
    right = f"DE{98 - int(f'{digits}131400') % 97:02}{digits}"
    assert (right, "identity_number") in found(f"op {right} dus")


@settings(max_examples=60)
@given(st.text(max_size=200))
def test_any_text_is_read(text):
    for start, end, _ in find_contact_data(text):
        assert 0 <= start < end <= len(text)


def test_a_long_word_is_looked_at_once():
    """Of the square of its length it would take hours."""
    assert find_contact_data("ja-" * 100_000 + " 1") == []
