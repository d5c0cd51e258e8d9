"""Apply a function once to each different text of a column, however many rows repeat it."""

from collections.abc import Callable, Iterator

import numpy as np
import pandas as pd


def map_distinct(values: pd.Series, function: Callable[[pd.Series], pd.Series]) -> pd.Series:
    """Return a column in which each different text was replaced by what the function made of it.

    The cost grows with the number of different texts plus a cheap step per row.

    Parameters
    ----------
    values
        Text without missing values, preferably categorical.
    function
        Takes the different texts and returns as many texts in the same order.

    Returns
    -------
    pandas.Series
        Categorical text with the index and name of ``values``.

    Examples
    --------
    >>> map_distinct(pd.Series(["a ", "b", "a "]), lambda texts: texts.str.strip()).tolist()
    ['a', 'b', 'a']
    """
    codes, texts = distinct(values)
    new_codes, new_texts = pd.factorize(function(texts).astype("str"))
    taken = new_codes[codes] if len(codes) else codes
    categories = pd.Index(new_texts, dtype="str")
    return pd.Series(pd.Categorical.from_codes(taken, categories), index=values.index, name=values.name)


def in_parts(texts: pd.Series, size: int = 50_000) -> Iterator[list[str]]:
    """Yield the texts as lists of at most ``size``, so that never all of them are Python objects at once.

    Parameters
    ----------
    texts
        Text without missing values.
    size
        Texts at a time.
    """
    for start in range(0, len(texts), size):
        yield texts.iloc[start : start + size].tolist()


def map_texts(texts: pd.Series, function: Callable[[str], str]) -> pd.Series:
    """Return what a function of one text makes of each, part by part.

    Parameters
    ----------
    texts
        Text without missing values.
    function
        Takes and returns a text.
    """
    parts = [pd.Series([function(text) for text in part], dtype="str") for part in in_parts(texts)]
    return pd.concat(parts, ignore_index=True) if parts else pd.Series([], dtype="str")


def distinct(values: pd.Series) -> tuple:
    """Return for each row the position of its text, and the different texts that occur.

    Parameters
    ----------
    values
        Text without missing values.
    """
    if isinstance(values.dtype, pd.CategoricalDtype):
        positions, categories = values.cat.codes.to_numpy(), values.cat.categories
        used = np.bincount(positions, minlength=len(categories)) > 0
        if used.all():
            return positions, pd.Series(categories, dtype="str")
        return (np.cumsum(used) - 1)[positions], pd.Series(categories[used], dtype="str")
    codes, texts = pd.factorize(values)
    return codes, pd.Series(texts, dtype="str")
