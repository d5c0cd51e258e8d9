"""The headline figures of the study in one small file, ``reports/summary.json``, to be compared between runs.

National totals only, unweighted and raked, each as the stage ``disclosure`` released it. The names are stable:
when another answer becomes the one chosen most often, ``option`` and ``label`` of the same entry change.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.errors import InputError
from analysis.reporting.chapter import ALL, Chapter
from analysis.reporting.dutch_numbers import percentage
from analysis.reporting.early_start import check_early_start, early_start
from analysis.reporting.headline_shares import STATUS, headline_shares, overlaps_next, share_label
from analysis.reporting.question import printed_percentages
from analysis.reporting.standing import source_counts, standing_counts
from analysis.reporting.theme_tables import most_named
from analysis.statistics.comparison.robustness import MAIN_TEST

ALWAYS = (("q04", "e;f;g;h"), ("q16", "a;b"), ("q18", "c"), ("q24", "d"), ("q24", "e"), ("q25", "f"), ("q25", "g"))
"""Shares that the conclusion needs besides those that lead their figure."""
DIGITS = 10
OWN = ("question", "option", "subject", "label", "base", "n", "count")
NUMBERS = ("share", "ci_low", "ci_high")
CHANGE = (
    *("share_2021_low", "share_2021_high", "share_2025", "difference_low", "difference_high", "ci_low", "ci_high"),
    *("p_adjusted_high", "verdict"),
)


@dataclass(frozen=True)
class Findings:
    """The tables of earlier stages that the headline figures come from.

    Parameters
    ----------
    chapters
        Results of the chapters with closed questions, as the stage ``disclosure`` released them.
    response
        The table ``response_overall.csv``, of one row.
    tests
        The table ``response_tests.csv``.
    comparison
        The table ``comparison_2021.csv``.
    audit
        The table ``audit_claims.csv``.
    standings
        Rows of :mod:`analysis.reporting.standing`.
    themes
        Per coded question its themes, see :func:`analysis.reporting.conclusion_tables.themes_of`.
    synthetic
        Whether invented answers stand behind the figures.
    """

    chapters: Sequence[Chapter]
    response: pd.DataFrame
    tests: pd.DataFrame
    comparison: pd.DataFrame
    audit: pd.DataFrame
    standings: pd.DataFrame
    themes: Mapping[str, pd.DataFrame]
    synthetic: bool


def make_summary(found: Findings) -> dict[str, Any]:
    """Return the headline figures.

    Parameters
    ----------
    found
        The tables of earlier stages.

    Returns
    -------
    dict
        ``wave``, ``synthetic``, ``response``, ``representativeness``, ``shares``, ``comparison_2021``,
        ``began_by_2021``, ``themes``, ``statements`` (of the whole report), ``conclusions`` (by standing) and
        ``conclusions_about``. Shares are fractions; ``percent`` is the whole percentage that the pages print.
    """
    by_reaction = found.tests[found.tests["unit"] == "reactions"].set_index("variable")
    main = found.comparison[found.comparison["test"] == MAIN_TEST].set_index("item")
    counted = found.audit["arithmetic_verdict"].value_counts()
    answered = found.audit["data_verdict"].value_counts()
    return _plain(
        {
            "wave": found.chapters[0].instrument.wave,
            "synthetic": found.synthetic,
            "response": found.response.iloc[0].to_dict(),
            "representativeness": by_reaction[["exact", "effect_size", "verdict"]].to_dict("index"),
            "shares": _shares(found.chapters),
            "comparison_2021": main[list(CHANGE)].to_dict("index"),
            "began_by_2021": early_start({chapter.number: chapter for chapter in found.chapters}),
            "themes": {name: _ranked(table) for name, table in found.themes.items()},
            "statements": {"arithmetic": counted.to_dict(), "answers": answered.to_dict()},
            "conclusions": standing_counts(found.standings),
            "conclusions_about": source_counts(found.standings),
        }
    )


def write_summary(summary: Mapping[str, Any]) -> str:
    """Return the headline figures as text: sorted names, ten significant digits.

    Parameters
    ----------
    summary
        From :func:`make_summary`.
    """
    return json.dumps(summary, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"


def read_summary(path: Path) -> dict[str, Any]:
    """Read the headline figures.

    Parameters
    ----------
    path
        ``reports/summary.json``.

    Raises
    ------
    InputError
        When the file is missing or no JSON.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise InputError(
            "the headline figures cannot be read", file=path, remedy="make them again: make report"
        ) from error


