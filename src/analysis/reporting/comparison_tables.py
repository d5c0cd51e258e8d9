"""The tables of the comparison with the earlier wave, in Dutch and ready to show."""

from collections.abc import Iterable, Mapping

import pandas as pd

from analysis.reporting.chapter import Chapter
from analysis.reporting.comparison_wording import COMPARABILITY, TESTS, VERDICTS, number_range, share_range
from analysis.reporting.dutch_numbers import p_value as write_p_value
from analysis.reporting.dutch_numbers import percentage
from analysis.reporting.figures.change import points, points_range
from analysis.reporting.question import NO_BREAK, printed_percentages
from analysis.statistics.comparison.crosswalk import Crosswalk
from analysis.statistics.comparison.robustness import MAIN_TEST

SHORT_VERDICTS = {**VERDICTS, "not_shown": "niet aangetoond", "depends": "hangt af"}


def p_range(low: float, high: float) -> str:
    r"""Return a range of p-values that no line breaks; one when both ends print the same.

    Parameters
    ----------
    low, high
        Between 0 and 1.

    Examples
    --------
    >>> p_range(0.027, 0.105), p_range(0.00001, 0.00002)
    ('0,027\xa0tot\xa00,105', '<\xa00,001')
    """
    return " tot ".join(dict.fromkeys([write_p_value(low), write_p_value(high)])).replace(" ", NO_BREAK)


def printed_items(crosswalk: Crosswalk, chapters: Iterable[Chapter], later: pd.DataFrame) -> dict[str, int]:
    """Return the whole percentage that every page prints for an item in 2025.

    Parameters
    ----------
    crosswalk
        The items.
    chapters
        The chapters with their questions: the percentage of one answer is that of its figure (D47).
    later
        ``item``, ``n`` and ``count`` in 2025.
    """
    printed = {key: percent for chapter in chapters for key, percent in printed_percentages(chapter).items()}
    counts = later.set_index("item")
    rounded = (counts["count"] / counts["n"]).map(lambda share: int(percentage(share).removesuffix("%")))
    keys = {item.name: (item.question_2025, ";".join(item.options_2025)) for item in crosswalk.comparable_items}
    return {item: printed.get(key, int(rounded[item])) for item, key in keys.items()}


def main_answers(result: pd.DataFrame, printed: Mapping[str, int]) -> pd.DataFrame:
    """Return the rows of the main test, with the percentage of 2025 that every page prints.

    Parameters
    ----------
    result
        The table ``comparison_2021.csv``.
    printed
        From :func:`printed_items`.
    """
    rows = result[result["test"] == MAIN_TEST]
    return rows.assign(percent_2025=rows["item"].map(printed))


def with_printed(estimates: pd.DataFrame, printed: Mapping[str, int]) -> pd.DataFrame:
    """Add to the unweighted estimates of 2025 the percentage that every page prints.

    Parameters
    ----------
    estimates
        ``item``, ``wave`` and ``estimator``.
    printed
        From :func:`printed_items`.
    """
    own = (estimates["wave"] == "2025") & (estimates["estimator"] == "unweighted")
    return estimates.assign(percent=estimates["item"].map(printed).where(own))


def crosswalk_rows(crosswalk: Crosswalk) -> pd.DataFrame:
    """Return what is compared with what, and how far that can be done.

    Parameters
    ----------
    crosswalk
        The crosswalk.
    """
    return pd.DataFrame(
        {
            "Onderdeel": [item.nl for item in crosswalk.items],
            "Vraag en antwoorden in 2025": [
                f"{item.question_2025.removeprefix('q0').removeprefix('q')}: {', '.join(item.options_2025)}"
                if item.is_comparable
                else "niet gevraagd"
                for item in crosswalk.items
            ],
            "Vergelijkbaar": [COMPARABILITY[item.comparability] for item in crosswalk.items],
            "Waarom": [item.reason.nl for item in crosswalk.items],
        }
    )


def count_rows(comparisons: pd.DataFrame, items: Mapping[str, str]) -> pd.DataFrame:
    """Return how many municipalities each item can have had in the earlier wave.

    Parameters
    ----------
    comparisons
        One row per combination of counts.
    items
        Dutch label by name of the item, in order.
    """
    rows = []
    for item, label in items.items():
        part = comparisons[comparisons["item"] == item]
        distinct = part[["count_2021", "n_2021"]].drop_duplicates()
        shares = part["count_2021"] / part["n_2021"]
        rows.append(
            {
                "Onderdeel": label,
                "Aandeel 2021": share_range(shares.min(), shares.max()),
                "Aantal 2021": number_range(part["count_2021"].min(), part["count_2021"].max(), 0),
                "Respondenten 2021": number_range(part["n_2021"].min(), part["n_2021"].max(), 0),
                "Combinaties": len(distinct),
                "Aantal 2025": int(part["count_2025"].iloc[0]),
                "Respondenten 2025": int(part["n_2025"].iloc[0]),
            }
        )
    return pd.DataFrame(rows)


