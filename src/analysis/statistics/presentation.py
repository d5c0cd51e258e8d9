"""When a share is too uncertain to be shown without a remark: one table of rules.

The thresholds are the standards of the National Center for Health Statistics for proportions (Parker et al.
2017, *Vital and Health Statistics* 2(175)). The relative width counts only for intervals wider than five points,
as there.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
import pandas as pd

MIN_RESPONDENTS = 30
MIN_DF = 8
MAX_WIDTH = 0.30
NEGLIGIBLE_WIDTH = 0.05
MAX_RELATIVE_WIDTH = 1.30
SEPARATOR = ";"


@dataclass(frozen=True)
class Rule:
    """One presentation rule.

    ``unreliable`` rules make a share unfit to be quoted on its own; the other ones ask for a second look.
    """

    code: str
    unreliable: bool
    nl: str
    en: str
    applies: Callable[[pd.DataFrame], pd.Series]


def _width(rows: pd.DataFrame) -> pd.Series:
    return rows["ci_high"] - rows["ci_low"]


RULES = (
    Rule(
        "empty",
        True,
        "niemand in deze groep heeft de vraag beantwoord",
        "nobody in this group answered the question",
        lambda rows: rows["n"] == 0,
    ),
    Rule(
        "few_respondents",
        True,
        f"minder dan {MIN_RESPONDENTS} reacties",
        f"fewer than {MIN_RESPONDENTS} respondents",
        lambda rows: (rows["n"] > 0) & (rows["n"] < MIN_RESPONDENTS),
    ),
    Rule(
        "few_effective",
        True,
        f"na weging tellen de reacties samen voor minder dan {MIN_RESPONDENTS}",
        f"an effective sample size below {MIN_RESPONDENTS}",
        lambda rows: rows["n_effective"] < MIN_RESPONDENTS,
    ),
    Rule(
        "wide",
        True,
        f"onzeker: tussen de onder- en bovengrens zitten {MAX_WIDTH * 100:.0f} procentpunten of meer",
        f"an interval {MAX_WIDTH * 100:.0f} percentage points wide or wider",
        lambda rows: _width(rows) >= MAX_WIDTH,
    ),
    Rule(
        "wide_relative",
        True,
        "onzeker: de marge is groot vergeleken met het percentage",
        f"an interval wider than {MAX_RELATIVE_WIDTH:.0%} of the share",
        lambda rows: (
            (_width(rows) > NEGLIGIBLE_WIDTH)
            & (rows["share"] > 0)
            & (_width(rows) > MAX_RELATIVE_WIDTH * rows["share"])
        ),
    ),
    Rule(
        "few_df",
        False,
        "de marge zelf is onzeker: zij rust op heel weinig reacties",
        f"fewer than {MIN_DF} degrees of freedom",
        lambda rows: (rows["n"] > 0) & (rows["df"] < MIN_DF),
    ),
    Rule(
        "extreme",
        False,
        "niemand of iedereen koos dit antwoord",
        "a share of 0 or 100 per cent",
        lambda rows: (rows["n"] > 0) & ((rows["count"] == 0) | (rows["count"] == rows["n"])),
    ),
    Rule(
        "fixed",
        False,
        "staat vast: de weging maakt dit gelijk aan het aandeel van alle gemeenten",
        "fixed: the weights set this share equal to that of all municipalities",
        lambda rows: (rows["se"] == 0) & (rows["count"] > 0) & (rows["count"] < rows["n"]),
    ),
)


def flags(rows: pd.DataFrame) -> pd.Series:
    """Return the codes of the rules that apply to each estimate.

    Parameters
    ----------
    rows
        Estimates with ``n``, ``count``, ``share``, ``se``, ``ci_low``, ``ci_high``, ``n_effective`` and ``df``.

    Returns
    -------
    pandas.Series
        Codes in the order of :data:`RULES`, separated by ``;``; an empty text where no rule applies.
    """
    result = np.full(len(rows), "", dtype=object)
    for rule in RULES:
        applies = rule.applies(rows).to_numpy(dtype=bool)
        result[applies] = [text + SEPARATOR + rule.code if text else rule.code for text in result[applies]]
    return pd.Series(result, index=rows.index, dtype="str")


def legend(flagged: Iterable[str], language: str = "nl") -> dict[str, str]:
    """Return the meaning of the codes that occur, in the order of the rules.

    Parameters
    ----------
    flagged
        Values of the column ``flag``.
    language
        ``nl`` or ``en``.

    Examples
    --------
    >>> legend(["", "few_df;extreme"], "en")
    {'few_df': 'fewer than 8 degrees of freedom', 'extreme': 'a share of 0 or 100 per cent'}
    """
    seen = {code for text in flagged for code in text.split(SEPARATOR)}
    return {rule.code: getattr(rule, language) for rule in RULES if rule.code in seen}


def is_unreliable(flagged: pd.Series) -> pd.Series:
    """Say for each estimate whether a rule makes it unfit to be quoted on its own.

    Parameters
    ----------
    flagged
        Values of the column ``flag``.

    Examples
    --------
    >>> is_unreliable(pd.Series(["", "few_df", "wide;few_df"])).tolist()
    [False, False, True]
    """
    codes = {rule.code for rule in RULES if rule.unreliable}
    return flagged.map(lambda text: not codes.isdisjoint(text.split(SEPARATOR))).astype(bool)
