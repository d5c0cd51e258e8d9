"""Which combinations of answers give away how few respondents chose something else.

A reader knows how many respondents gave each answer, and of pairs of answers that are shown how many gave both,
one or none. What such a total leaves when all shown combinations in it are taken off is a number of respondents
as well. Taking off fewer of them leaves more, as every combination that is shown is large. So one look at each
total is enough.
"""

import numpy as np
import pandas as pd

SEPARATOR = ";"
CROSSINGS = ("both", "only_a", "only_b", "none")


def derivable_combinations(table: pd.DataFrame, smallest: int) -> pd.Series:
    """Mark the combinations that have to be held back besides those that are rare themselves.

    Parameters
    ----------
    table
        ``combination`` (codes separated by ``;``) and ``count``: all combinations that were given to one question.
    smallest
        From this number of respondents on a combination, or what is left of a total, is not small.

    Returns
    -------
    pandas.Series
        True for each combination that is not rare and is held back: where something small is left of a total, the
        least frequent combination in it, though rather one that is not a total itself.
    """
    counts, chosen = table["count"].to_numpy(dtype=int), [_codes(text) for text in table["combination"]]
    holds = [np.array([code in codes for codes in chosen]) for code in sorted(set().union(*chosen))]
    totals = [np.ones(len(table), dtype=bool), *holds, *(~one for one in holds)]
    shown, held_back = counts >= smallest, np.zeros(len(table), dtype=bool)
    is_total = np.any([total & (total.sum() == 1) for total in totals], axis=0)
    order = np.lexsort((counts, is_total))
    # Where there is no choice first: what is held back there is often enough for a wider total.
    for total in sorted(totals, key=lambda total: (total & shown).sum()):
        inside = total & shown & ~held_back
        left = counts[total].sum() - counts[inside].sum()
        if inside.any() and 0 < left < smallest:
            held_back[next(place for place in order if inside[place])] = True
    return pd.Series(held_back, index=table.index)


def shown_in_crossings(pairs: pd.DataFrame, shown: pd.DataFrame) -> pd.DataFrame:
    """Count how many respondents of each crossing of two answers are in the combinations that are shown.

    Parameters
    ----------
    pairs
        ``question``, ``option_a`` and ``option_b``.
    shown
        ``question``, ``combination`` and ``count``.

    Returns
    -------
    pandas.DataFrame
        A row for each pair, with its index: who gave ``both`` answers, ``only_a``, ``only_b`` or ``none`` of them.
    """
    rows = []
    for pair in pairs.itertuples():
        row = dict.fromkeys(CROSSINGS, 0)
        for one in shown[shown["question"] == pair.question].itertuples():
            has_a, has_b = (option in _codes(one.combination) for option in (pair.option_a, pair.option_b))
            name = ("both" if has_b else "only_a") if has_a else ("only_b" if has_b else "none")
            row[name] += int(one.count)
        rows.append(row)
    return pd.DataFrame(rows, index=pairs.index, columns=list(CROSSINGS))


def _codes(combination: str) -> set[str]:
    return set(combination.split(SEPARATOR)) - {""}
