"""The stage that settles the codes of all open answers, measures their agreement and counts the themes."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from analysis.pipeline.coding_commands import CODEFRAMES, CODINGS, OPEN_ANSWERS
from analysis.pipeline.estimates_stage import INSTRUMENT, weighted_designs
from analysis.pipeline.settings import CodingSettings, EstimatesSettings
from analysis.statistics.agreement import Bootstrap, agreement_table
from analysis.statistics.theme_counts import theme_tables
from analysis.statistics.themes import TEXT
from analysis.survey.coding.codeframe import Codeframe, load_codeframes
from analysis.survey.coding.coding_file import AGREED, SEPARATOR, coding_path, read_codings, read_set_aside
from analysis.survey.coding.merge import check_known
from analysis.survey.coding.open_answers import read_open_answers
from analysis.survey.coding.planted_themes import read_planted_themes
from analysis.survey.coding.progress import coding_progress
from analysis.survey.coding.quotes import approved_quotes, personal_data_screen
from analysis.survey.coding.settlement import disagreements, settled_codes
from analysis.survey.coding.synthetic_coders import (
    ErrorRates,
    planted_codes,
    synthetic_agreement,
    synthetic_codings,
    without_people,
)
from analysis.survey.coding.theme_levels import LEVELS, groupings, regroup
from analysis.survey.instrument import Instrument, load_instrument
from analysis.survey.register import load_names, load_register
from analysis.survey.routing import asked

PROCESSED = "data/processed"
PLANTED_THEMES = f"{PROCESSED}/planted_themes.csv"


@dataclass(frozen=True)
class ColumnCodings:
    """All codings of one column: those of the coders, and what they agreed on."""

    codeframe: Codeframe
    codings: pd.DataFrame
    agreed: pd.DataFrame


def coding_tables(
    root: Path, coding: CodingSettings, estimates: EstimatesSettings, synthetic: bool
) -> dict[str, pd.DataFrame]:
    """Return the tables of the stage by path.

    Parameters
    ----------
    root
        Root of the project.
    coding
        Settings of the stage.
    estimates
        Settings of the estimates, for the same design and weights.
    synthetic
        Whether the export is synthetic: then synthetic coders code what nobody coded. Of a real export only codes
        of people count.
    """
    instrument = load_instrument(root / INSTRUMENT)
    planted = read_planted_themes(root / PLANTED_THEMES) if synthetic else None
    answers = read_open_answers(root / OPEN_ANSWERS)
    codeframes = load_codeframes(root / CODEFRAMES)
    found = {
        column: gather_codings(root, codeframe, answers[answers["column"] == column], coding, planted)
        for column, codeframe in codeframes.items()
    }
    settled = _by_column({column: settled_codes(one.codings, one.agreed) for column, one in found.items()})
    coded = settled.merge(answers[["answer_id", "respondent_id"]], on="answer_id", validate="one_to_one")
    designs = weighted_designs(root, estimates)
    bootstrap = Bootstrap(coding.seed, coding.n_resamples)
    reached = asked(instrument, designs[0].design.respondents).sum()
    n_answers = answers["column"].value_counts()
    progress = {
        column: coding_progress(
            int(reached[column.removesuffix(TEXT)]),
            int(n_answers.get(column, 0)),
            one.codings,
            settled[settled["column"] == column],
            coding.threshold,
        )
        for column, one in found.items()
    }
    begun = {column: one for column, one in codeframes.items() if column in set(settled["column"])}
    tables = {
        "codings": _by_column({column: _all_codings(one) for column, one in found.items()}),
        "coded_answers": coded.sort_values(["column", "answer_id"], ignore_index=True),
        "coding_agreement": _by_column(
            {column: column_agreement(one, bootstrap) for column, one in found.items()}
        ),
        "coding_disagreements": _by_column({column: _differing(one) for column, one in found.items()}),
        "coding_progress": _by_column(progress),
        "quotes": quotes(root, answers, instrument),
        **theme_tables(coded, instrument, begun, designs),
    }
    return {f"{PROCESSED}/{name}.csv": table for name, table in tables.items()}


def gather_codings(
    root: Path,
    codeframe: Codeframe,
    answers: pd.DataFrame,
    settings: CodingSettings,
    planted: pd.DataFrame | None,
) -> ColumnCodings:
    """Read what people coded in a column; of a synthetic export, let synthetic coders fill in the rest.

    Parameters
    ----------
    root
        Root of the project.
    codeframe
        The codeframe of the column.
    answers
        The answers in the column.
    settings
        Error rates and seed of the synthetic coders.
    planted
        Planted themes by answer, or nothing for a real export.

    Raises
    ------
    InputError
        For whatever is wrong in a coding file, or when an answer that was coded is gone.
    """
    set_aside = read_set_aside(root / CODINGS / "set_aside.csv")
    people = []
    for coder in ("", AGREED):
        path = coding_path(root / CODINGS, codeframe.column, coder)
        people.append(check_known(read_codings(path, codeframe), answers["answer_id"], set_aside, file=path))
    codings, agreed = people
    if planted is not None:
        truth = planted_codes(planted[planted["column"] == codeframe.column], codeframe)
        rates = ErrorRates(settings.missed, settings.added)
        invented = synthetic_codings(answers["answer_id"].tolist(), truth, codeframe, rates, seed=settings.seed)
        settled = synthetic_agreement(invented, truth, codeframe, settled=settings.settled, seed=settings.seed)
        codings = pd.concat([codings, without_people(invented, *people)], ignore_index=True)
        agreed = pd.concat([agreed, without_people(settled, *people)], ignore_index=True)
    return ColumnCodings(codeframe, codings, agreed)


def quotes(root: Path, answers: pd.DataFrame, instrument: Instrument) -> pd.DataFrame:
    """Return the quotes that a person approved and the screen lets pass.

    Parameters
    ----------
    root
        Root of the project.
    answers
        The masked open answers.
    instrument
        The questionnaire.
    """
    folder = root / "data/raw/register"
    names, mergers = folder / "municipality_names.csv", folder / "mergers_2021_2025.csv"
    register = load_names(load_register(folder / "municipalities_2025.csv"), names, mergers)
    screen = personal_data_screen(answers, register, instrument)
    return approved_quotes(root / CODINGS / "approved_quotes.csv", answers, screen)


def column_agreement(column: ColumnCodings, bootstrap: Bootstrap) -> pd.DataFrame:
    """Measure the agreement of the coders of a column, on codes, themes and statements.

    Parameters
    ----------
    column
        The codings.
    bootstrap
        How the intervals are drawn.

    Returns
    -------
    pandas.DataFrame
        ``level`` and the columns of :data:`analysis.statistics.agreement.COLUMNS`.
    """
    ratings = column.codings.pivot(index="answer_id", columns="coder", values="codes")
    tables = []
    for level in LEVELS:
        options = groupings(column.codeframe, level)
        if level == "code":
            names, cells = column.codeframe.names, ratings
        else:
            names = tuple(one.option for one in options)
            cells = ratings.map(
                lambda cell, options=options: SEPARATOR.join(regroup(cell.split(SEPARATOR), options)),
                na_action="ignore",
            )
        tables.append(agreement_table(cells, names, bootstrap).assign(level=level))
    table = pd.concat(tables, ignore_index=True)
    return table[["level", *(name for name in table.columns if name != "level")]]


def _all_codings(column: ColumnCodings) -> pd.DataFrame:
    """Return every coding without its remark, which may quote an answer."""
    table = pd.concat([column.codings, column.agreed], ignore_index=True)
    return table.drop(columns="remark").sort_values(["answer_id", "coder"], ignore_index=True)


def _differing(column: ColumnCodings) -> pd.DataFrame:
    """Return one row per answer and coder with the codes that not all coders gave."""
    table = disagreements(column.codings, column.agreed)
    coders = [name for name in table.columns if name not in ("answer_id", "shared")]
    long = table.melt(["answer_id", "shared"], coders, var_name="coder", value_name="own_codes")
    return long[long["own_codes"] != ""].sort_values(["answer_id", "coder"], ignore_index=True)


def _by_column(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    table = pd.concat([one.assign(column=column) for column, one in tables.items()], ignore_index=True)
    return _first(table, ["column"])


def _first(table: pd.DataFrame, names: list[str]) -> pd.DataFrame:
    return table[[*names, *(name for name in table.columns if name not in names)]] if len(table.columns) else table
