"""Whether the answers behind what a stage makes are invented or real."""

from pathlib import Path

from analysis.pipeline.project import project_root
from analysis.pipeline.settings import FILE_NAME
from analysis.pipeline.stages import Stage, read_stages
from analysis.survey.export_origin import is_synthetic
from analysis.yaml_file import read_yaml

THIS, EARLIER = "2025", "2021"
"""The years of the two waves."""


def rests_on_synthetic(root: Path, stage: Stage) -> bool:
    """Tell whether an export that a stage depends on is synthetic: that of this wave, or of the earlier one.

    Parameters
    ----------
    root
        Root of the project.
    stage
        The stage, whose inputs exist.
    """
    return bool(synthetic_waves(root, stage))


def synthetic_waves(root: Path, stage: Stage) -> list[str]:
    """Return the years of the waves of which the answers behind a stage are invented, the earliest first.

    Parameters
    ----------
    root, stage
        As for :func:`rests_on_synthetic`.
    """
    return sorted(year for year, export in _exports(root, stage).items() if is_synthetic(export))


def answers_are_synthetic(stage: str) -> bool:
    """Tell the page of a stage whether invented answers stand behind it.

    Parameters
    ----------
    stage
        Name of the stage, whose inputs exist.
    """
    root = project_root()
    return rests_on_synthetic(root, read_stages(root, read_yaml(root / FILE_NAME))[stage])


def reads_real_answers(root: Path, stage: Stage | None = None) -> bool:
    """Tell whether an export that a stage depends on is real, so that its answers are confidential.

    Parameters
    ----------
    root
        Root of the project.
    stage
        As for :func:`rests_on_synthetic`; every export counts when left out.
    """
    return not all(map(is_synthetic, _exports(root, stage).values()))


def _exports(root: Path, stage: Stage | None) -> dict[str, Path]:
    """Return the exports behind a stage by the year of their wave."""
    from analysis.survey.wave_2021 import holds_published_facts  # noqa: PLC0415 a page of this wave does not need it

    content = read_yaml(root / FILE_NAME)
    earlier = content["comparison_2021"]["source"]
    exports = {THIS: root / content["cleaning"]["export"]}
    if (stage is None or earlier in stage.deps) and not holds_published_facts(root / earlier):
        exports[EARLIER] = root / earlier
    return exports
