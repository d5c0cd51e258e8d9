"""The register of municipalities: names, provinces, inhabitants, and the names that people use."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.csv_rows import read_table
from analysis.survey.respondents import SIZE_CLASSES

# Inhabitants from which a municipality counts as c, and as ab; table 1 of the report.
SIZE_LIMITS = (50_000, 100_000)


@dataclass(frozen=True)
class Register:
    """The municipalities of one date.

    Parameters
    ----------
    municipalities
        What :func:`load_register` returned.
    names
        One row per name that stands for a municipality: ``code, name, kind`` with kind ``register``, ``alias``
        or ``former`` (merged away since the earlier wave).
    """

    municipalities: pd.DataFrame
    names: pd.DataFrame


def size_class_of(population: pd.Series) -> pd.Series:
    """Return the size class of municipalities: d below 50 000 inhabitants, c below 100 000, ab from there.

    Parameters
    ----------
    population
        Inhabitants.

    Examples
    --------
    >>> size_class_of(pd.Series([49_999, 50_000, 100_000])).tolist()
    ['d', 'c', 'ab']
    """
    edges = [0, *SIZE_LIMITS, float("inf")]
    return pd.cut(population, edges, right=False, labels=list(SIZE_CLASSES)).astype("str")


def load_register(path: Path) -> pd.DataFrame:
    """Read the municipalities of one date.

    Parameters
    ----------
    path
        CSV with ``code, name, province, population, population_date``.

    Returns
    -------
    pandas.DataFrame
        Columns ``code, name, province, population, population_date, size_class``, sorted by code.

    Raises
    ------
    InputError
        When the file or a column is missing, a code stands there twice, a population is no whole number, or the
        populations are not of one day.
    """
    table = read_table(path, ("code", "name", "province", "population", "population_date"))
    population = pd.to_numeric(table["population"], errors="coerce")
    _refuse(
        population.isna() | (population <= 0) | (population % 1 != 0),
        "the population is no whole number",
        path,
        expected="a whole number above 0",
    )
    _refuse_twice(table["code"], path)
    days = table["population_date"]
    _refuse(
        ~days.map(_is_day).astype("bool") | (days != "".join(days[:1])),
        "the populations are not of one day",
        path,
        expected="the same day in every row, such as 2025-01-01",
    )
    table = table.assign(population=population.astype("int64")).sort_values("code", ignore_index=True)
    return table.assign(size_class=size_class_of(table["population"]))


def read_names(path: Path) -> pd.DataFrame:
    """Read the names that people use for municipalities, as text.

    Parameters
    ----------
    path
        CSV with ``code, name_cbs, display_name, also_known_as`` (several split by a bar).

    Raises
    ------
    InputError
        When the file or a column is missing, or a code stands there twice.
    """
    table = read_table(path, ("code", "name_cbs", "display_name", "also_known_as"))
    _refuse_twice(table["code"], path)
    return table


def read_mergers(path: Path) -> pd.DataFrame:
    """Read which municipalities merged into which between two waves, as text.

    Parameters
    ----------
    path
        CSV with ``code_2021, name_2021, code_2025``, and perhaps ``name_2025, effective``.

    Raises
    ------
    InputError
        When the file or a column is missing, or a municipality stands there twice.
    """
    table = read_table(path, ("code_2021", "name_2021", "code_2025"), ("name_2025", "effective"))
    _refuse_twice(table["code_2021"], path)
    return table


def load_names(municipalities: pd.DataFrame, names: Path, mergers: Path) -> Register:
    """Join the names that people use to the municipalities.

    Parameters
    ----------
    municipalities
        What :func:`load_register` returned.
    names
        As for :func:`read_names`.
    mergers
        As for :func:`read_mergers`.

    Raises
    ------
    InputError
        When a file is missing or wrong, or a code is not in the register.
    """
    known = read_names(names)
    merged = read_mergers(mergers)
    aliases = known.assign(name=known["also_known_as"].str.split("|")).explode("name")
    parts = [
        municipalities[["code", "name"]].assign(kind="register"),
        known[["code"]].assign(name=known["name_cbs"], kind="register"),
        known[["code"]].assign(name=known["display_name"], kind="register"),
        aliases[["code", "name"]].assign(kind="alias"),
        merged.rename(columns={"code_2025": "code", "name_2021": "name"})[["code", "name"]].assign(kind="former"),
    ]
    table = pd.concat(parts, ignore_index=True).query("name != ''").drop_duplicates(["code", "name"])
    for file, codes in ((names, known["code"]), (mergers, merged["code_2025"])):
        _refuse(
            ~codes.isin(municipalities["code"]),
            "the code is not in the register",
            file,
            expected="a code of municipalities_2025.csv",
        )
    return Register(municipalities, table.reset_index(drop=True))


def _refuse_twice(codes: pd.Series, path: Path) -> None:
    expected = "one row per municipality"
    _refuse(codes.duplicated(), "a code stands there twice", path, expected=expected, remedy="remove one")


def _refuse(wrong: pd.Series, problem: str, path: Path, *, expected: str, remedy: str = "correct it") -> None:
    """Refuse the first row that is wrong; the index holds the lines."""
    if wrong.any():
        raise InputError(problem, file=path, place=f"line {wrong.idxmax()}", expected=expected, remedy=remedy)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
