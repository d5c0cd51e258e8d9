"""The verdict on representativeness as Dutch sentences, made from the results."""

from collections.abc import Mapping

import pandas as pd

from analysis.reporting.dutch_numbers import decimal
from analysis.reporting.dutch_numbers import p_value as write_p_value
from analysis.statistics.rounding import round_half_up

TESTS = {
    "pearson": "chi-kwadraattoets",
    "exact": "exacte toets",
    "monte_carlo": "exacte toets, benaderd met toevalstrekkingen",
}
_CLAIM = "Het rapport noemt de respons op dit punt representatief."
_ON_CLAIM = {
    "representative": "Deze cijfers steunen dat.",
    "not_representative": "Deze cijfers spreken dat tegen.",
    "undecided": "Deze cijfers bevestigen dat niet.",
}


def verdict_sentence(
    verdict: pd.Series,
    differences: pd.DataFrame,
    *,
    characteristic: str,
    labels: Mapping[str, str],
    unit: str = "reacties",
    claimed: bool = False,
) -> str:
    """Tell whether the response is representative, for whom it is not, and whether the report said so.

    Parameters
    ----------
    verdict
        The row that `analysis.statistics.representativeness.verdict` returns.
    differences
        Result of `analysis.statistics.independence.group_differences` on the same counts.
    characteristic
        Dutch name of the characteristic: "gemeentegrootte".
    labels
        Dutch name of each group, as it stands in a sentence: "gemeenten met minder dan 50.000 inwoners".
    unit
        What was counted, in the plural: "reacties" or "vertegenwoordigde gemeenten".
    claimed
        Whether the report calls the response representative on this characteristic.

    Returns
    -------
    str
        Dutch sentences; all numbers come from the results. Groups are named when they stand out on their own.

    Raises
    ------
    ValueError
        When a group has no label, or verdict and differences are of different characteristics.
    """
    if set(differences["variable"]) != {verdict["variable"]}:
        raise ValueError(f"the verdict is on {verdict['variable']}, the differences are not")
    if missing := sorted(set(differences["group"]) - set(labels)):
        raise ValueError(f"groups without a Dutch label: {missing}")
    p_value = f"{TESTS[verdict['test']]}, {_p_value(verdict['p_value'])}"
    parts = [_judgement(verdict, characteristic, p_value)]
    if verdict["verdict"] == "not_representative":
        parts += _directions(differences, labels, unit)
    if claimed:
        parts += [_CLAIM, _ON_CLAIM[verdict["verdict"]]]
    return " ".join(parts)


def _judgement(verdict: pd.Series, characteristic: str, p_value: str) -> str:
    margin = f"een verschil van enige omvang (Cramérs V van {decimal(verdict['margin'], 2)} of meer)"
    if verdict["verdict"] == "not_representative":
        return f"De respons is niet representatief naar {characteristic} ({p_value})."
    if verdict["verdict"] == "representative":
        return (
            f"De respons is representatief naar {characteristic}: de groepen verschillen niet aantoonbaar "
            f"({p_value}) en {margin} is niet aannemelijk."
        )
    start = f"Of de respons representatief is naar {characteristic}, staat niet vast."
    if verdict["effect_high"] >= verdict["margin"] and verdict["p_value"] >= verdict["alpha"]:
        return (
            f"{start} De groepen verschillen niet aantoonbaar ({p_value}), maar {margin} is ook niet uitgesloten."
        )
    return f"{start} De toetsen wijzen niet dezelfde kant op ({p_value})."


def _directions(differences: pd.DataFrame, labels: Mapping[str, str], unit: str) -> list[str]:
    shares = differences.assign(
        among=round_half_up(differences["respondents"].tolist()),
        of=round_half_up(differences["population"].tolist()),
    )
    standing = shares[shares["stands_out"]].sort_values("difference_points", key=abs, ascending=False)
    if standing.empty:
        return ["Geen enkele groep springt er op zichzelf uit."]
    sentences = []
    for word, rows in (
        ("Ondervertegenwoordigd", standing[standing["difference_points"] < 0]),
        ("Oververtegenwoordigd", standing[standing["difference_points"] > 0]),
    ):
        groups = [
            f"{labels[row.group]} ({row.among} procent van de {unit}, {row.of} procent van alle gemeenten)"
            for row in rows.itertuples()
        ]
        if groups:
            sentences.append(f"{word} zijn {_enumerate(groups)}.")
    return sentences


def _enumerate(parts: list[str]) -> str:
    return " en ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


def _p_value(value: float) -> str:
    text = write_p_value(value)
    return f"p {text}" if text.startswith("<") else f"p = {text}"
