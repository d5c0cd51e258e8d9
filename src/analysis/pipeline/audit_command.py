"""The command that audits the statements of any report, with respondents or without."""

from dataclasses import dataclass
from pathlib import Path

from analysis.complete_files import complete_files
from analysis.errors import InputError
from analysis.pipeline.project import write_csv
from analysis.pipeline.published_audit import read_published
from analysis.reporting.audit_explanations import explanations
from analysis.reporting.audit_tables import contradictions
from analysis.reporting.audit_wording import counting_sentence, verdict_words
from analysis.statistics.audit import CONTRACT, audit_claims, check_audit
from analysis.statistics.claim_blocks import Published
from analysis.statistics.claim_shares import Respondents
from analysis.statistics.design import Design
from analysis.statistics.weighting import unweighted
from analysis.survey.answer_table import AnswerTable, read_answer_table


@dataclass(frozen=True)
class AuditFiles:
    """What a report is audited from.

    ``claims`` and ``instrument`` are needed. Of the others, ``terms`` holds statements with the same words for a
    group, ``facts`` shares of an earlier wave, ``response`` what statements about the response count,
    ``quantifiers`` another convention for quantity words, and ``answers`` respondents.
    """

    claims: Path
    instrument: Path
    terms: Path | None = None
    facts: Path | None = None
    response: Path | None = None
    quantifiers: Path | None = None
    answers: Path | None = None


def audit_report(
    files: AuditFiles, *, population: int | None = None, conclusion: str | None = None, to: Path | None = None
) -> str:
    """Audit a report and return what to print, in Dutch: contradictions, rows left out, numbers of verdicts.

    Parameters
    ----------
    files
        The statements, and what they are judged by.
    population
        How many could have answered, for intervals that know that the population ends; without it they do not.
    conclusion
        Chapter that summarises the others; its words give way first.
    to
        CSV file for the verdicts, with the columns of ``audit_claims.csv``.

    Raises
    ------
    InputError
        When a file is missing or has other columns. A row of the statements that is wrong is named, and the others
        are audited.
    """
    if to is not None and not to.parent.is_dir():
        raise InputError("the folder of this file is missing", file=to, remedy="make it, or name another file")
    published, problems = read_published(
        files.claims,
        files.instrument,
        terms=files.terms,
        facts=files.facts,
        response=files.response,
        quantifiers=files.quantifiers,
    )
    answers = read_answer_table(files.answers, published.instrument) if files.answers else None
    respondents = _respondents(published, answers, population) if answers else None
    result = audit_claims(published, respondents, conclusion=conclusion)
    table = result.table.assign(explanation=explanations(result.table, published))
    check_audit(table)
    if to is not None:
        with complete_files(to.parent) as folder:
            write_csv(table[list(CONTRACT)].sort_values("claim_id"), folder / to.name)
    lines = [
        f"{row['claim_id']} (regel {row['line']}), {row['published']}: {row['explanation']}"
        + (f" {verdict_words(row)}" if answers is not None else "")
        for row in contradictions(table).to_dict("records")
    ]
    lines += [f"niet beoordeeld: {problem}" for problem in problems]
    if answers is not None and answers.left_out:
        lines.append(f"{answers.left_out} antwoorden op vragen die niet gesteld zijn, tellen niet mee.")
    return "\n".join([*lines, counting_sentence(table, has_answers=answers is not None)])


def _respondents(published: Published, answers: AnswerTable, population: int | None) -> Respondents:
    table = answers.respondents
    if population is not None and population < len(table):
        raise InputError(
            f"the population ({population}) is below the {len(table)} respondents", place="--population"
        )
    design = Design(table, {"all": population or len(table)}, stratum="all", fpc=population is not None)
    return Respondents(published, unweighted(design))
