"""Whether the answers behind what a stage makes are invented or real."""

from pathlib import Path

from analysis.pipeline.settings import Settings
from analysis.pipeline.stages import Stage
from analysis.survey.export_origin import is_synthetic


def rests_on_synthetic(root: Path, stage: Stage, settings: Settings) -> bool:
    """Tell whether an export that a stage depends on is synthetic: that of this wave, or of the earlier one.

    Parameters
    ----------
    root
        Root of the project.
    stage
        The stage, whose inputs exist.
    settings
        All settings, which name the exports.
    """
    return any(map(is_synthetic, _exports(root, stage, settings)))


def reads_real_answers(root: Path, stage: Stage, settings: Settings) -> bool:
    """Tell whether an export that a stage depends on is real, so that its answers are confidential.

    Parameters
    ----------
    root, stage, settings
        As for :func:`rests_on_synthetic`.
    """
    return not all(map(is_synthetic, _exports(root, stage, settings)))


def _exports(root: Path, stage: Stage, settings: Settings) -> list[Path]:
    from analysis.survey.wave_2021 import holds_published_facts  # noqa: PLC0415 a page of this wave does not need it

    exports, earlier = [root / settings.cleaning.export], root / settings.comparison_2021.source
    if settings.comparison_2021.source in stage.deps and not holds_published_facts(earlier):
        exports.append(earlier)
    return exports
