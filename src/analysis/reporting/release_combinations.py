"""Which answers were given together, and how many, as it may be published."""

import pandas as pd

from analysis.reporting.derivable_combinations import derivable_combinations, shown_in_crossings
from analysis.reporting.disclosure import Rules
from analysis.reporting.release_ledger import Release, make_ledger, note

PAIR_NUMBERS = ("count", "expected")
TENTHS = {"low": 1, "middle": 5, "high": 9}


def release_combinations(combinations: pd.DataFrame, rules: Rules) -> Release:
    """Release the combinations of answers that enough respondents gave and that give no rarer one away.

    Parameters
    ----------
    combinations
        ``question``, ``combination``, ``count`` and more, a row per combination that somebody gave.
    rules
        The thresholds.
    """
    rare = combinations["count"] < rules.smallest_cell
    derivable = pd.Series(False, index=combinations.index)
    for _, rows in combinations.groupby("question", sort=False, observed=True):
        derivable[rows.index] = derivable_combinations(rows, rules.smallest_cell)
    hidden = combinations.assign(option="")
    notes = [note(hidden[rare], "rare_combination"), note(hidden[derivable], "derivable_combination")]
    shown = combinations[~(rare | derivable)].reset_index(drop=True)
    return Release(shown, make_ledger("combinations", notes, rules))


def release_mentions(mentions: pd.DataFrame, rules: Rules) -> Release:
    """Release how many answers respondents gave to each question, without how many gave one, two or more.

    Parameters
    ----------
    mentions
        ``question``, ``n_options`` and ``count``, from
        :func:`analysis.statistics.multiple_response.options_per_respondent`.
    rules
        The thresholds.

    Returns
    -------
    Release
        A row per question: ``n`` respondents, their ``answers`` together, and the number of answers of the
        respondent in the ``middle`` and at a tenth of either end (``low``, ``high``).
    """
    rows = []
    for question, own in mentions.groupby("question", sort=False, observed=True):
        n, reached = int(own["count"].sum()), own["count"].cumsum()
        row = {"question": question, "n": n, "answers": int((own["n_options"] * own["count"]).sum())}
        for name, tenths in TENTHS.items():
            row[name] = int(own.loc[10 * reached >= tenths * n, "n_options"].iloc[0])
        rows.append(row)
    notes = [note(mentions.assign(option=""), "number_of_answers")]
    columns = ["question", "n", "answers", *TENTHS]
    return Release(pd.DataFrame(rows, columns=columns), make_ledger("mentions", notes, rules))


def release_pairs(pairs: pd.DataFrame, rules: Rules, combinations: pd.DataFrame | None = None) -> Release:
    """Release how many respondents chose both of two options, where every crossing of the two is large enough.

    Parameters
    ----------
    pairs
        ``question``, ``option_a``, ``option_b``, ``n``, ``count_a``, ``count_b``, ``count`` (both) and
        ``expected``.
    rules
        The thresholds.
    combinations
        The combinations that are released, where there are any.

    Returns
    -------
    Release
        All pairs; the other numbers are missing where both, one of the two or none of the two was chosen by too
        few respondents, or by few besides those whose combination is shown.
    """
    both = pairs["count"]
    only_a, only_b = pairs["count_a"] - both, pairs["count_b"] - both
    none = pairs["n"] - both - only_a - only_b
    crossings = pd.DataFrame({"both": both, "only_a": only_a, "only_b": only_b, "none": none})
    small = crossings.min(axis="columns") < rules.smallest_cell
    derivable = pd.Series(False, index=pairs.index)
    if combinations is not None:
        left = crossings - shown_in_crossings(pairs, combinations)
        derivable = ~small & ((left > 0) & (left < rules.smallest_cell)).any(axis="columns")
    table = pairs.assign(**{column: pairs[column].mask(small | derivable) for column in PAIR_NUMBERS})
    hidden = pairs.assign(option="")
    notes = [note(hidden[small], "small_crossing"), note(hidden[derivable], "derivable_crossing")]
    return Release(table, make_ledger("pairs", notes, rules))


def release_conflicts(conflicts: pd.DataFrame, rules: Rules, combinations: pd.DataFrame) -> Release:
    """Release how many respondents contradicted themselves, where enough did and enough did not, or nobody did.

    Parameters
    ----------
    conflicts
        ``question``, ``option``, ``n`` and ``conflicts``, from
        :func:`analysis.statistics.multiple_response.exclusive_conflicts`.
    rules
        The thresholds.
    combinations
        The combinations that are released.

    Returns
    -------
    Release
        All rows; ``conflicts`` is missing where it, or what is left of ``n``, is small, and where the option alone
        is a combination that is held back: it would be what is left of ``n``.
    """
    found, rest = conflicts["conflicts"], conflicts["n"] - conflicts["conflicts"]
    small = (found > 0) & ((found < rules.smallest_cell) | (rest < rules.smallest_cell))
    shown = set(combinations[["question", "combination"]].itertuples(index=False, name=None))
    alone = [pair in shown for pair in conflicts[["question", "option"]].itertuples(index=False, name=None)]
    derivable = (found > 0) & ~small & ~pd.Series(alone, index=conflicts.index, dtype=bool)
    table = conflicts.assign(conflicts=found.mask(small | derivable))
    notes = [note(conflicts[small], "small_crossing"), note(conflicts[derivable], "derivable_crossing")]
    return Release(table, make_ledger("conflicts", notes, rules))
