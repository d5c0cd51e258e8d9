"""Small raw exports for the tests of intake and cleaning, made from the instrument."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

from analysis.survey.columns import load_column_map
from analysis.survey.instrument import load_instrument
from analysis.survey.register import load_names, load_register
from analysis.survey.routing import asked

# How long an example takes depends on the machine; that is no property of the code.
settings.register_profile("without_deadline", deadline=None)
settings.load_profile("without_deadline")

RAW = Path(__file__).parents[3] / "data/raw"


@pytest.fixture(scope="session")
def instrument():
    return load_instrument(RAW / "instrument_2025.yaml")


@pytest.fixture(scope="session")
def mapping(instrument):
    return load_column_map(RAW / "columns_2025.yaml", instrument)


@pytest.fixture(scope="session")
def municipalities():
    return load_register(RAW / "register/municipalities_2025.csv")


@pytest.fixture(scope="session")
def register(municipalities):
    folder = RAW / "register"
    return load_names(municipalities, folder / "municipality_names.csv", folder / "mergers_2021_2025.csv")


@pytest.fixture(scope="session")
def reaction(instrument):
    """Return a function that makes one complete reaction; keyword arguments replace or add answers."""

    def make(number, **changes):
        answers = dict.fromkeys(instrument.columns, "") | {"q01": "Utrecht", "q02": "beleidsadviseur", "q03": "b"}
        answers["q04"] = changes.get("q04", "a")
        reached = asked(instrument, pd.DataFrame([answers], dtype="str")).iloc[0]
        for question in instrument.closed_questions:
            if not reached[question.name] or question.name in ("q03", "q04"):
                continue
            for position, column in enumerate(question.columns):
                code = question.codes[0] if question.type != "multi" else str(int(position == 0))
                answers[column] = code
        paradata = {
            "response_id": str(number),
            "started_at": f"{number % 27 + 1:02d}-12-2024 09:30",
            "last_activity_at": f"{number % 27 + 1:02d}-12-2024 09:45",
            "is_finished": "Ja",
        }
        return paradata | answers | changes

    return make


@pytest.fixture(scope="session")
def write_csv(mapping):
    """Return a function that writes reactions as a raw export with the headers of the mapping."""

    def write(path, reactions, *, sep=";", encoding="cp1252", synthetic=True):
        table = pd.DataFrame(reactions, dtype="str").rename(columns=mapping)
        if synthetic:
            table.insert(0, "synthetisch_verzonnen_antwoorden", "ja")
        table.to_csv(path, sep=sep, encoding=encoding, index=False, lineterminator="\r\n")
        return path

    return write
