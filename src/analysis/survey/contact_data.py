"""Find in text what leads to a person by its form: addresses, telephone numbers, accounts, personal numbers.

Numbers with a check digit are validated by the library ``python-stdnum``: the citizen service number (BSN) by its
eleven test, a bank account (IBAN) by its remainder modulo 97. Behind a cue a number counts even when it fails the
check, because people make mistakes.
"""

import re
from collections.abc import Iterator

from stdnum import iban
from stdnum.nl import bsn

DOMAINS = r"\.(?:nl|com|org|eu|net|info|io|me|be|de|gov|edu|app|social|frl|amsterdam)\b"
EMAIL = re.compile(
    r"(?<![\w+-])[\w.+-]{1,64}\s?(?:@|[(\[](?:at|apenstaartje)[)\]]|\s(?:apenstaartje|apestaartje)\s)\s?[\w-]+"
    r"(?:\s?(?:\.|[(\[](?:dot|punt)[)\]]|\s(?:punt|dot)\s)\s?[\w-]+){1,6}",
    re.IGNORECASE,
)
# An address with a path is one in any domain: linktr.ee/name.
WEB = re.compile(
    rf"(?:https?://|www\.)\S+|\b[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{0,6}}{DOMAINS}(?:/\S*)?|\b[\w-]{{2,63}}(?:\.[\w-]{{2,63}}){{1,6}}/[\w@.~%-]+\S*",
    re.IGNORECASE,
)
ACCOUNT = re.compile(r"(?<![\w.@/])@\w(?:[\w.-]*\w)?\b(?!\()")  # a function of a spreadsheet is none
NO_LETTERS = (
    r"(?:aan|al|af|als|de|dan|dat|die|dus|en|er|et|ff|ga|het|ik|in|is|ja|je|kg|km|kb|mb|gb|cm|mm|ml|me|mn|na|nu|of|om"
    r"|op|te|uw|we|wo|ze|zo|st|pk|eu)"
)
POSTCODE = re.compile(
    r"\b[1-9]\d{3}\s?(?!SA|SD|SS)[A-Z]{2}\b(?:\s+\d{1,5}\s?[a-z]?\b)?"
    rf"|\b[1-9]\d{{3}}(?:[a-z]{{2}}|\s(?!{NO_LETTERS}\b)[a-z]{{2}})\b"
)
# Endings of streets; the second kind ends ordinary words too, so that a street of it needs a capital.
STREETS = (
    r"(?:straat|straatje|laan|weg|dreef|plein|pleintje|gracht|kade|singel|dijk|pad|paadje|steeg|steegje|plantsoen"
    r"|boulevard|gaarde|strjitte|dyk|leane|str\.|ln\.|avenue|allee)"
)
STREETS_WITH_CAPITAL = (
    r"(?:hof|hofje|park|markt|wal|baan|brink|haven|burg|akker|veld|kamp|erf|wei"
    r"|ring(?<!ering)(?<!oering)(?<!varing)(?<!uring)(?<!oring))"  # Stadsring, and not uitvoering or ervaring
)
NO_STREETS = r"(?:onder|half|deel|rand|snel|spoor|fiets|hulpverlenings|zorg|stappen|vaste|water|lucht|om|door)weg"
PARTS = r"(?:(?:van|de|den|der|het|ter|ten|op|aan|in|'t|v\.d\.)\s+)*"
CAPITALISED = r"(?-i:[A-ZÀ-Ž])[\w'’.-]*"
HOUSE_NUMBER = (
    r"(?:nr\.?\s*|nummer\s+)?\d{1,5}"
    r"(?:\s?[-/]\s?\w{1,4}\b|(?-i:[a-z]{1,2})\b|\s?(?-i:[A-Z]{1,2})\b|\s(?:bis|hs)\b|\b)"
)
STREET = re.compile(
    rf"\b(?!{NO_STREETS}\b)(?:{CAPITALISED}\s+{PARTS}){{0,4}}"
    rf"(?:[\w'’-]{{2,60}}{STREETS}|(?-i:[A-ZÀ-Ž])[\w'’-]{{1,60}}{STREETS_WITH_CAPITAL}"
    rf"|(?<=\w\s)(?-i:(?=[A-Z]))(?:{STREETS}|{STREETS_WITH_CAPITAL})"
    rf"|(?:laan|straat|weg|plein|hof|park)\s+{PARTS}{CAPITALISED}(?:\s+{CAPITALISED})?)\s+{HOUSE_NUMBER}",
    re.IGNORECASE,
)
LIVES = re.compile(
    rf"\b(?:adres|bezoekadres|postadres|woont|wonen|woonachtig|gevestigd|wonend|gelegen)\b:?\s+(?:(?:is|op|aan|in|te|bij)"
    rf"\s+)*((?!(?:is|op|aan|in|te|bij)\b)(?:[^\W\d_][\w'’.-]*\s+){{1,4}}?{HOUSE_NUMBER})",
    re.IGNORECASE,
)
POST_BOX = re.compile(r"\bpostbus\s+(?:nr\.?\s*)?\d{1,6}\b", re.IGNORECASE)
TELEPHONE = re.compile(
    r"(?<![\w])(?:"
    r"(?:\+|00)\d{2}[\s./()-]*(?:\(?0\)?[\s./-]*)?(?:\d[\s./()-]*){7,10}\d"  # international
    r"|\(?0\d{1,3}\)?[\s./-]*(?:\d[\s./-]*){5,8}\d"  # Dutch, ten digits in all
    r"|14[\s-]?0\d{2,3}\b"  # the short number of a municipality
    r")(?!\w)"
)
TELEPHONE_CUED = re.compile(
    r"(?:\btel\b\.?|telefoon(?:nummer)?|mobiel|bel(?:len)?|nummer|06)\W{0,3}(?:(?:op|is|nr|via|met)\W{1,2})?((?:\d[\s./-]?){5,10}\d)",
    re.IGNORECASE,
)
DUTCH_DIGITS = (9, 10)
DATE = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d\d")
WRITTEN_DATE = r"\d{1,2}[-/. ]+(?:\d{1,2}|[a-z]{3,9})[-/. ]+(?:\d{4}|\d{2})\b"
BORN = re.compile(rf"\bgeb(?:oren|oortedatum)?\b[.:]?\W*(?:(?:op|is|d\.d\.)\s+)?({WRITTEN_DATE})", re.IGNORECASE)
BSN = re.compile(
    r"(?<![\w.,+-])(?:\d{8,9}|\d{4}[ .]\d{2}[ .]\d{3}|\d{3} \d{3} \d{3}|\d{3}[ .-]\d{2}[ .-]\d{4})(?![\w,-])"
)
BSN_CUED = re.compile(
    r"\b(?:bsn|burgerservice\s?(?:nummer|nr)|sofi\s?-?(?:nummer|nr))(?:-?(?:nummer|nr))?\W{0,3}(?:is\s+)?"
    r"(\d(?:[ .-]?\d){6,9})",
    re.IGNORECASE,
)
IBAN = re.compile(r"(?<!\w)[A-Z]{2}[ .-]?\d{2}(?:[ .-]?[A-Z0-9]){11,30}(?!\w)", re.IGNORECASE)
IBAN_NL = re.compile(r"(?<!\w)NL[ .-]?\d{2}[ .-]?[A-Z]{4}(?:[ .-]?\d){10}(?!\w)", re.IGNORECASE)
IBAN_CUED = re.compile(
    r"\b(?:iban|rekening(?:nummer)?)\b\W{0,3}(?:is\s+)?((?:[A-Z]{2}\s?)?\d(?:[ .-]?[A-Z0-9]){6,30})", re.I
)
# Quick looks, which spare most texts the slower ones.
AT = re.compile(r"@|at[)\]]|ap(?:en)?staart")
WEB_SIGN = re.compile(rf"https?:|www\.|{DOMAINS}|\w\.\w+/", re.IGNORECASE)
DIGIT = re.compile(r"\d")


