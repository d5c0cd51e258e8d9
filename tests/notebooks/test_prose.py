"""No number or quantity word stands typed in the text of a notebook: sentences with quantities are computed."""

import re
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
FRACTIONS = "tiende|vijfde|kwart|derde|helft|driekwart"
AMOUNTS = "merendeel|meeste|meestal|enkele|sommige|bijna|ruim|ongeveer|regelmatig|vrijwel|nauwelijks|procent"
PHRASES = "op de tien|een paar|zo'n|lang niet|(?:meer|minder) dan|(?:groot|klein|grootste) deel"
QUANTITY = re.compile(rf"\b({FRACTIONS}|{AMOUNTS}|{PHRASES})\b", re.IGNORECASE)
NO_QUANTITY = re.compile(r"\b(?:19|20)\d\d\b|\bD\d\d\b|`[^`]*`|\]\([^)]*\)")
"""A year, the number of a decision, code, and the address of a link."""


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_text_names_no_number_and_no_quantity(path):
    for cell in nbformat.read(path, as_version=4).cells[1:]:
        if cell.cell_type == "markdown":
            text = NO_QUANTITY.sub("", cell.source)
            assert not re.search(r"\d", text), cell.source
            assert not QUANTITY.search(text), cell.source
