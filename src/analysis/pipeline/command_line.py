"""The commands that ``dvc.yaml`` calls: ``python -m analysis …``."""

from __future__ import annotations

import argparse
import datetime
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.errors import InputError, NotebookError
from analysis.pipeline.arguments import make_parser
from analysis.pipeline.exclusive_use import LOCKS, alone
from analysis.pipeline.outdated import remove_outdated
from analysis.pipeline.preflight import check_export_is_there, check_inputs
from analysis.pipeline.project import project_root, write_csv
from analysis.pipeline.run_log import RUN_VARIABLE
from analysis.pipeline.settings import FILE_NAME, Settings, borrowed_settings, load_settings
from analysis.pipeline.stage_run import as_stage, may_quote_answers, stage_outputs, without_message
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
    options = make_parser().parse_args(arguments)
    # The memory of a process holds answers: none is written to the disk when it crashes.
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
    root = None
    try:
        root = project_root()
        if options.command == "build":
            return _build(root, options.stages)
        with as_stage(root, _stage_name(options)):
            _dispatch(root, options)
    except (InputError, NotebookError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        print(f"error: {_of_the_disk(error)}, then: make report", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        from analysis.pipeline.build import INTERRUPTED, KEPT  # noqa: PLC0415 not needed otherwise

        if _stage_name(options) is None:
            kept, remedy = "a file that this command writes may be missing or incomplete", "run it again"
        else:
            kept, remedy = KEPT, "make report"
        if RUN_VARIABLE not in os.environ:  # the build of which this is a stage says it
            print(f"interrupted: {kept}; to do: {remedy}", file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        # Answers that are given to a command are somebody else's; whether they are real cannot be told.
        others_answers = getattr(options, "answers", None) is not None
        if not others_answers and (root is None or not may_quote_answers(root)):
            raise
        print(f"error: {without_message(error)}", file=sys.stderr)
        return 1
    return 0


def _of_the_disk(error: OSError) -> str:
    """Say which file or folder it is, what is wrong with it, and what to do."""
    if not isinstance(error, PermissionError) or not error.filename:
        return f"{error.filename or 'a file could not be written'}: {error.strerror}; to do: mend this"
    path = Path(os.fsdecode(error.filename))
    if path.is_file() and not os.access(path, os.R_OK):
        right, place = "u+r", path
    else:
        right, place = "u+w", path if path.is_dir() else path.parent
    place = place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place
    kind = "read" if right == "u+r" else "written in"
    return f"{place}: {error.strerror}, it cannot be {kind}; to do: chmod -R {right} {place}"


def _dispatch(root: Path, options: argparse.Namespace) -> None:
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


def _stage_name(options: argparse.Namespace) -> str | None:
    """Return the stage, or stem of its notebook, that a command runs; nothing when it is none."""
    by_hand = (options.command == "synthetic" and options.to) or (options.command == "coding" and options.action)
    if by_hand or options.command in ("audit", "check", "lock", "pdf", "scan"):
        return None
    return options.stem if options.command == "run" else options.command


def _build(root: Path, stages: Sequence[str]) -> int:
    from analysis.pipeline.build import build  # noqa: PLC0415 only this command needs it

    return build(root, stages, check=lambda: _check(root))


def _audit(root: Path, options: argparse.Namespace) -> None:
    from analysis.pipeline.audit_command import AuditFiles, audit_report  # noqa: PLC0415 slow to import

    files = AuditFiles(
        options.claims,
        options.instrument or root / "data/raw/instrument_2025.yaml",
        **{name: getattr(options, name) for name in ("terms", "facts", "response", "quantifiers", "answers")},
    )
    report = audit_report(files, population=options.population, conclusion=options.conclusion, to=options.to)
    print(report)


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
    with stage_outputs(root, stage, settings) as scratch:
        estimates = borrowed_settings(root, "coding", "estimates")
        tables = coding_tables(root, settings.coding, estimates, is_synthetic(root / settings.cleaning.export))
        for relative, table in tables.items():
            path = scratch / relative
            path.parent.mkdir(parents=True, exist_ok=True)
            write_csv(table, path)
    n_answers = len(tables["data/processed/coded_answers.csv"])
    print(f"data/processed/coded_answers.csv: {n_answers} answers")


def _run(root: Path, stem: str) -> None:
    from analysis.pipeline.notebook_runner import run_notebook  # noqa: PLC0415 not needed to refuse a run

    settings = load_settings(root)
    stages = read_stages(root, read_yaml(root / FILE_NAME))
    stage = find_stage(stages, stem)
    seconds = run_notebook(root, stage, settings)
    phases = ", ".join(f"{phase} {value:.1f} s" for phase, value in seconds.items())
    print(f"reports/{stem}.html written ({phases})")


def _synthetic(root: Path, to: Path | None = None, copies: int | None = None) -> None:
    from analysis.survey.synthetic.export import write_synthetic_survey  # noqa: PLC0415 only this command needs it

    settings = load_settings(root)
    seed, file_format = settings.synthetic.seed, settings.synthetic.format
    if copies is not None and (to is None or copies < 1):
        raise InputError(
            "--copies goes with --to",
            expected="a whole number from 1 and a folder",
            remedy="name a folder with --to",
        )
    if to is not None:
        write_synthetic_survey(root / "data/raw", to, seed=seed, file_format=file_format, copies=copies or 1)
        return
    stage = read_stages(root, read_yaml(root / FILE_NAME))["synthetic"]
    with stage_outputs(root, stage, settings) as scratch:
        write_synthetic_survey(root / "data/raw", scratch / "data/raw", seed=seed, file_format=file_format)


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
    """Write the tables and pages of a stage without a notebook."""
    settings = load_settings(root)
    stage = read_stages(root, read_yaml(root / FILE_NAME))[name]
    with stage_outputs(root, stage, settings) as scratch:
        outputs = make(settings, stage)
        for path, output in outputs.items():
            (scratch / path).parent.mkdir(parents=True, exist_ok=True)
            if isinstance(output, str | bytes):
                (scratch / path).write_bytes(output.encode() if isinstance(output, str) else output)
            else:
                write_csv(output, scratch / path)
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
    from analysis.pipeline.input_check import check_contents, made_by_stages  # noqa: PLC0415 slow to import

    settings = load_settings(root)
    stages = read_stages(root, read_yaml(root / FILE_NAME))
    made = made_by_stages(stages)
    if Path(settings.cleaning.export) not in made:
        check_export_is_there(root, settings.cleaning.export)
    for stage in stages.values():
        check_inputs(root, stage, [path for path in stage.deps if Path(path) not in made])
    check_contents(root, settings, made)
    _remove_outdated(root, stages, settings)


def _check_alone(root: Path) -> None:
    from analysis.pipeline.build import BUILDING  # noqa: PLC0415 only this command needs it

    with alone(root / LOCKS / "build", BUILDING):
        _check(root)


def _remove_outdated(root: Path, stages: Mapping[str, Stage], settings: Settings) -> None:
    if removed := remove_outdated(root, stages, settings.cleaning.export):
        print(f"removed {len(removed)} pages and tables that are not known to be of this export")


def _lock(root: Path) -> None:
    from analysis.pipeline.lock_check import check_lock  # noqa: PLC0415 only this command needs it

    settings = load_settings(root)
    stages = read_stages(root, read_yaml(root / FILE_NAME))
    command = ["git", "ls-files", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False).stdout
    print(check_lock(root, stages, settings.cleaning.export, listed.split("\0")))


COMMANDS = {
    "estimates": _estimates,
    "disclosure": _disclosure,
    "scan": _scan,
    "index": _index,
    "pdf": _pdf,
    "check": _check_alone,
    "lock": _lock,
}