def find_contact_data(text: str) -> list[tuple[int, int, str]]:
    """Return where contact data and personal numbers stand in a text, as start, end and kind; they may overlap.

    Parameters
    ----------
    text
        Running text.

    Examples
    --------
    >>> find_contact_data("BSN 111222333, dorpsstraat 12a"), find_contact_data("over 12345678 euro en 2018-2021")
    ([(15, 30, 'address'), (4, 13, 'identity_number')], [])
    """
    spans: list[tuple[int, int, str]] = []
    if AT.search(text):
        spans += [(*match.span(), "email") for match in EMAIL.finditer(text)]
        spans += [(*match.span(), "account") for match in ACCOUNT.finditer(text)]
    if WEB_SIGN.search(text):
        spans += [(*match.span(), "address") for match in WEB.finditer(text)]
    if DIGIT.search(text):
        for pattern, group in ((STREET, 0), (LIVES, 1), (POST_BOX, 0)):
            spans += [(*match.span(group), "address") for match in pattern.finditer(text)]
        spans += [(*match.span(), "address") for match in POSTCODE.finditer(text)]
        spans += [(*match.span(), "telephone") for match in TELEPHONE.finditer(text) if _is_telephone(match[0])]
        spans += [(*match.span(1), "telephone") for match in TELEPHONE_CUED.finditer(text)]
        spans += [(*span, "identity_number") for span in _personal_numbers(text)]
    return spans


def _is_telephone(found: str) -> bool:
    digits = re.sub(r"\D", "", found)
    if DATE.match(found):
        return False
    return not digits.startswith("0") or digits.startswith("00") or len(digits) in DUTCH_DIGITS


def _personal_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where a BSN, an IBAN or a date of birth stands."""
    for pattern in (BSN_CUED, IBAN_CUED, BORN):
        yield from (match.span(1) for match in pattern.finditer(text))
    yield from (match.span() for match in IBAN_NL.finditer(text))
    yield from (
        match.span() for match in BSN.finditer(text) if not DATE.match(match[0]) and bsn.is_valid(match[0])
    )
    for match in IBAN.finditer(text):
        # What follows an account may look like a part of it: take the longest beginning that is one.
        parts = [match.start() + step.end() for step in re.finditer(r"[A-Z0-9]+", match[0], re.IGNORECASE)]
        end = next((end for end in reversed(parts) if iban.is_valid(text[match.start() : end])), None)
        if end is not None:
            yield match.start(), end
