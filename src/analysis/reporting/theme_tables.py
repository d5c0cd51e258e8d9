"""Themes of coded answers as a page shows them: shares beside the agreement of the coders."""

from collections.abc import Mapping

import pandas as pd

from analysis.reporting.certain_places import overlaps_later
from analysis.reporting.chapter import ALL, GROUPS
from analysis.reporting.coded_question import CodedQuestion
from analysis.statistics.agreement import reliability
from analysis.survey.coding.theme_levels import REST, groupings

MOST = 3
"""So many themes are named."""
UNRELIABLE = "niet betrouwbaar"
VERDICTS = {
    "reliable": "betrouwbaar",
    "unsure": "twijfelachtig",
    "not_reliable": UNRELIABLE,
    "too_few": "te weinig om te beoordelen",
    "unknown": "niet te zeggen",
}
"""How far a theme can be trusted, by what :func:`analysis.statistics.agreement.reliability` calls it."""
HELD_BACK = "niet getoond"
OUTCOMES = {True: "aangetoond", False: "niet aangetoond"}
SOURCES = {
    "same": "Alle codeurs gaven dezelfde codes",
    "agreed": "Codeurs verschilden en werden het later eens",
    "one_coder": "Eén codeur codeerde",
    "partly": "Codeurs verschillen nog; een deel van de codes telt",
    "open": "Codeurs verschillen nog; geen code telt",
}
SHARES = ["n", "count", "share", "ci_low", "ci_high"]
RELIABILITY = ["alpha", "alpha_low", "alpha_high", "agreement"]


def theme_table(coded: CodedQuestion, level: str, denominator: str = "routed") -> pd.DataFrame:
    """Select the themes that were named, the most mentioned first, with the agreement on each.

    Parameters
    ----------
    coded
        The question.
    level
        ``theme`` or ``code``.
    denominator
        ``routed``: all who were asked. ``answered``: those whose answer says something.

    Returns
    -------
    pandas.DataFrame
        ``option``, ``label``, ``n``, ``count``, ``share``, ``ci_low``, ``ci_high``, ``alpha``, ``alpha_low``,
        ``alpha_high``, ``agreement`` and ``reliability``, one of :data:`VERDICTS`. The label of a theme that is
        not reliable says so. Without rows when nothing was coded.
    """
    themes = coded.themes
    chosen = themes[
        (themes["level"] == level)
        & (themes["denominator"] == denominator)
        & (themes["group"] == "all")
        & (themes["estimator"] == "unweighted")
        & (themes["count"] > 0)
    ]
    measured = coded.agreement[coded.agreement["level"] == level].rename(columns={"code": "option"})
    table = chosen[["option", *SHARES]].merge(measured[["option", *RELIABILITY]], how="left", on="option")
    table = table.assign(reliability=reliability(table, coded.threshold, table["count"]))
    names = {one.option: one.nl for one in groupings(coded.codeframe, level)}
    marks = [f" ({UNRELIABLE})" if verdict == "not_reliable" else "" for verdict in table["reliability"]]
    table.insert(1, "label", [names[option] + mark for option, mark in zip(table["option"], marks, strict=True)])
    return table.sort_values("count", ascending=False, kind="stable", ignore_index=True)


def most_named(table: pd.DataFrame) -> pd.DataFrame:
    """Return the themes that were named most, each with whether its interval overlaps that of a later one.

    Parameters
    ----------
    table
        From :func:`theme_table`.

    Returns
    -------
    pandas.DataFrame
        The first :data:`MOST` rows but for the rest, with ``overlaps_next``.
    """
    named = table[table["option"] != REST]
    return named.assign(overlaps_next=overlaps_later(named)).head(MOST)


def group_table(coded: CodedQuestion, level: str) -> pd.DataFrame:
    """Select the shares per size class of the themes that may be shown.

    Parameters
    ----------
    coded
        The question.
    level
        ``theme`` or ``code``.

    Returns
    -------
    pandas.DataFrame
        Shares of all respondents of a class: ``option``, ``label``, ``group``, ``group_label``, ``n``, ``count``,
        ``share``, ``ci_low``, ``ci_high``.
    """
    labels = {group: label for group, label in GROUPS.items() if group != ALL}
    themes = coded.themes
    chosen = themes[
        (themes["level"] == level) & (themes["denominator"] == "all") & (themes["group_variable"] == "size_class")
    ]
    shown = theme_table(coded, level)[["option", "label"]]
    shown = shown[shown["option"].isin(chosen["option"])]
    groups = pd.DataFrame({"group": list(labels), "group_label": list(labels.values())})
    rows = shown.merge(groups, how="cross").merge(chosen[["option", "group", *SHARES]], on=["option", "group"])
    return rows[["option", "label", "group", "group_label", *SHARES]]


