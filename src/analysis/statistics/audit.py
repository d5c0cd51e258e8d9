"""The audit of a report: every published statement against arithmetic and, if there are any, the answers."""

from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from analysis.statistics.arithmetic import Arithmetic, check_arithmetic, preferred
from analysis.statistics.claim_blocks import Published
from analysis.statistics.claim_shares import Respondents
from analysis.statistics.claim_verdicts import COLUMNS as DATA_COLUMNS
from analysis.statistics.claim_verdicts import check_data
from analysis.statistics.feasibility import ROUNDINGS, Finding, count_table
from analysis.survey.claims import Claim, meaning

CONTRACT = (
    "claim_id",
    "kind",
    "published",
    "feasible",
    "counts",
    "arithmetic_verdict",
    "data_share",
    "data_ci_low",
    "data_ci_high",
    "data_verdict",
    "explanation",
)
ARITHMETIC_VERDICTS = ("contradicted", "consistent", "undecidable")
DATA_VERDICTS = ("contradicted", "within_interval", "confirmed", "not_tested")


@dataclass(frozen=True)
class Audit:
    """The verdicts (one row per statement), and the arithmetic behind them."""

    table: pd.DataFrame
    arithmetic: Arithmetic


def audit_claims(
    published: Published,
    respondents: Respondents | None = None,
    *,
    conclusion: str | None = None,
    alpha: float = 0.05,
) -> Audit:
    """Judge every statement of a report.

    Parameters
    ----------
    published
        The report.
    respondents
        The answers; without them every statement is ``not_tested`` on the data.
    conclusion
        Chapter that summarises the others; its words give way first.
    alpha
        Significance level for judgements about the response.

    Returns
    -------
    Audit
        The table has the columns of :data:`analysis.statistics.arithmetic.COLUMNS` and
        :data:`analysis.statistics.claim_verdicts.COLUMNS`, ``counts`` (possible respondents, ``42`` or ``26-27``)
        and ``strict_with`` (a statement with which this one leaves no room when words are read strictly).
    """
    arithmetic = check_arithmetic(published, conclusion=conclusion, alpha=alpha)
    table = arithmetic.table.set_index("claim_id", drop=False)
    names = list(table.index)
    if respondents is None:
        data = pd.DataFrame(index=names, columns=list(DATA_COLUMNS))
        data = data.assign(data_verdict="not_tested", data_reason="no_answers")
    else:
        data = check_data(respondents, names, alpha=alpha)
    table = table.join(data).reset_index(drop=True)
    strict = strict_excess(published)
    table["counts"] = [_span(low, high) for low, high in zip(table["low"], table["high"], strict=True)]
    table["strict_with"] = [";".join(strict.get(name, ())) for name in names]
    return Audit(table, arithmetic)


def check_audit(table: pd.DataFrame) -> str:
    """Return what was established about the verdicts, after checking that they are complete.

    Parameters
    ----------
    table
        The verdicts.

    Raises
    ------
    ValueError
        When a statement stands there twice, or a verdict or explanation is missing.
    """
    if table["claim_id"].duplicated().any():
        raise ValueError("a statement has two verdicts")
    known = table["arithmetic_verdict"].isin(ARITHMETIC_VERDICTS) & table["data_verdict"].isin(DATA_VERDICTS)
    if not known.all():
        raise ValueError(f"no verdict for {', '.join(table.loc[~known, 'claim_id'])}")
    if not table["explanation"].astype("str").str.fullmatch(r"\S.*\.").all():
        raise ValueError("a verdict without an explanation")
    return f"{len(table)} uitspraken, elk met een oordeel van rekenregels en van antwoorden, en een uitleg."


