"""The tables of the page on representativeness, with Dutch labels."""

from collections.abc import Mapping, Sequence

import pandas as pd

from analysis.reporting.chapter import GROUPS
from analysis.reporting.dutch_numbers import count, decimal, p_value, percentage
from analysis.reporting.wording import capitalise
from analysis.statistics.representativeness import decide
from analysis.survey.register import SIZE_LIMITS

VARIABLES = {
    "size_class": "grootte",
    "province": "provincie",
    "size_class+province": "grootte en provincie",
}
FRAMES = {"published": "tabel 1 van het rapport", "register": "het register van 1 januari 2025"}
UNITS = {"reactions": "reacties", "municipalities": "vertegenwoordigde gemeenten"}
SIMULATED = "°"
NOT_DIFFERENT = "niet aantoonbaar anders"
NO_BREAK = "\u00a0"
WORLDS = {
    "equal": "Iedere gemeente doet even vaak mee",
    "stratum": "Grote gemeenten doen vaker mee",
    "association": "Grote gemeenten doen vaker mee en geven het antwoord veel vaker",
    "outcome": "Ook gemeenten met een aanpak in gebruik doen vaker mee",
}
_LOW, _HIGH = map(count, SIZE_LIMITS)
IN_A_SENTENCE = {
    "d": f"gemeenten met minder dan {_LOW} inwoners",
    "c": f"gemeenten met {_LOW} tot {_HIGH} inwoners",
    "ab": f"gemeenten met {_HIGH} of meer inwoners",
}


def sentence_labels(groups: Sequence[str]) -> dict[str, str]:
    """Return what groups are called in a sentence.

    Parameters
    ----------
    groups
        Size classes or provinces.
    """
    return {group: IN_A_SENTENCE.get(group, f"gemeenten in {group}") for group in groups}


def frame_rows(differences: pd.DataFrame) -> pd.DataFrame:
    """Return table 1 of the report: municipalities and reactions per size class, and how far they differ.

    Parameters
    ----------
    differences
        Result of :func:`analysis.statistics.independence.group_differences`.
    """
    return pd.DataFrame(
        {
            "Inwoners": differences["group"].map(GROUPS),
            "Gemeenten": _with_share(differences, "population"),
            "Reacties": _with_share(differences, "respondents"),
            "Verschil (procentpunt)": [_signed(value) for value in differences["difference_points"]],
            "Respons": [percentage(value) for value in differences["rate"]],
            "Springt eruit": differences["stands_out"].map({True: "ja", False: "nee"}),
        }
    )


def _signed(points: float) -> str:
    written = decimal(points)
    return f"+{written}" if points > 0 and written != decimal(0) else written


def independence_rows(
    tests: Mapping[tuple[str, str], pd.DataFrame],
    effects: Mapping[tuple[str, str], pd.DataFrame],
    *,
    alpha: float,
    margin: float,
) -> pd.DataFrame:
    """Return the tests, one row per characteristic and unit.

    Parameters
    ----------
    tests
        Result of `independence_tests` by unit and variable.
    effects
        Result of `cramers_v` by unit and variable.
    alpha, margin
        As for :func:`analysis.statistics.representativeness.verdict`.

    Returns
    -------
    pandas.DataFrame
        ``variable``, ``unit``, ``statistic`` and ``df`` (of Pearson's test), the p-values ``pearson``,
        ``likelihood_ratio`` and ``exact`` (by Monte Carlo where ``simulated``), Cramér's V with its interval, and
        the ``verdict``.
    """
    rows = []
    for (unit, variable), table in tests.items():
        values = table.set_index("test")
        simulated = "monte_carlo" in values.index
        pearson, effect = values.loc["pearson"], effects[unit, variable].iloc[0]
        row = {"variable": variable, "unit": unit, "statistic": pearson["statistic"], "df": pearson["df"]}
        row |= {name: values.loc[name, "p_value"] for name in ("pearson", "likelihood_ratio")}
        row |= {"exact": values.loc["monte_carlo" if simulated else "exact", "p_value"], "simulated": simulated}
        decided = decide(table["p_value"], effect["effect_high"], alpha=alpha, margin=margin)
        rows.append(row | effect.drop("variable").to_dict() | {"verdict": decided})
    return pd.DataFrame(rows)


