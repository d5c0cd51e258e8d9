"""What the figures of the comparison show, in words and as tables."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.reporting.comparison_wording import VERDICTS, share_range
from analysis.reporting.dutch_numbers import decimal, percentage
from analysis.reporting.figures.change import points_range
from analysis.reporting.reading_notes import rounding_text
from analysis.reporting.wording import capitalise

SHARES = ("share_2021", "low_2021", "high_2021", "share_2025", "low_2025", "high_2025")
SHARE_HEADINGS = {
    "label": "Onderdeel",
    "share_2021": "2021 (midden)",
    "low_2021": "2021, ondergrens",
    "high_2021": "2021, bovengrens",
    "share_2025": "2025",
    "low_2025": "2025, ondergrens",
    "high_2025": "2025, bovengrens",
}
DIFFERENCES = ("difference_low", "difference_high", "ci_low", "ci_high")
DIFFERENCE_HEADINGS = {
    "label": "Onderdeel",
    "difference_low": "Kleinste verschil",
    "difference_high": "Grootste verschil",
    "ci_low": "Ondergrens",
    "ci_high": "Bovengrens",
    "verdict_label": "Oordeel",
}
RESPONSE_HEADINGS = {
    "wave": "Ongelijke respons in",
    "ratio": "Verhouding",
    "difference_low": "Kleinste verschil",
    "difference_high": "Grootste verschil",
    "ci_low": "Ondergrens",
    "ci_high": "Bovengrens",
    "possible": "Mogelijk",
}


def labelled_differences(main: pd.DataFrame, items: Mapping[str, str]) -> pd.DataFrame:
    """Return the differences of one test with Dutch labels, in the order of the items.

    Parameters
    ----------
    main
        Rows of one test of the comparison table.
    items
        Dutch label by name of the item, in order.
    """
    rows = main.set_index("item").loc[list(items)]
    labels = {"label": list(items.values()), "verdict_label": [VERDICTS[verdict] for verdict in rows["verdict"]]}
    return rows.assign(**labels).reset_index()[list(DIFFERENCE_HEADINGS)]


def describe_shares(table: pd.DataFrame) -> str:
    """Return the text alternative of the figure of shares in both years.

    Parameters
    ----------
    table
        ``label``, shares and their intervals, see
        :func:`analysis.statistics.comparison.tests_of_change.share_intervals`, and ``printed_pct``, the whole
        percentage that is printed for 2025.
    """
    return " ".join(
        f"{row['label']}: 2021 {percentage(row['share_2021'])} "
        f"(95%-interval {share_range(row['low_2021'], row['high_2021'])}), 2025 {row['printed_pct']}% "
        f"({share_range(row['low_2025'], row['high_2025'])})."
        for row in table.to_dict("records")
    )


def shown_shares(table: pd.DataFrame) -> pd.DataFrame:
    """Return the shares of both years as the figure prints them.

    Parameters
    ----------
    table
        As for :func:`describe_shares`.
    """
    return table.assign(share_2025=table["printed_pct"] / 100)[list(SHARE_HEADINGS)]


def rounding_note(table: pd.DataFrame, later: pd.DataFrame) -> str:
    """Say which percentages of 2025 would be others if each were rounded on its own; empty when none would.

    Parameters
    ----------
    table
        ``item``, ``label`` and ``printed_pct``.
    later
        ``item``, ``n`` and ``count`` in 2025.
    """
    rows = table[["item", "label", "printed_pct"]].merge(later[["item", "n", "count"]], on="item", validate="1:1")
    return rounding_text(rows.assign(label=rows["label"] + " in 2025"))


def describe_change(table: pd.DataFrame, unit: str = " procentpunt") -> str:
    """Return the text alternative of a forest plot of differences.

    Parameters
    ----------
    table
        As for :func:`analysis.reporting.figures.forest`.
    unit
        What stands behind a difference.
    """
    return " ".join(
        f"{row['label']}: {points_range(row['difference_low'], row['difference_high'])}{unit} "
        f"(95%-interval {points_range(row['ci_low'], row['ci_high'])}), {row['verdict_label']}."
        for row in table.to_dict("records")
    )


def describe_response_curve(table: pd.DataFrame, names: Sequence[str], vanishing: Sequence[float]) -> str:
    """Return the text alternative of a curve of a difference by response ratio.

    Parameters
    ----------
    table, names, vanishing
        As for :func:`analysis.reporting.figures.response_curve`.
    """
    sentences = []
    for series, (name, ratio) in enumerate(zip(names, vanishing, strict=True)):
        rows = table[(table["series"] == series) & table["possible"]].sort_values("ratio")
        start, end = (
            f"{points_range(row['difference_low'], row['difference_high'])} bij {decimal(row['ratio'], 2)} keer"
            for row in rows.iloc[[0, -1]].to_dict("records")
        )
        sentences.append(
            f"{capitalise(name)}: het verschil in procentpunt loopt van {start} tot {end}, "
            f"en is nul bij {decimal(ratio, 1)} keer."
        )
    return " ".join(sentences)
