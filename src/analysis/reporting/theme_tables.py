"""Themes of coded answers as a page shows them: shares beside the agreement of the coders."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.errors import InputError
from analysis.statistics.agreement import is_reliable
from analysis.survey.coding.codeframe import Codeframe, load_codeframe
from analysis.survey.coding.theme_levels import groupings

UNRELIABLE = "niet betrouwbaar"
HELD_BACK = "niet getoond"
OUTCOMES = {True: "aangetoond", False: "niet aangetoond"}
SIZE_CLASSES = {
    "d": "Onder 50 duizend inwoners",
    "c": "50 tot 100 duizend inwoners",
    "ab": "Boven 100 duizend inwoners",
}
SOURCES = {
    "same": "Alle codeurs gaven dezelfde codes",
    "agreed": "Codeurs verschilden en werden het later eens",
    "one_coder": "Eén persoon codeerde",
    "partly": "Codeurs verschillen nog; een deel van de codes telt",
    "open": "Codeurs verschillen nog; geen code telt",
}
SHARES = ["n", "count", "share", "ci_low", "ci_high"]
RELIABILITY = ["alpha", "alpha_low", "alpha_high", "agreement"]
TABLES = {
    "themes": "question",
    "coding_agreement": "column",
    "theme_differences": "question",
    "theme_pairs": "question",
    "coded_answers": "column",
    "quotes": "column",
}
EMPTY_NUMBERS = {
    name: [""]
    for name in ("share", "ci_low", "ci_high", *RELIABILITY, "count", "expected", "overlap", "is_different")
}


@dataclass(frozen=True)
class CodedQuestion:
    """All that the stage ``coding`` found out about one open question.

    Parameters
    ----------
    codeframe
        The codes and themes.
    themes, agreement, differences, pairs, answers, quotes
        The rows of this question in ``themes.csv``, ``coding_agreement.csv``, ``theme_differences.csv``,
        ``theme_pairs.csv``, ``coded_answers.csv`` and ``quotes.csv``.
    threshold
        Alpha from which a theme is reliable.
    """

    codeframe: Codeframe
    themes: pd.DataFrame
    agreement: pd.DataFrame
    differences: pd.DataFrame
    pairs: pd.DataFrame
    answers: pd.DataFrame
    quotes: pd.DataFrame
    threshold: float

    @property
    def n_asked(self) -> int:
        """Respondents who were asked the question."""
        return int(self.themes.loc[self.themes["denominator"] == "routed", "n"].max())

    @property
    def n_content(self) -> int:
        """Respondents whose answer says something, by the codes that count."""
        answered = self.themes.loc[self.themes["denominator"] == "answered", "n"]
        return int(answered.max()) if len(answered) else 0


def read_coding_tables(**paths: Path) -> dict[str, pd.DataFrame]:
    """Read the tables of the stage ``coding``.

    Parameters
    ----------
    paths
        File by name of the table: each of :data:`TABLES`.

    Raises
    ------
    TypeError
        When a table is left out, or a name is none.
    """
    if set(paths) != set(TABLES):
        raise TypeError(f"the tables are {', '.join(TABLES)}; given: {', '.join(paths)}")
    return {
        name: pd.read_csv(path, keep_default_na=False, na_values=EMPTY_NUMBERS) for name, path in paths.items()
    }


def coded_question(
    tables: Mapping[str, pd.DataFrame], codeframes: Path, column: str, threshold: float
) -> CodedQuestion:
    """Select what is known of one open question.

    Parameters
    ----------
    tables
        From :func:`read_coding_tables`.
    codeframes
        Folder with the codeframes.
    column
        Column of the open answers.
    threshold
        Alpha from which a theme is reliable.

    Raises
    ------
    InputError
        When nobody has coded an answer to the question yet.
    """
    themes = tables["themes"]
    if not (themes.loc[themes[TABLES["themes"]] == column, "count"] > 0).any():
        raise InputError(
            f"nobody has coded an answer to {column} yet",
            file="data/raw/coding",
            expected="the codes of one coder or more",
            remedy=f"hand the answers out: python -m analysis coding export {column}; then import them",
        )
    own = [tables[name][tables[name][key] == column].reset_index(drop=True) for name, key in TABLES.items()]
    return CodedQuestion(load_codeframe(codeframes / f"{column}.yaml"), *own, threshold)


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
        ``alpha_high``, ``agreement`` and ``is_reliable``. The label of a theme that is not reliable says so.
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
    table = table.assign(is_reliable=is_reliable(table["alpha"], coded.threshold))
    names = {one.option: one.nl for one in groupings(coded.codeframe, level)}
    marks = ["" if reliable else f" ({UNRELIABLE})" for reliable in table["is_reliable"]]
    table.insert(1, "label", [names[option] + mark for option, mark in zip(table["option"], marks, strict=True)])
    return table.sort_values("count", ascending=False, kind="stable", ignore_index=True)


def group_table(coded: CodedQuestion, level: str, labels: Mapping[str, str]) -> pd.DataFrame:
    """Select the shares per size class of the themes that may be shown.

    Parameters
    ----------
    coded
        The question.
    level
        ``theme`` or ``code``.
    labels
        Dutch name by size class, in order.

    Returns
    -------
    pandas.DataFrame
        Shares of all respondents of a class: ``option``, ``label``, ``group``, ``group_label``, ``n``, ``count``,
        ``share``, ``ci_low``, ``ci_high``.
    """
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
    counts = coded.answers["source"].value_counts()
    rows = [(label, int(counts[source])) for source, label in SOURCES.items() if source in counts]
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
        When a theme has more mentions than its base or does not fit its codes, or an answer stands twice.
    """
    if (coded.themes["count"] > coded.themes["n"]).any():
        raise ValueError("a theme has more mentions than respondents")
    if coded.answers["answer_id"].duplicated().any():
        raise ValueError("an answer stands twice in the coded answers")
    whole = coded.themes.query("denominator == 'routed' and group == 'all' and estimator == 'unweighted'")
    counts = {level: rows.set_index("option")["count"] for level, rows in whole.groupby("level", observed=True)}
    for theme in groupings(coded.codeframe, "theme"):
        parts = counts["code"][list(theme.codes)]
        if not parts.max() <= counts["theme"][theme.option] <= parts.sum():
            raise ValueError(f"the theme {theme.option} does not fit its codes")
    n_answers = len(coded.answers)
    return (
        f"Vraag {coded.codeframe.column[1:3].lstrip('0')}: {n_answers} antwoorden van {coded.n_asked} gemeenten, "
        f"waarvan {coded.n_content} met inhoud en een code die telt; elk thema past bij zijn codes."
    )
