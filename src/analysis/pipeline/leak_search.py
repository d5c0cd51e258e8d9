"""Look through everything in ``reports/`` before it counts as built."""

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.reporting.leak_scan import Leak, Secrets, find_leaks
from analysis.survey.masking_words import masking_words
from analysis.survey.municipality_names import plain_word
from analysis.survey.register import load_names, load_register

PROCESSED = "data/processed"
REGISTER = "data/raw/register"
PSEUDONYMS = {
    "respondents": ["respondent_id"],
    "dispositions": ["reaction"],
    "open_answers": ["respondent_id", "answer_id"],
}
SHOWN_LEAKS = 5


def read_secrets(root: Path) -> Secrets:
    """Gather what no reader may get.

    Parameters
    ----------
    root
        Root of the project.
    """
    tables = {name: _read(root / f"{PROCESSED}/{name}.csv") for name in (*PSEUDONYMS, "quotes")}
    folder = root / REGISTER
    register = load_names(
        load_register(folder / "municipalities_2025.csv"),
        folder / "municipality_names.csv",
        folder / "mergers_2021_2025.csv",
    )
    names = {name for name in register.names["name"] if len(name) > 2}
    ordinary = {name for name in names if plain_word(name) in masking_words().homographs}
    ordinary |= names & set(register.municipalities["province"])
    return Secrets(
        pseudonyms=frozenset(
            value for name, columns in PSEUDONYMS.items() for column in columns for value in tables[name][column]
        ),
        municipalities=frozenset(names - ordinary),
        ordinary_names=frozenset(ordinary),
        answers=tables["open_answers"]["text"].tolist(),
        approved=tables["quotes"]["quote"].tolist(),
        columns=frozenset(tables["respondents"].columns[5:]),
    )


def search_reports(root: Path, made: Mapping[str, bytes] | None = None) -> list[Leak]:
    """Search every file in ``reports/``.

    Parameters
    ----------
    root
        Root of the project.
    made
        Files that are about to be put there, by path from the root; they take the place of those that are there.
    """
    paths = sorted(path for path in (root / "reports").rglob("*") if path.is_file())
    files = {path.relative_to(root).as_posix(): path for path in paths}
    contents = {name: path.read_bytes() for name, path in files.items()} | dict(made or {})
    return find_leaks(sorted(contents.items()), read_secrets(root))


def refuse_leaks(leaks: list[Leak]) -> None:
    """Stop when something was found.

    Parameters
    ----------
    leaks
        What was found.

    Raises
    ------
    InputError
        With the first finds: file, place and kind, never the text.
    """
    if not leaks:
        return
    first = "; ".join(f"{leak.file}, {leak.place}: {leak.kind}" for leak in leaks[:SHOWN_LEAKS])
    more = f" and {len(leaks) - SHOWN_LEAKS} more" if len(leaks) > SHOWN_LEAKS else ""
    raise InputError(
        f"what no reader may see stands in {first}{more}",
        file="reports",
        expected="no address, telephone number, pseudonym, municipality or open answer that was not approved",
        remedy="leave it out of the notebook, or approve the quote in data/raw/coding/approved_quotes.csv",
    )


def _read(path: Path) -> pd.DataFrame:
    return pd.read_csv(path, dtype="str", keep_default_na=False)