def main_test_rows(ranges: pd.DataFrame, comparisons: pd.DataFrame, items: Mapping[str, str]) -> pd.DataFrame:
    """Return the p-values of one test, before and after adjustment, and the verdicts.

    Parameters
    ----------
    ranges
        p-values of one test, see :func:`analysis.statistics.comparison.verdicts.p_value_ranges`.
    comparisons
        One row per combination of counts.
    items
        Dutch label by name of the item, in order.
    """
    by_name, rows = ranges.set_index("item"), []
    for item, label in items.items():
        p, difference = by_name.loc[item], comparisons.loc[comparisons["item"] == item, "difference"]
        rows.append(
            {
                "Onderdeel": label,
                "Verschil (procentpunt)": points_range(difference.min(), difference.max()),
                "p": p_range(p["p_value_low"], p["p_value_high"]),
                "p na Holm": p_range(p["p_adjusted_low"], p["p_adjusted_high"]),
                "p na Benjamini-Hochberg": p_range(p["p_bh_low"], p["p_bh_high"]),
                "Oordeel": SHORT_VERDICTS[p["verdict"]],
            }
        )
    return pd.DataFrame(rows)


def effect_rows(comparisons: pd.DataFrame, items: Mapping[str, str]) -> pd.DataFrame:
    """Return the effect of each item and the smallest change that would usually be found.

    Parameters
    ----------
    comparisons
        One row per combination of counts.
    items
        Dutch label by name of the item, in order.
    """
    rows = []
    for item, label in items.items():
        part = comparisons[comparisons["item"] == item]
        rise, fall = part["detectable_rise"].max(), part["detectable_fall"].max()
        rows.append(
            {
                "Onderdeel": label,
                "Cohens h": number_range(part["cohens_h"].min(), part["cohens_h"].max(), 2),
                "Kleinste zichtbare stijging": "geen" if pd.isna(rise) else points(rise),
                "Kleinste zichtbare daling": "geen" if pd.isna(fall) else points(-fall),
            }
        )
    return pd.DataFrame(rows)


def other_test_rows(ranges: pd.DataFrame, items: Mapping[str, str]) -> pd.DataFrame:
    """Return p-values after Holm of several tests side by side.

    Parameters
    ----------
    ranges
        As for :func:`main_test_rows`, of several tests.
    items
        Dutch label by name of the item, in order.
    """
    texts = ranges.assign(
        text=[
            p_range(low, high)
            for low, high in zip(ranges["p_adjusted_low"], ranges["p_adjusted_high"], strict=True)
        ]
    )
    table = texts.pivot(index="item", columns="test", values="text").loc[list(items)]
    table = table.rename(columns=TESTS).rename_axis(columns=None).reset_index()
    return table.assign(item=table["item"].map(items)).rename(columns={"item": "Onderdeel"})


def distribution_rows(ranges: pd.DataFrame, comparisons: pd.DataFrame) -> pd.DataFrame:
    """Return the tests of the whole distribution.

    Parameters
    ----------
    ranges, comparisons
        See :mod:`analysis.statistics.comparison.distributions`.
    """
    sizes = {
        "chi_square": f"Cramérs V {_span(comparisons['cramers_v'])}",
        "mann_whitney": f"kans dat 2025 verder is {_span(comparisons['further'])}",
        "proportional_odds": f"kansverhouding om verder te zijn {_span(comparisons['odds_ratio'])}",
    }
    return pd.DataFrame(
        {
            "Toets": [TESTS[test] for test in ranges["test"]],
            "p": [
                p_range(low, high) for low, high in zip(ranges["p_value_low"], ranges["p_value_high"], strict=True)
            ],
            "Grootte": [sizes[test] for test in ranges["test"]],
            "Oordeel": [SHORT_VERDICTS[verdict] for verdict in ranges["verdict"]],
        }
    )


def _span(values: pd.Series) -> str:
    return number_range(values.min(), values.max(), 2)
