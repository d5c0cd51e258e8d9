"""The command that audits the statements of any report, without respondents."""

from pathlib import Path

from analysis.pipeline.project import write_csv
from analysis.pipeline.published_audit import read_published
from analysis.reporting.audit_explanations import explanations
from analysis.reporting.audit_tables import contradictions
from analysis.reporting.audit_wording import counting_sentence
from analysis.statistics.audit import CONTRACT, audit_claims, check_audit


def audit_report(
    claims: Path,
    instrument: Path,
    *,
    terms: Path | None = None,
    facts: Path | None = None,
    conclusion: str | None = None,
    to: Path | None = None,
) -> str:
    """Audit a report and return what to print, in Dutch: contradictions, rows left out, numbers of verdicts.

    Parameters
    ----------
    claims
        The statements.
    instrument
        The questionnaire.
    terms
        Which statements use the same words for a group.
    facts
        Shares of an earlier wave that statements refer to.
    conclusion
        Chapter that summarises the others; its words give way first.
    to
        CSV file for the verdicts, with the columns of ``audit_claims.csv``.

    Raises
    ------
    InputError
        When a file is missing or has other columns. A row that is wrong is named, and the others are audited.
    """
    published, problems = read_published(claims, instrument, terms=terms, facts=facts)
    result = audit_claims(published, conclusion=conclusion)
    table = result.table.assign(explanation=explanations(result.table, published))
    check_audit(table)
    if to is not None:
        write_csv(table[list(CONTRACT)].sort_values("claim_id"), to)
    lines = [
        f"{row.claim_id} (regel {row.line}), {row.published}: {row.explanation}"
        for row in contradictions(table).itertuples(index=False)
    ]
    lines += [f"niet beoordeeld: {problem}" for problem in problems]
    return "\n".join([*lines, counting_sentence(table, has_answers=False)])