def summary_shares(summary: Mapping[str, Any]) -> pd.DataFrame:
    """Return the shares of the headline figures as a table, one row per share and estimator.

    Parameters
    ----------
    summary
        From :func:`make_summary`.

    Returns
    -------
    pandas.DataFrame
        ``question``, ``option``, ``subject``, ``label``, ``base``, ``group``, ``estimator``, ``n``, ``count``,
        ``share``, ``ci_low``, ``ci_high``, and ``printed_pct`` of unweighted shares.
    """
    rows = []
    for entry in summary["shares"].values():
        own = {name: entry[name] for name in OWN} | {"group": ALL}
        rows.append(own | {"estimator": "unweighted", "printed_pct": entry["percent"]} | _numbers(entry))
        if "raked" in entry:
            rows.append(own | {"estimator": "raked", "printed_pct": None} | _numbers(entry["raked"]))
    table = pd.DataFrame(rows, columns=[*OWN[:-2], "group", "estimator", *OWN[-2:], *NUMBERS, "printed_pct"])
    return table.astype({"printed_pct": "Int64"})


def check_released(summary: Mapping[str, Any], estimates: pd.DataFrame, themes: pd.DataFrame) -> None:
    """Refuse headline figures with a share that the stage ``disclosure`` did not release.

    Parameters
    ----------
    summary
        From :func:`make_summary`.
    estimates, themes
        The released estimates, and the released themes of open answers.

    Raises
    ------
    InputError
        With the first share that was not released so.
    """
    keys = ["question", "option", "group", "estimator"]
    asked = themes[(themes["level"] == "theme") & (themes["denominator"] == "routed")]
    released = pd.concat([estimates, asked])[[*keys, "n", "count", *NUMBERS]].set_index(keys)
    check_early_start(summary["began_by_2021"], estimates)
    named = [
        {"question": question, "option": entry["theme"], "group": ALL, "estimator": "unweighted"} | entry
        for question, ranked in summary["themes"].items()
        for entry in ranked.values()
    ]
    for row in [*summary_shares(summary).to_dict("records"), *named]:
        key = tuple(row[name] for name in keys)
        numbers = [row[name] for name in ("n", "count", *NUMBERS)]
        if key not in released.index or not _same(numbers, released.loc[key].tolist()):
            raise InputError(
                f"the share of {row['question']} {row['option']} was not released so",
                file="reports/summary.json",
                expected="national totals of data/processed/released, estimates.csv and themes.csv",
                remedy="take the share from there",
            )


def check_summary(summary: Mapping[str, Any]) -> str:
    """Check that the headline figures hold together, and say in Dutch what was established.

    Parameters
    ----------
    summary
        From :func:`make_summary`.

    Raises
    ------
    ValueError
        When a share is not its count over its base, or lies outside its interval, or a printed percentage lies a
        point or more away from its share.
    """
    for name, entry in (*summary["shares"].items(), *_themes(summary)):
        if abs(entry["share"] * entry["n"] - entry["count"]) > 1e-6:
            raise ValueError(f"{name}: the share is not the count over the base")
        if not entry["ci_low"] <= entry["share"] <= entry["ci_high"]:
            raise ValueError(f"{name}: the share lies outside its interval")
        if "percent" in entry and abs(entry["percent"] - 100 * entry["share"]) >= 1:
            raise ValueError(f"{name}: the printed percentage is not the share, rounded")
    coded = sum(1 for ranked in summary["themes"].values() if ranked)
    return (
        f"{len(summary['shares'])} aandelen van gesloten vragen en thema's bij {coded} van de "
        f"{len(summary['themes'])} open vragen; elk aandeel is het aantal gedeeld door de basis."
    )