def difference_table(coded: CodedQuestion, level: str) -> pd.DataFrame:
    """Select the outcomes of the tests whether size classes name a theme equally often, differences first.

    Parameters
    ----------
    coded
        The question.
    level
        ``theme`` or ``code``.

    Returns
    -------
    pandas.DataFrame
        ``label`` and ``outcome`` (Dutch); themes that cannot be tested are left out.
    """
    tests = coded.differences[coded.differences["level"] == level].dropna(subset="is_different")
    names = {one.option: one.nl for one in groupings(coded.codeframe, level)}
    is_different = tests["is_different"].astype("bool")
    table = tests.assign(label=tests["option"].map(names), outcome=is_different.map(OUTCOMES), last=~is_different)
    return table.sort_values("last", kind="stable", ignore_index=True)[["label", "outcome"]]


def pair_table(coded: CodedQuestion, labels: Mapping[str, str]) -> pd.DataFrame:
    """Return how often two themes were named by the same respondent; numbers that are held back say so.

    Parameters
    ----------
    coded
        The question.
    labels
        Label by theme; pairs of other themes are left out.

    Returns
    -------
    pandas.DataFrame
        ``first``, ``second`` (labels) and ``count`` (text), the most frequent first.
    """
    pairs = coded.pairs
    shown = pairs[pairs["option_a"].isin(list(labels)) & pairs["option_b"].isin(list(labels))]
    shown = shown.sort_values("count", ascending=False, kind="stable")
    counts = [HELD_BACK if pd.isna(number) else str(int(number)) for number in shown["count"]]
    first, second = shown["option_a"].map(labels).tolist(), shown["option_b"].map(labels).tolist()
    return pd.DataFrame({"first": first, "second": second, "count": counts}, dtype="str")


def coding_table(coded: CodedQuestion) -> pd.DataFrame:
    """Count the answers by how their codes were settled.

    Parameters
    ----------
    coded
        The question.

    Returns
    -------
    pandas.DataFrame
        ``label`` and ``n``; without rows when nothing was coded.
    """
    rows = [(label, coded.number(source)) for source, label in SOURCES.items() if coded.number(source)]
    return pd.DataFrame(rows, columns=["label", "n"])


def check_coded_question(coded: CodedQuestion) -> str:
    """Check that the tables of a question fit together, and say in Dutch what was established.

    Parameters
    ----------
    coded
        The question.

    Raises
    ------
    ValueError
        When a theme has more mentions than its base or does not fit its codes, or codes were settled of more
        answers than there are.
    """
    number = coded.codeframe.column[1:].removesuffix("_text").lstrip("0")
    n_answers, n_coded = coded.number("n_answers"), coded.number("n_coded")
    if not sum(coded.number(source) for source in SOURCES) == n_coded <= n_answers:
        raise ValueError(f"the progress of the coding of {coded.codeframe.column} does not add up")
    if not coded.is_coded:
        return f"Vraag {number}: {n_answers} antwoorden, nog geen is gecodeerd."
    if (coded.themes["count"] > coded.themes["n"]).any():
        raise ValueError("a theme has more mentions than respondents")
    whole = coded.themes.query("denominator == 'routed' and group == 'all' and estimator == 'unweighted'")
    counts = {level: rows.set_index("option")["count"] for level, rows in whole.groupby("level", observed=True)}
    for theme in groupings(coded.codeframe, "theme"):
        parts = counts["code"][list(theme.codes)]
        if not parts.max() <= counts["theme"][theme.option] <= parts.sum():
            raise ValueError(f"the theme {theme.option} does not fit its codes")
    return (
        f"Vraag {number}: {n_answers} antwoorden van {coded.number('n_asked')} gemeenten die de vraag kregen; "
        f"{coded.n_content} antwoorden hebben inhoud en een code die telt. Elk thema past bij zijn codes."
    )
