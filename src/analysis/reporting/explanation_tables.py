"""What else could explain a change, as Dutch tables: overlap, response, size, other assumptions, and the pairs."""

from collections.abc import Callable, Collection, Mapping

import pandas as pd

from analysis.reporting.comparison_tables import SHORT_VERDICTS, p_range
from analysis.reporting.comparison_wording import number_range, share_range
from analysis.reporting.dutch_numbers import decimal, percentage
from analysis.reporting.figures.change import points_range
from analysis.reporting.wording import enumerate_dutch

ASSUMPTIONS = {
    "fisher": "toets van Fisher",
    "finite": "eindige populatie",
    "rounding": "andere afronding van de cijfers van 2021",
    "not_asked": "gemeenten die de vraag niet kregen",
    "overlap": "overlap met positieve samenhang",
    "overlap_any": "overlap met elke samenhang",
    "mergers": "herindeling",
    "composition": "gemeenten naar grootte als in 2021",
}
WAVES = {"2021": "in 2021", "2025": "in 2025"}


def overlap_rows(curve: pd.DataFrame, items: Mapping[str, str]) -> pd.DataFrame:
    """Return the p-values without overlap and with the largest, per assumed correlation.

    Parameters
    ----------
    curve
        What :func:`analysis.statistics.comparison.overlap.overlap_curve` returned.
    items
        Dutch label by name of the item, in order.
    """
    largest = curve["n_both"].max()
    names = {-1: "sterkst negatief", 0: "geen", 1: "sterkst positief"}
    rows = []
    for item, label in items.items():
        part = curve[curve["item"] == item].set_index(["n_both", "correlation"])
        none = part.loc[(0, part.index.get_level_values(1)[0])]
        row = {"Onderdeel": label, "p zonder overlap": p_range(none["p_low"], none["p_high"])}
        for correlation in sorted(curve["correlation"].unique()):
            if correlation != 0:
                at = part.loc[(largest, correlation)]
                name = names.get(correlation, decimal(correlation, 1))
                row[f"p bij volle overlap, samenhang {name}"] = p_range(at["p_low"], at["p_high"])
        rows.append(row)
    return pd.DataFrame(rows)


def tipping_rows(table: pd.DataFrame, items: Mapping[str, str]) -> pd.DataFrame:
    """Return the response ratios at which a change vanishes, and which ratios are possible.

    Parameters
    ----------
    table
        What :func:`analysis.statistics.comparison.selection.tipping_table` returned.
    items
        Dutch label by name of the item, in order; items that are absent are left out.
    """
    table = table[table["item"].isin(items)]
    table = table.assign(order=table["item"].map({item: place for place, item in enumerate(items)}))
    rows = table.sort_values(["order", "wave"]).to_dict("records")
    possible = [_possible(row) for row in rows]
    return pd.DataFrame(
        {
            "Onderdeel": [items[row["item"]] for row in rows],
            "Ongelijke respons": [WAVES[row["wave"]] for row in rows],
            "Verschil is nul bij": [number_range(row["vanishes_low"], row["vanishes_high"], 2) for row in rows],
            "Interval raakt nul bij": [number_range(row["unclear_low"], row["unclear_high"], 2) for row in rows],
            "Mogelijk bij deze respons": [
                number_range(row["possible_low"], row["possible_high"], 2) for row in rows
            ],
            "Nul mogelijk": possible,
        }
    )


def composition_rows(
    standardised: pd.DataFrame, items: Mapping[str, str], released: Collection[str]
) -> pd.DataFrame:
    """Return the shares of the later wave with the size classes of the earlier wave.

    Parameters
    ----------
    standardised
        What :func:`analysis.statistics.comparison.composition.standardised_shares` returned.
    items
        Dutch label by name of the item, in order.
    released
        Names of the items that may be shown by size class; the others are left out, because from the share with
        another mix the numbers by size class can be worked out.
    """
    shown = [item for item in items if item in released]
    rows = standardised.set_index("item").loc[shown]
    return pd.DataFrame(
        {
            "Onderdeel": [items[item] for item in shown],
            "Aandeel 2025": [percentage(share, 1) for share in rows["share"]],
            "Met de verdeling van 2021": [percentage(share, 1) for share in rows["standardised"]],
            "Elke verdeling": [
                share_range(low, high, 1) for low, high in zip(rows["lowest"], rows["highest"], strict=True)
            ],
        }
    )


