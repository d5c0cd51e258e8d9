"""Whether published statements can hold together: a verdict per statement from whole numbers alone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis.statistics.claim_blocks import (
    OTHER_SUBJECTS,
    POPULATION,
    Published,
    claim_blocks,
    is_decidable,
    is_written,
)
from analysis.statistics.claim_consistency import (
    other_meanings,
    published_counts_p_value,
    response_sums,
    wrong_sizes,
)
from analysis.statistics.feasibility import ROUNDINGS, Finding, examine
from analysis.survey.claims import Claim, meaning

COLUMNS = (
    "claim_id",
    "line",
    "kind",
    "chapter",
    "published",
    "feasible",
    "low",
    "high",
    "n",
    "arithmetic_verdict",
    "reason",
    "against",
    "p_value",
)


@dataclass(frozen=True)
class Arithmetic:
    """The verdicts, and the blocks that they came from by rounding rule."""

    table: pd.DataFrame
    findings: Mapping[str, tuple[Finding, ...]]


def check_arithmetic(
    published: Published, *, conclusion: str | None = None, alpha: float = 0.05, with_ranges: bool = True
) -> Arithmetic:
    """Judge every statement by arithmetic.

    Parameters
    ----------
    published
        The report, with sound statements only: see :func:`analysis.statistics.claim_soundness.sound_statements`.
    conclusion
        Chapter that summarises the others; its words give way before those of other chapters.
    alpha
        Significance level of the test behind a statement that a response is representative.
    with_ranges
        Whether to find the possible counts of every statement, which takes most of the time.

    Returns
    -------
    Arithmetic
        Its table has one row per sound statement, in the order of the file, with :data:`COLUMNS`: ``feasible``
        is the rounding under which the statement can hold (both, half_up, largest_remainder, neither, or missing
        when nothing decides it), ``low`` and ``high`` are the possible counts when all statements hold that do not
        give way, ``n`` their base, ``against`` the statements that exclude it, and ``reason`` why.

    Notes
    -----
    A statement is contradicted when it gives way under each rounding rule. When arithmetic cannot say which of
    several equal statements gives way, all of them are contradicted, and with a comparison also the number that
    it refers to.
    """
    names = [claim.claim_id for claim in published.claims.values() if is_decidable(claim, published)]
    blocks = claim_blocks(published, names)
    findings = {rule: tuple(examine(block, published, rule, conclusion) for block in blocks) for rule in ROUNDINGS}
    rows = {claim.claim_id: _undecided(claim, published) for claim in published.claims.values()}
    for pair in zip(*(findings[rule] for rule in ROUNDINGS), strict=True):
        by_rule = dict(zip(ROUNDINGS, pair, strict=True))
        for claim in pair[0].block.claims.values():
            rows[claim.claim_id] |= _decided(claim, by_rule, published, with_ranges)
    for claim_id, (fits, against) in response_sums(published).items():
        if rows[claim_id]["reason"] == "response":
            sums = {"arithmetic_verdict": "consistent", "reason": "sums", "against": ";".join(against)}
            rows[claim_id] |= sums if fits else _contradicted("conflict", against)
    for claim_id, against in wrong_sizes(published).items():
        rows[claim_id] |= _contradicted("wrong_base", against)
    for claim_id, against in other_meanings(published).items():
        if rows[claim_id]["arithmetic_verdict"] != "contradicted":
            rows[claim_id] |= _contradicted("term", against)
    for claim in published.claims.values():
        figure = published.figures.get(claim.figure, ())
        if claim.statistic == "judgement" and (tested := published_counts_p_value(claim, figure)) is not None:
            verdict = "contradicted" if tested < alpha else "consistent"
            rows[claim.claim_id] |= {"arithmetic_verdict": verdict, "reason": "judgement", "p_value": tested}
    table = pd.DataFrame(list(rows.values()), columns=list(COLUMNS))
    return Arithmetic(table.astype({"low": "Int64", "high": "Int64", "n": "Int64"}), findings)


def printed_statement(claim: Claim) -> str:
    """Return a statement as the report prints it, in short.

    Parameters
    ----------
    claim
        The statement.
    """
    if claim.kind == "exact_percent":
        return ", ".join(f"{value}%" for value in claim.value)
    if claim.kind == "exact_count":
        return ", ".join(str(value) for value in claim.value)
    return claim.quantifier or ""


def preferred(by_rule: Mapping[str, Finding]) -> Finding:
    """Return the finding under the rounding that has least to give up; largest remainder when equal.

    Parameters
    ----------
    by_rule
        The finding of one block by rounding rule.
    """
    return min(reversed(list(by_rule.values())), key=lambda finding: len(finding.given_up))


def _undecided(claim: Claim, published: Published) -> dict[str, object]:
    """Return the row of a statement that no count can make untrue, and why that is."""
    has_bound = claim.kind == "verdict" or meaning(claim, published.quantifiers).form not in ("nothing",)
    if claim.evidence == "2021":
        reason = "earlier_wave"
    elif not has_bound and claim.question is None:
        reason = "no_bound"
    elif claim.evidence == "context" or claim.question in OTHER_SUBJECTS or claim.base == POPULATION:
        reason = "outside"
    elif claim.statistic == "judgement":
        reason = "judgement"
    elif not has_bound:
        reason = "no_bound"
    elif is_written(claim, published.claims):
        reason = "written"
    elif published.question(claim.question) is not None and claim.claim_id not in published.response:
        reason = "no_options"
    else:
        reason = "response"
    return {
        "claim_id": claim.claim_id,
        "line": claim.line,
        "kind": claim.kind,
        "chapter": claim.chapter,
        "published": printed_statement(claim),
        "feasible": None,
        "low": None,
        "high": None,
        "n": claim.n,
        "arithmetic_verdict": "undecidable",
        "reason": reason,
        "against": "",
        "p_value": None,
    }


def _decided(
    claim: Claim, by_rule: Mapping[str, Finding], published: Published, with_ranges: bool
) -> dict[str, object]:
    name = claim.claim_id
    holds = [rule for rule, finding in by_rule.items() if name not in _in_doubt(finding)]
    finding = preferred(by_rule)
    row: dict[str, object] = {"feasible": "both" if len(holds) == 2 else (holds or ["neither"])[0]}
    if with_ranges:
        quantity = finding.block.statements.quantity(finding.block.claims[name])
        if claim.statistic not in ("max_share", "label_multiset") and not isinstance(quantity.count, int):
            found = finding.block.extremes(quantity.count, finding.followed)
            row |= {"low": found.low, "high": found.high}
    if is_written(claim, published.claims) and holds:
        return row | {"feasible": None, "low": None, "high": None}
    if holds:
        other = next((rule for rule in by_rule if rule not in holds), None)
        against = by_rule[other].given_up.get(name, ()) if other else ()
        reason = "fits" if other is None else "rounding"
        return row | {"arithmetic_verdict": "consistent", "reason": reason, "against": ";".join(against)}
    against, is_certain = _in_doubt(finding)[name]
    if is_certain:
        return row | _contradicted("conflict", against)
    return row | _contradicted("one_of", against) | {"low": None, "high": None}


def _in_doubt(finding: Finding) -> dict[str, tuple[tuple[str, ...], bool]]:
    """Return the statements that give way, what excludes them, and whether it is certain which one gives way."""
    found: dict[str, tuple[tuple[str, ...], bool]] = {}
    for name, against in finding.given_up.items():
        if not set(against) & set(finding.given_up):
            found[name] = (against, True)
            continue
        party = dict.fromkeys((name, *against))
        references = [finding.block.claims[one].reference for one in party]
        party |= dict.fromkeys(one for one in references if one in finding.block.claims)
        for one in party:
            if one in finding.given_up or one in references:
                found.setdefault(one, (tuple(sorted(set(party) - {one})), False))
    return found


def _contradicted(reason: str, against: Iterable[str]) -> dict[str, object]:
    return {"arithmetic_verdict": "contradicted", "reason": reason, "against": ";".join(against)}
