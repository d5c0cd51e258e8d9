"""Recognise the encoding of a text file, and refuse a stated one that does not fit."""

import codecs
import re
from pathlib import Path

from analysis.errors import InputError

BLOCK = 1 << 20
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
NO_TEXT = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})
"""What Python calls encodings too: names of hosts, source code, and one that fails at everything."""
OLD = ("cp850", "mac_roman")
"""Encodings of DOS and of old Macs, in which almost every file can be read as Windows-1252 too."""
ACCENTED = frozenset("àáâäçèéêëìíîïñòóôöùúûü")
IN_A_WORD = re.compile(
    rb"(?<=[a-z])[\x84\x91\x93-\x95](?=[a-z])"
    rb"|(?<=[a-z])[^\x00-\x80\x84\x85\x91-\x97\xa0]|[^\x00-\x80\x84\x85\x91-\x97\xa0](?=[a-z])"
)
"""Bytes that an accent can be. Of what Windows uses as quotation marks, only those within a word; its apostrophe,
ellipsis, dashes and hard space stand within words too, and say nothing."""
SAVE_AGAIN = "save it again as CSV in UTF-8"
REMEDY = "set cleaning.encoding in params.yaml to auto, or export again as CSV in UTF-8"


def recognise_encoding(path: Path, stated: str = "auto", *, setting: str | None = None) -> str:
    """Return the encoding in which a file can be read from the first byte to the last.

    A byte-order mark decides; then UTF-8 when the whole file is valid UTF-8 (chance hardly produces that);
    then Windows-1252, in which Excel in the Netherlands writes. A file whose accents are letters only in an
    encoding of DOS or of an old Mac is refused: read as Windows-1252, every accent in it would be lost unseen.

    Parameters
    ----------
    path
        The file.
    stated
        An encoding as Python names it, or ``auto``.
    setting
        Where a person can state the encoding, such as ``cleaning.encoding in params.yaml``; nothing when that
        cannot be done for this file.

    Returns
    -------
    str
        ``utf-8``, ``utf-16``, ``utf-32``, ``cp1252`` or the one that was stated; a byte-order mark in UTF-8 is
        to be skipped.

    Raises
    ------
    InputError
        When the file fits none, or not the stated one, with the line; when it is of DOS or of an old Mac and
        nobody said so.
    """
    with path.open("rb") as stream:
        start = stream.read(4)
    marked = next((name for mark, name in BYTE_ORDER_MARKS if start.startswith(mark)), None)
    utf8_error, plain = _decodes(path, "utf-8")
    if stated != "auto":
        return _stated(path, stated, marked, utf8_error, plain)
    encoding = marked or ("utf-8" if utf8_error is None else "cp1252")
    if encoding == "cp1252":
        _refuse_old(path, setting)
    error = utf8_error if encoding == "utf-8" else _decodes(path, encoding)[0]
    if error is not None:
        raise InputError(
            "a byte fits neither UTF-8 nor Windows-1252" if marked is None else f"a byte does not fit {marked}",
            file=path,
            place=f"line {error}",
            expected="text",
            remedy=f"export again as CSV in UTF-8, or state {setting}" if setting else SAVE_AGAIN,
        )
    if encoding in ("utf-8", "cp1252") and _holds_nul(path):
        raise InputError(
            "the file holds bytes that are no text",
            file=path,
            expected="a CSV, an .xlsx or a .sav file",
            remedy="export again as CSV in UTF-8" if setting else SAVE_AGAIN,
        )
    return encoding


def _refuse_old(path: Path, setting: str | None) -> None:
    """Refuse a file of which more bytes within words are letters in an old encoding than in Windows-1252."""
    letters = dict.fromkeys(("cp1252", *OLD), 0)
    found = 0
    with path.open("rb") as stream:
        for line in stream:
            inside = b"".join(IN_A_WORD.findall(line))
            found += len(inside)
            for name in letters:
                text = inside.decode(name, "replace")
                letters[name] += sum(letter in ACCENTED for letter in text)
    best = max(letters, key=lambda name: letters[name])
    if letters[best] > letters["cp1252"]:
        raise InputError(
            f"the file is no Windows-1252: of {found} accents within words {letters[best]} are letters in {best}, "
            f"and {letters['cp1252']} in Windows-1252",
            file=path,
            remedy=f"set {setting} to {best}, or better export again as CSV in UTF-8" if setting else SAVE_AGAIN,
        )


def _stated(path: Path, stated: str, marked: str | None, utf8_error: int | None, plain: bool) -> str:
    try:
        name = codecs.lookup(stated).name
        if name in NO_TEXT or not isinstance("".encode(stated), bytes):
            raise LookupError
    except (LookupError, TypeError, ValueError) as error:
        raise InputError(
            f"the encoding {stated!r} is unknown",
            file="params.yaml",
            place="cleaning.encoding",
            expected="an encoding of text as Python names it, or auto",
            remedy=REMEDY,
        ) from error
    name = "utf-8" if name == "utf-8-sig" else name
    really = marked or ("utf-8" if utf8_error is None and not plain else None)
    if really is not None and not name.startswith(really):
        raise InputError(
            f"the file is {really}, but params.yaml says {stated}",
            file=path,
            place="first bytes",
            expected=stated,
            remedy=REMEDY,
        )
    error, _ = (utf8_error, plain) if name == "utf-8" else _decodes(path, name)
    if error is not None:
        raise InputError(
            f"the file is not {stated}", file=path, place=f"line {error}", expected=stated, remedy=REMEDY
        )
    return name


def _decodes(path: Path, encoding: str) -> tuple[int | None, bool]:
    """Return the line of the first byte that does not fit (or nothing), and whether all is plain ASCII."""
    decoder = codecs.getincrementaldecoder(encoding)()
    lines, plain = 1, True
    with path.open("rb") as stream:
        while True:
            block = stream.read(BLOCK)
            plain &= block.isascii()
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError as error:
                return lines + block.count(b"\n", 0, error.start), plain
            except UnicodeError:
                return lines, plain
            if not block:
                return None, plain
            lines += block.count(b"\n")


def _holds_nul(path: Path) -> bool:
    with path.open("rb") as stream:
        return any(b"\0" in block for block in iter(lambda: stream.read(BLOCK), b""))
