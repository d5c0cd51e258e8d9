"""How the time of an audit grows with the number of statements.

``python benchmarks/audit_speed.py [COPIES ...]`` audits the 2025 report a number of times over (1, 10 and 100 by
default), each copy with questions of its own, and prints clock, processor time and the ratio per statement.
"""

import sys
import time
from pathlib import Path

from analysis.reporting.audit_explanations import explanations
from analysis.statistics.audit import audit_claims
from analysis.statistics.claim_blocks import Published
from analysis.survey.claims import Claim, Claims, read_claims
from analysis.survey.earlier_facts import earlier_shares, read_earlier_facts
from analysis.survey.instrument import Base, Instrument, Question, load_instrument
from analysis.survey.quantifiers import read_quantifiers

RAW = Path(__file__).parents[1] / "data/raw"


def read_report() -> Published:
    """Return the 2025 report."""
    convention = read_quantifiers(RAW / "published/quantifiers.csv")
    claims = read_claims(RAW / "published/claims_2025.csv")
    facts = earlier_shares(read_earlier_facts(RAW / "published/figures_2021.csv"), convention)
    return Published(load_instrument(RAW / "instrument_2025.yaml"), claims, convention, facts)


def copied(published: Published, mark: str) -> tuple[list[Question], list[Base], dict[str, Claim]]:
    """Return the questions, bases and statements of a report under names of their own."""
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
        fields = {
            "claim_id": claim.claim_id + mark,
            "question": variable,
            "reference": f"{claim.reference}{mark}" if claim.reference in published.claims else claim.reference,
            "base": routed.get(claim.base, claim.base),
            "figure": f"{claim.figure}{mark}" if claim.figure else None,
        }
        claims[claim.claim_id + mark] = claim.model_copy(update=fields)
    return questions, bases, claims


def long_report(published: Published, copies: int) -> Published:
    """Return a report a number of times over, each part with its own questions."""
    questions: list[Question] = []
    bases = [base for base in published.instrument.bases if not base.when]
    claims: dict[str, Claim] = {}
    for copy in range(copies):
        more_questions, more_bases, more_claims = copied(published, f"v{copy}")
        questions += more_questions
        bases += more_bases
        claims |= more_claims
    fields = dict(published.instrument) | {"questions": tuple(questions), "bases": tuple(bases)}
    instrument = Instrument.model_construct(**fields)
    return Published(instrument, Claims(claims, Path("long.csv")), published.quantifiers, published.facts)


def main(copies: list[int]) -> None:
    """Print a line for each length."""
    published = read_report()
    first = None
    for times in copies:
        report = long_report(published, times)
        clock, effort = time.perf_counter(), time.process_time()
        table = audit_claims(report, conclusion="13").table
        explanations(table, report)
        clock, effort = time.perf_counter() - clock, time.process_time() - effort
        first = first or effort / len(table)
        ratio = effort / len(table) / first
        print(f"{len(table)} statements: {clock:.1f} s, processor {effort:.1f} s, {ratio:.2f} times per statement")


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [1, 10, 100])