def estimate_rows(estimates: pd.DataFrame, items: Mapping[str, str]) -> pd.DataFrame:
    """Return the share of each item in both waves, unweighted and weighted, with intervals.

    Parameters
    ----------
    estimates
        ``item``, ``wave``, ``estimator``, ``share``, ``ci_low``, ``ci_high`` of what may be shown; a missing row
        or share is not shown. ``percent``, where it is not missing, is printed in place of the share.
    items
        Dutch label by name of the item, in order.
    """
    known = {(row.item, row.wave, row.estimator): row for row in estimates.itertuples()}
    columns = {"Onderdeel": list(items.values())}
    for wave in dict.fromkeys(estimates["wave"]):
        for estimator, name in {"unweighted": "ongewogen", "raked": "gewogen"}.items():
            columns[f"{wave}, {name}"] = [_shown_share(known.get((item, wave, estimator))) for item in items]
    return pd.DataFrame(columns)


def _shown_share(row: object) -> str:
    if row is None or pd.isna(row.share):
        return "niet getoond"
    printed = getattr(row, "percent", None)
    share = percentage(row.share) if pd.isna(printed) else f"{int(printed)}%"
    return f"{share} ({share_range(row.ci_low, row.ci_high)})"


def paired_rows(pairs: pd.DataFrame, items: Mapping[str, str]) -> pd.DataFrame:
    """Return the tests on the municipalities in both waves; ranges over how merged municipalities are combined.

    Parameters
    ----------
    pairs
        What :func:`analysis.statistics.comparison.both_waves.paired_comparison` returned.
    items
        Dutch label by name of the item, in order.
    """
    by_item = pairs.groupby("item", observed=True)
    low, high = by_item.min(numeric_only=True).loc[list(items)], by_item.max(numeric_only=True).loc[list(items)]

    def ranges(column: str, write: Callable[[float, float], str]) -> list[str]:
        return [write(a, b) for a, b in zip(low[column], high[column], strict=True)]

    return pd.DataFrame(
        {
            "Onderdeel": list(items.values()),
            "In beide jaren": [number_range(a, b, 0) for a, b in zip(low["n_both"], high["n_both"], strict=True)],
            "Samenhang": ranges("correlation", lambda a, b: number_range(a, b, 2)),
            "p McNemar": ranges("mcnemar", p_range),
            "Verschil (procentpunt)": ranges("difference", points_range),
            "95%-interval": [points_range(a, b) for a, b in zip(low["ci_low"], high["ci_high"], strict=True)],
            "p deels overlappend": ranges("partly_overlapping", p_range),
        }
    )


def robustness_rows(table: pd.DataFrame, items: Mapping[str, str]) -> pd.DataFrame:
    """Return the verdict of each item, and the assumptions under which it would be another one.

    Parameters
    ----------
    table
        What :func:`analysis.statistics.comparison.robustness.robustness_table` returned.
    items
        Dutch label by name of the item, in order.
    """
    rows = table.set_index("item").loc[list(items)].to_dict("records")
    others = [
        [
            f"{words} ({SHORT_VERDICTS[row[name]]})"
            for name, words in ASSUMPTIONS.items()
            if name in row and row[name] != row["main"]
        ]
        for row in rows
    ]
    return pd.DataFrame(
        {
            "Onderdeel": list(items.values()),
            "Oordeel": [SHORT_VERDICTS[row["main"]] for row in rows],
            "Ander oordeel bij": [enumerate_dutch(found) or "geen enkele aanname" for found in others],
        }
    )


def _possible(row: Mapping[str, float]) -> str:
    inside = [row["possible_low"] <= row[end] <= row["possible_high"] for end in ("vanishes_low", "vanishes_high")]
    return "ja" if all(inside) else "hangt af" if any(inside) else "nee"
