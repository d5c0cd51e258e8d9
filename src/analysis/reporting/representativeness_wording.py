"""The verdict on representativeness as Dutch sentences, made from the results."""

from collections.abc import Mapping

import pandas as pd

from analysis.reporting.audit_wording import EXACT
from analysis.reporting.dutch_numbers import count, decimal, percentage
from analysis.reporting.dutch_numbers import p_value as write_p_value
from analysis.reporting.representativeness_tables import VARIABLES, sentence_labels
from analysis.statistics.independence import group_differences
from analysis.statistics.nonresponse_bounds import tipping_share
from analysis.statistics.representativeness import verdict
from analysis.statistics.rounding import round_half_up

TESTS = {"exact": EXACT, "monte_carlo": f"{EXACT}, benaderd met toevalstrekkingen"}
HALF = 0.5
_ON_CLAIM = {
    "representative": "Deze cijfers steunen dat.",
    "not_representative": "Deze cijfers spreken dat tegen.",
    "undecided": "Deze cijfers bevestigen dat niet.",
}


def verdict_sentence(
    decided: pd.Series,
    differences: pd.DataFrame,
    *,
    characteristic: str,
    labels: Mapping[str, str],
    unit: str = "reacties",
    claimed: str = "",
) -> str:
    """Tell whether the response is representative, for whom it is not, and whether the report said so.

    Parameters
    ----------
    decided
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
        What the report calls the response on this characteristic, such as "representatief"; empty when it says
        nothing.

    Returns
    -------
    str
        Dutch sentences; all numbers come from the results. Groups are named when they stand out on their own.

    Raises
    ------
    ValueError
        When a group has no label, or verdict and differences are of different characteristics.
    """
    if set(differences["variable"]) != {decided["variable"]}:
        raise ValueError(f"the verdict is on {decided['variable']}, the differences are not")
    if missing := sorted(set(differences["group"]) - set(labels)):
        raise ValueError(f"groups without a Dutch label: {missing}")
    p_value = f"{TESTS[decided['test']]}, {_p_value(decided['p_value'])}"
    parts = [_judgement(decided, characteristic, p_value)]
    if decided["verdict"] == "not_representative":
        parts += _directions(differences, labels, unit)
    if claimed:
        parts += [f"Het rapport noemt de respons op dit punt {claimed}.", _ON_CLAIM[decided["verdict"]]]
    return " ".join(parts)


def judge(
    cells: pd.DataFrame,
    variable: str,
    tests: pd.DataFrame,
    *,
    alpha: float,
    margin: float,
    claimed: str = "",
    unit: str = "reacties",
) -> str:
    """Come to a verdict on one characteristic and put it in words.

    Parameters
    ----------
    cells
        One row per group: ``variable``, ``population`` and ``respondents``.
    variable
        ``size_class`` or ``province``.
    tests
        Result of `independence_tests` on these cells.
    alpha, margin
        As for :func:`analysis.statistics.representativeness.verdict`.
    claimed, unit
        As for :func:`verdict_sentence`.
    """
    decided = verdict(cells, [variable], alpha=alpha, margin=margin, tests=tests).iloc[0]
    return verdict_sentence(
        decided,
        group_differences(cells, [variable], alpha=alpha),
        characteristic=VARIABLES[variable],
        labels=sentence_labels(cells[variable]),
        unit=unit,
        claimed=claimed,
    )


def weighting_sentence(shares: pd.DataFrame, matters: float) -> str:
    """Say how many headline shares weighting changes by an amount that matters.

    Parameters
    ----------
    shares
        Result of :func:`analysis.reporting.headline_shares.beside_each_other`.
    matters
        That amount, as a fraction.
    """
    known = shares["change"].abs().dropna()
    if known.empty:
        return "Wat weging verandert, kan niet worden getoond: de groepen zijn te klein."
    changed = int((known >= matters).sum())
    largest = decimal(100 * known.max(), 0)
    many = {0: "geen", 1: "één"}.get(changed, count(changed))
    return (
        f"Weging verandert {many} van de {count(len(known))} belangrijkste aandelen met "
        f"{decimal(100 * matters, 0)} procentpunt of meer; de grootste verandering is {largest} procentpunt."
    )


def tipping_sentence(shares: pd.DataFrame, option: str, population: int) -> str:
    """Say what those who did not respond must have answered for half of all municipalities to give an answer.

    Parameters
    ----------
    shares
        Result of :func:`analysis.reporting.headline_shares.whole_population`.
    option
        The answer, or answers taken together.
    population
        Municipalities.
    """
    row = shares[shares["option"] == option].iloc[0]
    share, tipping = row["count"] / row["n"], tipping_share(int(row["count"]), int(row["n"]), population, HALF)
    start = f"Van wie meedeed, gaf {percentage(share)} het antwoord ‘{row['label'].split(': ', 1)[1]}’."
    other = "minder" if share > HALF else "meer"
    if not 0 <= tipping <= 1:
        return f"{start} Van alle gemeenten is het niet {other} dan de helft, wat de andere ook antwoorden."
    return (
        f"{start} Van alle gemeenten is het pas {other} dan de helft als {other} dan {percentage(tipping)} van "
        "wie niet meedeed dat antwoord heeft."
    )


def coverage_sentence(coverage: pd.DataFrame) -> str:
    """Say how often the intervals hold the truth, and when weighting does not help.

    Parameters
    ----------
    coverage
        Results of `simulate_coverage` below each other, with ``world``.
    """
    found = {
        key: percentage(value) for key, value in coverage.set_index(["world", "estimator"])["coverage"].items()
    }
    return (
        "Doen grote gemeenten vaker mee en geven zij het antwoord veel vaker, dan bevat het interval in "
        f"{found['association', 'unweighted']} van de gevallen het echte aandeel, en na weging in "
        f"{found['association', 'post_stratified']}. Doen gemeenten met een aanpak in gebruik ook zelf vaker mee, "
        f"dan is dat {found['outcome', 'unweighted']} en {found['outcome', 'post_stratified']}: daar kan weging "
        "naar grootte niets aan doen."
    )


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
    if verdict["tests_agree"]:
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
