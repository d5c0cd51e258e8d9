"""Estimates, themes, tests and answers by size class as they may be published."""

import pandas as pd

from analysis.reporting.disclosure import ALL, GROUPING, SHOWN, UNWEIGHTED, Rules
from analysis.reporting.release_ledger import LEDGER_COLUMNS, Release, make_ledger, note, note_whole
from analysis.survey.respondents import SIZE_CLASSES

RELEASED_WEIGHTS = "raked"
WEIGHTED_DECIMALS = 2
SIGNIFICANCE = 0.05
ROUNDED = ("share", "ci_low", "ci_high", "share_of_mentions")
PRECISE = ("se", "n_effective", "deff")
OUTCOME = ("level", "chapter", "figure", "question", "option", "base", "group_variable", "n", "n_tests")


def release_themes(themes: pd.DataFrame, rules: Rules) -> Release:
    """Release the themes of open answers: national shares, and by size class what is large enough.

    Parameters
    ----------
    themes
        Estimates of themes and codes, with ``level`` and ``denominator``; those by size class as a share of
        ``all`` respondents. A respondent can name several themes, so that none follows from the others.
    rules
        The thresholds.
    """
    national = release_estimates(themes, rules)
    groups = themes[
        (themes["group_variable"] == GROUPING)
        & (themes["denominator"] == ALL)
        & (themes["estimator"] == UNWEIGHTED)
    ]
    keys = ["level", "question", "option"]
    room = groups["count"].clip(upper=groups["n"] - groups["count"])
    smallest = room.groupby([groups[key] for key in keys], observed=True).transform("min")
    few = groups.groupby("question", observed=True)["n"].transform("min") < rules.smallest_base
    hidden = few | (smallest < rules.smallest_cell)
    shown = groups[~hidden].assign(share_of_mentions=float("nan"))
    notes = [note(groups[few], "small_group"), note(groups[hidden & ~few], "small_cell")]
    ledger = pd.concat([national.ledger, make_ledger("themes", notes, rules)], ignore_index=True)
    return Release(pd.concat([national.table, shown], ignore_index=True), ledger.assign(table="themes"))


def release_estimates(estimates: pd.DataFrame, rules: Rules) -> Release:
    """Release the national estimates: unweighted in full, weighted in whole percentages.

    Parameters
    ----------
    estimates
        All estimates of the closed questions.
    rules
        The thresholds.

    Returns
    -------
    Release
        The rows of the whole base. Estimates weighted by size class alone are left out, and those by size class,
        which have those asked as their base; a weighted share of which fewer than the smallest base chose the
        option, or did not, is missing. Weighted rows have no standard error and no effective size.
    """
    national = estimates["group"] == ALL
    kept = national & estimates["estimator"].isin([UNWEIGHTED, RELEASED_WEIGHTS])
    table = estimates[kept].reset_index(drop=True)
    weighted = table["estimator"] != UNWEIGHTED
    few = weighted & (table["count"].clip(upper=table["n"] - table["count"]) < rules.smallest_base)
    for column in ROUNDED:
        rounded = table[column].astype("float64").round(WEIGHTED_DECIMALS)
        table[column] = table[column].mask(weighted, rounded).mask(few)
    for column in PRECISE:
        table[column] = table[column].mask(weighted)
    table["flag"] = table["flag"].mask(few, "")
    notes = [
        note_whole(estimates[~national], "asked_base"),
        note_whole(estimates[national & ~kept], "size_class_weights"),
        note(table[few], "few_to_weight"),
    ]
    return Release(table, make_ledger("estimates", notes, rules))


def release_design_choices(choices: pd.DataFrame, rules: Rules) -> Release:
    """Release the national estimates under other choices of frame and correction, by the rules of the estimates.

    Parameters
    ----------
    choices
        National estimates with ``frame`` and ``fpc``.
    rules
        The thresholds.
    """
    released = [release_estimates(rows, rules) for _, rows in choices.groupby(["frame", "fpc"], observed=True)]
    ledger = pd.concat([release.ledger for release in released], ignore_index=True)
    keys = ["table", "question", "options", "rule", "reason"]
    counted = ledger.groupby(keys, sort=False, observed=True)["n_hidden"].sum().reset_index()
    table = pd.concat([release.table for release in released], ignore_index=True)
    return Release(table, counted[list(LEDGER_COLUMNS)])


def release_size_classes(table: pd.DataFrame, decisions: pd.DataFrame, rules: Rules) -> Release:
    """Release the answers by size class that may be shown.

    Parameters
    ----------
    table
        Unweighted estimates by size class and of all respondents, on the base of all respondents.
    decisions
        From :func:`analysis.reporting.disclosure.breakdown_rules`.
    rules
        The thresholds.

    Returns
    -------
    Release
        The rows of the options that are shown, for each size class and for all respondents together; without
        shares of mentions, from which hidden options could be worked out.
    """
    rule = table[["question", "option"]].merge(decisions, how="left", on=["question", "option"])["rule"]
    rule = rule.set_axis(table.index)
    shown = (rule == SHOWN) & (table["estimator"] == UNWEIGHTED)
    released = table[shown].reset_index(drop=True)
    hidden = table.assign(rule=rule)[~shown & table["group"].isin(SIZE_CLASSES)]
    notes = [note(rows, name) for name, rows in hidden.groupby("rule", sort=False, observed=True)]
    released["share_of_mentions"] = float("nan")
    return Release(released, make_ledger("size_classes", notes, rules))


def release_differences(differences: pd.DataFrame, rules: Rules) -> Release:
    """Release the outcome of each test between size classes, and nothing from which its cells could be worked out.

    Parameters
    ----------
    differences
        Tests per question or option, with ``p_adjusted``.
    rules
        The thresholds.

    Returns
    -------
    Release
        What was tested, and ``is_different``: whether the adjusted p-value is below 0.05; missing when there was
        no test.

    Notes
    -----
    The p-value of an exact test with known margins often belongs to one table only, and which test was used tells
    how large the expected counts are.
    """
    adjusted = differences["p_adjusted"].astype("float64")
    outcome = (adjusted < SIGNIFICANCE).astype("boolean").mask(adjusted.isna())
    kept = [column for column in OUTCOME if column in differences.columns]
    table = differences[kept].assign(is_different=outcome)
    return Release(table, make_ledger("differences", [note_whole(differences, "test_of_hidden")], rules))
