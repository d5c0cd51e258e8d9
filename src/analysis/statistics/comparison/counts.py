"""The counts that are compared: what fits for the earlier wave, what the estimates hold for the later one."""

from collections.abc import Mapping

import pandas as pd

from analysis.errors import InputError
from analysis.statistics.comparison.crosswalk import Crosswalk, Item
from analysis.statistics.comparison.published_facts import Rounding, statement_of
from analysis.statistics.comparison.reconstruction import reconstruct, union_counts
from analysis.survey.earlier_facts import Fact
from analysis.survey.instrument import Instrument
from analysis.survey.quantifiers import Quantifiers


def earlier_distributions(
    crosswalk: Crosswalk,
    facts: Mapping[str, Fact],
    quantifiers: Quantifiers,
    bases: pd.DataFrame,
    rounding: Rounding,
) -> dict[str, pd.DataFrame]:
    """Return, for each question of the earlier wave, every distribution that fits what was published.

    Parameters
    ----------
    crosswalk
        Says which facts are about which question.
    facts, quantifiers
        The published facts, and the convention for quantities in words.
    bases
        Numbers of respondents that fit the response rate.
    rounding
        How percentages were rounded: ``half_up`` or ``either``.

    Returns
    -------
    dict
        By name of the question, see :func:`analysis.statistics.comparison.reconstruction.reconstruct`.
    """
    return {
        question.name: reconstruct(
            bases,
            question.all_cells,
            [statement_of(fact, facts, quantifiers, rounding=rounding) for fact in question.facts],
        )
        for question in crosswalk.questions
    }


def earlier_counts(crosswalk: Crosswalk, distributions: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Return every count of the earlier wave that fits, for each item that can be compared.

    Parameters
    ----------
    crosswalk
        The items.
    distributions
        What :func:`earlier_distributions` returned.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``n``, ``count``.
    """
    parts = [
        union_counts(distributions[item.question_2021], item.options_2021).assign(item=item.name)
        for item in crosswalk.comparable_items
    ]
    return pd.concat(parts, ignore_index=True)[["item", "n", "count"]]


def later_counts(
    estimates: pd.DataFrame, crosswalk: Crosswalk, instrument: Instrument, population: int
) -> pd.DataFrame:
    """Return the count of the later wave for each item that can be compared.

    Parameters
    ----------
    estimates
        Table of estimates of the later wave; its unweighted rows are used.
    crosswalk
        The items.
    instrument
        Questionnaire of the later wave.
    population
        Municipalities in all.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``n``, ``count``, ``population``. A question that was asked of a part has that part of the
        population: its respondents divided by the response rate.
    """
    rows = _unweighted(estimates, "all")
    respondents = rows.loc[rows["base"] == "all", "n"].max()
    parts = [_item_rows(rows, item, instrument) for item in crosswalk.comparable_items]
    table = pd.concat(parts, ignore_index=True)
    return table.assign(population=population * table["n"] / respondents)[["item", "n", "count", "population"]]


def later_counts_by_class(estimates: pd.DataFrame, crosswalk: Crosswalk, instrument: Instrument) -> pd.DataFrame:
    """Return the counts of the later wave by size class.

    Parameters
    ----------
    estimates, crosswalk, instrument
        As for :func:`later_counts`.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``size_class``, ``n``, ``count``.
    """
    rows = _unweighted(estimates, "size_class")
    parts = [
        _item_rows(part, item, instrument).assign(size_class=size_class)
        for item in crosswalk.comparable_items
        for size_class, part in rows.groupby("group", observed=True, sort=False)
    ]
    return pd.concat(parts, ignore_index=True)[["item", "size_class", "n", "count"]]


def released_items(size_classes: pd.DataFrame, crosswalk: Crosswalk, instrument: Instrument) -> list[str]:
    """Return the items of which the counts by size class may be shown.

    Parameters
    ----------
    size_classes
        Answers by size class that may be shown: ``question``, ``option``, ``base`` and ``group``, on the base of
        all respondents.
    crosswalk
        The items.
    instrument
        The questionnaire: an item that not everyone was asked has another base than those numbers.
    """
    shown = set(size_classes[["question", "option"]].itertuples(index=False, name=None))
    return [
        item.name
        for item in crosswalk.comparable_items
        if (item.question_2025, ";".join(item.options_2025)) in shown
        and instrument.question(item.question_2025).base == "all"
    ]


def with_not_asked(later: pd.DataFrame, asked_of_all: int, population: int) -> pd.DataFrame:
    """Return what the counts of a question that not everyone was asked could have been, had everyone been asked.

    Not asked is not zero: those who were not asked may all have had the answer, or none, or anything between.

    Parameters
    ----------
    later
        ``item``, ``n``, ``count``.
    asked_of_all
        Respondents of the wave.
    population
        Municipalities in all.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``n``, ``count``, ``population``: a row per possible count; only items that not everyone was
        asked.
    """
    rows = [
        (item, asked_of_all, count + others, population)
        for item, n, count in later[["item", "n", "count"]].itertuples(index=False, name=None)
        for others in range(asked_of_all - n + 1)
        if n < asked_of_all
    ]
    return pd.DataFrame(rows, columns=["item", "n", "count", "population"])


def check_counts(bases: pd.DataFrame, distributions: Mapping[str, pd.DataFrame], later: pd.DataFrame) -> str:
    """Check the counts of both waves and say in Dutch what was established.

    Parameters
    ----------
    bases, distributions
        Numbers of respondents of the earlier wave, and the distributions that fit.
    later
        What :func:`later_counts` returned.

    Raises
    ------
    InputError
        When a distribution does not add up to its number of respondents, or an answer has more respondents
        than were asked.
    """
    for name, table in distributions.items():
        if not table.drop(columns="n").sum(axis="columns").equals(table["n"]):
            raise InputError(f"the distributions of {name} do not add up to their number of respondents")
    if later["item"].duplicated().any() or (later["count"] > later["n"]).any():
        raise InputError("the counts of 2025 are not one per item, or exceed their base", file="estimates.csv")
    found = " en ".join(f"{len(table):,}".replace(",", ".") for table in distributions.values())
    return (
        f"2021: {bases['n'].min()} tot en met {bases['n'].max()} respondenten passen bij de respons; "
        f"per vraag passen {found} verdelingen over alle antwoorden. 2025: {len(later)} onderdelen, "
        f"{later['n'].max()} respondenten."
    )


def _unweighted(estimates: pd.DataFrame, variable: str) -> pd.DataFrame:
    chosen = (estimates["estimator"] == "unweighted") & (estimates["group_variable"] == variable)
    return estimates[chosen]


def _item_rows(rows: pd.DataFrame, item: Item, instrument: Instrument) -> pd.DataFrame:
    base = instrument.question(item.question_2025).base
    found = rows[(rows["question"] == item.question_2025) & (rows["base"] == base)]
    found = found[found["option"].isin(item.options_2025)]
    if set(found["option"]) != set(item.options_2025) or found["n"].nunique() != 1:
        raise InputError(
            f"the estimates lack {item.question_2025} {';'.join(item.options_2025)}",
            file="estimates.csv",
            remedy="run the estimates again: make report",
        )
    return pd.DataFrame(
        {"item": [item.name], "n": [int(found["n"].iloc[0])], "count": [int(found["count"].sum())]}
    )
