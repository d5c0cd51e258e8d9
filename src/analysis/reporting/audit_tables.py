"""Tables of the audit page: statements with their verdicts, what is possible, what depends on the convention."""

from collections.abc import Sequence

import pandas as pd

from analysis.reporting.audit_wording import (
    ARITHMETIC,
    DATA,
    ERRORS,
    HOLDS,
    QUESTIONS,
    ROUNDING,
    UNTESTED,
    factor_label,
    subject,
    verdict_words,
)
from analysis.reporting.codebook_tables import question_number
from analysis.reporting.dutch_numbers import count
from analysis.reporting.question import NO_BREAK
from analysis.reporting.wording import enumerate_dutch
from analysis.statistics.claim_blocks import REGISTER, Published
from analysis.statistics.feasibility import MOST_SOLUTIONS
from analysis.survey.claims import Claim

HEADINGS = {
    "claim": "Uitspraak",
    "place": "Plaats",
    "published": "Wat er staat",
    "verdict": "Oordeel",
    "explanation": "Uitleg",
}
LINKS = {"place": "address"}
FILTERS = {"arithmetic": "Wat zegt het rekenen?", "data": "Wat zeggen de gegevens?", "chapter": "Welk hoofdstuk?"}
CHAPTERS_WITH_OWN_PAGE = range(3, 13)
WITH_FIGURES = range(4, 11)
WORD_JOINER = "\u2060"
"""After a dash: no line breaks a range there."""


def statement_rows(table: pd.DataFrame, published: Published, stems: Sequence[str]) -> pd.DataFrame:
    """Return the statements as the page shows them, each with a link to the page that its number comes from.

    Parameters
    ----------
    table
        Verdicts with ``explanation``.
    published
        The report.
    stems
        Stems of the pages; one that starts with the number of a chapter is its page.
    """
    rows = []
    for row in table.to_dict("records"):
        claim = published.claims[row["claim_id"]]
        rows.append(
            {
                "claim": claim.claim_id,
                "place": f"§ {claim.section}{_figure(claim.figure)}",
                "address": _address(claim, published, stems),
                "published": f"{subject(claim, published)}: {_said(claim, row['published'])}",
                "verdict": verdict_words(row),
                "explanation": row["explanation"],
                "arithmetic": ARITHMETIC[row["arithmetic_verdict"]],
                "data": DATA[row["data_verdict"]],
                "chapter": f"hoofdstuk {claim.chapter}",
            }
        )
    return pd.DataFrame(rows, columns=[*HEADINGS, "address", *FILTERS])


def contradictions(table: pd.DataFrame) -> pd.DataFrame:
    """Return the statements that do not stand, or only under one reading; arithmetic first, then the answers.

    Parameters
    ----------
    table
        The verdicts.
    """
    arithmetic = table["arithmetic_verdict"] == "contradicted"
    data = table["data_verdict"] == "contradicted"
    conditional = (table["reason"] == "rounding") | (table["strict_with"] != "")
    order = pd.Series(2, index=table.index).mask(data, 1).mask(arithmetic, 0)
    chosen = table.assign(_order=order)[arithmetic | data | conditional]
    return chosen.sort_values("_order", kind="stable").drop(columns="_order")


def untested_rows(table: pd.DataFrame) -> pd.DataFrame:
    """Return why the data cannot say whether statements are true, and which statements those are.

    Parameters
    ----------
    table
        The verdicts.
    """
    rows = []
    for reason, why in UNTESTED.items():
        names = list(table.loc[table["data_reason"] == reason, "claim_id"])
        if names:
            rows.append({"Reden": why, "Aantal": len(names), "Uitspraken": enumerate_dutch(names)})
    return pd.DataFrame(rows, columns=["Reden", "Aantal", "Uitspraken"])


def rounding_rows(splits: pd.DataFrame, published: Published) -> pd.DataFrame:
    """Return what each rounding leaves of the questions that it decides differently, one row per rounding.

    Parameters
    ----------
    splits
        As :func:`analysis.statistics.audit.splits_by_rounding` returns it.
    published
        The report.
    """
    rows = []
    for (question, rounding, holds), part in splits.groupby(
        ["question", "rounding", "holds"], sort=False, observed=True
    ):
        counts = {row.option: _span(row.low, row.high) for row in part.itertuples(index=False)}
        rows.append(
            {
                "Afronding": ROUNDING[rounding],
                "Wat moet kloppen": HOLDS[holds],
                "Vraag": _number(published, question),
                **counts,
                "Verdelingen": _solutions(part["n_solutions"].iloc[0]),
            }
        )
    return pd.DataFrame(rows).fillna("")


def pinned_rows(pinned: pd.DataFrame, published: Published) -> pd.DataFrame:
    """Return the questions of which the report gives every count away.

    Parameters
    ----------
    pinned
        As :func:`analysis.statistics.audit.pinned_questions` returns it.
    published
        The report.
    """
    rows = []
    for row in pinned.itertuples(index=False):
        question = published.question(row.question)
        labels = {option.code: option.nl for option in question.options}
        rows.append(
            {"Figuur": row.figure, "Vraag": question.nl, "Antwoord": labels[row.option], "Gemeenten": row.count}
        )
    return pd.DataFrame(rows, columns=["Figuur", "Vraag", "Antwoord", "Gemeenten"])