def shown_tests(compared: pd.DataFrame) -> pd.DataFrame:
    """Return the tests with Dutch headings, as a page shows them.

    Parameters
    ----------
    compared
        Result of :func:`independence_rows`.
    """
    return pd.DataFrame(
        {
            "Kenmerk en wat is geteld": [_named(row) for row in compared.itertuples()],
            "Chi-kwadraat": [
                f"{decimal(row.statistic, 2)} (df{NO_BREAK}{row.df})" for row in compared.itertuples()
            ],
            "p": [p_value(value) for value in compared["pearson"]],
            "p (aannemelijkheidsverhouding)": [p_value(value) for value in compared["likelihood_ratio"]],
            "p exact": [
                p_value(row.exact) + (f"{NO_BREAK}{SIMULATED}" if row.simulated else "")
                for row in compared.itertuples()
            ],
            "V zonder toeval": [
                f"{decimal(value, 2)} ({decimal(low, 2)} tot {decimal(high, 2)})"
                for value, low, high in compared[["effect_adjusted", "effect_low", "effect_high"]].values
            ],
        }
    )


def indicator_rows(indicators: pd.DataFrame, bootstrap: pd.DataFrame) -> pd.DataFrame:
    """Return the R-indicators with both bias adjustments and the bootstrap.

    Parameters
    ----------
    indicators
        Rows of `r_indicator` for both adjustments, with ``unit``.
    bootstrap
        Rows of `bootstrap_r_indicator` for the same characteristics and units, in the same order.
    """
    centred, risq = (indicators[indicators["adjustment"] == name] for name in ("centred", "risq"))
    named = centred.rename(columns={"variables": "variable"})
    return pd.DataFrame(
        {
            "Kenmerk en wat is geteld": [_named(row) for row in named.itertuples()],
            "R zonder correctie": [decimal(value, 3) for value in centred["r_unadjusted"]],
            "R": [_interval(row) for row in centred.itertuples()],
            "R, handleiding RISQ": [decimal(value, 3) for value in risq["r"]],
            "R, opnieuw getrokken": [_interval(row) for row in bootstrap.itertuples()],
            "Grootste vertekening": [percentage(value, 1) for value in centred["maximal_bias"]],
        }
    )


def partial_rows(partial: pd.DataFrame) -> pd.DataFrame:
    """Return the partial indicators of whole characteristics.

    Parameters
    ----------
    partial
        Result of `partial_r_indicators`.
    """
    whole = partial[partial["category"] == ""]
    wide = whole.pivot(index="variable", columns="kind", values="value").loc[whole["variable"].unique()]
    return pd.DataFrame(
        {
            "Kenmerk": [capitalise(VARIABLES[name]) for name in wide.index],
            "Op zichzelf": [decimal(value, 3) for value in wide["unconditional"]],
            "Naast het andere kenmerk": [decimal(value, 3) for value in wide["conditional"]],
        }
    )


def category_rows(partial: pd.DataFrame) -> pd.DataFrame:
    """Return the partial indicators of categories, as a figure of differences wants them.

    Parameters
    ----------
    partial
        Result of `partial_r_indicators`.

    Returns
    -------
    pandas.DataFrame
        ``label``, ``difference_low`` and ``difference_high`` (both the indicator), ``ci_low``, ``ci_high`` (95 per
        cent, normal) and ``verdict_label``.
    """
    rows = partial[partial["category"] != ""]
    low, high = rows["value"] - 1.96 * rows["se"], rows["value"] + 1.96 * rows["se"]
    verdict = pd.Series(NOT_DIFFERENT, index=rows.index)
    verdict = verdict.mask(low > 0, "oververtegenwoordigd").mask(high < 0, "ondervertegenwoordigd")
    table = pd.DataFrame({"label": rows["category"].map(lambda group: GROUPS.get(group, group))})
    table = table.assign(difference_low=rows["value"], difference_high=rows["value"], ci_low=low, ci_high=high)
    return table.assign(verdict_label=verdict).reset_index(drop=True)


