"""Draw a whole synthetic survey: reactions, the defects in them, the themes of the answers, and what was planted."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.survey.claims import Claims, read_claims, read_facts
from analysis.survey.instrument import Instrument, load_instrument
from analysis.survey.quantifiers import Quantifiers, read_quantifiers
from analysis.survey.synthetic.answers import draw_answers
from analysis.survey.synthetic.calibration import Plan, calibrate
from analysis.survey.synthetic.catalogue import Catalogue, load_catalogue
from analysis.survey.synthetic.contact import write_contact
from analysis.survey.synthetic.defects import DefectLog, plant_codes, plant_in_texts, swap_size_classes
from analysis.survey.synthetic.fieldwork import draw_times
from analysis.survey.synthetic.frame import Frame, draw_frame
from analysis.survey.synthetic.names import ANONYMOUS, type_name, type_partnership
from analysis.survey.synthetic.open_answers import hand_out_themes, write_answers
from analysis.survey.synthetic.parameters import Parameters, load_parameters
from analysis.survey.synthetic.reactions import KINDS, Reactions, cut_off, draw_reactions, last_answered
from analysis.survey.synthetic.register import Register, read_register

TEST_NAMES = ("test", "Test", "TEST", "asdf", "testgemeente")
STREAMS = 9


@dataclass(frozen=True)
class Sources:
    """What the survey is drawn from."""

    instrument: Instrument
    register: Register
    claims: Claims
    quantifiers: Quantifiers
    facts: dict[str, Fraction]
    catalogue: Catalogue
    parameters: Parameters


@dataclass(frozen=True)
class Survey:
    """A drawn survey; all tables carry ``response_id``.

    ``table`` has started_at, last_activity_at (minutes since midnight of the launch), is_finished and the columns of
    the instrument; ``defects`` has column, defect, planted, truth; ``themes`` has column, theme.
    """

    table: pd.DataFrame
    defects: pd.DataFrame
    themes: pd.DataFrame
    plan: Plan
    copies: int


def read_sources(raw: Path) -> Sources:
    """Read everything that a synthetic survey is drawn from.

    Parameters
    ----------
    raw
        Folder ``data/raw``.
    """
    published = raw / "published"
    quantifiers = read_quantifiers(published / "quantifiers.csv")
    return Sources(
        instrument=load_instrument(raw / "instrument_2025.yaml"),
        register=read_register(raw / "register"),
        claims=read_claims(published / "claims_2025.csv"),
        quantifiers=quantifiers,
        facts=read_facts(published / "figures_2021.csv", quantifiers),
        catalogue=load_catalogue(),
        parameters=load_parameters(),
    )


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
    """
    streams = [
        np.random.Generator(np.random.PCG64(child)) for child in np.random.SeedSequence(seed).spawn(STREAMS)
    ]
    instrument, register, parameters = sources.instrument, sources.register, sources.parameters
    plan = calibrate(**vars(sources), random=streams[0])
    frame = draw_frame(plan, register, copies, streams[1])
    answers = draw_answers(instrument, plan, frame, parameters.association, copies, streams[2])
    reactions = draw_reactions(
        plan,
        frame,
        parameters.unusable,
        municipalities=len(register) * copies,
        questions=len(instrument.questions),
        copies=copies,
        random=streams[3],
    )
    started, changed = draw_times(reactions, parameters.fieldwork, streams[4])
    themes = _spread_themes(
        hand_out_themes(instrument, sources.catalogue, plan, answers, copies, streams[5]), reactions
    )
    log = DefectLog()
    texts = write_answers(sources.catalogue, themes, streams[5])
    texts = _plant(texts, reactions, sources, copies, log, streams[6])
    table = _assemble(answers, texts, reactions, instrument)
    table["q01"] = _type_names(frame, reactions, register, parameters, log, streams[7])
    table = write_contact(table, instrument, parameters.contact, sources.catalogue.empty_words, streams[8])
    table = cut_off(table, instrument, reactions)
    table = _plant_codes(table, frame, reactions, sources, copies, log, streams[6])
    _log_kinds(table, reactions, instrument, log)
    return _number(table, themes, log, reactions, started, changed, plan, copies)


def _spread_themes(themes: pd.DataFrame, reactions: Reactions) -> pd.DataFrame:
    """Give unusable reactions the themes, not the words, of the respondent whose answers they share."""
    by_source = pd.DataFrame({"row": reactions.source, "reaction": np.arange(len(reactions))})
    by_source = by_source[~np.isin(reactions.kind, ("empty", "test_entry"))]
    merged = by_source.merge(themes, on="row").drop(columns="row").rename(columns={"reaction": "row"})
    return merged.sort_values(["column", "row", "theme"], kind="stable", ignore_index=True)


