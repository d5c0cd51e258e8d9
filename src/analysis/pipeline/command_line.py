"""The commands that ``dvc.yaml`` calls: ``python -m analysis …``."""

from __future__ import annotations

import argparse
import datetime
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError, NotebookError
from analysis.pipeline.outdated import remove_outdated
from analysis.pipeline.outputs import staged_outputs
from analysis.pipeline.preflight import check_inputs, check_unchanged
from analysis.pipeline.project import project_root, write_csv
from analysis.pipeline.provenance import hash_inputs
from analysis.pipeline.settings import FILE_NAME, Settings, borrowed_settings, load_settings
from analysis.pipeline.stages import Stage, find_stage, read_stages
from analysis.survey.export_origin import is_synthetic
from analysis.yaml_file import read_yaml

if TYPE_CHECKING:
    import pandas as pd  # a command that refuses its input must answer quickly


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return the exit code.

    Parameters
    ----------
    arguments
        Words of the command line after the program's name.
    """
    parser = argparse.ArgumentParser(prog="python -m analysis", description="Run one stage of the pipeline.")
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
    commands.add_parser("check", help="check settings, codeframes, raw files; remove pages of another export")
    commands.add_parser("lock", help="check that dvc.lock is of the synthetic export, as it is to be committed")
    _add_coding(commands)
    _add_audit(commands)
    options = parser.parse_args(arguments)
    try:
        root = project_root()
        if options.command == "run":
            _run(root, options.stem)
        elif options.command == "synthetic":
            _synthetic(root, options.to, options.copies)
        elif options.command == "coding":
            _coding(root, options)
        elif options.command == "audit":
            _audit(root, options)
        else:
            COMMANDS[options.command](root)
    except (InputError, NotebookError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"error: {error.filename}: {error.strerror}; to do: mend this, then: make report", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted: this stage wrote nothing; to do: make report", file=sys.stderr)
        return 130
    return 0


def _audit(root: Path, options: argparse.Namespace) -> None:
    from analysis.pipeline.audit_command import AuditFiles, audit_report  # noqa: PLC0415 slow to import

    files = AuditFiles(
        options.claims,
        options.instrument or root / "data/raw/instrument_2025.yaml",
        **{name: getattr(options, name) for name in ("terms", "facts", "response", "quantifiers", "answers")},
    )
    report = audit_report(files, population=options.population, conclusion=options.conclusion, to=options.to)
    print(report)


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


def _coding(root: Path, options: argparse.Namespace) -> None:
    if options.action is None:
        _settle(root)
        return
    from analysis.pipeline.coding_commands import export_answers, import_codes  # noqa: PLC0415 slow to import

    if options.action == "export":
        print(export_answers(root, options.question, coder=options.coder, file=options.file))
    else:
        print(import_codes(root, options.file, today=datetime.date.today()))


def _settle(root: Path) -> None:
    from analysis.pipeline.coding_stage import coding_tables  # noqa: PLC0415 only this command needs it

    settings = load_settings(root)
    stage = read_stages(root, read_yaml(root / FILE_NAME))["coding"]
    check_inputs(root, stage, stage.deps)
    before = hash_inputs(root, stage.deps)
    estimates = borrowed_settings(root, "coding", "estimates")
    tables = coding_tables(root, settings.coding, estimates, is_synthetic(root / settings.cleaning.export))
    with staged_outputs(root, stage.outs) as scratch:
        for relative, table in tables.items():
            path = scratch / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            write_csv(table, path)
        check_unchanged(before, hash_inputs(root, stage.deps))
    n_answers = len(tables["data/processed/coded_answers.csv"])
    print(f"data/processed/coded_answers.csv: {n_answers} answers")


def _run(root: Path, stem: str) -> None:
    from analysis.pipeline.notebook_runner import run_notebook  # noqa: PLC0415 not needed to refuse a run

    settings = load_settings(root)
    stages = read_stages(root, read_yaml(root / FILE_NAME))
    stage = find_stage(stages, stem)
    _remove_outdated(root, stages, settings)
    seconds = run_notebook(root, stage, settings)
    phases = ", ".join(f"{phase} {value:.1f} s" for phase, value in seconds.items())
    print(f"reports/{stem}.html written ({phases})")


def _synthetic(root: Path, to: Path | None = None, copies: int | None = None) -> None:
    from analysis.survey.synthetic.export import write_synthetic_survey  # noqa: PLC0415 only this command needs it

    settings = load_settings(root).synthetic
    if copies is not None and (to is None or copies < 1):
        raise InputError(
            "--copies goes with --to",
            expected="a whole number from 1 and a folder",
            remedy="name a folder with --to",
        )
    if to is not None:
        write_synthetic_survey(
            root / "data/raw", to, seed=settings.seed, file_format=settings.format, copies=copies or 1
        )
        return
    stage = read_stages(root, read_yaml(root / FILE_NAME))["synthetic"]
    check_inputs(root, stage, stage.deps)
    before = hash_inputs(root, stage.deps)
    with staged_outputs(root, stage.outs) as scratch:
        write_synthetic_survey(
            root / "data/raw", scratch / "data/raw", seed=settings.seed, file_format=settings.format
        )
        check_unchanged(before, hash_inputs(root, stage.deps))


def _estimates(root: Path) -> None:
    from analysis.pipeline.estimates_stage import estimates_tables  # noqa: PLC0415 only this command needs it

    _write_stage(root, "estimates", lambda settings, _: estimates_tables(root, settings.estimates))


def _disclosure(root: Path) -> None:
    from analysis.pipeline.disclosure_stage import disclosure_outputs  # noqa: PLC0415 only this command needs it

    _write_stage(root, "disclosure", lambda settings, stage: disclosure_outputs(root, settings, stage))


def _index(root: Path) -> None:
    from analysis.pipeline.index_stage import index_outputs  # noqa: PLC0415 only this command needs the page template

    _write_stage(root, "index", lambda settings, stage: index_outputs(root, settings, stage))


def _write_stage(
    root: Path, name: str, make: Callable[[Settings, Stage], Mapping[str, pd.DataFrame | str | bytes]]
) -> None:
    """Write the tables and pages of a stage without a notebook, all at once."""
    settings = load_settings(root)
    stage = read_stages(root, read_yaml(root / FILE_NAME))[name]
    check_inputs(root, stage, stage.deps)
    before = hash_inputs(root, stage.deps)
    outputs = make(settings, stage)
    with staged_outputs(root, stage.outs) as scratch:
        for path, output in outputs.items():
            (scratch / path).parent.mkdir(parents=True, exist_ok=True)
            if isinstance(output, str | bytes):
                (scratch / path).write_bytes(output.encode() if isinstance(output, str) else output)
            else:
                write_csv(output, scratch / path)
        check_unchanged(before, hash_inputs(root, stage.deps))
    for path, output in outputs.items():
        print(path if isinstance(output, str | bytes) else f"{path}: {len(output)} rows")


def _scan(root: Path) -> None:
    from analysis.pipeline.leak_search import refuse_leaks, search_reports  # noqa: PLC0415 only this command needs it

    refuse_leaks(search_reports(root))
    print("reports: nothing found that no reader may see")


def _pdf(root: Path) -> None:
    from analysis.pipeline.printing import print_report  # noqa: PLC0415 only this command needs it

    print(print_report(root))


def _check(root: Path) -> None:
    settings = load_settings(root)
    stages = read_stages(root, read_yaml(root / FILE_NAME))
    made = {path for stage in stages.values() for out in stage.outs for path in (Path(out), Path(out).parent)}
    for stage in stages.values():
        check_inputs(root, stage, [path for path in stage.deps if Path(path) not in made])
    from analysis.pipeline.coding_commands import check_coding  # noqa: PLC0415 slow to import

    check_coding(root)
    _remove_outdated(root, stages, settings)


def _remove_outdated(root: Path, stages: Mapping[str, Stage], settings: Settings) -> None:
    if removed := remove_outdated(root, stages, settings.cleaning.export):
        print(f"removed {len(removed)} pages and tables that were made from another export")


def _lock(root: Path) -> None:
    from analysis.pipeline.lock_check import check_lock  # noqa: PLC0415 only this command needs it

    settings = load_settings(root)
    stages = read_stages(root, read_yaml(root / FILE_NAME))
    command = ["git", "ls-files", "-z", "--", "data/raw"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout
    print(check_lock(root, stages, settings.cleaning.export, listed.split("\0")))


COMMANDS = {
    "estimates": _estimates,
    "disclosure": _disclosure,
    "scan": _scan,
    "index": _index,
    "pdf": _pdf,
    "check": _check,
    "lock": _lock,
}
