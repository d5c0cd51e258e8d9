"""A small codeframe and a few answers, among them those that a spreadsheet would run or cannot hold."""

import pandas as pd
import pytest

from analysis.survey.coding.codeframe import load_codeframe

FRAME = """\
column: q26
codes:
  - code: money
    nl: Geld
    en: Money
    definition: Er is te weinig geld.
    excludes: [het wordt minder → cuts]
    example: Geen budget.
  - {code: cuts, nl: Bezuiniging, en: Cuts, definition: Er komt minder geld., example: Straks minder.}
  - {code: courts, nl: Rechters, en: Courts, definition: Het gaat over rechters., example: De rechter.}
"""
RESIDUAL = """\
codes:
  - {code: other, nl: Iets anders, en: Other, definition: Iets anders., example: Iets.}
  - {code: no_content, nl: Geen inhoud, en: None, definition: Niets., example: "-", exclusive: true}
"""
TEXTS = {
    "a1": "Er is geen geld",
    "a2": "=HYPERLINK(1)",
    "a3": "regel een\r\nregel twee 😀",
    "a4": "geen",
    "a5": "geen",
    "a6": "+31 bellen",
    "a7": "x" * 40_000,
    "a8": "stuurteken \x0b erin",
}


@pytest.fixture
def frame_text():
    return FRAME


@pytest.fixture
def load(tmp_path):
    """Write a codeframe and load it."""

    def from_text(text=FRAME):
        folder = tmp_path / "codeframes"
        folder.mkdir(exist_ok=True)
        (folder / "residual.yaml").write_text(RESIDUAL, encoding="utf-8")
        (folder / "q26.yaml").write_text(text, encoding="utf-8")
        return load_codeframe(folder / "q26.yaml")

    return from_text


@pytest.fixture
def codeframe(load):
    return load()


@pytest.fixture
def texts():
    return dict(TEXTS)


@pytest.fixture
def answers():
    return pd.DataFrame({"answer_id": list(TEXTS), "text": list(TEXTS.values())}, dtype="str")