def _themes(summary: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    return [
        (f"{question} {entry['theme']}", entry)
        for question, ranked in summary["themes"].items()
        for entry in ranked.values()
    ]


def _shares(chapters: Sequence[Chapter]) -> dict[str, dict[str, Any]]:
    """Return an entry per headline share: of the status several, of each other figure the answer chosen most."""
    instrument = chapters[0].instrument
    estimates = pd.concat([chapter.estimates for chapter in chapters], ignore_index=True)
    leading = headline_shares(estimates, instrument, named_only=True)
    chosen = {_name(row.item, row.option): (row.item, row.option) for row in leading.itertuples()}
    led = {key for key in chosen.values() if key[0] != STATUS}
    chosen |= {f"{item}_{option.replace(';', '')}": (item, option) for item, option in ALWAYS}
    printed = {key: percent for chapter in chapters for key, percent in printed_percentages(chapter).items()}
    whole = estimates[estimates["group"] == ALL].set_index(["question", "option", "estimator"])
    entries = {}
    for name, (item, option) in sorted(chosen.items()):
        if (item, option, "unweighted") not in whole.index:
            raise InputError(
                f"the conclusion needs the share of {item} {option}, which was not estimated",
                file="data/processed/released/estimates.csv",
                expected="an option of the question, or options that the published claims take together",
                remedy="name another share in analysis.reporting.summary.ALWAYS",
            )
        row, raked = (whole.loc[(item, option, estimator)] for estimator in ("unweighted", "raked"))
        question = next(one for one in instrument.closed_questions if item in (one.name, *one.columns))
        subject, label = share_label(question, item, option)
        entry = {"question": item, "option": option, "subject": subject, "label": label}
        entry |= {"base": row["base"], "flag": row["flag"], "n": int(row["n"]), "count": int(row["count"])}
        if (item, option) in led:
            entry["overlaps_next"] = overlaps_next(estimates[estimates["question"] == item], question, option)
        entry["percent"] = printed.get((item, option), int(percentage(row["share"]).removesuffix("%")))
        # A weighted share of few respondents is not released.
        entries[name] = entry | _numbers(row) | ({} if pd.isna(raked["share"]) else {"raked": _numbers(raked)})
    return entries


def _name(item: str, option: str) -> str:
    return f"{item}_{option.replace(';', '')}" if item == STATUS else item


def _ranked(table: pd.DataFrame) -> dict[str, dict[str, Any]]:
    """Return the themes that were named most, by rank."""
    return {
        str(rank): {"theme": row["option"], "label": row["label"]}
        | {name: int(row[name]) for name in ("n", "count", "n_content")}
        | _numbers(row)
        | {"overlaps_next": bool(row["overlaps_next"])}
        | ({} if pd.isna(row["alpha"]) else {"alpha": row["alpha"]})
        | {"reliability": row["reliability"]}
        for rank, row in enumerate(most_named(table).to_dict("records"), start=1)
    }


def _numbers(row: Mapping[str, Any]) -> dict[str, float]:
    return {name: float(row[name]) for name in NUMBERS}


def _same(first: Sequence[float], second: Sequence[float]) -> bool:
    return all(abs(one - other) < 1e-9 for one, other in zip(first, second, strict=True))


def _plain(value: Any) -> Any:
    """Return the same with numbers that JSON knows, in ten significant digits."""
    if isinstance(value, Mapping):
        return {str(key): _plain(part) for key, part in value.items()}
    if isinstance(value, bool | str):
        return value
    number = float(value)
    return int(number) if number.is_integer() and not isinstance(value, float) else float(f"{number:.{DIGITS}g}")
