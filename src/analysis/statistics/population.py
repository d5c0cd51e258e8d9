"""How many municipalities there are, by size class and province."""

from collections.abc import Sequence

import pandas as pd

from analysis.errors import InputError
from analysis.survey.claims import Claims
from analysis.survey.register import size_class_of
from analysis.survey.respondents import SIZE_CLASSES

FRAMES = ("published", "register")
PUBLISHED_CLAIMS = ("T20", "T21", "T22")
PUBLISHED_TOTAL = "T24"


def population_by_group(frame: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Count the municipalities of the register per group.

    Parameters
    ----------
    frame
        One row per municipality, with the columns ``by``.
    by
        Grouping columns, such as ``["size_class"]`` or ``["size_class", "province"]``.

    Returns
    -------
    pandas.DataFrame
        The columns ``by`` and ``population``; size classes from small to large, other groups by name.

    Examples
    --------
    >>> population_by_group(pd.DataFrame({"size_class": ["c", "d", "d"]}), ["size_class"])
      size_class  population
    0          d           2
    1          c           1
    """
    counts = frame.groupby(list(by), observed=True, dropna=False).size().rename("population").reset_index()
    return counts.sort_values(list(by), key=_rank, ignore_index=True)


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
        Municipalities per level; of the size classes alone every one is there, also an empty one.
    """
    known = register.assign(size_class=size_class_of(register["population"]))
    counts = population_by_group(known, variables).set_index(list(variables))["population"]
    if tuple(variables) == ("size_class",):
        return counts.reindex(list(SIZE_CLASSES), fill_value=0).rename_axis("size_class")
    return counts


def published_counts(claims: Claims) -> pd.Series:
    """Read the municipalities per size class as the report prints them in table 1.

    Parameters
    ----------
    claims
        The published statements; the rows ``T20`` to ``T22`` hold the counts in ``value``, ``T24`` their total.

    Raises
    ------
    InputError
        If one of the statements is missing or is no whole number, or the counts do not add up to the total.
    """
    names = (*PUBLISHED_CLAIMS, PUBLISHED_TOTAL)
    wrong = [name for name in names if name not in claims or len(claims[name].value) != 1]
    if wrong:
        raise InputError(
            f"no municipalities per size class in {', '.join(wrong)}",
            file=claims.path,
            expected="a whole number in column value",
            remedy="restore these rows from the published table 1",
        )
    counts = {"".join(claims[name].options): claims[name].value[0] for name in PUBLISHED_CLAIMS}
    total = claims[PUBLISHED_TOTAL].value[0]
    if sum(counts.values()) != total:
        raise InputError(
            f"the municipalities per size class do not add up: {sum(counts.values())}, not {total}",
            file=claims.path,
            place=", ".join(names),
            remedy="restore these rows from the published table 1",
        )
    return pd.Series(counts).rename_axis("size_class")


def population_counts(frame: str, *, register: pd.DataFrame, claims: Claims) -> pd.Series:
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


def _rank(values: pd.Series) -> pd.Series:
    places = {size: place for place, size in enumerate(SIZE_CLASSES)}
    return values.map(places) if values.isin(SIZE_CLASSES).all() else values
