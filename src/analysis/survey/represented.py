"""How many municipalities a reaction stands for, in which province, and of which size by the register."""

import numpy as np
import pandas as pd

from analysis.survey.distinct_values import distinct

UNKNOWN_PROVINCE = "unknown"


def represented(municipalities: pd.Series, register: pd.DataFrame) -> pd.DataFrame:
    """Describe the municipalities of each reaction by the register.

    Parameters
    ----------
    municipalities
        Codes joined by a bar; blank when the reaction names none.
    register
        Table with ``code, province, population, size_class``.

    Returns
    -------
    pandas.DataFrame
        ``n_municipalities`` (1 for a reaction without a name: it stands for one unknown municipality),
        ``province`` (where most members lie; at a draw where most of their inhabitants live; ``unknown``
        without a name), ``n_provinces``, and ``register_size_classes`` (classes of the members, joined by a bar).

    Examples
    --------
    >>> register = pd.DataFrame({"code": ["1", "2", "3"], "province": ["P", "Q", "Q"],
    ...                          "population": [9, 1, 1], "size_class": ["d", "d", "d"]})
    >>> represented(pd.Series(["1|2|3", "1|2", ""]), register)["province"].tolist()
    ['Q', 'P', 'unknown']
    """
    positions, keys = distinct(municipalities)
    members = keys.str.split("|").explode().rename("code").rename_axis("key").reset_index()
    members = members.merge(register, on="code", how="left")
    known = members.dropna(subset="province")
    by_province = known.groupby(["key", "province"], observed=True).agg(
        members=("code", "size"), inhabitants=("population", "sum")
    )
    by_province = by_province.reset_index().sort_values(
        ["key", "members", "inhabitants", "province"], ascending=[True, False, False, True]
    )
    rows = pd.RangeIndex(len(keys))
    first = by_province.drop_duplicates("key").set_index("key")["province"].reindex(rows)
    classes = known.groupby("key", observed=True)["size_class"].agg(lambda values: "|".join(sorted(set(values))))
    table = pd.DataFrame(
        {
            "n_municipalities": known.groupby("key", observed=True)
            .size()
            .reindex(rows, fill_value=1)
            .astype("int64"),
            "province": pd.Categorical(first.fillna(UNKNOWN_PROVINCE)),
            "n_provinces": by_province.groupby("key", observed=True).size().reindex(rows, fill_value=0),
            "register_size_classes": pd.Categorical(classes.reindex(rows).fillna("").astype("str")),
        }
    )
    result = table.take(np.asarray(positions))
    result.index = municipalities.index
    return result
