"""Tables as they may be published, and the ledger of what was held back and why."""

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from analysis.reporting.derivable_combinations import derivable_combinations, shown_in_crossings
from analysis.reporting.disclosure import ALL, GROUPING, SHOWN, UNWEIGHTED, Rules
from analysis.survey.respondents import SIZE_CLASSES

LEDGER_COLUMNS = ("table", "question", "options", "rule", "n_hidden", "reason")
RELEASED_WEIGHTS = "raked"
WEIGHTED_DECIMALS = 2
SIGNIFICANCE = 0.05
EVERY_QUESTION = "alle"
ROUNDED = ("share", "ci_low", "ci_high", "share_of_mentions")
PRECISE = ("se", "n_effective", "deff")
OUTCOME = ("level", "chapter", "figure", "question", "option", "base", "group_variable", "n", "n_tests")
PAIR_NUMBERS = ("count", "expected")
TENTHS = {"low": 1, "middle": 5, "high": 9}


@dataclass(frozen=True)
class Release:
    """A table that may be published, and what was held back from it.

    Parameters
    ----------
    table
        The table.
    ledger
        Columns :data:`LEDGER_COLUMNS`: a row per question and rule, with the number of cells held back.
    """

    table: pd.DataFrame
    ledger: pd.DataFrame


def reasons(rules: Rules) -> dict[str, str]:
    """Return in Dutch, per rule, why a number is held back.

    Parameters
    ----------
    rules
        The thresholds, which the reasons name.
    """
    base, cell = rules.smallest_base, rules.smallest_cell
    return {
        "size_class_itself": "De vraag gaat over de grootteklasse zelf.",
        "small_group": f"Een grootteklasse telt minder dan {base} gemeenten.",
        "small_cell": f"In een grootteklasse gaven minder dan {cell} gemeenten dit antwoord of juist niet, of met "
        "dit getal is zo'n klein getal uit te rekenen.",
        "asked_base": "Hoeveel gemeenten van een grootteklasse de vraag kregen, verraadt wie geen plannen heeft.",
        "size_class_weights": "Uit een cijfer dat alleen naar grootte is gewogen, is uit te rekenen hoeveel "
        "gemeenten van elke grootteklasse het antwoord gaven.",
        "few_to_weight": f"Minder dan {base} gemeenten gaven dit antwoord, of gaven het niet: het gewogen cijfer "
        "zou verraden hoe groot zij zijn.",
        "test_of_hidden": "Uit de p-waarde van een toets is soms uit te rekenen hoeveel gemeenten van elke "
        "grootteklasse het antwoord gaven; alleen de uitkomst staat er.",
        "rare_combination": f"Minder dan {cell} gemeenten gaven deze combinatie van antwoorden.",
        "derivable_combination": "Uit deze combinatie en een landelijk totaal is uit te rekenen dat minder dan "
        f"{cell} gemeenten iets anders kozen.",
        "derivable_crossing": "Uit dit getal en een combinatie die er staat, is uit te rekenen dat minder dan "
        f"{cell} gemeenten iets anders kozen.",
        "number_of_answers": "Hoeveel gemeenten precies één, twee of meer antwoorden gaven, is soms een klein "
        "getal; het gemiddelde en het midden staan er wel.",
        "small_crossing": f"Minder dan {cell} gemeenten gaven beide antwoorden, een van beide, of geen van beide.",
    }


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
    notes = [_note(groups[few], "small_group"), _note(groups[hidden & ~few], "small_cell")]
    ledger = pd.concat([national.ledger, _ledger("themes", notes, rules)], ignore_index=True)
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
        _note_whole(estimates[~national], "asked_base"),
        _note_whole(estimates[national & ~kept], "size_class_weights"),
        _note(table[few], "few_to_weight"),
    ]
    return Release(table, _ledger("estimates", notes, rules))


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
    notes = [_note(rows, name) for name, rows in hidden.groupby("rule", sort=False, observed=True)]
    released["share_of_mentions"] = float("nan")
    return Release(released, _ledger("size_classes", notes, rules))


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
    return Release(table, _ledger("differences", [_note_whole(differences, "test_of_hidden")], rules))


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
    notes = [_note(hidden[rare], "rare_combination"), _note(hidden[derivable], "derivable_combination")]
    return Release(combinations[~(rare | derivable)].reset_index(drop=True), _ledger("combinations", notes, rules))


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
    notes = [_note(mentions.assign(option=""), "number_of_answers")]
    columns = ["question", "n", "answers", *TENTHS]
    return Release(pd.DataFrame(rows, columns=columns), _ledger("mentions", notes, rules))


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
    notes = [_note(hidden[small], "small_crossing"), _note(hidden[derivable], "derivable_crossing")]
    return Release(table, _ledger("pairs", notes, rules))


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
    notes = [_note(conflicts[small], "small_crossing"), _note(conflicts[derivable], "derivable_crossing")]
    return Release(table, _ledger("conflicts", notes, rules))


def _note(hidden: pd.DataFrame, rule: str) -> list[tuple[str, str, str, int]]:
    """Return question, options, rule and number of cells for each question with hidden cells."""
    return [
        (str(question), " ".join(option for option in dict.fromkeys(rows["option"]) if option), rule, len(rows))
        for question, rows in hidden.groupby("question", sort=False, observed=True)
    ]


def _note_whole(hidden: pd.DataFrame, rule: str) -> list[tuple[str, str, str, int]]:
    """Return one row for a rule that holds for every question alike."""
    return [(EVERY_QUESTION, "", rule, len(hidden))] if len(hidden) else []


def _ledger(table: str, notes: Iterable[list[tuple[str, str, str, int]]], rules: Rules) -> pd.DataFrame:
    texts = reasons(rules)
    rows = [(table, *row, texts[row[2]]) for note in notes for row in note]
    return pd.DataFrame(rows, columns=list(LEDGER_COLUMNS))
