"""The register of municipalities: names, provinces, inhabitants, and the names that people use."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.survey.respondents import SIZE_CLASSES
from analysis.survey.text_table import read_text_table

# Inhabitants from which a municipality counts as c, and as ab; table 1 of the report.
SIZE_LIMITS = (50_000, 100_000)


@dataclass(frozen=True)
class Register:
    """The municipalities of one date.

    Parameters
    ----------
    municipalities
        One row per municipality: ``code, name, province, population, size_class``.
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
        CSV with ``code, name, province, population``.

    Returns
    -------
    pandas.DataFrame
        Columns ``code, name, province, population, size_class``, sorted by code.

    Raises
    ------
    InputError
        When the file or a column is missing, a code stands there twice, or a population is no whole number.
    """
    table = _read(path, ("code", "name", "province", "population"))
    population = pd.to_numeric(table["population"], errors="coerce")
    wrong = population.isna() | (population <= 0) | (population % 1 != 0)
    if wrong.any():
        row = int(wrong.to_numpy().argmax()) + 2
        raise InputError(
            "the population is no whole number",
            file=path,
            place=f"row {row}",
            expected="a whole number above 0",
            remedy="correct it",
        )
    if table["code"].duplicated().any():
        row = int(table["code"].duplicated().to_numpy().argmax()) + 2
        raise InputError(
            "a code stands there twice",
            file=path,
            place=f"row {row}",
            expected="one row per municipality",
            remedy="remove one",
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
        When the file or a column is missing.
    """
    return _read(path, ("code", "name_cbs", "display_name", "also_known_as"))


def load_names(municipalities: pd.DataFrame, names: Path, mergers: Path) -> Register:
    """Join the names that people use to the municipalities.

    Parameters
    ----------
    municipalities
        What :func:`load_register` returned.
    names
        CSV with ``code, name_cbs, display_name, also_known_as`` (several split by a bar).
    mergers
        CSV with ``name_2021, code_2025``: municipalities that merged into another one.

    Raises
    ------
    InputError
        When a file is missing, or a code is not in the register.
    """
    known = read_names(names)
    merged = _read(mergers, ("name_2021", "code_2025"))
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
        unknown = ~codes.isin(municipalities["code"])
        if unknown.any():
            row = int(unknown.to_numpy().argmax()) + 2
            raise InputError(
                "the code is not in the register",
                file=file,
                place=f"row {row}",
                expected="a code of municipalities_2025.csv",
                remedy="correct it",
            )
    return Register(municipalities, table.reset_index(drop=True))


def _read(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    table = read_text_table(path)
    absent = [column for column in columns if column not in table.columns]
    if absent:
        raise InputError(
            f"the column {absent[0]} is missing",
            file=path,
            place="header",
            expected=", ".join(columns),
            remedy="restore the file",
        )
    return table[list(columns)]
