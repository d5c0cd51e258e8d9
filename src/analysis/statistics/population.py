"""How many municipalities there are, by size class and province."""

from collections.abc import Sequence

import pandas as pd

from analysis.errors import InputError
from analysis.survey.respondents import SIZE_CLASSES

SIZE_CLASS_BOUNDS = (50_000, 100_000)
FRAMES = ("published", "register")
PUBLISHED_CLAIMS = ("T20", "T21", "T22")


def size_classes(population: pd.Series) -> pd.Series:
    """Return the size class of municipalities from their number of inhabitants.

    Parameters
    ----------
    population
        Inhabitants per municipality.

    Returns
    -------
    pandas.Series
        ``d`` below 50 000, ``c`` from 50 000, ``ab`` from 100 000, as question 3 of the questionnaire divides
        them.

    Examples
    --------
    >>> size_classes(pd.Series([49_999, 50_000, 100_000])).tolist()
    ['d', 'c', 'ab']
    """
    bins = [-float("inf"), *SIZE_CLASS_BOUNDS, float("inf")]
    return pd.cut(population, bins=bins, right=False, labels=SIZE_CLASSES).astype("str")


def register_counts(register: pd.DataFrame, variables: Sequence[str] = ("size_class",)) -> pd.Series:
    """Count the municipalities of a register by size class, province or both.

    Parameters
    ----------
    register
        One row per municipality: ``code``, ``province``, ``population`` (inhabitants).
    variables
        ``size_class``, ``province``, or both.

    Returns
    -------
    pandas.Series
        Municipalities per level; every size class is there, also an empty one.
    """
    known = register.assign(size_class=size_classes(register["population"]))
    counts = known.groupby(list(variables), observed=True).size()
    if tuple(variables) == ("size_class",):
        return counts.reindex(list(SIZE_CLASSES), fill_value=0).rename_axis("size_class")
    return counts.sort_index()


def published_counts(claims: pd.DataFrame) -> pd.Series:
    """Read the municipalities per size class as the report prints them in table 1.

    Parameters
    ----------
    claims
        The published statements; the rows ``T20`` to ``T22`` hold the counts in ``value``.

    Raises
    ------
    InputError
        If one of the three statements is missing or is no whole number.
    """
    rows = claims.set_index("claim_id").reindex(list(PUBLISHED_CLAIMS))
    values = pd.to_numeric(rows["value"], errors="coerce")
    wrong = [claim for claim in PUBLISHED_CLAIMS if pd.isna(values[claim]) or values[claim] % 1]
    if wrong:
        raise InputError(
            f"no municipalities per size class in {', '.join(wrong)}",
            file="claims_2025.csv",
            expected="a whole number in column value",
            remedy="restore these rows from the published table 1",
        )
    levels = rows["options"].str.replace(";", "", regex=False)
    return pd.Series(values.astype(int).to_numpy(), index=pd.Index(levels, name="size_class"))


def population_counts(frame: str, *, register: pd.DataFrame, claims: pd.DataFrame) -> pd.Series:
    """Return the municipalities per size class of the chosen frame.

    Parameters
    ----------
    frame
        ``published`` (table 1 of the report) or ``register`` (counted in the register).
    register
        As for :func:`register_counts`.
    claims
        As for :func:`published_counts`.

    Raises
    ------
    InputError
        If the frame is neither.
    """
    if frame == "published":
        return published_counts(claims)
    if frame == "register":
        return register_counts(register)
    raise InputError(
        f"there is no frame {frame!r}", expected=" or ".join(FRAMES), remedy="choose one of them in params.yaml"
    )
