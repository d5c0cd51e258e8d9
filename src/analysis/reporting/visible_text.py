"""What a reader, or a machine, can read in a file for readers: pieces of text with their place."""

import csv
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from io import BytesIO, StringIO

from analysis.errors import InputError

GEOMETRY = frozenset(
    (
        *("d", "points", "transform", "viewbox", "style", "width", "height", "x", "y", "x1", "x2", "y1", "y2"),
        *("cx", "cy", "r", "rx", "ry", "dx", "dy", "clip-path", "class", "fill", "stroke", "xlink:href"),
    )
)
"""Attributes that hold no text."""
BLOCKS = frozenset(
    (
        *("p", "li", "td", "th", "dt", "dd", "h1", "h2", "h3", "h4", "caption", "figcaption", "summary", "pre"),
        *("text", "title", "desc", "div", "section", "details", "tr", "table", "br", "nav", "header", "footer"),
        *("c", "v", "si", "row"),  # of a workbook
    )
)


@dataclass(frozen=True)
class Piece:
    """A piece of text and where it stands."""

    text: str
    place: str


def pieces_of(name: str, content: bytes) -> list[Piece]:
    """Return the text in a file, whatever its kind.

    Parameters
    ----------
    name
        Name of the file; its ending tells the kind.
    content
        What is in it.

    Raises
    ------
    InputError
        When the kind of file is not known, so that nobody can tell what is in it.
    """
    kind = name.rsplit(".", 1)[-1].lower()
    if kind not in READERS:
        raise InputError("nobody can tell what is in a file of this kind", file=name, expected=", ".join(READERS))
    return [piece for piece in READERS[kind](content) if piece.text.strip()]


class _Reader(HTMLParser):
    """Text, attributes and comments of a page, one piece per block."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._style = 0

    def close_block(self) -> None:
        self.pieces.append(Piece(" ".join("".join(self._words).split()), f"line {self.getpos()[0]}"))
        self._words = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.close_block()
        self._style += tag == "style"
        for key, value in attrs:
            if value and key not in GEOMETRY:
                self.pieces.append(Piece(value, f"line {self.getpos()[0]}, attribute {key}"))

    def handle_endtag(self, tag: str) -> None:
        self._style -= tag == "style"
        if tag in BLOCKS:
            self.close_block()

    def handle_data(self, data: str) -> None:
        if not self._style:
            self._words.append(data)

    def handle_comment(self, data: str) -> None:
        self.pieces.append(Piece(unescape(data), f"line {self.getpos()[0]}, comment"))


def _html(content: bytes) -> Iterator[Piece]:
    reader = _Reader()
    reader.feed(content.decode("utf-8"))
    reader.close_block()
    yield from reader.pieces


def _csv(content: bytes) -> Iterator[Piece]:
    for number, row in enumerate(csv.reader(StringIO(content.decode("utf-8"))), start=1):
        for cell in row:
            if not _is_number(cell):
                yield Piece(cell, f"row {number}")


def _json(content: bytes) -> Iterator[Piece]:
    def walk(value: object, place: str) -> Iterator[Piece]:
        if isinstance(value, dict):
            for key, part in value.items():
                yield Piece(key, place)
                yield from walk(part, f"{place}.{key}")
        elif isinstance(value, list):
            for number, part in enumerate(value):
                yield from walk(part, f"{place}[{number}]")
        elif isinstance(value, str):
            yield Piece(value, place)

    yield from walk(json.loads(content.decode("utf-8")), "")


def _text(content: bytes) -> Iterator[Piece]:
    for number, line in enumerate(content.decode("utf-8").splitlines(), start=1):
        yield Piece(line, f"line {number}")


def _workbook(content: bytes) -> Iterator[Piece]:
    """Read every part of a workbook as text: cells, comments, links and properties alike."""
    with zipfile.ZipFile(BytesIO(content)) as parts:
        for part in parts.namelist():
            if part.endswith((".xml", ".rels")):
                for piece in _html(parts.read(part)):
                    if not _is_number(piece.text):
                        yield Piece(piece.text, f"{part}, {piece.place}")


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


READERS = {
    "html": _html,
    "svg": _html,
    "csv": _csv,
    "json": _json,
    "md": _text,
    "txt": _text,
    "xlsx": _workbook,
}
