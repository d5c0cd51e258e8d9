"""How many of the municipalities took part: AAPOR's outcome rates for an attempted census.

The rates follow The American Association for Public Opinion Research (2023), Standard Definitions: Final
Dispositions of Case Codes and Outcome Rates for Surveys, 10th edition. Every municipality of the register is an
eligible case, so no case has unknown eligibility. The questionnaire went out as an open link: who received,
read and refused it is not recorded. docs/methods.md says per rate what follows from that.
"""

from collections.abc import Mapping

import pandas as pd

from analysis.errors import InputError
from analysis.statistics.population import population_by_group
from analysis.statistics.response_counts import UNKNOWN, count_municipalities

CASE_GROUPS = {"complete": "I", "partial": "P", "break_off": "R", "empty": "R"}
NO_CASE = ("duplicate", "test")

_UNSEEN_REFUSAL = "a refusal without opening the questionnaire is not recorded"
_NO_UNKNOWN = "no case has unknown eligibility"
# rate: groups in the numerator, groups in the denominator, how to read it, why
_ALL, _REACHED, _STARTED = ("I", "P", "R", "NC", "O", "U"), ("I", "P", "R", "O"), ("I", "P", "R")
RATES = {
    "RR1": (("I",), _ALL, "exact", ""),
    "RR2": (("I", "P"), _ALL, "exact", ""),
    "RR3": ((), (), "not_applicable", f"{_NO_UNKNOWN}: nothing to estimate, equals RR1"),
    "RR4": ((), (), "not_applicable", f"{_NO_UNKNOWN}: nothing to estimate, equals RR2"),
    "RR5": (("I",), _ALL[:-1], "exact", f"{_NO_UNKNOWN}: equals RR1"),
    "RR6": (("I", "P"), _ALL[:-1], "exact", f"{_NO_UNKNOWN}: equals RR2"),
    "COOP1": (("I",), _REACHED, "upper_bound", _UNSEEN_REFUSAL),
    "COOP2": (("I", "P"), _REACHED, "upper_bound", _UNSEEN_REFUSAL),
    "COOP3": (("I",), _STARTED, "upper_bound", _UNSEEN_REFUSAL),
    "COOP4": (("I", "P"), _STARTED, "upper_bound", _UNSEEN_REFUSAL),
    "REF1": (("R",), _ALL, "lower_bound", _UNSEEN_REFUSAL),
    "REF2": ((), (), "not_applicable", f"{_NO_UNKNOWN}: nothing to estimate, equals REF1"),
    "REF3": (("R",), _ALL[:-1], "lower_bound", f"{_NO_UNKNOWN}: equals REF1"),
    "CON1": (_REACHED, _ALL, "lower_bound", "who received the link and did not open it is not recorded"),
    "CON2": ((), (), "not_applicable", f"{_NO_UNKNOWN}: nothing to estimate, equals CON1"),
    "CON3": (_REACHED, _ALL[:-1], "lower_bound", f"{_NO_UNKNOWN}: equals CON1"),
}


def case_counts(dispositions: pd.DataFrame, *, eligible: int, represented: int | None = None) -> dict[str, int]:
    """Lay the final dispositions of the reactions on AAPOR's groups of cases.

    Parameters
    ----------
    dispositions
        One row per reaction, with the column ``disposition``: complete, partial, break_off, empty, duplicate or
        test. Duplicates and tests are no cases. A break-off that was completed later is a duplicate; each other
        one counts as one municipality, so ``R`` is at most right where several came from the same municipality.
    eligible
        Municipalities in the register.
    represented
        Municipalities that the complete reactions speak for; without it every complete reaction counts as one.

    Returns
    -------
    dict of str to int
        I complete, P partial, R refusal and break-off, NC no reaction, O other, U unknown eligibility.

    Raises
    ------
    InputError
        When a disposition is unknown, or there are more cases than municipalities.

    Examples
    --------
    >>> case_counts(pd.DataFrame({"disposition": ["complete", "break_off", "test"]}), eligible=5)
    {'I': 1, 'P': 0, 'R': 1, 'NC': 3, 'O': 0, 'U': 0}
    """
    unknown = sorted(set(dispositions["disposition"]) - {*CASE_GROUPS, *NO_CASE}, key=str)
    if unknown:
        raise InputError(
            f"unknown dispositions {unknown}", file="dispositions.csv", expected=[*CASE_GROUPS, *NO_CASE]
        )
    groups = dispositions["disposition"].map(CASE_GROUPS).value_counts()
    complete = int(groups.get("I", 0))
    if represented is not None and represented < complete:
        raise InputError(f"{complete} complete reactions represent only {represented} municipalities")
    counts = {group: int(groups.get(group, 0)) for group in ("I", "P", "R")}
    counts["I"] = complete if represented is None else represented
    if (rest := eligible - sum(counts.values())) < 0:
        raise InputError(f"{sum(counts.values())} cases among {eligible} eligible municipalities: {counts}")
    return counts | {"NC": rest, "O": 0, "U": 0}


