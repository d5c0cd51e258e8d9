"""Draw a whole synthetic survey: reactions, the defects in them, and the themes of the open answers."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analysis.survey.synthetic.answers import SIZE, draw_answers
from analysis.survey.synthetic.calibration import Plan, calibrate
from analysis.survey.synthetic.contact import write_contact
from analysis.survey.synthetic.defects import (
    Planting,
    plant_answers_not_asked,
    plant_exclusive_conflicts,
    plant_formulas,
    plant_in_texts,
    plant_unknown_codes,
    swap_size_classes,
)
from analysis.survey.synthetic.fieldwork import draw_times
from analysis.survey.synthetic.frame import Frame, draw_frame
from analysis.survey.synthetic.open_answers import FUNCTION, hand_out_themes, write_answers
from analysis.survey.synthetic.reactions import Reactions, cut_off, draw_reactions, last_answered
from analysis.survey.synthetic.routes import answered_by
from analysis.survey.synthetic.sources import Sources
from analysis.survey.synthetic.typed_names import type_names

PLAN, FRAME, ANSWERS, REACTIONS, TIMES, WORDS, PLANTED, NAMES, CONTACT = range(9)
FORMULA_COLUMN = "q28"
FINISHED = ("usable", "duplicate_complete", "test_entry")


@dataclass(frozen=True)
class Survey:
    """A drawn survey; every table carries ``response_id``.

    ``table`` has started_at, last_activity_at (minutes since midnight of the launch), is_finished and the
    columns of the instrument; ``defects`` has column, defect, planted, truth; ``themes`` has column, theme.
    """

    table: pd.DataFrame
    defects: pd.DataFrame
    themes: pd.DataFrame
    plan: Plan
    copies: int


def draw_survey(sources: Sources, *, seed: int, copies: int = 1) -> Survey:
    """Draw a survey that satisfies the published statements.

    Parameters
    ----------
    sources
        What it is drawn from.
    seed
        Start of the random numbers; the same seed gives the same survey.
    copies
        How many times as large as the real population it is.

    Raises
    ------
    InputError
        When no whole numbers satisfy the published statements.
    """
    streams = [np.random.Generator(np.random.PCG64(part)) for part in np.random.SeedSequence(seed).spawn(9)]
    plan = calibrate(sources, streams[PLAN])
    frame = draw_frame(plan, sources.register, copies, streams[FRAME])
    answers = draw_answers(sources, plan, frame, streams[ANSWERS])
    reactions = draw_reactions(sources, plan, frame, streams[REACTIONS])
    times = draw_times(reactions, sources.parameters.fieldwork, streams[TIMES])
    themes = _spread(hand_out_themes(sources, plan, answers, copies, streams[WORDS]), reactions)
    table = _assemble(answers, write_answers(sources.catalogue, themes, streams[WORDS]), reactions, sources)
    numbers = {defect: copies * number for defect, number in sources.parameters.planted.items()}
    planting = Planting(numbers, streams[PLANTED])
    table["q01"] = type_names(sources, frame, reactions, planting, streams[NAMES])
    table = write_contact(table, sources, streams[CONTACT])
    table = cut_off(table, sources.instrument, reactions)
    table = _plant(table, themes, frame, sources, planting)
    last = last_answered(table, sources.instrument)
    for row in np.flatnonzero(reactions.kind != "usable").tolist():
        planting.note(row, last[row], str(reactions.kind[row]))
    written = themes[_texts(table, themes) != ""]
    table = pd.concat([_paradata(reactions, *times), table.astype("str")], axis=1)
    return Survey(
        table=table.sort_values("response_id", ignore_index=True),
        defects=_identified(pd.DataFrame(planting.rows), table["response_id"]),
        themes=_identified(written, table["response_id"]),
        plan=plan,
        copies=copies,
    )


def _spread(themes: pd.DataFrame, reactions: Reactions) -> pd.DataFrame:
    """Give unusable reactions the themes, not the words, of the respondent whose answers they share."""
    has_words = ~np.isin(reactions.kind, ("empty", "test_entry"))
    by_source = pd.DataFrame({"row": reactions.source[has_words], "reaction": np.flatnonzero(has_words)})
    spread = by_source.merge(themes, on="row").drop(columns="row").rename(columns={"reaction": "row"})
    return spread.sort_values(["column", "row", "theme"], kind="stable", ignore_index=True)[
        ["row", "column", "theme"]
    ]


def _assemble(answers: pd.DataFrame, texts: pd.DataFrame, reactions: Reactions, sources: Sources) -> pd.DataFrame:
    table = answers.iloc[reactions.source].reset_index(drop=True)
    wide = texts.pivot(index="row", columns="column", values="text").reindex(table.index)
    table = pd.concat([table, wide], axis=1).reindex(columns=list(sources.instrument.columns))
    # Objects, because single cells are changed below: a column of strings would be copied each time.
    table = table.astype(object).fillna("")
    table.loc[reactions.kind == "test_entry", FUNCTION] = "test"
    # Who broke off answered for a municipality of its own, so with its own size.
    sizes = np.array([municipality.size for municipality in sources.register.municipalities], dtype=object)
    broken = np.flatnonzero((reactions.kind == "break_off") & (reactions.municipality >= 0))
    table.loc[broken, SIZE] = sizes[reactions.municipality[broken] % len(sizes)]
    return table


def _plant(
    table: pd.DataFrame, themes: pd.DataFrame, frame: Frame, sources: Sources, planting: Planting
) -> pd.DataFrame:
    """Plant in usable reactions, which come first, whatever does not change what the report counts."""
    instrument, register = sources.instrument, sources.register
    usable, others = np.arange(len(frame)), np.arange(len(frame), len(table))
    table = plant_formulas(
        table,
        usable[answered_by(instrument, instrument.question(FORMULA_COLUMN), table.iloc[usable])],
        FORMULA_COLUMN,
        planting,
    )
    answers = themes[(themes["row"] < len(frame)) & (themes["column"] != FUNCTION)]
    names = [municipality.name for municipality in register.municipalities]
    table = plant_in_texts(table, answers[["row", "column"]].drop_duplicates(), names, planting)
    population = np.array([municipality.population for municipality in register.municipalities])
    alone = frame.alone
    table = swap_size_classes(table, alone, population[frame.municipality[alone] % len(register)], planting)
    table = plant_answers_not_asked(table, instrument, usable, planting)
    table = plant_unknown_codes(table, instrument, usable, others, planting)
    return plant_exclusive_conflicts(table, instrument, usable, planting)


def _paradata(reactions: Reactions, started: np.ndarray, changed: np.ndarray) -> pd.DataFrame:
    """Return number, times and completion; the numbers follow the order of arrival."""
    response_id = np.empty(len(started), dtype=int)
    response_id[np.argsort(started, kind="stable")] = np.arange(1, len(started) + 1)
    finished = np.where(np.isin(reactions.kind, FINISHED), "Ja", "Nee")
    return pd.DataFrame(
        {"response_id": response_id, "started_at": started, "last_activity_at": changed, "is_finished": finished}
    )


def _texts(table: pd.DataFrame, places: pd.DataFrame) -> np.ndarray:
    columns = table.columns.get_indexer(places["column"])
    return table.to_numpy(dtype=object)[places["row"].to_numpy(), columns]


def _identified(rows: pd.DataFrame, response_id: pd.Series) -> pd.DataFrame:
    identified = rows.assign(row=response_id.to_numpy()[rows["row"].to_numpy(dtype=int)])
    identified = identified.rename(columns={"row": "response_id"})
    return identified.sort_values(list(identified.columns[:3]), kind="stable", ignore_index=True)
