"""How well the audit finds errors: reports with a planted error, by kind of error and size of the base; its speed.

``python benchmarks/audit_validation.py [REPORTS]`` prints the tables of docs/methods.md, section Audit.
"""

import sys
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import InputError
from analysis.statistics.arithmetic import check_arithmetic
from analysis.statistics.claim_blocks import Published
from analysis.statistics.rounding import ROUNDING_RULES
from analysis.survey.claims import Claim, Claims, meaning, read_claims
from analysis.survey.earlier_facts import read_facts
from analysis.survey.instrument import Base, Instrument, Question, load_instrument
from analysis.survey.quantifiers import read_quantifiers

RAW = Path(__file__).parents[1] / "data/raw"
INSTRUMENT = load_instrument(RAW / "instrument_2025.yaml")
CONVENTION = read_quantifiers(RAW / "published/quantifiers.csv")
QUESTIONS = ("q16", "q20")
SIZES = (30, 140, 600)
KINDS = ("none", "wrong percentage", "wrong base", "swapped labels", "wrong quantity word", "sum over 100")
FRACTIONS = (
    "een tiende",
    "een vijfde",
    "een kwart",
    "een derde",
    "twee vijfde",
    "de helft",
    "twee derde",
    "driekwart",
)
WORDS = [f"{form} {name}" for name in FRACTIONS for form in ("bijna", "ruim", "ongeveer")] + [
    "het merendeel",
    "een klein deel",
    "verreweg de meeste",
]
BLANK = dict.fromkeys(("figure", "quantifier", "relation", "reference", "note", "value"), "")


def statement(claim_id: str, question: str, n: int, **fields: str) -> dict[str, object]:
    """Return the fields of a statement on a share of the planning municipalities."""
    usual = {"evidence": "closed", "chapter": "4", "section": "4", "base": "planning", "statistic": "share"}
    return BLANK | usual | {"claim_id": claim_id, "question": question, "n": n, "line": 2} | fields


def covers(word: str, share: Fraction) -> bool:
    """Say whether a share lies within the interval of a word."""
    claim = Claim(**statement("W", "q16", 100, kind="verbal", quantifier=word, options="a"))
    demand = meaning(claim, CONVENTION)
    low, high = demand.lower, demand.upper
    return (share > low.offset or (share == low.offset and not low.is_strict)) and (
        share < high.offset or (share == high.offset and not high.is_strict)
    )


def true_report(n: int, random: np.random.Generator) -> tuple[list[dict[str, object]], dict[str, Fraction]]:
    """Return the statements of a report without errors, and the true share of each statement."""
    rows, shares = [], {}
    rule = str(random.choice(list(ROUNDING_RULES)))
    for question in QUESTIONS:
        codes = INSTRUMENT.question(question).codes
        counts = random.multinomial(n, random.dirichlet(np.ones(len(codes))))
        printed = ROUNDING_RULES[rule](counts.tolist())
        for code, count, value in zip(codes, counts, printed, strict=True):
            name = f"{question}{code}"
            shares[name] = Fraction(int(count), n)
            rows.append(statement(name, question, n, kind="exact_percent", options=code, value=str(value)))
            words = [word for word in WORDS if covers(word, shares[name])]
            if words:
                word = str(random.choice(words))
                shares[f"{name}word"] = shares[name]
                rows.append(statement(f"{name}word", question, n, kind="verbal", options=code, quantifier=word))
    return rows, shares


def plant(
    rows: list[dict[str, object]], shares: dict[str, Fraction], kind: str, random: np.random.Generator
) -> tuple[str, ...]:
    """Put one error in a report and return the statements that it is in."""
    percents = [row for row in rows if row["kind"] == "exact_percent"]
    chosen = percents[random.integers(len(percents))]
    value = int(str(chosen["value"]))
    if kind == "wrong percentage":
        step = int(random.integers(2, 11)) * int(random.choice([-1, 1]))
        chosen["value"] = str(value + step if 0 <= value + step <= 100 else value - step)
    elif kind == "sum over 100":
        chosen["value"] = str(min(value + int(random.integers(3, 11)), 100))
    elif kind == "wrong base":
        chosen["n"] = int(chosen["n"]) + int(random.integers(3, 15))
    elif kind == "swapped labels":
        others = [r for r in percents if r["question"] == chosen["question"] and r["value"] != chosen["value"]]
        if not others:
            return ()
        other = others[random.integers(len(others))]
        chosen["value"], other["value"] = other["value"], chosen["value"]
        return str(chosen["claim_id"]), str(other["claim_id"])
    elif kind == "wrong quantity word":
        verbal = [row for row in rows if row["kind"] == "verbal"]
        if not verbal:
            return ()
        chosen = verbal[random.integers(len(verbal))]
        chosen["quantifier"] = str(
            random.choice([word for word in WORDS if not covers(word, shares[str(chosen["claim_id"])])])
        )
    else:
        return ()
    return (str(chosen["claim_id"]),)


