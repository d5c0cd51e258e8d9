"""How well the audit finds errors, by kind of error and of question and by size of the base.

``python benchmarks/audit_validation.py [REPORTS]`` writes ``audit_validation.csv`` beside this file and prints it
as the table of docs/methods.md, section Audit.
"""

import sys
from pathlib import Path
from types import SimpleNamespace
from zlib import crc32

import numpy as np
import pandas as pd
from planted_reports import CONVENTION, ERRORS, INSTRUMENT, plant, true_report

from analysis.statistics.arithmetic import check_arithmetic
from analysis.statistics.claim_blocks import Published
from analysis.statistics.coded_claims import CodedClaims
from analysis.statistics.intervals import beta_interval
from analysis.survey.claims import Claim, Claims
from analysis.survey.coding.theme_levels import Grouping

SIZES = (30, 140, 600)
REPORTS = 60
NONE = "no error"
RANK = "wrong place"
WRITTEN = "open answers"
THEMES = 6
RESULT = Path(__file__).with_suffix(".csv")


def audit_one(kind: str, error: str, n: int, random: np.random.Generator) -> tuple[bool, bool, float]:
    """Return whether the error of a report is found, whether it is named, and the share of the others accused."""
    planted: tuple[str, ...] = ()
    while not planted:
        rows, shares = true_report(kind, n, random)
        if error == NONE:
            break
        planted = plant(rows, shares, error, random)
    claims = Claims({str(row["claim_id"]): Claim(**row) for row in rows}, Path("report.csv"))
    table = check_arithmetic(Published(INSTRUMENT, claims, CONVENTION), with_ranges=False).table
    wrong = table[table["arithmetic_verdict"] == "contradicted"]
    named = set(wrong["claim_id"]) | set(";".join(wrong["against"]).split(";"))
    innocent = set(table["claim_id"]) - set(planted)
    accused = len(set(wrong["claim_id"]) & innocent) / len(innocent)
    return bool(len(wrong)), bool(set(planted) & named), accused


def rank_one(error: str, n: int, random: np.random.Generator) -> tuple[bool, bool, float]:
    """Return whether coded answers contradict the place of a theme, as :func:`audit_one`; one statement each."""
    shares = np.sort(random.beta(1, 4, THEMES))[::-1]
    counts = random.binomial(n, shares)
    place = int(random.integers(1, 3))
    # Without an error the statement gives the place among all municipalities, not among those that answered.
    said = place if error == NONE else int(random.choice([other for other in range(1, 5) if other != place]))
    low, high = beta_interval(counts / n, np.full(THEMES, n), 0.95)
    names = [f"theme{number}" for number in range(THEMES)]
    fields = {"group": "all", "estimator": "unweighted", "denominator": "routed", "question": "q26"}
    table = pd.DataFrame({"option": names, "count": counts, "ci_low": low, "ci_high": high, "base": "planning"})
    mine = table.iloc[[place - 1]].assign(option="R", level="claim")
    themes = pd.concat([table.assign(level="code"), mine], ignore_index=True).assign(**fields)
    groups = {"q26": [Grouping("R", "R", "R", frozenset([names[place - 1]]))]}
    ranks = CodedClaims(themes, themes.iloc[:0], groups, {"q26"}).ranks(SimpleNamespace(claim_id="R"))
    found = not (ranks.lowest <= said <= ranks.highest or ranks.first <= said <= ranks.last)
    return found, found, float(found and error == NONE)


def study(kind: str, error: str, n: int, reports: int = REPORTS) -> dict[str, object]:
    """Return the result of some reports, which depend on the kinds and the size alone."""
    random = np.random.default_rng([2025, n, crc32(f"{kind} {error}".encode())])
    one = rank_one if kind == WRITTEN else audit_one
    arguments = (error, n, random) if kind == WRITTEN else (kind, error, n, random)
    found, named, accused = np.array([one(*arguments) for _ in range(reports)], dtype=float).mean(axis=0)
    return {
        "question": kind,
        "error": error,
        "n": n,
        "reports": reports,
        "found": round(100 * found, 1),
        "named": round(100 * named, 1),
        "accused": round(100 * accused, 1),
    }


def as_markdown(table: pd.DataFrame) -> str:
    """Return the percentages found, and named between brackets, as a table of Markdown."""
    sizes = list(dict.fromkeys(table["n"]))
    lines = [
        "| questions | error | " + " | ".join(f"n = {n}" for n in sizes) + " |",
        "|---|---|" + "---|" * len(sizes),
    ]
    for (question, error), part in table.groupby(["question", "error"], sort=False, observed=True):
        cells = [f"{row.found:g}" + ("" if error == NONE else f" ({row.named:g})") for row in part.itertuples()]
        lines.append(f"| {question} | {error} | {' | '.join(cells)} |")
    return "\n".join(lines)


def main(reports: int) -> None:
    """Write and print the table."""
    kinds = {kind: (NONE, *errors) for kind, errors in ERRORS.items()} | {WRITTEN: (NONE, RANK)}
    cells = [(kind, error, n) for kind, errors in kinds.items() for error in errors for n in SIZES]
    table = pd.DataFrame([study(*cell, reports) for cell in cells])
    table.to_csv(RESULT, index=False, lineterminator="\n")
    print(as_markdown(table))
    print(f"{table['reports'].sum()} reports; accused: {table.groupby('error')['accused'].max().to_dict()}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else REPORTS)