def outcome_rates(counts: Mapping[str, int]) -> pd.DataFrame:
    """Compute AAPOR's outcome rates from the groups of cases.

    Parameters
    ----------
    counts
        Cases per group: I, P, R, NC, O and U, from `case_counts`.

    Returns
    -------
    pandas.DataFrame
        One row per rate: ``rate``, ``numerator``, ``denominator`` (cases), ``value`` (a fraction; missing when the
        rate does not apply or nobody is in its denominator), ``reading`` (exact, lower_bound, upper_bound,
        not_applicable) and ``reason``.

    Raises
    ------
    InputError
        When a group is missing or negative, no case is eligible, or a case has unknown eligibility.

    Examples
    --------
    >>> rates = outcome_rates({"I": 153, "P": 0, "R": 0, "NC": 189, "O": 0, "U": 0}).set_index("rate")
    >>> round(float(rates.loc["RR1", "value"]), 3)
    0.447
    """
    if set(counts) != set(_ALL) or any(count < 0 for count in counts.values()):
        raise InputError(f"counts of cases are {dict(counts)}", expected=f"counts of 0 and more of {list(_ALL)}")
    if counts["U"] or not sum(counts.values()):
        raise InputError(
            f"counts of cases are {dict(counts)}", expected="eligible cases, and none of unknown eligibility"
        )
    rows = []
    for rate, (above, below, reading, reason) in RATES.items():
        numerator = sum(counts[group] for group in above) if above else pd.NA
        denominator = sum(counts[group] for group in below) if below else pd.NA
        value = numerator / denominator if below and denominator else float("nan")
        rows.append((rate, numerator, denominator, value, reading, reason))
    table = pd.DataFrame(rows, columns=["rate", "numerator", "denominator", "value", "reading", "reason"])
    return table.astype({"numerator": "Int64", "denominator": "Int64", "value": "float64"})


def response_by_group(frame: pd.DataFrame, respondents: pd.DataFrame, variable: str | None = None) -> pd.DataFrame:
    """Set the response on reactions beside the response on represented municipalities.

    Parameters
    ----------
    frame
        One row per municipality: ``responded`` (1 when some usable reaction represents it) and the ``variable``.
    respondents
        One row per usable reaction: ``n_municipalities`` and the ``variable``. Reactions that represent more
        municipalities than the frame knows of are anonymous.
    variable
        ``province``, ``size_class``, or nothing for one row that holds all. For both together there is only
        `count_municipalities`: a respondent's own size class may differ from the register's.

    Returns
    -------
    pandas.DataFrame
        ``group``, ``eligible``, ``reactions``, ``rate_reactions``, ``represented``, ``rate_represented``. The last
        row is ``unknown`` where anonymous reactions cannot be laid on a group; it has no rates. The rates have no
        interval: every municipality was approached, so a rate is a count and not an estimate from a sample.

    Raises
    ------
    InputError
        When a reaction's group is not in the register, reactions or represented municipalities exceed the
        eligible ones, or the reactions represent fewer municipalities than the frame says.
    """
    if variable is None:
        frame, respondents, variable = frame.assign(all="all"), respondents.assign(all="all"), "all"
        reactions, represented = {"all": len(respondents)}, {"all": int(respondents["n_municipalities"].sum())}
    else:
        cells = count_municipalities(frame, [variable]).set_index(variable)
        reactions = respondents.groupby(variable, observed=True).size().to_dict()
        anonymous = respondents["n_municipalities"].sum() - cells["respondents"].sum()
        represented = cells["respondents"].to_dict() | {UNKNOWN: int(anonymous)}
    eligible = population_by_group(frame, [variable]).set_index(variable)["population"].to_dict()
    _check_groups(variable, eligible, reactions, represented)
    groups = [*eligible, UNKNOWN] if reactions.get(UNKNOWN) or represented.get(UNKNOWN) else [*eligible]
    table = pd.DataFrame({"group": groups})
    for column, counts in (("eligible", eligible), ("reactions", reactions), ("represented", represented)):
        table[column] = pd.array(
            [counts.get(group, pd.NA if column == "eligible" else 0) for group in groups], "Int64"
        )
    for unit in ("reactions", "represented"):
        table[f"rate_{unit}"] = (table[unit] / table["eligible"]).astype("float64")
    return table[["group", "eligible", "reactions", "rate_reactions", "represented", "rate_represented"]]


def _check_groups(
    variable: str, eligible: Mapping[str, int], reactions: Mapping[str, int], represented: Mapping[str, int]
) -> None:
    if stray := sorted(set(reactions) - set(eligible) - {UNKNOWN}):
        raise InputError(f"reactions from {stray}, which the register does not have", place=variable)
    if represented.get(UNKNOWN, 0) < 0:
        raise InputError("the reactions represent fewer municipalities than the frame says")
    for group, count in eligible.items():
        if max(reactions.get(group, 0), represented.get(group, 0)) > count:
            raise InputError(f"more reactions or represented municipalities than {count}", place=group)