def possible_rows(possible: pd.DataFrame, published: Published) -> dict[str, pd.DataFrame]:
    """Return the possible counts of every answer, by question.

    Parameters
    ----------
    possible
        As :func:`analysis.statistics.audit.possible_counts` returns it.
    published
        The report.
    """
    found = {}
    known = possible[possible["block"] != "register"]
    for variable, part in known.groupby("question", sort=False, observed=True):
        question = published.question(variable)
        labels = {option.code: option.nl for option in question.options}
        spans = part.assign(span=[_span(low, high) for low, high in zip(part["low"], part["high"], strict=True)])
        wide = spans.pivot(index="option", columns="rounding", values="span").loc[
            list(dict.fromkeys(part["option"]))
        ]
        table = wide.rename(columns=ROUNDING)
        table.insert(0, "Antwoord", [labels[code] for code in wide.index])
        solutions = _solutions(part["n_solutions"].max())
        item = [item.nl for item in question.items if f"{question.name}{item.code}" == variable]
        name = ": ".join([question.nl, *item])
        noun = "verdeling" if solutions == "1" else "verdelingen"
        title = f"{_number(published, variable)}. {name} ({solutions} {noun})"
        found[title] = table.reset_index(drop=True).rename_axis(columns=None)
    return found


def validation_rows(study: pd.DataFrame) -> pd.DataFrame:
    """Return how often the audit finds a planted error, a column for each size of the base.

    Parameters
    ----------
    study
        The result of ``benchmarks/audit_validation.py``: ``question``, ``error``, ``n`` and ``found`` (per cent).
    """
    wide = study.pivot(index=["question", "error"], columns="n", values="found")
    order = study[["question", "error"]].drop_duplicates()
    wide = wide.loc[list(order.itertuples(index=False, name=None))].reset_index()
    table = pd.DataFrame({"Fout": wide["error"].map(ERRORS), "Vragen met": wide["question"].map(QUESTIONS)})
    for size in sorted(study["n"].unique()):
        table[f"n{NO_BREAK}={NO_BREAK}{size}"] = [f"{value:.0f}%" for value in wide[size]]
    return table


def sensitivity_rows(counted: pd.DataFrame) -> pd.DataFrame:
    """Return the changed verdicts per factor as the figure draws them.

    Parameters
    ----------
    counted
        As :func:`analysis.statistics.convention_margins.changes_by_factor` returns it.
    """
    return pd.DataFrame(
        {
            "option": [f"{factor:g}" for factor in counted["factor"]],
            "label": [factor_label(factor) for factor in counted["factor"]],
            "n": counted["n"],
            "count": counted["count"],
            "share": counted["count"] / counted["n"],
            "arithmetic": counted["arithmetic"],
            "data": counted["data"],
        }
    )


def _said(claim: Claim, words: str) -> str:
    """Quote what the report says; of a statement without words or a number of its own, say what was read in it."""
    if words:
        return f"‘{words}’"
    if claim.relation == "below_percent":
        return f"minder dan {claim.value[0]:g}%" + (" (niet alle gemeenten)" if claim.value[0] == 100 else "")
    return "geen eigen getal"


def _figure(figure: str | None) -> str:
    if not figure:
        return ""
    return f", tabel {figure.removeprefix('table')}" if figure.startswith("table") else f", figuur {figure}"


def _address(claim: Claim, published: Published, stems: Sequence[str]) -> str:
    """Return the page, and where there is one the figure or table, that the number of a statement comes from."""
    if claim.evidence == "context":
        return ""
    if claim.evidence == "2021":
        return _page(stems, "13_")
    if claim.question == REGISTER or (claim.figure or "").startswith("table"):
        return _page(stems, "03_", f"tabel-{(claim.figure or 'table1').removeprefix('table')}")
    if claim.question == "province" or claim.claim_id in published.response or claim.question is None:
        is_response = claim.evidence == "closed"
        return _page(stems, "02_", f"figuur-{claim.figure}" if claim.figure else "") if is_response else ""
    question = published.question(claim.question)
    chapter = question.chapter if question else 0
    if chapter not in CHAPTERS_WITH_OWN_PAGE:
        return ""
    is_drawn = question.figure and chapter in WITH_FIGURES
    return _page(stems, f"{chapter:02d}_", f"figuur-{question.figure}" if is_drawn else "")


def _page(stems: Sequence[str], start: str, place: str = "") -> str:
    stem = next((stem for stem in stems if stem.startswith(start)), None)
    if stem is None:
        return ""
    return f"{stem}.html#{place}" if place else f"{stem}.html"


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low}–{WORD_JOINER}{high}"


def _solutions(n: int) -> str:
    return count(n) if n <= MOST_SOLUTIONS else f"meer dan {count(MOST_SOLUTIONS)}"


def _number(published: Published, variable: str) -> str:
    return question_number(published.instrument, published.question(variable))