def bound_rows(bounds: pd.DataFrame) -> pd.DataFrame:
    """Return the bounds for non-response, one row per share and one column per assumption.

    Parameters
    ----------
    bounds
        Result of :func:`analysis.statistics.nonresponse_bounds.nonresponse_bounds`, with ``label``
        and, where the figures print one, ``printed_pct``.
    """
    headings = {
        "worst_case": lambda size: "Niets aangenomen",
        "share": lambda size: f"Aandeel scheelt hooguit {decimal(100 * size, 0)} punten",
        "odds": lambda size: f"Kansverhouding hooguit {decimal(size, 1)}",
    }
    rows = []
    for label, part in bounds.groupby("label", sort=False, observed=True):
        first = part.iloc[0]
        row = {
            "Antwoord": label,
            "Bij wie meedeed": percentage(first.get("printed_pct", 100 * first["share"]) / 100),
        }
        for one in part.itertuples():
            low, high = (percentage(end).removesuffix("%") for end in (one.low, one.high))
            row[headings[one.assumption](one.size)] = f"{low} tot {high}%"
        rows.append(row)
    return pd.DataFrame(rows)


def coverage_rows(coverage: pd.DataFrame) -> pd.DataFrame:
    """Return the coverage with and without weights per world, as a figure of two shares per row wants it.

    Parameters
    ----------
    coverage
        Results of `simulate_coverage` below each other, with ``world``.

    Returns
    -------
    pandas.DataFrame
        ``label``, ``unweighted``, ``post_stratified`` (fractions), their intervals ``first_low``, ``first_high``,
        ``ci_low``, ``ci_high``, ``truth``, and ``bias_unweighted`` and ``bias_post_stratified``.
    """
    first, second = (
        coverage[coverage["estimator"] == name].set_index("world") for name in ("unweighted", "post_stratified")
    )
    second = second.loc[first.index]
    return pd.DataFrame(
        {
            "label": [WORLDS[world] for world in first.index],
            "unweighted": first["coverage"].to_numpy(),
            "post_stratified": second["coverage"].to_numpy(),
            "first_low": first["coverage_low"].to_numpy(),
            "first_high": first["coverage_high"].to_numpy(),
            "ci_low": second["coverage_low"].to_numpy(),
            "ci_high": second["coverage_high"].to_numpy(),
            "truth": first["truth"].to_numpy(),
            "bias_unweighted": first["bias"].to_numpy(),
            "bias_post_stratified": second["bias"].to_numpy(),
        }
    )


def check_frames(populations: Mapping[str, pd.DataFrame], municipalities: pd.DataFrame) -> str:
    """Check that both frames count the same municipalities, and say in Dutch what was established.

    Parameters
    ----------
    populations
        Municipalities per size class by name of the frame: column ``population``.
    municipalities
        One row per municipality of the register.

    Raises
    ------
    ValueError
        When a frame counts another number of municipalities than the register.
    """
    totals = {int(table["population"].sum()) for table in populations.values()}
    if totals != {len(municipalities)}:
        raise ValueError(f"the frames count {sorted(totals)} municipalities, the register {len(municipalities)}")
    return f"Beide tellingen hebben {count(len(municipalities))} gemeenten."


def _named(row: tuple) -> str:
    return f"{capitalise(VARIABLES[row.variable])}, {UNITS[row.unit]}"


def _with_share(differences: pd.DataFrame, column: str) -> list[str]:
    whole = differences[column].sum()
    return [f"{count(value)} ({percentage(value / whole)})" for value in differences[column]]


def _interval(row: tuple) -> str:
    return f"{decimal(row.r, 3)} ({decimal(row.ci_low, 2)} tot {decimal(row.ci_high, 2)})"