def audit_one(n: int, kind: str, random: np.random.Generator) -> dict[str, object]:
    """Audit one report and compare with what was planted."""
    planted: tuple[str, ...] = ()
    while not planted:
        rows, shares = true_report(n, random)
        planted = plant(rows, shares, kind, random)
        if kind == "none":
            break
    claims = Claims({str(row["claim_id"]): Claim(**row) for row in rows}, Path("report.csv"))
    table = check_arithmetic(Published(INSTRUMENT, claims, CONVENTION), with_ranges=False).table
    wrong = table[table["arithmetic_verdict"] == "contradicted"]
    named = set(wrong["claim_id"]) | set(";".join(wrong["against"]).split(";"))
    innocent = set(table["claim_id"]) - set(planted)
    return {
        "n": n,
        "kind": kind,
        "detected": bool(len(wrong)),
        "named": bool(set(planted) & named),
        "innocent_accused": len(set(wrong["claim_id"]) & innocent) / len(innocent),
    }


def copied(published: Published, copy: int) -> tuple[list[Question], list[Base], dict[str, Claim]]:
    """Return the questions, bases and statements of a report under names of their own."""
    mark = f"v{copy}"
    routed = {base.name: base.name + mark for base in published.instrument.bases if base.when}
    names = {question.name for question in published.instrument.questions}
    questions = [
        question.model_copy(
            update={"name": question.name + mark, "base": routed.get(question.base, question.base)}
            | ({"figure": f"{question.figure}{mark}"} if question.figure else {})
        )
        for question in published.instrument.questions
    ]
    bases = [
        base.model_copy(
            update={"name": routed[base.name], "when": {name + mark: codes for name, codes in base.when.items()}}
        )
        for base in published.instrument.bases
        if base.when
    ]
    claims = {}
    for claim in published.claims.values():
        variable = claim.question
        if variable in names:
            variable = f"{variable}{mark}"
        elif variable and variable[:-1] in names:
            variable = f"{variable[:-1]}{mark}{variable[-1]}"
        reference = f"{claim.reference}{mark}" if claim.reference in published.claims else claim.reference
        fields = {"claim_id": claim.claim_id + mark, "question": variable, "reference": reference}
        claims[claim.claim_id + mark] = claim.model_copy(
            update=fields
            | {
                "base": routed.get(claim.base, claim.base),
                "figure": f"{claim.figure}{mark}" if claim.figure else None,
            }
        )
    return questions, bases, claims


def speed(copies: int) -> tuple[int, float]:
    """Audit a report as long as the 2025 report a number of times over, each part with its own questions."""
    published = Published(
        INSTRUMENT,
        read_claims(RAW / "published/claims_2025.csv"),
        CONVENTION,
        read_facts(RAW / "published/figures_2021.csv", CONVENTION),
    )
    questions: list[Question] = []
    bases = [base for base in INSTRUMENT.bases if not base.when]
    claims: dict[str, Claim] = {}
    for copy in range(copies):
        more_questions, more_bases, more_claims = copied(published, copy)
        questions += more_questions
        bases += more_bases
        claims |= more_claims
    instrument = Instrument.model_construct(
        **dict(INSTRUMENT) | {"questions": tuple(questions), "bases": tuple(bases)}
    )
    long = Published(instrument, Claims(claims, Path("long.csv")), CONVENTION, published.facts)
    start = time.perf_counter()
    check_arithmetic(long, conclusion="13")
    return len(claims), time.perf_counter() - start


def main(reports: int) -> None:
    """Print both tables."""
    random = np.random.default_rng(2025)
    rows = []
    for n in SIZES:
        for kind in KINDS:
            rows += [audit_one(n, kind, random) for _ in range(reports)]
    table = pd.DataFrame(rows)
    found = table.groupby(["kind", "n"], sort=False)[["detected", "named", "innocent_accused"]].mean()
    print((100 * found).round(1).to_string())
    for copies in (1, 10, 100):
        claims, seconds = speed(copies)
        print(f"{claims} statements: {seconds:.1f} s")


if __name__ == "__main__":
    try:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 170)
    except InputError as error:
        sys.exit(str(error))