def _plant(
    texts: pd.DataFrame,
    reactions: Reactions,
    sources: Sources,
    copies: int,
    log: DefectLog,
    random: np.random.Generator,
) -> pd.DataFrame:
    usable = texts["row"].isin(np.flatnonzero(reactions.kind == "usable")) & (texts["column"] != "q02")
    names = [municipality.name for municipality in sources.register.municipalities]
    numbers = {defect: copies * number for defect, number in sources.parameters.planted.items()}
    planted = plant_in_texts(texts[usable].reset_index(drop=True), names, numbers, log, random)
    return pd.concat([planted, texts[~usable]], ignore_index=True)


def _assemble(
    answers: pd.DataFrame, texts: pd.DataFrame, reactions: Reactions, instrument: Instrument
) -> pd.DataFrame:
    table = answers.iloc[reactions.source].reset_index(drop=True)
    wide = texts.pivot(index="row", columns="column", values="text").reindex(table.index)
    table = pd.concat([table, wide], axis=1).reindex(columns=list(instrument.columns))
    table = table.astype("str").fillna("")
    table.loc[reactions.kind == "test_entry", "q02"] = "test"
    return table


def _type_names(
    frame: Frame,
    reactions: Reactions,
    register: Register,
    parameters: Parameters,
    log: DefectLog,
    random: np.random.Generator,
) -> list[str]:
    typed = []
    groups = {row: number for number, row in enumerate(sorted(frame.members))}
    for row, (kind, place) in enumerate(
        zip(reactions.kind.tolist(), reactions.municipality.tolist(), strict=True)
    ):
        if row in groups:
            members = [_full_name(register, member) for member in frame.members[row]]
            name, truth = type_partnership(members, groups[row]), " | ".join(members)
        elif place < 0:
            choice = {"usable": ANONYMOUS, "test_entry": TEST_NAMES}.get(kind, ("",))
            typed.append(choice[int(random.integers(0, len(choice)))])
            continue
        else:
            copy, base = divmod(place, len(register))
            name = type_name(register.municipalities[base], register, parameters.names, random)
            name = name.with_suffix(f" {copy + 1}" if copy else "")
            truth = _full_name(register, place)
        typed.append(name.text)
        for defect in name.defects:
            log.add(row, "q01", defect, name.text, truth)
    return typed


def _full_name(register: Register, place: int) -> str:
    copy, base = divmod(place, len(register))
    return register.municipalities[base].name + (f" {copy + 1}" if copy else "")


def _plant_codes(
    table: pd.DataFrame,
    frame: Frame,
    reactions: Reactions,
    sources: Sources,
    copies: int,
    log: DefectLog,
    random: np.random.Generator,
) -> pd.DataFrame:
    planted = {defect: copies * number for defect, number in sources.parameters.planted.items()}
    alone = np.setdiff1d(np.flatnonzero(frame.municipality >= 0), [*frame.members, *reactions.partner])
    table = swap_size_classes(
        table, reactions.municipality, sources.register, alone, planted["size_class_differs"], log
    )
    rows = {kind: np.flatnonzero(reactions.kind == kind) for kind in KINDS}
    return plant_codes(table, sources.instrument, rows, planted, log, random)


def _log_kinds(table: pd.DataFrame, reactions: Reactions, instrument: Instrument, log: DefectLog) -> None:
    for row in np.flatnonzero(reactions.kind != "usable").tolist():
        kind = str(reactions.kind[row])
        log.add(row, last_answered(table, instrument, row), kind)


def _number(
    table: pd.DataFrame,
    themes: pd.DataFrame,
    log: DefectLog,
    reactions: Reactions,
    started: np.ndarray,
    changed: np.ndarray,
    plan: Plan,
    copies: int,
) -> Survey:
    """Number the reactions in the order in which they came in."""
    order = np.lexsort((np.arange(len(started)), started))
    response_id = np.empty(len(started), dtype=int)
    response_id[order] = np.arange(1, len(started) + 1)
    finished = np.isin(reactions.kind, ("usable", "duplicate_complete", "test_entry"))
    table = pd.concat(
        [
            pd.DataFrame(
                {
                    "response_id": response_id,
                    "started_at": started,
                    "last_activity_at": changed,
                    "is_finished": np.where(finished, "Ja", "Nee"),
                }
            ),
            table,
        ],
        axis=1,
    )
    written = themes[[bool(text) for text in _texts_of(table, themes)]]
    return Survey(
        table=table.iloc[order].reset_index(drop=True),
        defects=_identified(
            pd.DataFrame(log.rows), response_id, ["response_id", "column", "defect", "planted", "truth"]
        ),
        themes=_identified(written, response_id, ["response_id", "column", "theme"]),
        plan=plan,
        copies=copies,
    )


def _texts_of(table: pd.DataFrame, themes: pd.DataFrame) -> np.ndarray:
    places = table.columns.get_indexer(themes["column"])
    return table.to_numpy(dtype=object)[themes["row"].to_numpy(), places]


def _identified(rows: pd.DataFrame, response_id: np.ndarray, columns: list[str]) -> pd.DataFrame:
    result = rows.assign(response_id=response_id[rows["row"].to_numpy(dtype=int)])[columns]
    return result.sort_values(columns[:3], kind="stable", ignore_index=True)
