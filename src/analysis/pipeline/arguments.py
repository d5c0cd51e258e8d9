"""The words that the commands take, and what each of them is for."""

import argparse
from pathlib import Path

from analysis.shown_command import COMMAND


def make_parser() -> argparse.ArgumentParser:
    """Return the parser of the command line.

    Examples
    --------
    >>> make_parser().parse_args(["run", "04_status"]).stem
    '04_status'
    """
    parser = argparse.ArgumentParser(prog=COMMAND, description="Run one stage of the pipeline.")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="execute a notebook and export its page")
    run.add_argument("stem", help="stem of the notebook, such as 04_status")
    synthetic = commands.add_parser("synthetic", help="write the synthetic export, as params.yaml says")
    synthetic.add_argument("--to", type=Path, help="another folder, for an export that is no stage's")
    synthetic.add_argument("--copies", type=int, help="with --to: how many times as large as the real population")
    commands.add_parser("estimates", help="estimate every closed question")
    commands.add_parser("disclosure", help="hold back what could lead to a municipality")
    commands.add_parser("scan", help="search everything in reports for what no reader may see")
    commands.add_parser("index", help="write the index of the pages")
    commands.add_parser("pdf", help="print all pages as one PDF")
    built = commands.add_parser("build", help="check, rebuild what is out of date, and say what was done")
    built.add_argument("stages", nargs="*", help="stages to rebuild with what they need (default: all)")
    commands.add_parser("check", help="check settings and all raw files; remove pages of another export")
    commands.add_parser("lock", help="check that dvc.lock is of the synthetic export, as it is to be committed")
    _add_coding(commands)
    _add_audit(commands)
    return parser


def _add_audit(commands: argparse._SubParsersAction) -> None:
    audited = commands.add_parser("audit", help="audit the statements of any report; docs/audit.md says how")
    audited.add_argument("claims", type=Path, help="statements, one a row")
    audited.add_argument("--instrument", type=Path, help="questionnaire (default: that of 2025)")
    audited.add_argument("--answers", type=Path, help="answers, one respondent a row (default: arithmetic alone)")
    audited.add_argument("--population", type=int, help="how many could have answered (default: no end)")
    audited.add_argument("--terms", type=Path, help="which statements use the same words for a group")
    audited.add_argument("--facts", type=Path, help="shares of an earlier wave that statements refer to")
    audited.add_argument("--response", type=Path, help="what statements about the response count")
    audited.add_argument("--quantifiers", type=Path, help="what quantity words mean (default: that of 2025)")
    audited.add_argument("--conclusion", help="chapter that summarises the others (default: none)")
    audited.add_argument("--to", type=Path, help="CSV file for the verdicts on all statements")


def _add_coding(commands: argparse._SubParsersAction) -> None:
    coding = commands.add_parser(
        "coding", help="settle the codes of open answers, hand answers out, take codes in"
    )
    actions = coding.add_subparsers(dest="action", title="for people; without one, settle codes and count themes")
    export = actions.add_parser("export", help="write a workbook with the answers to one question")
    export.add_argument("question", help="column of the open answers, such as q26 or q21_text")
    export.add_argument("--coder", default="", help="who codes, such as anna; agreed: what the coders settle")
    export.add_argument("--file", type=Path, help="workbook to write (default: in data/coding_sheets)")
    take = actions.add_parser("import", help="read a workbook back and add its codes")
    take.add_argument("file", type=Path, help="the workbook")