def strict_excess(published: Published) -> dict[str, tuple[str, ...]]:
    """Return pairs of statements that ask for more than the whole when their words are read strictly.

    Parameters
    ----------
    published
        The report.

    Returns
    -------
    dict
        By identifier, the statements about other answers to the same question with which it exceeds the whole.

    Notes
    -----
    Strictly, "just over X" is more than X and a bare fraction is exactly X; other words are left out.
    """
    floors: dict[tuple, list[tuple]] = {}
    for claim in published.claims.values():
        question = published.question(claim.question)
        if claim.kind == "verbal" and claim.evidence == "closed" and claim.relation is None and claim.options:
            floor = _strict_floor(claim, published)
            if floor is not None and question is not None and question.type != "multi":
                floors.setdefault((claim.question, claim.base), []).append((claim, *floor))
    found: dict[str, tuple[str, ...]] = {}
    for alike in floors.values():
        for (claim, floor, is_open), (other, second, second_open) in combinations(alike, 2):
            exceeds = floor + second > 1 or (floor + second == 1 and (is_open or second_open))
            if exceeds and not set(claim.options) & set(other.options):
                found[claim.claim_id] = (*found.get(claim.claim_id, ()), other.claim_id)
                found[other.claim_id] = (*found.get(other.claim_id, ()), claim.claim_id)
    return found


def pinned_questions(arithmetic: Arithmetic, published: Published) -> pd.DataFrame:
    """Return the questions of which the report gives away every count.

    Parameters
    ----------
    arithmetic
        The verdicts and their blocks.
    published
        The report.

    Returns
    -------
    pandas.DataFrame
        ``figure``, ``question``, ``option``, ``count``: the only counts that fit, for questions of which every
        option is known without any being printed.
    """
    found = count_table(_preferred(arithmetic))
    rows = []
    for variable, part in found.groupby("question", sort=False, observed=True):
        question = published.question(variable)
        if part["is_unique"].all() and question.figure and question.type == "single" and part["is_possible"].all():
            kept = part.assign(figure=question.figure, count=part["low"])
            rows.append(kept[["figure", "question", "option", "count"]])
    columns = ["figure", "question", "option", "count"]
    return pd.concat(rows, ignore_index=True) if rows else pd.DataFrame(columns=columns)


def possible_counts(arithmetic: Arithmetic) -> pd.DataFrame:
    """Return what is possible for every option, under each rounding rule.

    Parameters
    ----------
    arithmetic
        The verdicts and their blocks.
    """
    return pd.concat([count_table(arithmetic.findings[rule]) for rule in ROUNDINGS], ignore_index=True)


def splits_by_rounding(arithmetic: Arithmetic) -> pd.DataFrame:
    """Return what each rounding rule leaves of the questions that it decides differently.

    Parameters
    ----------
    arithmetic
        The verdicts and their blocks.

    Returns
    -------
    pandas.DataFrame
        ``question``, ``rounding``, ``holds`` (``percentages``: only these with the sums of options; ``all``: every
        statement that does not give way), ``option``, ``low``, ``high``, ``n_solutions``.
    """
    tables = []
    for pair in zip(*(arithmetic.findings[rule] for rule in ROUNDINGS), strict=True):
        if set(pair[0].given_up) == set(pair[1].given_up):
            continue
        for finding in pair:
            block = finding.block
            shares = [name for name in block.names if _is_share_or_sum(block.claims[name])]
            table = count_table([Finding(block, {name: () for name in block.names if name not in shares})])
            tables.append(table.assign(holds="percentages"))
            tables.append(count_table([finding]).assign(holds="all"))
    columns = ["question", "rounding", "holds", "option", "low", "high", "n_solutions"]
    return pd.concat(tables, ignore_index=True)[columns] if tables else pd.DataFrame(columns=columns)


def _is_share_or_sum(claim: Claim) -> bool:
    return claim.kind == "exact_percent" or (claim.kind == "exact_count" and len(claim.options) > 1)


def _preferred(arithmetic: Arithmetic) -> list[Finding]:
    pairs = zip(*(arithmetic.findings[rule] for rule in ROUNDINGS), strict=True)
    return [preferred(dict(zip(ROUNDINGS, pair, strict=True))) for pair in pairs]


def _strict_floor(claim: Claim, published: Published):
    demand = meaning(claim, published.quantifiers)
    reading = published.quantifiers.read(claim.quantifier)
    lower, upper = reading.quantifier.lower, reading.quantifier.upper
    if demand.form != "range" or reading.fraction is None or lower is None or lower.coefficient != 1:
        return None
    if lower.offset == 0:
        return reading.fraction, lower.is_strict
    if upper is not None and lower.offset == -upper.offset and " " not in reading.quantifier.pattern:
        return reading.fraction, False
    return None


def _span(low: object, high: object) -> str:
    if pd.isna(low):
        return ""
    return str(low) if low == high else f"{low}-{high}"
